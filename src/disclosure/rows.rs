//! Another world in case rows: which row becomes like which other, with which other answers, so that all that is printed of their values stays.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compute::mask::Quantity;
use crate::compute::summary::Outcome;
use crate::model::CaseValue;

use super::fitting::{Fitted, Goal, fit};
use super::kept_cases::Moved;
use super::values::{Answered, Column, Header, OfDataset, Printed, Rows, Values};

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

/// For each elementary cell, or each dataset, the cells that belong to it.
type ByNumber = BTreeMap<usize, Vec<usize>>;

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
        (elementary, told): (&ByNumber, &ByNumber),
        by: impl Fn(usize) -> i64,
    ) -> Option<Result<Persons, BTreeSet<Quantity>>> {
        let (mut all, mut differing) = (Persons::new(), BTreeSet::new());
        for (at, moved) in moved(rows, by)? {
            let cells = Cells { of: elementary.get(&at).map_or(&[][..], Vec::as_slice), told };
            match (Trial { of: &self.datasets[at], values: self, cells }).agreeing(&moved) {
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
            let persons = of.persons(moved);
            let mut asked = of.printed.iter().filter(|printed| of.touches(printed, moved) && !is_out(&printed.name));
            asked.all(|printed| of.is_same(printed, &persons, self))
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

    fn value(&self, person: &Person, column: usize) -> Option<CaseValue> {
        let Column { header, values, .. } = &self.columns[column];
        values[person.but.get(header).copied().unwrap_or(person.like)]
    }

    /// Whether the same is printed.
    fn is_same(&self, printed: &Printed, persons: &[Person], all: &Values) -> bool {
        let members: Vec<&Person> = persons.iter().filter(|person| printed.members.has(person.like)).collect();
        let is_printed = members.len() >= all.minimum;
        let outcome = is_printed.then(|| printed.outcome(|at| members.iter().map(|one| self.value(one, at)).collect()));
        match (&printed.is, &outcome) {
            (Some(Outcome::Number { value: a, decimals }), Some(Outcome::Number { value: b, decimals: needed })) => {
                let (places, same) = match printed.decimals {
                    Some(places) => (places, true),
                    None => (*decimals, decimals == needed),
                };
                let rounding = all.rounding;
                same && a.round(places, rounding) == b.round(places, rounding)
            }
            (a, b) => *a == *b,
        }
    }
}

/// A number that looks like any: sums of some are the same only where these are.
fn mixed(number: u64) -> u64 {
    let mut out = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    out = (out ^ (out >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    out = (out ^ (out >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    out ^ (out >> 31)
}

/// The elementary cell of each case of a dataset, and the told numbers that each is a part of.
#[derive(Clone, Copy)]
struct Cells<'a> {
    of: &'a [usize],
    told: &'a ByNumber,
}

struct Trial<'a> {
    of: &'a OfDataset,
    values: &'a Values,
    cells: Cells<'a>,
}

impl Trial<'_> {
    /// The cases in which all that is printed stays, else the names of what does not.
    fn agreeing(&self, moved: &[(usize, usize)]) -> Result<Vec<Person>, BTreeSet<Quantity>> {
        let mut persons = self.of.persons(moved);
        let printed = &self.of.printed;
        let touched = |printed: &&Printed| self.of.touches(printed, moved);
        let named = |off: &Vec<&Printed>| off.iter().map(|printed| printed.name.clone()).collect();
        let off: Vec<&Printed> =
            printed.iter().filter(touched).filter(|one| !self.of.is_same(one, &persons, self.values)).collect();
        if off.is_empty() {
            return Ok(persons);
        }
        if off.iter().any(|printed| !self.can_move(printed, &persons)) {
            return Err(named(&off));
        }
        let columns: BTreeSet<usize> = off.iter().map(|printed| printed.column).collect();
        let before = self.told_of(&persons);
        for column in columns {
            self.move_values(column, &mut persons);
        }
        if self.told_of(&persons) != before {
            return Err(named(&off));
        }
        // What was found is held to what is printed in exact numbers.
        let off: Vec<&Printed> = printed.iter().filter(|one| !self.of.is_same(one, &persons, self.values)).collect();
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

    /// Gives cases other values until all statistics of a column are what is printed, where such are found.
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
        let own: Vec<&Printed> =
            self.of.printed.iter().filter(|printed| printed.column == column && printed.is.is_some()).collect();
        let others = self.others(header);
        let mut cases: Vec<usize> = Vec::new();
        let mut fitted: Vec<Fitted> = Vec::new();
        for (at, person) in persons.iter().enumerate() {
            let Some(value) = digits[person.but.get(&header).copied().unwrap_or(person.like)] else { continue };
            let of = (0..own.len()).filter(|at| own[*at].members.has(person.like)).collect();
            let told = self.told_with(person.like, header, &others);
            cases.push(at);
            fitted.push(Fitted { class: class[person.like], value, is_bound: is_bound(person), of, told });
        }
        let count = |at: &usize| fitted.iter().filter(|case| case.of.contains(at)).count();
        let goals =
            own.iter().zip(0..).map(|(printed, at)| Goal::new(printed, count(&at), decimals, self.values.rounding));
        let Some(goals) = goals.collect::<Option<Vec<Goal>>>() else { return };
        // The values of each class, each with a case that has it.
        let of_class = |class: &Vec<usize>| {
            let all = class.iter().rev().filter_map(|case| Some((digits[*case]?, *case)));
            all.collect::<BTreeMap<i64, usize>>()
        };
        let values: Vec<BTreeMap<i64, usize>> = classes.iter().map(of_class).collect();
        let of_classes: Vec<BTreeSet<i64>> = values.iter().map(|of| of.keys().copied().collect()).collect();
        fit(&mut fitted, &goals, &of_classes);
        for (at, Fitted { class: now, value, .. }) in cases.into_iter().zip(fitted) {
            let person = &mut persons[at];
            if now != class[person.like] {
                let Some(like) = self.base(person.like, header, &others).and_then(|of| of.get(&now)) else { return };
                // All else stays as it was.
                let before = std::mem::replace(&mut person.like, *like);
                (0..self.of.headers.len()).for_each(|other| {
                    person.but.entry(other).or_insert(before);
                });
            }
            let shown = person.but.get(&header).copied().unwrap_or(person.like);
            let is_new = (class[shown], digits[shown]) != (now, Some(value));
            if let Some(other) = values[now].get(&value).filter(|_| is_new) {
                person.but.insert(header, *other);
            }
        }
    }

    /// For each elementary cell with cases, one of each that they become with another class under a header, by the class.
    fn others(&self, header: usize) -> BTreeMap<usize, BTreeMap<usize, usize>> {
        let (real, Header { name, class, .. }) = (self.of.rows.len(), &self.of.headers[header]);
        let mut out: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        let there = (0..real).map(|case| (case, case));
        let thought = self.of.made_of.iter().zip(real..).filter_map(|((origin, otherwise), case)| {
            let [(only, _)] = &otherwise[..] else { return None };
            (only == name).then_some((*origin, case))
        });
        for (origin, case) in there.chain(thought) {
            if let Some(cell) = self.cells.of.get(origin) {
                out.entry(*cell).or_default().entry(class[case]).or_insert(case);
            }
        }
        out
    }

    /// What a case could be with another class under a header.
    fn base<'a>(
        &self,
        case: usize,
        header: usize,
        others: &'a BTreeMap<usize, BTreeMap<usize, usize>>,
    ) -> Option<&'a BTreeMap<usize, usize>> {
        let own = self.cells.of.get(case).and_then(|cell| others.get(cell));
        let made = || {
            let (origin, otherwise) = self.of.made_of.get(case.checked_sub(self.of.rows.len())?)?;
            let is_only = otherwise.iter().all(|(name, _)| *name == self.of.headers[header].name);
            others.get(self.cells.of.get(*origin)?).filter(|_| is_only)
        };
        own.or_else(made)
    }

    /// What is told of a case with each class that it could have under a header, in short. Only such in which the same statistics are computed of it.
    fn told_with(
        &self,
        case: usize,
        header: usize,
        others: &BTreeMap<usize, BTreeMap<usize, usize>>,
    ) -> Arc<BTreeMap<usize, u64>> {
        let is_in_the_same = |other: &usize| {
            self.of.printed.iter().all(|printed| printed.members.has(case) == printed.members.has(*other))
        };
        let told = |of: &usize| {
            let cells = self.cells.of.get(*of).and_then(|cell| self.cells.told.get(cell));
            cells.into_iter().flatten().fold(0_u64, |sum, cell| sum.wrapping_add(mixed(*cell as u64)))
        };
        let all = self.base(case, header, others).into_iter().flatten();
        Arc::new(all.filter(|(_, of)| is_in_the_same(of)).map(|(class, of)| (*class, told(of))).collect())
    }

    /// How many cases each told number has in a world.
    fn told_of(&self, persons: &[Person]) -> BTreeMap<usize, usize> {
        let mut out: BTreeMap<usize, usize> = BTreeMap::new();
        for person in persons {
            let cells = self.cells.of.get(person.like).and_then(|cell| self.cells.told.get(cell));
            cells.into_iter().flatten().for_each(|cell| *out.entry(*cell).or_default() += 1);
        }
        out
    }
}
