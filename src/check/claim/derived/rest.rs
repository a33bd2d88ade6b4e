//! What is left of a whole.

use super::interval::Interval;
use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::{Operation, Reading, change, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::value::Exact;

pub static REST: Operation = Operation { code: "EVI005", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Percent)
        && !change::is_said(&derived.words, derived.kind)
        && (words.before(&[Tag::Rest, Tag::Remains, Tag::NonResponse]) || words.behind(&[Tag::Rest, Tag::Remains], 2))
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let amounts = derived.amounts(derived.kind);
    let mut out = Vec::new();
    let hundred = Interval::exactly(100_i64.into());
    for whole in &amounts {
        let parts: Vec<_> =
            amounts.iter().filter(|part| part.start() != whole.start()).map(|part| part.may_be).collect();
        out.extend(some_of(&parts, whole.may_be).into_iter().map(Reading::possible));
    }
    if derived.kind == Kind::Percent {
        let parts: Vec<_> = amounts.iter().map(|part| part.may_be).collect();
        out.extend(some_of(&parts, hundred).into_iter().map(Reading::possible));
    }
    out.extend(certain(derived, &amounts));
    out
}

/// What the numbers before it leave of the first of them.
fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let mut near = derived.near(amounts);
    near.retain(|amount| amount.premise.sentence < 2 && amount.start() < derived.number.range.start);
    let (whole, parts) = near.split_first()?;
    let taken = parts.iter().map(|part| part.value).try_fold(Exact::ZERO, Exact::checked_add)?;
    let exact = whole.value.checked_sub(taken)?;
    // Of millions one does not take three.
    let alike = taken.checked_mul(1000_i64.into())? >= whole.value;
    if !(1..=3).contains(&parts.len()) || !alike || derived.kind == Kind::Percent || !derived.is_near(exact, 2) {
        return None;
    }
    let may_be = parts.iter().map(|part| part.may_be).try_fold(whole.may_be, Interval::minus)?;
    let names: Vec<String> = parts.iter().map(|part| number_text(part.premise.number)).collect();
    let whole = number_text(whole.premise.number);
    Some(Reading::certain(may_be, format!("{whole} without {} leaves {}", names.join(" and "), text(derived, exact))))
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
