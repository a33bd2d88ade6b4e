//! What is computed of the values of chosen case rows.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{CaseColumn, CaseKind, CaseValue, Statistic};
use crate::source::{Span, Spanned};
use crate::value::{Exact, Rounding};

use super::cases::{Chosen, column};

/// A statistic of a column of case rows.
#[derive(Clone, Copy)]
pub struct Measured<'a> {
    pub statistic: Statistic,
    pub column: &'a CaseColumn,
    /// The column of numbers that the mean is weighted by.
    pub weight: Option<&'a CaseColumn>,
}

impl Measured<'_> {
    /// What comes of some cases; those without a value are left out.
    pub fn outcome(&self, cases: &[usize]) -> Outcome {
        let Some(weight) = self.weight else {
            let values: Vec<_> = cases.iter().filter_map(|case| self.column.value(*case)).collect();
            return summary(self.statistic, &values);
        };
        let weighted = |case: &usize| number(self.column, *case).zip(number(weight, *case));
        weighted_mean(&cases.iter().filter_map(weighted).collect::<Vec<_>>())
    }

    /// Whether a case has what is computed with.
    pub fn has_value(&self, case: usize) -> bool {
        self.column.value(case).is_some() && self.weight.is_none_or(|weight| weight.value(case).is_some())
    }

    /// Whether the statistic can be computed of the chosen cases: none lacks a value, unless the author says that such are left out, and no weight is below nought.
    pub fn is_computable(&self, chosen: &Chosen<'_>, place: Span, leave_out: bool, sink: &mut Sink) -> bool {
        let weight = self.weight.is_none_or(|weight| {
            all_have_values(chosen, weight, place, leave_out, sink) && none_is_negative(chosen, weight, place, sink)
        });
        all_have_values(chosen, self.column, place, leave_out, sink) && weight
    }
}

fn number(column: &CaseColumn, case: usize) -> Option<Exact> {
    match column.value(case)? {
        CaseValue::Number { value, .. } => Some(value),
        CaseValue::Date(_) => None,
    }
}

/// The column that a mean is weighted by; none where it is not there or holds no numbers, which is told.
pub fn weight_column<'a>(chosen: &Chosen<'a>, id: &Spanned<String>, sink: &mut Sink) -> Option<&'a CaseColumn> {
    let weight = column(chosen.dataset, id, sink)?;
    if weight.kind != CaseKind::Number {
        sink.push(
            Diagnostic::error(Code::DATA_COLUMN, say!("`{id}` holds no numbers to weigh by", id = id.value))
                .at(id.span)
                .help(say!("give the column `type: number` in the dataset")),
        );
        return None;
    }
    Some(weight)
}

fn none_is_negative(chosen: &Chosen<'_>, weight: &CaseColumn, place: Span, sink: &mut Sink) -> bool {
    let negative = |case: &&usize| number(weight, **case).is_some_and(Exact::is_negative);
    let Some(first) = chosen.cases.iter().find(negative) else { return true };
    let row = chosen.rows_of(&[*first]).first().copied().unwrap_or_default();
    let message =
        say!("a mean cannot be weighted by `{weight}`: it is negative in row {row}", row, weight = weight.id.value);
    sink.push(
        Diagnostic::error(Code::DATA_VALUE, message)
            .at(place)
            .help(say!("name a column of numbers that count something: persons, cases, hours")),
    );
    false
}

