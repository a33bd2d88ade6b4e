//! Other values of cases in another world: cases take other values of their classes of all that is told, and exchange classes where no told number changes, until
//! every statistic of a column is what is printed of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compute::summary::Outcome;
use crate::model::Statistic;
use crate::value::{Exact, Rounding};

use super::values::Printed;

/// How many changes are tried at most until all statistics agree.
const TRIED: usize = 400_000;
/// How much farther from what is printed a change may lead, first and last, and how often that becomes less.
const DETOUR: (f64, f64, usize) = (0.35, 0.06, 64);
/// How far a statistic is off that is not what is printed, though by no whole case.
const NEAR: f64 = 0.8;

/// A case with a value.
#[derive(Debug, Clone)]
pub(super) struct Fitted {
    pub class: usize,
    pub value: i64,
    /// It keeps its value.
    pub is_bound: bool,
    /// The statistics that are computed of it, in order.
    pub of: Vec<usize>,
    /// For each class that it could have instead, its own too, what is told of it then: sums of these are the same where told numbers are.
    pub told: Arc<BTreeMap<usize, u64>>,
}

impl Fitted {
    /// What changes in told numbers where it comes to another class; none where it cannot.
    fn moved(&self, to: usize) -> Option<u64> {
        Some(self.told.get(&to)?.wrapping_sub(*self.told.get(&self.class)?))
    }

    /// Whether two can exchange their classes, so that all that is told stays.
    fn may_exchange(&self, other: &Self) -> bool {
        let both = || Some(self.moved(other.class)?.wrapping_add(other.moved(self.class)?) == 0);
        self.class == other.class || both().unwrap_or_default()
    }
}

/// What must hold of the values that a statistic is computed of, so that it is what is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Goal {
    /// The value at a place of their order, and so many quarters of the way to the next; the ends in quarters.
    Order { at: usize, rest: i64, from: i64, to: i64 },
    /// What they add up to.
    Sum { from: i64, to: i64 },
}

impl Goal {
    /// Of so many values in units of so many decimals; none where nothing can be said by their order or sum.
    pub fn new(printed: &Printed, count: usize, decimals: u8, rounding: Rounding) -> Option<Self> {
        let Some(Outcome::Number { value, decimals: needed }) = &printed.is else { return None };
        let last = count.checked_sub(1)?;
        let quarters = match printed.statistic {
            Statistic::Smallest => 0,
            Statistic::LowerQuartile => 1,
            Statistic::Median => 2,
            Statistic::UpperQuartile => 3,
            Statistic::Largest => 4,
            Statistic::Average | Statistic::Sum => {
                let parts = if printed.statistic == Statistic::Average { i64::try_from(count).ok()? } else { 1 };
                let (from, to) = within(value, printed.decimals.unwrap_or(*needed), parts, decimals, rounding)?;
                return Some(Self::Sum { from, to });
            }
            Statistic::Count => return None,
        };
        let (at, rest) = (last * quarters / 4, i64::try_from(last * quarters % 4).ok()?);
        let (from, to) = match printed.decimals {
            Some(places) => within(value, places, 4, decimals, rounding)?,
            // Printed with as many decimals as it needs.
            None => {
                let exact = value.checked_mul(Exact::from(4 * 10_i64.checked_pow(decimals.into())?))?.to_i64()?;
                (exact, exact)
            }
        };
        Some(Self::Order { at, rest, from, to })
    }
}

