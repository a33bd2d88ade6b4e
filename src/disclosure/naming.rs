//! What authors call quantities, and where they write them.

use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::model::{Breakdowns, CellName, Given, Project};
use crate::source::Span;

/// The name of a quantity in a policy.
#[must_use]
pub fn name_of(quantity: &Quantity, breakdowns: &Breakdowns) -> CellName {
    quantity.name(breakdowns)
}

/// Where a number is defined: the cell that was typed, or what it is counted by.
#[must_use]
pub fn place_of(name: &Quantity, project: &Project, truth: &Statistics) -> Option<Span> {
    match name {
        Quantity::Cell { table, row, column } => {
            let table = project.findings.tables.iter().find(|known| known.id.value == *table)?;
            let Some(row) = table.rows.iter().find(|known| known.id.value == *row) else { return Some(table.id.span) };
            let at = table.columns.iter().position(|known| known.id.value == *column);
            Some(at.and_then(|at| row.cells.get(at)).map_or(row.id.span, |cell| cell.span))
        }
        Quantity::Figure { id, group } => {
            let typed = || {
                let figure = project.findings.figures.iter().find(|known| known.id.value == *id)?;
                match (&figure.given, group) {
                    (Given::ByGroup(parts), Some(group)) => {
                        parts.iter().find(|(known, _)| known == group).map(|(_, value)| value.span)
                    }
                    (Given::ByGroup(_), None) => figure.typed_total.as_ref().map(|value| value.span),
                    (Given::Count(value), None) => Some(value.span),
                    _ => None,
                }
            };
            typed().or_else(|| truth.figures.get(id).map(|figure| figure.span))
        }
    }
}
