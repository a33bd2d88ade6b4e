//! The optimum by cutting planes (Fischetti and Salazar): a 0/1 programme that knows few conditions proposes what to hide, whatever a reader can
//! still find out becomes a further condition that every choice must meet, and so on until nothing can be found out.

use super::block::{Block, FAR};
use super::combination::Combination;
use super::network::Need;
use super::search::Search;
use super::solver::{Cut, Master, Proof};

/// Rounds in which columns are hidden in part.
const RELAXED: u32 = 8;
/// Nodes of all proposals together, for a block of one column: those of larger blocks take longer.
const NODES: u64 = 200_000;

/// What is proved: nothing cheaper protects. `best` becomes cheaper where something cheaper is found.
pub fn improve(best: &mut Search, rounds: u32) -> u64 {
    let block = best.block;
    let mut master = begun(best);
    relax(&mut master, best);
    let mut bound = 0;
    let mut nodes = NODES / block.columns.len().max(1) as u64;
    for _ in 0..rounds {
        let hint: Vec<bool> = best.hidden.clone();
        let Some(proposal) = master.solve(&hint, nodes) else { break };
        bound = bound.max(proposal.bound);
        nodes = nodes.saturating_sub(proposal.nodes);
        if bound >= best.cost() || nodes == 0 {
            break;
        }
        let mut trial = best.with(&proposal.hidden);
        let mut more = alone(block, &trial.hidden);
        for &column in best.sensitive() {
            if trial.is_protected_by_hand(column) {
                continue;
            }
            let failed = against(block, column, &trial.hidden);
            if !failed.is_empty() {
                more.extend(failed);
            } else if !trial.is_protected(column) {
                // In fractions it is protected, in whole numbers not: something else must be hidden besides.
                let others = block.columns.iter().enumerate();
                let others = others.filter(|(at, other)| other.cost.is_some() && !trial.hidden[*at]);
                more.push(Cut { terms: others.map(|(at, _)| (at, 1)).collect(), at_least: 1 });
            }
        }
        best.learn(&trial);
        if more.is_empty() {
            best.take(&trial);
            break;
        }
        more.into_iter().for_each(|cut| master.add(cut));
        let order = trial.sensitive().to_vec();
        if trial.hide(&order).is_ok() {
            trial.drop_superfluous();
            best.learn(&trial);
            if trial.cost() < best.cost() {
                best.take(&trial);
            }
        }
    }
    bound.min(best.cost())
}

/// What each sum of its own asks for the sake of a column that needs it.
pub(super) fn begun(best: &Search) -> Master {
    let block = best.block;
    let mut master = Master::new(block.columns.iter().map(|column| column.cost).collect());
    for &column in best.sensitive() {
        for (row, by) in &block.columns[column].rows {
            let taken = |toward: i64| Combination {
                target: column,
                toward,
                rows: vec![(*row, toward * by.signum())],
                divisor: by.abs(),
            };
            for cut in cuts(block, column, Some(taken(1)), Some(taken(-1))) {
                master.add(cut);
            }
        }
    }
    master
}

/// Conditions that no mixture of choices gets round, before whole ones are proposed.
fn relax(master: &mut Master, best: &Search) {
    let block = best.block;
    for _ in 0..RELAXED {
        let Some(parts) = master.relaxed() else { return };
        let mut more = alone_in_parts(block, &parts);
        for &column in best.sensitive() {
            more.extend(against_parts(block, column, &parts, None));
        }
        more.retain(|cut| !cut.is_met_by_parts(&parts));
        if more.is_empty() {
            return;
        }
        more.into_iter().for_each(|cut| master.add(cut));
    }
}

/// Conditions because of one column, by all rows that it is related to or by those alone that are given.
pub(super) fn against_parts(block: &Block, column: usize, parts: &[f64], rows: Option<&[usize]>) -> Vec<Cut> {
    let most = match block.columns[column].need {
        Need::None => return Vec::new(),
        Need::Values(needed) => i64::from(needed) - 1,
        Need::Range { down, up } => down.max(up),
    };
    let prove = |toward: i64| {
        let room = |at: usize| {
            let column = &block.columns[at];
            let cost = |by: i64| match column.cost {
                Some(_) => Some(by.min(most) as f64 * (parts[at] + 1e-3)),
                None => (by != FAR).then_some(by as f64),
            };
            (cost(column.down), cost(column.up))
        };
        let unknown = |at: usize| parts[at] > 1e-6;
        let proof = Proof { block, target: column, toward, room: &room, unknown: &unknown, length: 1e-5, exact: false };
        rows.map_or_else(|| proof.solve(), |rows| proof.by(rows))
    };
    cuts(block, column, prove(1), prove(-1))
}

