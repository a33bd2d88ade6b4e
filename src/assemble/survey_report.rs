//! Survey reports: who was asked, who answered, what they said, and what that is worth.

use crate::diagnostic::say;
use crate::model::{Demand, Project};

use super::demands::Demands;

/// A survey report says who was asked and who answered.
pub(super) fn check(project: &Project, demands: &mut Demands) {
    if project.findings.surveys.is_empty() {
        demands.unmet(
            Demand::Surveys,
            Demand::Surveys.unmet(say!("the report does not say who was asked and who answered"))
                .at(project.report.kind.span)
                .help(say!("add `surveys` to a file in findings/, and print them with {{ survey <id> }} and {{ survey-results <id> }}")),
        );
    }
}
