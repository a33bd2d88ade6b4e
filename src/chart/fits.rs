//! Whether what is measured suits the mark that it is drawn as.

use super::problem::Problem;
use super::{ChartData, Mark, Measure};
use crate::diagnostic::{Code, say};

/// Finds what a mark would say that the values do not.
pub fn fits(data: &ChartData) -> Option<Problem> {
    match data.mark {
        Mark::Choropleth => map(data),
        Mark::StackedBar | Mark::PercentBar | Mark::StackedArea => stack(data),
        Mark::Waffle | Mark::Icons => share(data),
        Mark::Histogram => histogram(data),
        _ => None,
    }
}

/// Large regions are seen first, whatever their value: what grows with the number of people in them does not belong on a map.
fn map(data: &ChartData) -> Option<Problem> {
    let what = match &data.measure {
        Measure::Count { .. } => say!("numbers"),
        Measure::Percent { of } if !of.is_empty() => say!("shares of one whole"),
        Measure::Percent { .. } | Measure::Amount { .. } | Measure::Mixed => return None,
    };
    let message = say!(
        "the map `{id}` colours {what}: it would show where most people live, and large regions would seem to have more",
        what,
        id = data.id
    );
    let help = say!(
        "draw a column of percentages, or of values per inhabitant (a computed column: `share`, `ratio`, `change`); numbers stand in a table or a bar chart"
    );
    Some(Problem::new(Code::CHART_MISLEADING, message, help))
}

/// A hundred squares, or ten persons, are a whole.
fn share(data: &ChartData) -> Option<Problem> {
    let mut values = data.series.iter().flat_map(|series| series.values.iter().filter_map(|datum| datum.value));
    let is_share =
        matches!(data.measure, Measure::Percent { .. }) && values.all(|value| (0.0..=100.0).contains(&value));
    let message = say!("the chart `{id}` shows a share of a whole, and its value is no share of a whole", id = data.id);
    let help =
        say!("draw a column of percentages from 0 to 100, or counts with `measure: percent`; a change is no share");
    (!is_share).then(|| Problem::new(Code::CHART_MISLEADING, message, help))
}

/// The height of its columns is how many there are.
fn histogram(data: &ChartData) -> Option<Problem> {
    if matches!(data.measure, Measure::Amount { .. }) {
        let message = say!(
            "the chart `{id}` is a histogram of amounts: its columns are how many cases there are of each size",
            id = data.id
        );
        let help = say!("draw the column of counts; sums and averages by class are a `bar`");
        return Some(Problem::new(Code::CHART_MISLEADING, message, help));
    }
    let stands = data.bins.is_some() && data.categories.len() > 1;
    let message = say!(
        "the chart `{id}` has {count} classes, and a histogram needs at least two of equal width",
        id = data.id,
        count = data.categories.len()
    );
    (!stands).then(|| Problem::new(Code::CHART_SPEC, message, say!("give the column of the dataset narrower `bins`")))
}

/// What is stacked is a whole and its parts.
fn stack(data: &ChartData) -> Option<Problem> {
    let id = &data.id;
    let values = || data.series.iter().flat_map(|series| series.values.iter().filter_map(|datum| datum.value));
    if values().any(|value| value < 0.0) {
        let message =
            say!("the chart `{id}` stacks a negative value: parts of a whole cannot be less than nothing", id);
        let help = match data.mark {
            Mark::StackedArea => say!("use `mark: line`, which shows values below zero"),
            _ => say!("use `mark: grouped-bar`, which shows values below zero"),
        };
        return Some(Problem::new(Code::CHART_MISLEADING, message, help));
    }
    if data.mark != Mark::StackedArea || !matches!(data.measure, Measure::Percent { .. }) {
        return None;
    }
    // Printed shares of one whole may be a little more than it, each by its rounding.
    let sum = |at: usize| data.series.iter().filter_map(|series| series.values.get(at)?.value).sum::<f64>();
    let slack = 0.5 * data.series.len() as f64;
    let over = (0..data.categories.len()).find(|at| sum(*at) > 100.0 + slack)?;
    let message = say!(
        "the chart `{id}` stacks percentages that are more than the whole together: {sum} of {row}",
        id,
        sum = sum(over).round(),
        row = data.categories[over]
    );
    Some(Problem::new(
        Code::CHART_MISLEADING,
        message,
        say!("percentages of different wholes are lines: use `mark: line`"),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::chart;
    use super::*;

    #[test]
    fn stacks_are_parts_of_one_whole() {
        let mut data = chart(Mark::StackedArea, 3, 2);
        assert_eq!(fits(&data), None);
        data.measure = Measure::Percent { of: String::new() };
        assert_eq!(fits(&data), None);
        data.series[0].values[1].value = Some(99.0);
        assert!(
            fits(&data).is_some_and(|problem| problem.message.english().ends_with("105 of Rad 2")),
            "{:?}",
            fits(&data)
        );
        data.measure = Measure::Count { unit: String::new() };
        assert_eq!(fits(&data), None);
        data.series[0].values[1].value = Some(-1.0);
        assert!(fits(&data).is_some_and(|problem| problem.message.english().contains("negative")));
    }

    #[test]
    fn numbers_are_no_matter_for_a_map() {
        let with = |measure| fits(&ChartData { measure, ..chart(Mark::Choropleth, 3, 1) });
        assert!(with(Measure::Count { unit: String::new() }).is_some());
        assert!(with(Measure::Percent { of: "alla".into() }).is_some());
        assert_eq!(with(Measure::Percent { of: String::new() }), None);
        assert_eq!(with(Measure::Amount { unit: "kr".into() }), None);
    }
}