/// What is hidden more than all others of a sum of shown numbers together.
pub(super) fn alone_in_parts(block: &Block, parts: &[f64]) -> Vec<Cut> {
    let mut found = Vec::new();
    for row in block.rows.iter().filter(|row| (row.low, row.high) == (0, 0)) {
        if row.terms.iter().any(|(at, _)| block.columns[*at].cost.is_none()) {
            continue;
        }
        let Some((most, _)) = row.terms.iter().max_by(|(a, _), (b, _)| parts[*a].total_cmp(&parts[*b])) else {
            continue;
        };
        let others = row.terms.iter().filter(|(at, _)| at != most).map(|(at, _)| (*at, 1));
        found.push(Cut { terms: others.chain([(*most, -1)]).collect(), at_least: 0 });
    }
    found
}

/// Conditions that a choice fails to meet because of one column.
fn against(block: &Block, column: usize, hidden: &[bool]) -> Vec<Cut> {
    let prove = |toward: i64| {
        let room = |at: usize| {
            let column = &block.columns[at];
            let cost = |by: i64| match column.cost {
                // What is not hidden could be: proofs that lean on little of it say more.
                Some(_) if !hidden[at] => Some(by.min(20) as f64 * 1e-3),
                _ => (by != FAR).then_some(by as f64),
            };
            (cost(column.down), cost(column.up))
        };
        Proof { block, target: column, toward, room: &room, unknown: &|at| hidden[at], length: 1e-5, exact: false }
            .solve()
    };
    let found = cuts(block, column, prove(1), prove(-1));
    found.into_iter().filter(|cut| !cut.is_met(hidden)).collect()
}

/// What every choice must meet, by proofs of how far a column can be above and below its true value.
pub(super) fn cuts(block: &Block, column: usize, above: Option<Combination>, below: Option<Combination>) -> Vec<Cut> {
    match block.columns[column].need {
        Need::None => Vec::new(),
        Need::Values(needed) => {
            let both = above.zip(below);
            both.and_then(|(above, below)| cut(block, &[above, below], i64::from(needed) - 1)).into_iter().collect()
        }
        Need::Range { down, up } => {
            let above = above.and_then(|above| cut(block, &[above], up));
            let below = below.and_then(|below| cut(block, &[below], down));
            above.into_iter().chain(below).collect()
        }
    }
}

/// The rooms that proofs lean on must come to what is needed; what is not hidden has none.
fn cut(block: &Block, proofs: &[Combination], needed: i64) -> Option<Cut> {
    let common = proofs.iter().try_fold(1i128, |product, proof| product.checked_mul(i128::from(proof.divisor)))?;
    let mut at_least = common.checked_mul(i128::from(needed))?;
    let mut terms = vec![0i128; block.columns.len()];
    for proof in proofs {
        let times = common / i128::from(proof.divisor);
        at_least = at_least.checked_sub(proof.slack(block)?.checked_mul(times)?)?;
        for (at, by) in proof.rest(block) {
            let column = &block.columns[at];
            let room = if by > 0 { column.up } else { column.down };
            match (room == FAR, column.cost) {
                (true, None) => return None,
                (true, Some(_)) => terms[at] = i128::MAX,
                (false, cost) => {
                    let part = by.abs().checked_mul(i128::from(room))?.checked_mul(times)?;
                    match cost {
                        None => at_least = at_least.checked_sub(part)?,
                        Some(_) => terms[at] = terms[at].saturating_add(part),
                    }
                }
            }
        }
    }
    if at_least <= 0 {
        return None;
    }
    let at_least = i64::try_from(at_least).ok()?;
    let whole = terms.into_iter().map(|by| i64::try_from(by).unwrap_or(FAR).min(at_least)).enumerate();
    Some(Cut { terms: whole.filter(|(_, by)| *by != 0).collect(), at_least })
}

/// What is hidden alone in a sum of shown numbers is known: it needs another there.
pub(super) fn alone(block: &Block, hidden: &[bool]) -> Vec<Cut> {
    let mut found = Vec::new();
    for row in block.rows.iter().filter(|row| (row.low, row.high) == (0, 0)) {
        let mut unknown = row.terms.iter().filter(|(at, _)| hidden[*at]);
        let (Some((only, _)), None) = (unknown.next(), unknown.next()) else { continue };
        if block.columns[*only].cost.is_some() {
            let others = row.terms.iter().filter(|(at, _)| at != only).map(|(at, _)| (*at, 1));
            found.push(Cut { terms: others.chain([(*only, -1)]).collect(), at_least: 0 });
        }
    }
    found
}
