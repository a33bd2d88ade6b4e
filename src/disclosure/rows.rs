//! Another world in case rows: which row becomes like which other, with which other answers, so that all that is printed of their values stays.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::summary::Outcome;
use crate::model::{CaseValue, Statistic};

use super::kept_cases::Moved;
use super::values::{Answered, Column, Header, OfDataset, Printed, Rows, Values};

/// How many values are changed at most until all statistics agree.
const CHANGED: usize = 1000;
/// After so many changes that have brought nothing nearer, no more are made.
const STALE: usize = 80;
/// For so many changes a case keeps the value that it was given.
const RESTS: usize = 12;

/// A case of another world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// Which case it is like.
    pub like: usize,
    /// Under which headers it answers as which other case.
    pub but: BTreeMap<usize, usize>,
}

/// The cases of another world, by the places of the datasets that it changes.
pub(super) type Persons = BTreeMap<usize, Vec<Person>>;

/// What a world changes in the rows of a dataset: this row becomes like that one, with other answers under some headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<'a> {
    pub dataset: &'a str,
    pub row: u32,
    pub like: u32,
    pub but: Vec<(&'a str, Answered)>,
}

/// A world in the rows of the datasets.
pub type Changes<'a> = Vec<Changed<'a>>;

/// Which cases become like which others where each elementary cell has so many more or fewer; none where there are not as many.
pub(super) fn moved(rows: &BTreeMap<usize, Rows>, by: impl Fn(usize) -> i64) -> Option<Moved> {
    let mut fewer: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut more: Vec<&Rows> = Vec::new();
    for (at, rows) in rows {
        let by = by(*at);
        let count = usize::try_from(by.unsigned_abs()).ok()?;
        if by < 0 {
            fewer.entry(rows.dataset).or_default().extend(rows.real.get(..count)?);
        } else {
            more.extend(std::iter::repeat_n(rows, count));
        }
    }
    let mut moved = Moved::new();
    for rows in more {
        let case = fewer.get_mut(&rows.dataset).and_then(Vec::pop)?;
        moved.entry(rows.dataset).or_default().push((case, rows.sample));
    }
    fewer.values().all(Vec::is_empty).then_some(moved)
}

impl Values {
    /// The cases of a world in which all that is printed of their values stays; else the statistics that do not. `by` says how many cases more or fewer
    /// each elementary cell has. None where there are no such rows.
    pub(super) fn persons(
        &self,
        rows: &BTreeMap<usize, Rows>,
        by: impl Fn(usize) -> i64,
    ) -> Option<Result<Persons, BTreeSet<Quantity>>> {
        let (mut all, mut differing) = (Persons::new(), BTreeSet::new());
        for (at, moved) in moved(rows, by)? {
            match (Trial { of: &self.datasets[at], values: self }).agreeing(&moved) {
                Ok(persons) => {
                    all.insert(at, persons);
                }
                Err(names) => differing.extend(names),
            }
        }
        Some(if differing.is_empty() { Ok(all) } else { Err(differing) })
    }

    /// The cases of which some have become like others.
    pub(super) fn persons_of(&self, moved: &Moved) -> Persons {
        moved.iter().map(|(at, moved)| (*at, self.datasets[*at].persons(moved))).collect()
    }

    /// Whether all that is printed of their values stays where cases become like others, but for what is not asked after.
    pub(super) fn agrees(&self, moved: &Moved, is_out: &dyn Fn(&Quantity) -> bool) -> bool {
        moved.iter().all(|(at, moved)| {
            let of = &self.datasets[*at];
            let (trial, persons) = (Trial { of, values: self }, of.persons(moved));
            let mut asked = of.printed.iter().filter(|printed| of.touches(printed, moved) && !is_out(&printed.name));
            asked.all(|printed| trial.is_same(printed, &persons))
        })
    }

    /// The rows that a world changes.
    pub(super) fn written(&self, persons: &Persons) -> Changes<'_> {
        let all = persons.iter().flat_map(|(at, persons)| {
            let of = &self.datasets[*at];
            persons.iter().enumerate().filter_map(|(case, person)| of.written(case, person))
        });
        all.collect()
    }
}

