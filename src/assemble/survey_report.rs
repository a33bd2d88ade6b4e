//! Survey reports: who was asked, who answered, what they said, and what that is worth.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Chapter;
use crate::model::Project;

use super::{Findings, Kind, Starter};

pub const KIND: Kind = Kind {
    name: "survey-report",
    label: "kind_survey_report",
    template: "report",
    imprint: &["publisher", "contact"],
    numbered: true,
    pages: None,
    findings: Findings::Investigates,
    check,
    chapters: None,
    starter: Starter { swedish: SWEDISH, english: ENGLISH },
};

const SWEDISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/survey/sv/report.yaml")),
    ("content/{id}/findings/enkat.yaml", include_str!("starter/survey/sv/enkat.yaml")),
    ("content/{id}/sammanfattning.md", include_str!("starter/survey/sv/sammanfattning.md")),
    ("content/{id}/resultat.md", include_str!("starter/survey/sv/resultat.md")),
];

const ENGLISH: &[(&str, &str)] = &[
    ("content/{id}/report.yaml", include_str!("starter/survey/en/report.yaml")),
    ("content/{id}/findings/survey.yaml", include_str!("starter/survey/en/survey.yaml")),
    ("content/{id}/summary.md", include_str!("starter/survey/en/summary.md")),
    ("content/{id}/results.md", include_str!("starter/survey/en/results.md")),
];

/// A survey report says who was asked and who answered.
fn check(project: &Project, _: &[Chapter], sink: &mut Sink) {
    if project.findings.surveys.is_empty() {
        sink.push(
            Diagnostic::error(Code::RESPONSE_MISSING, "the report does not say who was asked and who answered")
                .at(project.report.kind.span)
                .help("add `surveys` to a file in findings/, and print them with {{ survey <id> }} and {{ survey-results <id> }}"),
        );
    }
}
