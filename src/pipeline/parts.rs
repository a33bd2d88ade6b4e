//! What is made from a report and published with it: extracts and a decision page, prepared and rendered as the report itself is.

use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::document::Chapter;
use crate::model::Part;
use crate::source::SourceMap;
use crate::versions::ledger::Ledger;
use crate::{assemble, load};

use super::stages::figures_after;
use super::{Figures, Prepared, Publication, Purpose, Ready, Toolbox, Workshop, render};

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
    figures: Figures,
    /// Its chapters, for what its numbers are.
    chapters: Arc<Vec<Chapter>>,
}

impl Whole {
    #[must_use]
    pub fn load(shop: Workshop<'_>, report: &str, ledger: &Ledger) -> Self {
        let figures = figures_after(shop, report, Some(ledger));
        let chapters = figures.project.as_ref().and_then(|project| {
            let locale = &*shop.toolbox.locale_of(&project.report)?;
            Some(assemble::whole(project, &figures.statistics, locale))
        });
        Self { chapters: chapters.unwrap_or_default(), figures }
    }

    /// The report itself, as [`super::prepare_telling`] makes it; `faults` are those of its ledger.
    #[must_use]
    pub fn own(
        &self,
        toolbox: &Toolbox,
        (ledger, faults): (Ledger, Sink),
        told: Option<&dyn Fn(Prepared)>,
    ) -> Prepared {
        let mut figures = self.figures.clone();
        figures.sink.extend(faults);
        figures.prepared(toolbox, None, ledger, Purpose::Preview, told)
    }

    /// A part of it, before it is rendered, after its versions in a ledger.
    #[must_use]
    pub fn part(&self, toolbox: &Toolbox, id: &str, part: Part, ledger: Ledger, purpose: Purpose) -> Prepared {
        let figures = self.figures.clone().of_part(id, part);
        figures.prepared(toolbox, Some(Arc::clone(&self.chapters)), ledger, purpose, None)
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
    let parts = load::derived(shop.system, shop.library, report, |_| true);
    if parts.is_empty() {
        return (made, told);
    }
    let whole = Whole::load(shop, report, ledger);
    for (id, part) in parts.into_iter().filter_map(|made| Some((made.id, made.of?.1))) {
        let prepared = whole.part(shop.toolbox, &id, part, ledger.of_part(&id), purpose);
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
