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
    let filled = datum.value.map_or(0, filled);
    let edge = ROW as f64 * (SIDE + GAP) - GAP;
    scene.own(Owner::Value { series: 0, category: 0 }, |scene| {
        if filled < ROW * ROW {
            scene.region(Role::Region(0), (filled..ROW * ROW).map(square).collect());
        }
        if filled > 0 {
            scene.region(Role::Area(0), (0..filled).map(square).collect());
        }
        let x = edge + 28.0;
        scene.sized(Role::Label, Anchor::Start, (x, top + edge / 2.0 - 24.0), (LARGE, true), &datum.text);
        let label = data.categories.first().map_or("", String::as_str);
        let lines = fonts.wrap(label, TEXT, false, WIDTH - x, 4);
        scene.block(
            Role::Label,
            Anchor::Start,
            x,
            top + edge / 2.0 + 12.0 + lines.len() as f64 * LINE / 2.0,
            &lines,
            false,
        );
    });
    scene.height = top + edge + 2.0;
    scene
}

/// How many squares a share fills: none and all only where it is none and all.
fn filled(percent: f64) -> usize {
    let rounded = percent.round();
    let whole = if percent <= 0.0 || percent >= 100.0 { rounded } else { rounded.clamp(1.0, 99.0) };
    whole.clamp(0.0, (ROW * ROW) as f64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_and_all_are_exact() {
        assert_eq!([0.0, 0.2, 1.4, 62.5, 99.7, 100.0].map(filled), [0, 1, 1, 63, 99, 100]);
    }
}
