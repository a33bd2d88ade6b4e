//! Numbers in words.

use std::ops::Range;

use super::{Form, Number, Unit, english, is_word, swedish, with_unit};
use crate::check::words::Lowered as _;
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

/// What multiplies, by its word.
pub(super) fn multiple(word: &str) -> Option<i64> {
    MULTIPLES.iter().find(|(known, _)| *known == word).map(|(_, factor)| *factor)
}

/// A number in words as it was read.
pub(super) struct Read {
    pub value: Exact,
    pub decimals: u8,
    /// How many words before belong to it: "bara en".
    pub back: usize,
    /// How many words from its own on.
    pub used: usize,
    pub form: Form,
}

impl Read {
    pub fn new(value: i64, used: usize, form: Form) -> Self {
        Self { value: Exact::from(value), decimals: 0, back: 0, used, form }
    }

    /// The number and a half, as the words for it say.
    pub fn and_half(self, used: usize) -> Option<Self> {
        let value = self.value.checked_add(half()?)?;
        Some(Self { value, decimals: 1, used: self.used + used, ..self })
    }

    /// Multiplied by "miljoner" and its kin, where such a word is next.
    pub fn times(self, word: &str) -> Option<Self> {
        let Some(factor) = multiple(word) else { return Some(self) };
        let value = self.value.checked_mul(Exact::from(factor))?;
        Some(Self { value, decimals: 0, used: self.used + 1, ..self })
    }

    pub fn half(used: usize) -> Option<Self> {
        Some(Self { value: half()?, decimals: 1, back: 0, used, form: Form::Words })
    }
}

fn half() -> Option<Exact> {
    Exact::ratio(Exact::from(1_i64), Exact::from(2_i64))
}
