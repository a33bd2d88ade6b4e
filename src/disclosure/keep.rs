//! A choice that is kept: the same numbers are hidden as before, and no others, while that is enough. Whether it is enough is decided by what is printed
//! alone, so that the report is the same whatever the hidden numbers are.

use std::collections::BTreeSet;

use crate::model::{Breakdowns, Policy};

use crate::compute::mask::Quantity;

use super::choose::{Choice, Impossible};
use super::chosen::{chosen, chosen_after, connected};
use super::naming::name_of;
use super::network::{Exposure, Need, Network, Relation};
use super::public::{Known, Public};
use super::quantities::Quantities;
use super::shifts::Cases;

/// Why a choice cannot be kept: this number would be printed though it is too small, or be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unkept {
    Small(usize),
    Unprotected(usize),
}

pub(super) fn is_open(network: &Network, at: usize) -> bool {
    matches!(network.cells[at].exposure, Exposure::Open { .. })
}

/// The network in which these numbers are hidden. Any of them may be too small: a reader cannot tell which.
pub(super) fn with_needs(network: &Network, kept: &BTreeSet<usize>, left: u32) -> Network {
    let mut out = network.clone();
    for at in kept.iter().filter(|at| is_open(network, **at)) {
        let need = &mut out.cells[*at].need;
        if *need == Need::None {
            *need = Need::Values(left);
        }
    }
    out
}

/// The same, with all others that are told known.
fn only(network: &Network, kept: &BTreeSet<usize>) -> Network {
    let mut out = network.clone();
    for (at, cell) in out.cells.iter_mut().enumerate() {
        if is_open(network, at) && !kept.contains(&at) {
            cell.exposure = Exposure::Fixed;
        }
    }
    out
}

/// The cells that are kept hidden, and how many values each of them must keep.
#[derive(Debug, Default)]
pub(super) struct Kept {
    cells: BTreeSet<usize>,
    left: u32,
}

impl Kept {
    /// What a policy keeps hidden of these numbers.
    pub fn new(quantities: &Quantities, policy: &Policy, breakdowns: &Breakdowns) -> Self {
        let named: BTreeSet<&str> = policy.keep_hidden.iter().map(|name| name.value.as_str()).collect();
        let Some(persons) = policy.persons.filter(|_| !named.is_empty()) else { return Self::default() };
        let is_named = |name: &&Quantity| named.contains(name_of(name, breakdowns).to_string().as_str());
        let is_kept =
            |at: &usize| is_open(&quantities.network, *at) && quantities.names[*at].iter().any(|name| is_named(&name));
        Self { cells: (0..quantities.network.cells.len()).filter(is_kept).collect(), left: persons.values_left }
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The choice that is kept, with worlds that prove it: beside what texts say where that leaves some, else without them.
    pub fn chosen(
        &self,
        quantities: &mut Quantities,
        known: &mut Vec<Known>,
        before: &Public,
        said: &dyn Fn(&Quantities) -> Vec<Relation>,
    ) -> Result<Choice, Unkept> {
        self.leave_public(quantities, known, before)?;
        let of_cases = connected(&quantities.network, quantities.cases.told.keys().copied());
        let mut said = said(quantities);
        said.retain(|relation| relation.terms.iter().all(|(at, _)| !of_cases[*at]));
        let mut beside = quantities.network.clone();
        beside.relations.extend_from_slice(&said);
        let mut found = match self.proved(&beside, &quantities.cases) {
            Ok(found) if !said.is_empty() => {
                quantities.network.relations.extend(said);
                found
            }
            Ok(found) => found,
            Err(unkept) if said.is_empty() => return Err(unkept),
            Err(_) => self.proved(&quantities.network, &quantities.cases)?,
        };
        let cost = |at: &usize| match quantities.network.cells[*at].exposure {
            Exposure::Open { cost } if !quantities.network.cells[*at].is_sensitive() => cost,
            _ => 0,
        };
        (found.cost, found.bound) = (found.hidden.iter().map(cost).sum(), 0);
        Ok(found)
    }

    /// Small numbers that follow from what is public alone stay printed, as they do without a kept choice.
    fn leave_public(&self, quantities: &mut Quantities, known: &mut Vec<Known>, before: &Public) -> Result<(), Unkept> {
        if self.small(quantities).is_some() && !before.editions.is_empty() {
            // What is given up stays so; what is chosen besides is not used.
            let _ = chosen_after(quantities, known, before);
        }
        self.small(quantities).map_or(Ok(()), |at| Err(Unkept::Small(at)))
    }

    /// A number that is too small and not kept hidden.
    fn small(&self, quantities: &Quantities) -> Option<usize> {
        let network = &quantities.network;
        let mut all = (0..network.cells.len()).filter(|at| is_open(network, *at) && !self.cells.contains(at));
        all.find(|at| network.cells[*at].need != Need::None)
    }

    /// Worlds that prove it: with all others known, or as it was chosen first.
    fn proved(&self, network: &Network, cases: &Cases) -> Result<Choice, Unkept> {
        let needs = with_needs(network, &self.cells, self.left);
        let is_it =
            |found: &Choice| found.hidden.iter().filter(|at| is_open(network, **at)).all(|at| self.cells.contains(at));
        let first = chosen(&only(&needs, &self.cells), cases);
        if let Ok(found) = &first
            && is_it(found)
        {
            return Ok(found.clone());
        }
        let second = chosen(&needs, cases);
        let cell = match (first, &second) {
            (_, Ok(found)) if is_it(found) => return second.map_err(|_| Unkept::Unprotected(0)),
            (Err(Impossible::Unprotected { cell } | Impossible::OutOfBounds { cell }), _) => Some(cell),
            _ => None,
        };
        Err(Unkept::Unprotected(cell.or(self.cells.first().copied()).unwrap_or_default()))
    }
}
