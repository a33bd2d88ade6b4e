//! What is hidden besides what must be: the cheapest cells with which everything that points at somebody keeps its other values.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{self, Block, Move, Unfit};
use super::network::{Need, Network};
use super::solver::Quest;

/// How far is searched. Not by time, so that the same is chosen on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Nodes of a search for whole numbers.
    pub nodes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { nodes: 2000 }
    }
}

/// What is hidden, and the proof that it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The cells with a need, and those hidden for their sake.
    pub hidden: BTreeSet<usize>,
    /// What those hidden for others' sake cost.
    pub cost: u64,
    /// Nothing cheaper than this protects; the optimum where it is the cost.
    pub bound: u64,
    /// For each cell hidden for another's sake, that other one.
    pub protects: BTreeMap<usize, usize>,
    /// Other worlds: together with the true one they prove the choice.
    pub worlds: Vec<Vec<i64>>,
}

/// Why nothing can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impossible {
    /// The cell cannot be protected with what may be hidden.
    Unprotected { cell: usize },
    /// The true numbers contradict a relation.
    Untrue { relation: usize },
    /// The true number of a cell is outside its own bounds.
    OutOfBounds { cell: usize },
}

pub fn choose(network: &Network, limits: &Limits) -> Result<Choice, Impossible> {
    let parts = block::parts(network).map_err(|unfit| match unfit {
        Unfit::Untrue { relation } => Impossible::Untrue { relation },
        Unfit::OutOfBounds { cell } => Impossible::OutOfBounds { cell },
    })?;
    if let Some(cell) = parts.settled {
        return Err(Impossible::Unprotected { cell });
    }
    let mut choice = Choice::default();
    for block in &parts.blocks {
        let mut search = Search { block, limits, hidden: block.unknown(), pool: Vec::new() };
        search.hide()?;
        search.drop_superfluous();
        search.witnesses()?;
        for (at, column) in block.columns.iter().enumerate() {
            let Some(cost) = column.cost.filter(|_| search.hidden[at]) else { continue };
            choice.cost = choice.cost.saturating_add(cost);
            choice.hidden.extend(&column.cells);
            if let Some(sensitive) = search.protected_by(at) {
                choice.protects.insert(column.cells[0], sensitive);
            }
        }
        choice.worlds.extend(search.pool.iter().map(|found| block::world(network, block, found)));
    }
    let sensitive = network.cells.iter().enumerate().filter(|(_, cell)| cell.is_sensitive());
    choice.hidden.extend(sensitive.map(|(at, _)| at));
    Ok(choice)
}

struct Search<'a> {
    block: &'a Block,
    limits: &'a Limits,
    hidden: Vec<bool>,
    /// Deviations found, each of which holds.
    pool: Vec<Move>,
}

fn by(found: &Move, column: usize) -> i64 {
    found.binary_search_by_key(&column, |(at, _)| *at).map_or(0, |at| found[at].1)
}

