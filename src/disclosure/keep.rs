//! A choice that is kept: the same numbers are hidden as before, and no others, while that is enough. Whether it is enough is decided by what is printed
//! alone, so that the report is the same whatever the hidden numbers are.

use std::collections::BTreeSet;

use crate::compute::mask::Quantity;
use crate::model::{Breakdowns, Policy};

use super::choose::{Choice, Impossible};
use super::chosen::{beside_said, chosen, chosen_after, chosen_from};
use super::means;
use super::naming::name_of;
use super::network::{Exposure, Need, Network, Relation};
use super::public::{Known, Public};
use super::quantities::Quantities;

/// Why a choice cannot be kept: this number would be printed though it is too small, or be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unkept {
    Small(usize),
    Unprotected(usize),
}

/// The network in which these numbers are hidden. Any of them may be too small: a reader cannot tell which.
pub(super) fn with_needs(network: &Network, kept: &BTreeSet<usize>, left: u32) -> Network {
    let mut out = network.clone();
    for at in kept.iter().filter(|at| network.cells[**at].is_open()) {
        let need = &mut out.cells[*at].need;
        if *need == Need::None {
            *need = Need::Values(left);
        }
    }
    out
}

/// The same, with all others that are told known.
pub(super) fn only(network: &Network, kept: &BTreeSet<usize>) -> Network {
    let mut out = network.clone();
    for at in network.open().filter(|at| !kept.contains(at)) {
        out.cells[at].exposure = Exposure::Fixed;
    }
    out
}

/// The cells that are kept hidden, and how many values each of them must keep.
#[derive(Debug, Default)]
pub(super) struct Kept {
    cells: BTreeSet<usize>,
    left: u32,
    /// Statistics that are kept hidden.
    pub means: BTreeSet<Quantity>,
    /// Those that somebody has decided on.
    decided: BTreeSet<Quantity>,
}

impl Kept {
    /// What a policy keeps hidden of these numbers.
    pub fn new(quantities: &Quantities, policy: &Policy, breakdowns: &Breakdowns) -> Self {
        let named: BTreeSet<&str> = policy.keep_hidden.iter().map(|name| name.value.as_str()).collect();
        let Some(persons) = policy.persons.filter(|_| !named.is_empty()) else { return Self::default() };
        let is_named = |name: &Quantity| named.contains(name_of(name, breakdowns).to_string().as_str());
        let is_kept = |at: &usize| quantities.names[*at].iter().any(is_named);
        let decided: BTreeSet<&str> = policy.exceptions.iter().map(|one| one.cell.value.as_str()).collect();
        Self {
            cells: quantities.network.open().filter(is_kept).collect(),
            left: persons.values_left,
            means: quantities.computed_named(&named, breakdowns),
            decided: quantities.computed_named(&decided, breakdowns),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The choice that is kept, with worlds that prove it: beside what texts say where that leaves some, else without them; beside printed means and the
    /// like in any case.
    pub fn chosen(
        &self,
        quantities: &mut Quantities,
        known: &mut Vec<Known>,
        before: &Public,
        said: &dyn Fn(&Quantities) -> Vec<Relation>,
    ) -> Result<Choice, Unkept> {
        self.leave_public(quantities, known, before)?;
        let said = said(quantities);
        let proved = |quantities: &Quantities| self.proved(quantities, &[]);
        let found = beside_said(quantities, said, &proved)?;
        let is_out = |name: &Quantity| self.means.contains(name) || self.decided.contains(name);
        let first = self.cells.first().copied().unwrap_or_default();
        let found = means::kept(quantities, found, &is_out, |quantities, left| self.proved(quantities, left).ok());
        let mut found = found.ok_or(Unkept::Unprotected(first))?;
        (found.cost, found.bound) = (quantities.network.cost_of(&found.hidden), 0);
        Ok(found)
    }

    /// Small numbers that follow from what is public alone stay printed, as they do without a kept choice.
    fn leave_public(&self, quantities: &mut Quantities, known: &mut Vec<Known>, before: &Public) -> Result<(), Unkept> {
        if self.small(quantities).is_some() && !before.editions.is_empty() {
            // Asked for what it gives up: what it would hide is not needed.
            drop(chosen_after(quantities, known, before, &|quantities, network| chosen(network, &quantities.cases)));
        }
        self.small(quantities).map_or(Ok(()), |at| Err(Unkept::Small(at)))
    }

    /// A number that is too small and not kept hidden.
    fn small(&self, quantities: &Quantities) -> Option<usize> {
        let network = &quantities.network;
        network.open().find(|at| network.cells[*at].is_sensitive() && !self.cells.contains(at))
    }

    /// Worlds that prove it, some of which are known: with all others known, or as it was chosen first.
    fn proved(&self, quantities: &Quantities, left: &[Vec<i64>]) -> Result<Choice, Unkept> {
        let Quantities { network, cases, .. } = quantities;
        let again = |network: &Network| match left {
            [] => chosen(network, cases),
            _ => chosen_from(network, cases, left),
        };
        let needs = with_needs(network, &self.cells, self.left);
        let is_it =
            |found: &Choice| found.hidden.iter().all(|at| !network.cells[*at].is_open() || self.cells.contains(at));
        // With worlds at hand this is the shorter way.
        if !left.is_empty()
            && let Some(found) = again(&needs).ok().filter(is_it)
        {
            return Ok(found);
        }
        let unprotected = match again(&only(&needs, &self.cells)) {
            Ok(found) if is_it(&found) => return Ok(found),
            Err(Impossible::Unprotected { cell }) => Some(cell),
            _ => None,
        };
        let cell = unprotected.or(self.cells.first().copied()).unwrap_or_default();
        again(&needs).ok().filter(is_it).ok_or(Unkept::Unprotected(cell))
    }
}
