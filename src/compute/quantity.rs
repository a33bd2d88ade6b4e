//! What a report tells, as numbers with names.

use crate::model::{Breakdowns, CellName};
use crate::value::Group;

/// A number that a report may print, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    Cell {
        table: String,
        row: String,
        column: String,
    },
    /// A figure or a row of a table as one, for all or for a group.
    Figure {
        id: String,
        group: Option<Group>,
    },
}

impl Quantity {
    /// The id of a figure.
    #[must_use]
    pub fn figure(&self) -> Option<&str> {
        match self {
            Self::Figure { id, .. } => Some(id),
            Self::Cell { .. } => None,
        }
    }

    /// What authors call it in a policy.
    #[must_use]
    pub fn name(&self, breakdowns: &Breakdowns) -> CellName {
        match self.clone() {
            Self::Cell { table, row, column } => CellName::Table { table, row, column },
            Self::Figure { id, group } => {
                CellName::Figure { figure: id, group: group.map(|group| breakdowns.id(group).to_owned()) }
            }
        }
    }
}

/// Why a number is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It counts too few.
    Small,
    /// It is a sum of which one contributor, or another, could work out what somebody has.
    Dominated,
    /// It is what one contributor has, or few have.
    Single,
    /// It counts all, or none, of a group.
    Whole,
    /// It would give another one away.
    For(Quantity),
    /// The policy keeps it hidden.
    Kept,
    /// It is computed of few, or of a number that is not shown.
    Computed,
    /// The policy cannot be met, and no number of persons is shown until it is.
    Unmet,
}
