//! One document of a session, be it a report or made from one: how it is now, and how it stands to what is published.

use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::document::resolved::ResolvedDocument;
use crate::load::{self, Derived};
use crate::model::Part;
use crate::pipeline::{self, Prepared, Publication, Purpose, Whole, Workshop};
use crate::publish::release;
use crate::publish::standing::{self, Standing};
use crate::source::SourceMap;
use crate::system::{Asked, Remembered, System};
use crate::versions::ledger::{self, Ledger};

use super::{Diagnostics, Session};

/// A document as it is now.
#[derive(Debug)]
pub struct Document {
    pub(crate) prepared: Prepared,
    /// What keeps it from being published as it is, in a report that was published before.
    pub(crate) hindrances: Sink,
    /// How it stands to the version that is published under its number; none where none is.
    pub(crate) standing: Option<Standing>,
    /// Made from a report.
    is_part: bool,
}

/// A document with all its files.
#[derive(Debug)]
pub struct Rendered {
    /// None where the document has errors.
    pub publication: Option<Publication>,
    pub diagnostics: Diagnostics,
}

impl Document {
    pub(super) fn new(prepared: Prepared) -> Self {
        Self { prepared, hindrances: Sink::default(), standing: None, is_part: false }
    }

    /// What both outputs print; none where the report is too faulty.
    #[must_use]
    pub fn resolved(&self) -> Option<&ResolvedDocument> {
        self.prepared.ready.as_ref().map(|ready| &ready.resolution.document)
    }

    #[must_use]
    pub fn diagnostics(&self) -> Diagnostics {
        let mut sink = self.prepared.sink.clone();
        sink.extend(self.hindrances.clone());
        Diagnostics { sink, sources: self.prepared.sources.clone() }
    }

    /// Whether every file of it is what the version was made of that is published under its number.
    pub(crate) fn is_untouched(&self) -> bool {
        let untouched = self.standing.as_ref().is_some_and(|standing| standing.files.is_empty());
        untouched && !self.is_part && !self.prepared.sink.has_errors()
    }
}

/// A report that documents are made from.
#[derive(Debug)]
pub(super) struct Origin {
    ledger: Ledger,
    /// What is wrong with the ledger.
    faults: Sink,
    version: Option<String>,
    /// None where the version is published: what was made from it stays.
    whole: Option<Whole>,
}

impl Origin {
    pub(super) fn read(shop: Workshop<'_>, report: &str) -> Self {
        let mut faults = Sink::default();
        let ledger = ledger::read(shop.system, report, &mut faults);
        let version = load::version(shop.system, shop.library, report);
        // A faulty ledger keeps from writing what it may have.
        let stays = version.as_ref().is_some_and(|version| faults.has_errors() || ledger.find(version).is_some());
        let whole = (!stays).then(|| Whole::load(shop, report, &ledger));
        Self { ledger, faults, version, whole }
    }
}

