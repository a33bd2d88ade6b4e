//! A chart of a document as a file of charts/, where its numbers can be drawn as they were.

use crate::value::Period;

use super::super::manuscript::{ChartKind, Table, words};
use super::column::{Column, Holds};
use super::yaml;

/// The file of a chart; nothing where the program would refuse it.
pub fn file(table: &Table, id: &str, columns: &[Column], labels: &[&str], caption: &str) -> Option<String> {
    let numbers = columns.iter().all(|column| column.holds != Holds::Text && column.is_whole);
    if !numbers || columns.is_empty() || columns.len() > MOST_SERIES || labels.len() > MOST_ROWS {
        return None;
    }
    let single = columns.len() == 1;
    let in_time = labels.len() > 1 && labels.iter().all(|label| Period::read(label).is_some());
    let positive = columns.iter().all(|column| !column.has_negative);
    let mark = match table.chart? {
        ChartKind::Line if in_time => "line",
        ChartKind::StackedBar if !single && positive => "stacked-bar",
        ChartKind::PercentBar if !single && positive => "percent-bar",
        ChartKind::Bar | ChartKind::Line | ChartKind::StackedBar | ChartKind::PercentBar if single => "bar",
        ChartKind::Bar | ChartKind::Line => "grouped-bar",
        ChartKind::StackedBar | ChartKind::PercentBar | ChartKind::Other => return None,
    };
    let series: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
    let series = if single { format!("series: [{}]\n", series.join(", ")) } else { String::new() };
    let caption = if words(&table.caption).trim().is_empty() { "–" } else { caption };
    Some(format!("table: {id}\nmark: {mark}\n{series}caption: {}\n", yaml::value(caption)))
}

const MOST_SERIES: usize = 4;
const MOST_ROWS: usize = 60;
