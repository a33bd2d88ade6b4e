//! Bars of many: the highest and the lowest by themselves, all between them as one row with their median and from where to where they lie.

use std::borrow::Cow;

use super::quartiles::quartiles;
use super::scene::{Owner, Scene, Words};
use super::{ChartData, Datum, Highlight, Label, Open, Orientation, Series};

/// What is drawn of a chart: all of it, or some rows and one for the others.
pub struct Drawn<'a> {
    pub data: Cow<'a, ChartData>,
    /// The row that each category is; none for the one that stands for several. Without it all are what they are.
    rows: Option<Vec<Option<usize>>>,
}

impl Drawn<'_> {
    /// Says of what a scene has drawn which rows of the chart's table it is.
    pub fn named(&self, scene: Scene) -> Scene {
        let Some(rows) = &self.rows else { return scene };
        scene.owned_by(|owner| match owner {
            Owner::Value { series, category } => {
                let category = rows.get(category).copied().flatten()?;
                Some(Owner::Value { series, category })
            }
            other => Some(other),
        })
    }
}

/// The rows that stand by themselves, the highest first, and those between them.
pub struct Folded {
    pub top: Vec<usize>,
    pub others: Vec<usize>,
    pub bottom: Vec<usize>,
    /// Those whose values are protected: where they would lie is not told.
    pub hidden: Vec<usize>,
}

/// Which rows a chart folds; none where it is not asked to, or where there is nothing between those that are drawn by themselves.
pub fn folded(data: &ChartData) -> Option<Folded> {
    let (fold, series) = (data.fold?, data.series.first()?);
    let mut known: Vec<(usize, f64)> =
        series.values.iter().enumerate().filter_map(|(at, datum)| Some((at, datum.value?))).collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1));
    let between = known.len().checked_sub(fold.top + fold.bottom).filter(|between| *between > 1)?;
    let rows = |part: &[(usize, f64)]| part.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    let (top, rest) = known.split_at(fold.top);
    let (middle, bottom) = rest.split_at(between);
    let (hidden, blank): (Vec<usize>, Vec<usize>) = (0..series.values.len())
        .filter(|at| series.values[*at].value.is_none())
        .partition(|at| series.values[*at].hidden);
    let others = middle.iter().map(|(at, _)| *at).chain(blank).collect();
    Some(Folded { top: rows(top), others, bottom: rows(bottom), hidden })
}

/// The rows that are folded in words: how many, their median, and the lowest and the highest of them.
pub fn summary(data: &ChartData, folded: &Folded, words: &Words) -> Option<[String; 4]> {
    let values = others(data, folded);
    let [_, median, _] = quartiles(&values, &words.signs)?;
    let mut levels: Vec<_> = values.iter().filter_map(Datum::level).collect();
    levels.sort_by(|a, b| a.value.total_cmp(&b.value));
    let (low, high) = (levels.first()?, levels.last()?);
    Some([folded.others.len().to_string(), median.text, low.text.clone(), high.text.clone()])
}

fn others(data: &ChartData, folded: &Folded) -> Vec<Datum> {
    let series = data.series.first();
    folded.others.iter().filter_map(|at| series?.values.get(*at).cloned()).collect()
}

/// What is drawn of a chart.
pub fn drawn<'a>(data: &'a ChartData, words: &Words, label: Label) -> Drawn<'a> {
    let small = || {
        let folded = folded(data)?;
        let [count, _, low, high] = summary(data, &folded, words)?;
        let values = others(data, &folded);
        let [_, median, _] = quartiles(&values, &words.signs)?;
        let ends = |text: &str| values.iter().filter_map(Datum::level).find(|level| level.text == text);
        // Above a standing bar there is room for the median alone.
        let stands = data.wanted_orientation() == Orientation::Vertical;
        let name = label(if stands { "chart_folded_median" } else { "chart_folded" }, &[("count", &count)]);
        let words = [("median", median.text.as_str()), ("low", &low), ("high", &high)];
        let text = if stands { median.text.clone() } else { label("chart_folded_values", &words) };
        let between = Datum {
            value: Some(median.value),
            text,
            blank: None,
            hidden: false,
            interval: ends(&low).zip(ends(&high)),
        };
        let own = |rows: &[usize]| rows.iter().map(|row| Some(*row)).collect::<Vec<_>>();
        // One protected row stands by itself, several are one row, after all others.
        let hidden = match folded.hidden[..] {
            [] => Vec::new(),
            [only] => vec![Some(only)],
            [..] => vec![None],
        };
        let count = folded.hidden.len().to_string();
        let rows = [own(&folded.top), vec![None], own(&folded.bottom), hidden].concat();
        let of = |at: usize, series: &Series| match rows[at] {
            Some(row) => series.values[row].clone(),
            None if at == folded.top.len() => between.clone(),
            None => series.values[folded.hidden[0]].clone(),
        };
        let series = data.series.iter().map(|series| Series {
            label: series.label.clone(),
            values: (0..rows.len()).map(|at| of(at, series)).collect(),
        });
        let categories = rows.iter().enumerate().map(|(at, row)| match row {
            Some(row) => data.categories[*row].clone(),
            None if at == folded.top.len() => name.clone(),
            None => label("chart_folded_hidden", &[("count", &count)]),
        });
        let places = |all: &[usize]| {
            (0..rows.len()).filter(|at| rows[*at].is_some_and(|row| all.contains(&row))).collect::<Vec<_>>()
        };
        let mut marked = data.marked.clone();
        if let Some(Highlight::Categories(counting)) = &data.marked.highlight {
            marked.highlight = Some(Highlight::Categories(places(counting)));
        }
        marked.open = data
            .marked
            .open
            .iter()
            .map(|open| Open { categories: places(&open.categories), words: open.words.clone() })
            .collect();
        let (categories, series) = (categories.collect(), series.collect());
        let between = folded.top.len();
        Some((ChartData { categories, series, marked, fold: None, others: Some(between), ..data.clone() }, rows))
    };
    match small() {
        Some((data, rows)) => Drawn { data: Cow::Owned(data), rows: Some(rows) },
        None => Drawn { data: Cow::Borrowed(data), rows: None },
    }
}
