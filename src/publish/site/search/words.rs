//! Words as they are searched for: small letters without marks, their stems, and the parts of compounds.

use std::collections::{BTreeMap, BTreeSet};

use icu_normalizer::DecomposingNormalizerBorrowed;
use waken_snowball::{Algorithm, stem};

/// Words of fewer letters are no part of a compound.
const PART: usize = 4;
/// What stands before a known part, where it is no word of its own.
const HEAD: usize = 5;

/// The words of a text in small letters. Numbers are words where they may be years.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let letters = |word: &&str| {
        let count = word.chars().count();
        let number = word.chars().all(|c| c.is_ascii_digit());
        (2..=40).contains(&count) && (!number || count == 4)
    };
    text.split(|c: char| !c.is_alphanumeric()).filter(letters).map(str::to_lowercase)
}

/// A word without the marks of its letters: å and ä are a, ö and ø are o. The page's script does the same.
pub(super) fn fold(word: &str) -> String {
    let parts = DecomposingNormalizerBorrowed::new_nfd().normalize(word);
    let plain = parts.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    plain
        .map(|c| match c {
            'ø' => 'o',
            'æ' => 'a',
            c => c,
        })
        .collect()
}

/// The stem of a word in small letters, folded.
pub(super) fn stemmed(language: &str, word: &str) -> String {
    let algorithm = match language {
        "sv" => Algorithm::Swedish,
        "nb" => Algorithm::Norwegian,
        _ => Algorithm::English,
    };
    fold(&stem(algorithm, word))
}

/// What a word is found by.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    pub stem: String,
    /// The word itself, folded.
    pub form: String,
    /// Stems of its parts, where it is a compound.
    pub parts: Vec<String>,
}

/// The words of one language that all texts have, by which compounds are taken apart. Each is looked at once.
#[derive(Default)]
pub(super) struct Vocabulary {
    words: BTreeMap<String, Word>,
    stems: BTreeSet<String>,
}

impl Vocabulary {
    pub(super) fn add(&mut self, language: &str, word: &str) {
        if !self.words.contains_key(word) {
            let stem = stemmed(language, word);
            self.stems.insert(stem.clone());
            self.words.insert(word.to_owned(), Word { stem, form: fold(word), parts: Vec::new() });
        }
    }

    /// When all words are there: takes them apart.
    pub(super) fn finish(&mut self, language: &str) {
        if !matches!(language, "sv" | "nb") {
            return;
        }
        let parts: Vec<Vec<String>> = self.words.keys().map(|word| self.parts(language, word)).collect();
        for (word, parts) in self.words.values_mut().zip(parts) {
            word.parts = parts;
        }
    }

    pub(super) fn word(&self, word: &str) -> Option<&Word> {
        self.words.get(word)
    }

    /// The stems of the parts of a compound: of "genomförandeplaner" those of "genomförande" and "planer".
    fn parts(&self, language: &str, word: &str) -> Vec<String> {
        let mut out = Vec::new();
        self.split(language, word, &mut out);
        let whole = stemmed(language, word);
        out.retain(|part| *part != whole);
        out.sort();
        out.dedup();
        out
    }

    fn split(&self, language: &str, word: &str, out: &mut Vec<String>) {
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        let mut unsure = None;
        // The longest last part first: "vårdplan" is none of "lan".
        for (at, (byte, _)) in letters.iter().enumerate().skip(PART) {
            if letters.len() - at < PART {
                break;
            }
            let (head, tail) = word.split_at(*byte);
            let last = stemmed(language, tail);
            if !self.stems.contains(&last) || last.chars().count() < PART - 1 {
                continue;
            }
            if let Some(first) = self.head(head) {
                out.extend([first, last]);
                self.split(language, tail, out);
                self.split(language, head, out);
                return;
            }
            if at >= HEAD && self.words.contains_key(tail) && unsure.is_none() {
                unsure = Some(last);
            }
        }
        out.extend(unsure);
    }

    /// A first part that is a word, with the letter that joins it to the next or without.
    fn head(&self, head: &str) -> Option<String> {
        let whole = |word: &str| self.words.get(word).map(|known| known.stem.clone());
        let shorter = head.strip_suffix('s').filter(|rest| rest.chars().count() >= PART);
        whole(head).or_else(|| shorter.and_then(whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_give_their_parts_and_letters_lose_their_marks() {
        let mut known = Vocabulary::default();
        for word in ["genomförande", "planer", "verksamhet", "chef", "chefen", "vård", "behov"] {
            known.add("sv", word);
        }
        for word in ["genomförandeplaner", "vårdbehov"] {
            known.add("sv", word);
        }
        known.finish("sv");
        assert_eq!(known.word("vårdbehov").map(|word| word.parts.len()), Some(2));
        assert_eq!(known.parts("sv", "genomförandeplaner"), [stemmed("sv", "genomförande"), "plan".to_owned()]);
        assert!(known.parts("sv", "verksamhetschefen").contains(&"chef".to_owned()));
        assert_eq!(known.parts("sv", "vårdbehov"), ["behov", "vard"]);
        assert!(known.parts("sv", "planer").is_empty());
        assert_eq!(fold("ärenden på höjden, Øst"), "arenden pa hojden, Øst");
        assert_eq!(stemmed("sv", "planerna"), stemmed("sv", "planer"));
        assert_eq!(stemmed("en", "inspections"), stemmed("en", "inspection"));
        assert_eq!(words("SIP 2021, dnr 12: en-dag").collect::<Vec<_>>(), ["sip", "2021", "dnr", "en", "dag"]);
    }
}
