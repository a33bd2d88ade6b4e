//! Figures from figures, from tables and from case rows.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::data::Sex;
use crate::model::{CaseColumn, Dataset, Figure, Selection, Statistic};
use crate::source::{Span, Spanned, Text};

use super::cases::{self, Outcome};
use super::origin::{Counted, How};
use super::statistics::Computed;
use super::table::{ComputedTable, Heading};
use crate::value::{Blank, Exact, Unit, Value, is_percentage};

/// A value for all, for women and for men, and how it came about.
pub struct Derived {
    pub total: Value,
    pub women: Option<Value>,
    pub men: Option<Value>,
    pub how: How,
    /// Names of the rows that a largest or smallest value was found in.
    pub names: Vec<Heading>,
}

impl Derived {
    pub fn simple(total: Value, how: How) -> Self {
        Self { total, women: None, men: None, how, names: Vec::new() }
    }
}

/// Why an operation has no result.
pub enum Fault {
    Zero,
    Overflow,
    /// The parts are not of kinds that go together.
    Kind(&'static str),
}

/// Applies an operation to the totals, and to each sex where all parts have it. What cannot be computed for one sex alone is not
/// applicable to it.
pub fn per_sex(
    figure: &Figure,
    parts: &[&Computed],
    how: How,
    operation: impl Fn(&[&Value]) -> Result<Value, Fault>,
    sink: &mut Sink,
) -> Option<Derived> {
    let of = |sex| parts.iter().map(|part| part.value(sex)).collect::<Option<Vec<&Value>>>();
    let total = match operation(&of(None)?) {
        Ok(total) => total,
        Err(fault) => {
            sink.push(fault.diagnostic(figure));
            return None;
        }
    };
    let one = |sex| match operation(&of(Some(sex))?) {
        Ok(value) => Some(value),
        Err(Fault::Zero) => Some(Value::Blank(Blank::NotApplicable)),
        Err(_) => None,
    };
    Some(Derived { total, women: one(Sex::Women), men: one(Sex::Men), how, names: Vec::new() })
}

impl Fault {
    fn diagnostic(&self, figure: &Figure) -> Diagnostic {
        let id = &figure.id;
        match self {
            Self::Zero => {
                Diagnostic::error(Code::FIGURE_BASE_MISSING, format!("`{}` would be divided by zero", id.value))
                    .at(id.span)
                    .help("the figure that is divided by must be larger than zero")
            }
            Self::Overflow => {
                Diagnostic::error(Code::FIGURE_OVERFLOW, format!("`{}` becomes too large", id.value)).at(id.span)
            }
            Self::Kind(wanted) => {
                Diagnostic::error(Code::FIGURE_KIND, format!("`{}` cannot be computed: {wanted}", id.value)).at(id.span)
            }
        }
    }
}

/// A number and what it is counted in; the reason where there is none.
enum Operand<'a> {
    Number(Exact, Measure<'a>, u8),
    Withheld(Blank),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure<'a> {
    Count,
    Percent,
    Amount(Option<&'a str>),
}

fn operand(value: &Value) -> Result<Operand<'_>, Fault> {
    Ok(match value {
        Value::Count(value) => Operand::Number(*value, Measure::Count, 0),
        Value::Percent { value, decimals } => Operand::Number(*value, Measure::Percent, *decimals),
        Value::Amount { value, decimals, unit } => Operand::Number(*value, Measure::Amount(unit.as_deref()), *decimals),
        Value::Blank(Blank::Zero) => Operand::Number(Exact::ZERO, Measure::Count, 0),
        Value::Blank(blank) => Operand::Withheld(*blank),
        Value::Change { .. } => return Err(Fault::Kind("a change is no part of another figure")),
        Value::Date(_) | Value::Text(_) => return Err(Fault::Kind("its parts must be numbers")),
    })
}

type Pair<'a> = ((Exact, Measure<'a>, u8), (Exact, Measure<'a>, u8));

/// Two numbers; or the reason why the result is not known.
fn two<'a>(values: &[&'a Value]) -> Result<Result<Pair<'a>, Value>, Fault> {
    let [first, second] = values else { return Err(Fault::Kind("it needs two parts")) };
    Ok(match (operand(first)?, operand(second)?) {
        (Operand::Number(a, of_a, decimals), Operand::Number(b, of_b, more)) => {
            Ok(((a, of_a, decimals), (b, of_b, more)))
        }
        (Operand::Withheld(a), Operand::Withheld(b)) => Err(Value::Blank(a.max(b))),
        (Operand::Withheld(blank), _) | (_, Operand::Withheld(blank)) => Err(Value::Blank(blank)),
    })
}

