//! Disclosure control, end to end: what is hidden cannot be found out.

use serde_json::Value;

use crate::workspace::{REPORT, Workspace};

mod account;
mod amounts;
mod amounts_told;
mod beside;
mod claims;
mod exact;
mod gathered;
mod keep;
mod keep_proof;
mod mask;
mod means;
mod merges;
mod parts;
mod policy;
mod protected;
mod quotations;
mod tables;
mod told;
mod versions;
mod whole;

const POLICY: &str =
    "rules: {TAB012: off, TAB013: off}\ndisclosure:\n  persons: {minimum: 5, values-left: 3, zeros: shown}\n";

const CHAPTER: &str =
    "# Resultat\n\nTabellen visar besöken, och granskningen omfattar {{ cases }} ärenden.\n\n{{ table visits }}\n";

/// The small report under a policy, with these findings and this chapter.
fn small(policy: &str, findings: &str, chapter: &str) -> Workspace {
    let out = Workspace::small();
    out.file("belagg.yaml", policy);
    out.file("content/liten/findings/alla.yaml", findings);
    out.chapter(chapter);
    out
}

/// The same, unfinished: what is wrong with it stops nothing.
fn draft(policy: &str, findings: &str, chapter: &str) -> Workspace {
    let out = small(policy, findings, chapter);
    out.file("content/liten/report.yaml", REPORT.replace("published", "draft"));
    out
}

/// Findings of case rows.
const ROWS: &str = "tables:\n  units: {caption: Ärenden per enhet, stub: Enhet, cross: {rows: cases, by: unit, across: sex}}\nfigures:\n  \
    cases: {label: granskade ärenden, count: {rows: cases}}\ndatasets:\n  cases:\n    label: granskade ärenden\n    file: data/a.csv\n    id: Nr\n    \
    sex: {column: Kön, women: K, men: M}\n    columns:\n      unit: {header: Enhet}\n";

/// A draft of case rows: so many women and men for each unit.
fn counted_report(policy: &str, findings: &str, units: &[(&str, u32, u32)]) -> Workspace {
    let workspace = draft(policy, findings, "# Resultat\n\nDet är {{ cases }} ärenden.\n\n{{ table units }}\n");
    let mut rows = "Nr,Enhet,Kön\n".to_owned();
    for (unit, women, men) in units {
        for (sex, count) in [("K", women), ("M", men)] {
            (0..*count).for_each(|n| rows.push_str(&format!("{unit}{sex}{n},{unit},{sex}\n")));
        }
    }
    workspace.file("content/liten/data/a.csv", rows);
    workspace
}

fn disclosed(workspace: &Workspace) -> Value {
    let run = workspace.run(&["disclose", "liten", "--format", "json"]).expect(0);
    serde_json::from_str::<Value>(&run.stdout).unwrap()[0].clone()
}
