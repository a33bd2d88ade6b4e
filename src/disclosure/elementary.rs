//! Cases that no told number tells apart are one elementary cell: what is known of these besides the network.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;

use super::values::{Changes, Rows, Values};

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
    pub told: BTreeMap<usize, Vec<usize>>,
    pub shifts: Vec<Shift>,
    /// For each case of each dataset its elementary cell, those that are thought up behind those that there are.
    pub elementary: BTreeMap<usize, Vec<usize>>,
    /// For each elementary cell the cases that are in it.
    pub rows: BTreeMap<usize, Rows>,
    /// What is printed of their values.
    pub values: Values,
    /// Numbers made of others: of what, and how often each; none before what it is made of.
    pub derived: Vec<(usize, Vec<(usize, i64)>)>,
}

impl Cases {
    /// The rows that a world changes, or what would be printed otherwise; `by` says by how much it changes a cell. None where no rows tell it.
    pub fn changed(&self, by: impl Fn(usize) -> i64) -> Option<Result<Changes<'_>, BTreeSet<Quantity>>> {
        self.values.changed(&self.rows, by)
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
