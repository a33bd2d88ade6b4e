//! A file of rows as cells that know where they stand: CSV, XLSX and ODS alike; for case rows and for tables.

pub mod extent;
mod find;
mod header;
mod hidden;
pub mod merged;
mod mixed;
mod open;

use std::borrow::Cow;

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::source::{Span, Text};
use crate::value::{self, Exact, PartialDate, Rounding};

use super::sheet;

pub use super::sheet::Area;
pub use extent::{is_total, may_be_total};
pub use find::{column, headed, header_below, unit};
pub use hidden::tell_of_hidden;
pub use mixed::{mixed_units, mixed_with_percentages, of_other_unit};
pub use open::{Place, open};

/// A sheet from its header row on: a view of the file, which may have millions of cells.
#[derive(Debug)]
pub struct Grid<'a> {
    /// None for CSV.
    pub sheet: Option<&'a str>,
    pub header: Vec<Cell<'a>>,
    /// Numbers of the header's rows; none where the author says that there is no header.
    pub header_rows: std::ops::Range<u32>,
    /// Whether the author said which rows they are.
    pub header_is_named: bool,
    pub rows: Vec<Row<'a>>,
    /// The last row, where the author named a range that ends there.
    pub last_row: Option<u32>,
    pub merged: Vec<Area>,
    /// First and last of columns that are hidden.
    pub hidden_columns: Vec<(u32, u32)>,
}

#[derive(Debug)]
pub struct Row<'a> {
    /// Row of the sheet or line of the file, counted from 1.
    pub number: u32,
    /// Blank rows stand between this one and the one before.
    pub gap: bool,
    pub hidden: bool,
    /// Whether all that stands in it is bold.
    pub bold: bool,
    /// Those with content, from left to right.
    pub cells: Vec<(usize, Cell<'a>)>,
}

#[derive(Debug, Clone)]
pub struct Cell<'a> {
    held: Held<'a>,
    pub at: At<'a>,
}

/// Where a cell has its content.
#[derive(Debug, Clone)]
enum Held<'a> {
    Nowhere,
    Text(Cow<'a, str>),
    Sheet(&'a sheet::Cell),
}

/// What a cell holds, as `sheet::Content` has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Content<'a> {
    Empty,
    Text(&'a str),
    Number(Exact, u8),
    Percent(Exact, u8),
    Date(PartialDate),
    Fault(&'a str),
    NotComputed,
}

/// Where a cell stands: a place in a text, or a name in a file that has no text.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    Span(Span),
    /// `Ärenden!C17`: the sheet, and column and row counted from 0.
    Sheet(&'a str, u32, u32),
}

impl std::fmt::Display for At<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Span(_) => Ok(()),
            Self::Sheet(sheet, column, row) => write!(f, "{sheet}!{}{}", sheet::letters(*column), row + 1),
        }
    }
}

impl<'a> At<'a> {
    /// A cell of a sheet; the row is counted from 1.
    pub fn in_sheet(sheet: &'a str, column: usize, number: u32) -> Self {
        Self::Sheet(sheet, u32::try_from(column).unwrap_or(u32::MAX), number.saturating_sub(1))
    }

    /// The place in a text: of a cell of a spreadsheet, where the file is named.
    pub fn span(&self, file: &Text) -> Span {
        match self {
            Self::Span(span) => *span,
            Self::Sheet(..) => file.span,
        }
    }

    /// The same column in another row of the sheet, counted from 1.
    pub fn in_row(self, number: u32) -> Self {
        match self {
            Self::Span(span) => Self::Span(span),
            Self::Sheet(sheet, column, _) => Self::Sheet(sheet, column, number.saturating_sub(1)),
        }
    }

    /// A fault of this cell; of a spreadsheet the place in the YAML file is shown and the cell named.
    pub fn fault(&self, code: Code, message: impl Into<Said>, file: &Text) -> Diagnostic {
        match self {
            Self::Span(span) => Diagnostic::error(code, message).at(*span),
            Self::Sheet(..) => {
                let message =
                    say!("{file}, {place}: {message}", file = file.value, place = self, message = message.into());
                Diagnostic::error(code, message).at(file.span)
            }
        }
    }
}

impl<'a> Grid<'a> {
    /// A fault of the header as a whole.
    pub fn header_fault(&self, code: Code, message: Said, file: &Text) -> Diagnostic {
        let place = |cell: &Cell<'_>| match cell.at {
            At::Span(span) => Some(span),
            At::Sheet(..) => None,
        };
        let ends = self.header.first().and_then(place).zip(self.header.last().and_then(place));
        Diagnostic::error(code, message).at(ends.map_or(file.span, |(first, last)| first.to(last)))
    }

    /// Where a cell stands that has no content, of a row of the sheet.
    pub fn place(&self, column: usize, row: &Row<'a>, file: &Text) -> At<'a> {
        match self.sheet {
            Some(sheet) => At::in_sheet(sheet, column, row.number),
            None => row.cells.first().map_or(At::Span(file.span), |(_, cell)| cell.at),
        }
    }
}

