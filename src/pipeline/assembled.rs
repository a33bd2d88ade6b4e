//! The words of a report: its texts put together, with every number in its place.

use std::sync::Arc;

use crate::assemble;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::Chapter;
use crate::resolve::{self, Detail, Facts, Resolution};

/// Assemble and resolve.
pub(super) fn resolved(
    facts: Facts<'_>,
    detail: Detail,
    whole: Option<Arc<Vec<Chapter>>>,
    sink: &mut Sink,
) -> Resolution {
    for (key, text) in &facts.project.report.labels {
        if let Some(fault) = facts.locale.label_fault(&key.value, &text.value) {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, fault)
                    .at(key.span)
                    .help(say!("the keys are those of templates/locales/")),
            );
        }
    }
    let document = assemble::assemble(facts.project, facts.statistics, whole, facts.locale, sink);
    resolve::resolve(detail, facts, &document, sink)
}
