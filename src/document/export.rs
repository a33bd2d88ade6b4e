//! The numbers of a table or chart for other programs: plain decimals and reasons, no formatting.

use serde::Serialize;

use crate::value::Blank;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataTable {
    pub id: String,
    /// What the report calls it: "Tabell 5", "Diagram 3".
    pub label: String,
    /// The caption without markup.
    pub title: String,
    pub language: String,
    /// Header of the first column, over the labels of the rows: "Diagnos".
    pub stub: String,
    pub columns: Vec<DataColumn>,
    pub rows: Vec<DataRow>,
    pub notes: Vec<String>,
    /// How the table came about.
    pub origin: Option<String>,
    pub source: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataColumn {
    pub id: String,
    /// With its group, where it has one: "Traditionell inriktning – Kvinnor".
    pub label: String,
    pub unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataRow {
    pub id: String,
    pub label: String,
    /// A computed total.
    pub total: bool,
    /// How the row came about: the place where it stands, or what was counted.
    pub origin: String,
    /// One cell a column.
    pub cells: Vec<DataCell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum DataCell {
    /// An ASCII decimal: `-12.50`; of percentages those of a hundred.
    Number {
        decimal: String,
        form: Form,
        /// The words that the report prints it with: "−12,5".
        printed: String,
    },
    Text(String),
    /// No value, and why; [`Blank::Zero`] is written as the number 0.
    Blank(Blank),
}

/// How a number is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Form {
    pub decimals: u8,
    pub percent: bool,
    /// A change: with its sign, also where it is more.
    pub signed: bool,
}
