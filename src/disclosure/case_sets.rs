//! Numbers of case rows as sets of cases. Cases that all told sets agree on are one elementary cell: each number is a sum of such cells, which is all that
//! ties the numbers of a dataset together.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::cases;
use crate::compute::mask::Quantity;
use crate::diagnostic::Sink;
use crate::model::{
    self, CaseColumn, CaseKind, CaseValue, Condition, Cross, Dataset, Findings, Given, MISSING, Selection,
};
use crate::value::{Group, Rounding};

use super::elementary::{Cases, Shift};
use super::kinds::kinds;
use super::network::{Cell, Exposure, Kind, Need, Network, Relation};
use super::values::{Answered, Column, Header, OfDataset, Printed, Rows, Values};

/// The most cases that are thought up for a dataset.
const MOST_THOUGHT_UP: usize = 60_000;

/// The datasets of a report, each with its cases and others that there might have been: every case with another answer in one of the columns that are
/// told of. They are in no number, and a reader cannot tell that they are not there.
#[derive(Debug, Default)]
pub(super) struct Widened {
    pub datasets: Vec<Dataset>,
    /// For each case of each dataset the one that it was made of: itself for those that there are.
    origins: BTreeMap<String, Vec<usize>>,
    /// For each case that is thought up, behind those that there are, in which column it answers otherwise, and how.
    otherwise: BTreeMap<String, Vec<(String, Answered)>>,
    /// For each column of a file that something is computed of the classes of its cases.
    headers: BTreeMap<String, Vec<Header>>,
}

/// A statistic of the values of a set of cases.
#[derive(Debug)]
pub(super) struct Statistic {
    pub name: Quantity,
    pub cases: Vec<usize>,
    pub statistic: model::Statistic,
    /// Ids of columns.
    pub column: String,
    pub weight: Option<String>,
    pub decimals: Option<u8>,
}

/// What a report tells of the columns of a dataset.
#[derive(Debug, Default)]
struct Asked<'a> {
    /// Columns whose categories are told apart.
    categories: BTreeSet<&'a str>,
    /// Columns that something is computed of, for the cases that have a value.
    values: BTreeSet<&'a str>,
    conditions: BTreeMap<&'a str, Vec<&'a Condition>>,
}

impl Widened {
    pub fn new(findings: &Findings) -> Self {
        let mut asked: BTreeMap<&str, Asked<'_>> = BTreeMap::new();
        for cross in findings.tables.iter().filter_map(|table| table.cross.as_ref()) {
            let asked = asked.entry(&cross.selection.dataset.value).or_default();
            let values =
                cross.measures.iter().flat_map(|measure| std::iter::once(&measure.column).chain(&measure.weight));
            asked.choose(&cross.selection, values.map(|column| column.value.as_str()));
            let told_apart = std::iter::once(&cross.by).chain(&cross.across);
            asked.categories.extend(told_apart.map(|column| column.value.as_str()));
        }
        for figure in &findings.figures {
            if let Given::Rows { selection, column, weight, .. } = &figure.given {
                let asked = asked.entry(&selection.dataset.value).or_default();
                asked.choose(selection, column.iter().chain(weight).map(|column| column.value.as_str()));
            }
        }
        let mut out = Self::default();
        for dataset in &findings.datasets {
            let mut asked = asked.remove(dataset.id.value.as_str()).unwrap_or_default();
            asked.categories.extend(dataset.breakdowns().map(|column| column.id.value.as_str()));
            let Thought { widened, origins, otherwise, headers } = widened(dataset, &asked);
            out.headers.insert(dataset.id.value.clone(), headers);
            out.origins.insert(dataset.id.value.clone(), origins);
            out.otherwise.insert(dataset.id.value.clone(), otherwise);
            out.datasets.push(widened);
        }
        out
    }

