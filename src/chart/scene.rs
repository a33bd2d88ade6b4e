//! What a picture consists of, before it is painted: shapes in pixels, each with a role that later becomes a class and a
//! colour. Layouts are pure functions from data to a scene.

use super::calendar::Calendar;
use super::colour::SHADES;
use super::font::Fonts;
use super::scale::Signs;
use super::{ChartData, Datum, Highlight, Label, Mark, measured};
use std::ops::Range;

/// Width of every chart in pixels.
pub const WIDTH: f64 = 640.0;
/// Size of labels.
pub const TEXT: f64 = 15.0;
/// Size of the words at an axis and of its numbers.
pub const SMALL: f64 = 14.0;
/// Distance of two lines of a label.
pub const LINE: f64 = 18.0;
/// Higher pictures are made smaller in print (165 mm at most), and their smallest words would be under 7 points.
pub const TALLEST: f64 = 930.0;
/// From the middle of a line down to its baseline, in parts of the size.
const MIDDLE: f64 = 0.33;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Label,
    Muted,
    Grid,
    Axis,
    /// Joins the two values of a dumbbell.
    Link,
    /// A line that values are held against, and its rim over fields.
    Reference,
    Rim,
    /// Behind a period.
    Band,
    /// Behind a band of values.
    ValueBand,
    /// Between the ends of a value's interval.
    Whisker,
    /// A field, or a mark, that stands back.
    Faded,
    FadedLine,
    FadedBroken,
    Area(usize),
    Line(usize),
    /// A part of a line whose values are not final.
    Broken(usize),
    /// A field whose value is not final.
    Outline(usize),
    /// Behind a line: between the ends of its intervals.
    Ribbon(usize),
    Mark(usize),
    OnArea(usize),
    Shade(usize),
    OnShade(usize),
    /// A shade with an outline.
    Region(usize),
    /// An outline around what is not known, and the lines across it.
    Unknown,
    Hatch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug, Clone)]
pub struct Text {
    pub role: Role,
    pub x: f64,
    pub baseline: f64,
    pub anchor: Anchor,
    pub size: f64,
    pub bold: bool,
    pub text: String,
}

#[derive(Debug, Clone)]
pub enum Shape {
    Rect {
        role: Role,
        area: Area,
    },
    Path {
        role: Role,
        points: Vec<(f64, f64)>,
        width: f64,
    },
    /// A field of any shape: outlines and holes.
    Region {
        role: Role,
        rings: Vec<Vec<(f64, f64)>>,
    },
    /// A mark with the shape of a series.
    Marker {
        role: Role,
        shape: usize,
        at: (f64, f64),
    },
    /// One of many marks.
    Dot {
        role: Role,
        at: (f64, f64),
        radius: f64,
    },
    Text(Text),
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

impl Text {
    /// The room that the text takes.
    pub fn area(&self, fonts: &Fonts) -> Area {
        let width = fonts.width(&self.text, self.size, self.bold);
        let x = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Area { x, y: self.baseline - 0.72 * self.size, width, height: 0.92 * self.size }
    }
}

/// What a stretch of shapes is drawn for. The page finds by it what answers its reader: series and category are the column and the
/// row of the chart's table, so that nothing which stands there is repeated in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// One value: its mark and its label.
    Value { series: usize, category: usize },
    /// A line whose corners are the values from a category on, one after the other.
    Run { series: usize, first: usize },
    /// What else belongs to a series: its name, its area.
    Series(usize),
    /// Its entry in the legend.
    Key(usize),
}

#[derive(Debug, Clone, Default)]
pub struct Scene {
    pub height: f64,
    pub shapes: Vec<Shape>,
    /// In the order of the shapes; no stretch within another.
    owned: Vec<(Range<usize>, Owner)>,
}

impl Scene {
    /// Draws what stands for a value, a line or a series.
    pub fn own<T>(&mut self, owner: Owner, draw: impl FnOnce(&mut Self) -> T) -> T {
        let first = self.shapes.len();
        let drawn = draw(self);
        self.owned.push((first..self.shapes.len(), owner));
        drawn
    }

