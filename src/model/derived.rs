//! Columns that are computed from others of their table, and what may be chosen of a table's columns and rows.

use crate::source::{Spanned, Text};
use crate::value::Exact;

/// A column that is computed: one operation, done to some cells for each row.
#[derive(Debug, Clone)]
pub struct DerivedColumn {
    pub id: Spanned<String>,
    pub label: Text,
    pub operation: Operation,
    pub cells: Cells,
    pub decimals: Option<u8>,
    pub unit: Option<Text>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Sum,
    /// The first less the others.
    Difference,
    Average,
    /// The first in percent of the second.
    Share,
    /// The first divided by the second, so many times.
    Ratio {
        per: Exact,
    },
    /// From the first to the second.
    Change,
    /// From the first to the second, in percent of the first.
    Growth,
    /// The second where the first is 100.
    Index,
    /// The cell as it is.
    Same,
}

/// Which cells a cell is computed from.
#[derive(Debug, Clone)]
pub enum Cells {
    /// Those of the same row in these columns, in the order that the operation has them.
    Row(Vec<Spanned<String>>),
    /// That of another row, and that of the row.
    Since(Spanned<String>, Since),
    /// That of the row, and the sum of all rows.
    OfAll(Spanned<String>),
    /// Those of so many periods, the last of which is the row's.
    Last(Spanned<String>, usize),
    /// Those of the rows down to this one; of periods, of those before it and its own.
    Until(Spanned<String>),
    /// That of the row with the same id in another table.
    Of { table: Spanned<String>, column: Spanned<String> },
}

/// The other row of a change or an index.
#[derive(Debug, Clone)]
pub enum Since {
    PeriodBefore,
    YearBefore,
    RowBefore,
    /// The row of this id or label.
    Row(Spanned<String>),
}

impl Cells {
    /// The columns of the own table that cells are taken from.
    #[must_use]
    pub fn columns(&self) -> &[Spanned<String>] {
        match self {
            Self::Row(columns) => columns,
            Self::Since(column, _) | Self::OfAll(column) | Self::Last(column, _) | Self::Until(column) => {
                std::slice::from_ref(column)
            }
            Self::Of { .. } => &[],
        }
    }

    /// The other table that cells are taken from.
    #[must_use]
    pub fn table(&self) -> Option<&Spanned<String>> {
        if let Self::Of { table, .. } = self { Some(table) } else { None }
    }
}

/// By what the rows of a table are put in order, where they do not stand as they came.
#[derive(Debug, Clone)]
pub enum RowOrder {
    /// By the alphabet of the language.
    Label,
    Value {
        /// None where there is one column that it can be.
        column: Option<Spanned<String>>,
        smallest_first: bool,
    },
}
