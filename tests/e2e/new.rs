//! `belagg new` makes a report that builds; `belagg explain` explains every code.

use crate::workspace::Workspace;

#[test]
fn a_new_report_builds_without_a_word_in_both_languages() {
    for language in ["sv", "en"] {
        let workspace = Workspace::empty();
        workspace.run(&["new", "inspection-report", "min-granskning", "--language", language]).expect(0);
        let run = workspace.run(&["build"]).expect(0);
        assert!(run.codes().is_empty(), "{}", run.stderr);
        assert!(workspace.files("output/min-granskning").iter().any(|file| file.ends_with(".pdf")));
    }
}

#[test]
fn a_new_report_never_overwrites() {
    let workspace = Workspace::small();
    let run = workspace.run(&["new", "inspection-report", "liten"]).expect(2);
    assert!(run.stderr.contains("content/liten is there already"), "{}", run.stderr);
    let run = workspace.run(&["new", "inspektion", "annan"]).expect(2);
    assert!(run.stderr.contains("inspection-report"), "{}", run.stderr);
    let run = workspace.run(&["new", "inspection-report", "Min rapport"]).expect(2);
    assert!(run.stderr.contains("try `min-rapport`"), "{}", run.stderr);
}

#[test]
fn every_code_is_explained() {
    let workspace = Workspace::empty();
    let list = workspace.run(&["explain"]).expect(0).stdout;
    assert!(list.lines().count() > 40);
    for line in list.lines() {
        let code = line.split_whitespace().next().unwrap();
        let text = workspace.run(&["explain", code]).expect(0).stdout;
        assert!(text.len() > 60, "{text}");
    }
    let run = workspace.run(&["explain", "FIG0022"]).expect(2);
    assert!(run.stderr.contains("Did you mean FIG002?"), "{}", run.stderr);
}

#[test]
fn a_folder_without_reports_says_how_to_begin() {
    let workspace = Workspace::empty();
    let run = workspace.run(&["build"]).expect(2);
    assert!(run.stdout.contains("belagg new inspection-report"), "{}", run.stdout);
}
