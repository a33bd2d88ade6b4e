//! Sheets as rows of cells that know where they stand: CSV, XLSX and ODS alike. The only user of the spreadsheet crate.

use std::io::Cursor;

use calamine::{Data, Ods, Range, Reader, Xlsx};

use crate::compute::exact::Exact;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::locale::PartialDate;
use crate::source::{Span, Text};

use super::super::{DataFiles, csv};

/// A sheet from its header row on.
#[derive(Debug)]
pub struct Grid {
    /// None for CSV.
    pub sheet: Option<String>,
    pub header: Vec<Cell>,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub struct Row {
    /// Row of the sheet or line of the file, counted from 1.
    pub number: u32,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone)]
pub struct Cell {
    pub content: Content,
    pub at: At,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Empty,
    Text(String),
    Number(Exact, u8),
    Date(PartialDate),
    /// The spreadsheet itself says that the cell has no value: `#REF!`.
    Fault(String),
}

/// Where a cell stands: a place in a text, or a name in a file that has no text.
#[derive(Debug, Clone)]
pub enum At {
    Span(Span),
    /// `Ärenden!C17`
    Name(String),
}

impl At {
    /// A fault of this cell; of a spreadsheet the place in the YAML file is shown and the cell named.
    pub fn fault(&self, code: Code, message: &str, file: &Text) -> Diagnostic {
        match self {
            Self::Span(span) => Diagnostic::error(code, message).at(*span),
            Self::Name(name) => Diagnostic::error(code, format!("{}, {name}: {message}", file.value)).at(file.span),
        }
    }
}

impl Cell {
    /// The content as it reads.
    pub fn text(&self) -> String {
        match &self.content {
            Content::Empty => String::new(),
            Content::Text(text) | Content::Fault(text) => text.trim().to_owned(),
            Content::Number(value, decimals) => value.to_decimal(*decimals, crate::compute::exact::Rounding::default()),
            Content::Date(date) => date.iso(),
        }
    }
}

/// Reads the named sheet of a file; every fault goes to the sink.
pub fn read(
    file: &Text,
    sheet: Option<&Text>,
    header_row: Option<u32>,
    files: &mut dyn DataFiles,
    sink: &mut Sink,
) -> Option<Grid> {
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
        let data = files.csv(file, sink)?;
        return Some(of_csv(data, files));
    }
    if !name.ends_with(".xlsx") && !name.ends_with(".ods") {
        sink.push(
            Diagnostic::error(
                Code::FILE_TYPE,
                format!("`{}` is not a file that case rows can be read from", file.value),
            )
            .at(file.span)
            .help("save it as .xlsx, .ods or .csv"),
        );
        return None;
    }
    let bytes = Cursor::new(files.bytes(file, sink)?);
    let opened = if name.ends_with(".xlsx") {
        Xlsx::new(bytes).map_err(|error| error.to_string()).and_then(|mut book| pick(&mut book, sheet))
    } else {
        Ods::new(bytes).map_err(|error| error.to_string()).and_then(|mut book| pick(&mut book, sheet))
    };
    match opened {
        Ok(Picked::Sheet(name, range)) => of_sheet(name, &range, header_row, file, sink),
        Ok(Picked::None(names)) => {
            let at = sheet.unwrap_or(file);
            let wanted = sheet.map_or("", |sheet| sheet.value.as_str());
            sink.push(
                Diagnostic::error(Code::DATA_SHEET, format!("`{}` has no sheet `{wanted}`", file.value))
                    .at(at.span)
                    .nearest(wanted, names.iter().map(String::as_str))
                    .help(format!("its sheets are: {}", names.join(", "))),
            );
            None
        }
        Err(reason) => {
            sink.push(
                Diagnostic::error(Code::DATA_FILE, format!("`{}` cannot be read: {reason}", file.value))
                    .at(file.span)
                    .help("open it in a spreadsheet program and save it anew as .xlsx or .ods, without a password"),
            );
            None
        }
    }
}

enum Picked {
    Sheet(String, Range<Data>),
    /// The names of the sheets that there are.
    None(Vec<String>),
}

