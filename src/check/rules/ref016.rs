//! REF016: a quotation mark without its other.
//!
//! ## What it does
//! Finds quotations that are opened and never closed, and marks that close what was never opened, in each paragraph, item and cell. A quotation of several paragraphs
//! may open each of them and close the last. Inches (24") and the mark that repeats the line above are left alone.
//!
//! ## Why is this bad
//! Nobody can tell where the quoted words end and the report's own begin.
//!
//! ## Example
//! ```md
//! En boende säger: ”Jag vet inte vem jag ska ringa. Så beskriver flera sin situation.
//! ```
//! Close the quotation where it ends:
//! ```md
//! En boende säger: ”Jag vet inte vem jag ska ringa.” Så beskriver flera sin situation.
//! ```

use super::super::Context;
use super::super::prose::{Kind, Passage, Place, Prose};
use super::super::quotations::{Marks, marks};
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("REF016"),
    title: "A quotation mark without its other",
    severity: Severity::Warning,
    source: include_str!("ref016.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, place, opens) in unpaired(&context.prose) {
        let Some(passage) = context.prose.passages.get(at) else { continue };
        let text = &passage.text;
        // Two words behind a mark that opens, the word before one that closes.
        let words = |text: &str, count: usize| -> usize {
            let blanks = text.char_indices().skip(1).filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
            blanks.take(count).last().unwrap_or(text.len())
        };
        let range = if opens {
            place..place + words(&text[place..], 3)
        } else {
            let start = text[..place].char_indices().rev().find(|(_, c)| c.is_whitespace());
            start.map_or(0, |(at, c)| at + c.len_utf8())..place + words(&text[place..], 1)
        };
        let shown = passage.slice(range.clone());
        let (message, help) = if opens {
            (say!("the quotation `{shown} …` is never closed", shown), say!("set the mark where the quoted words end"))
        } else {
            (
                say!("`{shown}` closes a quotation that was never opened", shown),
                say!("set the mark where the quoted words begin"),
            )
        };
        out.push(RULE.at(passage.span(range), message).help(help));
    }
}

/// The passages and places of marks without another, and whether each opens.
fn unpaired(prose: &Prose) -> Vec<(usize, usize, bool)> {
    let all: Vec<Marks> = prose.passages.iter().map(|passage| marks(&passage.text)).collect();
    let mut out = Vec::new();
    for (at, (passage, own)) in prose.passages.iter().zip(&all).enumerate() {
        let like = |other: Option<usize>| {
            other.filter(|other| prose.passages.get(*other).is_some_and(|other| other.place == passage.place))
        };
        let before = like(at.checked_sub(1)).and_then(|at| all.get(at));
        let next = like(Some(at + 1)).and_then(|at| all.get(at));
        // A quotation of several paragraphs opens each of them and closes the last.
        let goes_on = next.is_some_and(|next| next.begins || !next.unopened.is_empty());
        let came = before.is_some_and(|before| !before.unclosed.is_empty());
        // A mark alone in a cell repeats the one above.
        let ditto = passage.text.chars().filter(|c| c.is_alphabetic()).count() < 2;
        if ditto || passage.place == Place::Label {
            continue;
        }
        let unclosed = own.unclosed.iter().filter(|_| !goes_on).map(|place| (at, *place, true));
        let unopened = own.unopened.iter().filter(|_| !came).map(|place| (at, *place, false));
        out.extend(unclosed.chain(unopened).filter(|(_, place, _)| is_typed(passage, *place)));
    }
    out
}

fn is_typed(passage: &Passage, at: usize) -> bool {
    passage.piece(at).is_some_and(|piece| piece.kind == Kind::Typed)
}
