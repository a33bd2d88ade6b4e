//! Rows along one scale that goes to the right: their names at the left, round values below, and what the values are held against.

use super::ChartData;
use super::font::Fonts;
use super::held::Held;
use super::scale::{Scale, tick_labels};
use super::scene::{Anchor, Categories, Key, Role, SMALL, Scene, WIDTH, Words, header};

/// A plot whose ground is drawn.
pub struct Rows {
    pub categories: Categories,
    pub scale: Scale,
    /// Where each row has its middle.
    pub middles: Vec<f64>,
}

/// Draws what stands above rows and lies behind them. `scale` is told where the plot begins, `height` how high the name of a row is.
pub fn begin(
    scene: &mut Scene,
    (data, fonts, words): (&ChartData, &Fonts, &Words),
    key: Option<Key>,
    scale: impl FnOnce(f64) -> Scale,
    height: impl Fn(f64) -> f64,
) -> Rows {
    let top = header(scene, data, fonts, words, key);
    let categories = Categories::new(data, fonts);
    let scale = scale(categories.plot);
    let heights: Vec<f64> = (0..data.categories.len()).map(|category| height(categories.height(category))).collect();
    let mut y = write_ground(scene, (data, fonts, words), &scale, (categories.plot, top), heights.iter().sum());
    let middles = heights.iter().map(|height| {
        y += height;
        y - height / 2.0
    });
    Rows { middles: middles.collect(), categories, scale }
}

/// Draws bands, round values and lines behind what stands from a place on, and their words above it. Returns where the rows begin.
pub fn write_ground(
    scene: &mut Scene,
    told: (&ChartData, &Fonts, &Words),
    scale: &Scale,
    (left, top): (f64, f64),
    height: f64,
) -> f64 {
    let (data, fonts, _) = told;
    let ends = (left, WIDTH);
    let strip = Held { data, scale, up: false, along: (0.0, 0.0), ends }.strip(fonts, ends);
    let top = top + strip.height;
    write_behind(scene, told, scale, ends, (top, top + height));
    strip.write(scene, top - 2.0);
    top
}

/// Draws bands, round values and lines between the ends of a plot.
pub fn write_behind(
    scene: &mut Scene,
    (data, fonts, words): (&ChartData, &Fonts, &Words),
    scale: &Scale,
    ends: (f64, f64),
    along: (f64, f64),
) {
    let held = Held { data, scale, up: false, along, ends };
    held.write_bands(scene);
    grid(scene, scale, (data, fonts, words), ends, along);
    held.write_lines(scene, false);
}

/// Upright lines at round values, numbered below. Sets the height of the scene.
fn grid(
    scene: &mut Scene,
    scale: &Scale,
    (data, fonts, words): (&ChartData, &Fonts, &Words),
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
) {
    let most = if right - left < WIDTH / 3.0 { 3 } else { 6 };
    let ticks = scale.ticks(most, &data.measure);
    let mut free = f64::NEG_INFINITY;
    for (tick, text) in ticks.iter().zip(tick_labels(&ticks, &words.signs)) {
        let x = scale.at(*tick);
        let role = if *tick == 0.0 { Role::Axis } else { Role::Grid };
        scene.line(role, (x, top - 2.0), (x, bottom + 2.0), 1.0);
        let half = fonts.width(&text, SMALL, false) / 2.0;
        if x - half > free && x + half <= right {
            scene.small(Anchor::Middle, x, bottom + 13.0, &text);
            free = x + half + 8.0;
        }
    }
    scene.height = bottom + 26.0;
}
