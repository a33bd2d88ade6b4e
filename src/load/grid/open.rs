//! Opens a file of rows: the sheet that is meant, from its header row on.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{SourceId, Text};

use super::super::sheet::{self, Format, Found, Sheet};
use super::super::{DataFiles, csv};
use super::{At, Cell, Grid, Row};

/// A file of rows, and where in it they are.
pub enum Opened {
    Csv(SourceId, Arc<str>),
    /// A workbook in which the sheet was found.
    Workbook(Arc<sheet::Opened>),
}

/// Opens a file and finds the named sheet; every fault goes to the sink.
pub fn open(
    file: &Text,
    sheet: Option<&Text>,
    header_row: Option<u32>,
    files: &mut dyn DataFiles,
    sink: &mut Sink,
) -> Option<Opened> {
    let name = file.value.to_lowercase();
    if name.ends_with(".csv") {
        if let Some(sheet) = sheet {
            sink.push(
                Diagnostic::error(Code::DATA_SHEET, "a CSV file has no sheets")
                    .at(sheet.span)
                    .help("take `sheet` away"),
            );
        }
        if header_row.is_some_and(|row| row != 1) {
            sink.push(
                Diagnostic::error(Code::DATA_SHEET, "the header of a CSV file is its first line")
                    .at(file.span)
                    .help("take `header-row` away, and delete what stands before the header"),
            );
        }
        let (source, text) = files.csv(file, sink)?;
        return Some(Opened::Csv(source, text));
    }
    let Some(format) = Format::by_file_name(&name) else {
        sink.push(
            Diagnostic::error(
                Code::FILE_TYPE,
                format!("`{}` is not a file that case rows can be read from", file.value),
            )
            .at(file.span)
            .help("save it as .xlsx, .ods or .csv"),
        );
        return None;
    };
    let wanted = sheet.map(|sheet| sheet.value.as_str());
    let opened = files.sheet(file, (format, wanted), sink)?;
    match &*opened {
        Ok(Found::Sheet(_)) => return Some(Opened::Workbook(opened)),
        Ok(Found::None(names)) if sheet.is_none() && !names.is_empty() => {
            sink.push(
                Diagnostic::error(Code::DATA_SHEET, format!("all sheets of `{}` are hidden", file.value))
                    .at(file.span)
                    .help(format!("name the one that is meant with `sheet: …`: {}", names.join(", "))),
            );
        }
        Ok(Found::None(names)) => {
            let at = sheet.unwrap_or(file);
            let wanted = sheet.map_or("", |sheet| sheet.value.as_str());
            sink.push(
                Diagnostic::error(Code::DATA_SHEET, format!("`{}` has no sheet `{wanted}`", file.value))
                    .at(at.span)
                    .nearest(wanted, names.iter().map(String::as_str))
                    .help(format!("its sheets are: {}", names.join(", "))),
            );
        }
        Err(fault) => {
            sink.push(
                Diagnostic::error(Code::DATA_FILE, format!("`{}` cannot be read: {}", file.value, fault.message))
                    .at(file.span)
                    .help(fault.help),
            );
        }
    }
    None
}

impl Opened {
    /// The rows from the header row on.
    pub fn grid(&self, header_row: Option<u32>, file: &Text, sink: &mut Sink) -> Option<Grid<'_>> {
        match self {
            Self::Csv(source, text) => csv::parse(*source, text, sink).map(of_csv),
            Self::Workbook(opened) => match &**opened {
                Ok(Found::Sheet(sheet)) => of_sheet(sheet, header_row, file, sink),
                _ => None,
            },
        }
    }
}

fn of_csv(data: csv::Data<'_>) -> Grid<'_> {
    let rows = data
        .rows
        .into_iter()
        .map(|row| Row {
            number: row.line,
            gap: row.gap,
            hidden: false,
            cells: row.cells.into_iter().map(|cell| Cell::of_text(cell.value, cell.span)).enumerate().collect(),
        })
        .collect();
    let header = data.header.into_iter().map(|cell| Cell::of_text(cell.value, cell.span)).collect();
    Grid { sheet: None, header, header_row: data.line, header_is_named: false, rows, merged: Vec::new() }
}

fn of_sheet<'a>(sheet: &'a Sheet, header_row: Option<u32>, file: &Text, sink: &mut Sink) -> Option<Grid<'a>> {
    let place = |column: u32, number: u32| At::Sheet(&sheet.name, column, number.saturating_sub(1));
    let read = |cell: &'a sheet::Cell, number: u32| Cell::of_sheet(cell, place(cell.column, number));
    let mut merged = sheet.merged.clone();
    merged.sort_by_key(|area| (area.first_row, area.first_column));
    // Texts above the header row, which may be merged into it.
    let mut above: BTreeMap<(u32, u32), Cell<'a>> = BTreeMap::new();
    let mut last = None;
    let mut rows: Vec<Row<'a>> = Vec::new();
    for row in &sheet.rows {
        let number = row.number;
        if header_row.is_some_and(|first| number < first) {
            above.extend(row.cells.iter().map(|cell| ((number - 1, cell.column), read(cell, number))));
            continue;
        }
        let gap = last.is_some_and(|last: u32| number > last + 1);
        last = Some(number);
        let cells = row.cells.iter().map(|cell| (cell.column as usize, read(cell, number))).collect();
        rows.push(Row { number, gap, hidden: row.hidden, cells });
    }
    if rows.is_empty() {
        sink.push(
            Diagnostic::error(Code::DATA_EMPTY, format!("the sheet `{}` of `{}` is empty", sheet.name, file.value))
                .at(file.span)
                .help("name another sheet with `sheet: …`, or another row with `header-row: …`"),
        );
        return None;
    }
    let mut first = rows.remove(0);
    for area in &merged {
        let reaches = area.first_row + 1 < first.number && area.last_row + 1 >= first.number;
        let text = above.get(&(area.first_row, area.first_column)).filter(|_| reaches);
        if let (Some(cell), Err(free)) =
            (text, first.cells.binary_search_by_key(&(area.first_column as usize), |(at, _)| *at))
        {
            first.cells.insert(free, (area.first_column as usize, cell.clone()));
        }
    }
    let mut header: Vec<Cell<'a>> = Vec::new();
    for (column, cell) in first.cells {
        while header.len() < column {
            let at = place(u32::try_from(header.len()).unwrap_or(u32::MAX), first.number);
            header.push(Cell::empty(at));
        }
        header.push(cell);
    }
    Some(Grid {
        sheet: Some(&sheet.name),
        header,
        header_row: first.number,
        header_is_named: header_row.is_some(),
        rows,
        merged,
    })
}
