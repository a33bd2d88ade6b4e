//! Choosing case rows, and what is computed of the chosen ones.

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::data::Sex;
use crate::model::{CaseColumn, CaseKind, CaseValue, Dataset, Range, Selection, Statistic, Test};
use crate::source::{Span, Spanned, Text};

use super::origin;
use crate::value::{Exact, Rounding};

/// The rows of a dataset that a selection chooses.
#[derive(Debug, Clone)]
pub struct Chosen<'a> {
    pub dataset: &'a Dataset,
    /// Their places in the dataset.
    pub cases: Vec<usize>,
    /// The conditions in the words of the sheet.
    pub conditions: Vec<origin::Condition>,
}

/// A condition whose names were looked up.
enum Check {
    /// One of these categories, or of these values of a column of numbers or dates; or a value and none of them.
    OneOf {
        categories: Vec<u32>,
        values: Vec<CaseValue>,
        not: bool,
    },
    Range(Range),
    Missing(bool),
}

/// Finds the dataset and the rows that meet every condition.
pub fn select<'a>(selection: &Selection, datasets: &'a [Dataset], sink: &mut Sink) -> Option<Chosen<'a>> {
    let wanted = &selection.dataset;
    let Some(dataset) = datasets.iter().find(|dataset| dataset.id.value == wanted.value) else {
        let names = datasets.iter().map(|dataset| dataset.id.value.as_str());
        let diagnostic = Diagnostic::error(Code::DATASET_UNKNOWN, format!("there is no dataset `{}`", wanted.value))
            .at(wanted.span)
            .nearest(&wanted.value, names);
        sink.push(if diagnostic.help.is_empty() {
            diagnostic.help("datasets are defined in findings/ under `datasets`")
        } else {
            diagnostic
        });
        return None;
    };
    let mut checks = Vec::new();
    let mut conditions = Vec::new();
    for condition in &selection.conditions {
        let Some(column) = column(dataset, &condition.column, sink) else { continue };
        let Some((check, test)) = look_up(&condition.test, column, sink) else { continue };
        checks.push((column, check));
        conditions.push(origin::Condition { header: column.header.clone(), test });
    }
    if checks.len() < selection.conditions.len() {
        return None;
    }
    let meets = |case: &usize| checks.iter().all(|(column, check)| holds(check, column, *case));
    let cases = (0..dataset.rows.len()).filter(meets).collect();
    Some(Chosen { dataset, cases, conditions })
}

/// A column of a dataset.
pub fn column<'a>(dataset: &'a Dataset, id: &Spanned<String>, sink: &mut Sink) -> Option<&'a CaseColumn> {
    let found = dataset.column(&id.value);
    if found.is_none() {
        let names: Vec<&str> = dataset.columns.iter().map(|column| column.id.value.as_str()).collect();
        sink.push(
            Diagnostic::error(
                Code::DATA_COLUMN,
                format!("dataset `{}` has no column `{}`", dataset.id.value, id.value),
            )
            .at(id.span)
            .nearest(&id.value, names.iter().copied())
            .help(format!("its columns are: {}", names.join(", "))),
        );
    }
    found
}

fn look_up(test: &Test, column: &CaseColumn, sink: &mut Sink) -> Option<(Check, origin::Test)> {
    match test {
        Test::AnyOf(words) => any_of(words, column, false, sink),
        Test::NoneOf(words) => any_of(words, column, true, sink),
        Test::Missing(missing) => {
            Some((Check::Missing(*missing), if *missing { origin::Test::Missing } else { origin::Test::Known }))
        }
        Test::Range { from, to } => {
            if column.kind == CaseKind::Text {
                let place = from.as_ref().or(to.as_ref())?;
                sink.push(
                    Diagnostic::error(
                        Code::VALUE_INVALID,
                        format!("`{}` holds texts, and texts have no range", column.id.value),
                    )
                    .at(place.span)
                    .help("give the column `type: number` or `type: date`, or list the values: [a, b]"),
                );
                return None;
            }
            let mut bound = |text: &Option<Text>| match text {
                None => Some(None),
                Some(text) => {
                    let value = CaseValue::parse(column.kind, text.value.trim());
                    if value.is_none() {
                        sink.push(
                            Diagnostic::error(
                                Code::VALUE_TYPE,
                                format!("`{}` is not {}", text.value, column.kind.wanted()),
                            )
                            .at(text.span),
                        );
                    }
                    value.map(Some)
                }
            };
            let (low, high) = (bound(from), bound(to));
            let range = Range { from: low?, to: high? };
            let words = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
            Some((Check::Range(range), origin::Test::Range { from: words(from), to: words(to) }))
        }
    }
}

