//! One share as ten persons, of which so many are filled.

use super::ChartData;
use super::font::Fonts;
use super::scene::{Scene, Words};
use super::waffle::{shares, write_parts};

pub const COUNT: usize = 10;
const WIDE: f64 = 22.0;
const HIGH: f64 = 56.0;
const GAP: f64 = 9.0;
/// Corners of what is round.
const CORNERS: usize = 24;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let edge = COUNT as f64 * (WIDE + GAP) - GAP;
    shares((data, fonts, words), (edge, HIGH), |scene, datum, (left, top), scale| {
        let person = |at: usize| {
            let outlines = person(at as f64 * (WIDE + GAP), 0.0);
            outlines.map(|outline| outline.into_iter().map(|(x, y)| (left + x * scale, top + y * scale)).collect())
        };
        write_parts(scene, datum, COUNT, person);
    })
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
