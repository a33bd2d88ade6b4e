//! Standing stacks, of values or of their shares.

use super::super::bars::{GAP, PADDING};
use super::super::hidden;
use super::super::scene::{Anchor, LINE, Owner, Role, Scene, Shape, Text, is_nothing, label};
use super::{Columns, NARROW, Plot};

impl Columns<'_> {
    /// Draws stacks; a label that its segment has no room for stands at its right.
    pub(super) fn stacked(&self, scene: &mut Scene, plot: &Plot) -> Option<()> {
        const SWATCH: f64 = 13.0;
        let bar = match self.size {
            Some(_) => (plot.slot * 0.5).min(64.0),
            None => plot.slot * 0.72,
        };
        let cramped = |widest: f64| widest + PADDING > bar || bar + 5.0 + SWATCH + widest + 4.0 > plot.slot;
        if bar < NARROW || self.size.is_some_and(|size| cramped(self.widest(size))) {
            return None;
        }
        let bottom = plot.scale.base();
        let top = plot.top + hidden::room_of_stacks(self.data);
        // A part of the highest stack, as a length on the scale.
        let at = |part: f64| bottom - (bottom - top) * part;
        for (category, middle) in plot.at.iter().enumerate() {
            let x = middle - bar / 2.0;
            let mut outside = Vec::new();
            let mut boxes = Vec::new();
            let mut from = 0.0;
            let marked_only = self.data.is_marked_only(category);
            let parts = self.data.parts(category);
            let bar_stands = parts.iter().any(|part| *part > 0.0);
            for (index, (series, part)) in self.data.series.iter().zip(parts).enumerate() {
                let Some(datum) = series.values.get(category).filter(|datum| !is_nothing(datum, bar_stands)) else {
                    continue;
                };
                if datum.hidden {
                    boxes.push(index);
                }
                if marked_only || datum.hidden {
                    outside.push((index, at(from), &datum.text));
                    continue;
                }
                let (low, high) = (at(from), at(from + part));
                from += part;
                let middle = (low + high + GAP) / 2.0;
                let fits = datum.value.is_some() && low - high - GAP >= LINE;
                scene.own(Owner::Value { series: index, category }, |scene| {
                    if low > high {
                        scene.rect(
                            self.data.field(index, Some(category)),
                            x,
                            high + GAP,
                            bar,
                            (low - high - GAP).max(1.0),
                        );
                    }
                    if let Some(size) = self.size.filter(|_| fits) {
                        let text = label(Role::OnArea(index), Anchor::Middle, x + bar / 2.0, middle, &datum.text);
                        scene.shapes.push(Shape::Text(Text { size, ..text }));
                    }
                });
                if !fits {
                    outside.push((index, middle, &datum.text));
                }
            }
            // Above the parts that are told, without length.
            boxes.truncate(if marked_only { 1 } else { boxes.len() });
            for (index, above) in boxes.into_iter().zip(hidden::beside(0.0)) {
                let owner = Owner::Value { series: index, category };
                scene.own(owner, |scene| hidden::write_box(scene, (*middle, at(from) - above), hidden::SIDE.min(bar)));
            }
            let Some(size) = self.size else { continue };
            let mut free = bottom - LINE / 2.0;
            for (index, wanted, text) in outside {
                let y = wanted.min(free);
                free = y - LINE;
                scene.own(Owner::Value { series: index, category }, |scene| {
                    scene.rect(Role::Area(index), x + bar + 5.0, y - 4.5, 9.0, 9.0);
                    let text = label(Role::Label, Anchor::Start, x + bar + 5.0 + SWATCH, y, text);
                    scene.shapes.push(Shape::Text(Text { size, ..text }));
                });
            }
        }
        Some(())
    }
}
