//! Standing bars beside each other.

use super::super::bars::GAP;
use super::super::hatching;
use super::super::scale::Scale;
use super::super::scene::{Anchor, Area, Owner, Role, Scene, Shape, TEXT, Text, label};
use super::super::taken::Taken;
use super::super::told::telling_values;
use super::super::{Datum, Labels, hidden};
use super::{ABOVE, Columns, NARROW, Plot};

/// A series and a category.
type Cell = (usize, usize);

impl Columns<'_> {
    /// Draws bars beside each other.
    pub(super) fn side_by_side(&self, scene: &mut Scene, plot: &Plot) -> Option<()> {
        let (bar, _) = self.bar(plot.slot);
        if bar < NARROW || self.size.is_some_and(|size| self.widest(size) > self.value_room(plot.slot, bar)) {
            return None;
        }
        let base = plot.scale.base();
        let mut taken = Taken::default();
        self.write_stems(scene, plot, &mut taken);
        let mut ends = Vec::new();
        for (category, at) in plot.at.iter().enumerate() {
            for series in self.drawn.clone() {
                let Some(datum) = self.data.series[series].values.get(category) else { continue };
                let (middle, value) = (self.middle((*at, plot.slot), series), datum.value);
                let end = value.map_or(base, |value| plot.scale.at(value));
                let (x, y, length) = (middle - bar / 2.0, base.min(end), (end - base).abs().max(1.0));
                let label_y = label_y(&plot.scale, datum);
                scene.own(Owner::Value { series, category }, |scene| {
                    if value.is_some_and(|value| value != 0.0) {
                        let area = Area { x, y, width: bar, height: length };
                        hatching::write_field(scene, self.data, (series, category), area);
                        taken.add(area);
                    }
                    if datum.hidden {
                        let side = hidden::SIDE.min(bar);
                        let area =
                            Area { x: middle - side / 2.0, y: base - hidden::BESIDE - side, width: side, height: side };
                        hidden::write_box(scene, (middle, area.y + side / 2.0), side);
                        taken.add(area);
                    }
                    if let Some((low, high)) = &datum.interval {
                        scene.whisker((middle, plot.scale.at(low.value)), (middle, plot.scale.at(high.value)));
                    }
                    if let Some(size) = self.size {
                        let role = if value.is_some() { Role::Label } else { Role::Muted };
                        let text = label(role, Anchor::Middle, middle, label_y, &datum.text);
                        scene.shapes.push(Shape::Text(Text { size, ..text }));
                    }
                });
                ends.push(((series, category), (middle, label_y)));
            }
        }
        if self.size.is_none() {
            self.write_told(scene, taken, &ends, (plot.left, plot.right));
        }
        Some(())
    }

    /// How wide a bar is, and the room between two of the same category.
    pub(super) fn bar(&self, slot: f64) -> (f64, f64) {
        let count = self.drawn.len() as f64;
        let gap = if slot < 40.0 { 1.0 } else { GAP };
        (((slot * 0.72 - (count - 1.0) * gap) / count).min(if count > 1.0 { 44.0 } else { 64.0 }), gap)
    }

    /// Room for a value of a bar: up to its neighbours.
    fn value_room(&self, slot: f64, bar: f64) -> f64 {
        if self.drawn.len() > 1 { bar + GAP - 5.0 } else { slot - 8.0 }
    }

    /// From the remarks above down to the values of their bars.
    fn write_stems(&self, scene: &mut Scene, plot: &Plot, taken: &mut Taken) {
        for remark in &self.data.marked.remarks {
            let datum = &self.data.series[remark.series].values[remark.category];
            let x = self.middle((plot.at[remark.category], plot.slot), remark.series);
            let (top, foot) = (plot.top - ABOVE, (label_y(&plot.scale, datum) - 10.0).min(plot.scale.base() - 4.0));
            if foot > top {
                scene.line(Role::Axis, (x, top), (x, foot), 1.0);
                taken.add(Area { x: x - 2.0, y: top, width: 4.0, height: foot - top });
            }
        }
    }

    /// Writes the telling values above their bars where nothing else stands, and the marks of values that are missing.
    fn write_told(&self, scene: &mut Scene, mut taken: Taken, ends: &[(Cell, (f64, f64))], (left, right): (f64, f64)) {
        let one = self.drawn.len() == 1;
        let labels = self.data.labels.unwrap_or(if one { Labels::Extremes } else { Labels::None });
        let blanks = ends.iter().map(|(cell, _)| *cell).filter(|(series, category)| {
            self.data.series[*series].values.get(*category).is_some_and(|datum| datum.value.is_none())
        });
        for (series, category) in telling_values(self.data, labels).into_iter().chain(blanks) {
            let Some((_, (x, y))) = ends.iter().find(|(cell, _)| *cell == (series, category)) else { continue };
            let datum = &self.data.series[series].values[category];
            let role = if datum.value.is_some() { Role::Label } else { Role::Muted };
            let half = self.fonts.width(&datum.text, TEXT, false) / 2.0 + 3.0;
            let within = x.clamp((left + half).min(right - half), (right - half).max(left + half));
            let text = label(role, Anchor::Middle, within, *y, &datum.text);
            let area = text.area(self.fonts);
            let area = Area { x: area.x - 3.0, width: area.width + 6.0, ..area };
            if taken.is_free(&area) {
                taken.add(area);
                scene.own(Owner::Value { series, category }, |scene| scene.shapes.push(Shape::Text(text)));
            }
        }
    }
}

/// Where the value of a bar belongs: beyond its end and its interval.
fn label_y(scale: &Scale, datum: &Datum) -> f64 {
    let above = if datum.hidden { hidden::BESIDE + hidden::SIDE } else { 0.0 };
    let end = datum.value.map_or(scale.base() - above, |value| scale.at(value));
    let falls = datum.value.is_some_and(|value| value < 0.0);
    let tip = datum.interval.as_ref().map(|(low, high)| scale.at(if falls { low } else { high }.value));
    match tip {
        Some(tip) if falls => tip.max(end) + 12.0,
        Some(tip) => tip.min(end) - 12.0,
        None => end + if falls { 11.0 } else { -11.0 },
    }
}
