//! Values and bands of values that a chart's own are held against, across its plot.

use super::ChartData;
use super::font::Fonts;
use super::scale::Scale;
use super::scene::{Role, Scene};
use super::strip::Strip;
use crate::document::annotation::Extent;

/// The plot that they lie in.
pub struct Held<'a> {
    pub data: &'a ChartData,
    pub scale: &'a Scale,
    /// Values go up, so that what lies at one value lies across.
    pub up: bool,
    /// Where the plot begins and ends along the categories.
    pub along: (f64, f64),
    /// The pixels of the lowest and the highest value of the plot.
    pub ends: (f64, f64),
}

impl Held<'_> {
    /// Bands of values, behind all else.
    pub fn write_bands(&self, scene: &mut Scene) {
        let (start, end) = self.along;
        for (from, to) in self.extents().filter(|(from, to)| from != to) {
            let (low, high) = (from.min(to), from.max(to));
            match self.up {
                true => scene.rect(Role::ValueBand, start, low, end - start, high - low),
                false => scene.rect(Role::ValueBand, low, start, high - low, end - start),
            }
        }
    }

    /// Lines at values. `over` fields they have a rim, without which they would not be seen there. Returns them.
    pub fn write_lines(&self, scene: &mut Scene, over: bool) -> Vec<((f64, f64), (f64, f64))> {
        let (start, end) = self.along;
        let lines = self.extents().filter(|(from, to)| from == to).map(|(at, _)| match self.up {
            true => ((start, at), (end, at)),
            false => ((at, start), (at, end)),
        });
        let lines: Vec<_> = lines.collect();
        for (from, to) in &lines {
            if over {
                scene.line(Role::Rim, *from, *to, 4.5);
            }
            scene.line(Role::Reference, *from, *to, 1.5);
        }
        lines
    }

    /// The middle of each, where its words belong at the edge of the plot.
    pub fn middles(&self) -> Vec<f64> {
        self.extents().map(|(from, to)| f64::midpoint(from, to)).collect()
    }

    /// Their words in a strip above the plot, between two ends.
    pub fn strip(&self, fonts: &Fonts, ends: (f64, f64)) -> Strip {
        let words = self.data.marked.references.iter().map(|reference| reference.words.clone());
        let starts = self.extents().map(|(from, to)| from.min(to));
        Strip::new(&starts.zip(words).collect::<Vec<_>>(), fonts, ends)
    }

    /// The pixels that each begins and ends at; of a line the same.
    fn extents(&self) -> impl Iterator<Item = (f64, f64)> {
        self.data.marked.references.iter().map(|reference| match &reference.extent {
            Extent::At(level) => (self.scale.at(level.value), self.scale.at(level.value)),
            Extent::Between(from, to) => {
                let at = |level: &super::Level| self.scale.at(level.value);
                (from.as_ref().map_or(self.ends.0, at), to.as_ref().map_or(self.ends.1, at))
            }
        })
    }
}
