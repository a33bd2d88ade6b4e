//! What the cells of a column hold, told by all of them together.

use crate::locale::Language;
use crate::value::{Exact, Notation, Typed};

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    pub id: String,
    pub holds: Holds,
    /// Whether every cell has a number.
    pub is_whole: bool,
    pub has_negative: bool,
    pub language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Count,
    /// With so many decimals.
    Amount(u8),
    Percent(u8),
    Text,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The number, its decimals, and whether a percent sign stands behind it.
    Number(Exact, u8, bool),
    /// The reason why there is none.
    Blank(&'static str),
    Text,
}

impl Holds {
    /// What stands behind the label in the declaration of the column.
    pub fn declared(self) -> String {
        match self {
            Self::Count => ", type: count".to_owned(),
            Self::Amount(decimals) => format!(", type: amount, decimals: {decimals}"),
            Self::Percent(decimals) => format!(", type: percent, decimals: {decimals}"),
            Self::Text => ", type: text".to_owned(),
        }
    }

    pub fn decimals(self) -> u8 {
        match self {
            Self::Amount(decimals) | Self::Percent(decimals) => decimals,
            Self::Count | Self::Text => 0,
        }
    }
}

impl Column {
    /// A column with these cells, each as plain words and as Markdown.
    pub fn of_cells<'c>(id: String, cells: impl Iterator<Item = (&'c str, &'c str)>, language: Language) -> Self {
        let cells: Vec<(&str, &str)> = cells.collect();
        let holds = holds(&cells, language);
        let numbers = || cells.iter().map(|(plain, _)| content(plain, language));
        Self {
            id,
            holds,
            is_whole: numbers().all(|found| matches!(found, Content::Number(..))),
            has_negative: numbers().any(|found| matches!(found, Content::Number(value, ..) if value.is_negative())),
            language,
        }
    }

    pub fn content(&self, text: &str) -> Content {
        match self.holds {
            Holds::Text => Content::Text,
            _ => content(text, self.language),
        }
    }

    /// The number of a cell, if the column holds numbers.
    pub fn number(&self, text: &str) -> Option<Exact> {
        match self.content(text) {
            Content::Number(value, ..) => Some(value),
            _ => None,
        }
    }
}

fn holds(cells: &[(&str, &str)], language: Language) -> Holds {
    let mut numbers: Vec<(Exact, u8, bool)> = Vec::new();
    for (plain, markdown) in cells {
        match content(plain, language) {
            // A note at a number, or a link: only a text can hold it.
            Content::Number(..) if markdown.contains("[^") || markdown.contains("](") => return Holds::Text,
            Content::Number(value, decimals, percent) => numbers.push((value, decimals, percent)),
            Content::Blank(_) => {}
            Content::Text => return Holds::Text,
        }
    }
    let decimals = numbers.iter().map(|(_, decimals, _)| *decimals).max().unwrap_or(0);
    let percents = numbers.iter().filter(|(.., percent)| *percent).count();
    let is_year = |value: &Exact| value.to_i64().is_some_and(|year| (1900..=2100).contains(&year));
    let years = cells.iter().all(|(plain, _)| plain.len() == 4) && numbers.iter().all(|(value, ..)| is_year(value));
    match numbers.len() {
        0 => Holds::Text,
        _ if years => Holds::Text,
        all if percents == all => Holds::Percent(decimals),
        _ if percents > 0 => Holds::Text,
        _ if decimals == 0 && numbers.iter().all(|(value, ..)| !value.is_negative()) => Holds::Count,
        _ => Holds::Amount(decimals),
    }
}

/// What a cell holds by itself.
pub fn content(text: &str, language: Language) -> Content {
    let text = text.trim();
    match text {
        "" | ".." | "…" => return Content::Blank("not-available"),
        "–" | "-" | "—" => return Content::Blank("zero"),
        "." => return Content::Blank("not-applicable"),
        _ => {}
    }
    let (digits, percent) = match text.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    // A code: what begins with nought is no number.
    if digits.starts_with('0') && digits.len() > 1 && !digits[1..].starts_with([',', '.']) {
        return Content::Text;
    }
    match Notation::with_decimal(language.decimal()).read(digits) {
        Typed::Number(value, decimals) if decimals <= 6 => Content::Number(value, decimals, percent),
        _ => Content::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cells: &[&str]) -> Holds {
        holds(&cells.iter().map(|cell| (*cell, *cell)).collect::<Vec<_>>(), Language::Swedish)
    }

    #[test]
    fn a_column_is_what_all_its_cells_are() {
        assert_eq!(found(&["1 234", "5", "–"]), Holds::Count);
        assert_eq!(found(&["1,5", "12"]), Holds::Amount(1));
        assert_eq!(found(&["−3", "12"]), Holds::Amount(0));
        assert_eq!(found(&["12 %", "7,5 %"]), Holds::Percent(1));
        assert_eq!(found(&["12 %", "7"]), Holds::Text);
        assert_eq!(found(&["2019", "2020"]), Holds::Text);
        assert_eq!(found(&["0180", "0181"]), Holds::Text);
        assert_eq!(found(&["ja", "7"]), Holds::Text);
        assert_eq!(found(&["", "–"]), Holds::Text);
        assert_eq!(found(&["12[^1]"]), Holds::Text);
    }
}
