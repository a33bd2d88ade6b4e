//! TAB011: percentages that do not make a hundred.
//!
//! ## What it does
//! Adds up the percentages of a column, or of a row where several columns hold them, when they are the parts of one whole. A sum of 99 or 101 that rounding
//! explains is let pass, and so is a remainder that the table's note declares. Tables in which a person may stand in several rows (`multiple: true`) and
//! tables of shares per unit are no parts of one whole.
//!
//! ## Why is this bad
//! Something is missing or counted twice, and the reader is left to guess what.
//!
//! ## Example
//! ```yaml
//! rows: [{label: Ja, share: 51}, {label: Nej, share: 47}]
//! ```
//! Add the missing answer, or declare it: `note: 2 procent har hoppat över frågan.`

use super::super::Context;
use super::super::lang;
use super::super::number;
use super::super::prose::TypedTable;
use super::super::rule::Rule;
use super::super::words::holds;
use crate::check::words::Lowered as _;
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::document::data::ColumnKind;
use crate::locale::Language;
use crate::source::Span;
use crate::value::{Exact, Value};

pub const RULE: Rule = Rule {
    code: Code("TAB011"),
    title: "Percentages that do not make a hundred",
    severity: Severity::Warning,
    source: include_str!("tab011.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let language = context.project.report.language;
    for table in &context.project.findings.tables {
        let Some(computed) = context.statistics.tables.get(&table.id.value) else { continue };
        let note = table.note.as_ref().map_or("", |note| note.value.as_str());
        let caption = table.caption.value.lowered();
        let percents: Vec<usize> = (0..table.columns.len())
            .filter(|at| matches!(table.columns[*at].kind, ColumnKind::Percent { .. }))
            .collect();
        if percents.is_empty()
            || table.multiple
            || separate(note, language)
            || separate(&caption, language)
            || declares(note, language)
        {
            continue;
        }
        // None where a cell is hidden or empty: it may be the rest.
        let parts = |cells: &mut dyn Iterator<Item = (usize, usize)>| -> Option<Vec<(Exact, u8)>> {
            cells
                .map(|(row, column)| match computed.rows.get(row)?.values.get(column)? {
                    Value::Percent { value, decimals } => Some((*value, *decimals)),
                    _ => None,
                })
                .collect()
        };
        let rows = table.rows.len();
        let label = |column: usize| table.columns[column].label.as_ref().map_or("", |label| label.value.as_str());
        let of_column = |column: usize| {
            let parts = parts(&mut (0..rows).map(|row| (row, column)))?;
            Some((format!("column `{}`", label(column)), parts, table.id.span))
        };
        let of_row = |row: usize| {
            let parts = parts(&mut percents.iter().map(|column| (row, *column)))?;
            Some((format!("row `{}`", table.rows[row].label.value), parts, table.rows[row].span))
        };
        let sums: Vec<Sum> = if percents.len() > 1 {
            let by_column: Vec<Sum> = percents.iter().filter_map(|column| of_column(*column)).collect();
            let by_row: Vec<Sum> = (0..rows).filter_map(of_row).collect();
            // Which way the parts of one whole run is seen where some make a hundred.
            let whole =
                |sums: &[Sum]| sums.iter().filter(|(_, parts, _)| is_whole(parts)).count() * 2 >= sums.len().max(1);
            match (whole(&by_column), whole(&by_row)) {
                (true, false) => by_column,
                (false, true) => by_row,
                (true, true) => Vec::new(),
                (false, false) => by_row.into_iter().filter(|(_, parts, _)| parts.len() > 2).collect(),
            }
        } else {
            if of_each(label(percents[0])) || holds(&caption, &lang::lists(language).per_caption) {
                continue;
            }
            of_column(percents[0]).into_iter().collect()
        };
        for (what, parts, span) in sums {
            if let Some(sum) = off(&parts) {
                out.push(RULE.at(span, say!("the percentages of the {what} make {sum}", what, sum)).help(say!(
                    "add what is missing, declare the remainder in the table's `note`, or say `multiple: true`"
                )));
            }
        }
    }
    for table in &context.prose.tables {
        typed(context, table, out);
    }
}

/// What is added up, its parts with their decimals, and where it stands.
type Sum = (String, Vec<(Exact, u8)>, Span);

/// Columns of a typed table whose cells are percentages.
fn typed(context: &Context<'_>, table: &TypedTable, out: &mut Vec<Diagnostic>) {
    let columns = table.rows.first().map_or(0, Vec::len);
    let percent = |row: &Vec<Option<usize>>, column: usize| {
        let passage = context.prose.passages.get(row.get(column).copied().flatten()?)?;
        let number = passage.numbers.first().filter(|number| number.is_percent() && passage.numbers.len() == 1)?;
        Some((passage, number))
    };
    let rows: Vec<&Vec<Option<usize>>> = table.rows.iter().skip(1).collect();
    let full: Vec<usize> = (1..columns)
        .filter(|column| !rows.is_empty() && rows.iter().all(|row| percent(row, *column).is_some()))
        .collect();
    let [column] = full.as_slice() else { return };
    // With counts beside them each row is a share of its own base.
    let counts = (1..columns).filter(|other| other != column).any(|other| {
        rows.iter().any(|row| {
            let cell = row.get(other).copied().flatten().and_then(|cell| context.prose.passages.get(cell));
            cell.is_some_and(|passage| !passage.numbers.is_empty())
        })
    });
    let head = table
        .rows
        .first()
        .and_then(|row| row.get(*column).copied().flatten())
        .and_then(|cell| context.prose.passages.get(cell));
    if counts || rows.len() < 2 || head.is_some_and(|head| of_each(&head.text)) {
        return;
    }
    let cells: Vec<_> = rows.iter().filter_map(|row| percent(row, *column)).collect();
    let parts: Vec<(Exact, u8)> = cells.iter().map(|(_, number)| (number.value, number.decimals)).collect();
    if let (Some(sum), Some((passage, number))) = (off(&parts), cells.first()) {
        out.push(
            RULE.at(passage.span(number.range.clone()), say!("the percentages of the column make {sum}", sum)).help(
                say!("add what is missing, or make it a table in findings/ with a note that declares the remainder"),
            ),
        );
    }
}

/// The sum of parts that come near a hundred and miss it by more than rounding explains.
fn off(parts: &[(Exact, u8)]) -> Option<Exact> {
    if parts.len() < 2 {
        return None;
    }
    let sum = parts.iter().try_fold(Exact::ZERO, |sum, (value, _)| sum.checked_add(*value))?;
    let decimals = parts.iter().map(|(_, decimals)| *decimals).min()?;
    let number = |n: i64| Exact::from(n);
    let count = i64::try_from(parts.len()).ok()?;
    // Each part is rounded by at most half a unit; a sum of rounded parts differs by less than half their number.
    let slack = Exact::ratio(number(count * 5 - 1), number(10_i64.pow(u32::from(decimals.min(6)) + 1)))?;
    let distance = if sum > number(100) { sum.checked_sub(number(100))? } else { number(100).checked_sub(sum)? };
    (distance > slack && distance <= number(20)).then_some(sum)
}

/// Whether parts make a hundred, as far as rounding can tell.
fn is_whole(parts: &[(Exact, u8)]) -> bool {
    let sum = parts.iter().try_fold(Exact::ZERO, |sum, (value, _)| sum.checked_add(*value));
    let near = |sum: Exact| sum > Exact::from(50_i64) && sum < Exact::from(150_i64);
    parts.len() > 1
        && off(parts).is_none()
        && sum.is_some_and(near)
        && sum.is_some_and(|sum| {
            let hundred = Exact::from(100_i64);
            let distance = if sum > hundred { sum.checked_sub(hundred) } else { hundred.checked_sub(sum) };
            distance.is_some_and(|distance| distance <= Exact::from(2_i64))
        })
}

/// Each part may be counted on its own: the note or caption says so.
fn separate(text: &str, language: Language) -> bool {
    let lower = text.lowered();
    lang::lists(language).counted_apart.iter().any(|phrase| lower.contains(phrase))
}

/// "Andel med plan", "Share with a plan", "Andel kvinnor": a share of each row, not a part of a whole.
fn of_each(label: &str) -> bool {
    label.split_whitespace().count() > 1
}

/// "2 procent har hoppat över frågan", "the remainder did not answer"
fn declares(note: &str, language: Language) -> bool {
    let lower = note.lowered();
    number::scan(note, language).iter().any(number::Number::is_percent)
        || lang::lists(language).declared_rest.iter().any(|phrase| lower.contains(phrase))
}
