//! Exact numbers: ratios of integers, never binary floating point, so that what is printed is what was counted.
//!
//! Every operation that could leave the range of 128 bits says so by returning none; none of them panics.

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};

/// Most digits that [`Exact::parse`] accepts: enough for any figure, few enough that sums and products of them fit.
pub const MAX_DIGITS: usize = 30;

/// Which way a number goes that lies exactly between two.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Rounding {
    /// 62.5 gives 63 and -62.5 gives -63.
    #[default]
    HalfAwayFromZero,
    /// 62.5 gives 62 and 63.5 gives 64.
    HalfEven,
}

impl Rounding {
    /// Reads the name that `belagg.yaml` uses.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "half-away-from-zero" => Some(Self::HalfAwayFromZero),
            "half-even" => Some(Self::HalfEven),
            _ => None,
        }
    }
}

/// A rational number of 128-bit integers, always reduced.
// The numerator is never `i128::MIN`, so that changing its sign cannot overflow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Exact(Ratio<i128>);

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self(Ratio::from_integer(value.into()))
    }
}

impl From<u64> for Exact {
    fn from(value: u64) -> Self {
        Self(Ratio::from_integer(value.into()))
    }
}

/// A whole number in digits; any other with as many decimals as it has, at most six.
impl std::fmt::Display for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.to_decimal(6, Rounding::default());
        f.write_str(if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text })
    }
}

impl Exact {
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));

    /// `numer` as a share of `denom`; none when `denom` is zero or the ratio does not fit.
    #[must_use]
    pub fn ratio(numer: Self, denom: Self) -> Option<Self> {
        numer.checked_div(denom)
    }

    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::fitting(self.0.checked_add(&other.0))
    }

    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Self::fitting(self.0.checked_sub(&other.0))
    }

    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        Self::fitting(self.0.checked_mul(&other.0))
    }

    /// The number without its sign.
    #[must_use]
    pub fn magnitude(self) -> Self {
        Self(if self.is_negative() { -self.0 } else { self.0 })
    }

    /// None on overflow and when `other` is zero.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        Self::fitting(self.0.checked_div(&other.0))
    }

    fn fitting(ratio: Option<Ratio<i128>>) -> Option<Self> {
        ratio.filter(|ratio| *ratio.numer() != i128::MIN).map(Self)
    }

    /// Reads a decimal number as it is typed in data files (`1234`, `-12.50`): ASCII digits with at most one point, which
    /// stands between digits; no separators, plus sign or exponent. Returns the number and how many decimals were typed.
    #[must_use]
    pub fn parse(text: &str) -> Option<(Self, u8)> {
        let (value, decimals) = Self::from_digits(text)?;
        (text.bytes().filter(u8::is_ascii_digit).count() <= MAX_DIGITS).then_some((value, decimals))
    }

    /// As [`Exact::parse`], with as many digits as fit.
    fn from_digits(text: &str) -> Option<(Self, u8)> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return None;
        }
        let decimals = u8::try_from(if unsigned.contains('.') { fraction.len() } else { 0 }).ok()?;
        let mantissa = text.replace('.', "").parse().ok()?;
        let scale = 10_i128.checked_pow(decimals.into())?;
        Self::fitting(Some(Ratio::new(mantissa, scale))).map(|value| (value, decimals))
    }

    #[must_use]
    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    #[must_use]
    pub fn is_negative(self) -> bool {
        *self.0.numer() < 0
    }

    /// The number as an integer; none when it has a fraction or is too large.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if self.is_integer() { i64::try_from(*self.0.numer()).ok() } else { None }
    }

    /// The nearest binary floating-point number: for lengths and positions in charts only, never for what is printed.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a chart is drawn to a hundredth of a pixel")]
    pub fn to_f64(self) -> f64 {
        *self.0.numer() as f64 / *self.0.denom() as f64
    }

    /// The number rounded to so many decimals. Where these are more than 128 bits hold, as many are kept as fit.
    #[must_use]
    pub fn round(self, decimals: u8, rounding: Rounding) -> Self {
        (0..=decimals)
            .rev()
            .find_map(|decimals| Self::from_digits(&self.to_decimal(decimals, rounding)))
            .map_or(self, |(value, _)| value)
    }

    /// The number rounded to so many decimals, which are all written, in ASCII with a point, as CSV and JSON have it.
    /// Zero has no sign.
    #[must_use]
    pub fn to_decimal(self, decimals: u8, rounding: Rounding) -> String {
        let numer = self.0.numer().unsigned_abs();
        let denom = self.0.denom().unsigned_abs();
        let mut digits = (numer / denom).to_string().into_bytes();
        let mut rest = numer % denom;
        for _ in 0..decimals {
            let (digit, next) = next_digit(rest, denom);
            digits.push(b'0' + digit);
            rest = next;
        }
        let last_is_odd = digits.last().is_some_and(|digit| digit % 2 == 1);
        // `rest` is less than `denom`, which is less than 2^127: twice it fits.
        let up = match (rest * 2).cmp(&denom) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => rounding == Rounding::HalfAwayFromZero || last_is_odd,
        };
        if up {
            increment(&mut digits);
        }
        let mut text = String::new();
        if self.is_negative() && digits.iter().any(|digit| *digit != b'0') {
            text.push('-');
        }
        let point = digits.len() - usize::from(decimals);
        for (at, digit) in digits.iter().enumerate() {
            if at == point {
                text.push('.');
            }
            text.push(char::from(*digit));
        }
        text
    }
}

