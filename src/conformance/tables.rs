//! Tables: each data cell names the header of its row and every header above it.

use std::collections::BTreeSet;

use super::Check;
use super::seen::Seen;
use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::document::resolved::{Table, plain_text};

pub fn check(seen: &Seen<'_>) -> Check {
    let of_charts = seen.charts.iter().map(|chart| (chart.label.as_str(), &chart.table));
    let tables = seen.tables.iter().map(|table| (table.label.as_deref().unwrap_or(&table.anchor), *table));
    let all: Vec<(&str, &Table)> = tables.chain(of_charts).collect();
    let cells =
        |(_, table): &(&str, &Table)| table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.header).count();
    let cells: usize = all.iter().map(cells).sum();
    Check {
        what: say!("tables"),
        found: say!(
            "{cells} cells in {tables} tables, each with the headers of its row and columns",
            cells,
            tables = all.len()
        ),
        faults: all.iter().flat_map(|(name, table)| faults(name, table)).collect(),
    }
}

fn faults(name: &str, table: &Table) -> Vec<Diagnostic> {
    let fault = |message: Said| Diagnostic::error(Code::TABLE_HEADER, say!("{name}: {message}", name, message));
    let mut out = Vec::new();
    let head = table.head.iter().flatten().map(|cell| (cell.id.as_str(), &cell.content));
    let rows = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.header);
    let headers = head.chain(rows.map(|cell| (cell.id.as_deref().unwrap_or_default(), &cell.content)));
    for (id, content) in headers {
        if id.is_empty() || plain_text(content).trim().is_empty() {
            out.push(fault(say!("a header cell has no words or no id")));
        }
    }
    let columns = columns(table);
    for (number, row) in table.rows.iter().enumerate() {
        let of_row: BTreeSet<&str> =
            row.cells.iter().filter(|cell| cell.header).filter_map(|cell| cell.id.as_deref()).collect();
        for (cell, above) in row.cells.iter().zip(&columns).filter(|(cell, _)| !cell.header) {
            let named: BTreeSet<&str> = cell.headers.iter().map(String::as_str).collect();
            if of_row.is_empty() || above.is_empty() || !named.is_superset(&of_row) || !named.is_superset(above) {
                out.push(fault(say!(
                    "row {number} has a cell that does not name all its headers",
                    number = number + 1
                )));
            }
        }
        if row.cells.len() != columns.len() {
            out.push(fault(say!("row {number} is not as wide as the head", number = number + 1)));
        }
    }
    out
}

/// The ids of the headers above each column.
fn columns(table: &Table) -> Vec<BTreeSet<&str>> {
    let mut out: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); table.columns.len()];
    // How many rows each column is still covered by a cell from above.
    let mut covered = vec![0_u32; table.columns.len()];
    for row in &table.head {
        let mut cells = row.iter();
        let mut column = 0;
        while column < covered.len() {
            if let Some(rest) = covered.get_mut(column).filter(|rest| **rest > 0) {
                *rest -= 1;
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let width = usize::try_from(cell.colspan.max(1)).unwrap_or(1);
            for (ids, rest) in out.iter_mut().zip(&mut covered).skip(column).take(width) {
                ids.insert(&cell.id);
                *rest = cell.rowspan.max(1) - 1;
            }
            column += width;
        }
    }
    out
}