impl Session<'_> {
    /// What is wrong with a report, as `belagg check` tells before it sets the pages.
    #[must_use]
    pub fn diagnostics(&self, report: &str) -> Diagnostics {
        self.document(report).diagnostics()
    }

    /// A report as both outputs print it, made once while its files are the same.
    #[must_use]
    pub fn resolved(&self, report: &str) -> Arc<Document> {
        self.document(report)
    }

    /// The files of a report, as `belagg build` writes them, and what is wrong with it, faults of its pages too. Nothing is written.
    #[must_use]
    pub fn render(&self, report: &str) -> Rendered {
        let document = self.document(report);
        let mut diagnostics = document.diagnostics();
        let publication = self.rendered(&document, &mut diagnostics.sink);
        Rendered { publication, diagnostics }
    }

    fn document(&self, id: &str) -> Arc<Document> {
        self.document_telling(id, None)
    }

    /// A document; where it must be made, `told` is given the report before it is checked.
    pub(super) fn document_telling(&self, id: &str, told: Option<&dyn Fn(Prepared)>) -> Arc<Document> {
        let known = self.documents.find(&id.to_owned(), |document| document.holds(&self.files));
        let document = known.unwrap_or_else(|| {
            let made = Remembered::make(&self.files, |files| {
                let of = load::origin(files, &self.library, id);
                let mut document = self.look_at(files, &Derived { id: id.to_owned(), of }, told);
                self.complete_at(files, &mut document);
                Arc::new(document)
            });
            let made = Arc::new(made);
            self.documents.put(id.to_owned(), Arc::clone(&made));
            made
        });
        Arc::clone(&document.value)
    }

    /// A document as it is now, made anew. Where it is published and nobody has touched it, there is no more to say of it.
    pub(crate) fn look(&self, document: &Derived) -> Document {
        self.look_at(self.files(), document, None)
    }

    /// As [`Session::look`], with all that was asked of the workspace, also for what the session had made of it before.
    pub(crate) fn look_recording(&self, document: &Derived) -> (Document, Asked) {
        let made = Remembered::make(self.files(), |files| self.look_at(files, document, None));
        let asked = Asked::new(made.seen(), self.files());
        (made.value, asked)
    }

    /// What is asked of the files for a report and for all that is made from it, without making more of it than that takes: whatever comes after the
    /// figures is made of these and of what all reports are made with.
    pub(crate) fn asked_for(&self, report: &str) -> Asked {
        let made = Remembered::make(&self.files, |files| {
            let Ok(shop) = self.workshop() else { return };
            let shop = shop.on(files);
            let origin = self.origin(shop, report);
            let Origin { ledger, version, .. } = &origin.value;
            // What is published stands as it is packed; a faulty ledger is read by whoever tells of it.
            if version.as_ref().is_some_and(|version| ledger.find(version).is_some()) {
                drop(self.look_at(files, &Derived { id: report.to_owned(), of: None }, None));
            }
            drop(load::derived(files, &self.library, report, |_| true));
            drop(ledger::of_report(files, &self.library, report, &mut Sink::default()));
        });
        let mut asked = Asked::new(made.seen(), self.files());
        asked.extend(self.asked_for_tools());
        asked.of_inputs()
    }

    /// Makes of a published document that nobody has touched what readers get: itself, with the inputs that it was published with.
    pub(crate) fn complete(&self, document: &mut Document) {
        self.complete_at(self.files(), document);
    }

    /// All files of a document without errors.
    pub(crate) fn rendered(&self, document: &Document, sink: &mut Sink) -> Option<Publication> {
        let ready = document.prepared.ready.as_ref().filter(|_| !sink.has_errors())?;
        pipeline::render(ready, self.workshop().ok()?.toolbox, sink)
    }

    fn look_at(&self, files: &dyn System, document: &Derived, told: Option<&dyn Fn(Prepared)>) -> Document {
        let id = document.id.as_str();
        let shop = match self.workshop() {
            Ok(shop) => shop.on(files),
            Err(faults) => return Document::new(without(id, Ledger::default(), faults.clone())),
        };
        if let Some((whole, part)) = &document.of {
            return self.look_at_part(shop, id, whole, part);
        }
        if let Some((prepared, standing)) = self.standing(shop, id) {
            return Document { standing: Some(standing), ..Document::new(prepared) };
        }
        let prepared = self.prepared(shop, id, told);
        let mut hindrances = Sink::default();
        if let Some(ready) = prepared.ready.as_ref().filter(|_| prepared.ledger.newest().is_some()) {
            let report = &ready.project.report;
            if !report.status.is_draft() {
                release::check(report, &prepared.ledger, &mut hindrances);
            }
        }
        Document { hindrances, ..Document::new(prepared) }
    }

    /// A report that is not published. One that documents are made from is loaded and computed with them.
    fn prepared(&self, shop: Workshop<'_>, id: &str, told: Option<&dyn Fn(Prepared)>) -> Prepared {
        if !load::derived(shop.system, shop.library, id, |_| true).is_empty() {
            let origin = self.origin(shop, id);
            let Origin { ledger, faults, whole, .. } = &origin.value;
            if let Some(whole) = whole {
                return whole.own(shop.toolbox, (ledger.clone(), faults.clone()), told);
            }
        }
        pipeline::prepare_telling(shop, id, told)
    }

    /// What is made from a report: published with it, it stays as it is.
    fn look_at_part(&self, shop: Workshop<'_>, id: &str, whole: &str, part: &Part) -> Document {
        let origin = self.origin(shop, whole);
        let origin = &origin.value;
        let (ledger, faults) = (origin.ledger.of_part(id), origin.faults.clone());
        let Some(whole) = &origin.whole else {
            let version = origin.version.clone().unwrap_or_default();
            let date = ledger.find(&version).map(|entry| entry.head.date.clone());
            let standing =
                date.map(|date| Standing { id: id.to_owned(), version, date, files: Vec::new(), shared: Vec::new() });
            return Document { standing, is_part: true, ..Document::new(without(id, ledger, faults)) };
        };
        let mut prepared = whole.part(shop.toolbox, id, part.clone(), ledger, Purpose::Preview);
        prepared.sink.extend(faults);
        Document::new(prepared)
    }

    fn complete_at(&self, files: &dyn System, document: &mut Document) {
        if let (true, Some(standing), Ok(shop)) = (document.is_untouched(), &document.standing, self.workshop()) {
            document.prepared = standing::as_published(shop.on(files), standing);
        }
    }
}

/// A document of which nothing can be said but what is wrong.
fn without(id: &str, ledger: Ledger, sink: Sink) -> Prepared {
    Prepared { id: id.to_owned(), ready: None, ledger, sources: SourceMap::default(), sink }
}
