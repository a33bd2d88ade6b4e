//! A set of hidden columns of a block that protects, and the deviations that prove it: made greedily, then freed of what is not needed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, FAR, Move};
use super::moves;
use super::network::Need;
use super::solver::{Quest, Sweep};

/// Columns above this number are searched by hand alone where a linear programme would be one of very many.
const LARGE: usize = 400;

/// How often many columns are taken as far as they go in one direction.
const SWEEPS: u32 = 4;

pub struct Search<'a> {
    pub block: &'a Block,
    pub hidden: Vec<bool>,
    /// Deviations found, each of which holds.
    pub pool: Vec<Move>,
    /// For each column that is hidden for another's sake, that other.
    pub protects: BTreeMap<usize, usize>,
    sensitive: Vec<usize>,
    nodes: u64,
}

/// How hard it is looked for what may not be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    ByHand,
    ByProgramme,
}

pub fn by(found: &Move, column: usize) -> i64 {
    found.binary_search_by_key(&column, |(at, _)| *at).map_or(0, |at| found[at].1)
}

/// Where a further value of a column would help, as ranges of deviations, the nearest first; none where its need is met.
fn wanted(block: &Block, column: usize, need: Need, values: &BTreeSet<i64>) -> Vec<(i64, i64)> {
    let (down, up) = (block.columns[column].down, block.columns[column].up);
    match need {
        Need::None => Vec::new(),
        Need::Values(needed) => {
            let needed = i64::from(needed);
            if i64::try_from(values.len()).unwrap_or(FAR) >= needed {
                return Vec::new();
            }
            let near = (1..needed).flat_map(|far| [far, -far]).filter(|at| *at <= up && -at <= down);
            let near: Vec<_> = near.filter(|at| !values.contains(at)).map(|at| (at, at)).collect();
            let (first, last) = (values.first().copied().unwrap_or(0), values.last().copied().unwrap_or(0));
            let beyond = [(last.max(needed - 1) + 1, up), (-down, first.min(1 - needed) - 1)];
            near.into_iter().chain(beyond.into_iter().filter(|(low, high)| low <= high)).collect()
        }
        Need::Range { down: below, up: above } => {
            let mut wanted = Vec::new();
            if above > 0 && !values.iter().any(|value| *value >= above) {
                wanted.push((above, up));
            }
            if below > 0 && !values.iter().any(|value| *value <= -below) {
                wanted.push((-down, -below));
            }
            wanted
        }
    }
}

