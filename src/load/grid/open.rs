//! Opens a file of rows: the part of it that is meant, parted into header and rows.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::source::{SourceId, Text};

use super::super::encoding::Encoding;
use super::super::sheet::{self, Area, Format, Found, Sheet, Wanted};
use super::super::{DataFiles, csv};
use super::{At, Cell, Grid, Row, header};

/// Where the rows stand, as the author says.
pub struct Place {
    pub file: Text,
    pub is_csv: bool,
    /// Of a CSV file, where the author says it.
    pub encoding: Option<Encoding>,
    pub sheet: Option<Text>,
    /// `A3:F57`, in the place of `name`.
    pub range: Option<Text>,
    /// A name that the workbook gives to a range or a table.
    pub name: Option<Text>,
    /// The first row of the header.
    pub header_row: Option<u32>,
    /// How many rows the header has.
    pub header_rows: Option<u32>,
}

impl Place {
    /// A CSV file from its first line on.
    pub fn csv(file: Text) -> Self {
        Self {
            file,
            is_csv: true,
            encoding: None,
            sheet: None,
            range: None,
            name: None,
            header_row: None,
            header_rows: None,
        }
    }
}

/// A file of rows that was opened.
pub enum Opened {
    Csv(SourceId, Arc<str>),
    /// A workbook in which the sheet was found.
    Workbook(Arc<sheet::Opened>),
}

impl Opened {
    /// The rows that are meant, and their header; every fault goes to the sink.
    pub fn grid(&self, place: &Place, sink: &mut Sink) -> Option<Grid<'_>> {
        match self {
            Self::Csv(source, text) => csv::parse(*source, text, sink).map(of_csv),
            Self::Workbook(opened) => match &**opened {
                Ok(Found::Sheet(sheet)) => of_sheet(sheet, place, sink),
                _ => None,
            },
        }
    }
}

/// Opens a file and finds the sheet that is meant; every fault goes to the sink.
pub fn open(place: &Place, files: &mut dyn DataFiles, sink: &mut Sink) -> Option<Opened> {
    let file = &place.file;
    let format = Format::by_file_name(&file.value);
    if let (true, Some(_)) = (place.is_csv, format) {
        sink.push(
            Diagnostic::error(Code::FILE_TYPE, say!("`{file}` is a spreadsheet and no CSV file", file = file.value))
                .at(file.span)
                .help(say!("write `xlsx: {file}`", file = file.value)),
        );
        return None;
    }
    if place.is_csv {
        for (key, given) in [("sheet", &place.sheet), ("range", &place.range), ("name", &place.name)] {
            if let Some(given) = given {
                let what = if key == "sheet" { say!("sheets") } else { say!("named ranges") };
                sink.push(
                    Diagnostic::error(Code::DATA_SHEET, say!("a CSV file has no {what}", what))
                        .at(given.span)
                        .help(say!("take `{key}` away", key)),
                );
            }
        }
        if place.header_row.is_some_and(|row| row != 1) || place.header_rows.is_some_and(|rows| rows != 1) {
            sink.push(
                Diagnostic::error(Code::DATA_SHEET, say!("the header of a CSV file is its first line"))
                    .at(file.span)
                    .help(say!("take `header-row` and `header-rows` away, and delete what stands before the header")),
            );
        }
        let (source, text) = files.csv(file, place.encoding, sink)?;
        return Some(Opened::Csv(source, text));
    }
    let Some(format) = format else {
        sink.push(
            Diagnostic::error(
                Code::FILE_TYPE,
                say!("`{file}` is not a file that rows can be read from", file = file.value),
            )
            .at(file.span)
            .help(say!("save it as .xlsx, .ods or .csv")),
        );
        return None;
    };
    let text = |text: &'_ Option<Text>| text.as_ref().map(|text| text.value.clone());
    let (sheet, name) = (text(&place.sheet), text(&place.name));
    let wanted = Wanted { sheet: sheet.as_deref(), name: name.as_deref() };
    let opened = files.sheet(file, (format, wanted), sink)?;
    match &*opened {
        Ok(Found::Sheet(_)) => return Some(Opened::Workbook(opened)),
        Ok(Found::NoSheet(names)) if place.sheet.is_none() && !names.is_empty() => {
            sink.push(
                Diagnostic::error(Code::DATA_SHEET, say!("all sheets of `{file}` are hidden", file = file.value))
                    .at(file.span)
                    .help(say!("name the one that is meant with `sheet: …`: {names}", names = names.join(", "))),
            );
        }
        Ok(Found::NoSheet(names)) => {
            sink.push(not_there(say!("sheet"), place.sheet.as_ref(), file, names, say!("its sheets are")));
        }
        Ok(Found::NoName(names)) => {
            sink.push(not_there(
                say!("range or table"),
                place.name.as_ref(),
                file,
                names,
                say!("the names of its ranges are"),
            ));
        }
        Err(fault) => {
            sink.push(
                Diagnostic::error(
                    Code::DATA_FILE,
                    say!("`{file}` cannot be read: {message}", file = file.value, message = fault.message),
                )
                .at(file.span)
                .help(fault.help.clone()),
            );
        }
    }
    None
}

