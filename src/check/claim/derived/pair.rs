//! Two results told together: "52 av 80 … och 33 av 60, det vill säga 65 respektive 55 procent".
//!
//! Which numbers belong to which is seldom said. One arrangement is certainly meant where it gives one of the two results, and none gives both.

use super::interval::Interval;
use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::words::Words;
use super::{HELP, change, place, swapped, text};
use crate::check::claim::{Fault, number_text};
use crate::check::lang::Tag;
use crate::check::number::{Number, Unit};
use crate::check::prose::Passage;
use crate::check::tokens::Token;
use crate::diagnostic::{Said, say};

/// Positions of the numbers before the results that each of the two rests on: a part and its whole, or what a change lies between.
type Arrangement = [[usize; 2]; 2];

const OF_FOUR: [Arrangement; 4] = [[[0, 1], [2, 3]], [[2, 0], [3, 1]], [[0, 2], [1, 3]], [[1, 0], [3, 2]]];
const FROM_FOUR: [Arrangement; 2] = [[[0, 1], [2, 3]], [[0, 2], [1, 3]]];
const OF_THREE: [Arrangement; 2] = [[[1, 0], [2, 0]], [[0, 2], [1, 2]]];

/// The faults of a passage, each with its rule.
pub fn faults(at: usize, passage: &Passage, taken: &[usize]) -> Vec<(&'static str, Fault)> {
    let pairs = (1..passage.numbers.len()).filter(|second| is_pair(passage, *second));
    pairs.filter_map(|second| judge(at, passage, second, taken)).collect()
}

/// Whether a percentage and the number before it are told together: "65 respektive 55 procent", "7.5% and 8.0% respectively".
fn is_pair(passage: &Passage, second: usize) -> bool {
    let (Some(one), Some(two)) = (passage.numbers.get(second - 1), passage.numbers.get(second)) else { return false };
    let tokens = |range| passage.tokens_in(&range);
    let between: &[Token] = tokens(one.range.end..two.range.start);
    let Some(joint) = between.iter().find(|token| token.has(Tag::Respectively)).or(between.first()) else {
        return false;
    };
    let sentence = passage.sentence(two.range.start);
    let behind = tokens(two.range.end..sentence.end).iter().take(3).any(|token| token.has(Tag::Respectively));
    two.is_percent()
        && matches!(one.unit, Unit::Percent | Unit::None)
        && (joint.has(Tag::Respectively) && between.len() < 4
            || (joint.has(Tag::Joint) && behind && between.len() == 1))
}

