//! Numbers of case rows as sets of cases. Cases that all told sets agree on are one elementary cell: each number is a sum of such cells, which is all that
//! ties the numbers of a dataset together.

use std::collections::BTreeMap;

use crate::compute::cases;
use crate::diagnostic::Sink;
use crate::model::{CaseColumn, Cross, Dataset, Given, MISSING};
use crate::value::Group;

use super::elementary::{Cases, Shift};
use super::kinds::kinds;
use super::network::{Cell, Exposure, Kind, Need, Network, Relation};
use super::values::Rows;
use super::widened::Widened;

/// The sets of each dataset that are told, each with its cell of the network.
#[derive(Debug, Default)]
pub(super) struct CaseSets {
    of_datasets: BTreeMap<String, BTreeMap<Vec<usize>, usize>>,
}

impl CaseSets {
    pub fn find(&self, dataset: &str, cases: &[usize]) -> Option<usize> {
        self.of_datasets.get(dataset)?.get(cases).copied()
    }

    /// Whether a cell counts a set of cases.
    pub fn has(&self, cell: usize) -> bool {
        self.of_datasets.values().any(|sets| sets.values().any(|known| *known == cell))
    }

    pub fn add(&mut self, dataset: &str, cases: Vec<usize>, cell: usize) {
        self.of_datasets.entry(dataset.to_owned()).or_default().insert(cases, cell);
    }

    /// Adds the elementary cells to the network, what told numbers are made of them, and how cases may shift among them.
    pub fn add_to(self, widened: &Widened, network: &mut Network, of_dataset: &mut Cases) {
        for (dataset, sets) in self.of_datasets {
            let origins = widened.origins.get(&dataset).map_or(&[][..], Vec::as_slice);
            let (kinds, count) = kinds(sets.keys(), origins.len());
            let mut elementary: Vec<Option<usize>> = vec![None; count];
            let mut of_cases: Vec<usize> = Vec::with_capacity(origins.len());
            let first = network.cells.len();
            // Of each case that is the first of its elementary cell, that cell.
            let mut samples: Vec<Option<usize>> = vec![None; origins.len()];
            let place = widened.datasets.iter().position(|known| known.id.value == dataset).unwrap_or_default();
            for ((case, origin), kind) in origins.iter().enumerate().zip(kinds) {
                let at = *elementary[kind].get_or_insert_with(|| {
                    let (exposure, need) = (Exposure::Unpublished, Need::None);
                    network.cells.push(Cell { value: 0, lower: 0, upper: None, exposure, need });
                    let at = network.cells.len() - 1;
                    of_dataset.rows.insert(at, Rows { dataset: place, sample: case, real: Vec::new() });
                    samples[case] = Some(at);
                    at
                });
                if *origin == case {
                    network.cells[at].value += 1;
                    of_dataset.rows.entry(at).and_modify(|rows| rows.real.push(case));
                }
                of_cases.push(at);
            }
            let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (cases, cell) in &sets {
                parts
                    .entry(*cell)
                    .or_default()
                    .extend(cases.iter().filter_map(|case| samples.get(*case).copied().flatten()));
            }
            parts.retain(|_, own| !own.is_empty());
            let mut counts = vec![0; network.cells.len() - first];
            parts.values().flatten().for_each(|at| counts[at - first] += 1);
            let mut told: Vec<Vec<usize>> = counts.into_iter().map(Vec::with_capacity).collect();
            for (cell, own) in &parts {
                own.iter().for_each(|at| told[at - first].push(*cell));
            }
            of_dataset.told.extend((first..).zip(told));
            parts.values_mut().for_each(|own| own.sort_unstable());
            let shifts = origins.iter().zip(&of_cases).map(|(origin, to)| (of_cases[*origin], *to));
            let mut shifts: Vec<(usize, usize)> = shifts.filter(|(from, to)| from != to).collect();
            shifts.sort_unstable();
            shifts.dedup();
            of_dataset.shifts.extend(shifts.into_iter().map(|(from, to)| Shift { from, to }));
            of_dataset.elementary.insert(place, of_cases);
            // What no case can be in is nought, and every reader knows it.
            let empty = sets.values().filter(|cell| !parts.contains_key(cell));
            network.relations.extend(empty.map(|cell| Relation::new([(*cell, 1)], Kind::Equal, 0)));
            network.relations.extend(parts.into_iter().map(|(cell, atoms)| Relation::sum(cell, atoms)));
        }
    }
}

/// The rows and columns of a counted table as sets of cases.
pub(super) struct Lines<'a> {
    pub dataset: &'a Dataset,
    chosen: Vec<usize>,
    by: &'a CaseColumn,
    across: Option<&'a CaseColumn>,
    counts: bool,
    /// Each measure with the column that it is computed of.
    measures: Vec<(String, String)>,
}