    /// What is printed of the values of the cases: each statistic with its set of cases, of a dataset by its id.
    pub fn values(&self, told: Vec<(String, Statistic)>, minimum: usize, rounding: Rounding) -> Values {
        let mut told: BTreeMap<String, Vec<Statistic>> =
            told.into_iter().fold(BTreeMap::new(), |mut all, (of, one)| {
                all.entry(of).or_insert_with(Vec::new).push(one);
                all
            });
        let datasets = self.datasets.iter().map(|dataset| {
            let id = &dataset.id.value;
            let origins = self.origins.get(id).map_or(&[][..], Vec::as_slice);
            let otherwise = self.otherwise.get(id).map_or(&[][..], Vec::as_slice);
            let real = origins.len() - otherwise.len();
            let headers = self.headers.get(id).cloned().unwrap_or_default();
            let mut ids: Vec<String> = Vec::new();
            let mut columns: Vec<Column> = Vec::new();
            let mut column = |name: &str| {
                if let Some(known) = ids.iter().position(|known| known == name) {
                    return Some(known);
                }
                let of = dataset.column(name)?;
                let header = headers.iter().position(|header| header.name == of.header)?;
                let values = (0..origins.len()).map(|case| of.value(case)).collect();
                ids.push(name.to_owned());
                columns.push(Column::new(header, values));
                Some(columns.len() - 1)
            };
            let mut printed: Vec<Printed> = Vec::new();
            for told in told.remove(id).unwrap_or_default() {
                let Some(own) = column(&told.column) else { continue };
                let weight = told.weight.as_deref().and_then(&mut column);
                printed.push(Printed {
                    name: told.name,
                    is_told: true,
                    members: {
                        let mut members = vec![false; origins.len()];
                        told.cases.into_iter().for_each(|case| members[case] = true);
                        members
                    },
                    statistic: told.statistic,
                    column: own,
                    weight,
                    decimals: told.decimals,
                    is: None,
                });
            }
            for printed in &mut printed {
                let members = || (0..real).filter(|case| printed.members[*case]);
                let outcome = printed.outcome(|at| members().map(|case| columns[at].values[case]).collect());
                printed.is = (members().count() >= minimum).then_some(outcome);
            }
            let made_of = origins[real..].iter().copied().zip(otherwise.iter().cloned()).collect();
            OfDataset { id: id.clone(), rows: dataset.rows[..real].to_vec(), headers, columns, printed, made_of }
        });
        Values { datasets: datasets.collect(), minimum, rounding }
    }

    /// How many of some cases there are.
    pub fn real(&self, dataset: &str, cases: &[usize]) -> usize {
        let origins = self.origins.get(dataset).map_or(&[][..], Vec::as_slice);
        cases.iter().filter(|case| origins.get(**case) == Some(*case)).count()
    }
}

impl<'a> Asked<'a> {
    fn choose(&mut self, selection: &'a Selection, columns: impl Iterator<Item = &'a str>) {
        for condition in &selection.conditions {
            self.conditions.entry(&condition.column.value).or_default().push(condition);
        }
        self.values.extend(columns);
    }

    fn tells_of(&self, column: &CaseColumn) -> bool {
        let id = column.id.value.as_str();
        self.categories.contains(id) || self.values.contains(id) || self.conditions.contains_key(id)
    }
}

/// What cases may have in the columns that were read from one column of a file. These change together.
struct Answer {
    columns: Vec<usize>,
    /// For each of the columns its value and categories.
    given: Vec<(Option<CaseValue>, Vec<u32>)>,
    /// The cases that have this answer, as far as the report tells.
    of: BTreeSet<usize>,
}

impl Answer {
    /// The header of its column, and how it is written.
    fn written(&self, dataset: &Dataset) -> (String, Answered) {
        let column = self.columns.first().map(|at| &dataset.columns[*at]);
        let header = column.map(|column| column.header.clone()).unwrap_or_default();
        let listed = || {
            let (_, categories) = self.given.first()?;
            let category = column?.categories.get(usize::try_from(*categories.first()?).ok()?)?;
            Some(category.values.first().cloned().unwrap_or_else(|| category.id.clone()))
        };
        let answered = match self.of.first() {
            Some(case) => Answered::AsIn(dataset.rows.get(*case).copied().unwrap_or_default()),
            None => Answered::Text(listed().unwrap_or_default()),
        };
        (header, answered)
    }
}

/// The cases of a dataset and those that are thought up, the case that each is made of, and how each that is thought up answers otherwise.
struct Thought {
    widened: Dataset,
    origins: Vec<usize>,
    otherwise: Vec<(String, Answered)>,
    headers: Vec<Header>,
}

/// The classes of the cases of a column by what is told of it. Those that are thought up are put behind as they are made.
fn header(dataset: &Dataset, answers: &[Answer]) -> Header {
    let mut class = vec![0; dataset.rows.len()];
    for (at, answer) in answers.iter().enumerate() {
        answer.of.iter().for_each(|case| class[*case] = at);
    }
    let first = answers.first().and_then(|answer| answer.columns.first());
    let name = first.map(|at| dataset.columns[*at].header.clone()).unwrap_or_default();
    let classes = answers.iter().map(|answer| answer.of.iter().copied().collect()).collect();
    Header { name, class, classes }
}

