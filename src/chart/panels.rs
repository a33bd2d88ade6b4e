//! Small multiples: a panel for each series, on one scale, in rows below each other.

use super::font::Fonts;
use super::scene::{Anchor, LINE, Owner, Role, Scene, Shape, TALLEST, TEXT, Text, WIDTH, Words, header, label};
use super::{ChartData, key};

/// Between panels beside each other.
pub const GAP: f64 = 22.0;
/// Between rows of panels.
const BELOW: f64 = 14.0;

/// More panels than these may stand four or five beside each other.
const MANY: usize = 9;

/// Where a panel is drawn, below its title.
pub struct Frame {
    pub series: usize,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    /// It is the first of its row, which has the words of the axis at its left.
    pub first: bool,
}

/// How panels stand: what the words of the axis need at the left of each row, and how many stand beside each other.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub room: f64,
    pub across: usize,
}

impl Plan {
    pub fn new(data: &ChartData, room: f64) -> Self {
        let count = data.series.len();
        Self { room, across: if count == 3 || count > 4 { 3 } else { count.min(2) } }
    }

    /// How wide each panel is.
    pub fn width(&self) -> f64 {
        (WIDTH - self.room - GAP * (self.across as f64 - 1.0)) / self.across.max(1) as f64
    }
}

/// The panels in the first of these heights in which they have room on a page, and nearer to each other where they have it in none.
pub fn fitting(
    data: &ChartData,
    room: f64,
    heights: &[f64],
    draw: impl Fn(Plan, f64) -> Option<Scene>,
) -> Option<Scene> {
    let usual = Plan::new(data, room);
    let near = [4, 5].map(|across| Plan { across, ..usual });
    let near = near.into_iter().take(if data.series.len() > MANY { near.len() } else { 0 });
    let plans = [usual].into_iter().chain(near);
    let mut last = None;
    for (plan, height) in plans.flat_map(|plan| heights.iter().map(move |height| (plan, *height))) {
        let Some(scene) = draw(plan, height) else { continue };
        if scene.height <= TALLEST {
            return Some(scene);
        }
        last = Some(scene);
    }
    last
}

/// Draws the panels; `draw` says where a panel ends.
pub fn layout(told: (&ChartData, &Fonts, &Words), plan: Plan, draw: impl FnMut(&mut Scene, &Frame) -> f64) -> Scene {
    layout_below(told, plan, |_, y| y, draw)
}

/// The same below what `above` draws for all panels together.
pub fn layout_below(
    (data, fonts, words): (&ChartData, &Fonts, &Words),
    plan: Plan,
    above: impl FnOnce(&mut Scene, f64) -> f64,
    mut draw: impl FnMut(&mut Scene, &Frame) -> f64,
) -> Scene {
    let mut scene = Scene::default();
    let Plan { room, across } = plan;
    let width = plan.width();
    let titles: Vec<Vec<String>> =
        data.series.iter().map(|series| fonts.wrap(&series.label, TEXT, true, width, 3)).collect();
    let mut y = header(&mut scene, data, fonts, words, None) + 8.0;
    y = key::write_all(&mut scene, data, fonts, y);
    y = above(&mut scene, y);
    for (row, titles) in titles.chunks(across).enumerate() {
        let lines = titles.iter().map(Vec::len).max().unwrap_or(1);
        let top = y + lines as f64 * LINE;
        for (place, title) in titles.iter().enumerate() {
            let (series, left) = (row * across + place, room + place as f64 * (width + GAP));
            scene.own(Owner::Series(series), |scene| {
                for (index, line) in title.iter().enumerate() {
                    let middle = top - LINE * (title.len() as f64 - index as f64 - 0.5);
                    let text = Text { bold: true, ..label(Role::Label, Anchor::Start, left, middle, line) };
                    scene.shapes.push(Shape::Text(text));
                }
            });
            let frame = Frame { series, left, right: left + width, top, first: place == 0 };
            y = draw(&mut scene, &frame).max(y);
        }
        y += BELOW;
    }
    scene.height = y - BELOW;
    scene
}
