//! Colours: contrast as WCAG 2 counts it, and the accent for dark ground.

/// A colour of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

pub const WHITE: Rgb = Rgb(255, 255, 255);
/// Ground of the page in dark mode; templates/html/style.css has the same.
pub const DARK_GROUND: Rgb = Rgb(0x14, 0x18, 0x1b);

impl Rgb {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits =
            text.strip_prefix('#').filter(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// `#rrggbb`
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance of WCAG 2: 0 for black, 1 for white.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Hue in degrees and saturation from 0 to 1.
    #[must_use]
    pub fn hue(self) -> (f64, f64) {
        let [r, g, b] = [self.0, self.1, self.2].map(|channel| f64::from(channel) / 255.0);
        let (high, low) = (r.max(g).max(b), r.min(g).min(b));
        let range = high - low;
        if range <= 0.0 {
            return (0.0, 0.0);
        }
        let sixth = if high <= r {
            ((g - b) / range).rem_euclid(6.0)
        } else if high <= g {
            (b - r) / range + 2.0
        } else {
            (r - g) / range + 4.0
        };
        (sixth * 60.0, range / (1.0 - (high + low - 1.0).abs()))
    }

    fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let channel = |offset: f64| {
            let k = (offset + hue / 30.0).rem_euclid(12.0);
            let value =
                lightness - saturation * lightness.min(1.0 - lightness) * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0);
            (value * 255.0).round() as u8
        };
        Self(channel(0.0), channel(8.0), channel(4.0))
    }

    /// The colour of this hue and saturation whose luminance is nearest to `luminance`.
    #[must_use]
    pub fn with_luminance(hue: f64, saturation: f64, luminance: f64) -> Self {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..24 {
            let middle = (low + high) / 2.0;
            if Self::from_hsl(hue, saturation, middle).luminance() < luminance { low = middle } else { high = middle }
        }
        Self::from_hsl(hue, saturation, high)
    }
}

/// Contrast of two colours as WCAG 2 counts it: 1 to 21.
#[must_use]
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The accent mixed with white until it has a contrast of 7:1 to the dark ground; unchanged where it is no colour.
#[must_use]
pub fn on_dark(accent: &str) -> String {
    let Some(colour) = Rgb::parse(accent) else { return accent.to_owned() };
    let mix = |percent: u16| {
        let channel = |c: u8| u8::try_from((u16::from(c) * (100 - percent) + 255 * percent) / 100).unwrap_or(u8::MAX);
        Rgb(channel(colour.0), channel(colour.1), channel(colour.2))
    };
    (0..=100).map(mix).find(|mixed| contrast(*mixed, DARK_GROUND) >= 7.0).unwrap_or(WHITE).hex()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast(WHITE, Rgb(0, 0, 0)) - 21.0).abs() < 1e-9);
        let grey = Rgb(0x76, 0x76, 0x76);
        assert!((contrast(grey, WHITE) - 4.54).abs() < 0.01);
        assert!((contrast(WHITE, grey) - contrast(grey, WHITE)).abs() < 1e-12);
    }

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(Rgb::parse("#1D5b79"), Some(Rgb(0x1d, 0x5b, 0x79)));
        assert_eq!(Rgb(0x1d, 0x5b, 0x79).hex(), "#1d5b79");
        for wrong in ["1d5b79", "#1d5b7", "#1d5b7g", "#+d5b79", "teal", "#åååå"] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_accent_is_lightened_for_dark_ground_only_as_far_as_needed() {
        for accent in ["#1d5b79", "#000000", "#7a1f3d"] {
            let light = Rgb::parse(&on_dark(accent)).unwrap();
            assert!((7.0..7.6).contains(&contrast(light, DARK_GROUND)), "{accent}");
        }
        assert_eq!(on_dark("#ffffff"), "#ffffff");
    }
}
