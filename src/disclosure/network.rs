//! What is published, as mathematics: whole numbers and what holds among them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All quantities that a reader may know or find out, with what is said of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    pub cells: Vec<Cell>,
    pub relations: Vec<Relation>,
}

/// A quantity: a whole number, or an amount in its smallest unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub value: i64,
    /// What a reader knows in any case.
    pub lower: i64,
    pub upper: Option<i64>,
    pub exposure: Exposure,
    pub need: Need,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Printed nowhere: no reader knows it.
    Unpublished,
    /// Printed, and may be hidden at a cost.
    Open { cost: u64 },
    /// Stays printed: public already, or never hidden.
    Fixed,
}

/// What must stay possible for a quantity that points at somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    None,
    /// So many different values, the true one among them.
    Values(u32),
    /// A value at least so much below the true one, and one at least so much above it.
    Range {
        down: i64,
        up: i64,
    },
}

/// Cells, each with how often it is taken, or by how much it changes.
pub type Terms = Vec<(usize, i64)>;

/// How often a cell is taken by terms that are in order.
pub fn factor_of(terms: &[(usize, i64)], cell: usize) -> i64 {
    terms.binary_search_by_key(&cell, |(at, _)| *at).map_or(0, |found| terms[found].1)
}

/// Each cell once, in order.
pub fn joined(terms: impl IntoIterator<Item = (usize, i64)>) -> Terms {
    let mut out: BTreeMap<usize, i64> = BTreeMap::new();
    terms.into_iter().for_each(|(at, factor)| *out.entry(at).or_default() += factor);
    out.into_iter().filter(|(_, factor)| *factor != 0).collect()
}

/// What divides all coefficients; nought of none.
pub fn divisor(terms: &[(usize, i64)]) -> i64 {
    let common = |a: i64, b: i64| {
        let (mut a, mut b) = (a.abs(), b.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    terms.iter().fold(0, |so_far, (_, factor)| common(so_far, *factor))
}

/// Sum of coefficient times cell, held against a constant; true of the values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Networks are cloned with what is to hide of them changed; what holds among their numbers, thousands in a sum, is shared.
    pub terms: Arc<[(usize, i64)]>,
    pub constant: i64,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Equal,
    AtMost,
    AtLeast,
}

impl Network {
    /// The true values.
    pub fn values(&self) -> Vec<i64> {
        self.cells.iter().map(|cell| cell.value).collect()
    }

    /// By how much each number is another in a world than in truth, where it is.
    pub fn changes_in(&self, world: &[i64]) -> Terms {
        let all = self.cells.iter().zip(world).enumerate();
        all.map(|(at, (cell, value))| (at, value - cell.value)).filter(|(_, by)| *by != 0).collect()
    }

    /// The cells that are told and may be hidden.
    pub fn open(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cells.len()).filter(|at| self.cells[*at].is_open())
    }

    /// Whether those of some hidden cells that are too small keep what they need in these worlds.
    pub fn are_safe(&self, hidden: &BTreeSet<usize>, worlds: &[&Vec<i64>]) -> bool {
        let sensitive = hidden.iter().filter(|at| self.cells[**at].is_sensitive());
        sensitive.into_iter().all(|at| self.cells[*at].is_safe_with(worlds.iter().map(|world| world[*at])))
    }

    /// What cells cost that are hidden for others' sake.
    pub fn cost_of<'a>(&self, hidden: impl IntoIterator<Item = &'a usize>) -> u64 {
        let cost = |at: &usize| match self.cells[*at] {
            Cell { need: Need::None, exposure: Exposure::Open { cost }, .. } => cost,
            _ => 0,
        };
        hidden.into_iter().map(cost).sum()
    }

    /// The same with all numbers at one price: none.
    #[must_use]
    pub fn at_no_cost(&self) -> Network {
        let mut out = self.clone();
        for cell in &mut out.cells {
            if let Exposure::Open { cost } = &mut cell.exposure {
                *cost = 0;
            }
        }
        out
    }
}

impl Relation {
    pub fn new(terms: impl Into<Arc<[(usize, i64)]>>, kind: Kind, constant: i64) -> Relation {
        Relation { terms: terms.into(), constant, kind }
    }

    /// Whether it is true of these values.
    pub fn holds(&self, values: &[i64]) -> bool {
        self.admits(self.sum_in(values))
    }

    pub fn sum_in(&self, values: &[i64]) -> i64 {
        self.terms.iter().map(|(at, factor)| factor * values[*at]).sum()
    }

    /// Whether it is true where its terms come to so much.
    pub fn admits(&self, sum: i64) -> bool {
        match self.kind {
            Kind::Equal => sum == self.constant,
            Kind::AtMost => sum <= self.constant,
            Kind::AtLeast => sum >= self.constant,
        }
    }

    /// The same with its terms in order.
    #[must_use]
    pub fn in_order(&self) -> Relation {
        let mut terms = self.terms.to_vec();
        terms.sort_unstable();
        Relation { terms: terms.into(), ..*self }
    }

    /// The parts make up the whole.
    pub fn sum(whole: usize, parts: impl IntoIterator<Item = usize>) -> Relation {
        let parts = parts.into_iter().map(|part| (part, 1));
        Relation::new(parts.chain([(whole, -1)]).collect::<Arc<[_]>>(), Kind::Equal, 0)
    }
}

impl Cell {
    /// A printed count, of which a reader knows that it is not negative.
    pub fn count(value: i64, cost: u64) -> Cell {
        Cell { value, lower: 0, upper: None, exposure: Exposure::Open { cost }, need: Need::None }
    }

    /// How many values it keeps when it is hidden: two, or there was no use in hiding it.
    pub fn values_needed(&self) -> usize {
        match self.need {
            Need::Values(needed) => usize::try_from(needed).unwrap_or(usize::MAX).max(2),
            Need::None | Need::Range { .. } => 2,
        }
    }

    /// Whether the values that it may have besides the true one are as many, or as far from it, as it needs.
    pub fn is_safe_with(&self, values: impl IntoIterator<Item = i64>) -> bool {
        match self.need {
            Need::Range { down, up } => {
                let (mut is_below, mut is_above) = (false, false);
                for value in values {
                    is_below |= self.value.saturating_sub(value) >= down;
                    is_above |= value.saturating_sub(self.value) >= up;
                }
                is_below && is_above
            }
            Need::None | Need::Values(_) => {
                let all: BTreeSet<i64> = values.into_iter().chain([self.value]).collect();
                all.len() >= self.values_needed()
            }
        }
    }

    pub fn is_sensitive(&self) -> bool {
        self.need != Need::None
    }

    /// Whether it is told, and may be hidden.
    pub fn is_open(&self) -> bool {
        matches!(self.exposure, Exposure::Open { .. })
    }
}
