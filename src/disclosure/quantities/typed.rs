//! Tables whose numbers stand in findings: each a number of its own, and what their rows and columns add up to.

use std::collections::BTreeMap;

use crate::compute::mask::Quantity;
use crate::compute::origin::RowOrigin;
use crate::compute::table::{ComputedColumn, ComputedRow, ComputedTable, Heading};
use crate::document::data::ColumnKind;
use crate::model::Table;
use crate::value::{Blank, Value};

use super::{Builder, cell_name, cost};

impl Builder<'_> {
    /// A typed table: its cells, its totals and its rows as figures.
    pub(super) fn typed(&mut self, table: &Table, computed: &ComputedTable) {
        let id = &table.id.value;
        let counts = self.given(table, computed);
        if counts.is_empty() {
            self.out.unseen.insert(id.clone());
            return;
        }
        let mut columns: BTreeMap<usize, Vec<Option<usize>>> = BTreeMap::new();
        for row in computed.rows.iter().filter(|row| !row.total) {
            self.line(id, computed, row, &counts, false);
            for at in &counts {
                let name = cell_name(id, &row.id, &computed.columns[*at].id);
                let cell = self.known.get(&name).copied();
                // What does not apply is part of no total.
                if cell.is_some() || row.values.get(*at).is_none_or(|value| value.withheld().is_some_and(is_unknown)) {
                    columns.entry(*at).or_default().push(cell);
                }
            }
        }
        let printed = computed.rows.iter().find(|row| row.total);
        let figure = self.truth.figures.get(&format!("{id}.total"));
        let values: Vec<Value> = match (printed, figure) {
            (Some(row), _) => row.values.clone(),
            (None, Some(figure)) => {
                let of = |column: &ComputedColumn| figure.columns.iter().find(|(id, _)| *id == column.id);
                let blank = Value::Blank(Blank::NotApplicable);
                computed
                    .columns
                    .iter()
                    .map(|column| of(column).map_or(blank.clone(), |(_, value)| value.clone()))
                    .collect()
            }
            (None, None) => return,
        };
        let cost = if printed.is_some() { cost::TOTAL } else { cost::UNPRINTED };
        for at in &counts {
            let column = &computed.columns[*at];
            let cost = if printed.is_some() && column.total { cost::GRAND_TOTAL } else { cost };
            let parts = columns.get(at).cloned().unwrap_or_default();
            if let Some(value) = values.get(*at) {
                self.sum(cell_name(id, "total", &column.id), value, &parts, cost);
            }
        }
        let total = ComputedRow {
            id: "total".to_owned(),
            label: Heading::Total,
            values,
            total: true,
            origin: RowOrigin::Total,
        };
        self.line(id, computed, &total, &counts, printed.is_none());
    }

    /// The cells of one row, and the row as a figure for all and by groups.
    fn line(&mut self, table: &str, computed: &ComputedTable, row: &ComputedRow, counts: &[usize], unprinted: bool) {
        let cost = match (unprinted, row.total) {
            (true, _) => cost::UNPRINTED,
            (false, true) => cost::TOTAL,
            (false, false) => cost::CELL,
        };
        let mut cells = Vec::new();
        let mut total_column = None;
        for at in counts {
            let (Some(value), column) = (row.values.get(*at), &computed.columns[*at]) else { continue };
            let name = cell_name(table, &row.id, &column.id);
            if column.total {
                total_column = Some((name, value));
            } else {
                let cell = self.count(name, value, cost);
                if cell.is_some() || value.withheld().is_some_and(is_unknown) {
                    cells.push((column.of, cell));
                }
            }
        }
        if !self.adds_up_rows(computed, counts) {
            return;
        }
        let figure_name = |group| Quantity::Figure { id: format!("{table}.{}", row.id), group };
        let parts: Vec<Option<usize>> = cells.iter().map(|(_, cell)| *cell).collect();
        let Some(figure) = self.truth.figures.get(&format!("{table}.{}", row.id)) else { return };
        let totals_cost = if unprinted { cost::UNPRINTED } else { cost::TOTAL };
        match total_column {
            Some((name, value)) => {
                if let Some(total) = self.sum(name, value, &parts, totals_cost) {
                    self.name(total, figure_name(None));
                }
            }
            None => {
                self.sum(figure_name(None), &figure.total, &parts, cost::UNPRINTED);
            }
        }
        for (group, value) in &figure.parts {
            let of_group = cells.iter().filter(|(of, _)| *of == Some(*group)).map(|(_, cell)| *cell);
            self.sum(figure_name(Some(*group)), value, &of_group.collect::<Vec<_>>(), cost::UNPRINTED);
        }
    }
}

fn is_unknown(blank: Blank) -> bool {
    blank != Blank::NotApplicable
}

/// Places of the columns of counts that are given, not computed of others; amounts of contributors are none.
pub(super) fn counts<'a>(table: &'a Table, computed: &'a ComputedTable) -> impl Iterator<Item = usize> + 'a {
    let is_amount = |id: &str| table.columns.iter().any(|known| known.id.value == id && known.behind.is_some());
    let given = move |column: &ComputedColumn| {
        !table.derived.iter().any(|derived| derived.id.value == column.id) && !is_amount(&column.id)
    };
    let columns = computed.columns.iter().enumerate();
    columns.filter(move |(_, column)| matches!(column.kind, ColumnKind::Count) && given(column)).map(|(at, _)| at)
}