fn any_of(words: &[Text], column: &CaseColumn, not: bool, sink: &mut Sink) -> Option<(Check, origin::Test)> {
    let mut categories = Vec::new();
    let mut values = Vec::new();
    let mut labels = Vec::new();
    for word in words {
        let reading = alike::reading(&word.value);
        let text = reading.as_str();
        let found = column
            .categories
            .iter()
            .position(|category| category.values.contains(&reading))
            .or_else(|| column.categories.iter().position(|category| category.id == text));
        match (found.and_then(|at| Some((at, column.categories.get(at)?))), CaseValue::parse(column.kind, text)) {
            (Some((at, category)), _) => {
                categories.push(u32::try_from(at).unwrap_or(u32::MAX));
                labels.push(category.values.first().cloned().unwrap_or_else(|| text.to_owned()));
            }
            (None, Some(value)) => {
                values.push(value);
                labels.push(text.to_owned());
            }
            (None, None) => {
                let known: Vec<&str> =
                    column.categories.iter().flat_map(|category| &category.values).map(String::as_str).collect();
                let diagnostic =
                    Diagnostic::error(Code::DATA_CATEGORY, format!("`{}` has no value `{text}`", column.id.value))
                        .at(word.span)
                        .nearest(text, known.iter().copied());
                let some: Vec<&str> = known.iter().copied().take(12).collect();
                let more = if known.len() > some.len() { ", …" } else { "" };
                sink.push(diagnostic.help(format!("its values are: {}{more}", some.join(", "))));
            }
        }
    }
    if labels.len() < words.len() {
        return None;
    }
    let test = if not { origin::Test::NoneOf(labels) } else { origin::Test::AnyOf(labels) };
    Some((Check::OneOf { categories, values, not }, test))
}

fn holds(check: &Check, column: &CaseColumn, case: usize) -> bool {
    match check {
        Check::OneOf { categories, values, not } => {
            let equal = |own: CaseValue| {
                let one = Range { from: Some(own), to: Some(own) };
                values.iter().any(|value| one.contains(value))
            };
            let found = column.answers.of_case(case).iter().any(|at| categories.contains(at))
                || column.value(case).is_some_and(equal);
            !column.is_missing(case) && found != *not
        }
        Check::Range(range) => column.value(case).is_some_and(|value| range.contains(&value)),
        Check::Missing(missing) => column.is_missing(case) == *missing,
    }
}

impl Chosen<'_> {
    /// Those of one sex, or all.
    pub fn cases_of(&self, sex: Option<Sex>) -> Vec<usize> {
        let sexes = self.dataset.sexes();
        let is_of = |case: &usize| sex.is_none() || sexes.and_then(|column| column.sex(*case)) == sex;
        self.cases.iter().copied().filter(is_of).collect()
    }

    /// The numbers of cases in the file.
    pub fn rows_of(&self, cases: &[usize]) -> Vec<u32> {
        cases.iter().filter_map(|case| self.dataset.rows.get(*case)).copied().collect()
    }
}

/// Whether no chosen case lacks a value in a column that is computed with, unless the author says that such are left out. A mean of the cases that happen
/// to have a value is another number than the mean of the cases.
pub fn all_have_values(
    chosen: &Chosen<'_>,
    column: &CaseColumn,
    place: Span,
    leave_out: bool,
    sink: &mut Sink,
) -> bool {
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
            format!(
                "{} of {} cases have no value in `{}`: row {}{more}",
                without.len(),
                chosen.cases.len(),
                column.id.value,
                rows.join(", ")
            ),
        )
        .at(place)
        .help("fill in the cells; or, where the figure is about those that have a value, write `missing: leave-out` beside `column` or at the column of the dataset")
        .help(format!("or choose them: where: {{{}: {{missing: false}}}}", column.id.value)),
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

/// Computes a statistic of the values of a column. The mean is printed with one decimal, the median with as many as it needs.
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
        Statistic::Median => {
            numbers.sort_unstable();
            median(&numbers).map(|value| {
                let is_short = value.round(decimals, Rounding::default()) == value;
                (value, if is_short { decimals } else { decimals.saturating_add(1) })
            })
        }
        Statistic::Average => mean(&numbers).map(|value| (value, 1)),
        _ => add(&numbers).map(|value| (value, decimals)),
    };
    result.map_or(Outcome::Overflow, |(value, decimals)| Outcome::Number { value, decimals })
}

fn add(numbers: &[Exact]) -> Option<Exact> {
    numbers.iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(*number))
}

/// The arithmetic mean; none where there are no numbers or one grows too large.
pub fn mean(numbers: &[Exact]) -> Option<Exact> {
    add(numbers)?.checked_div(Exact::from(u64::try_from(numbers.len()).ok()?))
}

/// The middle one of sorted numbers, or the mean of the two in the middle.
fn median(sorted: &[Exact]) -> Option<Exact> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    mean(&[*sorted.get(middle.checked_sub(1)?)?, upper])
}

#[cfg(test)]
mod tests {
    use super::*;
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
