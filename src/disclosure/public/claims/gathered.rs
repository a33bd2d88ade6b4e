//! What an annual report printed of the reports that it is made of, in tables of their measures and where a text binds these.

use crate::check::{NumberUnit, Passage};
use crate::compare::state::State;

use super::{Printed, Reader, printed};

impl Reader<'_> {
    /// The cells of tables of measures that are this report's.
    pub(super) fn measures(&mut self, state: &State) {
        for (id, table) in &state.tables {
            let printed = printed(state, id, table);
            if printed == Printed::No {
                continue;
            }
            let own = table.columns.iter().position(|heading| heading.id == self.project.report.id);
            for row in &table.rows {
                let cell = own.and_then(|own| row.cells.get(own));
                let (Some(cell), Some(figure)) = (cell, self.own_of(&row.from)) else { continue };
                let told = std::mem::take(&mut self.out.values);
                self.measure(figure, cell.printed());
                let new = std::mem::replace(&mut self.out.values, told);
                if printed == Printed::Perhaps {
                    self.out.doubtful.extend(new.keys().filter(|name| !self.out.values.contains_key(name)).cloned());
                }
                self.out.values.extend(new);
            }
        }
    }

    /// A row of such a table where a text binds it: its last value, or that of a column.
    pub(super) fn bound_measure(&mut self, state: &State, written: &str, text: &str) {
        let mut filters = written.split('|').map(str::trim);
        let Some((table, row)) = filters.next().and_then(|id| id.split_once('.')) else { return };
        let Some(table) = state.tables.get(table) else { return };
        let row = table.rows.iter().find(|known| known.id == row);
        let Some(row) = row.filter(|row| !row.from.is_empty()) else { return };
        let of =
            |column: &str| row.from.iter().any(|id| id.split_once(':').is_some_and(|(report, _)| report == column));
        let last = table.columns.iter().rev().map(|heading| heading.id.as_str()).find(|column| of(column));
        let mut column = last;
        for filter in filters {
            match filter.strip_prefix("column ") {
                Some(named) => column = Some(named.trim()),
                None => return,
            }
        }
        if column == Some(self.project.report.id.as_str())
            && let Some(figure) = self.own_of(&row.from)
        {
            self.measure(figure, text);
        }
    }

    /// The figure of this report among some.
    fn own_of<'a>(&self, ids: &'a [String]) -> Option<&'a str> {
        let own = |id: &&String| id.split_once(':').is_some_and(|(report, _)| report == self.project.report.id);
        ids.iter().find(own).map(String::as_str)
    }

    /// "25", "63 %", "25 of 40 (63 %)", as the words tell.
    fn measure(&mut self, figure: &str, text: &str) {
        let passage = Passage::alone(text, self.language, &self.groups);
        let is_percent = |at: usize| passage.numbers.get(at).is_some_and(|number| number.unit == NumberUnit::Percent);
        let filter = match passage.numbers.len() {
            3 if is_percent(2) => " | share",
            1 if is_percent(0) => " | percent",
            _ => "",
        };
        // A measure that is a percentage itself is bound as it is.
        if self.binding(&format!("{figure}{filter}"), text).is_none() && !filter.is_empty() {
            self.binding(figure, text);
        }
    }
}
