//! How often values are of which size: columns of equal width without a gap, over the limits of their classes.

use super::ChartData;
use super::font::Fonts;
use super::scale::{Scale, tick_labels};
use super::scene::{Anchor, Owner, Role, SMALL, Scene, TEXT, WIDTH, Words, header, range};

const HEIGHT: f64 = 250.0;
/// Between columns.
const GAP: f64 = 1.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let mut scene = Scene::default();
    let Some((series, bins)) = data.series.first().zip(data.bins) else { return scene };
    let top = header(&mut scene, data, fonts, words, None) + 20.0;
    let bottom = top + HEIGHT;
    let (_, high) = range(data);
    let scale = Scale::new(0.0, high, bottom, top);
    let ticks = scale.ticks(5, &data.measure);
    let tick_texts = tick_labels(&ticks, &words.signs);
    let left = tick_texts.iter().map(|text| fonts.width(text, SMALL, false)).fold(0.0, f64::max) + 10.0;
    let count = data.categories.len().max(1) as f64;
    // Limits stand below the borders, the first and the last half outside.
    let edges: Vec<f64> = (0..=data.categories.len()).map(|at| bins.from + at as f64 * bins.width).collect();
    let edge_texts = tick_labels(&edges, &words.signs);
    let half = edge_texts.iter().map(|text| fonts.width(text, SMALL, false) / 2.0).fold(0.0, f64::max);
    let (first, last) = (left + half.min(24.0), WIDTH - half - 1.0);
    let width = (last - first) / count;
    for (tick, text) in ticks.iter().zip(&tick_texts) {
        let y = scale.at(*tick);
        scene.line(Role::Grid, (left, y), (WIDTH, y), 1.0);
        scene.small(Anchor::End, left - 7.0, y, text);
    }
    let fits = series.values.iter().all(|datum| fonts.width(&datum.text, TEXT, false) + 4.0 <= width);
    for (category, datum) in series.values.iter().enumerate() {
        let x = first + category as f64 * width;
        let middle = x + width / 2.0;
        scene.own(Owner::Value { series: 0, category }, |scene| {
            let Some(value) = datum.value else {
                if fits {
                    scene.label(Role::Muted, Anchor::Middle, middle, bottom - 11.0, &datum.text);
                }
                return;
            };
            let y = scale.at(value);
            if value != 0.0 {
                scene.rect(data.field(0, Some(category)), x + GAP / 2.0, y, width - GAP, (bottom - y).max(1.0));
            }
            if fits {
                scene.label(Role::Label, Anchor::Middle, middle, y - 11.0, &datum.text);
            }
        });
    }
    scene.line(Role::Axis, (left, bottom), (WIDTH, bottom), 1.0);
    let widest = 2.0 * half + 10.0;
    let step = (widest / width).ceil().max(1.0) as usize;
    for (at, text) in edge_texts.iter().enumerate().step_by(step) {
        let x = first + at as f64 * width;
        scene.line(Role::Axis, (x, bottom), (x, bottom + 5.0), 1.0);
        scene.small(Anchor::Middle, x, bottom + 15.0, text);
    }
    let lines = fonts.wrap(&data.category_label, SMALL, false, last - first, 1);
    for line in &lines {
        scene.small(Anchor::Middle, f64::midpoint(first, last), bottom + 35.0, line);
    }
    scene.height = bottom + 46.0;
    scene
}
