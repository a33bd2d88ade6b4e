//! What stands in `findings/`: figures, tables and texts with structure.

use crate::diagnostic::{Said, say};
use crate::document::data::ColumnKind;
use crate::markdown::slug;
use crate::source::{Span, Spanned, Text};
use crate::value::{Blank, Exact, Group, PartialDate};

use super::cases::{Cross, Dataset, Selection, Statistic};
use super::derived::{DerivedColumn, RowOrder};
use super::disclosure::Counts;
use super::gathering::{GatheredMeasure, GatheredTable, Gathering};
use super::parts::{
    DecisionPage, Download, Examples, FollowUp, KeyFigures, Pair, Picture, Plan, Question, Survey, Timeline,
};

/// All findings of a report, in the order of the files and of the lines in them.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    pub figures: Vec<Figure>,
    pub tables: Vec<Table>,
    pub datasets: Vec<Dataset>,
    pub assessments: Vec<Assessment>,
    pub statements: Vec<Statement>,
    pub definitions: Vec<Definition>,
    pub processes: Vec<Process>,
    pub areas: Vec<Area>,
    pub timelines: Vec<Timeline>,
    pub plans: Vec<Plan>,
    pub examples: Vec<Examples>,
    pub key_figures: Vec<KeyFigures>,
    pub questions: Vec<Question>,
    pub pairs: Vec<Pair>,
    pub pictures: Vec<Picture>,
    pub downloads: Vec<Download>,
    pub surveys: Vec<Survey>,
    pub decision: Option<DecisionPage>,
    pub follow_up: Option<FollowUp>,
    pub measures: Vec<GatheredMeasure>,
    /// Of an annual report: what it gathers.
    pub gathering: Option<Gathering>,
}

#[derive(Debug, Clone)]
pub struct Figure {
    pub id: Spanned<String>,
    pub label: Text,
    /// Key of a word that is set behind the label, where several figures of a list have the same: planned, delivered.
    pub aspect: Option<&'static str>,
    pub given: Given,
    /// What it counts, where the author says so; [`Counting`](super::Counting) says it of all.
    pub counts: Option<Counts>,
    /// The figure that this one is a share of.
    pub base: Option<Spanned<String>>,
    pub not_by_sex: Option<Text>,
    /// Taken over as published, because it cannot be computed from what is at hand.
    pub as_published: bool,
    pub source: Option<Text>,
    pub note: Option<Text>,
    pub typed_total: Option<Spanned<Exact>>,
}

impl Figure {
    /// A figure of which nothing else is said.
    #[must_use]
    pub fn new(id: Spanned<String>, label: Text, given: Given) -> Self {
        Self {
            id,
            label,
            given,
            aspect: None,
            counts: None,
            base: None,
            not_by_sex: None,
            as_published: false,
            source: None,
            note: None,
            typed_total: None,
        }
    }
}

/// How a figure is given.
#[derive(Debug, Clone)]
pub enum Given {
    /// For each group of a breakdown; of several breakdowns one after the other.
    ByGroup(Vec<(Group, Spanned<Exact>)>),
    Count(Spanned<Exact>),
    /// Counted by the program in the list that the figure belongs to.
    Tally(Spanned<Exact>),
    Sum(Vec<Spanned<String>>),
    /// The first less all others.
    Difference(Vec<Spanned<String>>),
    Percent {
        value: Spanned<Exact>,
        decimals: u8,
    },
    Amount {
        value: Spanned<Exact>,
        decimals: u8,
        unit: Option<Text>,
    },
    Date(Spanned<PartialDate>),
    Text(Text),
    /// A cell of a table; without a row the column's total, without a column the row's.
    Cell {
        table: Spanned<String>,
        row: Option<Spanned<String>>,
        column: Option<Spanned<String>>,
    },
    /// A part of a whole in percent.
    Share {
        part: Spanned<String>,
        whole: Spanned<String>,
        decimals: u8,
    },
    /// The first divided by the second.
    Ratio {
        first: Spanned<String>,
        second: Spanned<String>,
        /// So many times: per 1,000.
        per: Exact,
        decimals: u8,
        unit: Option<Text>,
    },
    /// The second where the first is 100.
    Index {
        then: Spanned<String>,
        now: Spanned<String>,
        decimals: u8,
    },
    Change {
        then: Spanned<String>,
        now: Spanned<String>,
    },
    /// The mean of figures.
    Average {
        of: Vec<Spanned<String>>,
        decimals: u8,
        unit: Option<Text>,
    },
    /// The largest or smallest value of a table's column.
    Extreme {
        largest: bool,
        table: Spanned<String>,
        column: Spanned<String>,
    },
    /// Computed from case rows.
    Rows {
        statistic: Statistic,
        selection: Selection,
        /// None for a count.
        column: Option<Spanned<String>>,
        decimals: Option<u8>,
        unit: Option<Text>,
        /// Cases without a value are left out; the author says so.
        leave_out: bool,
        /// The column of numbers that a mean is weighted by.
        weight: Option<Spanned<String>>,
    },
}

impl Given {
    /// Ids of the figures that it is derived from.
    #[must_use]
    pub fn figures(&self) -> Vec<&str> {
        match self {
            Self::Sum(ids) | Self::Difference(ids) | Self::Average { of: ids, .. } => {
                ids.iter().map(|id| id.value.as_str()).collect()
            }
            Self::Share { part: a, whole: b, .. }
            | Self::Ratio { first: a, second: b, .. }
            | Self::Index { then: a, now: b, .. }
            | Self::Change { then: a, now: b } => vec![a.value.as_str(), b.value.as_str()],
            _ => Vec::new(),
        }
    }

