//! Lying bars: single, grouped, stacked, stacked to 100 %.

mod stacked;

use std::ops::Range;

use super::font::Fonts;
use super::held::Held;
use super::scale::Scale;
use super::scene::{
    Anchor, Area, Categories, Key, Owner, Role, Scene, Spacing, TALLEST, TEXT, WIDTH, Words, header, range,
};
use super::{ChartData, Datum, Mark, hatching, hidden, key, panels};

/// Room between segments of a stack.
pub const GAP: f64 = 2.0;
/// Room that a label needs beside its text within a segment.
pub const PADDING: f64 = 10.0;
/// Rows that one column of bars has at most where there is room for several.
pub const ROWS: usize = 30;
/// Room between columns of bars.
const GUTTER: f64 = 28.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    if matches!(data.mark, Mark::StackedBar | Mark::PercentBar) {
        return Spacing::drawn(|spacing| stacked::stacked(data, fonts, words, spacing));
    }
    if data.panels {
        return Spacing::drawn(|spacing| Bars { data, fonts, words, spacing }.panels());
    }
    in_columns(data, fonts, words).0
}

/// In how many columns bars of rows stand.
pub fn columns(data: &ChartData, fonts: &Fonts, words: &Words) -> usize {
    let stacks = matches!(data.mark, Mark::StackedBar | Mark::PercentBar);
    if stacks || data.panels { 1 } else { in_columns(data, fonts, words).1 }
}

/// In one column, or many of one series in several, on the same scale.
fn in_columns(data: &ChartData, fonts: &Fonts, words: &Words) -> (Scene, usize) {
    let drawn = |columns: usize| {
        let draw = |spacing: Spacing| {
            let mut scene = Scene::default();
            Bars { data, fonts, words, spacing }.in_columns(&mut scene, columns);
            scene
        };
        (Spacing::drawn(draw), columns)
    };
    if data.series.len() > 1 || data.categories.len() <= ROWS {
        return drawn(1);
    }
    let two = drawn(2);
    if two.0.height > TALLEST { drawn(3) } else { two }
}

/// Bars beside each other.
struct Bars<'a> {
    data: &'a ChartData,
    fonts: &'a Fonts,
    words: &'a Words,
    spacing: Spacing,
}

/// Rows of bars, and the series that each has.
struct Rows<'a> {
    categories: &'a Categories,
    rows: Range<usize>,
    drawn: Range<usize>,
    /// Thickness of a bar, room between two rows and between two bars of one.
    sizes: (f64, f64, f64),
}

impl Rows<'_> {
    fn block(&self) -> f64 {
        let (thickness, _, gap) = self.sizes;
        self.drawn.len() as f64 * (thickness + gap) - gap
    }

    fn height(&self, category: usize) -> f64 {
        self.block().max(self.categories.height(category) - 4.0)
    }

    /// From the top of the first row to the foot of the last.
    fn whole(&self) -> f64 {
        let (_, between, _) = self.sizes;
        self.rows.clone().map(|category| self.height(category) + between).sum::<f64>() - between
    }
}

