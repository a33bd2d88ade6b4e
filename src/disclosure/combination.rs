//! Rows added up: what they prove holds whatever solver found them.

use std::collections::BTreeMap;

use super::block::{Block, FAR};

/// How far a column can be from the true world at most, or at least, as rows added up: each taken so many times, all of it divided by one number.
/// Any numbers prove something (see [`Combination::bound`]); the solver only finds those that prove most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    pub target: usize,
    /// One for a bound above the true world, minus one for a bound below.
    pub toward: i64,
    pub rows: Vec<(usize, i64)>,
    pub divisor: i64,
}

impl Combination {
    /// What is left of each column when the rows are taken from `divisor` times the target: it is bounded by its own room alone.
    pub fn rest(&self, block: &Block) -> BTreeMap<usize, i128> {
        let mut rest = BTreeMap::from([(self.target, i128::from(self.toward) * i128::from(self.divisor))]);
        for (row, times) in &self.rows {
            for (column, by) in &block.rows[*row].terms {
                *rest.entry(*column).or_default() -= i128::from(*times) * i128::from(*by);
            }
        }
        rest.retain(|_, by| *by != 0);
        rest
    }

    /// What the slack of its rows comes to, times the divisor; nothing where a row has no end there.
    pub fn slack(&self, block: &Block) -> Option<i128> {
        let mut slack = 0i128;
        for (row, times) in &self.rows {
            let row = &block.rows[*row];
            let reach = if *times > 0 { row.high } else { row.low };
            if reach.abs() == FAR {
                return None;
            }
            slack = slack.checked_add(i128::from(*times) * i128::from(reach))?;
        }
        Some(slack)
    }

    /// How far the target can be at most, exactly: what holds whatever the solver answered.
    pub fn bound(&self, block: &Block) -> Option<i64> {
        let mut bound = self.slack(block)?;
        for (column, by) in self.rest(block) {
            let room = if by > 0 { block.columns[column].up } else { block.columns[column].down };
            if room == FAR {
                return None;
            }
            bound = bound.checked_add(by.abs().checked_mul(i128::from(room))?)?;
        }
        i64::try_from(bound.div_euclid(i128::from(self.divisor))).ok()
    }
}
