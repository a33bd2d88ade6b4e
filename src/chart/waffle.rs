//! One share as a hundred squares, of which so many are filled.

use super::ChartData;
use super::font::Fonts;
use super::scene::{Anchor, LINE, Owner, Role, Scene, TEXT, WIDTH, Words, header};

const SIDE: f64 = 16.0;
const GAP: f64 = 3.0;
/// Squares in a row, and rows.
const ROW: usize = 10;
/// The share in large type.
const LARGE: f64 = 40.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let mut scene = Scene::default();
    let Some(datum) = data.series.first().and_then(|series| series.values.first()) else { return scene };
    let top = header(&mut scene, data, fonts, words, None) + 4.0;
    let square = |at: usize| {
        let (x, y) = ((at % ROW) as f64 * (SIDE + GAP), top + (at / ROW) as f64 * (SIDE + GAP));
        vec![(x, y), (x + SIDE, y), (x + SIDE, y + SIDE), (x, y + SIDE)]
    };
    let filled = datum.value.map_or(0, |value| filled(value, ROW * ROW));
    let edge = ROW as f64 * (SIDE + GAP) - GAP;
    scene.own(Owner::Value { series: 0, category: 0 }, |scene| {
        if filled < ROW * ROW {
            scene.region(Role::Region(0), (filled..ROW * ROW).map(square).collect());
        }
        if filled > 0 {
            scene.region(Role::Area(0), (0..filled).map(square).collect());
        }
        write_share(scene, data, fonts, (edge + 28.0, top + edge / 2.0), &datum.text);
    });
    scene.height = scene.height.max(top + edge + 2.0);
    scene
}

/// Writes the share in large type and what it is of, about a middle. Sets the height that they need.
pub fn write_share(scene: &mut Scene, data: &ChartData, fonts: &Fonts, (x, middle): (f64, f64), share: &str) {
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