    /// The shapes in their order, in stretches with what each is drawn for.
    pub fn stretches(&self) -> impl Iterator<Item = (Option<Owner>, &[Shape])> {
        let mut free = 0;
        let owned = self.owned.iter().map(|(range, owner)| (range.clone(), Some(*owner)));
        let end = self.shapes.len();
        owned.chain([(end..end, None)]).flat_map(move |(range, owner)| {
            let before = self.shapes.get(free..range.start).unwrap_or_default();
            free = range.end;
            [(None, before), (owner, self.shapes.get(range).unwrap_or_default())]
        })
    }

    /// The same shapes, drawn for what `name` makes of each owner; for nothing where it makes none.
    pub fn owned_by(self, name: impl Fn(Owner) -> Option<Owner>) -> Self {
        let owned = self.owned.into_iter().filter_map(|(range, owner)| Some((range, name(owner)?)));
        Self { owned: owned.collect(), ..self }
    }

    pub fn rect(&mut self, role: Role, x: f64, y: f64, width: f64, height: f64) {
        self.shapes.push(Shape::Rect { role, area: Area { x, y, width, height } });
    }

    pub fn line(&mut self, role: Role, from: (f64, f64), to: (f64, f64), width: f64) {
        self.path(role, vec![from, to], width);
    }

    pub fn path(&mut self, role: Role, points: Vec<(f64, f64)>, width: f64) {
        self.shapes.push(Shape::Path { role, points, width });
    }

    pub fn region(&mut self, role: Role, rings: Vec<Vec<(f64, f64)>>) {
        self.shapes.push(Shape::Region { role, rings });
    }

    pub fn marker(&mut self, series: usize, at: (f64, f64)) {
        self.mark(Role::Mark(series), series, at);
    }

    /// A mark with the shape of a series in another role.
    pub fn mark(&mut self, role: Role, shape: usize, at: (f64, f64)) {
        self.shapes.push(Shape::Marker { role, shape, at });
    }

    pub fn dot(&mut self, role: Role, at: (f64, f64), radius: f64) {
        self.shapes.push(Shape::Dot { role, at, radius });
    }

    /// A line between the ends of an interval, with a cap at each and a rim by which it is seen over a field.
    pub fn whisker(&mut self, from: (f64, f64), to: (f64, f64)) {
        let across = if from.0 == to.0 { (4.0, 0.0) } else { (0.0, 4.0) };
        let caps = [from, to].map(|(x, y)| ((x - across.0, y - across.1), (x + across.0, y + across.1)));
        for (role, width) in [(Role::Rim, 3.5), (Role::Whisker, 1.5)] {
            for (from, to) in [(from, to)].into_iter().chain(caps) {
                self.line(role, from, to, width);
            }
        }
    }

    /// A label of one line whose middle is at `y`.
    pub fn label(&mut self, role: Role, anchor: Anchor, x: f64, y: f64, text: &str) {
        self.shapes.push(Shape::Text(label(role, anchor, x, y, text)));
    }

    /// A label of another size, its middle at `y`.
    pub fn sized(&mut self, role: Role, anchor: Anchor, (x, y): (f64, f64), (size, bold): (f64, bool), text: &str) {
        let text = Text { size, bold, baseline: y + MIDDLE * size, ..label(role, anchor, x, y, text) };
        self.shapes.push(Shape::Text(text));
    }

    /// Lines of text whose block has its middle at `y`.
    pub fn block(&mut self, role: Role, anchor: Anchor, x: f64, y: f64, lines: &[String], bold: bool) {
        let first = y - (lines.len() as f64 - 1.0) * LINE / 2.0;
        for (index, line) in lines.iter().enumerate() {
            let middle = first + index as f64 * LINE;
            self.shapes.push(Shape::Text(Text { bold, ..label(role, anchor, x, middle, line) }));
        }
    }

