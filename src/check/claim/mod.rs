//! What sentences claim of their numbers, and what such claims are held against.
//!
//! A [`Claim`] says what a number counts, of whom and when. Each family of statements has a file with its patterns and with the arithmetic
//! that must hold: [`derived`] numbers that are made of others, [`fraction`] words for a share beside its part, [`parts`] what parts make of their
//! whole, [`hundred`] percentages that are all of one, [`change`] a change and the two numbers that it lies between, [`compare`] words of
//! direction, rank and comparison, [`measure`] averages, rates and products, [`group`] a group taken up, [`summary`]
//! what the summary retells. A statement is accused only where its most likely reading is false and no other that its context allows is true.

/// "fler … än", "more than": the word and what may stand before "than".
macro_rules! than {
    ($between:literal) => {
        concat!("[ dir=<more|fewer|better|worse> ", $between, " <than> | dir=<more-than|fewer-than> ]")
    };
}

pub mod bounds;
pub mod change;
pub mod compare;
pub mod derived;
pub mod figure;
pub mod fraction;
pub mod group;
pub mod hundred;
pub mod lead;
mod level;
pub mod measure;
pub mod parts;
pub mod relation;
mod subject;
pub mod summary;
pub mod whole;
pub mod worded;

use std::collections::BTreeMap;
use std::ops::Range;

use super::Context;
use super::hedges::hedge;
use super::lang::Tag;
use super::number::{Form, Number, Unit};
use super::pattern::{Found, Pattern};
use super::prose::{Passage, Place, Prose};
use super::rule::Rule;
use super::tokens::{Class, Token, class};
use crate::diagnostic::{Diagnostic, Said, say};
use crate::source::SourceId;
use crate::value::{Exact, Rounding};
use bounds::hedged;

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
    pub message: Said,
    pub help: Said,
    /// Another place that it rests on: the passage, the range and what stands there.
    pub also: Option<(usize, Range<usize>, Said)>,
}

impl Fault {
    /// Adds the fault to what was found, in the name of a rule.
    pub fn report(&self, rule: &Rule, context: &Context<'_>, out: &mut Vec<Diagnostic>) {
        let Some(passage) = context.prose.passages.get(self.passage) else { return };
        let mut diagnostic = rule.at(passage.span(self.range.clone()), self.message.clone()).help(self.help.clone());
        if let Some((at, range, what)) = &self.also
            && let Some(other) = context.prose.passages.get(*at)
        {
            diagnostic = diagnostic.also(other.span(range.clone()), what.clone());
        }
        out.push(diagnostic);
    }
}

/// Leaves of what rules of arithmetic say of the same words what the first of them says. It is asked after exceptions: who excepts one rule is
/// told what another has against the words.
pub fn one_voice(found: &mut Vec<Diagnostic>) {
    // What was kept overlaps nothing that was kept, so the one that begins last before an end is the only one that can reach into it.
    let mut kept: BTreeMap<(SourceId, u32), u32> = BTreeMap::new();
    found.retain(|diagnostic| {
        let Some(label) = diagnostic.primary.as_ref().filter(|_| ARITHMETIC.contains(&diagnostic.code.0)) else {
            return true;
        };
        let span = label.span;
        let before = kept.range((span.source, 0)..(span.source, span.end)).next_back();
        if before.is_some_and(|(_, end)| *end > span.start) {
            return false;
        }
        kept.insert((span.source, span.start), span.end);
        true
    });
}

/// Rules that hold numbers against numbers: of one statement the first of them speaks.
const ARITHMETIC: &[&str] = &["EVI003", "EVI005", "EVI006", "EVI007", "EVI008", "EVI011", "EVI012", "EVI013", "EVI014"];

/// Whether a printed number may stand for an exact value: rounded to the last of its digits, either way at the half, or within what its hedge
/// allows. The last digit of "2,2 miljoner" is a hundred thousand.
#[must_use]
pub fn stands_for(passage: &Passage, printed: &Number, exact: Exact) -> bool {
    let (scale, decimals) = (level::factor(passage, printed), level::decimals(passage, printed));
    let scaled = |value: Exact| value.checked_div(scale);
    let rounded = [Rounding::default(), Rounding::HalfEven]
        .into_iter()
        .any(|way| scaled(exact).map(|exact| exact.round(decimals, way)) == scaled(printed.value));
    let hedge = hedge(passage, printed.range.start).map(|(hedge, _)| hedge);
    rounded || hedge.is_some_and(|hedge| hedged(printed.value, hedge).hold(exact))
}

/// As [`stands_for`], and whole thousands, hundreds and tens of a large number may be rounded: "148 000 besökare" were 148 300.
#[must_use]
pub fn tells(passage: &Passage, printed: &Number, exact: Exact) -> bool {
    let zeros = |step: i64| {
        Exact::from(step).checked_mul(Exact::from(100_i64)).is_some_and(|least| {
            let steps = printed.value.checked_div(Exact::from(step));
            least <= printed.value
                && steps.is_some_and(|steps| steps.is_integer())
                && exact
                    .checked_sub(printed.value)
                    .map(Exact::magnitude)
                    .and_then(|apart| apart.checked_mul(Exact::from(2_i64)))
                    .is_some_and(|apart| apart <= Exact::from(step))
        })
    };
    stands_for(passage, printed, exact)
        || printed.unit != Unit::Percent && [10, 100, 1000, 10_000].into_iter().any(zeros)
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
pub fn number_text(number: &Number) -> Said {
    let value = number.value.to_decimal(number.decimals, Rounding::default());
    match number.unit {
        Unit::Percent if number.form != Form::Fraction => say!("{value} percent", value),
        _ => Said::verbatim(value),
    }
}
