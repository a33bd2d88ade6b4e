//! Small multiples: a panel for each line, on one scale, with the other lines behind it in grey.

use super::super::font::Fonts;
use super::super::marked::{Highlight, Marked};
use super::super::scene::{Anchor, Area, LINE, Owner, Role, Scene, TEXT, Text, WIDTH, Words, header, label};
use super::super::taken::Taken;
use super::super::{ChartData, Labels, key};
use super::axis::{columns, widest};
use super::plot::{ABOVE, Plot, Ticks, is_last};
use super::values::{Ground, Room, labelled_points, write_values};
use super::{around, write_categories};

const HEIGHT: f64 = 120.0;
/// Between panels beside each other.
const GAP: f64 = 22.0;
/// More lines in grey are a thicket and no background.
const MOST_BEHIND: usize = 12;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let mut scene = Scene::default();
    let count = data.series.len();
    let across = if count == 3 || count > 4 { 3 } else { 2 };
    let ticks = Ticks::new(data, fonts, words, (HEIGHT, 4));
    let width = (WIDTH - ticks.room - GAP * (across as f64 - 1.0)) / across as f64;
    let titles: Vec<Vec<String>> =
        data.series.iter().map(|series| fonts.wrap(&series.label, TEXT, true, width, 3)).collect();
    let mut y = header(&mut scene, data, fonts, words, None) + 8.0;
    y = key::write_all(&mut scene, data, fonts, y);
    for (row, titles) in titles.chunks(across).enumerate() {
        let lines = titles.iter().map(Vec::len).max().unwrap_or(1);
        let mut foot = y;
        for (place, title) in titles.iter().enumerate() {
            let left = ticks.room + place as f64 * (width + GAP);
            let panel = Panel { series: row * across + place, title, lines, left, right: left + width, y };
            foot = panel.write(&mut scene, (data, fonts, words), &ticks, place == 0).max(foot);
        }
        y = foot + 14.0;
    }
    scene.height = y - 14.0;
    scene
}

struct Panel<'a> {
    series: usize,
    title: &'a [String],
    /// Lines of the longest title beside it.
    lines: usize,
    left: f64,
    right: f64,
    y: f64,
}

impl Panel<'_> {
    /// Draws the panel; says where it ends.
    fn write(
        &self,
        scene: &mut Scene,
        (data, fonts, words): (&ChartData, &Fonts, &Words),
        ticks: &Ticks,
        first: bool,
    ) -> f64 {
        let behind = data.series.len() <= MOST_BEHIND;
        let highlight = Some(Highlight::Series(vec![self.series]));
        let own = ChartData { marked: Marked { highlight, ..data.marked.clone() }, ..data.clone() };
        for (index, line) in self.title.iter().enumerate() {
            let y = self.y + (index as f64 + 0.5) * LINE;
            let text = Text { bold: true, ..label(Role::Label, Anchor::Start, self.left, y, line) };
            scene.own(Owner::Series(self.series), |scene| scene.shapes.push(super::Shape::Text(text)));
        }
        // The last value stands behind its point, as the first before it.
        let after = widest(data, fonts, data.categories.len().saturating_sub(1)) + 10.0;
        let columns = columns(data, fonts, (self.left, self.right - after), true);
        let top = self.y + self.lines as f64 * LINE + ABOVE;
        let plot = Plot::new(&own, columns, (self.left, self.right), (top, top + HEIGHT));
        plot.write_grounds(scene);
        plot.write_grid(scene, ticks, first);
        write_categories(scene, data, fonts, words, &plot);
        let foot = scene.height;
        let mut segments = plot.write_marked(scene);
        let (mine, others): (Vec<_>, Vec<_>) = plot.points().into_iter().partition(|point| point.series == self.series);
        if behind {
            plot.write_behind(scene, &others);
        }
        segments.extend(plot.write_lines(scene, &mine));
        let mut taken = Taken::default();
        mine.iter().filter(|point| is_last(data, point)).for_each(|point| taken.add(around(point.at)));
        let bounds =
            Area { x: self.left, y: top - ABOVE, width: self.right - self.left + GAP / 2.0, height: HEIGHT + ABOVE };
        let told = labelled_points(&mine, data.labels.unwrap_or(Labels::Ends));
        write_values(
            scene,
            &mut Ground { fonts, segments, taken, bounds },
            &mine,
            &told,
            Room { wide: true, beside: true },
        );
        foot
    }
}
