//! Raised and lowered letters, as signs that stand on the line.

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ";
const PLAIN: &str = "0123456789+−()n";

/// The text in raised or lowered signs, where there are signs for all of it.
pub fn written(text: &str, raised: bool) -> Option<String> {
    let signs = if raised { RAISED } else { LOWERED };
    let sign = |c: char| {
        if c.is_whitespace() {
            return Some(c);
        }
        let at = PLAIN.chars().position(|plain| plain == c || (plain == '−' && c == '-'))?;
        signs.chars().nth(at)
    };
    text.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_raised_and_words_are_not() {
        assert_eq!(written("2", true).as_deref(), Some("²"));
        assert_eq!(written("2", false).as_deref(), Some("₂"));
        assert_eq!(written("-1", true).as_deref(), Some("⁻¹"));
        assert_eq!(written("st", true), None);
    }
}
