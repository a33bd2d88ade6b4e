//! NAM002: an abbreviation that is not explained.
//!
//! ## What it does
//! Finds abbreviations (words in capitals, and the `terms` of the report) that are not explained at or before their first use: "samordnad individuell plan (SIP)" or
//! "SIP (samordnad individuell plan)", "konsumentprisindex, KPI", "SIP står för …", or a list of terms printed before. Those that everybody knows (EU, PDF) are let pass.
//!
//! ## Why is this bad
//! Readers from outside stop at the first unknown abbreviation.
//!
//! ## Example
//! ```md
//! En SIP ska erbjudas.
//! ```
//! Write out the first one:
//! ```md
//! En samordnad individuell plan (SIP) ska erbjudas.
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::Context;
use super::super::lang::{self, Lists};
use super::super::prose::{Passage, Place, Role};
use super::super::rule::Rule;
use super::super::words::tokens;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("NAM002"),
    title: "An abbreviation that is not explained",
    severity: Severity::Info,
    source: include_str!("nam002.rs"),
    options: &[],
    check,
};

/// Of Roman numbers.
const NUMERALS: &str = "IVXLCM";

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let report = &context.project.report;
    let names: BTreeSet<&str> = report
        .names
        .iter()
        .chain(&context.project.workspace.names)
        .map(|name| name.value.as_str())
        .chain(report.units.iter().map(|unit| unit.name.value.as_str()))
        .chain(report.imprint.get(crate::model::ImprintKey::Publisher).into_iter().map(|text| text.value.as_str()))
        .flat_map(str::split_whitespace)
        .collect();
    let terms: BTreeMap<&str, &str> =
        report.terms.iter().rev().map(|term| (term.name.value.as_str(), term.text.value.as_str())).collect();
    let mut explained: BTreeSet<String> = BTreeSet::new();
    let mut reported: BTreeSet<String> = BTreeSet::new();
    for (_, passage) in context.passages() {
        let lists = lang::lists(passage.language);
        let skip =
            matches!(passage.place, Place::Front | Place::Label | Place::Source) || passage.role == Role::References;
        // A term of a printed list, or of a definition, explains what follows.
        if passage.place == Place::Term {
            explained.extend(capitals(&passage.text, lists).map(|range| base(&passage.text[range], lists)));
            continue;
        }
        if skip || is_shouted(&passage.text) {
            continue;
        }
        let all: Vec<Range<usize>> = capitals(&passage.text, lists).collect();
        for range in all {
            let word = base(&passage.text[range.clone()], lists);
            if explained.contains(&word) {
                continue;
            }
            if explains(passage, &range) {
                explained.insert(word);
                continue;
            }
            let in_name = names.contains(word.as_str());
            // Words beside each other in capitals are an emphasis: "ALLA DÖRRAR SKA LÅSAS", "DEL II".
            let shouted = is_capital(passage.text[..range.start].split_whitespace().next_back())
                || is_capital(passage.text[range.end..].split_whitespace().next());
            let numeral = word.chars().all(|c| NUMERALS.contains(c));
            if lists.known_abbreviations.has(&word.to_lowercase())
                || in_name
                || numeral
                || shouted
                || !passage.is_typed(&range)
                || !reported.insert(word.clone())
            {
                continue;
            }
            let span = passage.span(range);
            let mut diagnostic = RULE.at(span, say!("`{word}` is not explained where it is first used", word));
            diagnostic = match terms.get(word.as_str()) {
                Some(text) => diagnostic.help(say!("write {text} ({word}) the first time", text, word)),
                None => diagnostic.help(say!(
                    "write the words with ({word}) behind them the first time, or add the name to `names`",
                    word
                )),
            };
            out.push(diagnostic);
        }
    }
}

/// Words of two capitals or more, a genitive or plural ending included.
fn capitals<'t>(text: &'t str, lists: &'t Lists) -> impl Iterator<Item = Range<usize>> + 't {
    tokens(text)
        .into_iter()
        .flat_map(|range| {
            // "EU-medel", "SIP-möten": the part before the hyphen.
            let word = &text[range.clone()];
            let end = word.find('-').map_or(range.end, |at| range.start + at);
            Some(range.start..end)
        })
        .filter(move |range| {
            let word = base(&text[range.clone()], lists);
            let letters = word.chars().filter(|c| c.is_uppercase()).count();
            letters >= 2 && word.chars().all(|c| c.is_uppercase()) && word.chars().count() <= 8
        })
}

/// The abbreviation itself: "DSLs" is "DSL".
fn base(word: &str, lists: &Lists) -> String {
    let bare = lists.genitives.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word).trim_end_matches('’');
    if bare.chars().count() >= 2 && bare.chars().all(char::is_uppercase) { bare.to_owned() } else { word.to_owned() }
}

/// "samordnad individuell plan (SIP)", "SIP (samordnad individuell plan)", "konsumentprisindex, KPI," or "SIP står för …"
fn explains(passage: &Passage, range: &Range<usize>) -> bool {
    let lists = lang::lists(passage.language);
    let (before, after) = (&passage.lower[..range.start], &passage.text[range.end..]);
    let behind = before.ends_with('(') && before.trim_end_matches('(').trim_end().ends_with(char::is_alphanumeric);
    let bracket = after.trim_start().strip_prefix('(').and_then(|rest| rest.split(')').next());
    let ahead = bracket.is_some_and(|words| words.split_whitespace().count() >= 2 || words.chars().count() > 12);
    let rest = passage.lower[range.end..].trim_start_matches([' ', '\u{a0}', '”', '"']);
    let told = lists.stands_for.iter().any(|words| rest.starts_with(words));
    let named = lists.abbreviated.iter().any(|word| before.trim_end().ends_with(word));
    let comma = before.trim_end().strip_suffix(',').is_some_and(|words| {
        let sentence = passage.sentence(range.start);
        abbreviates(&passage.lower[range.clone()], words.get(sentence.start..).unwrap_or(""))
    });
    behind || ahead || told || named || comma
}

/// Whether the letters of an abbreviation stand in their order in the last words of a text, the first of them at the beginning of a word.
fn abbreviates(short: &str, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().rev().take(short.chars().count() + 1).collect();
    (1..=words.len()).any(|count| {
        let joined: String = words[..count].iter().rev().flat_map(|word| word.chars()).collect();
        let mut letters = joined.chars();
        joined.len() > 2 * short.len()
            && joined.chars().next() == short.chars().next()
            && short.chars().all(|wanted| letters.any(|c| c == wanted))
    })
}

/// Whether a neighbouring word is all in capitals.
fn is_capital(word: Option<&str>) -> bool {
    let bare = word.unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
    bare.chars().count() >= 2 && bare.chars().all(char::is_uppercase)
}

/// A text all in capitals has no abbreviations.
fn is_shouted(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 8 && text.chars().all(|c| !c.is_lowercase())
}
