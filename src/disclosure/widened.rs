//! The cases that a report counts from, and others that there might have been: what no reader can tell from them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compute::cases;
use crate::compute::mask::Quantity;
use crate::model::{
    self, CaseColumn, CaseKind, CaseValue, Condition, Dataset, Findings, Given, Proof, ProofCases, Selection,
};
use crate::value::Rounding;

use super::kept_cases::{self, KeptWorld, Placed, Profile, profile};
use super::members::Members;
use super::values::{Answered, Column, Header, OfDataset, Otherwise, Printed, Values};

/// The most cases that are thought up for a dataset.
const MOST_THOUGHT_UP: usize = 60_000;
/// So many cases are looked at for the one that a case of a proof is most like.
const NEAR: usize = 1000;

/// The datasets of a report, each with its cases and others that there might have been: every case with another answer in one of the columns that are
/// told of. They are in no number, and a reader cannot tell that they are not there.
#[derive(Debug, Default)]
pub(super) struct Widened {
    pub datasets: Vec<Dataset>,
    /// For each case of each dataset the one that it was made of: itself for those that there are.
    pub origins: BTreeMap<String, Vec<usize>>,
    /// For each case that is thought up, behind those that there are, in which columns it answers otherwise, and how.
    otherwise: BTreeMap<String, Vec<Otherwise>>,
    /// For each column of a file that something is computed of the classes of its cases.
    headers: BTreeMap<String, Vec<Header>>,
    /// By dataset, of which columns only the value counts: their categories are the values that are found, and tell nothing apart.
    pub by_value: Vec<Vec<bool>>,
    /// The worlds of a kept proof that can be among these cases.
    pub worlds: Vec<KeptWorld>,
}

/// A statistic of the values of a set of cases.
#[derive(Debug)]
pub(super) struct Statistic {
    pub name: Quantity,
    pub cases: Members,
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
    /// Those of a report, with the cases of a kept proof among those that there might have been.
    pub fn new(findings: &Findings, proof: Option<&Proof>) -> Self {
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
        let mut placed: BTreeMap<String, (usize, Placed)> = BTreeMap::new();
        for (place, dataset) in findings.datasets.iter().enumerate() {
            let mut asked = asked.remove(dataset.id.value.as_str()).unwrap_or_default();
            asked.categories.extend(dataset.breakdowns().map(|column| column.id.value.as_str()));
            let mut thought = widened(dataset, &asked);
            out.by_value.push(dataset.columns.iter().map(|column| asked.goes_by_value(column)).collect());
            if let Some(of) = proof.and_then(|proof| proof.datasets.get(&dataset.id.value)) {
                placed.insert(dataset.id.value.clone(), (place, thought.put_kept(of, dataset, &asked)));
            }
            let Thought { widened, origins, otherwise, headers, .. } = thought;
            out.headers.insert(dataset.id.value.clone(), headers);
            out.origins.insert(dataset.id.value.clone(), origins);
            out.otherwise.insert(dataset.id.value.clone(), otherwise);
            out.datasets.push(widened);
        }
        if let Some(Proof { datasets, worlds, .. }) = proof {
            out.worlds = worlds.iter().filter_map(|world| kept_cases::placed(world, datasets, &placed)).collect();
        }
        out
    }

    /// The places of the columns of a dataset that have a part in what is told.
    pub fn told_columns(&self, place: usize) -> Vec<usize> {
        let Some(dataset) = self.datasets.get(place) else { return Vec::new() };
        let headers = self.headers.get(&dataset.id.value).map_or(&[][..], Vec::as_slice);
        headers.iter().flat_map(|header| header.columns.iter().copied()).collect()
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
                    members: told.cases,
                    statistic: told.statistic,
                    column: own,
                    weight,
                    decimals: told.decimals,
                    is: None,
                });
            }
            for printed in &mut printed {
                let members = || printed.members.places().take_while(|case| *case < real);
                let outcome = printed.outcome(|at| members().map(|case| columns[at].values[case]).collect());
                printed.is = (members().count() >= minimum).then_some(outcome);
            }
            let made_of = origins[real..].iter().copied().zip(otherwise.iter().cloned()).collect();
            OfDataset { id: id.clone(), rows: dataset.rows[..real].to_vec(), headers, columns, printed, made_of }
        });
        Values { datasets: datasets.collect(), minimum, rounding }
    }

    /// How many of some cases there are.
    pub fn real(&self, dataset: &str, cases: &Members) -> usize {
        let all = self.origins.get(dataset).map_or(0, Vec::len);
        let thought_up = self.otherwise.get(dataset).map_or(0, Vec::len);
        cases.count_below(all - thought_up)
    }
}

