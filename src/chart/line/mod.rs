//! Lines over time, each named at its end.

mod axis;
mod names;
mod remarks;
pub mod stack;
mod values;

use crate::document::annotation::Extent;

use super::font::Fonts;
use super::scale::{Scale, tick_labels};
use super::scene::{Anchor, Area, Key, Owner, Role, SMALL, Scene, Shape, WIDTH, Words, header, range};
use super::strip::Strip;
use super::taken::Taken;
use super::{ChartData, Labels, Mark};

use axis::{columns, write_categories};
use names::{middle, names, room, write_names};
use remarks::write_remark;
use values::{Ground, blanks, labelled_points, write_blank, write_values};

/// Tried in this order until every value has its label.
const HEIGHTS: [f64; 3] = [250.0, 320.0, 400.0];

/// Points nearer to each other are a line without marks, with the values of its ends and extremes.
const DENSE: f64 = 14.0;

/// What is drawn, and how high.
#[derive(Debug, Clone, Copy)]
struct Plan {
    height: f64,
    labels: Labels,
    /// Lines are named at their ends, and not in a legend.
    direct: bool,
}

/// Names stand at the ends of their lines unless they would stand too far from them, and values beside them as many as have room: where not all have, those
/// of the ends and extremes.
pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let labels = data.labels.map_or(vec![Labels::All, Labels::Extremes], |chosen| vec![chosen]);
    let mut best = Scene::default();
    for direct in [true, false] {
        let mut stands = false;
        for labels in &labels {
            let mut fewest = usize::MAX;
            for height in HEIGHTS {
                let plan = Plan { height, labels: *labels, direct };
                let Some((scene, missing)) = attempt(data, fonts, words, plan) else { continue };
                stands = true;
                if missing < fewest {
                    (best, fewest) = (scene, missing);
                }
                if missing == 0 {
                    return best;
                }
            }
        }
        if stands {
            break;
        }
    }
    best
}

/// A value with its place.
struct Point<'a> {
    series: usize,
    category: usize,
    at: (f64, f64),
    text: &'a str,
}

/// The scene, and how many labels have no room; none where names do not stand.
fn attempt(data: &ChartData, fonts: &Fonts, words: &Words, plan: Plan) -> Option<(Scene, usize)> {
    let mut scene = Scene::default();
    let (low, high) = range(data);
    let low = data.axis_from.unwrap_or(low);
    let ticks = Scale::new(low, high, 0.0, plan.height).ticks(6);
    let tick_texts = tick_labels(&ticks, &words.signs);
    let left = tick_texts.iter().map(|text| fonts.width(text, SMALL, false)).fold(0.0, f64::max) + 10.0;
    let names = names(data, fonts, (plan.direct, plan.labels != Labels::None));
    let right = WIDTH - room(&names);
    let columns = columns(data, fonts, (left, right), names.iter().any(|name| name.with_value));
    let dense = columns.windows(2).any(|pair| pair[1] - pair[0] < DENSE);
    // Where so many points are, nobody expects the value of each.
    if dense && data.labels.is_none() && plan.labels == Labels::All {
        return None;
    }
    let half = columns.windows(2).map(|pair| (pair[1] - pair[0]) / 2.0).fold(20.0, f64::min);
    let strip = Strip::new(&over(data, &columns, (half, left)), fonts, (left, WIDTH));

    let legend = (!plan.direct).then_some(Key::Marker);
    let top = header(&mut scene, data, fonts, words, legend) + strip.height + 24.0;
    let bottom = top + plan.height;
    let scale = Scale::new(low, high, bottom - if low < 0.0 { 18.0 } else { 0.0 }, top);
    let mut segments = write_grounds(&mut scene, data, &scale, (&columns, half), (left, right, top, bottom));
    for (tick, text) in ticks.iter().zip(&tick_texts) {
        let y = scale.at(*tick);
        let role = if *tick == 0.0 { Role::Axis } else { Role::Grid };
        scene.line(role, (left, y), (right, y), 1.0);
        scene.small(Anchor::End, left - 7.0, y, text);
    }
    strip.write(&mut scene, top - 24.0);
    let bottom = write_categories(&mut scene, data, fonts, &columns, bottom);
    let points = points(data, &columns, &scale);
    segments.extend(write_intervals(&mut scene, data, &columns, &scale, dense));
    if data.mark == Mark::Area {
        write_area(&mut scene, data, &points, scale.base());
    }
    segments.extend(write_lines(&mut scene, data, &points, !dense));

    let mut taken = Taken::default();
    let marked = |point: &&Point| !dense || is_last(data, point);
    points.iter().filter(marked).for_each(|point| taken.add(around(point.at)));
    let ends = names.iter().enumerate().map(|(index, name)| match name.series {
        Some(series) => points.iter().rfind(|point| point.series == series).map(|point| point.at),
        None => {
            let reference = data.marked.references.get(index + data.marked.references.len() - names.len())?;
            let extent = reference.extent.map(|level| Some(scale.at(level.value)))?;
            Some((right, middle(&extent, (top, bottom))))
        }
    });
    let ends: Vec<_> = ends.collect();
    write_names(&mut scene, fonts, &names, &ends, (right, top, bottom))?.into_iter().for_each(|area| taken.add(area));
    for (series, category) in blanks(data) {
        if let (Some(x), Some(datum)) = (columns.get(category), data.series[series].values.get(category)) {
            let text = write_blank(&points, (series, category), (*x, bottom), &datum.text, |text| {
                taken.is_free(&text.area(fonts))
            });
            taken.add(text.area(fonts));
            scene.own(Owner::Value { series, category }, |scene| scene.shapes.push(Shape::Text(text)));
        }
    }
    let bounds = Area { x: left, y: top - 24.0, width: WIDTH - left, height: bottom - top + 24.0 };
    let mut ground = Ground { fonts, segments: &segments, taken, bounds };
    let mut missing = 0;
    for remark in &data.marked.remarks {
        let point = points.iter().find(|point| (point.series, point.category) == (remark.series, remark.category));
        missing += point.map_or(0, |point| usize::from(!write_remark(&mut scene, &mut ground, remark, point.at)));
    }
    let named = |point: &&Point| {
        let with_value = names.iter().any(|name| name.series == Some(point.series) && name.with_value);
        with_value && point.category + 1 == data.categories.len()
    };
    let mut told = labelled_points(&points, plan.labels);
    told.retain(|point| !named(point) && data.marked.counts(point.series, point.category));
    let far = dense || data.series.iter().flat_map(|series| &series.values).any(|datum| datum.interval.is_some());
    missing += write_values(&mut scene, &mut ground, &points, &told, far);
    Some((scene, missing))
}

