//! Parts of a whole over time: bands on each other, each named where it ends.

use super::super::ChartData;
use super::super::font::Fonts;
use super::super::scale::{Scale, tick_labels};
use super::super::scene::{Anchor, Key, LINE, Owner, Role, SMALL, Scene, TEXT, WIDTH, Words, header};
use super::axis::{columns, write_categories};
use super::names::{names, room, write_names};
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
    let bounds: Vec<Option<Vec<f64>>> = (0..data.categories.len()).map(|category| bounds(data, category)).collect();
    let high = bounds.iter().flatten().filter_map(|bounds| bounds.last()).copied().fold(0.0, f64::max);
    let ticks = Scale::new(0.0, high, 0.0, HEIGHT).ticks(6);
    let tick_texts = tick_labels(&ticks, &words.signs);
    let left = tick_texts.iter().map(|text| fonts.width(text, SMALL, false)).fold(0.0, f64::max) + 10.0;
    let names = names(data, fonts, (direct, data.labels != Some(Labels::None)));
    let right = WIDTH - room(&names);
    let columns = columns(data, fonts, (left, right), true);
    let top = header(&mut scene, data, fonts, words, (!direct).then_some(Key::Square)) + 10.0;
    let bottom = top + HEIGHT;
    let scale = Scale::new(0.0, high, bottom, top);
    for (tick, text) in ticks.iter().zip(&tick_texts) {
        let y = scale.at(*tick);
        scene.line(if *tick == 0.0 { Role::Axis } else { Role::Grid }, (left, y), (right, y), 1.0);
        scene.small(Anchor::End, left - 7.0, y, text);
    }
    let bottom = write_categories(&mut scene, data, fonts, &columns, bottom);
    for run in runs(data, &bounds) {
        write_run(&mut scene, data, &columns, &scale, (&run, &bounds));
    }
    write_blanks(&mut scene, data, fonts, &columns, bottom);
    let last = bounds.iter().rposition(Option::is_some)?;
    let end = bounds.get(last)?.as_ref()?;
    let ends: Vec<_> = names
        .iter()
        .map(|name| {
            let at = name.series?;
            Some((*columns.get(last)?, scale.at(f64::midpoint(*end.get(at)?, *end.get(at + 1)?))))
        })
        .collect();
    write_names(&mut scene, fonts, &names, &ends, (right, top, bottom))?;
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
    let gap = |a: usize, b: usize| data.times.as_ref().is_some_and(|times| times.is_gap(a, b));
    let whole: Vec<usize> = (0..bounds.len()).filter(|at| bounds[*at].is_some()).collect();
    whole.chunk_by(|a, b| a + 1 == *b && !gap(*a, *b)).map(<[usize]>::to_vec).collect()
}

/// Draws the bands of a stretch, each with its upper edge.
fn write_run(
    scene: &mut Scene,
    data: &ChartData,
    columns: &[f64],
    scale: &Scale,
    (run, bounds): (&[usize], &[Option<Vec<f64>>]),
) {
    let Some(first) = run.first() else { return };
    for series in 0..data.series.len() {
        let edge = |upper: usize| {
            let at = move |category: &usize| {
                Some((*columns.get(*category)?, scale.at(*bounds[*category].as_ref()?.get(series + upper)?)))
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
fn write_blanks(scene: &mut Scene, data: &ChartData, fonts: &Fonts, columns: &[f64], bottom: f64) {
    let apart = columns.windows(2).map(|pair| pair[1] - pair[0]).fold(WIDTH, f64::min);
    for (category, x) in columns.iter().enumerate() {
        let mut y = bottom - 12.0;
        for (series, values) in data.series.iter().enumerate() {
            let Some(datum) = values.values.get(category).filter(|datum| datum.value.is_none()) else { continue };
            if fonts.width(&datum.text, TEXT, false) + 6.0 < apart {
                let owner = Owner::Value { series, category };
                scene.own(owner, |scene| scene.label(Role::Muted, Anchor::Middle, *x, y, &datum.text));
                y -= LINE;
            }
        }
    }
}
