//! The proof: other whole sets of numbers that a reader cannot tell from the true one. It is checked in exact arithmetic, and nothing here is
//! shared with what made it.

use std::collections::BTreeSet;

use super::network::{Exposure, Kind, Need, Network};

/// Why something is not proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The true numbers do not meet what is said of them.
    Untrue { relation: usize },
    /// The true number of a cell is outside its own bounds.
    OutOfBounds { cell: usize },
    /// A relation names a cell that does not exist, or its numbers are too large to be added.
    Malformed { relation: usize },
    /// A hidden cell that does not exist or must stay printed.
    NotToBeHidden { cell: usize },
    /// A cell with a need is printed.
    Printed { cell: usize },
    /// A world has more or fewer numbers than there are cells.
    WrongLength { world: usize },
    /// A world in which a printed number is another.
    ShownDiffers { world: usize, cell: usize },
    /// A world with a number that a reader knows to be impossible.
    Beyond { world: usize, cell: usize },
    /// A world that contradicts what is said.
    Contradicts { world: usize, relation: usize },
    /// A hidden cell has fewer values than it needs.
    TooFew { cell: usize, values: usize, needed: usize },
    /// No world takes an amount far enough from its true value.
    TooNear { cell: usize },
}

/// Whether every world agrees with what is shown, and every hidden cell has as many values among them and the true one as it needs.
pub fn verify(network: &Network, hidden: &BTreeSet<usize>, worlds: &[Vec<i64>]) -> Result<(), Fault> {
    let truth = network.values();
    if let Some(relation) = contradicted(network, 0..network.relations.len(), &truth)? {
        return Err(Fault::Untrue { relation });
    }
    if let Some(cell) = beyond(network, &truth) {
        return Err(Fault::OutOfBounds { cell });
    }
    let may_be_hidden = |cell: &usize| {
        network
            .cells
            .get(*cell)
            .is_some_and(|known| matches!(known.exposure, Exposure::Open { .. } | Exposure::Unpublished))
    };
    if let Some(cell) = hidden.iter().copied().find(|cell| !may_be_hidden(cell)) {
        return Err(Fault::NotToBeHidden { cell });
    }
    let unknown = |cell: usize| network.cells[cell].exposure == Exposure::Unpublished || hidden.contains(&cell);
    if let Some(cell) = (0..truth.len()).find(|&cell| network.cells[cell].need != Need::None && !unknown(cell)) {
        return Err(Fault::Printed { cell });
    }
    let differing = |values: &Vec<i64>| (0..truth.len()).filter(|cell| values[*cell] != truth[*cell]).collect();
    if let Some(world) = worlds.iter().position(|values| values.len() != truth.len()) {
        return Err(Fault::WrongLength { world });
    }
    let changed: Vec<Vec<usize>> = worlds.iter().map(differing).collect();
    // What is said of numbers that are the true ones holds, since it holds of the truth.
    let mut is_changed = vec![false; truth.len()];
    changed.iter().flatten().for_each(|cell| is_changed[*cell] = true);
    let mut said_of: Vec<Vec<usize>> = vec![Vec::new(); truth.len()];
    for (at, relation) in network.relations.iter().enumerate() {
        let cells = relation.terms.iter().map(|(cell, _)| *cell).filter(|cell| is_changed[*cell]);
        cells.for_each(|cell| said_of[cell].push(at));
    }
    for (world, (values, changed)) in worlds.iter().zip(&changed).enumerate() {
        if let Some(cell) = changed.iter().copied().find(|cell| !unknown(*cell)) {
            return Err(Fault::ShownDiffers { world, cell });
        }
        if let Some(cell) = beyond(network, values) {
            return Err(Fault::Beyond { world, cell });
        }
        let said: BTreeSet<usize> = changed.iter().flat_map(|cell| said_of[*cell].iter().copied()).collect();
        if let Some(relation) = contradicted(network, said, values)? {
            return Err(Fault::Contradicts { world, relation });
        }
    }
    for (cell, known) in network.cells.iter().enumerate() {
        if known.need == Need::None && !hidden.contains(&cell) {
            continue;
        }
        let possible: BTreeSet<i64> = worlds.iter().chain([&truth]).map(|values| values[cell]).collect();
        let needed = match known.need {
            Need::Values(needed) => usize::try_from(needed).unwrap_or(usize::MAX),
            Need::Range { down, up } => {
                let far = |value: &i64| i128::from(*value) - i128::from(known.value);
                let below = down <= 0 || possible.iter().any(|value| far(value) <= -i128::from(down));
                let above = up <= 0 || possible.iter().any(|value| far(value) >= i128::from(up));
                if !below || !above {
                    return Err(Fault::TooNear { cell });
                }
                2
            }
            Need::None if hidden.contains(&cell) && known.exposure != Exposure::Unpublished => 2,
            Need::None => 1,
        };
        if possible.len() < needed {
            return Err(Fault::TooFew { cell, values: possible.len(), needed });
        }
    }
    Ok(())
}

fn beyond(network: &Network, values: &[i64]) -> Option<usize> {
    network
        .cells
        .iter()
        .zip(values)
        .position(|(cell, value)| *value < cell.lower || cell.upper.is_some_and(|upper| *value > upper))
}

/// The first of some relations that does not hold.
fn contradicted(
    network: &Network,
    relations: impl IntoIterator<Item = usize>,
    values: &[i64],
) -> Result<Option<usize>, Fault> {
    for at in relations {
        let relation = &network.relations[at];
        let malformed = Fault::Malformed { relation: at };
        let mut sum = 0i128;
        for (cell, coefficient) in relation.terms.iter() {
            let value = values.get(*cell).ok_or_else(|| malformed.clone())?;
            let product = i128::from(*coefficient) * i128::from(*value);
            sum = sum.checked_add(product).ok_or_else(|| malformed.clone())?;
        }
        let constant = i128::from(relation.constant);
        let holds = match relation.kind {
            Kind::Equal => sum == constant,
            Kind::AtMost => sum <= constant,
            Kind::AtLeast => sum >= constant,
        };
        if !holds {
            return Ok(Some(at));
        }
    }
    Ok(None)
}
