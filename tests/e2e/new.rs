//! `belagg new` makes a report that builds; `belagg explain` explains every code.

use crate::workspace::Workspace;

/// Every kind that can be begun with `belagg new`.
fn kinds() -> Vec<String> {
    let run = Workspace::empty().run(&["new", "no-such-kind", "x"]).expect(2);
    let list = run.stderr.split_once("Kinds: ").expect("the kinds are listed").1;
    list.trim().trim_end_matches('.').split(", ").map(str::to_owned).collect()
}

#[test]
fn a_new_report_of_every_kind_builds_without_a_word_in_both_languages() {
    let kinds = kinds();
    assert!(kinds.len() >= 7, "{kinds:?}");
    for language in ["sv", "en"] {
        let workspace = Workspace::empty();
        for kind in &kinds {
            workspace.run(&["new", kind, &format!("ny-{kind}"), "--language", language]).expect(0);
        }
        let run = workspace.run(&["build"]).expect(0);
        assert!(run.codes().is_empty(), "{}", run.stderr);
        for kind in &kinds {
            let files = workspace.files(&format!("output/ny-{kind}"));
            assert!(files.iter().any(|file| file.ends_with(".pdf")), "{kind}");
            let page = workspace.read(&format!("output/ny-{kind}/1.0/index.html"));
            assert!(page.contains("class=\"notice\""), "{kind}: invented content says so");
        }
    }
}

#[test]
fn what_a_kind_must_say_of_itself_is_demanded() {
    for kind in kinds() {
        let workspace = Workspace::empty();
        workspace.run(&["new", &kind, "ny"]).expect(0);
        // A draft may still lack it.
        let report = workspace.read("content/ny/report.yaml").replace("status: draft", "status: in-review");
        let (before, imprint) = report.split_once("imprint:").expect("an imprint");
        let keys = imprint.lines().skip(1).take_while(|line| line.starts_with("  ")).count();
        assert!(keys >= 2, "{kind}");
        let after: Vec<&str> = imprint.lines().skip(1 + keys).collect();
        workspace
            .file("content/ny/report.yaml", format!("{before}imprint: {{recipients: [Alla]}}\n{}", after.join("\n")));
        let run = workspace.run(&["check"]).expect(1);
        let missing = run.codes().iter().filter(|code| **code == "KEY002").count();
        assert_eq!(missing, keys, "{kind}:\n{}", run.stderr);
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
