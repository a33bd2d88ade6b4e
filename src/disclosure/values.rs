//! Statistics of the values of case rows that are printed beside counts. In another world the cases are others, and each mean, median, sum and extreme must
//! still be what is printed of it: readers know these too. No value of a single case is printed, so that cases may also have other values, as long as
//! they stay in the same class of all that is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::summary::{Outcome, summary, weighted_mean};
use crate::model::{CaseValue, Statistic};
use crate::value::{Exact, PartialDate, Rounding};

/// How many values are changed at most until all statistics agree.
const CHANGED: usize = 200;
/// How many changes are tried at most.
const TRIED: usize = 20_000;

/// More decimals than these are not moved by.
const DECIMALS: u8 = 6;
/// Numbers above this are not moved: sums of many of them must be exact in floating point.
const LARGE: i64 = 1 << 40;

/// What is printed of the values of all datasets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    pub datasets: Vec<OfDataset>,
    /// Statistics of fewer cases are not printed.
    pub minimum: usize,
    pub rounding: Rounding,
}

/// Cases of a dataset that no told number tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Its place among the datasets.
    pub dataset: usize,
    /// Those that there are.
    pub real: Vec<usize>,
    /// One of them; a case that is thought up where there are none.
    pub sample: usize,
}

/// How a row answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// As this row of the file.
    AsIn(u32),
    Text(String),
}

/// The cases of a dataset, those that are thought up behind those that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfDataset {
    pub id: String,
    /// The row of the file of each case that there is.
    pub rows: Vec<u32>,
    pub headers: Vec<Header>,
    pub columns: Vec<Column>,
    pub printed: Vec<Printed>,
    /// Of each case that is thought up, what it was made of, and how it answers otherwise.
    pub made_of: Vec<(usize, (String, Answered))>,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    /// The class of each case by what is told of this column, thought-up ones too.
    pub class: Vec<usize>,
    /// The cases of each class that there are.
    pub classes: Vec<Vec<usize>>,
}

/// A column of values that something is computed of or weighted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub header: usize,
    pub values: Vec<Option<CaseValue>>,
    /// The values in units of so many decimals, where all are numbers that fit.
    digits: Option<(u8, Vec<Option<i64>>)>,
}

impl Column {
    /// The values in units of so many decimals, where all are numbers that fit; of dates, their places in the order of all.
    pub fn digits(&self) -> Option<(u8, &[Option<i64>])> {
        self.digits.as_ref().map(|(decimals, digits)| (*decimals, digits.as_slice()))
    }

    /// The place of a date among those of the column.
    pub fn place_of(&self, date: PartialDate) -> Option<i64> {
        let (_, digits) = self.digits()?;
        let at = self.values.iter().position(|value| *value == Some(CaseValue::Date(date)))?;
        digits[at]
    }

    pub fn new(header: usize, values: Vec<Option<CaseValue>>) -> Self {
        let decimals = values.iter().flatten().map(|value| match value {
            CaseValue::Number { decimals, .. } => Some(*decimals),
            CaseValue::Date(_) => None,
        });
        let most = decimals.collect::<Option<Vec<u8>>>().map(|all| all.into_iter().max().unwrap_or_default());
        let digits = most.filter(|most| *most <= DECIMALS).and_then(|most| {
            let scale = Exact::from(10_i64.pow(u32::from(most)));
            let digit = |value: &Option<CaseValue>| match value {
                Some(CaseValue::Number { value, .. }) => {
                    let digits = value.checked_mul(scale)?.to_i64().filter(|digits| digits.abs() < LARGE)?;
                    Some(Some(digits))
                }
                _ => Some(None),
            };
            Some((most, values.iter().map(digit).collect::<Option<Vec<_>>>()?))
        });
        let digits = digits.or_else(|| places(&values).map(|places| (0, places)));
        Self { header, values, digits }
    }
}

/// Of a column of dates, the place of each in the order of all that there are.
fn places(values: &[Option<CaseValue>]) -> Option<Vec<Option<i64>>> {
    let date = |value: &CaseValue| match value {
        CaseValue::Date(date) => Some(*date),
        CaseValue::Number { .. } => None,
    };
    let dates: BTreeSet<PartialDate> = values.iter().flatten().map(date).collect::<Option<_>>()?;
    let dates: BTreeMap<PartialDate, i64> = dates.into_iter().zip(0..).collect();
    Some(values.iter().map(|value| value.as_ref().and_then(date).and_then(|date| dates.get(&date).copied())).collect())
}

