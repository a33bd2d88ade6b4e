//! Linear programmes over a block: the only user of microlp. What it answers is in floating point, so each world is rounded and held to the
//! block in whole numbers before anybody sees it. Searches end after so many nodes, never after so much time.

use std::collections::BTreeMap;

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
        match self.attempt(false) {
            Answer::Found(found) => Some(found),
            Answer::None => None,
            Answer::Fractions => match self.attempt(true) {
                Answer::Found(found) => Some(found),
                Answer::None | Answer::Fractions => None,
            },
        }
    }

    fn attempt(&self, whole: bool) -> Answer {
        let (columns, rows) = self.block.near(self.target, |at| self.free[at]);
        let near = self.low.unsigned_abs().min(self.high.unsigned_abs());
        let unit = i64::try_from(near).unwrap_or(FAR) / STEPS;
        let unit = unit.max(1);
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut parts = Vec::new();
        let mut variables = vec![None; self.block.columns.len()];
        for at in columns {
            let column = &self.block.columns[at];
            let (mut least, mut most) = (-room(column.down, unit), room(column.up, unit));
            if at == self.target {
                // Rounded outwards from nought: as far as asked for at least.
                least = least.max(if self.low > 0 { (self.low - 1) / unit + 1 } else { self.low / unit });
                most = most.min(if self.high < 0 { (self.high + 1) / unit - 1 } else { self.high / unit });
                if least > most {
                    return Answer::None;
                }
            }
            let mut add = |cost: f64, least: i64, most: i64| {
                let bounds = (i32::try_from(least).unwrap_or(i32::MIN), i32::try_from(most).unwrap_or(i32::MAX));
                if whole {
                    problem.add_integer_var(cost, bounds)
                } else {
                    problem.add_var(cost, (least as f64, most as f64))
                }
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
        for row in rows.iter().map(|row| &self.block.rows[*row]) {
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
        let solution = match problem.solve_with(options).map(|outcome| outcome.into_solution()) {
            Ok(Ok(solution)) => solution,
            Err(microlp::Error::Infeasible) => return Answer::None,
            _ => return Answer::Fractions,
        };
        let mut found = Move::new();
        for part in &parts {
            let value = solution.var_value(part.up) - part.down.map_or(0.0, |down| solution.var_value(down));
            let by = (value.round() as i64).saturating_mul(unit);
            if by != 0 {
                found.push((part.column, by));
            }
        }
        let at = found.iter().find(|(column, _)| *column == self.target).map_or(0, |(_, by)| *by);
        let right = at >= self.low && at <= self.high && self.block.holds(&found);
        if right { Answer::Found(found) } else { Answer::Fractions }
    }
}

/// What an attempt came to.
enum Answer {
    Found(Move),
    /// There is no such deviation, not even in fractions.
    None,
    /// Not in whole numbers, or not told.
    Fractions,
}

fn room(by: i64, unit: i64) -> i64 {
    (by / unit).min(REACH)
}

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

/// What finds a combination: `room` tells what a unit of a column costs downwards and upwards, nothing where it may not be used.
pub struct Proof<'a> {
    pub block: &'a Block,
    pub target: usize,
    pub toward: i64,
    pub room: &'a dyn Fn(usize) -> (Option<f64>, Option<f64>),
    /// Whether a column can differ at all.
    pub unknown: &'a dyn Fn(usize) -> bool,
    /// What each taking of a row costs besides, so that of proofs the shorter one is found.
    pub length: f64,
    /// Only rows that say exactly how much.
    pub exact: bool,
}

impl Proof<'_> {
    pub fn solve(&self) -> Option<Combination> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut times = Vec::new();
        let mut columns: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); self.block.columns.len()];
        // Rows of which nothing but the target differs, or what is related to it, say nothing more.
        let (_, rows) = self.block.near(self.target, self.unknown);
        for (at, row) in rows.into_iter().map(|row| (row, &self.block.rows[row])) {
            if self.exact && (row.low, row.high) != (0, 0) {
                continue;
            }
            for (sign, reach) in [(1.0, row.high), (-1.0, -row.low)] {
                if reach != FAR {
                    let variable = problem.add_var(reach as f64 + self.length, (0.0, f64::INFINITY));
                    times.push((at, sign, variable));
                    for (column, by) in &row.terms {
                        columns[*column].push((variable, sign * *by as f64));
                    }
                }
            }
        }
        for (at, mut terms) in columns.into_iter().enumerate() {
            let wanted = if at == self.target { self.toward as f64 } else { 0.0 };
            if terms.is_empty() && wanted == 0.0 {
                continue;
            }
            let (down, up) = (self.room)(at);
            terms.extend(up.map(|up| (problem.add_var(up, (0.0, f64::INFINITY)), 1.0)));
            terms.extend(down.map(|down| (problem.add_var(down, (0.0, f64::INFINITY)), -1.0)));
            problem.add_constraint(&terms[..], ComparisonOp::Eq, wanted);
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        let mut taken = vec![0.0; self.block.rows.len()];
        for (row, sign, variable) in times {
            taken[row] += sign * solution.var_value(variable);
        }
        let divisor = divisor(&taken);
        let whole = taken.iter().map(|times| (times * divisor as f64).round() as i64).enumerate();
        let rows = whole.filter(|(_, times)| *times != 0).collect();
        Some(Combination { target: self.target, toward: self.toward, rows, divisor })
    }
}

