//! Charts: from the data of a table to a picture (SVG, through plotters) and to words (text alternative).
//!
//! A layout (`bars`, `columns`, `line`, `points`, `heat`, `map`) turns data into a [`scene`] of shapes with roles; `paint` draws the
//! scene through plotters into SVG, where each role is a class with a colour for light ground and one for dark. Text is
//! measured with the [`Fonts`] that the caller gives, so that the same data gives the same bytes on every machine.

mod allowed;
mod axis;
mod bar_table;
mod bars;
mod box_plot;
mod calendar;
mod check;
mod classes;
mod clearing;
mod colour;
mod columns;
mod describe;
mod fits;
mod fold;
mod font;
mod grid;
mod hatching;
mod heat;
mod held;
mod hidden;
mod histogram;
mod icons;
mod key;
mod line;
mod map;
mod marked;
mod measured;
mod paint;
mod panels;
mod points;
mod problem;
mod quartiles;
mod rows;
mod scale;
mod scene;
mod slope;
mod sparklines;
mod spread;
mod strip;
mod strip_plot;
mod taken;
mod telling;
#[cfg(test)]
mod tests;
mod time;
mod told;
mod waffle;

pub use check::{check, room};
pub use describe::{Description, describe};
pub use font::{Fonts, SANS_REGULAR, SANS_SEMIBOLD};
pub use marked::{Highlight, Level, Marked, Open, Period, Reference, Remark};
pub use problem::Problem;
pub use time::Times;

pub use crate::document::data::{Bins, Fold, Labels, Map, Mark, Orientation};

use crate::colour::Rgb;
use crate::diagnostic::{Said, say};
use scene::{Scene, Spacing, Words};

/// Fills the template that a key stands for with named values, in the report's language.
pub type Label<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> String;

/// What the values are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Number of `unit` ("ärenden"); the unit may be empty.
    Count {
        unit: String,
    },
    /// Percent of a base that is named ("de granskade ärendena"); may be empty.
    Percent {
        of: String,
    },
    Amount {
        unit: String,
    },
    /// Columns of different measures beside each other.
    Mixed,
}

/// One value as it is drawn and as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum {
    /// Length or position on the scale; none for a blank cell, which is then drawn as its mark alone.
    pub value: Option<f64>,
    /// The number as the report prints it ("1 234", "62,5", or the blank cell's mark). Always shown as the direct label.
    pub text: String,
    /// Why the cell is blank, in words ("uppgift saknas").
    pub blank: Option<String>,
    /// There is a value, and it is not told: nothing in the picture or its words may lie where it lies.
    pub hidden: bool,
    /// Between what it lies: the lower and the upper end.
    pub interval: Option<(Level, Level)>,
}

impl Datum {
    /// Where it is drawn, if it has a value.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        Some(Level { value: self.value?, text: self.text.clone() })
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub label: String,
    /// One datum a category.
    pub values: Vec<Datum>,
}

/// A chart ready to draw: checked, ordered, its numbers formatted in the report's language.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartData {
    pub id: String,
    pub mark: Mark,
    /// Which way bars go; none where the data decides.
    pub orientation: Option<Orientation>,
    /// Caption without markup.
    pub title: String,
    /// What the categories are ("Diagnos", "År"): the header of the table's first column.
    pub category_label: String,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
    pub measure: Measure,
    /// For a line: where the scale starts; 0 otherwise.
    pub axis_from: Option<f64>,
    /// The points of time that the categories are; none where they are something else.
    pub times: Option<Times>,
    /// Which values of a line are written beside it; none where the room decides.
    pub labels: Option<Labels>,
    /// The regions that the categories are, for a map.
    pub map: Option<Map>,
    /// The classes that the categories are, for a histogram.
    pub bins: Option<Bins>,
    pub marked: Marked,
    /// Which rows of many are drawn each by itself.
    pub fold: Option<Fold>,
    /// The category that stands for several, as it is drawn.
    pub others: Option<usize>,
    /// Each series is drawn in a panel of its own.
    pub panels: bool,
}

impl ChartData {
    /// The values of a category that are stacked, as parts of the whole bar: of the largest sum, or of the own sum.
    #[must_use]
    pub fn parts(&self, category: usize) -> Vec<f64> {
        let whole = match self.mark {
            Mark::PercentBar => self.sum(category),
            _ => self.whole(),
        };
        if self.is_marked_only(category) {
            return vec![0.0; self.series.len()];
        }
        let values = self.series.iter().map(|series| series.values.get(category).and_then(|datum| datum.value));
        values.map(|value| if whole > 0.0 { value.unwrap_or(0.0) / whole } else { 0.0 }).collect()
    }

    /// The largest sum of a category's values.
    #[must_use]
    pub fn whole(&self) -> f64 {
        (0..self.categories.len()).map(|category| self.sum(category)).fold(0.0, f64::max)
    }

    /// Whether a value of a category is protected.
    #[must_use]
    pub fn has_hidden(&self, category: usize) -> bool {
        self.series.iter().filter_map(|series| series.values.get(category)).any(|datum| datum.hidden)
    }

    /// Whether any value of the chart is protected.
    #[must_use]
    pub fn hides(&self) -> bool {
        (0..self.categories.len()).any(|category| self.has_hidden(category))
    }

    /// Whether a stack is drawn as its mark alone, since its whole is known: the length of the parts that are told would tell the rest.
    #[must_use]
    pub fn is_marked_only(&self, category: usize) -> bool {
        let whole_is_known = match self.mark {
            Mark::PercentBar => true,
            Mark::StackedBar => matches!(self.measure, Measure::Percent { .. }),
            _ => false,
        };
        whole_is_known && self.has_hidden(category)
    }

