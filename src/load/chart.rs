//! Chart specifications to the model.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::annotation;
use crate::document::data::{self, Labels, Mark, Order, Orientation};
use crate::model::{ChartSpec, MapSpec};
use crate::source::Spanned;
use crate::value::Exact;

use super::annotation::{Given, Interval, Period, Reference, Remark, Status};
use super::data_files::DataFiles;
use super::decode;
use super::form::{
    self, ById, Count, Description, Form, Kind, Label, List, Number, OneOrMany, Placed, Plain, Required, Words,
    choices, mapping,
};
use super::map::Map;
use super::yaml::Node;

mapping! {
    /// A chart, one a file; the file's name is its id.
    Chart "chart" {
        /// The table that it draws.
        table: Required<form::TableId>,
        /// What it is drawn as; `percent-bar` fills each bar to 100 percent.
        mark: Required<Mark>,
        /// Which way bars go; without it those of points of time stand and others lie.
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
        /// The regions that a `choropleth` colours.
        map: Map,
        /// What counts: columns, or rows of a `bar`; the others are grey. With it a line may have six series.
        highlight: OneOrMany<Plain> = Vec::new(),
        /// Small multiples: `series` for a panel for each, or a column of words for a panel for each of its words. All have the same scale.
        by: Plain,
        /// Lines and bands that the values are held against: a target, the normal, a limit.
        reference: OneOrMany<Placed<Reference>> = Vec::new(),
        /// Points of time and periods.
        period: OneOrMany<Placed<Period>> = Vec::new(),
        /// Remarks on single values of lines and standing bars.
        annotation: OneOrMany<Remark> = Vec::new(),
        /// The first row whose values are not final: from there a line is broken and bars are outlined.
        provisional_from as "provisional-from": Plain,
        /// The first row whose values are a forecast, drawn in the same way.
        forecast_from as "forecast-from": Plain,
        /// A column that tells for each row whether its values are final.
        status: Status,
        /// Of the bars or dots of one column only so many at both ends are drawn; those between them are one row, with their median.
        fold: Fold,
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
    /// Which rows of many are drawn each by itself.
    Fold "fold" {
        /// So many with the highest values.
        top: Count,
        /// So many with the lowest values.
        bottom: Count,
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

    fn read(node: &Node, _: &Said, sink: &mut Sink) -> Option<()> {
        sink.push(
            Diagnostic::error(Code::CHART_MISLEADING, say!("a chart has one axis of values"))
                .at(node.span)
                .help(say!("draw two charts: where two scales cross is chosen by hand and shows nothing")),
        );
        None
    }
}

/// A map without its mark, or the mark without a map.
fn mark_and_map(id: &Spanned<String>, mark: Mark, map: Option<&MapSpec>) -> Diagnostic {
    match map {
        Some(map) => Diagnostic::error(Code::CHART_SPEC, say!("`{mark}` draws no map", mark = mark.name()))
            .at(map.span)
            .help(say!("write `mark: choropleth`, or take `map` away")),
        None => Diagnostic::error(Code::CHART_SPEC, say!("the chart `{id}` has no map to draw", id = id.value))
            .at(id.span)
            .help(say!("name a file of regions: map: {file: data/kommuner.geojson}")),
    }
}

/// Reads one chart; `id` is the file's name.
pub fn read(id: &str, root: &Node, files: &mut dyn DataFiles, sink: &mut Sink) -> Option<ChartSpec> {
    let chart = Chart::read(root, &say!("chart `{id}`", id), sink)?;
    let id = Spanned::new(id.to_owned(), root.span);
    let id = decode::id(&id, sink).then_some(id);
    let map_is_named = chart.map.is_some();
    let map = chart.map.and_then(|map| map.open(files, sink));
    if map.is_none() && map_is_named {
        return None;
    }
    let mark = chart.mark?;
    if (mark == Mark::Choropleth) != map_is_named {
        sink.push(mark_and_map(&id?, mark, map.as_ref()));
        return None;
    }
    let fold = chart.fold.and_then(|given| fold(given, root, sink));
    Some(ChartSpec {
        id: id?,
        table: chart.table?,
        mark,
        orientation: chart.orientation,
        series: chart.series,
        rows: chart.rows,
        order: chart.order,
        percent: chart.measure,
        axis_from: chart.axis.and_then(|axis| axis.from).map(|from| Spanned::new(from.value.0, from.span)),
        labels: chart.labels,
        map,
        by: chart.by,
        annotations: Given {
            highlight: chart.highlight,
            references: chart.reference,
            periods: chart.period,
            remarks: chart.annotation,
            provisional_from: chart.provisional_from,
            forecast_from: chart.forecast_from,
            status: chart.status,
        }
        .read(sink),
        fold,
        intervals: chart.intervals.into_iter().filter_map(interval).collect(),
        caption: chart.caption?,
        description: chart.description,
        note: chart.note,
        source: chart.source,
        span: root.span,
    })
}

fn fold(given: Fold, chart: &Node, sink: &mut Sink) -> Option<data::Fold> {
    let count = |given: Option<Spanned<Exact>>| given.and_then(|given| usize::try_from(given.value.to_i64()?).ok());
    let (top, bottom) = (count(given.top).unwrap_or(0), count(given.bottom).unwrap_or(0));
    if top + bottom == 0 {
        let message = say!("`fold` leaves no row to be drawn by itself");
        sink.push(
            Diagnostic::error(Code::CHART_SPEC, message).at(chart.span).help(say!("write fold: {top: 10, bottom: 5}")),
        );
        return None;
    }
    Some(data::Fold { top, bottom })
}

fn interval((of, ends): (Spanned<String>, Interval)) -> Option<annotation::Interval> {
    Some(annotation::Interval { of, low: ends.low?, high: ends.high? })
}