/// The least and the largest whole number that, of so many parts and in units of so many decimals, is printed as a value is.
fn within(value: &Exact, places: u8, parts: i64, decimals: u8, rounding: Rounding) -> Option<(i64, i64)> {
    let power = |of: u8| 10_i128.checked_pow(of.into());
    let printed = value.round(places, rounding);
    let is = i128::from(printed.checked_mul(Exact::from(i64::try_from(power(places)?).ok()?))?.to_i64()?);
    let (unit, whole) = (2 * power(places)?, i128::from(parts).checked_mul(power(decimals)?)?);
    let end = |twice: i128| twice.checked_mul(whole).map(|end| end.div_euclid(unit));
    let (from, to) = (i64::try_from(end(2 * is - 1)?).ok()?, i64::try_from(end(2 * is + 1)?).ok()?);
    let whole = Exact::from(i64::try_from(whole).ok()?);
    // Which way the very end is rounded, rounding says.
    let is_same =
        |at: &i64| Exact::from(*at).checked_div(whole).is_some_and(|at| at.round(places, rounding) == printed);
    Some(((from..=from.checked_add(1)?).find(is_same)?, (to.checked_sub(1)?..=to).rev().find(is_same)?))
}

/// The values that a statistic is computed of, by their places among all that there are.
struct State<'a> {
    goal: &'a Goal,
    all: &'a [i64],
    counts: Vec<u32>,
    sum: i64,
    /// How many are too low to be what is printed, and how many are not too high.
    below: usize,
    upto: usize,
    off: f64,
}

impl<'a> State<'a> {
    fn new(goal: &'a Goal, all: &'a [i64], values: impl Iterator<Item = usize>) -> Self {
        let mut state = Self { goal, all, counts: vec![0; all.len()], sum: 0, below: 0, upto: 0, off: 0.0 };
        for value in values {
            state.counts[value] += 1;
            state.sum += all[value];
            let (is_below, is_upto) = state.sides(value);
            state.below += usize::from(is_below);
            state.upto += usize::from(is_upto);
        }
        state.off = state.apart();
        state
    }

    fn sides(&self, value: usize) -> (bool, bool) {
        match self.goal {
            Goal::Order { from, to, .. } => (4 * self.all[value] < *from, 4 * self.all[value] <= *to),
            Goal::Sum { .. } => (false, false),
        }
    }

    /// One value becomes another.
    fn change(&mut self, gone: usize, new: usize) {
        self.counts[gone] -= 1;
        self.counts[new] += 1;
        self.sum += self.all[new] - self.all[gone];
        let ((was_below, was_upto), (is_below, is_upto)) = (self.sides(gone), self.sides(new));
        self.below = self.below + usize::from(is_below) - usize::from(was_below);
        self.upto = self.upto + usize::from(is_upto) - usize::from(was_upto);
    }

    /// How far it is from what is printed: how many values have to come to the other side; nought where it is the same.
    fn apart(&self) -> f64 {
        match *self.goal {
            Goal::Sum { from, to } => {
                let apart = (from - self.sum).max(self.sum - to).max(0);
                if apart == 0 { 0.0 } else { NEAR + apart as f64 / (to - from + 1).max(1) as f64 }
            }
            Goal::Order { at, rest, from, to } => {
                let next = at + usize::from(rest > 0);
                let missing = self.below.saturating_sub(next) + (at + 1).saturating_sub(self.upto);
                if missing > 0 || rest == 0 {
                    return missing as f64;
                }
                let (low, high) = (self.at(at), self.at(next));
                let is = 4 * low + rest * (high - low);
                let apart = (from - is).max(is - to).max(0);
                if apart == 0 { 0.0 } else { NEAR + (apart as f64 / 20.0).min(1.0) }
            }
        }
    }

    /// The value at a place of their order.
    fn at(&self, place: usize) -> i64 {
        let mut before = 0;
        for (value, count) in self.all.iter().zip(&self.counts) {
            before += *count as usize;
            if before > place {
                return *value;
            }
        }
        0
    }
}

/// Numbers that look like any, the same on every machine.
struct Turns(u64);

impl Turns {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default() % end.max(1)
    }

    /// Mostly small, seldom large: more than so many with half the chance of each one less.
    fn patience(&mut self) -> f64 {
        let turn = self.next();
        f64::from(turn.trailing_zeros()) + (turn >> 40) as f64 / (1_u64 << 24) as f64
    }
}

