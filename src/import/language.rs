//! Which language a text is in.

use crate::locale::Language;

/// The language of a tag such as `sv-SE`, where reports can be written in it.
pub fn tagged(tag: &str) -> Option<Language> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    Language::find(if matches!(primary.as_str(), "no" | "nn") { "nb" } else { &primary })
}

/// Words that a text of some length cannot do without, and letters of its own.
const COMMON: [(Language, &[&str], &[char]); 3] = [
    (
        Language::Swedish,
        &["och", "att", "är", "inte", "från", "också", "där", "när", "ett", "efter", "vid", "som"],
        &['ä', 'ö'],
    ),
    (Language::English, &["the", "and", "of", "is", "not", "from", "that", "with", "are", "was", "this"], &[]),
    (
        Language::Norwegian,
        &["og", "å", "ikke", "fra", "også", "når", "et", "etter", "ved", "ble", "hva", "som"],
        &['æ', 'ø'],
    ),
];

/// The language that more of the common words of a text are of than of any other; nothing where none is.
pub fn detected(text: &str) -> Option<Language> {
    let mut counts = [0_usize; COMMON.len()];
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        for (count, (_, words, letters)) in counts.iter_mut().zip(COMMON) {
            *count += usize::from(words.contains(&word.as_str()) || word.contains(letters));
        }
    }
    let most = counts.iter().max()?;
    let mut first = counts.iter().zip(COMMON).filter(|(count, _)| *count == most);
    let (found, alone) = (first.next()?, first.next().is_none());
    (*most > 0 && alone).then_some(found.1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_language() {
        for (text, language) in [
            ("Granskningen visar att planer finns och är kända.", Some(Language::Swedish)),
            ("The review shows that plans are known.", Some(Language::English)),
            ("Det ble ikke funnet planer, og enheten svarte ikke.", Some(Language::Norwegian)),
            ("Av 40 ärenden granskades tolv.", None),
            ("12 345", None),
        ] {
            assert_eq!(detected(text), language, "{text}");
        }
        assert_eq!(tagged("en-US"), Some(Language::English));
        assert_eq!(tagged("de-DE"), None);
    }
}
