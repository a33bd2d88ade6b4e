//! Numbers counted from case rows: other worlds are the same cases with other answers. A shift gives one case another answer in one column; several
//! shifts together may leave every sum as it is and change hidden numbers alone. Beginning with a shift that changes the number in question, the search
//! mends what it breaks by others, the dearest first.

use std::collections::{BTreeMap, BTreeSet};

use super::choose::Choice;
use super::effects::{Changed, Effects};
use super::elementary::{Cases, Shift};
use super::network::{Cell, Exposure, Need, Network, factor_of};

/// How many beginnings are followed side by side.
const BEAM: usize = 48;
/// How many shifts make a world at most.
const DEPTH: usize = 8;
/// How many ways to mend a number are followed from each of the beginnings.
const WAYS: usize = 20;
/// How many worlds that will not do are looked at for each that is sought.
const LOOKED: usize = 16;
/// How much dearer a way may become before it becomes cheaper.
const DETOUR: u64 = 45;
/// What a world costs that changes a number which stays printed.
const FORBIDDEN: u64 = 1 << 40;

/// Changes by cell, in order; none of them nought. There are few, and many such lists are made and added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Change(Vec<(usize, i64)>);

impl Change {
    fn get(&self, at: usize) -> i64 {
        factor_of(&self.0, at)
    }

    fn add(&mut self, at: usize, by: i64) {
        match self.0.binary_search_by_key(&at, |(cell, _)| *cell) {
            Ok(found) if self.0[found].1 + by == 0 => {
                self.0.remove(found);
            }
            Ok(found) => self.0[found].1 += by,
            Err(_) if by == 0 => {}
            Err(place) => self.0.insert(place, (at, by)),
        }
    }

    /// Both added up.
    fn and<'a>(&'a self, other: &'a Changed) -> impl Iterator<Item = (usize, i64)> + 'a {
        let (mut own, mut others) = (&self.0[..], other);
        let both = std::iter::from_fn(move || {
            let is_own = match (own.first(), others.first()) {
                (Some(one), Some(other)) if one.0 == other.0 => {
                    let sum = (one.0, one.1 + other.1);
                    (own, others) = (&own[1..], &others[1..]);
                    return Some(sum);
                }
                (Some(one), Some(other)) => one.0 < other.0,
                (one, _) => one.is_some(),
            };
            let next = if is_own { own.split_off_first() } else { others.split_off_first() };
            next.copied()
        });
        both.filter(|(_, by)| *by != 0)
    }

    fn iter(&self) -> impl Iterator<Item = (usize, i64)> + '_ {
        self.0.iter().copied()
    }
}

struct Search<'a> {
    network: &'a Network,
    cases: &'a Cases,
    effects: Effects,
    hidden: BTreeSet<usize>,
    /// What a change of each number costs.
    costs: Vec<u64>,
    /// Worlds found, as changes of told numbers and of elementary cells.
    pool: Vec<Change>,
    wanted: Wanted<'a>,
}

/// Which worlds are wanted.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// What it costs to hide what a world changes is less.
    below: u64,
    /// Whether a world may do, and whether it will, by what it changes in the elementary cells. The second takes long.
    may_do: &'a dyn Fn(&Changed) -> bool,
    will_do: &'a dyn Fn(&Changed) -> bool,
}

impl<'a> Wanted<'a> {
    /// All that can be.
    pub const ALL: Wanted<'static> = Wanted { below: FORBIDDEN, may_do: &|_| true, will_do: &|_| true };

    /// Those that change nothing but what is hidden anyhow, and will do.
    pub fn free(may_do: &'a dyn Fn(&Changed) -> bool, will_do: &'a dyn Fn(&Changed) -> bool) -> Self {
        Self { below: 1, may_do, will_do }
    }

    /// Ways that change the same told numbers are followed one for all.
    fn is_particular(&self) -> bool {
        self.below < FORBIDDEN
    }
}

/// What it costs to hide a number.
fn cost_of(cell: &Cell) -> u64 {
    match cell.exposure {
        Exposure::Open { cost } => cost,
        Exposure::Unpublished => 0,
        Exposure::Fixed => FORBIDDEN,
    }
}

