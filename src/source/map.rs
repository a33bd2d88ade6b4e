//! The files of a run, each known by what it is.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use serde::{Deserialize, Serialize};

use crate::system::Hash;

use super::{LineIndex, Position, Span};

/// What a file is known by: its path and its content. The same file has the same id in every run, so that what was read from it once is at its
/// place in every [`SourceMap`] that has the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct SourceId(u64);

impl SourceId {
    fn new(path: &str, text: &str) -> Self {
        // No path holds a nought.
        Self(Hash::digest(format!("{path}\0{text}").as_bytes()).short())
    }
}

/// One file that was read.
#[derive(Debug)]
pub struct Source {
    pub id: SourceId,
    /// Path relative to the workspace, with forward slashes.
    pub path: String,
    pub text: Arc<str>,
    /// Made when a position is first asked for.
    lines: OnceLock<LineIndex>,
}

impl Source {
    fn new(path: String, text: Arc<str>) -> Self {
        Self { id: SourceId::new(&path, &text), path, text, lines: OnceLock::new() }
    }

    /// Its lines and columns.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Line and column of a byte.
    #[must_use]
    pub fn position(&self, at: usize) -> Position {
        self.lines().position(&self.text, at)
    }
}

/// Every source file of a run, in the order in which they were read.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    sources: Vec<Arc<Source>>,
    places: BTreeMap<SourceId, usize>,
}

/// What is told of a place in a file that is not there.
static NONE: LazyLock<Source> = LazyLock::new(|| Source::new(String::new(), "".into()));

impl SourceMap {
    /// Adds a file; `path` is relative to the workspace.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        let source = Source::new(path.into(), text.into());
        let id = source.id;
        self.keep(Arc::new(source));
        id
    }

    /// Adds the files of another map behind its own.
    pub fn extend(&mut self, other: &Self) {
        other.sources.iter().for_each(|source| self.keep(Arc::clone(source)));
    }

    fn keep(&mut self, source: Arc<Source>) {
        let next = self.sources.len();
        if *self.places.entry(source.id).or_insert(next) == next {
            self.sources.push(source);
        }
    }

    /// A file that was added; an empty one without a name where it was not.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        self.places.get(&id).and_then(|at| self.sources.get(*at)).map_or(&*NONE, |source| source)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().map(|source| &**source)
    }

    /// Where a span stands among all: first by the order of the files, then in its file.
    #[must_use]
    pub fn order(&self, span: Span) -> (usize, u32, u32) {
        (self.places.get(&span.source).copied().unwrap_or(usize::MAX), span.start, span.end)
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
        let line = source.position(span.start as usize).line;
        source.text.get(source.lines().line(&source.text, line)).unwrap_or("")
    }

    /// Line and column of the span's start.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.get(span.source).position(span.start as usize)
    }

    /// Line and column behind the span's last character.
    #[must_use]
    pub fn end(&self, span: Span) -> Position {
        self.get(span.source).position(span.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_path_and_content_whatever_was_read_before_it() {
        let (mut one, mut two) = (SourceMap::default(), SourceMap::default());
        one.add("a.md", "ett");
        let id = one.add("b.md", "två\r\ntre");
        assert_eq!(two.add("b.md", "två\r\ntre"), id);
        assert_eq!(two.add("b.md", "två\r\ntre"), id, "added twice, kept once");
        assert!(two.add("b.md", "annat") != id && two.add("c.md", "två\r\ntre") != id);
        let span = Span::new(id, 6, 9);
        assert_eq!((one.text(span), two.text(span), two.line(Span::new(id, 0, 1))), ("tre", "tre", "två"));
        assert_eq!(one.position(span), Position { line: 2, column: 1, utf16: 1 });
        one.extend(&two);
        let paths: Vec<&str> = one.iter().map(|source| source.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b.md", "b.md", "c.md"]);
        assert!(one.order(span) < one.order(Span::new(two.add("c.md", "två\r\ntre"), 0, 1)));
    }

    #[test]
    fn a_place_in_no_file_is_told_as_empty() {
        let sources = SourceMap::default();
        let nowhere = Span::new(SourceId::default(), 3, 5);
        assert_eq!((sources.text(nowhere), sources.line(nowhere), sources.position(nowhere).line), ("", "", 1));
    }
}
