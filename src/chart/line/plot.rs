//! The plot of a line chart: its grid, what lies behind the lines, and the lines.

use super::super::grid::{Grid, ends};
use super::super::held::Held;
use super::super::scale::Scale;
use super::super::scene::{Owner, Role, Scene};
use super::super::{ChartData, Mark};
use crate::document::annotation::Extent;

/// Points of which most are nearer to each other are a line without marks, with the values of its ends and extremes.
const DENSE: f64 = 14.0;
/// So far values may stand above the highest point, and bands reach.
pub const ABOVE: f64 = 24.0;

/// A value with its place.
pub struct Point<'a> {
    pub series: usize,
    pub category: usize,
    pub at: (f64, f64),
    pub text: &'a str,
}

/// A straight part of what is drawn, which no label may cover.
pub type Segment = ((f64, f64), (f64, f64));

pub struct Plot<'a> {
    data: &'a ChartData,
    /// Where the categories stand.
    columns: Vec<f64>,
    scale: Scale,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl<'a> Plot<'a> {
    pub fn new(data: &'a ChartData, columns: Vec<f64>, (left, right): (f64, f64), (top, bottom): (f64, f64)) -> Self {
        let (low, high) = ends(data);
        let scale = Scale::new(low, high, bottom - if low < 0.0 { 18.0 } else { 0.0 }, top);
        Self { data, columns, scale, left, right, top, bottom }
    }

    pub fn is_dense(&self) -> bool {
        is_dense(&self.columns)
    }

    pub fn columns(&self) -> &[f64] {
        &self.columns
    }

    pub fn points(&self) -> Vec<Point<'a>> {
        let mut points = Vec::new();
        for (series, values) in self.data.series.iter().enumerate() {
            for (category, (datum, x)) in values.values.iter().zip(&self.columns).enumerate() {
                if let Some(value) = datum.value {
                    points.push(Point { series, category, at: (*x, self.scale.at(value)), text: &datum.text });
                }
            }
        }
        points
    }

    /// What the values are held against.
    pub fn held(&self) -> Held<'_> {
        let ends = (self.bottom, self.top - ABOVE);
        Held { data: self.data, scale: &self.scale, up: true, along: (self.left, self.right), ends }
    }

    /// Bands of periods and of values, and over them the lines of the grid.
    pub fn write_grounds(&self, scene: &mut Scene) {
        let half = half(&self.columns);
        let high = self.top - ABOVE;
        for period in self.data.marked.periods.iter().filter(|period| matches!(period.extent, Extent::Between(..))) {
            let (first, last) = period.ends(self.columns.len());
            let (Some(first), Some(last)) = (self.columns.get(first), self.columns.get(last)) else { continue };
            let (first, last) = ((first - half).max(self.left), (last + half).min(self.right));
            scene.rect(Role::Band, first, high, last - first, self.bottom - high);
        }
        self.held().write_bands(scene);
    }

    /// The lines of the grid, with their numbers where `numbered`.
    pub fn write_grid(&self, scene: &mut Scene, grid: &Grid, numbered: bool) {
        grid.write(scene, &self.scale, (self.left, self.right), numbered);
    }

    /// Points of time, and values that the others are held against.
    pub fn write_marked(&self, scene: &mut Scene) -> Vec<Segment> {
        let times = self.data.marked.periods.iter().filter_map(|period| match period.extent {
            Extent::At(at) => self.columns.get(at).map(|x| ((*x, self.top - ABOVE), (*x, self.bottom))),
            Extent::Between(..) => None,
        });
        let mut lines: Vec<Segment> = times.collect();
        lines.iter().for_each(|(from, to)| scene.line(Role::Axis, *from, *to, 1.5));
        lines.extend(self.held().write_lines(scene, false));
        lines
    }

    /// Between the ends of the intervals: whiskers of the points of one line, ribbons behind several lines or many points. Returns the whiskers.
    pub fn write_intervals(&self, scene: &mut Scene) -> Vec<Segment> {
        let (data, scale, dense) = (self.data, &self.scale, self.is_dense());
        let mut whiskers = Vec::new();
        for (index, series) in data.series.iter().enumerate() {
            let ends = series.values.iter().zip(&self.columns).map(|(datum, x)| {
                let (low, high) = datum.interval.as_ref()?;
                Some((*x, scale.at(low.value), scale.at(high.value)))
            });
            let ends: Vec<_> = ends.collect();
            if !dense && data.series.len() == 1 {
                whiskers.extend(ends.iter().flatten().map(|(x, low, high)| ((*x, *low), (*x, *high))));
                continue;
            }
            for run in ends.chunk_by(|a, b| a.is_some() == b.is_some()) {
                let there = run.iter().flatten().map(|(x, low, _)| (*x, *low));
                let back = run.iter().flatten().rev().map(|(x, _, high)| (*x, *high));
                let corners: Vec<_> = there.chain(back).collect();
                if corners.len() > 2 {
                    scene.own(Owner::Series(index), |scene| scene.region(Role::Ribbon(index), vec![corners]));
                }
            }
        }
        whiskers.iter().for_each(|(from, to)| scene.whisker(*from, *to));
        // With room for their caps.
        whiskers.into_iter().map(|((x, low), (_, high))| ((x, low + 4.0), (x, high - 4.0))).collect()
    }

    /// Draws the lines, broken where a value or a time is missing, and their marks: of a dense line that of its end. What counts lies over the others. Returns
    /// the straight parts.
    pub fn write_lines(&self, scene: &mut Scene, points: &[Point]) -> Vec<Segment> {
        let (data, marks) = (self.data, !self.is_dense() && !self.data.panels);
        let mut segments = Vec::new();
        let mut order: Vec<usize> = (0..data.series.len()).collect();
        order.sort_by_key(|series| data.marked.counts(*series, 0));
        for series in order {
            let counts = data.marked.counts(series, 0);
            let own: Vec<_> = points.iter().filter(|point| point.series == series).collect();
            for run in own.chunk_by(|a, b| self.is_joined(a, b)) {
                segments.extend(run.windows(2).map(|pair| (pair[0].at, pair[1].at)));
                let (role, broken) = if counts {
                    (Role::Line(data.hue(series)), Role::Broken(data.hue(series)))
                } else {
                    (Role::FadedLine, Role::FadedBroken)
                };
                let width = if marks && counts { 2.5 } else { 2.0 };
                // What leads to or from a value which is not final is broken.
                let is_open =
                    |at: usize| data.marked.is_open(run[at].category) || data.marked.is_open(run[at + 1].category);
                let legs: Vec<usize> = (0..run.len() - 1).collect();
                for legs in legs.chunk_by(|a, b| is_open(*a) == is_open(*b)) {
                    let (first, last) = (legs[0], legs[legs.len() - 1] + 1);
                    let corners = run[first..=last].iter().map(|point| point.at).collect();
                    let role = if is_open(first) { broken } else { role };
                    scene.own(Owner::Run { series, first: run[first].category }, |scene| {
                        scene.path(role, corners, width)
                    });
                }
                let marked = run.iter().filter(|point| marks && counts || run.len() == 1 || is_last(data, point));
                for point in marked {
                    let owner = Owner::Value { series, category: point.category };
                    scene.own(owner, |scene| scene.mark(data.mark_of(series, Some(0)), data.hue(series), point.at));
                }
            }
        }
        segments
    }

    /// Fills what lies between a line and nought, where an area is drawn. Returns its sides.
    pub fn write_area(&self, scene: &mut Scene, points: &[Point]) -> Vec<Segment> {
        let mut sides = Vec::new();
        let base = self.scale.base();
        let runs = points.chunk_by(|a, b| self.is_joined(a, b)).filter(|_| self.data.mark == Mark::Area);
        for run in runs {
            if let [first, .., last] = run {
                let feet = [last, first].map(|point| (point.at.0, base));
                let ring = feet.into_iter().chain(run.iter().map(|point| point.at)).collect();
                sides.extend([(last.at, feet[0]), (first.at, feet[1]), (feet[0], feet[1])]);
                scene.own(Owner::Series(first.series), |scene| scene.region(Role::Shade(0), vec![ring]));
            }
        }
        sides
    }

    /// The height of a value.
    pub fn y(&self, value: f64) -> f64 {
        self.scale.at(value)
    }

    /// Draws lines as a mere background of another.
    pub fn write_behind(&self, scene: &mut Scene, points: &[Point]) {
        for run in points.chunk_by(|a, b| self.is_joined(a, b)).filter(|run| run.len() > 1) {
            scene.path(Role::FadedLine, run.iter().map(|point| point.at).collect(), 1.0);
        }
    }

    /// Whether a line goes from one point to another.
    fn is_joined(&self, a: &Point, b: &Point) -> bool {
        a.series == b.series && self.data.is_joined(a.category, b.category)
    }
}

pub fn is_dense(columns: &[f64]) -> bool {
    let near = columns.windows(2).filter(|pair| pair[1] - pair[0] < DENSE).count();
    2 * near > columns.len().saturating_sub(1)
}

/// Half the way from a category to the next.
pub fn half(columns: &[f64]) -> f64 {
    columns.windows(2).map(|pair| (pair[1] - pair[0]) / 2.0).fold(20.0, f64::min)
}

/// Whether a point is where its line ends, and is the mark by which a name beside it is known.
pub fn is_last(data: &ChartData, point: &Point) -> bool {
    let values = data.series.get(point.series).map(|series| &series.values);
    let last = values.and_then(|values| values.iter().rposition(|datum| datum.value.is_some()));
    data.series.len() > 1 && last == Some(point.category)
}
