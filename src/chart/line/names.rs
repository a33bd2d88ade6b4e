//! The names of lines, each at its end, and of what they are held against.

use super::super::font::Fonts;
use super::super::scene::{Anchor, Area, LINE, Owner, Role, Scene, Shape, TEXT, Text, label};
use super::super::spread::{Wanted, spread};
use super::super::{ChartData, Datum};

/// From the end of the plot to the names.
const GAP: f64 = 16.0;
/// Widest that a name may be before it breaks into lines.
const WIDEST: f64 = 142.0;
/// Farther from its line a name is no longer read as its.
const MOST_MOVED: f64 = 64.0;
/// What has moved farther is joined to its line.
const JOINED: f64 = 5.0;

/// What stands at the right of the plot.
#[derive(Debug)]
pub struct Name {
    lines: Vec<Text>,
    pub width: f64,
    /// The line that it names; none of a reference.
    pub series: Option<usize>,
    /// Whether the line's last value stands with its name.
    pub with_value: bool,
}

/// The names of the lines, with their last values where `values` are told, and the words of the references.
pub fn names(data: &ChartData, fonts: &Fonts, (direct, values): (bool, bool)) -> Vec<Name> {
    let series = data.series.iter().enumerate().filter(|_| direct && data.series.len() > 1);
    let lines = series.map(|(index, series)| {
        let last = series.values.last().filter(|datum| values && datum.value.is_some());
        line_name(data, fonts, index, last)
    });
    lines.chain(references(data, fonts)).collect()
}

/// The words of what values are held against.
pub fn references(data: &ChartData, fonts: &Fonts) -> Vec<Name> {
    let references = data.marked.references.iter().map(|reference| {
        let lines = fonts.wrap(&reference.words, TEXT, false, WIDEST, 4);
        let lines = lines.iter().map(|line| label(Role::Muted, Anchor::Start, 0.0, 0.0, line)).collect();
        Name::new(lines, fonts, None)
    });
    references.collect()
}

fn line_name(data: &ChartData, fonts: &Fonts, index: usize, last: Option<&Datum>) -> Name {
    let counts = data.marked.counts(index, usize::MAX);
    let role = if counts { Role::Label } else { Role::Muted };
    let text = |text: &str, bold: bool| Text { bold, ..label(role, Anchor::Start, 0.0, 0.0, text) };
    let words = fonts.wrap(&data.series[index].label, TEXT, counts, WIDEST, 3);
    let mut lines: Vec<Text> = words.iter().map(|line| text(line, counts)).collect();
    if let (Some(datum), Some(end)) = (last, lines.last()) {
        let width = fonts.width(&end.text, TEXT, counts) + 6.0;
        let beside = width + fonts.width(&datum.text, TEXT, false) <= WIDEST;
        let value = text(&datum.text, false);
        // Beside the name's last line, or a line of its own.
        lines.push(if beside { Text { x: width, ..value } } else { value });
    }
    Name { with_value: last.is_some(), ..Name::new(lines, fonts, Some(index)) }
}

impl Name {
    fn new(mut lines: Vec<Text>, fonts: &Fonts, series: Option<usize>) -> Self {
        // Where each begins below the first; what stands beside another is on its line.
        let mut row = -1.0;
        for text in &mut lines {
            row += if text.x > 0.0 { 0.0 } else { 1.0 };
            text.baseline += row * LINE;
        }
        let width = lines.iter().map(|text| text.x + fonts.width(&text.text, TEXT, text.bold)).fold(0.0, f64::max);
        Self { lines, width, series, with_value: false }
    }

    fn height(&self) -> f64 {
        let rows = self.lines.iter().filter(|text| text.x == 0.0).count();
        rows as f64 * LINE
    }
}

/// The room that names need at the right of the plot.
pub fn room(names: &[Name]) -> f64 {
    let widest = names.iter().map(|name| name.width).fold(0.0, f64::max);
    if names.is_empty() { 0.0 } else { widest + GAP }
}

/// Writes each name at the height of its line's end, where others let it, and joins those that had to move to it. Returns the room that they take; none
/// where names would stand too far from their lines.
pub fn write_names(
    scene: &mut Scene,
    fonts: &Fonts,
    names: &[Name],
    ends: &[Option<(f64, f64)>],
    (x, top, bottom): (f64, f64, f64),
) -> Option<Vec<Area>> {
    let known: Vec<(&Name, (f64, f64))> =
        names.iter().zip(ends).filter_map(|(name, end)| Some((name, (*end)?))).collect();
    let wanted: Vec<Wanted> = known.iter().map(|(name, (_, y))| Wanted { middle: *y, length: name.height() }).collect();
    let middles = spread(&wanted, (top - LINE, bottom + LINE))?;
    let mut taken = Vec::new();
    for ((name, (from, y)), middle) in known.into_iter().zip(middles) {
        if (middle - y).abs() > MOST_MOVED {
            return None;
        }
        let first = middle - (name.height() - LINE) / 2.0;
        let texts =
            name.lines.iter().map(|text| Text { x: x + GAP + text.x, baseline: text.baseline + first, ..text.clone() });
        taken.extend(texts.clone().map(|text| text.area(fonts)));
        let mut shapes: Vec<Shape> = texts.map(Shape::Text).collect();
        if (middle - y).abs() > JOINED || from < x - 8.0 {
            let elbow = (from + 12.0).min((x + GAP - 10.0).max(from));
            let points = vec![(from + 7.0, y), (elbow, y), (x + GAP - 4.0, middle)];
            shapes.push(Shape::Path { role: Role::Axis, points, width: 1.0 });
        }
        match name.series {
            Some(series) => scene.own(Owner::Series(series), |scene| scene.shapes.extend(shapes)),
            None => scene.shapes.extend(shapes),
        }
    }
    Some(taken)
}
