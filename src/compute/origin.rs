//! How a value came about: enough to write it out for a reader, in words of any language, and to find the place it came from.

use crate::model::Statistic;
use crate::source::{Span, Text};
use crate::value::Exact;

/// How a figure came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Typed where the figure stands.
    Given,
    /// Counted by the program in a list.
    Tally,
    /// Typed for the groups of a breakdown and added up.
    ByGroup,
    /// A percentage taken over from a publication.
    Published,
    Sum(Vec<String>),
    /// The first less all others.
    Difference(Vec<String>),
    Average(Vec<String>),
    Share {
        part: String,
        whole: String,
    },
    /// The first divided by the second, so many times.
    Ratio(String, String, Exact),
    /// The second where the first is 100.
    Index {
        then: String,
        now: String,
    },
    Change {
        then: String,
        now: String,
    },
    /// A cell of a table, or its column's or row's total.
    Cell {
        table: String,
        row: Option<String>,
        column: Option<String>,
    },
    /// The largest or smallest value of a column, and the ids of the rows that have it.
    Extreme {
        largest: bool,
        table: String,
        column: String,
        rows: Vec<String>,
    },
    /// A row of a table.
    Row {
        table: String,
        row: String,
    },
    Rows(Counted),
    /// Counted from the findings of other reports.
    Gathered,
}

impl How {
    /// Ids of the figures that it was derived from, in their order.
    #[must_use]
    pub fn figures(&self) -> Vec<&str> {
        match self {
            Self::Sum(ids) | Self::Difference(ids) | Self::Average(ids) => ids.iter().map(String::as_str).collect(),
            Self::Share { part: a, whole: b }
            | Self::Ratio(a, b, _)
            | Self::Index { then: a, now: b }
            | Self::Change { then: a, now: b } => vec![a, b],
            _ => Vec::new(),
        }
    }

    /// Id of the table that it was taken from.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        match self {
            Self::Cell { table, .. } | Self::Extreme { table, .. } | Self::Row { table, .. } => Some(table),
            _ => None,
        }
    }
}

/// What was computed of which case rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub statistic: Statistic,
    pub dataset: String,
    /// Header of the column whose values were computed with; none for a count.
    pub column: Option<String>,
    /// Header of the column that a mean was weighted by.
    pub weight: Option<String>,
    pub conditions: Vec<Condition>,
    /// Rows of the sheet or lines of the file, in their order.
    pub rows: Vec<u32>,
    /// Rows that the conditions chose and that have no value to compute with.
    pub without_value: Vec<u32>,
    /// How many rows those are is told nobody but the author: it would tell a protected number.
    pub discreet: bool,
}

/// A condition with the words of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub header: String,
    pub test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    AnyOf(Vec<String>),
    NoneOf(Vec<String>),
    Range { from: Option<String>, to: Option<String> },
    Missing,
    Known,
}

/// How a table came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableOrigin {
    /// Typed, in YAML or CSV.
    Typed,
    Counted(Crossed),
    /// Gathered from so many inspections.
    Gathered(usize),
}

/// A table that was counted from case rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossed {
    pub dataset: String,
    /// Headers of the columns of the sheet.
    pub by: String,
    pub across: Option<String>,
    pub conditions: Vec<Condition>,
    /// How many cases were chosen.
    pub cases: usize,
    /// How many of them have no value in the one or the other column.
    pub missing_by: usize,
    pub missing_across: usize,
    /// The measures that leave cases without a value out, and how many those are where that may be told.
    pub left_out: Vec<(Text, Option<usize>)>,
    /// A case may stand in several rows or in several columns.
    pub multiple: bool,
    /// The numbers of cases above are told nobody but the author: they would tell a protected number.
    pub discreet: bool,
}

/// How a row of a table came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOrigin {
    Typed(Span),
    /// Where the file is named, and the cell of the spreadsheet: `data/a.xlsx, Blad1!A5`.
    Sheet(Span, String),
    /// These rows of the sheet.
    Counted(Vec<u32>),
    /// The sum of the rows above it.
    Total,
}
