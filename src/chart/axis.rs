//! The names of categories below a plot: every one, shortened by wrapping and smaller type; of points of time as many as there is room for.

use super::ChartData;
use super::font::Fonts;
use super::scene::{Anchor, LINE, Role, Scene, TEXT, Text, WIDTH, Words, label};

/// Sizes that are tried, the largest first. In print the smallest is 9 points.
const SIZES: [f64; 3] = [TEXT, 13.0, 12.0];
/// Room between two names.
const APART: f64 = 10.0;
/// From the plot down to the names.
const BELOW: f64 = 8.0;

pub struct Names {
    size: f64,
    /// Where each stands, and its lines.
    all: Vec<(f64, Vec<String>)>,
    /// Some points have no name: those that have get a stroke.
    thinned: bool,
}

/// The names of the categories that stand at `at`; none where those that are no points of time have no room.
pub fn names(data: &ChartData, fonts: &Fonts, words: &Words, at: &[f64]) -> Option<Names> {
    match &data.times {
        Some(times) => Some(points_of_time(&times.ticks(&data.categories, &words.calendar), data, fonts, at)),
        None => SIZES.iter().find_map(|size| every(data, fonts, at, *size)),
    }
}

fn every(data: &ChartData, fonts: &Fonts, at: &[f64], size: f64) -> Option<Names> {
    const MOST: usize = 3;
    let slot = at.windows(2).map(|pair| pair[1] - pair[0]).fold(WIDTH, f64::min).min(150.0);
    let room = slot - APART - 2.0;
    if data.categories.iter().any(|name| fonts.widest_word(name, size, false) > room) {
        return None;
    }
    let lines = data.categories.iter().map(|name| fonts.wrap(name, size, false, room, MOST + 1));
    let all: Vec<_> = at.iter().copied().zip(lines).collect();
    all.iter().all(|(_, lines)| lines.len() <= MOST).then_some(Names { size, all, thinned: false })
}

/// The finest of the ways to name points of time that has room; where none has, the first and the last.
fn points_of_time(ways: &[Vec<super::calendar::Tick>], data: &ChartData, fonts: &Fonts, at: &[f64]) -> Names {
    let (first, last) = (at.first().copied().unwrap_or(0.0), at.last().copied().unwrap_or(0.0));
    for (index, ticks) in ways.iter().enumerate() {
        let all: Vec<_> = ticks.iter().map(|tick| (first + (last - first) * tick.part, tick.lines.clone())).collect();
        let sizes = if index == 0 { &SIZES[..2] } else { &SIZES[..1] };
        for size in sizes {
            if (all.len() > 1 || data.categories.len() == 1) && have_room(&all, fonts, *size) {
                return Names { size: *size, all, thinned: ticks.len() < data.categories.len() };
            }
        }
    }
    let ends = data.categories.first().into_iter().chain(data.categories.last());
    let mut all: Vec<_> = [first, last].into_iter().zip(ends.map(|name| vec![name.clone()])).collect();
    if !have_room(&all, fonts, TEXT) {
        all.truncate(1);
    }
    Names { size: TEXT, all, thinned: true }
}

fn have_room(all: &[(f64, Vec<String>)], fonts: &Fonts, size: f64) -> bool {
    let half = |lines: &[String]| lines.iter().map(|line| fonts.width(line, size, false)).fold(0.0, f64::max) / 2.0;
    let ends = all.iter().map(|(x, lines)| (x - half(lines), x + half(lines)));
    let ends: Vec<_> = ends.collect();
    ends.windows(2).all(|pair| pair[0].1 + APART <= pair[1].0)
}

/// Names of categories that are no points of time, of which only every so many has room along a line.
pub fn thinned(data: &ChartData, fonts: &Fonts, at: &[f64]) -> Names {
    let slot = at.windows(2).map(|pair| pair[1] - pair[0]).fold(WIDTH, f64::min);
    let lines: Vec<_> = data.categories.iter().map(|text| fonts.wrap(text, TEXT, false, 120.0, 2)).collect();
    let widest = lines.iter().flatten().map(|line| fonts.width(line, TEXT, false)).fold(0.0, f64::max);
    let step = ((widest + 12.0) / slot).ceil().max(1.0) as usize;
    Names { size: TEXT, all: at.iter().copied().zip(lines).step_by(step).collect(), thinned: step > 1 }
}

impl Names {
    /// Writes the names below a plot and sets the height of the scene.
    pub fn write(&self, scene: &mut Scene, fonts: &Fonts, bottom: f64) {
        for (x, lines) in &self.all {
            if self.thinned {
                scene.line(Role::Grid, (*x, bottom), (*x, bottom + 5.0), 1.0);
            }
            for (index, line) in lines.iter().enumerate() {
                let half = fonts.width(line, self.size, false) / 2.0;
                let middle = x.clamp(half, (WIDTH - half).max(half));
                let y = bottom + BELOW + (index as f64 + 0.5) * LINE;
                let text = Text { size: self.size, ..label(Role::Label, Anchor::Middle, middle, y, line) };
                scene.shapes.push(super::scene::Shape::Text(text));
            }
        }
        let most = self.all.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1) as f64;
        scene.height = bottom + BELOW + most * LINE + 4.0;
    }
}
