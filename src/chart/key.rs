//! What marks in the plot mean that have no words beside them.

use super::font::Fonts;
use super::scene::{Anchor, LINE, Role, SMALL, Scene, WIDTH};
use super::{ChartData, Mark};
use crate::document::annotation::Extent;

/// What lines and bands in small multiples are, told once for all. Returns where the key ends.
pub fn write_all(scene: &mut Scene, data: &ChartData, fonts: &Fonts, y: f64) -> f64 {
    let references = data.marked.references.iter().map(|reference| match reference.extent {
        Extent::At(_) => (Role::Reference, reference.words.as_str()),
        Extent::Between(..) => (Role::ValueBand, reference.words.as_str()),
    });
    let periods = data.marked.periods.iter().map(|period| match period.extent {
        Extent::At(_) => (Role::Axis, period.label.as_str()),
        Extent::Between(..) => (Role::Band, period.label.as_str()),
    });
    let not_final = if data.mark == Mark::Bar { Role::Outline(0) } else { Role::Broken(0) };
    let open = data.marked.open.iter().map(|open| (not_final, open.words.as_str()));
    write(scene, fonts, y, references.chain(periods).chain(open))
}

/// What outlined fields are.
pub fn write_open(scene: &mut Scene, data: &ChartData, fonts: &Fonts, y: f64) -> f64 {
    write(scene, fonts, y, data.marked.open.iter().map(|open| (Role::Outline(0), open.words.as_str())))
}

fn write<'a>(scene: &mut Scene, fonts: &Fonts, mut y: f64, keys: impl Iterator<Item = (Role, &'a str)>) -> f64 {
    let before = y;
    for (role, words) in keys {
        match role {
            Role::ValueBand | Role::Band | Role::Outline(_) => scene.rect(role, 0.0, y + 3.0, 20.0, 14.0),
            _ => scene.line(role, (0.0, y + 10.0), (20.0, y + 10.0), 2.0),
        }
        for line in fonts.wrap(words, SMALL, false, WIDTH - 30.0, 3) {
            scene.small(Anchor::Start, 28.0, y + 10.0, &line);
            y += LINE;
        }
    }
    if y > before { y + 8.0 } else { y }
}
