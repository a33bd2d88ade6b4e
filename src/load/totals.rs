//! Totals of tables: rows that read as one, weights of means, and rows that look like each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink, say};
use crate::document::data::ColumnKind;
use crate::model::{Breakdowns, CellValue, Column, Row, Statistic};
use crate::source::Spanned;
use crate::value::Exact;

use super::grid::{is_total, may_be_total};

/// Whether what is computed can be weighted, where a weight is named; else it is told.
pub fn can_be_weighted(statistic: Statistic, weight: Option<&Spanned<String>>, sink: &mut Sink) -> bool {
    if let (Some(weight), true) = (weight, statistic != Statistic::Average) {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("`weight` is for averages"))
                .at(weight.span)
                .help(say!("take it away")),
        );
        return false;
    }
    true
}

/// Weights are columns of numbers beside the averages and percentages that they weigh.
pub fn check_weights(columns: &[Column], sink: &mut Sink) {
    let numeric = |column: &Column| matches!(column.kind, ColumnKind::Count | ColumnKind::Amount { .. });
    for column in columns {
        let Some(weight) = &column.weight else { continue };
        if !matches!(column.kind, ColumnKind::Percent { .. } | ColumnKind::Amount { .. }) {
            sink.push(
                Diagnostic::error(
                    Code::VALUE_INVALID,
                    say!("column `{column}` has no use for `weight`", column = column.id.value),
                )
                .at(weight.span)
                .help(say!(
                    "averages and percentages have weights, with `type: percent` or `type: amount`; counts are added up"
                )),
            );
        } else if !columns
            .iter()
            .any(|other| other.id.value == weight.value && weight.value != column.id.value && numeric(other))
        {
            let others = columns.iter().filter(|other| numeric(other) && other.id.value != column.id.value);
            sink.push(
                Diagnostic::error(
                    Code::TABLE_RAGGED,
                    say!("there is no column of numbers `{weight}` to weigh by", weight = weight.value),
                )
                .at(weight.span)
                .nearest(&weight.value, others.map(|other| other.id.value.as_str()))
                .help(say!(
                    "name a column of the table that holds what the average or percentage is of: persons, cases"
                )),
            );
        }
    }
}

/// Counts by two breakdowns are of the same cases: added up, each would count twice.
pub fn check_breakdowns(columns: &[Column], breakdowns: &Breakdowns, sink: &mut Sink) {
    let counts = columns.iter().filter(|column| matches!(column.kind, ColumnKind::Count));
    let mut grouped = counts.filter_map(|column| Some((column, column.of?.breakdown)));
    let Some((first, own)) = grouped.next() else { return };
    let Some((second, other)) = grouped.find(|(_, breakdown)| *breakdown != own) else { return };
    let [own, other] = [own, other].map(|place| breakdowns.get(place).map_or("", |known| &known.id));
    let message = say!(
        "the table has columns by `{own}` and by `{other}`: added up, the same cases would count twice",
        own,
        other
    );
    sink.push(
        Diagnostic::error(Code::TABLE_TOTAL, message)
            .label(second.id.span, say!("by `{other}`", other))
            .also(first.id.span, say!("by `{own}`", own))
            .help(say!("make a table for each; or give the columns `type: amount`, which are not added up")),
    );
}

/// Nothing is weighed by less than nothing.
pub fn check_weighing(columns: &[Column], rows: &[Row], sink: &mut Sink) {
    let weights: BTreeSet<&str> =
        columns.iter().filter_map(|column| Some(column.weight.as_ref()?.value.as_str())).collect();
    for (at, column) in columns.iter().enumerate().filter(|(_, column)| weights.contains(column.id.value.as_str())) {
        let negative = |row: &&Row| number(row, at).is_some_and(Exact::is_negative);
        for row in rows.iter().filter(negative).take(ONE_BY_ONE) {
            let message =
                say!("a mean cannot be weighted by `{column}`: it is negative here", column = column.id.value);
            sink.push(
                Diagnostic::error(Code::DATA_VALUE, row.located(message))
                    .at(row.cells.get(at).map_or(row.span, |cell| cell.span))
                    .help(say!("name a column of numbers that count something: persons, cases, hours")),
            );
        }
    }
}

/// Rows that are shown one by one; the rest are told as a number.
const ONE_BY_ONE: usize = 5;

/// Takes a last row "Summa" of a file out, to be held against the computed total. Where it would be added up with the other rows it is refused, unless it has
/// an id of its own: that says that it is a row like the others.
pub fn typed(rows: &mut Vec<Row>, columns: &[Column], sink: &mut Sink) -> Option<Row> {
    let totalled = columns.iter().filter(|column| column.has_total()).count();
    if totalled == 0 {
        return None;
    }
    let reads_as_total = |row: &Row| row.id.span == row.label.span && is_total(&row.label.value);
    let last = rows.last().filter(|row| totalled == columns.len() && reads_as_total(row)).cloned();
    if last.is_some() && rows.len() > 1 {
        rows.pop();
    }
    tell(rows, reads_as_total, sink);
    if last.is_none() {
        tell_of_sums(rows, sink);
    }
    last.filter(|_| !rows.is_empty())
}