impl<'a> Search<'a> {
    pub fn new(block: &'a Block, nodes: u64) -> Search<'a> {
        let sensitive = (0..block.columns.len()).filter(|at| block.columns[*at].need != Need::None).collect();
        Search { block, hidden: block.unknown(), pool: Vec::new(), protects: BTreeMap::new(), sensitive, nodes }
    }

    pub fn sensitive(&self) -> &[usize] {
        &self.sensitive
    }

    pub fn cost(&self) -> u64 {
        let hidden = self.block.columns.iter().zip(&self.hidden).filter(|(_, hidden)| **hidden);
        hidden.fold(0, |sum, (column, _)| sum.saturating_add(column.cost.unwrap_or(0)))
    }

    fn usable(&self, found: &Move) -> bool {
        found.iter().all(|(at, _)| self.hidden[*at])
    }

    /// The values that the pool leaves to a column, as deviations.
    fn values(&self, column: usize) -> BTreeSet<i64> {
        let mut values = BTreeSet::from([0]);
        for found in &self.pool {
            let by = by(found, column);
            if by != 0 && !values.contains(&by) && self.usable(found) {
                values.insert(by);
            }
        }
        values
    }

    /// Keeps a move, and of its multiples those that the column that it was sought for still wants.
    fn keep(&mut self, column: usize, need: Need, found: Move) {
        self.pool.push(found);
        let found = self.pool[self.pool.len() - 1].clone();
        for times in [-1, 2, -2] {
            let wanted = wanted(self.block, column, need, &self.values(column));
            let by = by(&found, column) * times;
            if wanted.iter().any(|(low, high)| (*low..=*high).contains(&by)) {
                let more: Move = found.iter().map(|(at, by)| (*at, by * times)).collect();
                if self.block.holds(&more) {
                    self.pool.push(more);
                }
            }
        }
    }

    /// A move that takes a column between the two with what is hidden, or with more at its cost.
    fn seek(&self, column: usize, (low, high): (i64, i64), more: bool, effort: Effort) -> Option<Move> {
        let cost = |at: usize| match self.block.columns[at].cost {
            Some(cost) if !self.hidden[at] => more.then_some(cost),
            _ => Some(0),
        };
        let near = if low > 0 { low } else { high };
        if let Some(found) = moves::find(self.block, column, near, &cost) {
            return Some(found);
        }
        if effort == Effort::ByHand {
            return None;
        }
        let free: Vec<bool> = self.hidden.iter().map(|hidden| more || *hidden).collect();
        let weight = |at: usize| cost(at).unwrap_or(0) as f64;
        Quest { block: self.block, free: &free, target: column, low, high, weight: &weight, nodes: self.nodes }.solve()
    }

    /// Finds what is needed of a column with what is hidden alone; whether all was found.
    fn satisfy(&mut self, column: usize, need: Need, effort: Effort) -> bool {
        loop {
            let wanted = wanted(self.block, column, need, &self.values(column));
            if wanted.is_empty() {
                return true;
            }
            let found = wanted.iter().find_map(|range| self.seek(column, *range, false, Effort::ByHand));
            let found = found.or_else(|| match effort {
                Effort::ByHand => None,
                Effort::ByProgramme => wanted.iter().find_map(|range| self.seek(column, *range, false, effort)),
            });
            let Some(found) = found else { return false };
            self.keep(column, need, found);
        }
    }

    /// Finds with what is hidden alone what many columns need at once, where their nearest values are what is missing.
    pub fn sweep(&mut self) {
        for (reach, up) in [(1, true), (1, false), (2, true), (2, false)] {
            let aim = if up { reach } else { -reach };
            for _ in 0..SWEEPS {
                let column = |at: usize| &self.block.columns[at];
                let wanted = self.sensitive.iter().copied().filter(|at| {
                    let has_room = if up { column(*at).up >= reach } else { column(*at).down >= reach };
                    let values = self.values(*at);
                    let misses = !wanted(self.block, *at, column(*at).need, &values).is_empty();
                    has_room && misses && !values.contains(&aim)
                });
                let wanted: Vec<_> = wanted.map(|at| (at, up)).collect();
                let found = Sweep { block: self.block, hidden: &self.hidden, wanted: &wanted, reach }.solve();
                let Some(found) = found.filter(|found| wanted.iter().any(|(at, _)| by(found, *at) == aim)) else {
                    break;
                };
                let turned: Move = found.iter().map(|(at, by)| (*at, -by)).collect();
                if self.block.holds(&turned) {
                    self.pool.push(turned);
                }
                self.pool.push(found);
            }
        }
    }

    fn effort(&self) -> Effort {
        if self.block.columns.len() > LARGE { Effort::ByHand } else { Effort::ByProgramme }
    }

    /// The same with other columns hidden.
    pub fn with(&self, hidden: &[bool]) -> Search<'a> {
        Search {
            block: self.block,
            hidden: hidden.to_vec(),
            pool: self.pool.clone(),
            protects: BTreeMap::new(),
            sensitive: self.sensitive.clone(),
            nodes: self.nodes,
        }
    }

    /// Hides by programmes what is needed, each column at its price per unit of deviation: first among likely ones near by, then among all.
    pub fn hide_by(&mut self, prices: &[f64], likely: &[bool], rows: usize) -> Result<(), usize> {
        let all = vec![true; self.hidden.len()];
        for column in self.sensitive.clone() {
            let need = self.block.columns[column].need;
            while !self.satisfy(column, need, Effort::ByHand) {
                let mut free = self.hidden.clone();
                for row in self.block.rows_near(column, |at| self.hidden[at] || likely[at], rows) {
                    self.block.rows[row].terms.iter().for_each(|(at, _)| free[*at] |= likely[*at]);
                }
                for (row, _) in &self.block.columns[column].rows {
                    self.block.rows[*row].terms.iter().for_each(|(at, _)| free[*at] = true);
                }
                let weight = |at: usize| if self.hidden[at] { 0.0 } else { prices[at] };
                let wanted = wanted(self.block, column, need, &self.values(column));
                let found = wanted.first().and_then(|(low, high)| {
                    let (block, low, high) = (self.block, *low, *high);
                    let among = |free: &[bool]| {
                        Quest { block, free, target: column, low, high, weight: &weight, nodes: 1 }.solve()
                    };
                    among(&free).or_else(|| among(&all))
                });
                let Some(found) = found else {
                    self.hide(&[column])?;
                    continue;
                };
                for (at, _) in &found {
                    if !std::mem::replace(&mut self.hidden[*at], true) {
                        self.protects.insert(*at, column);
                    }
                }
                self.keep(column, need, found);
            }
        }
        Ok(())
    }

