//! The mean of several groups, each with its size and its own mean: "300 cases took 50 days on average and 100 cases 30 days. Over all, 45 days".

use super::interval::Interval;
use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::{Reading, text};
use crate::check::lang::Tag;
use crate::check::tokens::Say as _;
use crate::diagnostic::say;
use crate::value::Exact;

/// The mean of the groups before, where there are at least two and all of them are meant.
pub fn reading(derived: &Derived<'_>) -> Option<Reading> {
    let start = derived.number.range.start;
    let led = derived.passage.tokens_in(&(derived.passage.sentence(start).start..start)).say(&[Tag::Average]);
    if !led || derived.says(&[Tag::Median, Tag::Earlier, Tag::Wider, Tag::Target]) {
        return None;
    }
    let amounts: Vec<Amount<'_, '_>> = derived
        .premises
        .iter()
        .filter(|premise| !premise.far && premise.number.range.end <= start)
        .filter_map(|premise| premise.amount(derived.passage, premise.shared.map_or(premise.kind, |(kind, _)| kind)))
        .filter(|amount| !amount.takes_up())
        .collect();
    let kind = |amount: &Amount<'_, '_>| amount.premise.shared.map_or(amount.premise.kind, |(kind, _)| kind);
    let odd = amounts.len() % 2;
    let (pairs, rest) = amounts.split_at(amounts.len() - odd);
    let total = rest.first().filter(|total| total.premise.sentence == 0).map(|total| total.value);
    if pairs.len() < 4 || (odd == 1 && total.is_none()) {
        return None;
    }
    let pairs: Vec<&[Amount<'_, '_>]> = pairs.chunks(2).collect();
    let sum = |at: usize| pairs.iter().map(|pair| pair[at].value).try_fold(Exact::ZERO, Exact::checked_add);
    let averaged = |amount: &Amount<'_, '_>| {
        let words = &amount.premise.words;
        amount.premise.number.decimals > 0 || words.before(&[Tag::Average]) || words.behind(&[Tag::Average], 3)
    };
    let means = |at: usize| pairs.iter().any(|pair| averaged(&pair[at]));
    // Which of the two numbers of each group is its size: the one of another kind, what makes the total, or what is no mean.
    let size = match (derived.kind, total) {
        (Kind::Plain, Some(total)) => (0..2).find(|at| sum(*at) == Some(total))?,
        (Kind::Plain, None) if means(1) != means(0) => usize::from(means(0)),
        (Kind::Plain, None) => return None,
        (_, _) => (0..2).find(|at| pairs.iter().all(|pair| kind(&pair[*at]) == Kind::Plain))?,
    };
    let fit = pairs.iter().all(|pair| kind(&pair[1 - size]) == derived.kind && kind(&pair[size]) == Kind::Plain);
    let whole = total.is_none_or(|total| sum(size) == Some(total));
    let meant = derived.says(&[Tag::Total, Tag::WholeYear]) || total.is_some() || derived.words.concludes();
    if !fit || !whole || !meant || sum(size)? <= Exact::ZERO {
        return None;
    }
    let product = |pair: &&[Amount<'_, '_>]| pair[size].may_be.times(pair[1 - size].may_be);
    let all = pairs.iter().map(product).try_fold(Interval::exactly(Exact::ZERO), |sum, next| sum.plus(next?))?;
    let may_be = all.over(Interval::exactly(sum(size)?))?;
    let made = |pair: &&[Amount<'_, '_>]| pair[0].value.checked_mul(pair[1].value);
    let exact =
        pairs.iter().map(made).try_fold(Exact::ZERO, |sum, next| sum.checked_add(next?))?.checked_div(sum(size)?)?;
    let words = say!("the groups, each with its size, have a mean of {text}", text = text(derived, exact));
    derived.is_near(exact, 3).then(|| Reading::certain(may_be, words))
}
