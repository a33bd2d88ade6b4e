//! Blocks with too many columns for the optimum: a bound from columns that are hidden in part, proved in whole numbers, and a choice among those columns
//! alone.

use std::collections::BTreeMap;

use super::block::Block;
use super::exact::{against_parts, alone, alone_in_parts, begun};
use super::search::Search;
use super::solver::{Cut, Master};

/// By how many rows around a column conditions are sought: few at first, for these are found in no time.
const NEAR: [usize; 2] = [8, 16];
/// Rounds in which columns are hidden in part.
const RELAXED: u32 = 40;
/// While so many sums alone fail, nothing else is looked at.
const FEW: usize = 10;
/// What is hidden less than this is not hidden.
const NONE: f64 = 1e-6;
/// Rounds in which whole columns are proposed, and nodes of each proposal.
const PROPOSED: u32 = 16;
const NODES: u64 = 200;
/// With so many columns that are not protected a proposal is mended, not with more.
const FAILED: usize = 24;
/// So many proposals that cannot be mended are enough.
const HOPELESS: u32 = 4;
/// Columns with a need times columns above this, and nothing is hidden anew by programmes.
const MOST: usize = 300_000;

/// What is proved: nothing cheaper protects. `best` becomes cheaper where something cheaper is found.
pub fn improve(best: &mut Search) -> u64 {
    let mut master = begun(best);
    let mut looked = Looked::default();
    let mut free = best.hidden.clone();
    for near in NEAR {
        for _ in 0..RELAXED {
            let Some(parts) = master.relaxed() else { return master.proved().min(best.cost()) };
            free.iter_mut().zip(&parts).for_each(|(free, part)| *free |= *part > NONE);
            let more = conditions(best, &parts, near, &mut looked);
            if more.is_empty() {
                break;
            }
            more.into_iter().for_each(|cut| master.add(cut));
        }
    }
    let bound = master.proved();
    if propose(best, &mut master, &mut free, bound) == Proposals::Hopeless {
        anew(best, &master, &free);
    }
    bound.min(best.cost())
}

/// What proposals came to.
#[derive(PartialEq, Eq)]
enum Proposals {
    Ended,
    Hopeless,
}

/// Hides anew where much is too small, by programmes in which what is hidden in part costs less.
fn anew(best: &mut Search, master: &Master, free: &[bool]) {
    let columns = &best.block.columns;
    if best.sensitive().len() * columns.len() > MOST {
        return;
    }
    let Some(parts) = master.relaxed() else { return };
    let cost = |at: usize| columns[at].cost.unwrap_or(0) as f64;
    let prices: Vec<f64> = parts.iter().enumerate().map(|(at, part)| cost(at) * (1.02 - part)).collect();
    let mut trial = best.with(&best.block.unknown());
    if trial.hide_by(&prices, free, NEAR[0]).is_ok() {
        trial.drop_superfluous();
        best.learn(&trial);
        best.take_cheaper(&trial);
    }
}

/// For each column with a need around what conditions were looked for in vain.
#[derive(Default)]
struct Looked {
    around: BTreeMap<usize, Vec<(usize, u64)>>,
}

/// What columns hidden in part do not meet.
fn conditions(best: &Search, parts: &[f64], near: usize, looked: &mut Looked) -> Vec<Cut> {
    let block = best.block;
    let mut more = alone_in_parts(block, parts);
    more.retain(|cut| !cut.is_met_by_parts(parts));
    if more.len() >= FEW {
        return more;
    }
    for &column in best.sensitive() {
        let rows = block.rows_near(column, |at| parts[at] > NONE, near);
        let around = surroundings(block, &rows, parts);
        if looked.around.get(&column) == Some(&around) {
            continue;
        }
        let found = against_parts(block, column, parts, Some(&rows));
        let before = more.len();
        more.extend(found.into_iter().filter(|cut| !cut.is_met_by_parts(parts)));
        if more.len() == before {
            looked.around.insert(column, around);
        }
    }
    more
}

/// The rows, and what is hidden in them.
fn surroundings(block: &Block, rows: &[usize], parts: &[f64]) -> Vec<(usize, u64)> {
    let mut out: Vec<(usize, u64)> = rows.iter().map(|row| (*row, 0)).collect();
    for row in rows {
        let hidden = block.rows[*row].terms.iter().filter(|(at, _)| parts[*at] > NONE);
        out.extend(hidden.map(|(at, _)| (*at, parts[*at].to_bits())));
    }
    out
}

/// The cheapest of the columns that are free which meet all conditions, then what they fail to protect as further conditions, and so on.
fn propose(best: &mut Search, master: &mut Master, free: &mut [bool], bound: u64) -> Proposals {
    let mut hopeless = 0;
    for _ in 0..PROPOSED {
        if hopeless == HOPELESS {
            return Proposals::Hopeless;
        }
        if best.cost() <= bound {
            break;
        }
        let Some(proposal) = master.solve_among(&|at| free[at], &best.hidden, NODES) else { break };
        let mut trial = best.with(&proposal.hidden);
        trial.sweep();
        let (failed, more) = failures(&mut trial);
        best.learn(&trial);
        if failed == 0 && more.is_empty() {
            best.take_cheaper(&trial);
            break;
        }
        let stays = more.is_empty();
        for cut in more {
            cut.terms.iter().filter(|(_, by)| *by > 0).for_each(|(at, _)| free[*at] = true);
            master.add(cut);
        }
        hopeless += u32::from(failed > FAILED);
        if failed <= FAILED {
            let order = trial.sensitive().to_vec();
            if trial.hide(&order).is_ok() {
                trial.drop_superfluous();
                best.learn(&trial);
                best.take_cheaper(&trial);
                free.iter_mut().zip(&trial.hidden).for_each(|(free, hidden)| *free |= *hidden);
            }
        }
        if stays {
            // In fractions it is protected, in whole numbers not: something else must be hidden besides.
            let others = best.block.columns.iter().enumerate();
            let others = others.filter(|(at, other)| other.cost.is_some() && !proposal.hidden[*at]);
            master.add(Cut { terms: others.map(|(at, _)| (at, 1)).collect(), at_least: 1 });
        }
    }
    Proposals::Ended
}

/// How many columns are not protected, and conditions that say why.
fn failures(trial: &mut Search) -> (usize, Vec<Cut>) {
    let block = trial.block;
    let mut more = alone(block, &trial.hidden);
    let whole: Vec<f64> = trial.hidden.iter().map(|hidden| f64::from(u8::from(*hidden))).collect();
    let (mut failed, mut open) = (0, Vec::new());
    for column in trial.sensitive().to_vec() {
        if trial.is_protected_by_hand(column) {
            continue;
        }
        let rows = block.rows_near(column, |at| trial.hidden[at], NEAR[0]);
        let mut found = against_parts(block, column, &whole, Some(&rows));
        found.retain(|cut| !cut.is_met(&trial.hidden));
        if found.is_empty() {
            open.push(column);
        } else {
            failed += 1;
            more.extend(found);
        }
    }
    // What programmes find one at a time would take long where much is not protected.
    if failed + open.len() > 2 * FAILED {
        return (failed + open.len(), more);
    }
    (failed + open.into_iter().filter(|column| !trial.is_protected(*column)).count(), more)
}
