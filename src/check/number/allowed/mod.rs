//! Numbers that are no statements of amount: dates, statutes, reference numbers, names. Only certain patterns are let through; each kind
//! of reason has a file of its own.

mod age;
mod around;
mod attached;
mod date;
mod item;
mod law;
mod name;
mod quotation;
mod reference;
mod structure;

use std::ops::Range;

use around::{Around, Whole};

use super::{Form, Number, Unit};
use crate::check::lang;
use crate::check::words::Lowered as _;
use crate::locale::Language;

/// Why a number needs no evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// A day, a year, a decade, a time of day.
    Date,
    Statute,
    /// A reference, telephone or account number, a version, an address.
    Reference,
    /// A numbered thing: a chapter, a step, a page, a ward; the end of a scale.
    Item,
    Name,
    /// An age that defines a group.
    Age,
    /// A small number that announces the text's own parts or takes up what was just named.
    Structure,
    /// Someone's words, whose speaker is named.
    Quotation,
    /// A figure of speech: "mellan två stolar".
    Idiom,
    /// An approximate word that stands with its share, which is checked.
    Share,
    /// A part of a label in the data.
    Label,
    /// What a table leaves of its whole, as its note declares it.
    Remainder,
}

impl Allowed {
    /// A word for lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Statute => "statute",
            Self::Reference => "reference number",
            Self::Item => "numbered thing",
            Self::Name => "name",
            Self::Age => "age group",
            Self::Structure => "structure of the text",
            Self::Quotation => "quotation",
            Self::Idiom => "figure of speech",
            Self::Share => "words for a share",
            Self::Label => "label in the data",
            Self::Remainder => "remainder of a table",
        }
    }

    /// Whether the next number of a list or range is of the same kind: "kapitel 3 och 8", "16.30–22.00".
    fn carries(self) -> bool {
        matches!(self, Self::Date | Self::Statute | Self::Reference | Self::Item | Self::Age)
    }
}

/// The quoted stretches of a text that somebody is said to have said.
#[must_use]
pub fn attributed(text: &str, language: Language) -> Vec<Range<usize>> {
    quotation::attributed(text, lang::lists(language))
}

/// The reason for each number of a text, in their order. `units` are names of inspected units: "Farsta 33" is no name of a thing.
#[must_use]
pub fn classify(text: &str, numbers: &[Number], language: Language, units: &[&str]) -> Vec<Option<Allowed>> {
    let lists = lang::lists(language);
    let quoted = quotation::attributed(text, lists);
    let lower = text.lowered();
    let whole = Whole::new(text, &lower, numbers, language, units);
    let mut out: Vec<Option<Allowed>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let around = Around::new(&whole, at, &out);
        let start = number.range.start;
        let next = quoted.partition_point(|range| range.end <= start);
        let inside = quoted.get(next).is_some_and(|range| range.contains(&start)) && !number.bound;
        out.push(if inside { Some(Allowed::Quotation) } else { alone(&around) });
    }
    // Forwards first: "artiklarna 26 och 27", "08-508 25 000"; then backwards: "8 februari till den 26 mars", "5 och 6 §§".
    for at in 1..numbers.len() {
        if let (Some(class), None) = (out[at - 1], out[at])
            && class.carries()
            && links(&Around::new(&whole, at - 1, &out), class, true)
        {
            out[at] = Some(class);
        }
    }
    for at in 0..numbers.len() {
        // "en av två inriktningar" names none of them.
        let one_of = at + 1 < numbers.len()
            && numbers[at].count() == Some(1)
            && numbers[at].form == Form::Words
            && out[at + 1] == Some(Allowed::Structure)
            && lists.of.has(text[numbers[at].range.end..numbers[at + 1].range.start].trim());
        if out[at].is_none() && one_of {
            out[at] = Some(Allowed::Structure);
        }
    }
    for at in (1..numbers.len()).rev() {
        if let (None, Some(class)) = (out[at - 1], out[at])
            && matches!(class, Allowed::Date | Allowed::Statute | Allowed::Age)
            && links(&Around::new(&whole, at - 1, &out), class, false)
        {
            out[at - 1] = Some(class);
        }
    }
    out
}

