//! What every part of the parser needs: the text, the way from its offsets to spans, and the sink.

use std::ops::Range;

use super::mask::{Masked, unmask};
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::source::{SourceId, Span, Spanned, Text};

/// Where the parsed text came from.
pub enum Place<'a> {
    /// A file, from its byte `skipped` on.
    File { source: SourceId, skipped: usize },
    /// A text in a data file, from its byte `skipped` on; `added` bytes were put before it.
    Text { text: &'a Text, skipped: usize, added: usize },
}

/// The state of one run of the parser.
pub struct Context<'a> {
    place: Place<'a>,
    masked: &'a str,
    pub sink: &'a mut Sink,
    /// Every `[^label]` met so far.
    pub notes: Vec<Spanned<String>>,
    /// Names of the HTML elements reported so far: their end tags are not reported as well.
    pub html_reported: Vec<String>,
}

impl<'a> Context<'a> {
    pub fn new(place: Place<'a>, masked: &'a Masked, sink: &'a mut Sink) -> Self {
        let mut context = Self { place, masked: &masked.text, sink, notes: Vec::new(), html_reported: Vec::new() };
        if let Some((first, count)) = masked.controls {
            let message = match count {
                1 => say!("a control character stands in the text"),
                _ => say!("{count} control characters stand in the text, the first here", count),
            };
            let diagnostic = Diagnostic::error(Code::VALUE_INVALID, message)
                .help(say!("delete it: it often comes along when text is copied from a PDF or a terminal"));
            context.report(diagnostic, first..first);
        }
        context
    }

    /// Whether the text is a single paragraph from a data file.
    pub fn is_paragraph(&self) -> bool {
        matches!(self.place, Place::Text { .. })
    }

    /// The text as the Markdown parser sees it.
    pub fn masked(&self, range: Range<usize>) -> &'a str {
        self.masked.get(range).unwrap_or("")
    }

    /// The text that goes on from `at`.
    pub fn after(&self, at: usize) -> &'a str {
        self.masked.get(at..).unwrap_or("")
    }

    /// The author's text.
    pub fn original(&self, range: Range<usize>) -> String {
        unmask(self.masked(range))
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        match &self.place {
            Place::File { source, skipped } => Span::new(*source, range.start + skipped, range.end + skipped),
            Place::Text { text, skipped, added } => {
                let shift = |at: usize| (at + skipped).saturating_sub(*added).min(text.value.len());
                text.locate(shift(range.start), shift(range.end))
            }
        }
    }

    /// The span of a block: without the line ends that follow it.
    pub fn block_span(&self, range: Range<usize>) -> Span {
        let end = range.start + self.masked(range.clone()).trim_end().len();
        self.span(range.start..end)
    }

    /// The span of the last occurrence of `needle` (masked or not) in a range; the whole range if it is not in it.
    pub fn find(&self, range: Range<usize>, needle: &str) -> Span {
        match self.original(range.clone()).rfind(&unmask(needle)) {
            Some(at) if !needle.is_empty() => self.span(range.start + at..range.start + at + needle.len()),
            _ => self.span(range),
        }
    }

    /// Reports a problem at a range of the text, without the line ends that follow it.
    pub fn report(&mut self, diagnostic: Diagnostic, range: Range<usize>) {
        let span = self.block_span(range);
        self.sink.push(diagnostic.at(span));
    }
}
