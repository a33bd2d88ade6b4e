//! One value as it is counted, withheld or printed: the type that table, figure, chart, sentence and download share. What it is made of: exact numbers
//! and dates, and how people type numbers.

mod date;
mod exact;
mod group;
mod notation;
mod period;
mod scale;
mod unit_names;

pub use date::PartialDate;
pub use exact::{Exact, Rounding};
pub use group::{Group, Parts};
pub use notation::{Notation, Typed};
pub use period::{Length, Period, month};
pub use scale::{Measure, Scale};
pub use unit_names::{is_other_unit, is_percentage, is_same_unit};

use crate::register::register;
use crate::source::Text;

/// A value, or the reason why none is shown. Suppression is a reason like any other, so that one decision covers every place that
/// the value would stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number of things or persons.
    Count(Exact),
    /// Percent as published, not computed.
    Percent {
        value: Exact,
        decimals: u8,
    },
    Amount {
        value: Exact,
        decimals: u8,
        unit: Option<String>,
    },
    /// What has come to a number or gone from it: printed with its sign.
    Change {
        value: Exact,
        decimals: u8,
        unit: Unit,
    },
    Date(PartialDate),
    Text(Text),
    Blank(Blank),
}

/// What a change is counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// As counts are.
    None,
    Named(String),
    /// Percentage points: the change between two percentages.
    Points,
    /// Percent of what was before.
    Percent,
}

register! {
    /// Why a cell shows no number.
    #[derive(serde::Serialize)]
    Blank {
        /// The reason in files of data, read and written.
        reason,
        /// What stands in the cell. "–" for nought and "." and ".." for the others is how Statistics Sweden marks them.
        mark: &'static str,
        /// Key of the meaning in the locale files.
        label: &'static str,
    }
    /// No case: nought, printed as a dash.
    Zero = "zero", "–", "blank_zero";
    NotApplicable = "not-applicable", ".", "blank_not_applicable";
    NotAvailable = "not-available", "..", "blank_not_available";
    /// Withheld, because it could identify a person.
    Suppressed = "suppressed", "x", "blank_suppressed";
}

impl Value {
    /// How many decimals it is printed with.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        match self {
            Self::Percent { decimals, .. } | Self::Amount { decimals, .. } | Self::Change { decimals, .. } => *decimals,
            Self::Count(_) | Self::Date(_) | Self::Text(_) | Self::Blank(_) => 0,
        }
    }

    /// The number, where there is one that may be shown.
    #[must_use]
    pub fn number(&self) -> Option<Exact> {
        match self {
            Self::Count(value)
            | Self::Percent { value, .. }
            | Self::Amount { value, .. }
            | Self::Change { value, .. } => Some(*value),
            Self::Blank(Blank::Zero) => Some(Exact::ZERO),
            Self::Date(_) | Self::Text(_) | Self::Blank(_) => None,
        }
    }

    /// What it is counted in: `count`, `percent`, or the unit of an amount; none of what is no number.
    #[must_use]
    pub fn measure(&self) -> Option<&str> {
        match self {
            Self::Count(_) | Self::Blank(Blank::Zero) => Some("count"),
            Self::Percent { .. } => Some("percent"),
            Self::Amount { unit, .. } => unit.as_deref(),
            Self::Change { .. } | Self::Date(_) | Self::Text(_) | Self::Blank(_) => None,
        }
    }

    /// Sum of counts. A part that is not known makes the sum unknown, and a suppressed one suppresses it: the total would give it
    /// away. Parts that do not apply are left out. None when a number grows too large or a part is not a count.
    #[must_use]
    pub fn sum<'a>(parts: impl IntoIterator<Item = &'a Value>) -> Option<Value> {
        let mut total = Exact::ZERO;
        let mut blank = None;
        for part in parts {
            match part {
                Self::Count(value) => total = total.checked_add(*value)?,
                Self::Blank(Blank::Zero | Blank::NotApplicable) => {}
                Self::Blank(reason) => blank = blank.max(Some(*reason)),
                _ => return None,
            }
        }
        Some(blank.map_or(Self::Count(total), Self::Blank))
    }

    /// The first less the second, with the same rules as [`Value::sum`].
    #[must_use]
    pub fn difference(&self, other: &Value) -> Option<Value> {
        match (self, other) {
            (Self::Blank(a), Self::Blank(b)) if *a >= Blank::NotAvailable || *b >= Blank::NotAvailable => {
                Some(Self::Blank(*a.max(b)))
            }
            (Self::Blank(reason), _) | (_, Self::Blank(reason)) if *reason >= Blank::NotAvailable => {
                Some(Self::Blank(*reason))
            }
            _ => Some(Self::Count(self.count()?.checked_sub(other.count()?)?)),
        }
    }

    /// The reason why the value is not known, where it is not.
    #[must_use]
    pub fn withheld(&self) -> Option<Blank> {
        match self {
            Self::Blank(blank) if *blank != Blank::Zero => Some(*blank),
            _ => None,
        }
    }

    fn count(&self) -> Option<Exact> {
        match self {
            Self::Count(value) => Some(*value),
            Self::Blank(Blank::Zero | Blank::NotApplicable) => Some(Exact::ZERO),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(n: i64) -> Value {
        Value::Count(Exact::from(n))
    }

    #[test]
    fn a_suppressed_part_suppresses_the_sum() {
        let sum = |parts: &[Value]| Value::sum(parts.iter());
        assert_eq!(sum(&[count(2), count(3)]), Some(count(5)));
        assert_eq!(sum(&[count(2), Value::Blank(Blank::Zero)]), Some(count(2)));
        assert_eq!(sum(&[count(2), Value::Blank(Blank::NotAvailable)]), Some(Value::Blank(Blank::NotAvailable)));
        let both = [Value::Blank(Blank::Suppressed), count(2), Value::Blank(Blank::NotAvailable)];
        assert_eq!(sum(&both), Some(Value::Blank(Blank::Suppressed)));
        assert_eq!(sum(&[Value::Percent { value: Exact::ZERO, decimals: 0 }]), None);
    }

    #[test]
    fn a_difference_keeps_what_is_unknown() {
        assert_eq!(count(5).difference(&count(3)), Some(count(2)));
        assert_eq!(count(5).difference(&Value::Blank(Blank::Suppressed)), Some(Value::Blank(Blank::Suppressed)));
        assert_eq!(count(5).difference(&Value::Blank(Blank::Zero)), Some(count(5)));
    }
}