/// Hides what keeps each number that needs it from being found out; none with the first number for which nothing was found. It begins with worlds that are
/// known already.
///
/// # Errors
/// The cell for which no other worlds were found.
pub fn choose(
    (network, cases): (&Network, &Cases),
    sensitive: &[usize],
    known: &[Vec<i64>],
    wanted: Wanted<'_>,
) -> Result<Choice, usize> {
    let mut search = Search::new((network, cases), sensitive, wanted);
    search.pool = known.iter().filter_map(|world| search.change_to(world)).collect();
    let mut order = sensitive.to_vec();
    // What has the fewest cases has the fewest ways.
    order.sort_by_key(|at| (network.cells[*at].value, *at));
    let mut protects = BTreeMap::new();
    for target in order {
        let needed = network.cells[target].values_needed();
        let near = (1..=i64::try_from(needed).unwrap_or(i64::MAX)).flat_map(|far| [-far, far]);
        for by in near {
            if search.values(target).len() >= needed {
                break;
            }
            if search.values(target).contains(&by) {
                continue;
            }
            if let Some(found) = search.world(target, by) {
                let open: Vec<usize> = found.iter().map(|(at, _)| at).filter(|at| search.is_open(*at)).collect();
                for cell in open.into_iter().filter(|cell| search.hide(*cell)) {
                    protects.insert(cell, target);
                }
                search.pool.push(found);
            }
        }
        if search.values(target).len() < needed {
            return Err(target);
        }
    }
    search.drop_superfluous(sensitive);
    let hidden = search.hidden.clone();
    let worlds = search.usable().map(|change| search.values_of(change)).collect();
    let is_secondary = |at: &&usize| network.cells[**at].need == Need::None;
    let cost = hidden.iter().filter(is_secondary).map(|at| cost_of(&network.cells[*at])).sum();
    protects.retain(|at, _| hidden.contains(at) && network.cells[*at].need == Need::None);
    Ok(Choice { hidden, cost, bound: 0, protects, worlds })
}

impl<'a> Search<'a> {
    fn new((network, cases): (&'a Network, &'a Cases), sensitive: &[usize], wanted: Wanted<'a>) -> Self {
        let mut search = Self {
            network,
            cases,
            effects: Effects::new(cases, network.cells.len()),
            hidden: BTreeSet::new(),
            costs: network.cells.iter().map(cost_of).collect(),
            pool: Vec::new(),
            wanted,
        };
        for at in sensitive {
            search.hide(*at);
        }
        search
    }

    fn is_open(&self, at: usize) -> bool {
        self.network.cells[at].is_open()
    }

    /// Hides a number, whose changes cost nothing then; whether it was shown.
    fn hide(&mut self, at: usize) -> bool {
        self.costs[at] = 0;
        self.hidden.insert(at)
    }

    /// What the change of a told number would cost to hide; beyond what may be, where the number would become impossible.
    fn cost(&self, (at, by): (usize, i64)) -> u64 {
        let cell = &self.network.cells[at];
        let possible = cell.value + by >= cell.lower && cell.upper.is_none_or(|upper| cell.value + by <= upper);
        if possible { self.costs[at] } else { FORBIDDEN }
    }

    /// The cheapest world found in which a number is changed by so much.
    fn world(&self, target: usize, by: i64) -> Option<Change> {
        let first = self.effects.changing(target, by > 0);
        let mut beam: Vec<(u64, Vec<usize>, Change)> = Vec::new();
        for shift in first {
            if self.is_possible(&[*shift]) {
                let effect = Change(self.effects.effect(*shift).to_vec());
                beam.push((self.rated(effect.iter(), target, by), vec![*shift], effect));
            }
        }
        let mut best: Option<(u64, Vec<usize>, Change)> = None;
        let mut looked = 0;
        let mut seen: BTreeSet<Vec<usize>> = BTreeSet::new();
        for _ in 0..DEPTH {
            beam.sort_by(|a, b| (a.0, a.1.len(), &a.1).cmp(&(b.0, b.1.len(), &b.1)));
            if self.wanted.is_particular() {
                let mut effects = BTreeSet::new();
                beam.retain(|(_, _, effect)| effects.insert(effect.0.clone()));
            }
            beam.truncate(BEAM);
            let least = best.as_ref().map_or(self.wanted.below, |best| best.0);
            for found in beam.iter().take_while(|found| found.0 < least) {
                let moved = self.moved(&found.1);
                if looked == LOOKED || !(self.wanted.may_do)(&moved.0) {
                    continue;
                }
                if (self.wanted.will_do)(&moved.0) {
                    best = Some(found.clone());
                    break;
                }
                looked += 1;
            }
            let mut next = Vec::new();
            for (rated, shifts, effect) in &beam {
                let worst = effect
                    .iter()
                    .map(|(at, by)| (self.cost((at, by)), at, by))
                    .filter(|(cost, at, _)| *cost > 0 && *at != target)
                    .max_by_key(|(cost, at, _)| (*cost, *at));
                // The number itself may have to change further.
                let missing = by - effect.get(target);
                let (cell, up) = match (missing, worst) {
                    (0, None) => continue,
                    (0, Some((_, at, by))) => (at, by < 0),
                    (missing, _) => (target, missing > 0),
                };
                let mut found: Vec<(u64, Vec<usize>, usize)> = Vec::new();
                let most = if missing == 0 { rated.saturating_add(DETOUR) } else { u64::MAX };
                for shift in self.effects.changing(cell, up) {
                    if let Some(cost) = self.rated_below(most, effect.and(self.effects.effect(*shift)), target, by) {
                        let mut shifts = shifts.clone();
                        shifts.push(*shift);
                        shifts.sort_unstable();
                        if self.is_possible(&shifts) && seen.insert(shifts.clone()) {
                            found.push((cost, shifts, *shift));
                        }
                    }
                }
                found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
                found.truncate(WAYS);
                next.extend(found.into_iter().map(|(cost, shifts, shift)| {
                    (cost, shifts, Change(effect.and(self.effects.effect(shift)).collect()))
                }));
            }
            if next.is_empty() {
                break;
            }
            beam = next;
        }
        let (_, shifts, mut effect) = best?;
        if effect.get(target) != by {
            return None;
        }
        self.moved(&shifts).iter().for_each(|(at, by)| effect.add(at, by));
        Some(effect)
    }

