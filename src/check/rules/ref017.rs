//! REF017: the same words quoted twice.
//!
//! ## What it does
//! Finds a quotation of at least five words whose speaker is named, and the same words once more in the mouth of somebody in another place. A summary may repeat what
//! a chapter quotes, and a block quotation what the text says; terms and the words of laws have no speaker.
//!
//! ## Why is this bad
//! Two people do not say the same sentence. One of the two was pasted where another was to come.
//!
//! ## Example
//! ```md
//! En boende säger: ”Ingen frågar vad jag vill.” En annan uttrycker det så: ”Ingen frågar vad jag vill.”
//! ```
//! Quote what the other said.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::Context;
use super::super::number::attributed;
use super::super::prose::{Passage, Place, Role};
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("REF017"),
    title: "The same words quoted twice",
    severity: Severity::Warning,
    source: include_str!("ref017.rs"),
    options: &[],
    check,
};

/// The words of a quotation, whether a summary quotes them, and whether they stand in a block of their own.
type Key = (Vec<String>, bool, bool);

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut said: BTreeMap<Key, (usize, Range<usize>)> = BTreeMap::new();
    for (at, passage) in context.passages() {
        let block = passage.place == Place::Quote;
        for range in quotations(passage, block) {
            let words = words(passage.slice(range.clone()));
            if words.len() < 5 || !passage.is_typed(&range) {
                continue;
            }
            let key = (words, passage.role == Role::Summary, block);
            let Some((other, first)) = said.get(&key) else {
                said.insert(key, (at, range));
                continue;
            };
            let first = context.prose.passages[*other].span(first.clone());
            let message = say!("`{words}` is quoted a second time", words = passage.slice(range.clone()));
            out.push(
                RULE.at(passage.span(range), message)
                    .also(first, say!("here first"))
                    .help(say!("quote what was said here, or name both speakers beside one quotation")),
            );
        }
    }
}

fn quotations(passage: &Passage, block: bool) -> Vec<Range<usize>> {
    match passage.place {
        Place::Paragraph | Place::Item | Place::Statement => attributed(&passage.text, passage.language),
        Place::Quote if block => std::iter::once(0..passage.text.len()).collect(),
        _ => Vec::new(),
    }
}

/// The words of a quotation in small letters, without its signs.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
