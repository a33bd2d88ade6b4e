//! Small multiples of lines: each with the other lines behind it in grey.

use super::super::font::Fonts;
use super::super::grid::Grid;
use super::super::marked::{Highlight, Marked};
use super::super::panels::{self, Frame, GAP, Plan};
use super::super::scene::{Area, Scene, Words};
use super::super::taken::Taken;
use super::super::{ChartData, Labels, Mark};
use super::axis::{columns, widest};
use super::plot::{ABOVE, Plot, is_last};
use super::values::{Ground, Room, labelled_points, write_values};
use super::{around, write_categories, write_hidden};

/// Tried in this order.
const HEIGHTS: [f64; 3] = [120.0, 84.0, 60.0];
/// More lines in grey are a thicket and no background.
const MOST_BEHIND: usize = 12;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let grid = |height: f64| Grid::new(data, fonts, words, (height, if height < 100.0 { 3 } else { 4 }));
    let draw = |plan: Plan, height: f64| {
        let grid = grid(height);
        let plan = Plan { room: grid.room, ..plan };
        let told = (data, fonts, words);
        Some(panels::layout(told, plan, |scene, frame| write(scene, told, (&grid, height), frame)))
    };
    panels::fitting(data, grid(HEIGHTS[0]).room, &HEIGHTS, draw).unwrap_or_default()
}

/// Draws a panel; says where it ends.
fn write(
    scene: &mut Scene,
    (data, fonts, words): (&ChartData, &Fonts, &Words),
    (grid, height): (&Grid, f64),
    frame: &Frame,
) -> f64 {
    // A field would hide what is behind it.
    let behind = data.mark == Mark::Line && data.series.len() <= MOST_BEHIND;
    let highlight = Some(Highlight::Series(vec![frame.series]));
    let own = ChartData { marked: Marked { highlight, ..data.marked.clone() }, ..data.clone() };
    // The last value stands behind its point, as the first before it.
    let after = widest(data, fonts, data.categories.len().saturating_sub(1)) + 10.0;
    let at = columns(data, fonts, (frame.left, frame.right - after), true);
    let top = frame.top + ABOVE;
    let plot = Plot::new(&own, at, (frame.left, frame.right), (top, top + height));
    plot.write_grounds(scene);
    plot.write_grid(scene, grid, frame.first);
    write_categories(scene, data, fonts, words, &plot);
    let foot = scene.height;
    let mut segments = plot.write_marked(scene);
    let (mine, others): (Vec<_>, Vec<_>) = plot.points().into_iter().partition(|point| point.series == frame.series);
    if behind {
        plot.write_behind(scene, &others);
    }
    segments.extend(plot.write_area(scene, &mine));
    segments.extend(plot.write_lines(scene, &mine));
    let mut taken = Taken::default();
    mine.iter().filter(|point| is_last(data, point)).for_each(|point| taken.add(around(point.at)));
    for (category, datum) in data.series[frame.series].values.iter().enumerate().filter(|(_, datum)| datum.hidden) {
        if let Some(x) = plot.columns().get(category) {
            write_hidden(scene, fonts, (frame.series, category), datum, (*x, plot.bottom), &mut taken);
        }
    }
    let bounds =
        Area { x: frame.left, y: top - ABOVE, width: frame.right - frame.left + GAP / 2.0, height: height + ABOVE };
    let told = labelled_points(&mine, data.labels.unwrap_or(Labels::Ends));
    let mut ground = Ground { fonts, segments, taken, bounds };
    write_values(scene, &mut ground, &mine, &told, Room { wide: true, beside: true });
    foot
}
