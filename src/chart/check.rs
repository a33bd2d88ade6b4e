//! What a chart may not be: it would mislead, or its mark cannot show its data.

use super::fits::fits;
use super::problem::Problem;
use super::scene::{TALLEST, Words};
use super::{
    ChartData, Fonts, Highlight, Label, Mark, Orientation, Times, allowed, box_plot, drawn_orientation, fold, layout,
    slope,
};
use crate::diagnostic::{Code, Said, say};

/// Colours that can be told apart.
const MOST_SERIES: usize = 4;
/// Lines of which most stand back.
const MOST_LINES: usize = 6;
const MOST_PANELS: usize = 24;

/// Finds what keeps a chart from being drawn; nothing for a good one.
#[must_use]
pub fn check(data: &ChartData) -> Vec<Problem> {
    let id = &data.id;
    let mut problems = shape(data);
    if !problems.is_empty() {
        return problems;
    }
    let values = || data.series.iter().flat_map(|series| series.values.iter().filter_map(|datum| datum.value));
    if values().next().is_none() {
        if data.series.iter().flat_map(|series| &series.values).any(|datum| datum.hidden) {
            let message = say!("all values of the chart `{id}` are hidden by the disclosure policy", id);
            let help = say!("leave the chart out, or put rows or columns together so that its numbers grow");
            return vec![Problem::new(Code::CHART_EMPTY, message, help)];
        }
        let help = say!("choose rows and columns that hold numbers, or leave the chart out");
        return vec![Problem::new(Code::CHART_EMPTY, say!("the chart `{id}` has no value to show", id), help)];
    }
    if values().any(|value| !value.is_finite()) {
        let help = say!("give each cell a number, or a blank with its reason");
        problems.push(Problem::new(
            Code::CHART_SPEC,
            say!("the chart `{id}` holds a value that is no number", id),
            help,
        ));
        return problems;
    }
    problems.extend(series(data));
    problems.extend(order(data));
    problems.extend(axis(data));
    problems.extend(interval(data));
    problems.extend(rising(data));
    problems.extend(fits(data));
    problems.extend(allowed::marked(data));
    problems
}

/// Finds that a chart would be printed in type that nobody can read, since it has more rows than a page, or that what is marked has no place in it.
#[must_use]
pub fn room(data: &ChartData, fonts: &Fonts, label: Label) -> Option<Problem> {
    let words = Words::new(data, label);
    let drawn = fold::drawn(data, &words, label);
    let data = &*drawn.data;
    if data.mark.is_bar()
        && drawn_orientation(data, fonts, &words) == Orientation::Horizontal
        && let Some(problem) = allowed::needs_columns(data)
    {
        return Some(problem);
    }
    let height = layout(data, fonts, &words).height;
    let (count, what) = match data.mark {
        _ if data.panels => (data.series.len(), say!("panels")),
        Mark::Sparklines | Mark::Strip => (data.series.len(), say!("rows")),
        _ => (data.categories.len(), say!("rows")),
    };
    let message = say!(
        "the {count} {what} of the chart `{id}` have no room on a page in type of 7 points",
        count,
        what,
        id = data.id
    );
    let help = match data.times {
        _ if data.panels || matches!(data.mark, Mark::Sparklines | Mark::Strip) => {
            say!("choose fewer with `series` or `rows`, shorten their names, or make several charts")
        }
        Some(_) => say!("use `mark: line`, which has room for any number of points of time"),
        None => {
            say!(
                "choose with `rows` those that the text speaks of, draw the highest and the lowest with `fold: {top: 10, bottom: 5}`, or make several charts"
            )
        }
    };
    (height > TALLEST).then(|| Problem::new(Code::CHART_ROOM, message, help))
}

fn shape(data: &ChartData) -> Vec<Problem> {
    let id = &data.id;
    if data.categories.is_empty() || data.series.is_empty() {
        let what = if data.categories.is_empty() { say!("rows") } else { say!("series") };
        let help = say!("give the table rows with numbers, or leave the chart out");
        return vec![Problem::new(Code::CHART_EMPTY, say!("the chart `{id}` has no {what}", id, what), help)];
    }
    let uneven = data.series.iter().filter(|series| series.values.len() != data.categories.len());
    let problem = uneven.map(|series| {
        let (values, rows) = (series.values.len(), data.categories.len());
        let message = say!(
            "the series “{label}” of the chart `{id}` has {values} values for {rows} rows",
            id,
            values,
            rows,
            label = series.label
        );
        Problem::new(Code::CHART_SPEC, message, say!("each series needs one value or blank a row"))
    });
    problem.collect()
}

