//! Where each byte of a text stands in the source, when escapes, entities and folded lines keep them from being the same bytes.

use crate::check::words::clip;

/// The position in `source` of each byte of `text`, and of its end; none where the two have little in common. `from` is where to begin.
#[must_use]
pub fn align(text: &str, source: &str, from: usize) -> Option<Vec<u32>> {
    let mut map = Vec::with_capacity(text.len() + 1);
    let mut at = find_start(text, source, from)?;
    for c in text.chars() {
        at = next(c, source, at)?;
        let width = if source[at..].starts_with(c) { c.len_utf8() } else { 0 };
        for byte in 0..c.len_utf8() {
            map.push(u32::try_from(at + byte.min(width)).ok()?);
        }
        at += match width {
            0 => skipped(c, &source[at..]),
            width => width,
        };
    }
    map.push(u32::try_from(at).ok()?);
    Some(map)
}

/// The first place where the text's first word stands.
fn find_start(text: &str, source: &str, from: usize) -> Option<usize> {
    let word = text.split_whitespace().next()?;
    let lead = text.len() - text.trim_start().len();
    // A word without end is known by its beginning: each shorter one is another search through the source.
    let mut end = clip(word, 64).len();
    // Escapes and entities stand within words: a shorter beginning is looked for then.
    loop {
        if let Some(found) = source.get(from..)?.find(&word[..end]) {
            let at = from + found;
            return Some(if lead > 0 && source[..at].ends_with(char::is_whitespace) {
                blanks_before(source, at)
            } else {
                at
            });
        }
        end = (1..end).rev().find(|end| word.is_char_boundary(*end))?;
    }
}

fn blanks_before(source: &str, at: usize) -> usize {
    source[..at].trim_end().len()
}

/// The place at or after `at` where `c` is written: behind a backslash, as an entity, or as a line's end.
fn next(c: char, source: &str, at: usize) -> Option<usize> {
    let rest = source.get(at..)?;
    if rest.starts_with(c) {
        return Some(at);
    }
    if c.is_whitespace() && rest.starts_with(|c: char| c.is_whitespace() || c == '&' || c == '\\') {
        return Some(at);
    }
    if let Some(escaped) = rest.strip_prefix('\\')
        && escaped.starts_with(c)
    {
        return Some(at + 1);
    }
    if rest.starts_with('&') {
        return Some(at);
    }
    // Markers of a quotation or indentation, a doubled quotation mark of YAML, mark-up between pieces.
    rest.char_indices().take(200).find(|(_, found)| *found == c).map(|(skip, _)| at + skip).or(Some(at))
}

/// How many bytes of the source a character stands for that is written otherwise.
fn skipped(c: char, rest: &str) -> usize {
    if rest.starts_with('&') {
        return clip(rest, 40).find(';').map_or(1, |end| end + 1);
    }
    if c.is_whitespace() {
        let blank: usize =
            rest.chars().take_while(|c| c.is_whitespace() || *c == '>' || *c == '\\').map(char::len_utf8).sum();
        return blank;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, source: &str, word: &str) -> String {
        let map = align(text, source, 0).unwrap();
        let at = text.find(word).unwrap();
        source[map[at] as usize..map[at + word.len()] as usize].to_owned()
    }

    #[test]
    fn words_are_found_behind_escapes_entities_and_folded_lines() {
        assert_eq!(place("16 av 40 fall", "16 av\n      40 fall", "40"), "40");
        assert_eq!(place("a & b 41", "a &amp; b 41", "41"), "41");
        assert_eq!(place("[x] 12 y", "\\[x\\] 12 y", "12"), "12");
        assert_eq!(place("rad ett rad 2", "> rad ett\n> rad 2", "2"), "2");
        let escaped = "\\*".repeat(300);
        assert_eq!(place(&format!("{} 41", "*".repeat(300)), &format!("{escaped} 41"), "41"), "41");
        assert_eq!(place("sagt ”12”", "sagt \\\"12\\\"", "sagt"), "sagt");
    }
}
