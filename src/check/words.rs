//! The words of a text, whatever its language.

use std::ops::Range;

/// A letter or digit that would make what stands beside it part of a word.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '\u{ad}' || c == '_'
}

/// The words of a text, with a hyphen inside them.
#[must_use]
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = is_word(c) || (c == '-' && start.is_some() && text[at + 1..].starts_with(is_word));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Small letters in their own places.
pub trait Lowered {
    /// The text in small letters, whose byte n is byte n of the text: a letter whose small form takes another number of bytes ("İ", "ẞ")
    /// stays as it is. So a place found in the one is the same place in the other, which `to_lowercase` does not give.
    #[must_use]
    fn lowered(&self) -> String;
}

impl Lowered for str {
    fn lowered(&self) -> String {
        let small = |c: char| {
            let mut small = c.to_lowercase();
            match (small.next(), small.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
                _ => c,
            }
        };
        self.chars().map(small).collect()
    }
}

/// At most so many bytes from the start.
pub fn clip(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// At most so many bytes from the end.
pub fn clip_start(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// How many words stand in a text.
#[must_use]
pub fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Whether a text in small letters holds one of the words or phrases, as whole words.
#[must_use]
pub fn holds(lower: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| find_phrase(lower, phrase, 0).is_some())
}

/// The place of a phrase in a text of small letters, as whole words.
#[must_use]
pub fn find_phrase(lower: &str, phrase: &str, from: usize) -> Option<usize> {
    // By the first byte and not by `str::find`, which prepares a search each time: phrases are short and looked for in every sentence.
    let (text, needle) = (lower.as_bytes(), phrase.as_bytes());
    let first = *needle.first()?;
    let mut at = from;
    while let Some(found) = text.get(at..)?.iter().position(|byte| *byte == first) {
        let start = at + found;
        let end = start + needle.len();
        if text.get(start..end) == Some(needle) {
            let before = lower[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = lower[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            if before && after {
                return Some(start);
            }
        }
        at = start + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_keep_their_places() {
        for text in ["Av İbrahims ärenden är ½ klara, enligt STRAẞE.", "ΟΔΟΣ ﬁ ǅ K Å e\u{301} 🙂 Ⱥ ẞİ", ""]
        {
            let lower = text.lowered();
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(places(text), places(&lower), "{text}");
        }
        assert_eq!("ÅÄÖ Éa SKOLOR".lowered(), "åäö éa skolor");
    }

    #[test]
    fn phrases_are_whole_words() {
        assert!(holds("av dem hade en", &["av dem"]));
        assert!(!holds("medan", &["an"]));
    }
}
