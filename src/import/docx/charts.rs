//! Charts that lie in the document: the numbers that they were drawn of when it was saved.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::office::{attribute, child, children};

use super::super::manuscript::{Block, Cell, ChartKind, Inline, Table};

/// The numbers of a chart as a table, with how they were drawn; nothing where the chart keeps none.
pub fn table(root: Node) -> Option<Table> {
    let area = root.descendants().find(|node| node.tag_name().name() == "plotArea")?;
    let drawn: Vec<Node> = area.children().filter(|node| node.tag_name().name().ends_with("Chart")).collect();
    let series: Vec<Node> = drawn.iter().flat_map(|drawn| children(*drawn, "ser")).collect();
    let categories = series.iter().find_map(|series| child(*series, "cat")).map(points).unwrap_or_default();
    let values: Vec<BTreeMap<usize, String>> =
        series.iter().map(|series| child(*series, "val").map(points).unwrap_or_default()).collect();
    let count = values.iter().filter_map(|values| values.keys().last()).max()? + 1;
    let names = series.iter().map(|series| child(*series, "tx").map(words).unwrap_or_default());
    let mut rows = vec![std::iter::once(cell("")).chain(names.map(|name| cell(&name))).collect::<Vec<Cell>>()];
    for at in 0..count.min(MOST_POINTS) {
        let label = categories.get(&at).cloned().unwrap_or_else(|| (at + 1).to_string());
        let cells = values.iter().map(|values| cell(values.get(&at).map_or("", String::as_str)));
        rows.push(std::iter::once(cell(&label)).chain(cells).collect());
    }
    let title =
        root.descendants().find(|node| node.tag_name().name() == "chart").and_then(|chart| child(chart, "title"));
    let caption = title.map(words).filter(|title| !title.is_empty());
    Some(Table {
        caption: caption.map(Inline::Text).into_iter().collect(),
        rows,
        header_rows: 1,
        chart: Some(match drawn.as_slice() {
            [one] => kind(*one),
            _ => ChartKind::Other,
        }),
        ..Table::default()
    })
}

/// Points of a series that are read at most.
const MOST_POINTS: usize = 5000;

fn kind(drawn: Node) -> ChartKind {
    let is = |name: &str, value: &str| child(drawn, name).and_then(|node| attribute(node, "val")) == Some(value);
    match drawn.tag_name().name() {
        "barChart" | "bar3DChart" if is("grouping", "percentStacked") => ChartKind::PercentBar,
        "barChart" | "bar3DChart" if is("grouping", "stacked") => ChartKind::StackedBar,
        "barChart" | "bar3DChart" | "pieChart" | "pie3DChart" | "doughnutChart" => ChartKind::Bar,
        "lineChart" | "line3DChart" => ChartKind::Line,
        _ => ChartKind::Other,
    }
}

/// The points of a series by their places.
fn points(node: Node) -> BTreeMap<usize, String> {
    // Categories of several levels keep the innermost first.
    let first = node.descendants().find(|part| part.tag_name().name() == "lvl").unwrap_or(node);
    let point =
        |point: Node| Some((attribute(point, "idx")?.parse().ok()?, child(point, "v")?.text()?.trim().to_owned()));
    first.descendants().filter(|part| part.tag_name().name() == "pt").filter_map(point).collect()
}

/// The words in an element: those of a cell that it names, or typed.
fn words(node: Node) -> String {
    let text = |part: &Node| matches!(part.tag_name().name(), "v" | "t");
    let words: Vec<&str> = node.descendants().filter(text).filter_map(|part| part.text()).collect();
    words.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cell(text: &str) -> Cell {
    let blocks = if text.is_empty() { Vec::new() } else { vec![Block::body(vec![Inline::Text(text.to_owned())])] };
    Cell { blocks, columns: 1, continues: false }
}
