//! One share as ten persons, of which so many are filled.

use super::ChartData;
use super::font::Fonts;
use super::scene::{Owner, Role, Scene, Words, header};
use super::waffle::{filled, write_share};

pub const COUNT: usize = 10;
const WIDE: f64 = 22.0;
const HIGH: f64 = 56.0;
const GAP: f64 = 9.0;
/// Corners of what is round.
const CORNERS: usize = 24;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let mut scene = Scene::default();
    let Some(datum) = data.series.first().and_then(|series| series.values.first()) else { return scene };
    let top = header(&mut scene, data, fonts, words, None) + 6.0;
    let full = datum.value.map_or(0, |value| filled(value, COUNT));
    let edge = COUNT as f64 * (WIDE + GAP) - GAP;
    let person = |at: usize| person(at as f64 * (WIDE + GAP), top);
    scene.own(Owner::Value { series: 0, category: 0 }, |scene| {
        if full < COUNT {
            scene.region(Role::Region(0), (full..COUNT).flat_map(person).collect());
        }
        if full > 0 {
            scene.region(Role::Area(0), (0..full).flat_map(person).collect());
        }
        write_share(scene, data, fonts, (edge + 28.0, top + HIGH / 2.0), &datum.text);
    });
    scene.height = scene.height.max(top + HIGH + 2.0);
    scene
}

/// Outlines of a head and, below it, a body.
fn person(x: f64, y: f64) -> [Vec<(f64, f64)>; 2] {
    let middle = x + WIDE / 2.0;
    let arc = |(cx, cy): (f64, f64), radius: f64, from: f64, turns: f64, corners: usize| {
        (0..corners).map(move |n| {
            let angle = std::f64::consts::TAU * (from + turns * n as f64 / corners.max(2) as f64);
            (cx + radius * angle.cos(), cy + radius * angle.sin())
        })
    };
    let head = arc((middle, y + 7.0), 7.0, 0.0, 1.0, CORNERS).collect();
    let shoulder = WIDE / 2.0;
    let upper = arc((middle, y + 17.0 + shoulder), shoulder, 0.5, 0.5, CORNERS / 2);
    let feet =
        [(x + WIDE, y + 17.0 + shoulder), (x + WIDE, y + 38.0), (x + WIDE - 4.0, y + 38.0), (x + WIDE - 4.0, y + HIGH)];
    let other = [(x + 4.0, y + HIGH), (x + 4.0, y + 38.0), (x, y + 38.0)];
    [head, upper.chain(feet).chain(other).collect()]
}
