//! What a text says of quantities: a number of them, a share or a multiple, within what rounding and words allow.

use super::super::network::{Kind, Relation, Terms, divisor, joined};
use crate::check::Hedge;
use crate::value::Exact;

/// A percent, and all of something, in hundredths of a percent.
const PERCENT: i64 = 100;
pub const WHOLE: i64 = 100 * PERCENT;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// So many of something.
    Count { terms: Terms, range: Range },
    /// A part of a whole, or a multiple of it, in hundredths of a percent.
    Share { part: Terms, whole: Terms, range: Range },
}

/// From one value to another; the flag says whether the end itself belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    low: Option<(i64, bool)>,
    high: Option<(i64, bool)>,
}

impl Range {
    pub fn exactly(value: i64) -> Self {
        Self { low: Some((value, true)), high: Some((value, true)) }
    }

    pub fn around(value: i64, width: i64) -> Self {
        Self { low: Some((value.saturating_sub(width), true)), high: Some((value.saturating_add(width), true)) }
    }

    /// What is said with a hedge; a little more or less is up to `width`.
    pub fn hedged(value: i64, hedge: Hedge, width: i64) -> Self {
        let (low, high) = hedge.ends(value.saturating_sub(width), value, value.saturating_add(width));
        Self { low, high }
    }

    /// A percentage with so many decimals stands for all that is rounded to it.
    pub fn rounded(value: i64, decimals: u8) -> Self {
        let half = match decimals {
            0 => PERCENT / 2,
            1 => PERCENT / 20,
            _ => 1,
        };
        Self::around(value, half)
    }

    /// So much more than something.
    pub fn added_to(self, whole: i64) -> Self {
        let more = |(end, closed): (i64, bool)| (end.saturating_add(whole), closed);
        Self { low: self.low.map(more), high: self.high.map(more) }
    }

    /// What is left where so much is gone.
    pub fn taken_from(self, whole: i64) -> Self {
        let left = |(end, closed): (i64, bool)| (whole.saturating_sub(end), closed);
        Self { low: self.high.map(left), high: self.low.map(left) }
    }

    /// What several numbers come to whose mean is printed so.
    pub fn of_mean(mean: Exact, decimals: u8, of: i64) -> Option<Self> {
        let scale = 10_i64.checked_pow(u32::from(decimals))?;
        // Twice the mean in its last digit: half a digit is one.
        let digits = mean.checked_mul(Exact::from(2 * scale))?.to_i64()?;
        let least = (digits - 1).checked_mul(of)?;
        let most = (digits + 1).checked_mul(of)?;
        let low = least.div_euclid(2 * scale) + i64::from(least.rem_euclid(2 * scale) > 0);
        Some(Self { low: Some((low, true)), high: Some((most.div_euclid(2 * scale), true)) })
    }

    /// The same of the other sign.
    pub fn negated(self) -> Self {
        self.taken_from(0)
    }

    /// What so many come to of which one is this on the average.
    pub fn times(self, count: i64) -> Self {
        let all = |(end, closed): (i64, bool)| (end.saturating_mul(count), closed);
        Self { low: self.low.map(all), high: self.high.map(all) }
    }

    /// From the least of one to the most of another.
    pub fn up_to(self, other: Self) -> Self {
        Self { low: self.low, high: other.high }
    }

    /// The one value that is meant, where there is one.
    pub fn only(self) -> Option<i64> {
        let (low, high) = (self.low?, self.high?);
        (low == high && low.1).then_some(low.0)
    }

    /// Whether a fraction lies within.
    fn holds(self, numerator: i128, denominator: i128) -> bool {
        let against = |end: i64| numerator.cmp(&(i128::from(end) * denominator));
        self.low.is_none_or(|(end, closed)| against(end).is_gt() || closed && against(end).is_eq())
            && self.high.is_none_or(|(end, closed)| against(end).is_lt() || closed && against(end).is_eq())
    }
}

impl Statement {
    /// Whether it is true where the cells have these values.
    pub fn holds(&self, values: &[i64]) -> bool {
        match self {
            Self::Count { terms, range } => range.holds(sum(terms, values), 1),
            Self::Share { part, whole, range } => {
                let whole = sum(whole, values);
                whole > 0 && range.holds(sum(part, values) * i128::from(WHOLE), whole)
            }
        }
    }

    fn range(&self) -> Range {
        match self {
            Self::Count { range, .. } | Self::Share { range, .. } => *range,
        }
    }

