//! What figures and tables count: persons, units, amounts, or none of these.

use std::collections::BTreeMap;

use super::{Counts, Figure, Findings, Given, Statistic, Table};

/// What each figure and table of a report counts: as its author says, else by how it is given.
#[derive(Debug, Default)]
pub struct Counting<'a> {
    tables: BTreeMap<&'a str, Counts>,
    figures: BTreeMap<&'a str, Counts>,
}

impl<'a> Counting<'a> {
    #[must_use]
    pub fn new(findings: &'a Findings) -> Self {
        let datasets: BTreeMap<&str, Counts> =
            findings.datasets.iter().map(|dataset| (dataset.id.value.as_str(), dataset.counts())).collect();
        let rows = |dataset: &str| datasets.get(dataset).copied().unwrap_or(Counts::None);
        let mut out = Self::default();
        for table in &findings.tables {
            out.tables.insert(&table.id.value, table.counts(rows));
        }
        let table = |id: &str| out.tables.get(id).copied().unwrap_or(Counts::None);
        out.figures =
            findings.figures.iter().map(|figure| (figure.id.value.as_str(), figure.own_counts(rows, table))).collect();
        out.add_up(findings);
        out
    }

    /// What a table counts; one that is not this report's own counts nothing here.
    #[must_use]
    pub fn table(&self, id: &str) -> Counts {
        self.tables.get(id).copied().unwrap_or(Counts::None)
    }

    /// What a figure counts. A row of a table counts what the table does.
    #[must_use]
    pub fn figure(&self, id: &str) -> Counts {
        let rows = || id.match_indices('.').find_map(|(at, _)| self.tables.get(&id[..at]));
        self.figures.get(id).or_else(rows).copied().unwrap_or(Counts::None)
    }

    /// Sums and differences count what they are made of; a chain of them may be of any length, or wrongly lead back to its beginning.
    fn add_up(&mut self, findings: &'a Findings) {
        let mut made_of: BTreeMap<&str, Vec<&'a str>> = BTreeMap::new();
        for figure in findings.figures.iter().filter(|figure| figure.counts.is_none()) {
            if let Given::Sum(parts) | Given::Difference(parts) = &figure.given {
                for part in parts {
                    made_of.entry(part.value.as_str()).or_default().push(&figure.id.value);
                }
            }
        }
        for wanted in [Counts::Units, Counts::Amounts, Counts::Persons] {
            let mut open: Vec<&str> = made_of.keys().copied().filter(|part| self.figure(part) == wanted).collect();
            while let Some(id) = open.pop() {
                for sum in made_of.get(id).into_iter().flatten() {
                    if self.figures.insert(sum, wanted) != Some(wanted) {
                        open.push(sum);
                    }
                }
            }
        }
    }
}

impl Figure {
    /// What it counts by itself, without what it is a sum of.
    fn own_counts(&self, rows: impl Fn(&str) -> Counts, table: impl Fn(&str) -> Counts) -> Counts {
        self.counts.unwrap_or_else(|| match &self.given {
            Given::ByGroup(_) => Counts::Persons,
            Given::Rows { statistic: Statistic::Count, selection, .. } => rows(&selection.dataset.value),
            Given::Cell { table: id, .. } | Given::Extreme { table: id, .. } => table(&id.value),
            _ => Counts::None,
        })
    }
}

impl Table {
    /// What it counts; `rows` says it of datasets.
    fn counts(&self, rows: impl Fn(&str) -> Counts) -> Counts {
        let by_group = self.columns.iter().any(|column| column.of.is_some());
        self.counts.unwrap_or_else(|| match &self.cross {
            Some(cross) => rows(&cross.selection.dataset.value),
            None if by_group => Counts::Persons,
            None => Counts::None,
        })
    }
}
