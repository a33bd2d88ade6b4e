//! The palettes that follow from a publisher's accent.

use crate::colour::{Rgb, WHITE, contrast};
use crate::diagnostic::{Said, say};

/// The darkest ground and ink: text on light fields, in both modes.
pub const INK: Rgb = Rgb(0x16, 0x1b, 0x1f);

/// The colour of text on a field, for the better contrast.
pub fn text_on(field: Rgb) -> Rgb {
    if contrast(WHITE, field) >= contrast(INK, field) { WHITE } else { INK }
}

/// The lightest ground that a chart stands on in dark mode.
const DARK_PANEL: Rgb = Rgb(0x1b, 0x1f, 0x23);

/// One colour for light ground and one for dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tone {
    pub light: Rgb,
    pub dark: Rgb,
}

impl Tone {
    const fn new(light: Rgb, dark: Rgb) -> Self {
        Self { light, dark }
    }

    fn on(self) -> Self {
        Self::new(text_on(self.light), text_on(self.dark))
    }
}

/// Number of shades of a heat table.
pub const SHADES: usize = 5;

/// The colours of a chart.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What the chart stands on.
    pub ground: Tone,
    pub label: Tone,
    pub muted: Tone,
    pub axis: Tone,
    pub grid: Tone,
    /// Fields: each differs at least 3:1 from the one before, because dark and light alternate.
    pub areas: [Tone; 4],
    /// The same hues for lines, marks and outlines: at least 3:1 to the ground, which a light field may lack.
    pub lines: [Tone; 4],
    pub shades: [Tone; SHADES],
    /// The hues of the series as grounds: behind a line, and in an outline.
    pub ribbons: [Tone; 4],
    /// What stands back.
    pub faded: Tone,
    /// Behind a period.
    pub band: Tone,
}

/// A little over 3:1, since colours have whole numbers.
const APART: f64 = 3.06;

impl Palette {
    /// Derives the colours from the publisher's accent.
    pub fn new(accent: Rgb) -> Self {
        let (hue, saturation) = accent.hue();
        let level = accent.luminance();
        let light = APART * (level + 0.05) - 0.05;
        let other = if light <= 0.75 { light.max(0.27) } else { ((level + 0.05) / APART - 0.05).max(0.0) };

        // Hues that keep their distance to the accent and to each other. Neither pink nor a pair of pink and blue is among them.
        let far = |from: f64, to: f64| ((from - to).rem_euclid(360.0)).min((to - from).rem_euclid(360.0));
        let pick = |hues: [f64; 3], taken: &[f64]| {
            let room = |candidate: &f64| taken.iter().map(|hue| far(*hue, *candidate)).fold(360.0, f64::min);
            hues.into_iter().find(|hue| room(hue) >= 45.0).unwrap_or(hues[2])
        };
        let second = pick([38.0, 150.0, 205.0], &[hue]);
        let third = pick([285.0, 130.0, 20.0], &[hue]);
        let fourth = pick([150.0, 205.0, 38.0], &[hue, second]);
        let hues = [(hue, saturation), (second, 0.72), (third, 0.30), (fourth, 0.28)];

        let tone = |index: usize, (hue, saturation): (f64, f64)| {
            let (day, night) = if index.is_multiple_of(2) { (level, 0.172) } else { (other, 0.64) };
            let light = if index == 0 { accent } else { Rgb::with_luminance(hue, saturation, day) };
            Tone::new(light, Rgb::with_luminance(hue, saturation.min(0.6), night))
        };
        let areas = [0, 1, 2, 3].map(|index| tone(index, hues[index]));
        let lines = [0, 1, 2, 3].map(|index: usize| {
            let area = areas[index];
            let (hue, saturation) = hues[index];
            let light = if contrast(area.light, WHITE) >= 3.0 {
                area.light
            } else {
                Rgb::with_luminance(hue, saturation, 0.27)
            };
            Tone::new(light, area.dark)
        });

        let ribbons = hues.map(|(hue, saturation)| {
            let light = Rgb::with_luminance(hue, saturation.min(0.65), 0.80);
            Tone::new(light, Rgb::with_luminance(hue, saturation.min(0.45), 0.035))
        });
        let day = [0.86, 0.64, 0.44, 0.28, level.min(0.12)];
        let night = [0.025, 0.06, 0.12, 0.30, 0.52];
        let shades = [0, 1, 2, 3, 4].map(|step: usize| {
            let light = Rgb::with_luminance(hue, saturation.min(0.65), day[step]);
            Tone::new(light, Rgb::with_luminance(hue, saturation.min(0.45), night[step]))
        });
        Self {
            ground: Tone::new(WHITE, DARK_PANEL),
            label: Tone::new(Rgb(0x20, 0x26, 0x2b), Rgb(0xe8, 0xeb, 0xee)),
            muted: Tone::new(Rgb(0x4d, 0x59, 0x62), Rgb(0xb6, 0xbf, 0xc7)),
            axis: Tone::new(Rgb(0x6b, 0x77, 0x80), Rgb(0x8b, 0x97, 0xa1)),
            grid: Tone::new(Rgb(0xd9, 0xde, 0xe3), Rgb(0x3b, 0x44, 0x4c)),
            areas,
            lines,
            shades,
            ribbons,
            faded: Tone::new(Rgb(0x8b, 0x95, 0x9d), Rgb(0x74, 0x7f, 0x88)),
            band: Tone::new(Rgb(0xec, 0xef, 0xf2), Rgb(0x2a, 0x31, 0x37)),
        }
    }

