//! The round values of an upright scale: lines across the plot, numbered at its left.

use super::ChartData;
use super::font::Fonts;
use super::scale::{Scale, tick_labels};
use super::scene::{Anchor, Role, SMALL, Scene, Words, range};

pub struct Grid {
    values: Vec<f64>,
    texts: Vec<String>,
    /// The room that the numbers need at the left of the plot.
    pub room: f64,
}

impl Grid {
    /// At most so many values for a plot of this height.
    pub fn new(data: &ChartData, fonts: &Fonts, words: &Words, (height, most): (f64, usize)) -> Self {
        let (low, high) = ends(data);
        let values = Scale::new(low, high, 0.0, height).ticks(most, &data.measure);
        let texts = tick_labels(&values, &words.signs);
        let widest = texts.iter().map(|text| fonts.width(text, SMALL, false)).fold(0.0, f64::max);
        Self { values, texts, room: widest + 10.0 }
    }

    /// Draws the lines between two ends, with their numbers where `numbered`.
    pub fn write(&self, scene: &mut Scene, scale: &Scale, (left, right): (f64, f64), numbered: bool) {
        for (tick, text) in self.values.iter().zip(&self.texts) {
            let y = scale.at(*tick);
            let role = if *tick == 0.0 { Role::Axis } else { Role::Grid };
            scene.line(role, (left, y), (right, y), 1.0);
            if numbered {
                scene.small(Anchor::End, left - 7.0, y, text);
            }
        }
    }
}

/// The lowest and the highest value of the scale.
pub fn ends(data: &ChartData) -> (f64, f64) {
    let (low, high) = range(data);
    (data.axis_from.unwrap_or(low), high)
}