/// A row "Riket" or "Kommunen" that holds the sum of the rows above or below it in every column would double the total, whatever it is called; and so
/// would a row "Summa städer" of those right above it.
fn tell_of_sums(rows: &[Row], sink: &mut Sink) {
    let mut told = 0;
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.id.span == row.label.span) {
        let (above, below) = (&rows[..at], &rows[at + 1..]);
        let called_so = may_be_total(&row.label.value);
        let others = match (above, below) {
            (others, []) if is_sum_of(row, others) => others,
            ([], others) if is_sum_of(row, others) => others,
            (above, _) if called_so && ends_in_sum(row, above) => above,
            _ => continue,
        };
        let severity = match called_so {
            true => Severity::Error,
            // Of few rows in one column it happens by chance.
            false if others.len() > 2 || others.len() == 2 && row.cells.len() > 1 => Severity::Warning,
            false => continue,
        };
        told += 1;
        if told > ONE_BY_ONE {
            return;
        }
        let label = &row.label.value;
        let message = if above.is_empty() {
            say!("the row `{label}` holds the sum of the rows below it, and is added up with them", label)
        } else {
            say!("the row `{label}` holds the sum of the rows above it, and is added up with them", label)
        };
        sink.push(
            Diagnostic::new(severity, Code::TABLE_TOTAL, row.located(message))
                .at(row.label.span)
                .help(say!("if it is the total, take it out: the program adds up; or put it last and call it `Totalt` (in YAML: `total: true`), then it is held against the computed total"))
                .help(say!("if it is a row like the others, give it an `id`")),
        );
    }
}

fn number(row: &Row, column: usize) -> Option<Exact> {
    match row.cells.get(column).map(|cell| &cell.value) {
        Some(CellValue::Number(number)) => Some(*number),
        _ => None,
    }
}

/// Whether a row holds the sum of others in every column, and not noughts alone.
fn is_sum_of(row: &Row, others: &[Row]) -> bool {
    let columns = || 0..row.cells.len();
    let holds = |at: usize| {
        let sum = others.iter().filter_map(|row| number(row, at)).try_fold(Exact::ZERO, Exact::checked_add);
        sum.is_some() && sum == number(row, at)
    };
    others.len() > 1 && columns().any(|at| number(row, at) != Some(Exact::ZERO)) && columns().all(holds)
}

/// Whether a row holds the sum of the last of those above it, two or more, in every column.
fn ends_in_sum(row: &Row, above: &[Row]) -> bool {
    let mut sums = vec![Exact::ZERO; row.cells.len()];
    for (count, other) in above.iter().rev().enumerate() {
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum = number(other, at).and_then(|number| sum.checked_add(number)).unwrap_or(*sum);
        }
        let same = |(at, sum): (usize, &Exact)| number(row, at) == Some(*sum);
        if count > 0 && sums.iter().any(|sum| *sum != Exact::ZERO) && sums.iter().enumerate().all(same) {
            return true;
        }
    }
    false
}

/// As [`typed`], for rows in YAML, where `total: true` marks the row of typed totals.
pub fn unmarked(rows: &[Row], columns: &[Column], sink: &mut Sink) {
    // A row alone is added to nothing.
    if rows.len() > 1 && columns.iter().any(|column| matches!(column.kind, ColumnKind::Count)) {
        let reads_as_total = |row: &Row| row.id.span == row.label.span && is_total(&row.label.value);
        match rows.iter().any(reads_as_total) {
            true => tell(rows, reads_as_total, sink),
            false => tell_of_sums(rows, sink),
        }
    }
}

fn tell(rows: &[Row], reads_as_total: impl Fn(&Row) -> bool, sink: &mut Sink) {
    for row in rows.iter().filter(|row| reads_as_total(row)).take(ONE_BY_ONE) {
        sink.push(
            Diagnostic::error(
                Code::TABLE_TOTAL,
                row.located(say!("the row `{label}` reads as a total, and would be added up with the others", label = row.label.value)),
            )
            .at(row.label.span)
            .help(say!("take it out: counts are added up by the program; in YAML, `total: true` in the row holds it against the sum"))
            .help(say!("if it is a row like the others, give it an `id`")),
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
            let message =
                say!("the row `{label}` stands twice in the table, and counts twice", label = row.label.value);
            sink.push(
                Diagnostic::new(Severity::Warning, Code::DATA_ALIKE, row.located(message))
                    .label(row.label.span, say!("here"))
                    .also(first.label.span, say!("the first"))
                    .help(say!("make one row of them if they are one; if not, give each an `id`, or a label that tells them apart")),
            );
            continue;
        }
        let same = alike::reading(&first.label.value) == alike::reading(&row.label.value);
        let (severity, how) = match same {
            true => (Severity::Error, say!("only in characters that nobody sees")),
            false => (
                Severity::Warning,
                say!("only in capital letters, dashes, quotation marks or letters of another script"),
            ),
        };
        let message =
            say!("the row `{row}` differs from `{other}` {how}", how, row = row.label.value, other = first.label.value);
        sink.push(
            Diagnostic::new(severity, Code::DATA_ALIKE, row.located(message))
                .label(row.label.span, say!("here"))
                .also(first.label.span, say!("the other"))
                .help(say!("write both alike, and make one row of them if they are one")),
        );
    }
}