impl OfDataset {
    fn persons(&self, moved: &[(usize, usize)]) -> Vec<Person> {
        let mut persons: Vec<Person> = (0..self.rows.len()).map(|like| Person { like, but: BTreeMap::new() }).collect();
        for (case, like) in moved {
            persons[*case].like = *like;
        }
        persons
    }

    /// Whether a statistic may be another where cases become like others.
    fn touches(&self, printed: &Printed, moved: &[(usize, usize)]) -> bool {
        moved.iter().any(|(case, like)| {
            let (before, now) = (printed.members.has(*case), printed.members.has(*like));
            let column = &self.columns[printed.column].values;
            before != now || now && (column[*case] != column[*like] || printed.weight.is_some())
        })
    }

    /// What a case becomes in the file; none where it stays.
    fn written(&self, case: usize, person: &Person) -> Option<Changed<'_>> {
        let row = self.rows[case];
        let (like, first) = match person.like.checked_sub(self.rows.len()) {
            None => (person.like, &[][..]),
            Some(thought) => {
                let (like, otherwise) = &self.made_of[thought];
                (*like, &otherwise[..])
            }
        };
        let first = first.iter().map(|(header, answered)| (header.as_str(), answered.clone()));
        let mut but: BTreeMap<&str, Answered> = first.collect();
        for (header, other) in &person.but {
            let name = self.headers[*header].name.as_str();
            match (self.rows.get(*other), other.checked_sub(self.rows.len())) {
                (Some(row), _) => {
                    but.insert(name, Answered::AsIn(*row));
                }
                // As one that is not there: as it was made.
                (None, thought) => {
                    let (of, otherwise) = &self.made_of[thought?];
                    let own = otherwise.iter().find(|(header, _)| header == name).map(|(_, answered)| answered.clone());
                    but.insert(name, own.unwrap_or(Answered::AsIn(self.rows[*of])));
                }
            }
        }
        let stays = like == case && but.is_empty();
        (!stays).then(|| Changed { dataset: &self.id, row, like: self.rows[like], but: but.into_iter().collect() })
    }
}

struct Trial<'a> {
    of: &'a OfDataset,
    values: &'a Values,
}

/// The values that a statistic is computed of, in order and added up.
#[derive(Default)]
struct State {
    sorted: Vec<i64>,
    sum: i64,
}

impl State {
    /// The value at a place once one value is another.
    fn at(&self, place: usize, (from, to): (i64, i64)) -> i64 {
        let gone = self.sorted.partition_point(|value| *value < from);
        let without = |at: usize| self.sorted[if at < gone { at } else { at + 1 }];
        let before = self.sorted.partition_point(|value| *value < to);
        // Without the one that is gone, so many are below the new one.
        let below = if from < to { before - 1 } else { before };
        match place.cmp(&below) {
            std::cmp::Ordering::Less => without(place),
            std::cmp::Ordering::Equal => to,
            std::cmp::Ordering::Greater => without(place - 1),
        }
    }

    fn change(&mut self, (from, to): (i64, i64)) {
        let gone = self.sorted.partition_point(|value| *value < from);
        self.sorted.remove(gone);
        let at = self.sorted.partition_point(|value| *value < to);
        self.sorted.insert(at, to);
        self.sum += to - from;
    }
}

