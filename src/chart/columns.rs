//! Standing bars: single, grouped, stacked, stacked to 100 %. Only where every label has its room; otherwise bars lie.

use super::bars::{GAP, PADDING};
use super::font::Fonts;
use super::scale::Scale;
use super::scene::{Anchor, Key, LINE, Owner, Role, Scene, TEXT, WIDTH, Words, header, is_nothing, range};
use super::{ChartData, Mark};

const HEIGHT: f64 = 230.0;
/// Room between the labels of neighbouring categories.
const APART: f64 = 12.0;

/// The scene; none when a label would not fit.
pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Option<Scene> {
    let slot = (WIDTH / data.categories.len().max(1) as f64).min(150.0);
    let width = |text: &str| fonts.width(text, TEXT, false);
    let mut labels = Vec::new();
    for category in &data.categories {
        if fonts.widest_word(category, TEXT, false) > slot - APART {
            return None;
        }
        let lines = fonts.wrap(category, TEXT, false, slot - APART, 4);
        if lines.len() > 3 {
            return None;
        }
        labels.push(lines);
    }
    let widest =
        data.series.iter().flat_map(|series| &series.values).map(|datum| width(&datum.text)).fold(0.0, f64::max);

    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, Some(Key::Square)) + 14.0;
    let bottom = match data.mark {
        Mark::StackedBar | Mark::PercentBar => stacked(&mut scene, data, (top, slot, widest))?,
        _ => side_by_side(&mut scene, data, (top, slot, widest))?,
    };
    let mut lowest = bottom;
    for (index, lines) in labels.iter().enumerate() {
        let height = lines.len() as f64 * LINE;
        scene.block(
            Role::Label,
            Anchor::Middle,
            (index as f64 + 0.5) * slot,
            bottom + 8.0 + height / 2.0,
            lines,
            false,
        );
        lowest = lowest.max(bottom + 8.0 + height);
    }
    scene.height = lowest + 4.0;
    Some(scene)
}

/// Draws bars beside each other. Returns where the plot ends.
fn side_by_side(scene: &mut Scene, data: &ChartData, (top, slot, widest): (f64, f64, f64)) -> Option<f64> {
    let count = data.series.len() as f64;
    let bar = ((slot * 0.72 - (count - 1.0) * GAP) / count).min(if count > 1.0 { 44.0 } else { 64.0 });
    let room = if count > 1.0 { bar + GAP - 5.0 } else { slot - 8.0 };
    if bar < 14.0 || widest > room {
        return None;
    }
    let (low, high) = range(data);
    let bottom = top + HEIGHT;
    let scale = Scale::new(low, high, if low < 0.0 { bottom - 22.0 } else { bottom }, top + 8.0);
    let base = scale.base();
    for category in 0..data.categories.len() {
        let first = (category as f64 + 0.5) * slot - (count * (bar + GAP) - GAP) / 2.0;
        for (index, series) in data.series.iter().enumerate() {
            let Some(datum) = series.values.get(category) else { continue };
            let x = first + index as f64 * (bar + GAP);
            let middle = x + bar / 2.0;
            scene.own(Owner::Value { series: index, category }, |scene| {
                let Some(value) = datum.value else {
                    scene.label(Role::Muted, Anchor::Middle, middle, base - 11.0, &datum.text);
                    return;
                };
                let end = scale.at(value);
                if value != 0.0 {
                    let length = (end - base).abs().max(1.0);
                    scene.rect(Role::Area(index), x, if value < 0.0 { base } else { base - length }, bar, length);
                }
                let y = if value < 0.0 { end + 11.0 } else { end - 11.0 };
                scene.label(Role::Label, Anchor::Middle, middle, y, &datum.text);
            });
        }
    }
    scene.line(Role::Axis, (0.0, base), (data.categories.len() as f64 * slot, base), 1.0);
    Some(bottom)
}

/// Draws stacks; a label that its segment has no room for stands at its right. Returns where the plot ends.
fn stacked(scene: &mut Scene, data: &ChartData, (top, slot, widest): (f64, f64, f64)) -> Option<f64> {
    const SWATCH: f64 = 13.0;
    let bar = (slot * 0.5).min(64.0);
    if widest + PADDING > bar || bar + 5.0 + SWATCH + widest + 4.0 > slot {
        return None;
    }
    let bottom = top + HEIGHT;
    let scale = Scale::new(0.0, 1.0, bottom, top);
    for category in 0..data.categories.len() {
        let x = (category as f64 + 0.5) * slot - bar / 2.0;
        let mut outside = Vec::new();
        let mut from = 0.0;
        let parts = data.parts(category);
        let bar_stands = parts.iter().any(|part| *part > 0.0);
        for (index, (series, part)) in data.series.iter().zip(parts).enumerate() {
            let Some(datum) = series.values.get(category).filter(|datum| !is_nothing(datum, bar_stands)) else {
                continue;
            };
            let (low, high) = (scale.at(from), scale.at(from + part));
            from += part;
            let middle = (low + high + GAP) / 2.0;
            let fits = datum.value.is_some() && low - high - GAP >= LINE;
            scene.own(Owner::Value { series: index, category }, |scene| {
                if low > high {
                    scene.rect(Role::Area(index), x, high + GAP, bar, (low - high - GAP).max(1.0));
                }
                if fits {
                    scene.label(Role::OnArea(index), Anchor::Middle, x + bar / 2.0, middle, &datum.text);
                }
            });
            if !fits {
                outside.push((index, middle, &datum.text));
            }
        }
        let mut free = bottom - LINE / 2.0;
        for (index, wanted, text) in outside {
            let y = wanted.min(free);
            free = y - LINE;
            scene.own(Owner::Value { series: index, category }, |scene| {
                scene.rect(Role::Area(index), x + bar + 5.0, y - 4.5, 9.0, 9.0);
                scene.label(Role::Label, Anchor::Start, x + bar + 5.0 + SWATCH, y, text);
            });
        }
    }
    scene.line(Role::Axis, (0.0, bottom), (data.categories.len() as f64 * slot, bottom), 1.0);
    Some(bottom)
}
