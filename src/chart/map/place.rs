//! Where regions lie in the picture.

use std::sync::Arc;

use crate::document::geography::{Position, Ring as Outline};

use super::super::hatching::inside;
use super::super::scale::{TENTHS, tenths};
use super::simplify::{Point, Ring, double_area, simplify};

/// How far a border may move, in tenths of a pixel: a tenth of a millimetre in print.
const TOLERANCE: f64 = 5.0;
/// Islands and lakes of fewer square pixels are left out.
const SPECK: i64 = 2;

/// Regions in pixels, and how large the map is.
pub struct Placed {
    pub shapes: Vec<Shape>,
    pub width: f64,
    pub height: f64,
}

/// Outlines and holes of a region, in pixels.
pub type Shape = Vec<Vec<(f64, f64)>>;

/// Lays regions out from (0, 0) in a field of at most so many pixels. Coordinates in metres (SWEREF 99 and its like) are taken as they are; degrees become
/// an equirectangular projection that is true to scale at the middle latitude.
pub fn place(regions: &[Arc<Vec<Outline>>], (width, height): (f64, f64)) -> Placed {
    let positions = || regions.iter().flat_map(|region| region.iter()).flatten();
    let Some(bounds) = Bounds::new(positions()) else {
        return Placed { shapes: vec![Shape::new(); regions.len()], width: 0.0, height: 0.0 };
    };
    let squeeze = if bounds.are_degrees() { f64::midpoint(bounds.south, bounds.north).to_radians().cos() } else { 1.0 };
    let (wide, high) = ((bounds.east - bounds.west) * squeeze, bounds.north - bounds.south);
    let per_unit = (width / wide.max(f64::MIN_POSITIVE)).min(height / high.max(f64::MIN_POSITIVE));
    let project =
        |(x, y): &Position| (tenths((x - bounds.west) * squeeze * per_unit), tenths((bounds.north - y) * per_unit));
    let snapped: Vec<Vec<Ring>> =
        regions.iter().map(|rings| seen(rings.iter().map(|ring| snap(ring, project)))).collect();
    let shapes = simplify(&snapped, TOLERANCE).into_iter().map(pixels).collect();
    Placed { shapes, width: wide * per_unit, height: high * per_unit }
}

fn snap(outline: &Outline, project: impl Fn(&Position) -> Point) -> Ring {
    let mut ring: Ring = outline.iter().map(project).collect();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

/// The rings that can be seen, the largest first; of each region at least one, be it as a point.
fn seen(rings: impl Iterator<Item = Ring>) -> Vec<Ring> {
    let mut rings: Vec<Ring> = rings.filter(|ring| !ring.is_empty()).collect();
    rings.sort_by_key(|ring| std::cmp::Reverse(double_area(ring)));
    let least = 2 * SPECK * (TENTHS * TENTHS) as i64;
    let many = rings.iter().take_while(|ring| double_area(ring) >= least).count();
    rings.truncate(many.max(1));
    if many == 0
        && let Some(ring) = rings.first_mut()
    {
        let (x, y) = ring[0];
        *ring = vec![(x - 7, y - 7), (x + 7, y - 7), (x + 7, y + 7), (x - 7, y + 7)];
    }
    rings
}

fn pixels(rings: Vec<Ring>) -> Shape {
    let pixel = |(x, y): Point| (f64::from(x) / TENTHS, f64::from(y) / TENTHS);
    rings.into_iter().filter(|ring| ring.len() > 2).map(|ring| ring.into_iter().map(pixel).collect()).collect()
}

/// How far positions reach.
struct Bounds {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Bounds {
    fn new<'a>(positions: impl Iterator<Item = &'a Position>) -> Option<Self> {
        positions.fold(None, |known: Option<Self>, (x, y)| {
            let own = known.unwrap_or(Self { west: *x, east: *x, south: *y, north: *y });
            Some(Self {
                west: own.west.min(*x),
                east: own.east.max(*x),
                south: own.south.min(*y),
                north: own.north.max(*y),
            })
        })
    }

    fn are_degrees(&self) -> bool {
        self.west >= -180.0 && self.east <= 180.0 && self.south >= -90.0 && self.north <= 90.0
    }
}

/// The middle of the widest place where a shape has room for something so large; none where it has none.
pub fn room(shape: &[Vec<(f64, f64)>], (width, height): (f64, f64)) -> Option<(f64, f64)> {
    let levels = || shape.iter().flatten().map(|point| point.1);
    let (top, bottom) = (levels().fold(f64::INFINITY, f64::min), levels().fold(f64::NEG_INFINITY, f64::max));
    let mut best: Option<(f64, (f64, f64))> = None;
    let mut y = top + height / 2.0;
    while y + height / 2.0 < bottom {
        let mut free = inside(shape, y);
        for part in [-0.5, -0.25, 0.25, 0.5] {
            let line = inside(shape, y + part * height);
            free = free.iter().flat_map(|a| line.iter().map(move |b| (a.0.max(b.0), a.1.min(b.1)))).collect();
        }
        for (left, right) in free {
            let wide = right - left;
            if wide >= width && best.is_none_or(|(most, _)| wide > most) {
                best = Some((wide, (f64::midpoint(left, right), y)));
            }
        }
        y += 3.0;
    }
    best.map(|(_, middle)| middle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Outline {
        vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    }

    #[test]
    fn metres_are_taken_as_they_are_and_degrees_at_their_middle_latitude() {
        let metres = [Arc::new(vec![square(670_000.0, 6_580_000.0, 10_000.0)])];
        let placed = place(&metres, (600.0, 400.0));
        assert_eq!((placed.width, placed.height), (400.0, 400.0));
        let degrees = [Arc::new(vec![square(18.0, 59.5, 1.0)])];
        let placed = place(&degrees, (600.0, 400.0));
        assert!((placed.width / placed.height - 0.5).abs() < 0.001, "{}", placed.width);
        let top = placed.shapes[0][0].iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
        assert_eq!(top, 0.0, "north is up");
    }

    #[test]
    fn specks_are_left_out_but_no_region() {
        let regions = [
            Arc::new(vec![square(0.0, 0.0, 1000.0), square(1500.0, 0.0, 1.0)]),
            Arc::new(vec![square(1800.0, 5.0, 1.0)]),
        ];
        let placed = place(&regions, (600.0, 400.0));
        assert_eq!(placed.shapes.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn a_label_stands_where_there_is_room() {
        let shape = vec![
            vec![(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)],
            vec![(0.0, 0.0), (60.0, 0.0), (60.0, 100.0), (0.0, 100.0)],
        ];
        let (x, _) = room(&shape, (30.0, 20.0)).unwrap();
        assert_eq!(x, 80.0, "not in the hole");
        assert_eq!(room(&shape, (50.0, 20.0)), None);
    }
}
