//! How a hidden number follows from what is shown: the arithmetic that a reader would do.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{self, Block, FAR};
use super::combination::Combination;
use super::network::{Kind, Need, Network};
use super::solver::Proof;

/// What a reader can tell of a hidden cell, where that is more than it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    pub cell: usize,
    /// The least and the most that it can be; nothing where there is no end.
    pub low: Option<i64>,
    pub high: Option<i64>,
    /// How the least and the most follow, where not from the cell's own bounds alone. They are the same where the number follows exactly.
    pub below: Option<Derivation>,
    pub above: Option<Derivation>,
}

/// Relations added up: `multiple` times the cell, and the terms, come to the constant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derivation {
    /// The relations, each with how many times it is taken.
    pub relations: Vec<(usize, i64)>,
    pub multiple: i64,
    /// Shown cells with their coefficients.
    pub shown: Vec<(usize, i64)>,
    /// Hidden or unpublished cells of which only a bound is known, with their coefficients and that bound.
    pub bounded: Vec<(usize, i64, i64)>,
    pub kind: Kind,
    pub constant: i64,
}

impl Chain {
    /// The number itself follows.
    pub fn is_exact(&self) -> bool {
        self.low.is_some() && self.low == self.high
    }
}

/// How a cell that is hidden or unpublished follows from what is shown, where it has not the values that it needs.
pub fn chain(network: &Network, hidden: &BTreeSet<usize>, cell: usize) -> Option<Chain> {
    let known = network.cells.get(cell)?;
    let need = match known.need {
        // What is printed nowhere and points at nobody may follow.
        Need::None if hidden.contains(&cell) => Need::Values(2),
        need => need,
    };
    if need == Need::None {
        return None;
    }
    let block = block::around(network, hidden, cell)?;
    let target = block.columns.iter().position(|column| column.cells == [cell])?;
    let derive = |toward: i64, exact: bool| {
        let room = |at: usize| {
            let column = &block.columns[at];
            let room = |by: i64| (!exact && by != FAR).then_some(by as f64);
            (room(column.down), room(column.up))
        };
        Proof { block: &block, target, toward, room: &room, unknown: &|_| true, length: 1e-4, exact }.solve()
    };
    // The number itself by sums and differences alone, before bounds are looked at.
    let exact = derive(1, true).filter(|found| found.rest(&block).is_empty());
    let (above, below) = match exact {
        Some(exact) => {
            let mut turned = exact.clone();
            turned.toward = -1;
            turned.rows.iter_mut().for_each(|(_, times)| *times = -*times);
            (Some(exact), Some(turned))
        }
        None => (derive(1, false), derive(-1, false)),
    };
    let reach = |found: &Option<Combination>, own: i64| {
        let proved = found.as_ref().and_then(|found| found.bound(&block)).unwrap_or(FAR);
        proved.min(own)
    };
    let column = &block.columns[target];
    let (down, up) = (reach(&below, column.down), reach(&above, column.up));
    let enough = match need {
        Need::None => true,
        Need::Values(needed) => down.saturating_add(up).saturating_add(1) >= i64::from(needed),
        Need::Range { down: below, up: above } => down >= below && up >= above,
    };
    if enough {
        return None;
    }
    let derivation = |found: Option<Combination>, own: i64| {
        let found = found
            .filter(|found| found.bound(&block).is_some_and(|bound| bound < own || found.rest(&block).is_empty()))?;
        added_up(network, &block, &found)
    };
    Some(Chain {
        cell,
        low: (down != FAR).then(|| known.value.saturating_sub(down)),
        high: (up != FAR).then(|| known.value.saturating_add(up)),
        below: derivation(below, column.down),
        above: derivation(above, column.up),
    })
}

/// A combination as what a reader adds up: in true numbers, with all cells that stand in the relations.
fn added_up(network: &Network, block: &Block, found: &Combination) -> Option<Derivation> {
    let target = block.columns[found.target].cells[0];
    let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
    let (mut constant, mut kind, mut relations) = (0i64, Kind::Equal, Vec::new());
    for (row, times) in &found.rows {
        let relation = &network.relations[*row];
        let times = times.checked_mul(found.toward)?;
        for (cell, coefficient) in relation.terms.iter() {
            let sum = sums.entry(*cell).or_default();
            *sum = sum.checked_add(times.checked_mul(*coefficient)?)?;
        }
        constant = constant.checked_add(times.checked_mul(relation.constant)?)?;
        if relation.kind != Kind::Equal {
            kind = if found.toward > 0 { Kind::AtMost } else { Kind::AtLeast };
        }
        relations.push((*row, times));
    }
    let multiple = sums.remove(&target)?;
    let (mut shown, mut bounded) = (Vec::new(), Vec::new());
    let unknown: BTreeSet<usize> = block.columns.iter().flat_map(|column| column.cells.iter().copied()).collect();
    for (cell, coefficient) in sums.into_iter().filter(|(_, coefficient)| *coefficient != 0) {
        let known = &network.cells[cell];
        if !unknown.contains(&cell) {
            shown.push((cell, coefficient));
        } else if (coefficient > 0) == (found.toward > 0) {
            bounded.push((cell, coefficient, known.lower));
        } else {
            bounded.push((cell, coefficient, known.upper?));
        }
    }
    Some(Derivation { relations, multiple, shown, bounded, kind, constant })
}
