//! Tables with their totals, and each row as a figure.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::data::ColumnKind;
use crate::locale::Locale;
use crate::model::{CellValue, Column, Row, Table};
use crate::source::{Span, Spanned, Text};

use super::mask::Mask;
use super::origin::{How, RowOrigin, TableOrigin};
use super::ranking;
use super::statistics::Computed;
use super::summary::{self, Outcome};
use super::table::{ComputedColumn, ComputedRow, ComputedTable, Heading};
use crate::value::{Blank, Exact, Group, Parts, Rounding, Value};

/// Computes a table and its rows as figures; a typed total that differs is reported. None when a number grows too large. Totals are those of all cells,
/// the places of rows those of the cells that are shown.
pub fn compute_table(
    table: &Table,
    locale: &Locale,
    mask: &Mask,
    sink: &mut Sink,
) -> Option<(ComputedTable, BTreeMap<String, Computed>)> {
    let mut columns: Vec<ComputedColumn> =
        table.columns.iter().map(|column| computed_column(column, &table.columns)).collect();
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut values: Vec<Value> =
            row.cells.iter().zip(&table.columns).map(|(cell, column)| value(&cell.value, &column.kind)).collect();
        let total = row_total(&values, &table.columns, row.span, sink)?;
        if let Some(typed) = &row.typed_total {
            check_typed(typed, &total, Of::Row, sink);
        }
        if table.total_column {
            values.push(total);
        }
        rows.push(ComputedRow {
            id: row.id.value.clone(),
            label: Heading::Given(row.label.clone()),
            values,
            total: false,
            origin: match &row.sheet {
                Some(place) => RowOrigin::Sheet(row.span, place.clone()),
                None => RowOrigin::Typed(row.span),
            },
        });
    }
    if table.total_column {
        let total = ComputedColumn::new("total", Heading::Total, ColumnKind::Count);
        columns.push(ComputedColumn { total: true, ..total });
    }
    let mut totals = totals(&columns, &rows).or_else(|| {
        sink.push(Diagnostic::error(Code::FIGURE_OVERFLOW, say!("the table's total is too large")).at(table.id.span));
        None
    })?;
    if let Some(typed) = &table.typed_total {
        check_typed_row(typed, &totals, &columns, sink);
    }
    mask.cells(&table.id.value, &columns, &mut rows);
    // A sum is shown beside a hidden part, since that is looked at; a weighted mean would give it back.
    for at in (0..columns.len()).filter(|at| columns[*at].weight.is_some()) {
        totals[at] = total(&columns, &rows, at)?;
    }
    if let Some(ranking) = &table.ranking {
        ranking::rank(ranking, &mut columns, &mut rows, locale);
        // Places and changes have no total.
        totals.insert(0, Value::Blank(Blank::NotApplicable));
        totals.resize(columns.len(), Value::Blank(Blank::NotApplicable));
    }
    if table.total_row || table.typed_total.is_some() {
        let label = match &table.typed_total {
            Some(row) if !row.label.value.is_empty() => Heading::Given(row.label.clone()),
            _ => Heading::Total,
        };
        let values = totals.clone();
        rows.push(ComputedRow { id: "total".to_owned(), label, values, total: true, origin: RowOrigin::Total });
    }
    let base = table.base.as_ref().map(|base| base.value.clone());
    let mut computed = ComputedTable { columns, rows, base, origin: TableOrigin::Typed };
    mask.table(&table.id.value, &mut computed);
    let mut figures = row_figures(table, &computed, totals);
    figures.iter_mut().for_each(|(id, figure)| mask.figure(id, figure));
    Some((computed, figures))
}

/// The totals of all columns, nothing in those that have none. None where a number grows too large.
fn totals(columns: &[ComputedColumn], rows: &[ComputedRow]) -> Option<Vec<Value>> {
    (0..columns.len()).map(|at| total(columns, rows, at)).collect()
}

