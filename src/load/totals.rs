//! Rows of a table that read as its total, and rows that look like each other.

use std::collections::BTreeMap;

use crate::alike;
use crate::compute::exact::Exact;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::model::{CellValue, Column, ColumnKind, Row};

use super::cases::{is_total, may_be_total};

/// Rows that are shown one by one; the rest are told as a number.
const ONE_BY_ONE: usize = 5;

/// Takes a last row "Summa" of a file out, to be held against the computed total. Where it would be added up with the other rows it is refused, unless it has
/// an id of its own: that says that it is a row like the others.
pub fn typed(rows: &mut Vec<Row>, columns: &[Column], sink: &mut Sink) -> Option<Row> {
    let counts = columns.iter().filter(|column| matches!(column.kind, ColumnKind::Count)).count();
    if counts == 0 {
        return None;
    }
    let reads_as_total = |row: &Row| row.id.span == row.label.span && is_total(&row.label.value);
    let last = rows.last().filter(|row| counts == columns.len() && reads_as_total(row)).cloned();
    if last.is_some() && rows.len() > 1 {
        rows.pop();
    }
    tell(rows, reads_as_total, sink);
    if last.is_none() {
        tell_of_sum(rows, sink);
    }
    last.filter(|_| !rows.is_empty())
}

/// A last row "Riket" or "Kommunen" that holds the sum of the rows above it in every column would double the total, whatever it is called.
fn tell_of_sum(rows: &[Row], sink: &mut Sink) {
    let Some((row, above)) = rows.split_last() else { return };
    if row.id.span != row.label.span {
        return;
    }
    let number = |row: &Row, at: usize| match row.cells.get(at).map(|cell| &cell.value) {
        Some(CellValue::Number(number)) => Some(*number),
        _ => None,
    };
    let is_sum = |at: usize| {
        let sum = above.iter().filter_map(|row| number(row, at)).try_fold(Exact::ZERO, Exact::checked_add);
        sum.is_some() && sum == number(row, at)
    };
    let is_nought = (0..row.cells.len()).all(|at| number(row, at) == Some(Exact::ZERO));
    if is_nought || !(0..row.cells.len()).all(is_sum) {
        return;
    }
    let severity = match may_be_total(&row.label.value) {
        true => Severity::Error,
        // Of few rows in one column it happens by chance.
        false if above.len() > 2 || above.len() == 2 && row.cells.len() > 1 => Severity::Warning,
        false => return,
    };
    let message =
        format!("the row `{}` holds the sum of the rows above it, and is added up with them", row.label.value);
    sink.push(
        Diagnostic::new(severity, Code::TABLE_TOTAL, message)
            .at(row.label.span)
            .help("if it is the total, take it out, or call it `Totalt`: then it is held against the computed total")
            .help("if it is a row like the others, give it an `id`"),
    );
}

/// As [`typed`], for rows in YAML, where `total: true` marks the row of typed totals.
pub fn unmarked(rows: &[Row], columns: &[Column], sink: &mut Sink) {
    // A row alone is added to nothing.
    if rows.len() > 1 && columns.iter().any(|column| matches!(column.kind, ColumnKind::Count)) {
        tell(rows, |row| row.id.span == row.label.span && is_total(&row.label.value), sink);
    }
}

fn tell(rows: &[Row], reads_as_total: impl Fn(&Row) -> bool, sink: &mut Sink) {
    for row in rows.iter().filter(|row| reads_as_total(row)).take(ONE_BY_ONE) {
        sink.push(
            Diagnostic::error(
                Code::TABLE_TOTAL,
                format!("the row `{}` reads as a total, and would be added up with the others", row.label.value),
            )
            .at(row.label.span)
            .help("take it out: counts are added up by the program; in YAML, `total: true` in the row holds it against the sum")
            .help("if it is a row like the others, give it an `id`"),
        );
    }
}

/// Tells of rows whose labels are the same, or look so.
pub fn tell_of_alike(rows: &[Row], sink: &mut Sink) {
    let mut known: BTreeMap<String, &Row> = BTreeMap::new();
    let mut told = 0_usize;
    for row in rows.iter().filter(|row| !row.label.value.is_empty()) {
        let Some(first) = known.insert(alike::outline(&row.label.value), row) else { continue };
        // Who gave a row an id knows that there are two.
        let named = |row: &Row| row.id.span != row.label.span;
        let twice = first.label.value == row.label.value;
        if twice && (named(first) || named(row)) {
            continue;
        }
        told += 1;
        if told > ONE_BY_ONE {
            continue;
        }
        if twice {
            let message = format!("the row `{}` stands twice in the table, and counts twice", row.label.value);
            sink.push(
                Diagnostic::new(Severity::Warning, Code::DATA_ALIKE, message)
                    .label(row.label.span, "here")
                    .also(first.label.span, "the first")
                    .help("make one row of them if they are one; if not, give each an `id`, or a label that tells them apart"),
            );
            continue;
        }
        let same = alike::reading(&first.label.value) == alike::reading(&row.label.value);
        let (severity, how) = match same {
            true => (Severity::Error, "only in characters that nobody sees"),
            false => {
                (Severity::Warning, "only in capital letters, dashes, quotation marks or letters of another script")
            }
        };
        let message = format!("the row `{}` differs from `{}` {how}", row.label.value, first.label.value);
        sink.push(
            Diagnostic::new(severity, Code::DATA_ALIKE, message)
                .label(row.label.span, "here")
                .also(first.label.span, "the other")
                .help("write both alike, and make one row of them if they are one"),
        );
    }
}
