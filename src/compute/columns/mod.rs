//! Columns that are computed from others of their table, and the order of its rows: after the tables are counted and added up, so that both are the
//! same for typed, read and counted tables. A computed column is part of no total.

mod cells;
mod order;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::ColumnKind;
use crate::locale::Locale;
use crate::model::{Cells, DerivedColumn, Findings, Operation, Table};
use crate::value::{Blank, Value};

use super::operation::{self, Fault};
use super::statistics::Statistics;
use super::table::{ComputedColumn, ComputedTable, Heading};
use cells::Lines;

/// Adds the computed columns to all tables, each behind those that it takes columns from, and puts their rows in order.
pub fn derive(findings: &Findings, statistics: &mut Statistics, locale: &Locale, sink: &mut Sink) {
    let mut open: Vec<&Table> =
        findings.tables.iter().filter(|table| statistics.tables.contains_key(&table.id.value)).collect();
    while !open.is_empty() {
        let waits = |table: &Table| {
            let mut others = table.derived.iter().filter_map(|column| column.cells.table());
            others
                .any(|other| open.iter().any(|waiting| waiting.id.value == other.value && !waiting.derived.is_empty()))
        };
        let Some(at) = open.iter().position(|table| !waits(table)) else {
            let names: Vec<String> = open.iter().map(|table| format!("`{}`", table.id.value)).collect();
            sink.push(
                Diagnostic::error(
                    Code::FIGURE_CYCLE,
                    say!("tables take columns from each other in a circle: {names}", names = names.join(", ")),
                )
                .at(open[0].id.span)
                .help(say!("let one of them take the column from the table where it was counted")),
            );
            return;
        };
        let table = open.remove(at);
        let faulty = extend(table, statistics, sink);
        let Some(computed) = statistics.tables.get_mut(&table.id.value) else { continue };
        if let Some(wanted) = &table.order {
            order::sort(wanted, table, computed, locale, sink);
        }
        show(table, computed, &faulty, sink);
    }
}

/// Adds the computed columns of one table, and their values to the figures of its rows. Gives the ids of those that could not be computed.
fn extend<'t>(table: &'t Table, statistics: &mut Statistics, sink: &mut Sink) -> Vec<&'t str> {
    let mut faulty: Vec<&str> = Vec::new();
    for column in &table.derived {
        let Some(computed) = statistics.tables.get(&table.id.value) else { return faulty };
        // What is made of a faulty column has been told of with it.
        let spoiled = column.cells.columns().iter().any(|part| faulty.contains(&part.value.as_str()));
        let made = if spoiled { None } else { computed_column(table, column, computed, statistics, sink) };
        let Some((kind, values, total)) = made else {
            faulty.push(&column.id.value);
            continue;
        };
        add(table, column, (kind, values, total), statistics);
    }
    faulty
}

/// Puts a computed column into its table and into the figures of the rows.
fn add(table: &Table, column: &DerivedColumn, (kind, values, total): Made, statistics: &mut Statistics) {
    let Statistics { figures, tables, .. } = statistics;
    let Some(computed) = tables.get_mut(&table.id.value) else { return };
    let mut bind = |row: &str, value: &Value| {
        if let Some(figure) = figures.get_mut(&format!("{}.{row}", table.id.value)) {
            figure.columns.push((column.id.value.clone(), value.clone()));
        }
    };
    for (row, value) in computed.rows.iter_mut().zip(values) {
        bind(&row.id, &value);
        row.values.push(value);
    }
    if let Some(total) = total {
        bind("total", &total);
    }
    computed.columns.push(ComputedColumn::new(&column.id.value, Heading::Given(column.label.clone()), kind));
}

/// What a column holds, its value in each row, and that of the total where no row is one.
type Made = (ColumnKind, Vec<Value>, Option<Value>);

/// What the column holds, its value in each row, and that of the total where no row is one. None where it was reported that it cannot be computed.
fn computed_column(
    table: &Table,
    column: &DerivedColumn,
    computed: &ComputedTable,
    statistics: &Statistics,
    sink: &mut Sink,
) -> Option<Made> {
    if computed.columns.iter().any(|known| known.id == column.id.value) {
        sink.push(
            Diagnostic::error(
                Code::ID_DUPLICATE,
                say!("column `{column}` stands twice in the table", column = column.id.value),
            )
            .at(column.id.span)
            .help(say!("give the computed column another id")),
        );
        return None;
    }
    if adds_up(column) {
        for part in column.cells.columns() {
            let weighted = computed.columns.iter().any(|known| known.id == part.value && known.weight.is_some());
            if weighted || is_mean(table, &part.value) {
                sink.push(
                    Diagnostic::error(
                        Code::FIGURE_KIND,
                        say!(
                            "column `{column}` cannot be computed: `{part}` holds averages, shares or ratios",
                            column = column.id.value,
                            part = part.value
                        ),
                    )
                    .at(part.span)
                    .help(say!(
                        "they make no sum and no average without weights: compute with the counts or sums behind them"
                    )),
                );
                return None;
            }
        }
    }
    let total = statistics.figures.get(&format!("{}.total", table.id.value));
    let lines = Lines::new(computed, total);
    let cells = lines.cells(column, table, statistics, sink)?;
    let kind = kind(column, &cells.kinds);
    let mut values = Vec::new();
    for cells in cells.of_lines {
        let value = match cells {
            Err(blank) => Ok(Value::Blank(blank)),
            Ok(parts) => result(column, &parts.iter().map(|value| value.as_ref()).collect::<Vec<_>>()),
        };
        values.push(match value {
            Ok(value) => value,
            // Of this row alone there is none.
            Err(Fault::Zero) => Value::Blank(Blank::NotApplicable),
            Err(fault) => {
                sink.push(cannot(column, &fault));
                return None;
            }
        });
    }
    let total = (values.len() > computed.rows.len()).then(|| values.pop()).flatten();
    Some((kind, values, total))
}

