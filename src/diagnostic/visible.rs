//! Text from files, as it is shown: what a terminal would obey, hide or reorder is printed as `<U+001B>`.
//!
//! A file's name, a title or the words of a forged PDF may hold the codes that move a cursor, break a line or turn the direction of
//! writing, and so make the program seem to say what it never said.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

/// Whether a character has no shape of its own, or acts instead of being shown. A tab is a wide space.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    match c {
        '\t' => false,
        // Soft hyphens, joiners and marks of direction among them; letters of Hangul that are blank; lines and paragraphs that end; tags.
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => c.is_control(),
    }
}

/// The text on one line, whatever it holds.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| show(c, &mut out));
    Cow::Owned(out)
}

fn show(c: char, out: &mut String) {
    if is_hidden(c) {
        let _ = write!(out, "<U+{:04X}>", u32::from(c));
    } else {
        out.push(c);
    }
}

/// JSON as it is printed with the hidden characters in its strings as escapes, which mean the same to every reader.
#[must_use]
pub fn visible_json(text: &str) -> Cow<'_, str> {
    // Outside of strings JSON has no other hidden character than the ends of its lines.
    let hidden = |c: char| is_hidden(c) && c != '\n';
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hidden(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(out, "\\u{unit:04x}");
            });
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The lines of a file as they are shown, and where in them a place of the file is.
#[derive(Debug)]
pub struct VisibleLines<'a> {
    pub text: Cow<'a, str>,
    /// For each character that was replaced: the byte behind it in the file, and in what is shown.
    replaced: Vec<(usize, usize)>,
}

impl<'a> VisibleLines<'a> {
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        // An end of a line as on Windows is none that anybody hid.
        let ends = |at: usize, c: char| c == '\n' || c == '\r' && text[at + 1..].starts_with('\n');
        if !text.char_indices().any(|(at, c)| is_hidden(c) && !ends(at, c)) {
            return Self { text: Cow::Borrowed(text), replaced: Vec::new() };
        }
        let mut out = String::with_capacity(text.len() + 64);
        let mut replaced = Vec::new();
        for (at, c) in text.char_indices() {
            if is_hidden(c) && !ends(at, c) {
                show(c, &mut out);
                replaced.push((at + c.len_utf8(), out.len()));
            } else {
                out.push(c);
            }
        }
        Self { text: Cow::Owned(out), replaced }
    }

    /// A range of the file's bytes, on boundaries of characters, in what is shown.
    #[must_use]
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let shown = |at: usize| match self.replaced.partition_point(|(behind, _)| *behind <= at).checked_sub(1) {
            Some(last) => {
                let (behind, out) = self.replaced[last];
                out + (at - behind)
            }
            None => at,
        };
        shown(range.start)..shown(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(
            visible("Åtgärder – “½”\u{a0}%\u{202f}kr\t1"),
            "Åtgärder – “½”\u{a0}%\u{202f}kr\t1",
            "typography stays"
        );
        assert_eq!(visible("a\u{1b}[2Kb\r\nc"), "a<U+001B>[2Kb<U+000D><U+000A>c");
        for c in [
            '\0',
            '\u{7}',
            '\u{8}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{9d}',
            '\u{ad}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{feff}',
            '\u{fffb}',
            '\u{e0041}',
        ] {
            assert_eq!(visible(&format!("a{c}b")), format!("a<U+{:04X}>b", u32::from(c)));
        }
    }

    #[test]
    fn json_means_the_same_with_its_hidden_characters_escaped() {
        let value = serde_json::json!({"a\u{9b}": ["\u{202e}b\u{1b}\n", "\u{e0041}\u{7f}\u{2028}å"]});
        for text in [value.to_string(), format!("{value:#}")] {
            let shown = visible_json(&text);
            assert!(!shown.contains(|c| is_hidden(c) && c != '\n'), "{shown}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
        }
    }

    #[test]
    fn places_are_found_again_behind_what_was_replaced() {
        let text = "a\u{1b}b\r\nå\u{202e}cd\u{0}";
        let shown = VisibleLines::new(text);
        assert_eq!(shown.text, "a<U+001B>b\r\nå<U+202E>cd<U+0000>");
        for wanted in ["a", "b", "å", "cd", "\u{1b}", "\u{202e}", "\u{0}"] {
            let at = text.find(wanted).unwrap();
            assert_eq!(shown.text[shown.range(at..at + wanted.len())], *visible(wanted), "{wanted:?}");
        }
        assert!(matches!(VisibleLines::new("a\r\nb\n").text, Cow::Borrowed(_)));
    }
}
