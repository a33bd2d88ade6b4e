//! Standing bars: single, grouped, stacked, stacked to 100 %. Points of time stand where their time is. Where not every value has room above its bar, the
//! axis has numbers and the telling values are written. Only where the names of the categories have no room, bars lie.

mod beside;
mod stacked;

use std::ops::Range;

use super::axis::{self, Names};
use super::font::Fonts;
use super::grid::{Grid, ends};
use super::held::Held;
use super::line::{references, room, write_names};
use super::panels::{self, Frame, Plan};
use super::scale::Scale;
use super::scene::{Key, Role, Scene, TEXT, WIDTH, Words, header};
use super::strip::Strip;
use super::{ChartData, Labels, Mark, hidden, key};
use crate::document::annotation::Extent;

const HEIGHT: f64 = 230.0;
/// Of one of small multiples, tried in this order.
const PANEL_HEIGHTS: [f64; 3] = [110.0, 80.0, 56.0];
/// Height where no bar stands.
const FLAT: f64 = 30.0;
/// Above the highest bar: room for its value.
const ABOVE: f64 = 14.0;
/// Sizes of the values that are tried; in print the smallest is 9 points.
const SIZES: [f64; 3] = [TEXT, 13.0, 12.0];
/// The narrowest bar.
const NARROW: f64 = 2.0;

/// The scene; none when the names of the categories have no room.
pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Option<Scene> {
    let sizes = SIZES.map(Some).into_iter().filter(|_| data.labels.is_none_or(|labels| labels == Labels::All));
    sizes.chain([None]).find_map(|size| {
        let columns = Columns { data, fonts, words, size, drawn: 0..data.series.len() };
        if data.panels { columns.panels() } else { columns.scene() }
    })
}

struct Columns<'a> {
    data: &'a ChartData,
    fonts: &'a Fonts,
    words: &'a Words,
    /// Of the values; none where the axis has numbers and only some values are written.
    size: Option<f64>,
    /// The series that are drawn: all, or the one of a panel.
    drawn: Range<usize>,
}

/// Where the bars stand.
struct Plot {
    /// The middle of each category.
    at: Vec<f64>,
    /// Room of a category.
    slot: f64,
    scale: Scale,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Columns<'_> {
    fn scene(&self) -> Option<Scene> {
        let mut scene = Scene::default();
        let words = match self.size {
            Some(_) => self.words.clone(),
            None => Words { axis: self.words.axis_alone.clone(), ..self.words.clone() },
        };
        let y = header(&mut scene, self.data, self.fonts, &words, Some(Key::Square));
        let y = key::write_open(&mut scene, self.data, self.fonts, y);
        let grid = self.grid(HEIGHT);
        let left = grid.as_ref().map_or(0.0, |grid| grid.room);
        let references = references(self.data, self.fonts);
        let right = WIDTH - room(&references);
        let (at, slot) = self.places(left, right);
        let names = axis::names(self.data, self.fonts, self.words, &at)?;
        let strip = Strip::new(&self.over(&at, slot), self.fonts, (left, WIDTH));
        let plot = self.plot((at, slot), (left, right), (y + strip.height + ABOVE, HEIGHT));
        strip.write(&mut scene, plot.top - ABOVE);
        let held = self.draw(&mut scene, &plot, grid.as_ref(), &names)?;
        let places: Vec<_> = held.into_iter().map(|y| Some((plot.right, y))).collect();
        write_names(&mut scene, self.fonts, &references, &places, (plot.right, plot.top, plot.bottom))?;
        Some(scene)
    }

    /// A panel for each series; none where the names or values of one have no room.
    fn panels(&self) -> Option<Scene> {
        let room = self.grid(PANEL_HEIGHTS[0]).map_or(0.0, |grid| grid.room);
        panels::fitting(self.data, room, &PANEL_HEIGHTS, |plan, height| self.panels_of(plan, height))
    }

    fn panels_of(&self, plan: Plan, height: f64) -> Option<Scene> {
        let grid = self.grid(height);
        let room = grid.as_ref().map_or(0.0, |grid| grid.room);
        let plan = Plan { room, ..plan };
        let width = plan.width();
        let all_fit = (0..self.data.series.len()).all(|series| {
            self.panel(
                &mut Scene::default(),
                (grid.as_ref(), height),
                &Frame { series, left: room, right: room + width, top: 0.0, first: true },
            )
            .is_some()
        });
        all_fit.then(|| {
            panels::layout((self.data, self.fonts, self.words), plan, |scene, frame| {
                self.panel(scene, (grid.as_ref(), height), frame).unwrap_or(frame.top)
            })
        })
    }

