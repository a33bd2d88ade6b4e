//! Linear programmes over a block: the only user of microlp. What it answers is in floating point, so each world is rounded and held to the
//! block in whole numbers before anybody sees it. Searches end after so many nodes, never after so much time.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::block::{Block, FAR, Move};

/// Beyond this no deviation is sought: further than any need, and within what the solver counts exactly.
const REACH: i64 = 1 << 30;
/// Deviations of more steps than this are sought in coarser ones: whole numbers of cents need no world for each cent.
const STEPS: i64 = 1 << 12;

/// The deviation of least weight that takes a column between the two, of what is free to differ.
pub struct Quest<'a> {
    pub block: &'a Block,
    pub free: &'a [bool],
    pub target: usize,
    pub low: i64,
    pub high: i64,
    /// For each column, by unit of deviation.
    pub weight: &'a dyn Fn(usize) -> f64,
    /// How far the search for whole numbers goes.
    pub nodes: u64,
}

/// A part of a quest's programme: the deviation up, and down where that is weighed.
struct Part {
    column: usize,
    up: Variable,
    down: Option<Variable>,
}

impl Quest<'_> {
    pub fn solve(&self) -> Option<Move> {
        self.attempt(false).or_else(|| self.attempt(true))
    }

    fn attempt(&self, whole: bool) -> Option<Move> {
        let near = self.low.unsigned_abs().min(self.high.unsigned_abs());
        let unit = i64::try_from(near).unwrap_or(FAR) / STEPS;
        let unit = unit.max(1);
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut parts = Vec::new();
        let mut variables = vec![None; self.block.columns.len()];
        for (at, column) in self.block.columns.iter().enumerate() {
            if !self.free[at] {
                continue;
            }
            let (mut least, mut most) = (-room(column.down, unit), room(column.up, unit));
            if at == self.target {
                // Rounded outwards from nought: as far as asked for at least.
                least = least.max(if self.low > 0 { (self.low - 1) / unit + 1 } else { self.low / unit });
                most = most.min(if self.high < 0 { (self.high + 1) / unit - 1 } else { self.high / unit });
                if least > most {
                    return None;
                }
            }
            let mut add = |cost: f64, least: i64, most: i64| {
                let bounds = (i32::try_from(least).unwrap_or(i32::MIN), i32::try_from(most).unwrap_or(i32::MAX));
                if whole { problem.add_integer_var(cost, bounds) } else { problem.add_var(cost, (least as f64, most as f64)) }
            };
            let cost = if at == self.target { 0.0 } else { (self.weight)(at) };
            let part = if cost > 0.0 {
                Part { column: at, up: add(cost, 0, most), down: Some(add(cost, 0, -least)) }
            } else {
                Part { column: at, up: add(0.0, least, most), down: None }
            };
            variables[at] = Some((part.up, part.down));
            parts.push(part);
        }
        for row in &self.block.rows {
            let mut terms = Vec::new();
            for (column, by) in &row.terms {
                if let Some((up, down)) = variables[*column] {
                    terms.push((up, *by as f64));
                    terms.extend(down.map(|down| (down, -(*by as f64))));
                }
            }
            if terms.is_empty() {
                continue;
            }
            if row.low == 0 && row.high == 0 {
                problem.add_constraint(&terms[..], ComparisonOp::Eq, 0.0);
                continue;
            }
            if row.high != FAR {
                problem.add_constraint(&terms[..], ComparisonOp::Le, (row.high / unit) as f64);
            }
            if row.low != -FAR {
                problem.add_constraint(&terms[..], ComparisonOp::Ge, (row.low / unit) as f64);
            }
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(self.nodes);
        let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
        let mut found = Move::new();
        for part in &parts {
            let value = solution.var_value(part.up) - part.down.map_or(0.0, |down| solution.var_value(down));
            let by = value.round() as i64;
            if by != 0 {
                found.push((part.column, by.checked_mul(unit)?));
            }
        }
        let at = found.iter().find(|(column, _)| *column == self.target).map_or(0, |(_, by)| *by);
        (at >= self.low && at <= self.high && self.block.holds(&found)).then_some(found)
    }
}

fn room(by: i64, unit: i64) -> i64 {
    (by / unit).min(REACH)
}
