//! Lying stacks, of values or of their shares.

use super::super::font::Fonts;
use super::super::scale::{Scale, tick_labels};
use super::super::scene::{
    Anchor, Categories, Key, LINE, Owner, Role, Scene, Spacing, TEXT, WIDTH, Words, header, is_nothing,
};
use super::super::{ChartData, Mark, hidden};
use super::{GAP, PADDING};

/// A label that has no room in its segment: it stands above the bar, with its series' colour beside it.
struct Outside<'a> {
    series: usize,
    text: &'a str,
    /// Middle of the segment.
    wanted: f64,
    width: f64,
}

pub(super) fn stacked(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, Some(Key::Square));
    let categories = Categories::new(data, fonts);
    let end = if data.mark == Mark::PercentBar { WIDTH - 14.0 } else { WIDTH - hidden::room_of_stacks(data) };
    let scale = Scale::new(0.0, 1.0, categories.plot, end);
    let (thickness, between) = spacing.choice((28.0, 12.0), (20.0, 6.0));

    let mut y = top;
    for category in 0..data.categories.len() {
        if data.is_marked_only(category) {
            let middle = y + (categories.height(category) / 2.0 - 2.0).max(thickness / 2.0);
            categories.write(&mut scene, category, middle);
            write_marked_only(&mut scene, data, fonts, category, (categories.plot, middle));
            y = 2.0 * middle - y + between;
            continue;
        }
        let mut outside = Vec::new();
        let mut hidden_parts = Vec::new();
        let mut segments = Vec::new();
        let mut from = 0.0;
        let parts = data.parts(category);
        let bar_stands = parts.iter().any(|part| *part > 0.0);
        for (index, (series, part)) in data.series.iter().zip(parts).enumerate() {
            let Some(datum) = series.values.get(category).filter(|datum| !is_nothing(datum, bar_stands)) else {
                continue;
            };
            if datum.hidden {
                hidden_parts.push((index, datum));
                continue;
            }
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
        // Behind the parts that are told, without length.
        let boxes: Vec<(usize, f64)> =
            hidden_parts.iter().zip(hidden::beside(scale.at(from))).map(|((index, _), x)| (*index, x)).collect();
        for ((index, datum), (_, wanted)) in hidden_parts.iter().zip(&boxes) {
            let width = fonts.width(&datum.text, TEXT, false) + 14.0;
            outside.push(Outside { series: *index, text: &datum.text, wanted: *wanted, width });
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
        for (index, x) in boxes {
            let owner = Owner::Value { series: index, category };
            scene.own(owner, |scene| hidden::write_box(scene, (x, middle), hidden::SIDE));
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

/// Draws a row whose parts have no length, since they would tell the protected one: the box, and each part with its colour and number or mark.
fn write_marked_only(scene: &mut Scene, data: &ChartData, fonts: &Fonts, category: usize, (left, middle): (f64, f64)) {
    let mut x = left + hidden::BESIDE;
    hidden::write_box(scene, (x + hidden::SIDE / 2.0, middle), hidden::SIDE);
    x += hidden::SIDE + 12.0;
    for (series, values) in data.series.iter().enumerate() {
        let Some(datum) = values.values.get(category) else { continue };
        scene.own(Owner::Value { series, category }, |scene| {
            scene.rect(Role::Area(series), x, middle - 4.5, 9.0, 9.0);
            let role = if datum.value.is_some() { Role::Label } else { Role::Muted };
            scene.label(role, Anchor::Start, x + 13.0, middle, &datum.text);
        });
        x += 13.0 + fonts.width(&datum.text, TEXT, false) + 12.0;
    }
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