impl Bars<'_> {
    fn in_columns(&self, scene: &mut Scene, columns: usize) {
        let (data, fonts) = (self.data, self.fonts);
        let top = header(scene, data, fonts, self.words, Some(Key::Square));
        let top = key::write_open(scene, data, fonts, top);
        let column = (WIDTH + GUTTER) / columns as f64 - GUTTER;
        let limit = if columns == 1 { Categories::LIMIT } else { column * 0.55 };
        let categories = Categories::within(data, fonts, limit);
        let count = data.categories.len();
        let each = count.div_ceil(columns).max(1);
        for (number, first) in (0..count).step_by(each).enumerate() {
            let left = number as f64 * (column + GUTTER);
            let rows = first..(first + each).min(count);
            let rows = Rows { categories: &categories, rows, drawn: 0..data.series.len(), sizes: self.sizes() };
            let ends = (left + categories.plot, left + column);
            let scale = self.scale(ends);
            let held = |along: (f64, f64)| Held { data, scale: &scale, up: false, along, ends };
            let strip = held((0.0, 0.0)).strip(fonts, ends);
            let top = top + strip.height;
            let held = held((top - 4.0, top + rows.whole() + 4.0));
            strip.write(scene, top - 4.0);
            let bottom = self.write(scene, &rows, &held, Some(left));
            scene.height = scene.height.max(bottom + 2.0);
        }
    }

    /// A panel for each series, the names of the rows at the left of each row of panels.
    fn panels(&self) -> Scene {
        let (data, fonts) = (self.data, self.fonts);
        let categories = Categories::new(data, fonts);
        panels::layout((data, fonts, self.words), panels::Plan::new(data, categories.plot), |scene, frame| {
            let drawn = frame.series..frame.series + 1;
            let rows = Rows { categories: &categories, rows: 0..data.categories.len(), drawn, sizes: self.sizes() };
            let (ends, top) = ((frame.left, frame.right), frame.top + 10.0);
            let scale = self.scale(ends);
            let held = Held { data, scale: &scale, up: false, along: (top - 4.0, top + rows.whole() + 4.0), ends };
            self.write(scene, &rows, &held, frame.first.then_some(0.0))
        })
    }

    fn sizes(&self) -> (f64, f64, f64) {
        match self.data.series.len() {
            1 => self.spacing.choice((22.0, 10.0, GAP), (15.0, 5.0, GAP)),
            _ if self.data.panels => self.spacing.choice((18.0, 8.0, GAP), (13.0, 5.0, GAP)),
            _ => self.spacing.choice((18.0, 16.0, GAP), (13.0, 6.0, 1.0)),
        }
    }

    /// The scale between two ends, with room for the values beyond the bars.
    fn scale(&self, (left, right): (f64, f64)) -> Scale {
        let room = |negative: bool| {
            let texts = self.data.series.iter().flat_map(|series| &series.values);
            let texts = texts.filter(|datum| (datum.value.unwrap_or(0.0) < 0.0) == negative);
            texts.map(|datum| self.fonts.width(&datum.text, TEXT, false) + 8.0).fold(0.0, f64::max)
        };
        let (low, high) = range(self.data);
        Scale::new(low, high, left + room(true), right - room(false))
    }

    /// Draws rows between what they are held against, with their names from a place on. Returns where they end.
    fn write(&self, scene: &mut Scene, rows: &Rows, held: &Held, names: Option<f64>) -> f64 {
        let ((top, bottom), scale) = (held.along, held.scale);
        let (thickness, between, gap) = rows.sizes;
        held.write_bands(scene);
        let mut y = top + 4.0;
        for category in rows.rows.clone() {
            let height = rows.height(category);
            if let Some(left) = names {
                rows.categories.write_from(scene, category, (left, y + height / 2.0));
            }
            let first = y + (height - rows.block()) / 2.0;
            for (index, series) in rows.drawn.clone().enumerate() {
                let Some(datum) = self.data.series[series].values.get(category) else { continue };
                let bar = first + index as f64 * (thickness + gap);
                scene.own(Owner::Value { series, category }, |scene| {
                    write_bar(scene, scale, (self.data, series, category), datum, (bar, thickness));
                });
            }
            y += height + between;
        }
        held.write_lines(scene, true);
        scene.line(Role::Axis, (scale.base(), top), (scale.base(), bottom), 1.0);
        bottom
    }
}

fn write_bar(
    scene: &mut Scene,
    scale: &Scale,
    (data, series, category): (&ChartData, usize, usize),
    datum: &Datum,
    (y, thickness): (f64, f64),
) {
    let (base, middle) = (scale.base(), y + thickness / 2.0);
    let Some(value) = datum.value else {
        hidden::write_blank(scene, datum, (base, middle), thickness.min(hidden::SIDE));
        return;
    };
    let end = scale.at(value);
    if value != 0.0 {
        let area = Area { x: base.min(end), y, width: (end - base).abs().max(1.0), height: thickness };
        hatching::write_field(scene, data, (series, category), area);
    }
    // Beyond the interval.
    let (mut low, mut high) = (end, end);
    if let Some((lower, upper)) = &datum.interval {
        (low, high) = (scale.at(lower.value), scale.at(upper.value));
        scene.whisker((low, middle), (high, middle));
    }
    let (anchor, x) =
        if value < 0.0 { (Anchor::End, low.min(end) - 7.0) } else { (Anchor::Start, high.max(end) + 7.0) };
    scene.label(Role::Label, anchor, x, middle, &datum.text);
}