    fn sum(&self, category: usize) -> f64 {
        self.series.iter().filter_map(|series| series.values.get(category)?.value).sum()
    }

    /// Where the categories stand from the first to the last, from 0 to 1: points of time by their time.
    fn places(&self) -> Vec<f64> {
        let steps = self.categories.len().saturating_sub(1).max(1) as f64;
        let even = || (0..self.categories.len()).map(|index| index as f64 / steps).collect();
        self.times.as_ref().map_or_else(even, Times::parts)
    }

    /// Whether a line goes on from one category to another: to the next, where no time is missing between them.
    fn is_joined(&self, before: usize, after: usize) -> bool {
        before + 1 == after && !self.times.as_ref().is_some_and(|times| times.is_gap(before, after))
    }

    /// Bars of points of time stand, since time goes to the right; others lie, since their names need the room.
    fn wanted_orientation(&self) -> Orientation {
        let by_data = if self.times.is_some() { Orientation::Vertical } else { Orientation::Horizontal };
        self.orientation.unwrap_or(by_data)
    }
}

/// A drawn chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawing {
    pub svg: String,
    /// CSS pixels.
    pub width: u32,
    pub height: u32,
}

/// What a publisher decides of a chart's looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// `#rrggbb`; the colour of the first series.
    pub accent: String,
    /// The family that it is set in.
    pub font_family: String,
}

/// Draws a chart. The short alternative text and `description` are kept in the picture for screen readers; `label` gives the
/// words of that text and at the axis.
///
/// # Errors
/// When the accent is no colour, or [`check`] finds a problem.
pub fn draw(data: &ChartData, style: &Style, fonts: &Fonts, description: &str, label: Label) -> Result<Drawing, Said> {
    if let Some(problem) = check(data).into_iter().next() {
        return Err(problem.message);
    }
    let accent = Rgb::parse(&style.accent)
        .ok_or_else(|| say!("`{accent}` is no colour; write it as #rrggbb", accent = style.accent))?;
    let words = Words::new(data, label);
    let drawn = fold::drawn(data, &words, label);
    let scene = drawn.named(layout(&drawn.data, fonts, &words));
    let alternative = Description { alt: describe(data, fonts, label).alt, description: description.to_owned() };
    paint::paint(&scene, fonts, &data.id, &colour::Palette::new(accent), &style.font_family, &alternative)
}

/// The contrasts within charts in the colours of an accent: what stands against what, its contrast and the least that WCAG
/// asks for, on light and on dark ground.
#[must_use]
pub fn contrasts(accent: Rgb) -> Vec<(Said, f64, f64)> {
    colour::Palette::new(accent).contrasts()
}

/// The picture, with what the mark of protected values means where it has any.
fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let mut scene = plot(data, fonts, words);
    hidden::write_legend(&mut scene, data);
    scene
}

fn plot(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    match data.mark {
        Mark::Line | Mark::Area => line::layout(data, fonts, words),
        Mark::StackedArea => line::stack::layout(data, fonts, words),
        Mark::Dumbbell => Spacing::drawn(|spacing| points::dumbbell(data, fonts, words, spacing)),
        Mark::Dot => Spacing::drawn(|spacing| points::dots(data, fonts, words, spacing)),
        Mark::Heat => Spacing::drawn(|spacing| heat::layout(data, fonts, words, spacing)),
        Mark::Choropleth => map::layout(data, fonts, words),
        Mark::BarTable => Spacing::drawn(|spacing| bar_table::layout(data, fonts, words, spacing)),
        Mark::Sparklines => Spacing::drawn(|spacing| sparklines::layout(data, fonts, words, spacing)),
        Mark::Slope => slope::layout(data, fonts, words),
        Mark::Histogram => histogram::layout(data, fonts, words),
        Mark::Strip => strip_plot::layout(data, fonts, words),
        Mark::BoxPlot => Spacing::drawn(|spacing| box_plot::layout(data, fonts, words, spacing)),
        Mark::Waffle => waffle::layout(data, fonts, words),
        Mark::Icons => icons::layout(data, fonts, words),
        Mark::Bar | Mark::GroupedBar | Mark::StackedBar | Mark::PercentBar => {
            let stands = data.wanted_orientation() == Orientation::Vertical;
            let standing = stands.then(|| columns::layout(data, fonts, words)).flatten();
            standing.unwrap_or_else(|| bars::layout(data, fonts, words))
        }
    }
}

/// How bars are drawn: standing bars are laid down when the names of their categories have no room beside each other.
fn drawn_orientation(data: &ChartData, fonts: &Fonts, words: &Words) -> Orientation {
    let lies = || columns::layout(data, fonts, words).is_none();
    let wanted = data.wanted_orientation();
    if wanted == Orientation::Vertical && lies() { Orientation::Horizontal } else { wanted }
}

/// Whether bars that the author wants to stand lie, since the names of their categories have no room beside each other.
#[must_use]
pub fn is_turned(data: &ChartData, fonts: &Fonts, label: Label) -> bool {
    let wants = data.mark.is_bar() && data.orientation == Some(Orientation::Vertical);
    let words = Words::new(data, label);
    wants && drawn_orientation(&fold::drawn(data, &words, label).data, fonts, &words) == Orientation::Horizontal
}

/// In how many columns of how many bars a chart of many rows is drawn, where its author has not chosen; none where there are few, or where they are points of
/// time.
#[must_use]
pub fn many(data: &ChartData, fonts: &Fonts, label: Label) -> Option<(usize, usize)> {
    let count = data.categories.len();
    let is_many = data.mark.is_bar() && data.times.is_none() && data.fold.is_none() && count > bars::ROWS;
    is_many.then(|| (bars::columns(data, fonts, &Words::new(data, label)), count))
}
