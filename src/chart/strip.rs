//! Labels in a strip above the plot, each over its place: of periods, of points of time, and of values that bars are held against.

use super::font::Fonts;
use super::scene::{Anchor, Area, LINE, Role, SMALL, Scene};
use super::taken::Taken;

/// Widest that a label may be before it breaks into lines: narrower where they have no room beside each other.
const WIDTHS: [f64; 4] = [190.0, 140.0, 100.0, 70.0];
/// Room between labels beside each other.
const APART: f64 = 10.0;

/// Labels over their places.
#[derive(Debug, Default)]
pub struct Strip {
    labels: Vec<Placed>,
    pub height: f64,
}

#[derive(Debug)]
struct Placed {
    lines: Vec<String>,
    /// The place that it belongs to, and where its words begin.
    at: f64,
    start: f64,
    /// From the foot of the strip up to the foot of its words.
    rise: f64,
}

impl Strip {
    /// Places labels between two ends. Each begins over its place and as low as those to its right let it, so that what joins it to its place runs through no
    /// other.
    pub fn new(wanted: &[(f64, String)], fonts: &Fonts, ends: (f64, f64)) -> Self {
        let mut order: Vec<&(f64, String)> = wanted.iter().collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        let tried = WIDTHS.map(|width| Self::placed(&order, fonts, width, ends));
        tried.into_iter().min_by_key(|(_, covered)| *covered).map(|(strip, _)| strip).unwrap_or_default()
    }

    /// The labels in lines no wider than this, and how many cover another.
    fn placed(order: &[&(f64, String)], fonts: &Fonts, widest: f64, (left, right): (f64, f64)) -> (Self, usize) {
        let mut taken = Taken::default();
        let (mut out, mut covered) = (Self::default(), 0);
        for (at, text) in order {
            let lines = fonts.wrap(text, SMALL, false, widest.min(right - left), 4);
            let width = lines.iter().map(|line| fonts.width(line, SMALL, false)).fold(0.0, f64::max);
            let start = at.min(right - width).max(left);
            let height = lines.len() as f64 * LINE;
            let area = |rise: f64| Area { x: start, y: -rise - height, width: width + APART, height: height - 1.0 };
            let stem = |rise: f64| Area { x: at - 2.0, y: -rise, width: 4.0, height: rise };
            let free = |rise: &f64| taken.is_free(&area(*rise)) && (*rise == 0.0 || taken.is_free(&stem(*rise)));
            let rise = (0..40).map(|row| f64::from(row) * LINE).find(free);
            covered += usize::from(rise.is_none());
            let rise = rise.unwrap_or(out.height);
            taken.add(area(rise));
            taken.add(Area { y: -rise - height, height: rise + height, ..stem(rise) });
            out.height = out.height.max(rise + height);
            out.labels.push(Placed { lines, at: *at, start, rise });
        }
        if !out.labels.is_empty() {
            out.height += 4.0;
        }
        (out, covered)
    }

    /// Writes the labels with the foot of the strip at `bottom`.
    pub fn write(&self, scene: &mut Scene, bottom: f64) {
        for Placed { lines, at, start, rise } in &self.labels {
            let foot = bottom - 4.0 - rise;
            if *rise > 0.0 {
                scene.line(Role::Axis, (*at, foot), (*at, bottom), 1.0);
            }
            for (index, line) in lines.iter().rev().enumerate() {
                scene.small(Anchor::Start, *start, foot - (index as f64 + 0.5) * LINE + 2.0, line);
            }
        }
    }
}
