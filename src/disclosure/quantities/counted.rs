//! Numbers that are counted from case rows: each is that of a set of cases.

use crate::compute::mask::Quantity;
use crate::compute::table::ComputedTable;
use crate::document::data::ColumnKind;
use crate::model::{Cross, CrossMeasure, Table};
use crate::value::Value;

use super::super::case_sets::Lines;
use super::super::members::Members;
use super::super::network::{Exposure, Need, Relation};
use super::super::widened::Statistic;
use super::{Builder, Told, cell_name, cost};

/// What a measure of a table tells.
fn statistic_of(measure: &CrossMeasure) -> Told<'_> {
    let weight = measure.weight.as_ref().map(|weight| weight.value.as_str());
    Told::Statistic(measure.statistic, &measure.column.value, weight, measure.decimals)
}

impl Builder<'_> {
    /// A table counted from case rows: each cell is a set of cases.
    pub(super) fn counted(&mut self, table: &Table, cross: &Cross, computed: &ComputedTable) {
        let id = &table.id.value;
        let Some(lines) = Lines::new(self.told_sets, cross) else { return };
        let conditions = cross.selection.conditions.iter().map(|condition| &condition.column);
        let chosen_by: Vec<&str> = conditions.chain([&cross.by]).map(|column| column.value.as_str()).collect();
        let rows = computed.rows.iter().map(|row| (row.id.as_str(), true, &row.values));
        let blank = Vec::new();
        let unprinted = computed.rows.iter().all(|row| !row.total).then_some(("total", false, &blank));
        for (row, printed, values) in rows.chain(unprinted) {
            let Some(cases) = lines.row(row) else { continue };
            let is_total = row == "total";
            let figure = self.truth.figures.get(&format!("{id}.{row}"));
            for (at, column) in computed.columns.iter().enumerate() {
                if table.derived.iter().any(|derived| derived.id.value == column.id) {
                    continue;
                }
                let of_total = figure.and_then(|figure| figure.columns.iter().find(|(id, _)| *id == column.id));
                let Some(value) = values.get(at).or(of_total.map(|(_, value)| value)) else { continue };
                let Some(cell) = lines.column(&column.id, &cases) else { continue };
                let name = cell_name(id, row, &column.id);
                let cost = match (printed, is_total, column.total) {
                    (false, ..) => cost::UNPRINTED,
                    (_, false, false) => cost::CELL,
                    (_, true, true) => cost::GRAND_TOTAL,
                    _ => cost::TOTAL,
                };
                let measure = cross.measures.iter().find(|measure| {
                    let front = column.id.strip_suffix(measure.id.value.as_str());
                    front.is_some_and(|front| front.is_empty() || front.ends_with('.'))
                });
                let single = cross.measures.first().filter(|_| cross.measures.len() == 1 && !cross.counts);
                let is_count = matches!(column.kind, ColumnKind::Count);
                let told = if is_count { Some(Told::Count) } else { measure.or(single).map(statistic_of) };
                let Some(told) = told else { continue };
                self.set(name.clone(), value, &lines.of.dataset.id.value, cell, cost, told);
                if is_total && !lines.lists_columns() {
                    self.is_not_nought(&name);
                }
            }
            let Some(figure) = figure else { continue };
            let name = |group| Quantity::Figure { id: format!("{id}.{row}"), group };
            let told = cross.measures.first().filter(|_| !cross.counts && cross.measures.len() == 1);
            let told = told.map_or(Told::Count, statistic_of);
            for (group, value) in
                figure.parts.iter().map(|(group, value)| (Some(*group), value)).chain([(None, &figure.total)])
            {
                let cases = lines.of.of_group(&cases, group);
                if lines.of.excludes(group, &chosen_by, &cases) {
                    continue;
                }
                self.set(name(group), value, &lines.of.dataset.id.value, cases, cost::UNPRINTED, told);
            }
            // A category that is not listed has a row because somebody stands in it.
            if !lines.lists_rows() {
                self.is_not_nought(&name(None));
            }
        }
        self.adds_up(id, computed);
    }

    /// Rows and columns whose parts come to their total. The network has them by elementary cells; people read them so.
    fn adds_up(&mut self, table: &str, computed: &ComputedTable) {
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

    /// A reader knows that it is not nought.
    fn is_not_nought(&mut self, name: &Quantity) {
        if let Some(at) = self.known.get(name) {
            let cell = &mut self.out.network.cells[*at];
            cell.lower = cell.lower.max(i64::from(cell.value > 0));
        }
    }

    /// A quantity made of a set of cases: their number, or something computed of them.
    pub(super) fn set(
        &mut self,
        name: Quantity,
        value: &Value,
        dataset: &str,
        cases: Members,
        cost: u64,
        told: Told<'_>,
    ) {
        let is_count = matches!(told, Told::Count);
        if !is_count && matches!(value, Value::Blank(_)) {
            return;
        }
        let size = i64::try_from(self.widened.real(dataset, &cases)).unwrap_or(i64::MAX);
        if let Told::Statistic(statistic, column, weight, decimals) = told {
            let (column, weight) = (column.to_owned(), weight.map(str::to_owned));
            let told = Statistic { name: name.clone(), cases: cases.clone(), statistic, column, weight, decimals };
            self.statistics.push((dataset.to_owned(), told));
        }
        let at = match self.sets.find(dataset, &cases) {
            Some(at) => at,
            None => {
                let at = self.cell(size, cost::UNPRINTED);
                if !is_count {
                    self.out.network.cells[at].exposure = Exposure::Unpublished;
                    self.out.network.cells[at].need = Need::None;
                }
                self.sets.add(dataset, cases, at);
                at
            }
        };
        if !is_count {
            self.out.computed_of.push((name, at));
            return;
        }
        let cell = &mut self.out.network.cells[at];
        match &mut cell.exposure {
            Exposure::Open { cost: known } => *known = (*known).max(cost),
            // It was the number behind a mean alone, and is told now.
            Exposure::Unpublished => {
                let fresh = self.cell(size, cost);
                let told = self.out.network.cells[fresh].clone();
                self.out.network.cells[at] = told;
                self.out.network.cells.pop();
                self.out.names.pop();
            }
            Exposure::Fixed => {}
        }
        self.name(at, name);
    }
}