/// The first in percent of the second.
pub fn share(values: &[&Value], decimals: u8) -> Result<Value, Fault> {
    let ((part, of_part, _), (whole, of_whole, _)) = match two(values)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if of_part != of_whole || of_part == Measure::Percent {
        return Err(Fault::Kind("part and whole must both be counts, or amounts of the same unit"));
    }
    if part > whole {
        return Err(Fault::Kind("the part is larger than the whole; write `ratio` if that is meant"));
    }
    if whole == Exact::ZERO {
        return Err(Fault::Zero);
    }
    let value =
        part.checked_mul(Exact::from(100_i64)).and_then(|part| part.checked_div(whole)).ok_or(Fault::Overflow)?;
    Ok(Value::Percent { value, decimals })
}

/// The first divided by the second.
pub fn ratio(values: &[&Value], decimals: u8, unit: Option<&Text>) -> Result<Value, Fault> {
    let ((first, ..), (second, ..)) = match two(values)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if second == Exact::ZERO {
        return Err(Fault::Zero);
    }
    let value = first.checked_div(second).ok_or(Fault::Overflow)?;
    Ok(Value::Amount { value, decimals, unit: unit.map(|unit| unit.value.clone()) })
}

/// The second less the first.
pub fn change(values: &[&Value]) -> Result<Value, Fault> {
    let ((then, of_then, decimals), (now, of_now, more)) = match two(values)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if of_then != of_now {
        return Err(Fault::Kind("then and now must be of the same kind and unit"));
    }
    let unit = match of_then {
        Measure::Count | Measure::Amount(None) => Unit::None,
        Measure::Amount(Some(unit)) => Unit::Named(unit.to_owned()),
        Measure::Percent => Unit::Points,
    };
    let value = now.checked_sub(then).ok_or(Fault::Overflow)?;
    Ok(Value::Change { value, decimals: decimals.max(more), unit })
}

/// The mean.
pub fn average(values: &[&Value], decimals: u8, unit: Option<&Text>) -> Result<Value, Fault> {
    let mut numbers = Vec::new();
    let mut withheld = None;
    let mut measures = Vec::new();
    for value in values {
        match operand(value)? {
            Operand::Number(value, measure, _) => {
                numbers.push(value);
                measures.push(measure);
            }
            Operand::Withheld(blank) => withheld = withheld.max(Some(blank)),
        }
    }
    if measures.contains(&Measure::Percent) {
        return Err(Fault::Kind("the mean of percentages is not the percentage of all; average the counts"));
    }
    if measures.windows(2).any(|pair| matches!(pair, [a, b] if a != b)) {
        return Err(Fault::Kind("its parts must all be counts, or amounts of the same unit"));
    }
    if let Some(blank) = withheld {
        return Ok(Value::Blank(blank));
    }
    let own = match measures.first() {
        Some(Measure::Amount(Some(unit))) => Some((*unit).to_owned()),
        _ => None,
    };
    let value = cases::mean(&numbers).ok_or(Fault::Overflow)?;
    Ok(Value::Amount { value, decimals, unit: unit.map(|unit| unit.value.clone()).or(own) })
}

/// The largest or smallest value of a column; totals, blank cells and cases without a value are left out.
pub fn extreme(
    figure: &Figure,
    largest: bool,
    id: &str,
    table: &ComputedTable,
    column: &Spanned<String>,
    sink: &mut Sink,
) -> Option<Derived> {
    let at = column_of(table, id, column, sink)?;
    let rows = || {
        table.rows.iter().filter(|row| !row.total && !matches!(row.label, Heading::Missing)).filter_map(|row| {
            let value = row.values.get(at)?;
            Some((row, value, value.number()?))
        })
    };
    let best = if largest { rows().map(|row| row.2).max() } else { rows().map(|row| row.2).min() };
    let Some(best) = best else {
        sink.push(
            Diagnostic::error(Code::FIGURE_KIND, format!("column `{}` of `{id}` has no numbers", column.value))
                .at(column.span)
                .also(figure.id.span, "in this figure"),
        );
        return None;
    };
    let mut found: Option<&Value> = None;
    let (mut names, mut ids) = (Vec::new(), Vec::new());
    for (row, value, _) in rows().filter(|row| row.2 == best) {
        found = found.or(Some(value));
        ids.push(row.id.clone());
        names.push(row.label.clone());
    }
    let total = match found? {
        Value::Blank(Blank::Zero) => Value::Count(Exact::ZERO),
        value => value.clone(),
    };
    let how = How::Extreme { largest, table: id.to_owned(), column: column.value.clone(), rows: ids };
    Some(Derived { names, ..Derived::simple(total, how) })
}

