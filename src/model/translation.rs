//! How a translation stands to its original: what it does not say yet, and what it says otherwise.

use std::ops::Range;

use crate::document::{Block, Chapter};
use crate::source::{SourceId, Span};

/// What was found where words were laid over those of the original.
#[derive(Debug, Clone, Default)]
pub struct Laid {
    /// Words of the original that nothing is written for.
    pub lacking: Vec<Lacking>,
    /// Words that say something else than those that they stand for.
    pub otherwise: Vec<Otherwise>,
}

/// Words of the original that nothing is written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    pub words: String,
    /// Where they are to be written, or where they stand in the original.
    pub span: Span,
    pub place: Place,
}

/// Where words that are not translated stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Behind a key of YAML.
    Key,
    /// In a file of data, or as a name that no key is for.
    Data,
}

/// A translated text that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Otherwise {
    pub span: Span,
    /// The words of the original.
    pub there: Span,
    pub what: Difference,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// This number is typed in one of the two alone.
    Number { number: String, lacks: bool },
    /// This figure is bound in one of the two alone.
    Bound { path: String, lacks: bool },
}

impl Laid {
    pub fn extend(&mut self, other: Self) {
        self.lacking.extend(other.lacking);
        self.otherwise.extend(other.otherwise);
    }
}

/// Which chapters stand in each Markdown file, in the order of the files: those of a translation are told by their place.
#[must_use]
pub fn by_file(chapters: &[Chapter]) -> Vec<Range<usize>> {
    let mut out: Vec<(SourceId, Range<usize>)> = Vec::new();
    for (at, chapter) in chapters.iter().enumerate() {
        let Some(source) = chapter.blocks.iter().find_map(Block::span).map(|span| span.source) else {
            continue;
        };
        match out.last_mut() {
            Some((last, range)) if *last == source => range.end = at + 1,
            _ => out.push((source, at..at + 1)),
        }
    }
    out.into_iter().map(|(_, range)| range).collect()
}