    /// Id of the table that it is taken from.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        match self {
            Self::Cell { table, .. } | Self::Extreme { table, .. } => Some(&table.value),
            _ => None,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Table {
    pub id: Spanned<String>,
    pub caption: Text,
    /// Header of the first column.
    pub stub: Text,
    pub columns: Vec<Column>,
    pub total_column: bool,
    pub total_row: bool,
    pub base: Option<Spanned<String>>,
    /// What its numbers count, where the author says so.
    pub counts: Option<Counts>,
    /// A person may stand in several rows.
    pub multiple: bool,
    pub rows: Vec<Row>,
    /// Columns that are computed from the others.
    pub derived: Vec<DerivedColumn>,
    /// The columns that are printed, in their order; all where nothing is said.
    pub show: Option<Vec<Spanned<String>>>,
    /// The order of the rows, where they do not stand as they came.
    pub order: Option<RowOrder>,
    /// Counted from case rows: `columns` and `rows` are then empty.
    pub cross: Option<Cross>,
    /// The rows stand in the order of a column, with their places.
    pub ranking: Option<Ranking>,
    /// Gathered from other reports instead of written here.
    pub gathered: Option<GatheredTable>,
    /// A row of totals that the author typed, to be checked.
    pub typed_total: Option<Row>,
    /// Notes by mark.
    pub notes: Vec<(Spanned<String>, Text)>,
    pub note: Option<Text>,
    pub source: Option<Text>,
    pub span: Span,
}

/// How the rows of a table are ranked: the highest value first, equal values with the same place.
#[derive(Debug, Clone)]
pub struct Ranking {
    pub by: Spanned<String>,
    /// Column with the values of an earlier time; the change since then becomes a column.
    pub since: Option<Spanned<String>>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub id: Spanned<String>,
    /// None where the column has the words of its group.
    pub label: Option<Text>,
    /// Key of a word of the program's own, where neither an author nor a group gives one.
    pub word: Option<&'static str>,
    pub group: Option<Text>,
    pub kind: ColumnKind,
    /// Whose numbers it has.
    pub of: Option<Group>,
    /// The column of what an average or a percentage is of: the total is weighted by it.
    pub weight: Option<Spanned<String>>,
    /// Of an amount: where its contributors stand.
    pub behind: Option<BehindKeys>,
}

/// The keys of rows, or headers of the file, with what contributors have of an amount.
#[derive(Debug, Clone)]
pub struct BehindKeys {
    pub largest: Text,
    pub second: Option<Text>,
    pub contributors: Option<Text>,
}

/// What contributors have of an amount, as its author states it. None of it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub largest: Exact,
    pub second: Option<Exact>,
    /// How many there are.
    pub contributors: Option<Exact>,
}

impl Column {
    /// Whether the rows have a total in it: counts are added up, averages and percentages weighted.
    #[must_use]
    pub fn has_total(&self) -> bool {
        matches!(self.kind, ColumnKind::Count) || self.weight.is_some()
    }

    /// Whether a key of a row or a header of a file means it: its id, or the label that the id of its group is made of.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        name == self.id.value || self.of.is_some() && slug(name) == self.id.value
    }
}

#[derive(Debug, Clone)]
pub struct Row {
    pub id: Spanned<String>,
    pub label: Text,
    /// One a column.
    pub cells: Vec<Spanned<CellValue>>,
    /// One a column; empty where none of them asks for contributors.
    pub behind: Vec<Option<Behind>>,
    pub typed_total: Option<Spanned<Exact>>,
    /// Where it stands in a spreadsheet, which has no lines: `data/a.xlsx, Blad1!A5`.
    pub sheet: Option<String>,
    pub span: Span,
}

impl Row {
    /// A message about the row, with its place where the lines of a text do not show it.
    #[must_use]
    pub fn located(&self, message: impl Into<Said>) -> Said {
        let message = message.into();
        match &self.sheet {
            Some(place) => say!("{place}: {message}", place, message),
            None => message,
        }
    }
}

#[derive(Debug, Clone)]
pub enum CellValue {
    Number(Exact),
    Date(PartialDate),
    Text(Text),
    Blank(Blank),
}

/// Strengths and development areas of one unit.
#[derive(Debug, Clone)]
pub struct Assessment {
    pub unit: Spanned<String>,
    pub strengths: Vec<AssessmentItem>,
    pub development: Vec<AssessmentItem>,
}

#[derive(Debug, Clone)]
pub struct AssessmentItem {
    pub text: Text,
    /// A quality area's id.
    pub area: Option<Spanned<String>>,
}

/// What someone said.
#[derive(Debug, Clone)]
pub struct Statement {
    pub id: Spanned<String>,
    pub text: Text,
    /// A function, never a person's name.
    pub by: Text,
    pub unit: Option<Spanned<String>>,
    pub date: Option<Spanned<PartialDate>>,
    /// Word for word; otherwise retold.
    pub quoted: bool,
}

#[derive(Debug, Clone)]
pub struct Definition {
    pub id: Spanned<String>,
    pub term: Text,
    pub text: Text,
}

#[derive(Debug, Clone)]
pub struct Process {
    pub id: Spanned<String>,
    pub title: Option<Text>,
    pub steps: Vec<ProcessStep>,
}

#[derive(Debug, Clone)]
pub struct ProcessStep {
    pub title: Text,
    pub text: Option<Text>,
}

/// A quality area by which the analysis is made.
#[derive(Debug, Clone)]
pub struct Area {
    pub id: Spanned<String>,
    pub name: Text,
    pub text: Option<Text>,
}
