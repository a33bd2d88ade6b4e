//! Blocks that are made from data: what a directive in the text becomes. Texts are parsed, values are computed; nothing is
//! numbered or formatted yet.

use std::sync::Arc;

use crate::register::register;
use crate::source::{Span, Text};
use crate::value::{Group, PartialDate, Value};

use super::Inline;
use super::annotation::Annotations;
use super::geography::Ring;

#[derive(Debug, Clone)]
pub enum DataBlock {
    Table(Table),
    Chart(Box<Chart>),
    Assessment(Assessment),
    Statement(Statement),
    Process(Process),
    Definitions(Vec<Definition>),
    Bibliography,
    /// How small numbers are protected.
    Protection,
    Timeline(Timeline),
    KeyFigures(Vec<KeyFigure>),
    Pairs(Vec<Pair>),
    Question(Question),
    Picture(Picture),
    Downloads(Vec<Download>),
}

/// Words of a header: the author's, or the language's own.
#[derive(Debug, Clone)]
pub enum Label {
    Own(Vec<Inline>),
    /// Of a declared breakdown.
    Group(Group),
    Total,
    /// One column of counts.
    Count,
    /// Cases without a value.
    Missing,
    /// Place among the rows.
    Rank,
    /// What has come or gone since an earlier time.
    Change,
    /// A word of the program's own, by its key in the locale files.
    Word(&'static str),
}

#[derive(Debug, Clone)]
pub struct Table {
    pub id: String,
    pub caption: Vec<Inline>,
    /// Header of the first column.
    pub stub: Vec<Inline>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Notes by mark.
    pub notes: Vec<(String, Vec<Inline>)>,
    pub note: Option<Vec<Inline>>,
    pub source: Option<Vec<Inline>>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub id: String,
    pub label: Label,
    pub group: Option<Vec<Inline>>,
    pub kind: ColumnKind,
    /// Whose numbers it has.
    pub of: Option<Group>,
    pub total: bool,
}

#[derive(Debug, Clone)]
pub enum ColumnKind {
    Count,
    Percent { decimals: u8 },
    Amount { unit: Option<Text>, decimals: u8 },
    Date,
    Text,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub label: Label,
    pub values: Vec<Value>,
    pub total: bool,
}

#[derive(Debug, Clone)]
pub struct Chart {
    pub id: String,
    pub mark: Mark,
    pub orientation: Option<Orientation>,
    pub caption: Vec<Inline>,
    pub description: Option<Text>,
    pub note: Option<Vec<Inline>>,
    pub source: Option<Vec<Inline>>,
    pub order: Order,
    /// The values that are drawn: the chosen rows and series of the table, totals only where chosen.
    pub table: Table,
    /// The values are percent of `base`.
    pub percent: bool,
    /// Label of the figure that percentages are counted on.
    pub base_label: Option<Text>,
    pub axis_from: Option<f64>,
    pub labels: Option<Labels>,
    /// Where the rows lie, for a map.
    pub map: Option<Map>,
    /// The classes that the rows are, for a histogram.
    pub bins: Option<Bins>,
    /// The columns of `table` that are drawn, each with those of the lower and upper ends of its intervals.
    pub series: Vec<(usize, Option<(usize, usize)>)>,
    pub by: Option<By>,
    pub fold: Option<Fold>,
    /// The column of `table` that tells which rows are not final.
    pub status: Option<usize>,
    pub annotations: Annotations,
    /// What each value is told beside, row by row; none where there is nothing to tell.
    pub beside: Option<(Beside, Vec<Vec<Option<Value>>>)>,
    /// Id of the table that the values come from.
    pub table_id: String,
    pub span: Span,
}

/// Classes of equal width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bins {
    /// Where the first begins.
    pub from: f64,
    pub width: f64,
}

/// The regions that the rows of a chart's table are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    /// One for each row.
    pub shapes: Vec<Arc<Vec<Ring>>>,
    /// Where the colours change, rising; empty where the values decide.
    pub classes: Vec<f64>,
}

/// What a panel of its own is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Series,
    /// Each of the words of a column of `table`.
    Column(usize),
}

/// How many rows with the highest and with the lowest values are drawn each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    pub top: usize,
    pub bottom: usize,
}

/// The other measure of a chart's values, told in its table and where a reader points at them.
#[derive(Debug, Clone)]
pub enum Beside {
    /// The count that a percentage is made of.
    Count,
    /// The share of the bar that a count or an amount is a part of.
    ShareOfBar,
    /// The share of the base of the table, by its label.
    ShareOf(Text),
}

/// How a chart's categories are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As the table has them.
    Table,
    /// Largest first, by the sum of the series.
    Value,
    /// By the alphabet of the language.
    Label,
}

register! {
    /// Which values are written beside a line.
    Labels {
        /// As it is written in charts/.
        name,
    }
    None = "none";
    /// The first and the last.
    Ends = "ends";
    /// The first, the last, the highest and the lowest.
    Extremes = "extremes";
    All = "all";
}

