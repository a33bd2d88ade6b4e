//! Numbers in words.

use std::ops::Range;

use super::read::Read;
use super::{Number, Unit, english, swedish, with_unit};
use crate::check::words::Lowered as _;
use crate::check::words::tokens;
use crate::locale::Language;

/// Every number in words.
pub fn scan(text: &str, language: Language) -> Vec<Number> {
    let tokens = tokens(text);
    let word = |at: usize| tokens.get(at).map(|range: &Range<usize>| plain(&text[range.clone()]));
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let lower = word(at).unwrap_or_default();
        // Digits are read elsewhere; "två- och treåringar" are no numbers.
        let cut = text[tokens[at].end..].starts_with(['-', '\u{ad}']);
        let near = |step: isize| near(text, &tokens, at, step);
        let read = match language {
            _ if cut => None,
            Language::Swedish => swedish::read(&lower, near),
            Language::English => english::read(&lower, near),
        };
        let Some(Read { value, decimals, back, used, form }) = read else {
            at += 1;
            continue;
        };
        let last = (at + used - 1).min(tokens.len() - 1);
        let range = tokens[at.saturating_sub(back)].start..tokens[last].end;
        let number =
            Number { end: range.end, range, value, decimals, form, unit: Unit::None, bound: false, allowed: None };
        out.push(with_unit(text, number));
        at = last + 1;
    }
    out
}

/// The word so many steps after (or before) the one at `at`, in small letters, where nothing but blanks stands between.
fn near(text: &str, tokens: &[Range<usize>], at: usize, step: isize) -> Option<String> {
    let other = at.checked_add_signed(step)?;
    let (first, last) = (at.min(other), at.max(other));
    let joined = tokens
        .get(first..=last)?
        .windows(2)
        .all(|pair| text[pair[0].end..pair[1].start].chars().all(char::is_whitespace));
    joined.then(|| plain(&text[tokens[other].clone()]))
}

/// A word in small letters, without the places where it may be broken.
fn plain(word: &str) -> String {
    word.lowered().replace('\u{ad}', "")
}

/// The value of a whole word, if it is a number word of the language.
#[must_use]
pub fn value(word: &str, language: Language) -> Option<i64> {
    match language {
        Language::Swedish => swedish::whole(word),
        Language::English => english::whole(word),
    }
}

/// The number that a compound begins with: 5 for "femgradig", 5 for "five-point".
#[must_use]
pub fn leading(word: &str, language: Language) -> Option<i64> {
    word.char_indices().rev().find_map(|(at, _)| value(word.get(..at)?, language))
}