/// A statistic that is printed, or may be by what builds on the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub name: Quantity,
    /// The report itself prints it.
    pub is_told: bool,
    /// Whether each case is one of those that it is computed of.
    pub members: Vec<bool>,
    pub statistic: Statistic,
    pub column: usize,
    pub weight: Option<usize>,
    pub decimals: Option<u8>,
    /// What is printed; none of too few.
    pub is: Option<Outcome>,
}

/// A case of another world.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Person {
    /// Which case it is like.
    like: usize,
    /// Under which headers it answers as which other case.
    but: BTreeMap<usize, usize>,
}

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

impl Values {
    /// The rows that a world changes, so that all that is printed of their values stays; else the statistics that do not. `by` says how many cases more or
    /// fewer each elementary cell has. None where there are no such rows.
    pub fn changed<'a>(
        &'a self,
        rows: &BTreeMap<usize, Rows>,
        by: impl Fn(usize) -> i64,
    ) -> Option<Result<Changes<'a>, BTreeSet<Quantity>>> {
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
        let mut moved: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for rows in more {
            let case = fewer.get_mut(&rows.dataset).and_then(Vec::pop)?;
            moved.entry(rows.dataset).or_default().push((case, rows.sample));
        }
        if !fewer.values().all(Vec::is_empty) {
            return None;
        }
        let (mut changes, mut differing) = (Vec::new(), BTreeSet::new());
        for (at, moved) in moved {
            let of = &self.datasets[at];
            match (Trial { of, values: self }).agreeing(&moved) {
                Ok(persons) => {
                    let all = persons.into_iter().enumerate();
                    changes.extend(all.filter_map(|(case, person)| of.written(case, &person)));
                }
                Err(names) => differing.extend(names),
            }
        }
        Some(if differing.is_empty() { Ok(changes) } else { Err(differing) })
    }

    /// Says of each which the report itself prints.
    pub fn tell(&mut self, is_told: impl Fn(&Quantity) -> bool) {
        let all = self.datasets.iter_mut().flat_map(|of| &mut of.printed);
        all.for_each(|printed| printed.is_told = is_told(&printed.name));
    }

    /// Leaves out what is not printed.
    pub fn retain(&mut self, is_printed: impl Fn(&Quantity) -> bool) {
        self.datasets.iter_mut().for_each(|of| of.printed.retain(|printed| is_printed(&printed.name)));
    }
}

impl OfDataset {
    /// What a case becomes in the file; none where it stays.
    fn written(&self, case: usize, person: &Person) -> Option<Changed<'_>> {
        let row = self.rows[case];
        let (like, first) = match person.like.checked_sub(self.rows.len()) {
            None => (person.like, None),
            Some(thought) => {
                let (like, (header, answered)) = &self.made_of[thought];
                (*like, Some((header.as_str(), answered.clone())))
            }
        };
        let mut but: BTreeMap<&str, Answered> = first.into_iter().collect();
        for (header, other) in &person.but {
            but.insert(&self.headers[*header].name, Answered::AsIn(self.rows[*other]));
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
        let mut persons: Vec<Person> =
            (0..self.of.rows.len()).map(|like| Person { like, but: BTreeMap::new() }).collect();
        for (case, like) in moved {
            persons[*case].like = *like;
        }
        let printed = &self.of.printed;
        let touched = |printed: &&Printed| {
            moved.iter().any(|(case, like)| {
                let (before, now) = (printed.members[*case], printed.members[*like]);
                let column = &self.of.columns[printed.column].values;
                before != now || now && (column[*case] != column[*like] || printed.weight.is_some())
            })
        };
        let named = |off: &Vec<&Printed>| off.iter().map(|printed| printed.name.clone()).collect();
        let off: Vec<&Printed> = printed.iter().filter(touched).filter(|one| !self.is_same(one, &persons)).collect();
        if off.is_empty() {
            return Ok(persons);
        }
        if off.iter().any(|printed| !self.can_move(printed, &persons)) {
            return Err(named(&off));
        }
        let mut columns: Vec<usize> = off.iter().map(|printed| printed.column).collect();
        columns.dedup();
        for column in columns {
            self.move_values(column, &mut persons);
        }
        // What was found is held to what is printed in exact numbers.
        let off: Vec<&Printed> = printed.iter().filter(|one| !self.is_same(one, &persons)).collect();
        if off.is_empty() { Ok(persons) } else { Err(named(&off)) }
    }

