//! Parts that several kinds of document are made of: time lines, what was planned and delivered, examples, key figures, questions,
//! problems with proposals, pictures and downloads.

use super::Counts;
use crate::register::register;
use crate::source::{Span, Spanned, Text};
use crate::value::{Exact, PartialDate};

/// What happened when.
#[derive(Debug, Clone)]
pub struct Timeline {
    pub id: Spanned<String>,
    pub title: Option<Text>,
    pub entries: Vec<TimelineEntry>,
}

#[derive(Debug, Clone)]
pub struct TimelineEntry {
    pub date: Spanned<PartialDate>,
    /// Last day of what took longer.
    pub until: Option<Spanned<PartialDate>>,
    pub title: Text,
    pub text: Option<Text>,
}

/// What was planned, held against what came of it: a table.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Id of the table that it becomes.
    pub id: Spanned<String>,
    pub caption: Text,
    pub note: Option<Text>,
    pub source: Option<Text>,
    pub items: Vec<Deliverable>,
}

#[derive(Debug, Clone)]
pub struct Deliverable {
    /// Also the beginning of the figures `<id>.planned` and `<id>.delivered`, where these are numbers.
    pub id: Spanned<String>,
    pub what: Text,
    pub planned: Measure,
    pub delivered: Measure,
    pub outcome: Outcome,
    pub reason: Option<Text>,
}

/// How much was planned or delivered: a number, which can be bound, or words.
#[derive(Debug, Clone)]
pub enum Measure {
    Count(Spanned<Exact>),
    Text(Text),
}

register! {
    /// What came of a deliverable.
    Outcome {
        /// As it is written in findings/.
        name,
        /// Key of its word in the locale files.
        label: &'static str,
    }
    Done = "done", "outcome_done";
    Partly = "partly", "outcome_partly";
    /// Begun, and goes on.
    Begun = "begun", "outcome_begun";
    NotDone = "not-done", "outcome_not_done";
}

/// Who does what: examples by place and area.
#[derive(Debug, Clone)]
pub struct Examples {
    /// Id of the table that gathers them.
    pub id: Spanned<String>,
    pub caption: Text,
    /// Header of the first column.
    pub stub: Text,
    pub source: Option<Text>,
    pub items: Vec<Example>,
}

#[derive(Debug, Clone)]
pub struct Example {
    pub place: Text,
    /// A quality area's id.
    pub area: Spanned<String>,
    /// A few words, for the table.
    pub what: Text,
    /// What is told of it in the list.
    pub text: Option<Text>,
}

/// The few numbers that a reader should take along.
#[derive(Debug, Clone)]
pub struct KeyFigures {
    pub id: Spanned<String>,
    pub items: Vec<KeyFigure>,
}

#[derive(Debug, Clone)]
pub struct KeyFigure {
    /// Binds a figure.
    pub value: Text,
    pub label: Text,
}

/// A question that was put, with its parts.
#[derive(Debug, Clone)]
pub struct Question {
    pub id: Spanned<String>,
    pub text: Text,
    /// Lettered a, b, c in their order.
    pub parts: Vec<(Spanned<String>, Text)>,
}

/// A problem and what is proposed.
#[derive(Debug, Clone)]
pub struct Pair {
    pub id: Spanned<String>,
    pub problem: Text,
    pub proposal: Text,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Picture {
    pub id: Spanned<String>,
    /// Path in the workspace, once the report is loaded.
    pub file: Spanned<String>,
    pub alt: Text,
    pub caption: Option<Text>,
    /// Who made it.
    pub credit: Text,
}

/// A file that readers can take along.
#[derive(Debug, Clone)]
pub struct Download {
    pub id: Spanned<String>,
    /// Path in the workspace, once the report is loaded.
    pub file: Spanned<String>,
    pub title: Text,
    /// What its numbers count, where the author says so.
    pub counts: Option<Counts>,
}

/// A survey: who was asked, who answered, and the questions with their results.
#[derive(Debug, Clone)]
pub struct Survey {
    /// Also the id of the figure that is the response rate.
    pub id: Spanned<String>,
    /// Figure: all that the survey is about.
    pub population: Spanned<String>,
    /// Figure: those who were asked, where these were not all.
    pub sample: Option<Spanned<String>>,
    /// Figure: those who answered.
    pub answered: Spanned<String>,
    /// What those who did not answer mean for the results.
    pub non_response: Text,
    pub caption: Text,
    pub note: Option<Text>,
    pub source: Option<Text>,
    /// Figures: the share of each question, counted on its base or on those who answered.
    pub questions: Vec<Spanned<String>>,
}

/// What a committee is asked to decide, and why.
#[derive(Debug, Clone)]
pub struct DecisionPage {
    pub proposed: Vec<Text>,
    pub findings: Vec<Text>,
    pub figures: Vec<KeyFigure>,
    pub span: Span,
}

/// What became of the development areas of another report.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// The report that is followed up; its version stands in report.yaml, under `reports`.
    pub of: Spanned<String>,
    /// Caption of the table of how far each unit has come.
    pub caption: Text,
    pub stub: Text,
    pub source: Option<Text>,
    pub units: Vec<UnitFollowUp>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct UnitFollowUp {
    pub unit: Spanned<String>,
    /// One for each development area, in their order; without those that could not be read.
    pub items: Vec<FollowUpItem>,
    /// How many the file has.
    pub given: usize,
}

#[derive(Debug, Clone)]
pub struct FollowUpItem {
    pub progress: Progress,
    pub done: Text,
    pub evidence: Text,
}

register! {
    /// How far a development area has come.
    Progress {
        /// As it is written in findings/.
        name,
        /// Key of its word in the locale files.
        label: &'static str,
    }
    NotBegun = "not-begun", "progress_not_begun";
    Begun = "begun", "progress_begun";
    Done = "done", "progress_done";
    Dropped = "dropped", "progress_dropped";
}