/// Percentages of cases cannot be added up: each has a whole of its own.
pub fn sum_of_percentages(id: &str, unit: Span) -> Diagnostic {
    Diagnostic::error(Code::FIGURE_KIND, format!("`{id}` would be a sum of percentages"))
        .at(unit)
        .help("percentages cannot be added up without weights: take `average`, or add up the numbers behind them")
}

/// What a figure asks of case rows.
pub struct Asked<'a> {
    pub statistic: Statistic,
    pub selection: &'a Selection,
    pub column: Option<&'a Spanned<String>>,
    pub decimals: Option<u8>,
    pub unit: Option<&'a Text>,
    pub leave_out: bool,
}

/// Computes with case rows; women and men apart where the dataset says which is which.
pub fn rows(figure: &Figure, asked: &Asked<'_>, datasets: &[Dataset], sink: &mut Sink) -> Option<Derived> {
    let chosen = cases::select(asked.selection, datasets, sink)?;
    if let (Statistic::Sum, Some(unit)) = (asked.statistic, asked.unit.filter(|unit| is_percentage(&unit.value))) {
        sink.push(sum_of_percentages(&figure.id.value, unit.span));
        return None;
    }
    let column = match asked.column {
        Some(id) => {
            let column = measured_column(&chosen, id, asked, sink)?;
            if !cases::all_have_values(&chosen, column, id.span, asked.leave_out, sink) {
                return None;
            }
            Some(column)
        }
        None => None,
    };
    let value = |sex: Option<Sex>| -> Result<Value, Fault> {
        let cases = chosen.cases_of(sex);
        let Some(column) = column else {
            return Ok(Value::Count(Exact::from(u64::try_from(cases.len()).unwrap_or(u64::MAX))));
        };
        let values: Vec<_> = cases.iter().filter_map(|case| column.value(*case)).collect();
        Ok(match cases::summary(asked.statistic, &values) {
            Outcome::Number { value, decimals } => Value::Amount {
                value,
                decimals: asked.decimals.unwrap_or(decimals),
                unit: asked.unit.map(|unit| unit.value.clone()),
            },
            Outcome::Date(date) => Value::Date(date),
            Outcome::None => return Err(Fault::Zero),
            Outcome::Overflow => return Err(Fault::Overflow),
        })
    };
    let total = match value(None) {
        Ok(total) => total,
        Err(Fault::Zero) => {
            sink.push(no_values(figure.id.span, asked));
            return None;
        }
        Err(fault) => {
            sink.push(fault.diagnostic(figure));
            return None;
        }
    };
    let split = chosen.dataset.sexes().is_some();
    let one = |sex| match (split, value(Some(sex))) {
        (true, Ok(value)) => Some(value),
        (true, Err(Fault::Zero)) => Some(Value::Blank(Blank::NotApplicable)),
        _ => None,
    };
    let has_value = |case: &usize| column.is_none_or(|column| column.value(*case).is_some());
    let (with, without): (Vec<usize>, Vec<usize>) = chosen.cases.iter().partition(|case| has_value(case));
    let how = How::Rows(Counted {
        statistic: asked.statistic,
        dataset: chosen.dataset.id.value.clone(),
        column: column.map(|column| column.header.clone()),
        conditions: chosen.conditions.clone(),
        rows: chosen.rows_of(&with),
        without_value: chosen.rows_of(&without),
    });
    Some(Derived { total, women: one(Sex::Women), men: one(Sex::Men), how, names: Vec::new() })
}

fn no_values(at: Span, asked: &Asked<'_>) -> Diagnostic {
    let column = asked.column.map_or("", |column| column.value.as_str());
    Diagnostic::error(Code::FIGURE_KIND, format!("no chosen row has a value in `{column}`"))
        .at(at)
        .help("widen the condition in `where`, or leave the figure out")
}

