//! Chart specifications to the model.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::annotation;
use crate::document::data::{Labels, Mark, Order, Orientation};
use crate::model::ChartSpec;
use crate::source::Spanned;

use super::annotation::{Given, Interval, Period, Reference, Remark};
use super::decode;
use super::form::{
    self, ById, Description, Form, Kind, Label, List, Number, OneOrMany, Placed, Plain, Required, Words, choices,
    mapping,
};
use super::yaml::Node;

mapping! {
    /// A chart, one a file; the file's name is its id.
    Chart "chart" {
        /// The table that it draws.
        table: Required<form::Reference>,
        /// What it is drawn as; `percent-bar` fills each bar to 100 percent.
        mark: Required<Mark>,
        /// Which way bars go; without it they lie where their labels need the room.
        orientation: Orientation,
        /// Columns of the table; without it all columns of counts, and `total` for a `bar`.
        series: List<Plain> = Vec::new(),
        /// Rows of the table; without it all but the total.
        rows: List<Plain> = Vec::new(),
        /// The order of the rows: as in the table, the largest first, or by label.
        order: Order = Order::Table,
        /// Numbers, or percent of the table's base.
        measure: Measure = false,
        /// The axis of values.
        axis: Axis,
        /// Which values are written beside a line; without it as many as there is room for, of many points the first, the last and the extremes.
        labels: Labels,
        /// What counts: columns, or rows of a `bar`; the others are grey. With it a line may have six series.
        highlight: OneOrMany<Plain> = Vec::new(),
        /// Small multiples: `series` for a panel for each, or a column of words for a panel for each of its words. All have the same scale.
        by: Plain,
        /// Lines and bands that the values are held against: a target, the normal, a limit.
        reference: OneOrMany<Placed<Reference>> = Vec::new(),
        /// Points of time and periods.
        period: OneOrMany<Placed<Period>> = Vec::new(),
        /// Remarks on single values of a line.
        annotation: OneOrMany<Remark> = Vec::new(),
        /// The first row whose values are not final: from there a line is broken and bars are outlined.
        provisional_from as "provisional-from": Plain,
        /// The first row whose values are a forecast, drawn in the same way.
        forecast_from as "forecast-from": Plain,
        /// For columns that are drawn, the columns with the ends of their intervals.
        intervals: ById<Interval> = Vec::new(),
        /// Stands above the chart.
        caption: Required<Label>,
        /// Replaces the long text alternative that the program writes.
        description: Description,
        /// A remark below the chart.
        note: Words,
        /// Where the numbers come from; without it the table's.
        source: Words,
        /// Refused: where two scales cross is chosen by hand.
        _second_axis as "second-axis": SecondAxis,
        /// Refused: where two scales cross is chosen by hand.
        _axes as "axes": SecondAxis,
        /// Refused: where two scales cross is chosen by hand.
        _y2 as "y2": SecondAxis,
    }
}

mapping! {
    /// The axis of values.
    Axis "axis" {
        /// Where a line begins its scale, if not at nought: at most its lowest value.
        from: Number,
    }
}

choices!(Mark);
choices!(Labels);
choices!(Orientation { "horizontal" => Orientation::Horizontal, "vertical" => Orientation::Vertical, });
choices!(Order { "table" => Order::Table, "value" => Order::Value, "label" => Order::Label, });

/// Whether a chart shows percentages.
pub(in crate::load) struct Measure;
choices!(Measure as bool { "count" => false, "percent" => true, });

pub(in crate::load) struct SecondAxis;
impl Form for SecondAxis {
    type Value = ();
    const KIND: Kind = Kind::Refused;

    fn read(node: &Node, _: &str, sink: &mut Sink) -> Option<()> {
        sink.push(
            Diagnostic::error(Code::CHART_MISLEADING, "a chart has one axis of values")
                .at(node.span)
                .help("draw two charts: where two scales cross is chosen by hand and shows nothing"),
        );
        None
    }
}

/// Reads one chart; `id` is the file's name.
pub fn read(id: &str, root: &Node, sink: &mut Sink) -> Option<ChartSpec> {
    let chart = Chart::read(root, &format!("chart `{id}`"), sink)?;
    let id = Spanned::new(id.to_owned(), root.span);
    let id = decode::id(&id, sink).then_some(id);
    Some(ChartSpec {
        id: id?,
        table: chart.table?,
        mark: chart.mark?,
        orientation: chart.orientation,
        series: chart.series,
        rows: chart.rows,
        order: chart.order,
        percent: chart.measure,
        axis_from: chart.axis.and_then(|axis| axis.from).map(|from| Spanned::new(from.value.0, from.span)),
        labels: chart.labels,
        by: chart.by,
        annotations: Given {
            highlight: chart.highlight,
            references: chart.reference,
            periods: chart.period,
            remarks: chart.annotation,
            provisional_from: chart.provisional_from,
            forecast_from: chart.forecast_from,
        }
        .read(sink),
        intervals: chart.intervals.into_iter().filter_map(interval).collect(),
        caption: chart.caption?,
        description: chart.description,
        note: chart.note,
        source: chart.source,
        span: root.span,
    })
}

fn interval((of, ends): (Spanned<String>, Interval)) -> Option<annotation::Interval> {
    Some(annotation::Interval { of, low: ends.low?, high: ends.high? })
}
