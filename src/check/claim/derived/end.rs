//! One end of a change, where the other end and what lies between are told: "har minskat med 18 och uppgår nu till 94. Föregående år var de 112".

use super::interval::Interval;
use super::premise::{Amount, Kind, Premise};
use super::scene::Derived;
use super::{Operation, Reading, change, text};
use crate::check::claim::level::Direction;
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::tokens::{Class, Say as _, class};
use crate::diagnostic::say;
use crate::value::Exact;

pub static END: Operation = Operation { code: "EVI011", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Percent | Kind::Time)
        && !change::is_said(&derived.words, derived.kind)
        && derived.bounds.is_none()
        && is_earlier(derived)
}

/// "Föregående år var antalet 112": told as the earlier of two.
fn is_earlier(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    let to = words.last().is_some_and(|last| last.has(Tag::To));
    words.before(&[Tag::Earlier, Tag::Opening]) && !to || words.behind(&[Tag::Earlier], 4) || is_of_year_before(derived)
}

/// "minskade under 2022 med 40 tkr till 215 tkr. Under 2021 var det 255": of the year before that of the sentence before.
fn is_of_year_before(derived: &Derived<'_>) -> bool {
    let passage = derived.passage;
    let year = |range: &std::ops::Range<usize>| {
        let numbers = passage.numbers[passage.numbers_in(range)].iter();
        let mut years = numbers.filter(|number| class(number, &passage.text) == Class::Year).map(|number| number.value);
        years.next().filter(|_| years.next().is_none())
    };
    let own = passage.sentence(derived.number.range.start);
    let place = passage.sentences.partition_point(|known| known.end <= own.start);
    let told = place.checked_sub(1).and_then(|before| passage.sentences.get(before)).and_then(year);
    told.zip(year(&own)).is_some_and(|(told, own)| own.checked_add(1_i64.into()) == Some(told))
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    start(derived).into_iter().collect()
}

/// Where a change of so much, up to a number that was told before it, begins.
fn start(derived: &Derived<'_>) -> Option<Reading> {
    let near: Vec<&Premise<'_>> = derived.premises.iter().filter(|premise| !premise.far).collect();
    let [one, two] = near.as_slice() else { return None };
    let said = |premise: &Premise<'_>| change::is_said(&premise.words, premise.kind);
    let (step, end) = match (said(one), said(two)) {
        (true, false) => (*one, *two),
        (false, true) => (*two, *one),
        _ => return None,
    };
    let told = derived.passage.tokens_in(&derived.passage.sentence(step.number.range.start));
    let up = Direction::of_word(change::change_word(&step.words, step.kind)?, told)? == Direction::Up;
    let end_amount = end.amount(derived.passage, derived.kind)?;
    let (exact, may_be) = before(derived, step, &end_amount, up)?;
    // "Året innan hade nämnden 14 ledamöter" is of another thing.
    let same = derived.words.tail.first().is_none_or(|next| next.stem().is_none()) || derived.again(end) > 0;
    let planned = told.say(&[Tag::Planned, Tag::Target, Tag::Negation]) || end.words.has(&[Tag::Earlier]);
    let (step_text, end_text) = (number_text(step.number), number_text(end.number));
    let words = say!(
        "a change of {step_text} to {end_text} begins at {text}",
        step_text,
        end_text,
        text = text(derived, exact)
    );
    (same && !planned && derived.is_near(exact, 2)).then(|| Reading::certain(may_be, words))
}

/// What a number was before it went up or down by a step in its own unit or in percent.
fn before(derived: &Derived<'_>, step: &Premise<'_>, end: &Amount<'_, '_>, up: bool) -> Option<(Exact, Interval)> {
    let own = if derived.kind == Kind::Percent { Kind::Points } else { derived.kind };
    if let Some(step) = step.amount(derived.passage, own) {
        return Some(match up {
            true => (end.value.checked_sub(step.value)?, end.may_be.minus(step.may_be)?),
            false => (end.value.checked_add(step.value)?, end.may_be.plus(step.may_be)?),
        });
    }
    let hundred = Interval::exactly(100_i64.into());
    let growth = step.amount(derived.passage, Kind::Percent).filter(|_| derived.kind != Kind::Percent)?;
    let factor = if up { hundred.plus(growth.may_be)? } else { hundred.minus(growth.may_be)? };
    let whole = Exact::from(100_i64);
    let of = if up { whole.checked_add(growth.value)? } else { whole.checked_sub(growth.value)? };
    Some((end.value.checked_mul(whole)?.checked_div(of)?, end.may_be.times(hundred)?.over(factor)?))
}
