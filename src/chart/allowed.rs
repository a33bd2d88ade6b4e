//! What each mark can show of what is marked.

use super::problem::Problem;
use super::{ChartData, Highlight, Mark, Times};
use crate::diagnostic::{Code, say};

/// Finds what is marked in a chart whose mark cannot show it.
pub fn marked(data: &ChartData) -> Vec<Problem> {
    use Mark::{
        Area, Bar, BoxPlot, Choropleth, Dot, Dumbbell, GroupedBar, Histogram, Icons, Line, PercentBar, Slope,
        Sparklines, StackedBar, Strip, Waffle,
    };
    let marked = &data.marked;
    let rows = matches!(marked.highlight, Some(Highlight::Categories(_)));
    let given: [(bool, &str, &[Mark]); 9] = [
        (!marked.references.is_empty(), "reference", &[Line, Area, Bar, GroupedBar, Dot, Dumbbell, Strip, BoxPlot]),
        (!marked.periods.is_empty(), "period", &[Line, Area, Bar, GroupedBar, StackedBar, PercentBar]),
        (!marked.remarks.is_empty(), "annotation", &[Line, Area, Bar, GroupedBar]),
        (!marked.open.is_empty(), "provisional-from` or `status", &[Line, Area, Bar, GroupedBar]),
        (data.has_intervals(), "intervals", &[Line, Bar, GroupedBar, Dot]),
        (data.panels, "by", &[Line, Area, Bar, Dot, Histogram, Waffle, Icons, Choropleth]),
        (data.fold.is_some(), "fold", &[Bar, Dot]),
        (marked.highlight.is_some() && !rows, "highlight", &[Line, GroupedBar, StackedBar, Dot, Sparklines]),
        (rows, "highlight", &[Bar, GroupedBar, Dot, Slope, Strip, BoxPlot]),
    ];
    let refused = given.iter().filter(|(given, _, marks)| *given && !marks.contains(&data.mark));
    let problem = refused.map(|(_, key, marks)| {
        let message =
            say!("`{key}` cannot be shown in the chart `{id}`, a `{mark}`", key, id = data.id, mark = data.mark.name());
        let marks: Vec<String> = marks.iter().map(|mark| format!("`{}`", mark.name())).collect();
        Problem::new(Code::CHART_SPEC, message, say!("it goes with {marks}", marks = marks.join(", ")))
    });
    problem.chain(below(data)).chain(remarks_in_panels(data)).chain(unfit_to_fold(data)).collect()
}

/// What is marked in bars, which have to stand for it.
pub fn needs_columns(data: &ChartData) -> Option<Problem> {
    let marked = &data.marked;
    let keys = [("period", marked.periods.is_empty()), ("annotation", marked.remarks.is_empty())];
    let (key, _) = keys.into_iter().find(|(_, empty)| !empty)?;
    let message = say!("`{key}` is shown above standing bars, and those of the chart `{id}` lie", key, id = data.id);
    let help = say!(
        "write `orientation: vertical`, with names short enough to stand beside each other, or say it in the caption"
    );
    Some(Problem::new(Code::CHART_SPEC, message, help))
}

/// Panels are too small for words of their own.
fn remarks_in_panels(data: &ChartData) -> Option<Problem> {
    let message = say!("`annotation` has no room in the panels of the chart `{id}`", id = data.id);
    let help = say!("take `by` or `annotation` away, or say it in the note");
    (data.panels && !data.marked.remarks.is_empty()).then(|| Problem::new(Code::CHART_SPEC, message, help))
}

/// Rows of which none is the highest: several series, or points of time, which stand in their order.
fn unfit_to_fold(data: &ChartData) -> Option<Problem> {
    let (message, help) = match () {
        () if data.fold.is_none() => return None,
        () if data.times.is_some() || Times::out_of_order(&data.categories).is_some() => (
            say!(
                "`fold` puts rows in the order of their values, and those of the chart `{id}` are points of time",
                id = data.id
            ),
            say!("take `fold` away, or draw a line, which has room for any number of points of time"),
        ),
        () if data.series.len() > 1 => (
            say!(
                "`fold` goes by the values of one series, and `{id}` has {count}",
                id = data.id,
                count = data.series.len()
            ),
            say!("choose one column with `series`"),
        ),
        () => return None,
    };
    Some(Problem::new(Code::CHART_SPEC, message, help))
}

/// A line that begins its scale above what it is held against.
fn below(data: &ChartData) -> Option<Problem> {
    let from = data.axis_from?;
    let levels = data.marked.references.iter().flat_map(|reference| reference.extent.ends());
    let level = levels.filter(|level| level.value < from).min_by(|a, b| a.value.total_cmp(&b.value))?;
    let message = say!(
        "the chart `{id}` is held against {value}, which lies below the beginning of its scale",
        id = data.id,
        value = level.text
    );
    let help = say!("let `axis: {{from: …}}` be at most {value}", value = level.text);
    Some(Problem::new(Code::CHART_SPEC, message, help))
}
