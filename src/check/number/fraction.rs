//! Fractions in words: their value is the percentage they stand for.

use std::ops::Range;

use super::read::is_time;
use super::words::value;
use super::{Form, Number, Unit};
use crate::check::lang::{self, HEDGES};
use crate::check::words::Lowered as _;
use crate::check::words::tokens;
use crate::locale::Language;
use crate::value::Exact;

const PARTS: &[(&str, i64)] = &[
    ("tredjedel", 3),
    ("fjärdedel", 4),
    ("femtedel", 5),
    ("sjättedel", 6),
    ("sjundedel", 7),
    ("åttondel", 8),
    ("niondel", 9),
    ("tiondel", 10),
    ("third", 3),
    ("quarter", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("eighth", 8),
    ("tenth", 10),
];

const NTH: &[(&str, i64)] = &[
    ("tredje", 3),
    ("fjärde", 4),
    ("femte", 5),
    ("sjätte", 6),
    ("sjunde", 7),
    ("åttonde", 8),
    ("nionde", 9),
    ("tionde", 10),
    ("elfte", 11),
    ("tolfte", 12),
    ("femtonde", 15),
    ("tjugonde", 20),
    ("hundrade", 100),
];

const EVERY: &[(&str, i64)] = &[
    ("other", 2),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
];

/// Every fraction in words.
pub fn scan(text: &str, language: Language) -> Vec<Number> {
    let tokens = tokens(text);
    let lower: Vec<String> = tokens.iter().map(|range| text[range.clone()].lowered()).collect();
    let word = |at: usize| lower.get(at).map_or("", String::as_str);
    let mut out = Vec::new();
    for at in 0..tokens.len() {
        let before = at.checked_sub(1).map_or("", |at| word(at));
        let (after, adjacent) = (word(at + 1), adjacent(text, &tokens, at));
        let found = match language {
            Language::Swedish => {
                // "en dryg femtedel"
                let hedged = lang::pack(language).tags(before).any(HEDGES)
                    && at.checked_sub(1).is_some_and(|at| near(text, &tokens, at));
                let before = if hedged { at.checked_sub(2).map_or("", |at| word(at)) } else { before };
                let found = swedish(word(at), before, after, word(at + 2));
                let taken = |first: usize| first + usize::from(hedged && first > 0);
                found.map(|(first, numerator, denominator)| (taken(first), numerator, denominator))
            }
            Language::English => english(text, &tokens, at, &word),
        };
        if let Some((first, numerator, denominator)) = found
            && let Some(ratio) = Exact::ratio(Exact::from(numerator * 100), Exact::from(denominator))
        {
            // "var femte" is read from its first word.
            let last = if matches!(word(at), "var" | "vart" | "every") && adjacent { at + 1 } else { at };
            let range = tokens[at.saturating_sub(first)].start..tokens[last].end;
            out.push(Number {
                end: range.end,
                range,
                value: ratio,
                decimals: 0,
                form: Form::Fraction,
                unit: Unit::None,
                bound: false,
                allowed: None,
            });
        }
    }
    out.extend(signs(text));
    out
}

/// "½", "¾", where no whole number stands before it.
fn signs(text: &str) -> impl Iterator<Item = Number> {
    text.char_indices().filter_map(|(at, sign)| {
        let percent: i64 = match sign {
            '½' => 50,
            '¼' => 25,
            '¾' => 75,
            _ => return None,
        };
        let end = at + sign.len_utf8();
        let mixed = text[..at].ends_with(|c: char| c.is_ascii_digit());
        (!mixed).then(|| Number {
            range: at..end,
            end,
            value: Exact::from(percent),
            decimals: 0,
            form: Form::Fraction,
            unit: Unit::None,
            bound: false,
            allowed: None,
        })
    })
}

/// Whether nothing but blanks stands before the word at `at`.
fn near(text: &str, tokens: &[Range<usize>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| adjacent(text, tokens, before))
}

fn adjacent(text: &str, tokens: &[Range<usize>], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| text[tokens[at].end..next.start].trim().is_empty())
}

