//! What is hidden of a network: what belongs to case rows by shifting cases, all else by linear programmes.

use super::choose::{Choice, Impossible, Limits, choose};
use super::elementary::Cases;
use super::known;
use super::network::{Network, Relation};
use super::public::{self, Known, Public};
use super::quantities::Quantities;
use super::shifts::{self, Wanted};

/// The most cells of a network of case rows that linear programmes are tried on where shifts find nothing.
const TRIED: usize = 2000;
/// How many statements about case rows are tried apart where all together leave no choice.
const SAID: usize = 8;

/// What is hidden: of numbers that are counted from case rows by shifting cases, of all others by linear programmes.
pub(super) fn chosen(network: &Network, cases: &Cases) -> Result<Choice, Impossible> {
    known::or(network, cases, || chosen_from(network, cases, &[]))
}

/// The same, beginning with these worlds of case rows, which are known to agree with all that is told.
pub(super) fn chosen_from(network: &Network, cases: &Cases, worlds: &[Vec<i64>]) -> Result<Choice, Impossible> {
    let of_cases = connected(network, cases.told.keys().copied());
    let typed = chosen_among(network, |at| !of_cases[at])?;
    let counted = match shifts::choose((network, cases), &sensitive(network, &of_cases), worlds, Wanted::ALL) {
        Ok(found) => found,
        // Typed numbers that are added up with counted ones do not shift.
        Err(_) if of_cases.iter().filter(|of| **of).count() <= TRIED => chosen_among(network, |at| of_cases[at])?,
        Err(cell) => return Err(Impossible::Unprotected { cell }),
    };
    Ok(typed.and(counted))
}

/// What must be hidden of some cells.
fn sensitive(network: &Network, some: &[bool]) -> Vec<usize> {
    (0..network.cells.len()).filter(|at| some[*at] && network.cells[*at].is_sensitive()).collect()
}

/// More worlds of case rows that are wanted, with those that are known. None where for some number too few were found.
pub(super) fn more_of_cases(
    network: &Network,
    cases: &Cases,
    known: &[Vec<i64>],
    wanted: Wanted<'_>,
) -> Option<Vec<Vec<i64>>> {
    let of_cases = connected(network, cases.told.keys().copied());
    let found = shifts::choose((network, cases), &sensitive(network, &of_cases), known, wanted).ok()?;
    let is_typed = |world: &&Vec<i64>| !network.changes_in(world).iter().any(|(at, _)| cases.told.contains_key(at));
    let typed = known.iter().filter(is_typed).cloned();
    Some(typed.chain(found.worlds).collect())
}

/// What is hidden by linear programmes among cells that have nothing to do with the others.
pub(super) fn chosen_among(network: &Network, belongs: impl Fn(usize) -> bool) -> Result<Choice, Impossible> {
    let own: Vec<usize> = (0..network.cells.len()).filter(|at| belongs(*at)).collect();
    let mut place = vec![usize::MAX; network.cells.len()];
    own.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let relations = network.relations.iter().filter(|relation| relation.terms.iter().all(|(at, _)| belongs(*at)));
    let part = Network {
        cells: own.iter().map(|at| network.cells[*at].clone()).collect(),
        relations: relations
            .map(|relation| Relation {
                terms: relation.terms.iter().map(|(at, factor)| (place[*at], *factor)).collect(),
                ..relation.clone()
            })
            .collect(),
    };
    let found = choose(&part, &Limits::default()).map_err(|impossible| match impossible {
        Impossible::Unprotected { cell } => Impossible::Unprotected { cell: own[cell] },
        other => other,
    })?;
    let truth = network.values();
    let whole = |world: Vec<i64>| {
        let mut whole = truth.clone();
        world.into_iter().zip(&own).for_each(|(value, at)| whole[*at] = value);
        whole
    };
    Ok(Choice {
        hidden: found.hidden.iter().map(|at| own[*at]).collect(),
        cost: found.cost,
        bound: found.bound,
        protects: found.protects.iter().map(|(at, of)| (own[*at], own[*of])).collect(),
        worlds: found.worlds.into_iter().map(whole).collect(),
    })
}

