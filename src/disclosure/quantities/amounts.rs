//! The amounts of a report: sums over contributors, of case rows and of typed tables. They are read into a network of their own, in which the smallest unit
//! that any of them is counted in is one.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::origin::How;
use crate::compute::statistics::{Computed, Statistics};
use crate::compute::table::ComputedTable;
use crate::document::data::ColumnKind;
use crate::model::{
    CaseColumn, CaseKind, CaseValue, Column, Counting, Counts, Cross, Dataset, Figure, Given, Persons, Policy, Project,
    Table, Zeros,
};
use crate::value::{Blank, Exact, Rounding, Value};

use super::super::case_sets::{Datasets, Lines};
use super::super::members::Members;
use super::super::network::{Cell, Exposure, Kind, Need, Relation};
use super::super::widened::Widened;
use super::contributors::{Alone, Shares, adds_up, contributors, has_contributors};
use super::extremes::is_of;
use super::typed::counts;
use super::{Builder, Quantities, cell_name, cost, fixed};

/// The largest sum of amounts, in their smallest unit: what is reckoned with stays exact.
const MOST: i64 = 1_000_000_000_000_000;
/// The most decimals of an amount.
const DECIMALS: u8 = 9;

/// In what units amounts are whole numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    decimals: u8,
}

impl Scale {
    /// The finest unit in which all of them are whole numbers, as far as they are not too large for it.
    fn new(project: &Project, truth: &Statistics) -> Self {
        let (mut decimals, mut most) = (0, Exact::ZERO);
        let mut see = |value: Exact, of: u8| {
            decimals = decimals.max(of);
            most = most.checked_add(value.magnitude()).unwrap_or(most);
        };
        let findings = &project.findings;
        let measures = findings.tables.iter().filter_map(|table| table.cross.as_ref()).flat_map(|cross| {
            cross.measures.iter().map(|measure| (&cross.selection.dataset.value, &measure.column.value))
        });
        let of_figures = findings.figures.iter().filter_map(|figure| match &figure.given {
            Given::Rows { selection, column: Some(column), .. } => Some((&selection.dataset.value, &column.value)),
            _ => None,
        });
        let asked: BTreeSet<(&String, &String)> = measures.chain(of_figures).collect();
        for dataset in &findings.datasets {
            let asked = |column: &&CaseColumn| asked.contains(&(&dataset.id.value, &column.id.value));
            for value in dataset.columns.iter().filter(asked).flat_map(|column| &column.values).flatten() {
                if let CaseValue::Number { value, decimals } = value {
                    see(*value, *decimals);
                }
            }
        }
        let typed = findings.tables.iter().filter(|table| {
            let has_contributors = table.columns.iter().any(|column| column.behind.is_some());
            table.counts == Some(Counts::Amounts) || has_contributors
        });
        let typed = typed.filter_map(|table| truth.tables.get(&table.id.value));
        let of_figures = findings.figures.iter().filter(|figure| figure.counts == Some(Counts::Amounts));
        let of_figures = of_figures.filter_map(|figure| truth.figures.get(&figure.id.value)).map(|known| &known.total);
        for value in typed.flat_map(|table| &table.rows).flat_map(|row| &row.values).chain(of_figures) {
            if let Value::Count(value) | Value::Amount { value, .. } = value {
                let needed = (0..=DECIMALS).find(|decimals| value.round(*decimals, Rounding::default()) == *value);
                // A mean has no end of decimals, and is no sum.
                see(*value, needed.unwrap_or(0));
            }
        }
        let fits = |decimals: u8| Self { decimals }.units(most).is_some_and(|units| units <= MOST);
        Self { decimals: (0..=decimals.min(DECIMALS)).rev().find(|decimals| fits(*decimals)).unwrap_or(0) }
    }

    fn units(self, value: Exact) -> Option<i64> {
        let times = 10i64.checked_pow(u32::from(self.decimals))?;
        let units = value.checked_mul(Exact::from(times))?.round(0, Rounding::default()).to_i64()?;
        (units.saturating_abs() <= 4 * MOST).then_some(units)
    }

