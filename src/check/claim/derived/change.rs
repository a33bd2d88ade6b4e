//! How far apart two numbers are: growth in percent, percentage points, a difference.

use super::interval::Interval;
use super::scene::{Amount, Derived, HEDGES, Kind, Words};
use super::{Operation, Reading, text};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::tokens::Token;

pub static CHANGE: Operation = Operation { code: "EVI011", cue, readings };

/// Words that say how far, before the number ("en ökning med"), and those behind it ("fler än").
const SAID: &[Tag] = &[
    Tag::Grew,
    Tag::Shrank,
    Tag::Better,
    Tag::Worse,
    Tag::Difference,
    Tag::Deviation,
    Tag::Surplus,
    Tag::Deficit,
    Tag::Exceeded,
];
const BEHIND: &[Tag] = &[Tag::More, Tag::Fewer, Tag::MoreThan, Tag::FewerThan];

/// Words that lead from a conclusion to its number and say nothing of what is counted.
const SMALL: &[Tag] = &[
    Tag::Equals,
    Tag::This,
    Tag::Is,
    Tag::Determiner,
    Tag::One,
    Tag::Relative,
    Tag::By,
    Tag::Having,
    Tag::Joint,
    Tag::Lacks,
];

/// The word before or behind a number that makes it a distance, where there is one.
fn change_word<'p>(words: &Words<'p>, kind: Kind) -> Option<&'p Token> {
    let last = words.last();
    let apart = |token: &Token| token.tags.any(&[Tag::To, Tag::From, Tag::Than, Tag::Compared]) && !token.has(Tag::By);
    // "ökade med 40", "en ökning på 40", "up 40", not "ökade till 40"; what came to a stock was counted.
    let joined = |word: &Token, last: &Token| {
        last.range == word.range || last.tags.any(&[Tag::By, Tag::Is, Tag::Upon, Tag::Equals])
    };
    let before = words.lead.iter().rev().find(|token| token.tags.any(SAID) && !token.tags.any(&[Tag::Came, Tag::Left]));
    let before = before.filter(|word| last.is_some_and(|last| !apart(last) && joined(word, last)));
    let nouns = words.tail.iter().take(3).take_while(|token| !token.tags.any(HEDGES));
    let behind = || nouns.clone().find(|token| token.tags.any(BEHIND));
    let beside = || {
        let next = words.tail.first().filter(|_| matches!(kind, Kind::Percent | Kind::Points));
        next.filter(|token| token.tags.any(SAID) || token.tags.any(&[Tag::HedgeLess, Tag::HedgeMore]))
    };
    before.or_else(behind).or_else(beside)
}

/// Whether a number is said to be a change.
pub fn is_said(words: &Words<'_>, kind: Kind) -> bool {
    change_word(words, kind).is_some()
}

/// Whether the change is said of what was just told: "en ökning med", "det är 27 fler", "ökningen var", and not of another thing: "kostnaderna ökade med".
fn is_linked(derived: &Derived<'_>) -> bool {
    let lead = derived.words.lead;
    let concluded = lead.iter().any(|token| token.has(Tag::Equals));
    let cue = change_word(&derived.words, derived.kind);
    let end = cue.and_then(|cue| lead.iter().position(|token| token.range == cue.range)).unwrap_or(lead.len());
    concluded || lead[..end].iter().all(|token| token.tags.any(SMALL) || token.tags.any(HEDGES))
}

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    let yearly = [Tag::Average, Tag::Yearly, Tag::Per];
    let said = is_said(words, derived.kind) || is_aside(derived);
    derived.kind != Kind::Factor
        && (said || derived.kind == Kind::Points)
        && !words.before(&yearly)
        && !words.behind(&yearly, 3)
        && !words.before(&[Tag::Negation])
}

