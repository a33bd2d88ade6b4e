//! What is wrong with a report, and where.

use crate::diagnostic::{Diagnostic, Label, Sink};
use crate::source::{Position, SourceMap};

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

    /// Where a label of one of them stands.
    #[must_use]
    pub fn place(&self, label: &Label) -> Place<'_> {
        let source = self.sources.get(label.span.source);
        let [start, end] = [label.span.start, label.span.end].map(|at| source.position(at as usize));
        Place { path: &source.path, start, end }
    }
}
