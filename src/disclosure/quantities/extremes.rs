//! Statistics of case rows that are no sums and tell what a single contributor has: the largest and the smallest value always, those in the middle where
//! they are of few.

use std::collections::BTreeSet;

use crate::compute::mask::Quantity;
use crate::model::{Given, Statistic};
use crate::value::{Blank, Value};

use super::super::case_sets::{CasesOf, Lines};
use super::super::members::Members;
use super::contributors::{adds_up, contributors, has_contributors};
use super::{Builder, cell_name};

/// A median of fewer is what one of them has, or lies between two that know of each other.
const FEW: usize = 5;

impl<'a> Builder<'a> {
    /// Finds them, in figures and tables.
    pub(super) fn extremes(&mut self) {
        let project = self.project;
        let datasets = self.told_sets;
        for figure in &project.findings.figures {
            let Given::Rows { statistic, column: Some(column), weight, .. } = &figure.given else { continue };
            let Some((of, cases)) = datasets.chosen(&figure.given) else { continue };
            let tells = Tells::new(*statistic, weight.is_some());
            let (Some(tells), true) = (tells, has_contributors(of.dataset, figure.counts)) else { continue };
            let Some(computed) = self.truth.figures.get(&figure.id.value) else { continue };
            let groups = computed.parts.iter().map(|(group, value)| (Some(*group), value));
            for (group, value) in groups.chain([(None, &computed.total)]) {
                let cases = of.of_group(&cases, group);
                let name = Quantity::Figure { id: figure.id.value.clone(), group };
                self.tells_one(name, value, tells, (of, &column.value, &cases));
            }
        }
        for table in &project.findings.tables {
            let (Some(cross), Some(computed)) = (&table.cross, self.tables.get(&table.id.value)) else { continue };
            let Some(lines) = Lines::new(datasets, cross) else { continue };
            if !has_contributors(lines.of.dataset, table.counts) {
                continue;
            }
            let (id, single) = (&table.id.value, cross.measures.len() == 1 && !cross.counts);
            let printed: BTreeSet<&str> = computed.rows.iter().map(|row| row.id.as_str()).collect();
            for row in printed.into_iter().chain(["total"]).collect::<BTreeSet<_>>() {
                let Some(cases) = lines.row(row) else { continue };
                let values = computed.rows.iter().find(|known| known.id == row).map(|row| row.values.as_slice());
                let figure = self.truth.figures.get(&format!("{id}.{row}"));
                for (at, column) in computed.columns.iter().enumerate() {
                    let of_it = cross.measures.iter().find(|measure| is_of(&column.id, &measure.id.value));
                    let measure = of_it.or(cross.measures.first().filter(|_| single));
                    let is_derived = table.derived.iter().any(|derived| derived.id.value == column.id);
                    let Some(measure) = measure.filter(|_| !is_derived) else { continue };
                    let Some(tells) = Tells::new(measure.statistic, measure.weight.is_some()) else { continue };
                    let of_figure = || figure?.columns.iter().find(|(id, _)| *id == column.id).map(|(_, value)| value);
                    let value = values.and_then(|values| values.get(at)).or_else(of_figure);
                    let (Some(value), Some(cases)) = (value, lines.column(&column.id, &cases)) else { continue };
                    let of = (lines.of, measure.column.value.as_str(), &cases);
                    self.tells_one(cell_name(id, row, &column.id), value, tells, of);
                }
                let (Some(figure), [measure], true) = (figure, &cross.measures[..], single) else { continue };
                let Some(tells) = Tells::new(measure.statistic, measure.weight.is_some()) else { continue };
                let groups = figure.parts.iter().map(|(group, value)| (Some(*group), value));
                for (group, value) in groups.chain([(None, &figure.total)]) {
                    let cases = lines.of.of_group(&cases, group);
                    let name = Quantity::Figure { id: format!("{id}.{row}"), group };
                    self.tells_one(name, value, tells, (lines.of, &measure.column.value, &cases));
                }
            }
        }
    }

    fn tells_one(
        &mut self,
        name: Quantity,
        value: &Value,
        tells: Tells,
        (of, column, cases): (&CasesOf<'_>, &str, &Members),
    ) {
        if matches!(value, Value::Blank(Blank::NotApplicable)) || self.fixed.contains(self.called(&name).as_str()) {
            return;
        }
        let whose = contributors(of.dataset);
        let with_value = of.with_value(column, cases);
        let of: BTreeSet<usize> = with_value.places().filter_map(|case| whose.get(case)).copied().collect();
        let minimum = self.project.policy.as_ref().and_then(|policy| policy.persons);
        let minimum = minimum.and_then(|persons| usize::try_from(persons.minimum).ok()).unwrap_or(FEW);
        if !of.is_empty() && (tells == Tells::One || of.len() < minimum) {
            self.out.extremes.insert(name);
        }
    }
}

/// Of whom a statistic tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    One,
    Few,
}

impl Tells {
    /// None of sums, and of means that give them back.
    fn new(statistic: Statistic, weighted: bool) -> Option<Self> {
        match statistic {
            Statistic::Smallest | Statistic::Largest => Some(Self::One),
            Statistic::Count => None,
            _ if adds_up(statistic) && !weighted => None,
            _ => Some(Self::Few),
        }
    }
}

/// Whether a column is that of a measure, alone or below a category.
pub(super) fn is_of(column: &str, measure: &str) -> bool {
    column.strip_suffix(measure).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}