/// Whether no chosen case lacks a value in a column that is computed with, unless the author says that such are left out. A mean of the cases that happen
/// to have a value is another number than the mean of the cases.
fn all_have_values(chosen: &Chosen<'_>, column: &CaseColumn, place: Span, leave_out: bool, sink: &mut Sink) -> bool {
    const SHOWN: usize = 10;
    let without: Vec<usize> = chosen.cases.iter().copied().filter(|case| column.value(*case).is_none()).collect();
    // Where none has a value nothing is computed, which is told in other words.
    if without.is_empty() || without.len() == chosen.cases.len() || leave_out || column.leave_out {
        return true;
    }
    let some = without.get(..SHOWN).unwrap_or(&without);
    let rows: Vec<String> = chosen.rows_of(some).iter().map(u32::to_string).collect();
    let more = if without.len() > rows.len() { ", …" } else { "" };
    sink.push(
        Diagnostic::error(
            Code::DATA_MISSING,
            say!("{without} of {cases} cases have no value in `{column}`: row {rows}{more}", more, without = without.len(), cases = chosen.cases.len(), column = column.id.value, rows = rows.join(", ")),
        )
        .at(place)
        .help(say!("fill in the cells; or, where the figure is about those that have a value, write `missing: leave-out` beside `column` or at the column of the dataset"))
        .help(say!("or choose them: where: {{{column}: {{missing: false}}}}", column = column.id.value)),
    );
    false
}

/// What came of the values of some rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Number {
        value: Exact,
        decimals: u8,
    },
    Date(crate::value::PartialDate),
    /// No row has a value.
    None,
    /// A number has grown too large.
    Overflow,
}

/// Computes a statistic of the values of a column. The mean is printed with one decimal, median and quartiles with as many as they need.
pub fn summary(statistic: Statistic, values: &[CaseValue]) -> Outcome {
    let extreme = match statistic {
        Statistic::Smallest => values.iter().min(),
        Statistic::Largest => values.iter().max(),
        _ => None,
    };
    match extreme {
        Some(CaseValue::Number { value, decimals }) => return Outcome::Number { value: *value, decimals: *decimals },
        Some(CaseValue::Date(date)) => return Outcome::Date(*date),
        None => {}
    }
    let number = |value: &CaseValue| match value {
        CaseValue::Number { value, decimals } => Some((*value, *decimals)),
        CaseValue::Date(_) => None,
    };
    let (mut numbers, typed): (Vec<Exact>, Vec<u8>) = values.iter().filter_map(number).unzip();
    let Some(decimals) = typed.into_iter().max() else { return Outcome::None };
    let result = match statistic {
        Statistic::LowerQuartile => quartile(&mut numbers, 1, decimals),
        Statistic::Median => quartile(&mut numbers, 2, decimals),
        Statistic::UpperQuartile => quartile(&mut numbers, 3, decimals),
        Statistic::Average => mean(&numbers).map(|value| (value, 1)),
        _ => add(&numbers).map(|value| (value, decimals)),
    };
    result.map_or(Outcome::Overflow, |(value, decimals)| Outcome::Number { value, decimals })
}

/// The mean of numbers, each as often as its weight says. Decimals are those of a mean.
pub fn weighted_mean(weighted: &[(Exact, Exact)]) -> Outcome {
    let mut weights = Exact::ZERO;
    let mut sum = Exact::ZERO;
    for (value, weight) in weighted {
        let next = weights.checked_add(*weight).zip(value.checked_mul(*weight).and_then(|part| sum.checked_add(part)));
        let Some(next) = next else { return Outcome::Overflow };
        (weights, sum) = next;
    }
    if weights == Exact::ZERO {
        return Outcome::None;
    }
    sum.checked_div(weights).map_or(Outcome::Overflow, |value| Outcome::Number { value, decimals: 1 })
}

fn add(numbers: &[Exact]) -> Option<Exact> {
    numbers.iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(*number))
}

/// The arithmetic mean; none where there are no numbers or one grows too large.
pub fn mean(numbers: &[Exact]) -> Option<Exact> {
    add(numbers)?.checked_div(Exact::from(u64::try_from(numbers.len()).ok()?))
}

