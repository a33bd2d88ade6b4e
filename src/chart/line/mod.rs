//! Lines over time, each named at its end.

mod axis;
mod names;
mod panels;
mod plot;
mod remarks;
pub mod stack;
mod values;

use crate::document::annotation::Extent;

use super::axis::{names as category_names, thinned};
use super::font::Fonts;
use super::grid::Grid;
use super::scene::{Area, Key, Owner, Role, Scene, Shape, TEXT, WIDTH, Words, header};
use super::strip::Strip;
use super::taken::Taken;
use super::{ChartData, Datum, Labels, hidden};

use axis::columns;
use names::{Name, names};
pub use names::{references, room, write_names};
use plot::{ABOVE, Plot, Point, Segment, half, is_dense, is_last};
use remarks::write_remark;
use values::{Ground, Room, blanks, labelled_points, write_blank, write_values};

/// Tried in this order until every value has its label.
const HEIGHTS: [f64; 3] = [250.0, 320.0, 400.0];

/// What is drawn, and how high.
#[derive(Debug, Clone, Copy)]
struct Plan {
    height: f64,
    labels: Labels,
    /// Lines are named at their ends, and not in a legend.
    direct: bool,
    /// Remarks stand in the strip above the plot, and not beside their points.
    lifted: bool,
}

/// Labels that have no room, the worse first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Missing {
    remarks: usize,
    values: usize,
}

/// Names stand at the ends of their lines unless they would stand too far from them, remarks beside their points unless they have no room, and values beside
/// theirs as many as have room: where not all have, those of the ends and extremes.
pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    if data.panels {
        return panels::layout(data, fonts, words);
    }
    let labels = data.labels.map_or(vec![Labels::All, Labels::Extremes], |chosen| vec![chosen]);
    for direct in [true, false] {
        let lifted: &[bool] = if data.marked.remarks.is_empty() { &[false] } else { &[false, true] };
        let plans = lifted.iter().flat_map(|lifted| {
            labels
                .iter()
                .flat_map(move |labels| HEIGHTS.map(|height| Plan { height, labels: *labels, direct, lifted: *lifted }))
        });
        let mut best: Option<(Scene, (usize, usize, usize))> = None;
        for plan in plans {
            let Some((scene, missing)) = attempt(data, fonts, words, plan) else { continue };
            if missing == Missing::default() {
                return scene;
            }
            // Rather few values and all of them.
            let all = usize::from(data.labels.is_none() && plan.labels == Labels::All);
            let rank = (missing.remarks, all, missing.values);
            if best.as_ref().is_none_or(|(_, known)| rank < *known) {
                best = Some((scene, rank));
            }
        }
        if let Some((scene, _)) = best {
            return scene;
        }
    }
    Scene::default()
}

/// The scene, and what has no room; none where names do not stand.
fn attempt(data: &ChartData, fonts: &Fonts, words: &Words, plan: Plan) -> Option<(Scene, Missing)> {
    let mut scene = Scene::default();
    let ticks = Grid::new(data, fonts, words, (plan.height, 6));
    let names = names(data, fonts, (plan.direct, plan.labels != Labels::None));
    let (left, right) = (ticks.room, WIDTH - room(&names));
    let columns = columns(data, fonts, (left, right), names.iter().any(|name| name.with_value));
    // Where so many points are, nobody expects the value of each.
    if is_dense(&columns) && data.labels.is_none() && plan.labels == Labels::All {
        return None;
    }
    let strip = Strip::new(&over(data, &columns, left, plan.lifted), fonts, (left, WIDTH));
    let legend = (!plan.direct).then_some(Key::Marker);
    let top = header(&mut scene, data, fonts, words, legend) + strip.height + ABOVE;
    let plot = Plot::new(data, columns, (left, right), (top, top + plan.height));
    plot.write_grounds(&mut scene);
    plot.write_grid(&mut scene, &ticks, true);
    strip.write(&mut scene, top - ABOVE);
    write_categories(&mut scene, data, fonts, words, &plot);
    let mut segments = plot.write_intervals(&mut scene);
    segments.extend(plot.write_marked(&mut scene));
    let points = plot.points();
    segments.extend(plot.write_area(&mut scene, &points));
    segments.extend(plot.write_lines(&mut scene, &points));

    let ends = ends(&names, &points, &plot);
    let mut taken = Taken::default();
    let marked = |point: &&Point| !plot.is_dense() || is_last(data, point);
    points.iter().filter(marked).for_each(|point| taken.add(around(point.at)));
    let named = write_names(&mut scene, fonts, &names, &ends, (right, plot.top, plot.bottom))?;
    named.into_iter().for_each(|area| taken.add(area));
    write_blanks(&mut scene, data, fonts, &points, &mut taken, &plot);

    let bounds = Area { x: left, y: top - ABOVE, width: WIDTH - left, height: plan.height + ABOVE };
    let mut ground = Ground { fonts, segments, taken, bounds };
    let mut missing = Missing::default();
    for remark in &data.marked.remarks {
        let point = points.iter().find(|point| (point.series, point.category) == (remark.series, remark.category));
        let Some(Point { at: (x, y), .. }) = point else { continue };
        if plan.lifted {
            let stem = ((*x, top - ABOVE), (*x, y - 7.0));
            scene.line(Role::Axis, stem.0, stem.1, 1.0);
            ground.segments.push(stem);
        } else if !write_remark(&mut scene, &mut ground, remark, (*x, *y)) {
            missing.remarks += 1;
        }
    }
    let with_name = |point: &Point| {
        let with_value = names.iter().any(|name| name.series == Some(point.series) && name.with_value);
        with_value && point.category + 1 == data.categories.len()
    };
    let mut told = labelled_points(&points, plan.labels);
    told.retain(|point| !with_name(point) && data.marked.counts(point.series, point.category));
    let room = Room { wide: plot.is_dense() || data.has_intervals(), beside: data.series.len() > 1 };
    missing.values = write_values(&mut scene, &mut ground, &points, &told, room);
    Some((scene, missing))
}

