//! What sentences claim of their numbers, and what such claims are held against.
//!
//! A [`Claim`] says what a number counts, of whom and when. Each family of statements has a file with its patterns and with the arithmetic
//! that must hold: [`share`] a part, its whole and its percentage, [`fraction`] the same with words for the share, [`parts`] what parts make
//! of their whole, [`hundred`] percentages that are all of one, [`change`] a change and the two numbers that it lies between, [`compare`]
//! words of direction, rank and comparison, [`measure`] averages, rates and products, [`retold`] the same told twice. A statement is accused
//! only where its most likely reading is false and no other that its context allows is true.

/// "fler … än", "more than": the word and what may stand before "than".
macro_rules! than {
    ($between:literal) => {
        concat!("[ dir=<more|fewer|better|worse> ", $between, " <than> | dir=<more-than|fewer-than> ]")
    };
}

pub mod change;
pub mod compare;
pub mod derived;
pub mod figure;
pub mod fraction;
pub mod hundred;
mod level;
pub mod measure;
pub mod parts;
pub mod retold;
pub mod share;

use std::ops::Range;

use super::Context;
use super::approximate::hedged;
use super::hedges::hedge;
use super::lang::Tag;
use super::number::{Form, Number, Unit};
use super::pattern::{Found, Pattern};
use super::prose::{Passage, Place, Prose};
use super::rule::Rule;
use super::tokens::{Class, Token, class};
use crate::diagnostic::Diagnostic;
use crate::value::{Exact, Rounding};

/// What a sentence says of a number.
#[derive(Debug)]
pub struct Claim {
    pub passage: usize,
    /// The number's position in the passage.
    pub number: usize,
    pub class: Class,
    pub value: Exact,
    /// Stems of the words behind the number, up to what joins or ends the statement: "de 48 granskade skolorna" counts `granskad`, `skol`.
    pub counted: Vec<String>,
}

/// The claims of a report: for each passage those of its numbers, in their order.
#[derive(Debug, Default)]
pub struct Claims(Vec<Vec<Claim>>);

/// So many words behind a number say what it counts.
const NOUNS: usize = 4;
/// So many numbers, and so many passages, before a statement are looked at for what it takes up.
const NEAR: usize = 40;
const NEAR_PASSAGES: usize = 3;

impl Claims {
    #[must_use]
    pub fn new(prose: &Prose) -> Self {
        Self(prose.passages.iter().enumerate().map(|(at, passage)| of_passage(at, passage)).collect())
    }

    #[must_use]
    pub fn claim(&self, passage: usize, number: usize) -> Option<&Claim> {
        self.0.get(passage)?.get(number)
    }

    /// The claims that stand before a byte of a passage, the nearest first: those of the same text under one heading.
    pub fn before<'a>(&'a self, prose: &'a Prose, passage: usize, byte: usize) -> impl Iterator<Item = &'a Claim> {
        let chapter = prose.passages.get(passage).map(|passage| passage.chapter);
        let own = (0..=passage).rev().take(NEAR_PASSAGES + 1);
        // A heading closes what was said before it.
        let same = own.take_while(move |at| {
            let known = &prose.passages[*at];
            *at == passage || (Some(known.chapter) == chapter && matches!(known.place, Place::Paragraph | Place::Item))
        });
        let all = same.flat_map(move |at| self.0.get(at).into_iter().flatten().rev());
        all.filter(move |claim| {
            let end = prose.passages[claim.passage].numbers[claim.number].range.end;
            claim.passage < passage || end <= byte
        })
        .take(NEAR)
    }
}

fn of_passage(at: usize, passage: &Passage) -> Vec<Claim> {
    let numbers = passage.numbers.iter().enumerate();
    let mut tokens = passage.tokens.iter().enumerate().filter_map(|(at, token)| Some((token.number()?, at)));
    let mut out = Vec::with_capacity(passage.numbers.len());
    for (number, own) in numbers {
        let place = tokens.find(|(found, _)| *found == number).map(|(_, place)| place);
        out.push(Claim {
            passage: at,
            number,
            class: class(own, &passage.text),
            value: own.value,
            counted: place.map(|place| counted(&passage.tokens[place + 1..])).unwrap_or_default(),
        });
    }
    out
}

