//! A table whose cells are shaded by value; the number stands in each cell.

use super::font::Fonts;
use super::scene::{Anchor, Area, Categories, LINE, Owner, Role, Scene, Spacing, TEXT, WIDTH, Words, header, shade};
use super::{ChartData, hidden};

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words, spacing: Spacing) -> Scene {
    const GAP: f64 = 2.0;
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, None);
    let categories = Categories::new(data, fonts);
    let column = (WIDTH - categories.plot) / data.series.len().max(1) as f64;

    let heads: Vec<_> =
        data.series.iter().map(|series| fonts.wrap(&series.label, TEXT, true, column - 10.0, 3)).collect();
    let head = heads.iter().map(|lines| lines.len() as f64 * LINE).fold(0.0, f64::max);
    for (index, lines) in heads.iter().enumerate() {
        let middle = top + head - lines.len() as f64 * LINE / 2.0;
        let x = categories.plot + (index as f64 + 0.5) * column - GAP / 2.0;
        scene.block(Role::Label, Anchor::Middle, x, middle, lines, true);
    }

    let values: Vec<f64> =
        data.series.iter().flat_map(|series| series.values.iter().filter_map(|datum| datum.value)).collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut y = top + head + 6.0;
    for category in 0..data.categories.len() {
        let height = (categories.height(category) + 8.0).max(spacing.choice(36.0, 24.0));
        let middle = y + height / 2.0;
        categories.write(&mut scene, category, middle);
        for (index, series) in data.series.iter().enumerate() {
            let Some(datum) = series.values.get(category) else { continue };
            let x = categories.plot + index as f64 * column;
            scene.own(Owner::Value { series: index, category }, |scene| {
                let role = match datum.value {
                    Some(value) => {
                        let step = shade(value, low, high);
                        scene.rect(Role::Shade(step), x, y, column - GAP, height);
                        Role::OnShade(step)
                    }
                    None => Role::Muted,
                };
                if datum.hidden {
                    hidden::write_field(scene, Area { x, y, width: column - GAP, height }, fonts, &datum.text);
                }
                scene.label(role, Anchor::Middle, x + (column - GAP) / 2.0, middle, &datum.text);
            });
        }
        y += height + GAP;
    }
    scene.height = y + 2.0;
    scene
}
