//! Where a line may be broken within words that no language hyphenates: names of files, paths, codes, reference numbers.

use unicode_segmentation::UnicodeSegmentation as _;

/// Letters of a word that has room on any line.
const SHORT: usize = 16;

/// Letters of a stretch without any sign to break at, where it must be broken all the same.
const STRETCH: usize = 8;

/// Letters that no word of a language has.
const NO_WORD: usize = 60;

/// Signs that a line may be broken behind.
const SIGNS: [char; 15] = ['/', '\\', '_', '.', '-', '=', '&', '?', ',', ';', ':', '@', '+', '#', '%'];

/// The parts of a text between which a line may be broken, beside the places where every text may be; none where it needs no others.
pub fn pieces(text: &str) -> Option<Vec<&str>> {
    if text.len() <= SHORT {
        return None;
    }
    let mut cuts = Vec::new();
    for word in text.split(char::is_whitespace).filter(|word| has_no_hyphenation(word)) {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        cuts.extend(cuts_of(word).into_iter().map(|at| start + at));
    }
    if cuts.is_empty() {
        return None;
    }
    let ends = cuts.iter().copied().chain([text.len()]);
    Some(std::iter::once(0).chain(cuts.iter().copied()).zip(ends).map(|(from, to)| &text[from..to]).collect())
}

/// Whether a word is long and no word of a language. Typst breaks addresses by itself.
fn has_no_hyphenation(word: &str) -> bool {
    let length = word.chars().count();
    let is_word =
        word.chars().all(|c| c.is_alphabetic() || !c.is_ascii() || matches!(c, '-' | '\'' | ',' | '.' | '(' | ')'))
            && !word.trim_end_matches(|c: char| !c.is_alphabetic()).contains(['.', ',']);
    length > SHORT && !word.contains("://") && !word.starts_with("www.") && (!is_word || length > NO_WORD)
}

/// Places behind signs, and within stretches that have none; at least two letters stand on either side.
fn cuts_of(word: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut since = 0;
    let graphemes: Vec<(usize, &str)> = word.grapheme_indices(true).collect();
    for (number, (at, _)) in graphemes.iter().enumerate().skip(2).take(graphemes.len().saturating_sub(3)) {
        let behind_sign = graphemes[number - 1].1.starts_with(SIGNS) && !graphemes[number].1.starts_with(SIGNS);
        since += 1;
        if behind_sign || since >= SHORT {
            cuts.push(*at);
            since = if behind_sign { 0 } else { SHORT - STRETCH };
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_break_behind_signs_and_stretches_within() {
        let pieces = |text| pieces(text).unwrap_or_default();
        assert_eq!(
            pieces("se dnr_3.4.2-804/2020_BILAGA_slutversion_rev2.docx här"),
            ["se dnr_", "3.", "4.", "2-", "804/", "2020_", "BILAGA_", "slutversion_", "rev2.", "docx här"]
        );
        assert_eq!(pieces("a1234567890123456789012345678901"), ["a1234567890123456", "78901234", "5678901"]);
        assert_eq!(pieces(r"C:\Users\inspektor\text.docx"), ["C:\\", r"Users\", r"inspektor\", "text.", "docx"]);
        let text = "x".repeat(200);
        assert!(pieces(&text).iter().all(|piece| piece.len() <= 17) && pieces(&text).concat() == text);
    }

    #[test]
    fn words_of_a_language_and_addresses_are_left_to_those_who_know_them() {
        for text in [
            "Funktionshinderinspektörsverksamheten",
            "Norrmalms-stadsdelsförvaltningsgemensamma-mottagningsenhet",
            "(sjukvårdsförvaltningen).",
            "https://www.example.org/very/long/path",
            "2021\u{a0}456\u{a0}789\u{a0}123\u{a0}456",
            "kort.txt",
        ] {
            assert_eq!(pieces(text), None, "{text}");
        }
    }
}