    /// An amount, or a whole number of something; nought where a dash stands for it.
    pub(super) fn number(self, value: &Value) -> Option<i64> {
        match value {
            Value::Count(_) | Value::Amount { .. } | Value::Blank(Blank::Zero) => self.units(value.number()?),
            _ => None,
        }
    }
}

/// Sets of rows whose sums in one column are told, each with its cell.
#[derive(Default)]
struct Sums<'a> {
    of: BTreeMap<(&'a str, &'a str), BTreeMap<Vec<usize>, usize>>,
    /// Whose each row of a dataset is.
    contributors: BTreeMap<&'a str, Vec<usize>>,
}

impl Quantities {
    /// Reads the amounts from the true numbers; none where the policy says nothing of amounts.
    #[must_use]
    pub fn amounts(project: &Project, policy: &Policy, truth: &Statistics) -> Self {
        let Some(terms) = policy.amounts else { return Self::default() };
        let counting = Counting::new(&project.findings);
        let (tables, widened, scale) = (fixed::tables(project, truth), Widened::default(), Scale::new(project, truth));
        let (out, known, sets, bases, shares_of) = Default::default();
        let mut builder = Builder {
            project,
            truth,
            tables: &tables,
            // Nothing is too small; noughts are shown.
            persons: Persons { minimum: 0, values_left: 2, zeros: Zeros::Shown },
            fixed: policy.kept().collect(),
            out,
            known,
            sets,
            widened: &widened,
            told_sets: &Datasets::new(&project.findings.datasets),
            bases,
            scale: Some(scale),
            shares_of,
            statistics: Vec::new(),
        };
        builder.out.of_amounts = true;
        builder.out.decimals = scale.decimals;
        for table in &project.findings.tables {
            let Some(computed) = tables.get(&table.id.value) else { continue };
            if table.cross.is_none() && !builder.given(table, computed).is_empty() {
                builder.typed(table, computed);
                builder.marked_amounts(table, computed);
                builder.contributors_of(table, computed);
            }
        }
        builder.sums_of_rows();
        builder.extremes();
        let figures = project.findings.figures.iter().filter_map(|figure| {
            let computed = truth.figures.get(&figure.id.value)?;
            match (counting.figure(&figure.id.value), &figure.given) {
                (Counts::Amounts, _) => Some((figure, computed)),
                (Counts::None, Given::Cell { .. } | Given::Sum(_) | Given::Difference(_)) => Some((figure, computed)),
                _ => None,
            }
        });
        let figures: Vec<(&Figure, &Computed)> = figures.collect();
        for (figure, computed) in &figures {
            builder.figure(figure, computed);
            if matches!(computed.how, How::Given | How::ByGroup | How::Tally) {
                builder.out.unseen.insert(figure.id.value.clone());
            }
        }
        builder.made_of_others(&figures, &counting);
        builder.presume(&counting);
        builder.growth();
        builder.protect_marks();
        builder.add_up_shares();
        builder.needs(terms.p_percent);
        builder.finish()
    }
}

impl<'a> Builder<'a> {
    /// Places of the columns that are read: counts, or where amounts are read the columns that have contributors.
    pub(super) fn given(&self, table: &Table, computed: &ComputedTable) -> Vec<usize> {
        if self.scale.is_none() {
            return counts(table, computed).collect();
        }
        let all = table.counts == Some(Counts::Amounts);
        let is_amount = |id: &str| {
            let known = table.columns.iter().find(|known| known.id.value == id);
            known.is_some_and(|known| {
                known.behind.is_some() || all && matches!(known.kind, ColumnKind::Count | ColumnKind::Amount { .. })
            })
        };
        let of_amounts = |column: &&Column| is_amount(&column.id.value);
        let counted = table.columns.iter().filter(|column| matches!(column.kind, ColumnKind::Count));
        let is_pure = counted.clone().count() > 0 && counted.clone().all(|column| of_amounts(&column));
        let columns = computed.columns.iter().enumerate();
        columns.filter(|(_, column)| is_amount(&column.id) || column.total && is_pure).map(|(at, _)| at).collect()
    }

