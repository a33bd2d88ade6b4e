//! Statistics of the values of case rows that are printed beside counts. In another world the cases are others, and each mean, median, sum and extreme must
//! still be what is printed of it: readers know these too. No value of a single case is printed, so that cases may also have other values, as long as
//! they stay in the same class of all that is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compute::mask::Quantity;
use crate::compute::summary::{Outcome, summary, weighted_mean};
use crate::model::{CaseValue, Statistic};
use crate::value::{Exact, PartialDate, Rounding};

use super::members::Members;

/// More decimals than these are not moved by.
const DECIMALS: u8 = 6;
/// Numbers above this are not moved: sums of many of them must be exact in floating point.
const LARGE: i64 = 1 << 40;

/// What is printed of the values of all datasets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    pub datasets: Vec<OfDataset>,
    /// Statistics of fewer cases are not printed.
    pub minimum: usize,
    pub rounding: Rounding,
}

/// Cases of a dataset that no told number tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Its place among the datasets.
    pub dataset: usize,
    /// Those that there are.
    pub real: Vec<usize>,
    /// One of them; a case that is thought up where there are none.
    pub sample: usize,
}

/// How a row answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// As this row of the file.
    AsIn(u32),
    Text(String),
}

/// In which columns of the file a case answers otherwise than the one that it was made of, and how.
pub type Otherwise = Arc<[(String, Answered)]>;

/// The cases of a dataset, those that are thought up behind those that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfDataset {
    pub id: String,
    /// The row of the file of each case that there is.
    pub rows: Vec<u32>,
    pub headers: Vec<Header>,
    pub columns: Vec<Column>,
    pub printed: Vec<Printed>,
    /// Of each case that is thought up, what it was made of, and how it answers otherwise.
    pub made_of: Vec<(usize, Otherwise)>,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    /// The columns of the dataset that were read from it.
    pub columns: Vec<usize>,
    /// The class of each case by what is told of this column, thought-up ones too.
    pub class: Vec<usize>,
    /// The cases of each class that there are.
    pub classes: Vec<Vec<usize>>,
}

/// A column of values that something is computed of or weighted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub header: usize,
    pub values: Vec<Option<CaseValue>>,
    /// The values in units of so many decimals, where all are numbers that fit.
    digits: Option<(u8, Vec<Option<i64>>)>,
}

impl Column {
    /// The values in units of so many decimals, where all are numbers that fit; of dates, their places in the order of all.
    pub fn digits(&self) -> Option<(u8, &[Option<i64>])> {
        self.digits.as_ref().map(|(decimals, digits)| (*decimals, digits.as_slice()))
    }

    /// The place of a date among those of the column.
    pub fn place_of(&self, date: PartialDate) -> Option<i64> {
        let (_, digits) = self.digits()?;
        let at = self.values.iter().position(|value| *value == Some(CaseValue::Date(date)))?;
        digits[at]
    }

    pub fn new(header: usize, values: Vec<Option<CaseValue>>) -> Self {
        let decimals = values.iter().flatten().map(|value| match value {
            CaseValue::Number { decimals, .. } => Some(*decimals),
            CaseValue::Date(_) => None,
        });
        let most = decimals.collect::<Option<Vec<u8>>>().map(|all| all.into_iter().max().unwrap_or_default());
        let digits = most.filter(|most| *most <= DECIMALS).and_then(|most| {
            let scale = Exact::from(10_i64.pow(u32::from(most)));
            let digit = |value: &Option<CaseValue>| match value {
                Some(CaseValue::Number { value, .. }) => {
                    let digits = value.checked_mul(scale)?.to_i64().filter(|digits| digits.abs() < LARGE)?;
                    Some(Some(digits))
                }
                _ => Some(None),
            };
            Some((most, values.iter().map(digit).collect::<Option<Vec<_>>>()?))
        });
        let digits = digits.or_else(|| places(&values).map(|places| (0, places)));
        Self { header, values, digits }
    }
}

/// Of a column of dates, the place of each in the order of all that there are.
fn places(values: &[Option<CaseValue>]) -> Option<Vec<Option<i64>>> {
    let date = |value: &CaseValue| match value {
        CaseValue::Date(date) => Some(*date),
        CaseValue::Number { .. } => None,
    };
    let dates: BTreeSet<PartialDate> = values.iter().flatten().map(date).collect::<Option<_>>()?;
    let dates: BTreeMap<PartialDate, i64> = dates.into_iter().zip(0..).collect();
    Some(values.iter().map(|value| value.as_ref().and_then(date).and_then(|date| dates.get(&date).copied())).collect())
}

/// A statistic that is printed, or may be by what builds on the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub name: Quantity,
    /// The report itself prints it.
    pub is_told: bool,
    /// The cases that it is computed of.
    pub members: Members,
    pub statistic: Statistic,
    pub column: usize,
    pub weight: Option<usize>,
    pub decimals: Option<u8>,
    /// What is printed; none of too few.
    pub is: Option<Outcome>,
}

impl Values {
    /// Says of each which the report itself prints.
    pub fn tell(&mut self, is_told: impl Fn(&Quantity) -> bool) {
        let all = self.datasets.iter_mut().flat_map(|of| &mut of.printed);
        all.for_each(|printed| printed.is_told = is_told(&printed.name));
    }

    /// Leaves out what is not printed.
    pub fn retain(&mut self, is_printed: impl Fn(&Quantity) -> bool) {
        self.datasets.iter_mut().for_each(|of| of.printed.retain(|printed| is_printed(&printed.name)));
    }
}

impl Printed {
    /// The statistic of values, given by column.
    pub fn outcome(&self, values: impl Fn(usize) -> Vec<Option<CaseValue>>) -> Outcome {
        let own = values(self.column);
        let Some(weight) = self.weight else {
            return summary(self.statistic, &own.into_iter().flatten().collect::<Vec<_>>());
        };
        let number = |value: Option<CaseValue>| match value {
            Some(CaseValue::Number { value, .. }) => Some(value),
            _ => None,
        };
        let pairs = own.into_iter().zip(values(weight)).filter_map(|(value, weight)| number(value).zip(number(weight)));
        weighted_mean(&pairs.collect::<Vec<_>>())
    }
}