    /// Worlds that another search found hold here too.
    pub fn learn(&mut self, other: &Search) {
        let known = self.pool.len().min(other.pool.len());
        self.pool.extend_from_slice(&other.pool[known..]);
    }

    /// Hides what another search hides.
    pub fn take(&mut self, other: &Search) {
        self.hidden.clone_from(&other.hidden);
        self.protects.clone_from(&other.protects);
    }

    /// The same where that is cheaper.
    pub fn take_cheaper(&mut self, other: &Search) {
        if other.cost() < self.cost() {
            self.take(other);
        }
    }

    /// Whether a column has the values that it needs, as far as is found without a programme.
    pub fn is_protected_by_hand(&mut self, column: usize) -> bool {
        self.satisfy(column, self.block.columns[column].need, Effort::ByHand)
    }

    pub fn is_protected(&mut self, column: usize) -> bool {
        self.satisfy(column, self.block.columns[column].need, Effort::ByProgramme)
    }

    /// Hides what is needed; the column that cannot be protected where there is one.
    pub fn hide(&mut self, order: &[usize]) -> Result<(), usize> {
        for &column in order {
            let need = self.block.columns[column].need;
            while !self.satisfy(column, need, self.effort()) {
                let wanted = wanted(self.block, column, need, &self.values(column));
                let mut best: Option<(u64, Move)> = None;
                for effort in [Effort::ByHand, Effort::ByProgramme] {
                    for range in &wanted {
                        let Some(found) = self.seek(column, *range, true, effort) else { continue };
                        let cost = |at: usize| self.block.columns[at].cost.filter(|_| !self.hidden[at]).unwrap_or(0);
                        let total = found.iter().fold(0u64, |sum, (at, _)| sum.saturating_add(cost(*at)));
                        if best.as_ref().is_none_or(|(least, _)| total < *least) {
                            best = Some((total, found));
                        }
                    }
                    if best.is_some() {
                        break;
                    }
                }
                let (_, found) = best.ok_or(column)?;
                for (at, _) in &found {
                    if !std::mem::replace(&mut self.hidden[*at], true) {
                        self.protects.insert(*at, column);
                    }
                }
                self.keep(column, need, found);
            }
        }
        Ok(())
    }

    /// Shows again what need not be hidden, the dearest first.
    pub fn drop_superfluous(&mut self) {
        let cost = |at: &usize| self.block.columns[*at].cost.filter(|_| self.hidden[*at]);
        let mut dear: Vec<usize> = (0..self.hidden.len()).filter(|at| cost(at).is_some()).collect();
        dear.sort_by_key(|at| (Reverse(cost(at)), *at));
        for at in dear {
            self.hidden[at] = false;
            let missed = self.sensitive.clone().into_iter().find(|column| {
                let need = self.block.columns[*column].need;
                !self.satisfy(*column, need, self.effort())
            });
            if let Some(column) = missed {
                self.hidden[at] = true;
                self.protects.insert(at, column);
            }
        }
    }

    /// A world in which it differs for each column that is hidden; what has none is shown again, for it is known all the same. The column that
    /// is not protected where there is one.
    pub fn prove(&mut self) -> Result<(), usize> {
        for at in 0..self.hidden.len() {
            if self.hidden[at]
                && self.block.columns[at].cost.is_some()
                && !self.satisfy(at, Need::Values(2), Effort::ByProgramme)
            {
                self.hidden[at] = false;
            }
        }
        for column in self.sensitive.clone() {
            if !self.is_protected(column) {
                return Err(column);
            }
        }
        self.pool = std::mem::take(&mut self.pool).into_iter().filter(|found| self.usable(found)).collect();
        self.protects.retain(|at, _| self.hidden[*at]);
        Ok(())
    }
}
