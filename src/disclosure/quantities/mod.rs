//! The quantities that a report tells, as cells of a network: the same quantity in table, figure and row is one cell, and what holds among them is a
//! relation. Everything that findings define counts as told, whether a text uses it or not; what is told nowhere costs next to nothing to hide.

mod figures;
mod labelled;
mod marks;
mod presumed;
mod shares;
mod sums;

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::origin::RowOrigin;
use crate::compute::statistics::{Computed, Statistics};
use crate::compute::table::{ComputedColumn, ComputedRow, ComputedTable, Heading};
use crate::document::data::ColumnKind;
use crate::model::{Counting, Counts, Cross, Figure, Persons, Policy, Project, Table, Zeros};
use crate::value::{Blank, Value};

use super::case_sets::{self, CaseSets, Lines, Widened};
use super::network::{Cell, Exposure, Need, Network, Relation};
use super::shifts::Cases;

pub use presumed::Presumed;

/// What a printed number costs to hide: totals are missed more than the cells that they are the sum of.
mod cost {
    /// Nothing prints it unless a sentence binds it.
    pub const UNPRINTED: u64 = 1;
    pub const CELL: u64 = 10;
    pub const FIGURE: u64 = 15;
    pub const TOTAL: u64 = 25;
    pub const GRAND_TOTAL: u64 = 60;
    /// Percentages are counted on it.
    pub const BASE: u64 = 200;
}

/// What a report prints of its numbers.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    /// Tables and charts, by the tables that they show.
    pub tables: BTreeSet<String>,
    pub bound: BTreeSet<Quantity>,
}

impl Printed {
    fn has(&self, name: &Quantity) -> bool {
        let shown = matches!(name, Quantity::Cell { table, .. } if self.tables.contains(table));
        shown || self.bound.contains(name)
    }
}

/// The numbers of persons of a report.
#[derive(Debug, Clone, Default)]
pub struct Quantities {
    pub network: Network,
    /// The names of each cell of the network; none where it is told nowhere.
    pub names: Vec<Vec<Quantity>>,
    /// Sums, means and the like, each with the cell that counts what it is computed of.
    pub computed_of: Vec<(Quantity, usize)>,
    /// What adds up in counted tables, for people to read.
    pub sums: Vec<Relation>,
    /// How cases may shift among the numbers counted from case rows.
    pub cases: Cases,
    /// Tables and figures of persons that nothing is known of, by id.
    pub unseen: BTreeSet<String>,
    /// Sums of another report's numbers, which that report may not print.
    made_of_others: BTreeSet<usize>,
    /// What is related without saying so.
    pub presumed: Vec<Presumed>,
    /// Cells that the author marks as hidden; their values are not known, and stand for those that agree with all others.
    pub marks: BTreeSet<usize>,
    /// A mark for which no value was found.
    pub unsettled: Option<usize>,
    /// Cells that are percentages, in units of their last digits.
    pub percentages: BTreeSet<usize>,
    /// What to name a cell by that is told nowhere.
    pub called: BTreeMap<usize, Quantity>,
}

struct Builder<'a> {
    project: &'a Project,
    truth: &'a Statistics,
    persons: Persons,
    /// What the policy never hides, by the names of authors.
    fixed: BTreeSet<&'a str>,
    out: Quantities,
    known: BTreeMap<Quantity, usize>,
    sets: CaseSets,
    widened: &'a Widened,
    /// Figures that shares are counted on.
    bases: BTreeSet<&'a str>,
}

impl Quantities {
    /// What nothing prints costs next to nothing to hide. Such a number may stand in an account of how others came about, where a mark does no harm.
    pub fn spare(&mut self, printed: &Printed) {
        for (cell, names) in self.network.cells.iter_mut().zip(&self.names) {
            if let Exposure::Open { cost } = &mut cell.exposure
                && !names.iter().any(|name| printed.has(name))
            {
                *cost = cost::UNPRINTED;
            }
        }
        // What nobody told of another report's numbers is that report's to hide.
        for at in std::mem::take(&mut self.made_of_others) {
            if !self.names[at].iter().any(|name| printed.has(name)) {
                let cell = &mut self.network.cells[at];
                (cell.exposure, cell.need) = (Exposure::Unpublished, Need::None);
            }
        }
    }