fn widened(dataset: &Dataset, asked: &Asked<'_>) -> Thought {
    let mut out = dataset.clone();
    let mut otherwise = Vec::new();
    let mut origins: Vec<usize> = (0..dataset.rows.len()).collect();
    let mut headers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, column) in dataset.columns.iter().enumerate().filter(|(_, column)| asked.tells_of(column)) {
        headers.entry(&column.header).or_default().push(at);
    }
    let answers: Vec<Vec<Answer>> = headers.into_values().map(|columns| answers(dataset, columns, asked)).collect();
    let mut headers: Vec<Header> = answers.iter().map(|answers| header(dataset, answers)).collect();
    // Cases with the same answers throughout are told apart by nothing.
    let mut profiles: Vec<Vec<usize>> = vec![Vec::new(); dataset.rows.len()];
    for (at, answer) in answers.iter().flatten().enumerate() {
        answer.of.iter().for_each(|case| profiles[*case].push(at));
    }
    let first: BTreeMap<&Vec<usize>, usize> =
        profiles.iter().enumerate().rev().map(|(case, profile)| (profile, case)).collect();
    let first: BTreeSet<usize> = first.into_values().collect();
    let all: usize = answers.iter().map(Vec::len).sum();
    let step = (all * first.len()).div_ceil(MOST_THOUGHT_UP).max(1);
    for (at_header, of_column) in answers.iter().enumerate() {
        for (at_answer, answer) in of_column.iter().enumerate().step_by(step) {
            for case in first.iter().copied().filter(|case| !answer.of.contains(case)) {
                for (place, (column, from)) in out.columns.iter_mut().zip(&dataset.columns).enumerate() {
                    let changed = answer.columns.iter().position(|at| *at == place).map(|at| &answer.given[at]);
                    let (value, categories) = match changed {
                        Some((value, categories)) => (*value, categories.as_slice()),
                        None => (from.value(case), from.answers.of_case(case)),
                    };
                    if !from.values.is_empty() {
                        column.values.push(value);
                    }
                    column.answers.push(categories.iter().copied());
                }
                out.rows.push(0);
                origins.push(case);
                otherwise.push(answer.written(dataset));
                for (at, header) in headers.iter_mut().enumerate() {
                    let class = if at == at_header { at_answer } else { header.class[case] };
                    header.class.push(class);
                }
            }
        }
    }
    Thought { widened: out, origins, otherwise, headers }
}

/// The answers that can be told apart by what the report tells: one of the cases' each, and of texts those that are listed.
fn answers(dataset: &Dataset, columns: Vec<usize>, asked: &Asked<'_>) -> Vec<Answer> {
    let of_columns = || columns.iter().map(|at| &dataset.columns[*at]);
    // For each condition the cases that meet it.
    let met: Vec<BTreeSet<usize>> = of_columns()
        .flat_map(|column| asked.conditions.get(column.id.value.as_str()).into_iter().flatten())
        .filter_map(|condition| cases::meeting(condition, dataset))
        .collect();
    let mut known: BTreeMap<_, Answer> = BTreeMap::new();
    for case in 0..dataset.rows.len() {
        let told: Vec<_> = of_columns()
            .map(|column| {
                let told_apart = asked.categories.contains(column.id.value.as_str());
                let categories = if told_apart { column.answers.of_case(case) } else { &[] };
                (column.is_missing(case), column.value(case).is_some(), categories)
            })
            .collect();
        let met: Vec<bool> = met.iter().map(|cases| cases.contains(&case)).collect();
        let answer = known.entry((told, met)).or_insert_with(|| Answer {
            columns: columns.clone(),
            given: of_columns().map(|column| (column.value(case), column.answers.of_case(case).to_vec())).collect(),
            of: BTreeSet::new(),
        });
        answer.of.insert(case);
    }
    let mut all: Vec<Answer> = known.into_values().collect();
    // What is listed and no case has answered.
    if let [only] = columns[..]
        && dataset.columns[only].kind == CaseKind::Text
    {
        let column = &dataset.columns[only];
        let answered: BTreeSet<u32> =
            (0..dataset.rows.len()).flat_map(|case| column.answers.of_case(case)).copied().collect();
        let listed = 0..u32::try_from(column.categories.len()).unwrap_or(u32::MAX);
        all.extend(listed.filter(|category| !answered.contains(category)).map(|category| Answer {
            columns: columns.clone(),
            given: vec![(None, vec![category])],
            of: BTreeSet::new(),
        }));
    }
    all
}

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