    /// Whether the counts of a row come to what is read of it.
    pub(super) fn adds_up_rows(&self, computed: &ComputedTable, given: &[usize]) -> bool {
        let mut columns = computed.columns.iter().enumerate();
        self.scale.is_none()
            || columns.all(|(at, column)| matches!(column.kind, ColumnKind::Count) == given.contains(&at))
    }

    /// What authors state of the contributors of a typed table.
    fn contributors_of(&mut self, table: &Table, computed: &ComputedTable) {
        let Some(scale) = self.scale else { return };
        for row in &table.rows {
            for (column, behind) in table.columns.iter().zip(&row.behind) {
                let name = cell_name(&table.id.value, &row.id.value, &column.id.value);
                let (Some(behind), Some(at)) = (behind, self.known.get(&name).copied()) else { continue };
                let value = self.out.network.cells[at].value;
                let Some(largest) = scale.units(behind.largest) else { continue };
                let second = behind.second.and_then(|second| scale.units(second));
                let count = behind.contributors.and_then(|count| u64::try_from(count.to_i64()?).ok());
                let shares = Shares::stated(value, largest, second, count);
                self.share(at, shares);
                if count == Some(1) {
                    self.out.alone.push(Alone { cells: vec![at] });
                }
            }
        }
        let is_stated = self.given(table, computed).iter().any(|at| {
            let id = &computed.columns[*at].id;
            table.columns.iter().any(|column| column.id.value == *id && column.behind.is_some())
        });
        if !is_stated {
            self.out.unseen.insert(table.id.value.clone());
        }
    }

    fn share(&mut self, at: usize, shares: Shares) {
        self.shares_of.insert(at, shares);
    }

    /// Sums, and means, which give sums back, of the columns of case rows.
    fn sums_of_rows(&mut self) {
        let project = self.project;
        let mut sums = Sums::default();
        for table in &project.findings.tables {
            if let (Some(cross), Some(computed)) = (&table.cross, self.tables.get(&table.id.value)) {
                self.measured(table, cross, computed, &mut sums);
            }
        }
        for figure in &project.findings.figures {
            let Given::Rows { selection, statistic, column: Some(column), weight: None, .. } = &figure.given else {
                continue;
            };
            let datasets = &project.findings.datasets;
            let Some(dataset) = datasets.iter().find(|known| known.id.value == selection.dataset.value) else {
                continue;
            };
            if !adds_up(*statistic) || !has_contributors(dataset, figure.counts) {
                continue;
            }
            let (Some((of, cases)), Some(computed)) =
                (self.told_sets.chosen(&figure.given), self.truth.figures.get(&figure.id.value))
            else {
                continue;
            };
            let values = computed.parts.iter().map(|(group, value)| (Some(*group), value));
            for (group, value) in values.chain([(None, &computed.total)]) {
                let cases = of.of_group(&cases, group);
                let name = Quantity::Figure { id: figure.id.value.clone(), group };
                if !matches!(value, Value::Blank(Blank::NotApplicable)) {
                    self.sum_of(name, (dataset, &column.value), &cases, cost::FIGURE, &mut sums);
                }
            }
        }
        self.relate_sums(sums);
    }

