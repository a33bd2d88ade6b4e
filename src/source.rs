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
    /// Made when a position is first asked for.
    places: OnceLock<Places>,
}

/// Where lines begin, and how many characters stand before each stretch of the text: a position is found without counting from the start.
#[derive(Debug, Clone)]
struct Places {
    lines: Vec<usize>,
    characters: Vec<usize>,
}

/// Bytes between two counts of characters.
const STRETCH: usize = 512;

impl Places {
    fn new(text: &str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut characters = vec![0];
        for stretch in text.as_bytes().chunks(STRETCH) {
            characters.push(characters.last().copied().unwrap_or(0) + begun(stretch));
        }
        Self { lines, characters }
    }

    /// How many characters begin before a byte.
    fn before(&self, text: &str, at: usize) -> usize {
        let stretch = at / STRETCH;
        let rest = text.as_bytes().get(stretch * STRETCH..at).unwrap_or_default();
        self.characters.get(stretch).copied().unwrap_or(0) + begun(rest)
    }
}

/// How many characters begin in bytes of UTF-8.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count()
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
        self.sources.push(Source { path: path.into(), text: text.into(), places: OnceLock::new() });
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
        let text = &self.get(span.source).text;
        let mut at = (span.start as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
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
        let places = source.places.get_or_init(|| Places::new(text));
        let line = places.lines.partition_point(|line| *line <= start);
        let line_start = line.checked_sub(1).and_then(|line| places.lines.get(line)).copied().unwrap_or(0);
        Position { line, column: places.before(text, start) - places.before(text, line_start) + 1 }
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
        let long = format!("{}\n{}x", "åä ".repeat(700), "🙂 ".repeat(900));
        let id = map.add("b.md", long.as_str());
        let counted = |at: usize| {
            let line = long[..at].rfind('\n').map_or(0, |at| at + 1);
            Position { line: long[..at].matches('\n').count() + 1, column: long[line..at].chars().count() + 1 }
        };
        for (at, _) in long.char_indices().step_by(97).chain([(long.len(), ' ')]) {
            assert_eq!(map.position(Span::new(id, at, at)), counted(at));
        }
    }
}
