//! What is left of a whole.

use super::interval::Interval;
use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::words::Words;
use super::{Operation, Reading, change, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::tokens::Token;
use crate::diagnostic::say;
use crate::value::Exact;

pub static REST: Operation = Operation { code: "EVI005", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Percent)
        && !change::is_said(&derived.words, derived.kind)
        && is_left(words)
}

/// Whether words of the number's own clause say that it is left over: "resterande 33", "3,5 vakanta".
fn is_left(words: &Words<'_>) -> bool {
    let left = |token: &&Token| token.tags.any(&[Tag::Rest, Tag::Remains, Tag::NonResponse]);
    let joint = words.lead.iter().rposition(|token| token.has(Tag::Joint) && !token.has(Tag::Equals));
    let before = words.lead[joint.map_or(0, |at| at + 1)..].iter().any(|token| left(&token));
    // "1,109 of the remaining 2,410" is no rest.
    let mut behind = words.tail.iter().take(2).take_while(|token| !token.has(Tag::Of));
    before || behind.any(|token| left(&token))
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let amounts = derived.amounts(derived.kind);
    let mut out = Vec::new();
    let hundred = Interval::exactly(100_i64.into());
    let certain = certain(derived, &amounts);
    // "Of its £4.8m, £3.1m came from contracts and £0.9m from donations. The remaining …" is left of all that was named.
    let plain = !derived.says(&[Tag::OfWhich, Tag::Including]) && derived.premises.iter().all(|premise| !premise.far);
    if certain.as_ref().is_none_or(|_| !(plain && derived.kind == Kind::Money && are_named_together(&amounts))) {
        for whole in &amounts {
            let parts: Vec<_> =
                amounts.iter().filter(|part| part.start() != whole.start()).map(|part| part.may_be).collect();
            out.extend(some_of(&parts, whole.may_be).into_iter().map(Reading::possible));
        }
    }
    if derived.kind == Kind::Percent {
        let parts: Vec<_> = amounts.iter().map(|part| part.may_be).collect();
        out.extend(some_of(&parts, hundred).into_iter().map(Reading::possible));
    }
    out.extend(certain);
    out.extend(hundred_without(derived, &amounts));
    out
}

/// Whether the numbers stand in one sentence, the last joined to those before: "£3.1m came from contracts and £0.9m from donations".
fn are_named_together(amounts: &[Amount<'_, '_>]) -> bool {
    let one = amounts.iter().all(|amount| amount.premise.sentence == amounts[0].premise.sentence);
    let joined = |amount: &Amount<'_, '_>| amount.premise.words.before(&[Tag::Joint]);
    one && amounts.len() == 3 && amounts.last().is_some_and(joined)
}

/// What the percentages before it leave of a hundred.
fn hundred_without(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let before = |sentence: usize| {
        let near = derived.near(amounts).into_iter();
        near.filter(move |part| part.premise.sentence == sentence && part.start() < derived.number.range.start)
            .collect::<Vec<_>>()
    };
    let (own, last) = (before(0), before(1));
    let parts = if own.is_empty() { last } else { own };
    let taken = parts.iter().map(|part| part.value).try_fold(Exact::ZERO, Exact::checked_add)?;
    let exact = Exact::from(100_i64).checked_sub(taken)?;
    let may_be = parts.iter().map(|part| part.may_be).try_fold(Interval::exactly(100_i64.into()), Interval::minus)?;
    let words = say!("{taken} percent leave {text}", taken, text = text(derived, exact));
    let meant = derived.kind == Kind::Percent && (1..=4).contains(&parts.len()) && derived.is_near(exact, 3);
    meant.then(|| Reading::certain(may_be, words))
}

/// What the numbers before it leave of the first of them.
fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let mut near = derived.near(amounts);
    near.retain(|amount| amount.premise.sentence < 2 && amount.start() < derived.number.range.start);
    let largest = near.iter().map(|amount| amount.value).max()?;
    // "stråk 3" is no part; another amount before the largest says that more is told.
    near.retain(|amount| amount.value.checked_mul(50_i64.into()).is_some_and(|many| many >= largest));
    let (whole, parts) = near.split_first().filter(|(whole, _)| whole.value == largest)?;
    // "Två tredjedelar av de 54 gällde bemötande. Av övriga 18 …": what is taken is told as a share.
    let around = derived.passage.sentence(whole.start()).start..derived.number.range.start;
    let mut numbers = derived.passage.numbers_in(&around).filter_map(|at| derived.passage.numbers.get(at));
    if numbers.any(|number| number.is_fraction() || number.is_percent()) {
        return None;
    }
    let taken = parts.iter().map(|part| part.value).try_fold(Exact::ZERO, Exact::checked_add)?;
    let exact = whole.value.checked_sub(taken)?;
    // "En tredjedel av dem": words say how many are taken.
    let from = parts.iter().chain([whole]).map(Amount::start).min()?;
    let inside = from..derived.number.range.start;
    let words = derived.passage.numbers[derived.passage.numbers_in(&inside)].iter().any(Number::is_fraction);
    // Of millions one does not take three.
    let alike = taken.checked_mul(1000_i64.into())? >= whole.value;
    if words || !(1..=3).contains(&parts.len()) || !alike || derived.kind == Kind::Percent || !derived.is_near(exact, 3)
    {
        return None;
    }
    let may_be = parts.iter().map(|part| part.may_be).try_fold(whole.may_be, Interval::minus)?;
    let names = parts.iter().map(|part| number_text(part.premise.number));
    let names = names.reduce(|all, amount| say!("{all} and {amount}", all, amount))?;
    let whole = number_text(whole.premise.number);
    Some(Reading::certain(
        may_be,
        say!("{whole} without {names} leaves {text}", whole, names, text = text(derived, exact)),
    ))
}

/// So many parts are taken from a whole at most.
const PARTS: usize = 6;

/// A whole without one or several of its parts.
fn some_of(parts: &[Interval], whole: Interval) -> Vec<Interval> {
    let parts = &parts[parts.len().saturating_sub(PARTS)..];
    let chosen = (1..1_usize << parts.len()).map(|chosen| {
        let some = parts.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, part)| *part);
        some.into_iter().try_fold(whole, Interval::minus)
    });
    chosen.flatten().collect()
}
