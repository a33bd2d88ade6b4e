//! Case rows: a dataset of `findings/` with the sheet that it names, and how figures and tables choose among its rows.

use crate::register::register;
use crate::source::{Span, Spanned, Text};
use crate::value::{Exact, Group, Notation, PartialDate, Typed};

use super::disclosure::Counts;

/// Id of the row or column of cases without a value.
pub const MISSING: &str = "missing";

/// Case rows with the columns that the author named, column by column: a case is its place among the rows.
#[derive(Debug, Clone)]
pub struct Dataset {
    pub id: Spanned<String>,
    /// What the cases are, in plural: "granskade ärenden".
    pub label: Option<Text>,
    /// What each row is, where the author says so.
    pub counts: Option<Counts>,
    /// The column that names whose each row is; without it each row is one contributor's.
    pub contributor: Option<Spanned<String>>,
    /// As the author named it: `data/arenden.xlsx`.
    pub file: Spanned<String>,
    /// None for CSV.
    pub sheet: Option<String>,
    pub columns: Vec<CaseColumn>,
    /// Row of the sheet or line of the file of each case, counted from 1.
    pub rows: Vec<u32>,
}

impl Dataset {
    /// What its rows are: persons, unless the author says another thing.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts.unwrap_or(Counts::Persons)
    }

    #[must_use]
    pub fn column(&self, id: &str) -> Option<&CaseColumn> {
        self.columns.iter().find(|column| column.id.value == id)
    }

    /// The columns that say which group each case belongs to: all their categories are groups, or none is.
    pub fn breakdowns(&self) -> impl Iterator<Item = &CaseColumn> {
        self.columns.iter().filter(|column| column.categories.first().is_some_and(|first| first.group.is_some()))
    }
}

#[derive(Debug, Clone)]
pub struct CaseColumn {
    pub id: Spanned<String>,
    pub header: String,
    pub kind: CaseKind,
    /// A case may have several answers.
    pub multiple: bool,
    /// Declared in their order, or as found: texts in the order of the rows, numbers and dates by size.
    pub categories: Vec<Category>,
    /// Where the categories are classes of equal width.
    pub bins: Option<Bins>,
    /// The author listed the categories.
    pub declared: bool,
    /// What is computed of the column leaves cases without a value out; the author says so.
    pub leave_out: bool,
    /// What its numbers are measured in, where the author says so.
    pub unit: Option<Text>,
    /// What each case has of numbers or dates; without any for a column of texts.
    pub values: Vec<Option<CaseValue>>,
    pub answers: Answers,
}

impl CaseColumn {
    /// The number or date of a case.
    #[must_use]
    pub fn value(&self, case: usize) -> Option<CaseValue> {
        self.values.get(case).copied().flatten()
    }

    #[must_use]
    pub fn is_missing(&self, case: usize) -> bool {
        self.value(case).is_none() && self.answers.of_case(case).is_empty()
    }

    /// The group that a case belongs to, of the column that says so; none where it does not say.
    #[must_use]
    pub fn group(&self, case: usize) -> Option<Group> {
        self.categories.get(*self.answers.of_case(case).first()? as usize)?.group
    }

    /// The groups that its cases are told apart by.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        self.categories.iter().filter_map(|category| category.group)
    }
}

/// Which categories the cases of a column belong to: the places of those of all cases, one after the other. A file has millions of cells, and nearly each has one.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    places: Vec<u32>,
    /// Where the places of each case end.
    ends: Vec<u32>,
}

impl Answers {
    /// Those of one case more; none where it has no value.
    pub fn push(&mut self, places: impl IntoIterator<Item = u32>) {
        self.places.extend(places);
        self.ends.push(u32::try_from(self.places.len()).unwrap_or(u32::MAX));
    }

    /// Those of a case.
    #[must_use]
    pub fn of_case(&self, case: usize) -> &[u32] {
        let end = |case: usize| self.ends.get(case).map(|end| *end as usize);
        let start = case.checked_sub(1).map_or(Some(0), end);
        start.zip(end(case)).and_then(|(start, end)| self.places.get(start..end)).unwrap_or(&[])
    }
}

