//! Survey reports: who was asked, who answered, what they said, and what that is worth.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Project;

/// A survey report says who was asked and who answered.
pub(super) fn check(project: &Project, sink: &mut Sink) {
    if project.findings.surveys.is_empty() {
        sink.push(
            Diagnostic::error(Code::RESPONSE_MISSING, "the report does not say who was asked and who answered")
                .at(project.report.kind.span)
                .help("add `surveys` to a file in findings/, and print them with {{ survey <id> }} and {{ survey-results <id> }}"),
        );
    }
}
