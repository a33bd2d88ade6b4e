//! Lying bars: single, grouped, stacked, stacked to 100 %.

use super::font::Fonts;
use super::held::Held;
use super::scale::{Scale, tick_labels};
use super::scene::{
    Anchor, Categories, Key, LINE, Owner, Role, Scene, Spacing, TALLEST, TEXT, WIDTH, Words, header, is_nothing, range,
};
use super::{ChartData, Datum, Mark, key};

/// Room between segments of a stack.
pub const GAP: f64 = 2.0;
/// Room that a label needs beside its text within a segment.
pub const PADDING: f64 = 10.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    match data.mark {
        Mark::StackedBar | Mark::PercentBar => Spacing::drawn(|spacing| stacked(data, fonts, words, spacing)),
        _ => side_by_side(data, fonts, words),
    }
}

/// Rows that one column of bars has at most where there is room for several.
const ROWS: usize = 30;
/// Room between columns of bars.
const GUTTER: f64 = 28.0;

/// Bars in one column, or many of one series in several, on the same scale.
fn side_by_side(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let most = if data.series.len() == 1 && data.categories.len() > ROWS { 3 } else { 1 };
    let drawn = |panels: usize| Spacing::drawn(|spacing| in_panels(data, fonts, words, (panels, spacing)));
    let first = drawn(most.min(2));
    if first.height > TALLEST && most > 1 { drawn(most) } else { first }
}

fn in_panels(data: &ChartData, fonts: &Fonts, words: &Words, (panels, spacing): (usize, Spacing)) -> Scene {
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, Some(Key::Square));
    let top = key::write_open(&mut scene, data, fonts, top);
    let panel = (WIDTH + GUTTER) / panels as f64 - GUTTER;
    let categories =
        if panels == 1 { Categories::new(data, fonts) } else { Categories::within(data, fonts, panel * 0.55) };
    let (low, high) = range(data);
    let room = |negative: bool| {
        let texts = data.series.iter().flat_map(|series| &series.values);
        let texts = texts.filter(|datum| (datum.value.unwrap_or(0.0) < 0.0) == negative);
        texts.map(|datum| fonts.width(&datum.text, TEXT, false) + 8.0).fold(0.0, f64::max)
    };

    let count = data.series.len();
    let (thickness, between, gap) = if count == 1 {
        spacing.choice((22.0, 10.0, GAP), (15.0, 5.0, GAP))
    } else {
        spacing.choice((18.0, 16.0, GAP), (13.0, 6.0, 1.0))
    };
    let block = count as f64 * (thickness + gap) - gap;
    let rows = data.categories.len().div_ceil(panels);
    for (number, chunk) in (0..data.categories.len()).collect::<Vec<_>>().chunks(rows.max(1)).enumerate() {
        let left = number as f64 * (panel + GUTTER);
        let scale = Scale::new(low, high, left + categories.plot + room(true), left + panel - room(false));
        let heights = chunk.iter().map(|category| block.max(categories.height(*category) - 4.0) + between);
        let (left_end, right_end) = (left + categories.plot, left + panel);
        let held = |along: (f64, f64)| Held { data, scale: &scale, up: false, along, ends: (left_end, right_end) };
        let strip = held((0.0, 0.0)).strip(fonts, (left_end, right_end));
        let top = top + strip.height;
        let held = held((top - 4.0, top + heights.sum::<f64>() - between + 4.0));
        strip.write(&mut scene, top - 4.0);
        held.write_bands(&mut scene);
        let mut y = top;
        for category in chunk.iter().copied() {
            let height = block.max(categories.height(category) - 4.0);
            categories.write_from(&mut scene, category, (left, y + height / 2.0));
            let first = y + (height - block) / 2.0;
            for (index, series) in data.series.iter().enumerate() {
                let Some(datum) = series.values.get(category) else { continue };
                let bar = first + index as f64 * (thickness + gap);
                scene.own(Owner::Value { series: index, category }, |scene| {
                    write_bar(scene, &scale, data.field(index, Some(category)), datum, (bar, thickness));
                });
            }
            y += height + between;
        }
        let bottom = y - between + 4.0;
        held.write_lines(&mut scene, true);
        scene.line(Role::Axis, (scale.base(), top - 4.0), (scale.base(), bottom), 1.0);
        scene.height = scene.height.max(bottom + 2.0);
    }
    scene
}