    /// The same with the numbers of the network, where it is in units that these are multiples of.
    pub fn reduced(self) -> Self {
        match self {
            Self::Count { terms, range } => {
                let (terms, divisor) = reduced(terms);
                let up = |(end, closed): (i64, bool)| {
                    (end.saturating_add(i64::from(!closed)).saturating_neg().div_euclid(divisor).saturating_neg(), true)
                };
                let down =
                    |(end, closed): (i64, bool)| (end.saturating_sub(i64::from(!closed)).div_euclid(divisor), true);
                Self::Count { terms, range: Range { low: range.low.map(up), high: range.high.map(down) } }
            }
            Self::Share { part, whole, range } => {
                let own = |terms: &Terms| divisor(&joined(terms.iter().copied()));
                let both = divisor(&[(0, own(&part)), (1, own(&whole))]).max(1);
                let less = |terms: Terms| joined(terms).into_iter().map(|(at, by)| (at, by / both)).collect();
                Self::Share { part: less(part), whole: less(whole), range }
            }
        }
    }

    /// What it says as relations of the network.
    pub fn relations(&self) -> Vec<Relation> {
        let Range { low, high } = self.range();
        let against = |end: i64| match self {
            Self::Count { terms, .. } => (terms.clone(), end),
            Self::Share { part, whole, .. } => {
                let part = part.iter().map(|(at, factor)| (*at, factor * WHOLE));
                (part.chain(whole.iter().map(|(at, factor)| (*at, -factor * end))).collect(), 0)
            }
        };
        if let (Self::Count { terms, .. }, Some(only)) = (self, self.range().only()) {
            return vec![Relation::new(joined(terms.iter().copied()), Kind::Equal, only)];
        }
        let low = low.map(|(end, closed)| {
            let (terms, constant) = against(end);
            let (terms, divisor) = reduced(terms);
            let least = constant + i64::from(!closed);
            Relation::new(terms, Kind::AtLeast, least.div_euclid(divisor) + i64::from(least.rem_euclid(divisor) > 0))
        });
        let high = high.map(|(end, closed)| {
            let (terms, constant) = against(end);
            let (terms, divisor) = reduced(terms);
            Relation::new(terms, Kind::AtMost, (constant - i64::from(!closed)).div_euclid(divisor))
        });
        low.into_iter().chain(high).filter(|relation| !relation.terms.is_empty()).collect()
    }

    /// The cells that it speaks of.
    pub fn cells(&self) -> impl Iterator<Item = usize> {
        let (first, second) = match self {
            Self::Count { terms, .. } => (terms, None),
            Self::Share { part, whole, .. } => (part, Some(whole)),
        };
        first.iter().chain(second.into_iter().flatten()).map(|(at, _)| *at)
    }
}

/// Each cell once, with coefficients without what divides them all, and that divisor.
fn reduced(terms: Terms) -> (Terms, i64) {
    let terms = joined(terms);
    let divisor = divisor(&terms).max(1);
    (terms.into_iter().map(|(at, factor)| (at, factor / divisor)).collect(), divisor)
}

pub fn sum(terms: &[(usize, i64)], values: &[i64]) -> i128 {
    terms.iter().map(|(at, factor)| i128::from(*factor) * i128::from(values.get(*at).copied().unwrap_or(0))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_rounding_leave_what_they_leave() {
        let share = |range| Statement::Share { part: vec![(0, 1)], whole: vec![(1, 1)], range };
        let fifteen = share(Range::rounded(1500, 0));
        assert!(fifteen.holds(&[3, 20]) && !fifteen.holds(&[2, 20]) && !fifteen.holds(&[3, 0]));
        let barely_half = share(Range::hedged(5000, Hedge::Below, 1000));
        assert!(barely_half.holds(&[4, 9]) && !barely_half.holds(&[5, 9]) && !barely_half.holds(&[5, 10]));
        let more = Statement::Count { terms: vec![(0, 1), (1, -1)], range: Range::exactly(14) };
        assert!(more.holds(&[17, 3]) && !more.holds(&[17, 4]));
        let at_least = Statement::Count { terms: vec![(0, 1), (0, 1)], range: Range::hedged(3, Hedge::MoreThan, 1) };
        assert_eq!(at_least.relations(), [Relation::new([(0, 1)], Kind::AtLeast, 2)]);
        let low = Relation::new([(0, 200), (1, -29)], Kind::AtLeast, 0);
        assert_eq!(fifteen.relations(), [low, Relation::new([(0, 200), (1, -31)], Kind::AtMost, 0)]);
        assert_eq!(more.relations(), [Relation::new([(0, 1), (1, -1)], Kind::Equal, 14)]);
        assert_eq!((Range::exactly(3).only(), Range::around(3, 1).only()), (Some(3), None));
    }
}