    /// A number or word at an axis, its middle at `y`.
    pub fn small(&mut self, anchor: Anchor, x: f64, y: f64, text: &str) {
        let text = Text { size: SMALL, baseline: y + MIDDLE * SMALL, ..label(Role::Muted, anchor, x, y, text) };
        self.shapes.push(Shape::Text(text));
    }
}

/// How near to each other rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    Roomy,
    Tight,
}

impl Spacing {
    pub fn choice<T>(self, roomy: T, tight: T) -> T {
        match self {
            Self::Roomy => roomy,
            Self::Tight => tight,
        }
    }

    /// Draws rows with room about them, or nearer to each other where the picture would be too high.
    pub fn drawn(draw: impl Fn(Self) -> Scene) -> Scene {
        let roomy = draw(Self::Roomy);
        if roomy.height <= TALLEST { roomy } else { draw(Self::Tight) }
    }
}

/// A label of one line whose middle is at `y`.
pub fn label(role: Role, anchor: Anchor, x: f64, y: f64, text: &str) -> Text {
    Text { role, x, baseline: y + MIDDLE * TEXT, anchor, size: TEXT, bold: false, text: text.to_owned() }
}

/// The words and signs of the report's language that stand in a picture.
#[derive(Debug, Clone)]
pub struct Words {
    /// What is measured: "Antal ärenden".
    pub axis: String,
    /// The same where no numbers stand in the bars.
    pub axis_alone: String,
    pub signs: Signs,
    pub calendar: Calendar,
    pub median: String,
}

impl Default for Words {
    fn default() -> Self {
        let signs = Signs { decimal: ".".into(), group: "\u{a0}".into() };
        Self {
            axis: String::new(),
            axis_alone: String::new(),
            signs,
            calendar: Calendar::default(),
            median: String::new(),
        }
    }
}

impl Words {
    pub fn new(data: &ChartData, label: Label) -> Self {
        let signs = Signs { decimal: label("alt_sign_decimal", &[]), group: label("alt_sign_group", &[]) };
        let (axis, axis_alone) = (measured::axis(data, true, label), measured::axis(data, false, label));
        Self { axis, axis_alone, signs, calendar: Calendar::new(label), median: label("chart_median", &[]) }
    }
}

/// How a legend shows a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Square,
    Marker,
}

/// Writes what is measured and, for several series, the legend. Returns where the plot may begin.
pub fn header(scene: &mut Scene, data: &ChartData, fonts: &Fonts, words: &Words, key: Option<Key>) -> f64 {
    let mut y = 0.0;
    if !words.axis.is_empty() {
        for line in fonts.wrap(&words.axis, SMALL, false, WIDTH, 3) {
            scene.small(Anchor::Start, 0.0, y + 10.0, &line);
            y += LINE;
        }
        y += 6.0;
    }
    let Some(key) = key.filter(|_| data.series.len() > 1) else { return y + 4.0 };
    let (mut x, mut lines) = (0.0, 1.0);
    for (index, series) in data.series.iter().enumerate() {
        let name = fonts.wrap(&series.label, TEXT, false, WIDTH - 40.0, 3);
        let width = 19.0 + name.iter().map(|line| fonts.width(line, TEXT, false)).fold(0.0, f64::max);
        if x > 0.0 && x + width > WIDTH {
            x = 0.0;
            y += lines * LINE + 4.0;
            lines = 1.0;
        }
        lines = f64::max(lines, name.len() as f64);
        scene.own(Owner::Key(index), |scene| {
            match key {
                Key::Square => scene.rect(data.field(index, None), x, y + 4.0, 13.0, 13.0),
                Key::Marker => scene.mark(data.mark_of(index, None), index, (x + 6.5, y + 10.5)),
            }
            let middle = y + 10.5 + (name.len() as f64 - 1.0) * LINE / 2.0;
            scene.block(Role::Label, Anchor::Start, x + 19.0, middle, &name, false);
        });
        x += width + 22.0;
    }
    y + lines * LINE + 14.0
}

