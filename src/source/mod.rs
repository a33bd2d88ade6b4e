//! Where a value was written: source files, spans in them, and values that remember their span.

mod lines;
mod map;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use lines::{LineIndex, Position};
pub use map::{Source, SourceId, SourceMap};

/// A half-open range of bytes in one source file. It is ordered so that it can be a key; where it stands among others [`SourceMap::order`] tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    #[must_use]
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { source, start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The span of bytes `start..end` counted from this span's start.
    #[must_use]
    pub fn slice(self, start: usize, end: usize) -> Self {
        let base = self.start as usize;
        Self::new(self.source, base + start, base + end)
    }

    /// The smallest span that holds both; `other` must lie in the same file.
    #[must_use]
    pub fn to(self, other: Span) -> Self {
        Self { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A text that an author wrote in a findings file, where it may hold inline Markdown, or a cell of a file with data, which never does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub value: String,
    pub span: Span,
    /// Whether byte n of `value` is byte n of the span (a plain scalar on one line). Otherwise (quoted with escapes, folded
    /// over lines) a position inside the text is reported as the whole span.
    pub verbatim: bool,
    /// The text stands as it is: it came from a cell, and what looks like Markdown in it is none.
    pub literal: bool,
    /// What the report that was translated has in its place, where this is a translation.
    pub original: Option<Arc<str>>,
}

impl Text {
    /// Words of the program's own, or of an author's that stand elsewhere.
    #[must_use]
    pub fn new(value: impl Into<String>, span: Span) -> Self {
        Self { value: value.into(), span, verbatim: false, literal: false, original: None }
    }

    /// The text of a cell of a file with data: printed as it stands there.
    #[must_use]
    pub fn of_cell(value: impl Into<String>, span: Span) -> Self {
        Self { value: value.into(), span, verbatim: false, literal: true, original: None }
    }

    /// The words before they were translated: ids are made of them, and files of data know them.
    #[must_use]
    pub fn untranslated(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.value)
    }

    /// The span of bytes `start..end` of the text, as exactly as it can be told.
    #[must_use]
    pub fn locate(&self, start: usize, end: usize) -> Span {
        if self.verbatim { self.span.slice(start, end) } else { self.span }
    }
}
