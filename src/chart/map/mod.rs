//! Maps: regions coloured by value, their names and values where there is room, and what the colours mean.

mod place;
mod simplify;

use super::ChartData;
use super::classes::{class, limits};
use super::colour::SHADES;
use super::font::Fonts;
use super::hatching::hatch;
use super::panels::{self, Frame, Plan};
use super::scale::tick_labels;
use super::scene::{Anchor, LINE, Owner, Role, SMALL, Scene, TEXT, WIDTH, Words, header};
use place::{Placed, Shape, room};

/// Tallest that a map is drawn.
const HEIGHT: f64 = 480.0;
const PANEL_HEIGHT: f64 = 260.0;
/// A field of the legend is at least so wide.
const STEP: f64 = 64.0;
const FIELD: f64 = 14.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let Some(map) = &data.map else { return Scene::default() };
    let limits = limits(data);
    let told = (data, fonts, words);
    if data.panels {
        let plan = Plan::new(data, 0.0);
        let placed = place::place(&map.shapes, (plan.width() - 2.0, PANEL_HEIGHT));
        let above = |scene: &mut Scene, y: f64| legend(scene, data, &limits, fonts, words, y);
        return panels::layout_below(told, plan, above, |scene, frame| {
            write(scene, (data, fonts, &limits), &placed, frame);
            frame.top + 6.0 + placed.height
        });
    }
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, None);
    let top = legend(&mut scene, data, &limits, fonts, words, top);
    let placed = place::place(&map.shapes, (WIDTH - 2.0, HEIGHT));
    let frame = Frame { series: 0, left: 0.0, right: WIDTH, top: top - 6.0, first: true };
    write(&mut scene, (data, fonts, &limits), &placed, &frame);
    scene.height = top + placed.height + 2.0;
    scene
}

/// Draws the map of a series in the middle of its frame.
fn write(scene: &mut Scene, (data, fonts, limits): (&ChartData, &Fonts, &[f64]), placed: &Placed, frame: &Frame) {
    let Some(series) = data.series.get(frame.series) else { return };
    let left = f64::midpoint(frame.left, frame.right) - placed.width / 2.0;
    let top = frame.top + 6.0;
    let shift = |shape: &Shape| -> Shape {
        shape.iter().map(|ring| ring.iter().map(|(x, y)| (x + left, y + top)).collect()).collect()
    };
    let mut regions: Vec<(usize, Shape)> = placed.shapes.iter().map(shift).enumerate().collect();
    // What lies within another is drawn over it.
    regions.sort_by(|a, b| extent(&b.1).total_cmp(&extent(&a.1)));
    let (reasons, labels) = (reasons(data), labels(data, fonts, frame.series, &regions));
    for (row, shape) in &regions {
        let Some(datum) = series.values.get(*row) else { continue };
        let owner = Owner::Value { series: frame.series, category: *row };
        scene.own(owner, |scene| match datum.value {
            Some(value) => scene.region(Role::Region(shade(value, limits)), shape.clone()),
            None => {
                let reason = datum.blank.as_deref().unwrap_or(&datum.text);
                scene.region(Role::Unknown, shape.clone());
                // The lines leave the label's room out, as they would a hole.
                let label = labels.iter().filter(|label| label.category == *row).map(RegionLabel::outline);
                let free: Shape = shape.iter().cloned().chain(label).collect();
                hatch(scene, Role::Hatch, &free, reasons.iter().position(|known| *known == reason).unwrap_or(0));
            }
        });
    }
    labels.iter().for_each(|label| write_label(scene, data, frame.series, label, limits));
}

/// The shade of a value: the classes are spread over all shades.
fn shade(value: f64, limits: &[f64]) -> usize {
    spread(class(value, limits), limits.len())
}

fn spread(class: usize, last: usize) -> usize {
    (class * (SHADES - 1) + last / 2).checked_div(last).unwrap_or(SHADES / 2)
}

/// Why regions have no value, each reason once.
fn reasons(data: &ChartData) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for datum in data.series.iter().flat_map(|series| &series.values).filter(|datum| datum.value.is_none()) {
        let reason = datum.blank.as_deref().unwrap_or(&datum.text);
        if !out.contains(&reason) {
            out.push(reason);
        }
    }
    out
}