register! {
    /// What a column of case rows holds.
    CaseKind {
        /// As it is written in findings/.
        name,
        /// What a value of this kind is, for messages.
        wanted: &'static str,
    }
    Text = "text", "a text";
    Number = "number", "a number";
    Date = "date", "a date such as 2024-03-15";
}

/// Classes of equal width for numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bins {
    /// Where the first begins.
    pub from: i64,
    pub width: i64,
}

/// One value of a column, or a band of values.
#[derive(Debug, Clone)]
pub struct Category {
    pub id: String,
    pub label: Text,
    /// What stands for it in the cells; empty for a band.
    pub values: Vec<String>,
    /// The group of a breakdown that it is.
    pub group: Option<Group>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseValue {
    Number { value: Exact, decimals: u8 },
    Date(PartialDate),
}

/// Which rows of which dataset.
#[derive(Debug, Clone)]
pub struct Selection {
    pub dataset: Spanned<String>,
    /// All of them hold.
    pub conditions: Vec<Condition>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Condition {
    pub column: Spanned<String>,
    pub test: Test,
}

impl Condition {
    /// The words that it is made of, wherever it stands: equal where two conditions say the same in the same words.
    #[must_use]
    pub fn wording(&self) -> Vec<String> {
        let mut words = vec![self.column.value.clone()];
        let mut add = |kind: &str, more: &mut dyn Iterator<Item = &Text>| {
            words.push(kind.to_owned());
            words.extend(more.map(|word| word.value.clone()));
        };
        match &self.test {
            Test::AnyOf(some) => add("any", &mut some.iter()),
            Test::NoneOf(some) => add("none", &mut some.iter()),
            Test::Range { from, to } => {
                add("from", &mut from.iter());
                add("to", &mut to.iter());
            }
            Test::Missing(true) => add("missing", &mut [].iter()),
            Test::Missing(false) => add("known", &mut [].iter()),
        }
        words
    }
}

#[derive(Debug, Clone)]
pub enum Test {
    AnyOf(Vec<Text>),
    NoneOf(Vec<Text>),
    /// Both ends included.
    Range {
        from: Option<Text>,
        to: Option<Text>,
    },
    /// Without a value, or with one.
    Missing(bool),
}

/// What is computed of the chosen rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    Count,
    Sum,
    Average,
    LowerQuartile,
    Median,
    UpperQuartile,
    Smallest,
    Largest,
}

impl Statistic {
    /// Whether it is in the middle of values: a number that cannot be added up or averaged without weights.
    #[must_use]
    pub fn is_middle(self) -> bool {
        matches!(self, Self::Average | Self::LowerQuartile | Self::Median | Self::UpperQuartile)
    }
}

/// A table counted from case rows.
#[derive(Debug, Clone)]
pub struct Cross {
    pub selection: Selection,
    /// The column whose categories are the table's rows.
    pub by: Spanned<String>,
    /// The column whose categories are the table's columns; none for one column of counts.
    pub across: Option<Spanned<String>>,
    /// Header of the one column of counts.
    pub heading: Option<Text>,
    pub order: Option<CategoryOrder>,
    pub across_order: Option<CategoryOrder>,
    /// Whether cases are counted; the cells hold measures alone otherwise.
    pub counts: bool,
    /// Columns beside that of counts, below each category of `across`.
    pub measures: Vec<CrossMeasure>,
    pub total_row: CrossTotal,
    pub total_column: CrossTotal,
}

/// Whether a table counted from case rows has a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrossTotal {
    Always,
    Never,
    /// Where there is more than one count to add up.
    OfSeveral,
}

impl CrossTotal {
    #[must_use]
    pub fn is_shown(self, several: bool) -> bool {
        self == Self::Always || self == Self::OfSeveral && several
    }
}

