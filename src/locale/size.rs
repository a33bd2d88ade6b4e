//! Sizes of files.

/// Key of the label and number for a size: whole kilobytes, from a megabyte on with one decimal.
#[must_use]
pub fn size(bytes: u64, language: &str) -> (&'static str, String) {
    if bytes < 999_500 {
        return ("size_kilobytes", (bytes.saturating_add(500) / 1000).max(1).to_string());
    }
    let tenths = bytes.saturating_add(50_000) / 100_000;
    let point = if language == "en" { '.' } else { ',' };
    ("size_megabytes", format!("{}{point}{}", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_rounded_and_written_in_the_language() {
        assert_eq!(size(12, "sv"), ("size_kilobytes", "1".into()));
        assert_eq!(size(999_499, "sv"), ("size_kilobytes", "999".into()));
        assert_eq!(size(999_500, "sv"), ("size_megabytes", "1,0".into()));
        assert_eq!(size(1_249_999, "en"), ("size_megabytes", "1.2".into()));
        assert_eq!(size(12_350_000, "sv"), ("size_megabytes", "12,4".into()));
    }
}
