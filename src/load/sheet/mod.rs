//! Sheets of XLSX and ODS files as rows of cells. The only reader of spreadsheets; `office` unpacks them.
//!
//! What a reader of a sheet sees is more than values: a number format may make 0.5 a percentage, cells may be merged, a formula may never have been
//! computed. All that is kept here, since leaving it out makes numbers wrong without a word.

mod address;
mod formats;
mod formula;
mod ods;
mod xls;
mod xlsx;

use crate::diagnostic::{Said, say};
use std::sync::Arc;

use crate::alike;
use crate::limits;
use crate::office::{self, FaultKind};
use crate::system::Bytes;
use crate::value::{Exact, PartialDate};

pub use address::{Area, column, letters};

/// One sheet: its rows with content, from above to below.
#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Row>,
    pub merged: Vec<Area>,
    /// First and last of columns that are hidden, counted from 0.
    pub hidden_columns: Vec<(u32, u32)>,
    /// The range that was asked for by its name.
    pub named: Option<Area>,
}

impl Sheet {
    /// How many columns it has.
    pub fn width(&self) -> usize {
        let last = self.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column as usize + 1);
        last.max().unwrap_or(0)
    }
}

/// Which rows of a file are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The name of a sheet; without it the first that is not hidden.
    pub sheet: Option<&'a str>,
    /// The name of a range or table of the file.
    pub name: Option<&'a str>,
}

#[derive(Debug)]
pub struct Row {
    /// Counted from 1.
    pub number: u32,
    /// Hidden by hand or by a filter.
    pub hidden: bool,
    /// Those with content, from left to right.
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone)]
pub struct Cell {
    /// Counted from 0.
    pub column: u32,
    pub content: Content,
    /// A formula that adds up, counts or averages cells of one column.
    pub aggregate: bool,
    /// What the number is shown with: "kr", "€".
    pub unit: Option<Arc<str>>,
    pub bold: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Empty,
    Text(String),
    Number(Exact, u8),
    /// Formatted as a percentage, and as such: 50 for a cell that shows 50 %.
    Percent(Exact, u8),
    Date(PartialDate),
    /// The spreadsheet itself says that the cell has no value: `#REF!`.
    Fault(String),
    /// A formula whose result the file does not hold.
    NotComputed,
}

/// What was found in a file.
#[derive(Debug)]
pub enum Found {
    Sheet(Sheet),
    /// No such sheet, or none was named and all are hidden; the names of those that there are.
    NoSheet(Vec<String>),
    /// No range of cells of this name; the names of those that there are.
    NoName(Vec<String>),
}

/// Why a file cannot be read, in plain words, and what to do.
#[derive(Debug)]
pub struct Fault {
    pub message: Said,
    pub help: Said,
}

const SAVE_ANEW: Said = say!("open it in a spreadsheet program and save it anew as .xlsx or .ods, without a password");
const TOO_LARGE: Said = say!("keep in the file what the report needs: copy the table to a new workbook and save that");

impl Fault {
    fn broken(message: impl Into<Said>) -> Self {
        Self { message: message.into(), help: SAVE_ANEW }
    }

    fn large(message: impl Into<Said>) -> Self {
        Self { message: message.into(), help: TOO_LARGE }
    }
}

impl From<office::Fault> for Fault {
    fn from(fault: office::Fault) -> Self {
        match fault.kind {
            FaultKind::Broken => Self::broken(fault.message),
            FaultKind::Large => Self::large(fault.message),
        }
    }
}

/// What a spreadsheet is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Xlsx,
    Ods,
    Xls,
}

impl Format {
    /// By the end of a file's name.
    pub fn by_file_name(name: &str) -> Option<Self> {
        match name.to_lowercase().rsplit_once('.')?.1 {
            "xlsx" => Some(Self::Xlsx),
            "ods" => Some(Self::Ods),
            "xls" => Some(Self::Xls),
            _ => None,
        }
    }
}

/// A sheet, or why there is none.
pub type Opened = Result<Found, Fault>;

/// Reads a sheet of a file.
pub fn read(format: Format, bytes: Bytes, wanted: Wanted<'_>) -> Result<Found, Fault> {
    match format {
        Format::Xlsx => xlsx::read(bytes, wanted),
        Format::Ods => ods::read(bytes, wanted),
        Format::Xls => xls::read(bytes, wanted),
    }
}

/// Whether two names of sheets or ranges read the same; spreadsheets make no difference between large and small letters either.
fn same_name(a: &str, b: &str) -> bool {
    a == b || alike::reading(a).to_lowercase() == alike::reading(b).to_lowercase()
}

/// Counts cells and their text while a sheet is read, and stops before there are too many.
#[derive(Debug, Default)]
struct Meter {
    cells: usize,
    text: usize,
}

