//! Words as they are searched for: small letters without marks, their stems, and the parts of compounds.

use std::collections::{BTreeMap, BTreeSet};

use icu_normalizer::DecomposingNormalizerBorrowed;
use waken_snowball::{Algorithm, stem};

/// Words of fewer letters are no part of a compound.
const PART: usize = 4;
/// What stands before a known part, where it is no word of its own.
const HEAD: usize = 5;
/// Letters of a word at most: more is an address or the like.
const LONGEST: usize = 60;

/// The words of a text in small letters. A number is one word, however it is written: "1 250" is 1250 and "62.5" is 62,5. The page's script reads
/// what is asked in the same way.
pub(super) fn words(text: &str) -> Vec<String> {
    let in_word = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    let mut runs: Vec<(usize, &str)> = Vec::new();
    let mut rest = text;
    while let Some(from) = rest.find(in_word) {
        let run = rest.get(from..).unwrap_or_default();
        let run = run.get(..run.find(|c| !in_word(c)).unwrap_or(run.len())).unwrap_or_default();
        runs.push((text.len() - rest.len() + from, run));
        rest = rest.get(from + run.len()..).unwrap_or_default();
    }
    let is_number = |at: usize| runs.get(at).is_some_and(|(_, run)| run.bytes().all(|byte| byte.is_ascii_digit()));
    // What stands between two numbers.
    let between = |at: usize| {
        let ((from, run), (to, _)) = (runs.get(at)?, runs.get(at + 1)?);
        text.get(from + run.len()..*to).filter(|_| is_number(at) && is_number(at + 1))
    };
    let blank = |at: usize| between(at).is_some_and(|text| [" ", "\u{a0}", "\u{2009}", "\u{202f}"].contains(&text));
    let point = |at: usize| between(at).is_some_and(|text| [".", ","].contains(&text));
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((_, run)) = runs.get(at) {
        let mut word = run.to_lowercase();
        if word.len() <= 3 {
            while blank(at) && runs.get(at + 1).is_some_and(|(_, next)| next.len() == 3) {
                at += 1;
                word.extend(runs.get(at).map(|(_, run)| *run));
            }
        }
        // Not of a date or a chapter: "2021.05.03".
        if point(at) && !point(at + 1) && !at.checked_sub(1).is_some_and(point) {
            at += 1;
            word.push(',');
            word.extend(runs.get(at).map(|(_, run)| *run));
        }
        if word.chars().count() <= LONGEST {
            out.push(word);
        }
        at += 1;
    }
    out
}

/// A word without the marks of its letters: å and ä are a, ö and ø are o. The page's script does the same.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
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
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
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

/// The words of one language that all texts have, by which compounds are taken apart. Each is looked at once, and known by its number from then.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: BTreeMap<String, usize>,
    words: Vec<Word>,
    stems: BTreeSet<String>,
}

impl Vocabulary {
    /// The number of a word.
    pub(super) fn add(&mut self, language: &str, word: &str) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let stem = stemmed(language, word);
        self.stems.insert(stem.clone());
        self.numbers.insert(word.to_owned(), self.words.len());
        self.words.push(Word { stem, form: fold(word), parts: Vec::new() });
        self.words.len() - 1
    }

    /// When all words are there: takes them apart, and gives them by their numbers.
    pub(super) fn finish(mut self, language: &str) -> Vec<Word> {
        if matches!(language, "sv" | "nb") {
            let parts: Vec<(usize, Vec<String>)> =
                self.numbers.iter().map(|(word, number)| (*number, self.parts(language, word))).collect();
            for (number, parts) in parts {
                if let Some(word) = self.words.get_mut(number) {
                    word.parts = parts;
                }
            }
        }
        self.words
    }

    fn word(&self, word: &str) -> Option<&Word> {
        self.words.get(*self.numbers.get(word)?)
    }

    /// The stems of the parts of a compound: of "genomförandeplaner" those of "genomförande" and "planer".
    fn parts(&self, language: &str, word: &str) -> Vec<String> {
        let mut out = Vec::new();
        self.split(language, word, &mut out);
        let whole = self.word(word).map(|known| &known.stem);
        out.retain(|part| Some(part) != whole);
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
            let first = self.head(head);
            // To stem costs most: only where it tells anything.
            let known = self.word(tail);
            if first.is_none() && (at < HEAD || known.is_none() || unsure.is_some()) {
                continue;
            }
            let last = known.map_or_else(|| stemmed(language, tail), |known| known.stem.clone());
            if !self.stems.contains(&last) || last.chars().count() < PART - 1 {
                continue;
            }
            if let Some(first) = first {
                out.extend([first, last]);
                self.split(language, tail, out);
                self.split(language, head, out);
                return;
            }
            unsure = Some(last);
        }
        out.extend(unsure);
    }

    /// A first part that is a word, with the letter that joins it to the next or without.
    fn head(&self, head: &str) -> Option<String> {
        let whole = |word: &str| self.word(word).map(|known| known.stem.clone());
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
        assert_eq!(known.parts("sv", "genomförandeplaner"), [stemmed("sv", "genomförande"), "plan".to_owned()]);
        assert!(known.parts("sv", "verksamhetschefen").contains(&"chef".to_owned()));
        assert_eq!(known.parts("sv", "vårdbehov"), ["behov", "vard"]);
        assert!(known.parts("sv", "planer").is_empty());
        let number = known.add("sv", "vårdbehov");
        assert_eq!(known.finish("sv").get(number).map(|word| word.parts.len()), Some(2));
        assert_eq!(fold("ärenden på höjden, Øst"), "arenden pa hojden, Øst");
        assert_eq!(stemmed("sv", "planerna"), stemmed("sv", "planer"));
        assert_eq!(stemmed("en", "inspections"), stemmed("en", "inspection"));
    }

    #[test]
    fn a_number_is_one_word_however_it_is_written() {
        for (text, expected) in [
            ("SIP 2021, dnr 12: en-dag å", "sip 2021 dnr 12 en dag å"),
            ("1 250 personer och 12\u{a0}300\u{a0}400", "1250 personer och 12300400"),
            ("62,5 % eller 62.5, 12, 13", "62,5 eller 62,5 12 13"),
            ("år 2021 100 200 av 3 4", "år 2021 100200 av 3 4"),
            ("2021.05.03 och 2021-05-03, covid19", "2021 05 03 och 2021 05 03 covid19"),
            ("", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }
}