fn total(columns: &[ComputedColumn], rows: &[ComputedRow], at: usize) -> Option<Value> {
    let values = |at: usize| rows.iter().filter_map(move |row| row.values.get(at));
    match (&columns[at].kind, columns[at].weight) {
        (ColumnKind::Count, _) => Value::sum(values(at)),
        (kind, Some(weight)) => weighted_total(values(at).zip(values(weight)), kind),
        _ => Some(Value::Blank(Blank::NotApplicable)),
    }
}

/// The mean of a column by weight, with the rules of [`Value::sum`] for what is not known. Rows that it does not apply to have no part in it.
fn weighted_total<'a>(rows: impl Iterator<Item = (&'a Value, &'a Value)>, kind: &ColumnKind) -> Option<Value> {
    let mut weighted = Vec::new();
    let mut blank = None;
    for (value, weight) in rows {
        match (value.number(), weight.number()) {
            (Some(value), Some(weight)) => weighted.push((value, weight)),
            _ if *value == Value::Blank(Blank::NotApplicable) => {}
            _ => blank = blank.max(value.withheld()).max(weight.withheld()).max(Some(Blank::NotAvailable)),
        }
    }
    if let Some(blank) = blank {
        return Some(Value::Blank(blank));
    }
    match summary::weighted_mean(&weighted) {
        Outcome::Number { value: number, .. } => Some(value(&CellValue::Number(number), kind)),
        Outcome::Overflow => None,
        _ => Some(Value::Blank(Blank::NotApplicable)),
    }
}

fn computed_column(column: &Column, all: &[Column]) -> ComputedColumn {
    let label = match (&column.label, column.of) {
        (Some(label), _) => Heading::Given(label.clone()),
        (None, None) => column.word.map_or(Heading::Count, Heading::Word),
        (None, Some(group)) => Heading::Group(group),
    };
    ComputedColumn {
        group: column.group.clone(),
        weight: column.weight.as_ref().and_then(|id| all.iter().position(|column| column.id.value == id.value)),
        of: column.of,
        ..ComputedColumn::new(&column.id.value, label, column.kind.clone())
    }
}

fn value(cell: &CellValue, kind: &ColumnKind) -> Value {
    match (cell, kind) {
        (CellValue::Number(value), ColumnKind::Percent { decimals }) => {
            Value::Percent { value: *value, decimals: *decimals }
        }
        (CellValue::Number(value), ColumnKind::Amount { unit, decimals }) => {
            Value::Amount { value: *value, decimals: *decimals, unit: unit.as_ref().map(|unit| unit.value.clone()) }
        }
        (CellValue::Number(value), _) => Value::Count(*value),
        (CellValue::Date(date), _) => Value::Date(*date),
        (CellValue::Text(text), _) => Value::Text(text.clone()),
        (CellValue::Blank(blank), _) => Value::Blank(*blank),
    }
}

fn row_total(values: &[Value], columns: &[Column], span: Span, sink: &mut Sink) -> Option<Value> {
    let counts = values.iter().zip(columns).filter(|(_, column)| matches!(column.kind, ColumnKind::Count));
    let total = Value::sum(counts.map(|(value, _)| value));
    if total.is_none() {
        sink.push(Diagnostic::error(Code::FIGURE_OVERFLOW, say!("the row's total is too large")).at(span));
    }
    total
}

/// Of what a typed total is.
#[derive(Clone, Copy)]
enum Of {
    Row,
    Column,
}

fn check_typed(typed: &Spanned<Exact>, computed: &Value, of: Of, sink: &mut Sink) {
    let told = |message, help| Diagnostic::error(Code::TABLE_TOTAL, message).at(typed.span).help(help);
    let Some(right) = computed.number() else {
        let typed = typed.value;
        sink.push(match computed {
            Value::Blank(Blank::NotApplicable) => told(
                say!("{typed} is no total that could be checked: amounts and percentages are not added up", typed),
                say!("give the row an `id` in the place of `total: true`, then it is a row like the others"),
            ),
            _ => told(
                say!("the typed total {typed} has nothing to be held against: a number that it is the sum of is not shown", typed),
                say!("leave the total out: printed beside the other numbers it would give that one back"),
            ),
        });
        return;
    };
    if right != typed.value {
        let (right, typed) = (Said::verbatim(right), typed.value);
        let message = match of {
            Of::Row => say!("the total of the row is {right}, not {typed}", right, typed),
            Of::Column => say!("the total of the column is {right}, not {typed}", right, typed),
        };
        sink.push(told(
            message,
            say!("write {right}, correct the parts, or leave the total out: it is computed", right),
        ));
    }
}

