//! What is found in a run of text: bindings, citations and note references.

use std::ops::Range;

use super::context::Context;
use super::mask::{BRACE_OPEN, BRACKET_CLOSE, BRACKET_OPEN, LINE_BREAK, unescape, unmask};
use super::run::Run;
use super::{binding, citation};
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::document::Inline;
use crate::source::Spanned;

impl Run {
    /// The inlines of the run.
    pub fn inlines(&self, context: &mut Context) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut text_start = 0;
        let mut at = 0;
        while let Some(found) = self.text[at..].find([BRACE_OPEN, BRACKET_OPEN, LINE_BREAK]) {
            let start = at + found;
            let Some((inline, end)) = self.token(start, context) else {
                at = start + 1;
                continue;
            };
            if let Some(inline) = inline {
                self.push_text(text_start..start, &mut out, context);
                out.push(inline);
                text_start = end;
            }
            at = end;
        }
        self.push_text(text_start..self.text.len(), &mut out, context);
        out
    }

    /// What begins at `start` and where it ends; no inline for one that was reported and stays text.
    fn token(&self, start: usize, context: &mut Context) -> Option<(Option<Inline>, usize)> {
        let rest = &self.text[start..];
        if rest.starts_with(LINE_BREAK) {
            return Some((Some(Inline::LineBreak), start + 1));
        }
        if let Some(inner) = rest.strip_prefix("\u{1}\u{1}") {
            let next = inner.find("\u{1}\u{1}").unwrap_or(inner.len());
            let Some(close) = inner[..next].find("\u{2}\u{2}") else {
                binding::report_unclosed(self, start, context);
                return Some((None, start + 2));
            };
            let binding = binding::binding(self, start + 2..start + 2 + close, context);
            return Some((binding.map(Inline::Binding), start + close + 4));
        }
        let inner = rest.strip_prefix(BRACKET_OPEN)?;
        let Some(close) = inner.find([BRACKET_CLOSE, BRACKET_OPEN]).filter(|&n| inner[n..].starts_with(BRACKET_CLOSE))
        else {
            citation::report_unclosed(self, start, context);
            return Some((None, start + 1));
        };
        let (range, end) = (start + 1..start + 1 + close, start + close + 2);
        if let Some(label) = inner[..close].strip_prefix('^') {
            let span = context.span(self.source(start..end));
            let label = unmask(label);
            context.notes.push(Spanned::new(label.clone(), span));
            return Some((Some(Inline::NoteReference { label, span }), end));
        }
        Some((citation::citation(self, range, context), end))
    }

    fn push_text(&self, range: Range<usize>, out: &mut Vec<Inline>, context: &mut Context) {
        if range.is_empty() {
            return;
        }
        self.report_lookalikes(range.clone(), context);
        let text = unescape(&self.text[range.clone()]);
        out.push(Inline::Text(text, context.span(self.source(range))));
    }

    /// Links and notes that CommonMark takes for text, because something in them is amiss.
    fn report_lookalikes(&self, range: Range<usize>, context: &mut Context) {
        let text = &self.text[range.clone()];
        for (found, _) in text.match_indices("](") {
            let at = range.start + found;
            if !self.is_escaped(at, context) && !self.is_escaped(at + 1, context) {
                let diagnostic = Diagnostic::error(Code::LINK_TARGET, say!("a link cannot be understood"))
                    .help(say!(
                        "between the round brackets stands one address without blanks, and no link stands in another"
                    ))
                    .help(say!("to print the brackets as they are, write `]\\(`"));
                context.report(diagnostic, self.source(at..at + 2));
            }
        }
        for (found, _) in text.match_indices('{') {
            let at = range.start + found;
            let inner = text[found + 1..].split(['{', '}']).next().unwrap_or("");
            let closed = text[found + 1 + inner.len()..].starts_with('}');
            if closed && may_be_binding(inner) && !self.is_escaped(at, context) {
                let message = say!("`{{{inner}}}` is printed as it stands: a binding has two braces", inner);
                let diagnostic = Diagnostic::new(Severity::Warning, Code::BINDING_SYNTAX, message)
                    .help(say!("write `{{{{ {inner} }}}}` if a figure is meant", inner = inner.trim()))
                    .help(say!("to print the braces as they are, write `\\{`"));
                context.report(diagnostic, self.source(at..at + inner.len() + 2));
            }
        }
        for (found, _) in text.match_indices("[^") {
            let at = range.start + found;
            let label = text[found + 2..].split(['[', ']']).next().unwrap_or("");
            let closed = text[found + 2 + label.len()..].starts_with(']');
            if closed && !label.is_empty() && !self.is_escaped(at, context) {
                let diagnostic = Diagnostic::error(Code::NOTE_UNKNOWN, say!("`[^{label}]` is not a note here", label))
                    .help(say!("the label of a note has no blanks, and `[^label]: …` begins a paragraph of its own"))
                    .help(say!("to print the brackets as they are, write `\\[^`"));
                context.report(diagnostic, self.source(at..at + label.len() + 3));
            }
        }
    }
}

/// Whether a text between braces reads as what a binding holds: an id, perhaps with filters, or a table or chart with its id.
fn may_be_binding(inner: &str) -> bool {
    let is_id = |word: &str| {
        let in_ids = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
        // `{x}` is a letter of a formula rather than a figure.
        word.len() > 2 && word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(in_ids)
    };
    let words: Vec<&str> = inner.split('|').next().unwrap_or("").split_whitespace().collect();
    match words.as_slice() {
        [id] => is_id(id),
        ["table" | "chart", id] => is_id(id),
        _ => false,
    }
}
