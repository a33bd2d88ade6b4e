//! What adds up in tables that are counted from case rows. The network has it by elementary cells; people read it as rows and columns with their totals.

use crate::compute::table::ComputedTable;

use super::super::network::Relation;
use super::{Builder, cell_name};

impl Builder<'_> {
    /// Rows and columns of a counted table whose parts come to their total.
    pub(super) fn adds_up(&mut self, table: &str, computed: &ComputedTable) {
        let rows = || computed.rows.iter().filter(|row| !row.total).map(|row| row.id.as_str());
        let columns = || computed.columns.iter().filter(|column| !column.total).map(|column| column.id.as_str());
        let all_rows = rows().chain(["total"]);
        let lines: Vec<Vec<(&str, &str)>> =
            all_rows.map(|row| columns().chain(["total"]).map(|column| (row, column)).collect()).collect();
        let across =
            columns().chain(["total"]).map(|column| rows().chain(["total"]).map(|row| (row, column)).collect());
        for line in lines.into_iter().chain(across.collect::<Vec<_>>()) {
            let cells: Option<Vec<usize>> =
                line.iter().map(|(row, column)| self.known.get(&cell_name(table, row, column)).copied()).collect();
            let Some((whole, parts)) = cells.as_deref().and_then(<[usize]>::split_last) else { continue };
            let value = |at: usize| self.out.network.cells[at].value;
            if parts.len() > 1
                && !parts.contains(whole)
                && parts.iter().map(|at| value(*at)).sum::<i64>() == value(*whole)
            {
                self.out.sums.push(Relation::sum(*whole, parts.iter().copied()));
            }
        }
    }
}
