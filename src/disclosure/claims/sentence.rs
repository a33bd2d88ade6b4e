//! A sentence with what it names, and what its numbers count.

use std::ops::Range as Bytes;

use crate::check::{Kind, Number, Passage, Tag, Token, is_counted, lists};
use crate::locale::Language;

use super::names::{Column, Mentions, Names};

/// What a number counts, by the words behind it.
#[derive(Debug, PartialEq, Eq)]
pub enum Noun {
    /// None stands there, or one that fits anything.
    Any,
    Column(Option<usize>, Column),
    /// One that these scopes count.
    Of(Vec<usize>),
    Foreign,
}

/// How many words behind a number its noun stands at most.
const NOUN: usize = 3;

/// A sentence with what it names.
pub struct Sentence<'p> {
    pub passage: &'p Passage,
    pub bytes: Bytes<usize>,
    pub tokens: &'p [Token],
    pub own: Mentions,
    /// What stands near names, the nearest first.
    pub near: &'p [Mentions],
    pub of_any_row: Option<usize>,
}

impl Sentence<'_> {
    /// Whether a number stands at the end of a label and nothing else: "Men at Elm Lodge 4".
    pub fn is_bare(&self, at: usize) -> bool {
        let names =
            || self.own.lines.iter().map(|(place, _)| place).chain(self.own.columns.iter().map(|(place, ..)| place));
        let (before, after) = (&self.tokens[..at], &self.tokens[at + 1..]);
        let is_named =
            |token: &Token| names().any(|place| place.start <= token.range.start && token.range.end <= place.end);
        let is_small = |token: &Token| token.range.len() <= 4 && token.number().is_none();
        // Where rows of one table are meant, whichever, the label was put before a number that counts.
        let any_row = self.of_any_row.is_some();
        after.iter().all(|token| matches!(token.kind, Kind::Sign(_)))
            && before.iter().any(is_named)
            && (any_row || before.iter().all(|token| is_named(token) || is_small(token)))
    }

    /// Whether a number says how many things are named behind a colon: "tre bad: Norrbadet, Söderbadet och Österbadet".
    pub fn is_count_of_list(&self, at: usize, number: &Number) -> bool {
        let Some(count) = number.count().filter(|count| (2..=30).contains(count)) else { return false };
        let after = &self.tokens[at + 1..];
        let Some(colon) = after.iter().take(NOUN + 1).position(|token| matches!(token.kind, Kind::Sign(':'))) else {
            return false;
        };
        let counts_group = self.own.columns.iter().any(|(place, ..)| {
            after[..colon].iter().any(|token| place.start <= token.range.start && token.range.end <= place.end)
        });
        let listed = &after[colon + 1..];
        let joins =
            listed.iter().filter(|token| matches!(token.kind, Kind::Sign(',')) || token.has(Tag::Joint)).count();
        !counts_group && colon > 0 && i64::try_from(joins).is_ok_and(|joins| joins + 1 == count)
    }

    /// What the words behind a number say that it counts.
    pub fn noun(&self, at: usize, names: &Names, language: Language) -> Noun {
        let mut seen = 0;
        let mut foreign = false;
        let mut counts = &self.tokens[at + 1..];
        // "tre av tio besökare": the noun stands behind the whole.
        if let [of, rest @ ..] = counts
            && of.tags.any(&[Tag::Of, Tag::OutOf, Tag::OfThese])
            && let Some(next) = rest.iter().take(2).position(|token| token.number().is_some())
        {
            counts = &rest[next + 1..];
        }
        for token in counts {
            let Kind::Word(stem) = &token.kind else { break };
            if let Some((_, scope, column)) =
                self.own.columns.iter().find(|(place, ..)| place.start == token.range.start)
                && !foreign
            {
                return Noun::Column(*scope, *column);
            }
            if token.tags.any(ENDS) {
                break;
            }
            let scopes: Vec<usize> =
                (0..).zip(&names.scopes).filter(|(_, scope)| scope.nouns.contains(stem)).map(|(at, _)| at).collect();
            if !scopes.is_empty() {
                return Noun::Of(scopes);
            }
            if token.tags.any(&[Tag::Inhabitants, Tag::Generic]) {
                return Noun::Any;
            }
            let word = self.passage.lower.get(token.range.clone()).unwrap_or_default();
            foreign |= token.tags.any(UNITS) || is_counted(word, language) || ends_as_noun(word, language);
            seen += 1;
            if seen == NOUN {
                break;
            }
        }
        if foreign { Noun::Foreign } else { Noun::Any }
    }
}

fn ends_as_noun(word: &str, language: Language) -> bool {
    word.chars().count() > 4 && lists(language).counted_ends.has(word)
}

/// Words that no noun of a number stands behind.
const ENDS: &[Tag] = &[
    Tag::Of,
    Tag::OfWhich,
    Tag::OfThese,
    Tag::Is,
    Tag::Joint,
    Tag::Them,
    Tag::Than,
    Tag::Within,
    Tag::To,
    Tag::From,
    Tag::Except,
    Tag::More,
    Tag::Fewer,
    Tag::Respectively,
    Tag::Relative,
];

/// What is measured and is nobody.
const UNITS: &[Tag] = &[
    Tag::Time,
    Tag::Years,
    Tag::Minute,
    Tag::Hour,
    Tag::Day,
    Tag::Week,
    Tag::Month,
    Tag::Tonne,
    Tag::Kilogram,
    Tag::Kilometre,
    Tag::Metre,
    Tag::Hectare,
    Tag::SquareMetre,
    Tag::SquareKilometre,
    Tag::Times,
];
