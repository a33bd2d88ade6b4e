//! What authors call quantities.

use crate::compute::mask::Quantity;
use crate::model::{Breakdowns, CellName};

/// The name of a quantity in a policy.
#[must_use]
pub fn name_of(quantity: &Quantity, breakdowns: &Breakdowns) -> CellName {
    quantity.name(breakdowns)
}