impl Trial<'_> {
    /// The cases in which all that is printed stays, else the names of what does not.
    fn agreeing(&self, moved: &[(usize, usize)]) -> Result<Vec<Person>, BTreeSet<Quantity>> {
        let mut persons = self.of.persons(moved);
        let printed = &self.of.printed;
        let touched = |printed: &&Printed| self.of.touches(printed, moved);
        let named = |off: &Vec<&Printed>| off.iter().map(|printed| printed.name.clone()).collect();
        let off: Vec<&Printed> = printed.iter().filter(touched).filter(|one| !self.is_same(one, &persons)).collect();
        if off.is_empty() {
            return Ok(persons);
        }
        if off.iter().any(|printed| !self.can_move(printed, &persons)) {
            return Err(named(&off));
        }
        let columns: BTreeSet<usize> = off.iter().map(|printed| printed.column).collect();
        for column in columns {
            self.move_values(column, &mut persons);
        }
        // What was found is held to what is printed in exact numbers.
        let off: Vec<&Printed> = printed.iter().filter(|one| !self.is_same(one, &persons)).collect();
        if off.is_empty() { Ok(persons) } else { Err(named(&off)) }
    }

    /// Whether values of cases are moved for the sake of a statistic.
    fn can_move(&self, printed: &Printed, persons: &[Person]) -> bool {
        let count = persons.iter().filter(|person| printed.members.has(person.like)).count();
        printed.weight.is_none()
            && self.of.columns[printed.column].digits().is_some()
            && printed.is.is_some() == (count >= self.values.minimum)
            && matches!(printed.is, Some(Outcome::Number { .. }))
    }

    /// Gives cases other values of their classes until all statistics of a column are what is printed, or too much was tried: of a statistic that is not, the
    /// change that brings all of them nearest is made, even if it is farther than before.
    fn move_values(&self, column: usize, persons: &mut [Person]) {
        let Some((decimals, digits)) = self.of.columns[column].digits() else { return };
        let header = self.of.columns[column].header;
        let Header { class, classes, .. } = &self.of.headers[header];
        // Weights and dates under the same header stay.
        let is_bound = |person: &Person| {
            self.of.printed.iter().any(|printed| {
                let uses = |at: usize| self.of.columns[at].header == header && at != column;
                printed.members.has(person.like)
                    && (uses(printed.column) || printed.weight.is_some_and(|at| uses(at) || at == column))
            })
        };
        let bound: Vec<bool> = persons.iter().map(is_bound).collect();
        let own: Vec<&Printed> =
            self.of.printed.iter().filter(|printed| printed.column == column && printed.is.is_some()).collect();
        let mut value: Vec<Option<i64>> =
            persons.iter().map(|person| digits[person.but.get(&header).copied().unwrap_or(person.like)]).collect();
        let mut states: Vec<State> = own
            .iter()
            .map(|printed| {
                let members = persons.iter().zip(&value).filter(|(person, _)| printed.members.has(person.like));
                let mut sorted: Vec<i64> = members.filter_map(|(_, value)| *value).collect();
                sorted.sort_unstable();
                State { sum: sorted.iter().sum(), sorted }
            })
            .collect();
        let mut off: Vec<f64> =
            own.iter().zip(&states).map(|(printed, state)| printed.off(state, (0, 0), decimals)).collect();
        // The values of each class, each with a case that has it.
        let of_class = |class: &Vec<usize>| {
            let all = class.iter().rev().filter_map(|case| Some((digits[*case]?, *case)));
            all.collect::<BTreeMap<i64, usize>>()
        };
        let values: Vec<BTreeMap<i64, usize>> = classes.iter().map(of_class).collect();
        let concerned: Vec<Vec<usize>> = persons
            .iter()
            .map(|person| (0..own.len()).filter(|at| own[*at].members.has(person.like)).collect())
            .collect();
        let mut rests = vec![0; persons.len()];
        let (mut turn, mut nearest) = (1_u64, 0);
        let mut least = off.iter().sum::<f64>();
        for step in 1..=CHANGED {
            let open: Vec<usize> = (0..off.len()).filter(|at| off[*at] > 0.0).collect();
            turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let Some(aim) = usize::try_from(turn >> 33).ok().and_then(|turn| open.get(turn % open.len().max(1))) else {
                return;
            };
            let now = off.iter().sum::<f64>();
            let mut best: Option<(f64, usize, usize, i64, i64)> = None;
            for (case, person) in persons.iter().enumerate() {
                let Some(from) = value[case].filter(|_| own[*aim].members.has(person.like) && !bound[case]) else {
                    continue;
                };
                for (to, other) in values[class[person.like]].iter().filter(|(to, _)| **to != from) {
                    let changed = concerned[case].iter();
                    let better: f64 =
                        changed.map(|at| off[*at] - own[*at].off(&states[*at], (from, *to), decimals)).sum();
                    // Who was given a value keeps it for some time, unless nothing was as near before.
                    let may = rests[case] <= step || now - better < least - 1e-9;
                    if may && best.as_ref().is_none_or(|best| better > best.0) {
                        best = Some((better, case, *other, from, *to));
                    }
                }
            }
            let Some((better, case, other, from, to)) = best else { continue };
            for at in &concerned[case] {
                states[*at].change((from, to));
                off[*at] = own[*at].off(&states[*at], (0, 0), decimals);
            }
            persons[case].but.insert(header, other);
            value[case] = Some(to);
            rests[case] = step + RESTS;
            if now - better < least - 1e-9 {
                (least, nearest) = (now - better, step);
            } else if step - nearest > STALE {
                return;
            }
        }
    }

    fn value(&self, person: &Person, column: usize) -> Option<CaseValue> {
        let Column { header, values, .. } = &self.of.columns[column];
        values[person.but.get(header).copied().unwrap_or(person.like)]
    }

    /// Whether the same is printed.
    fn is_same(&self, printed: &Printed, persons: &[Person]) -> bool {
        let members: Vec<&Person> = persons.iter().filter(|person| printed.members.has(person.like)).collect();
        let is_printed = members.len() >= self.values.minimum;
        let outcome = is_printed.then(|| printed.outcome(|at| members.iter().map(|one| self.value(one, at)).collect()));
        match (&printed.is, &outcome) {
            (Some(Outcome::Number { value: a, decimals }), Some(Outcome::Number { value: b, decimals: needed })) => {
                let (places, same) = match printed.decimals {
                    Some(places) => (places, true),
                    None => (*decimals, decimals == needed),
                };
                let rounding = self.values.rounding;
                same && a.round(places, rounding) == b.round(places, rounding)
            }
            (a, b) => *a == *b,
        }
    }
}