impl Meter {
    /// `times` cells with such a content are about to be kept.
    fn add(&mut self, content: &Content, times: usize) -> Result<(), Fault> {
        let text = match content {
            Content::Text(text) | Content::Fault(text) => text.len(),
            _ => 0,
        };
        self.cells = self.cells.saturating_add(times);
        self.text = self.text.saturating_add(text.saturating_mul(times));
        if self.cells > limits::CELLS {
            return Err(Fault::large(say!("the sheet has more than {most} cells with content", most = limits::CELLS)));
        }
        if self.text > limits::CELL_TEXT {
            let most = limits::mebibytes(limits::CELL_TEXT as u64);
            return Err(Fault::large(say!("the texts of the sheet have more than {most}", most)));
        }
        Ok(())
    }
}

/// A cell further out than a table can reach, as one that was left behind by accident.
fn far(row: u64, column: u64) -> Option<Fault> {
    let place = || match u32::try_from(column) {
        Ok(column) => say!("{column}{row}", row, column = letters(column)),
        Err(_) => say!("column {column}, row {row}", row, column = column.saturating_add(1)),
    };
    if row == 0 || row > u64::from(limits::SHEET_ROWS) {
        return Some(Fault::broken(say!(
            "it has a cell at {place}, and sheets have {most} rows",
            place = place(),
            most = limits::SHEET_ROWS
        )));
    }
    (column >= u64::from(limits::SHEET_COLUMNS)).then(|| Fault {
        message: say!(
            "the cell {place} stands too far to the right: a table can have {most} columns",
            place = place(),
            most = limits::SHEET_COLUMNS
        ),
        help: say!(
            "delete what stands there (in the spreadsheet press Ctrl+End to go to the last cell), and save the file"
        ),
    })
}

/// A number as it stands in the file. The shortest decimal that gives the same bits is what was typed: 12.1, not 12.0999….
fn number(text: &str) -> Option<(Exact, u8)> {
    let value: f64 = text.trim().parse().ok().filter(|value: &f64| value.is_finite())?;
    Exact::parse(&value.to_string())
}

/// What a number is that is shown in a format.
fn shown_as(value: &str, format: formats::Format, since_1904: bool) -> Content {
    use formats::Format as Shown;
    let as_written = || Content::Text(value.trim().to_owned());
    match format {
        Shown::Number => number(value).map_or_else(as_written, |(value, decimals)| Content::Number(value, decimals)),
        Shown::Percent => number(value)
            .and_then(percent)
            .map_or_else(as_written, |(value, decimals)| Content::Percent(value, decimals)),
        Shown::Date => {
            let serial = value.trim().parse().unwrap_or(f64::NAN);
            formats::day(serial, since_1904).map_or_else(as_written, Content::Date)
        }
        Shown::Time => {
            value.trim().parse().map_or_else(|_| as_written(), |serial| Content::Text(formats::time(serial)))
        }
    }
}

/// A number with a percentage's format.
fn percent((value, decimals): (Exact, u8)) -> Option<(Exact, u8)> {
    value.checked_mul(Exact::from(100_i64)).map(|value| (value, decimals.saturating_sub(2)))
}

/// The day of a moment: `2024-03-15T10:30:00`.
fn day(text: &str) -> Option<PartialDate> {
    PartialDate::parse(text.trim().split(['T', ' ']).next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_was_typed() {
        let exact = |text: &str| Exact::parse(text).expect(text);
        assert_eq!(number("12.1"), Some(exact("12.1")));
        assert_eq!(number("0.54700000000000004"), Some(exact("0.547")));
        assert_eq!(number("0.30000000000000004"), Some(exact("0.30000000000000004")));
        assert_eq!(number("4.5E1"), Some((exact("45").0, 0)));
        assert_eq!(number("NaN"), None);
        assert_eq!(percent(exact("0.547")), Some(exact("54.7")));
        assert_eq!(percent(exact("0.5")), Some((exact("50").0, 0)));
        assert_eq!(day("2024-03-15T10:30:00"), PartialDate::parse("2024-03-15"));
    }

    #[test]
    fn cells_far_out_are_refused() {
        assert!(far(1, 0).is_none());
        assert!(far(1_048_576, 16_383).is_none());
        for (row, column) in [(1, 16_384), (1_048_577, 0), (0, 0), (u64::MAX, 0), (1, u64::MAX)] {
            assert!(far(row, column).is_some(), "{row} {column}");
        }
        let mut meter = Meter::default();
        assert!(meter.add(&Content::Number(Exact::ZERO, 0), usize::MAX).is_err());
        assert!(Meter::default().add(&Content::Text("x".repeat(100)), 2_000_000).is_err());
    }
}
