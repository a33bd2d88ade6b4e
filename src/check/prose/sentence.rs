//! Where sentences begin and end.

use crate::check::words::Lowered as _;
use std::ops::Range;

/// Words with a full stop that ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "t.ex", "bl.a", "dvs", "d.v.s", "m.fl", "m.m", "osv", "o.s.v", "resp", "s", "sid", "ca", "c:a", "nr", "kap", "st",
    "tfn", "tel", "dnr", "kl", "jfr", "forts", "f.d", "fr.o.m", "t.o.m", "p.g.a", "s.k", "i.e", "e.g", "no", "p", "pp",
    "vol", "fig", "cf", "approx", "ref", "dr", "mr", "mrs", "ms", "prof", "st", "dept", "prop", "skr", "rskr", "bet",
    "mom", "art", "exkl", "inkl", "max", "min", "milj", "mdkr", "tkr", "mnkr", "v", "vs", "etc", "bl. a", "t. ex",
    "et al", "al", "a.a", "op", "cit", "ibid", "jan", "feb", "aug", "sept", "okt", "nov", "dec", "para", "paras", "ch",
    "sec", "reg", "s.i", "u.s", "u.k", "tab", "diagr", "avs",
];

/// The sentences of a text, without the blanks between them.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
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
        if rest.trim().is_empty() || !ends_sentence(&text[start..at], c, rest) {
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

fn ends_sentence(before: &str, mark: char, rest: &str) -> bool {
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
    if ABBREVIATIONS.contains(&lower.as_str()) {
        // "kl. 14" and "s. 12" go on with a digit, "m.m. Sedan" with a capital.
        let ends_often = matches!(
            lower.as_str(),
            "m.m" | "m.fl" | "osv" | "o.s.v" | "etc" | "no" | "max" | "min" | "tkr" | "mnkr" | "mdkr"
        );
        return ends_often && first.is_uppercase();
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
        sentences(text).into_iter().map(|range| &text[range]).collect()
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
