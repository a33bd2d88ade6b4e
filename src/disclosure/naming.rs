//! What authors call quantities.

use crate::compute::mask::Quantity;
use crate::model::{Breakdowns, CellName};

/// The name of a quantity in a policy.
#[must_use]
pub fn name_of(quantity: &Quantity, breakdowns: &Breakdowns) -> CellName {
    match quantity.clone() {
        Quantity::Cell { table, row, column } => CellName::Table { table, row, column },
        Quantity::Figure { id, group } => {
            CellName::Figure { figure: id, group: group.map(|group| breakdowns.id(group).to_owned()) }
        }
    }
}
