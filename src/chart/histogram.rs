//! How often values are of which size: columns of equal width without a gap, over the limits of their classes.

use super::font::Fonts;
use super::grid::Grid;
use super::panels::{self, Frame, Plan};
use super::scale::{Scale, tick_labels};
use super::scene::{Anchor, Owner, Role, SMALL, Scene, TEXT, WIDTH, Words, header, range};
use super::{Bins, ChartData, hidden};

const HEIGHT: f64 = 250.0;
/// Of one of small multiples, tried in this order.
const PANEL_HEIGHTS: [f64; 3] = [130.0, 90.0, 60.0];
/// Between columns.
const GAP: f64 = 1.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let Some(bins) = data.bins else { return Scene::default() };
    let told = (data, fonts, words);
    if !data.panels {
        let mut scene = Scene::default();
        let top = header(&mut scene, data, fonts, words, None);
        let classes = Classes { told, bins, grid: Grid::new(data, fonts, words, (HEIGHT, 5)), height: HEIGHT };
        let frame = Frame { series: 0, left: classes.grid.room, right: WIDTH, top, first: true };
        classes.write(&mut scene, &frame);
        return scene;
    }
    let grid = |height: f64| Grid::new(data, fonts, words, (height, if height < 100.0 { 3 } else { 4 }));
    let draw = |plan: Plan, height: f64| {
        let classes = Classes { told, bins, grid: grid(height), height };
        let plan = Plan { room: classes.grid.room, ..plan };
        Some(panels::layout(told, plan, |scene, frame| classes.write(scene, frame)))
    };
    panels::fitting(data, grid(PANEL_HEIGHTS[0]).room, &PANEL_HEIGHTS, draw).unwrap_or_default()
}

struct Classes<'a> {
    told: (&'a ChartData, &'a Fonts, &'a Words),
    bins: Bins,
    grid: Grid,
    height: f64,
}

impl Classes<'_> {
    /// Draws the classes of a series; says where they end.
    fn write(&self, scene: &mut Scene, frame: &Frame) -> f64 {
        let ((data, fonts, words), bins, left) = (self.told, self.bins, frame.left);
        let Some(series) = data.series.get(frame.series) else { return frame.top };
        let top = frame.top + 20.0;
        let bottom = top + self.height;
        let (_, high) = range(data);
        let scale = Scale::new(0.0, high, bottom, top);
        let count = data.categories.len().max(1) as f64;
        // Limits stand below the borders, the first and the last half outside.
        let edges: Vec<f64> = (0..=data.categories.len()).map(|at| bins.from + at as f64 * bins.width).collect();
        let edge_texts = tick_labels(&edges, &words.signs);
        let half = edge_texts.iter().map(|text| fonts.width(text, SMALL, false) / 2.0).fold(0.0, f64::max);
        let (first, last) = (left + half.min(24.0), frame.right - half - 1.0);
        let width = (last - first) / count;
        self.grid.write(scene, &scale, (left, frame.right), frame.first);
        let fits = series.values.iter().all(|datum| fonts.width(&datum.text, TEXT, false) + 4.0 <= width);
        for (category, datum) in series.values.iter().enumerate() {
            let x = first + category as f64 * width;
            let middle = x + width / 2.0;
            scene.own(Owner::Value { series: frame.series, category }, |scene| {
                let Some(value) = datum.value else {
                    if datum.hidden {
                        let side = hidden::SIDE.min(width - GAP);
                        hidden::write_box(scene, (middle, bottom - hidden::BESIDE - side / 2.0), side);
                    }
                    let bottom = if datum.hidden { bottom - hidden::BESIDE - hidden::SIDE } else { bottom };
                    if fits {
                        scene.label(Role::Muted, Anchor::Middle, middle, bottom - 11.0, &datum.text);
                    }
                    return;
                };
                let y = scale.at(value);
                if value != 0.0 {
                    let field = data.field(frame.series, Some(category));
                    scene.rect(field, x + GAP / 2.0, y, width - GAP, (bottom - y).max(1.0));
                }
                if fits {
                    scene.label(Role::Label, Anchor::Middle, middle, y - 11.0, &datum.text);
                }
            });
        }
        scene.line(Role::Axis, (left, bottom), (frame.right, bottom), 1.0);
        let widest = 2.0 * half + 10.0;
        let step = (widest / width).ceil().max(1.0) as usize;
        for (at, text) in edge_texts.iter().enumerate().step_by(step) {
            let x = first + at as f64 * width;
            scene.line(Role::Axis, (x, bottom), (x, bottom + 5.0), 1.0);
            scene.small(Anchor::Middle, x, bottom + 15.0, text);
        }
        let lines = fonts.wrap(&data.category_label, SMALL, false, last - first, 1);
        for line in &lines {
            scene.small(Anchor::Middle, f64::midpoint(first, last), bottom + 35.0, line);
        }
        scene.height = bottom + 46.0;
        scene.height
    }
}