impl<'a> Asked<'a> {
    fn choose(&mut self, selection: &'a Selection, columns: impl Iterator<Item = &'a str>) {
        for condition in &selection.conditions {
            self.conditions.entry(&condition.column.value).or_default().push(condition);
        }
        self.values.extend(columns);
    }

    fn goes_by_value(&self, column: &CaseColumn) -> bool {
        column.kind != CaseKind::Text && !column.declared && !self.categories.contains(column.id.value.as_str())
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
    /// The cases that have this answer, as far as the report tells, in order.
    of: Vec<usize>,
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
    otherwise: Vec<Otherwise>,
    headers: Vec<Header>,
    answers: Vec<Vec<Answer>>,
    /// Of cases that nothing tells apart the first.
    first: BTreeSet<usize>,
}

impl Thought {
    /// Puts the cases of a kept proof behind those that are thought up.
    fn put_kept(&mut self, of: &ProofCases, dataset: &Dataset, asked: &Asked<'_>) -> Placed {
        let told: Vec<usize> = self.headers.iter().flat_map(|header| header.columns.iter().copied()).collect();
        let by_value: Vec<bool> = dataset.columns.iter().map(|column| asked.goes_by_value(column)).collect();
        let profile = |case: usize| profile(dataset, &told, &by_value, case);
        let real = dataset.rows.len();
        let mut like: BTreeMap<Profile, Vec<usize>> = BTreeMap::new();
        (0..real).for_each(|case| like.entry(profile(case)).or_default().push(case));
        let near: Vec<(usize, Profile)> = self.first.iter().take(NEAR).map(|case| (*case, profile(*case))).collect();
        let mut placed = Placed { cases: Vec::new(), real };
        let begin = self.widened.rows.len();
        for own in kept_cases::read(of, dataset, &told) {
            let Some(own) = own else {
                placed.cases.push(None);
                continue;
            };
            let apart = |other: &Profile| own.iter().zip(other).filter(|(own, other)| own != other).count();
            let equal = like.get(&own).cloned().unwrap_or_default();
            let nearest = || near.iter().min_by_key(|(case, other)| (apart(other), *case)).map(|(case, _)| *case);
            let Some(origin) = equal.first().copied().or_else(nearest) else {
                placed.cases.push(None);
                continue;
            };
            placed.cases.push(Some((self.widened.rows.len(), equal)));
            for (place, (column, from)) in self.widened.columns.iter_mut().zip(&dataset.columns).enumerate() {
                let own = told.iter().position(|at| *at == place).map(|at| &own[at]);
                let (value, categories) = match own {
                    Some((value, _)) if by_value[place] => {
                        let found = (0..real).find(|case| value.is_some() && from.value(*case) == *value);
                        (*value, found.map_or(&[][..], |case| from.answers.of_case(case)))
                    }
                    Some((value, categories)) => (*value, categories.as_slice()),
                    None => (from.value(origin), from.answers.of_case(origin)),
                };
                if !from.values.is_empty() {
                    column.values.push(value);
                }
                column.answers.push(categories.iter().copied());
            }
            self.widened.rows.push(0);
            self.origins.push(origin);
        }
        self.class_kept(begin, dataset, asked);
        placed
    }