register! {
    /// What is drawn. Chosen by the author with `mark`.
    Mark {
        /// As it is written in charts/.
        name,
        /// Key of what such a chart is called in its description.
        label: &'static str,
        /// The same where its bars stand.
        standing: &'static str,
    }
    Bar = "bar", "alt_kind_bar", "alt_kind_bar_standing";
    GroupedBar = "grouped-bar", "alt_kind_grouped", "alt_kind_grouped_standing";
    StackedBar = "stacked-bar", "alt_kind_stacked", "alt_kind_stacked_standing";
    /// Stacked to 100 %.
    PercentBar = "percent-bar", "alt_kind_parts", "alt_kind_parts_standing";
    Line = "line", "alt_kind_line", "alt_kind_line";
    /// A line with the field between it and nought.
    Area = "area", "alt_kind_area", "alt_kind_area";
    /// Parts of a whole over time.
    StackedArea = "stacked-area", "alt_kind_stacked_area", "alt_kind_stacked_area";
    /// Two values a category, joined: differences between women and men.
    Dumbbell = "dumbbell", "alt_kind_dumbbell", "alt_kind_dumbbell";
    Dot = "dot", "alt_kind_dot", "alt_kind_dot";
    /// A table whose cells are shaded by value.
    Heat = "heat", "alt_kind_heat", "alt_kind_heat";
    /// A table whose numbers have bars beside them.
    BarTable = "bar-table", "alt_kind_bar_table", "alt_kind_bar_table";
    /// A table of small lines, each on a scale of its own.
    Sparklines = "sparklines", "alt_kind_sparklines", "alt_kind_sparklines";
    /// Two points of time, joined for each category.
    Slope = "slope", "alt_kind_slope", "alt_kind_slope";
    /// How often values are of which size.
    Histogram = "histogram", "alt_kind_histogram", "alt_kind_histogram";
    /// Every value as a dot on one scale, with the middle half.
    Strip = "strip", "alt_kind_strip", "alt_kind_strip";
    /// Lowest value, quartiles, median and highest value of each row.
    BoxPlot = "box", "alt_kind_box", "alt_kind_box";
    /// One share as a hundred squares.
    Waffle = "waffle", "alt_kind_waffle", "alt_kind_waffle";
    /// One share as ten persons.
    Icons = "icons", "alt_kind_icons", "alt_kind_icons";
    /// A map whose regions are coloured by value.
    Choropleth = "choropleth", "alt_kind_map", "alt_kind_map";
}

impl Mark {
    #[must_use]
    pub fn is_bar(self) -> bool {
        matches!(self, Self::Bar | Self::GroupedBar | Self::StackedBar | Self::PercentBar)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    Horizontal,
    Vertical,
}

#[derive(Debug, Clone)]
pub struct Assessment {
    pub development: bool,
    pub unit_id: String,
    pub unit: Vec<Inline>,
    pub items: Vec<AssessmentItem>,
}

#[derive(Debug, Clone)]
pub struct AssessmentItem {
    pub content: Vec<Inline>,
    pub area: Option<Vec<Inline>>,
    pub area_id: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Statement {
    pub quoted: bool,
    pub content: Vec<Inline>,
    pub by: Vec<Inline>,
    pub date: Option<PartialDate>,
}

#[derive(Debug, Clone)]
pub struct Process {
    pub title: Option<Vec<Inline>>,
    pub steps: Vec<(Vec<Inline>, Option<Vec<Inline>>)>,
}

#[derive(Debug, Clone)]
pub struct Definition {
    pub term: Vec<Inline>,
    pub text: Vec<Inline>,
}

#[derive(Debug, Clone)]
pub struct Timeline {
    pub title: Option<Vec<Inline>>,
    pub entries: Vec<TimelineEntry>,
}

#[derive(Debug, Clone)]
pub struct TimelineEntry {
    pub date: PartialDate,
    pub until: Option<PartialDate>,
    pub title: Vec<Inline>,
    pub text: Option<Vec<Inline>>,
}

#[derive(Debug, Clone)]
pub struct KeyFigure {
    pub value: Vec<Inline>,
    pub label: Vec<Inline>,
}

#[derive(Debug, Clone)]
pub struct Pair {
    pub problem: Vec<Inline>,
    pub proposal: Vec<Inline>,
}

#[derive(Debug, Clone)]
pub struct Question {
    pub id: String,
    pub content: Vec<Inline>,
    /// Id and words, lettered in their order.
    pub parts: Vec<(String, Vec<Inline>)>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Picture {
    /// Path in the workspace.
    pub path: String,
    pub alt: Text,
    pub caption: Option<Vec<Inline>>,
    pub credit: Vec<Inline>,
}

#[derive(Debug, Clone)]
pub struct Download {
    /// Path in the workspace.
    pub path: String,
    pub title: Vec<Inline>,
}
