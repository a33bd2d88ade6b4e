//! Marks on a scale: the dot plot, and the dumbbell that joins the two values of a category.

use super::ChartData;
use super::font::Fonts;
use super::held::Held;
use super::scale::{Scale, tick_labels};
use super::scene::{Anchor, Categories, Key, Owner, Role, SMALL, Scene, Spacing, TEXT, WIDTH, Words, header, range};

/// Half the width of a mark and the room beside it.
const BESIDE: f64 = 12.0;

pub fn dots(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    let (lane_height, between) = spacing.choice((20.0, 10.0), (14.0, 4.0));
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, Some(Key::Marker));
    let categories = Categories::new(data, fonts);
    let (low, high) = range(data);
    let room = if low < 0.0 { widest(data, fonts) + BESIDE } else { 0.0 };
    let scale = Scale::new(low, high, categories.plot + BESIDE + room, WIDTH - widest(data, fonts) - 2.0 * BESIDE);
    let start = scale.base();
    let strip = held(data, &scale, (0.0, 0.0), categories.plot).strip(fonts, (categories.plot, WIDTH));
    let top = top + strip.height;

    // Each series has a lane of its own, so that equal values do not hide each other.
    let block = data.series.len() as f64 * lane_height;
    let heights: Vec<f64> =
        (0..data.categories.len()).map(|category| block.max(categories.height(category)) + between).collect();
    let bottom = top + heights.iter().sum::<f64>();
    let held = held(data, &scale, (top, bottom), categories.plot);
    held.write_bands(&mut scene);
    grid(&mut scene, &scale, (data, fonts, words), (top, bottom));
    held.write_lines(&mut scene, false);
    strip.write(&mut scene, top - 2.0);
    let mut y = top;
    for (category, height) in heights.iter().enumerate() {
        let middle = y + height / 2.0;
        categories.write(&mut scene, category, middle);
        for (index, series) in data.series.iter().enumerate() {
            let Some(datum) = series.values.get(category) else { continue };
            let lane = middle - block / 2.0 + (index as f64 + 0.5) * lane_height;
            scene.own(Owner::Value { series: index, category }, |scene| {
                let Some(value) = datum.value else {
                    scene.label(Role::Muted, Anchor::Start, start + BESIDE, lane, &datum.text);
                    return;
                };
                let x = scale.at(value);
                // What stands back has a grey mark, and an interval a line of its own.
                let line = if data.marked.counts(index, category) { Role::Line(index) } else { Role::FadedLine };
                scene.line(line, (scale.base(), lane), (x, lane), 1.0);
                let (mut low, mut high) = (x, x);
                if let Some((lower, upper)) = &datum.interval {
                    (low, high) = (scale.at(lower.value).min(x), scale.at(upper.value).max(x));
                    scene.whisker((low, lane), (high, lane));
                }
                scene.mark(data.mark_of(index, Some(category)), index, (x, lane));
                let (anchor, x) =
                    if value < 0.0 { (Anchor::End, low - BESIDE) } else { (Anchor::Start, high + BESIDE) };
                scene.label(Role::Label, anchor, x, lane, &datum.text);
            });
        }
        y += height;
    }
    scene
}

pub fn dumbbell(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    let (row, between) = spacing.choice((38.0_f64, 8.0), (28.0, 4.0));
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, Some(Key::Marker));
    let categories = Categories::new(data, fonts);
    let (low, high) = range(data);
    let blanks: Vec<String> = (0..data.categories.len()).map(|category| blank(data, category)).collect();
    let blank_room = blanks.iter().map(|text| fonts.width(text, TEXT, false)).fold(0.0, f64::max);
    let beside = widest(data, fonts) + BESIDE + 4.0;
    let right = WIDTH - beside - if blank_room > 0.0 { blank_room + BESIDE } else { 0.0 };
    let scale = Scale::new(low, high, categories.plot + beside, right);
    let strip = held(data, &scale, (0.0, 0.0), categories.plot).strip(fonts, (categories.plot, WIDTH));
    let top = top + strip.height;

    let heights: Vec<f64> =
        (0..data.categories.len()).map(|category| row.max(categories.height(category) + between)).collect();
    let bottom = top + heights.iter().sum::<f64>();
    let held = held(data, &scale, (top, bottom), categories.plot);
    held.write_bands(&mut scene);
    grid(&mut scene, &scale, (data, fonts, words), (top, bottom));
    held.write_lines(&mut scene, false);
    strip.write(&mut scene, top - 2.0);
    let mut y = top;
    for (category, height) in heights.iter().enumerate() {
        let middle = y + height / 2.0;
        y += height;
        categories.write(&mut scene, category, middle);
        if let Some(text) = blanks.get(category).filter(|text| !text.is_empty()) {
            scene.label(Role::Muted, Anchor::End, WIDTH, middle, text);
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

/// What the values are held against, in a plot that begins at `left`.
pub fn held<'a>(data: &'a ChartData, scale: &'a Scale, along: (f64, f64), left: f64) -> Held<'a> {
    Held { data, scale, up: false, along, ends: (left, WIDTH) }
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

/// Upright lines at round values, numbered below. Sets the height of the scene.
pub fn grid(
    scene: &mut Scene,
    scale: &Scale,
    (data, fonts, words): (&ChartData, &Fonts, &Words),
    (top, bottom): (f64, f64),
) {
    let ticks = scale.ticks(6, &data.measure);
    let mut free = f64::NEG_INFINITY;
    for (tick, text) in ticks.iter().zip(tick_labels(&ticks, &words.signs)) {
        let x = scale.at(*tick);
        let role = if *tick == 0.0 { Role::Axis } else { Role::Grid };
        scene.line(role, (x, top - 2.0), (x, bottom + 2.0), 1.0);
        let half = fonts.width(&text, SMALL, false) / 2.0;
        if x - half > free && x + half <= WIDTH {
            scene.small(Anchor::Middle, x, bottom + 13.0, &text);
            free = x + half + 8.0;
        }
    }
    scene.height = bottom + 26.0;
}
