//! What amounts are counted in, which of their rows is the sum of the others, and of whom percentages are that stand without the number.

use crate::check::{Passage, factor};
use crate::compute::mask::Quantity;
use crate::compute::table::{ComputedColumn, ComputedTable, Heading};
use crate::document::data::ColumnKind;
use crate::locale::Language;
use crate::markdown::plain_words;
use crate::value::Group;

use super::super::network::Terms;
use super::names::{Cells, Names, Scope};

impl Names {
    /// What the unit of a column multiplies its amounts by. The unit is a word for what is counted.
    pub fn unit_of(&mut self, column: &ComputedColumn, scope: &mut Scope) -> i64 {
        let ColumnKind::Amount { unit: Some(unit), .. } = &column.kind else { return self.factor(None) };
        let words = plain_words(unit);
        if self.amounts.is_some() {
            scope.nouns.extend(self.stems(&words));
        }
        self.factor(Some(&words))
    }

    pub fn factor(&mut self, unit: Option<&str>) -> i64 {
        let factor = unit.filter(|_| self.amounts.is_some()).and_then(|unit| factor(unit, self.language).to_i64());
        let factor = factor.unwrap_or(1);
        self.factors.insert(factor);
        factor
    }
}

impl Cells<'_> {
    /// Whose percentages a column has, by its label: "Andel kvinnor".
    pub fn group_of_share(&self, column: &ComputedColumn, language: Language) -> Option<Group> {
        let Heading::Given(label) = &column.label else { return None };
        if !is_share(column) || self.quantities.of_amounts {
            return None;
        }
        let passage = Passage::alone(&plain_words(label), language, self.groups);
        let mut groups = passage.tokens.iter().filter_map(|token| token.group);
        groups.next().filter(|_| groups.next().is_none())
    }

    /// The number of a column in a row; of percentages of persons that which they are of.
    pub fn of_column(&self, column: &ComputedColumn, name: &Quantity, factor: i64) -> Option<Terms> {
        if is_share(column) { self.part(name) } else { self.terms(name, factor) }
    }

    /// The number that a percentage is of, which is told nowhere.
    fn part(&self, percentage: &Quantity) -> Option<Terms> {
        let mut called = self.quantities.called.iter();
        called.find(|(_, name)| *name == percentage).map(|(at, _)| vec![(*at, 1)])
    }

    /// The row of a typed table of amounts that is the sum of all others: no row of totals is made of amounts.
    pub fn total_row<'t>(&self, table: &str, computed: &'t ComputedTable) -> Option<&'t str> {
        let rows = || computed.rows.iter().map(|row| row.id.as_str());
        if !self.quantities.of_amounts || computed.rows.iter().any(|row| row.total) || rows().count() < 3 {
            return None;
        }
        let value = |row: &str, column: &str| {
            let name = Quantity::Cell { table: table.to_owned(), row: row.to_owned(), column: column.to_owned() };
            Some(self.quantities.network.cells[*self.at.get(&name)?].value)
        };
        let columns: Vec<&str> = computed.columns.iter().map(|column| column.id.as_str()).collect();
        let columns = columns.into_iter().filter(|column| rows().all(|row| value(row, column).is_some()));
        let sums: Vec<(&str, i64)> =
            columns.map(|column| (column, rows().filter_map(|row| value(row, column)).sum())).collect();
        let is_sum = |row: &&str| {
            sums.iter()
                .all(|(column, sum)| value(row, column).is_some_and(|own| own != 0 && own.saturating_mul(2) == *sum))
        };
        rows().find(|row| !sums.is_empty() && is_sum(row))
    }
}

/// Whether a column has percentages: what is said of persons says nothing of these themselves.
fn is_share(column: &ComputedColumn) -> bool {
    matches!(column.kind, ColumnKind::Percent { .. })
}
