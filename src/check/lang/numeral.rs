//! Reading a number in words: the row of words that it stands in, and what came of it.

use std::ops::Range;

use crate::check::words::{Lowered as _, tokens};
use crate::value::Exact;

/// What a number is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Digits,
    /// Digits whose thousands are set apart, so that they cannot be a year or a name.
    Grouped,
    Words,
    /// "ett tjugotal", "ett dussin".
    Round,
    /// "hälften", "en tredjedel", "var femte".
    Fraction,
    /// "dubbelt så många", "three times higher": how many times as much, no count of things.
    Factor,
}

/// The words of a text.
#[derive(Debug)]
pub struct Row<'t> {
    text: &'t str,
    pub words: Vec<Range<usize>>,
    /// In small letters, without the places where they may be broken.
    lower: Vec<String>,
}

impl<'t> Row<'t> {
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let words = tokens(text);
        let lower = words.iter().map(|range| text[range.clone()].lowered().replace('\u{ad}', "")).collect();
        Self { text, words, lower }
    }

    #[must_use]
    pub fn place(&self, at: usize) -> Place<'_> {
        Place { row: self, at }
    }

    /// Whether nothing but blanks stands between a word and the next.
    fn is_joined(&self, at: usize) -> bool {
        let between = self.words.get(at).zip(self.words.get(at + 1)).and_then(|(a, b)| self.text.get(a.end..b.start));
        between.is_some_and(|between| between.chars().all(char::is_whitespace))
    }
}

/// A word in its row.
#[derive(Debug, Clone, Copy)]
pub struct Place<'r> {
    row: &'r Row<'r>,
    at: usize,
}

impl<'r> Place<'r> {
    /// The word itself, in small letters.
    #[must_use]
    pub fn word(&self) -> &'r str {
        self.row.lower.get(self.at).map_or("", String::as_str)
    }

    /// The word so many steps after it, or before it, where nothing but blanks stands between; else none.
    #[must_use]
    pub fn near(&self, step: isize) -> &'r str {
        let Some(other) = self.at.checked_add_signed(step) else { return "" };
        let joined = (self.at.min(other)..self.at.max(other)).all(|at| self.row.is_joined(at));
        if joined { self.row.lower.get(other).map_or("", String::as_str) } else { "" }
    }

    /// Whether a sign or the end of the text follows.
    #[must_use]
    pub fn is_last(&self) -> bool {
        !self.row.is_joined(self.at)
    }
}

/// A number in words as it was read; a fraction's value is the percentage that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    pub value: Exact,
    pub decimals: u8,
    /// How many words before belong to it: "bara en".
    pub back: usize,
    /// How many words from its own on.
    pub used: usize,
    pub form: Form,
}

impl Numeral {
    #[must_use]
    pub fn new(value: i64, used: usize, form: Form) -> Self {
        Self { value: Exact::from(value), decimals: 0, back: 0, used, form }
    }

    /// A part of a whole.
    #[must_use]
    pub fn share(part: i64, whole: i64, used: usize) -> Option<Self> {
        let value = Exact::ratio(Exact::from(part.checked_mul(100)?), Exact::from(whole))?;
        Some(Self { value, decimals: 0, back: 0, used, form: Form::Fraction })
    }

    #[must_use]
    pub fn half(used: usize) -> Option<Self> {
        Some(Self { value: half()?, decimals: 1, back: 0, used, form: Form::Words })
    }

    /// With so many words before it.
    #[must_use]
    pub fn from(self, back: usize) -> Self {
        Self { back, ..self }
    }

    /// The number and a half, as the words for it say.
    #[must_use]
    pub fn and_half(self, used: usize) -> Option<Self> {
        let value = self.value.checked_add(half()?)?;
        Some(Self { value, decimals: 1, used: self.used + used, ..self })
    }

    /// Multiplied by "miljoner" and its kin, where such a word is next.
    #[must_use]
    pub fn times(self, factor: Option<i64>) -> Option<Self> {
        let Some(factor) = factor else { return Some(self) };
        let value = self.value.checked_mul(Exact::from(factor))?;
        Some(Self { value, decimals: 0, used: self.used + 1, ..self })
    }
}

fn half() -> Option<Exact> {
    Exact::ratio(Exact::from(1_i64), Exact::from(2_i64))
}
