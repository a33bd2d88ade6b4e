//! Texts with their own hash before them, so that one of which a part was written or changed counts for nothing.

use super::sha256;

/// A text as it is written down: a hash, and on the lines after it what that is the hash of.
#[must_use]
pub fn sealed(text: &str) -> Vec<u8> {
    format!("{}\n{text}", sha256(text.as_bytes())).into_bytes()
}

/// The text of what was [`sealed`]; none where it is not as it was written.
#[must_use]
pub fn unsealed(bytes: &[u8]) -> Option<&str> {
    let (hash, text) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
    (hash == sha256(text.as_bytes())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{sealed, unsealed};

    #[test]
    fn what_was_changed_or_cut_off_counts_for_nothing() {
        let whole = sealed("{\"a\": 1}\n");
        assert_eq!(unsealed(&whole), Some("{\"a\": 1}\n"));
        for at in 0..whole.len() {
            assert_eq!(unsealed(&whole[..at]), None, "cut off at {at}");
            let mut other = whole.clone();
            other[at] ^= 1;
            assert_eq!(unsealed(&other), None, "changed at {at}");
        }
    }
}
