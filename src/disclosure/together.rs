//! Whether lines that are put together give away what is hidden of them apart: by a sentence on one of them, a table that has one alone, or a mean.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;

use super::chosen::{chosen, connected};
use super::decision::Decision;
use super::means;
use super::network::{Exposure, Kind, Network, Relation};
use super::quantities::Quantities;
use super::witness;

/// Whether every small number of a report stays protected from a reader who has what it shows with lines put together (`after`), and what its text says of
/// them apart. `parts` gives the numbers that one of then is the sum of.
pub(super) fn holds(
    before: &Decision,
    after: &Decision,
    parts: &dyn Fn(&Quantity) -> Vec<Quantity>,
    said: Vec<Relation>,
) -> bool {
    let mut quantities = before.quantities.clone();
    let names = quantities.names.iter().enumerate();
    let index: BTreeMap<Quantity, usize> =
        names.flat_map(|(at, names)| names.iter().map(move |name| (name.clone(), at))).collect();
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    let mut sums: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    for (at, names) in after.quantities.names.iter().enumerate().filter(|(at, _)| !after.choice.hidden.contains(at)) {
        let value = after.quantities.network.cells[at].value;
        for name in names {
            let cells: Option<Vec<usize>> = parts(name).iter().map(|part| index.get(part).copied()).collect();
            match cells.as_deref() {
                Some([only]) if quantities.network.cells[*only].value == value => {
                    shown.insert(*only);
                }
                Some([_, _, ..]) => sums.extend(cells.map(|cells| (cells, value))),
                _ => {}
            }
        }
    }
    for (at, cell) in quantities.network.cells.iter_mut().enumerate() {
        if let Exposure::Open { cost } = &mut cell.exposure {
            // What stands there no longer is hidden at no cost.
            *cost = 0;
            if shown.contains(&at) {
                cell.exposure = Exposure::Fixed;
            }
        }
    }
    let of_cases = connected(&quantities.network, quantities.cases.told.keys().copied());
    for (cells, whole) in sums {
        let is_of_cases = cells.iter().any(|at| of_cases[*at]);
        // A case that is in several of them is counted once.
        let elementary = quantities.cases.told.iter().filter(|(_, told)| told.iter().any(|at| cells.contains(at)));
        let terms: Vec<(usize, i64)> = match is_of_cases {
            true => elementary.map(|(at, _)| (*at, 1)).collect(),
            false => cells.iter().map(|at| (*at, 1)).collect(),
        };
        if terms.iter().map(|(at, _)| quantities.network.cells[*at].value).sum::<i64>() != whole {
            return false;
        }
        if is_of_cases {
            quantities.make(terms, Exposure::Fixed, (whole, Some(whole)));
        } else {
            quantities.network.relations.push(Relation::new(terms, Kind::Equal, whole));
        }
    }
    for relation in said {
        if relation.terms.iter().any(|(at, _)| of_cases[*at]) {
            quantities.tie(&relation);
        } else {
            quantities.network.relations.push(relation);
        }
    }
    let again = |quantities: &Quantities| chosen(&quantities.network, &quantities.cases).ok();
    let Some(found) = again(&quantities) else { return false };
    let printed: BTreeSet<&Quantity> = after.quantities.computed_of.iter().map(|(name, _)| name).collect();
    let is_out =
        |name: &Quantity| !printed.contains(name) || after.means.contains_key(name) || after.computed.contains(name);
    means::kept(&mut quantities, found, &is_out, &Network::clone, |quantities, _| again(quantities))
        .is_some_and(|found| witness::verify(&quantities.network, &found.hidden, &found.worlds).is_ok())
}
