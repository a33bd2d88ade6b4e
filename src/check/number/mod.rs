//! Finds the numbers of a text: digits, words, fractions and what stands for them, in Swedish and English.

mod allowed;
mod digits;
mod english;
mod fraction;
mod swedish;
pub mod words;

use std::ops::Range;

pub use allowed::{Allowed, classify};

use crate::compute::exact::Exact;
use crate::locale::Language;

/// A number as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The number itself, with its unit of percent or currency.
    pub range: Range<usize>,
    /// End of the number without its unit.
    pub end: usize,
    /// For a fraction ("hälften") its percentage.
    pub value: Exact,
    pub decimals: u8,
    pub form: Form,
    pub unit: Unit,
    /// Printed by a binding.
    pub bound: bool,
    /// Why it needs no evidence.
    pub allowed: Option<Allowed>,
}

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    None,
    Percent,
    /// Percentage points, which have no base.
    Points,
    /// Kronor, pounds, euro.
    Money,
}

impl Number {
    /// The number as a count of things: whole, without unit.
    #[must_use]
    pub fn count(&self) -> Option<i64> {
        let plain = self.unit == Unit::None && self.form != Form::Fraction && self.decimals == 0;
        if plain { self.value.to_i64() } else { None }
    }

    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.unit == Unit::Percent && self.form != Form::Fraction
    }

    #[must_use]
    pub fn is_fraction(&self) -> bool {
        self.form == Form::Fraction
    }
}

/// All numbers of a text in their order; none overlaps another.
#[must_use]
pub fn scan(text: &str, language: Language) -> Vec<Number> {
    let mut out = fraction::scan(text, language);
    for number in digits::scan(text, language).into_iter().chain(words::scan(text, language)) {
        if !out.iter().any(|known| known.range.start < number.range.end && number.range.start < known.range.end) {
            out.push(number);
        }
    }
    out.sort_by_key(|number| number.range.start);
    out
}

/// Extends a number by the unit that follows it.
fn with_unit(text: &str, mut number: Number) -> Number {
    let rest = &text[number.end..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    let after = &rest[blank..];
    let units: [(&str, Unit); 15] = [
        ("procentenhet", Unit::Points),
        ("percentage point", Unit::Points),
        ("procent", Unit::Percent),
        ("per cent", Unit::Percent),
        ("percent", Unit::Percent),
        ("%-enhet", Unit::Points),
        ("%", Unit::Percent),
        ("kronor", Unit::Money),
        ("kr", Unit::Money),
        ("tkr", Unit::Money),
        ("mkr", Unit::Money),
        ("mnkr", Unit::Money),
        ("euro", Unit::Money),
        ("pounds", Unit::Money),
        ("dollar", Unit::Money),
    ];
    for (word, unit) in units {
        let matches = after.starts_with(word);
        if !matches {
            continue;
        }
        let tail = &after[word.len()..];
        let more =
            if unit == Unit::Points { tail.len() - tail.trim_start_matches(char::is_alphabetic).len() } else { 0 };
        if tail[more..].starts_with(|c: char| c.is_alphanumeric() || c == '-') && unit != Unit::Points {
            continue;
        }
        number.range.end = number.end + blank + word.len() + more;
        number.unit = unit;
        let factor: i64 = match word {
            "tkr" => 1000,
            "mkr" | "mnkr" => 1_000_000,
            _ => 1,
        };
        number.value = number.value.checked_mul(Exact::from(factor)).unwrap_or(number.value);
        return number;
    }
    number
}

/// What a unit multiplies an amount by: a million for "miljoner kronor" and "mnkr".
#[must_use]
pub fn factor(unit: &str) -> Exact {
    let unit = unit.to_lowercase();
    let word = |words: &[&str]| unit.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word));
    Exact::from(if word(&["miljarder", "miljard", "billion", "mdkr"]) {
        1_000_000_000_i64
    } else if word(&["miljoner", "miljon", "million", "mnkr", "mkr", "msek"]) {
        1_000_000
    } else if word(&["tusen", "tusental", "tkr", "kkr", "thousand", "ksek"]) {
        1000
    } else {
        1
    })
}

/// A letter or digit that would make what stands beside it part of a word.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '\u{ad}' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: Language) -> Vec<(String, String)> {
        scan(text, language)
            .into_iter()
            .map(|number| (text[number.range.clone()].to_owned(), number.value.to_string()))
            .collect()
    }

    fn check(text: &str, language: Language, expected: &[(&str, &str)]) {
        let expected: Vec<(String, String)> =
            expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(found(text, language), expected, "{text}");
    }

    #[test]
    fn digits_with_thousands_decimals_and_units() {
        let sv = Language::Swedish;
        check("I 16 av 40 (41 procent)", sv, &[("16", "16"), ("40", "40"), ("41 procent", "41")]);
        check(
            "1 250 000 kronor och 62,5 % av 2 019 besök",
            sv,
            &[("1 250 000 kronor", "1250000"), ("62,5 %", "62.5"), ("2 019", "2019")],
        );
        check(
            "sjönk med 6 procentenheter till 12,4 miljoner kronor.",
            sv,
            &[("6 procentenheter", "6"), ("12,4 miljoner kronor", "12400000")],
        );
        check("7–18 år, 22-26, 2018.", sv, &[("7", "7"), ("18", "18"), ("22", "22"), ("26", "26"), ("2018", "2018")]);
        let en = Language::English;
        check(
            "£1,250,000 and £0.4 million, 2.5 percentage points, 80 per cent",
            en,
            &[
                ("£1,250,000", "1250000"),
                ("£0.4 million", "400000"),
                ("2.5 percentage points", "2.5"),
                ("80 per cent", "80"),
            ],
        );
    }

    #[test]
    fn number_words_of_both_languages() {
        let sv = Language::Swedish;
        check(
            "Trettiotvå av fyrtio, tvåhundra, etthundrafem, åttaårig, sexual",
            sv,
            &[("Trettiotvå", "32"), ("fyrtio", "40"), ("tvåhundra", "200"), ("etthundrafem", "105")],
        );
        check(
            "En handläggare och ett ärende, en av sju, en enda, ett tjugotal, ett dussin",
            sv,
            &[("en", "1"), ("sju", "7"), ("en enda", "1"), ("ett tjugotal", "20"), ("ett dussin", "12")],
        );
        check("tre miljoner kronor och två tusen", sv, &[("tre miljoner kronor", "3000000"), ("två tusen", "2000")]);
        let en = Language::English;
        check(
            "Thirty-two, two hundred and five, about a dozen, one in four, one of the reasons",
            en,
            &[("Thirty-two", "32"), ("two hundred and five", "205"), ("a dozen", "12"), ("one", "1"), ("four", "4")],
        );
    }

    #[test]
    fn fractions_are_shares() {
        let sv = Language::Swedish;
        check(
            "Hälften, en tredjedel, tre fjärdedelar och var femte elev, var tredje vecka",
            sv,
            &[("Hälften", "50"), ("en tredjedel", "33.333333"), ("tre fjärdedelar", "75"), ("var femte", "20")],
        );
        check("det tredje, den andra hälften av året", sv, &[]);
        let en = Language::English;
        check(
            "Half of the homes, nearly a third had, two thirds, a third group, half an hour",
            en,
            &[("Half", "50"), ("a third", "33.333333"), ("two thirds", "66.666667")],
        );
    }
}
