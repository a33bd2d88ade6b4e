//! What is marked in a chart beside its values, ready to draw.

use super::ChartData;
use crate::alike::reading;
use crate::document::annotation::Extent;

/// A number on the scale of values, as it is drawn and as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    pub value: f64,
    pub text: String,
}

/// What the others stand back from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Highlight {
    Series(Vec<usize>),
    Categories(Vec<usize>),
}

/// A line or a band that the values are held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    pub label: String,
    /// The label with its number: "Mål: 90".
    pub words: String,
    pub extent: Extent<Level>,
}

/// The categories from one to another, or one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    pub label: String,
    pub extent: Extent<usize>,
}

impl Period {
    /// The first and the last of so many categories.
    pub fn ends(&self, count: usize) -> (usize, usize) {
        let end = count.saturating_sub(1);
        match self.extent {
            Extent::At(at) => (at, at),
            Extent::Between(from, to) => (from.unwrap_or(0), to.unwrap_or(end)),
        }
    }
}

/// A remark on one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub series: usize,
    pub category: usize,
    pub text: String,
}

/// Categories whose values are not final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Rising.
    pub categories: Vec<usize>,
    /// "preliminärt" or "prognos".
    pub words: String,
}

impl Open {
    /// The first and the last of each stretch of categories that follow each other.
    pub fn stretches(&self) -> impl Iterator<Item = (usize, usize)> {
        self.categories.chunk_by(|a, b| a + 1 == *b).filter_map(|run| Some((*run.first()?, *run.last()?)))
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marked {
    pub highlight: Option<Highlight>,
    pub references: Vec<Reference>,
    pub periods: Vec<Period>,
    pub remarks: Vec<Remark>,
    pub open: Vec<Open>,
}

impl Marked {
    /// Whether a value is one of those that count.
    pub fn counts(&self, series: usize, category: usize) -> bool {
        match &self.highlight {
            None => true,
            Some(Highlight::Series(counting)) => counting.contains(&series),
            Some(Highlight::Categories(counting)) => counting.contains(&category),
        }
    }

    /// Whether the values of a category are not final.
    pub fn is_open(&self, category: usize) -> bool {
        self.open.iter().any(|open| open.categories.contains(&category))
    }

    /// Which of several ways of not being final the values of a category have: the first is drawn in outline, others are hatched.
    pub fn is_hatched(&self, category: usize) -> bool {
        self.open.iter().skip(1).any(|open| open.categories.contains(&category))
    }

    /// The numbers that the scale must reach.
    pub fn levels(&self) -> impl Iterator<Item = f64> {
        self.references.iter().flat_map(|reference| reference.extent.ends()).map(|level| level.value)
    }
}

impl ChartData {
    #[must_use]
    pub fn has_intervals(&self) -> bool {
        self.series.iter().flat_map(|series| &series.values).any(|datum| datum.interval.is_some())
    }

    /// Which colour and form of mark a series has: in a panel of its own always the first.
    #[must_use]
    pub fn hue(&self, series: usize) -> usize {
        if self.panels { 0 } else { series }
    }

    /// The categories that words name, the first and the last: a row by its label, or those within a period. Where there is none the nearest, if there is
    /// one in time.
    ///
    /// # Errors
    /// When nothing has that name or lies within that time.
    pub fn named(&self, words: &str) -> Result<(usize, usize), Option<usize>> {
        let same = |label: &String| reading(label) == reading(words);
        if let Some(at) = self.categories.iter().position(same) {
            return Ok((at, at));
        }
        self.times.as_ref().map_or(Err(None), |times| times.within(words))
    }
}
