//! How values are spread, a row for each group: a line from the lowest to the highest, a box around the middle half, the median within it.

use super::font::Fonts;
use super::grid::ends;
use super::scale::Scale;
use super::scene::{Anchor, Owner, Role, Scene, Spacing, TEXT, WIDTH, Words};
use super::{ChartData, Datum, hidden, rows};

/// The columns that a box is drawn of, from the lowest value to the highest.
pub const COLUMNS: usize = 5;
const BOX: f64 = 20.0;
/// Between an end and its value.
const BESIDE: f64 = 8.0;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    let mut scene = Scene::default();
    let widest = |series: usize| {
        let texts = data.series.get(series).into_iter().flat_map(|series| &series.values);
        texts.map(|datum| fonts.width(&datum.text, TEXT, false)).fold(0.0, f64::max) + 2.0 * BESIDE
    };
    let (low, high) = ends(data);
    let scale = |plot: f64| Scale::new(low, high, plot + widest(0), WIDTH - widest(COLUMNS - 1));
    let row = spacing.choice(58.0_f64, 44.0);
    let rows = rows::begin(&mut scene, (data, fonts, words), None, scale, |label| row.max(label + 8.0));
    for (category, middle) in rows.middles.iter().enumerate() {
        // The median's value stands above its box.
        let middle = middle + 8.0;
        rows.categories.write(&mut scene, category, middle);
        write_box(&mut scene, data, &rows.scale, category, middle);
    }
    scene
}

fn write_box(scene: &mut Scene, data: &ChartData, scale: &Scale, category: usize, middle: f64) {
    let datums: Vec<_> = data.series.iter().filter_map(|series| series.values.get(category)).collect();
    let at = datums.iter().map(|datum| datum.value.map(|value| scale.at(value))).collect::<Option<Vec<f64>>>();
    let ([low, _, median, _, high], Some(at)) = (&datums[..], at) else {
        // A box of which something is missing is none.
        let blank = |(_, datum): &(usize, &&Datum)| datum.value.is_none();
        let protected = datums.iter().enumerate().find(|(_, datum)| datum.hidden);
        if let Some((series, datum)) = protected.or_else(|| datums.iter().enumerate().find(blank)) {
            let owner = Owner::Value { series, category };
            let left = if datum.hidden { scale.base() } else { scale.base() + BESIDE - 7.0 };
            scene.own(owner, |scene| hidden::write_blank(scene, datum, (left, middle), hidden::SIDE));
        }
        return;
    };
    let [from, left, centre, right, to] = [0, 1, 2, 3, 4].map(|index| at[index]);
    let mut part = |series: usize, draw: &dyn Fn(&mut Scene)| scene.own(Owner::Value { series, category }, draw);
    let cap = |scene: &mut Scene, x: f64| scene.line(Role::Whisker, (x, middle - 5.0), (x, middle + 5.0), 1.5);
    let field = data.field(0, Some(category));
    let half = |scene: &mut Scene, from: f64, to: f64| {
        scene.rect(field, from, middle - BOX / 2.0, (to - from).max(0.5), BOX);
    };
    part(0, &|scene| {
        scene.line(Role::Whisker, (from, middle), (left, middle), 1.5);
        cap(scene, from);
        scene.label(Role::Muted, Anchor::End, from - BESIDE, middle, &low.text);
    });
    part(4, &|scene| {
        scene.line(Role::Whisker, (right, middle), (to, middle), 1.5);
        cap(scene, to);
        scene.label(Role::Muted, Anchor::Start, to + BESIDE, middle, &high.text);
    });
    part(1, &|scene| half(scene, left, centre));
    part(3, &|scene| half(scene, centre, right));
    part(2, &|scene| {
        scene.line(Role::Rim, (centre, middle - BOX / 2.0), (centre, middle + BOX / 2.0), 3.0);
        scene.label(Role::Label, Anchor::Middle, centre, middle - BOX / 2.0 - 11.0, &median.text);
    });
}
