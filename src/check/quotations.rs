//! Quotation marks: what stands between two of them, and those that have no other.

use std::ops::Range;

/// A quotation mark.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: usize,
    sign: char,
    opens: bool,
    closes: bool,
}

/// What the marks of a text leave open.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// What stands between two marks.
    pub quoted: Vec<Range<usize>>,
    /// Marks that open a quotation without end, and that end one without beginning.
    pub unclosed: Vec<usize>,
    pub unopened: Vec<usize>,
    /// The quotation begins or ends the text, so that it may go on in the next or come from the one before.
    pub begins: bool,
}

/// The quotation marks of a text.
#[must_use]
pub fn marks(text: &str) -> Marks {
    let mut out = Marks::default();
    let mut open: Vec<Mark> = Vec::new();
    for mark in scan(text) {
        // A mark that may do both closes what is open.
        let closes = mark.closes && (!mark.opens || !open.is_empty());
        if closes {
            match open.pop() {
                Some(first) => out.quoted.push(first.at + first.sign.len_utf8()..mark.at),
                None => out.unopened.push(mark.at),
            }
        } else if mark.opens {
            open.push(mark);
        }
    }
    out.unclosed = open.into_iter().map(|mark| mark.at).collect();
    out.begins = text.trim_start().starts_with(SIGNS);
    out
}

const SIGNS: [char; 6] = ['”', '“', '"', '„', '»', '«'];

/// The marks of a text that open or close something: those with blanks on both sides repeat what stands above them, and those behind a digit may be inches.
fn scan(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut open = 0;
    for (at, sign) in text.char_indices().filter(|(_, c)| SIGNS.contains(c)) {
        let before = text[..at].chars().next_back();
        let after = text[at + sign.len_utf8()..].chars().next();
        let outside =
            |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '–' | '—' | '/' | '-') || SIGNS.contains(&c);
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(c, ')' | ']' | '.' | ',' | ';' | ':' | '!' | '?' | '–' | '—' | '/' | '-' | '’')
        };
        let opens = before.is_none_or(|c| outside(c) || c == '’') && after.is_some_and(|c| !c.is_whitespace());
        let closes = before.is_some_and(|c| !c.is_whitespace() && c != '(')
            && after.is_none_or(|c| ends(c) || SIGNS.contains(&c) || c.is_alphabetic());
        let inches = sign != '“' && sign != '„' && before.is_some_and(|c| c.is_ascii_digit());
        let (opens, closes) = match sign {
            '„' => (true, false),
            _ => (opens, closes),
        };
        if (opens || closes) && (!inches || open > 0) {
            open += i32::from(opens) - i32::from(closes);
            out.push(Mark { at, sign, opens, closes });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> (usize, usize) {
        let found = marks(text);
        (found.unclosed.len(), found.unopened.len())
    }

    #[test]
    fn marks_are_paired_by_what_stands_around_them() {
        for text in [
            "Hon sa: ”Det räcker.” Sedan gick hon.",
            "Ordet ”plan” (eller ”schema”) används, och ”plan”-arbetet går vidare.",
            "He said “It is ‘over’ now” and left.",
            "Skärmen är 24\" och dörren 90\" hög.",
            "Det kallas »stöd», „hjälp“ och «vård».",
            "”Han sa ”nej” till oss”, säger hon.",
            "Samma som ovan: ” .",
        ] {
            assert_eq!(left(text), (0, 0), "{text}");
        }
        assert_eq!(left("Hon sa: ”Det räcker. Sedan gick hon."), (1, 0));
        assert_eq!(left("Det kallas pekpinnar” av dem."), (0, 1));
        assert_eq!(left("Kallas ”en milstolpe i handlingar, och ”ett skämt” i pressen."), (1, 0));
        assert_eq!(left("A coach said: \"We train in the dark. It closes at six."), (1, 0));
    }
}
