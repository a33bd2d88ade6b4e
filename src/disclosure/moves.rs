//! Other worlds found by hand: one number is changed, then each sum that no longer holds is mended by changing another, until all hold. The
//! cheapest beginnings are followed first. What is found holds; that nothing is found proves nothing.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::block::{Block, FAR, Move};

/// How many beginnings are followed at most.
const FOLLOWED: usize = 600;
/// How many numbers a world changes at most.
const DEPTH: u32 = 40;

/// A beginning: one change after another.
struct Step {
    before: usize,
    column: usize,
    by: i64,
    cost: u64,
    depth: u32,
    /// Rows whose sums are not nought.
    sums: Vec<(usize, i64)>,
}

/// The cheapest move found that changes the target by so much. `cost` tells what each column costs to be changed; nothing where it may not be.
pub fn find(block: &Block, target: usize, by: i64, cost: &dyn Fn(usize) -> Option<u64>) -> Option<Move> {
    let costs: Vec<Option<u64>> = (0..block.columns.len()).map(cost).collect();
    let choices: Vec<usize> =
        block.rows.iter().map(|row| row.terms.iter().filter(|(at, _)| costs[*at].is_some()).count()).collect();
    let least = costs.iter().flatten().copied().filter(|cost| *cost > 0).min().unwrap_or(1);
    let mut steps: Vec<Step> = Vec::new();
    let mut open = BinaryHeap::new();
    let first = change(block, &[], target, by)?;
    let queue = |steps: &mut Vec<Step>, open: &mut BinaryHeap<_>, step: Step| {
        let broken = step.sums.iter().filter(|(row, sum)| excess(block, *row, *sum) != 0).count();
        let hope = step.cost.saturating_add(least.saturating_mul(broken as u64) / 2);
        open.push(Reverse((hope, broken, steps.len())));
        steps.push(step);
    };
    queue(&mut steps, &mut open, Step { before: usize::MAX, column: target, by, cost: 0, depth: 1, sums: first });
    let mut followed = 0;
    while let Some(Reverse((_, _, at))) = open.pop() {
        let step = &steps[at];
        let broken = step.sums.iter().filter(|(row, sum)| excess(block, *row, *sum) != 0);
        let Some((row, sum)) = broken.min_by_key(|(row, _)| (choices[*row], *row)).copied() else {
            return finished(block, &steps, at);
        };
        followed += 1;
        if followed > FOLLOWED {
            return None;
        }
        if step.depth == DEPTH {
            continue;
        }
        let (so_far, depth, excess) = (step.cost, step.depth + 1, excess(block, row, sum));
        let sums = step.sums.clone();
        for (column, coefficient) in &block.rows[row].terms {
            let Some(cost) = costs[*column] else { continue };
            let mut by = -excess / coefficient;
            if by * coefficient != -excess {
                if block.rows[row].low == block.rows[row].high {
                    continue;
                }
                by += if (excess > 0) == (*coefficient > 0) { -1 } else { 1 };
            }
            if by == 0 || !within(block, *column, by) || used(&steps, at, *column) {
                continue;
            }
            if let Some(sums) = change(block, &sums, *column, by) {
                let cost = so_far.saturating_add(cost);
                queue(&mut steps, &mut open, Step { before: at, column: *column, by, cost, depth, sums });
            }
        }
    }
    None
}

fn within(block: &Block, column: usize, by: i64) -> bool {
    let column = &block.columns[column];
    by <= column.up && by.saturating_neg() <= column.down
}

/// How much a row's sum is too large, or too small as a negative number.
fn excess(block: &Block, row: usize, sum: i64) -> i64 {
    let row = &block.rows[row];
    if row.high != FAR && sum > row.high {
        sum.saturating_sub(row.high)
    } else if row.low != -FAR && sum < row.low {
        sum.saturating_sub(row.low)
    } else {
        0
    }
}

/// The sums when a column is changed as well.
fn change(block: &Block, sums: &[(usize, i64)], column: usize, by: i64) -> Option<Vec<(usize, i64)>> {
    let mut sums = sums.to_vec();
    for (row, coefficient) in &block.columns[column].rows {
        let more = coefficient.checked_mul(by)?;
        match sums.binary_search_by_key(row, |(row, _)| *row) {
            Ok(at) => {
                sums[at].1 = sums[at].1.checked_add(more)?;
                if sums[at].1 == 0 {
                    sums.remove(at);
                }
            }
            Err(at) => sums.insert(at, (*row, more)),
        }
    }
    Some(sums)
}

fn used(steps: &[Step], mut at: usize, column: usize) -> bool {
    while at != usize::MAX {
        if steps[at].column == column {
            return true;
        }
        at = steps[at].before;
    }
    false
}

fn finished(block: &Block, steps: &[Step], mut at: usize) -> Option<Move> {
    let mut found = Move::new();
    while at != usize::MAX {
        found.push((steps[at].column, steps[at].by));
        at = steps[at].before;
    }
    found.sort_unstable();
    block.holds(&found).then_some(found)
}
