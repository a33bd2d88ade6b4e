//! Final project reports: what a commission was to do, what it did, what stood in the way and what is proposed.

use crate::diagnostic::say;
use crate::model::{Demand, Project};

use super::demands::Demands;

/// A final report holds what was delivered against what was planned.
pub(super) fn check(project: &Project, demands: &mut Demands) {
    if project.findings.plans.is_empty() {
        demands.unmet(
            Demand::Deliverables,
            Demand::Deliverables
                .unmet(say!("the report does not say what was planned and what was delivered"))
                .at(project.report.kind.span)
                .help(say!("add `deliverables` to a file in findings/, and print them with {{ deliverables <id> }}")),
        );
    }
}
