//! Standing bars: single, grouped, stacked, stacked to 100 %. Points of time stand where their time is. Where not every value has room above its bar, the
//! axis has numbers and the telling values are written. Only where the names of the categories have no room, bars lie.

use super::axis;
use super::bars::{GAP, PADDING};
use super::font::Fonts;
use super::held::Held;
use super::line::{references, room, write_names};
use super::scale::{Scale, tick_labels};
use super::scene::{
    Anchor, Area, Key, LINE, Owner, Role, SMALL, Scene, Shape, TEXT, Text, WIDTH, Words, header, is_nothing, label,
    range,
};
use super::taken::Taken;
use super::told::telling_values;
use super::{ChartData, Labels, Mark, key};

const HEIGHT: f64 = 230.0;
/// Height where no bar stands.
const FLAT: f64 = 30.0;
/// Sizes of the values that are tried; in print the smallest is 9 points.
const SIZES: [f64; 3] = [TEXT, 13.0, 12.0];
/// The narrowest bar.
const NARROW: f64 = 2.0;

/// The scene; none when the names of the categories have no room.
pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Option<Scene> {
    let sizes = SIZES.map(Some).into_iter().filter(|_| data.labels.is_none_or(|labels| labels == Labels::All));
    sizes.chain([None]).find_map(|size| Columns { data, fonts, words, size }.scene())
}

struct Columns<'a> {
    data: &'a ChartData,
    fonts: &'a Fonts,
    words: &'a Words,
    /// Of the values; none where the axis has numbers and only some values are written.
    size: Option<f64>,
}

/// A series and a category.
type Cell = (usize, usize);

/// Where the bars stand.
struct Plot {
    /// The middle of each category.
    at: Vec<f64>,
    /// Room of a category.
    slot: f64,
    scale: Scale,
    top: f64,
}

