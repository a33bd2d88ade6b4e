//! Fields with lines across them: regions that are not known, and bars whose values are not final.

use super::ChartData;
use super::scene::{Area, Role, Scene};

/// Between two lines of a hatching.
const APART: f64 = 6.0;

/// Draws lines across a shape: of each reason in another direction.
pub fn hatch(scene: &mut Scene, role: Role, shape: &[Vec<(f64, f64)>], nth: usize) {
    let (slope, apart) = match nth % 3 {
        0 => (1.0, APART),
        1 => (-1.0, APART),
        _ => (0.0, APART - 2.0),
    };
    // Sheared so that the lines lie level, cut there, and put back.
    let level: Vec<Vec<(f64, f64)>> =
        shape.iter().map(|ring| ring.iter().map(|(x, y)| (*x, y + slope * x)).collect()).collect();
    let heights = || level.iter().flatten().map(|point| point.1);
    let (low, high) = (heights().fold(f64::INFINITY, f64::min), heights().fold(f64::NEG_INFINITY, f64::max));
    let mut y = (low / apart).ceil() * apart;
    while y < high {
        for (from, to) in inside(&level, y) {
            scene.line(role, (from, y - slope * from), (to, y - slope * to), 1.0);
        }
        y += apart;
    }
}

/// Draws the field of a value: what is not final in outline, and hatched where another kind of it is in outline.
pub fn write_field(scene: &mut Scene, data: &ChartData, (series, category): (usize, usize), area: Area) {
    let role = data.field(series, Some(category));
    let Area { x, y, width, height } = area;
    scene.rect(role, x, y, width, height);
    if let Role::Outline(hue) = role
        && data.marked.is_hatched(category)
    {
        hatch_field(scene, hue, area);
    }
}

/// Draws the lines across a field in outline.
pub fn hatch_field(scene: &mut Scene, hue: usize, Area { x, y, width, height }: Area) {
    let corners = vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
    hatch(scene, Role::Line(hue), &[corners], 0);
}

/// The stretches of a level line that lie within a shape, from left to right.
pub fn inside(shape: &[Vec<(f64, f64)>], y: f64) -> Vec<(f64, f64)> {
    let mut crossings = Vec::new();
    for ring in shape {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            if (a.1 <= y) != (b.1 <= y) {
                crossings.push(a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0));
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}