/// Whether the number and the one after it are a list or a range.
fn links(around: &Around<'_>, class: Allowed, forward: bool) -> bool {
    let (one, Some(two)) = (around.number(), around.next()) else { return false };
    let plain = |number: &Number| number.unit == Unit::None && !number.is_fraction() && !number.bound;
    if !plain(one) || !plain(two) || one.range.end > two.range.start {
        return false;
    }
    let between = &around.text[one.range.end..two.range.start];
    // "18- till 20-åringar"
    let words = between.trim_start_matches('-').trim();
    let joins = &around.lists.joins;
    let joined = matches!(between, "–" | "-" | "—" | "/" | " – " | " - ");
    let spaced = class == Allowed::Reference && matches!(between, " " | "\u{a0}");
    let out_of = class == Allowed::Item && around.lists.of.has(words);
    // "till den 26 mars"
    let day = words.split_once(' ').is_some_and(|(join, article)| {
        class == Allowed::Date && around.lists.until.has(join) && around.lists.articles.has(article)
    });
    let listed = out_of || joins.contains(&words) || day;
    let after = &around.text[two.range.end..];
    // "från 182 400 år 2021 till 214 300 år 2022": a year goes on with a year.
    let is_year = |number: &Number| number.form == Form::Digits && number.count().is_some_and(|n| n >= 1000);
    if class == Allowed::Date && !joined && (one.form == Form::Grouped || two.form == Form::Grouped) {
        return false;
    }
    if class == Allowed::Date && !joined && is_year(if forward { one } else { two }) && !(is_year(one) && is_year(two))
    {
        return false;
    }
    // "from 38 days in 2019-20 to 62 days": the span of years ends there.
    let ends_span = around.text[..one.range.start].ends_with(['-', '–', '/']);
    if class == Allowed::Date && !joined && ends_span && !is_year(two) {
        return false;
    }
    let ends = after.starts_with([',', '.', ')']) || joins.contains(&around::first_word(after).as_str());
    let comma = words == "," && forward && class == Allowed::Item && ends;
    let years = class == Allowed::Age && around.lists.years.has(&around::first_word(after));
    let counts =
        !years && around.counts_at(two.range.end) && matches!(class, Allowed::Item | Allowed::Date | Allowed::Age);
    if forward { (joined || spaced || listed || comma) && (!counts || joined) } else { joined || listed }
}

/// The reason for a number without regard to what its neighbours are.
fn alone(around: &Around<'_>) -> Option<Allowed> {
    let number = around.number();
    if number.bound {
        return None;
    }
    if let Some(class) =
        structure::idiom(around).or_else(|| structure::example(around)).or_else(|| structure::halves(around))
    {
        return Some(class);
    }
    if number.unit != Unit::None || matches!(number.form, Form::Fraction | Form::Round | Form::Factor) {
        return None;
    }
    if number.form == Form::Words {
        return law::limit(around)
            .or_else(|| date::clock_in_words(around))
            .or_else(|| name::in_words(around))
            .or_else(|| structure::announced(around))
            .or_else(|| age::reason(around))
            .or_else(|| item::in_words(around))
            .or_else(|| item::end_of_scale(around))
            .or_else(|| item::norm(around));
    }
    match attached::verdict(around) {
        attached::Verdict::Allowed(class) => return Some(class),
        attached::Verdict::Amount => return None,
        attached::Verdict::Unsure => {}
    }
    law::limit(around)
        .or_else(|| date::day(around))
        .or_else(|| date::clock(around))
        .or_else(|| law::statute(around))
        .or_else(|| item::reason(around))
        .or_else(|| reference::reason(around))
        .or_else(|| item::end_of_scale(around))
        .or_else(|| item::norm(around))
        .or_else(|| age::reason(around))
        .or_else(|| date::year(around))
        .or_else(|| name::reason(around))
        .or_else(|| structure::announced(around))
}

#[cfg(test)]
mod testing {
    use super::*;
    use crate::check::number::scan;

    pub fn classes(text: &str, language: Language) -> Vec<(String, Option<Allowed>)> {
        let numbers = scan(text, language);
        let found = classify(text, &numbers, language, &["Farsta"]);
        numbers.iter().zip(found).map(|(number, class)| (text[number.range.clone()].to_owned(), class)).collect()
    }

    /// Every number of every text has a reason.
    pub fn allowed(language: Language, texts: &[&str]) {
        for text in texts {
            for (number, class) in classes(text, language) {
                assert!(class.is_some(), "`{number}` in: {text}");
            }
        }
    }

    /// None has, and there is one.
    pub fn amounts(language: Language, texts: &[&str]) {
        for text in texts {
            let found = classes(text, language);
            assert!(!found.is_empty(), "no number in: {text}");
            for (number, class) in found {
                assert_eq!(class, None, "`{number}` in: {text}");
            }
        }
    }

    /// The numbers of a text that need evidence.
    pub fn left(language: Language, text: &str, expected: &[&str]) {
        let found: Vec<String> = classes(text, language)
            .into_iter()
            .filter(|(_, class)| class.is_none())
            .map(|(number, _)| number)
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn no_text_is_too_strange() {
        let parts = [
            "7",
            "12",
            "2019",
            "1 250",
            "0,5",
            "4.30",
            "1:8",
            "9/24",
            "ö",
            "Å",
            "(",
            ")",
            "”",
            "“",
            " ",
            "-",
            "–",
            ".",
            ",",
            "kr",
            "%",
            "½",
            "§",
            "kl",
            "halv",
            "sex",
            "en",
            "och",
            "Söder",
            "åldern",
            "skala",
            "där",
            "half",
            "one",
            "\u{a0}",
            "’",
            "+",
            "=",
            "MSEK",
            "-procentig",
            "st",
            "th",
            ":a",
            "/dag",
            "nio",
            "tre-fyra",
            "İ",
            "ẞ",
            "𝟙",
            "säger",
        ];
        let mut state: u64 = 7;
        for _ in 0..4000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let part = usize::try_from(state >> 33).unwrap_or(0);
                text.push_str(parts[part % parts.len()]);
                if part % 3 == 0 {
                    text.push(' ');
                }
            }
            for language in [Language::Swedish, Language::English] {
                assert_eq!(classes(&text, language).len(), scan(&text, language).len(), "{text}");
            }
        }
    }
}
