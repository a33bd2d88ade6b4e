//! Parts of a whole over time: bands on each other, each named where it ends.

use super::super::font::Fonts;
use super::super::grid::Grid;
use super::super::scene::{Anchor, Key, LINE, Owner, Role, Scene, TEXT, WIDTH, Words, header};
use super::super::{ChartData, hidden};
use super::axis::columns;
use super::names::{names, room, write_names};
use super::plot::Plot;
use super::write_categories;
use crate::document::data::Labels;

const HEIGHT: f64 = 280.0;

/// Names stand beside the ends of their bands, or in a legend where they would stand too far from them.
pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let attempts = [true, false].into_iter().filter_map(|direct| attempt(data, fonts, words, direct));
    attempts.into_iter().next().unwrap_or_default()
}

/// The scene; none where names do not stand.
fn attempt(data: &ChartData, fonts: &Fonts, words: &Words, direct: bool) -> Option<Scene> {
    let mut scene = Scene::default();
    let ticks = Grid::new(data, fonts, words, (HEIGHT, 6));
    let names = names(data, fonts, (direct, data.labels != Some(Labels::None)));
    let (left, right) = (ticks.room, WIDTH - room(&names));
    let columns = columns(data, fonts, (left, right), true);
    let top = header(&mut scene, data, fonts, words, (!direct).then_some(Key::Square)) + 10.0;
    let plot = Plot::new(data, columns, (left, right), (top, top + HEIGHT));
    plot.write_grid(&mut scene, &ticks, true);
    write_categories(&mut scene, data, fonts, words, &plot);
    let bounds: Vec<Option<Vec<f64>>> = (0..data.categories.len()).map(|category| bounds(data, category)).collect();
    for run in runs(data, &bounds) {
        write_run(&mut scene, data, &plot, (&run, &bounds));
    }
    write_blanks(&mut scene, data, fonts, &plot);
    let last = bounds.iter().rposition(Option::is_some)?;
    let (x, end) = (*plot.columns().get(last)?, bounds.get(last)?.as_ref()?);
    let middle = |at: usize| Some((x, plot.y(f64::midpoint(*end.get(at)?, *end.get(at + 1)?))));
    let ends: Vec<_> = names.iter().map(|name| middle(name.series?)).collect();
    write_names(&mut scene, fonts, &names, &ends, (right, plot.top, plot.bottom))?;
    Some(scene)
}

/// Where the bands of a category begin and end, from nought up; none where a value is missing, since those above it would stand too low.
fn bounds(data: &ChartData, category: usize) -> Option<Vec<f64>> {
    let mut sum = 0.0;
    let mut out = vec![sum];
    for series in &data.series {
        sum += series.values.get(category)?.value?;
        out.push(sum);
    }
    Some(out)
}

/// The stretches of categories without a gap.
fn runs(data: &ChartData, bounds: &[Option<Vec<f64>>]) -> Vec<Vec<usize>> {
    let whole: Vec<usize> = (0..bounds.len()).filter(|at| bounds[*at].is_some()).collect();
    whole.chunk_by(|a, b| data.is_joined(*a, *b)).map(<[usize]>::to_vec).collect()
}

/// Draws the bands of a stretch, each with its upper edge.
fn write_run(scene: &mut Scene, data: &ChartData, plot: &Plot, (run, bounds): (&[usize], &[Option<Vec<f64>>])) {
    let Some(first) = run.first() else { return };
    for series in 0..data.series.len() {
        let edge = |upper: usize| {
            let at = move |category: &usize| {
                Some((*plot.columns().get(*category)?, plot.y(*bounds[*category].as_ref()?.get(series + upper)?)))
            };
            run.iter().filter_map(at).collect::<Vec<_>>()
        };
        let (lower, upper) = (edge(0), edge(1));
        let role = data.field(series, None);
        match (&lower[..], &upper[..]) {
            ([(x, low)], [(_, high)]) => {
                let owner = Owner::Value { series, category: *first };
                scene.own(owner, |scene| scene.rect(role, x - 1.5, *high, 3.0, (low - high).max(0.5)));
            }
            _ => {
                let ring = lower.iter().copied().chain(upper.iter().rev().copied()).collect();
                scene.own(Owner::Series(series), |scene| scene.region(role, vec![ring]));
                scene.own(Owner::Run { series, first: *first }, |scene| scene.path(Role::Line(series), upper, 1.5));
            }
        }
    }
}

/// The marks of missing values at the foot of their gap, where it has room for them.
fn write_blanks(scene: &mut Scene, data: &ChartData, fonts: &Fonts, plot: &Plot) {
    let apart = plot.columns().windows(2).map(|pair| pair[1] - pair[0]).fold(WIDTH, f64::min);
    for (category, x) in plot.columns().iter().enumerate() {
        let mut y = plot.bottom - 12.0;
        for (series, values) in data.series.iter().enumerate() {
            let Some(datum) = values.values.get(category).filter(|datum| datum.value.is_none()) else { continue };
            if datum.hidden {
                let owner = Owner::Value { series, category };
                scene.own(owner, |scene| hidden::write_standing(scene, datum, (*x, y + 12.0)));
                y -= hidden::STANDING;
                continue;
            }
            if fonts.width(&datum.text, TEXT, false) + 6.0 < apart {
                let owner = Owner::Value { series, category };
                scene.own(owner, |scene| scene.label(Role::Muted, Anchor::Middle, *x, y, &datum.text));
                y -= LINE;
            }
        }
    }
}