    /// Draws a panel; says where it ends.
    fn panel(&self, scene: &mut Scene, (grid, height): (Option<&Grid>, f64), frame: &Frame) -> Option<f64> {
        let own = Columns { drawn: frame.series..frame.series + 1, ..*self };
        let places = own.places(frame.left, frame.right);
        let names = axis::names(self.data, self.fonts, self.words, &places.0)?;
        let plot = own.plot(places, (frame.left, frame.right), (frame.top + ABOVE, height));
        own.draw(scene, &plot, grid, &names)?;
        Some(scene.height)
    }

    fn grid(&self, height: f64) -> Option<Grid> {
        self.size
            .is_none()
            .then(|| Grid::new(self.data, self.fonts, self.words, (height, if height < 100.0 { 3 } else { 5 })))
    }

    fn stacks(&self) -> bool {
        matches!(self.data.mark, Mark::StackedBar | Mark::PercentBar)
    }

    fn plot(&self, (at, slot): (Vec<f64>, f64), (left, right): (f64, f64), (top, height): (f64, f64)) -> Plot {
        let (low, high) = ends(self.data);
        // Nothing stands where all is nought.
        let bottom = top + if low < high { height } else { FLAT };
        let below = if low < 0.0 { 22.0 } else { 0.0 };
        let above = if self.stacks() { hidden::room_of_stacks(self.data) } else { 8.0 };
        let scale = Scale::new(low, high, bottom - below, top + above);
        let filled = self.data.times.is_some() || self.size.is_none();
        let right = if filled { right } else { left + at.len() as f64 * slot };
        Plot { at, slot, scale, left, right, top, bottom }
    }

    /// Draws what lies behind the bars, the bars, and what stands over and below them. Returns the heights of what they are held against.
    fn draw(&self, scene: &mut Scene, plot: &Plot, grid: Option<&Grid>, names: &Names) -> Option<Vec<f64>> {
        let ends = (plot.scale.at(plot.scale.low()), plot.top);
        let held = Held { data: self.data, scale: &plot.scale, up: true, along: (plot.left, plot.right), ends };
        let mut moments = Vec::new();
        for period in &self.data.marked.periods {
            let (first, last) = period.ends(plot.at.len());
            let (from, to) = (plot.at[first] - plot.slot / 2.0, plot.at[last] + plot.slot / 2.0);
            match period.extent {
                Extent::At(_) => moments.push(from),
                Extent::Between(..) => {
                    scene.rect(Role::Band, from, plot.top - ABOVE, to - from, plot.bottom - plot.top + ABOVE);
                }
            }
        }
        held.write_bands(scene);
        if let Some(grid) = grid {
            grid.write(scene, &plot.scale, (plot.left, plot.right), plot.left <= grid.room);
        }
        for x in moments {
            scene.line(Role::Axis, (x, plot.top - ABOVE), (x, plot.bottom), 1.5);
        }
        if self.stacks() { self.stacked(scene, plot) } else { self.side_by_side(scene, plot) }?;
        held.write_lines(scene, true);
        let base = plot.scale.base();
        scene.line(Role::Axis, (plot.left, base), (plot.right, base), 1.0);
        names.write(scene, self.fonts, plot.bottom);
        Some(held.middles())
    }

    /// The middle of each category, and the room that each has.
    fn places(&self, left: f64, right: f64) -> (Vec<f64>, f64) {
        let count = self.data.categories.len();
        let slots = self.data.times.as_ref().map_or(count, |times| times.slots());
        let slot = ((right - left) / slots.max(1) as f64).min(150.0);
        let span = slot * slots.saturating_sub(1) as f64;
        (self.data.places().into_iter().map(|part| left + slot / 2.0 + span * part).collect(), slot)
    }

    /// What stands in the strip above the bars: periods over where they begin, remarks over their bars.
    fn over(&self, at: &[f64], slot: f64) -> Vec<(f64, String)> {
        let marked = &self.data.marked;
        let periods =
            marked.periods.iter().map(|period| (at[period.ends(at.len()).0] - slot / 2.0, period.label.clone()));
        let remarks = marked
            .remarks
            .iter()
            .map(|remark| (self.middle((at[remark.category], slot), remark.series), remark.text.clone()));
        periods.chain(remarks).collect()
    }

    /// The middle of the bar of a series.
    fn middle(&self, (middle, slot): (f64, f64), series: usize) -> f64 {
        if self.stacks() {
            return middle;
        }
        let (bar, gap) = self.bar(slot);
        let count = self.drawn.len() as f64;
        middle - (count * (bar + gap) - gap) / 2.0 + (series - self.drawn.start) as f64 * (bar + gap) + bar / 2.0
    }

    fn widest(&self, size: f64) -> f64 {
        let texts = self.data.series.iter().flat_map(|series| &series.values);
        texts.map(|datum| self.fonts.width(&datum.text, size, false)).fold(0.0, f64::max)
    }
}
