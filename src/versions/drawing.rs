//! How a chart is drawn, as records of versions keep it: as a hash, and without its numbers, which are kept with its table.

use crate::document::annotation::{Annotations, Extent, Interval, Period, Quantity, Reference, Remark, Status};
use crate::document::data::{Fold, Mark, Order, Orientation};
use crate::model::{ChartSpec, MapSpec};
use crate::source::Text;
use crate::system::sha256;

pub fn hash(chart: &ChartSpec) -> String {
    sha256(line(chart).as_bytes())
}

/// What is hashed. The words are those of the first records and never change, whatever the program calls these things now: in another form every
/// chart of every published version would be another.
fn line(chart: &ChartSpec) -> String {
    fn list(ids: &[Text]) -> String {
        ids.iter().map(|id| format!("\"{}\"", id.value)).collect::<Vec<_>>().join(", ")
    }
    let mark = match chart.mark {
        Mark::Bar => "Bar",
        Mark::GroupedBar => "GroupedBar",
        Mark::StackedBar => "StackedBar",
        Mark::PercentBar => "PercentBar",
        Mark::Line => "Line",
        Mark::Area => "Area",
        Mark::StackedArea => "StackedArea",
        Mark::Dumbbell => "Dumbbell",
        Mark::Dot => "Dot",
        Mark::Heat => "Heat",
        Mark::Choropleth => "Choropleth",
        Mark::BarTable => "BarTable",
        Mark::Sparklines => "Sparklines",
        Mark::Slope => "Slope",
        Mark::Histogram => "Histogram",
        Mark::Waffle => "Waffle",
        Mark::Strip => "Strip",
        Mark::BoxPlot => "BoxPlot",
        Mark::Icons => "Icons",
    };
    let orientation = match chart.orientation {
        None => "None",
        Some(Orientation::Horizontal) => "Some(Horizontal)",
        Some(Orientation::Vertical) => "Some(Vertical)",
    };
    let order = match chart.order {
        Order::Table => "Table",
        Order::Value => "Value",
        Order::Label => "Label",
    };
    let (table, series, rows, percent) = (&chart.table.value, list(&chart.series), list(&chart.rows), chart.percent);
    let axis = chart.axis_from.as_ref().map_or("None".to_owned(), |from| format!("Some(\"{}\")", from.value));
    // A choice that came later is told where it was made.
    let labels = chart.labels.map(|labels| format!(" labels {}", labels.name())).unwrap_or_default();
    let (map, marked) = (chart.map.as_ref().map(map).unwrap_or_default(), marked(chart));
    format!("{table} {mark} {orientation} [{series}] [{rows}] {order} {percent} {axis}{labels}{map}{marked}")
}

/// What is marked in it; nothing where nothing is.
fn marked(chart: &ChartSpec) -> String {
    let Annotations { highlight, references, periods, remarks, provisional_from, forecast_from, status } =
        &chart.annotations;
    let mut out = String::new();
    let mut tell = |name: &str, words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        if !words.is_empty() {
            out.push_str(&format!(" {name} [{}]", words.join(", ")));
        }
    };
    let texts = |texts: &[Text]| -> Vec<String> { texts.iter().map(|text| text.value.clone()).collect() };
    let number = |quantity: &Quantity| match quantity {
        Quantity::Typed { value, .. } => value.to_string(),
        Quantity::Bound(text) => text.value.clone(),
    };
    tell("by", &strs(&texts(chart.by.as_slice())));
    tell("highlight", &strs(&texts(highlight)));
    for Reference { extent, label } in references {
        tell("reference", &strs(&[ends(extent, number), vec![label.value.clone()]].concat()));
    }
    for Period { extent, label } in periods {
        tell("period", &strs(&[ends(extent, |text| text.value.clone()), vec![label.value.clone()]].concat()));
    }
    for Remark { at, series, text } in remarks {
        let series = series.as_ref().map_or("", |series| &series.value);
        tell("annotation", &[&at.value, series, &text.value]);
    }
    tell("provisional", &strs(&texts(provisional_from.as_slice())));
    tell("forecast", &strs(&texts(forecast_from.as_slice())));
    if let Some(Status { column, settled }) = status {
        tell("status", &strs(&[vec![column.value.clone()], texts(settled)].concat()));
    }
    if let Some(Fold { top, bottom }) = chart.fold {
        tell("fold", &strs(&[top, bottom].map(|count| count.to_string())));
    }
    for Interval { of, low, high } in &chart.intervals {
        tell("interval", &[&of.value, &low.value, &high.value]);
    }
    out
}

