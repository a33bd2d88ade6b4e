//! Tables as they are computed.

use crate::document::data::ColumnKind;
use crate::source::Text;

use super::origin::{RowOrigin, TableOrigin};
use crate::value::{Group, Value};

/// A table with computed totals.
#[derive(Debug, Clone)]
pub struct ComputedTable {
    pub columns: Vec<ComputedColumn>,
    pub rows: Vec<ComputedRow>,
    pub base: Option<String>,
    pub origin: TableOrigin,
}

#[derive(Debug, Clone)]
pub struct ComputedColumn {
    pub id: String,
    pub label: Heading,
    pub group: Option<Text>,
    pub kind: ColumnKind,
    /// Where the column stands that its total is weighted by.
    pub weight: Option<usize>,
    /// Whose numbers it has.
    pub of: Option<Group>,
    pub total: bool,
    /// Whether it is printed with the table; others are bound and drawn.
    pub printed: bool,
}

impl ComputedColumn {
    /// A printed column that is no total, of no group, without weight or group.
    #[must_use]
    pub fn new(id: &str, label: Heading, kind: ColumnKind) -> Self {
        Self { id: id.to_owned(), label, group: None, kind, weight: None, of: None, total: false, printed: true }
    }
}

#[derive(Debug, Clone)]
pub struct ComputedRow {
    pub id: String,
    pub label: Heading,
    pub values: Vec<Value>,
    pub total: bool,
    pub origin: RowOrigin,
}

/// Words of a header: the author's, or the language's own.
#[derive(Debug, Clone)]
pub enum Heading {
    Given(Text),
    /// Of a declared breakdown.
    Group(Group),
    Total,
    /// One column of counts.
    Count,
    /// Cases without a value.
    Missing,
    /// A word of the program's own, by its key in the locale files.
    Word(&'static str),
    /// Place among the rows.
    Rank,
    /// What has come or gone since an earlier time.
    Change,
}
