//! The names of lines, each at its end.

use super::super::scene::{Anchor, LINE, Owner, Role, Scene, Shape, Text};
use super::Point;

/// Names each line at its end, pushed apart where lines end close to each other.
pub(super) fn write_names(
    scene: &mut Scene,
    names: &[Vec<String>],
    points: &[Point],
    (x, top, bottom): (f64, f64, f64),
) -> Vec<Text> {
    let mut ends: Vec<(usize, f64)> = Vec::new();
    for series in 0..names.len() {
        if let Some(last) = points.iter().rfind(|point| point.series == series) {
            ends.push((series, last.at.1));
        }
    }
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let height = |series: usize| names[series].len() as f64 * LINE;
    let mut free = top - LINE;
    for (series, y) in &mut ends {
        *y = y.max(free + height(*series) / 2.0);
        free = *y + height(*series) / 2.0;
    }
    let mut limit = bottom + LINE;
    for (series, y) in ends.iter_mut().rev() {
        *y = y.min(limit - height(*series) / 2.0);
        limit = *y - height(*series) / 2.0;
    }
    let before = scene.shapes.len();
    for (series, y) in ends {
        scene.own(Owner::Series(series), |scene| {
            scene.marker(series, (x - 11.0, y));
            scene.block(Role::Label, Anchor::Start, x, y, &names[series], true);
        });
    }
    let written = scene.shapes[before..].iter();
    written.filter_map(|shape| if let Shape::Text(text) = shape { Some(text.clone()) } else { None }).collect()
}