/// The labels of the categories, for a column at the left.
pub struct Categories {
    pub lines: Vec<Vec<String>>,
    /// Where the plot begins: right of the widest label.
    pub plot: f64,
}

impl Categories {
    /// Widest that the column of labels may be.
    pub const LIMIT: f64 = 232.0;

    pub fn new(data: &ChartData, fonts: &Fonts) -> Self {
        Self::within(data, fonts, Self::LIMIT)
    }

    pub fn within(data: &ChartData, fonts: &Fonts, limit: f64) -> Self {
        let lines: Vec<_> = data.categories.iter().map(|label| fonts.wrap(label, TEXT, false, limit, 3)).collect();
        let widest = lines.iter().flatten().map(|line| fonts.width(line, TEXT, false)).fold(0.0, f64::max);
        Self { lines, plot: (widest + 12.0).ceil() }
    }

    /// Height of a category's label.
    pub fn height(&self, category: usize) -> f64 {
        self.lines.get(category).map_or(0.0, |lines| lines.len() as f64 * LINE)
    }

    /// Writes a category's label with its middle at `y`.
    pub fn write(&self, scene: &mut Scene, category: usize, y: f64) {
        self.write_from(scene, category, (0.0, y));
    }

    /// The same where the column of labels begins at `x`.
    pub fn write_from(&self, scene: &mut Scene, category: usize, (x, y): (f64, f64)) {
        if let Some(lines) = self.lines.get(category) {
            scene.block(Role::Label, Anchor::End, x + self.plot - 10.0, y, lines, false);
        }
    }
}

/// The smallest and the largest of what is drawn along the scale, zero included.
pub fn range(data: &ChartData) -> (f64, f64) {
    match data.mark {
        Mark::PercentBar => return (0.0, 100.0),
        Mark::StackedBar | Mark::StackedArea => return (0.0, data.whole()),
        _ => {}
    }
    let datums = || data.series.iter().flat_map(|series| &series.values);
    let intervals =
        datums().filter_map(|datum| datum.interval.as_ref()).flat_map(|(low, high)| [low.value, high.value]);
    let values = datums().filter_map(|datum| datum.value).chain(intervals).chain(data.marked.levels());
    values.fold((0.0, 0.0), |(low, high), value| (f64::min(low, value), f64::max(high, value)))
}

impl ChartData {
    /// How the field of a series is drawn in a category, or in the legend.
    pub fn field(&self, series: usize, category: Option<usize>) -> Role {
        match category {
            _ if !self.counts(series, category) => Role::Faded,
            Some(category) if self.others == Some(category) => Role::Faded,
            Some(category) if self.marked.is_open(category) => Role::Outline(self.hue(series)),
            _ => Role::Area(self.hue(series)),
        }
    }

    /// How the mark of a series is drawn.
    pub fn mark_of(&self, series: usize, category: Option<usize>) -> Role {
        let stands_for_others = category.is_some() && category == self.others;
        if self.counts(series, category) && !stands_for_others { Role::Mark(self.hue(series)) } else { Role::Faded }
    }

    fn counts(&self, series: usize, category: Option<usize>) -> bool {
        match (&self.marked.highlight, category) {
            (Some(Highlight::Categories(_)), None) => true,
            (_, category) => self.marked.counts(series, category.unwrap_or(0)),
        }
    }
}

/// Whether a value of a stack needs no label: a zero beside segments is seen by its absence, and stands in the table.
pub fn is_nothing(datum: &Datum, bar_stands: bool) -> bool {
    bar_stands && datum.value == Some(0.0)
}

/// The shade of a value between the smallest and the largest.
pub fn shade(value: f64, low: f64, high: f64) -> usize {
    if high <= low {
        return SHADES / 2;
    }
    (((value - low) / (high - low) * SHADES as f64) as usize).min(SHADES - 1)
}
