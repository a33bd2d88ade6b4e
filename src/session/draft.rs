//! A document as it was at one time, with what it is rendered with: it can be rendered while the session goes on.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::document::resolved::ResolvedDocument;
use crate::pipeline::{self, Beside, Ready, Stage, Toolbox};
use crate::render::html::PdfFile;
use crate::render::pdf::Preview;
use crate::resolve::Facts;
use crate::system::Bytes;

use super::{Document, Session, Tools};

/// What is wrong with how a report stands to its published versions, not with what it says.
const OF_PUBLISHING: &[Code] =
    &[Code::VERSION_PUBLISHED, Code::CHANGE_UNEXPLAINED, Code::CHANGE_UNKNOWN, Code::NOT_PUBLISHABLE];

/// A document of one state of the workspace.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) document: Arc<Document>,
    tools: Arc<Tools>,
}

impl Session<'_> {
    /// A document as it is now, by itself.
    pub(crate) fn draft(&self, report: &str) -> Draft {
        Draft { document: self.resolved(report), tools: Arc::clone(self.tools()) }
    }

    /// As [`Session::draft`]; where it must be made, `told` is given it before it is checked.
    pub(crate) fn draft_telling(&self, report: &str, told: &dyn Fn(Draft)) -> Draft {
        let tools = Arc::clone(self.tools());
        let early = |prepared| told(Draft { document: Arc::new(Document::new(prepared)), tools: Arc::clone(&tools) });
        Draft { document: self.document_telling(report, Some(&early)), tools: Arc::clone(&tools) }
    }
}

impl Draft {
    /// Whether it is the very same, made of the same files.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document) && Arc::ptr_eq(&self.tools, &other.tools)
    }

    /// Whether it can be shown: what keeps it from being published alone keeps nobody from reading it.
    pub(crate) fn is_readable(&self) -> bool {
        let hinders = |found: &Diagnostic| found.severity == Severity::Error && !OF_PUBLISHING.contains(&found.code);
        !self.document.prepared.sink.iter().any(hinders)
    }

    /// The report without errors, and what it is rendered with.
    fn parts(&self) -> Option<(&Ready, &Toolbox)> {
        let ready = self.document.prepared.ready.as_ref().filter(|_| self.is_readable())?;
        Some((ready, self.tools.value.as_ref().ok()?))
    }

    /// Its page beside a PDF; none where it has errors.
    pub(crate) fn page(&self, pdf: Option<PdfFile>, sink: &mut Sink) -> Option<String> {
        let (ready, toolbox) = self.parts()?;
        let beside = Beside { pdf, data: &ready.resolution.data, ..Beside::default() };
        pipeline::page(&ready.resolution.document, toolbox, beside, sink)
    }

    /// Its page with other words: `change` gives the document that is printed, and something besides.
    pub(crate) fn changed_page<T>(
        &self,
        change: impl FnOnce(&ResolvedDocument) -> (ResolvedDocument, T),
    ) -> Option<(String, T)> {
        let (ready, toolbox) = self.parts()?;
        let (document, rest) = change(&ready.resolution.document);
        Some((
            pipeline::page(
                &document,
                toolbox,
                Beside { data: &ready.resolution.data, ..Beside::default() },
                &mut Sink::default(),
            )?,
            rest,
        ))
    }

    /// What its figures are made of.
    pub(crate) fn facts(&self) -> Option<Facts<'_>> {
        let (ready, toolbox) = self.parts()?;
        let (project, statistics) = (&ready.project, &*ready.statistics);
        let locale = toolbox.locale(project.report.language)?;
        Some(Facts { project, statistics, locale, sources: &self.document.prepared.sources })
    }

    /// What the page loads, by the path beside it.
    pub(crate) fn page_files(&self) -> BTreeMap<String, Bytes> {
        self.parts().map(|(ready, toolbox)| pipeline::page_files(ready, toolbox)).unwrap_or_default()
    }

    /// Sets its pages; whether they are set.
    pub(crate) fn set(&self, preview: &mut Preview, stage: Stage<'_>, sink: &mut Sink) -> bool {
        self.parts().is_some_and(|(ready, toolbox)| pipeline::set(ready, toolbox, preview, stage, sink))
    }
}
