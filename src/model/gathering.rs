//! What an annual report gathers from the inspections that it builds on.

use crate::source::{Span, Spanned, Text};

/// Inspections with the quality areas and units that their assessments name.
#[derive(Debug, Clone, Default)]
pub struct Gathering {
    /// In the order of time.
    pub inspections: Vec<Gathered>,
    pub areas: Vec<Gathered>,
    pub units: Vec<Gathered>,
}

/// An inspection, a quality area or a unit, with its name in the annual report.
#[derive(Debug, Clone)]
pub struct Gathered {
    pub id: Spanned<String>,
    /// Of an inspection: the year, or what else tells it from the others.
    pub name: Text,
}

/// Something that inspections have measured.
#[derive(Debug, Clone)]
pub struct GatheredMeasure {
    pub id: Spanned<String>,
    /// The latest figure's where none is given.
    pub label: Option<Text>,
    pub figures: MeasureFigures,
    pub span: Span,
}

/// Where a measure is found.
#[derive(Debug, Clone)]
pub enum MeasureFigures {
    /// The figure with this id, in every inspection that has it.
    SameId(Spanned<String>),
    /// `inspection:figure`, at most one of each inspection.
    Named(Vec<Spanned<String>>),
}

/// A table that is gathered and not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatheredTable {
    /// Counted from the assessments; its rows stand in the table.
    Findings,
    /// Every measure with its values.
    Measures,
    /// Measures that are the same, in percent of a base.
    Shares,
    /// Measures that are the same, as counts.
    Counts,
    /// Measures that are the same, as amounts.
    Amounts,
    /// Measures that are not the same, with the reasons.
    NotCompared,
}

impl GatheredTable {
    /// Whether its rows are measures.
    #[must_use]
    pub fn is_of_measures(self) -> bool {
        self != Self::Findings
    }

    /// Ids of the tables that are computed from the measures.
    pub const OF_MEASURES: [(&'static str, Self); 5] = [
        ("measures", Self::Measures),
        ("trend-shares", Self::Shares),
        ("trend-counts", Self::Counts),
        ("trend-amounts", Self::Amounts),
        ("not-compared", Self::NotCompared),
    ];
}