/// The least number that makes all of them whole, as near as can be told; another large one where there is none.
fn divisor(numbers: &[f64]) -> i64 {
    numbers
        .iter()
        .try_fold(1i64, |common, number| {
            let scaled = number.abs() * common as f64;
            common.checked_mul(denominator(scaled)?).filter(|common| *common < 1 << 30)
        })
        .unwrap_or(5040)
}

/// The denominator of the simplest fraction that a number is, by continued fractions.
fn denominator(number: f64) -> Option<i64> {
    let (mut before, mut last, mut left) = (0i64, 1i64, number);
    for _ in 0..20 {
        if ((number * last as f64).round() - number * last as f64).abs() < 1e-6 {
            return Some(last);
        }
        left = (left - left.floor()).recip();
        let next = (left.floor() as i64).checked_mul(last)?.checked_add(before)?;
        (before, last) = (last, next);
        if last > 1 << 20 {
            return None;
        }
    }
    None
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

/// A condition of what is hidden: the coefficients of hidden columns come to so much at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub terms: Vec<(usize, i64)>,
    pub at_least: i64,
}

impl Cut {
    /// Whether it is met clearly when columns are hidden in part.
    pub fn is_met_by_parts(&self, parts: &[f64]) -> bool {
        let sum: f64 = self.terms.iter().map(|(at, by)| *by as f64 * parts[*at]).sum();
        let scale = self.terms.iter().map(|(_, by)| by.abs()).max().unwrap_or(1) as f64;
        sum >= self.at_least as f64 - 0.02 * scale
    }

    pub fn is_met(&self, hidden: &[bool]) -> bool {
        let sum = self.terms.iter().filter(|(at, _)| hidden[*at]).map(|(_, by)| i128::from(*by)).sum::<i128>();
        sum >= i128::from(self.at_least)
    }
}

/// The cheapest columns to hide that meet all conditions known so far.
pub struct Master {
    /// For each column that is not hidden in any case.
    costs: Vec<Option<u64>>,
    cuts: Vec<Cut>,
}

pub struct Proposal {
    pub hidden: Vec<bool>,
    /// Nothing cheaper meets the conditions.
    pub bound: u64,
    /// How many nodes the search took.
    pub nodes: u64,
}

impl Master {
    pub fn new(costs: Vec<Option<u64>>) -> Master {
        Master { costs, cuts: Vec::new() }
    }

    pub fn add(&mut self, cut: Cut) {
        if !self.cuts.contains(&cut) {
            self.cuts.push(cut);
        }
    }

    fn problem(&self, whole: bool) -> (Problem, Vec<Option<Variable>>) {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut add = |cost: u64| match whole {
            true => problem.add_binary_var(cost as f64),
            false => problem.add_var(cost as f64, (0.0, 1.0)),
        };
        let variables: Vec<Option<Variable>> = self.costs.iter().map(|cost| cost.map(&mut add)).collect();
        for cut in &self.cuts {
            let largest = cut.terms.iter().map(|(_, by)| by.abs()).max().unwrap_or(1) as f64;
            let open = cut.terms.iter().filter_map(|(at, by)| Some((variables[*at]?, *by as f64 / largest)));
            let terms: Vec<_> = open.collect();
            let known: i64 = cut.terms.iter().filter(|(at, _)| variables[*at].is_none()).map(|(_, by)| *by).sum();
            problem.add_constraint(&terms[..], ComparisonOp::Ge, (cut.at_least - known) as f64 / largest);
        }
        (problem, variables)
    }

    /// The cheapest where columns may be hidden in part: for each how much of it.
    pub fn relaxed(&self) -> Option<Vec<f64>> {
        let (problem, variables) = self.problem(false);
        let solution = problem.solve().ok()?.into_solution().ok()?;
        Some(variables.iter().map(|variable| variable.map_or(1.0, |variable| solution.var_value(variable))).collect())
    }

    /// `hint` meets all conditions.
    pub fn solve(&self, hint: &[bool], nodes: u64) -> Option<Proposal> {
        let (problem, variables) = self.problem(true);
        let mut options = SolveOptions::default();
        options.node_limit = Some(nodes);
        let hint =
            variables.iter().zip(hint).filter_map(|(variable, hint)| Some(((*variable)?, f64::from(u8::from(*hint)))));
        options.warm_start = Some(hint.collect());
        let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
        let bound = solution.stats().best_bound.unwrap_or(0.0);
        let hidden =
            variables.iter().map(|variable| variable.is_none_or(|variable| solution.var_value(variable) > 0.5));
        // Costs are whole numbers.
        Some(Proposal {
            hidden: hidden.collect(),
            bound: (bound - 1e-6).ceil().max(0.0) as u64,
            nodes: solution.stats().nodes_solved,
        })
    }
}
