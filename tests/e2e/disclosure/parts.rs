//! What an earlier version's extracts and decision page printed, and its report did not, is public as well.

use super::versions::status_and_changes;
use crate::leaks::{surface::Surface, told};
use crate::workspace::Workspace;

const RULES: &str = "language: sv\nrules: {EVI001: off, EVI002: off, EVI003: off, EVI010: off, TAB012: off, TAB013: off, LAN004: off}\n";
const POLICY: &str = "disclosure: {persons: {minimum: 5, values-left: 3, zeros: shown}, prefer: [hide]}\n";

const FIGURES: &str = "figures:\n  norr: {label: besökare i Norr, women: 3, men: 17}\n";

/// A version of a report with a decision page, and whether a policy stood when it was made.
struct Version {
    findings: String,
    text: &'static str,
    decision: &'static str,
    extracts: bool,
    policy: bool,
    concerns: &'static str,
}

impl Version {
    fn of_figures(text: &'static str, decision: &'static str, policy: bool) -> Self {
        Self { findings: FIGURES.to_owned(), text, decision, extracts: false, policy, concerns: "norr" }
    }

    fn of_table(rows: &str, text: &'static str, policy: bool) -> Self {
        let mut findings = "tables:\n  visits:\n    caption: Besökare per enhet\n    stub: Enhet\n    columns: [women, men]\n    total-row: true\n    \
            total-column: true\n    source: Aktgranskning\n    rows:\n"
            .to_owned();
        for row in rows.split(';') {
            let cells: Vec<&str> = row.split_whitespace().collect();
            findings.push_str(&format!("      - {{label: {}, women: {}, men: {}}}\n", cells[0], cells[1], cells[2]));
        }
        Self { findings, text, decision: "Inget.", extracts: true, policy, concerns: "visits" }
    }

    fn write(&self, workspace: &Workspace, at: usize) {
        let (status, changes) = status_and_changes(at, self.concerns);
        workspace.file("belagg.yaml", format!("{RULES}{}", if self.policy { POLICY } else { "" }));
        let extracts = if self.extracts {
            "extracts: units\nunits: {norr: Norr, soder: Söder, oster: Öster, vaster: Väster}\n"
        } else {
            ""
        };
        workspace.file(
            "content/liten/report.yaml",
            format!(
                "kind: inspection-report\ntitle: Rapport\nversion: \"1.{at}\"\ndate: 2024-0{}-01\nstatus: {status}\npublisher: {{name: Exempelstad}}\n\
                 imprint: {{contact: Kansliet, reference: 2024-1}}\ndecision-page: beside\nchapters: [text.md]\n{extracts}{changes}",
                at + 1
            ),
        );
        let decision = format!("decision: {{proposed: [Rapporten godkänns.], findings: [\"{}\"]}}\n", self.decision);
        workspace.file("content/liten/findings/alla.yaml", format!("{decision}{}", self.findings));
        workspace.file("content/liten/text.md", format!("# Resultat {{#resultat}}\n\n{}\n", self.text));
    }
}

/// A workspace with the first version published, and the second written.
#[track_caller]
fn published(first: &Version, second: &Version) -> Workspace {
    let workspace = Workspace::empty();
    first.write(&workspace, 0);
    workspace.run(&["publish", "liten"]).expect(0);
    second.write(&workspace, 1);
    workspace
}

fn grown(version: Version) -> Version {
    Version { findings: version.findings.replace("women: 3,", "women: 13,"), ..version }
}

const OTHERS: &str = "Söder 9 12;Öster 8 7;Väster 16 14";

fn with_norr() -> String {
    format!("Norr 3 17;{OTHERS}")
}

#[test]
fn a_number_of_an_earlier_decision_page_is_public() {
    let versions = |change: fn(Version) -> Version| {
        let before = Version::of_figures("Ny text.", "Dit kom {{ norr | men }} män.", false);
        published(&change(before), &change(Version::of_figures("Dit kom {{ norr }} personer.", "Inget.", true)))
    };
    let workspace = versions(|version| version);
    let run = workspace.run(&["build"]);
    assert!(run.stderr.contains("DIS012"), "the whole gives the women away beside the men of then: {}", run.stderr);
    let said = workspace.run(&["disclose", "liten"]).stdout;
    assert!(said.contains("printed in liten-decision 1.0"), "{said}");
    let run = versions(grown).run(&["build"]).expect(0);
    assert!(told(&run).is_empty(), "{}", run.stderr);
}

#[test]
fn a_small_number_of_an_earlier_decision_page_is_told_and_stays() {
    let decision = "Dit kom {{ norr | women | words }} kvinnor.";
    let workspace = published(
        &Version::of_figures("Ny text.", decision, false),
        &Version::of_figures("Dit kom {{ norr }} personer.", decision, true),
    );
    let run = workspace.run(&["build"]).expect(0);
    let told = told(&run);
    assert!(told.len() == 1 && told[0].contains("`norr.women` is 3 in liten-decision 1.0"), "{}", run.stderr);
    assert!(Surface::read(&workspace.path("output")).has("in liten-decision/1.1/: Dit kom tre kvinnor"), "it stays");
}

#[test]
fn a_table_of_an_earlier_extract_is_public() {
    let workspace = published(
        &Version::of_table(&with_norr(), "Ny text.", false),
        &Version::of_table(&with_norr(), "Ny text.\n\n{{ table visits }}", true),
    );
    let run = workspace.run(&["build"]).expect(0);
    let told = told(&run);
    assert!(told.len() == 1 && told[0].contains("`visits.norr.women` is 3 in liten-norr 1.0"), "{}", run.stderr);
    let json = workspace.run(&["disclose", "liten", "--format", "json"]).expect(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let known = json[0]["public"].as_array().unwrap();
    assert_eq!(known.len(), 15, "all rows and the totals: {json}");
    // A version is built again with what its record says.
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.run(&["verify", "--rebuild", "liten"]).expect(0);
}

#[test]
fn what_extracts_of_two_versions_say_together_is_hidden() {
    // Only extracts print the table. Norr is new: the totals of then and now would give it away.
    let workspace =
        published(&Version::of_table(OTHERS, "Ny text.", true), &Version::of_table(&with_norr(), "Ny text.", true));
    let run = workspace.run(&["build"]).expect(0);
    let output = Surface::read(&workspace.path("output"));
    assert!(output.has("in liten-soder/1.0/: Totalt | 33"), "what was printed then");
    assert!(!output.has("in liten-soder/1.1/: Totalt | 36"), "{}", run.stderr);
    // Norr is gone, and with it what protected it.
    let workspace =
        published(&Version::of_table(&with_norr(), "Ny text.", true), &Version::of_table(OTHERS, "Ny text.", true));
    workspace.run(&["build"]).expect(0);
    let output = Surface::read(&workspace.path("output"));
    assert!(output.has("in liten-soder/1.0/: Totalt | 36") && !output.has("in liten-norr/1.0/: Norr | 3"));
    assert!(!output.has("in liten-soder/1.1/: Totalt | 33"));
    let record = workspace.read("content/liten/versions/1.0.yaml");
    assert!(record.contains("women: \"x\"") && !record.contains("women: \"3\""), "{record}");
}
