//! What is made from a report and published with it: extracts and a decision page, prepared and rendered as the report itself is.

use crate::diagnostic::Sink;
use crate::load;
use crate::model::{Part, Project};
use crate::source::SourceMap;
use crate::versions::ledger::Ledger;

use super::prepare::{Computed, prepare_part};
use super::{Prepared, Publication, Purpose, Ready, Toolbox, Workshop, render};

/// A part has much in common with the one before it, and with the report.
pub const TURNS: usize = 2;

/// A part with all its files.
#[derive(Debug)]
pub struct Rendered {
    pub ready: Ready,
    pub publication: Publication,
}

/// A report that documents are made from: loaded and computed once for all of them.
#[derive(Debug)]
pub struct Whole {
    made: Option<(Project, Computed)>,
    sources: SourceMap,
    sink: Sink,
}

impl Whole {
    #[must_use]
    pub fn load(shop: Workshop<'_>, report: &str) -> Self {
        let loaded = load::load(shop.system, shop.library, report);
        let mut sink = loaded.sink;
        let made = loaded.project.and_then(|project| {
            let computed = Computed::beside(&project, shop.toolbox, &mut sink)?;
            Some((project, computed))
        });
        Self { made, sources: loaded.sources, sink }
    }

    /// A part of it, before it is rendered; `sink` has what was wrong with the ledger.
    #[must_use]
    pub fn part(
        &self,
        toolbox: &Toolbox,
        (id, part): (&str, Part),
        (ledger, mut sink): (Ledger, Sink),
        purpose: Purpose,
    ) -> Prepared {
        sink.extend(self.sink.clone());
        match &self.made {
            Some((project, computed)) => {
                let made = (load::part_of(project.clone(), part), computed.clone());
                prepare_part(made, toolbox, (self.sources.clone(), sink), ledger, purpose)
            }
            None => Prepared { id: id.to_owned(), ready: None, ledger, sources: self.sources.clone(), sink },
        }
    }
}

/// Makes every part that a report asks for, in its order. What is wrong with one is told beside it; only parts without errors are given.
#[must_use]
pub fn rendered_parts(
    shop: Workshop<'_>,
    report: &str,
    ledger: &Ledger,
    purpose: Purpose,
) -> (Vec<Rendered>, Vec<(Sink, SourceMap)>) {
    let (mut made, mut told) = (Vec::new(), Vec::new());
    let parts = load::derived(shop.system, report, |_| true);
    if parts.is_empty() {
        return (made, told);
    }
    let whole = Whole::load(shop, report);
    for (id, part) in parts.into_iter().filter_map(|made| Some((made.id, made.of?.1))) {
        let prepared = whole.part(shop.toolbox, (&id, part), (ledger.of_part(&id), Sink::default()), purpose);
        let mut sink = prepared.sink;
        // Rules that came after a version do not keep it from being what it was.
        if let Some(ready) = prepared.ready.filter(|_| purpose == Purpose::Rebuild || !sink.has_errors())
            && let Some(publication) = render(&ready, shop.toolbox, &mut sink)
        {
            made.push(Rendered { ready, publication });
        }
        told.push((sink, prepared.sources));
        shop.evict(TURNS);
    }
    (made, told)
}
