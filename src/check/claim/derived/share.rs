//! What percentage one number is of another.

use super::interval::Interval;
use super::scene::{Amount, Derived, HEDGES, Kind};
use super::{Operation, Reading, change, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::tokens::Token;

pub static SHARE: Operation = Operation { code: "EVI003", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    derived.kind == Kind::Percent
        && !change::is_said(&derived.words, derived.kind)
        && !words.behind(&[Tag::Average, Tag::Median], 3)
        && !words.before(&[Tag::Average, Tag::Median, Tag::Compared, Tag::Than, Tag::Target, Tag::NonResponse])
        && (is_direct(derived) || concludes(words.lead) || words.before(&[Tag::ResponseRate]))
}

/// Whether a number follows another directly, as the same in other words: "84, or 45 percent", "93 av dem (47 procent)".
pub fn is_direct(derived: &Derived<'_>) -> bool {
    let small = [
        Tag::Equals,
        Tag::This,
        Tag::Is,
        Tag::Determiner,
        Tag::One,
        Tag::Relative,
        Tag::Share,
        Tag::ResponseRate,
        Tag::Of,
        Tag::By,
    ];
    let filler = |token: &Token| token.tags.any(&small) || token.tags.any(HEDGES);
    matches!(derived.words.opener, Some('(' | ',' | '–' | ':')) && derived.words.lead.iter().all(filler)
}

/// Whether words say that what follows is a conclusion.
pub fn concludes(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| token.has(Tag::Equals))
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let mut out = Vec::new();
    for kind in [Kind::Plain, Kind::Money, Kind::Time] {
        let amounts = derived.amounts(kind);
        for one in &amounts {
            for other in amounts.iter().filter(|other| other.start() != one.start()) {
                let both = one.may_be.plus(other.may_be);
                out.extend(one.may_be.percent_of(other.may_be).map(Reading::may_be));
                out.extend(both.and_then(|both| one.may_be.percent_of(both)).map(Reading::may_be));
                let third =
                    amounts.iter().filter(|third| third.start() != one.start() && third.start() != other.start());
                for third in third {
                    out.extend(both.and_then(|both| both.percent_of(third.may_be)).map(Reading::may_be));
                    out.extend(both.and_then(|both| third.may_be.percent_of(both)).map(Reading::may_be));
                    out.extend(
                        one.may_be
                            .minus(other.may_be)
                            .and_then(|rest| rest.percent_of(third.may_be))
                            .map(Reading::may_be),
                    );
                }
                if !is_direct(derived) || derived.says(&[Tag::Rest, Tag::Negation, Tag::Except]) {
                    out.extend(
                        other
                            .may_be
                            .minus(one.may_be)
                            .and_then(|rest| rest.percent_of(other.may_be))
                            .map(Reading::may_be),
                    );
                }
            }
        }
        let all = amounts.iter().filter(|amount| amount.premise.sentence == 0).map(|amount| amount.may_be);
        let all = all.reduce(|sum, next| sum.plus(next).unwrap_or(sum));
        out.extend(amounts.iter().filter_map(|amount| amount.may_be.percent_of(all?)).map(Reading::may_be));
        out.extend(certain(derived, &amounts));
    }
    let percents = derived.amounts(Kind::Percent);
    let hundred = Interval::exactly(100_i64.into());
    for one in &percents {
        out.extend(hundred.minus(one.may_be).map(Reading::may_be));
        for other in percents.iter().filter(|other| other.start() != one.start()) {
            let made = [
                one.may_be.plus(other.may_be),
                one.may_be.minus(other.may_be),
                one.may_be.percent_of(other.may_be),
                one.may_be.times(other.may_be).and_then(|product| product.over(hundred)),
            ];
            out.extend(made.into_iter().flatten().map(Reading::may_be));
        }
    }
    out
}

/// The part and the whole that are meant, where there is no doubt.
fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let near = derived.near(amounts);
    let (part, whole) = if is_direct(derived) && derived.words.opener != Some(':') {
        let part =
            near.iter().rfind(|amount| amount.premise.sentence == 0 && amount.start() < derived.number.range.start)?;
        (part.clone(), whole_of(part, &near)?)
    } else {
        let [one, two] = derived.two(amounts)?;
        if one.value < two.value { (one, two) } else { (two, one) }
    };
    if part.value > whole.value || whole.value <= 0_i64.into() {
        return None;
    }
    let exact = part.value.checked_mul(100_i64.into())?.checked_div(whole.value)?;
    // What has another base is seldom near.
    let twice = |one: crate::value::Exact, other: crate::value::Exact| {
        one.checked_mul(2_i64.into()).is_some_and(|two| two >= other)
    };
    if !twice(exact, derived.value) || !twice(derived.value, exact) {
        return None;
    }
    let words = format!(
        "{} of {} is {} percent",
        number_text(part.premise.number),
        number_text(whole.premise.number),
        text(derived, exact)
    );
    Some(Reading::told(part.may_be.percent_of(whole.may_be)?, words))
}

/// The one number that can be the whole of a part: of its own sentence, else of the nearest before with one; of several that which "of" stands before.
fn whole_of<'s, 'p>(part: &Amount<'s, 'p>, near: &[Amount<'s, 'p>]) -> Option<Amount<'s, 'p>> {
    for sentence in 0..=super::scene::NEAR {
        let greater = near.iter().filter(|amount| {
            amount.premise.sentence == sentence && amount.value > part.value && amount.start() != part.start()
        });
        let greater: Vec<&Amount<'s, 'p>> = greater.collect();
        match greater.as_slice() {
            [] => {}
            [one] => return Some((*one).clone()),
            several => {
                let mut marked = several.iter().filter(|amount| amount.premise.words.before(&[Tag::Of, Tag::Asked]));
                return marked.next().filter(|_| marked.next().is_none()).map(|amount| (*amount).clone());
            }
        }
    }
    None
}
