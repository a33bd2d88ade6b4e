//! REF018: a citation typed by hand.
//!
//! ## What it does
//! Finds citations in brackets ("(Ek m.fl. 2020)", "(Smith et al., 2021)", "(Skolverket, 2018, s. 14)"), numbers that stand for sources ("[3]", "(1, 2)" at a sentence's
//! end) and raised figures that stand for notes. A source that the text names ("I Skolverkets rapport från 2018") is none, nor are events, places and months in brackets.
//!
//! ## Why is this bad
//! Nothing holds it to the list of sources: the source may be missing there, or be printed under another name or year, and no link leads to it.
//!
//! ## Example
//! ```md
//! Skillnaderna har ökat (Skolverket, 2018).
//! ```
//! Put the source into sources.yaml and cite it:
//! ```md
//! Skillnaderna har ökat [@skolverket2018].
//! ```

use std::ops::Range;

use super::super::Context;
use super::super::lang::{self, Lists};
use super::super::prose::{Passage, Place, Role};
use super::super::rule::Rule;
use super::super::words::tokens;
use super::super::words::{Lowered as _, clip, clip_start};
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("REF018"),
    title: "A citation typed by hand",
    severity: Severity::Warning,
    source: include_str!("ref018.rs"),
    options: &[],
    check,
};

/// No citation is longer.
const LONGEST: usize = 200;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, passage) in context.passages() {
        let skip =
            matches!(passage.place, Place::Source | Place::Label | Place::Quote | Place::Attribution | Place::Front);
        if skip || passage.role == Role::References {
            continue;
        }
        let lists = lang::lists(passage.language);
        let brackets = brackets(&passage.text).filter(|range| {
            let inner = &passage.text[range.start + 1..range.end - 1];
            let square = passage.text[range.clone()].starts_with('[');
            if square {
                numbers(inner).is_some()
            } else {
                names_sources(inner, lists) || ends_with_numbers(passage, range, inner)
            }
        });
        for range in brackets.chain(raised(&passage.text)).filter(|range| passage.is_typed(range)) {
            let text = passage.slice(range.clone());
            out.push(
                RULE.at(
                    passage.span(range),
                    say!("`{text}` is a citation that nothing holds to the list of sources", text),
                )
                .help(say!("put the source into sources.yaml and write [@its-key] or [@its-key, s. 14]")),
            );
        }
    }
}

/// The innermost brackets of a text.
fn brackets(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices(['(', '[']).filter_map(|(at, open)| {
        let close = if open == "(" { ')' } else { ']' };
        let inner = clip(&text[at + 1..], LONGEST);
        let end = inner.find(['(', ')', '[', ']']).filter(|end| inner[*end..].starts_with(close))?;
        Some(at..at + 1 + end + 1)
    })
}

/// "Ek m.fl. 2020", "Smith & Jones, 2017; Skolverket, 2018, s. 14": every part names a source.
fn names_sources(inner: &str, lists: &Lists) -> bool {
    // Several in a row are sources, whatever each might be alone.
    let mut certain = inner.contains(';');
    for part in inner.split(';') {
        let Some(sure) = source(part.trim(), lists) else { return false };
        certain |= sure;
    }
    certain
}

/// Whether a text names a source by author and year; `Some(false)` where it might be something else.
fn source(text: &str, lists: &Lists) -> Option<bool> {
    let lower = text.lowered();
    let citing =
        lists.citing.iter().filter(|words| lower.starts_with(&format!("{words} "))).map(|words| words.len()).max();
    let text = text[citing.unwrap_or(0)..].trim_start();
    // What stands behind the year is a page.
    let year = tokens(text).into_iter().find(|range| is_year(&text[range.clone()]))?;
    let rest = text[year.end..].trim_start_matches([',', ':', ' ']).lowered();
    let paged = !rest.is_empty();
    let page = rest.split([' ', '\u{a0}']).next().unwrap_or("");
    let plain = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '–' | '-' | ' ' | ','));
    if paged
        && !plain
        && !lists.page_marks.iter().any(|mark| page == *mark || mark.ends_with('.') && page.starts_with(mark))
    {
        return None;
    }
    let authors = text[..year.start].trim_end();
    let comma = authors.ends_with(',');
    let authors = authors.trim_end_matches(',').trim_end();
    let lower = authors.lowered();
    let others = lists.and_others.iter().find(|words| lower.ends_with(**words));
    let named = others.map_or(authors, |words| &authors[..authors.len() - words.len()]);
    let words: Vec<&str> = named.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty()).collect();
    let joined = words.iter().any(|word| lists.source_joins.has(word));
    let name = |word: &&str| {
        word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit())
            || lists.source_joins.has(word)
    };
    let time = |word: &str| lists.months.has(word) || lists.seasons.has(word);
    let law = |word: &str| lists.laws.iter().any(|law| law.len() > 2 && word.ends_with(law));
    let last = words.last()?.lowered();
    let small = |at: usize| at > 0 && at + 1 < words.len() && lists.stops.has(words[at]);
    if words.len() > 6
        || !words.iter().enumerate().all(|(at, word)| name(word) || small(at))
        || words.iter().any(|word| time(&word.lowered()))
        || law(&last)
    {
        return None;
    }
    let suffix = text[year.clone()].len() > 4;
    Some(others.is_some() || joined && words.len() <= 4 || comma || suffix || citing.is_some() || paged && !plain)
}

/// "2020", "2020a".
fn is_year(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    digits.len() == 4 && word.len() <= 5 && digits.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// The numbers of "3", "1, 2", "4–6", each greater than the one before.
fn numbers(inner: &str) -> Option<Vec<u32>> {
    let parts: Option<Vec<u32>> =
        inner.split([',', '–', '-']).map(|part| part.trim().parse().ok().filter(|n| (1..=300).contains(n))).collect();
    parts.filter(|numbers| numbers.windows(2).all(|pair| pair[0] < pair[1]))
}

/// "Sambandet är väl belagt (1, 2).": numbers at the end of a sentence that has no other.
fn ends_with_numbers(passage: &Passage, range: &Range<usize>, inner: &str) -> bool {
    if !inner.contains(',') || numbers(inner).is_none_or(|numbers| numbers.len() < 2) {
        return false;
    }
    let sentence = passage.sentence(range.start);
    let alone = passage.numbers[passage.numbers_in(&sentence)].iter().all(|number| range.contains(&number.range.start));
    let last = passage.text[range.end..].starts_with('.');
    let items = &lang::lists(passage.language).items;
    let before = passage.lower.get(sentence.start..range.start).and_then(|text| {
        let text = clip_start(text, 60);
        tokens(text).pop().map(|word| &text[word])
    });
    let numbered = before.is_none_or(|word| items.iter().any(|item| word.starts_with(item) && item.len() > 3));
    alone && last && !numbered
}

/// "utveckling.³": a raised figure behind a sentence or a long word.
fn raised(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁴'..='⁹' | '⁰');
    text.char_indices().filter(move |(_, c)| is_raised(*c)).filter_map(move |(at, c)| {
        let before = text[..at].trim_end_matches(is_raised);
        let word = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
        let first = before.len() == at;
        (first && (word > 4 || before.ends_with(['.', ',', ';', '”', '"', ')']) && before.len() > 3))
            .then(|| at..at + c.len_utf8())
    })
}