fn series(data: &ChartData) -> Option<Problem> {
    let (id, count) = (&data.id, data.series.len());
    let counting = match &data.marked.highlight {
        Some(Highlight::Series(counting)) => counting.len(),
        _ => count,
    };
    let (most, help) = match data.mark {
        Mark::BoxPlot => (MOST_PANELS, Said::default()),
        _ if data.panels || matches!(data.mark, Mark::Sparklines | Mark::Strip) => {
            (MOST_PANELS, say!("choose fewer with `series` or `rows`, or make several charts"))
        }
        Mark::Line if counting < count => (
            MOST_LINES,
            say!("draw small multiples, a panel for each, with `by: series`; or choose fewer with `series`"),
        ),
        Mark::Line => (
            MOST_SERIES,
            say!(
                "name those that count with `highlight`: up to six lines may be drawn, the others in grey; or draw a panel for each with `by: series`"
            ),
        ),
        _ => (MOST_SERIES, say!("choose at most four with `series`, merge some, or make several charts")),
    };
    if count > most || counting > MOST_SERIES && most < MOST_PANELS {
        let (told, what) = if count > most {
            (most, say!("{count} series", count))
        } else {
            (MOST_SERIES, say!("{counting} series that count", counting))
        };
        let message = say!("the chart `{id}` has {what}; more than {told} cannot be told apart by eye", id, what, told);
        return Some(Problem::new(Code::CHART_MISLEADING, message, help));
    }
    let (wrong, message, help) = match data.mark {
        Mark::Bar => (
            count != 1 && !data.panels,
            say!("a bar chart shows one series, and `{id}` has {count}", id, count),
            say!("use `mark: grouped-bar`, or choose one column with `series`"),
        ),
        Mark::Dumbbell => (
            count != 2,
            say!("a dumbbell joins two series, and `{id}` has {count}", id, count),
            say!("name two columns with `series`, or use `mark: dot`"),
        ),
        Mark::GroupedBar => (
            count < 2,
            say!("the chart `{id}` groups bars, and there is only one series", id),
            say!("use `mark: bar`, or name several columns with `series`"),
        ),
        Mark::StackedBar | Mark::PercentBar | Mark::StackedArea if count < 2 => (
            true,
            say!("the chart `{id}` stacks parts of a whole, and there is only one series", id),
            say!("use `mark: bar` (over time: `mark: area`), or name several columns with `series`"),
        ),
        Mark::StackedBar | Mark::PercentBar => (false, Said::default(), Said::default()),
        Mark::Area if count != 1 && !data.panels => (
            true,
            say!("an area is of one series, and `{id}` has {count}: one would hide the other", id, count),
            say!("use `mark: stacked-area` for parts of a whole, or `mark: line`"),
        ),
        Mark::Line | Mark::Area | Mark::StackedArea | Mark::Sparklines => (
            data.categories.len() < 2,
            say!("a line needs at least two points of time, and `{id}` has one", id),
            say!("use `mark: bar`, or give the table more rows"),
        ),
        Mark::Choropleth => (
            count != 1 && !data.panels,
            say!("a map shows one series, and `{id}` has {count}", id, count),
            say!("choose one column with `series`, or draw a map for each with `by: series`"),
        ),
        Mark::Slope if data.categories.len() > slope::MOST => (
            true,
            say!(
                "the chart `{id}` has {count} lines; more than {most} cannot be followed",
                id,
                count = data.categories.len(),
                most = slope::MOST
            ),
            say!("choose some with `rows`, or use `mark: dumbbell`"),
        ),
        Mark::Slope => (
            count != 2,
            say!("a slope chart goes from one point of time to another, and `{id}` has {count} series", id, count),
            say!("name two columns with `series`; over more points of time use `mark: line`"),
        ),
        Mark::Histogram => (
            count != 1 && !data.panels,
            say!("a histogram shows one series, and `{id}` has {count}", id, count),
            say!("choose one column with `series`, or draw a histogram for each group with `by: series`"),
        ),
        Mark::Waffle | Mark::Icons => (
            count != 1 && !data.panels || data.categories.len() != 1,
            say!(
                "`{name}` shows one share, and `{id}` has {count}",
                id,
                name = data.mark.name(),
                count = count * data.categories.len()
            ),
            say!(
                "name one column with `series` and one row with `rows`; a few shares of one row stand beside each other with `by: series`, and many are compared with `mark: bar`"
            ),
        ),
        Mark::BoxPlot => (
            count != box_plot::COLUMNS,
            say!("a box is drawn of five columns, and `{id}` has {count}", id, count),
            say!(
                "name them with `series`, from low to high: the lowest value, the lower quartile, the median, the upper quartile, the highest value"
            ),
        ),
        Mark::Strip => (
            data.categories.len() < 2,
            say!("a strip shows how values lie, and `{id}` has one row", id),
            say!("use `mark: bar`, or give the table more rows"),
        ),
        Mark::Dot | Mark::Heat | Mark::BarTable => (false, Said::default(), Said::default()),
    };
    wrong.then(|| Problem::new(Code::CHART_SPEC, message, help))
}

