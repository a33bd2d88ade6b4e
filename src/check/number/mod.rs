//! Finds the numbers of a text: digits, words, fractions and what stands for them.

mod allowed;
mod digits;
pub mod words;

use std::collections::BTreeMap;
use std::ops::Range;

pub use allowed::{Allowed, attributed, classify};

pub use super::lang::Form;
use super::lang::{Numerals, Row, numerals};
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

    /// It belongs to a date, a name or a reference and counts nothing.
    #[must_use]
    pub fn names_something(&self) -> bool {
        use Allowed::{Age, Date, Idiom, Item, Name, Reference, Statute};
        matches!(self.allowed, Some(Date | Statute | Reference | Item | Name | Age | Idiom))
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
    let (row, known) = (Row::new(text), numerals(language));
    // By where they begin: what overlaps a number can only be the one before or the one after it.
    let mut found: BTreeMap<usize, Number> = BTreeMap::new();
    for number in words::fractions(&row, language).chain(digits::fractions(text)) {
        found.entry(number.range.start).or_insert(number);
    }
    for number in digits::scan(text, language).into_iter().chain(words::scan(text, &row, language)) {
        let before = found.range(..number.range.end).next_back();
        if before.is_none_or(|(_, known)| known.range.end <= number.range.start) {
            found.insert(number.range.start, number);
        }
    }
    let mut out: Vec<Number> = found.into_values().collect();
    for number in &mut out {
        if number.form != Form::Fraction && number.unit == Unit::None && compares(text, number, known) {
            number.form = Form::Factor;
        }
    }
    out
}

/// Signs that stand before an amount of money.
const MONEY_SIGNS: [char; 3] = ['£', '$', '€'];

/// Extends a number by the unit that follows it.
fn with_unit(text: &str, mut number: Number, words: &'static Numerals) -> Number {
    let rest = &text[number.end..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    let after = &rest[blank..];
    // "en 40-procentig ökning"
    if words.percent_adjectives.iter().any(|word| after.starts_with(word)) {
        number.unit = Unit::Percent;
        return number;
    }
    for (word, unit, factor) in units(words) {
        let Some(head) = after.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word)) else { continue };
        // "Tre Kronor" is a name; "MSEK" and "Mkr" are written as one likes.
        if head != word && word.len() > 4 {
            continue;
        }
        let tail = &after[head.len()..];
        let more =
            if unit == Unit::Points { tail.len() - tail.trim_start_matches(char::is_alphabetic).len() } else { 0 };
        if tail[more..].starts_with(|c: char| c.is_alphanumeric() || c == '-') && unit != Unit::Points {
            continue;
        }
        number.range.end = number.end + blank + head.len() + more;
        number.unit = unit;
        number.value = factor.and_then(|factor| number.value.checked_mul(factor)).unwrap_or(number.value);
        number.decimals += u8::from(factor.is_some_and(|factor| factor < Exact::from(1_i64)));
        return number;
    }
    number
}

/// The units of percent and money, and what each multiplies a number by; the longer of two that begin alike first.
fn units(words: &'static Numerals) -> impl Iterator<Item = (&'static str, Unit, Option<Exact>)> {
    // Ten of a thousand are a percent.
    let tenth = Exact::ratio(Exact::from(1_i64), Exact::from(10_i64));
    let all = |list: &'static [&'static str], unit, factor| list.iter().map(move |word| (*word, unit, factor));
    let points = all(&words.points, Unit::Points, None);
    let percent = all(&words.percent, Unit::Percent, None).chain(all(&words.per_mille, Unit::Percent, tenth));
    let money = words.money.iter().map(|(word, factor)| (word, Unit::Money, Some(Exact::from(factor))));
    points.chain(percent).chain(money)
}

/// "tre gånger så många", "3 times higher": the number compares and counts nothing.
fn compares(text: &str, number: &Number, known: &Numerals) -> bool {
    let mut words = text[number.end..].split_whitespace().map(|word| word.trim_end_matches([',', '.', ';']));
    let mut next = || words.next().unwrap_or("");
    known.times.has(next()) && known.compares.has(next())
}

/// What a unit multiplies an amount by: a million for "miljoner kronor" and "mnkr".
#[must_use]
pub fn factor(unit: &str, language: Language) -> Exact {
    let (unit, known) = (unit.lowered(), numerals(language));
    // "£m"
    if let Some(factor) = unit.strip_prefix(MONEY_SIGNS).and_then(|letter| known.money_letters.get(letter)) {
        return Exact::from(factor);
    }
    let scales = unit.split(|c: char| !c.is_alphabetic()).filter_map(|word| known.scale(word));
    Exact::from(scales.max().unwrap_or(1))
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