    /// The classes of cases that were put behind the others, and how they answer otherwise than those that they are made of.
    fn class_kept(&mut self, begin: usize, dataset: &Dataset, asked: &Asked<'_>) {
        let by_value: Vec<bool> = dataset.columns.iter().map(|column| asked.goes_by_value(column)).collect();
        let mut otherwise = vec![Vec::new(); self.widened.rows.len() - begin];
        for (header, answers) in self.headers.iter_mut().zip(&self.answers) {
            let met = met(&self.widened, &header.columns, asked);
            let told = |case: usize| told_of(&self.widened, &header.columns, &met, asked, case);
            let mut known: BTreeMap<_, usize> = BTreeMap::new();
            for (class, answer) in answers.iter().enumerate() {
                known.extend(answer.of.first().map(|case| (told(*case), class)));
            }
            let mut rows: BTreeMap<Profile, u32> = BTreeMap::new();
            for case in (0..dataset.rows.len()).rev() {
                rows.insert(profile(dataset, &header.columns, &by_value, case), dataset.rows[case]);
            }
            for (case, otherwise) in (begin..).zip(&mut otherwise) {
                let class = *known.entry(told(case)).or_insert_with(|| {
                    header.classes.push(Vec::new());
                    header.classes.len() - 1
                });
                // Within which values the cases of a class are is then the same from each world of the proof.
                header.classes[class].push(case);
                header.class.push(class);
                let own = profile(&self.widened, &header.columns, &by_value, case);
                if own == profile(dataset, &header.columns, &by_value, self.origins[case]) {
                    continue;
                }
                let column = header.columns.first().map(|at| &self.widened.columns[*at]);
                let answered = match (rows.get(&own), column) {
                    (Some(row), _) => Answered::AsIn(*row),
                    (None, Some(column)) => Answered::Text(in_file(column, case)),
                    (None, None) => continue,
                };
                otherwise.push((header.name.clone(), answered));
            }
        }
        self.otherwise.extend(otherwise.into_iter().map(Otherwise::from));
    }
}

/// What a case has in a column, as a file would have it.
fn in_file(column: &CaseColumn, case: usize) -> String {
    let category = || column.categories.get(*column.answers.of_case(case).first()? as usize);
    match column.value(case) {
        Some(value) => kept_cases::text(value),
        None => category()
            .map(|category| category.values.first().cloned().unwrap_or_else(|| category.id.clone()))
            .unwrap_or_default(),
    }
}

/// The classes of the cases of a column by what is told of it. Those that are thought up are put behind as they are made.
fn header(dataset: &Dataset, answers: &[Answer]) -> Header {
    let mut class = vec![0; dataset.rows.len()];
    for (at, answer) in answers.iter().enumerate() {
        answer.of.iter().for_each(|case| class[*case] = at);
    }
    let first = answers.first().and_then(|answer| answer.columns.first());
    let name = first.map(|at| dataset.columns[*at].header.clone()).unwrap_or_default();
    let classes = answers.iter().map(|answer| answer.of.clone()).collect();
    let columns = answers.first().map(|answer| answer.columns.clone()).unwrap_or_default();
    Header { name, columns, class, classes }
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
            let others: Vec<usize> =
                first.iter().copied().filter(|case| headers[at_header].class[*case] != at_answer).collect();
            for (place, (column, from)) in out.columns.iter_mut().zip(&dataset.columns).enumerate() {
                let changed = answer.columns.iter().position(|at| *at == place).map(|at| &answer.given[at]);
                if !from.values.is_empty() {
                    let value = |case: &usize| changed.map_or_else(|| from.value(*case), |(value, _)| *value);
                    column.values.extend(others.iter().map(value));
                }
                for case in &others {
                    let categories = changed.map_or_else(|| from.answers.of_case(*case), |(_, own)| own);
                    column.answers.push(categories.iter().copied());
                }
            }
            for (at, header) in headers.iter_mut().enumerate() {
                let class = &mut header.class;
                for case in &others {
                    class.push(if at == at_header { at_answer } else { class[*case] });
                }
            }
            let written: Otherwise = [answer.written(dataset)].into();
            otherwise.extend(others.iter().map(|_| Arc::clone(&written)));
            out.rows.resize(out.rows.len() + others.len(), 0);
            origins.extend(others);
        }
    }
    Thought { widened: out, origins, otherwise, headers, answers, first }
}

/// For each condition on some columns which cases meet it.
fn met(dataset: &Dataset, columns: &[usize], asked: &Asked<'_>) -> Vec<Vec<bool>> {
    let of_columns = columns.iter().map(|at| dataset.columns[*at].id.value.as_str());
    let conditions = of_columns.flat_map(|id| asked.conditions.get(id).into_iter().flatten());
    conditions.filter_map(|condition| cases::meeting(condition, dataset)).collect()
}

/// What is told of a case by a column: whether it has no answer, whether it has a value, and which categories.
type ToldBy<'a> = (bool, bool, &'a [u32]);

/// What the report tells of a case by some columns, and which conditions it meets.
fn told_of<'a>(
    dataset: &'a Dataset,
    columns: &[usize],
    met: &[Vec<bool>],
    asked: &Asked<'_>,
    case: usize,
) -> (Vec<ToldBy<'a>>, Vec<bool>) {
    let told = columns.iter().map(|at| {
        let column = &dataset.columns[*at];
        let told_apart = asked.categories.contains(column.id.value.as_str());
        let categories = if told_apart { column.answers.of_case(case) } else { &[] };
        (column.is_missing(case), column.value(case).is_some(), categories)
    });
    (told.collect(), met.iter().map(|cases| cases[case]).collect())
}

/// The answers that can be told apart by what the report tells: one of the cases' each, and of texts those that are listed.
fn answers(dataset: &Dataset, columns: Vec<usize>, asked: &Asked<'_>) -> Vec<Answer> {
    let of_columns = || columns.iter().map(|at| &dataset.columns[*at]);
    let met = met(dataset, &columns, asked);
    let mut known: BTreeMap<_, Answer> = BTreeMap::new();
    for case in 0..dataset.rows.len() {
        let told = told_of(dataset, &columns, &met, asked, case);
        let answer = known.entry(told).or_insert_with(|| Answer {
            columns: columns.clone(),
            given: of_columns().map(|column| (column.value(case), column.answers.of_case(case).to_vec())).collect(),
            of: Vec::new(),
        });
        answer.of.push(case);
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
            of: Vec::new(),
        }));
    }
    all
}
