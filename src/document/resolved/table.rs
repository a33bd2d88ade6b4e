//! Tables and charts of the resolved document.

use serde::Serialize;

use super::Inline;
use crate::source::Span;

/// A table, from data or typed. Header cells carry ids; each data cell names the ids of its headers.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Number among the tables; none for one that was typed in Markdown.
    pub number: Option<u32>,
    /// "Tabell 5"
    pub label: Option<String>,
    pub anchor: String,
    /// Its address as a passage, where it was typed: its anchor is a number then.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    pub caption: Option<Vec<Inline>>,
    /// Caption without markup.
    pub caption_text: String,
    /// Where a table from data is defined.
    #[serde(skip)]
    pub origin: Option<Span>,
    pub columns: Vec<Column>,
    /// Header rows: one, or two where columns are grouped.
    pub head: Vec<Vec<HeadCell>>,
    pub rows: Vec<Row>,
    /// Notes by mark, printed under the table.
    pub notes: Vec<TableNote>,
    /// Meaning of each mark that stands for a blank cell.
    pub legend: Vec<TableNote>,
    pub note: Option<Vec<Inline>>,
    pub source: Option<Vec<Inline>>,
    /// How the table came about, for tables from data.
    pub evidence: Option<String>,
    /// Downloads, for tables from data.
    pub data: Option<DataFiles>,
    /// So many columns that the page sets them close. The PDF measures them.
    pub wide: bool,
}

impl Table {
    /// The id of a table from data; none for one that was typed.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.anchor.strip_prefix("table-")
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// `start`, `center` or `end`.
    pub align: String,
    /// First column of a group but the first: a little more room before it.
    pub starts_group: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct HeadCell {
    pub id: String,
    pub content: Vec<Inline>,
    pub colspan: u32,
    pub rowspan: u32,
    /// `col`, `colgroup`.
    pub scope: String,
    pub align: String,
    /// Ids of the group header above it.
    pub headers: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// A computed total: set bold.
    pub total: bool,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// Set for row headers.
    pub id: Option<String>,
    /// Row header.
    pub header: bool,
    pub content: Vec<Inline>,
    pub align: String,
    /// A computed total.
    pub total: bool,
    /// Why the cell is blank, in words ("uppgift saknas"); its content is then the mark.
    pub blank: Option<String>,
    /// There is a value, and it is not told: the words for it stand for the mark wherever the mark is heard and not seen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
    /// Ids of all headers of the cell: column groups, column, row.
    pub headers: Vec<String>,
    /// Ids of table, row and column, for a value from data.
    #[serde(skip)]
    pub key: Option<[String; 3]>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TableNote {
    pub mark: String,
    pub content: Vec<Inline>,
}

/// Paths relative to the report's folder.
#[derive(Debug, Clone, Serialize)]
pub struct DataFiles {
    pub csv: String,
    pub json: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    pub number: u32,
    /// "Diagram 3"
    pub label: String,
    pub id: String,
    /// Id of the table that the values come from.
    #[serde(skip)]
    pub table_id: String,
    /// Where it is defined.
    #[serde(skip)]
    pub origin: Option<Span>,
    pub anchor: String,
    pub caption: Vec<Inline>,
    pub caption_text: String,
    /// `charts/diagnoses.svg`, relative to the report's folder.
    pub path: String,
    /// The picture itself, as the file holds it.
    pub svg: String,
    /// Size in CSS pixels.
    pub width: u32,
    pub height: u32,
    /// Short alternative text: what kind of chart of what.
    pub alt: String,
    /// Longer description written from the data.
    pub description: String,
    /// The same numbers as a table (no caption of its own, number or notes).
    pub table: Table,
    /// The columns of the table that are drawn, one for each series, after that of the categories.
    pub columns: Vec<usize>,
    pub panels: Option<Panels>,
    pub data: DataFiles,
    /// Reference to the numbered table that holds the same data, where one is printed: "tabell 5".
    pub table_reference: Option<Inline>,
    pub note: Option<Vec<Inline>>,
    pub source: Option<Vec<Inline>>,
}

/// What each panel of a chart is drawn for.
#[derive(Debug, Clone, Serialize)]
pub struct Panels {
    /// The words of a column of the table; none where each series has its panel.
    pub column: Option<usize>,
}

impl DataFiles {
    /// Where the data of a table or chart are put.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self { csv: format!("data/{id}.csv"), json: format!("data/{id}.json") }
    }
}
