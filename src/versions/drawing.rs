//! How a chart is drawn, as records of versions keep it: as a hash, and without its numbers, which are kept with its table.

use crate::document::data::{Mark, Order, Orientation};
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
        Mark::Dumbbell => "Dumbbell",
        Mark::Dot => "Dot",
        Mark::Heat => "Heat",
        Mark::Choropleth => "Choropleth",
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
    let map = chart.map.as_ref().map(map).unwrap_or_default();
    format!("{table} {mark} {orientation} [{series}] [{rows}] {order} {percent} {axis}{labels}{map}")
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
        let marks =
            [Mark::GroupedBar, Mark::StackedBar, Mark::PercentBar, Mark::Line, Mark::Dumbbell, Mark::Dot, Mark::Heat];
        let lines = marks.map(|mark| line(&ChartSpec { mark, ..chart.clone() }));
        let words: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').nth(1)).collect();
        assert_eq!(words.join(" "), "GroupedBar StackedBar PercentBar Line Dumbbell Dot Heat");
        let chosen = ChartSpec { orientation: Some(Orientation::Horizontal), order: Order::Value, ..chart };
        assert_eq!(line(&chosen), "visits-by-area Bar Some(Horizontal) [] [] Value false None");
    }
}