fn write_bar(scene: &mut Scene, scale: &Scale, field: Role, datum: &Datum, (y, thickness): (f64, f64)) {
    let (base, middle) = (scale.base(), y + thickness / 2.0);
    let Some(value) = datum.value else {
        scene.label(Role::Muted, Anchor::Start, base + 7.0, middle, &datum.text);
        return;
    };
    let end = scale.at(value);
    if value != 0.0 {
        scene.rect(field, base.min(end), y, (end - base).abs().max(1.0), thickness);
    }
    // Beyond the interval.
    let (mut low, mut high) = (end, end);
    if let Some((lower, upper)) = &datum.interval {
        (low, high) = (scale.at(lower.value), scale.at(upper.value));
        scene.whisker((low, middle), (high, middle));
    }
    let (anchor, x) =
        if value < 0.0 { (Anchor::End, low.min(end) - 7.0) } else { (Anchor::Start, high.max(end) + 7.0) };
    scene.label(Role::Label, anchor, x, middle, &datum.text);
}

/// A label that has no room in its segment: it stands above the bar, with its series' colour beside it.
struct Outside<'a> {
    series: usize,
    text: &'a str,
    /// Middle of the segment.
    wanted: f64,
    width: f64,
}

fn stacked(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, Some(Key::Square));
    let categories = Categories::new(data, fonts);
    let end = if data.mark == Mark::PercentBar { WIDTH - 14.0 } else { WIDTH };
    let scale = Scale::new(0.0, 1.0, categories.plot, end);
    let (thickness, between) = spacing.choice((28.0, 12.0), (20.0, 6.0));

    let mut y = top;
    for category in 0..data.categories.len() {
        let mut outside = Vec::new();
        let mut segments = Vec::new();
        let mut from = 0.0;
        let parts = data.parts(category);
        let bar_stands = parts.iter().any(|part| *part > 0.0);
        for (index, (series, part)) in data.series.iter().zip(parts).enumerate() {
            let Some(datum) = series.values.get(category).filter(|datum| !is_nothing(datum, bar_stands)) else {
                continue;
            };
            let (start, stop) = (scale.at(from), scale.at(from + part));
            from += part;
            let width = fonts.width(&datum.text, TEXT, false);
            let fits = datum.value.is_some() && width + PADDING <= stop - start - GAP;
            if !fits {
                outside.push(Outside {
                    series: index,
                    text: &datum.text,
                    wanted: (start + stop) / 2.0,
                    width: width + 14.0,
                });
            }
            segments.push((index, start, stop, fits.then_some(datum.text.as_str())));
        }
        let above = if outside.is_empty() { 0.0 } else { LINE + 1.0 };
        let label = categories.height(category) / 2.0 - 2.0;
        let middle = y + label.max(above + thickness / 2.0);
        let bar = middle - thickness / 2.0;
        categories.write(&mut scene, category, middle);
        for (index, start, stop, text) in segments {
            scene.own(Owner::Value { series: index, category }, |scene| {
                if stop > start {
                    scene.rect(data.field(index, Some(category)), start, bar, (stop - start - GAP).max(1.0), thickness);
                }
                if let Some(text) = text {
                    scene.label(Role::OnArea(index), Anchor::Middle, (start + stop - GAP) / 2.0, middle, text);
                }
            });
        }
        write_outside(&mut scene, category, &outside, (categories.plot + 2.0, WIDTH), bar - LINE / 2.0 - 1.0);
        y = middle + label.max(thickness / 2.0) + between;
    }
    let bottom = y - between + 4.0;
    scene.line(Role::Axis, (categories.plot, top - 4.0), (categories.plot, bottom), 1.0);
    scene.height = bottom + 2.0;
    if data.mark == Mark::PercentBar {
        let ticks = [0.0, 25.0, 50.0, 75.0, 100.0];
        for (tick, text) in ticks.iter().zip(tick_labels(&ticks, &words.signs)) {
            let x = scale.at(tick / 100.0) - GAP * tick / 100.0;
            scene.line(Role::Axis, (x, bottom), (x, bottom + 5.0), 1.0);
            scene.small(Anchor::Middle, x, bottom + 15.0, &text);
        }
        scene.height += 24.0;
    }
    scene
}

/// Writes labels above a bar in their order, each as near to its segment as the others let it.
fn write_outside(scene: &mut Scene, category: usize, labels: &[Outside], (left, right): (f64, f64), y: f64) {
    const APART: f64 = 12.0;
    let mut starts = Vec::new();
    let mut free = left;
    for label in labels {
        let start = (label.wanted - label.width / 2.0).max(free);
        starts.push(start);
        free = start + label.width + APART;
    }
    let mut limit = right;
    for (label, start) in labels.iter().zip(&mut starts).rev() {
        *start = start.min(limit - label.width);
        limit = *start - APART;
    }
    for (label, start) in labels.iter().zip(starts) {
        scene.own(Owner::Value { series: label.series, category }, |scene| {
            scene.rect(Role::Area(label.series), start, y - 4.5, 9.0, 9.0);
            scene.label(Role::Label, Anchor::Start, start + 13.0, y, label.text);
        });
    }
}
