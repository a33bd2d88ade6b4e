//! A run of text as the parser gives it, in pieces.

use std::ops::Range;

use super::context::Context;
use super::mask::{BRACE_CLOSE, BRACE_OPEN};

/// Text that is broken by no markup, and where each piece of it was written.
#[derive(Default)]
pub struct Run {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    /// Position in the run.
    at: usize,
    /// Position in the source.
    source: Range<usize>,
    /// Whether the piece stands in the source byte for byte.
    verbatim: bool,
}

impl Run {
    pub fn push(&mut self, text: &str, source: Range<usize>) {
        let verbatim = text.len() == source.len();
        match self.pieces.last_mut() {
            Some(last) if verbatim && last.verbatim && last.source.end == source.start => last.source.end = source.end,
            _ => self.pieces.push(Piece { at: self.text.len(), source, verbatim }),
        }
        self.text.push_str(text);
    }

    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// Where a part of the run stands in the source.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.piece(range.start).map_or(0, |piece| match piece.verbatim {
            true => piece.source.start + (range.start - piece.at),
            false => piece.source.start,
        });
        if range.is_empty() {
            return start..start;
        }
        let end = self.piece(range.end - 1).map_or(start, |piece| match piece.verbatim {
            true => piece.source.start + (range.end - piece.at),
            false => piece.source.end,
        });
        start..end.max(start)
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        self.pieces.get(self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1))
    }

    /// Whether the character at `at` was written with a backslash before it.
    pub(super) fn is_escaped(&self, at: usize, context: &Context) -> bool {
        let source = self.source(at..at).start;
        self.piece(at).is_some_and(|piece| piece.at == at)
            && source.checked_sub(1).is_some_and(|before| context.masked(before..source) == "\\")
    }

    /// If the run is one binding and nothing else: the range between its braces.
    pub fn sole_binding(&self) -> Option<Range<usize>> {
        let trimmed = self.text.trim();
        let start = self.text.len() - self.text.trim_start().len();
        let inner = trimmed.strip_prefix("\u{1}\u{1}")?.strip_suffix("\u{2}\u{2}")?;
        (!inner.contains([BRACE_OPEN, BRACE_CLOSE])).then(|| start + 2..start + 2 + inner.len())
    }
}