    /// Whether values of cases are moved for the sake of a statistic.
    fn can_move(&self, printed: &Printed, persons: &[Person]) -> bool {
        let count = persons.iter().filter(|person| printed.members[person.like]).count();
        printed.weight.is_none()
            && self.of.columns[printed.column].digits.is_some()
            && printed.is.is_some() == (count >= self.values.minimum)
            && matches!(printed.is, Some(Outcome::Number { .. }))
    }

    /// Gives cases other values of their classes until all statistics of a column are near what is printed, or no change brings them nearer.
    fn move_values(&self, column: usize, persons: &mut [Person]) {
        let Column { header, digits: Some((decimals, digits)), .. } = &self.of.columns[column] else { return };
        let header = *header;
        let Header { class, classes, .. } = &self.of.headers[header];
        // Weights and dates under the same header stay.
        let is_bound = |person: &Person| {
            self.of.printed.iter().any(|printed| {
                let uses = |at: usize| self.of.columns[at].header == header && at != column;
                printed.members[person.like]
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
                let members = persons.iter().zip(&value).filter(|(person, _)| printed.members[person.like]);
                let mut sorted: Vec<i64> = members.filter_map(|(_, value)| *value).collect();
                sorted.sort_unstable();
                State { sum: sorted.iter().sum(), sorted }
            })
            .collect();
        let mut off: Vec<f64> =
            own.iter().zip(&states).map(|(printed, state)| printed.off(state, (0, 0), *decimals)).collect();
        let mut tried = 0;
        for _ in 0..CHANGED {
            let Some(worst) = (0..off.len()).filter(|at| off[*at] > 0.0).max_by(|a, b| off[*a].total_cmp(&off[*b]))
            else {
                return;
            };
            let mut found = None;
            'cases: for (case, person) in persons.iter().enumerate() {
                let Some(from) = value[case].filter(|_| own[worst].members[person.like] && !bound[case]) else {
                    continue;
                };
                let mut seen = BTreeSet::from([from]);
                for other in &classes[class[person.like]] {
                    let Some(to) = digits[*other].filter(|to| seen.insert(*to)) else { continue };
                    tried += 1;
                    let concerned = (0..own.len()).filter(|at| own[*at].members[person.like]);
                    let better: f64 =
                        concerned.map(|at| off[at] - own[at].off(&states[at], (from, to), *decimals)).sum();
                    if better > 1e-9 {
                        found = Some((case, *other, from, to));
                        break 'cases;
                    }
                }
            }
            let Some((case, other, from, to)) = found.filter(|_| tried < TRIED) else { return };
            for at in (0..own.len()).filter(|at| own[*at].members[persons[case].like]) {
                states[at].change((from, to));
                off[at] = own[at].off(&states[at], (0, 0), *decimals);
            }
            persons[case].but.insert(header, other);
            value[case] = Some(to);
        }
    }

    fn value(&self, person: &Person, column: usize) -> Option<CaseValue> {
        let Column { header, values, .. } = &self.of.columns[column];
        values[person.but.get(header).copied().unwrap_or(person.like)]
    }

    /// Whether the same is printed.
    fn is_same(&self, printed: &Printed, persons: &[Person]) -> bool {
        let members: Vec<&Person> = persons.iter().filter(|person| printed.members[person.like]).collect();
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

    /// The statistic of values, given by column.
    pub fn outcome(&self, values: impl Fn(usize) -> Vec<Option<CaseValue>>) -> Outcome {
        let own = values(self.column);
        let Some(weight) = self.weight else {
            return summary(self.statistic, &own.into_iter().flatten().collect::<Vec<_>>());
        };
        let number = |value: Option<CaseValue>| match value {
            Some(CaseValue::Number { value, .. }) => Some(value),
            _ => None,
        };
        let pairs = own.into_iter().zip(values(weight)).filter_map(|(value, weight)| number(value).zip(number(weight)));
        weighted_mean(&pairs.collect::<Vec<_>>())
    }
}
