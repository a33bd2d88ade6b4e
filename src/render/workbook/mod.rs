//! The tables of a report as a workbook, in the two forms that office programs have: XLSX and ODS.
//!
//! It is made as the Analysis Function of the British government asks of spreadsheets that everybody can read ("Releasing statistics in
//! spreadsheets"): a cover that tells what it is and leads to the sheets, one table a sheet, which begins with what the sheet is about in A1, tables
//! that are marked as such and have names, nothing merged, hidden, frozen or filtered, no empty rows or columns, numbers that are numbers, and what
//! the marks mean on a sheet of its own.

mod layout;
mod names;
mod ods;
mod xlsx;

use std::collections::BTreeSet;

use crate::diagnostic::Said;
use crate::document::export::{DataTable, Form};
use crate::document::resolved::ResolvedDocument;
use crate::locale::Language;
use crate::register::register;

register! {
    /// The form of a file.
    Format {
        /// How the names of such files end.
        extension,
        mime: &'static str,
        /// Key of the words that lead to it in the locale files.
        label: &'static str,
    }
    Xlsx = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "download_xlsx";
    Ods = "ods", "application/vnd.oasis.opendocument.spreadsheet", "download_ods";
}

/// What both forms hold.
#[derive(Debug)]
pub struct Workbook {
    title: String,
    description: String,
    publisher: String,
    language: Language,
    /// Year, month, day: no clock is asked.
    date: (i32, u8, u8),
    sheets: Vec<Sheet>,
}

#[derive(Debug)]
struct Sheet {
    name: String,
    rows: Vec<Vec<Cell>>,
    table: Option<Table>,
    /// Of each column, in characters.
    widths: Vec<u16>,
}

/// The rows of a sheet that are a table: from its headers to the last row, from the first column to the last.
#[derive(Debug)]
struct Table {
    name: String,
    /// What it is about.
    title: String,
    /// The row of its headers, counted from 0.
    head: usize,
}

#[derive(Debug)]
struct Cell {
    content: Content,
    style: Style,
}

#[derive(Debug)]
enum Content {
    Text(String),
    /// An ASCII decimal as the cell holds it, of percentages 0.5 for 50; and how it is printed.
    Number {
        decimal: String,
        printed: String,
    },
    /// A link to a sheet, by its place.
    Link {
        text: String,
        sheet: usize,
    },
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// What the sheet is about.
    Title,
    Heading,
    /// A line, which goes on over the cells beside it.
    Line,
    Link,
    /// The header of a column.
    Head(Side),
    /// Words in a table; `wraps` where a column has a width that they may not fit.
    Words {
        side: Side,
        total: bool,
        wraps: bool,
    },
    /// What stands for a value that is not given.
    Mark {
        total: bool,
    },
    Number {
        total: bool,
        form: Form,
    },
}

/// Where the content of a cell stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Start,
    /// At the start, with room to what stands before.
    Beside,
    End,
}

impl Style {
    fn is_bold(self) -> bool {
        match self {
            Self::Title | Self::Heading | Self::Head(_) => true,
            Self::Words { total, .. } | Self::Mark { total } | Self::Number { total, .. } => total,
            Self::Line | Self::Link => false,
        }
    }

    /// In points.
    fn size(self) -> u8 {
        if self == Self::Title { 15 } else { 12 }
    }

    fn wraps(self) -> bool {
        matches!(self, Self::Head(_) | Self::Words { wraps: true, .. })
    }

    fn side(self) -> Side {
        match self {
            Self::Head(side) | Self::Words { side, .. } => side,
            Self::Mark { .. } | Self::Number { .. } => Side::End,
            Self::Title | Self::Heading | Self::Line | Self::Link => Side::Start,
        }
    }
}

impl Sheet {
    /// How many lines the cells of a row take at most, as far as can be told without its face.
    fn lines(&self, row: &[Cell]) -> usize {
        let lines = |(cell, width): (&Cell, &u16)| match &cell.content {
            Content::Text(text) if cell.style.wraps() => {
                text.lines().map(|line| line.chars().count().div_ceil(usize::from(*width)).max(1)).sum()
            }
            _ => 1,
        };
        row.iter().zip(&self.widths).map(lines).max().unwrap_or(1)
    }
}

/// The face of all cells: every office program has it, or one of its measures.
const FACE: &str = "Arial";

impl Workbook {
    /// The workbook of a report; none where it has no table.
    #[must_use]
    pub fn new(document: &ResolvedDocument, tables: &[DataTable]) -> Option<Self> {
        (!tables.is_empty()).then(|| layout::workbook(document, tables))
    }

    /// Whether a file of a version is one: its name, beside the PDF.
    #[must_use]
    pub fn is_file(path: &str) -> bool {
        !path.contains('/') && Format::NAMES.iter().any(|end| path.ends_with(&format!(".{end}")))
    }

    /// The file. The same report gives the same bytes.
    ///
    /// # Errors
    /// What the form cannot hold, in words.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, Said> {
        match format {
            Format::Xlsx => xlsx::write(self).map_err(Said::quoted),
            Format::Ods => ods::write(self),
        }
    }

    /// The styles that are used.
    fn styles(&self) -> BTreeSet<Style> {
        self.sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten()).map(|cell| cell.style).collect()
    }
}
