//! What a printed number may stand for: all values from one to another.

use crate::check::hedges::Hedge;
use crate::value::Exact;

/// Values from the lowest to the highest, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub low: Exact,
    pub high: Exact,
}

impl Interval {
    #[must_use]
    pub fn exactly(value: Exact) -> Self {
        Self { low: value, high: value }
    }

    /// A value with what rounding may have taken from it, either way.
    #[must_use]
    pub fn around(value: Exact, slack: Exact) -> Option<Self> {
        Some(Self { low: value.checked_sub(slack)?, high: value.checked_add(slack)? })
    }

    /// What a hedge lets a number be: a percentage five points more or less, an amount a tenth.
    #[must_use]
    pub fn hedged(self, hedge: Hedge, percent: bool) -> Option<Self> {
        let value = self.low.checked_add(self.high)?.checked_div(Exact::from(2_i64))?;
        let width = if percent { Exact::from(5_i64) } else { value.magnitude().checked_div(Exact::from(10_i64))? };
        // "some 71%": who gives all digits gives them near enough.
        let exact = hedge == Hedge::About && percent && !value.checked_div(Exact::from(5_i64))?.is_integer();
        if exact { Some(self) } else { self.wider(hedge, width) }
    }

    /// What a hedge lets a number be that may be so much less or more.
    #[must_use]
    pub fn wider(self, hedge: Hedge, width: Exact) -> Option<Self> {
        let value = self.low.checked_add(self.high)?.checked_div(Exact::from(2_i64))?;
        let (less, more) = (value.checked_sub(width)?, value.checked_add(width)?);
        let far = value.magnitude().checked_mul(Exact::from(1000_i64))?;
        Some(match hedge {
            Hedge::Below => Self { low: less, high: value },
            Hedge::Above => Self { low: value, high: more },
            Hedge::MoreThan | Hedge::AtLeast => Self { low: value, high: far },
            Hedge::LessThan | Hedge::AtMost => Self { low: Exact::ZERO, high: value },
            Hedge::About => Self { low: less, high: more },
        })
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_add(other.low)?, high: self.high.checked_add(other.high)? })
    }

    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.checked_sub(other.high)?, high: self.high.checked_sub(other.low)? })
    }

    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Self::hull([
            self.low.checked_mul(other.low)?,
            self.low.checked_mul(other.high)?,
            self.high.checked_mul(other.low)?,
            self.high.checked_mul(other.high)?,
        ])
    }

    /// None where the divisor may be zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        if other.low <= Exact::ZERO && other.high >= Exact::ZERO {
            return None;
        }
        Self::hull([
            self.low.checked_div(other.low)?,
            self.low.checked_div(other.high)?,
            self.high.checked_div(other.low)?,
            self.high.checked_div(other.high)?,
        ])
    }

    /// So many percent of another.
    #[must_use]
    pub fn percent_of(self, other: Self) -> Option<Self> {
        self.over(other)?.times(Self::exactly(Exact::from(100_i64)))
    }

    #[must_use]
    pub fn negative(self) -> Option<Self> {
        Self::exactly(Exact::ZERO).minus(self)
    }

    /// Its ends and what lies between them.
    #[must_use]
    pub fn points(self) -> [Option<Exact>; 5] {
        let step = self.high.checked_sub(self.low).and_then(|width| width.checked_div(Exact::from(4_i64)));
        [0_i64, 1, 2, 3, 4].map(|n| self.low.checked_add(step?.checked_mul(n.into())?))
    }

    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    fn hull(corners: [Exact; 4]) -> Option<Self> {
        Some(Self { low: corners.into_iter().min()?, high: corners.into_iter().max()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_numbers_make_rounded_results() {
        let around = |n: i64| {
            Interval::around(Exact::from(n), Exact::ratio(Exact::from(1_i64), Exact::from(2_i64)).unwrap()).unwrap()
        };
        let apart = around(81).minus(around(67)).unwrap();
        assert!(apart.meets(around(15)) && !apart.meets(around(12)));
        let share = Interval::exactly(Exact::from(84_i64)).percent_of(Interval::exactly(Exact::from(240_i64))).unwrap();
        assert!(share.meets(around(35)) && !share.meets(around(45)));
        assert_eq!(around(1).over(Interval { low: Exact::from(-1_i64), high: Exact::from(1_i64) }), None);
        assert!(around(50).hedged(Hedge::Above, true).unwrap().meets(Interval::exactly(Exact::from(54_i64))));
    }
}
