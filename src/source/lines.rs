//! Lines and columns of a text: the one place that counts them.

use std::ops::Range;

/// A line and a column for people and machines, each counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    /// In characters (Unicode code points).
    pub column: usize,
    /// The same column in code units of UTF-16, as the language server protocol and SARIF count.
    pub utf16: usize,
}

/// Where the lines of a text begin, and how much stands before each stretch of it: no position is found by counting from the start.
///
/// Lines end with `\n` or `\r\n`; neither belongs to a line.
#[derive(Debug, Clone)]
pub struct LineIndex {
    lines: Vec<usize>,
    stretches: Vec<Count>,
}

/// Bytes between two counts.
const STRETCH: usize = 512;

/// How much begins in some bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    characters: usize,
    utf16: usize,
}

impl Count {
    /// Of bytes of UTF-8, wherever they are cut.
    fn new(bytes: &[u8]) -> Self {
        let characters = bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count();
        // A character of four bytes is a pair of surrogates.
        let pairs = bytes.iter().filter(|byte| **byte >= 0b1111_0000).count();
        Self { characters, utf16: characters + pairs }
    }

    fn plus(self, other: Self) -> Self {
        Self { characters: self.characters + other.characters, utf16: self.utf16 + other.utf16 }
    }
}

impl LineIndex {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut stretches = vec![Count::default()];
        let mut before = Count::default();
        for stretch in text.as_bytes().chunks(STRETCH) {
            before = before.plus(Count::new(stretch));
            stretches.push(before);
        }
        Self { lines, stretches }
    }

    /// How much begins before a byte.
    fn before(&self, text: &str, at: usize) -> Count {
        let stretch = at / STRETCH;
        let rest = text.as_bytes().get(stretch * STRETCH..at).unwrap_or_default();
        self.stretches.get(stretch).copied().unwrap_or_default().plus(Count::new(rest))
    }

    /// Where a byte of the text stands. A byte within a character stands where that begins, one behind the end at the end, and one within `\r\n`
    /// before it.
    #[must_use]
    pub fn position(&self, text: &str, at: usize) -> Position {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        if text.as_bytes().get(start..at).is_some_and(|before| before.ends_with(b"\r")) && text[at..].starts_with('\n')
        {
            at -= 1;
        }
        let (here, there) = (self.before(text, start), self.before(text, at));
        Position { line, column: there.characters - here.characters + 1, utf16: there.utf16 - here.utf16 + 1 }
    }

    /// The bytes of a line, counted from 1, without its end; those of the last line where there are not so many.
    #[must_use]
    pub fn line(&self, text: &str, line: usize) -> Range<usize> {
        let at = line.clamp(1, self.lines.len()) - 1;
        let start = self.lines.get(at).copied().unwrap_or(0);
        let Some(next) = self.lines.get(at + 1) else { return start..text.len() };
        let end = next - 1;
        start..if text[start..end].ends_with('\r') { end - 1 } else { end }
    }

    /// The byte at a line and a column in code units of UTF-16, each counted from 1: what [`Self::position`] tells, the other way round. A column
    /// behind the end of its line is that end; one within a pair of surrogates is before it.
    #[must_use]
    pub fn offset(&self, text: &str, line: usize, utf16: usize) -> usize {
        let line = self.line(text, line);
        let wanted = self.before(text, line.start).utf16 + utf16.saturating_sub(1);
        // The last stretch that begins with no more before it.
        let stretch = self.stretches.partition_point(|before| before.utf16 <= wanted).saturating_sub(1);
        let mut at = (stretch * STRETCH).clamp(line.start, line.end);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let mut before = self.before(text, at).utf16;
        for character in text[at..line.end].chars() {
            before += character.len_utf16();
            if before > wanted {
                break;
            }
            at += character.len_utf8();
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str, at: usize) -> (usize, usize, usize) {
        let found = LineIndex::new(text).position(text, at);
        (found.line, found.column, found.utf16)
    }

    #[test]
    fn columns_count_characters_and_code_units() {
        assert_eq!(at("åäö\nxå!", "åäö\nxå".len()), (2, 3, 3));
        assert_eq!(at("åäö", 1), (1, 1, 1), "within å: never a panic");
        assert_eq!(at("a🙂b", "a🙂".len()), (1, 3, 4), "an emoji is one character and two code units");
        assert_eq!(at("a🙂b", 3), (1, 2, 2), "within it");
        assert_eq!(at("👩‍👩‍👧x", "👩‍👩‍👧".len()), (1, 6, 9), "a family is five characters");
        assert_eq!(at("\t\tx", 2), (1, 3, 3), "a tab is one column");
        assert_eq!(at("e\u{301}x", "e\u{301}".len()), (1, 3, 3), "a mark on a letter is a character of its own");
    }

    #[test]
    fn lines_end_with_or_without_a_return() {
        let text = "ett\r\ntvå\nslut";
        assert_eq!(at(text, 3), (1, 4, 4));
        assert_eq!(at(text, 4), (1, 4, 4), "between the two signs of the end");
        assert_eq!(at(text, 5), (2, 1, 1));
        assert_eq!(at(text, text.len()), (3, 5, 5), "a last line without an end");
        assert_eq!(at(text, 99), (3, 5, 5), "behind the end");
        assert_eq!(at("ett\n", 4), (2, 1, 1), "an end is followed by a line, be it empty");
        assert_eq!(at("", 0), (1, 1, 1));
        assert_eq!(at("a\rb", 2), (1, 3, 3), "a return alone ends no line");
        let index = LineIndex::new(text);
        let lines: Vec<&str> = (1..=4).map(|line| &text[index.line(text, line)]).collect();
        assert_eq!(lines, ["ett", "två", "slut", "slut"]);
    }

    #[test]
    fn a_column_behind_the_end_of_a_line_is_its_end() {
        let text = "a🙂\r\nö";
        let index = LineIndex::new(text);
        assert_eq!([1, 2, 3, 4, 9].map(|column| index.offset(text, 1, column)), [0, 1, 1, 5, 5]);
        assert_eq!((index.offset(text, 2, 2), index.offset(text, 7, 1), index.offset(text, 0, 0)), (9, 7, 0));
    }

    /// Lines and columns as a child would count them.
    fn counted(text: &str, at: usize) -> Position {
        let before = &text[..at];
        let line = before.rsplit('\n').next().unwrap_or_default();
        let line = if text[at..].starts_with('\n') { line.strip_suffix('\r').unwrap_or(line) } else { line };
        Position {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            utf16: line.encode_utf16().count() + 1,
        }
    }

    proptest! {
        #[test]
        fn positions_are_those_that_counting_gives(pieces in prop::collection::vec(
            prop_oneof!["[a-zåäö \t]{0,40}", "[🙂𝔸👩\u{200d}e\u{301}]{0,9}", Just("\n".to_owned()), Just("\r\n".to_owned()), Just("\r".to_owned()), ".{0,600}"], 0..12,
        )) {
            let text = pieces.concat();
            let index = LineIndex::new(&text);
            for at in text.char_indices().map(|(at, _)| at).chain([text.len()]) {
                let found = index.position(&text, at);
                prop_assert_eq!(found, counted(&text, at));
                // And back again: the place itself, or before the end of the line that it stands within.
                let back = index.offset(&text, found.line, found.utf16);
                let within_end = text[..at].ends_with('\r') && text[at..].starts_with('\n');
                prop_assert_eq!(back, if within_end { at - 1 } else { at });
            }
            for line in 1..=index.lines.len() {
                let found = &text[index.line(&text, line)];
                let plain = text.split('\n').nth(line - 1).unwrap();
                let last = line == index.lines.len();
                prop_assert_eq!(found, if last { plain } else { plain.strip_suffix('\r').unwrap_or(plain) });
            }
        }
    }
}