/// What stands in the strip above the plot: the periods, and where values are no longer final.
fn over(data: &ChartData, columns: &[f64], (half, left): (f64, f64)) -> Vec<(f64, String)> {
    let x = |category: usize| columns.get(category).copied();
    let periods = data.marked.periods.iter().filter_map(|period| {
        let (first, _) = period.ends(columns.len());
        let begins = if matches!(period.extent, Extent::At(_)) { x(first)? } else { (x(first)? - half).max(left) };
        Some((begins, period.label.clone()))
    });
    let open = data.marked.open.iter().filter_map(|open| Some((x(open.from)? - half, open.words.clone())));
    periods.chain(open).collect()
}

/// What lies behind the lines: periods, and what they are held against. Returns what of it is a line.
fn write_grounds(
    scene: &mut Scene,
    data: &ChartData,
    scale: &Scale,
    (columns, half): (&[f64], f64),
    (left, right, top, bottom): (f64, f64, f64, f64),
) -> Vec<Segment> {
    let mut lines = Vec::new();
    for period in &data.marked.periods {
        let (first, last) = period.ends(columns.len());
        let (Some(first), Some(last)) = (columns.get(first), columns.get(last)) else { continue };
        let (first, last) = ((first - half).max(left), (last + half).min(right));
        match period.extent {
            Extent::At(_) => {
                let x = f64::midpoint(first, last);
                lines.push((Role::Axis, ((x, top - 24.0), (x, bottom))));
            }
            Extent::Between(..) => scene.rect(Role::Band, first, top - 24.0, last - first, bottom - top + 24.0),
        }
    }
    for reference in &data.marked.references {
        match reference.extent.map(|level| Some(scale.at(level.value))) {
            Some(Extent::At(y)) => lines.push((Role::Reference, ((left, y), (right, y)))),
            Some(Extent::Between(from, to)) => {
                let (from, to) = (from.unwrap_or(bottom), to.unwrap_or(top));
                scene.rect(Role::ValueBand, left, to, right - left, from - to);
            }
            None => {}
        }
    }
    lines.iter().for_each(|(role, (from, to))| scene.line(*role, *from, *to, 1.5));
    lines.into_iter().map(|(_, segment)| segment).collect()
}

