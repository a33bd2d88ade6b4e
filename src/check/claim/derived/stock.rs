//! What was there, with what came and without what went.

use super::interval::Interval;
use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::words::Words;
use super::{Operation, Reading, change, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::diagnostic::say;

pub static STOCK: Operation = Operation { code: "EVI005", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    let goes = |came: bool| derived.premises.iter().any(|premise| goes(derived, &premise.words) == Some(came));
    let both = goes(true) && goes(false);
    let left = [Tag::Closing, Tag::Rest, Tag::Remains];
    let left = (words.before(&left) || words.behind(&left, 6)) && (goes(true) || goes(false));
    // "Utgående balans, antalet ej avslutade vid årets slut, blev 50"
    let closed = derived.before().is_none() && derived.says(&[Tag::Closing]) && both;
    let left = left || closed || is_after(derived);
    matches!(derived.kind, Kind::Plain | Kind::Money)
        && !change::is_said(words, derived.kind)
        && (left || ((words.concludes() || words.before(&[Tag::Yields])) && both))
}

/// "Eget kapital var 3 150 tkr vid årets början. Efter årets förlust på 240 tkr uppgår det till …"
fn is_after(derived: &Derived<'_>) -> bool {
    let opened = derived.premises.iter().any(|premise| premise.words.has(&[Tag::Opening]) && premise.sentence == 1);
    let step = derived.before().filter(|step| goes(derived, &step.words).is_some());
    // "Årets överskott på 58 tkr har lagts till kapitalet, som därefter är 800 tkr"
    let later = derived.words.before(&[Tag::Later, Tag::Now]);
    opened && step.is_some_and(|step| (later || step.words.before(&[Tag::After])) && step.kind == derived.kind)
}

/// Whether a number came to a stock (true) or went from it, by the words of its own clause; of a balance that was opened income comes and cost goes.
fn goes(derived: &Derived<'_>, words: &Words<'_>) -> Option<bool> {
    // "Ingående balans av ej avslutade ärenden var 56"
    if words.has(&[Tag::Opening]) && !words.has(&[Tag::Came]) {
        return None;
    }
    let opened = || derived.premises.iter().any(|premise| premise.words.has(&[Tag::Opening]));
    // "A further 420 were completed"
    if words.before(&[Tag::Further]) {
        return Some(true);
    }
    let came = words.has(&[Tag::Came, Tag::Surplus]) || (words.before(&[Tag::Income]) && opened());
    let left = words.has(&[Tag::Left, Tag::Deficit]) || (words.before(&[Tag::Cost]) && opened());
    (came != left).then_some(came)
}

/// So many numbers come and go at most.
const PARTS: usize = 5;

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let amounts = derived.amounts(derived.kind);
    let some = &amounts[amounts.len().saturating_sub(PARTS)..];
    let mut out = Vec::new();
    for chosen in 1..3_usize.pow(u32::try_from(some.len()).unwrap_or(0)) {
        let mut made = Some(Interval::exactly(0_i64.into()));
        let mut rest = chosen;
        for amount in some {
            // What certainly came is not taken away.
            let goes = goes(derived, &amount.premise.words);
            made = match rest % 3 {
                1 if goes == Some(false) => None,
                2 if goes == Some(true) => None,
                1 => made.and_then(|made| made.plus(amount.may_be)),
                2 => made.and_then(|made| made.minus(amount.may_be)),
                _ => made,
            };
            rest /= 3;
        }
        out.extend(made.map(Reading::possible));
    }
    out.extend(certain(derived, &amounts));
    out
}

fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let mut near = derived.near(amounts);
    // What was there first may be told one sentence further off.
    near.retain(|amount| amount.premise.sentence < 2 || amount.premise.words.has(&[Tag::Opening]));
    let (first, steps) = near.split_first()?;
    if !(1..=3).contains(&steps.len())
        || goes(derived, &first.premise.words).is_some()
        || near.last()?.start() > derived.number.range.start
    {
        return None;
    }
    let mut exact = first.value;
    let mut may_be = first.may_be;
    let mut words = number_text(first.premise.number);
    // "Under året kom 240 och 310 ströks": of two steps the one that says nothing goes the other way.
    let known: Vec<Option<bool>> = steps.iter().map(|step| goes(derived, &step.premise.words)).collect();
    let other = match known.as_slice() {
        [Some(one), None] | [None, Some(one)] if first.premise.words.has(&[Tag::Opening]) => Some(!one),
        _ => None,
    };
    for (step, known) in steps.iter().zip(&known) {
        let came = known.or(other)?;
        exact = if came { exact.checked_add(step.value)? } else { exact.checked_sub(step.value)? };
        may_be = if came { may_be.plus(step.may_be)? } else { may_be.minus(step.may_be)? };
        let (all, amount) = (words, number_text(step.premise.number));
        words = if came { say!("{all} and {amount}", all, amount) } else { say!("{all} less {amount}", all, amount) };
    }
    derived
        .is_near(exact, 2)
        .then(|| Reading::certain(may_be, say!("{words} make {text}", words, text = text(derived, exact))))
}
