//! Numbers in words.

use std::ops::Range;

use super::{Form, Number, Unit, english, is_word, swedish, with_unit};
use crate::compute::exact::Exact;
use crate::locale::Language;

/// Words that multiply the number before them; the longer of two that begin alike stands first.
pub const MULTIPLES: &[(&str, i64)] = &[
    ("miljoner", 1_000_000),
    ("miljon", 1_000_000),
    ("millions", 1_000_000),
    ("million", 1_000_000),
    ("miljarder", 1_000_000_000),
    ("miljard", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("tusen", 1000),
    ("thousand", 1000),
    ("hundra", 100),
    ("hundred", 100),
];

/// The words of a text, with a hyphen inside them.
#[must_use]
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = is_word(c) || (c == '-' && start.is_some() && text[at + 1..].starts_with(is_word));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Every number in words.
pub fn scan(text: &str, language: Language) -> Vec<Number> {
    let tokens = tokens(text);
    let word = |at: usize| tokens.get(at).map(|range: &Range<usize>| text[range.clone()].to_lowercase());
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let lower = word(at).unwrap_or_default();
        // Digits are read elsewhere; "två- och treåringar" are no numbers.
        let cut = text[tokens[at].end..].starts_with(['-', '\u{ad}']);
        let read = match language {
            _ if cut => None,
            Language::Swedish => swedish::read(&lower, |next| near(text, &tokens, at, next)),
            Language::English => english::read(&lower, |next| near(text, &tokens, at, next)),
        };
        let Some((value, used, form)) = read else {
            at += 1;
            continue;
        };
        let last = (at + used - 1).min(tokens.len() - 1);
        let range = tokens[at].start..tokens[last].end;
        let number = Number {
            end: range.end,
            range,
            value: Exact::from(value),
            decimals: 0,
            form,
            unit: Unit::None,
            bound: false,
            allowed: None,
        };
        out.push(with_unit(text, number));
        at = last + 1;
    }
    out
}

/// The `next`th word after the one at `at`, in small letters, where nothing but blanks stands between.
fn near(text: &str, tokens: &[Range<usize>], at: usize, next: usize) -> Option<String> {
    for step in at..at + next {
        let (one, two) = (tokens.get(step)?, tokens.get(step + 1)?);
        if !text[one.end..two.start].chars().all(char::is_whitespace) {
            return None;
        }
    }
    tokens.get(at + next).map(|range| text[range.clone()].to_lowercase())
}

/// The value of a whole word, if it is a number word of the language.
#[must_use]
pub fn value(word: &str, language: Language) -> Option<i64> {
    match language {
        Language::Swedish => swedish::whole(word),
        Language::English => english::whole(word),
    }
}

/// What multiplies, by its word.
pub(super) fn multiple(word: &str) -> Option<i64> {
    MULTIPLES.iter().find(|(known, _)| *known == word).map(|(_, factor)| *factor)
}

/// A number of words and how many of them were read.
pub(super) type Read = Option<(i64, usize, Form)>;