/// Between the ends of the intervals: whiskers of the points of one line, ribbons behind several lines or many points. Returns the whiskers.
fn write_intervals(scene: &mut Scene, data: &ChartData, columns: &[f64], scale: &Scale, dense: bool) -> Vec<Segment> {
    let mut whiskers = Vec::new();
    for (index, series) in data.series.iter().enumerate() {
        let ends = series.values.iter().zip(columns).map(|(datum, x)| {
            let (low, high) = datum.interval.as_ref()?;
            Some((*x, scale.at(low.value), scale.at(high.value)))
        });
        let ends: Vec<_> = ends.collect();
        if !dense && data.series.len() == 1 {
            whiskers.extend(ends.iter().flatten().map(|(x, low, high)| ((*x, *low), (*x, *high))));
            continue;
        }
        for run in ends.chunk_by(|a, b| a.is_some() == b.is_some()) {
            let there = run.iter().flatten().map(|(x, low, _)| (*x, *low));
            let back = run.iter().flatten().rev().map(|(x, _, high)| (*x, *high));
            let corners: Vec<_> = there.chain(back).collect();
            if corners.len() > 2 {
                scene.own(Owner::Series(index), |scene| scene.polygon(Role::Ribbon(index), corners));
            }
        }
    }
    whiskers.iter().for_each(|(from, to)| scene.whisker(*from, *to));
    // With room for their caps.
    whiskers.into_iter().map(|((x, low), (_, high))| ((x, low + 4.0), (x, high - 4.0))).collect()
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

/// Whether nothing is missing between two values of a line.
fn are_joined(data: &ChartData, a: &Point, b: &Point) -> bool {
    let gap = data.times.as_ref().is_some_and(|times| times.is_gap(a.category, b.category));
    a.category + 1 == b.category && !gap
}

/// Fills what lies between a line and nought.
fn write_area(scene: &mut Scene, data: &ChartData, points: &[Point], base: f64) {
    for run in points.chunk_by(|a, b| are_joined(data, a, b)) {
        if let [first, .., last] = run {
            let line = run.iter().map(|point| point.at);
            let ring = [(last.at.0, base), (first.at.0, base)].into_iter().chain(line).collect();
            scene.own(Owner::Series(first.series), |scene| scene.region(Role::Shade(0), vec![ring]));
        }
    }
}

type Segment = ((f64, f64), (f64, f64));

/// Draws the lines, broken where a value or a time is missing, and their marks: of a dense line that of its end. What counts lies over the others. Returns
/// the straight parts.
fn write_lines(scene: &mut Scene, data: &ChartData, points: &[Point], marks: bool) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut order: Vec<usize> = (0..data.series.len()).collect();
    order.sort_by_key(|series| data.marked.counts(*series, 0));
    for series in order {
        let counts = data.marked.counts(series, 0);
        let own: Vec<_> = points.iter().filter(|point| point.series == series).collect();
        for run in own.chunk_by(|a, b| are_joined(data, a, b)) {
            segments.extend(run.windows(2).map(|pair| (pair[0].at, pair[1].at)));
            // The part that leads to a value which is not final is broken.
            let settled = run.iter().take_while(|point| !data.marked.is_open(point.category)).count();
            let (role, broken) =
                if counts { (Role::Line(series), Role::Broken(series)) } else { (Role::FadedLine, Role::FadedBroken) };
            let width = if marks && counts { 2.5 } else { 2.0 };
            let open = if settled < run.len() { &run[settled.saturating_sub(1)..] } else { &[] };
            for (role, part) in [(role, &run[..settled]), (broken, open)] {
                if let [first, _, ..] = part {
                    let corners = part.iter().map(|point| point.at).collect();
                    scene.own(Owner::Run { series, first: first.category }, |scene| scene.path(role, corners, width));
                }
            }
            let marked = run.iter().filter(|point| marks || run.len() == 1 || is_last(data, point));
            for point in marked {
                let owner = Owner::Value { series, category: point.category };
                scene.own(owner, |scene| scene.mark(data.mark_of(series, Some(0)), series, point.at));
            }
        }
    }
    segments
}

/// Whether a point is where its line ends, and is the mark by which a name beside it is known.
fn is_last(data: &ChartData, point: &Point) -> bool {
    let values = data.series.get(point.series).map(|series| &series.values);
    let last = values.and_then(|values| values.iter().rposition(|datum| datum.value.is_some()));
    data.series.len() > 1 && last == Some(point.category)
}
