//! A table whose numbers have bars beside them, from nought: columns of one measure on one scale, others each on a scale of its own.

use super::font::Fonts;
use super::scale::Scale;
use super::scene::{Anchor, Categories, LINE, Owner, Role, Scene, Spacing, TEXT, WIDTH, Words};
use super::{ChartData, Measure, Series, hidden};

const BAR: f64 = 14.0;
/// Between a number and its bar, and between columns.
const BESIDE: f64 = 8.0;
const APART: f64 = 22.0;

pub fn layout(data: &ChartData, fonts: &Fonts, _: &Words, spacing: Spacing) -> Scene {
    let mut scene = Scene::default();
    let names = Categories::new(data, fonts);
    let plot = names.plot + 6.0;
    let column = (WIDTH - plot + APART) / data.series.len().max(1) as f64;
    let room = column - APART;
    let first = fonts.wrap(&data.category_label, TEXT, true, names.plot, 3);
    let heads: Vec<_> = data.series.iter().map(|series| fonts.wrap(&series.label, TEXT, true, room, 3)).collect();
    let rows = heads.iter().map(Vec::len).chain([first.len()]).max().unwrap_or(1) as f64;
    let head = rows * LINE;
    let bottom_up = |lines: &[String]| head - lines.len() as f64 * LINE / 2.0;
    scene.block(Role::Label, Anchor::Start, 0.0, bottom_up(&first), &first, true);
    for (index, lines) in heads.iter().enumerate() {
        scene.block(Role::Label, Anchor::Start, plot + index as f64 * column, bottom_up(lines), lines, true);
    }
    let top = head + 6.0;
    scene.line(Role::Axis, (0.0, top), (WIDTH, top), 1.0);
    let heights: Vec<f64> = (0..data.categories.len())
        .map(|category| (names.height(category) + 8.0).max(spacing.choice(30.0, 22.0)))
        .collect();
    let bottom = top + heights.iter().sum::<f64>();

    let mut y = top;
    for (category, height) in heights.iter().enumerate() {
        if let Some(lines) = names.lines.get(category) {
            scene.block(Role::Label, Anchor::Start, 0.0, y + height / 2.0, lines, false);
        }
        y += height;
        scene.line(Role::Grid, (0.0, y), (WIDTH, y), 1.0);
    }
    for (index, series) in data.series.iter().enumerate() {
        let left = plot + index as f64 * column;
        let number = series.values.iter().map(|datum| fonts.width(&datum.text, TEXT, false)).fold(0.0, f64::max);
        let (low, high) =
            if data.measure == Measure::Mixed { extent(std::slice::from_ref(series)) } else { extent(&data.series) };
        let scale = Scale::new(low, high, left + number + BESIDE, left + room);
        if low < 0.0 {
            scene.line(Role::Axis, (scale.base(), top), (scale.base(), bottom), 1.0);
        }
        let mut y = top;
        for (category, (datum, height)) in series.values.iter().zip(&heights).enumerate() {
            let middle = y + height / 2.0;
            y += height;
            scene.own(Owner::Value { series: index, category }, |scene| {
                let role = if datum.value.is_some() { Role::Label } else { Role::Muted };
                scene.label(role, Anchor::End, left + number, middle, &datum.text);
                if datum.hidden {
                    let x = scale.base() + hidden::BESIDE + hidden::SIDE / 2.0;
                    hidden::write_box(scene, (x, middle), hidden::SIDE);
                }
                if let Some(value) = datum.value.filter(|value| *value != 0.0) {
                    let (from, to) = (scale.base(), scale.at(value));
                    scene.rect(Role::Area(0), from.min(to), middle - BAR / 2.0, (to - from).abs().max(1.0), BAR);
                }
            });
        }
    }
    scene.height = bottom + 2.0;
    scene
}

/// The smallest and the largest value, nought included.
fn extent(series: &[Series]) -> (f64, f64) {
    let values = series.iter().flat_map(|series| series.values.iter().filter_map(|datum| datum.value));
    values.fold((0.0, 0.0), |(low, high), value| (f64::min(low, value), f64::max(high, value)))
}