impl<'a> Lines<'a> {
    pub fn new(datasets: &'a [Dataset], cross: &Cross) -> Option<Self> {
        let chosen = cases::select(&cross.selection, datasets, &mut Sink::default())?;
        let by = chosen.dataset.column(&cross.by.value)?;
        let across = match &cross.across {
            Some(across) => Some(chosen.dataset.column(&across.value)?),
            None => None,
        };
        let measures = cross.measures.iter().map(|measure| (measure.id.value.clone(), measure.column.value.clone()));
        let (counts, measures) = (cross.counts, measures.collect());
        Some(Self { dataset: chosen.dataset, chosen: chosen.cases, by, across, counts, measures })
    }

    /// Whether rows are listed, so that one may have nobody.
    pub fn lists_rows(&self) -> bool {
        self.by.declared
    }

    pub fn lists_columns(&self) -> bool {
        self.across.is_none_or(|across| across.declared)
    }

    /// The cases of a row.
    pub fn row(&self, id: &str) -> Option<Vec<usize>> {
        belonging(self.by, id, &self.chosen)
    }

    /// Those of some cases that a column has. A measure below a category has the category's id in front, and only cases with a value.
    pub fn column(&self, id: &str, cases: &[usize]) -> Option<Vec<usize>> {
        let cases = match self.across {
            None => cases.to_vec(),
            Some(across) => {
                let below = id.match_indices('.').map(|(at, _)| &id[..at]);
                std::iter::once(id).chain(below).find_map(|id| belonging(across, id, cases))?
            }
        };
        let single = (self.measures.len() == 1 && !self.counts).then(|| self.measures.first()).flatten();
        let named = self.measures.iter().find(|(name, _)| {
            id.strip_suffix(name.as_str()).is_some_and(|front| front.is_empty() || front.ends_with('.'))
        });
        Some(match named.or(single) {
            Some((_, column)) => with_value(self.dataset, column, cases),
            None => cases,
        })
    }

    pub fn of_group(&self, cases: &[usize], group: Option<Group>) -> Vec<usize> {
        of_group(self.dataset, cases, group)
    }
}

fn belonging(column: &CaseColumn, id: &str, cases: &[usize]) -> Option<Vec<usize>> {
    let category = column.categories.iter().position(|category| category.id == id);
    let belongs: Box<dyn Fn(usize) -> bool> = match category.and_then(|at| u32::try_from(at).ok()) {
        Some(at) => Box::new(move |case| column.answers.of_case(case).contains(&at)),
        None if id == MISSING => Box::new(|case| column.answers.of_case(case).is_empty()),
        None if id == "total" => Box::new(|_| true),
        None => return None,
    };
    Some(cases.iter().copied().filter(|case| belongs(*case)).collect())
}

/// Those of some cases that belong to a group, or all.
pub(super) fn of_group(dataset: &Dataset, cases: &[usize], group: Option<Group>) -> Vec<usize> {
    let Some(group) = group else { return cases.to_vec() };
    let Some(column) = dataset.breakdowns().find(|column| column.groups().any(|known| known == group)) else {
        return Vec::new();
    };
    cases.iter().copied().filter(|case| column.group(*case) == Some(group)).collect()
}

/// Whether cases that were chosen by these columns can belong to a group by no answer of theirs: "women" among "men".
pub(super) fn excludes(dataset: &Dataset, group: Option<Group>, chosen_by: &[&str], cases: &[usize]) -> bool {
    let column = dataset.breakdowns().find(|column| column.groups().any(|known| Some(known) == group));
    cases.is_empty() && column.is_some_and(|column| chosen_by.contains(&column.id.value.as_str()))
}

/// Those of some cases that have a value in a column: what is computed of it is computed of them.
pub(super) fn with_value(dataset: &Dataset, column: &str, cases: Vec<usize>) -> Vec<usize> {
    let Some(column) = dataset.column(column) else { return cases };
    cases.into_iter().filter(|case| column.value(*case).is_some()).collect()
}

/// The cases that a figure is computed of.
pub(super) fn chosen<'a>(datasets: &'a [Dataset], given: &Given) -> Option<(&'a Dataset, Vec<usize>)> {
    let Given::Rows { selection, column, .. } = given else { return None };
    let chosen = cases::select(selection, datasets, &mut Sink::default())?;
    let cases = match column {
        Some(column) => with_value(chosen.dataset, &column.value, chosen.cases),
        None => chosen.cases,
    };
    Some((chosen.dataset, cases))
}
