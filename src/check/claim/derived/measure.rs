//! One thing told in two units of weight, length or area: "2,4 hektar (24 000 kvadratmeter)", "26 400 ton, eller 550 kg per hushåll".

use super::interval::Interval;
use super::premise::{Kind, Premise};
use super::scene::Derived;
use super::words::Words;
use super::{Operation, Reading, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::diagnostic::say;
use crate::value::Exact;

pub static MEASURE: Operation = Operation { code: "EVI013", cue, readings };

/// Units, each with the next smaller one and how many of those it is.
const UNITS: [(Tag, Tag, i64); 4] = [
    (Tag::Tonne, Tag::Kilogram, 1000),
    (Tag::Kilometre, Tag::Metre, 1000),
    (Tag::Hectare, Tag::SquareMetre, 10_000),
    (Tag::SquareKilometre, Tag::Hectare, 100),
];

/// So many words behind a number may hold its unit.
const NEAR: usize = 1;

/// How many of the unit behind one number are one of that behind another; 1 where they are the same or none is known.
pub fn times(one: &Words<'_>, other: &Words<'_>) -> Exact {
    let known = UNITS.iter().find_map(|(large, small, times)| {
        let (one_is, other_is) = (|tag: Tag| one.behind(&[tag], NEAR), |tag: Tag| other.behind(&[tag], NEAR));
        if one_is(*large) && other_is(*small) {
            Some(Exact::from(*times))
        } else if one_is(*small) && other_is(*large) {
            Exact::from(1_i64).checked_div(Exact::from(*times))
        } else {
            None
        }
    });
    known.unwrap_or(Exact::from(1_i64))
}

fn cue(derived: &Derived<'_>) -> bool {
    let differ = |words: &Words<'_>| times(words, &derived.words) != Exact::from(1_i64);
    derived.kind == Kind::Plain
        && !derived.words.behind(&[Tag::Per], 3)
        && other_unit(derived).is_some_and(|premise| differ(&premise.words))
}

/// The number that is told again: directly before it, or alone in the sentence before where "The 6.4 tonnes" takes it up.
fn other_unit<'d, 'p>(derived: &'d Derived<'p>) -> Option<&'d Premise<'p>> {
    if derived.is_apposed() {
        return derived.before();
    }
    let taken = matches!(derived.words.lead, [only] if only.has(Tag::Determiner)) && derived.words.opener.is_none();
    let mut last = derived.premises.iter().filter(|premise| premise.sentence == 1 && !premise.far);
    last.next().filter(|_| taken && last.next().is_none())
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let made = || {
        let last = other_unit(derived)?;
        let one = last.amount(derived.passage, derived.kind)?;
        let times = times(&last.words, &derived.words);
        let exact = one.value.checked_mul(times)?;
        let words = say!(
            "{first} of the one unit is {text} of the other",
            first = number_text(last.number),
            text = text(derived, exact)
        );
        // What is told again is rounded again.
        let may_be = one.may_be.times(Interval::exactly(times))?;
        let slack = exact.magnitude().checked_div(20_i64.into())?;
        let may_be = Interval { low: may_be.low.checked_sub(slack)?, high: may_be.high.checked_add(slack)? };
        Some(Reading::certain(may_be, words))
    };
    made().into_iter().collect()
}
