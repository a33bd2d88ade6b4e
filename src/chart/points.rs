//! Marks on a scale: the dot plot, and the dumbbell that joins the two values of a category.

use std::ops::Range;

use super::font::Fonts;
use super::scale::Scale;
use super::scene::{Anchor, Categories, Key, Owner, Role, Scene, Spacing, TEXT, WIDTH, Words, range};
use super::{ChartData, hidden, panels, rows};

/// Half the width of a mark and the room beside it.
const BESIDE: f64 = 12.0;

pub fn dots(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    if data.panels {
        return dots_in_panels(data, fonts, words, spacing);
    }
    let lanes = Lanes { data, drawn: 0..data.series.len(), sizes: spacing.choice((20.0, 10.0), (14.0, 4.0)) };
    let mut scene = Scene::default();
    let scale = |plot: f64| lanes.scale(fonts, (plot, WIDTH));
    let height = |label: f64| lanes.height(label);
    let rows = rows::begin(&mut scene, (data, fonts, words), Some(Key::Marker), scale, height);
    for (category, middle) in rows.middles.iter().enumerate() {
        rows.categories.write(&mut scene, category, *middle);
        lanes.write(&mut scene, &rows.scale, category, *middle);
    }
    scene
}

/// A panel for each series, the names of the rows at the left of each row of panels.
fn dots_in_panels(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    let categories = Categories::new(data, fonts);
    panels::layout((data, fonts, words), panels::Plan::new(data, categories.plot), |scene, frame| {
        let drawn = frame.series..frame.series + 1;
        let lanes = Lanes { data, drawn, sizes: spacing.choice((20.0, 10.0), (14.0, 4.0)) };
        let (ends, top) = ((frame.left, frame.right), frame.top + 8.0);
        let scale = lanes.scale(fonts, ends);
        let heights: Vec<f64> =
            (0..data.categories.len()).map(|category| lanes.height(categories.height(category))).collect();
        rows::write_behind(scene, (data, fonts, words), &scale, ends, (top, top + heights.iter().sum::<f64>()));
        let mut y = top;
        for (category, height) in heights.into_iter().enumerate() {
            let middle = y + height / 2.0;
            y += height;
            if frame.first {
                categories.write(scene, category, middle);
            }
            lanes.write(scene, &scale, category, middle);
        }
        scene.height
    })
}

/// Rows of dots in which each series has a lane of its own, so that equal values do not hide each other.
struct Lanes<'a> {
    data: &'a ChartData,
    drawn: Range<usize>,
    /// Height of a lane, and room between two rows.
    sizes: (f64, f64),
}

impl Lanes<'_> {
    fn block(&self) -> f64 {
        self.drawn.len() as f64 * self.sizes.0
    }

    fn height(&self, label: f64) -> f64 {
        self.block().max(label) + self.sizes.1
    }

    /// The scale between two ends, with room for the values beside the dots.
    fn scale(&self, fonts: &Fonts, (left, right): (f64, f64)) -> Scale {
        let (low, high) = range(self.data);
        let widest = widest(self.data, fonts);
        let room = if low < 0.0 { widest + BESIDE } else { 0.0 };
        Scale::new(low, high, left + BESIDE + room, right - widest - 2.0 * BESIDE)
    }

    fn write(&self, scene: &mut Scene, scale: &Scale, category: usize, middle: f64) {
        let data = self.data;
        for (place, index) in self.drawn.clone().enumerate() {
            let Some(datum) = data.series[index].values.get(category) else { continue };
            let lane = middle - self.block() / 2.0 + (place as f64 + 0.5) * self.sizes.0;
            scene.own(Owner::Value { series: index, category }, |scene| {
                let Some(value) = datum.value else {
                    if datum.hidden {
                        hidden::write_blank(scene, datum, (scale.base(), lane), hidden::SIDE.min(self.sizes.0 - 2.0));
                    } else {
                        scene.label(Role::Muted, Anchor::Start, scale.base() + BESIDE, lane, &datum.text);
                    }
                    return;
                };
                let x = scale.at(value);
                // What stands back has a grey mark, and an interval a line of its own.
                let mark = data.mark_of(index, Some(category));
                let line = if mark == Role::Faded { Role::FadedLine } else { Role::Line(data.hue(index)) };
                scene.line(line, (scale.base(), lane), (x, lane), 1.0);
                let (mut low, mut high) = (x, x);
                if let Some((lower, upper)) = &datum.interval {
                    (low, high) = (scale.at(lower.value).min(x), scale.at(upper.value).max(x));
                    scene.whisker((low, lane), (high, lane));
                }
                scene.mark(mark, data.hue(index), (x, lane));
                let (anchor, x) =
                    if value < 0.0 { (Anchor::End, low - BESIDE) } else { (Anchor::Start, high + BESIDE) };
                scene.label(Role::Label, anchor, x, lane, &datum.text);
            });
        }
    }
}

