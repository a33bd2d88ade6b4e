//! What reading numbers in words rests on in any language: the words of a text, what multiplies, spans of time.

use super::Form;
use crate::value::Exact;

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

/// What recurs is no share: "var tredje vecka".
const TIMES: &[&str] = &[
    "tid",
    "dag",
    "dygn",
    "veck",
    "månad",
    "år",
    "halvår",
    "timm",
    "minut",
    "sekund",
    "kväll",
    "natt",
    "nätt",
    "helg",
    "gång",
    "termin",
    "måndag",
    "tisdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lördag",
    "söndag",
    "kvartal",
    "day",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "night",
    "evening",
    "morning",
    "time",
    "term",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "quarter",
];

/// Whether a word is one for a span of time, in any of its forms but in no compound: "veckan", not "veckodagar".
pub fn is_time(word: &str) -> bool {
    TIMES.iter().any(|stem| word.strip_prefix(stem).is_some_and(|ending| ending.len() <= 4))
}
