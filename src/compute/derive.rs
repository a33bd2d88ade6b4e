//! Figures from figures, from tables and from case rows.

use crate::diagnostic::{Code, Diagnostic, Sink, Thing};
use crate::document::data::Sex;
use crate::model::{CaseColumn, Dataset, Figure, Selection, Statistic};
use crate::source::{Span, Spanned, Text};

use super::cases;
use super::operation::Fault;
use super::origin::{Counted, How};
use super::statistics::Computed;
use super::summary::{self, Measured, Outcome};
use super::table::{ComputedTable, Heading};
use crate::value::{Blank, Exact, Value, is_percentage};

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
    pub weight: Option<&'a Spanned<String>>,
}

/// Computes with case rows; women and men apart where the dataset says which is which.
pub fn rows(figure: &Figure, asked: &Asked<'_>, datasets: &[Dataset], sink: &mut Sink) -> Option<Derived> {
    let chosen = cases::select(asked.selection, datasets, sink)?;
    let measured = match asked.column {
        Some(id) => {
            let column = measured_column(&chosen, id, asked, sink)?;
            let unit = asked.unit.or(column.unit.as_ref()).filter(|unit| is_percentage(&unit.value));
            if let (Statistic::Sum, Some(unit)) = (asked.statistic, unit) {
                sink.push(sum_of_percentages(&figure.id.value, unit.span));
                return None;
            }
            let weight = match asked.weight {
                Some(id) => Some(summary::weight_column(&chosen, id, sink)?),
                None => None,
            };
            let measured = Measured { statistic: asked.statistic, column, weight };
            if !measured.is_computable(&chosen, id.span, asked.leave_out, sink) {
                return None;
            }
            Some(measured)
        }
        None => None,
    };
    let value = |sex: Option<Sex>| -> Result<Value, Fault> {
        let cases = chosen.cases_of(sex);
        let Some(measured) = measured else {
            return Ok(Value::Count(Exact::from(u64::try_from(cases.len()).unwrap_or(u64::MAX))));
        };
        Ok(match measured.outcome(&cases) {
            Outcome::Number { value, decimals } => Value::Amount {
                value,
                decimals: asked.decimals.unwrap_or(decimals),
                unit: asked.unit.or(measured.column.unit.as_ref()).map(|unit| unit.value.clone()),
            },
            Outcome::Date(date) => Value::Date(date),
            Outcome::None => return Err(Fault::Zero),
            Outcome::Overflow => return Err(Fault::Overflow),
        })
    };
    let total = match value(None) {
        Ok(total) => total,
        Err(Fault::Zero) => {
            sink.push(no_values(figure.id.span, asked, &chosen));
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
    let has_value = |case: &usize| measured.is_none_or(|measured| measured.has_value(*case));
    let (with, without): (Vec<usize>, Vec<usize>) = chosen.cases.iter().partition(|case| has_value(case));
    let how = How::Rows(Counted {
        statistic: asked.statistic,
        dataset: chosen.dataset.id.value.clone(),
        column: measured.map(|measured| measured.column.header.clone()),
        weight: measured.and_then(|measured| Some(measured.weight?.header.clone())),
        conditions: chosen.conditions.clone(),
        rows: chosen.rows_of(&with),
        without_value: chosen.rows_of(&without),
    });
    Some(Derived { total, women: one(Sex::Women), men: one(Sex::Men), how, names: Vec::new() })
}

fn no_values(at: Span, asked: &Asked<'_>, chosen: &cases::Chosen<'_>) -> Diagnostic {
    let column = asked.column.map_or("", |column| column.value.as_str());
    let found = chosen.dataset.columns.iter().find(|known| known.id.value == column);
    let header = found.map_or("", |found| found.header.as_str());
    Diagnostic::error(Code::FIGURE_KIND, format!("no chosen row has a value in `{column}`"))
        .at(at)
        .lacks(Thing::Column, [&chosen.dataset.id.value, header].join("."))
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
