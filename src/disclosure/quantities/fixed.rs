//! Tables in an order that no number decides. Of what is as good to hide the first is hidden, and a table that is printed by its values would tell by that
//! where a hidden number put its row.

use std::collections::BTreeMap;

use crate::compute::statistics::Statistics;
use crate::compute::table::ComputedTable;
use crate::model::{CaseColumn, CaseKind, Dataset, MISSING, Project, Table};

/// The tables of a report by their ids, with rows and columns as they are defined.
pub(super) fn tables(project: &Project, truth: &Statistics) -> BTreeMap<String, ComputedTable> {
    let findings = &project.findings;
    let tables = findings.tables.iter().filter_map(|table| {
        let computed = truth.tables.get(&table.id.value)?.clone();
        Some((table.id.value.clone(), in_order(table, computed, &findings.datasets)))
    });
    tables.collect()
}

fn in_order(table: &Table, mut computed: ComputedTable, datasets: &[Dataset]) -> ComputedTable {
    let Some(cross) = &table.cross else {
        let place = |id: &str| table.rows.iter().position(|row| row.id.value == id).unwrap_or(usize::MAX);
        computed.rows.sort_by_cached_key(|row| (row.total, place(&row.id), row.id.clone()));
        return computed;
    };
    let dataset = datasets.iter().find(|known| known.id.value == cross.selection.dataset.value);
    let column = |id: &str| dataset.and_then(|dataset| dataset.column(id));
    if let Some(by) = column(&cross.by.value) {
        computed.rows.sort_by_cached_key(|row| (row.total, place(by, &row.id)));
    }
    if let Some(across) = cross.across.as_ref().and_then(|across| column(&across.value)) {
        let mut order: Vec<usize> = (0..computed.columns.len()).collect();
        order.sort_by_cached_key(|at| {
            let column = &computed.columns[*at];
            (column.total, place(across, &column.id))
        });
        let columns = order.iter().map(|at| computed.columns[*at].clone()).map(|mut column| {
            column.weight = column.weight.and_then(|weight| order.iter().position(|at| *at == weight));
            column
        });
        computed.columns = columns.collect();
        for row in &mut computed.rows {
            row.values = order.iter().filter_map(|at| row.values.get(*at).cloned()).collect();
        }
    }
    computed
}

/// Where a category stands, or a measure below one: cases without an answer after all others. Categories that nobody listed are known in the order
/// of the case rows, and stand by their ids.
fn place(column: &CaseColumn, id: &str) -> (bool, usize, String) {
    let is = |category: &str| id.strip_prefix(category).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    match column.categories.iter().position(|category| is(&category.id)) {
        Some(_) if !column.declared && column.kind == CaseKind::Text => (false, 0, id.to_owned()),
        Some(at) => (false, at, String::new()),
        None => (is(MISSING), usize::MAX, String::new()),
    }
}