/// What so many quarters of the numbers are at most, by the seventh definition of Hyndman and Fan ("Sample Quantiles in Statistical Packages", The American
/// Statistician 50, 1996), which R, NumPy and spreadsheets have too: between two numbers as far as the place lies between them. The second is the median.
/// With as many decimals as it needs.
fn quartile(numbers: &mut [Exact], quarters: usize, decimals: u8) -> Option<(Exact, u8)> {
    numbers.sort_unstable();
    let steps = numbers.len().checked_sub(1)? * quarters;
    let (at, rest) = (steps / 4, steps % 4);
    let low = *numbers.get(at)?;
    let high = numbers.get(at + 1).copied().unwrap_or(low);
    let way = high.checked_sub(low)?.checked_mul(Exact::from(u64::try_from(rest).ok()?))?;
    let value = low.checked_add(way.checked_div(Exact::from(4_i64))?)?;
    let needed =
        (decimals..decimals.saturating_add(2)).find(|places| value.round(*places, Rounding::default()) == value);
    Some((value, needed.unwrap_or(decimals.saturating_add(2))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CaseKind;
    use proptest::prelude::*;

    fn numbers(texts: &[&str]) -> Vec<CaseValue> {
        texts.iter().map(|text| CaseValue::parse(CaseKind::Number, text).expect(text)).collect()
    }

    fn outcome(value: &str, decimals: u8) -> Outcome {
        Outcome::Number { value: Exact::parse(value).expect(value).0, decimals }
    }

    #[test]
    fn means_and_medians_are_exact() {
        let ages = numbers(&["34", "45", "61", "52"]);
        assert_eq!(summary(Statistic::Average, &ages), outcome("48", 1));
        assert_eq!(summary(Statistic::Median, &ages), outcome("48.5", 1), "between the two in the middle");
        assert_eq!(summary(Statistic::Median, &numbers(&["45", "19", "34"])), outcome("34", 0));
        assert_eq!(summary(Statistic::Sum, &numbers(&["0,1", "0,2"])), outcome("0.3", 1), "never 0.30000000000000004");
        let third = Exact::ratio(Exact::from(1_i64), Exact::from(3_i64)).expect("a ratio");
        let mean = summary(Statistic::Average, &numbers(&["0", "0", "1"]));
        assert_eq!(mean, Outcome::Number { value: third, decimals: 1 });
        assert_eq!(summary(Statistic::Largest, &numbers(&["9", "10", "1,50"])), outcome("10", 0));
        assert_eq!(summary(Statistic::Smallest, &numbers(&["9", "10", "1,50"])), outcome("1.5", 2));
    }

    #[test]
    fn quartiles_are_those_of_common_programs() {
        // R: quantile(c(7, 15, 36, 39, 40, 41)) gives 20.25, 37.5, 39.75.
        let six = numbers(&["39", "7", "15", "41", "36", "40"]);
        let all = [Statistic::LowerQuartile, Statistic::Median, Statistic::UpperQuartile];
        assert_eq!(all.map(|of| summary(of, &six)), [outcome("20.25", 2), outcome("37.5", 1), outcome("39.75", 2)]);
        assert_eq!(all.map(|of| summary(of, &numbers(&["3"]))), [outcome("3", 0), outcome("3", 0), outcome("3", 0)]);
        assert_eq!(summary(Statistic::LowerQuartile, &[]), Outcome::None);
    }

    #[test]
    fn nothing_and_too_much_are_told() {
        assert_eq!(summary(Statistic::Average, &[]), Outcome::None);
        let most = format!("0.{}1", "0".repeat(28));
        let huge = "9".repeat(30);
        assert_eq!(summary(Statistic::Sum, &numbers(&[&huge, &most])), Outcome::Overflow);
    }

    proptest! {
        #[test]
        fn a_median_has_as_many_values_above_as_below(values in prop::collection::vec(-1000_i64..1000, 1..40)) {
            let cases: Vec<CaseValue> =
                values.iter().map(|n| CaseValue::Number { value: Exact::from(*n), decimals: 0 }).collect();
            let Outcome::Number { value: median, .. } = summary(Statistic::Median, &cases) else { panic!("a number") };
            let below = values.iter().filter(|n| Exact::from(**n) < median).count();
            let above = values.iter().filter(|n| Exact::from(**n) > median).count();
            prop_assert!(below * 2 <= values.len() && above * 2 <= values.len());
        }
    }
}