fn judge(at: usize, passage: &Passage, second: usize, taken: &[usize]) -> Option<(&'static str, Fault)> {
    let mut but: Vec<usize> = taken.iter().copied().chain([second - 1]).collect();
    but.sort_unstable();
    let results = [passage.numbers.get(second - 1)?, passage.numbers.get(second)?];
    let percent = |number: &Number| Number { unit: Unit::Percent, ..number.clone() };
    let [one, two] = results.map(|number| Derived::new(passage, percent(number), Kind::Percent, &but));
    let (one, two) = (one?, two?);
    let lead = Words::around(passage, results[0]);
    let changed = change::is_said(&lead, Kind::Percent);
    let kinds = [Kind::Plain, Kind::Money, Kind::Time];
    let (mut found, mut crossed) = (None, false);
    for kind in kinds {
        let amounts = one.amounts(kind);
        let near = |sentence: usize| {
            let near = one.near(&amounts).into_iter().filter(move |amount| amount.premise.sentence == sentence);
            near.filter(|amount| amount.start() < results[0].range.start).collect::<Vec<_>>()
        };
        let (own, mut list) = (near(0), near(1));
        if own.len() >= 3 {
            list = own;
        } else {
            list.extend(own);
        }
        // "68 av 80 elever i årskurs 6 …, 54 av 75": the parts and the wholes that are told as such.
        let of = |at: &usize| {
            list[*at].premise.words.last().is_some_and(|last| last.has(Tag::Of))
                && list[*at].premise.words.opener.is_none()
        };
        let wholes: Vec<usize> = (1..list.len()).filter(of).collect();
        if let ([one, two], true) = (wholes.as_slice(), list.len() > 4) {
            list = [one - 1, *one, two - 1, *two].map(|at| list[at].clone()).to_vec();
        }
        // "från 500 till 520 respektive från 80 till 90, det vill säga med 4 respektive 13 procent"
        let led = |at: usize, tag: Tag| {
            list.get(at).and_then(|amount| amount.premise.words.last()).is_some_and(|last| last.has(tag))
        };
        let changed = changed || led(0, Tag::From) && led(1, Tag::To);
        let arrangements: &[Arrangement] = match (list.len(), changed) {
            (4, false) => &OF_FOUR,
            (4, true) => &FROM_FOUR,
            (3, false) => &OF_THREE,
            _ => continue,
        };
        for [first, other] in arrangements {
            let pairs = [first, other].map(|[part, whole]| (&list[*part], &list[*whole]));
            let fits = |results: [&Derived<'_>; 2]| {
                [(results[0], pairs[0]), (results[1], pairs[1])]
                    .map(|(derived, pair)| result(pair, changed).is_some_and(|result| derived.is_given_by(result)))
            };
            let may_be = |(part, whole): (&Amount<'_, '_>, &Amount<'_, '_>)| changed || part.value <= whole.value;
            crossed |= fits([&two, &one]) == [true, true];
            let fits = fits([&one, &two]);
            match fits {
                [true, true] => return None,
                [true, false] if may_be(pairs[1]) => {
                    found = found.or_else(|| Some((accusation(&two, pairs[1], changed)?, changed)));
                }
                [false, true] if may_be(pairs[0]) => {
                    found = found.or_else(|| Some((accusation(&one, pairs[0], changed)?, changed)));
                }
                _ => {}
            }
        }
    }
    let bound = results.iter().all(|number| number.bound);
    // "84 flickor och 96 pojkar …, 48 respektive 56 procent": each is the share of the other.
    let named = results.iter().any(|number| swapped::sex(&Words::around(passage, number)).is_some());
    if crossed && found.is_none() && !bound && !named {
        let (first, second) = (number_text(&one.number), number_text(&two.number));
        let message = say!("{first} and {second} are told the other way round", first, second);
        let range = place(&one).start..results[1].range.end;
        return Some(("EVI003", Fault { passage: at, range, message, help: HELP, also: None }));
    }
    let ((message, range), changed) = found.filter(|_| !bound)?;
    let range = range.start..results[1].range.end.max(range.end);
    Some((if changed { "EVI011" } else { "EVI003" }, Fault { passage: at, range, message, help: HELP, also: None }))
}

fn result((part, whole): (&Amount<'_, '_>, &Amount<'_, '_>), changed: bool) -> Option<Interval> {
    if !changed && part.value > whole.value {
        return None;
    }
    if !changed {
        return part.may_be.percent_of(whole.may_be);
    }
    let step = whole.may_be.minus(part.may_be)?.percent_of(part.may_be)?;
    if step.high < 0_i64.into() { step.negative() } else { Some(step) }
}

fn accusation(
    derived: &Derived<'_>,
    (part, whole): (&Amount<'_, '_>, &Amount<'_, '_>),
    changed: bool,
) -> Option<(Said, std::ops::Range<usize>)> {
    let (one, two) = (number_text(part.premise.number), number_text(whole.premise.number));
    let hundred =
        |value: crate::value::Exact, of: crate::value::Exact| value.checked_mul(100_i64.into())?.checked_div(of);
    let printed = number_text(&derived.number);
    let message = if changed {
        let exact = hundred(whole.value.checked_sub(part.value)?.magnitude(), part.value)?;
        say!("from {one} to {two} is {share} percent, not {printed}", one, two, share = text(derived, exact), printed)
    } else {
        say!(
            "{one} of {two} is {share} percent, not {printed}",
            one,
            two,
            share = text(derived, hundred(part.value, whole.value)?),
            printed
        )
    };
    Some((message, place(derived)))
}
