//! What is made from a report and published with it: extracts and a decision page, prepared and rendered as the report itself is.

use crate::diagnostic::Sink;
use crate::load;
use crate::source::SourceMap;
use crate::system::System;

use super::ledger::Ledger;
use super::{Publication, Purpose, Ready, Toolbox, prepare_after, render};

/// A part with all its files.
#[derive(Debug)]
pub struct Rendered {
    pub ready: Ready,
    pub publication: Publication,
}

/// Makes every part that a report asks for, in its order. What is wrong with one is told beside it; only parts without errors are given.
#[must_use]
pub fn rendered_parts(
    system: &dyn System,
    toolbox: &Toolbox,
    report: &str,
    ledger: &Ledger,
    purpose: Purpose,
) -> (Vec<Rendered>, Vec<(Sink, SourceMap)>) {
    let (mut made, mut told) = (Vec::new(), Vec::new());
    for id in load::derived_ids(system, report, |_| true) {
        let prepared = prepare_after(system, toolbox, &id, (ledger.of_part(&id), Sink::default()), purpose);
        let mut sink = prepared.sink;
        // Rules that came after a version do not keep it from being what it was.
        if let Some(ready) = prepared.ready.filter(|_| purpose == Purpose::Rebuild || !sink.has_errors())
            && let Some(publication) = render(&ready, toolbox, &mut sink)
        {
            made.push(Rendered { ready, publication });
        }
        told.push((sink, prepared.sources));
    }
    (made, told)
}
