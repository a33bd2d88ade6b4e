//! The quantities that a report tells, as cells of a network: the same quantity in table, figure and row is one cell, and what holds among them is a
//! relation. Everything that findings define counts as told, whether a text uses it or not; what is told nowhere costs next to nothing to hide.

mod amounts;
mod contributors;
mod counted;
mod extremes;
mod figures;
mod fixed;
mod growth;
mod labelled;
mod marks;
mod nested;
mod presumed;
mod shares;
mod typed;

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::statistics::{Computed, Statistics};
use crate::compute::table::ComputedTable;
use crate::model::{Breakdowns, Counting, Counts, Figure, Persons, Policy, Project, Proof, Statistic, Zeros};
use crate::value::{Blank, Exact, Rounding, Value};

use super::case_sets::{CaseSets, Datasets};
use super::elementary::Cases;
use super::network::{Cell, Exposure, Kind, Need, Network, Relation, Terms};
use super::widened::Widened;

use amounts::Scale;
pub(super) use contributors::Alone;
pub use contributors::Shares;

pub use presumed::Presumed;

/// What a printed number costs to hide: totals are missed more than the cells that they are the sum of.
pub(super) mod cost {
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
    pub fn has(&self, name: &Quantity) -> bool {
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
    /// Cells that are hidden because they tell of a whole group, though they are large enough or nought.
    pub whole: BTreeSet<usize>,
    /// Percentages of persons that tell of a whole group and are hidden, of which nothing else is known.
    pub whole_shares: BTreeSet<Quantity>,
    /// What to name a cell by that is told nowhere.
    pub called: BTreeMap<usize, Quantity>,
    /// What printed statistics of case rows say, as cells, each with the statistic.
    pub statistics: BTreeMap<usize, Quantity>,
    /// Amounts: which cells are one contributor's alone.
    pub alone: Vec<Alone>,
    /// Amounts: what contributors have of them.
    pub shares: BTreeMap<usize, Shares>,
    /// Whether these are amounts, and no numbers of persons.
    pub of_amounts: bool,
    /// Statistics of case rows that tell what one contributor has, and are hidden.
    pub extremes: BTreeSet<Quantity>,
    /// Amounts are in units of this decimal.
    pub decimals: u8,
}

/// How much is said of the numbers.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    cells: usize,
    relations: usize,
    derived: usize,
}

struct Builder<'a> {
    project: &'a Project,
    truth: &'a Statistics,
    /// Those of the report, in an order that no number decides.
    tables: &'a BTreeMap<String, ComputedTable>,
    persons: Persons,
    /// What the policy never hides, by the names of authors.
    fixed: BTreeSet<&'a str>,
    out: Quantities,
    known: BTreeMap<Quantity, usize>,
    sets: CaseSets,
    widened: &'a Widened,
    /// The sets of its cases.
    told_sets: &'a Datasets<'a>,
    /// Figures that shares are counted on.
    bases: BTreeSet<&'a str>,
    /// Statistics of the values of cases, by dataset.
    statistics: Vec<(String, super::widened::Statistic)>,
    /// Where amounts are read in the place of numbers of persons.
    scale: Option<Scale>,
    /// What contributors have of the cells of amounts.
    shares_of: BTreeMap<usize, Shares>,
}

