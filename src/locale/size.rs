//! Sizes of files.

use super::Language;

/// Key of the label and number for a size: whole kilobytes, from a megabyte on with one decimal.
#[must_use]
pub fn size(bytes: u64, language: Language) -> (&'static str, String) {
    if bytes < 999_500 {
        return ("size_kilobytes", (bytes.saturating_add(500) / 1000).max(1).to_string());
    }
    let tenths = bytes.saturating_add(50_000) / 100_000;
    ("size_megabytes", format!("{}{}{}", tenths / 10, language.decimal(), tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_and_written_in_the_language() {
        assert_eq!(size(12, Language::Swedish), ("size_kilobytes", "1".into()));
        assert_eq!(size(999_499, Language::Swedish), ("size_kilobytes", "999".into()));
        assert_eq!(size(999_500, Language::Swedish), ("size_megabytes", "1,0".into()));
        assert_eq!(size(1_249_999, Language::English), ("size_megabytes", "1.2".into()));
        assert_eq!(size(12_350_000, Language::Swedish), ("size_megabytes", "12,4".into()));
    }
}