    /// The measures of a table that is counted from case rows.
    fn measured(&mut self, table: &'a Table, cross: &'a Cross, computed: &ComputedTable, sums: &mut Sums<'a>) {
        let id = &table.id.value;
        let Some(lines) = Lines::new(self.told_sets, cross) else { return };
        if !has_contributors(lines.of.dataset, table.counts) {
            return;
        }
        let measure_of = |column: &str| {
            let single = cross.measures.first().filter(|_| cross.measures.len() == 1 && !cross.counts);
            let found = cross.measures.iter().find(|measure| is_of(column, &measure.id.value)).or(single);
            found.filter(|measure| adds_up(measure.statistic) && measure.weight.is_none())
        };
        let rows = computed.rows.iter().map(|row| (row.id.as_str(), true, row.values.as_slice()));
        let unprinted = computed.rows.iter().all(|row| !row.total).then_some(("total", false, &[][..]));
        for (row, printed, values) in rows.chain(unprinted) {
            let Some(cases) = lines.row(row) else { continue };
            let figure = self.truth.figures.get(&format!("{id}.{row}"));
            for (at, column) in computed.columns.iter().enumerate() {
                let is_derived = table.derived.iter().any(|derived| derived.id.value == column.id);
                let Some(measure) = measure_of(&column.id).filter(|_| !is_derived) else { continue };
                let of_total = figure.and_then(|figure| figure.columns.iter().find(|(id, _)| *id == column.id));
                let value = values.get(at).or(of_total.map(|(_, value)| value));
                if value.is_none_or(|value| matches!(value, Value::Blank(Blank::NotApplicable))) {
                    continue;
                }
                let Some(cases) = lines.column(&column.id, &cases) else { continue };
                let cost = match (printed, row == "total", column.total) {
                    (false, ..) => cost::UNPRINTED,
                    (_, false, false) => cost::CELL,
                    (_, true, true) => cost::GRAND_TOTAL,
                    _ => cost::TOTAL,
                };
                let of = (lines.of.dataset, measure.column.value.as_str());
                self.sum_of(cell_name(id, row, &column.id), of, &cases, cost, sums);
            }
            let (Some(figure), [measure], false) = (figure, &cross.measures[..], cross.counts) else { continue };
            if !adds_up(measure.statistic) || measure.weight.is_some() {
                continue;
            }
            let groups = figure.parts.iter().map(|(group, value)| (Some(*group), value));
            for (group, value) in groups.chain([(None, &figure.total)]) {
                if matches!(value, Value::Blank(Blank::NotApplicable)) {
                    continue;
                }
                let of = (lines.of.dataset, measure.column.value.as_str());
                let cases = lines.of.with_value(of.1, &lines.of.of_group(&cases, group));
                let name = Quantity::Figure { id: format!("{id}.{row}"), group };
                self.sum_of(name, of, &cases, cost::UNPRINTED, sums);
            }
        }
    }

