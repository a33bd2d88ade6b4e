//! How many a percentage of a whole are: "40 procent, eller 180 personer".

use super::premise::Kind;
use super::scene::Derived;
use super::{Operation, Reading, change, share, text};
use crate::check::claim::number_text;

pub static COUNT: Operation = Operation { code: "EVI003", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    matches!(derived.kind, Kind::Plain | Kind::Money)
        && derived.is_apposed()
        && derived.words.opener == Some(',')
        && !change::is_said(&derived.words, derived.kind)
        && derived
            .before()
            .is_some_and(|premise| premise.kind == Kind::Percent && !change::is_said(&premise.words, premise.kind))
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let (amounts, shares) = (derived.amounts(derived.kind), derived.amounts(Kind::Percent));
    let hundred = super::interval::Interval::exactly(100_i64.into());
    let of = |whole: super::interval::Interval, share: super::interval::Interval| whole.times(share)?.over(hundred);
    let mut out: Vec<Reading> = Vec::new();
    for share in &shares {
        out.extend(amounts.iter().filter_map(|whole| of(whole.may_be, share.may_be)).map(Reading::possible));
        // The count is the whole of which others are parts.
        out.extend(
            amounts.iter().filter_map(|part| part.may_be.times(hundred)?.over(share.may_be)).map(Reading::possible),
        );
    }
    let certain = || {
        let last = derived.before()?;
        let share = shares.iter().find(|share| share.start() == last.number.range.start)?;
        let whole = share::whole_of(derived.value, derived.number.range.start, &derived.near(&amounts))?;
        let exact = whole.value.checked_mul(share.value)?.checked_div(100_i64.into())?;
        let (share_text, whole_text) = (number_text(share.premise.number), number_text(whole.premise.number));
        let words = format!("{share_text} of {whole_text} is {}", text(derived, exact));
        derived.is_near(exact, 2).then_some(())?;
        Some(Reading::certain(of(whole.may_be, share.may_be)?, words))
    };
    out.extend(certain());
    out
}
