//! Percentages that are typed beside amounts which they are changes of: what an amount was, and by how much it grew, gives it back.

use crate::compute::table::ComputedTable;
use crate::document::data::ColumnKind;
use crate::model::Table;
use crate::value::{Exact, Value};

use super::super::network::{Cell, Exposure, Kind, Need, Relation};
use super::{Builder, Presumed, cell_name, cost};

/// So many rows must agree before a column is taken for changes.
const AGREEING: usize = 2;
/// The most by which a hidden percentage may be another, in its last digit.
const MOST: i64 = 10_000_000;

/// An amount of one time and another, and the change.
struct Grown {
    row: String,
    now: usize,
    /// Its cell, where it is one that may be hidden, and what it is.
    then: (Option<usize>, i64),
    /// In its last digit, of which so many are one percent.
    percent: i64,
    scale: i64,
}

impl Grown {
    /// Whether the percentage is what is printed of the change.
    fn is_of(&self, now: i64) -> bool {
        let then = i128::from(self.then.1);
        let change = (i128::from(now) - then) * 200 * i128::from(self.scale);
        then > 0 && (change - 2 * i128::from(self.percent) * then).abs() <= then
    }

    /// Whether all that is reckoned with stays far below what numbers hold.
    fn is_small(&self, now: i64) -> bool {
        let largest = now.saturating_abs().max(self.then.1).max(self.percent.saturating_abs());
        largest.checked_mul(4_000).and_then(|most| most.checked_mul(self.scale)).is_some()
    }
}

impl Builder<'_> {
    /// Finds them in the typed tables of amounts.
    pub(super) fn growth(&mut self) {
        for table in self.project.findings.tables.iter().filter(|table| table.cross.is_none()) {
            let Some(computed) = self.tables.get(&table.id.value) else { continue };
            for (at, column) in computed.columns.iter().enumerate() {
                let is_typed = table.columns.iter().any(|known| known.id.value == column.id);
                let name = |row: &str| cell_name(&table.id.value, row, &column.id);
                let is_known = computed.rows.iter().any(|row| self.known.contains_key(&name(&row.id)));
                if is_typed && matches!(column.kind, ColumnKind::Percent { .. }) && !is_known {
                    let found = self.grown(table, computed, at);
                    found.into_iter().flatten().for_each(|grown| {
                        let name = name(&grown.row);
                        self.grew(name, &grown);
                    });
                }
            }
        }
    }

    /// What the percentages of a column are changes of: two columns in which all that are known agree.
    fn grown(&self, table: &Table, computed: &ComputedTable, at: usize) -> Option<Vec<Grown>> {
        let numeric = |place: &usize| {
            matches!(computed.columns[*place].kind, ColumnKind::Count | ColumnKind::Amount { .. }) && *place != at
        };
        let places: Vec<usize> = (0..computed.columns.len()).filter(numeric).collect();
        let pairs = places.iter().flat_map(|now| places.iter().map(move |then| (*now, *then)));
        pairs.filter(|(now, then)| now != then).find_map(|pair| self.changes(table, computed, pair, at))
    }

    fn changes(
        &self,
        table: &Table,
        computed: &ComputedTable,
        (now, then): (usize, usize),
        at: usize,
    ) -> Option<Vec<Grown>> {
        let mut out = Vec::new();
        for row in &computed.rows {
            let cell = |place: usize| {
                let name = cell_name(&table.id.value, &row.id, &computed.columns[place].id);
                self.known.get(&name).copied()
            };
            let Some(Value::Percent { value, decimals }) = row.values.get(at) else { continue };
            let scale = 10_i64.checked_pow(u32::from(*decimals))?;
            let percent = value.checked_mul(Exact::from(scale))?.to_i64()?;
            let (Some(own), Some(before)) = (cell(now), self.number(row.values.get(then)?)) else { continue };
            let (row, now) = (row.id.clone(), own);
            let grown = Grown { row, now, then: (cell(then), before), percent, scale };
            let value = self.out.network.cells[now].value;
            if !grown.is_of(value) || !grown.is_small(value) {
                return None;
            }
            out.push(grown);
        }
        (out.len() >= AGREEING).then_some(out)
    }

    /// The percentage becomes a number of the network, which may be hidden, and says what it says of the two amounts.
    fn grew(&mut self, name: crate::compute::mask::Quantity, grown: &Grown) {
        let Grown { now, then: (cell, then), percent, scale, .. } = grown;
        let at = self.out.network.cells.len();
        let exposure = Exposure::Open { cost: cost::CELL };
        self.out.network.cells.push(Cell { value: *percent, lower: -MOST, upper: None, exposure, need: Need::None });
        self.out.names.push(Vec::new());
        self.name(at, name);
        self.out.percentages.insert(at);
        // 200 scale (now - then) - 2 percent then, at most `then` off. The product is taken near the true numbers: exact where either of the two is printed.
        let first = self.out.network.relations.len();
        for (kind, off) in [(Kind::AtMost, -1), (Kind::AtLeast, 1)] {
            let of_then = off - 200 * scale - 2 * percent;
            let mut terms = vec![(*now, 200 * scale), (at, -2 * then)];
            let mut constant = -2 * then * percent;
            match cell {
                Some(cell) => terms.push((*cell, of_then)),
                None => constant -= of_then * then,
            }
            self.out.network.relations.push(Relation::new(terms, kind, constant));
        }
        let parts = std::iter::once(*now).chain(*cell).collect();
        let relations = vec![first, first + 1];
        self.out.presumed.push(Presumed { whole: at, parts, is_share: true, by_names: false, relations });
    }
}