impl<'a> Row<'a> {
    /// The cell of a column; none where it is empty.
    pub fn cell(&self, column: usize) -> Option<&Cell<'a>> {
        self.cells.binary_search_by_key(&column, |(at, _)| *at).ok().and_then(|at| Some(&self.cells.get(at)?.1))
    }
}

impl<'a> Cell<'a> {
    /// A cell without content.
    pub fn empty(at: At<'a>) -> Self {
        Self { held: Held::Nowhere, at }
    }

    /// A cell of a text file.
    fn of_text(text: Cow<'a, str>, span: Span) -> Self {
        let held = if alike::reads_as_nothing(&text) { Held::Nowhere } else { Held::Text(text) };
        Self { held, at: At::Span(span) }
    }

    /// A year with the month that stands in another cell of its row: "2024-03". Where they are none, the words of both, so that they can be told of.
    pub fn with_month(&self, month: &Cell<'_>) -> Self {
        if matches!(self.content(), Content::Fault(_) | Content::NotComputed) || self.is_blank() && month.is_blank() {
            return self.clone();
        }
        let (year, words) = (self.text(), month.text());
        let text = match value::month(&words) {
            Some(month) => format!("{year}-{month:02}"),
            None => format!("{year} {}", if words.is_empty() { "(no month)" } else { &words }),
        };
        Self { held: Held::Text(Cow::Owned(text)), at: self.at }
    }

    fn of_sheet(cell: &'a sheet::Cell, at: At<'a>) -> Self {
        Self { held: Held::Sheet(cell), at }
    }

    /// Words that no cell holds as they are.
    fn of_words(words: String, at: At<'a>) -> Self {
        Self { held: Held::Text(Cow::Owned(words)), at }
    }

    /// The same content in another row of the sheet, counted from 1.
    pub fn in_row(&self, number: u32) -> Self {
        Self { held: self.held.clone(), at: self.at.in_row(number) }
    }

    pub fn content(&self) -> Content<'_> {
        match &self.held {
            Held::Nowhere => Content::Empty,
            Held::Text(text) => Content::Text(text),
            Held::Sheet(cell) => match &cell.content {
                sheet::Content::Empty => Content::Empty,
                sheet::Content::Text(text) => Content::Text(text),
                sheet::Content::Number(value, decimals) => Content::Number(*value, *decimals),
                sheet::Content::Percent(value, decimals) => Content::Percent(*value, *decimals),
                sheet::Content::Date(date) => Content::Date(*date),
                sheet::Content::Fault(text) => Content::Fault(text),
                sheet::Content::NotComputed => Content::NotComputed,
            },
        }
    }

    /// The content as it reads.
    pub fn text(&self) -> String {
        match self.content() {
            Content::Empty | Content::NotComputed => String::new(),
            Content::Text(text) | Content::Fault(text) => alike::reading(text),
            Content::Number(value, decimals) | Content::Percent(value, decimals) => {
                value.to_decimal(decimals, Rounding::default())
            }
            Content::Date(date) => date.iso(),
        }
    }

    /// Whether a reader sees nothing in it. What was not computed is something.
    pub fn is_blank(&self) -> bool {
        match self.content() {
            Content::Empty => true,
            Content::Text(text) | Content::Fault(text) => alike::reads_as_nothing(text),
            _ => false,
        }
    }

    /// Why a formula has no value: it failed, or nobody has computed it. `without` is what to write where there is none.
    pub fn failure(&self, file: &Text, without: Said) -> Option<Diagnostic> {
        let (message, help) = match self.content() {
            Content::Fault(says) => {
                (say!("the spreadsheet says {says}", says), say!("mend the formula, or {without}", without))
            }
            Content::NotComputed => (
                say!("the cell holds a formula, and the file does not hold its result"),
                say!("open the file once in a spreadsheet program, which computes it, and save it"),
            ),
            _ => return None,
        };
        Some(self.at.fault(Code::DATA_VALUE, message, file).help(help))
    }

    /// Whether it has a formula that adds up, counts or averages cells of one column.
    pub fn is_aggregate(&self) -> bool {
        matches!(self.held, Held::Sheet(cell) if cell.aggregate)
    }

    /// What the number is shown with: "kr", "€".
    pub fn unit(&self) -> Option<&str> {
        match self.held {
            Held::Sheet(cell) => cell.unit.as_deref(),
            _ => None,
        }
    }
}
