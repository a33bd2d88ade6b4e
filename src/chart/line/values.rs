//! The values beside a line.

use std::collections::{BTreeMap, BTreeSet};

use super::super::font::Fonts;
use super::super::scene::{Anchor, Area, LINE, Owner, Role, Scene, Shape, Text, label};
use super::super::taken::Taken;
use super::super::{ChartData, Labels, Series};
use super::{Point, Segment};

pub(super) fn blanks(data: &ChartData) -> Vec<(usize, usize)> {
    let of = |(index, series): (usize, &Series)| {
        let blank = series.values.iter().enumerate().filter(|(_, datum)| datum.value.is_none());
        blank.map(|(category, _)| (index, category)).collect::<Vec<_>>()
    };
    data.series.iter().enumerate().flat_map(of).collect()
}

/// The mark of a missing value: in the gap of its line, or as near to it as other labels let it.
pub(super) fn write_blank(
    points: &[Point],
    (series, category): (usize, usize),
    (x, bottom): (f64, f64),
    mark: &str,
    free: impl Fn(&Text) -> bool,
) -> Text {
    let own = || points.iter().filter(|point| point.series == series);
    let before = own().rfind(|point| point.category < category).map(|point| point.at.1);
    let after = own().find(|point| point.category > category).map(|point| point.at.1);
    let gap = match (before, after) {
        (Some(before), Some(after)) => f64::midpoint(before, after),
        (one, other) => one.or(other).unwrap_or(bottom),
    };
    let place = |offset: f64| label(Role::Muted, Anchor::Middle, x, (gap + offset).min(bottom - 12.0), mark);
    let texts = [0.0, -LINE, LINE, -2.0 * LINE, 2.0 * LINE, -3.0 * LINE, 3.0 * LINE].map(place);
    let [first, ..] = &texts;
    texts.iter().find(|text| free(text)).unwrap_or(first).clone()
}

/// The drawing as far as it has come: what labels may not cover.
pub(super) struct Ground<'a> {
    pub fonts: &'a Fonts,
    pub segments: Vec<Segment>,
    pub taken: Taken,
    pub bounds: Area,
}

impl Ground<'_> {
    /// Whether something may stand here: within the drawing, on no label or mark, and on no line.
    pub fn is_free(&self, area: &Area) -> bool {
        let Area { x, y, width, height } = self.bounds;
        let inside =
            area.x >= x && area.y >= y && area.x + area.width <= x + width && area.y + area.height <= y + height;
        inside && self.taken.is_free(area) && !self.segments.iter().any(|segment| crosses(segment, area))
    }

    /// How many lines lie between a point of one and a place.
    pub fn crossings(&self, from: (f64, f64), to: (f64, f64)) -> usize {
        let side = |(a, b): Segment, (x, y): (f64, f64)| (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0);
        let between = |line: Segment, (a, b): Segment| side(line, a) * side(line, b) < 0.0;
        let others = self.segments.iter().filter(|(a, b)| *a != from && *b != from);
        others.filter(|segment| between(**segment, (from, to)) && between((from, to), **segment)).count()
    }
}

/// Where values may stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Also farther from their points, where there is much beside them.
    pub wide: bool,
    /// The first before its line and the last behind it, where several lines begin and end.
    pub beside: bool,
}