fn measured_column<'a>(
    chosen: &cases::Chosen<'a>,
    id: &Spanned<String>,
    asked: &Asked<'_>,
    sink: &mut Sink,
) -> Option<&'a CaseColumn> {
    use crate::model::CaseKind;
    let column = cases::column(chosen.dataset, id, sink)?;
    let kind = column.kind;
    let ordered = matches!(asked.statistic, Statistic::Smallest | Statistic::Largest);
    if kind == CaseKind::Number || (kind == CaseKind::Date && ordered) {
        return Some(column);
    }
    sink.push(
        Diagnostic::error(Code::FIGURE_KIND, format!("column `{}` holds no numbers", id.value))
            .at(id.span)
            .help("give it `type: number` in the dataset, or name another column"),
    );
    None
}

/// Position of a table's column.
pub(super) fn column_of(table: &ComputedTable, id: &str, column: &Spanned<String>, sink: &mut Sink) -> Option<usize> {
    let found = table.columns.iter().position(|known| known.id == column.value);
    if found.is_none() {
        sink.push(
            Diagnostic::error(Code::TABLE_RAGGED, format!("table `{id}` has no column `{}`", column.value))
                .at(column.span)
                .nearest(&column.value, table.columns.iter().map(|column| column.id.as_str())),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(n: i64) -> Value {
        Value::Count(Exact::from(n))
    }

    fn percent(text: &str) -> Value {
        Value::Percent { value: Exact::parse(text).expect(text).0, decimals: 0 }
    }

    fn value(result: Result<Value, Fault>) -> Value {
        result.unwrap_or_else(|_| panic!("a value"))
    }

    #[test]
    fn shares_are_exact_and_never_more_than_the_whole() {
        let Value::Percent { value: third, decimals: 1 } = value(share(&[&count(1), &count(3)], 1)) else {
            panic!("percent")
        };
        assert_eq!(third.checked_mul(Exact::from(3_i64)), Some(Exact::from(100_i64)), "a third three times is all");
        assert_eq!(value(share(&[&Value::Blank(Blank::Zero), &count(3)], 0)).number(), Some(Exact::ZERO));
        assert!(matches!(share(&[&count(4), &count(3)], 0), Err(Fault::Kind(_))));
        assert!(matches!(share(&[&count(0), &count(0)], 0), Err(Fault::Zero)));
        assert!(matches!(share(&[&percent("5"), &percent("10")], 0), Err(Fault::Kind(_))));
    }

    #[test]
    fn a_change_has_a_sign_and_percentages_change_in_points() {
        let fell = value(change(&[&count(8), &count(5)]));
        assert_eq!(fell, Value::Change { value: Exact::from(-3_i64), decimals: 0, unit: Unit::None });
        let points = value(change(&[&percent("40"), &percent("62.5")]));
        assert!(matches!(points, Value::Change { unit: Unit::Points, .. }));
        assert!(matches!(change(&[&count(8), &percent("5")]), Err(Fault::Kind(_))));
    }

    #[test]
    fn what_is_withheld_in_a_part_is_withheld_in_what_is_made_of_it() {
        let hidden = Value::Blank(Blank::Suppressed);
        let unknown = Value::Blank(Blank::NotAvailable);
        assert_eq!(value(share(&[&hidden, &count(40)], 0)), hidden);
        assert_eq!(value(ratio(&[&count(1), &unknown], 1, None)), unknown);
        assert_eq!(value(change(&[&unknown, &hidden])), hidden);
        assert_eq!(value(average(&[&count(1), &unknown, &hidden], 1, None)), hidden);
    }

    #[test]
    fn means_are_of_like_things() {
        let amount = |n: i64, unit: &str| Value::Amount { value: Exact::from(n), decimals: 0, unit: Some(unit.into()) };
        let mean = value(average(&[&amount(1, "kr"), &amount(2, "kr")], 1, None));
        let half = Exact::parse("1.5").expect("a number").0;
        assert_eq!(mean, Value::Amount { value: half, decimals: 1, unit: Some("kr".into()) });
        assert!(matches!(average(&[&amount(1, "kr"), &amount(2, "år")], 1, None), Err(Fault::Kind(_))));
        assert!(matches!(average(&[&percent("40"), &percent("60")], 1, None), Err(Fault::Kind(_))));
        assert!(matches!(ratio(&[&count(1), &count(0)], 1, None), Err(Fault::Zero)));
    }
}
