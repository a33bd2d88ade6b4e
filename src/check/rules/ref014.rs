//! REF014: ibid and its kin.
//!
//! ## What it does
//! Finds "ibid", "a.a.", "op. cit.", "loc. cit." and "samma källa" in text and notes.
//!
//! ## Why is this bad
//! They point at the note before. When a note is added or moved they point at another, and on a web page notes are read one by one.
//!
//! ## Example
//! ```md
//! [^2]: Ibid., s. 14.
//! ```
//! Cite the source again; the program shortens it and links to the first:
//! ```md
//! … handledning [@fricker2007, s. 14].
//! ```

use std::collections::BTreeMap;

use super::super::Context;
use super::super::lang;
use super::super::rule::Rule;
use super::super::words::find_phrase;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("REF014"),
    title: "Ibid and its kin",
    severity: Severity::Warning,
    source: include_str!("ref014.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, passage) in context.passages() {
        let lower = passage.lower.as_str();
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for phrase in lang::lists(passage.language).again.iter() {
            let mut from = 0;
            while let Some(at) = find_phrase(lower, phrase, from) {
                from = at + phrase.len();
                // "AA" is a name; "a.a" within "m.a.a.o" is no word of its own.
                let glued = lower[..at].ends_with('.') || lower[from..].starts_with(|c: char| c.is_alphanumeric());
                let taken = found.range(..from).next_back().is_some_and(|(_, end)| at < *end);
                if glued || !passage.is_typed(&(at..from)) || taken {
                    continue;
                }
                found.insert(at, from);
                let text = passage.slice(at..from);
                out.push(
                    RULE.at(passage.span(at..from), say!("`{text}` points at whatever stands before it", text))
                        .help(say!("cite the source again with [@key, s. 14]: the program prints the short form")),
                );
            }
        }
    }
}
