//! What may not be put on each other in a stack.

use crate::compute::table::ComputedColumn;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{ChartSpec, Operation, Statistic, Table};

/// Told where a stack is made of averages, rates or changes: their sum is of nothing.
pub fn stacked_averages<'a>(
    spec: &ChartSpec,
    table: &Table,
    mut drawn: impl Iterator<Item = &'a ComputedColumn>,
) -> Option<Diagnostic> {
    let column = drawn.find(|column| column.weight.is_some() || is_computed_average(table, &column.id))?;
    let message = say!(
        "the chart `{spec}` stacks averages or rates: the sum of `{column}` and the others is of nothing",
        spec = spec.id.value,
        column = column.id
    );
    Some(Diagnostic::error(Code::CHART_MISLEADING, message).at(spec.table.span).help(say!(
        "stack what can be added up (numbers, amounts, shares of one whole), or draw lines or grouped bars"
    )))
}

fn is_computed_average(table: &Table, id: &str) -> bool {
    let derived = table.derived.iter().find(|derived| derived.id.value == id);
    let adds_up =
        |operation| matches!(operation, Operation::Sum | Operation::Difference | Operation::Share | Operation::Same);
    if let Some(derived) = derived {
        return !adds_up(derived.operation);
    }
    let Some(cross) = &table.cross else { return false };
    cross.measures.iter().filter(|measure| !matches!(measure.statistic, Statistic::Sum | Statistic::Count)).any(
        |measure| {
            let own = &measure.id.value;
            // Below each category of `across` a column has the category's name before the measure's; a measure alone has none.
            let alone = cross.measures.len() == 1 && !cross.counts;
            alone || id == own || id.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('-'))
        },
    )
}