/// What a number tells of a set of cases.
#[derive(Clone, Copy)]
enum Told<'a> {
    Count,
    /// A statistic of a column, weighted by another, with so many decimals.
    Statistic(Statistic, &'a str, Option<&'a str>, Option<u8>),
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
        // The account of a figure has all its groups.
        let bound: BTreeSet<&str> = printed.bound.iter().filter_map(Quantity::figure).collect();
        let is_told = |name: &Quantity| printed.has(name) || name.figure().is_some_and(|id| bound.contains(id));
        self.cases.values.tell(is_told);
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
        Self::read_beside(project, policy, truth, None)
    }

    /// The same, with the worlds of a kept proof.
    #[must_use]
    pub fn read_beside(project: &Project, policy: &Policy, truth: &Statistics, proof: Option<&Proof>) -> Self {
        let Some(persons) = policy.persons else { return Self::default() };
        let counting = Counting::new(&project.findings);
        let fixed = policy.kept().collect();
        let widened = Widened::new(&project.findings, proof);
        let bases = truth.figures.values().filter_map(|figure| figure.base.as_deref());
        let bases = bases.chain(truth.tables.values().filter_map(|table| table.base.as_deref())).collect();
        let tables = fixed::tables(project, truth);
        let (out, known, sets, statistics, shares_of) = Default::default();
        let (tables, widened, scale) = (&tables, &widened, None);
        let told_sets = &Datasets::new(&widened.datasets);
        let mut builder = Builder {
            project,
            truth,
            tables,
            persons,
            fixed,
            out,
            known,
            sets,
            widened,
            told_sets,
            bases,
            statistics,
            scale,
            shares_of,
        };
        for table in &project.findings.tables {
            if let (Counts::Persons, Some(computed)) = (counting.table(&table.id.value), tables.get(&table.id.value)) {
                match &table.cross {
                    Some(cross) => builder.counted(table, cross, computed),
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
        builder.made_of_others(&figures, &counting);
        for (figure, computed) in figures {
            builder.below_its_base(&figure.id.value, computed);
        }
        builder.presume(&counting);
        builder.finish()
    }
}

impl Quantities {
    /// Makes a number of others, where cases that shift change these: it is printed nowhere, and what is said of the others is said of it.
    pub fn tie(&mut self, relation: &Relation) {
        let Relation { constant, kind, .. } = *relation;
        let terms = relation.terms.to_vec();
        match kind {
            Kind::Equal => self.make(terms, Exposure::Fixed, (constant, Some(constant))),
            Kind::AtLeast => self.make(terms, Exposure::Unpublished, (constant, None)),
            Kind::AtMost => {
                let negative = terms.into_iter().map(|(at, factor)| (at, -factor)).collect();
                self.make(negative, Exposure::Unpublished, (-constant, None));
            }
        }
    }

    /// The same of what a statistic says.
    pub fn tie_to<'a>(&mut self, statistic: &Quantity, relations: impl Iterator<Item = &'a Relation>) {
        for relation in relations {
            self.statistics.insert(self.network.cells.len(), statistic.clone());
            self.tie(relation);
        }
    }

    /// Makes a number of others, of which it is known from where to where it may be.
    pub fn make(&mut self, terms: Terms, exposure: Exposure, (lower, upper): (i64, Option<i64>)) {
        let cells = &mut self.network.cells;
        let value = terms.iter().map(|(at, factor)| factor * cells[*at].value).sum();
        let at = cells.len();
        cells.push(Cell { value, lower, upper, exposure, need: Need::None });
        self.names.push(Vec::new());
        let relation = terms.iter().copied().chain([(at, -1)]);
        self.network.relations.push(Relation::new(relation.collect::<Terms>(), Kind::Equal, 0));
        self.cases.derived.push((at, terms));
    }

    /// How much is said of the numbers, to be taken back by `cut`.
    pub fn size(&self) -> Size {
        Size {
            cells: self.network.cells.len(),
            relations: self.network.relations.len(),
            derived: self.cases.derived.len(),
        }
    }

    /// A world with the numbers that were made since.
    pub fn with_made(&self, mut world: Vec<i64>, since: Size) -> Vec<i64> {
        for (_, terms) in self.cases.derived.iter().skip(since.derived) {
            world.push(terms.iter().map(|(at, factor)| factor * world[*at]).sum());
        }
        world
    }

    /// Takes back what was said since.
    pub fn cut(&mut self, size: Size) {
        self.network.cells.truncate(size.cells);
        self.names.truncate(size.cells);
        self.statistics.split_off(&size.cells);
        self.network.relations.truncate(size.relations);
        self.cases.derived.truncate(size.derived);
    }

    /// Sums, means and the like that an author names.
    pub fn computed_named(&self, names: &BTreeSet<&str>, breakdowns: &Breakdowns) -> BTreeSet<Quantity> {
        let all = self.computed_of.iter().map(|(name, _)| name);
        let is_named = |name: &&Quantity| names.contains(super::naming::name_of(name, breakdowns).to_string().as_str());
        all.filter(is_named).cloned().collect()
    }

    /// A value of the network as people write it.
    #[must_use]
    pub fn digits(&self, units: i64) -> String {
        digits(units, self.decimals)
    }

    /// A value of the network as a number.
    #[must_use]
    pub fn exact(&self, units: i64) -> Option<Exact> {
        exact(units, self.decimals)
    }

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
        self.out.cases.kept.clone_from(&self.widened.worlds);
        let (minimum, rounding) = (self.persons.minimum, self.project.workspace.rounding);
        let minimum = usize::try_from(minimum).unwrap_or(usize::MAX);
        self.out.cases.values = self.widened.values(self.statistics, minimum, rounding);
        self.out
    }

    /// Sums and differences of figures. One may stand before its parts, and before other sums that it is made of.
    fn made_of_others(&mut self, figures: &[(&Figure, &Computed)], counting: &Counting<'_>) {
        let mut waiting = figures.to_vec();
        loop {
            let (ready, later): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(_, computed)| self.knows_parts_of(computed, counting));
            ready.iter().for_each(|(figure, computed)| self.made_of_figures(&figure.id.value, computed));
            if ready.is_empty() {
                // What is made of something else, such as the largest of a column, is hidden with that.
                break;
            }
            waiting = later;
        }
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
        let number = self.number(value)?;
        let at = self.cell(number, cost);
        self.name(at, name);
        Some(at)
    }

    /// A number as it stands in the network.
    fn number(&self, value: &Value) -> Option<i64> {
        self.scale.map_or_else(|| whole(value), |scale| scale.number(value))
    }

    fn cell(&mut self, value: i64, cost: u64) -> usize {
        let shown_zeros = self.persons.zeros == Zeros::Shown;
        // Where nought is shown, a hidden number is known not to be nought.
        let lower = i64::from(shown_zeros && value > 0 && self.scale.is_none());
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
            if self.number(value) == Some(self.out.network.cells[only].value) {
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
}

fn exact(units: i64, decimals: u8) -> Option<Exact> {
    Exact::ratio(units.into(), 10i64.checked_pow(decimals.into())?.into())
}

/// So many units of a decimal as people write them.
pub(super) fn digits(units: i64, decimals: u8) -> String {
    exact(units, decimals).map_or_else(|| units.to_string(), |value| value.to_decimal(decimals, Rounding::default()))
}

fn cell_name(table: &str, row: &str, column: &str) -> Quantity {
    Quantity::Cell { table: table.to_owned(), row: row.to_owned(), column: column.to_owned() }
}

/// A whole number; nought where a dash stands for it.
pub(super) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Count(_) | Value::Blank(Blank::Zero) => value.number()?.to_i64(),
        _ => None,
    }
}
