//! From values to pixels, and the round values that an axis names.

use super::Measure;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

/// Pixels are counted in tenths within plotters, whose coordinates are whole numbers.
pub const TENTHS: f64 = 10.0;

/// Pixels in plotters' coordinates.
pub fn tenths(pixels: f64) -> i32 {
    (pixels * TENTHS).round() as i32
}

/// A linear scale.
pub struct Scale {
    coord: RangedCoordf64,
    low: f64,
    limit: (i32, i32),
}

impl Scale {
    /// Maps the values from `low` to `high` onto the pixels from `start` to `end`.
    pub fn new(low: f64, high: f64, start: f64, end: f64) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self { coord: (low..high).into(), low, limit: (tenths(start), tenths(end)) }
    }

    /// Pixel of a value.
    pub fn at(&self, value: f64) -> f64 {
        f64::from(self.coord.map(&value, self.limit)) / TENTHS
    }

    /// The lowest value.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// Pixel of zero, or of the lowest value where the scale starts above zero.
    pub fn base(&self) -> f64 {
        self.at(self.low.max(0.0))
    }

    /// At most `most` round values, the lowest first; of what is counted whole ones.
    pub fn ticks(&self, most: usize, measure: &Measure) -> Vec<f64> {
        let std::ops::Range { start, end } = self.coord.range();
        let rough = (end - start) / most.max(2) as f64;
        let power = 10_f64.powf(rough.log10().floor());
        let least = if matches!(measure, Measure::Count { .. }) { 1.0 } else { 0.0 };
        let steps = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|round| round * power);
        let whole = |step: &f64| *step >= least && (least == 0.0 || step.fract() == 0.0);
        let count = |step: f64| (end / step).floor() - (start / step).ceil() + 1.0;
        let fit = steps.into_iter().filter(whole).find(|step| count(*step) <= most as f64);
        let step = fit.unwrap_or(least.max(power * 20.0));
        let first = (start / step).ceil();
        (0..=most).map(|n| (first + n as f64) * step).take_while(|tick| *tick <= end).collect()
    }
}

/// The signs of numbers in the report's language.
#[derive(Debug, Clone)]
pub struct Signs {
    pub decimal: String,
    pub group: String,
}

/// Prints the round values of an axis, all with the same number of decimals.
pub fn tick_labels(ticks: &[f64], signs: &Signs) -> Vec<String> {
    // What lies between two of them says how small a part of one is; of a single value it is itself.
    let apart = ticks.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(f64::INFINITY, f64::min);
    let largest = ticks.iter().map(|tick| tick.abs()).fold(0.0, f64::max);
    let apart = if apart.is_finite() && apart > 0.0 { apart } else { largest };
    let whole = |places: usize| {
        let shift = 10_f64.powi(places as i32);
        ticks.iter().all(|tick| ((tick * shift).round() - tick * shift).abs() <= 1e-6 * apart * shift)
    };
    let least = if largest > 0.0 { (-largest.log10().floor()).max(0.0) as usize } else { 0 };
    let most = least.min(12) + 4;
    let places = (0..most).find(|places| whole(*places)).unwrap_or(most);
    ticks.iter().map(|tick| tick_label(*tick, places, signs)).collect()
}

fn tick_label(tick: f64, places: usize, signs: &Signs) -> String {
    let plain = format!("{:.places$}", tick.abs());
    let (digits, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::new();
    if tick < 0.0 && plain.contains(|c: char| ('1'..='9').contains(&c)) {
        out.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push_str(&signs.group);
        }
        out.push(digit);
    }
    if !decimals.is_empty() {
        out.push_str(&signs.decimal);
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_mapped_to_pixels_in_both_directions() {
        let right = Scale::new(0.0, 40.0, 100.0, 500.0);
        assert_eq!([right.at(0.0), right.at(10.0), right.at(40.0)], [100.0, 200.0, 500.0]);
        let up = Scale::new(-10.0, 30.0, 400.0, 0.0);
        assert_eq!([up.at(-10.0), up.base(), up.at(30.0)], [400.0, 300.0, 0.0]);
        assert_eq!(Scale::new(0.0, 0.0, 10.0, 20.0).at(0.0), 10.0);
    }

    fn amount() -> Measure {
        Measure::Amount { unit: String::new() }
    }

    #[test]
    fn what_is_counted_has_whole_ticks() {
        let scale = Scale::new(0.0, 2.0, 0.0, 400.0);
        assert_eq!(scale.ticks(6, &Measure::Count { unit: String::new() }), [0.0, 1.0, 2.0]);
        assert_eq!(scale.ticks(6, &amount()), [0.0, 0.5, 1.0, 1.5, 2.0]);
        assert_eq!(Scale::new(0.0, 1310.0, 0.0, 400.0).ticks(5, &amount()), [0.0, 500.0, 1000.0]);
        assert_eq!(Scale::new(-93.0, 61.0, 0.0, 400.0).ticks(5, &amount()), [-50.0, 0.0, 50.0]);
        assert_eq!(Scale::new(41.0, 62.0, 0.0, 400.0).ticks(6, &amount()), [45.0, 50.0, 55.0, 60.0]);
        assert_eq!(Scale::new(0.0, 0.0, 0.0, 400.0).ticks(6, &Measure::Count { unit: String::new() }), [0.0, 1.0]);
    }

    #[test]
    fn ticks_are_round_and_written_in_the_language() {
        let swedish = Signs { decimal: ",".into(), group: "\u{a0}".into() };
        let ticks = Scale::new(0.0, 1_234_567.0, 0.0, 400.0).ticks(5, &amount());
        let labels = tick_labels(&ticks, &swedish);
        assert!(
            labels.len() >= 3 && labels[0] == "0" && labels.contains(&"1\u{a0}000\u{a0}000".to_owned()),
            "{labels:?}"
        );
        assert_eq!(tick_labels(&[0.0, 0.5, 1.0, -1.5], &swedish), ["0,0", "0,5", "1,0", "−1,5"]);
        assert_eq!(tick_labels(&[0.0, 1e-6, 2e-6], &swedish), ["0,000000", "0,000001", "0,000002"]);
        assert_eq!(tick_labels(&[1.0 / 3.0], &swedish), ["0,33333"]);
        assert_eq!(tick_labels(&[1e12, 1.25e12], &swedish)[0], "1\u{a0}000\u{a0}000\u{a0}000\u{a0}000");
    }
}
