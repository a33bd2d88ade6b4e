//! Numbers of case rows as sets of cases. Cases that all told sets agree on are one elementary cell: each number is a sum of such cells, which is all that
//! ties the numbers of a dataset together.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compute::cases;
use crate::model::{Condition, Cross, Dataset, Given, MISSING, Selection};
use crate::value::Group;

use super::elementary::{Cases, Shift};
use super::kinds::kinds;
use super::members::Members;
use super::network::{Cell, Exposure, Kind, Need, Network, Relation};
use super::values::Rows;
use super::widened::Widened;

/// The sets of each dataset that are told, each with its cell of the network.
#[derive(Debug, Default)]
pub(super) struct CaseSets {
    of_datasets: BTreeMap<String, BTreeMap<Members, usize>>,
}

impl CaseSets {
    pub fn find(&self, dataset: &str, cases: &Members) -> Option<usize> {
        self.of_datasets.get(dataset)?.get(cases).copied()
    }

    /// Whether a cell counts a set of cases.
    pub fn has(&self, cell: usize) -> bool {
        self.of_datasets.values().any(|sets| sets.values().any(|known| *known == cell))
    }

    pub fn add(&mut self, dataset: &str, cases: Members, cell: usize) {
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
            // The first case of each elementary cell.
            let mut samples: Vec<usize> = Vec::new();
            let place = widened.datasets.iter().position(|known| known.id.value == dataset).unwrap_or_default();
            for ((case, origin), kind) in origins.iter().enumerate().zip(kinds) {
                let at = *elementary[kind].get_or_insert_with(|| {
                    let (exposure, need) = (Exposure::Unpublished, Need::None);
                    network.cells.push(Cell { value: 0, lower: 0, upper: None, exposure, need });
                    let at = network.cells.len() - 1;
                    of_dataset.rows.insert(at, Rows { dataset: place, sample: case, real: Vec::new() });
                    samples.push(case);
                    at
                });
                if *origin == case {
                    network.cells[at].value += 1;
                    of_dataset.rows.entry(at).and_modify(|rows| rows.real.push(case));
                }
                of_cases.push(at);
            }
            let samples = Members::from_places(origins.len(), samples);
            let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (cases, cell) in &sets {
                parts.entry(*cell).or_default().extend(cases.and(&samples).places().map(|case| of_cases[case]));
            }
            parts.retain(|_, own| !own.is_empty());
            let mut counts = vec![0; network.cells.len() - first];
            parts.values().flatten().for_each(|at| counts[at - first] += 1);
            let mut told: Vec<Vec<usize>> = counts.into_iter().map(Vec::with_capacity).collect();
            for (cell, own) in &parts {
                own.iter().for_each(|at| told[at - first].push(*cell));
            }
            Arc::make_mut(&mut of_dataset.told).extend((first..).zip(told));
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

/// The datasets of a report, with the sets of their cases that are asked for again and again: each is made when it is.
pub(super) struct Datasets<'a>(Vec<CasesOf<'a>>);

pub(super) struct CasesOf<'a> {
    pub dataset: &'a Dataset,
    /// The cases that meet each condition, by its words; none where its names are unknown.
    meeting: RefCell<BTreeMap<Vec<String>, Option<Members>>>,
    groups: OnceCell<Vec<(Group, Members)>>,
    columns: Vec<OfColumn>,
}

#[derive(Default)]
struct OfColumn {
    categories: OnceCell<Categories>,
    with_value: OnceCell<Members>,
}

/// Who belongs to each category of a column, and who to none.
struct Categories {
    of: Vec<Members>,
    missing: Members,
}

impl<'a> Datasets<'a> {
    pub fn new(datasets: &'a [Dataset]) -> Self {
        let cases_of = |dataset: &'a Dataset| CasesOf {
            dataset,
            meeting: RefCell::default(),
            groups: OnceCell::new(),
            columns: dataset.columns.iter().map(|_| OfColumn::default()).collect(),
        };
        Self(datasets.iter().map(cases_of).collect())
    }

    /// The cases that a selection chooses.
    fn select(&self, selection: &Selection) -> Option<(&CasesOf<'a>, Members)> {
        let of = self.0.iter().find(|of| of.dataset.id.value == selection.dataset.value)?;
        let all = Members::matching(of.dataset.rows.len(), |_| true);
        let meets = |left: Members, condition: &Condition| Some(left.and(&of.meeting(condition)?));
        Some((of, selection.conditions.iter().try_fold(all, meets)?))
    }

    /// The cases that a figure is computed of.
    pub fn chosen(&self, given: &Given) -> Option<(&CasesOf<'a>, Members)> {
        let Given::Rows { selection, column, .. } = given else { return None };
        let (of, chosen) = self.select(selection)?;
        let cases = match column {
            Some(column) => of.with_value(&column.value, &chosen),
            None => chosen,
        };
        Some((of, cases))
    }
}