/// A line that would go back in time.
fn order(data: &ChartData) -> Option<Problem> {
    let over_time = matches!(data.mark, Mark::Line | Mark::Area | Mark::StackedArea | Mark::Sparklines);
    let at = Times::out_of_order(&data.categories).filter(|_| over_time)?;
    let (before, own) = (&data.categories[at - 1], &data.categories[at]);
    let message = say!(
        "the chart `{id}` goes from left to right in time, and `{own}` stands after `{before}`",
        own,
        before,
        id = data.id
    );
    let help = if data.panels {
        say!(
            "put the rows in the order of time; where groups have different times, give the first a row for each, with a blank where it has no value"
        )
    } else {
        say!("put the rows in the order of time, each once, and leave `order` out")
    };
    Some(Problem::new(Code::CHART_SPEC, message, help))
}

/// An interval that its value does not lie in: its ends are in the wrong order, or another column's.
fn interval(data: &ChartData) -> Option<Problem> {
    data.series.iter().find_map(|series| {
        series.values.iter().zip(&data.categories).find_map(|(datum, category)| {
            let (value, (low, high)) = (datum.value?, datum.interval.as_ref()?);
            let message = say!("the interval of “{label}” at `{category}` in the chart `{id}` goes from {low} to {high}, and its value {value} does not lie in it", category, label = series.label, id = data.id, low = low.text, high = high.text, value = datum.text);
            let help = say!("let `low` be the column of the lower ends and `high` that of the upper ends of the same values");
            (!(low.value..=high.value).contains(&value)).then(|| Problem::new(Code::CHART_SPEC, message, help))
        })
    })
}

/// A box whose columns are in another order.
fn rising(data: &ChartData) -> Option<Problem> {
    let row = |category: usize| data.series.iter().filter_map(move |series| series.values.get(category)?.value);
    let mixed = |category: &usize| data.mark == Mark::BoxPlot && !row(*category).is_sorted();
    let category = (0..data.categories.len()).find(mixed)?;
    let message = say!(
        "the columns of the box chart `{id}` do not rise: see `{category}`",
        id = data.id,
        category = data.categories[category]
    );
    let help = say!(
        "name them with `series`, from low to high: the lowest value, the lower quartile, the median, the upper quartile, the highest value"
    );
    Some(Problem::new(Code::CHART_SPEC, message, help))
}

