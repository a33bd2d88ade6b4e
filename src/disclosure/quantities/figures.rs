//! The numbers of figures, and what holds among them.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::mask::Quantity;
use crate::compute::origin::How;
use crate::compute::statistics::Computed;
use crate::model::{Counting, Counts, Dataset, Figure, Given, Project, Statistic};
use crate::source::Spanned;
use crate::value::Group;

use super::super::network::{Exposure, Kind, Need, Relation};
use super::{Builder, Told, cell_name, cost};

impl Builder<'_> {
    pub(super) fn figure(&mut self, figure: &Figure, computed: &Computed) {
        let id = &figure.id.value;
        let name = |group: Option<Group>| Quantity::Figure { id: id.clone(), group };
        let values =
            || computed.parts.iter().map(|(group, value)| (Some(*group), value)).chain([(None, &computed.total)]);
        match &computed.how {
            How::ByGroup => {
                let breakdowns: Vec<u8> = computed.breakdowns().collect();
                for breakdown in breakdowns {
                    let parts: Vec<Option<usize>> = computed
                        .parts_by(breakdown)
                        .map(|(group, value)| self.count(name(Some(group)), value, cost::FIGURE))
                        .collect();
                    self.sum(name(None), &computed.total, &parts, cost::TOTAL);
                }
            }
            How::Given | How::Tally => {
                self.count(name(None), &computed.total, cost::FIGURE);
            }
            How::Cell { table, row, column } => {
                let row = row.as_deref().unwrap_or("total");
                let of = match column {
                    Some(column) => cell_name(table, row, column),
                    None => Quantity::Figure { id: format!("{table}.{row}"), group: None },
                };
                if let Some(at) = self.known.get(&of).copied() {
                    self.name(at, name(None));
                }
            }
            // Sums of case rows have their names already.
            How::Rows(_) if self.scale.is_some() => {}
            How::Rows(_) => {
                let Some((of, cases)) = self.told_sets.chosen(&figure.given) else { return };
                let conditions = match &figure.given {
                    Given::Rows { selection, .. } => &selection.conditions[..],
                    _ => &[],
                };
                let chosen_by: Vec<&str> = conditions.iter().map(|known| known.column.value.as_str()).collect();
                for (group, value) in values() {
                    let cases = of.of_group(&cases, group);
                    if of.excludes(group, &chosen_by, &cases) {
                        continue;
                    }
                    let told = match &figure.given {
                        Given::Rows { statistic, column: Some(column), weight, decimals, .. }
                            if *statistic != Statistic::Count =>
                        {
                            let weight = weight.as_ref().map(|weight| weight.value.as_str());
                            Told::Statistic(*statistic, &column.value, weight, *decimals)
                        }
                        _ => Told::Count,
                    };
                    self.set(name(group), value, &of.dataset.id.value, cases, cost::FIGURE, told);
                }
            }
            // Made of others and hidden with them, or no numbers of persons.
            How::Published => {
                self.out.unseen.insert(id.clone());
            }
            How::Sum(_)
            | How::Difference(_)
            | How::Average(_)
            | How::Share { .. }
            | How::Ratio(..)
            | How::Index { .. }
            | How::Change { .. }
            | How::Extreme { .. }
            | How::Row { .. }
            | How::Gathered => {}
        }
    }

    /// Whether a figure is a sum or difference whose parts are all numbers that are told here, or are shown whatever is hidden here.
    pub(super) fn knows_parts_of(&self, computed: &Computed, counting: &Counting<'_>) -> bool {
        let (How::Sum(ids) | How::Difference(ids)) = &computed.how else { return false };
        ids.iter().all(|id| {
            let is_told = self.known.contains_key(&Quantity::Figure { id: id.clone(), group: None });
            let is_given = self.truth.figures.get(id).is_some_and(|part| {
                matches!(part.how, How::Given | How::Tally | How::ByGroup) && counting.figure(id) != Counts::Persons
            });
            is_told || is_given || id.contains(':')
        })
    }

    /// A sum or difference, and what it says of its parts, for all and for each group.
    pub(super) fn made_of_figures(&mut self, id: &str, computed: &Computed) {
        let (ids, less) = match &computed.how {
            How::Sum(ids) => (ids, false),
            How::Difference(ids) => (ids, true),
            _ => return,
        };
        for group in computed.parts.keys().copied().map(Some).chain([None]) {
            let Some(value) = computed.value(group) else { continue };
            if let Some(at) = self.count(Quantity::Figure { id: id.to_owned(), group }, value, cost::TOTAL) {
                if ids.iter().all(|id| id.contains(':')) {
                    self.out.made_of_others.insert(at);
                }
                self.linear(at, ids, group, less);
            }
        }
    }

    /// No part is larger than its base, which every reader knows. Sets of cases lie within each other anyhow.
    pub(super) fn below_its_base(&mut self, id: &str, computed: &Computed) {
        let Some(base) = &computed.base else { return };
        for group in computed.parts.keys().copied().map(Some).chain([None]) {
            let name = |id: &str| Quantity::Figure { id: id.to_owned(), group };
            let Some(at) = self.known.get(&name(id)).copied().filter(|at| !self.sets.has(*at)) else { continue };
            let shown = || self.truth.figures.get(base).and_then(|base| self.number(base.value(group)?));
            match (self.known.get(&name(base)).copied(), shown()) {
                (Some(base), _) if base != at => {
                    self.out.network.relations.push(Relation::new([(at, 1), (base, -1)], Kind::AtMost, 0));
                }
                (None, Some(base)) => self.out.network.cells[at].upper = Some(base),
                _ => {}
            }
        }
    }

    /// A sum, or the first less all others; what is no number of persons of this report's own is shown as it is.
    fn linear(&mut self, at: usize, ids: &[String], group: Option<Group>, less: bool) {
        let mut terms: BTreeMap<usize, i64> = BTreeMap::from([(at, -1)]);
        let mut constant = 0;
        for (place, id) in ids.iter().enumerate() {
            let sign = if less && place > 0 { -1 } else { 1 };
            match self.known.get(&Quantity::Figure { id: id.clone(), group }) {
                Some(part) => *terms.entry(*part).or_default() += sign,
                None => {
                    let other = self.truth.figures.get(id).and_then(|figure| self.number(figure.value(group)?));
                    let Some(other) = other else { return };
                    constant -= sign * other;
                }
            }
        }
        let terms: Vec<(usize, i64)> = terms.into_iter().filter(|(_, factor)| *factor != 0).collect();
        if let ([(only, _)], 0) = (&terms[..], constant)
            && *only == at
        {
            // A number less itself is nought whatever it is, and tells nothing.
            let cell = &mut self.out.network.cells[at];
            (cell.exposure, cell.need) = (Exposure::Fixed, Need::None);
        }
        let parts = terms.iter().copied().filter(|(cell, _)| *cell != at).collect();
        self.out.cases.derived.push((at, parts));
        self.out.network.relations.push(Relation::new(terms, Kind::Equal, constant));
    }
}

/// Whether a figure is a sum or difference of numbers of persons of one other report: numbers of two reports count other persons.
pub(super) fn adds_up_another(figure: &Figure, project: &Project) -> bool {
    let (Given::Sum(parts) | Given::Difference(parts)) = &figure.given else { return false };
    let reports: BTreeSet<&str> =
        parts.iter().filter_map(|part| project.other(&part.value)).map(|other| other.id.as_str()).collect();
    let counts_persons = |part: &Spanned<String>| {
        let (findings, id) = project.findings_of(&part.value);
        Counting::new(findings).figure(id) == Counts::Persons
    };
    let is_foreign = parts.iter().all(|part| part.value.contains(':'));
    figure.counts.is_none() && is_foreign && reports.len() == 1 && parts.iter().all(counts_persons)
}

/// Whether a figure computes something of case rows that are persons.
pub(super) fn tells_of_persons(figure: &Figure, datasets: &[Dataset]) -> bool {
    let Given::Rows { selection, .. } = &figure.given else { return false };
    let dataset = datasets.iter().find(|dataset| dataset.id.value == selection.dataset.value);
    figure.counts.is_none_or(|counts| counts == Counts::Persons)
        && dataset.is_some_and(|dataset| dataset.counts() == Counts::Persons)
}