    /// Reads them from the true numbers.
    #[must_use]
    pub fn read(project: &Project, policy: &Policy, truth: &Statistics) -> Self {
        let Some(persons) = policy.persons else { return Self::default() };
        let counting = Counting::new(&project.findings);
        let exempt = policy.exceptions.iter().map(|exception| exception.cell.value.as_str());
        let fixed = policy.never_hide.iter().map(|cell| cell.value.as_str()).chain(exempt).collect();
        let widened = Widened::new(&project.findings);
        let bases = truth.figures.values().filter_map(|figure| figure.base.as_deref());
        let bases = bases.chain(truth.tables.values().filter_map(|table| table.base.as_deref())).collect();
        let (out, known, sets) = Default::default();
        let mut builder = Builder { project, truth, persons, fixed, out, known, sets, widened: &widened, bases };
        for table in &project.findings.tables {
            if let (Counts::Persons, Some(computed)) =
                (counting.table(&table.id.value), truth.tables.get(&table.id.value))
            {
                match &table.cross {
                    Some(cross) => {
                        builder.counted(table, cross, computed);
                        builder.adds_up(&table.id.value, computed);
                    }
                    None => {
                        builder.typed(table, computed);
                        builder.marked(table, computed);
                    }
                }
            }
        }
        let figures = project.findings.figures.iter().filter_map(|figure| {
            let computed = truth.figures.get(&figure.id.value)?;
            let counts_persons = counting.figure(&figure.id.value) == Counts::Persons;
            let tells_of_persons = || figures::tells_of_persons(figure, &project.findings.datasets);
            (counts_persons || tells_of_persons() || figures::adds_up_another(figure, project))
                .then_some((figure, computed))
        });
        let figures: Vec<(&Figure, &Computed)> = figures.collect();
        figures.iter().for_each(|(figure, computed)| builder.figure(figure, computed));
        // A sum may stand before its parts, and before other sums that it is made of.
        let mut waiting = figures.clone();
        loop {
            let (ready, later): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(_, computed)| builder.knows_parts_of(computed, &counting));
            ready.iter().for_each(|(figure, computed)| builder.made_of_figures(&figure.id.value, computed));
            if ready.is_empty() {
                // What is made of something else, such as the largest of a column, is hidden with that.
                break;
            }
            waiting = later;
        }
        for (figure, computed) in figures {
            builder.below_its_base(&figure.id.value, computed);
        }
        builder.presume(&counting);
        builder.finish()
    }
}

impl Quantities {
    /// What a cell of the network is called, or what tells of it.
    #[must_use]
    pub fn first_name(&self, at: usize) -> Option<&Quantity> {
        self.names.get(at).and_then(|names| names.first()).or_else(|| self.called.get(&at))
    }
}

