//! The p%-rule: whether an amount tells too much of its largest contributor. The second largest knows its own part, and that the others have no less
//! than nothing: it must not be able to say more closely than by p percent what the largest has (Hundepool et al., Statistical Disclosure Control, 2012).

use std::collections::BTreeMap;

use crate::model::{CaseValue, Counts, Dataset, Statistic};

use super::super::network::Need;

/// A contributor's cells of which nobody else has a part. It knows them whatever is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alone {
    pub cells: Vec<usize>,
}

/// What contributors have of an amount, in whole units and without signs: where some are negative, what counts is how much each moves the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    pub largest: i64,
    pub second: i64,
    /// All but these two.
    pub others: i64,
    /// How many have a part, where that is known.
    pub count: Option<u64>,
    /// They are persons, and fewer than are told of.
    pub few: bool,
    /// The one who has all of it.
    pub only: Option<usize>,
}

impl Shares {
    /// Of the parts of each contributor.
    pub fn new(parts: &BTreeMap<usize, i64>, minimum: Option<u32>) -> Self {
        let mut sizes: Vec<i64> = parts.values().map(|part| part.saturating_abs()).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let at = |place: usize| sizes.get(place).copied().unwrap_or(0);
        let others = sizes.iter().skip(2).fold(0i64, |sum, part| sum.saturating_add(*part));
        let with_part = || parts.iter().filter(|(_, part)| **part != 0).map(|(who, _)| *who);
        let only = with_part().next().filter(|_| with_part().count() == 1);
        let count = u64::try_from(parts.len()).ok();
        let few = minimum.is_some_and(|minimum| !parts.is_empty() && count < Some(u64::from(minimum)));
        Self { largest: at(0), second: at(1), others, count, few, only }
    }

    /// As an author states it. A second largest that is not told is taken to be as large as it can be.
    pub fn stated(total: i64, largest: i64, second: Option<i64>, count: Option<u64>) -> Self {
        let (total, largest) = (total.saturating_abs(), largest.saturating_abs());
        let rest = total.saturating_sub(largest).max(0);
        let second = match (count, second) {
            (Some(1), _) => 0,
            (Some(2), _) => rest,
            (_, Some(second)) => second.saturating_abs(),
            (_, None) => rest.min(largest),
        };
        let others = rest.saturating_sub(second).max(0);
        Self { largest, second, others, count, few: false, only: None }
    }

    /// Of a sum of amounts, each contributor having a part of one of them alone.
    pub fn together(parts: &[Self]) -> Self {
        let mut largest: Vec<i64> = parts.iter().flat_map(|part| [part.largest, part.second]).collect();
        largest.sort_unstable_by(|a, b| b.cmp(a));
        let at = |place: usize| largest.get(place).copied().unwrap_or(0);
        let rest = largest.iter().skip(2).fold(0i64, |sum, part| sum.saturating_add(*part));
        let others = parts.iter().fold(rest, |sum, part| sum.saturating_add(part.others));
        let count = parts.iter().map(|part| part.count).sum();
        Self { largest: at(0), second: at(1), others, count, few: false, only: None }
    }

    /// What must stay possible of the amount: so much above and below it that the largest part is not known more closely than by `p` percent.
    pub fn need(&self, p: u32) -> Need {
        let wanted = i128::from(self.largest) * i128::from(p);
        let left = if self.few { 0 } else { i128::from(self.others) * 100 };
        if wanted <= left {
            return Need::None;
        }
        let room = i64::try_from((wanted - left + 99) / 100).unwrap_or(i64::MAX);
        Need::Range { down: room, up: room }
    }
}

/// Whether a statistic of rows gives their sum back where their number is known.
pub(super) fn adds_up(statistic: Statistic) -> bool {
    matches!(statistic, Statistic::Sum | Statistic::Average)
}

/// Whether sums over rows are amounts of contributors: rows are persons or units, or name whose they are, unless the author says that nothing is counted.
pub(super) fn has_contributors(dataset: &Dataset, counts: Option<Counts>) -> bool {
    match counts {
        Some(Counts::Amounts) => true,
        Some(Counts::None) => false,
        _ => dataset.contributor.is_some() || dataset.counts() != Counts::None,
    }
}

/// Whose each row is, as the first row of the same contributor. Rows of nobody that is named are taken for one's.
pub(super) fn contributors(dataset: &Dataset) -> Vec<usize> {
    let rows = 0..dataset.rows.len();
    let Some(column) = dataset.contributor.as_ref().and_then(|id| dataset.column(&id.value)) else {
        return rows.collect();
    };
    let mut first: BTreeMap<(&[u32], Option<CaseValue>), usize> = BTreeMap::new();
    rows.map(|row| *first.entry((column.answers.of_case(row), column.value(row))).or_insert(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[i64]) -> Shares {
        Shares::new(&parts.iter().copied().enumerate().collect(), None)
    }

    fn range(by: i64) -> Need {
        Need::Range { down: by, up: by }
    }

    #[test]
    fn what_the_others_have_must_come_to_p_percent_of_the_largest() {
        assert_eq!(of(&[]).need(10), Need::None);
        assert_eq!(of(&[0, 0]).need(10), Need::None);
        assert_eq!(of(&[100]).need(10), range(10));
        assert_eq!(of(&[100, 90]).need(10), range(10));
        assert_eq!(of(&[100, 90, 9]).need(10), range(1));
        assert_eq!(of(&[100, 90, 10]).need(10), Need::None);
        // What is left of a unit counts as one.
        assert_eq!(of(&[15, 3, 1]).need(10), range(1));
        assert_eq!(of(&[10i64.pow(15), 1, 0]).need(100), range(10i64.pow(15)));
        // How much each moves the sum, up or down.
        assert_eq!(of(&[100, -90, 5]).need(10), range(5));
        assert_eq!(of(&[50, -50]).need(10), range(5));
    }

    #[test]
    fn fewer_persons_than_are_told_of_are_too_few_however_equal() {
        let four: BTreeMap<usize, i64> = (0..4).map(|who| (who, 100)).collect();
        assert_eq!(Shares::new(&four, None).need(10), Need::None);
        assert_eq!(Shares::new(&four, Some(4)).need(10), Need::None);
        assert_eq!(Shares::new(&four, Some(5)).need(10), range(10));
    }

    #[test]
    fn what_is_not_stated_is_taken_at_its_worst() {
        let stated = |second, count| Shares::stated(200, 100, second, count).need(10);
        assert_eq!(stated(None, None), range(10));
        assert_eq!(stated(Some(90), None), Need::None);
        assert_eq!(stated(Some(95), None), range(5));
        assert_eq!(stated(Some(10), Some(2)), range(10));
        assert_eq!(Shares::stated(211, 100, None, Some(9)).need(10), Need::None);
        assert_eq!(Shares::stated(100, 100, None, Some(1)).only, None);
    }

    #[test]
    fn a_sum_has_the_largest_of_its_parts() {
        let sum = Shares::together(&[of(&[100, 4, 3]), of(&[90, 3])]);
        assert_eq!((sum.largest, sum.second, sum.others, sum.count), (100, 90, 10, Some(5)));
        assert_eq!(sum.need(10), Need::None);
    }
}
