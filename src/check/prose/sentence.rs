//! Where sentences begin and end.

use std::ops::Range;

use crate::check::lang::{self, Lists};
use crate::check::words::Lowered as _;
use crate::locale::Language;

/// The sentences of a text, without the blanks between them.
#[must_use]
pub fn sentences(text: &str, language: Language) -> Vec<Range<usize>> {
    let lists = lang::lists(language);
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + c.len_utf8();
        // Closing marks belong to the sentence.
        while let Some((_, next)) = chars.peek()
            && matches!(next, '.' | '!' | '?' | '”' | '’' | '"' | '»' | ')')
        {
            end += next.len_utf8();
            chars.next();
        }
        let rest = &text[end..];
        if rest.trim().is_empty() || !ends_sentence(&text[start..at], c, rest, lists) {
            continue;
        }
        push(&mut out, text, start..end);
        start = end;
    }
    push(&mut out, text, start..text.len());
    out
}

fn push(out: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start().len());
        out.push(start..start + trimmed.len());
    }
}

fn ends_sentence(before: &str, mark: char, rest: &str, lists: &Lists) -> bool {
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let next = rest.trim_start();
    let first = next.trim_start_matches(['”', '"', '(', '»', '–', '“', '‘', '\'']).chars().next();
    let Some(first) = first else { return true };
    if first.is_lowercase() {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    let lower = word.lowered();
    if lists.abbreviations.has(&lower) {
        // "kl. 14" and "s. 12" go on with a digit, "m.m. Sedan" with a capital.
        return lists.last_abbreviations.has(&lower) && first.is_uppercase();
    }
    // An initial: "J. Markström".
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // "1. Är behovet utrett?"
    let list_number =
        before.trim().len() <= 2 && before.trim().chars().all(|c| c.is_ascii_digit()) && !before.trim().is_empty();
    !initial && !list_number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Language::Swedish).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_decimals_and_initials_end_nothing() {
        assert_eq!(
            split("Det gäller t.ex. 16 fall. Resten är 2.5 kap. 3 §."),
            ["Det gäller t.ex. 16 fall.", "Resten är 2.5 kap. 3 §."]
        );
        assert_eq!(split("Se s. 12 och J. Ek. 25 av 40 svarade."), ["Se s. 12 och J. Ek.", "25 av 40 svarade."]);
        assert_eq!(split("Varför? ”Tiden.” Så var det!"), ["Varför?", "”Tiden.”", "Så var det!"]);
        assert_eq!(
            split("Brev, samtal m.m. Sedan följde e.g. a call. No. 5 left."),
            ["Brev, samtal m.m.", "Sedan följde e.g. a call.", "No. 5 left."]
        );
        assert_eq!(split(""), Vec::<&str>::new());
    }
}
