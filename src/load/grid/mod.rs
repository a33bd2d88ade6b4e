//! A file of rows as cells that know where they stand: CSV, XLSX and ODS alike; for case rows and for tables.

pub mod extent;
mod find;
mod header;
mod hidden;
pub mod merged;
mod mixed;
mod open;

use std::sync::Arc;

use crate::alike;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, Text};
use crate::value::Rounding;

use super::sheet;

pub use super::sheet::{Area, Content};
pub use extent::{is_total, may_be_total};
pub use find::{column, headed, unit};
pub use hidden::tell_of_hidden;
pub use mixed::{mixed_units, mixed_with_percentages};
pub use open::{Place, read};

/// A sheet from its header row on.
#[derive(Debug)]
pub struct Grid {
    /// None for CSV.
    pub sheet: Option<String>,
    pub header: Vec<Cell>,
    /// Numbers of the header's rows; none where the author says that there is no header.
    pub header_rows: std::ops::Range<u32>,
    /// Whether the author said which rows they are.
    pub header_is_named: bool,
    pub rows: Vec<Row>,
    /// The last row, where the author named a range that ends there.
    pub last_row: Option<u32>,
    pub merged: Vec<Area>,
    /// First and last of columns that are hidden.
    pub hidden_columns: Vec<(u32, u32)>,
}

#[derive(Debug)]
pub struct Row {
    /// Row of the sheet or line of the file, counted from 1.
    pub number: u32,
    /// Blank rows stand between this one and the one before.
    pub gap: bool,
    pub hidden: bool,
    /// Whether all that stands in it is bold.
    pub bold: bool,
    /// Those with content, from left to right.
    pub cells: Vec<(usize, Cell)>,
}

#[derive(Debug, Clone)]
pub struct Cell {
    pub content: Content,
    pub at: At,
    /// A formula that adds up, counts or averages cells of one column.
    pub aggregate: bool,
    /// What the number is shown with: "kr", "€".
    pub unit: Option<Arc<str>>,
}

/// Where a cell stands: a place in a text, or a name in a file that has no text.
#[derive(Debug, Clone)]
pub enum At {
    Span(Span),
    /// `Ärenden!C17`: the sheet, and column and row counted from 0.
    Sheet(Arc<str>, u32, u32),
}

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Span(_) => Ok(()),
            Self::Sheet(sheet, column, row) => write!(f, "{sheet}!{}{}", sheet::letters(*column), row + 1),
        }
    }
}

impl At {
    /// A cell of a sheet; the row is counted from 1.
    pub fn in_sheet(sheet: &Arc<str>, column: usize, number: u32) -> Self {
        Self::Sheet(Arc::clone(sheet), u32::try_from(column).unwrap_or(u32::MAX), number.saturating_sub(1))
    }

    /// The place in a text: of a cell of a spreadsheet, where the file is named.
    pub fn span(&self, file: &Text) -> Span {
        match self {
            Self::Span(span) => *span,
            Self::Sheet(..) => file.span,
        }
    }

    /// The same column in another row of the sheet, counted from 1.
    pub fn in_row(&self, number: u32) -> Self {
        match self {
            Self::Span(span) => Self::Span(*span),
            Self::Sheet(sheet, column, _) => Self::Sheet(Arc::clone(sheet), *column, number.saturating_sub(1)),
        }
    }

    /// A fault of this cell; of a spreadsheet the place in the YAML file is shown and the cell named.
    pub fn fault(&self, code: Code, message: &str, file: &Text) -> Diagnostic {
        match self {
            Self::Span(span) => Diagnostic::error(code, message).at(*span),
            Self::Sheet(..) => Diagnostic::error(code, format!("{}, {self}: {message}", file.value)).at(file.span),
        }
    }
}

impl Grid {
    /// A fault of the header as a whole.
    pub fn header_fault(&self, code: Code, message: &str, file: &Text) -> Diagnostic {
        let place = |cell: &Cell| match cell.at {
            At::Span(span) => Some(span),
            At::Sheet(..) => None,
        };
        let ends = self.header.first().and_then(place).zip(self.header.last().and_then(place));
        Diagnostic::error(code, message).at(ends.map_or(file.span, |(first, last)| first.to(last)))
    }

    /// Where a cell stands that has no content, of a row of the sheet.
    pub fn place(&self, column: usize, row: &Row, file: &Text) -> At {
        match &self.sheet {
            Some(sheet) => At::in_sheet(&sheet.as_str().into(), column, row.number),
            None => row.cells.first().map_or(At::Span(file.span), |(_, cell)| cell.at.clone()),
        }
    }
}

impl Row {
    /// The cell of a column; none where it is empty.
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.binary_search_by_key(&column, |(at, _)| *at).ok().and_then(|at| Some(&self.cells.get(at)?.1))
    }
}

impl Cell {
    /// A cell without content.
    pub fn empty(at: At) -> Self {
        Self { content: Content::Empty, at, aggregate: false, unit: None }
    }

    /// The content as it reads.
    pub fn text(&self) -> String {
        match &self.content {
            Content::Empty | Content::NotComputed => String::new(),
            Content::Text(text) | Content::Fault(text) => alike::reading(text),
            Content::Number(value, decimals) | Content::Percent(value, decimals) => {
                value.to_decimal(*decimals, Rounding::default())
            }
            Content::Date(date) => date.iso(),
        }
    }
}
