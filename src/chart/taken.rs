//! Room that is taken in a drawing, found again by where it lies: looking through all of it for each label would take time by the square.

use super::scene::Area;

/// Width of the strips that areas are kept in.
const STRIP: f64 = 24.0;

/// Areas that nothing else may cover.
#[derive(Debug, Default)]
pub struct Taken {
    strips: Vec<Vec<Area>>,
}

impl Taken {
    pub fn add(&mut self, area: Area) {
        let (first, last) = strips(&area);
        if self.strips.len() <= last {
            self.strips.resize(last + 1, Vec::new());
        }
        for strip in &mut self.strips[first..=last] {
            strip.push(area);
        }
    }

    pub fn is_free(&self, area: &Area) -> bool {
        let (first, last) = strips(area);
        let found = self.strips.iter().take(last + 1).skip(first);
        found.flatten().all(|other| !other.overlaps(area))
    }
}

/// The strips that an area lies in; what lies beside the drawing is in the first or the last.
fn strips(area: &Area) -> (usize, usize) {
    let strip = |x: f64| (x / STRIP).clamp(0.0, 1_000.0) as usize;
    (strip(area.x), strip(area.x + area.width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_taken_and_found_as_by_looking_at_all() {
        let area = |x: f64, width: f64| Area { x, y: 0.0, width, height: 10.0 };
        let all = [area(0.0, 5.0), area(-30.0, 10.0), area(47.0, 2.0), area(100.0, 300.0)];
        let mut taken = Taken::default();
        all.iter().for_each(|area| taken.add(*area));
        for x in -40..500 {
            for width in [1.0, 30.0, 90.0] {
                let wanted = area(f64::from(x), width);
                assert_eq!(taken.is_free(&wanted), all.iter().all(|other| !other.overlaps(&wanted)), "{wanted:?}");
            }
        }
    }
}
