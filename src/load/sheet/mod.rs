//! Sheets of XLSX and ODS files as rows of cells. The only reader of spreadsheets.
//!
//! What a reader of a sheet sees is more than values: a number format may make 0.5 a percentage, cells may be merged, a formula may never have been
//! computed. All that is kept here, since leaving it out makes numbers wrong without a word.

mod formats;
mod formula;
mod ods;
mod package;
mod xlsx;
mod xml;

use std::sync::Arc;

use crate::limits;
use crate::system::Bytes;
use crate::value::{Exact, PartialDate};

/// One sheet: its rows with content, from above to below.
#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Row>,
    pub merged: Vec<Area>,
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

/// A range of cells that are merged; all counted from 0, the ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub first_row: u32,
    pub first_column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}:", letters(self.first_column), self.first_row + 1)?;
        write!(f, "{}{}", letters(self.last_column), self.last_row + 1)
    }
}

/// What was found in a file.
#[derive(Debug)]
pub enum Found {
    Sheet(Sheet),
    /// No such sheet, or none was named and all are hidden; the names of those that there are.
    None(Vec<String>),
}

/// Why a file cannot be read, in plain words, and what to do.
#[derive(Debug)]
pub struct Fault {
    pub message: String,
    pub help: &'static str,
}

const SAVE_ANEW: &str = "open it in a spreadsheet program and save it anew as .xlsx or .ods, without a password";
const TOO_LARGE: &str = "keep in the file what the report needs: copy the table to a new workbook and save that";

impl Fault {
    fn broken(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: SAVE_ANEW }
    }

    fn large(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: TOO_LARGE }
    }

    fn of_reading(error: &std::io::Error, part: &str) -> Self {
        if limits::is_too_large(error) {
            return Self::large(format!(
                "its part {part} is larger than the program reads ({} unpacked for the whole file, {} for one text)",
                limits::mebibytes(limits::UNPACKED),
                limits::mebibytes(limits::XML_EVENT),
            ));
        }
        Self::broken(format!("its part {part} is damaged ({error})"))
    }
}

/// What a spreadsheet is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Xlsx,
    Ods,
}

impl Format {
    /// By the end of a file's name.
    pub fn by_file_name(name: &str) -> Option<Self> {
        match name.to_lowercase().rsplit_once('.')?.1 {
            "xlsx" => Some(Self::Xlsx),
            "ods" => Some(Self::Ods),
            _ => None,
        }
    }
}

/// A sheet, or why there is none.
pub type Opened = Result<Found, Fault>;

/// Reads a sheet of a file: the named one, or the first that is not hidden.
pub fn read(format: Format, bytes: Bytes, sheet: Option<&str>) -> Result<Found, Fault> {
    match format {
        Format::Xlsx => xlsx::read(bytes, sheet),
        Format::Ods => ods::read(bytes, sheet),
    }
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
            return Err(Fault::large(format!("the sheet has more than {} cells with content", limits::CELLS)));
        }
        if self.text > limits::CELL_TEXT {
            let most = limits::mebibytes(limits::CELL_TEXT as u64);
            return Err(Fault::large(format!("the texts of the sheet have more than {most}")));
        }
        Ok(())
    }
}

/// A cell further out than a table can reach, as one that was left behind by accident.
fn far(row: u64, column: u64) -> Option<Fault> {
    let place = || match u32::try_from(column) {
        Ok(column) => format!("{}{row}", letters(column)),
        Err(_) => format!("column {}, row {row}", column.saturating_add(1)),
    };
    if row == 0 || row > u64::from(limits::SHEET_ROWS) {
        return Some(Fault::broken(format!(
            "it has a cell at {}, and sheets have {} rows",
            place(),
            limits::SHEET_ROWS
        )));
    }
    (column >= u64::from(limits::SHEET_COLUMNS)).then(|| Fault {
        message: format!(
            "the cell {} stands too far to the right: a table can have {} columns",
            place(),
            limits::SHEET_COLUMNS
        ),
        help: "delete what stands there (in the spreadsheet press Ctrl+End to go to the last cell), and save the file",
    })
}

/// A, B, … Z, AA, AB for 0, 1, … 25, 26, 27.
pub fn letters(column: u32) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// A number as it stands in the file. The shortest decimal that gives the same bits is what was typed: 12.1, not 12.0999….
fn number(text: &str) -> Option<(Exact, u8)> {
    let value: f64 = text.trim().parse().ok().filter(|value: &f64| value.is_finite())?;
    Exact::parse(&value.to_string())
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
    fn columns_are_named_as_spreadsheets_do() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702, 16383].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
        assert_eq!(Area { first_row: 1, first_column: 0, last_row: 3, last_column: 1 }.to_string(), "A2:B4");
    }

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
        assert!(far(1_048_576, 4_095).is_none());
        for (row, column) in [(1, 16_383), (1_048_577, 0), (0, 0), (u64::MAX, 0), (1, u64::MAX)] {
            assert!(far(row, column).is_some(), "{row} {column}");
        }
        let mut meter = Meter::default();
        assert!(meter.add(&Content::Number(Exact::ZERO, 0), usize::MAX).is_err());
        assert!(Meter::default().add(&Content::Text("x".repeat(100)), 2_000_000).is_err());
    }
}
