//! What is hidden besides what must be: the cheapest cells with which everything that points at somebody keeps its other values.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{self, Unfit};
use super::exact;
use super::network::Network;
use super::relaxed;
use super::search::Search;

/// How far is searched. Not by time, so that the same is chosen on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Nodes of a search for whole numbers.
    pub nodes: u64,
    /// Rounds in which the optimum is sought.
    pub rounds: u32,
    /// More columns than this, and what is chosen is good, not the best.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { nodes: 2000, rounds: 60, columns: 260 }
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

impl Choice {
    /// By how many percent it is dearer than the cheapest, at most; nothing where no bound is known.
    pub fn dearer(&self) -> Option<u64> {
        let more = self.cost.saturating_sub(self.bound);
        if more == 0 {
            return Some(0);
        }
        (self.bound > 0).then(|| more.saturating_mul(100).div_ceil(self.bound))
    }

    /// This and what was chosen among other cells.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.hidden.extend(other.hidden);
        self.cost = self.cost.saturating_add(other.cost);
        self.bound = self.bound.saturating_add(other.bound);
        self.protects.extend(other.protects);
        self.worlds.extend(other.worlds);
        self
    }
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

/// Why a policy cannot be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// A number would follow from what must stay printed.
    Unprotected(usize),
    /// The numbers contradict each other.
    Untrue,
    /// What was found does not hold when it is held against the numbers.
    Unproved,
    /// The policy lets nothing be hidden, and this number is too small.
    Refused(usize),
}

impl From<Impossible> for Failed {
    fn from(impossible: Impossible) -> Self {
        match impossible {
            Impossible::Unprotected { cell } => Self::Unprotected(cell),
            Impossible::Untrue { .. } | Impossible::OutOfBounds { .. } => Self::Untrue,
        }
    }
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
        let unprotected = |column: usize| Impossible::Unprotected { cell: block.columns[column].cells[0] };
        let mut search = Search::new(block, limits.nodes);
        let order = search.sensitive().to_vec();
        search.hide(&order).map_err(unprotected)?;
        search.drop_superfluous();
        let bound = match block.columns.len() <= limits.columns {
            true => exact::improve(&mut search, limits.rounds),
            false => relaxed::improve(&mut search),
        };
        choice.bound = choice.bound.saturating_add(bound);
        search.prove().map_err(unprotected)?;
        for (at, column) in block.columns.iter().enumerate() {
            let Some(cost) = column.cost.filter(|_| search.hidden[at]) else { continue };
            choice.cost = choice.cost.saturating_add(cost);
            choice.hidden.extend(&column.cells);
            if let Some(sensitive) = search.protects.get(&at) {
                let of = block.columns[*sensitive].cells[0];
                choice.protects.extend(column.cells.iter().map(|cell| (*cell, of)));
            }
        }
        choice.worlds.extend(search.pool.iter().map(|found| block::world(network, block, found)));
    }
    let sensitive = network.cells.iter().enumerate().filter(|(_, cell)| cell.is_sensitive());
    choice.hidden.extend(sensitive.map(|(at, _)| at));
    Ok(choice)
}