    /// The sum of a column over some rows, told under a name, as itself or by its mean.
    fn sum_of(
        &mut self,
        name: Quantity,
        (dataset, column): (&'a Dataset, &str),
        rows: &Members,
        cost: u64,
        sums: &mut Sums<'a>,
    ) {
        let Some(of) = dataset.column(column).filter(|of| of.kind == CaseKind::Number) else { return };
        let Some(scale) = self.scale else { return };
        let rows: Vec<usize> = rows.places().collect();
        let known = sums.of.entry((&dataset.id.value, &of.id.value)).or_default();
        if let Some(at) = known.get(&rows).copied() {
            if let Exposure::Open { cost: own } = &mut self.out.network.cells[at].exposure {
                *own = (*own).max(cost);
            }
            self.name(at, name);
            return;
        }
        let whose = sums.contributors.entry(&dataset.id.value).or_insert_with(|| contributors(dataset));
        let part = |row: usize| match of.value(row) {
            Some(CaseValue::Number { value, .. }) => scale.units(value),
            _ => None,
        };
        let mut parts: BTreeMap<usize, i64> = BTreeMap::new();
        let mut total = 0i64;
        for row in &rows {
            let Some(part) = part(*row) else { continue };
            let whose = whose.get(*row).copied().unwrap_or(*row);
            *parts.entry(whose).or_default() += part;
            total += part;
        }
        let minimum = self.project.policy.as_ref().and_then(|policy| policy.persons);
        let minimum = minimum.filter(|_| dataset.counts() == Counts::Persons).map(|persons| persons.minimum);
        let at = self.cell(total, cost);
        if parts.values().any(|part| *part != 0) && total == 0 {
            // Parts that cancel out tell as much as others.
            self.out.network.cells[at].exposure = Exposure::Open { cost };
        }
        known.insert(rows, at);
        self.name(at, name);
        self.share(at, Shares::new(&parts, minimum));
    }

    /// What ties sums of a column together: rows that all of them agree on are told as one, or are a part that is told nowhere.
    fn relate_sums(&mut self, sums: Sums<'a>) {
        let project = self.project;
        for ((dataset, column), sets) in sums.of {
            let found = project.findings.datasets.iter().find(|known| known.id.value == dataset);
            let Some((dataset, of)) = found.and_then(|dataset| Some((dataset, dataset.column(column)?))) else {
                continue;
            };
            let mut told_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (rows, cell) in &sets {
                rows.iter().for_each(|row| told_of.entry(*row).or_default().push(*cell));
            }
            let mut parts: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
            for (row, cells) in told_of {
                parts.entry(cells).or_default().push(row);
            }
            let mut made_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            let mut by_contributor: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            let lower = self.lower(dataset, column);
            for (cells, rows) in parts {
                let own = sets.get(&rows).copied();
                let at = own.unwrap_or_else(|| {
                    let value = rows.iter().filter_map(|row| self.units_of(of.value(*row)?)).sum();
                    let (exposure, need) = (Exposure::Unpublished, Need::None);
                    self.out.network.cells.push(Cell { value, lower, upper: None, exposure, need });
                    self.out.names.push(Vec::new());
                    self.out.network.cells.len() - 1
                });
                self.out.network.cells[at].lower = lower;
                for cell in cells.iter().filter(|cell| **cell != at) {
                    made_of.entry(*cell).or_default().push(at);
                }
            }
            for cell in sets.values() {
                self.out.network.cells[*cell].lower = lower;
                if let Some(only) = self.shares_of.get(cell).and_then(|shares| shares.only) {
                    by_contributor.entry(only).or_default().push(*cell);
                }
            }
            self.out.network.relations.extend(made_of.into_iter().map(|(cell, parts)| Relation::sum(cell, parts)));
            self.out.alone.extend(by_contributor.into_values().map(|cells| Alone { cells }));
        }
    }

    fn units_of(&self, value: CaseValue) -> Option<i64> {
        match value {
            CaseValue::Number { value, .. } => self.scale?.units(value),
            CaseValue::Date(_) => None,
        }
    }

    /// What a reader knows that a sum of a column is at least: nothing below nought, where no row is.
    fn lower(&self, dataset: &Dataset, column: &str) -> i64 {
        let values = dataset.column(column).map(|of| of.values.as_slice()).unwrap_or_default();
        let parts = || values.iter().flatten().filter_map(|value| self.units_of(*value));
        if parts().all(|part| part >= 0) {
            return 0;
        }
        parts().fold(0i64, |sum, part| sum.saturating_sub(part.saturating_abs())).saturating_mul(10).max(-4 * MOST)
    }

    /// Sums of amounts have contributors too, where those of all parts are known.
    fn add_up_shares(&mut self) {
        let relations = self.out.network.relations.clone();
        loop {
            let before = self.shares_of.len();
            for relation in relations.iter().filter(|relation| relation.kind == Kind::Equal) {
                let [whole] =
                    relation.terms.iter().filter(|(_, by)| *by == -1).map(|(at, _)| *at).collect::<Vec<_>>()[..]
                else {
                    continue;
                };
                let parts = relation.terms.iter().filter(|(at, _)| *at != whole);
                let parts: Option<Vec<Shares>> =
                    parts.map(|(at, by)| self.shares_of.get(at).copied().filter(|_| *by == 1)).collect();
                let zero = |at: usize| self.out.network.cells[at].value == 0;
                if let Some(parts) =
                    parts.filter(|parts| !parts.is_empty() && !self.shares_of.contains_key(&whole) && !zero(whole))
                {
                    self.share(whole, Shares::together(&parts));
                }
            }
            if self.shares_of.len() == before {
                return;
            }
        }
    }

    /// What each amount needs. A nought has no contributor.
    fn needs(&mut self, p: u32) {
        let all = std::mem::take(&mut self.shares_of);
        let typed = self.out.network.cells.iter().filter(|cell| cell.lower == 0);
        let least = typed.map(|cell| cell.value).min().unwrap_or(0);
        for cell in &mut self.out.network.cells {
            // Typed amounts of which some are below nought may be as far below as all are above.
            if least < 0 && cell.lower == 0 {
                cell.lower = -4 * MOST;
            }
        }
        for (at, shares) in &all {
            let cell = &mut self.out.network.cells[*at];
            if cell.is_open() || self.out.marks.contains(at) {
                cell.need = shares.need(p);
            }
        }
        self.out.shares = all;
    }
}