/// A percentage in brackets or behind "eller" that says again what a change was: "en ökning med 682 (7,3 procent)", "från 240 till 228 (5 procent)".
fn is_aside(derived: &Derived<'_>) -> bool {
    derived.kind == Kind::Percent
        && derived.is_apposed()
        && derived.before().is_some_and(|premise| {
            is_said(&premise.words, premise.kind) || premise.words.last().is_some_and(|token| token.has(Tag::To))
        })
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let mut out = Vec::new();
    let kinds: &[Kind] = match derived.kind {
        Kind::Points => &[Kind::Percent],
        Kind::Percent => &[Kind::Plain, Kind::Money, Kind::Time, Kind::Percent],
        Kind::Plain => &[Kind::Plain],
        Kind::Money => &[Kind::Money],
        Kind::Time => &[Kind::Time],
        Kind::Factor => &[],
    };
    for kind in kinds {
        let amounts = derived.amounts(*kind);
        for one in &amounts {
            for other in amounts.iter().filter(|other| other.start() != one.start() && is_ordered(one, other)) {
                let apart = distance(derived, one.may_be, other.may_be);
                out.extend(apart.map(Reading::possible));
                // "en ökning med 682 (7,3 procent)"
                if derived.kind == Kind::Percent && is_said(&one.premise.words, one.premise.kind) {
                    let before = [Some(other.may_be), other.may_be.minus(one.may_be), other.may_be.plus(one.may_be)];
                    out.extend(
                        before
                            .into_iter()
                            .flatten()
                            .filter_map(|before| one.may_be.percent_of(before))
                            .map(Reading::possible),
                    );
                }
            }
        }
        out.extend(certain(derived, &amounts));
    }
    out
}

/// How far it is from one number to another, whichever way.
fn distance(derived: &Derived<'_>, from: Interval, to: Interval) -> Option<Interval> {
    let apart = to.minus(from)?;
    let apart = if apart.low.checked_add(apart.high)? < 0_i64.into() { apart.negative()? } else { apart };
    if derived.kind == Kind::Percent { apart.percent_of(from) } else { Some(apart) }
}

fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    let [one, two] = derived.two(amounts)?;
    let cue = change_word(&derived.words, derived.kind);
    let pair = cue.is_some_and(|cue| cue.tags.any(&[Tag::Difference, Tag::Surplus, Tag::Deficit, Tag::Deviation]));
    let (from, to) = match order(&one, &two) {
        Some(false) => (one, two),
        Some(true) => (two, one),
        None if (pair || derived.kind == Kind::Points) && one.premise.sentence == two.premise.sentence => (one, two),
        None => return None,
    };
    // "en ökning på 60 procent bland kvinnor"
    let partial = derived.words.tail.first().is_some_and(|next| next.has(Tag::Of));
    if partial || !is_linked(derived) || from.value <= 0_i64.into() {
        return None;
    }
    let may_be = distance(derived, from.may_be, to.may_be)?;
    let apart = to.value.checked_sub(from.value)?.magnitude();
    let (from_text, to_text) = (number_text(from.premise.number), number_text(to.premise.number));
    let (exact, words) = match derived.kind {
        Kind::Percent => {
            let exact = apart.checked_mul(100_i64.into())?.checked_div(from.value)?;
            (exact, format!("from {from_text} to {to_text} is {} percent", text(derived, exact)))
        }
        Kind::Points => (apart, format!("from {from_text} to {to_text} is {} percentage points", text(derived, apart))),
        _ => (apart, format!("{from_text} and {to_text} differ by {}", text(derived, apart))),
    };
    derived.is_near(exact, 3).then(|| Reading::certain(may_be, words))
}

/// Whether nothing says that the second of two numbers is the earlier one.
fn is_ordered(one: &Amount<'_, '_>, two: &Amount<'_, '_>) -> bool {
    order(one, two) != Some(true)
}

/// Whether the second of two numbers is the earlier one, by the words beside them or by their years.
fn order(one: &Amount<'_, '_>, two: &Amount<'_, '_>) -> Option<bool> {
    let earlier = |amount: &Amount<'_, '_>| {
        let words = &amount.premise.words;
        words.last().is_some_and(|token| token.tags.any(&[Tag::From, Tag::Compared, Tag::Than]) && !token.has(Tag::To))
            || words.behind(&[Tag::Earlier], 4)
            || words.before(&[Tag::Earlier, Tag::Target, Tag::Planned])
    };
    let later = |amount: &Amount<'_, '_>| {
        let words = &amount.premise.words;
        words.last().is_some_and(|token| token.has(Tag::To)) || words.before(&[Tag::Cost, Tag::Result, Tag::Afterwards])
    };
    match (earlier(one), earlier(two)) {
        (true, false) => return Some(false),
        (false, true) => return Some(true),
        _ => {}
    }
    if later(two) != later(one) {
        return Some(later(one));
    }
    let (first, second) = one.premise.year.zip(two.premise.year)?;
    (first != second).then_some(first > second)
}
