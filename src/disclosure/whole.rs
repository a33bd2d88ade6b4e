//! Whole groups in one category: "all eleven boys were granted" tells of each of them, however many they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::origin::How;
use crate::compute::statistics::{Computed, Statistics};
use crate::compute::table::ComputedTable;
use crate::document::data::ColumnKind;
use crate::model::{Counting, Counts, Policy, Project, Table};
use crate::value::{Exact, Group, Value};

use super::naming::name_of;
use super::network::{Exposure, Need};
use super::quantities::{Quantities, whole};

/// What a hidden number costs that is nought.
const NOUGHT: u64 = 1;

/// A group that stands in one category as a whole, or in none of it.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    /// The number that tells it.
    pub cell: Quantity,
    /// What prints it as well: the row as a figure, the share made of it.
    pub also: Vec<Quantity>,
    /// The noughts beside it, which tell it too.
    pub noughts: Vec<Quantity>,
    /// How many the group has; none where only a percentage is known.
    pub size: Option<i64>,
    pub share: Share,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// All of a row or column of a table.
    OfLine,
    /// All of what the number is a share of.
    All,
    /// None of it.
    Nobody,
}

/// Makes the numbers that tell whole groups such as must be hidden, the noughts beside them too. What is public already stays.
pub(super) fn protect(
    project: &Project,
    policy: &Policy,
    truth: &Statistics,
    public: &BTreeSet<usize>,
    quantities: &mut Quantities,
) {
    let Some(persons) = policy.persons else { return };
    let breakdowns = &project.workspace.breakdowns;
    let kept: BTreeSet<&str> = policy.kept().collect();
    let is_kept = |name: &Quantity| kept.contains(name_of(name, breakdowns).to_string().as_str());
    let mut places: BTreeMap<Quantity, usize> = BTreeMap::new();
    for (at, names) in quantities.names.iter().enumerate() {
        if !public.contains(&at) && !names.iter().any(is_kept) {
            places.extend(names.iter().map(|name| (name.clone(), at)));
        }
    }
    for found in groups(project, truth) {
        // Where the number stays the noughts beside it give nothing more away.
        if !places.contains_key(&found.cell) {
            if found.size.is_none() && !is_kept(&found.cell) {
                quantities.whole_shares.insert(found.cell);
            }
            continue;
        }
        for name in std::iter::once(&found.cell).chain(&found.noughts) {
            let Some(at) = places.get(name).copied() else { continue };
            let cell = &mut quantities.network.cells[at];
            // A hidden nought may be a few.
            if cell.exposure == Exposure::Fixed {
                cell.exposure = Exposure::Open { cost: NOUGHT };
            }
            if cell.need == Need::None {
                cell.need = Need::Values(persons.values_left);
                quantities.whole.insert(at);
            }
        }
    }
}

/// The groups of the report that stand in one category as a whole.
pub(super) fn groups(project: &Project, truth: &Statistics) -> Vec<Whole> {
    let counting = Counting::new(&project.findings);
    let tables = project.findings.tables.iter().filter(|table| counting.table(&table.id.value) == Counts::Persons);
    let mut out: Vec<Whole> = tables.flat_map(|table| of_table(table, project, truth)).collect();
    for figure in &project.findings.figures {
        let id = &figure.id.value;
        let Some(computed) = truth.figures.get(id) else { continue };
        let counts_persons = counting.figure(id) == Counts::Persons;
        if let How::Share { part, whole } = &computed.how {
            let persons = counting.figure(part) == Counts::Persons && counting.figure(whole) == Counts::Persons;
            if let (true, Some(of), Some(base)) = (persons, truth.figures.get(part), truth.figures.get(whole)) {
                out.extend(of_figure(part, of, base).map(|mut found| {
                    if let Quantity::Figure { group, .. } = &found.cell {
                        found.also.push(Quantity::Figure { id: id.clone(), group: *group });
                    }
                    found
                }));
            }
        } else if let Some(base) = computed.base.as_ref().and_then(|base| truth.figures.get(base)) {
            let of_persons =
                counts_persons || counting.figure(computed.base.as_deref().unwrap_or_default()) == Counts::Persons;
            if counts_persons {
                out.extend(of_figure(id, computed, base));
            }
            if of_persons {
                out.extend(percentages(id, computed));
            }
        } else if counts_persons {
            out.extend(percentages(id, computed));
        }
    }
    // A figure with a base may be told as a share as well.
    let mut told: BTreeMap<Quantity, usize> = BTreeMap::new();
    let mut once: Vec<Whole> = Vec::new();
    for found in out {
        match told.get(&found.cell) {
            Some(at) => {
                once[*at].also.extend(found.also);
                once[*at].noughts.extend(found.noughts);
            }
            None => {
                told.insert(found.cell.clone(), once.len());
                once.push(found);
            }
        }
    }
    once
}

/// A figure that is all or nothing of its base, for all and for each group.
fn of_figure(id: &str, figure: &Computed, base: &Computed) -> impl Iterator<Item = Whole> {
    figure.parts.keys().copied().map(Some).chain([None]).filter_map(move |group| {
        let number = |of: &Computed| of.value(group).and_then(whole);
        let (part, size) = (number(figure)?, number(base).filter(|size| *size > 0)?);
        let share = match part {
            0 => Share::Nobody,
            part if part == size => Share::All,
            _ => return None,
        };
        let cell = Quantity::Figure { id: id.to_owned(), group };
        Some(Whole { cell, also: Vec::new(), noughts: Vec::new(), size: Some(size), share })
    })
}