fn axis(data: &ChartData) -> Option<Problem> {
    let id = &data.id;
    let from = data.axis_from.filter(|from| *from != 0.0)?;
    match data.mark {
        Mark::Line | Mark::Slope | Mark::Strip | Mark::BoxPlot => {
            let datums = data.series.iter().flat_map(|series| &series.values);
            let lows = datums
                .flat_map(|datum| datum.value.into_iter().chain(datum.interval.as_ref().map(|(low, _)| low.value)));
            let lowest = lows.fold(f64::INFINITY, f64::min);
            (!from.is_finite() || from > lowest).then(|| {
                let message =
                    say!("the scale of the chart `{id}` starts above its lowest value, which would be cut off", id);
                Problem::new(
                    Code::CHART_MISLEADING,
                    message,
                    say!("let `axis: {from: …}` be at most the lowest value, or leave it out"),
                )
            })
        }
        Mark::Bar
        | Mark::GroupedBar
        | Mark::StackedBar
        | Mark::PercentBar
        | Mark::Area
        | Mark::StackedArea
        | Mark::Histogram => {
            let message = say!(
                "the chart `{id}` cuts its axis: the length of a bar and the height of a field are read as its value, so they start at zero",
                id
            );
            Some(Problem::new(
                Code::CHART_MISLEADING,
                message,
                say!("leave `axis` out, or use `mark: line` for change over time"),
            ))
        }
        Mark::Dumbbell
        | Mark::Dot
        | Mark::Heat
        | Mark::Choropleth
        | Mark::Waffle
        | Mark::Icons
        | Mark::BarTable
        | Mark::Sparklines => {
            let message = say!("the chart `{id}` sets where its axis starts, which only a line can", id);
            Some(Problem::new(Code::CHART_SPEC, message, say!("leave `axis` out")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{blank, chart};
    use super::*;

    fn codes(data: &ChartData) -> Vec<Code> {
        let problems = check(data);
        assert!(problems.iter().all(|problem| problem.message.english().contains("cases") && !problem.help.is_empty()));
        problems.into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn good_charts_have_no_problem() {
        for (mark, count) in
            [(Mark::Bar, 1), (Mark::GroupedBar, 2), (Mark::PercentBar, 4), (Mark::Dumbbell, 2), (Mark::Heat, 4)]
        {
            assert_eq!(codes(&chart(mark, 3, count)), [], "{mark:?}");
        }
        assert_eq!(codes(&ChartData { axis_from: Some(0.0), ..chart(Mark::Bar, 3, 1) }), []);
        assert_eq!(codes(&ChartData { axis_from: Some(1.0), ..chart(Mark::Line, 3, 2) }), []);
    }

    #[test]
    fn a_cut_axis_is_refused_where_it_misleads() {
        for (mark, count) in [(Mark::Bar, 1), (Mark::GroupedBar, 2), (Mark::StackedBar, 2), (Mark::PercentBar, 2)] {
            let data = ChartData { axis_from: Some(1.0), ..chart(mark, 3, count) };
            assert_eq!(codes(&data), [Code::CHART_MISLEADING], "{mark:?}");
        }
        assert_eq!(codes(&ChartData { axis_from: Some(900.0), ..chart(Mark::Line, 3, 1) }), [Code::CHART_MISLEADING]);
        assert_eq!(codes(&ChartData { axis_from: Some(1.0), ..chart(Mark::Dot, 3, 1) }), [Code::CHART_SPEC]);
    }

    #[test]
    fn each_mark_needs_its_number_of_series() {
        assert_eq!(codes(&chart(Mark::Heat, 3, 5)), [Code::CHART_MISLEADING]);
        for (mark, count) in [
            (Mark::Bar, 2),
            (Mark::Dumbbell, 1),
            (Mark::Dumbbell, 3),
            (Mark::GroupedBar, 1),
            (Mark::StackedBar, 1),
            (Mark::PercentBar, 1),
        ] {
            assert_eq!(codes(&chart(mark, 3, count)), [Code::CHART_SPEC], "{mark:?} {count}");
        }
        assert_eq!(codes(&chart(Mark::Line, 1, 1)), [Code::CHART_SPEC]);
    }

    #[test]
    fn what_has_no_room_is_told_by_what_it_is() {
        let of = |count| ChartData { panels: true, ..chart(Mark::Line, 3, count) };
        assert_eq!(room(&of(24), Fonts::builtin().unwrap(), &|key, _| key.to_owned()), None);
        let mut panels = of(30);
        for series in &mut panels.series {
            series.label = format!("{} i den del av länet som ligger längst bort", series.label);
        }
        let problem = room(&panels, Fonts::builtin().unwrap(), &|key, _| key.to_owned()).unwrap();
        assert!(problem.message.english().starts_with("the 30 panels"), "{problem:?}");
        assert!(problem.help.english().starts_with("choose fewer with `series`"));
    }

    #[test]
    fn nothing_to_show_is_said() {
        assert_eq!(codes(&chart(Mark::Bar, 0, 1)), [Code::CHART_EMPTY]);
        assert_eq!(codes(&chart(Mark::Bar, 3, 0)), [Code::CHART_EMPTY]);
        let mut data = chart(Mark::Bar, 2, 1);
        data.series[0].values = vec![blank(), blank()];
        assert_eq!(codes(&data), [Code::CHART_EMPTY]);
    }

    #[test]
    fn values_must_fit_the_rows_and_the_mark() {
        let mut data = chart(Mark::GroupedBar, 3, 2);
        data.series[1].values.pop();
        assert_eq!(codes(&data), [Code::CHART_SPEC]);
        let mut data = chart(Mark::StackedBar, 3, 2);
        data.series[1].values[0].value = Some(-1.0);
        assert_eq!(codes(&data), [Code::CHART_MISLEADING]);
        data.series[1].values[0].value = Some(f64::NAN);
        assert_eq!(codes(&data), [Code::CHART_SPEC]);
    }
}
