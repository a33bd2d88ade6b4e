//! What is made from a report is published with it, and stays as it is with it.

use super::{all, correct};
use crate::workspace::{CHAPTER, FINDINGS, REPORT, Workspace};

const CHANGES: &str = "changes:\n  \
     - {type: correction, what: \"Det är {{ plans }} planer.\", why: Ett ärende hade fallit bort., concerns: [plans]}\n  \
     - {type: revision, what: Besöken är räknade om., why: Sena uppgifter., concerns: [visits]}\n";

const DECISION: &str = "decision:\n  proposed: [Nämnden antar planen.]\n  \
     findings: [\"Plan finns i {{ plans | share }} ärenden.\"]\n  \
     figures: [{value: \"{{ plans }}\", label: planer}]\n";

/// The small report with extracts and a decision page, version 1.0 published.
fn published() -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", format!("{REPORT}extracts: units\ndecision-page: beside\n"));
    workspace.findings(DECISION);
    let run = workspace.run(&["publish", "liten"]).expect(0);
    assert!(run.stdout.contains("output/liten-norr/1.0/ is published with it"), "{}", run.stdout);
    workspace
}

/// Version 1.1, with a changed figure and a changed table.
fn next(workspace: &Workspace) {
    correct(workspace, &format!("extracts: units\ndecision-page: beside\n{CHANGES}"));
    workspace.chapter(CHAPTER);
}

const PARTS: [&str; 3] = ["liten-norr", "liten-soder", "liten-decision"];

#[test]
fn parts_are_published_with_their_report_and_never_written_again() {
    let workspace = published();
    for part in PARTS {
        assert!(workspace.path(&format!("output/{part}/versions.html")).exists(), "{part} has no list of versions");
        assert!(workspace.read(&format!("output/{part}/index.html")).contains("1.0/index.html"));
        assert!(workspace.read(&format!("output/{part}/1.0/manifest.json")).contains("\"published\": true"));
    }
    let before: Vec<_> = PARTS.iter().map(|part| all(&workspace, &format!("output/{part}/1.0"))).collect();
    // Content that changed under the same number is refused, and no part is rendered from it.
    workspace.file("content/liten/findings/alla.yaml", FINDINGS.replace("women: 16", "women: 17"));
    workspace.run(&["build"]).expect(1);
    workspace.run(&["build", "liten-norr"]).expect(0);
    workspace.file("content/liten/findings/alla.yaml", FINDINGS);
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.stdout.contains("output/liten-norr/1.0: published 2024-03-01, stays as it is"), "{}", run.stdout);
    let after: Vec<_> = PARTS.iter().map(|part| all(&workspace, &format!("output/{part}/1.0"))).collect();
    assert!(before == after, "a build touched a published part");
}

#[test]
fn both_versions_of_every_part_are_restored() {
    let workspace = published();
    next(&workspace);
    workspace.run(&["publish", "liten"]).expect(0);
    let before = all(&workspace, "output");
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    let run = workspace.run(&["build"]).expect(0);
    assert_eq!(run.stdout.matches("the bytes are those of the ledger").count(), 8, "{}", run.stdout);
    assert!(before == all(&workspace, "output"), "output is as it was");
    let good = workspace.run(&["verify", "--rebuild"]).expect(0).stdout;
    assert!(good.contains("unchanged: output/liten-decision/1.1: all "), "{good}");
    // A part that is tampered with is found, as a folder and as a file.
    let page = workspace.read("output/liten-norr/1.0/index.html");
    workspace.file("output/liten-norr/1.0/index.html", page.replace("Besök", "Samtal"));
    let run = workspace.run(&["verify"]).expect(1);
    assert!(
        run.stdout
            .contains("changed after publication: output/liten-norr/1.0/index.html: is not the file of liten-norr 1.0"),
        "{}",
        run.stdout
    );
    let run = workspace.run(&["verify", "output/liten-norr/1.0/index.html"]).expect(1);
    assert!(run.stdout.contains("says that it is liten-norr 1.0"), "{}", run.stdout);
    assert!(workspace.read("output/liten-norr/1.0.notice.html").contains("1.1/index.html"));
}

#[test]
fn a_decision_page_keeps_its_page_and_an_extract_tells_what_concerns_it() {
    let workspace = published();
    next(&workspace);
    workspace.run(&["build"]).expect(0);
    let decision = workspace.read("output/liten-decision/1.1/index.html");
    assert!(!decision.contains("Ändringar i version"), "a decision page has no account of changes");
    let extract = workspace.read("output/liten-norr/1.1/index.html");
    assert!(extract.contains("Ändringar i version 1.1") && !extract.contains("Vad som ändrats och varför"));
    assert!(extract.contains("Besöken är räknade om."), "the extract prints the table");
    assert!(!extract.contains("Ett ärende hade fallit bort."), "the extract does not print the figure");
    let whole = workspace.read("output/liten/1.1/index.html");
    assert!(whole.contains("Ett ärende hade fallit bort."));
    workspace.run(&["publish", "liten"]).expect(0);
    let versions = workspace.read("output/liten-norr/versions.html");
    assert!(versions.contains("Besöken är räknade om.") && !versions.contains("Ett ärende hade fallit bort."));
}

#[test]
fn a_fault_in_a_part_keeps_the_report_from_being_published() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", format!("{REPORT}decision-page: beside\nrules: {{KND005: error}}\n"));
    let long = "Ett långt stycke som inte ryms. ".repeat(200);
    workspace.findings(format!("decision:\n  proposed: [\"{long}\"]\n  findings: [\"{long}\"]\n"));
    let run = workspace.run(&["publish", "liten"]).expect(1);
    assert!(run.codes().contains(&"KND005"), "{}", run.stderr);
    assert!(!workspace.path("content/liten/versions").exists() && !workspace.path("output/liten").exists());
}

#[test]
fn the_archive_holds_the_parts() {
    let workspace = published();
    workspace.run(&["export", "liten", "1.0", "--archive"]).expect(0);
    let bytes = workspace.bytes("archive/liten-1.0.tar");
    let mut archive = tar::Archive::new(bytes.as_slice());
    let names: Vec<String> =
        archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().to_string_lossy().into_owned()).collect();
    for part in PARTS {
        assert!(
            names.contains(&format!("liten-1.0/publicerat/{part}/{part}.pdf")),
            "{part} is missing among {names:?}"
        );
    }
    let run = workspace.run(&["verify", "archive/liten-1.0.tar"]).expect(0);
    assert!(run.stdout.contains("unchanged: archive/liten-1.0.tar: is a package of liten 1.0"), "{}", run.stdout);
}