/// How many words before belong to the fraction, and its two numbers.
fn swedish(word: &str, before: &str, after: &str, later: &str) -> Option<(usize, i64, i64)> {
    if word == "hälften" {
        let part_of_time = matches!(before, "första" | "andra" | "senare" | "förra" | "ena");
        return (!part_of_time).then_some((0, 1, 2));
    }
    if matches!(word, "varannan" | "vartannat") {
        return (!is_time(after)).then_some((0, 1, 2));
    }
    if matches!(word, "var" | "vart") {
        let denominator = NTH.iter().find(|(name, _)| *name == after)?.1;
        // "det var femte gången" was; "var femte elev" divides.
        let was = matches!(before, "det" | "detta" | "den" | "som" | "han" | "hon" | "vi" | "de");
        return (!was && !is_time(later)).then_some((0, 1, denominator));
    }
    if word == "halva" {
        // "halva nöjet" is a manner of speech; half a group or a sum is a share.
        let group = lang::lists(Language::Swedish).divided.has(after);
        let hedged = matches!(
            before,
            "dryga"
                | "knappa"
                | "drygt"
                | "knappt"
                | "nästan"
                | "över"
                | "än"
                | "minst"
                | "ungefär"
                | "cirka"
                | "omkring"
        );
        return ((group || hedged) && before != "den" && !is_time(after)).then_some((0, 1, 2));
    }
    let stem = word.strip_suffix("ar").or_else(|| word.strip_suffix("en")).unwrap_or(word);
    let denominator = PARTS.iter().find(|(name, _)| *name == stem)?.1;
    let numerator = if matches!(before, "en" | "ett") { 1 } else { value(before, Language::Swedish)? };
    Some((1, numerator, denominator))
}

fn english<'t>(
    text: &str,
    tokens: &[Range<usize>],
    at: usize,
    word_at: &impl Fn(usize) -> &'t str,
) -> Option<(usize, i64, i64)> {
    let word = word_at(at);
    let (before, after) = (at.checked_sub(1).map_or("", |at| word_at(at)), word_at(at + 1));
    if word == "half" {
        let mixed =
            before == "and" && at.checked_sub(2).is_some_and(|at| value(word_at(at), Language::English).is_some());
        let not_a_share = mixed
            || matches!(before, "first" | "second" | "latter" | "other" | "a" | "better")
            || matches!(after, "an" | "a" | "past" | "day" | "term" | "hour" | "year");
        return (!not_a_share).then_some((0, 1, 2));
    }
    if word == "every" {
        let denominator = EVERY.iter().find(|(name, _)| *name == after)?.1;
        return (!is_time(word_at(at + 2))).then_some((0, 1, denominator));
    }
    if let Some((numerator, part)) = word.split_once('-') {
        // "three-quarters", "one-third"
        let denominator = PARTS.iter().find(|(name, _)| *name == part.trim_end_matches('s'))?.1;
        let numerator = if numerator == "one" { 1 } else { value(numerator, Language::English)? };
        return (numerator < denominator).then_some((0, numerator, denominator));
    }
    let (stem, plural) = word.strip_suffix('s').map_or((word, false), |stem| (stem, true));
    let denominator = PARTS.iter().find(|(name, _)| *name == stem)?.1;
    if plural {
        let numerator = value(before, Language::English)?;
        return (numerator < denominator).then_some((1, numerator, denominator));
    }
    // "a good third", "a bare quarter"
    if lang::pack(Language::English).tags(before).any(HEDGES) && at.checked_sub(2).is_some_and(|at| word_at(at) == "a")
    {
        return Some((2, 1, denominator));
    }
    if !matches!(before, "a" | "one") {
        return None;
    }
    // "a third group" puts in order; "a third of them", "a third had" and "nearly a third" divide.
    let approximate = at.checked_sub(2).is_some_and(|at| {
        let word = text[tokens[at].clone()].lowered();
        matches!(
            word.as_str(),
            "nearly"
                | "almost"
                | "about"
                | "around"
                | "over"
                | "under"
                | "than"
                | "approximately"
                | "roughly"
                | "just"
                | "least"
                | "barely"
                | "scarcely"
                | "above"
                | "below"
                | "some"
        )
    });
    let ends = tokens.get(at + 1).is_none_or(|next| !text[tokens[at].end..next.start].trim().is_empty());
    let divides = matches!(
        after,
        "of" | "had"
            | "have"
            | "has"
            | "were"
            | "was"
            | "are"
            | "is"
            | "said"
            | "say"
            | "do"
            | "did"
            | "lack"
            | "lacked"
            | "felt"
            | "reported"
    );
    (approximate || ends || divides).then_some((1, 1, denominator))
}