fn check_typed_row(typed: &Row, totals: &[Value], columns: &[ComputedColumn], sink: &mut Sink) {
    for ((cell, total), column) in typed.cells.iter().zip(totals).zip(columns) {
        if let CellValue::Number(number) = cell.value {
            // A mean has no end of decimals: as it is printed, it is typed.
            let rounded = match (&column.kind, total.number()) {
                (kind, Some(mean)) if column.weight.is_some() => {
                    let mean = mean.round(total.decimals(), Rounding::default());
                    Some(value(&CellValue::Number(mean), kind))
                }
                _ => None,
            };
            let total = rounded.as_ref().unwrap_or(total);
            check_typed(&Spanned::new(number, cell.span), total, Of::Column, sink);
        }
    }
}

/// Each row of a table as a figure, and the column totals as `<table>.total`.
fn row_figures(table: &Table, computed: &ComputedTable, totals: Vec<Value>) -> BTreeMap<String, Computed> {
    let mut figures = BTreeMap::new();
    let base = computed.base.clone();
    // Where a person stands in several rows, their sum is a number of answers: no share of the persons.
    let total_base = base.clone().filter(|_| !table.multiple);
    let how = |row: &str| How::Row { table: table.id.value.clone(), row: row.to_owned() };
    let given: BTreeMap<&str, &Row> = table.rows.iter().rev().map(|row| (row.id.value.as_str(), row)).collect();
    for row in &computed.rows {
        let typed = given.get(row.id.as_str());
        let (label, span) = match typed {
            Some(given) => (given.label.clone(), given.id.span),
            None => (table.caption.clone(), table.id.span),
        };
        figures.insert(
            format!("{}.{}", table.id.value, row.id),
            row_figure(
                label,
                span,
                computed,
                &row.values,
                if row.total { total_base.clone() } else { base.clone() },
                how(&row.id),
            ),
        );
    }
    let total = format!("{}.total", table.id.value);
    if let Entry::Vacant(free) = figures.entry(total) {
        free.insert(row_figure(table.caption.clone(), table.id.span, computed, &totals, total_base, how("total")));
    }
    figures
}

fn row_figure(
    label: Text,
    span: Span,
    table: &ComputedTable,
    values: &[Value],
    base: Option<String>,
    how: How,
) -> Computed {
    let of = |group: Option<Group>| -> Option<Value> {
        let belongs = |column: &ComputedColumn| !column.total && (group.is_none() || column.of == group);
        let chosen = || table.columns.iter().zip(values).filter(|(column, _)| belongs(column));
        let mut counts = chosen().filter(|(column, _)| matches!(column.kind, ColumnKind::Count)).peekable();
        if counts.peek().is_some() {
            return Value::sum(counts.map(|(_, value)| value));
        }
        // One published percentage of a group is that group's value.
        let mut rest = chosen();
        match (rest.next(), rest.next()) {
            (Some((_, value)), None) => Some(value.clone()),
            _ => None,
        }
    };
    let columns = table.columns.iter().zip(values).map(|(column, value)| (column.id.clone(), value.clone())).collect();
    let total = of(None).unwrap_or(Value::Blank(Blank::NotApplicable));
    let groups = table.columns.iter().filter_map(|column| column.of);
    let parts: Parts = groups.filter_map(|group| Some((group, of(Some(group))?))).collect();
    Computed { parts, base, columns, ..Computed::new(label, total, how, span) }
}
