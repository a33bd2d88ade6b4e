//! Finds the numbers of a text: digits, words, fractions and what stands for them, in Swedish and English.

mod allowed;
mod digits;
mod english;
mod fraction;
pub mod read;
mod swedish;
pub mod words;

use std::collections::BTreeMap;
use std::ops::Range;

pub use allowed::{Allowed, attributed, classify};

use crate::check::words::Lowered as _;
use crate::locale::Language;
use crate::value::Exact;

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
    /// "dubbelt så många", "three times higher": how many times as much, no count of things.
    Factor,
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
        let plain =
            self.unit == Unit::None && !matches!(self.form, Form::Fraction | Form::Factor) && self.decimals == 0;
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
    // By where they begin: what overlaps a number can only be the one before or the one after it.
    let mut found: BTreeMap<usize, Number> = BTreeMap::new();
    for number in fraction::scan(text, language) {
        found.entry(number.range.start).or_insert(number);
    }
    for number in digits::scan(text, language).into_iter().chain(words::scan(text, language)) {
        let before = found.range(..number.range.end).next_back();
        if before.is_none_or(|(_, known)| known.range.end <= number.range.start) {
            found.insert(number.range.start, number);
        }
    }
    let mut out: Vec<Number> = found.into_values().collect();
    for number in &mut out {
        if number.form != Form::Fraction && number.unit == Unit::None && compares(text, number) {
            number.form = Form::Factor;
        }
    }
    out
}

/// Ten of them are a percent.
const PER_MILLE: [&str; 3] = ["promille", "per mille", "‰"];

/// Units of percent and money in small letters, the longer of two that begin alike first.
const UNITS: &[(&str, Unit)] = &[
    ("procentenhet", Unit::Points),
    ("percentage point", Unit::Points),
    ("procent", Unit::Percent),
    ("proc.", Unit::Percent),
    ("per cent", Unit::Percent),
    ("percent", Unit::Percent),
    ("%-enhet", Unit::Points),
    ("%", Unit::Percent),
    (PER_MILLE[0], Unit::Percent),
    (PER_MILLE[1], Unit::Percent),
    (PER_MILLE[2], Unit::Percent),
    ("kronor", Unit::Money),
    ("kr", Unit::Money),
    (":-", Unit::Money),
    ("sek", Unit::Money),
    ("tkr", Unit::Money),
    ("kkr", Unit::Money),
    ("tsek", Unit::Money),
    ("ksek", Unit::Money),
    ("mkr", Unit::Money),
    ("mnkr", Unit::Money),
    ("msek", Unit::Money),
    ("mdkr", Unit::Money),
    ("mdr kr", Unit::Money),
    ("euro", Unit::Money),
    ("eur", Unit::Money),
    ("gbp", Unit::Money),
    ("usd", Unit::Money),
    ("pounds", Unit::Money),
    ("dollar", Unit::Money),
];

/// Extends a number by the unit that follows it.
fn with_unit(text: &str, mut number: Number) -> Number {
    let rest = &text[number.end..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    let after = &rest[blank..];
    // "en 40-procentig ökning"
    if after.starts_with("-procentig") {
        number.unit = Unit::Percent;
        return number;
    }
    for (word, unit) in UNITS {
        let Some(head) = after.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word)) else { continue };
        // "Tre Kronor" is a name; "MSEK" and "Mkr" are written as one likes.
        if head != *word && word.len() > 4 {
            continue;
        }
        let tail = &after[head.len()..];
        let more =
            if *unit == Unit::Points { tail.len() - tail.trim_start_matches(char::is_alphabetic).len() } else { 0 };
        if tail[more..].starts_with(|c: char| c.is_alphanumeric() || c == '-') && *unit != Unit::Points {
            continue;
        }
        number.range.end = number.end + blank + head.len() + more;
        number.unit = *unit;
        let scaled = match PER_MILLE.contains(word) {
            true => number.value.checked_div(Exact::from(10_i64)),
            false => number.value.checked_mul(factor(word)),
        };
        number.value = scaled.unwrap_or(number.value);
        number.decimals += u8::from(PER_MILLE.contains(word));
        return number;
    }
    number
}

