//! How many a percentage of a whole are: "40 procent, eller 180 personer".

use super::premise::{Amount, Kind, Premise};
use super::scene::Derived;
use super::{Operation, Reading, change, share, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;

pub static COUNT: Operation = Operation { code: "EVI003", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    matches!(derived.kind, Kind::Plain | Kind::Money)
        && derived.is_apposed()
        && derived.words.opener == Some(',')
        && !change::is_said(&derived.words, derived.kind)
        && share_before(derived).is_some_and(|premise| !change::is_said(&premise.words, premise.kind))
}

/// The percentage before it, or before the whole that stands between them: "15% of the 640 samples, 69 in all".
fn share_before<'s, 'p>(derived: &'s Derived<'p>) -> Option<&'s Premise<'p>> {
    let own = derived.premises.iter().filter(|premise| premise.sentence == 0 && !premise.far);
    let before: Vec<&Premise<'p>> =
        own.filter(|premise| premise.number.range.end <= derived.number.range.start).collect();
    match before.as_slice() {
        [.., share] if share.kind == Kind::Percent => Some(share),
        [.., share, whole] if share.kind == Kind::Percent => {
            whole.words.lead.first().is_some_and(|first| first.has(Tag::Of)).then_some(share)
        }
        _ => None,
    }
}

/// "Av de svarande uppgav 40 procent, eller 180 personer" is of those who answered, where it is told how many did.
fn of_answers<'s, 'p>(derived: &Derived<'_>, amounts: Vec<Amount<'s, 'p>>) -> Vec<Amount<'s, 'p>> {
    let said = derived.sentence.windows(2).chain(derived.sentence.windows(3)).any(|words| {
        words.first().is_some_and(|word| word.has(Tag::Of)) && words.last().is_some_and(|word| word.has(Tag::Responded))
    });
    let answered = |amount: &Amount<'_, '_>| amount.premise.words.has(&[Tag::Responded]);
    if !said || !amounts.iter().any(answered) {
        return amounts;
    }
    amounts.into_iter().filter(answered).collect()
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let (amounts, shares) = (of_answers(derived, derived.amounts(derived.kind)), derived.amounts(Kind::Percent));
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
        let last = share_before(derived)?;
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
