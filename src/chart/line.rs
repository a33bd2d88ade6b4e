//! Lines over time, each named at its end.

use std::collections::{BTreeMap, BTreeSet};

use super::font::Fonts;
use super::scale::{Scale, tick_labels};
use super::scene::{Anchor, Area, LINE, Role, SMALL, Scene, Shape, TEXT, Text, WIDTH, Words, header, label, range};
use super::taken::Taken;
use super::{ChartData, Labels, Series};

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

    let ticks = scale.ticks(6);
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
    let bottom = write_categories(&mut scene, data, fonts, &columns, bottom);
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

fn blanks(data: &ChartData) -> Vec<(usize, usize)> {
    let of = |(index, series): (usize, &Series)| {
        let blank = series.values.iter().enumerate().filter(|(_, datum)| datum.value.is_none());
        blank.map(|(category, _)| (index, category)).collect::<Vec<_>>()
    };
    data.series.iter().enumerate().flat_map(of).collect()
}

/// The mark of a missing value: in the gap of its line, or as near to it as other labels let it.
fn write_blank(
    points: &[Point],
    (series, category): (usize, usize),
    (x, bottom): (f64, f64),
    mark: &str,
    free: impl Fn(&Text) -> bool,
) -> Text {
    let own = || points.iter().filter(|point| point.series == series);
    let before = own().rfind(|point| point.category < category).map(|point| point.at.1);
    let after = own().find(|point| point.category > category).map(|point| point.at.1);
    let gap = match (before, after) {
        (Some(before), Some(after)) => f64::midpoint(before, after),
        (one, other) => one.or(other).unwrap_or(bottom),
    };
    let place = |offset: f64| label(Role::Muted, Anchor::Middle, x, (gap + offset).min(bottom - 12.0), mark);
    let texts = [0.0, -LINE, LINE, -2.0 * LINE, 2.0 * LINE, -3.0 * LINE, 3.0 * LINE].map(place);
    let [first, ..] = &texts;
    texts.iter().find(|text| free(text)).unwrap_or(first).clone()
}

/// Where the categories stand.
fn columns(data: &ChartData, fonts: &Fonts, (left, right): (f64, f64)) -> Vec<f64> {
    // Half the width of what stands above and below the first and the last point.
    let half = |category: usize| {
        let values = data.series.iter().filter_map(|series| series.values.get(category)).map(|datum| &datum.text);
        let widths = data.categories.get(category).into_iter().chain(values).map(|text| fonts.width(text, TEXT, false));
        (widths.fold(0.0, f64::max) / 2.0 + 3.0).clamp(20.0, 60.0)
    };
    let end = data.categories.len().saturating_sub(1);
    // Between other lines the last value may have to stand beside its mark.
    let beside = if data.series.len() > 2 { widest(data, fonts, end) + 12.0 } else { 0.0 };
    let (first, last) = (left + half(0), right - half(end).max(beside));
    let steps = data.categories.len().saturating_sub(1).max(1) as f64;
    let parts = match &data.times {
        Some(times) => times.parts(),
        None => (0..data.categories.len()).map(|index| index as f64 / steps).collect(),
    };
    parts.into_iter().map(|part| first + (last - first) * part).collect()
}

/// The widest value of a category.
fn widest(data: &ChartData, fonts: &Fonts, category: usize) -> f64 {
    let values = data.series.iter().filter_map(|series| series.values.get(category));
    values.map(|datum| fonts.width(&datum.text, TEXT, false)).fold(0.0, f64::max)
}