/// A column that computes a statistic of the cases of each row.
#[derive(Debug, Clone)]
pub struct CrossMeasure {
    pub id: Spanned<String>,
    pub label: Text,
    pub statistic: Statistic,
    /// The column of the dataset.
    pub column: Spanned<String>,
    pub decimals: Option<u8>,
    pub unit: Option<Text>,
    /// Cases without a value are left out; the author says so.
    pub leave_out: bool,
    /// The column of the dataset that a mean is weighted by.
    pub weight: Option<Spanned<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CategoryOrder {
    Declared,
    /// As they come first in the file.
    Sheet,
    /// Most cases first; the largest value, where a measure is shown in their place.
    Value,
    /// By the alphabet of the language.
    Label,
}

/// From one value to another, both included; either end may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    pub from: Option<CaseValue>,
    pub to: Option<CaseValue>,
}

impl Range {
    #[must_use]
    pub fn contains(&self, value: &CaseValue) -> bool {
        self.from.is_none_or(|from| at_least(value, &from)) && self.to.is_none_or(|to| at_most(value, &to))
    }
}

fn at_least(value: &CaseValue, bound: &CaseValue) -> bool {
    match (value, bound) {
        (CaseValue::Number { value, .. }, CaseValue::Number { value: bound, .. }) => value >= bound,
        (CaseValue::Date(value), CaseValue::Date(bound)) => value >= bound,
        _ => false,
    }
}

fn at_most(value: &CaseValue, bound: &CaseValue) -> bool {
    match (value, bound) {
        (CaseValue::Number { value, .. }, CaseValue::Number { value: bound, .. }) => value <= bound,
        // To a month is to the last of its days.
        (CaseValue::Date(value), CaseValue::Date(bound)) => {
            PartialDate {
                year: value.year,
                month: value.month.filter(|_| bound.month.is_some()),
                day: value.day.filter(|_| bound.day.is_some()),
            } <= *bound
        }
        _ => false,
    }
}

impl CaseValue {
    /// Reads a value as it is typed in conditions and bands: 1234, 12.5, 12,5; 2024-03-15. What can be read in two ways (1,234) is none.
    #[must_use]
    pub fn parse(kind: CaseKind, text: &str) -> Option<Self> {
        match kind {
            CaseKind::Text => None,
            CaseKind::Number => {
                // A point is what YAML writes decimals with.
                let notation = if text.contains(',') { Notation::default() } else { Notation::with_decimal('.') };
                match notation.read(text) {
                    Typed::Number(value, decimals) => Some(Self::Number { value, decimals }),
                    Typed::Either(..) | Typed::None => None,
                }
            }
            CaseKind::Date => PartialDate::parse(text).map(Self::Date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(kind: CaseKind, from: &str, to: &str) -> Range {
        Range { from: CaseValue::parse(kind, from), to: CaseValue::parse(kind, to) }
    }

    #[test]
    fn a_range_holds_both_its_ends_and_the_whole_of_its_last_month() {
        let holds = |range: Range, kind, text| range.contains(&CaseValue::parse(kind, text).expect(text));
        let ages = range(CaseKind::Number, "18", "29");
        assert!(["18", "29", "18,5"].iter().all(|age| holds(ages, CaseKind::Number, age)));
        assert!(["17", "29.01"].iter().all(|age| !holds(ages, CaseKind::Number, age)));
        let spring = range(CaseKind::Date, "2024-01", "2024-03");
        assert!(["2024-01-01", "2024-03-31", "2024-02"].iter().all(|day| holds(spring, CaseKind::Date, day)));
        assert!(["2023-12-31", "2024-04-01", "2024"].iter().all(|day| !holds(spring, CaseKind::Date, day)));
        assert!(holds(range(CaseKind::Number, "", "29"), CaseKind::Number, "-3"), "an open end");
        assert!(!ages.contains(&CaseValue::parse(CaseKind::Date, "2024").expect("a year")));
    }
}
