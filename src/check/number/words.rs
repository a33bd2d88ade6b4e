//! Numbers and fractions in words.

use super::{Number, Unit, with_unit};
use crate::check::lang::{Numeral, Row, grammar, numerals};
use crate::locale::Language;

/// Every number in words that is no fraction.
pub fn scan(text: &str, row: &Row<'_>, language: Language) -> Vec<Number> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(word) = row.words.get(at) {
        // Digits are read elsewhere; "två- och treåringar" are no numbers.
        let cut = text[word.end..].starts_with(['-', '\u{ad}']);
        let read = if cut { None } else { grammar(language).number(row.place(at)) };
        let Some(read) = read else {
            at += 1;
            continue;
        };
        out.push(with_unit(text, number(row, at, read), numerals(language)));
        at += read.used;
    }
    out
}

/// Every fraction in words.
pub fn fractions(row: &Row<'_>, language: Language) -> impl Iterator<Item = Number> {
    (0..row.words.len()).filter_map(move |at| Some(number(row, at, grammar(language).fraction(row.place(at))?)))
}

fn number(row: &Row<'_>, at: usize, read: Numeral) -> Number {
    let last = (at + read.used - 1).min(row.words.len() - 1);
    let range = row.words[at.saturating_sub(read.back)].start..row.words[last].end;
    Number {
        end: range.end,
        range,
        value: read.value,
        decimals: read.decimals,
        form: read.form,
        unit: Unit::None,
        bound: false,
        allowed: None,
    }
}

/// The value of a whole word, if it is a number word of the language.
#[must_use]
pub fn value(word: &str, language: Language) -> Option<i64> {
    grammar(language).value(word)
}

/// The number that a compound begins with: 5 for "femgradig", 5 for "five-point".
#[must_use]
pub fn leading(word: &str, language: Language) -> Option<i64> {
    word.char_indices().rev().find_map(|(at, _)| value(word.get(..at)?, language))
}
