//! Contrast of the publisher's colours and of those that charts are drawn in.

use super::Check;
use crate::chart;
use crate::colour::{DARK_GROUND, Rgb, WHITE, contrast};
use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::document::resolved::Theme;

/// Text on its ground, by WCAG 1.4.3.
const TEXT: f64 = 4.5;

/// Headings and links on light and dark ground.
pub fn theme(theme: &Theme) -> Check {
    let pairs = [
        (say!("the accent on white"), &theme.accent, WHITE),
        (say!("the accent on dark ground"), &theme.accent_dark, DARK_GROUND),
    ];
    let measured = pairs
        .map(|(name, colour, ground)| (name, Rgb::parse(colour).map_or(0.0, |colour| contrast(colour, ground)), TEXT));
    check(say!("contrast of headings and links"), &measured)
}

/// Fields beside each other, marks on their ground and text on fields.
pub fn charts(theme: &Theme) -> Check {
    let pairs = Rgb::parse(&theme.accent).map(chart::contrasts).unwrap_or_default();
    check(say!("contrast within charts"), &pairs)
}

fn check(what: Said, pairs: &[(Said, f64, f64)]) -> Check {
    let lowest = |least: f64| {
        let of_kind = pairs.iter().filter(|(_, _, wanted)| (wanted - least).abs() < 0.01);
        of_kind.map(|(_, measured, _)| *measured).reduce(f64::min)
    };
    let kinds = [(TEXT, say!("text")), (3.0, say!("fields and marks"))];
    let told = kinds.iter().filter_map(|(least, name)| {
        // Rounded down, so that nothing looks better than it is.
        lowest(*least).map(|low| {
            say!("{what} at least {contrast}:1", what = name, contrast = format!("{:.1}", (low * 10.0).floor() / 10.0))
        })
    });
    let faults = pairs.iter().filter(|(_, measured, least)| measured < least).map(|(name, measured, least)| {
        Diagnostic::error(
            Code::CHART_COLOUR,
            say!(
                "{what} has a contrast of {measured}:1, {least}:1 is needed",
                least,
                what = name,
                measured = format!("{measured:.2}")
            ),
        )
        .help(say!("choose a darker accent in belagg.yaml"))
    });
    Check {
        what,
        found: say!("{count} pairs: {told}", count = pairs.len(), told = Said::list(told, ", ")),
        faults: faults.collect(),
    }
}
