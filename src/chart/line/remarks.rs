//! Remarks on single values, each near to its point.

use super::super::marked::Remark;
use super::super::scene::{Anchor, Area, LINE, Role, SMALL, Scene};
use super::values::Ground;

/// Widest that a remark may be before it breaks into lines.
const WIDEST: f64 = 150.0;
/// From a point to its remark, the nearest first.
const DISTANCES: [f64; 7] = [16.0, 26.0, 40.0, 56.0, 76.0, 100.0, 130.0];
/// The directions that are tried, above before below.
const DIRECTIONS: [(f64, f64); 8] =
    [(0.0, -1.0), (0.7, -0.7), (-0.7, -0.7), (0.0, 1.0), (0.7, 0.7), (-0.7, 0.7), (1.0, 0.0), (-1.0, 0.0)];

/// Writes a remark where it covers nothing, joined to its point. Returns whether it has room.
pub fn write_remark(scene: &mut Scene, ground: &mut Ground, remark: &Remark, (x, y): (f64, f64)) -> bool {
    let lines = ground.fonts.wrap(&remark.text, SMALL, false, WIDEST, 6);
    let width = lines.iter().map(|line| ground.fonts.width(line, SMALL, false)).fold(0.0, f64::max) + 4.0;
    let height = lines.len() as f64 * LINE;
    let places = DISTANCES.iter().flat_map(|far| DIRECTIONS.iter().map(move |to| (*far, *to)));
    let areas = places.map(|(far, (across, down))| {
        let (middle, level) = (x + across * (far + width / 2.0), y + down * (far + height / 2.0));
        Area { x: middle - width / 2.0, y: level - height / 2.0, width, height }
    });
    let end = |area: &Area| (x.clamp(area.x, area.x + area.width), y.clamp(area.y, area.y + area.height));
    let free = areas.filter(|area| ground.is_free(area));
    // Rather farther than joined to its point across a line.
    let Some(area) = free.min_by_key(|area| ground.crossings((x, y), end(area))) else { return false };
    let end = end(&area);
    let apart: f64 = (end.0 - x).hypot(end.1 - y).max(1.0);
    let start = (x + (end.0 - x) / apart * 8.0, y + (end.1 - y) / apart * 8.0);
    if apart > 12.0 {
        scene.line(Role::Axis, start, end, 1.0);
    }
    for (index, line) in lines.iter().enumerate() {
        scene.small(Anchor::Middle, area.x + width / 2.0, area.y + (index as f64 + 0.5) * LINE, line);
    }
    ground.taken.add(area);
    true
}