/// Draws what the colours mean: fields in a row with the limits under their borders, then the hatchings. Returns where the map may begin.
fn legend(scene: &mut Scene, data: &ChartData, limits: &[f64], fonts: &Fonts, words: &Words, top: f64) -> f64 {
    let datums = || data.series.iter().flat_map(|series| &series.values).filter(|datum| datum.value.is_some());
    let low = datums().min_by(|a, b| a.value.partial_cmp(&b.value).unwrap_or(std::cmp::Ordering::Equal));
    let high = datums().max_by(|a, b| a.value.partial_cmp(&b.value).unwrap_or(std::cmp::Ordering::Equal));
    let (Some(low), Some(high)) = (low, high) else { return hatchings(scene, data, fonts, (0.0, top)) };
    let inner = tick_labels(limits, &words.signs);
    let width = |text: &str| fonts.width(text, SMALL, false);
    let fields = limits.len() + 1;
    // The ends are told where the limits beside them leave room.
    let beside = |text: Option<&String>| text.map_or(0.0, |text| width(text) / 2.0) + 18.0;
    let ends = [width(&low.text) + beside(inner.first()), width(&high.text) + beside(inner.last())];
    let step = inner.iter().map(|text| width(text) + 14.0).chain(ends).fold(STEP, f64::max);
    let step = step.min((WIDTH - 2.0) / fields as f64);
    let (first, end) = (1.0, 1.0 + step * fields as f64);
    for class in 0..fields {
        let role = Role::Region(spread(class, limits.len()));
        let (left, right) = (first + step * class as f64, first + step * (class as f64 + 1.0));
        scene.region(role, vec![vec![(left, top), (right, top), (right, top + FIELD), (left, top + FIELD)]]);
    }
    let below = top + FIELD + 11.0;
    for (at, text) in (1..).zip(&inner) {
        scene.small(Anchor::Middle, first + step * f64::from(at), below, text);
    }
    if ends[0] <= step {
        scene.small(Anchor::Start, first - 1.0, below, &low.text);
    }
    if fields > 1 && ends[1] <= step {
        scene.small(Anchor::End, end, below, &high.text);
    }
    let right = hatchings(scene, data, fonts, (end + 24.0, top));
    right.max(below + LINE)
}

/// The hatchings and their reasons, from a place on. Returns where what follows may begin.
fn hatchings(scene: &mut Scene, data: &ChartData, fonts: &Fonts, (left, top): (f64, f64)) -> f64 {
    let (mut x, mut y, start) = (left, top, left);
    for (nth, reason) in reasons(data).into_iter().enumerate() {
        let lines = fonts.wrap(reason, TEXT, false, (WIDTH - start - 34.0).max(120.0), 3);
        let wide = lines.iter().map(|line| fonts.width(line, TEXT, false)).fold(0.0, f64::max) + 34.0;
        if x + wide > WIDTH && (nth > 0 || start > 1.0) {
            (x, y) = if nth == 0 { (1.0, y + FIELD + 2.0 * LINE) } else { (start, y + LINE + 6.0) };
        }
        let field = vec![vec![(x, y), (x + 26.0, y), (x + 26.0, y + FIELD), (x, y + FIELD)]];
        scene.region(Role::Unknown, field.clone());
        hatch(scene, Role::Hatch, &field, nth);
        let middle = y + FIELD / 2.0 + (lines.len() as f64 - 1.0) * LINE / 2.0;
        scene.block(Role::Label, Anchor::Start, x + 34.0, middle, &lines, false);
        y += (lines.len() as f64 - 1.0) * LINE;
        x += wide + 22.0;
    }
    y + LINE + 14.0
}

/// The name and the value of a region, and where they stand in it.
struct RegionLabel {
    category: usize,
    middle: (f64, f64),
    size: (f64, f64),
}

impl RegionLabel {
    /// The room that it takes, as an outline.
    fn outline(&self) -> Vec<(f64, f64)> {
        let ((x, y), (width, height)) = (self.middle, (self.size.0 / 2.0, self.size.1 / 2.0));
        vec![(x - width, y - height), (x + width, y - height), (x + width, y + height), (x - width, y + height)]
    }
}

/// Where regions have room for their names and values; none where most have not.
fn labels(data: &ChartData, fonts: &Fonts, series: usize, regions: &[(usize, Shape)]) -> Vec<RegionLabel> {
    let Some(series) = data.series.get(series) else { return Vec::new() };
    let labels = regions.iter().filter_map(|(category, shape)| {
        let (name, datum) = (data.categories.get(*category)?, series.values.get(*category)?);
        let wide = fonts.width(name, SMALL, false).max(fonts.width(&datum.text, SMALL, true));
        let size = (wide + 8.0, 2.0 * LINE);
        Some(RegionLabel { category: *category, middle: room(shape, size)?, size })
    });
    let labels: Vec<_> = labels.collect();
    if 2 * labels.len() < regions.len() { Vec::new() } else { labels }
}

fn write_label(scene: &mut Scene, data: &ChartData, series: usize, label: &RegionLabel, limits: &[f64]) {
    let (category, (x, y)) = (label.category, label.middle);
    let datum = data.series.get(series).and_then(|series| series.values.get(category));
    let (Some(name), Some(datum)) = (data.categories.get(category), datum) else { return };
    let role = datum.value.map_or(Role::Label, |value| Role::OnShade(shade(value, limits)));
    scene.own(Owner::Value { series, category }, |scene| {
        scene.sized(role, Anchor::Middle, (x, y - 8.0), (SMALL, false), name);
        scene.sized(role, Anchor::Middle, (x, y + 8.0), (SMALL, true), &datum.text);
    });
}

/// How much room a shape takes, for drawing the larger first.
fn extent(shape: &Shape) -> f64 {
    let Some(outline) = shape.first() else { return 0.0 };
    let product = |(a, b): (&(f64, f64), &(f64, f64))| a.0 * b.1 - b.0 * a.1;
    outline.iter().zip(outline.iter().cycle().skip(1)).map(product).sum::<f64>().abs()
}
