//! Final project reports: what a commission was to do, what it did, what stood in the way and what is proposed.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Project;

/// A final report holds what was delivered against what was planned.
pub(super) fn check(project: &Project, sink: &mut Sink) {
    if project.findings.plans.is_empty() {
        sink.push(
            Diagnostic::error(Code::OUTCOME_MISSING, "the report does not say what was planned and what was delivered")
                .at(project.report.kind.span)
                .help("add `deliverables` to a file in findings/, and print them with {{ deliverables <id> }}"),
        );
    }
}