impl Builder<'_> {
    fn finish(mut self) -> Quantities {
        std::mem::take(&mut self.sets).add_to(self.widened, &mut self.out.network, &mut self.out.cases);
        self.out.names.resize(self.out.network.cells.len(), Vec::new());
        self.out.cases.put_in_order();
        self.out
    }

    /// The name of a quantity as authors write it in a policy.
    fn called(&self, quantity: &Quantity) -> String {
        let breakdowns = &self.project.workspace.breakdowns;
        super::naming::name_of(quantity, breakdowns).to_string()
    }

    /// The cell of a count that is told under a name.
    fn count(&mut self, name: Quantity, value: &Value, cost: u64) -> Option<usize> {
        if let Some(at) = self.known.get(&name) {
            return Some(*at);
        }
        let number = whole(value)?;
        let at = self.cell(number, cost);
        self.name(at, name);
        Some(at)
    }

    fn cell(&mut self, value: i64, cost: u64) -> usize {
        let shown_zeros = self.persons.zeros == Zeros::Shown;
        // Where nought is shown, a hidden number is known not to be nought.
        let lower = i64::from(shown_zeros && value > 0);
        let small = value < i64::from(self.persons.minimum) && (value > 0 || !shown_zeros);
        let need = if small { Need::Values(self.persons.values_left) } else { Need::None };
        let exposure = if value == 0 && shown_zeros { Exposure::Fixed } else { Exposure::Open { cost } };
        self.out.network.cells.push(Cell { value, lower, upper: None, exposure, need });
        self.out.names.push(Vec::new());
        self.out.network.cells.len() - 1
    }

    /// Gives a cell one more name.
    fn name(&mut self, at: usize, name: Quantity) {
        if self.fixed.contains(self.called(&name).as_str()) {
            let cell = &mut self.out.network.cells[at];
            cell.exposure = Exposure::Fixed;
            cell.need = Need::None;
        }
        if let (Quantity::Figure { id, group: None }, Exposure::Open { cost }) =
            (&name, &mut self.out.network.cells[at].exposure)
            && self.bases.contains(id.as_str())
        {
            *cost = cost::BASE;
        }
        self.known.insert(name.clone(), at);
        self.out.names[at].push(name);
    }

    /// A sum that is told under a name: the cell of its one part, or a cell of its own.
    fn sum(&mut self, name: Quantity, value: &Value, parts: &[Option<usize>], cost: u64) -> Option<usize> {
        if let ([Some(only)], None) = (parts, self.known.get(&name)) {
            let only = *only;
            if whole(value) == Some(self.out.network.cells[only].value) {
                let cell = &mut self.out.network.cells[only];
                if let Exposure::Open { cost: known } = &mut cell.exposure {
                    *known = (*known).max(cost);
                }
                self.name(only, name);
                return Some(only);
            }
        }
        let at = self.count(name, value, cost)?;
        let parts: Option<Vec<usize>> = parts.iter().copied().collect();
        if let Some(parts) = parts.filter(|parts| !parts.contains(&at)) {
            let sum: i64 = parts.iter().map(|part| self.out.network.cells[*part].value).sum();
            // A total that is not the sum of these parts, for want of one that is not told, says nothing of them.
            if sum == self.out.network.cells[at].value {
                self.out.network.relations.push(Relation::sum(at, parts));
            }
        }
        Some(at)
    }

    /// A typed table: its cells, its totals and its rows as figures.
    fn typed(&mut self, table: &Table, computed: &ComputedTable) {
        let id = &table.id.value;
        let counts: Vec<usize> = counts(table, computed).collect();
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

    /// A table counted from case rows: each cell is a set of cases.
    fn counted(&mut self, table: &Table, cross: &Cross, computed: &ComputedTable) {
        let id = &table.id.value;
        let Some(lines) = Lines::new(&self.widened.datasets, cross) else { return };
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
                let is_count = matches!(column.kind, ColumnKind::Count);
                self.set(name.clone(), value, &lines.dataset.id.value, cell, cost, is_count);
                if is_total && !lines.lists_columns() {
                    self.is_not_nought(&name);
                }
            }
            let Some(figure) = figure else { continue };
            let name = |group| Quantity::Figure { id: format!("{id}.{row}"), group };
            let is_count = cross.counts || cross.measures.len() != 1;
            for (group, value) in
                figure.parts.iter().map(|(group, value)| (Some(*group), value)).chain([(None, &figure.total)])
            {
                let cases = lines.of_group(&cases, group);
                if case_sets::excludes(lines.dataset, group, &chosen_by, &cases) {
                    continue;
                }
                self.set(name(group), value, &lines.dataset.id.value, cases, cost::UNPRINTED, is_count);
            }
            // A category that is not listed has a row because somebody stands in it.
            if !lines.lists_rows() {
                self.is_not_nought(&name(None));
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
    fn set(&mut self, name: Quantity, value: &Value, dataset: &str, cases: Vec<usize>, cost: u64, is_count: bool) {
        if !is_count && matches!(value, Value::Blank(_)) {
            return;
        }
        let size = i64::try_from(self.widened.real(dataset, &cases)).unwrap_or(i64::MAX);
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

fn is_unknown(blank: Blank) -> bool {
    blank != Blank::NotApplicable
}

fn cell_name(table: &str, row: &str, column: &str) -> Quantity {
    Quantity::Cell { table: table.to_owned(), row: row.to_owned(), column: column.to_owned() }
}

/// Places of the columns of counts that are given, not computed of others.
fn counts<'a>(table: &'a Table, computed: &'a ComputedTable) -> impl Iterator<Item = usize> + 'a {
    let given = |column: &ComputedColumn| !table.derived.iter().any(|derived| derived.id.value == column.id);
    let columns = computed.columns.iter().enumerate();
    columns.filter(move |(_, column)| matches!(column.kind, ColumnKind::Count) && given(column)).map(|(at, _)| at)
}

/// A whole number; nought where a dash stands for it.
pub(super) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Count(_) | Value::Blank(Blank::Zero) => value.number()?.to_i64(),
        _ => None,
    }
}