/// What is given of an extent; an end that is not given is empty.
fn ends<T>(extent: &Extent<T>, word: impl Fn(&T) -> String) -> Vec<String> {
    match extent {
        Extent::At(at) => vec![word(at)],
        Extent::Between(from, to) => [from, to].map(|end| end.as_ref().map_or_else(String::new, &word)).to_vec(),
    }
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

fn map(map: &MapSpec) -> String {
    let classes: Vec<String> = map.classes.iter().map(|limit| limit.value.to_string()).collect();
    let drawn = if map.rows_only { "rows" } else { "all" };
    format!(" map {drawn} [{}]", classes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Span, Spanned};
    use crate::value::Exact;

    #[test]
    fn what_published_records_hold_never_changes() {
        let nowhere = Span::new(SourceId::default(), 0, 0);
        let text = |value: &str| Text::new(value, nowhere);
        let chart = ChartSpec {
            id: Spanned::new("visits".to_owned(), nowhere),
            table: Spanned::new("visits-by-area".to_owned(), nowhere),
            mark: Mark::Bar,
            orientation: None,
            series: Vec::new(),
            rows: Vec::new(),
            order: Order::Table,
            percent: false,
            axis_from: None,
            labels: None,
            map: None,
            by: None,
            fold: None,
            annotations: Annotations::default(),
            intervals: Vec::new(),
            caption: text("Besök"),
            description: None,
            note: None,
            source: None,
            span: nowhere,
        };
        assert_eq!(line(&chart), "visits-by-area Bar None [] [] Table false None");
        assert_eq!(hash(&chart), "f819a494a9141f7bcff5e90767d4793b39e96fe51200f62073df2ab2504f4f05");
        let chosen = ChartSpec {
            orientation: Some(Orientation::Vertical),
            series: vec![text("women"), text("men")],
            rows: vec![text("north")],
            order: Order::Label,
            percent: true,
            axis_from: Exact::parse("2.50").map(|(from, _)| Spanned::new(from, nowhere)),
            ..chart.clone()
        };
        assert_eq!(
            line(&chosen),
            r#"visits-by-area Bar Some(Vertical) ["women", "men"] ["north"] Label true Some("2.5")"#
        );
        let marks = [
            Mark::GroupedBar,
            Mark::StackedBar,
            Mark::PercentBar,
            Mark::Line,
            Mark::Dumbbell,
            Mark::Dot,
            Mark::Heat,
            Mark::Area,
            Mark::StackedArea,
            Mark::Choropleth,
            Mark::BarTable,
            Mark::Sparklines,
            Mark::Slope,
            Mark::Histogram,
            Mark::Waffle,
            Mark::Strip,
            Mark::BoxPlot,
            Mark::Icons,
        ];
        let lines = marks.map(|mark| line(&ChartSpec { mark, ..chart.clone() }));
        let words: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').nth(1)).collect();
        assert_eq!(
            words.join(" "),
            "GroupedBar StackedBar PercentBar Line Dumbbell Dot Heat Area StackedArea Choropleth BarTable Sparklines Slope Histogram Waffle Strip BoxPlot Icons"
        );
        let status = Some(Status { column: text("state"), settled: vec![text("slutlig")] });
        let chosen = ChartSpec {
            fold: Some(Fold { top: 10, bottom: 5 }),
            annotations: Annotations { status, ..Annotations::default() },
            ..chart.clone()
        };
        let told = r#"visits-by-area Bar None [] [] Table false None status ["state", "slutlig"] fold ["10", "5"]"#;
        assert_eq!(line(&chosen), told);
        let chosen = ChartSpec { orientation: Some(Orientation::Horizontal), order: Order::Value, ..chart };
        assert_eq!(line(&chosen), "visits-by-area Bar Some(Horizontal) [] [] Value false None");
    }
}