/// Writes values where they cover no line, mark, name or other value, in the order in which they are told. Returns how many have no room.
pub(super) fn write_values(
    scene: &mut Scene,
    ground: &mut Ground,
    points: &[Point],
    told: &[&Point],
    room: Room,
) -> usize {
    let mut missing = 0;
    let last = points.iter().map(|point| point.category).max();
    let mut heights: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for point in points {
        heights.entry(point.category).or_default().push(point.at.1);
    }
    for point in told {
        let beside = heights.get(&point.category).map_or(&[][..], Vec::as_slice);
        let higher = beside.iter().filter(|y| **y < point.at.1).count();
        let others = beside.len();
        let (x, y) = point.at;
        let above = (Anchor::Middle, x, y - 17.0);
        let below = (Anchor::Middle, x, y + 17.0);
        let (near, far) = if others > 1 && higher + 1 == others { (below, above) } else { (above, below) };
        let beside = [(Anchor::Start, x + 10.0, y), (Anchor::End, x - 10.0, y)];
        let slanted = [
            (Anchor::Start, x + 6.0, y - 13.0),
            (Anchor::End, x - 6.0, y - 13.0),
            (Anchor::Start, x + 6.0, y + 13.0),
            (Anchor::End, x - 6.0, y + 13.0),
        ];
        let away = [(0.0, -30.0), (0.0, 30.0), (-14.0, -24.0), (14.0, -24.0), (-14.0, 24.0), (14.0, 24.0)];
        let away = away.map(|(dx, dy)| (Anchor::Middle, x + dx, y + dy));
        let away = if room.wide { &away[..] } else { &[] };
        let outside = match point.category {
            0 => Some((Anchor::End, x - 10.0, y)),
            at => (Some(at) == last).then_some((Anchor::Start, x + 10.0, y)),
        };
        let candidates = outside
            .filter(|_| room.beside)
            .into_iter()
            .chain([near, far])
            .chain(slanted)
            .chain(beside)
            .chain(away.iter().copied());
        let mut texts = candidates.map(|(anchor, x, y)| label(Role::Label, anchor, x, y, point.text));
        match texts.find(|text| ground.is_free(&padded(text.area(ground.fonts)))) {
            Some(text) => {
                ground.taken.add(padded(text.area(ground.fonts)));
                let owner = Owner::Value { series: point.series, category: point.category };
                scene.own(owner, |scene| scene.shapes.push(Shape::Text(text)));
            }
            None => missing += 1,
        }
    }
    missing
}

/// The points whose values are told: the ends, the highest and the lowest of each line first.
pub(super) fn labelled_points<'p, 'a>(points: &'p [Point<'a>], labels: Labels) -> Vec<&'p Point<'a>> {
    let mut lines: BTreeMap<usize, Vec<&Point>> = BTreeMap::new();
    for point in points {
        lines.entry(point.series).or_default().push(point);
    }
    let mut landmarks = BTreeSet::new();
    for (series, own) in lines {
        let heights = || own.iter().map(|point| point.at.1);
        let (top, bottom) = (heights().fold(f64::INFINITY, f64::min), heights().fold(f64::NEG_INFINITY, f64::max));
        let ends = own.first().into_iter().chain(own.last()).copied();
        let highest = own.iter().copied().filter(|point| point.at.1 <= top);
        let lowest = own.iter().copied().filter(|point| point.at.1 >= bottom);
        // Of equals the first.
        let most = match labels {
            Labels::None | Labels::Ends => 0,
            Labels::Extremes => 1,
            Labels::All => usize::MAX,
        };
        let extremes = highest.take(most).chain(lowest.take(most));
        landmarks.extend(ends.chain(extremes).map(|point| (series, point.category)));
    }
    let is_landmark = |point: &&Point| landmarks.contains(&(point.series, point.category));
    let (first, others): (Vec<_>, Vec<_>) = points.iter().partition(is_landmark);
    match labels {
        Labels::None => Vec::new(),
        Labels::Ends | Labels::Extremes => first,
        Labels::All => first.into_iter().chain(others).collect(),
    }
}

pub(super) fn padded(area: Area) -> Area {
    Area { x: area.x - 2.0, width: area.width + 4.0, ..area }
}

/// Whether a straight part passes through an area: what of it lies between the sides, and of that between top and bottom.
fn crosses(((x1, y1), (x2, y2)): &Segment, area: &Area) -> bool {
    let ranges =
        [(*x1, x2 - x1, area.x, area.x + area.width), (*y1, y2 - y1, area.y, area.y + area.height)].into_iter();
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (start, length, low, high) in ranges {
        if length == 0.0 {
            if start < low || start > high {
                return false;
            }
            continue;
        }
        let (a, b) = ((low - start) / length, (high - start) / length);
        (from, to) = (from.max(a.min(b)), to.min(a.max(b)));
    }
    from <= to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_passes_through_a_label_is_found_however_long_it_is() {
        let label = Area { x: 100.0, y: 50.0, width: 30.0, height: 14.0 };
        for through in [
            ((0.0, 57.0), (5000.0, 58.0)),
            ((115.0, -4000.0), (115.0, 4000.0)),
            ((90.0, 40.0), (140.0, 80.0)),
            ((110.0, 55.0), (112.0, 56.0)),
        ] {
            assert!(crosses(&through, &label), "{through:?}");
        }
        for beside in [((0.0, 70.0), (500.0, 70.0)), ((90.0, 60.0), (105.0, 80.0)), ((131.0, 0.0), (131.0, 90.0))] {
            assert!(!crosses(&beside, &label), "{beside:?}");
        }
    }
}
