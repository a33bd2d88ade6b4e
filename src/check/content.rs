//! The words of a text that say what it is about.

use std::ops::Range;

use super::lang;
use super::lang::stem;
use super::number::words::value;
use super::words::Lowered as _;
use super::words::tokens;
use crate::locale::Language;

/// A word of a text: where it stands and its stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub range: Range<usize>,
    pub stem: String,
}

/// The words of a text that carry meaning, numbers and small words left out.
#[must_use]
pub fn content(text: &str, language: Language) -> Vec<Word> {
    let lists = lang::lists(language);
    tokens(text)
        .into_iter()
        .filter_map(|range| {
            let lower = text[range.clone()].lowered();
            let number = value(&lower, language).is_some() || lower.starts_with(|c: char| c.is_ascii_digit());
            if number || lists.stops.has(&lower) || lists.percent_words.has(&lower) {
                return None;
            }
            Some(Word { stem: stem(&lower, language), range })
        })
        .collect()
}
