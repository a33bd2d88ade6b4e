//! Linear programmes over a block: the only user of microlp. What it answers is in floating point, so each world is rounded and held to the
//! block in whole numbers before anybody sees it. Searches end after so many nodes, never after so much time.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::block::{Block, FAR, Move};
use super::combination::Combination;

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

/// A deviation of what is hidden that takes many columns as far as it can at once.
pub struct Sweep<'a> {
    pub block: &'a Block,
    pub hidden: &'a [bool],
    /// The columns that are to differ, and whether upwards.
    pub wanted: &'a [(usize, bool)],
    /// How far they are taken at most.
    pub reach: i64,
}

impl Sweep<'_> {
    pub fn solve(&self) -> Option<Move> {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let wanted: BTreeMap<usize, bool> = self.wanted.iter().copied().collect();
        let (mut variables, mut rows) = (BTreeMap::new(), BTreeSet::new());
        let mut open: Vec<usize> = wanted.keys().copied().collect();
        let mut seen: BTreeSet<usize> = open.iter().copied().collect();
        while let Some(next) = open.pop() {
            let column = &self.block.columns[next];
            let (gain, most) = match wanted.get(&next) {
                Some(up) => (if *up { 1.0 } else { -1.0 }, self.reach),
                None => (0.0, STEPS),
            };
            let room = |by: i64| by.min(most) as f64;
            variables.insert(next, problem.add_var(gain, (-room(column.down), room(column.up))));
            for (row, _) in &column.rows {
                if rows.insert(*row) {
                    let others = self.block.rows[*row].terms.iter().map(|(other, _)| *other);
                    open.extend(others.filter(|other| self.hidden[*other] && seen.insert(*other)));
                }
            }
        }
        for row in rows.into_iter().map(|row| &self.block.rows[row]) {
            let terms = row.terms.iter().filter_map(|(column, by)| Some((*variables.get(column)?, *by as f64)));
            let terms: Vec<_> = terms.collect();
            if row.low == 0 && row.high == 0 {
                problem.add_constraint(&terms[..], ComparisonOp::Eq, 0.0);
                continue;
            }
            if row.high != FAR {
                problem.add_constraint(&terms[..], ComparisonOp::Le, row.high as f64);
            }
            if row.low != -FAR {
                problem.add_constraint(&terms[..], ComparisonOp::Ge, row.low as f64);
            }
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        let found = variables.iter().map(|(at, variable)| (*at, solution.var_value(*variable).round() as i64));
        let found: Move = found.filter(|(_, by)| *by != 0).collect();
        self.block.holds(&found).then_some(found)
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
        // Rows of which nothing but the target differs, or what is related to it, say nothing more.
        let (_, rows) = self.block.near(self.target, self.unknown);
        self.combine(&rows, false)
    }

    /// By these rows alone. What stands in one of them alone is reckoned with the row, so that long ones cost little.
    pub fn by(&self, rows: &[usize]) -> Option<Combination> {
        self.combine(rows, true)
    }

    fn combine(&self, rows: &[usize], gathers: bool) -> Option<Combination> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut times = Vec::new();
        let mut columns: BTreeMap<usize, Vec<(Variable, f64)>> = BTreeMap::from([(self.target, Vec::new())]);
        let mut standing: BTreeMap<usize, usize> = BTreeMap::new();
        for (column, _) in rows.iter().filter(|_| gathers).flat_map(|row| &self.block.rows[*row].terms) {
            *standing.entry(*column).or_default() += 1;
        }
        for (at, row) in rows.iter().map(|row| (*row, &self.block.rows[*row])) {
            if self.exact && (row.low, row.high) != (0, 0) {
                continue;
            }
            // What a single taking of the row costs for one of its columns; nothing where that must be looked at by itself.
            let lone = |column: usize, by: f64| {
                let (down, up) = (self.room)(column);
                let is_lone = column != self.target && standing.get(&column) == Some(&1);
                (if by > 0.0 { down } else { up }).filter(|_| is_lone).map(|room| room * by.abs())
            };
            for (sign, reach) in [(1.0, row.high), (-1.0, -row.low)] {
                if reach == FAR {
                    continue;
                }
                let terms = row.terms.iter().map(|(column, by)| (*column, sign * *by as f64));
                let (alone, shared): (Vec<_>, Vec<_>) = terms.partition(|(column, by)| lone(*column, *by).is_some());
                let rooms: f64 = alone.iter().filter_map(|(column, by)| lone(*column, *by)).sum();
                let variable = problem.add_var(reach as f64 + self.length + rooms, (0.0, f64::INFINITY));
                times.push((at, sign, variable));
                for (column, by) in shared {
                    columns.entry(column).or_default().push((variable, by));
                }
            }
        }
        for (at, mut terms) in columns {
            let wanted = if at == self.target { self.toward as f64 } else { 0.0 };
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

/// Parts of one that conditions are taken in.
const SCALE: i64 = 1 << 40;

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

    /// The conditions among the columns that are free; others are shown, but for those hidden in any case.
    fn problem(&self, whole: bool, free: &dyn Fn(usize) -> bool) -> (Problem, Vec<Option<Variable>>) {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut add = |cost: u64| match whole {
            true => problem.add_binary_var(cost as f64),
            false => problem.add_var(cost as f64, (0.0, 1.0)),
        };
        let costs = self.costs.iter().enumerate().map(|(at, cost)| cost.filter(|_| free(at)));
        let variables: Vec<Option<Variable>> = costs.map(|cost| cost.map(&mut add)).collect();
        for cut in &self.cuts {
            let largest = cut.terms.iter().map(|(_, by)| by.abs()).max().unwrap_or(1) as f64;
            let open = cut.terms.iter().filter_map(|(at, by)| Some((variables[*at]?, *by as f64 / largest)));
            let terms: Vec<_> = open.collect();
            problem.add_constraint(&terms[..], ComparisonOp::Ge, self.asked(cut) as f64 / largest);
        }
        (problem, variables)
    }

    /// The cheapest where columns may be hidden in part: for each how much of it.
    pub fn relaxed(&self) -> Option<Vec<f64>> {
        let (problem, variables) = self.problem(false, &|_| true);
        let solution = problem.solve().ok()?.into_solution().ok()?;
        let parts = variables.iter().map(|variable| variable.map_or(1.0, |variable| solution.var_value(variable)));
        Some(parts.collect())
    }

    /// What meets all conditions costs so much at least, whatever the solver answered: each condition is taken so many times, and what a column is worth
    /// in them beyond what it costs is taken off.
    pub fn proved(&self) -> u64 {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let mut columns: BTreeMap<usize, Vec<(Variable, f64)>> = BTreeMap::new();
        let mut times = Vec::new();
        for cut in &self.cuts {
            let largest = cut.terms.iter().map(|(_, by)| by.abs()).max().unwrap_or(1) as f64;
            let variable = problem.add_var(self.asked(cut) as f64 / largest, (0.0, f64::INFINITY));
            times.push((variable, largest));
            for (at, by) in cut.terms.iter().filter(|(at, _)| self.costs[*at].is_some()) {
                columns.entry(*at).or_default().push((variable, *by as f64 / largest));
            }
        }
        for (at, mut terms) in columns {
            terms.push((problem.add_var(-1.0, (0.0, f64::INFINITY)), -1.0));
            problem.add_constraint(&terms[..], ComparisonOp::Le, self.costs[at].unwrap_or(0) as f64);
        }
        let Some(solution) = problem.solve().ok().and_then(|outcome| outcome.into_solution().ok()) else { return 0 };
        let whole =
            |(variable, largest): (Variable, f64)| (solution.var_value(variable) / largest * SCALE as f64) as i64;
        self.worth(&times.into_iter().map(|times| whole(times).max(0)).collect::<Vec<_>>()).unwrap_or(0)
    }

    /// What a condition still asks beside what is hidden in any case.
    fn asked(&self, cut: &Cut) -> i64 {
        let known = cut.terms.iter().filter(|(at, _)| self.costs[*at].is_none()).map(|(_, by)| *by).sum();
        cut.at_least.saturating_sub(known)
    }

    /// What all conditions together prove, each taken so many times of [`SCALE`].
    fn worth(&self, times: &[i64]) -> Option<u64> {
        let (mut sum, mut columns) = (0i128, vec![0i128; self.costs.len()]);
        for (cut, times) in self.cuts.iter().zip(times) {
            sum = sum.checked_add(i128::from(self.asked(cut)).checked_mul(i128::from(*times))?)?;
            for (at, by) in &cut.terms {
                columns[*at] = columns[*at].checked_add(i128::from(*by).checked_mul(i128::from(*times))?)?;
            }
        }
        for (worth, cost) in columns.into_iter().zip(&self.costs) {
            let Some(cost) = cost else { continue };
            sum = sum.checked_sub(worth.checked_sub(i128::from(*cost) * i128::from(SCALE))?.max(0))?;
        }
        u64::try_from(sum.max(0).checked_add(i128::from(SCALE) - 1)? / i128::from(SCALE)).ok()
    }

    /// `hint` meets all conditions.
    pub fn solve(&self, hint: &[bool], nodes: u64) -> Option<Proposal> {
        self.solve_among(&|_| true, hint, nodes)
    }

    /// The same with others than these shown: the bound holds only among them.
    pub fn solve_among(&self, free: &dyn Fn(usize) -> bool, hint: &[bool], nodes: u64) -> Option<Proposal> {
        let (problem, variables) = self.problem(true, free);
        let mut options = SolveOptions::default();
        options.node_limit = Some(nodes);
        let hint =
            variables.iter().zip(hint).filter_map(|(variable, hint)| Some(((*variable)?, f64::from(u8::from(*hint)))));
        options.warm_start = Some(hint.collect());
        let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
        let bound = solution.stats().best_bound.unwrap_or(0.0);
        let hidden = variables.iter().zip(&self.costs).map(|(variable, cost)| match variable {
            Some(variable) => solution.var_value(*variable) > 0.5,
            None => cost.is_none(),
        });
        // Costs are whole numbers.
        Some(Proposal {
            hidden: hidden.collect(),
            bound: (bound - 1e-6).ceil().max(0.0) as u64,
            nodes: solution.stats().nodes_solved,
        })
    }
}
