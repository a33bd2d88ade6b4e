//! Figures from figures, from tables and from case rows.

use crate::diagnostic::{Code, Diagnostic, Sink, Thing, say};
use crate::model::{CaseColumn, Dataset, Figure, Selection, Statistic};
use crate::source::{Span, Spanned, Text};

use super::cases;
use super::mask::Mask;
use super::operation::Fault;
use super::origin::{Counted, How};
use super::statistics::Computed;
use super::summary::{self, Measured, Outcome};
use super::table::{ComputedRow, ComputedTable, Heading};
use crate::value::{Blank, Exact, Group, Parts, Value, is_percentage};

/// A value for all and by groups, and how it came about.
pub struct Derived {
    pub total: Value,
    pub parts: Parts,
    pub how: How,
    /// Names of the rows that a largest or smallest value was found in.
    pub names: Vec<Heading>,
}

impl Derived {
    pub fn simple(total: Value, how: How) -> Self {
        Self { total, parts: Parts::new(), how, names: Vec::new() }
    }
}

/// The values of the same group, or of all, of each figure.
pub fn values<'a>(figures: &[&'a Computed], of: Option<Group>) -> Option<Vec<&'a Value>> {
    figures.iter().map(|figure| figure.value(of)).collect()
}

/// Applies an operation to each group that all figures have.
pub fn by_group(figures: &[&Computed], mut operation: impl FnMut(&[&Value]) -> Option<Value>) -> Parts {
    let groups = figures.first().map(|first| first.parts.keys()).into_iter().flatten();
    groups.filter_map(|group| Some((*group, operation(&values(figures, Some(*group))?)?))).collect()
}

/// Applies an operation to the totals, and to each group that all figures have. What cannot be computed for one group alone is not applicable to it.
pub fn per_group(
    figure: &Figure,
    figures: &[&Computed],
    how: How,
    operation: impl Fn(&[&Value]) -> Result<Value, Fault>,
    sink: &mut Sink,
) -> Option<Derived> {
    let total = match operation(&values(figures, None)?) {
        Ok(total) => total,
        Err(fault) => {
            sink.push(fault.diagnostic(figure));
            return None;
        }
    };
    let parts = by_group(figures, |values| of_group(operation(values)));
    Some(Derived { parts, ..Derived::simple(total, how) })
}

fn of_group(computed: Result<Value, Fault>) -> Option<Value> {
    match computed {
        Ok(value) => Some(value),
        Err(Fault::Zero) => Some(Value::Blank(Blank::NotApplicable)),
        Err(_) => None,
    }
}

impl Fault {
    fn diagnostic(&self, figure: &Figure) -> Diagnostic {
        let id = &figure.id;
        match self {
            Self::Zero => {
                Diagnostic::error(Code::FIGURE_BASE_MISSING, say!("`{id}` would be divided by zero", id = id.value))
                    .at(id.span)
                    .help(say!("the figure that is divided by must be larger than zero"))
            }
            Self::Overflow => {
                Diagnostic::error(Code::FIGURE_OVERFLOW, say!("`{id}` becomes too large", id = id.value)).at(id.span)
            }
            Self::Kind(wanted) => {
                Diagnostic::error(Code::FIGURE_KIND, say!("`{id}` cannot be computed: {wanted}", wanted, id = id.value))
                    .at(id.span)
            }
        }
    }
}

/// The largest or smallest value of a column; totals, blank cells and cases without a value are left out. Where one is protected, which is the largest is
/// not told.
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
    let is_hidden = |row: &ComputedRow| !row.total && row.values.get(at) == Some(&Value::Blank(Blank::Suppressed));
    if table.rows.iter().any(is_hidden) {
        let how = How::Extreme { largest, table: id.to_owned(), column: column.value.clone(), rows: Vec::new() };
        return Some(Derived::simple(Value::Blank(Blank::Suppressed), how));
    }
    let best = if largest { rows().map(|row| row.2).max() } else { rows().map(|row| row.2).min() };
    let Some(best) = best else {
        sink.push(
            Diagnostic::error(
                Code::FIGURE_KIND,
                say!("column `{column}` of `{id}` has no numbers", id, column = column.value),
            )
            .at(column.span)
            .also(figure.id.span, say!("in this figure")),
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
    Diagnostic::error(Code::FIGURE_KIND, say!("`{id}` would be a sum of percentages", id))
        .at(unit)
        .help(say!("percentages cannot be added up without weights: take `average`, or add up the numbers behind them"))
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

/// Computes with case rows; by groups where the dataset says which belong to which.
pub fn rows(
    figure: &Figure,
    asked: &Asked<'_>,
    (datasets, mask): (&[Dataset], &Mask),
    sink: &mut Sink,
) -> Option<Derived> {
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
    let value = |cases: &[usize]| -> Result<Value, Fault> {
        let Some(measured) = measured else {
            return Ok(Value::Count(Exact::from(u64::try_from(cases.len()).unwrap_or(u64::MAX))));
        };
        Ok(match measured.outcome(cases) {
            Outcome::Number { value, decimals } => {
                let decimals = asked.decimals.unwrap_or(decimals);
                let unit = asked.unit.or(measured.column.unit.as_ref()).map(|unit| unit.value.clone());
                Value::Amount { value: mask.rounded(&value, decimals), decimals, unit }
            }
            Outcome::Date(date) => Value::Date(date),
            Outcome::None => return Err(Fault::Zero),
            Outcome::Overflow => return Err(Fault::Overflow),
        })
    };
    let total = match value(&chosen.cases) {
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
    let parts = chosen.parts(&chosen.cases, |cases| of_group(value(cases)));
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
        discreet: false,
    });
    Some(Derived { parts, ..Derived::simple(total, how) })
}

fn no_values(at: Span, asked: &Asked<'_>, chosen: &cases::Chosen<'_>) -> Diagnostic {
    let column = asked.column.map_or("", |column| column.value.as_str());
    let found = chosen.dataset.columns.iter().find(|known| known.id.value == column);
    let header = found.map_or("", |found| found.header.as_str());
    Diagnostic::error(Code::FIGURE_KIND, say!("no chosen row has a value in `{column}`", column))
        .at(at)
        .lacks(Thing::Column, [&chosen.dataset.id.value, header].join("."))
        .help(say!("widen the condition in `where`, or leave the figure out"))
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
        Diagnostic::error(Code::FIGURE_KIND, say!("column `{id}` holds no numbers", id = id.value))
            .at(id.span)
            .help(say!("give it `type: number` in the dataset, or name another column")),
    );
    None
}

/// Position of a table's column.
pub(super) fn column_of(table: &ComputedTable, id: &str, column: &Spanned<String>, sink: &mut Sink) -> Option<usize> {
    let found = table.columns.iter().position(|known| known.id == column.value);
    if found.is_none() {
        sink.push(
            Diagnostic::error(
                Code::TABLE_RAGGED,
                say!("table `{id}` has no column `{column}`", id, column = column.value),
            )
            .at(column.span)
            .nearest(&column.value, table.columns.iter().map(|column| column.id.as_str())),
        );
    }
    found
}
