//! One share as a hundred squares, of which so many are filled.

use super::font::Fonts;
use super::hatching::hatch;
use super::panels::{self, Plan};
use super::scene::{Anchor, LINE, Owner, Role, Scene, TEXT, WIDTH, Words, header};
use super::{ChartData, Datum};

const SIDE: f64 = 16.0;
const GAP: f64 = 3.0;
/// Squares in a row, and rows.
const ROW: usize = 10;
/// The share in large type, and that of a panel.
const LARGE: f64 = 40.0;
const SHARE: f64 = 26.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let edge = ROW as f64 * (SIDE + GAP) - GAP;
    shares((data, fonts, words), (edge, edge), |scene, datum, (left, top), scale| {
        let (side, step) = (SIDE * scale, (SIDE + GAP) * scale);
        let square = |at: usize| {
            let (x, y) = (left + (at % ROW) as f64 * step, top + (at / ROW) as f64 * step);
            vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
        };
        write_parts(scene, datum, ROW * ROW, |at| [square(at)]);
    })
}

/// Draws so many squares or persons, of which those that a share fills are filled; of a share that is not known they are empty outlines.
pub fn write_parts<const N: usize>(
    scene: &mut Scene,
    datum: &Datum,
    count: usize,
    outlines: impl Fn(usize) -> [Vec<(f64, f64)>; N],
) {
    let full = datum.value.map(|value| filled(value, count));
    let parts = match full {
        Some(full) => [(Role::Region(0), full..count), (Role::Area(0), 0..full)],
        None => [(Role::Unknown, 0..count), (Role::Area(0), 0..0)],
    };
    let hatched: Vec<_> = (0..count).filter(|_| datum.hidden).flat_map(&outlines).collect();
    for (role, parts) in parts.into_iter().filter(|(_, parts)| !parts.is_empty()) {
        scene.region(role, parts.flat_map(&outlines).collect());
    }
    if !hatched.is_empty() {
        hatch(scene, Role::Hatch, &hatched, 0);
    }
}

/// Draws one share with its words beside it, or a panel for each of several with its number below it. `draw` draws a share from a corner on, so many times as
/// large as its size says.
pub fn shares(
    told: (&ChartData, &Fonts, &Words),
    (wide, high): (f64, f64),
    draw: impl Fn(&mut Scene, &Datum, (f64, f64), f64),
) -> Scene {
    let (data, fonts, words) = told;
    let datum = |series: usize| data.series.get(series).and_then(|series| series.values.first());
    if data.panels {
        let plan = Plan::new(data, 0.0);
        return panels::layout(told, plan, |scene, frame| {
            let Some(datum) = datum(frame.series) else { return frame.top };
            let (scale, top) = ((plan.width() / wide).min(1.0), frame.top + 6.0);
            let foot = top + high * scale;
            scene.own(Owner::Value { series: frame.series, category: 0 }, |scene| {
                draw(scene, datum, (frame.left, top), scale);
                scene.sized(Role::Label, Anchor::Start, (frame.left, foot + 20.0), (SHARE, true), &datum.text);
            });
            foot + 36.0
        });
    }
    let mut scene = Scene::default();
    let Some(datum) = datum(0) else { return scene };
    let top = header(&mut scene, data, fonts, words, None) + 5.0;
    scene.own(Owner::Value { series: 0, category: 0 }, |scene| {
        draw(scene, datum, (0.0, top), 1.0);
        write_share(scene, data, fonts, (wide + 28.0, top + high / 2.0), &datum.text);
    });
    scene.height = scene.height.max(top + high + 2.0);
    scene
}

/// Writes the share in large type and what it is of, about a middle. Sets the height that they need.
fn write_share(scene: &mut Scene, data: &ChartData, fonts: &Fonts, (x, middle): (f64, f64), share: &str) {
    scene.sized(Role::Label, Anchor::Start, (x, middle - 24.0), (LARGE, true), share);
    let label = data.categories.first().map_or("", String::as_str);
    let lines = fonts.wrap(label, TEXT, false, WIDTH - x, 4);
    let height = lines.len() as f64 * LINE;
    scene.block(Role::Label, Anchor::Start, x, middle + 12.0 + height / 2.0, &lines, false);
    scene.height = scene.height.max(middle + 14.0 + height);
}

/// How many of so many squares or persons a share fills: none and all only where it is none and all.
pub fn filled(percent: f64, count: usize) -> usize {
    let whole = (percent * count as f64 / 100.0).round();
    let part = if percent <= 0.0 || percent >= 100.0 { whole } else { whole.clamp(1.0, count as f64 - 1.0) };
    part.clamp(0.0, count as f64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_and_all_are_exact() {
        assert_eq!([0.0, 0.2, 1.4, 62.5, 99.7, 100.0].map(|share| filled(share, 100)), [0, 1, 1, 63, 99, 100]);
        assert_eq!([0.0, 3.0, 65.0, 97.0, 100.0].map(|share| filled(share, 10)), [0, 1, 7, 9, 10]);
    }
}
