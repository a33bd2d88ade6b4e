//! Lines over time, each named at its end.

mod axis;
mod names;
mod values;

use super::font::Fonts;
use super::scale::{Scale, tick_labels};
use super::scene::{Anchor, Area, Role, SMALL, Scene, Shape, TEXT, WIDTH, Words, header, range};
use super::taken::Taken;
use super::{ChartData, Labels};

use super::axis as names_below;
use axis::columns;
use names::write_names;
use values::{blanks, labelled_points, write_blank, write_values};

/// Tried in this order until every value has its label and no line runs through one.
const HEIGHTS: [f64; 3] = [250.0, 320.0, 400.0];

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let mut best: Option<(Scene, Faults)> = None;
    for height in HEIGHTS {
        let (scene, faults) = attempt(data, fonts, words, height);
        if best.as_ref().is_none_or(|(_, known)| faults < *known) {
            best = Some((scene, faults));
        }
        if faults == Faults::default() {
            break;
        }
    }
    best.map(|(scene, _)| scene).unwrap_or_default()
}

/// What is wrong with a layout, the worse first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Faults {
    /// Values without label.
    missing: usize,
    /// Labels that a line runs through.
    crossed: usize,
}

/// Points nearer to each other are a line without marks, with the values of its ends and extremes.
const DENSE: f64 = 14.0;

/// From the end of the grid to the names, with room for their marks.
const NAME: f64 = 24.0;

/// A value with its place.
struct Point<'a> {
    series: usize,
    category: usize,
    at: (f64, f64),
    text: &'a str,
}

fn attempt(data: &ChartData, fonts: &Fonts, words: &Words, height: f64) -> (Scene, Faults) {
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, None) + 24.0;
    let bottom = top + height;
    let (low, high) = range(data);
    let low = data.axis_from.unwrap_or(low);
    let scale = Scale::new(low, high, bottom - if low < 0.0 { 18.0 } else { 0.0 }, top);

    let ticks = scale.ticks(6, &data.measure);
    let tick_texts = tick_labels(&ticks, &words.signs);
    let left = tick_texts.iter().map(|text| fonts.width(text, SMALL, false)).fold(0.0, f64::max) + 10.0;
    let names: Vec<_> = if data.series.len() > 1 {
        data.series.iter().map(|series| fonts.wrap(&series.label, TEXT, true, 142.0, 3)).collect()
    } else {
        Vec::new()
    };
    let name_room = names.iter().flatten().map(|line| fonts.width(line, TEXT, true)).fold(0.0, f64::max);
    let right = WIDTH - if names.is_empty() { 0.0 } else { name_room + NAME };
    for (tick, text) in ticks.iter().zip(&tick_texts) {
        let y = scale.at(*tick);
        let role = if *tick == 0.0 { Role::Axis } else { Role::Grid };
        scene.line(role, (left, y), (right, y), 1.0);
        scene.small(Anchor::End, left - 7.0, y, text);
    }

    let columns = columns(data, fonts, (left, right));
    names_below::names(data, fonts, words, &columns)
        .unwrap_or_else(|| names_below::thinned(data, fonts, &columns))
        .write(&mut scene, fonts, bottom);
    let points = points(data, &columns, &scale);
    let dense = columns.windows(2).any(|pair| pair[1] - pair[0] < DENSE);
    let segments = write_lines(&mut scene, data, &points, !dense);
    let mut taken = Taken::default();
    if !dense {
        points.iter().for_each(|point| taken.add(around(point.at)));
    }
    if !names.is_empty() {
        let boxes = write_names(&mut scene, &names, &points, (right + NAME, top, bottom));
        for text in &boxes {
            let area = text.area(fonts);
            taken.add(Area { x: area.x - NAME, width: area.width + NAME, ..area });
        }
    }
    for (series, category) in blanks(data) {
        if let (Some(x), Some(datum)) = (columns.get(category), data.series[series].values.get(category)) {
            let text = write_blank(&points, (series, category), (*x, bottom), &datum.text, |text| {
                taken.is_free(&text.area(fonts))
            });
            taken.add(text.area(fonts));
            scene.shapes.push(Shape::Text(text));
        }
    }
    let bounds = Area { x: left, y: top - 29.0, width: WIDTH - left, height: bottom - top + 29.0 };
    let labels = data.labels.unwrap_or(if dense { Labels::Extremes } else { Labels::All });
    let told = labelled_points(&points, labels);
    let faults = write_values(&mut scene, fonts, &points, (&told, dense), &segments, taken, bounds);
    (scene, faults)
}

fn around((x, y): (f64, f64)) -> Area {
    Area { x: x - 6.0, y: y - 6.0, width: 12.0, height: 12.0 }
}

fn points<'a>(data: &'a ChartData, columns: &[f64], scale: &Scale) -> Vec<Point<'a>> {
    let mut points = Vec::new();
    for (series, values) in data.series.iter().enumerate() {
        for (category, (datum, x)) in values.values.iter().zip(columns).enumerate() {
            if let Some(value) = datum.value {
                points.push(Point { series, category, at: (*x, scale.at(value)), text: &datum.text });
            }
        }
    }
    points
}

type Segment = ((f64, f64), (f64, f64));

/// Draws the lines, broken where a value or a time is missing, and their marks. Returns the straight parts.
fn write_lines(scene: &mut Scene, data: &ChartData, points: &[Point], marks: bool) -> Vec<Segment> {
    let gap = |a: &Point, b: &Point| data.times.as_ref().is_some_and(|times| times.is_gap(a.category, b.category));
    let mut segments = Vec::new();
    for series in 0..data.series.len() {
        let own: Vec<_> = points.iter().filter(|point| point.series == series).collect();
        for run in own.chunk_by(|a, b| a.category + 1 == b.category && !gap(a, b)) {
            segments.extend(run.windows(2).map(|pair| (pair[0].at, pair[1].at)));
            if run.len() > 1 {
                scene.path(
                    Role::Line(series),
                    run.iter().map(|point| point.at).collect(),
                    if marks { 2.5 } else { 2.0 },
                );
            }
            if marks || run.len() == 1 {
                run.iter().for_each(|point| scene.marker(series, point.at));
            }
        }
    }
    segments
}
