//! What marks in the plot mean that have no words beside them.

use super::font::Fonts;
use super::scene::{Anchor, Area, LINE, Role, SMALL, Scene, WIDTH};
use super::{ChartData, Mark, hatching};
use crate::document::annotation::Extent;

/// What stands before words.
#[derive(Debug, Clone, Copy)]
enum Sign {
    Line(Role),
    Field(Role),
    Hatched,
}

impl Sign {
    /// Of fields that are not final: of the first kind in outline, of others hatched.
    fn of_field(nth: usize) -> Self {
        if nth == 0 { Self::Field(Role::Outline(0)) } else { Self::Hatched }
    }
}

/// What lines and bands in small multiples are, told once for all. Returns where the key ends.
pub fn write_all(scene: &mut Scene, data: &ChartData, fonts: &Fonts, y: f64) -> f64 {
    let references = data.marked.references.iter().map(|reference| match reference.extent {
        Extent::At(_) => (Sign::Line(Role::Reference), reference.words.as_str()),
        Extent::Between(..) => (Sign::Field(Role::ValueBand), reference.words.as_str()),
    });
    let periods = data.marked.periods.iter().map(|period| match period.extent {
        Extent::At(_) => (Sign::Line(Role::Axis), period.label.as_str()),
        Extent::Between(..) => (Sign::Field(Role::Band), period.label.as_str()),
    });
    let open = data.marked.open.iter().enumerate().map(|(nth, open)| {
        let sign = if data.mark == Mark::Bar { Sign::of_field(nth) } else { Sign::Line(Role::Broken(0)) };
        (sign, open.words.as_str())
    });
    write(scene, fonts, y, references.chain(periods).chain(open))
}

/// What outlined fields are.
pub fn write_open(scene: &mut Scene, data: &ChartData, fonts: &Fonts, y: f64) -> f64 {
    let open = data.marked.open.iter().enumerate().map(|(nth, open)| (Sign::of_field(nth), open.words.as_str()));
    write(scene, fonts, y, open)
}

fn write<'a>(scene: &mut Scene, fonts: &Fonts, mut y: f64, keys: impl Iterator<Item = (Sign, &'a str)>) -> f64 {
    let before = y;
    for (sign, words) in keys {
        let field = Area { x: 0.0, y: y + 3.0, width: 20.0, height: 14.0 };
        match sign {
            Sign::Line(role) => scene.line(role, (0.0, y + 10.0), (20.0, y + 10.0), 2.0),
            Sign::Field(role) => scene.rect(role, field.x, field.y, field.width, field.height),
            Sign::Hatched => {
                scene.rect(Role::Outline(0), field.x, field.y, field.width, field.height);
                hatching::hatch_field(scene, 0, field);
            }
        }
        for line in fonts.wrap(words, SMALL, false, WIDTH - 30.0, 3) {
            scene.small(Anchor::Start, 28.0, y + 10.0, &line);
            y += LINE;
        }
    }
    if y > before { y + 8.0 } else { y }
}
