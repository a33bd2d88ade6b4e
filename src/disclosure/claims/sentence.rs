//! A sentence with what it names, and what its numbers count.

use std::ops::Range as Bytes;

use crate::check::{Kind, Number, Passage, Tag, Token, is_counted, lists, part_of_whole};
use crate::locale::Language;

use super::names::{Column, Mentions, Names};
use super::texts::Read;

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
    /// Where bindings print.
    pub bound: &'p [Bytes<usize>],
    pub of_any_row: Option<usize>,
}

impl<'p> Sentence<'p> {
    /// One by what it says itself.
    pub fn alone(read: &'p Read, bytes: &Bytes<usize>, own: Mentions) -> Self {
        let passage = &read.passage;
        let tokens = passage.tokens_in(bytes);
        Self { passage, bytes: bytes.clone(), tokens, own, near: &[], bound: &[], of_any_row: None }
    }

    /// Whether a binding prints a number.
    pub fn is_bound(&self, number: &Number) -> bool {
        self.bound.iter().any(|bound| bound.start < number.range.end && number.range.start < bound.end)
    }

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

    pub fn number_at(&self, at: usize) -> Option<&Number> {
        self.passage.numbers.get(self.tokens.get(at)?.number()?)
    }

    /// The columns that it names, each once.
    pub fn named_columns(&self) -> Vec<Column> {
        let mut out: Vec<Column> = Vec::new();
        for (.., column) in &self.own.columns {
            if !out.contains(column) {
                out.push(*column);
            }
        }
        out
    }

    /// Whether "så många", "as many" stands behind a factor.
    pub fn so_many(&self, at: usize) -> bool {
        let mut after = self.tokens.iter().skip(at + 1).take(2);
        after.any(|token| token.tags.any(&[Tag::SoMany, Tag::AsMany, Tag::HalfAs]))
    }

    /// "third" is 3, "fjärdedel" 4.
    pub fn part(&self, at: usize, language: Language) -> Option<i64> {
        let word = self.passage.lower.get(self.tokens[at].range.clone())?;
        part_of_whole(word, language).filter(|part| *part > 1)
    }

    /// Whether a number says how many are lacking of all: "alla utom tre", "alla på tre när", "undantagen var tre".
    pub fn is_exception(&self, at: usize) -> bool {
        let (before, after) = (&self.tokens[..at], &self.tokens[at + 1..]);
        let all = || before.iter().any(|token| token.tags.any(ALL));
        before.last().is_some_and(|token| token.has(Tag::AllBut))
            || before.last().is_some_and(|token| token.has(Tag::Except)) && all()
            || after.first().is_some_and(|token| token.has(Tag::ShortOf)) && all()
            || after.iter().take(2).any(|token| token.has(Tag::Exception))
            || before.iter().rev().take(3).any(|token| token.has(Tag::Exception))
    }

    /// Whether "as many" belongs to a factor before it.
    pub fn is_multiple(&self, at: usize) -> bool {
        let factor = |token: &Token| {
            token.number().is_some() || token.tags.any(&[Tag::HalfAs, Tag::Double, Tag::Third, Tag::Quarter])
        };
        self.tokens[..at].iter().rev().take(2).any(factor)
    }

    /// The number of the whole in "one in six", "en av sex", "one applicant in six".
    pub fn out_of(&self, at: usize) -> Option<usize> {
        let after = &self.tokens[at + 1..];
        let of = after
            .iter()
            .take(2)
            .position(|token| token.tags.any(&[Tag::Of, Tag::OutOf, Tag::OfThese]))
            .filter(|of| after[..*of].iter().all(|token| token.number().is_none()))?;
        after[of + 1..].iter().take(2).find_map(Token::number)
    }

    /// What the words behind a number say that it counts.
    pub fn noun(&self, at: usize, names: &Names, language: Language) -> Noun {
        let mut counts = &self.tokens[at + 1..];
        // "tre av tio besökare": the noun stands behind the whole.
        if let [of, rest @ ..] = counts
            && of.tags.any(&[Tag::Of, Tag::OutOf, Tag::OfThese])
            && let Some(next) = rest.iter().take(2).position(|token| token.number().is_some())
        {
            counts = &rest[next + 1..];
        }
        match self.noun_among(counts, names, language) {
            // "Of the 35 chairs, 33 are broken"
            Noun::Any if self.is_part_of_foreign(at, names, language) => Noun::Foreign,
            noun => noun,
        }
    }

    /// Whether a whole of something else stands before a number in its sentence.
    fn is_part_of_foreign(&self, at: usize, names: &Names, language: Language) -> bool {
        let whole = (0..at).rev().find(|before| self.tokens[*before].number().is_some());
        let Some(whole) = whole else { return false };
        let of = self.tokens[..whole].iter().rev().take(2).any(|token| token.has(Tag::Of));
        of && self.noun_among(&self.tokens[whole + 1..at], names, language) == Noun::Foreign
    }

    /// The same where any word for persons will do.
    pub fn noun_of_persons(&self, words: &[Token], names: &Names, language: Language) -> Noun {
        let lists = lists(language);
        let says = |token: &Token| {
            let word = self.passage.lower.get(token.range.clone());
            word.is_some_and(|word| lists.persons.has(word) && !lists.no_persons.has(word))
        };
        if words.iter().any(says) { Noun::Any } else { self.noun_among(words, names, language) }
    }

    /// What the first of some words say that is counted.
    pub fn noun_among(&self, words: &[Token], names: &Names, language: Language) -> Noun {
        let mut seen = 0;
        let mut foreign = false;
        for token in words {
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
            // The rows of a table are none of those that it counts.
            foreign |= names.scopes.iter().any(|scope| scope.stub.contains(stem));
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

/// Words for all of something, of which some are excepted.
pub const ALL: &[Tag] = &[Tag::All, Tag::EachOf, Tag::NearlyAll];

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