impl Columns<'_> {
    fn scene(&self) -> Option<Scene> {
        let mut scene = Scene::default();
        let words = match self.size {
            Some(_) => self.words.clone(),
            None => Words { axis: self.words.axis_alone.clone(), ..self.words.clone() },
        };
        let top = header(&mut scene, self.data, self.fonts, &words, Some(Key::Square));
        let top = key::write_open(&mut scene, self.data, self.fonts, top) + 14.0;
        let references = references(self.data, self.fonts);
        let right = WIDTH - room(&references);
        let stacks = matches!(self.data.mark, Mark::StackedBar | Mark::PercentBar);
        let (low, high) = if stacks { (0.0, self.whole()) } else { range(self.data) };
        // Nothing stands where all is nought.
        let bottom = top + if low < high { HEIGHT } else { FLAT };
        let below = if low < 0.0 { 22.0 } else { 0.0 };
        let above = if stacks { 0.0 } else { 8.0 };
        let scale = Scale::new(low, high, bottom - below, top + above);
        let left = if self.size.is_none() { self.write_grid(&mut scene, &scale, right) } else { 0.0 };
        let (at, slot) = self.places(left, right);
        let names = axis::names(self.data, self.fonts, self.words, &at)?;
        let base = scale.base();
        let end = if self.data.times.is_some() || self.size.is_none() { right } else { left + at.len() as f64 * slot };
        let plot = Plot { at, slot, scale, top };
        let held =
            Held { data: self.data, scale: &plot.scale, up: true, along: (left, end), ends: (bottom - below, top) };
        held.write_bands(&mut scene);
        if stacks { self.stacked(&mut scene, &plot) } else { self.side_by_side(&mut scene, &plot) }?;
        held.write_lines(&mut scene, true);
        let places: Vec<_> = held.middles().into_iter().map(|y| Some((end, y))).collect();
        write_names(&mut scene, self.fonts, &references, &places, (end, top, bottom));
        scene.line(Role::Axis, (left, base), (end, base), 1.0);
        names.write(&mut scene, self.fonts, bottom);
        Some(scene)
    }

    /// What the highest stack is on the scale.
    fn whole(&self) -> f64 {
        if self.data.mark == Mark::PercentBar { 100.0 } else { self.data.whole() }
    }

    /// Lines at round values, numbered at the left. Returns where the plot begins.
    fn write_grid(&self, scene: &mut Scene, scale: &Scale, right: f64) -> f64 {
        let ticks = match self.data.mark {
            Mark::PercentBar => vec![0.0, 25.0, 50.0, 75.0, 100.0],
            _ => scale.ticks(5, &self.data.measure),
        };
        let texts = tick_labels(&ticks, &self.words.signs);
        let left = texts.iter().map(|text| self.fonts.width(text, SMALL, false)).fold(0.0, f64::max) + 10.0;
        for (tick, text) in ticks.iter().zip(&texts) {
            let y = scale.at(*tick);
            scene.line(Role::Grid, (left, y), (right, y), 1.0);
            scene.small(Anchor::End, left - 7.0, y, text);
        }
        left
    }

    /// The middle of each category, and the room that each has.
    fn places(&self, left: f64, right: f64) -> (Vec<f64>, f64) {
        let count = self.data.categories.len();
        let slots = self.data.times.as_ref().map_or(count, |times| times.slots());
        let slot = ((right - left) / slots.max(1) as f64).min(150.0);
        let span = slot * slots.saturating_sub(1) as f64;
        (self.data.places().into_iter().map(|part| left + slot / 2.0 + span * part).collect(), slot)
    }

    fn widest(&self, size: f64) -> f64 {
        let texts = self.data.series.iter().flat_map(|series| &series.values);
        texts.map(|datum| self.fonts.width(&datum.text, size, false)).fold(0.0, f64::max)
    }

    /// Draws bars beside each other.
    fn side_by_side(&self, scene: &mut Scene, plot: &Plot) -> Option<()> {
        let count = self.data.series.len() as f64;
        let gap = if plot.slot < 40.0 { 1.0 } else { GAP };
        let bar = ((plot.slot * 0.72 - (count - 1.0) * gap) / count).min(if count > 1.0 { 44.0 } else { 64.0 });
        if bar < NARROW || self.size.is_some_and(|size| self.widest(size) > self.value_room(plot.slot, bar)) {
            return None;
        }
        let base = plot.scale.base();
        let mut taken = Taken::default();
        let mut ends = Vec::new();
        for (category, middle) in plot.at.iter().enumerate() {
            let first = middle - (count * (bar + gap) - gap) / 2.0;
            for (index, series) in self.data.series.iter().enumerate() {
                let Some(datum) = series.values.get(category) else { continue };
                let x = first + index as f64 * (bar + gap);
                let (end, value) = (datum.value.map_or(base, |value| plot.scale.at(value)), datum.value);
                let (y, length) = (base.min(end), (end - base).abs().max(1.0));
                // Beyond the interval.
                let falls = value.is_some_and(|value| value < 0.0);
                let tip =
                    datum.interval.as_ref().map(|(low, high)| plot.scale.at(if falls { low } else { high }.value));
                let label_y = match tip {
                    Some(tip) if falls => tip.max(end) + 12.0,
                    Some(tip) => tip.min(end) - 12.0,
                    None => end + if falls { 11.0 } else { -11.0 },
                };
                scene.own(Owner::Value { series: index, category }, |scene| {
                    if value.is_some_and(|value| value != 0.0) {
                        scene.rect(self.data.field(index, Some(category)), x, y, bar, length);
                        taken.add(Area { x, y, width: bar, height: length });
                    }
                    if let Some((low, high)) = &datum.interval {
                        let x = x + bar / 2.0;
                        scene.whisker((x, plot.scale.at(low.value)), (x, plot.scale.at(high.value)));
                    }
                    if let Some(size) = self.size {
                        let role = if value.is_some() { Role::Label } else { Role::Muted };
                        let text = label(role, Anchor::Middle, x + bar / 2.0, label_y, &datum.text);
                        scene.shapes.push(Shape::Text(Text { size, ..text }));
                    }
                });
                ends.push(((index, category), (x + bar / 2.0, label_y)));
            }
        }
        if self.size.is_none() {
            self.write_told(scene, taken, &ends);
        }
        Some(())
    }

    /// Room for a value of a bar: up to its neighbours.
    fn value_room(&self, slot: f64, bar: f64) -> f64 {
        if self.data.series.len() > 1 { bar + GAP - 5.0 } else { slot - 8.0 }
    }

    /// Writes the telling values above their bars where nothing else stands, and the marks of values that are missing.
    fn write_told(&self, scene: &mut Scene, mut taken: Taken, ends: &[(Cell, (f64, f64))]) {
        let one = self.data.series.len() == 1;
        let labels = self.data.labels.unwrap_or(if one { Labels::Extremes } else { Labels::None });
        let blanks = ends.iter().map(|(cell, _)| *cell).filter(|(series, category)| {
            self.data.series[*series].values.get(*category).is_some_and(|datum| datum.value.is_none())
        });
        for (series, category) in telling_values(self.data, labels).into_iter().chain(blanks) {
            let Some((_, (x, y))) = ends.iter().find(|(cell, _)| *cell == (series, category)) else { continue };
            let datum = &self.data.series[series].values[category];
            let role = if datum.value.is_some() { Role::Label } else { Role::Muted };
            let half = self.fonts.width(&datum.text, TEXT, false) / 2.0 + 3.0;
            let within = x.clamp(half, (WIDTH - half).max(half));
            let text = label(role, Anchor::Middle, within, *y, &datum.text);
            let area = text.area(self.fonts);
            let area = Area { x: area.x - 3.0, width: area.width + 6.0, ..area };
            if taken.is_free(&area) {
                taken.add(area);
                scene.own(Owner::Value { series, category }, |scene| scene.shapes.push(Shape::Text(text)));
            }
        }
    }

    /// Draws stacks; a label that its segment has no room for stands at its right.
    fn stacked(&self, scene: &mut Scene, plot: &Plot) -> Option<()> {
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
        // A part of the highest stack, as a length on the scale.
        let at = |part: f64| bottom - (bottom - plot.top) * part;
        for (category, middle) in plot.at.iter().enumerate() {
            let x = middle - bar / 2.0;
            let mut outside = Vec::new();
            let mut from = 0.0;
            let parts = self.data.parts(category);
            let bar_stands = parts.iter().any(|part| *part > 0.0);
            for (index, (series, part)) in self.data.series.iter().zip(parts).enumerate() {
                let Some(datum) = series.values.get(category).filter(|datum| !is_nothing(datum, bar_stands)) else {
                    continue;
                };
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
