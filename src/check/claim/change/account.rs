//! Budgets, results and balances: what is left of one amount when another is taken from it, and whether it is told as a surplus or a deficit.

use crate::diagnostic::{Said, say};
use std::ops::Range;

use super::HELP;
use crate::check::claim::level::{decimals, factor};
use crate::check::claim::{Fault, all_bound, number_text};
use crate::check::hedges::hedge;
use crate::check::lang::Tag;
use crate::check::number::{Number, Unit};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Say as _, Token, class};
use crate::value::{Exact, Rounding};

/// What an amount is to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Budget,
    Cost,
    Income,
    Assets,
    Debts,
    Equity,
    /// More was left than spent.
    Surplus,
    Deficit,
    /// What is left, whichever sign it has.
    Result,
}

impl Role {
    fn of_word(token: &Token) -> Option<Self> {
        [
            (Tag::Surplus, Self::Surplus),
            (Tag::Deficit, Self::Deficit),
            (Tag::Equity, Self::Equity),
            (Tag::Debts, Self::Debts),
            (Tag::Assets, Self::Assets),
            (Tag::Income, Self::Income),
            (Tag::Ceiling, Self::Budget),
            (Tag::Cost, Self::Cost),
            (Tag::Result, Self::Result),
        ]
        .into_iter()
        .find(|(tag, _)| token.has(*tag))
        .map(|(_, role)| role)
    }

    fn is_left(self) -> bool {
        matches!(self, Self::Surplus | Self::Deficit | Self::Result)
    }
}

/// What, less what, is what is left.
const ACCOUNTS: &[[Role; 2]] = &[[Role::Income, Role::Cost], [Role::Budget, Role::Cost]];

/// The faults of a passage.
pub fn faults(at: usize, passage: &Passage) -> Vec<Fault> {
    let single = passage.sentences.iter().map(|one| (one.clone(), one.start));
    let double = passage.sentences.windows(2).map(|two| (two[0].start..two[1].end, two[1].start));
    let fault = |(range, second): (Range<usize>, usize)| {
        let (place, message) = account(passage, &range, second)?;
        Some(Fault { passage: at, range: place, message, help: HELP, also: None })
    };
    single.chain(double).filter_map(fault).collect()
}

/// The three amounts of a range, and what is wrong with them; they reach into the sentence that begins at `second`.
fn account(passage: &Passage, range: &Range<usize>, second: usize) -> Option<(Range<usize>, Said)> {
    let amounts: Vec<&Number> = passage
        .numbers_in(range)
        .filter_map(|at| passage.numbers.get(at))
        .filter(|number| !matches!(class(number, &passage.text), Class::Year | Class::Name))
        .collect();
    let [a, b, c] = amounts[..] else { return None };
    let bare = amounts.iter().filter(|number| number.unit == Unit::None).count();
    let money = amounts.iter().all(|number| matches!(number.unit, Unit::Money | Unit::None)) && bare < 3;
    let vague = amounts.iter().any(|number| hedge(passage, number.range.start).is_some());
    if !money || vague || c.range.start < second || all_bound([Some(a), Some(b), Some(c)]) {
        return None;
    }
    let tokens = passage.tokens_in(range);
    if tokens.say(&[Tag::Earlier, Tag::Including, Tag::Except, Tag::Negation, Tag::Average]) {
        return None;
    }
    // "Av detta hänför sig 1,9 mnkr till …" divides what was left.
    let begins = tokens.iter().find(|token| token.range.start >= second);
    if begins.is_some_and(|token| token.tags.any(&[Tag::Of, Tag::OfThese, Tag::OfWhich])) && second > range.start {
        return None;
    }
    let roles = roles(tokens, &amounts)?;
    let largest = amounts.iter().map(|number| factor(passage, number)).max()?;
    let value = |number: &Number| {
        let bare = number.unit == Unit::None && factor(passage, number) == Exact::from(1_i64);
        if bare { number.value.checked_mul(largest) } else { Some(number.value) }
    };
    let of = |role: Role| roles.iter().position(|known| *known == role).map(|at| amounts[at]);
    let step = amounts
        .iter()
        .map(|number| largest.checked_div(power(decimals(passage, number))))
        .collect::<Option<Vec<_>>>()?;
    let slack = step.into_iter().max()?;
    let apart = |one: Exact, other: Exact| one.checked_sub(other).map(Exact::magnitude);
    let place = if second > range.start && amounts[1].range.end <= second { second } else { a.range.start };
    let whole = passage.tokens_in(&(place..range.end)).first()?.range.start..c.range.end;
    if let (Some(assets), Some(debts), Some(equity)) = (of(Role::Assets), of(Role::Debts), of(Role::Equity)) {
        let left = value(assets)?.checked_sub(value(debts)?)?;
        let message = say!(
            "{first} less {second} is {plain}, not {third}",
            first = number_text(assets),
            second = number_text(debts),
            plain = plain(left),
            third = number_text(equity)
        );
        return (apart(left, value(equity)?)? > slack).then_some((whole, message));
    }
    let left = roles.iter().position(|role| role.is_left())?;
    let (role, stated) = (roles[left], amounts[left]);
    let [from, less] = ACCOUNTS.iter().find_map(|[from, less]| Some([of(*from)?, of(*less)?]))?;
    let exact = value(from)?.checked_sub(value(less)?)?;
    if apart(exact.magnitude(), value(stated)?)? > slack {
        let message = say!(
            "{first} less {second} is {plain}, not {third}",
            first = number_text(from),
            second = number_text(less),
            plain = plain(exact),
            third = number_text(stated)
        );
        return Some((whole, message));
    }
    let wrong = if exact.is_negative() { role == Role::Surplus } else { role == Role::Deficit };
    let is = if exact.is_negative() { say!("a deficit") } else { say!("a surplus") };
    (wrong && exact != Exact::ZERO).then(|| {
        (whole, say!("{first} less {second} is {is}", is, first = number_text(from), second = number_text(less)))
    })
}

/// The role of each amount: of the nearest word before it that no other amount has, else of one behind it.
fn roles(tokens: &[Token], amounts: &[&Number]) -> Option<Vec<Role>> {
    // "ett överskott mot budget om 9,4 miljoner" is no budget.
    let measured = |at: usize| {
        let before = at.checked_sub(2).and_then(|from| tokens.get(from..at));
        before.is_some_and(|two| Role::of_word(&two[0]).is_some_and(Role::is_left) && two[1].has(Tag::Compared))
    };
    let named = tokens.iter().enumerate().filter(|(at, _)| !measured(*at));
    let mut words: Vec<(usize, Role)> =
        named.filter_map(|(_, token)| Some((token.range.start, Role::of_word(token)?))).collect();
    let mut out: Vec<Role> = Vec::with_capacity(amounts.len());
    for (at, amount) in amounts.iter().enumerate() {
        let next = amounts.get(at + 1).map_or(usize::MAX, |next| next.range.start);
        let before = words.iter().rposition(|(place, _)| *place < amount.range.start);
        let place = before.or_else(|| words.iter().position(|(place, _)| *place < next))?;
        let (_, role) = words.remove(place);
        // A second word for the same is none of another amount: "utfallet blev … i kostnader".
        words.retain(|(place, known)| *known != role || *place > amount.range.end);
        out.push(role);
    }
    let twice = (1..out.len()).any(|at| out[..at].contains(&out[at]));
    (!twice).then_some(out)
}

fn power(decimals: u8) -> Exact {
    Exact::from(10_i64.pow(u32::from(decimals.min(6))))
}

fn plain(value: Exact) -> String {
    value.to_decimal(0, Rounding::default())
}