fn result(column: &DerivedColumn, parts: &[&Value]) -> Result<Value, Fault> {
    let decimals = column.decimals;
    match column.operation {
        Operation::Sum => operation::sum(parts),
        Operation::Difference => operation::difference(parts),
        Operation::Average => operation::average(parts, decimals.unwrap_or(1), column.unit.as_ref()),
        Operation::Share => operation::share(parts, decimals.unwrap_or(0)),
        Operation::Ratio { per } => operation::ratio(parts, per, decimals.unwrap_or(1), column.unit.as_ref()),
        Operation::Change => operation::change(parts),
        Operation::Growth => operation::growth(parts, decimals.unwrap_or(1)),
        Operation::Index => operation::index(parts, decimals.unwrap_or(1)),
        Operation::Same => Ok(parts.first().map_or(Value::Blank(Blank::NotAvailable), |value| (*value).clone())),
    }
}

/// What a column holds that is made of such columns.
fn kind(column: &DerivedColumn, of: &[ColumnKind]) -> ColumnKind {
    let first = of.first().cloned().unwrap_or(ColumnKind::Count);
    let own_unit = match &first {
        ColumnKind::Amount { unit, .. } => unit.clone(),
        _ => None,
    };
    let amount = |unit, default| ColumnKind::Amount { unit, decimals: column.decimals.unwrap_or(default) };
    match column.operation {
        Operation::Sum | Operation::Difference | Operation::Same => first,
        Operation::Average => amount(column.unit.clone().or(own_unit), 1),
        Operation::Share => ColumnKind::Percent { decimals: column.decimals.unwrap_or(0) },
        Operation::Growth => ColumnKind::Percent { decimals: column.decimals.unwrap_or(1) },
        Operation::Ratio { .. } => amount(column.unit.clone(), 1),
        Operation::Index => amount(None, 1),
        Operation::Change => match first {
            ColumnKind::Amount { decimals, .. } => ColumnKind::Amount { unit: own_unit, decimals },
            ColumnKind::Percent { decimals } => ColumnKind::Amount { unit: None, decimals },
            _ => ColumnKind::Amount { unit: None, decimals: 0 },
        },
    }
}

/// Whether cells are added up, of one row or of several.
fn adds_up(column: &DerivedColumn) -> bool {
    matches!(column.operation, Operation::Sum | Operation::Average)
        || matches!(column.cells, Cells::OfAll(_) | Cells::Until(_) | Cells::Last(..))
}

/// Whether a column holds averages, shares or other numbers that no sum can be made of.
fn is_mean(table: &Table, id: &str) -> bool {
    // Below a column of categories a measure is named behind the category: `women.age`.
    let last = id.rsplit('.').next().unwrap_or(id);
    let measures = table.cross.iter().flat_map(|cross| &cross.measures);
    let mut means = measures.filter(|measure| measure.statistic.is_middle());
    let mut derived = table.derived.iter().filter(|column| {
        !matches!(column.operation, Operation::Sum | Operation::Difference | Operation::Change | Operation::Same)
    });
    // Where one measure stands in the place of counts, its columns have the ids of categories.
    let alone = table.cross.as_ref().is_some_and(|cross| !cross.counts && cross.measures.len() == 1);
    let own = table.derived.iter().all(|column| column.id.value != id);
    means.any(|measure| measure.id.value == id || measure.id.value == last || alone && own)
        || derived.any(|column| column.id.value == id)
}

fn cannot(column: &DerivedColumn, fault: &Fault) -> Diagnostic {
    let id = &column.id;
    match fault {
        Fault::Kind(why) => {
            Diagnostic::error(Code::FIGURE_KIND, say!("column `{id}` cannot be computed: {why}", why, id = id.value))
                .at(id.span)
        }
        Fault::Zero | Fault::Overflow => {
            Diagnostic::error(Code::FIGURE_OVERFLOW, say!("column `{id}` becomes too large", id = id.value)).at(id.span)
        }
    }
}

/// Which columns are printed, and in which order; the others can be bound and drawn.
fn show(table: &Table, computed: &mut ComputedTable, faulty: &[&str], sink: &mut Sink) {
    let Some(wanted) = &table.show else { return };
    let mut order = Vec::new();
    for id in wanted {
        match computed.columns.iter().position(|column| column.id == id.value) {
            Some(at) if order.contains(&at) => sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, say!("`show` names the column `{id}` twice", id = id.value))
                    .at(id.span),
            ),
            Some(at) => order.push(at),
            None if faulty.contains(&id.value.as_str()) => {}
            None => sink.push(cells::unknown_column(id, &table.id.value, computed)),
        }
    }
    for (at, column) in computed.columns.iter_mut().enumerate() {
        column.printed = order.contains(&at);
    }
    order.extend((0..computed.columns.len()).filter(|at| !order.contains(at)).collect::<Vec<_>>());
    fn in_order<T: Clone>(all: &[T], order: &[usize]) -> Vec<T> {
        order.iter().filter_map(|at| all.get(*at).cloned()).collect()
    }
    computed.columns = in_order(&computed.columns, &order);
    // Weights are named by their places.
    for column in &mut computed.columns {
        column.weight = column.weight.and_then(|weight| order.iter().position(|at| *at == weight));
    }
    for row in &mut computed.rows {
        row.values = in_order(&row.values, &order);
    }
}