impl Search<'_> {
    fn sensitive(&self) -> impl Iterator<Item = usize> + use<> {
        let all: Vec<usize> =
            (0..self.block.columns.len()).filter(|at| self.block.columns[*at].need != Need::None).collect();
        all.into_iter()
    }

    fn usable(&self, found: &Move) -> bool {
        found.iter().all(|(at, _)| self.hidden[*at])
    }

    /// The values that the pool leaves to a column, as deviations.
    fn values(&self, column: usize) -> BTreeSet<i64> {
        let usable = self.pool.iter().filter(|found| self.usable(found));
        usable.map(|found| by(found, column)).chain([0]).collect()
    }

    /// Where a further value of a column would help, as ranges of deviations; none where its need is met.
    fn wanted(&self, column: usize, need: Need) -> Vec<(i64, i64)> {
        let (down, up) = (self.block.columns[column].down, self.block.columns[column].up);
        let values = self.values(column);
        match need {
            Need::None => Vec::new(),
            Need::Values(needed) => {
                let needed = i64::from(needed);
                if i64::try_from(values.len()).unwrap_or(i64::MAX) >= needed {
                    return Vec::new();
                }
                let near = (1..needed).flat_map(|far| [far, -far]).filter(|at| *at <= up && -at <= down);
                let near: Vec<_> = near.filter(|at| !values.contains(at)).map(|at| (at, at)).collect();
                let (first, last) = (values.first().copied().unwrap_or(0), values.last().copied().unwrap_or(0));
                let beyond = [(last + 1, up), (-down, first - 1)].into_iter().filter(|(low, high)| low <= high);
                near.into_iter().chain(beyond).collect()
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

    /// Finds what is wanted of a column with what is hidden alone; whether all was found.
    fn satisfy(&mut self, column: usize, need: Need) -> bool {
        'more: loop {
            let wanted = self.wanted(column, need);
            if wanted.is_empty() {
                return true;
            }
            for (low, high) in &wanted {
                let quest = Quest {
                    block: self.block,
                    free: &self.hidden,
                    target: column,
                    low: *low,
                    high: *high,
                    weight: &|_| 0.0,
                    nodes: self.limits.nodes,
                };
                if let Some(found) = quest.solve() {
                    self.pool.push(found);
                    continue 'more;
                }
            }
            return false;
        }
    }

    fn hide(&mut self) -> Result<(), Impossible> {
        let all = vec![true; self.block.columns.len()];
        for column in self.sensitive() {
            let need = self.block.columns[column].need;
            while !self.satisfy(column, need) {
                let mut best: Option<(u64, Move)> = None;
                for (low, high) in self.wanted(column, need) {
                    let cost = |at: usize| self.block.columns[at].cost.filter(|_| !self.hidden[at]).unwrap_or(0);
                    let quest = Quest {
                        block: self.block,
                        free: &all,
                        target: column,
                        low,
                        high,
                        weight: &|at| cost(at) as f64,
                        nodes: self.limits.nodes,
                    };
                    let Some(found) = quest.solve() else { continue };
                    let total = found.iter().fold(0u64, |sum, (at, _)| sum.saturating_add(cost(*at)));
                    if best.as_ref().is_none_or(|(least, _)| total < *least) {
                        best = Some((total, found));
                    }
                }
                let cell = self.block.columns[column].cells[0];
                let (_, found) = best.ok_or(Impossible::Unprotected { cell })?;
                found.iter().for_each(|(at, _)| self.hidden[*at] = true);
                self.pool.push(found);
            }
        }
        Ok(())
    }

    /// Shows again what need not be hidden, the dearest first.
    fn drop_superfluous(&mut self) {
        let cost = |at: &usize| self.block.columns[*at].cost.filter(|_| self.hidden[*at]);
        let mut dear: Vec<usize> = (0..self.hidden.len()).filter(|at| cost(at).is_some()).collect();
        dear.sort_by_key(|at| (std::cmp::Reverse(cost(at)), *at));
        for at in dear {
            self.hidden[at] = false;
            let needs = self.sensitive().all(|column| self.satisfy(column, self.block.columns[column].need));
            self.hidden[at] = !needs;
        }
    }

    /// A world in which it differs for each cell that is hidden; what has none is shown again, for it is known all the same.
    fn witnesses(&mut self) -> Result<(), Impossible> {
        for at in 0..self.hidden.len() {
            if self.hidden[at] && self.block.columns[at].cost.is_some() && !self.satisfy(at, Need::Values(2)) {
                self.hidden[at] = false;
            }
        }
        for column in self.sensitive() {
            if !self.satisfy(column, self.block.columns[column].need) {
                return Err(Impossible::Unprotected { cell: self.block.columns[column].cells[0] });
            }
        }
        self.pool = std::mem::take(&mut self.pool).into_iter().filter(|found| self.usable(found)).collect();
        Ok(())
    }

    /// The cell with a need whose worlds a column takes part in.
    fn protected_by(&self, column: usize) -> Option<usize> {
        let with = self.pool.iter().filter(|found| by(found, column) != 0);
        let near = with.flat_map(|found| found.iter()).filter(|(at, _)| self.block.columns[*at].need != Need::None);
        near.map(|(at, _)| self.block.columns[*at].cells[0]).next()
    }
}