/// Names the categories, every one or as many as there is room for. Sets the height of the scene.
pub(super) fn write_categories(scene: &mut Scene, data: &ChartData, fonts: &Fonts, words: &Words, plot: &Plot) {
    let at = plot.columns();
    let categories = category_names(data, fonts, words, at).unwrap_or_else(|| thinned(data, fonts, at));
    categories.write(scene, fonts, plot.bottom);
}

/// Where what is named ends: the last point of a line, or the middle of a reference at the edge of the plot.
fn ends(names: &[Name], points: &[Point], plot: &Plot) -> Vec<Option<(f64, f64)>> {
    let mut references = plot.held().middles().into_iter();
    let ends = names.iter().map(|name| match name.series {
        Some(series) => points.iter().rfind(|point| point.series == series).map(|point| point.at),
        None => Some((plot.right, references.next()?)),
    });
    ends.collect()
}

/// What stands in the strip above the plot: the periods, where values are no longer final, and remarks that have no room elsewhere.
fn over(data: &ChartData, columns: &[f64], left: f64, lifted: bool) -> Vec<(f64, String)> {
    let x = |category: usize| columns.get(category).copied();
    let half = half(columns);
    let periods = data.marked.periods.iter().filter_map(|period| {
        let (first, _) = period.ends(columns.len());
        let begins = if matches!(period.extent, Extent::At(_)) { x(first)? } else { (x(first)? - half).max(left) };
        Some((begins, period.label.clone()))
    });
    let open = data.marked.open.iter().flat_map(|open| open.stretches().map(|(first, _)| (first, &open.words)));
    let open = open.filter_map(|(first, words)| Some(((x(first)? - half).max(left), words.clone())));
    let remarks = data.marked.remarks.iter().filter(|_| lifted);
    let remarks = remarks.filter_map(|remark| Some((x(remark.category)?, remark.text.clone())));
    periods.chain(open).chain(remarks).collect()
}

fn write_blanks(scene: &mut Scene, data: &ChartData, fonts: &Fonts, points: &[Point], taken: &mut Taken, plot: &Plot) {
    for (series, category) in blanks(data) {
        if let (Some(x), Some(datum)) = (plot.columns().get(category), data.series[series].values.get(category)) {
            if datum.hidden {
                write_hidden(scene, fonts, (series, category), datum, (*x, plot.bottom), taken);
                continue;
            }
            let text = write_blank(points, (series, category), (*x, plot.bottom), &datum.text, |text| {
                taken.is_free(&text.area(fonts))
            });
            taken.add(text.area(fonts));
            scene.own(Owner::Value { series, category }, |scene| scene.shapes.push(Shape::Text(text)));
        }
    }
}

/// The box and the mark of a protected value at the foot of the plot, wherever its line would go; those of the same place stand on each other.
fn write_hidden(
    scene: &mut Scene,
    fonts: &Fonts,
    (series, category): (usize, usize),
    datum: &Datum,
    (x, bottom): (f64, f64),
    taken: &mut Taken,
) {
    let half = hidden::SIDE.max(fonts.width(&datum.text, TEXT, false)) / 2.0;
    let area =
        |foot: f64| Area { x: x - half, y: foot - hidden::STANDING, width: 2.0 * half, height: hidden::STANDING };
    let mut foot = bottom;
    while !taken.is_free(&area(foot)) && foot > bottom - 4.0 * hidden::STANDING {
        foot -= hidden::STANDING;
    }
    taken.add(area(foot));
    scene.own(Owner::Value { series, category }, |scene| hidden::write_standing(scene, datum, (x, foot)));
}

fn around((x, y): (f64, f64)) -> Area {
    Area { x: x - 6.0, y: y - 6.0, width: 12.0, height: 12.0 }
}