    /// What shifts change in the elementary cells.
    fn moved(&self, shifts: &[usize]) -> Change {
        let mut out = Change::default();
        for shift in shifts {
            let Shift { from, to } = &self.cases.shifts[*shift];
            out.add(*from, -1);
            out.add(*to, 1);
        }
        out
    }

    fn rated(&self, effect: impl Iterator<Item = (usize, i64)>, target: usize, by: i64) -> u64 {
        self.rated_below(u64::MAX, effect, target, by).unwrap_or(u64::MAX)
    }

    /// What a way costs, if it is less than so much: most change early on what may not change.
    fn rated_below(
        &self,
        most: u64,
        effect: impl Iterator<Item = (usize, i64)>,
        target: usize,
        by: i64,
    ) -> Option<u64> {
        let (mut cost, mut missing) = (0u64, by);
        for change in effect {
            cost = cost.saturating_add(self.cost(change));
            if cost >= most {
                return None;
            }
            missing -= if change.0 == target { change.1 } else { 0 };
        }
        Some(cost.saturating_add(missing.unsigned_abs().saturating_mul(FORBIDDEN))).filter(|cost| *cost < most)
    }

    /// Whether there are as many cases as are moved.
    fn is_possible(&self, shifts: &[usize]) -> bool {
        let left = self.moved(shifts);
        left.iter().all(|(at, by)| self.network.cells[at].value + by >= 0)
    }

    fn usable(&self) -> impl Iterator<Item = &Change> {
        self.pool.iter().filter(|change| change.iter().all(|(at, _)| !self.is_open(at) || self.hidden.contains(&at)))
    }

    /// The changes of a number in the worlds that agree with what is shown, and none.
    fn values(&self, at: usize) -> BTreeSet<i64> {
        self.usable().map(|change| change.get(at)).chain([0]).collect()
    }

    /// Shows again what need not be hidden, the dearest first.
    fn drop_superfluous(&mut self, sensitive: &[usize]) {
        let sensitive: BTreeSet<usize> = sensitive.iter().copied().collect();
        let mut others: Vec<usize> = self.hidden.difference(&sensitive).copied().collect();
        others.sort_by_key(|at| (std::cmp::Reverse(cost_of(&self.network.cells[*at])), *at));
        for other in others {
            self.hidden.remove(&other);
            let holds = |at: &usize| self.values(*at).len() >= self.network.cells[*at].values_needed();
            if !self.hidden.iter().all(holds) {
                self.hidden.insert(other);
            }
        }
    }

    /// What a world changes, if it is the cases that it changes.
    fn change_to(&self, world: &[i64]) -> Option<Change> {
        let change = Change(self.network.changes_in(world));
        let is_of_cases = change.iter().any(|(at, _)| self.cases.told.contains_key(&at));
        is_of_cases.then_some(change)
    }

    /// A world as all its numbers.
    fn values_of(&self, change: &Change) -> Vec<i64> {
        let mut values = self.network.values();
        change.iter().for_each(|(at, by)| values[at] += by);
        values
    }
}
