//! The header of a sheet: one row, or several that are read together, column by column.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use super::super::sheet::{self, Area, Sheet};
use super::{At, Cell};

/// The headers, one a column from the first of the sheet on; the words of several rows are joined with a blank.
pub fn read<'a>(sheet: &'a Sheet, rows: &Range<u32>, merged: &[Area], columns: &RangeInclusive<u32>) -> Vec<Cell<'a>> {
    // The cells of the header by column and row, and those above it, which may be merged into it.
    let mut cells: BTreeMap<(u32, u32), &'a sheet::Cell> = BTreeMap::new();
    let mut above: BTreeMap<(u32, u32), &'a sheet::Cell> = BTreeMap::new();
    for row in sheet.rows.iter().take_while(|row| row.number < rows.end) {
        let kept = if rows.contains(&row.number) { &mut cells } else { &mut above };
        kept.extend(row.cells.iter().map(|cell| ((cell.column, row.number), cell)));
    }
    for area in merged {
        let (first, last) = (area.first_row.saturating_add(1), area.last_row.saturating_add(1));
        let place = (area.first_column, first);
        if first < rows.start && rows.contains(&last.min(rows.start)) {
            if let Some(cell) = above.get(&place).copied() {
                cells.entry((area.first_column, rows.start)).or_insert(cell);
            }
        } else if let (true, Some(cell)) = (rows.len() > 1, cells.get(&place).copied()) {
            // One header over several columns is each column's, where more of the header stands below it.
            let covered = area.first_column..=area.last_column.min(*columns.end());
            for column in covered.take(sheet.width()) {
                cells.entry((column, first)).or_insert(cell);
            }
        }
    }
    let name = sheet.name.as_str();
    let mut out: Vec<Cell<'a>> = Vec::new();
    for ((column, row), cell) in cells.into_iter().filter(|((column, _), _)| columns.contains(column)) {
        let column = column as usize;
        while out.len() < column {
            out.push(Cell::empty(At::in_sheet(name, out.len(), rows.start)));
        }
        let cell = Cell::of_sheet(cell, At::in_sheet(name, column, row));
        match out.get_mut(column) {
            None => out.push(cell),
            Some(upper) => {
                let words = [upper.text(), cell.text()];
                *upper = Cell::of_words(words.join(" "), cell.at);
            }
        }
    }
    out
}