/// Percentages of persons that are typed as 0 or 100.
fn percentages(id: &str, figure: &Computed) -> impl Iterator<Item = Whole> {
    let typed = matches!(figure.how, How::Given | How::Published | How::ByGroup);
    let values = figure.parts.iter().map(|(group, value)| (Some(*group), value)).chain([(None, &figure.total)]);
    let found = values.filter(move |_| typed).filter_map(|(group, value)| {
        let cell = Quantity::Figure { id: id.to_owned(), group };
        Some(Whole { cell, also: Vec::new(), noughts: Vec::new(), size: None, share: percentage(value)? })
    });
    found.collect::<Vec<_>>().into_iter()
}

fn percentage(value: &Value) -> Option<Share> {
    let Value::Percent { value, .. } = value else { return None };
    if *value == Exact::from(0_i64) {
        Some(Share::Nobody)
    } else {
        (*value == Exact::from(100_i64)).then_some(Share::All)
    }
}

/// A table's lines by what they are lines of.
struct Lines<'a> {
    id: &'a str,
    computed: &'a ComputedTable,
    rows: Vec<usize>,
    /// Columns of counts that are given.
    columns: Vec<(usize, Option<Group>)>,
}

impl Lines<'_> {
    fn name(&self, row: usize, column: usize) -> Quantity {
        let (row, column) = (&self.computed.rows[row], &self.computed.columns[column]);
        Quantity::Cell { table: self.id.to_owned(), row: row.id.clone(), column: column.id.clone() }
    }

    fn cell(&self, row: usize, column: usize) -> (Quantity, Option<i64>) {
        (self.name(row, column), self.computed.rows[row].values.get(column).and_then(whole))
    }

    /// The row as a figure, for the group of a column.
    fn row_figure(&self, row: usize, group: Option<Group>) -> Quantity {
        Quantity::Figure { id: format!("{}.{}", self.id, self.computed.rows[row].id), group }
    }
}

/// Rows whose persons all stand in one column, groups of a breakdown that all stand in one row or, where several columns have a group, in one of these;
/// and cells that are all of the table's base. That all who stand in a row are of one group is no category.
fn of_table(table: &Table, project: &Project, truth: &Statistics) -> Vec<Whole> {
    let Some(computed) = truth.tables.get(&table.id.value) else { return Vec::new() };
    let given = computed.columns.iter().enumerate().filter(|(_, column)| {
        let is_derived = table.derived.iter().any(|derived| derived.id.value == column.id);
        matches!(column.kind, ColumnKind::Count) && !column.total && !is_derived
    });
    let lines = Lines {
        id: &table.id.value,
        computed,
        rows: (0..computed.rows.len()).filter(|at| !computed.rows[*at].total).collect(),
        columns: given.map(|(at, column)| (at, column.of)).collect(),
    };
    let mut out = of_base(&lines, truth);
    if table.multiple {
        return out;
    }
    let mut by_group: BTreeMap<Option<Group>, Vec<usize>> = BTreeMap::new();
    for (column, group) in &lines.columns {
        by_group.entry(*group).or_default().push(*column);
    }
    // The districts may stand beside each other, and the answers below each other.
    let units: BTreeSet<&str> = project.report.units.iter().map(|unit| unit.id.value.as_str()).collect();
    let columns_are_units = lines.columns.iter().all(|(at, _)| units.contains(computed.columns[*at].id.as_str()));
    let across =
        by_group.iter().filter(|(group, columns)| columns.len() > 1 && !(group.is_none() && columns_are_units));
    for (_, columns) in across {
        out.extend(lines.rows.iter().filter_map(|row| of_line(columns.iter().map(|column| lines.cell(*row, *column)))));
    }
    let down = by_group.iter().filter(|(group, columns)| match group {
        Some(_) => columns.len() == 1 && !rows_are_groups(table, project),
        None => columns_are_units,
    });
    for column in down.flat_map(|(_, columns)| columns) {
        out.extend(of_line(lines.rows.iter().map(|row| lines.cell(*row, *column))));
    }
    out
}

/// Cells that are all of what the table's numbers are shares of. A person may stand in several rows.
fn of_base(lines: &Lines<'_>, truth: &Statistics) -> Vec<Whole> {
    let base = lines.computed.base.as_ref().and_then(|base| truth.figures.get(base));
    let Some(base) = base else { return Vec::new() };
    let mut out = Vec::new();
    for row in &lines.rows {
        for (column, group) in &lines.columns {
            let (cell, value) = lines.cell(*row, *column);
            let size = base.value(*group).and_then(whole).filter(|size| *size > 0 && Some(*size) == value);
            let also = vec![lines.row_figure(*row, *group)];
            out.extend(size.map(|_| Whole { cell, also, noughts: Vec::new(), size, share: Share::All }));
        }
    }
    out
}

/// Whether the rows of a table of case rows are the groups of a breakdown.
fn rows_are_groups(table: &Table, project: &Project) -> bool {
    table.cross.as_ref().is_some_and(|cross| {
        let dataset = project.findings.datasets.iter().find(|known| known.id.value == cross.selection.dataset.value);
        let by = dataset.and_then(|dataset| dataset.column(&cross.by.value));
        by.is_some_and(|by| by.groups().next().is_some())
    })
}

/// The one number of a line beside noughts.
fn of_line(cells: impl Iterator<Item = (Quantity, Option<i64>)>) -> Option<Whole> {
    let (mut told, mut noughts) = (None, Vec::new());
    for (name, value) in cells {
        match value? {
            0 => noughts.push(name),
            size if told.is_none() => told = Some((name, size)),
            _ => return None,
        }
    }
    let (cell, size) = told.filter(|_| !noughts.is_empty())?;
    Some(Whole { cell, also: Vec::new(), noughts, size: Some(size), share: Share::OfLine })
}