/// Names the categories, every one or as many as there is room for. Sets the height of the scene; returns where the plot ends.
fn write_categories(scene: &mut Scene, data: &ChartData, fonts: &Fonts, columns: &[f64], bottom: f64) -> f64 {
    let slot = columns.windows(2).map(|pair| pair[1] - pair[0]).fold(WIDTH, f64::min);
    let fits = |lines: &Vec<String>| lines.iter().all(|line| fonts.width(line, TEXT, false) <= slot - 8.0);
    let whole = |text: &String| fonts.widest_word(text, TEXT, false) <= slot - 8.0;
    let wrapped: Vec<_> =
        data.categories.iter().map(|text| fonts.wrap(text, TEXT, false, (slot - 8.0).clamp(20.0, 120.0), 2)).collect();
    let every = data.categories.iter().all(whole) && wrapped.iter().all(fits);
    let (first, last) = (columns.first().copied().unwrap_or(0.0), columns.last().copied().unwrap_or(0.0));
    let room = |text: &str, part: f64| fonts.width(text, TEXT, false) + 12.0 <= part * (last - first);
    if !every && let Some(ticks) = data.times.as_ref().and_then(|times| times.ticks(&data.categories, room)) {
        for (part, text) in ticks {
            let x = first + (last - first) * part;
            scene.line(Role::Grid, (x, bottom), (x, bottom + 5.0), 1.0);
            scene.label(Role::Label, Anchor::Middle, x, bottom + 8.0 + LINE / 2.0, &text);
        }
        scene.height = bottom + 8.0 + LINE + 4.0;
        return bottom;
    }
    let (lines, step) = if every {
        (wrapped, 1)
    } else {
        let lines: Vec<_> = data.categories.iter().map(|text| fonts.wrap(text, TEXT, false, 120.0, 2)).collect();
        let widest = lines.iter().flatten().map(|line| fonts.width(line, TEXT, false)).fold(0.0, f64::max);
        (lines, ((widest + 12.0) / slot).ceil().max(1.0) as usize)
    };
    let rows = lines.iter().map(Vec::len).max().unwrap_or(1) as f64;
    for (index, lines) in lines.iter().enumerate().step_by(step) {
        let middle = bottom + 8.0 + lines.len() as f64 * LINE / 2.0;
        scene.block(Role::Label, Anchor::Middle, columns[index], middle, lines, false);
    }
    scene.height = bottom + 8.0 + rows * LINE + 4.0;
    bottom
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

/// Names each line at its end, pushed apart where lines end close to each other.
fn write_names(
    scene: &mut Scene,
    names: &[Vec<String>],
    points: &[Point],
    (x, top, bottom): (f64, f64, f64),
) -> Vec<Text> {
    let mut ends: Vec<(usize, f64)> = Vec::new();
    for series in 0..names.len() {
        if let Some(last) = points.iter().rfind(|point| point.series == series) {
            ends.push((series, last.at.1));
        }
    }
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let height = |series: usize| names[series].len() as f64 * LINE;
    let mut free = top - LINE;
    for (series, y) in &mut ends {
        *y = y.max(free + height(*series) / 2.0);
        free = *y + height(*series) / 2.0;
    }
    let mut limit = bottom + LINE;
    for (series, y) in ends.iter_mut().rev() {
        *y = y.min(limit - height(*series) / 2.0);
        limit = *y - height(*series) / 2.0;
    }
    let before = scene.shapes.len();
    for (series, y) in ends {
        scene.marker(series, (x - 11.0, y));
        scene.block(Role::Label, Anchor::Start, x, y, &names[series], true);
    }
    let written = scene.shapes[before..].iter();
    written.filter_map(|shape| if let Shape::Text(text) = shape { Some(text.clone()) } else { None }).collect()
}

/// Writes the values where they cover no mark, name or other value, and lines as little as possible, in the order in which they are told; along a dense
/// line also farther from it, and never over it. Returns what could not be had.
fn write_values(
    scene: &mut Scene,
    fonts: &Fonts,
    points: &[Point],
    (told, dense): (&[&Point], bool),
    segments: &[Segment],
    mut taken: Taken,
    bounds: Area,
) -> Faults {
    let mut faults = Faults::default();
    let mut heights: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for point in points {
        heights.entry(point.category).or_default().push(point.at.1);
    }
    for point in told {
        let beside = heights.get(&point.category).map_or(&[][..], Vec::as_slice);
        let higher = beside.iter().filter(|y| **y < point.at.1).count();
        let others = beside.len();
        let (x, y) = point.at;
        let above = (Anchor::Middle, x, y - 17.0);
        let below = (Anchor::Middle, x, y + 17.0);
        let (near, far) = if others > 1 && higher + 1 == others { (below, above) } else { (above, below) };
        let beside = [(Anchor::Start, x + 10.0, y), (Anchor::End, x - 10.0, y)];
        let slanted = [
            (Anchor::Start, x + 6.0, y - 13.0),
            (Anchor::End, x - 6.0, y - 13.0),
            (Anchor::Start, x + 6.0, y + 13.0),
            (Anchor::End, x - 6.0, y + 13.0),
        ];
        let away = [(0.0, -30.0), (0.0, 30.0), (-14.0, -24.0), (14.0, -24.0), (-14.0, 24.0), (14.0, 24.0)];
        let away = away.map(|(dx, dy)| (Anchor::Middle, x + dx, y + dy));
        let away = if dense { &away[..] } else { &[] };
        let candidates = [near, far].into_iter().chain(slanted).chain(beside).chain(away.iter().copied());
        let texts = candidates.map(|(anchor, x, y)| label(Role::Label, anchor, x, y, point.text));
        let free = texts.filter_map(|text| {
            let area = padded(text.area(fonts));
            let inside = area.x >= bounds.x
                && area.y >= bounds.y
                && area.x + area.width <= bounds.x + bounds.width
                && area.y + area.height <= bounds.y + bounds.height;
            (inside && taken.is_free(&area))
                .then(|| (segments.iter().filter(|segment| crosses(segment, &area)).count(), area, text))
                .filter(|(crossed, ..)| !dense || *crossed == 0)
        });
        match free.min_by_key(|(crossed, ..)| *crossed) {
            Some((crossed, area, text)) => {
                faults.crossed += usize::from(crossed > 0);
                taken.add(area);
                scene.shapes.push(Shape::Text(text));
            }
            None => faults.missing += 1,
        }
    }
    faults
}

/// The points whose values are told: the ends, the highest and the lowest of each line first.
fn labelled_points<'p, 'a>(points: &'p [Point<'a>], labels: Labels) -> Vec<&'p Point<'a>> {
    let mut lines: BTreeMap<usize, Vec<&Point>> = BTreeMap::new();
    for point in points {
        lines.entry(point.series).or_default().push(point);
    }
    let mut landmarks = BTreeSet::new();
    for (series, own) in lines {
        let heights = || own.iter().map(|point| point.at.1);
        let (top, bottom) = (heights().fold(f64::INFINITY, f64::min), heights().fold(f64::NEG_INFINITY, f64::max));
        let ends = own.first().into_iter().chain(own.last()).copied();
        let highest = own.iter().copied().filter(|point| point.at.1 <= top);
        let lowest = own.iter().copied().filter(|point| point.at.1 >= bottom);
        // Of equals the first.
        let most = match labels {
            Labels::None | Labels::Ends => 0,
            Labels::Extremes => 1,
            Labels::All => usize::MAX,
        };
        let extremes = highest.take(most).chain(lowest.take(most));
        landmarks.extend(ends.chain(extremes).map(|point| (series, point.category)));
    }
    let is_landmark = |point: &&Point| landmarks.contains(&(point.series, point.category));
    let (first, others): (Vec<_>, Vec<_>) = points.iter().partition(is_landmark);
    match labels {
        Labels::None => Vec::new(),
        Labels::Ends | Labels::Extremes => first,
        Labels::All => first.into_iter().chain(others).collect(),
    }
}

fn padded(area: Area) -> Area {
    Area { x: area.x - 2.0, width: area.width + 4.0, ..area }
}

/// Whether a straight part passes through an area: sampled, since lines are short.
fn crosses(((x1, y1), (x2, y2)): &Segment, area: &Area) -> bool {
    if x1.max(*x2) < area.x || x1.min(*x2) > area.x + area.width {
        return false;
    }
    (0..=32).any(|step| {
        let t = f64::from(step) / 32.0;
        let (x, y) = (x1 + (x2 - x1) * t, y1 + (y2 - y1) * t);
        x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + area.height
    })
}