fn not_there(what: Said, named: Option<&Text>, file: &Text, names: &[String], are: Said) -> Diagnostic {
    let at = named.unwrap_or(file);
    let wanted = named.map_or("", |named| named.value.as_str());
    let diagnostic =
        Diagnostic::error(Code::DATA_SHEET, say!("`{file}` has no {what} `{wanted}`", what, wanted, file = file.value))
            .at(at.span)
            .nearest(wanted, names.iter().map(String::as_str));
    match names {
        [] => diagnostic.help(say!("it has no names for ranges; write `range: A3:F57`")),
        names => diagnostic.help(say!("{are}: {names}", are, names = names.join(", "))),
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
            bold: false,
            cells: row.cells.into_iter().map(|cell| Cell::of_text(cell.value, cell.span)).enumerate().collect(),
        })
        .collect();
    let header = data.header.into_iter().map(|cell| Cell::of_text(cell.value, cell.span)).collect();
    Grid {
        sheet: None,
        header,
        header_rows: data.line..data.line + 1,
        header_is_named: false,
        rows,
        last_row: None,
        merged: Vec::new(),
        hidden_columns: Vec::new(),
    }
}

/// The range that the author named, or the whole sheet; none where what is written is no range.
fn area(sheet: &Sheet, place: &Place, sink: &mut Sink) -> Option<Area> {
    let whole = Area { first_row: 0, first_column: 0, last_row: u32::MAX, last_column: u32::MAX };
    let Some(range) = &place.range else { return Some(sheet.named.unwrap_or(whole)) };
    if let Some(name) = &place.name {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("both `range` and `name` are given"))
                .label(range.span, say!("the range"))
                .also(name.span, say!("the name"))
                .help(say!("keep one of them")),
        );
        return None;
    }
    let found = Area::parse_open(&range.value);
    if found.is_none() {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, say!("`{range}` is no range of cells", range = range.value))
                .at(range.span)
                .help(say!("write the first and the last cell: A3:F57; or A3:F, down to the first blank row; the sheet is named by `sheet`")),
        );
    }
    found
}

fn of_sheet<'a>(sheet: &'a Sheet, place: &Place, sink: &mut Sink) -> Option<Grid<'a>> {
    let area = area(sheet, place, sink)?;
    let columns = area.first_column..=area.last_column;
    let read = |row: &'a sheet::Row| -> Vec<(usize, Cell<'a>)> {
        let cells = row.cells.iter().filter(|cell| columns.contains(&cell.column));
        let at = |cell: &sheet::Cell| At::in_sheet(&sheet.name, cell.column as usize, row.number);
        cells.map(|cell| (cell.column as usize, Cell::of_sheet(cell, at(cell)))).collect()
    };
    let in_columns = |row: &sheet::Row| row.cells.iter().any(|cell| columns.contains(&cell.column));
    let first = place.header_row.unwrap_or(area.first_row.saturating_add(1));
    let rows = || sheet.rows.iter().filter(|row| row.number.saturating_sub(1) <= area.last_row && in_columns(row));
    let Some(start) = rows().find(|row| row.number >= first).map(|row| row.number) else {
        let range = place.range.as_ref().or(place.name.as_ref());
        let (what, other) = match range {
            Some(range) => (
                say!("the range `{range}` of the sheet", range = range.value),
                say!("name another range or another sheet"),
            ),
            None => {
                (say!("the sheet"), say!("name another sheet with `sheet: …`, or another row with `header-row: …`"))
            }
        };
        sink.push(
            Diagnostic::error(
                Code::DATA_EMPTY,
                say!("{what} `{name}` of `{file}` is empty", what, name = sheet.name, file = place.file.value),
            )
            .at(place.file.span)
            .help(other),
        );
        return None;
    };
    let header_rows = start..start.saturating_add(place.header_rows.unwrap_or(1));
    let mut merged = sheet.merged.clone();
    merged.sort_by_key(|area| (area.first_row, area.first_column));
    let header = header::read(sheet, &header_rows, &merged, &columns);
    let mut last = header_rows.end.saturating_sub(1);
    let mut out = Vec::new();
    for row in rows().filter(|row| row.number >= header_rows.end && row.number > area.first_row) {
        let gap = row.number > last.saturating_add(1);
        last = row.number;
        let bold = row.cells.iter().filter(|cell| columns.contains(&cell.column)).all(|cell| cell.bold);
        out.push(Row { number: row.number, gap, hidden: row.hidden, bold, cells: read(row) });
    }
    Some(Grid {
        sheet: Some(&sheet.name),
        header,
        header_rows,
        header_is_named: place.header_row.is_some() || place.header_rows.is_some(),
        rows: out,
        last_row: area.is_closed().then(|| area.last_row.saturating_add(1)),
        merged,
        hidden_columns: sheet.hidden_columns.clone(),
    })
}
