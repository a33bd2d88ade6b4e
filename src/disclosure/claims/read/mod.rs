//! What the sentences of a unit say of quantities. A number may be meant of several; the nearest of which it is true is taken, so that a number of
//! something else says nothing.

mod amounts;
mod captions;
mod changes;
mod outside;
mod pairs;
mod parts;
mod subjects;

use std::collections::BTreeMap;
use std::ops::Range as Bytes;
use std::sync::Arc;

use crate::check::{Form, Groups, Hedge, Number, NumberUnit, Tag, hedge_before, hedge_of_fraction};
use crate::locale::Language;

use super::names::{Mentions, Names};
use super::sentence::{Noun, Sentence};
use super::statement::{Range, Statement, WHOLE};
use super::surfaces::Unit;
use super::texts::{Read, Texts};

pub use outside::Beside;

/// How far words reach, in hundredths of a percent: "en tredjedel", "en knapp tredjedel", "drygt 15 procent". A reader takes them for less exact than
/// the checks hold authors to.
const FRACTION: i64 = 150;
const ABOUT_FRACTION: i64 = 1000;
const ABOUT_PERCENT: i64 = 200;

/// Words that say how many without a number.
const WORDS: &[Tag] = &[
    Tag::AsMany,
    Tag::Nobody,
    Tag::One,
    Tag::HalfAs,
    Tag::Double,
    Tag::Doubled,
    Tag::Tripled,
    Tag::Quadrupled,
    Tag::Halved,
    Tag::SoMany,
];

/// A statement, and where the unit says it.
#[derive(Debug)]
pub struct Claim {
    pub statement: Statement,
    pub range: Bytes<usize>,
}

/// What is read with.
pub struct Reading<'a> {
    pub names: &'a Names,
    pub groups: &'a Groups<'a>,
    pub language: Language,
    pub truth: &'a [i64],
    pub texts: &'a Texts,
}

/// Of which lines a sentence may speak: their sum, or all but them.
#[derive(Debug, Clone)]
struct Subject {
    scope: usize,
    lines: Vec<usize>,
    except: bool,
}

