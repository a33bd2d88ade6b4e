//! What is left of a whole.

use super::interval::Interval;
use super::scene::{Amount, Derived, Kind};
use super::{Operation, Reading, change, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;

pub static REST: Operation = Operation { code: "EVI005", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Percent)
        && !change::is_said(&derived.words, derived.kind)
        && (words.before(&[Tag::Rest, Tag::NonResponse]) || words.behind(&[Tag::Rest], 2))
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

fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let near = derived.near(amounts);
    let [whole, part] = near.as_slice() else { return None };
    let exact = whole.value.checked_sub(part.value)?;
    // Of millions one does not take three.
    let alike = part.value.checked_mul(1000_i64.into())? >= whole.value;
    let last = part.start().max(whole.start());
    if !alike || derived.kind == Kind::Percent || last > derived.number.range.start || !derived.is_near(exact, 2) {
        return None;
    }
    let (whole_text, part_text) = (number_text(whole.premise.number), number_text(part.premise.number));
    let words = format!("{whole_text} without {part_text} leaves {}", text(derived, exact));
    Some(Reading::certain(whole.may_be.minus(part.may_be)?, words))
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