fn pick<R: Reader<Cursor<Vec<u8>>>>(book: &mut R, sheet: Option<&Text>) -> Result<Picked, String>
where
    R::Error: std::fmt::Display,
{
    let names = book.sheet_names();
    let found = match sheet {
        Some(sheet) => names.iter().find(|name| **name == sheet.value),
        None => names.first(),
    };
    let Some(name) = found.cloned() else { return Ok(Picked::None(names)) };
    book.worksheet_range(&name).map(|range| Picked::Sheet(name, range)).map_err(|error| error.to_string())
}

fn of_csv(data: csv::Data, files: &dyn DataFiles) -> Grid {
    let cell = |cell: crate::source::Spanned<String>| Cell {
        content: if cell.value.trim().is_empty() { Content::Empty } else { Content::Text(cell.value) },
        at: At::Span(cell.span),
    };
    let rows = data
        .rows
        .into_iter()
        .map(|cells| Row {
            number: cells.first().map_or(0, |cell| u32::try_from(files.line(cell.span)).unwrap_or(u32::MAX)),
            cells: cells.into_iter().map(cell).collect(),
        })
        .collect();
    Grid { sheet: None, header: data.header.into_iter().map(cell).collect(), rows }
}

fn of_sheet(sheet: String, range: &Range<Data>, header_row: Option<u32>, file: &Text, sink: &mut Sink) -> Option<Grid> {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut rows: Vec<Row> = range
        .rows()
        .zip(first_row + 1..)
        .map(|(cells, number)| Row {
            number,
            cells: cells
                .iter()
                .zip(first_column..)
                .map(|(cell, column)| Cell {
                    content: content(cell),
                    at: At::Name(format!("{sheet}!{}{number}", letters(column))),
                })
                .collect(),
        })
        .filter(|row| header_row.is_none_or(|first| row.number >= first))
        .collect();
    rows.retain(|row| row.cells.iter().any(|cell| cell.content != Content::Empty));
    if rows.is_empty() {
        sink.push(
            Diagnostic::error(Code::DATA_EMPTY, format!("the sheet `{sheet}` of `{}` is empty", file.value))
                .at(file.span)
                .help("name another sheet with `sheet: …`, or another row with `header-row: …`"),
        );
        return None;
    }
    let header = rows.remove(0).cells;
    Some(Grid { sheet: Some(sheet), header, rows })
}

fn content(cell: &Data) -> Content {
    match cell {
        Data::Empty => Content::Empty,
        Data::String(text) if text.trim().is_empty() => Content::Empty,
        Data::String(text) => Content::Text(text.clone()),
        Data::Int(value) => Content::Number(Exact::from(*value), 0),
        // The shortest decimal that gives the same bits is what was typed: 12.1, not 12.0999….
        Data::Float(value) => match Exact::parse(&value.to_string()) {
            Some((value, decimals)) => Content::Number(value, decimals),
            None => Content::Text(value.to_string()),
        },
        Data::Bool(value) => Content::Text(value.to_string()),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            day_of(&format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::DateTime(moment) => Content::Text(moment.as_f64().to_string()),
        Data::DateTimeIso(text) => day_of(text),
        Data::DurationIso(text) => Content::Text(text.clone()),
        Data::Error(error) => Content::Fault(error.to_string()),
    }
}

/// The day of a moment: `2024-03-15T10:30:00`.
fn day_of(text: &str) -> Content {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    PartialDate::parse(day).map_or_else(|| Content::Text(text.to_owned()), Content::Date)
}

/// A, B, … Z, AA, AB for 0, 1, … 25, 26, 27.
fn letters(column: u32) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702, 16383].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn numbers_are_what_was_typed() {
        let read = |value: f64| content(&Data::Float(value));
        assert_eq!(read(12.1), Content::Number(Exact::parse("12.1").expect("a number").0, 1));
        assert_eq!(read(0.1 + 0.2), Content::Number(Exact::parse("0.30000000000000004").expect("a number").0, 17));
        assert_eq!(read(45.0), Content::Number(Exact::from(45_i64), 0));
        assert_eq!(day_of("2024-03-15T10:30:00"), Content::Date(PartialDate::parse("2024-03-15").expect("a day")));
        assert_eq!(content(&Data::String("  ".into())), Content::Empty);
    }
}
