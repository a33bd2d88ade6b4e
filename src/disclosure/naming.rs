//! Names of quantities.

use crate::compute::mask::Quantity;
use crate::model::Breakdowns;

/// What an author calls a number: `table.row.column`, `figure` or `figure.group`.
#[must_use]
pub fn name_of(quantity: &Quantity, breakdowns: &Breakdowns) -> String {
    match quantity {
        Quantity::Cell { table, row, column } => format!("{table}.{row}.{column}"),
        Quantity::Figure { id, group: None } => id.clone(),
        Quantity::Figure { id, group: Some(group) } => format!("{id}.{}", breakdowns.id(*group)),
    }
}
