//! Final project reports: what a commission was to do, what it did, what stood in the way and what is proposed.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Chapter;
use crate::model::Project;

use super::{Findings, Kind, Starter};

pub const KIND: Kind = Kind {
    name: "final-project-report",
    label: "kind_final_project_report",
    template: "report",
    imprint: &["commissioned-by", "author", "publisher", "contact", "period"],
    numbered: true,
    pages: None,
    findings: Findings::Investigates,
    check,
    chapters: None,
    starter: Starter { swedish: SWEDISH, english: ENGLISH },
};

const SWEDISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/final-project/sv/report.yaml")),
    ("content/{id}/findings/uppdrag.yaml", include_str!("starter/final-project/sv/uppdrag.yaml")),
    ("content/{id}/sammanfattning.md", include_str!("starter/final-project/sv/sammanfattning.md")),
    ("content/{id}/resultat.md", include_str!("starter/final-project/sv/resultat.md")),
    ("content/{id}/referenser.md", include_str!("starter/final-project/sv/referenser.md")),
    ("content/{id}/sources.yaml", include_str!("starter/final-project/sv/sources.yaml")),
];

const ENGLISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/final-project/en/report.yaml")),
    ("content/{id}/findings/commission.yaml", include_str!("starter/final-project/en/commission.yaml")),
    ("content/{id}/summary.md", include_str!("starter/final-project/en/summary.md")),
    ("content/{id}/results.md", include_str!("starter/final-project/en/results.md")),
    ("content/{id}/references.md", include_str!("starter/final-project/en/references.md")),
    ("content/{id}/sources.yaml", include_str!("starter/final-project/en/sources.yaml")),
];

/// A final report holds what was delivered against what was planned.
fn check(project: &Project, _: &[Chapter], sink: &mut Sink) {
    if project.findings.plans.is_empty() {
        sink.push(
            Diagnostic::error(Code::OUTCOME_MISSING, "the report does not say what was planned and what was delivered")
                .at(project.report.kind.span)
                .help("add `deliverables` to a file in findings/, and print them with {{ deliverables <id> }}"),
        );
    }
}