fn counted(behind: &[Token]) -> Vec<String> {
    let ends = [Tag::Joint, Tag::OfWhich, Tag::Equals, Tag::Respectively, Tag::Next, Tag::Of, Tag::Is];
    let words = behind.iter().take_while(|token| token.stem().is_some() && !token.tags.any(&ends));
    words.filter(|token| !token.has(Tag::Determiner)).filter_map(Token::stem).take(NOUNS).map(str::to_owned).collect()
}

/// A statement that is false.
#[derive(Debug, Clone)]
pub struct Fault {
    pub passage: usize,
    pub range: Range<usize>,
    pub message: String,
    pub help: &'static str,
    /// Another place that it rests on: the passage, the range and what stands there.
    pub also: Option<(usize, Range<usize>, &'static str)>,
}

impl Fault {
    /// Adds the fault to what was found, in the name of a rule, unless the same words are accused already.
    pub fn report(&self, rule: &Rule, context: &Context<'_>, out: &mut Vec<Diagnostic>) {
        let Some(passage) = context.prose.passages.get(self.passage) else { return };
        let span = passage.span(self.range.clone());
        let known =
            out.iter().filter(|known| ARITHMETIC.contains(&known.code.0)).filter_map(|known| known.primary.as_ref());
        if known
            .map(|label| label.span)
            .any(|other| other.source == span.source && other.start < span.end && span.start < other.end)
        {
            return;
        }
        let mut diagnostic = rule.at(span, self.message.clone()).help(self.help);
        if let Some((at, range, what)) = &self.also
            && let Some(other) = context.prose.passages.get(*at)
        {
            diagnostic = diagnostic.also(other.span(range.clone()), *what);
        }
        out.push(diagnostic);
    }
}

/// Rules that hold numbers against numbers: of one statement the first of them speaks.
const ARITHMETIC: &[&str] = &["EVI003", "EVI005", "EVI006", "EVI007", "EVI008", "EVI011", "EVI012", "EVI013", "EVI014"];

/// Whether a printed number may stand for an exact value: rounded to its decimals, either way at the half, or within what its hedge allows.
#[must_use]
pub fn stands_for(passage: &Passage, printed: &Number, exact: Exact) -> bool {
    let rounded = [Rounding::default(), Rounding::HalfEven]
        .into_iter()
        .any(|way| exact.round(printed.decimals, way) == printed.value);
    let hedge = hedge(&passage.lower, printed.range.start).map(|(hedge, _)| hedge);
    rounded || hedge.is_some_and(|hedge| hedged(printed.value, hedge).hold(exact))
}

/// All matches of a family's patterns in the sentences of a passage, in the order of the patterns.
pub fn matches<'p>(
    patterns: &'p [Pattern],
    passage: &'p Passage,
) -> impl Iterator<Item = (&'p Range<usize>, Found<'p>)> {
    let sentences = passage.sentences.iter().filter(|sentence| !passage.numbers_in(sentence).is_empty());
    sentences.flat_map(move |sentence| {
        patterns.iter().flat_map(move |pattern| pattern.find(passage, sentence).map(move |found| (sentence, found)))
    })
}

/// As [`matches`], for statements that may end in the sentence after.
pub fn matches_over<'p>(patterns: &'p [Pattern], passage: &'p Passage) -> impl Iterator<Item = Found<'p>> {
    let sentences =
        passage.sentences.iter().enumerate().filter(|(_, sentence)| !passage.numbers_in(sentence).is_empty());
    sentences.flat_map(move |(at, sentence)| {
        let end = passage.sentences.get(at + 1).map_or(sentence.end, |next| next.end);
        patterns.iter().flat_map(move |pattern| pattern.find_over(passage, sentence, end))
    })
}

/// Whether every number of a statement was printed by a binding: then no author did the sum.
#[must_use]
pub fn all_bound<'n>(numbers: impl IntoIterator<Item = Option<&'n Number>>) -> bool {
    numbers.into_iter().flatten().all(|number| number.bound)
}

/// A number as it is told in messages: its value, with the sign of percent.
#[must_use]
pub fn number_text(number: &Number) -> String {
    let value = number.value.to_decimal(number.decimals, Rounding::default());
    match number.unit {
        Unit::Percent if number.form != Form::Fraction => format!("{value} percent"),
        _ => value,
    }
}
