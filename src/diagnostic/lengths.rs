//! What is said of texts that are longer than can be set, wherever they are met.

use super::{Code, Diagnostic, Said, Sink, say};
use crate::limits;
use crate::source::Span;

impl Diagnostic {
    /// A stretch in which no line can be broken.
    #[must_use]
    pub fn unbroken(span: Span) -> Self {
        let most = limits::RUN;
        Self::error(
            Code::TEXT_TOO_LONG,
            say!("more than {most} characters stand here in which no line can be broken", most),
        )
        .at(span)
        .help(say!("a word or an address ends with a blank, and a row of blanks with a word: shorten it, or part it"))
    }
}

impl Sink {
    /// Whether something of this kind was told.
    #[must_use]
    pub fn has(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
    }

    /// Reports a text of more than `most` characters; `what` is "the title", "a heading".
    pub fn check_length(&mut self, what: Said, text: &str, most: usize, span: Span) {
        if text.len() <= most {
            return;
        }
        let found = text.chars().count();
        if found > most {
            self.push(
                Diagnostic::error(
                    Code::TEXT_TOO_LONG,
                    say!("{what} has {found} characters; at most {most} are accepted", what, found, most),
                )
                .at(span)
                .help(say!("shorten it: what is long belongs in a paragraph or a note")),
            );
        }
    }
}