/// What is printed of values, and the change that is tried on it.
struct Fit<'a> {
    states: Vec<State<'a>>,
    /// The statistics that it changed: the value that is gone, the one that came, and how far each was off before.
    tried: Vec<(usize, [usize; 2], f64)>,
}

impl<'a> Fit<'a> {
    fn new(goals: &'a [Goal], all: &'a [i64], cases: &[Fitted], values: &[usize]) -> Self {
        let own = |of: usize| cases.iter().zip(values).filter(move |(case, _)| case.of.contains(&of));
        let state = |(of, goal)| State::new(goal, all, own(of).map(|(_, value)| *value));
        Self { states: goals.iter().enumerate().map(state).collect(), tried: Vec::new() }
    }

    /// A value becomes another in these statistics, but not in those: what two exchange within one leaves it as it was. Returns how much farther it leads.
    fn change(&mut self, of: &[usize], but: &[usize], [gone, new]: [usize; 2]) -> f64 {
        let mut by = 0.0;
        for of in of.iter().filter(|of| !but.contains(of)) {
            let state = &mut self.states[*of];
            self.tried.push((*of, [gone, new], state.off));
            state.change(gone, new);
            let apart = state.apart();
            by += apart - state.off;
            state.off = apart;
        }
        by
    }

    fn go_back(&mut self) {
        for (of, [gone, new], before) in self.tried.drain(..) {
            self.states[of].change(new, gone);
            self.states[of].off = before;
        }
    }
}

/// How much farther a change may lead after so many.
fn detour(turn: usize) -> f64 {
    let (first, last, often) = DETOUR;
    let cooled = (turn * often / TRIED) as f64 / often as f64;
    first * (1.0 - cooled) * (1.0 - cooled) + last * cooled
}

