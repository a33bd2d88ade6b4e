//! What an author has defined and the program has refused. Why is told there; that it is not there is then nothing new.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Code, Diagnostic, Sink};

/// What has a name that texts and other things lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Thing {
    Figure,
    Table,
    Chart,
    Dataset,
    /// Of a dataset, whose id stands before its header.
    Column,
}

impl Thing {
    /// What a code says not to be known.
    #[must_use]
    pub fn meant_by(code: Code) -> Option<Self> {
        match code {
            Code::FIGURE_UNKNOWN => Some(Self::Figure),
            Code::TABLE_UNKNOWN => Some(Self::Table),
            Code::CHART_UNKNOWN => Some(Self::Chart),
            Code::DATASET_UNKNOWN => Some(Self::Dataset),
            _ => None,
        }
    }

    /// What an address of the program's own leads to, and its name: `table-visits`.
    #[must_use]
    pub fn of_address(address: &str) -> Option<(Self, &str)> {
        match address.split_once('-')? {
            ("table", id) => Some((Self::Table, id)),
            ("chart", id) => Some((Self::Chart, id)),
            _ => None,
        }
    }
}

/// What was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refused {
    names: BTreeSet<(Thing, String)>,
    /// Whether a file could not be read that defines figures, tables and datasets: which, nobody knows.
    file: bool,
}

impl Refused {
    pub fn extend(&mut self, other: Self) {
        self.names.extend(other.names);
        self.file |= other.file;
    }

    fn holds(&self, lacking: &(Thing, String)) -> bool {
        let of_findings = matches!(lacking.0, Thing::Figure | Thing::Table | Thing::Dataset);
        self.names.contains(lacking) || self.file && of_findings
    }
}

impl Diagnostic {
    /// That it says no more than that something of this name is not there.
    #[must_use]
    pub fn lacks(mut self, thing: impl Into<Option<Thing>>, name: impl Into<String>) -> Self {
        self.lacks.extend(thing.into().map(|thing| (thing, name.into())));
        self
    }
}

impl Sink {
    /// Notes that something is refused; why is told.
    pub fn refuse(&mut self, thing: Thing, name: impl Into<String>) {
        self.refused.names.insert((thing, name.into()));
    }

    /// Notes that a file of findings cannot be read; why is told.
    pub fn refuse_file(&mut self) {
        self.refused.file = true;
    }

    /// Whether a diagnostic follows from what was refused, and from nothing else.
    pub(super) fn follows(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.lacks.iter().any(|lacking| self.refused.holds(lacking))
    }
}
