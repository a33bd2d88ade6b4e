//! Names of units, and which of them mean one.

use crate::alike;

use super::scale::Scale;

/// Names of one unit that is no step of a scale, in small letters.
const UNITS: &[&[&str]] = &[
    &[
        "%",
        "procent",
        "prosent",
        "percent",
        "per cent",
        "pct",
        "procentenheter",
        "prosentpoeng",
        "percentage points",
        "percentage point",
    ],
    &["€", "euro", "euros", "eur"],
    &["£", "pound", "pounds", "gbp"],
    &["$", "dollar", "dollars", "usd"],
    &["st", "antal", "number"],
    &["tusental", "thousands"],
    &["miljoner", "millions"],
];

/// A unit whose names are known.
#[derive(PartialEq)]
enum Known {
    Scale(Scale),
    /// Place in the list.
    Listed(usize),
}

impl Known {
    fn find(unit: &str) -> Option<Self> {
        let unit = alike::outline(unit);
        let listed = || UNITS.iter().position(|names| names.contains(&&*unit));
        Scale::of_unit(&unit).map(Self::Scale).or_else(|| listed().map(Self::Listed))
    }
}

/// Whether two texts name one unit: kr and kronor, % and procent.
#[must_use]
pub fn is_same_unit(a: &str, b: &str) -> bool {
    let reads_alike = || alike::outline(a) == alike::outline(b) && !a.trim().is_empty();
    Known::find(a).map_or_else(reads_alike, |known| Some(known) == Known::find(b))
}

/// Whether two units are known, and of another meaning: who mistakes kronor for thousands of them is wrong a thousandfold.
#[must_use]
pub fn is_other_unit(a: &str, b: &str) -> bool {
    Known::find(a).zip(Known::find(b)).is_some_and(|(a, b)| a != b)
}

/// Whether a unit says that a number is a percentage.
#[must_use]
pub fn is_percentage(unit: &str) -> bool {
    is_same_unit(unit, "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_all_their_names() {
        for (a, b) in
            [("kr", "Kronor"), ("mnkr", "Miljoner kronor"), ("poäng", "Poäng"), ("500:-", "500:-"), (":-", "kr")]
        {
            assert!(is_same_unit(a, b) && !is_other_unit(a, b), "{a}, {b}");
        }
        for (a, b) in [("kr", "tkr"), ("%", "antal"), ("kWh", "MWh"), ("€", "kr")] {
            assert!(is_other_unit(a, b) && !is_same_unit(a, b), "{a}, {b}");
        }
        assert!(!is_same_unit("", "") && !is_same_unit("kr", "poäng") && !is_other_unit("kr", "poäng"));
        assert!(is_percentage("Procent") && !is_percentage("promille"));
    }
}
