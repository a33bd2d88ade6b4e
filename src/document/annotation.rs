//! What an author marks in a chart, beside its values.

use crate::source::{Span, Spanned, Text};
use crate::value::Exact;

/// One place on a scale, or all from one to another; an end that is not given is that of the scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent<T> {
    At(T),
    Between(Option<T>, Option<T>),
}

impl<T> Extent<T> {
    /// What is given of it, the lower first.
    pub fn ends(&self) -> impl Iterator<Item = &T> {
        let (first, second) = match self {
            Self::At(only) => (Some(only), None),
            Self::Between(first, second) => (first.as_ref(), second.as_ref()),
        };
        first.into_iter().chain(second)
    }

    /// The same of other things; none where one of them is not to be had, which does not keep `act` from looking at the others.
    pub fn map<U>(&self, mut act: impl FnMut(&T) -> Option<U>) -> Option<Extent<U>> {
        let mut end = |given: &Option<T>| match given {
            None => Some(None),
            Some(given) => act(given).map(Some),
        };
        match self {
            Self::Between(first, second) => {
                let (first, second) = (end(first), end(second));
                Some(Extent::Between(first?, second?))
            }
            Self::At(only) => act(only).map(Extent::At),
        }
    }
}

/// A number that is typed, or that of a bound figure.
#[derive(Debug, Clone)]
pub enum Quantity {
    Typed { value: Exact, decimals: u8, span: Span },
    Bound(Text),
}

impl Quantity {
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Typed { span, .. } => *span,
            Self::Bound(text) => text.span,
        }
    }
}

/// A value, or a band of them, that the others are held against.
#[derive(Debug, Clone)]
pub struct Reference {
    pub extent: Extent<Quantity>,
    pub label: Text,
}

/// A point of time or a period, named as rows are.
#[derive(Debug, Clone)]
pub struct Period {
    pub extent: Extent<Text>,
    pub label: Text,
}

/// A remark on one value.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The row that it stands in.
    pub at: Text,
    /// Its column; none where only one is drawn.
    pub series: Option<Text>,
    pub text: Text,
}

/// What is marked.
#[derive(Debug, Clone, Default)]
pub struct Annotations {
    /// Columns, or rows of a bar chart: the others are grey.
    pub highlight: Vec<Text>,
    pub references: Vec<Reference>,
    pub periods: Vec<Period>,
    pub remarks: Vec<Remark>,
    /// The first row whose values are not final.
    pub provisional_from: Option<Text>,
    /// The first row whose values are a forecast.
    pub forecast_from: Option<Text>,
    pub status: Option<Status>,
}

/// A column that tells of each row whether its values are final.
#[derive(Debug, Clone)]
pub struct Status {
    pub column: Text,
    /// The words of rows that are.
    pub settled: Vec<Text>,
}

/// The columns that hold between what a column's values lie.
#[derive(Debug, Clone)]
pub struct Interval {
    pub of: Spanned<String>,
    pub low: Text,
    pub high: Text,
}
