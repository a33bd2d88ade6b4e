//! What must be given a reason, and what follows from it: the messages do not contradict each other.

use super::{CHAPTER, FINDINGS, REPORT, Workspace};

const FIGURES: &str = "figures:
  norr.women: {label: kvinnor i Norr, cell: {table: visits, row: norr, column: women}}
  norr.all: {label: besök i Norr, cell: {table: visits, row: norr}}
  women: {label: kvinnor i alla, cell: {table: visits, column: women}}
  soder.men: {label: män i Söder, cell: {table: visits, row: soder, column: men}}
  most: {label: flest kvinnor, max: {table: visits, column: women}}
  twice: {label: kvinnor i Norr och planer, sum: [norr.women, plans]}
  share: {label: andel kvinnor, share: [norr.women, women]}
";

fn published(more: &str) -> Workspace {
    published_with(more, |_| {})
}

fn published_with(more: &str, also: impl FnOnce(&Workspace)) -> Workspace {
    let workspace = Workspace::small();
    workspace.findings(FIGURES);
    workspace.file(
        "content/liten/findings/beslut.yaml",
        "decision:\n  proposed: [Nämnden antar planen.]\n  findings: [\"Plan finns i {{ plans | share }} ärenden.\"]\n  figures: [{value: \"{{ plans }}\", label: planer}]\n",
    );
    workspace.file("content/liten/report.yaml", format!("{REPORT}{more}"));
    workspace.chapter(format!(
        "{CHAPTER}\n{{{{ norr.women }}}}, {{{{ norr.all }}}}, {{{{ women }}}}, {{{{ soder.men }}}}, {{{{ most }}}}, {{{{ twice }}}}, {{{{ share }}}}.\n"
    ));
    also(&workspace);
    workspace.run(&["publish", "liten"]).expect(0);
    workspace
}

/// Version 1.1 with one more visit of a woman in Norr.
fn changed(workspace: &Workspace, status: &str, more: &str) {
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("status: published", &format!("status: {status}"));
    workspace.file("content/liten/report.yaml", format!("{report}{more}"));
    workspace.file("content/liten/findings/alla.yaml", FINDINGS.replace("women: 12, men: 8", "women: 13, men: 8"));
}

fn concerning(ids: &str) -> String {
    format!(
        "changes:\n  - {{type: correction, what: Ett besök till., why: Det hade fallit bort., concerns: [{ids}]}}\n"
    )
}

#[test]
fn a_reason_for_a_row_is_one_for_all_that_is_computed_from_it() {
    let workspace = published("");
    for ids in ["visits.norr", "visits"] {
        changed(&workspace, "corrected", &concerning(ids));
        let run = workspace.run(&["check"]).expect(0);
        assert!(!run.codes().contains(&"VER003"), "{ids}: {}", run.stderr);
        assert!(!run.codes().contains(&"VER005"), "{ids}: {}", run.stderr);
    }
    // Another row explains none of it, and a figure only what is made of it.
    for (ids, unexplained) in [
        ("visits.soder", ["`norr.women`", "`norr.all`", "`twice`", "the table `visits`"].as_slice()),
        ("norr.women", ["`norr.all`", "the table `visits`"].as_slice()),
    ] {
        changed(&workspace, "corrected", &concerning(ids));
        let run = workspace.run(&["publish", "liten"]).expect(1);
        for what in unexplained {
            assert!(run.stderr.contains(what), "{ids} does not explain {what}: {}", run.stderr);
        }
        assert_eq!(run.stderr.contains("`twice` was"), ids != "norr.women", "{}", run.stderr);
    }
}

#[test]
fn what_is_said_of_status_and_changes_agrees() {
    let workspace = published("");
    for (status, kind, other) in
        [("corrected", "type: correction", "type: revision"), ("revised", "type: revision", "type: correction")]
    {
        changed(&workspace, status, "");
        let run = workspace.run(&["publish", "liten"]).expect(1);
        assert!(run.stderr.contains(kind) && !run.stderr.contains(other), "{status}: {}", run.stderr);
        // Who does what is said has no more to do.
        let kind = kind.replace("type: ", "");
        let changes = concerning("visits.norr").replace("type: correction", &format!("type: {kind}"));
        changed(&workspace, status, &changes);
        workspace.run(&["check"]).expect(0);
    }
    changed(&workspace, "published", "");
    let run = workspace.run(&["publish", "liten"]).expect(1);
    assert_eq!(run.codes().iter().filter(|code| **code == "VER004").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("set `status: corrected` and state"), "{}", run.stderr);
}

#[test]
fn an_extract_that_says_what_it_said_is_not_called_corrected() {
    let workspace = published_with("extracts: units\ndecision-page: beside\n", |workspace| {
        workspace.file("charts/liten/d.yaml", "{table: visits, mark: bar, caption: Besök hos enheten}\n");
        let chapter = workspace.read("content/liten/kapitel.md");
        workspace
            .chapter(format!("{chapter}\n## Enheten Norr {{#enheten-norr}}\n\nSå var det.\n\n{{{{ chart d }}}}\n"));
    });
    assert!(workspace.read("output/liten-norr/1.0/index.html").contains("<svg"), "the extract has the chart");
    // The extracts print the table with both rows' total, so that a change in Norr is one in both; words of the report are in none.
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("status: published", "status: corrected");
    let changes =
        "extracts: units\ndecision-page: beside\nchanges:\n  - {type: correction, what: Ett ord., why: Fel ord.}\n";
    workspace.file("content/liten/report.yaml", format!("{report}{changes}"));
    let chapter = workspace.read("content/liten/kapitel.md");
    workspace.chapter(chapter.replace("## Enheten Norr", "Ett ord till i rapporten.\n\n## Enheten Norr"));
    workspace.run(&["publish", "liten"]).expect(0);
    assert!(workspace.read("output/liten/1.1/index.html").contains("Rättad"));
    for part in ["liten-norr", "liten-soder", "liten-decision"] {
        let page = workspace.read(&format!("output/{part}/1.1/index.html"));
        assert!(!page.contains("Rättad"), "{part} says what it said");
    }
    workspace.run(&["verify", "--rebuild"]).expect(0);
}
