//! Small multiples: a panel for each series, on one scale, in rows below each other.

use super::font::Fonts;
use super::scene::{Anchor, LINE, Owner, Role, Scene, Shape, TEXT, Text, WIDTH, Words, header, label};
use super::{ChartData, key};

/// Between panels beside each other.
pub const GAP: f64 = 22.0;
/// Between rows of panels.
const BELOW: f64 = 14.0;

/// Where a panel is drawn, below its title.
pub struct Frame {
    pub series: usize,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    /// It is the first of its row, which has the words of the axis at its left.
    pub first: bool,
}

/// Draws the panels; `room` is what the words of the axis need at the left of each row, and `draw` says where a panel ends.
pub fn layout(
    (data, fonts, words): (&ChartData, &Fonts, &Words),
    room: f64,
    mut draw: impl FnMut(&mut Scene, &Frame) -> f64,
) -> Scene {
    let mut scene = Scene::default();
    let (across, width) = grid(data.series.len(), room);
    let titles: Vec<Vec<String>> =
        data.series.iter().map(|series| fonts.wrap(&series.label, TEXT, true, width, 3)).collect();
    let mut y = header(&mut scene, data, fonts, words, None) + 8.0;
    y = key::write_all(&mut scene, data, fonts, y);
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

/// How many panels stand beside each other, and how wide each is.
pub fn grid(count: usize, room: f64) -> (usize, f64) {
    let across = if count == 3 || count > 4 { 3 } else { count.min(2) };
    (across, (WIDTH - room - GAP * (across as f64 - 1.0)) / across.max(1) as f64)
}
