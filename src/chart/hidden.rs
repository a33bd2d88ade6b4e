//! What stands for a protected value: a hatched box of one size, which has no length, and the mark that tables have. It never stands where the value would.

use super::font::Fonts;
use super::hatching::hatch;
use super::scene::{Anchor, Area, LINE, Role, Scene, Shape, TEXT};
use super::{ChartData, Datum, Mark};

/// The side of the box that stands for a protected value: the same for all, so that it has no length.
pub const SIDE: f64 = 14.0;
/// Between the box and what is beside it: it stands on no axis, as bars do.
pub const BESIDE: f64 = 5.0;

/// Draws a hatched box of one size about a middle.
pub fn write_box(scene: &mut Scene, middle: (f64, f64), side: f64) {
    let ((x, y), half) = (middle, side / 2.0);
    let corners = vec![(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)];
    scene.region(Role::Unknown, vec![corners.clone()]);
    hatch_from(scene, (x - half, y - half), &corners);
}

/// The lines of a box begin at its corner, so that all boxes look the same.
fn hatch_from(scene: &mut Scene, (left, top): (f64, f64), corners: &[(f64, f64)]) {
    let at_nought: Vec<(f64, f64)> = corners.iter().map(|(x, y)| (x - left, y - top)).collect();
    let mut lines = Scene::default();
    hatch(&mut lines, Role::Hatch, &[at_nought], 0);
    for shape in lines.shapes {
        if let Shape::Path { role, points, width } = shape {
            scene.path(role, points.into_iter().map(|(x, y)| (x + left, y + top)).collect(), width);
        }
    }
}

/// Draws what stands for a value that is not there, to the right of a place: its mark; and before it the box, where it is protected.
pub fn write_blank(scene: &mut Scene, datum: &Datum, (x, middle): (f64, f64), side: f64) {
    let mut x = x;
    if datum.hidden {
        x += BESIDE;
        write_box(scene, (x + side / 2.0, middle), side);
        x += side;
    }
    scene.label(Role::Muted, Anchor::Start, x + 7.0, middle, &datum.text);
}

/// Draws a whole field across, but for the room of the mark in its middle.
pub fn write_field(scene: &mut Scene, area: Area, fonts: &Fonts, mark: &str) {
    let Area { x, y, width, height } = area;
    let ring = |x: f64, y: f64, width: f64, height: f64| {
        vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    };
    let (wide, high) = (fonts.width(mark, TEXT, false) + 10.0, LINE);
    let field = ring(x, y, width, height);
    let label = ring(x + (width - wide) / 2.0, y + (height - high) / 2.0, wide, high);
    scene.region(Role::Unknown, vec![field.clone()]);
    hatch(scene, Role::Hatch, &[field, label], 0);
}

/// Draws the box and the mark above it, standing on a height about a place.
pub fn write_standing(scene: &mut Scene, datum: &Datum, (x, foot): (f64, f64)) {
    write_box(scene, (x, foot - BESIDE - SIDE / 2.0), SIDE);
    scene.label(Role::Muted, Anchor::Middle, x, foot - STANDING + LINE / 2.0, &datum.text);
}

/// How high a box with its mark stands.
pub const STANDING: f64 = BESIDE + SIDE + LINE;

/// The middles of boxes beside each other, from the end of a stack on.
pub fn beside(end: f64) -> impl Iterator<Item = f64> {
    (0..).map(move |at| end + BESIDE + SIDE / 2.0 + f64::from(at) * (SIDE + 3.0))
}

/// The room that the boxes of a stack's protected parts need behind it.
pub fn room_of_stacks(data: &ChartData) -> f64 {
    let hidden = |category: usize| {
        let datums = data.series.iter().filter_map(|series| series.values.get(category));
        datums.filter(|datum| datum.hidden).count()
    };
    let most = (0..data.categories.len()).filter(|at| !data.is_marked_only(*at)).map(hidden).max().unwrap_or(0);
    if most == 0 { 0.0 } else { BESIDE + most as f64 * (SIDE + 3.0) }
}

/// Draws the box, the mark and what it means below a picture that has protected values.
pub fn write_legend(scene: &mut Scene, data: &ChartData) {
    let hidden = data.series.iter().flat_map(|series| &series.values).find(|datum| datum.hidden);
    // A map says what its hatchings mean.
    let Some(datum) = hidden.filter(|_| data.mark != Mark::Choropleth) else { return };
    let middle = scene.height + 6.0 + LINE / 2.0;
    write_box(scene, (SIDE / 2.0 + 1.0, middle), SIDE);
    let reason = datum.blank.as_deref().unwrap_or_default();
    scene.label(Role::Label, Anchor::Start, SIDE + 9.0, middle, format!("{} {reason}", datum.text).trim_end());
    scene.height = middle + LINE / 2.0 + 4.0;
}
