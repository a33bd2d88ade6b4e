//! `belagg check --conformance`: what an author is told without Java or a browser.

use crate::workspace::Workspace;

#[test]
fn it_counts_what_it_looked_at_and_names_what_it_did_not() {
    let workspace = Workspace::example();
    let run = workspace.run(&["check", "--conformance"]).expect(0);
    for line in [
        "sysselsattning-2021, version 1.1",
        "PDF/A-2a and PDF/UA-1",
        "10 charts with text, description and data",
        "each with the headers of its row and columns",
        "headings, no level skipped",
        "linked both ways",
        "text at least ",
        "not checked here: what veraPDF",
    ] {
        assert!(run.stdout.contains(line), "{line} in\n{}", run.stdout);
    }
    assert!(workspace.files("output").is_empty(), "nothing is written");
    assert!(!workspace.run(&["check"]).expect(0).stdout.contains("veraPDF"));
}

#[test]
fn it_says_nothing_of_a_report_that_has_errors() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\n![](bild.svg)\n\n| a | b |\n|---|---|\n|  | x |\n\n{{ table visits }}\n");
    workspace.file("content/liten/bild.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    let run = workspace.run(&["check", "--conformance"]).expect(1);
    assert_eq!(run.codes(), ["TXT006", "TAB007"], "{}", run.stderr);
    assert!(!run.stdout.contains("no level skipped"), "{}", run.stdout);
}