impl Reading<'_> {
    /// What a unit says. `told` has what headings and labels near units mention: they stand near many, and are read once.
    pub fn claims(&self, unit: &Unit, told: &mut BTreeMap<String, Mentions>) -> Vec<Claim> {
        let read = self.read(&unit.text);
        let passage = &read.passage;
        if passage.numbers.is_empty() && !passage.tokens.iter().any(|token| token.tags.any(WORDS)) {
            return Vec::new();
        }
        let mut mentioned = |words: &String| {
            let read = || {
                let near = self.read(words);
                self.names.mentions(&near, &(0..near.passage.text.len()))
            };
            told.entry(words.clone()).or_insert_with(read).clone()
        };
        let mut near: Vec<Mentions> = unit.near.iter().map(&mut mentioned).collect();
        let of_any_row =
            unit.of_any_row.as_ref().and_then(|id| self.names.scopes.iter().position(|scope| scope.id == *id));
        let mut out = Vec::new();
        for bytes in &passage.sentences {
            let own = self.names.mentions(&read, bytes);
            let tokens = passage.tokens_in(bytes);
            let bound = &unit.bound;
            let sentence = Sentence { passage, bytes: bytes.clone(), tokens, own, near: &near, bound, of_any_row };
            self.sentence(&sentence, &mut out);
            let own = sentence.own;
            near.insert(0, own);
        }
        out
    }

    /// The numbers of a unit that count something else than tables do.
    pub fn others(&self, unit: &Unit) -> Vec<Bytes<usize>> {
        let read = self.read(&unit.text);
        let mut out = Vec::new();
        for bytes in &read.passage.sentences {
            let sentence = Sentence::alone(&read, bytes, self.names.mentions(&read, bytes));
            let tokens = sentence.tokens;
            let is_other = |at: &usize| sentence.noun(*at, self.names, self.language) == Noun::Foreign;
            let numbers = (0..tokens.len()).filter(|at| tokens[*at].number().is_some()).filter(is_other);
            out.extend(numbers.map(|at| tokens[at].range.clone()));
        }
        out
    }

    fn read(&self, text: &str) -> Arc<Read> {
        self.texts.read(text, self.language, self.groups)
    }

    fn sentence(&self, sentence: &Sentence<'_>, out: &mut Vec<Claim>) {
        for (at, token) in sentence.tokens.iter().enumerate() {
            match token.number() {
                Some(number) => out.extend(self.number(sentence, at, &sentence.passage.numbers[number])),
                // "en" is an article as well.
                None if token.has(Tag::One) && self.is_number(sentence, at) => {
                    let one = self.so_many(sentence, at, 1, Range::exactly(1));
                    out.extend(one.map(|statement| claim(statement, token.range.clone())));
                }
                // "a third as many as", where
                None if sentence.so_many(at) && sentence.part(at, self.language).is_some() => {
                    let part = sentence.part(at, self.language).map(|parts| times(WHOLE / parts, None));
                    out.extend(part.and_then(|times| self.compared(sentence, at, times)));
                }
                // "half as many as", where nothing has made a number of it.
                None if token.tags.any(&[Tag::HalfAs, Tag::Double]) && sentence.so_many(at) => {
                    let times = times(if token.has(Tag::HalfAs) { WHOLE / 2 } else { 2 * WHOLE }, None);
                    out.extend(self.compared(sentence, at, times));
                }
                None if token.has(Tag::AsMany) && !sentence.is_multiple(at) => {
                    out.extend(self.compared(sentence, at, Range::exactly(WHOLE)));
                }
                None if token.tags.any(&[Tag::Doubled, Tag::Tripled, Tag::Quadrupled, Tag::Halved]) => {
                    out.extend(self.multiplied(sentence, at));
                }
                None if token.has(Tag::Nobody) => {
                    let statement = self.counted(sentence, at, Range::exactly(0));
                    out.extend(statement.map(|statement| claim(statement, token.range.clone())));
                }
                None => {}
            }
        }
    }

    fn number(&self, sentence: &Sentence<'_>, at: usize, number: &Number) -> Option<Claim> {
        // "Men at Elm Lodge 4" is no lodge of that number, where nothing else stands there.
        // "In Ward C 14 of the 20" is no ward either.
        let is_name = number.names_something() && !sentence.is_bare(at) && sentence.out_of(at).is_none();
        if sentence.is_bound(number) || is_name || sentence.is_count_of_list(at, number) {
            return None;
        }
        let hundredths = number.value.checked_mul(crate::value::Exact::from(100_i64));
        let hundredths = hundredths.map(|value| value.round(0, crate::value::Rounding::default()).to_i64());
        let hundredths = hundredths.flatten()?;
        let so_many = sentence.so_many(at);
        let before = hedge_before(sentence.passage, number.range.start).map(|(hedge, _)| hedge);
        let whole_range = |start: usize| start..number.range.end;
        match (number.form, number.unit) {
            (Form::Digits | Form::Grouped | Form::Words | Form::Round, NumberUnit::Money | NumberUnit::None)
                if self.names.amounts.is_some() =>
            {
                self.amount(sentence, at, number, before)
            }
            (_, NumberUnit::Money) => None,
            (_, NumberUnit::Points) => {
                let statement = self.points(sentence, Range::rounded(hundredths, number.decimals));
                statement.map(|statement| claim(statement, number.range.clone()))
            }
            (Form::Fraction, _) if so_many => self.compared(sentence, at, times(hundredths, before)),
            (Form::Factor, _) => {
                let hundredths = hundredths.checked_mul(100)?;
                // Who writes decimals means them.
                let range = match number.decimals {
                    0 => times(hundredths, before),
                    decimals => Range::around(hundredths, WHOLE / 2 / 10_i64.checked_pow(decimals.into())?),
                };
                self.compared(sentence, at, range)
            }
            (Form::Fraction, _) => {
                let (range, start) = match hedge_of_fraction(sentence.passage, number) {
                    Some((hedge, start)) => (Range::hedged(hundredths, hedge, ABOUT_FRACTION), start),
                    None => (Range::around(hundredths, FRACTION), number.range.start),
                };
                let share = || {
                    let statement = self.of_what_was(sentence, at, range);
                    let statement = statement.or_else(|| self.shared(sentence, at, range));
                    statement.map(|statement| claim(statement, whole_range(start)))
                };
                self.more_by(sentence, at, range).or_else(|| self.changed_by(sentence, at, range)).or_else(share)
            }
            (_, NumberUnit::Percent) => {
                let range = match before {
                    Some(hedge) => Range::hedged(hundredths, hedge, ABOUT_PERCENT),
                    None => Range::rounded(hundredths, number.decimals),
                };
                let share = || Some(claim(self.shared(sentence, at, range)?, number.range.clone()));
                self.more_by(sentence, at, range).or_else(|| self.changed_by(sentence, at, range)).or_else(share)
            }
            (_, NumberUnit::None) if number.decimals > 0 => {
                let mean = |of| Range::of_mean(number.value, number.decimals, of);
                self.average(sentence, at, &mean).map(|statement| claim(statement, number.range.clone()))
            }
            (_, NumberUnit::None) => {
                let count = number.count()?;
                let range = match before {
                    Some(hedge) => Range::hedged(count, hedge, (count / 10).max(2)),
                    None => Range::exactly(count),
                };
                let so_many = || Some(claim(self.so_many(sentence, at, count, range)?, number.range.clone()));
                self.to_each(sentence, at, count).or_else(so_many)
            }
        }
    }

    /// What a whole number may say, the more particular first.
    fn so_many(&self, sentence: &Sentence<'_>, at: usize, count: i64, range: Range) -> Option<Statement> {
        if sentence.is_exception(at) {
            // "Alla boenden utom fyra tar emot kvinnor" counts no women; "alla utom fyra kvinnor" does.
            let says_whom = matches!(sentence.noun(at, self.names, self.language), Noun::Column(..) | Noun::Of(_));
            let counted = || if says_whom { self.counted(sentence, at, range) } else { None };
            return self.all_but(sentence, at, range).or_else(counted);
        }
        self.all_but(sentence, at, range)
            .or_else(|| {
                let number = sentence.number_at(at)?;
                self.average(sentence, at, &|of| Range::of_mean(number.value, number.decimals, of))
            })
            .or_else(|| self.difference(sentence, at, Range::exactly(count)))
            .or_else(|| self.counted(sentence, at, range))
            .or_else(|| self.in_proportion(sentence, at, count))
    }
}

/// So many times as much, as words round it.
fn times(hundredths: i64, hedge: Option<Hedge>) -> Range {
    match hedge {
        Some(hedge) => Range::hedged(hundredths, hedge, WHOLE / 2),
        None => Range::around(hundredths, (WHOLE / 4).min(hundredths / 8)),
    }
}

fn claim(statement: Statement, range: Bytes<usize>) -> Claim {
    Claim { statement: statement.reduced(), range }
}
