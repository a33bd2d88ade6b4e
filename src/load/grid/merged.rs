//! Merged cells. A spreadsheet keeps the value in the first of them and shows it for all: without a word, the rows below would have none.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::model::CaseKind;
use crate::source::{Spanned, Text};

use super::{Area, Content, Grid};

/// A column that the author named.
pub struct Named<'a> {
    pub at: usize,
    pub id: &'a Spanned<String>,
    pub kind: CaseKind,
    /// Its cells name the cases: two rows never have one name.
    pub is_name: bool,
}

/// What was filled in: the range, and the column's id.
pub struct Filled {
    area: Area,
    column: String,
}

/// Gives the rows of merged labels the label. Only text in one column is filled in; the rest is judged by [`check`], when it is known which rows are cases.
pub fn fill(grid: &mut Grid<'_>, named: &[Named<'_>]) -> Vec<Filled> {
    let mut out = Vec::new();
    let places: BTreeMap<u32, usize> = grid.rows.iter().enumerate().map(|(at, row)| (row.number, at)).collect();
    for area in &grid.merged {
        let Some(column) = named.iter().find(|column| is_label(column, *area)) else { continue };
        if area.first_row + 1 < grid.header_rows.end {
            continue;
        }
        let rows: Vec<usize> = places.range(area.first_row + 1..=area.last_row + 1).map(|(_, at)| *at).collect();
        let first = rows.first().and_then(|at| grid.rows.get(*at)).filter(|row| row.number == area.first_row + 1);
        let Some(cell) = first.and_then(|row| row.cell(column.at)).cloned() else { continue };
        let mut filled = false;
        for at in rows.into_iter().skip(1) {
            let Some(row) = grid.rows.get_mut(at) else { continue };
            // A value that a program left under merged cells is in nobody's sight: `check` refuses it.
            if let Err(free) = row.cells.binary_search_by_key(&column.at, |(at, _)| *at) {
                row.cells.insert(free, (column.at, cell.in_row(row.number)));
                filled = true;
            }
        }
        if filled {
            out.push(Filled { area: *area, column: column.id.value.clone() });
        }
    }
    out
}

fn is_label(column: &Named<'_>, area: Area) -> bool {
    let one_column = area.first_column == area.last_column && area.first_column as usize == column.at;
    one_column && area.first_row < area.last_row && column.kind == CaseKind::Text && !column.is_name
}

/// Refuses merged cells whose value would be one row's or one column's only; tells what was filled in. False where something was refused.
pub fn check(grid: &Grid<'_>, named: &[Named<'_>], filled: &[Filled], file: &Text, sink: &mut Sink) -> bool {
    let sheet = grid.sheet.unwrap_or_default();
    let (first, last) = match (grid.rows.first(), grid.rows.last()) {
        (Some(first), Some(last)) => (first.number - 1, last.number - 1),
        _ => return true,
    };
    let told: Vec<String> = filled
        .iter()
        .filter(|filled| filled.area.first_row <= last)
        .map(|filled| format!("{sheet}!{} (`{}`)", filled.area, filled.column))
        .collect();
    if !told.is_empty() {
        let some: Vec<&str> = told.iter().take(5).map(String::as_str).collect();
        let some = and_more(some.join(", "), told.len() - some.len());
        let message = say!("merged cells are read as if each had the value: {some}", some);
        sink.push(
            Diagnostic::new(Severity::Info, Code::DATA_MERGED, say!("`{file}`: {message}", file = file.value, message))
                .at(file.span)
                .help(say!("unmerge the cells and fill each in, if that is not what is meant")),
        );
    }
    let header = &grid.header_rows;
    // One slip that is made in every range of a column is one fault.
    let mut faults: Vec<((Said, Said), Vec<Area>)> = Vec::new();
    for area in &grid.merged {
        let columns = area.first_column as usize..=area.last_column as usize;
        let mut covered = named.iter().filter(|column| columns.contains(&column.at)).peekable();
        let in_rows = area.first_row <= last && area.last_row >= first;
        let in_header = !header.is_empty() && area.first_row + 1 < header.end && area.last_row + 1 >= header.start;
        let reason = if in_header && area.last_row + 1 >= header.end && covered.peek().is_some() {
            Some((
                say!("a header is merged over rows below it, which are no cases"),
                say!(
                    "name the lowest header row: `header-row: {row}`; or say how many the header has: `header-rows: {rows}`",
                    row = area.last_row + 1,
                    rows = area.last_row + 2 - header.start.min(area.first_row + 1)
                ),
            ))
        } else if in_header && header.len() == 1 && area.first_column < area.last_column && covered.peek().is_some() {
            Some((
                say!("one header stands over several columns"),
                say!(
                    "unmerge it, and give each column a header of its own; if the row below belongs to the header too, write `header-rows: 2`"
                ),
            ))
        } else if in_rows {
            covered
                .find_map(|column| fault(grid, column, *area, filled))
                .map(|fault| (fault, say!("unmerge the cells, and write in each what holds for it")))
        } else {
            None
        };
        if let Some(reason) = reason {
            match faults.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, areas)) => areas.push(*area),
                None => faults.push((reason, vec![*area])),
            }
        }
    }
    let ok = faults.is_empty();
    for ((reason, help), areas) in faults {
        let some: Vec<String> = areas.iter().take(5).map(|area| format!("{sheet}!{area}")).collect();
        let more = areas.len() - some.len();
        let some = and_more(some.join(", "), more);
        let message = say!("{file}, {some}: the cells are merged: {reason}", file = file.value, some, reason);
        sink.push(Diagnostic::error(Code::DATA_MERGED, message).at(file.span).help(help));
    }
    ok
}

/// Why a merged range among the cases cannot be read in a column.
fn and_more(some: String, more: usize) -> Said {
    if more == 0 { Said::verbatim(some) } else { say!("{some} and {more} more", some, more) }
}

fn fault(grid: &Grid<'_>, column: &Named<'_>, area: Area, filled: &[Filled]) -> Option<Said> {
    let is_first = area.first_column as usize == column.at;
    if area.first_column < area.last_column {
        // One value over several columns belongs to the first only where the others are not read, in one row.
        if !is_first {
            return Some(say!("one value stands over several columns"));
        }
        return (area.first_row < area.last_row).then(|| say!("one value stands over several rows and columns"));
    }
    if area.first_row == area.last_row {
        return None;
    }
    if column.is_name {
        return Some(say!("the rows have one name"));
    }
    if column.kind != CaseKind::Text {
        return Some(say!("whether the value is each row's or theirs together cannot be told"));
    }
    let rows = || grid.rows.iter().filter(|row| (area.first_row + 1..=area.last_row + 1).contains(&row.number));
    let mut texts = rows().map(|row| row.cell(column.at).map(|cell| cell.content()));
    let first = texts.next().flatten();
    let hidden = texts.any(|other| other != first && other.is_some_and(|content| content != Content::Empty));
    let whole = rows().next().is_some_and(|row| row.number == area.first_row + 1);
    let empty = first.is_none() && filled.is_empty();
    if hidden {
        return Some(say!("values stand under them that cannot be seen"));
    }
    (!whole && !empty).then(|| say!("they begin above the cases"))
}