/// What is hidden beside what is said of the numbers, as far as that leaves a choice: of typed ones all or nothing of it, of those that are counted from case
/// rows each statement that leaves one. What is gone by stays in the network.
pub(super) fn beside_said<E>(
    quantities: &mut Quantities,
    said: Vec<Relation>,
    made: &dyn Fn(&Quantities) -> Result<Choice, E>,
) -> Result<Choice, E> {
    let of_cases = connected(&quantities.network, quantities.cases.told.keys().copied());
    let (mut counted, typed): (Vec<Relation>, Vec<Relation>) =
        said.into_iter().partition(|relation| relation.terms.iter().any(|(at, _)| of_cases[*at]));
    let before = quantities.size();
    let is_said = !typed.is_empty();
    quantities.network.relations.extend(typed);
    let mut found = made(quantities).or_else(|failed| {
        quantities.cut(before);
        if is_said { made(quantities) } else { Err(failed) }
    })?;
    let values = quantities.network.values();
    counted.retain(|relation| relation.holds(&values));
    let left: Vec<&Vec<i64>> =
        found.worlds.iter().filter(|world| counted.iter().all(|relation| relation.holds(world))).collect();
    if quantities.network.are_safe(&found.hidden, &left) {
        return Ok(found);
    }
    counted.retain(|relation| found.worlds.iter().any(|world| !relation.holds(world)));
    let before = quantities.size();
    counted.iter().for_each(|relation| quantities.tie(relation));
    if let Ok(all) = made(quantities) {
        return Ok(all);
    }
    quantities.cut(before);
    for relation in counted.iter().take(SAID).filter(|_| counted.len() > 1) {
        let before = quantities.size();
        quantities.tie(relation);
        match made(quantities) {
            Ok(other) => found = other,
            Err(_) => quantities.cut(before),
        }
    }
    Ok(found)
}

/// Which cells hang together with some.
pub(super) fn connected(network: &Network, some: impl Iterator<Item = usize>) -> Vec<bool> {
    // Each cell leads to another of those that it hangs together with, or is the one that all of them lead to.
    let mut leads: Vec<usize> = (0..network.cells.len()).collect();
    fn end(leads: &mut [usize], mut at: usize) -> usize {
        while leads[at] != at {
            leads[at] = leads[leads[at]];
            at = leads[at];
        }
        at
    }
    for relation in &network.relations {
        let Some((first, others)) = relation.terms.split_first() else { continue };
        let mut to = end(&mut leads, first.0);
        for (cell, _) in others {
            let from = end(&mut leads, *cell);
            leads[from.max(to)] = from.min(to);
            to = from.min(to);
        }
    }
    let mut found = vec![false; network.cells.len()];
    some.for_each(|at| found[end(&mut leads, at)] = true);
    (0..network.cells.len()).map(|at| found[end(&mut leads, at)]).collect()
}

/// What is hidden, where `made` is how it is chosen. A number that follows from what was published before alone keeps what is left to it, and is public where nothing is.
pub(super) fn chosen_after(
    quantities: &mut Quantities,
    known: &mut Vec<Known>,
    before: &Public,
    made: &dyn Fn(&Quantities, &Network) -> Result<Choice, Impossible>,
) -> Result<Choice, Impossible> {
    loop {
        let cell = match made(quantities, &quantities.network) {
            Err(Impossible::Unprotected { cell }) if !before.editions.is_empty() => cell,
            decided => return decided,
        };
        let then = public::before(&quantities.network, known, cell);
        if matches!(made(quantities, &then), Err(Impossible::Unprotected { .. })) {
            public::give_up(&mut quantities.network.cells[cell], cell, known, before);
            continue;
        }
        // Percentages of then leave few whole numbers, which a search for little does not meet: better much is hidden than nothing published.
        let mut found = made(quantities, &quantities.network.at_no_cost())?;
        (found.cost, found.bound) = (quantities.network.cost_of(&found.hidden), 0);
        return Ok(found);
    }
}
