//! Which percentages words may stand for: "knappt hälften" is from 45 to less than 50 percent.

use crate::check::hedges::Hedge;
use crate::diagnostic::{Said, say};
use crate::value::{Exact, Rounding};

/// Which percentages the words may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    low: Option<Edge>,
    high: Option<Edge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge {
    value: Exact,
    /// The value itself is within.
    closed: bool,
}

impl Bounds {
    #[must_use]
    pub fn new(low: Option<(Exact, bool)>, high: Option<(Exact, bool)>) -> Self {
        let edge = |(value, closed)| Edge { value, closed };
        Self { low: low.map(edge), high: high.map(edge) }
    }

    /// A value and so many tenths either way.
    #[must_use]
    pub fn around(value: Exact, tenths: i64) -> Self {
        let width = Exact::ratio(Exact::from(tenths), Exact::from(10_i64)).unwrap_or(Exact::ZERO);
        let low = value.checked_sub(width).unwrap_or(value);
        let high = value.checked_add(width).unwrap_or(value);
        Self::new(Some((low, true)), Some((high, true)))
    }

    #[must_use]
    pub fn hold(&self, share: Exact) -> bool {
        let above = self.low.is_none_or(|edge| share > edge.value || (edge.closed && share == edge.value));
        let below = self.high.is_none_or(|edge| share < edge.value || (edge.closed && share == edge.value));
        above && below
    }

    /// "from 45 to less than 50 percent"
    #[must_use]
    pub fn describe(&self) -> Said {
        let low = self
            .low
            .map(|edge| format!("{} {}", if edge.closed { "at least" } else { "more than" }, short(edge.value)));
        let high = self
            .high
            .map(|edge| format!("{} {}", if edge.closed { "at most" } else { "less than" }, short(edge.value)));
        let parts: Vec<String> = low.into_iter().chain(high).collect();
        say!("{parts} percent", parts = parts.join(" and "))
    }
}

/// A percentage with at most one decimal, for messages.
#[must_use]
pub fn short(value: Exact) -> String {
    let text = value.to_decimal(1, Rounding::default());
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// The bounds of a percentage that is hedged.
#[must_use]
pub fn hedged(value: Exact, hedge: Hedge) -> Bounds {
    let five = Exact::from(5_i64);
    // "drygt 38 miljoner": a twentieth, as five are of a hundred percent.
    let twentieth = value.checked_div(Exact::from(20_i64)).filter(|part| *part > five);
    within(value, hedge, twentieth.unwrap_or(five))
}

fn within(value: Exact, hedge: Hedge, width: Exact) -> Bounds {
    let less = value.checked_sub(width).unwrap_or(value);
    let more = value.checked_add(width).unwrap_or(value);
    let (low, high) = hedge.ends(less, value, more);
    Bounds::new(low, high)
}

/// The bounds of a hedged fraction: as those of a percentage, and no wider than a quarter of the fraction itself. "Runt en tiondel" is 7.5 to 12.5
/// percent.
#[must_use]
pub fn hedged_fraction(value: Exact, hedge: Hedge) -> Bounds {
    let five = Exact::from(5_i64);
    let width = value.checked_div(Exact::from(4_i64)).filter(|quarter| *quarter < five).unwrap_or(five);
    within(value, hedge, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hedges_have_bounds() {
        let half = Exact::from(50_i64);
        let number = |n: i64| Exact::from(n);
        assert!(hedged(half, Hedge::Below).hold(number(45)) && !hedged(half, Hedge::Below).hold(half));
        assert!(hedged(half, Hedge::Above).hold(number(55)) && !hedged(half, Hedge::Above).hold(number(56)));
        assert!(hedged(half, Hedge::MoreThan).hold(number(99)) && !hedged(half, Hedge::LessThan).hold(half));
        assert_eq!(hedged(half, Hedge::Below).describe().english(), "at least 45 and less than 50 percent");
    }
}
