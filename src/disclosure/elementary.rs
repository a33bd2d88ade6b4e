//! Cases that no told number tells apart are one elementary cell: what is known of these besides the network.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compute::mask::Quantity;

use super::kept_cases::KeptWorld;
use super::network::{Network, Terms, factor_of, joined};
use super::rows::{Changes, Persons, moved};
use super::values::{Rows, Values};

/// What moves: from one elementary cell to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    pub from: usize,
    pub to: usize,
}

/// What is known of the told numbers of case rows besides the network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cases {
    /// For each elementary cell the told numbers that it is a part of, in order.
    pub told: Arc<BTreeMap<usize, Vec<usize>>>,
    pub shifts: Vec<Shift>,
    /// For each case of each dataset its elementary cell, those that are thought up behind those that there are.
    pub elementary: BTreeMap<usize, Vec<usize>>,
    /// For each elementary cell the cases that are in it.
    pub rows: BTreeMap<usize, Rows>,
    /// What is printed of their values.
    pub values: Values,
    /// The worlds of a kept proof.
    pub kept: Vec<KeptWorld>,
    /// Numbers made of others: of what, and how often each; none before what it is made of.
    pub derived: Vec<(usize, Vec<(usize, i64)>)>,
}

impl Cases {
    /// The rows that a world changes, or what would be printed otherwise. None where no rows tell it.
    pub fn changed(&self, network: &Network, world: &[i64]) -> Option<Result<Changes<'_>, BTreeSet<Quantity>>> {
        Some(self.persons(network, world)?.map(|persons| self.values.written(&persons)))
    }

    /// The cases of a world, or what would be printed otherwise.
    pub(super) fn persons(&self, network: &Network, world: &[i64]) -> Option<Result<Persons, BTreeSet<Quantity>>> {
        let of_cases = self.changes_in(network, world);
        // Those of a kept proof come with their cases.
        if let Some(kept) = self.kept_as(&of_cases).filter(|kept| self.values.agrees(&kept.moved, &|_| false)) {
            return Some(Ok(self.values.persons_of(&kept.moved)));
        }
        self.values.persons(&self.rows, (&self.elementary, &self.told), |at| factor_of(&of_cases, at))
    }

    /// The cases of a world, and whether all that is printed of their values stays. Where no such cases were found, some of its kinds.
    pub(super) fn persons_or_like(&self, network: &Network, world: &[i64]) -> Option<(Persons, bool)> {
        let of_cases = self.changes_in(network, world);
        if let Some(kept) = self.kept_as(&of_cases) {
            let agrees = self.values.agrees(&kept.moved, &|_| false);
            return Some((self.values.persons_of(&kept.moved), agrees));
        }
        let by = |at: usize| factor_of(&of_cases, at);
        match self.values.persons(&self.rows, (&self.elementary, &self.told), by)? {
            Ok(persons) => Some((persons, true)),
            Err(_) => Some((self.values.persons_of(&moved(&self.rows, by)?), false)),
        }
    }

    fn changes_in(&self, network: &Network, world: &[i64]) -> Terms {
        network.changes_in(world).into_iter().filter(|(at, _)| self.rows.contains_key(at)).collect()
    }

    fn kept_as(&self, of_cases: &Terms) -> Option<&KeptWorld> {
        self.kept.iter().find(|kept| self.moved(kept) == *of_cases)
    }

    /// What a world of a kept proof changes in the elementary cells.
    fn moved(&self, kept: &KeptWorld) -> Terms {
        let all = kept.moved.iter().filter_map(|(place, moved)| Some((self.elementary.get(place)?, moved)));
        joined(all.flat_map(|(of, moved)| moved.iter().flat_map(|(from, to)| [(of[*from], -1), (of[*to], 1)])))
    }

    /// All numbers in a world of a kept proof.
    pub(super) fn world(&self, network: &Network, kept: &KeptWorld, numbers: &Terms) -> Vec<i64> {
        let truth = network.values();
        let mut world = truth.clone();
        for (at, by) in self.moved(kept) {
            world[at] += by;
            self.told.get(&at).into_iter().flatten().for_each(|told| world[*told] += by);
        }
        numbers.iter().for_each(|(at, value)| world[*at] = *value);
        for (at, terms) in &self.derived {
            world[*at] += terms.iter().map(|(part, factor)| factor * (world[*part] - truth[*part])).sum::<i64>();
        }
        world
    }

    /// Puts numbers made of others behind these.
    pub fn put_in_order(&mut self) {
        let mut waiting = std::mem::take(&mut self.derived);
        while !waiting.is_empty() {
            let open: BTreeSet<usize> = waiting.iter().map(|(at, _)| *at).collect();
            let (later, ready): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(_, parts)| parts.iter().any(|(part, _)| open.contains(part)));
            if ready.is_empty() {
                // Figures that lead back to themselves have been refused.
                self.derived.extend(later);
                return;
            }
            self.derived.extend(ready);
            waiting = later;
        }
    }
}
