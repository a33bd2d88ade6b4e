//! A table of small lines: what each series did, between its first value and its last.

use super::font::Fonts;
use super::scale::Scale;
use super::scene::{Anchor, LINE, Owner, Role, Scene, Spacing, TEXT, WIDTH, Words, header};
use super::{ChartData, Series, hidden};

/// Widest that the names may be.
const NAME: f64 = 220.0;
const BESIDE: f64 = 12.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, None);
    let width = |text: &str, bold: bool| fonts.width(text, TEXT, bold);
    let names: Vec<_> = data.series.iter().map(|series| fonts.wrap(&series.label, TEXT, false, NAME, 3)).collect();
    let name = names.iter().flatten().map(|line| width(line, false)).fold(0.0, f64::max);
    let (first, last) = (data.categories.first(), data.categories.last());
    let ends = [first, last].map(|label| label.map_or("", String::as_str));
    // What the values of an end need, and its head above them.
    let room = |end: usize| {
        let values = data
            .series
            .iter()
            .filter_map(|series| ends_of(series)[end].map(|at| width(&series.values[at].text, false)));
        values.fold(width(ends[end], true), f64::max)
    };
    let (left, right) = (name + 18.0 + room(0) + BESIDE, WIDTH - room(1) - BESIDE);
    scene.block(Role::Label, Anchor::End, left - BESIDE, top + LINE / 2.0, &[ends[0].to_owned()], true);
    scene.block(Role::Label, Anchor::Start, right + BESIDE, top + LINE / 2.0, &[ends[1].to_owned()], true);
    let mut y = top + LINE + 6.0;
    scene.line(Role::Axis, (0.0, y), (WIDTH, y), 1.0);
    let places = data.places();
    let x = |category: usize| left + (right - left) * places.get(category).copied().unwrap_or(0.0);
    for (index, (series, name)) in data.series.iter().zip(&names).enumerate() {
        let height = (name.len() as f64 * LINE + 8.0).max(spacing.choice(36.0, 28.0));
        let counts = data.marked.counts(index, 0);
        let role = if counts { Role::Label } else { Role::Muted };
        scene.own(Owner::Series(index), |scene| {
            scene.block(role, Anchor::Start, 0.0, y + height / 2.0, name, false);
        });
        write_line(&mut scene, data, (index, series), x, (y + 7.0, y + height - 7.0));
        let [start, end] = ends_of(series);
        for (at, x, anchor) in [(start, left - BESIDE, Anchor::End), (end, right + BESIDE, Anchor::Start)] {
            let Some(category) = at else { continue };
            let datum = &series.values[category];
            let role = if datum.value.is_some() { role } else { Role::Muted };
            scene.own(Owner::Value { series: index, category }, |scene| {
                scene.label(role, anchor, x, y + height / 2.0, &datum.text);
            });
        }
        y += height;
        scene.line(Role::Grid, (0.0, y), (WIDTH, y), 1.0);
    }
    scene.height = y + 2.0;
    scene
}

/// The first and the last value of a series, blank or not.
fn ends_of(series: &Series) -> [Option<usize>; 2] {
    let last = series.values.len().checked_sub(1);
    [last.map(|_| 0), last]
}

/// Draws a line between two heights, on a scale from its own lowest value to its highest; broken where a value or a time is missing.
fn write_line(
    scene: &mut Scene,
    data: &ChartData,
    (index, series): (usize, &Series),
    x: impl Fn(usize) -> f64,
    (top, bottom): (f64, f64),
) {
    let values = || series.values.iter().filter_map(|datum| datum.value);
    let (low, high) =
        values().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    // A line that does not move lies in the middle.
    let y = |value: f64| match Scale::new(low, high, bottom, top) {
        scale if high > low => scale.at(value),
        _ => f64::midpoint(top, bottom),
    };
    let known: Vec<(usize, f64)> =
        series.values.iter().enumerate().filter_map(|(at, datum)| Some((at, datum.value?))).collect();
    let role = if data.marked.counts(index, 0) { Role::Line(0) } else { Role::FadedLine };
    for (category, _) in series.values.iter().enumerate().filter(|(_, datum)| datum.hidden) {
        let owner = Owner::Value { series: index, category };
        scene.own(owner, |scene| hidden::write_box(scene, (x(category), bottom - 5.0), 10.0));
    }
    for run in known.chunk_by(|(a, _), (b, _)| data.is_joined(*a, *b)) {
        let corners: Vec<_> = run.iter().map(|(at, value)| (x(*at), y(*value))).collect();
        match run {
            [] => {}
            [(category, _)] => scene.own(Owner::Value { series: index, category: *category }, |scene| {
                scene.path(role, corners.iter().flat_map(|(x, y)| [(x - 1.5, *y), (x + 1.5, *y)]).collect(), 3.0);
            }),
            [(first, _), ..] => {
                scene.own(Owner::Run { series: index, first: *first }, |scene| scene.path(role, corners, 1.8));
            }
        }
    }
}
