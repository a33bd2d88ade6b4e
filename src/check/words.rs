//! Words reduced to their stems, so that "ärendena" is "ärenden" and "homes inspected" is "homes were inspected".

use std::ops::Range;

use crate::locale::Language;

const SWEDISH: &[&str] = &[
    "andena", "andets", "andet", "anden", "arnas", "ernas", "ornas", "enas", "heterna", "heten", "heter", "arna",
    "erna", "orna", "ades", "igt", "iga", "ig", "ade", "ande", "ena", "ens", "ets", "aren", "ars", "ers", "ors", "ast",
    "ad", "at", "ar", "er", "or", "en", "et", "na", "as", "es", "an", "a", "e", "s", "n",
];

const ENGLISH: &[&str] = &["ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "e", "s", "y"];

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

/// The stem of a word in small letters.
#[must_use]
pub fn stem(word: &str, language: Language) -> String {
    let first = shortened(&word.to_lowercase(), language);
    // What is left of a definite form may end as the indefinite form does: "svarsfrekvensen" is "svarsfrekvens", whose own end looks like one.
    match language {
        Language::Swedish => shortened(&first, language),
        Language::English => first,
    }
}

fn shortened(lower: &str, language: Language) -> String {
    let endings = match language {
        Language::Swedish => SWEDISH,
        Language::English => ENGLISH,
    };
    let mut best = lower;
    for ending in endings {
        if let Some(rest) = lower.strip_suffix(ending)
            && rest.chars().count() >= if ending.len() == 1 && language == Language::Swedish { 4 } else { 3 }
        {
            best = rest;
            break;
        }
    }
    // "ärende", "ärenden": one more vowel or n; "personer", "personernas" end alike after one step.
    let best = best.strip_suffix(['e', 'a', 'n']).filter(|rest| rest.chars().count() >= 4).unwrap_or(best);
    best.to_owned()
}

/// A stem without what tells participles from their verbs: "genomförda", "genomförts".
#[must_use]
pub fn without_participle(stem: &str) -> &str {
    stem.trim_end_matches(['d', 't', 's'])
}

/// Whether a word is a definite noun in the genitive: "kvartalets", "skolornas"; English has a sign for it.
#[must_use]
pub fn is_genitive(word: &str, language: Language) -> bool {
    const GENITIVE: &[&str] = &["ens", "ets", "ans", "nas"];
    match language {
        Language::Swedish => GENITIVE.iter().any(|end| word.ends_with(end)),
        Language::English => word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'"),
    }
}

/// Whether a word may be a participle that stands behind its noun, as it does in English: "homes inspected".
#[must_use]
pub fn is_participle(word: &str, language: Language) -> bool {
    language == Language::English && word.ends_with("ed")
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
    fn inflected_forms_share_a_stem() {
        for group in [
            &["ärende", "ärenden", "ärendena", "ärendet", "ärendenas"][..],
            &["granskade", "granskad", "granskat", "granskades"],
            &["enkät", "enkäter", "enkäterna"],
            &["plan", "planen", "planer", "planerna"],
            &["skolor", "skolorna", "skola", "skolan"],
            &["svarsfrekvens", "svarsfrekvensen"],
            &["ansvar", "ansvaret"],
            &["resultat", "resultatet", "resultaten"],
            &["kvinna", "kvinnor", "kvinnorna"],
        ] {
            let stems: Vec<String> = group.iter().map(|word| stem(word, Language::Swedish)).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{group:?}: {stems:?}");
        }
        for group in
            [&["homes", "home"][..], &["refused", "refuses", "refuse"], &["inspected", "inspect"], &["cases", "case"]]
        {
            let stems: Vec<String> = group.iter().map(|word| stem(word, Language::English)).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{group:?}: {stems:?}");
        }
    }

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