pub fn dumbbell(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    let (row, between) = spacing.choice((38.0_f64, 8.0), (28.0, 4.0));
    let mut scene = Scene::default();
    let (low, high) = range(data);
    let blanks: Vec<String> = (0..data.categories.len()).map(|category| blank(data, category)).collect();
    let blank_room = blanks.iter().map(|text| fonts.width(text, TEXT, false)).fold(0.0, f64::max);
    let blank_room = if data.hides() { blank_room + hidden::SIDE + 2.0 * hidden::BESIDE } else { blank_room };
    let beside = widest(data, fonts) + BESIDE + 4.0;
    let right = WIDTH - beside - if blank_room > 0.0 { blank_room + BESIDE } else { 0.0 };
    let scale = |plot: f64| Scale::new(low, high, plot + beside, right);
    let height = |label: f64| row.max(label + between);
    let rows = rows::begin(&mut scene, (data, fonts, words), Some(Key::Marker), scale, height);
    let scale = &rows.scale;
    for (category, middle) in rows.middles.iter().copied().enumerate() {
        rows.categories.write(&mut scene, category, middle);
        if let Some(text) = blanks.get(category).filter(|text| !text.is_empty()) {
            scene.label(Role::Muted, Anchor::End, WIDTH, middle, text);
            if data.has_hidden(category) {
                let x = WIDTH - fonts.width(text, TEXT, false) - hidden::BESIDE - hidden::SIDE / 2.0;
                hidden::write_box(&mut scene, (x, middle), hidden::SIDE);
            }
        }
        let datums =
            data.series.iter().enumerate().filter_map(|(index, series)| Some((index, series.values.get(category)?)));
        let mut ends: Vec<_> =
            datums.filter_map(|(index, datum)| Some((index, scale.at(datum.value?), datum.text.as_str()))).collect();
        ends.sort_by(|a, b| a.1.total_cmp(&b.1));
        match ends[..] {
            [(index, x, text)] => scene.own(Owner::Value { series: index, category }, |scene| {
                scene.marker(index, (x, middle));
                scene.label(Role::Label, Anchor::Start, x + BESIDE, middle, text);
            }),
            [(lower, left, left_text), (upper, right, right_text)] => {
                // Marks that would cover each other stand one above the other.
                let shift = if right - left < 13.0 { 7.0 } else { 0.0 };
                scene.line(Role::Link, (left, middle - shift), (right, middle + shift), 3.0);
                scene.own(Owner::Value { series: lower, category }, |scene| {
                    scene.marker(lower, (left, middle - shift));
                    scene.label(Role::Label, Anchor::End, left - BESIDE, middle - shift, left_text);
                });
                scene.own(Owner::Value { series: upper, category }, |scene| {
                    scene.marker(upper, (right, middle + shift));
                    scene.label(Role::Label, Anchor::Start, right + BESIDE, middle + shift, right_text);
                });
            }
            _ => {}
        }
    }
    scene
}

/// Names the series without value and its mark: "Män: ..".
fn blank(data: &ChartData, category: usize) -> String {
    let datums = data.series.iter().filter_map(|series| Some((&series.label, series.values.get(category)?)));
    let blanks = datums.filter(|(_, datum)| datum.value.is_none());
    blanks.map(|(label, datum)| format!("{label}: {}", datum.text)).collect::<Vec<_>>().join(", ")
}

fn widest(data: &ChartData, fonts: &Fonts) -> f64 {
    let datums = data.series.iter().flat_map(|series| &series.values);
    datums.map(|datum| fonts.width(&datum.text, TEXT, false)).fold(0.0, f64::max)
}
