//! Chart specifications to the model.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{ChartSpec, Mark, Order, Orientation};
use crate::source::Spanned;

use super::decode::{self, Map};
use super::yaml::Node;

const MARKS: &[(&str, Mark)] = &[
    ("bar", Mark::Bar),
    ("grouped-bar", Mark::GroupedBar),
    ("stacked-bar", Mark::StackedBar),
    ("percent-bar", Mark::PercentBar),
    ("line", Mark::Line),
    ("dumbbell", Mark::Dumbbell),
    ("dot", Mark::Dot),
    ("heat", Mark::Heat),
];

/// Reads one chart; `id` is the file's name.
pub fn read(id: &str, root: &Node, sink: &mut Sink) -> Option<ChartSpec> {
    let mut map = Map::open(root, format!("chart `{id}`"), sink)?;
    let id = Spanned::new(id.to_owned(), root.span);
    let id = decode::id(&id, sink).then_some(id);
    let table = map.require_text("table", sink);
    let mark = map.require("mark", sink).and_then(|node| decode::choice(&node, "`mark`", MARKS, sink));
    let orientation = map.choice(
        "orientation",
        &[("horizontal", Orientation::Horizontal), ("vertical", Orientation::Vertical)],
        sink,
    );
    let series = map.texts("series", sink);
    let rows = map.texts("rows", sink);
    let order = map.choice("order", &[("table", Order::Table), ("value", Order::Value), ("label", Order::Label)], sink);
    let percent = map.choice("measure", &[("count", false), ("percent", true)], sink).unwrap_or(false);
    let axis_from = map.take("axis").and_then(|node| {
        let mut axis = Map::open(&node, "`axis`", sink)?;
        let from = axis.take("from").and_then(|node| decode::number(&node, "`from`", sink));
        axis.finish(sink);
        from.map(|from| Spanned::new(from.value.0, from.span))
    });
    let caption = map.require_text("caption", sink);
    let description = map.text("description", sink);
    let note = map.text("note", sink);
    let source = map.text("source", sink);
    for key in ["second-axis", "axes", "y2"] {
        if let Some(node) = map.take(key) {
            sink.push(
                Diagnostic::error(Code::CHART_MISLEADING, "a chart has one axis of values")
                    .at(node.span)
                    .help("draw two charts: where two scales cross is chosen by hand and shows nothing"),
            );
        }
    }
    map.finish(sink);
    let table = table.map(|text| Spanned::new(text.value, text.span));
    Some(ChartSpec {
        id: id?,
        table: table?,
        mark: mark?,
        orientation,
        series,
        rows,
        order: order.unwrap_or(Order::Table),
        percent,
        axis_from,
        caption: caption?,
        description,
        note,
        source,
        span: root.span,
    })
}