/// "tre gånger så många", "3 times higher": the number compares and counts nothing.
fn compares(text: &str, number: &Number) -> bool {
    let mut words = text[number.end..].split_whitespace().map(|word| word.trim_end_matches([',', '.', ';']));
    let times = words.next().unwrap_or("");
    let next = words.next().unwrap_or("");
    match times {
        "gånger" => {
            matches!(next, "så" | "fler" | "mer" | "färre" | "mindre" | "vanligare" | "längre" | "lägre" | "dyrare")
                || matches!(next, "högre" | "större" | "oftare" | "snabbare" | "bättre" | "sämre" | "antalet")
        }
        "times" => {
            matches!(next, "as" | "more" | "fewer" | "less" | "higher" | "lower" | "larger" | "longer" | "greater")
                || matches!(next, "the" | "likelier" | "smaller" | "faster")
        }
        _ => false,
    }
}

/// What a unit multiplies an amount by: a million for "miljoner kronor" and "mnkr".
#[must_use]
pub fn factor(unit: &str) -> Exact {
    let unit = unit.lowered();
    let letter = unit
        .strip_prefix(['£', '$', '€'])
        .and_then(|scale| digits::LETTERS.iter().find(|(letter, _)| *letter == scale));
    if let Some((_, factor)) = letter {
        return Exact::from(*factor);
    }
    let word = |words: &[&str]| unit.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word));
    Exact::from(if word(&["miljarder", "miljard", "billion", "mdkr", "mdr"]) {
        1_000_000_000_i64
    } else if word(&["miljoner", "miljon", "million", "mnkr", "mkr", "msek"]) {
        1_000_000
    } else if word(&["tusen", "tusental", "tkr", "kkr", "thousand", "ksek", "tsek"]) {
        1000
    } else {
        1
    })
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

    #[test]
    fn halves_factors_and_single_ones_are_numbers() {
        let sv = Language::Swedish;
        check(
            "en och en halv tjänst, två och ett halvt år, halvannat dygn, en halv miljon kronor, en halv tjänst",
            sv,
            &[
                ("en och en halv", "1.5"),
                ("två och ett halvt", "2.5"),
                ("halvannat", "1.5"),
                ("en halv miljon kronor", "500000"),
                ("en halv", "0.5"),
            ],
        );
        check(
            "Dubbelt så många, tre gånger så hög, halva styrkan, halva tiden, bara en av akterna, bara en av dem",
            sv,
            &[("Dubbelt", "2"), ("tre", "3"), ("halva", "50"), ("bara en", "1"), ("bara en", "1")],
        );
        check("Inte bara en av enheterna, det var tredje gången, ett helt år, dubbla roller", sv, &[]);
        check("prata om sex, från sju till sex, om sex månader", sv, &[("sju", "7"), ("sex", "6"), ("sex", "6")]);
        check("tre-fyra barn, 4 proc. och 7 MSEK", sv, &[("tre-fyra", "3"), ("4 proc.", "4"), ("7 MSEK", "7000000")]);
        let en = Language::English;
        check(
            "Three-quarters, every third record, and half of those, only one of the files, twice as many",
            en,
            &[
                ("Three-quarters", "75"),
                ("every third", "33.333333"),
                ("half", "50"),
                ("only one", "1"),
                ("twice", "2"),
            ],
        );
        check(
            "one and a half posts, half a dozen, half a million",
            en,
            &[("one and a half", "1.5"), ("half a dozen", "6"), ("half a million", "500000")],
        );
        check("the only one, not only one of them, every third week, three times a charm", en, &[("three", "3")]);
        let factor = &scan("Kostnaden är 3 gånger högre.", sv)[0];
        assert_eq!((factor.form, factor.count()), (Form::Factor, None));
    }
}