    /// Text on the field of a series.
    pub fn on_area(&self, series: usize) -> Tone {
        self.areas[series % 4].on()
    }

    /// Text on a shade.
    pub fn on_shade(&self, step: usize) -> Tone {
        self.shades[step % SHADES].on()
    }

    /// The outline of a region: grey, or of the ground where grey could not be seen beside its shade.
    pub fn border(&self, step: usize) -> Tone {
        let shade = self.shades[step % SHADES];
        let seen = |grey, shade, ground| if contrast(grey, shade) >= 2.0 { grey } else { ground };
        Tone::new(
            seen(self.axis.light, shade.light, self.ground.light),
            seen(self.axis.dark, shade.dark, self.ground.dark),
        )
    }

    /// What must stand out from what: a name, the contrast and the least that will do, for both grounds.
    pub fn contrasts(&self) -> Vec<(Said, f64, f64)> {
        let ground = self.ground;
        let mut pairs: Vec<(Said, Tone, Tone, f64)> = Vec::new();
        for (number, pair) in (1..).zip(self.areas.windows(2)) {
            pairs.push((say!("the field of series {number} beside the next", number), pair[0], pair[1], 3.0));
        }
        for (number, line) in (1..).zip(self.lines) {
            pairs.push((say!("the line of series {number} on its ground", number), line, ground, 3.0));
        }
        let fields = (0..4).map(|series| (self.areas[series], self.on_area(series)));
        for (field, on) in fields.chain((0..SHADES).map(|step| (self.shades[step], self.on_shade(step)))) {
            pairs.push((say!("text on a field"), on, field, 4.5));
        }
        pairs.push((say!("the outline of a region on its ground"), self.axis, ground, 3.0));
        for step in 0..SHADES {
            pairs.push((say!("the outline of a region beside its shade"), self.border(step), self.shades[step], 1.8));
        }
        for text in [self.label, self.muted] {
            pairs.push((say!("text on its ground"), text, ground, 4.5));
            pairs.push((say!("text on a band"), text, self.band, 4.5));
        }
        for ribbon in self.ribbons {
            pairs.push((say!("text on a ribbon"), self.label, ribbon, 4.5));
        }
        pairs.push((say!("what stands back on its ground"), self.faded, ground, 3.0));
        let measured = |(name, a, b, least): (Said, Tone, Tone, f64)| {
            [
                (say!("{pair} (light)", pair = name), a.light, b.light),
                (say!("{pair} (dark)", pair = name), a.dark, b.dark),
            ]
            .map(|(name, a, b)| (name, contrast(a, b), least))
        };
        pairs.into_iter().flat_map(measured).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCENTS: [&str; 8] = ["#1d5b79", "#0b3d2e", "#7a1f3d", "#000000", "#005fcc", "#b3261e", "#4a4a4a", "#5a2ca0"];

    #[test]
    fn neighbours_differ_marks_stand_out_and_text_can_be_read() {
        for accent in ACCENTS {
            let palette = Palette::new(Rgb::parse(accent).unwrap());
            assert_eq!(palette.areas[0].light.hex(), accent);
            let contrasts = palette.contrasts();
            // Fields, lines, text on fields and shades, outlines, two kinds of text there and on a band, text on ribbons, what stands back; each on light and on dark ground.
            assert_eq!(contrasts.len(), 2 * (3 + 4 + 4 + SHADES + 1 + SHADES + 4 + 4 + 1));
            for (name, measured, least) in contrasts {
                assert!(measured >= least, "{accent}: {name:?}: {measured:.2}");
            }
        }
    }

    #[test]
    fn an_accent_that_is_too_light_is_found() {
        let faint = Palette::new(Rgb::parse("#c8d8e0").unwrap()).contrasts();
        assert!(faint.iter().any(|(_, measured, least)| measured < least), "{faint:?}");
    }
}