impl CasesOf<'_> {
    fn members(&self, places: impl IntoIterator<Item = usize>) -> Members {
        Members::from_places(self.dataset.rows.len(), places)
    }

    /// The cases that meet a condition: reports ask the same of their cases in figure after figure.
    fn meeting(&self, condition: &Condition) -> Option<Members> {
        let mut known = self.meeting.borrow_mut();
        let found = known.entry(condition.wording()).or_insert_with(|| {
            let meets = cases::meeting(condition, self.dataset)?;
            Some(Members::matching(meets.len(), |case| meets[case]))
        });
        found.clone()
    }

    fn column(&self, id: &str) -> Option<usize> {
        self.dataset.columns.iter().position(|column| column.id.value == id)
    }

    /// Those of some cases that belong to a group, or all.
    pub fn of_group(&self, cases: &Members, group: Option<Group>) -> Members {
        let Some(group) = group else { return cases.clone() };
        let groups = self.groups.get_or_init(|| {
            let mut all: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
            for column in self.dataset.breakdowns() {
                let mut of: BTreeMap<Group, Vec<usize>> = column.groups().map(|group| (group, Vec::new())).collect();
                for case in 0..self.dataset.rows.len() {
                    if let Some(own) = column.group(case).and_then(|group| of.get_mut(&group)) {
                        own.push(case);
                    }
                }
                of.into_iter().for_each(|(group, own)| {
                    all.entry(group).or_insert(own);
                });
            }
            all.into_iter().map(|(group, own)| (group, self.members(own))).collect()
        });
        let found = groups.iter().find(|(known, _)| *known == group);
        found.map_or_else(|| self.members([]), |(_, own)| cases.and(own))
    }

    /// Those of some cases that have a value in a column: what is computed of it is computed of them.
    pub fn with_value(&self, column: &str, cases: &Members) -> Members {
        let Some(at) = self.column(column) else { return cases.clone() };
        let column = &self.dataset.columns[at];
        let all = self.columns[at]
            .with_value
            .get_or_init(|| Members::matching(self.dataset.rows.len(), |case| column.value(case).is_some()));
        cases.and(all)
    }

    /// Those of some cases that belong to what a row or column of a counted table stands for.
    fn belonging(&self, at: usize, id: &str, cases: &Members) -> Option<Members> {
        let column = &self.dataset.columns[at];
        let categories = || {
            self.columns[at].categories.get_or_init(|| {
                let mut of: Vec<Vec<usize>> = vec![Vec::new(); column.categories.len()];
                let mut missing = Vec::new();
                for case in 0..self.dataset.rows.len() {
                    let answers = column.answers.of_case(case);
                    for own in answers.iter().filter_map(|at| usize::try_from(*at).ok()) {
                        if let Some(of) = of.get_mut(own) {
                            of.push(case);
                        }
                    }
                    if answers.is_empty() {
                        missing.push(case);
                    }
                }
                let of = of.into_iter().map(|own| self.members(own)).collect();
                Categories { of, missing: self.members(missing) }
            })
        };
        match column.categories.iter().position(|category| category.id == id) {
            Some(at) => Some(cases.and(&categories().of[at])),
            None if id == MISSING => Some(cases.and(&categories().missing)),
            None if id == "total" => Some(cases.clone()),
            None => None,
        }
    }

    /// Whether cases that were chosen by these columns can belong to a group by no answer of theirs: "women" among "men".
    pub fn excludes(&self, group: Option<Group>, chosen_by: &[&str], cases: &Members) -> bool {
        let column = self.dataset.breakdowns().find(|column| column.groups().any(|known| Some(known) == group));
        cases.is_empty() && column.is_some_and(|column| chosen_by.contains(&column.id.value.as_str()))
    }
}

/// The rows and columns of a counted table as sets of cases.
pub(super) struct Lines<'a> {
    pub of: &'a CasesOf<'a>,
    chosen: Members,
    by: usize,
    across: Option<usize>,
    counts: bool,
    /// Each measure with the column that it is computed of.
    measures: Vec<(String, String)>,
}

impl<'a> Lines<'a> {
    pub fn new(datasets: &'a Datasets<'a>, cross: &Cross) -> Option<Self> {
        let (of, chosen) = datasets.select(&cross.selection)?;
        let by = of.column(&cross.by.value)?;
        let across = match &cross.across {
            Some(across) => Some(of.column(&across.value)?),
            None => None,
        };
        let measures = cross.measures.iter().map(|measure| (measure.id.value.clone(), measure.column.value.clone()));
        let (counts, measures) = (cross.counts, measures.collect());
        Some(Self { of, chosen, by, across, counts, measures })
    }

    /// Whether rows are listed, so that one may have nobody.
    pub fn lists_rows(&self) -> bool {
        self.of.dataset.columns[self.by].declared
    }

    pub fn lists_columns(&self) -> bool {
        self.across.is_none_or(|across| self.of.dataset.columns[across].declared)
    }

    /// The cases of a row.
    pub fn row(&self, id: &str) -> Option<Members> {
        self.of.belonging(self.by, id, &self.chosen)
    }

    /// Those of some cases that a column has. A measure below a category has the category's id in front, and only cases with a value.
    pub fn column(&self, id: &str, cases: &Members) -> Option<Members> {
        let cases = match self.across {
            None => cases.clone(),
            Some(across) => {
                let below = id.match_indices('.').map(|(at, _)| &id[..at]);
                std::iter::once(id).chain(below).find_map(|id| self.of.belonging(across, id, cases))?
            }
        };
        let single = (self.measures.len() == 1 && !self.counts).then(|| self.measures.first()).flatten();
        let named = self.measures.iter().find(|(name, _)| {
            id.strip_suffix(name.as_str()).is_some_and(|front| front.is_empty() || front.ends_with('.'))
        });
        Some(match named.or(single) {
            Some((_, column)) => self.of.with_value(column, &cases),
            None => cases,
        })
    }
}