/// One step of long division: the next decimal of `rest / denom`, and what remains. Multiplies by ten as 2 · (2 · 2 + 1), reducing
/// after each step, because ten times `rest` may not fit.
fn next_digit(rest: u128, denom: u128) -> (u8, u128) {
    let reduce = |digit: u8, value: u128| if value >= denom { (digit + 1, value - denom) } else { (digit, value) };
    let double = |(digit, value): (u8, u128)| reduce(digit * 2, value * 2);
    let (digit, value) = double(double((0, rest)));
    double(reduce(digit, value + rest))
}

/// Adds one to the last of the decimal digits.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(numer: i128, denom: i128) -> Exact {
        Exact(Ratio::new(numer, denom))
    }

    fn number(text: &str) -> Exact {
        Exact::parse(text).expect(text).0
    }

    const AWAY: Rounding = Rounding::HalfAwayFromZero;
    const EVEN: Rounding = Rounding::HalfEven;

    #[test]
    fn a_number_is_printed_as_it_was_typed_and_halves_are_rounded_exactly() {
        let (fee, decimals) = Exact::parse("12.50").unwrap();
        assert_eq!(fee.to_decimal(decimals, Rounding::default()), "12.50");
        assert!(Exact::parse("12,50").is_none());
        let share = Exact::ratio(Exact::from(250_i64), Exact::from(4_i64)).unwrap();
        assert_eq!(share.to_decimal(0, Rounding::HalfAwayFromZero), "63");
    }

    #[test]
    fn a_half_is_rounded_as_the_workspace_declares() {
        let percent = exact(25 * 100, 40);
        assert_eq!(percent.to_decimal(0, AWAY), "63");
        assert_eq!(percent.to_decimal(0, EVEN), "62");
        assert_eq!(percent.to_decimal(1, AWAY), "62.5");
        assert_eq!(number("-62.5").to_decimal(0, AWAY), "-63");
        assert_eq!(number("-63.5").to_decimal(0, EVEN), "-64");
        assert_eq!(number("0.125").to_decimal(2, EVEN), "0.12");
        assert_eq!(number("9.995").to_decimal(2, AWAY), "10.00");
        assert_eq!(number("-0.4").to_decimal(0, AWAY), "0", "zero has no sign");
        assert_eq!(exact(1, 3).round(2, AWAY), number("0.33"));
        assert_eq!(Rounding::parse("half-even"), Some(EVEN));
        assert_eq!(Rounding::parse("half-away-from-zero"), Some(Rounding::default()));
        assert_eq!(Rounding::parse("up"), None);
    }

    #[test]
    fn only_plain_decimal_text_is_a_number() {
        assert_eq!(Exact::parse("1234"), Some((Exact::from(1234_i64), 0)));
        assert_eq!(Exact::parse("-12.50"), Some((exact(-25, 2), 2)));
        assert_eq!(Exact::parse("-0"), Some((Exact::ZERO, 0)));
        for text in
            ["", "-", ".", ".5", "5.", "1.2.3", "+1", "--1", "1e3", "1_000", "1 000", "1,5", "٣", "NaN", " 1", "−1"]
        {
            assert_eq!(Exact::parse(text), None, "{text:?}");
        }
        let longest = "9".repeat(MAX_DIGITS);
        assert_eq!(number(&longest).to_decimal(0, AWAY), longest);
        assert_eq!(Exact::parse(&"9".repeat(MAX_DIGITS + 1)), None);
        assert_eq!(Exact::parse(&format!("0.{}", "0".repeat(300))), None);
    }

    #[test]
    fn integers_are_told_from_fractions() {
        assert_eq!(number("12.00").to_i64(), Some(12));
        assert_eq!(number("12.01").to_i64(), None);
        assert_eq!(exact(i128::MAX, 1).to_i64(), None);
        assert_eq!(Exact::ratio(number("-10"), number("5")).and_then(Exact::to_i64), Some(-2));
        assert!(number("-0.1").is_negative() && !Exact::ZERO.is_negative());
        assert!((number("62.5").to_f64() - 62.5).abs() < f64::EPSILON);
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let largest = exact(i128::MAX, 1);
        let one = Exact::from(1_i64);
        assert_eq!(largest.checked_add(one), None);
        assert_eq!(exact(-i128::MAX, 1).checked_sub(one), None, "the lowest i128 has no counterpart above zero");
        assert_eq!(largest.checked_mul(largest), None);
        assert_eq!(one.checked_div(Exact::ZERO), None);
        assert_eq!(Exact::ratio(exact(1, i128::MAX), largest), None);
        assert_eq!(largest.round(200, AWAY), largest);
        assert_eq!(exact(1, i128::MAX).round(0, AWAY), Exact::ZERO);
        assert_eq!(exact(i128::MAX, 2).to_decimal(1, AWAY), "85070591730234615865843651857942052863.5");
        let nearly_one = exact(i128::MAX - 1, i128::MAX).to_decimal(45, AWAY);
        assert_eq!(nearly_one, "0.999999999999999999999999999999999999994122528", "long division beyond 128 bits");
    }

    fn any_exact() -> impl Strategy<Value = Exact> {
        let part = || prop_oneof![any::<i128>().prop_map(|n| n.max(-i128::MAX)), (-1000_i128..1000)];
        (part(), part()).prop_map(|(numer, denom)| exact(numer, denom.saturating_abs().max(1)))
    }

    /// Rounds `numer / denom` by trying each candidate: the nearest integer of `10^decimals · numer / denom`.
    fn slow_round(numer: i64, denom: i64, decimals: u32, rounding: Rounding) -> i128 {
        let (scaled, denom) = (i128::from(numer) * 10_i128.pow(decimals), i128::from(denom));
        let distance = |candidate: i128| (candidate * denom - scaled).abs();
        let truncated = scaled / denom;
        (truncated - 1..=truncated + 1)
            .min_by_key(|candidate| {
                let preferred = if rounding == AWAY { candidate.abs() > truncated.abs() } else { candidate % 2 == 0 };
                (distance(*candidate), !preferred)
            })
            .expect("three candidates")
    }

    proptest! {
        #[test]
        fn rounding_agrees_with_a_slow_reference(
            numer in any::<i32>(), denom in 1_i32..10_000, decimals in 0_u8..6, even in any::<bool>(),
        ) {
            let rounding = if even { EVEN } else { AWAY };
            let value = exact(numer.into(), denom.into());
            let expected = slow_round(numer.into(), denom.into(), decimals.into(), rounding);
            prop_assert_eq!(value.round(decimals, rounding), exact(expected, 10_i128.pow(decimals.into())));
            prop_assert_eq!(value.to_decimal(decimals, rounding).replace('.', "").parse::<i128>().expect("digits"), expected);
        }

        #[test]
        fn decimal_text_is_read_back(whole in -1_000_000_000_i64..1_000_000_000, decimals in 0_u8..8) {
            let value = exact(whole.into(), 10_i128.pow(decimals.into()));
            prop_assert_eq!(Exact::parse(&value.to_decimal(decimals, AWAY)), Some((value, decimals)));
        }

        #[test]
        fn rounded_parts_stay_near_their_rounded_sum(parts in prop::collection::vec(0_i64..1000, 1..8)) {
            let total = Exact::from(parts.iter().sum::<i64>().max(1));
            let mut sum = Exact::ZERO;
            let mut sum_of_rounded = Exact::ZERO;
            for part in &parts {
                let percent = Exact::ratio(Exact::from(part * 100), total).expect("a ratio");
                sum = sum.checked_add(percent).expect("a sum");
                sum_of_rounded = sum_of_rounded.checked_add(percent.round(0, AWAY)).expect("a sum");
            }
            prop_assert!(sum.is_integer(), "shares of a whole add up exactly");
            let apart = sum_of_rounded.checked_sub(sum).expect("a difference");
            let bound = exact(i128::try_from(parts.len()).expect("few"), 2);
            prop_assert!(apart <= bound && Exact::ZERO.checked_sub(apart).expect("a number") <= bound);
        }

        #[test]
        fn nothing_panics_and_operations_undo_each_other(
            a in any_exact(), b in any_exact(), decimals in any::<u8>(), even in any::<bool>(),
        ) {
            let rounding = if even { EVEN } else { AWAY };
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert!(!a.to_decimal(decimals, rounding).is_empty());
            let near = a.round(decimals, rounding);
            prop_assert_eq!(near.round(decimals, rounding), near, "rounding twice changes nothing");
            if let Some(back) = a.checked_add(b).and_then(|sum| sum.checked_sub(b)) {
                prop_assert_eq!(back, a);
            }
            if let Some(back) = a.checked_mul(b).and_then(|product| product.checked_div(b)) {
                prop_assert_eq!(back, a);
            }
            if let Some(difference) = a.checked_sub(b) {
                prop_assert_eq!(difference.is_negative(), a < b);
            }
        }
    }
}
