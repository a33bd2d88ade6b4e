//! A choice that is kept: the same numbers are hidden as before, and no others, while that is enough. Whether it is enough is decided by what is printed
//! alone, so that the report is the same whatever the hidden numbers are.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::model::{Breakdowns, Policy};

use super::choose::{Choice, Impossible};
use super::chosen::{beside_said, chosen, chosen_after, chosen_from};
use super::kept_cases::KeptWorld;
use super::means::{self, Told};
use super::naming::name_of;
use super::network::{Exposure, Need, Network, Relation, Terms};
use super::public::{Known, Public};
use super::quantities::Quantities;
use super::witness::{self, Fault};

/// Numbers of a kept proof are smaller, so that sums of them can be reckoned with.
const MOST: u64 = 1 << 40;

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

    /// Cells and statistics that are hidden, whatever the policy keeps.
    pub fn of_hidden(
        (cells, means): (&BTreeSet<usize>, impl Iterator<Item = Quantity>),
        quantities: &Quantities,
        policy: &Policy,
        breakdowns: &Breakdowns,
    ) -> Self {
        let decided: BTreeSet<&str> = policy.exceptions.iter().map(|one| one.cell.value.as_str()).collect();
        Self {
            cells: cells.clone(),
            left: policy.persons.map_or(0, |persons| persons.values_left),
            means: means.collect(),
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
        let needs = |network: &Network| with_needs(network, &self.cells, self.left);
        let again = |quantities: &Quantities, left: &[Vec<i64>]| self.proved(quantities, left).ok();
        let found = means::kept(quantities, found, &is_out, &needs, again);
        let mut found = found.ok_or(Unkept::Unprotected(first))?;
        (found.cost, found.bound) = (quantities.network.cost_of(&found.hidden), 0);
        Ok(found)
    }

    /// The same where the worlds of a kept proof, which are among these numbers, are enough.
    pub fn by_proof(
        &self,
        quantities: &mut Quantities,
        known: &mut Vec<Known>,
        (before, breakdowns): (&Public, &Breakdowns),
        said: &dyn Fn(&Quantities) -> Vec<Relation>,
    ) -> Option<Choice> {
        if self.is_empty() || quantities.cases.kept.is_empty() {
            return None;
        }
        self.leave_public(quantities, known, before).ok()?;
        let said = said(quantities);
        let numbers = named_numbers(quantities, breakdowns);
        let verified = |quantities: &Quantities| self.verified(quantities, &numbers).ok_or(());
        let mut found = beside_said(quantities, said, &verified).ok()?;
        (found.cost, found.bound) = (quantities.network.cost_of(&found.hidden), 0);
        Some(found)
    }

    /// The kept worlds that agree with what is printed, where they are proof enough. They come with cases: what is computed of these is compared. Where those
    /// are not enough, others are taken with them in which means and the like may be what is printed, as far as sums tell.
    pub fn verified(&self, quantities: &Quantities, numbers: &[Option<Terms>]) -> Option<Choice> {
        let Quantities { network, cases, .. } = quantities;
        let needs = with_needs(network, &self.cells, self.left);
        let hidden: BTreeSet<usize> = (0..needs.cells.len()).filter(|at| needs.cells[*at].is_sensitive()).collect();
        let counts: BTreeMap<&Quantity, usize> = quantities.computed_of.iter().map(|(name, at)| (name, *at)).collect();
        let is_out = |name: &Quantity| {
            self.means.contains(name)
                || self.decided.contains(name)
                || counts.get(name).is_some_and(|at| hidden.contains(at))
        };
        let is_unknown = |at: usize| hidden.contains(&at) || network.cells[at].exposure == Exposure::Unpublished;
        let world = |(kept, numbers): (&KeptWorld, &Option<Terms>)| {
            let world = cases.world(network, kept, numbers.as_ref()?);
            let changes = network.changes_in(&world);
            let may_be = !changes.is_empty() && changes.iter().all(|(at, _)| is_unknown(*at));
            may_be.then(|| (world, cases.values.agrees(&kept.moved, &is_out)))
        };
        let mut worlds: Vec<(Vec<i64>, bool)> = cases.kept.iter().zip(numbers).filter_map(world).collect();
        let enough = |worlds: &[(Vec<i64>, bool)]| {
            let mut worlds: Vec<Vec<i64>> = worlds.iter().map(|(world, _)| world.clone()).collect();
            loop {
                match witness::verify(&needs, &hidden, &worlds) {
                    Ok(()) => return Some(worlds),
                    Err(Fault::Beyond { world, .. } | Fault::Contradicts { world, .. }) => {
                        worlds.remove(world);
                    }
                    Err(_) => return None,
                }
            }
        };
        let exact: Vec<(Vec<i64>, bool)> = worlds.iter().filter(|(_, agrees)| *agrees).cloned().collect();
        let worlds = enough(&exact).or_else(|| {
            let told = Told::new(quantities, &is_out);
            worlds.retain(|(world, agrees)| *agrees || told.holds(&network.changes_in(world)));
            enough(&worlds)
        })?;
        Some(Choice { hidden, worlds, ..Choice::default() })
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

/// The typed numbers of each kept world by their cells; none of a world with a number that is not there.
pub(super) fn named_numbers(quantities: &Quantities, breakdowns: &Breakdowns) -> Vec<Option<Terms>> {
    let kept = &quantities.cases.kept;
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    if kept.iter().any(|kept| !kept.numbers.is_empty()) {
        for at in 0..quantities.network.cells.len() {
            let names = quantities.names[at].iter().chain(quantities.called.get(&at));
            places.extend(names.map(|name| (name_of(name, breakdowns).to_string(), at)));
        }
    }
    let terms = |kept: &KeptWorld| {
        let number =
            |(name, value): (&String, &i64)| Some((*places.get(name)?, *value)).filter(|_| value.unsigned_abs() < MOST);
        kept.numbers.iter().map(number).collect::<Option<Terms>>()
    };
    kept.iter().map(terms).collect()
}
