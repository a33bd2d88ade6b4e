//! What of the computed numbers is not shown, and the sums that are shown although a part of them is not.

use std::collections::{BTreeMap, BTreeSet};

pub use super::quantity::{Quantity, Why};

use super::origin::{How, TableOrigin};
use super::statistics::Computed;
use super::table::{ComputedColumn, ComputedRow, ComputedTable};
use crate::model::Statistic;
use crate::value::{Blank, Exact, Group, Rounding, Value};

/// Applied to each number as soon as it is computed: what is made of a hidden number is hidden by the rules of [`Value`].
#[derive(Debug, Clone, Default)]
pub struct Mask {
    hidden: BTreeMap<Quantity, Why>,
    /// The cells of `hidden`, by table.
    tables: BTreeMap<String, BTreeSet<(String, String)>>,
    /// Sums and differences that are shown, whatever they are made of.
    kept: BTreeMap<Quantity, Value>,
    /// How statistics of case rows are rounded; they are exact where nothing is protected.
    rounding: Option<Rounding>,
}

impl Mask {
    #[must_use]
    pub fn new(hidden: BTreeMap<Quantity, Why>, kept: BTreeMap<Quantity, Value>) -> Self {
        let mut tables: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
        for quantity in hidden.keys() {
            if let Quantity::Cell { table, row, column } = quantity {
                tables.entry(table.clone()).or_default().insert((row.clone(), column.clone()));
            }
        }
        Self { hidden, tables, kept, rounding: None }
    }

    /// Computes with means, medians, sums and the like of case rows as they are printed, so that nothing that is made of them tells more of the cases than they do:
    /// no ratio with more decimals, no order, no word for which is larger, no length of a bar. The proof holds other worlds to what is printed.
    #[must_use]
    pub fn rounding(self, rounding: Rounding) -> Self {
        Self { rounding: Some(rounding), ..self }
    }

    /// A statistic of case rows that is printed with so many decimals, as it is computed with.
    pub(super) fn rounded(&self, value: &Exact, decimals: u8) -> Exact {
        self.rounding.map_or(*value, |rounding| value.round(decimals, rounding))
    }

    /// All that is not shown, each with its reason.
    #[must_use]
    pub fn into_hidden(self) -> BTreeMap<Quantity, Why> {
        self.hidden
    }

    #[must_use]
    pub fn hides(&self, quantity: &Quantity) -> bool {
        self.hidden.contains_key(quantity)
    }

    /// Whether a number of a row is hidden. Such a row may not tell by its place how large it is.
    #[must_use]
    pub fn touches_row(&self, table: &str, row: &str) -> bool {
        self.hides(&Quantity::Figure { id: format!("{table}.{row}"), group: None })
            || self.tables.get(table).is_some_and(|cells| cells.iter().any(|(known, _)| known == row))
    }

    /// As [`Mask::touches_row`], for a column or the columns below a heading.
    #[must_use]
    pub fn touches_column(&self, table: &str, column: &str) -> bool {
        let belongs =
            |known: &str| known.strip_prefix(column).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.tables.get(table).is_some_and(|cells| cells.iter().any(|(_, known)| belongs(known)))
    }

    pub(super) fn table(&self, id: &str, table: &mut ComputedTable) {
        self.cells(id, &table.columns, &mut table.rows);
        let TableOrigin::Counted(crossed) = &mut table.origin else { return };
        crossed.discreet |= self.tables.contains_key(id);
        if !self.is_idle() {
            // As of a figure, see below.
            crossed.left_out.iter_mut().for_each(|(_, count)| *count = None);
        }
    }

    pub(super) fn cells(&self, table: &str, columns: &[ComputedColumn], rows: &mut [ComputedRow]) {
        let Some(cells) = self.tables.get(table) else { return };
        for row in rows {
            for (value, column) in row.values.iter_mut().zip(columns) {
                if cells.contains(&(row.id.clone(), column.id.clone())) {
                    *value = Value::Blank(Blank::Suppressed);
                }
            }
        }
    }

    pub(super) fn figure(&self, id: &str, figure: &mut Computed) {
        if self.is_idle() {
            return;
        }
        let quantity = |group: Option<Group>| Quantity::Figure { id: id.to_owned(), group };
        self.apply(&quantity(None), &mut figure.total);
        for (group, value) in &mut figure.parts {
            self.apply(&quantity(Some(*group)), value);
        }
        // How many cases a mean is made of is told nowhere else, so that nothing is known of that number.
        if let How::Rows(counted) = &mut figure.how {
            counted.discreet = counted.statistic != Statistic::Count || self.hides(&quantity(None));
        }
        let How::Row { table, row } = &figure.how else { return };
        for (column, value) in &mut figure.columns {
            self.apply(&Quantity::Cell { table: table.clone(), row: row.clone(), column: column.clone() }, value);
        }
    }

    /// Whether it hides nothing.
    fn is_idle(&self) -> bool {
        self.hidden.is_empty() && self.kept.is_empty()
    }

    fn apply(&self, quantity: &Quantity, value: &mut Value) {
        if self.hidden.contains_key(quantity) {
            *value = Value::Blank(Blank::Suppressed);
        } else if let (Value::Blank(Blank::Suppressed), Some(kept)) = (&*value, self.kept.get(quantity)) {
            *value = kept.clone();
        }
    }
}