impl Printed {
    /// How far the statistic is from what is printed once one value is another, in units of the last digit that is printed; nought where it is the same.
    /// The two are the same where none changes.
    fn off(&self, state: &State, change: (i64, i64), decimals: u8) -> f64 {
        let Some(Outcome::Number { value, decimals: needed }) = &self.is else { return 0.0 };
        let places = self.decimals.unwrap_or(*needed);
        let (from, to) = change;
        let count = state.sorted.len();
        if count == 0 {
            return 1e6;
        }
        let at = |place: usize| {
            let digits = if from == to { state.sorted[place] } else { state.at(place, change) };
            digits as f64
        };
        let quartile = |quarters: usize| {
            let steps = (count - 1) * quarters;
            let (low, rest) = (at(steps / 4), steps % 4);
            let high = if steps / 4 + 1 < count { at(steps / 4 + 1) } else { low };
            low + (high - low) * rest as f64 / 4.0
        };
        let sum = (state.sum + to - from) as f64;
        let now = match self.statistic {
            Statistic::LowerQuartile => quartile(1),
            Statistic::Median => quartile(2),
            Statistic::UpperQuartile => quartile(3),
            Statistic::Smallest => at(0),
            Statistic::Largest => at(count - 1),
            Statistic::Average => sum / count as f64,
            Statistic::Sum => sum,
            Statistic::Count => return 0.0,
        };
        let unit = 10f64.powi(i32::from(places));
        let (is, now) = (value.to_f64() * unit, now / 10f64.powi(i32::from(decimals)) * unit);
        // Means are near the middle of what is printed as the same, so that it is not decided by a hair.
        let apart = match self.statistic {
            Statistic::Average => ((now - is.round()).abs() - 0.45).max(0.0),
            _ => (now - is).abs(),
        };
        if apart < 1e-7 { 0.0 } else { 0.01 + apart }
    }
}