/// Gives cases other values, and exchanges those of two with their classes where no told number changes, until every statistic is what is printed; whether that
/// was found. Changes are tried at random, and made where they bring all nearer, or seldom farther (simulated annealing).
pub(super) fn fit(cases: &mut [Fitted], goals: &[Goal], classes: &[BTreeSet<i64>]) -> bool {
    let all: BTreeSet<i64> = classes.iter().flatten().copied().chain(cases.iter().map(|case| case.value)).collect();
    let all: Vec<i64> = all.into_iter().collect();
    let place = |value: &i64| all.partition_point(|known| known < value);
    let classes: Vec<Vec<usize>> = classes.iter().map(|of| of.iter().map(place).collect()).collect();
    let mut values: Vec<usize> = cases.iter().map(|case| place(&case.value)).collect();
    let mut fit = Fit::new(goals, &all, cases, &values);
    let free: Vec<usize> = (0..cases.len()).filter(|at| !cases[*at].is_bound).collect();
    let (mut turns, mut off) = (Turns(88_172_645_463_325_252), fit.states.iter().map(|state| state.off).sum::<f64>());
    for turn in 0..TRIED {
        // What is off comes to whole and half cases: less than this is nought.
        if off < 1e-6 || free.is_empty() {
            break;
        }
        let at = free[turns.below(free.len())];
        let (own, from) = (&cases[at], values[at]);
        let is_alone = turns.below(3) == 0;
        let with = if is_alone { None } else { Some(free[turns.below(free.len())]) };
        let to = match (with, classes.get(own.class)) {
            (Some(with), _) => values[with],
            (None, Some(of)) if !of.is_empty() => of[turns.below(of.len())],
            (None, _) => continue,
        };
        if to == from || with.is_some_and(|with| !own.may_exchange(&cases[with])) {
            continue;
        }
        let others = with.map_or(&[][..], |with| &cases[with].of);
        let by = fit.change(&own.of, others, [from, to]) + fit.change(others, &own.of, [to, from]);
        if by > 0.0 && by >= detour(turn) * turns.patience() {
            fit.go_back();
            continue;
        }
        fit.tried.clear();
        off += by;
        values[at] = to;
        if let Some(with) = with {
            values[with] = from;
            let class = cases[at].class;
            cases[at].class = std::mem::replace(&mut cases[with].class, class);
        }
    }
    let is_found = fit.states.iter().all(|state| state.off == 0.0);
    cases.iter_mut().zip(values).for_each(|(case, value)| case.value = all[value]);
    is_found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases of classes with values, of one statistic; each may come to the classes that are told of it.
    fn cases(all: &[(usize, i64)], told: &[(usize, u64)]) -> Vec<Fitted> {
        let told: Arc<BTreeMap<usize, u64>> = Arc::new(told.iter().copied().collect());
        let case = |(class, value): &(usize, i64)| Fitted {
            class: *class,
            value: *value,
            is_bound: false,
            of: vec![0],
            told: Arc::clone(&told),
        };
        all.iter().map(case).collect()
    }

    fn median(cases: &[Fitted]) -> i64 {
        let mut values: Vec<i64> = cases.iter().map(|case| case.value).collect();
        values.sort_unstable();
        values[values.len() / 2]
    }

    #[test]
    fn values_move_within_their_classes_until_statistics_are_what_is_printed() {
        let classes = [BTreeSet::from([1, 2, 3]), BTreeSet::from([4, 5, 9])];
        let goal = Goal::Order { at: 2, rest: 0, from: 16, to: 16 };
        let mut found = cases(&[(0, 1), (0, 3), (1, 9), (1, 5), (0, 2)], &[]);
        assert!(!fit(&mut found, &[Goal::Order { at: 2, rest: 0, from: 16, to: 16 }], &classes));
        let mut found = cases(&[(0, 1), (1, 9), (1, 9), (1, 5), (0, 2)], &[]);
        assert!(fit(&mut found, &[goal], &classes));
        assert_eq!(median(&found), 4);
        assert!(found.iter().all(|case| classes[case.class].contains(&case.value)));
        let mut found = cases(&[(0, 1), (1, 9)], &[]);
        assert!(fit(&mut found, &[Goal::Sum { from: 7, to: 7 }], &classes));
        assert_eq!(found.iter().map(|case| case.value).sum::<i64>(), 7);
    }

    #[test]
    fn two_exchange_their_classes_only_where_that_changes_nothing_that_is_told() {
        let classes = [BTreeSet::from([1]), BTreeSet::from([9])];
        let of_first = |told: &[(usize, u64)]| {
            let mut found = cases(&[(0, 1), (1, 9)], told);
            found[1].of.clear();
            let done = fit(&mut found, &[Goal::Sum { from: 9, to: 9 }], &classes);
            (done, found[0].class)
        };
        assert_eq!(of_first(&[(0, 5), (1, 8)]), (true, 1));
        // None of them may come to the other class.
        assert_eq!(of_first(&[]), (false, 0));
    }

    #[test]
    fn a_case_that_is_bound_keeps_its_value() {
        let mut found = cases(&[(0, 1)], &[]);
        found[0].is_bound = true;
        assert!(!fit(&mut found, &[Goal::Sum { from: 2, to: 2 }], &[BTreeSet::from([1, 2])]));
        assert_eq!(found[0].value, 1);
    }

    #[test]
    fn what_is_printed_of_a_value_is_a_range_of_whole_numbers() {
        let of = |value: i64, places, parts, decimals| {
            within(&Exact::from(value), places, parts, decimals, Rounding::default())
        };
        // A mean of four that is printed as 5: sums from 18 to 21, halves rounded up.
        assert_eq!(of(5, 0, 4, 0), Some((18, 21)));
        // 5.0 of values in tenths: four of them add up to 198 to 201 tenths.
        assert_eq!(of(5, 1, 4, 1), Some((198, 201)));
        assert_eq!(of(5, 0, 1, 0), Some((5, 5)));
    }
}
