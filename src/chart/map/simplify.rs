//! Borders with fewer points, the same for both who share them.

use std::collections::BTreeMap;

/// A point in tenths of a pixel.
pub type Point = (i32, i32);
/// A closed line; its first point is not said again.
pub type Ring = Vec<Point>;

/// Takes points away that change a border by less than `tolerance`. Each stretch between two places where borders meet is treated as one line and in one
/// direction, whoever it belongs to, so that neighbours stay neighbours.
pub fn simplify(shapes: &[Vec<Ring>], tolerance: f64) -> Vec<Vec<Ring>> {
    let meetings = Meetings::new(shapes.iter().flatten());
    let thin = |ring: &Ring| thinned(ring, &meetings, tolerance);
    shapes.iter().map(|rings| rings.iter().map(thin).collect()).collect()
}

/// Twice the area within a ring.
pub fn double_area(ring: &[Point]) -> i64 {
    let product = |(a, b): (&Point, &Point)| i64::from(a.0) * i64::from(b.1) - i64::from(b.0) * i64::from(a.1);
    ring.iter().zip(ring.iter().cycle().skip(1)).map(product).sum::<i64>().abs()
}

/// The points that each point has lines to: where there are more than two, borders meet.
struct Meetings(BTreeMap<Point, (Point, Point, bool)>);

impl Meetings {
    fn new<'a>(rings: impl Iterator<Item = &'a Ring>) -> Self {
        let mut known = BTreeMap::new();
        for ring in rings {
            for (at, point) in ring.iter().enumerate() {
                let before = ring[(at + ring.len() - 1) % ring.len()];
                let after = ring[(at + 1) % ring.len()];
                let seen = known.entry(*point).or_insert((before, after, false));
                seen.2 |= [before, after].iter().any(|next| *next != seen.0 && *next != seen.1);
            }
        }
        Self(known)
    }

    fn is_one(&self, point: &Point) -> bool {
        self.0.get(point).is_some_and(|(.., meet)| *meet)
    }
}

fn thinned(ring: &Ring, meetings: &Meetings, tolerance: f64) -> Ring {
    // Where nothing meets, the least point is the beginning for everybody.
    let begin = ring.iter().position(|point| meetings.is_one(point));
    let least = || ring.iter().enumerate().min_by_key(|(_, point)| **point).map_or(0, |(at, _)| at);
    let begin = begin.unwrap_or_else(least);
    let mut line: Vec<Point> = ring[begin..].iter().chain(&ring[..begin]).copied().collect();
    line.extend(line.first().copied());
    let mut out = Ring::new();
    let mut from = 0;
    for to in 1..line.len() {
        if to + 1 == line.len() || meetings.is_one(&line[to]) {
            let stretch = stretch(&line[from..=to], tolerance);
            out.extend(&stretch[..stretch.len() - 1]);
            from = to;
        }
    }
    // A sliver would be gone.
    if out.len() < 3 { ring.clone() } else { out }
}

/// A line with fewer points (Douglas and Peucker), the same in both directions.
fn stretch(line: &[Point], tolerance: f64) -> Vec<Point> {
    let turned = line.iter().rev().lt(line.iter());
    let ordered: Vec<Point> = if turned { line.iter().rev().copied().collect() } else { line.to_vec() };
    let mut kept = vec![false; ordered.len()];
    let last = ordered.len() - 1;
    (kept[0], kept[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to)
            .map(|at| (distance(ordered[at], ordered[from], ordered[to]), at))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, at)) = farthest.filter(|(far, _)| *far > tolerance) {
            kept[at] = true;
            open.extend([(from, at), (at, to)]);
        }
    }
    let mut out: Vec<Point> = ordered.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect();
    if turned {
        out.reverse();
    }
    out
}

/// How far a point is from the line between two others.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let (x, y) = (f64::from(point.0 - from.0), f64::from(point.1 - from.1));
    let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let length = dx.hypot(dy);
    if length == 0.0 {
        return x.hypot(y);
    }
    let along = ((x * dx + y * dy) / (length * length)).clamp(0.0, 1.0);
    (x - along * dx).hypot(y - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Two fields side by side, with a border that wriggles between them.
    fn neighbours() -> [Vec<Ring>; 2] {
        let border: Vec<Point> = (0..=200).map(|n| (500 + (n * n * 7) % 31 - 15 + n % 50, n * 5)).collect();
        let mut left = vec![(0, 0)];
        left.extend(&border);
        left.push((0, 1000));
        let mut right: Ring = border.into_iter().rev().collect();
        right.extend([(1000, 0), (1000, 1000)]);
        [vec![left], vec![right]]
    }

    #[test]
    fn neighbours_keep_one_border_with_fewer_points() {
        let shapes = neighbours();
        let thin = simplify(&shapes, 12.0);
        let points = |ring: &Ring| ring.iter().copied().collect::<BTreeSet<_>>();
        let (left, right) = (points(&thin[0][0]), points(&thin[1][0]));
        let on_border = |point: &&Point| point.0 > 0 && point.0 < 1000;
        let shared: Vec<_> = left.iter().filter(on_border).collect();
        assert_eq!(shared, right.iter().filter(on_border).collect::<Vec<_>>());
        assert!(shared.len() > 2 && shared.len() < 100, "{}", shared.len());
        let area = |shape: &[Vec<Ring>]| shape.iter().map(|rings| double_area(&rings[0])).sum::<i64>();
        assert_eq!(area(&thin), area(&shapes), "nothing lies between them and nothing twice");
    }

    #[test]
    fn a_hole_is_what_fills_it() {
        let lake: Ring = (0..60)
            .map(|n| (f64::from(n) * 0.105).sin_cos())
            .map(|(s, c)| ((500.0 + 300.0 * c) as i32, (500.0 + 200.0 * s) as i32))
            .collect();
        let hole: Ring = lake.iter().rev().copied().cycle().skip(17).take(60).collect();
        let field = vec![(0, 0), (1000, 0), (1000, 1000), (0, 1000)];
        let thin = simplify(&[vec![field, hole], vec![lake]], 8.0);
        let set = |ring: &Ring| ring.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(set(&thin[0][1]), set(&thin[1][0]));
        assert!(thin[1][0].len() < 30);
    }
}
