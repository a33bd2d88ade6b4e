//! What is wrong with a report, and where.

use crate::check::fix::{Mended, mend};
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::{Position, SourceMap, Span};

/// All that was found in a report, with the files that it stands in.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    pub(crate) sink: Sink,
    pub(crate) sources: SourceMap,
}

/// A stretch of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Relative to the workspace, with forward slashes.
    pub path: &'a str,
    pub start: Position,
    pub end: Position,
}

impl Diagnostics {
    /// By file and place, each once.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.sink.sorted(&self.sources).into_iter()
    }

    /// Whether something keeps the report from being built.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.sink.has_errors()
    }

    /// Where something stands that one of them speaks of: a label, or what a fix replaces.
    #[must_use]
    pub fn place(&self, span: Span) -> Place<'_> {
        let source = self.sources.get(span.source);
        let [start, end] = [span.start, span.end].map(|at| source.position(at as usize));
        Place { path: &source.path, start, end }
    }

    /// The files that they speak of.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The files in which what is certain is mended.
    #[must_use]
    pub fn mended(&self) -> Vec<Mended> {
        mend(self.iter(), &self.sources)
    }
}
