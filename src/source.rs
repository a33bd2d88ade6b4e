//! Where a value was written: source files, spans in them, and values that remember their span.

use std::sync::{Arc, OnceLock};

/// Index of a file in a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A half-open range of bytes in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

impl Text {
    /// Words of the program's own, or of an author's that stand elsewhere.
    #[must_use]
    pub fn new(value: impl Into<String>, span: Span) -> Self {
        Self { value: value.into(), span, verbatim: false, literal: false }
    }

    /// The text of a cell of a file with data: printed as it stands there.
    #[must_use]
    pub fn of_cell(value: impl Into<String>, span: Span) -> Self {
        Self { value: value.into(), span, verbatim: false, literal: true }
    }

    /// The span of bytes `start..end` of the text, as exactly as it can be told.
    #[must_use]
    pub fn locate(&self, start: usize, end: usize) -> Span {
        if self.verbatim { self.span.slice(start, end) } else { self.span }
    }
}

/// One file that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to the workspace, with forward slashes.
    pub path: String,
    pub text: Arc<str>,
    /// Where each line begins: found when first asked for, since a place is asked for once for each figure.
    lines: OnceLock<Arc<[u32]>>,
}

impl Source {
    fn new(path: String, text: Arc<str>) -> Self {
        Self { path, text, lines: OnceLock::new() }
    }

    /// Number of the line that a byte stands on, from 0, and the byte that the line begins with.
    fn line_of(&self, at: usize) -> (usize, usize) {
        let lines = self.lines.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(ends.map(|(end, _)| u32::try_from(end + 1).unwrap_or(u32::MAX))).collect()
        });
        let number = lines.partition_point(|start| *start as usize <= at).saturating_sub(1);
        (number, lines.get(number).map_or(0, |start| *start as usize))
    }
}

/// A position for people: both count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Every source file of a run.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// Adds a file; `path` is relative to the workspace.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        let id = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.push(Source::new(path.into(), text.into()));
        SourceId(id)
    }

    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter()
    }

    /// The text a span covers; empty where the span does not fit the file.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The whole line that a span begins on.
    #[must_use]
    pub fn line(&self, span: Span) -> &str {
        let source = self.get(span.source);
        let text = &source.text;
        let mut at = (span.start as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let (_, start) = source.line_of(at);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        text.get(start..end).unwrap_or("")
    }

    /// Line and column of the span's start.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let source = self.get(span.source);
        let text = &source.text;
        let mut start = (span.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let (line, line_start) = source.line_of(start);
        Position { line: line + 1, column: text[line_start..start].chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let mut map = SourceMap::default();
        let id = map.add("a.md", "åäö\nxå!");
        let span = Span::new(id, "åäö\nxå".len(), "åäö\nxå!".len());
        assert_eq!(map.position(span), Position { line: 2, column: 3 });
        assert_eq!(map.text(span), "!");
        assert_eq!(map.line(span), "xå!");
        assert_eq!(map.position(Span::new(id, 1, 1)), Position { line: 1, column: 1 }, "inside å: never a panic");
    }
}
