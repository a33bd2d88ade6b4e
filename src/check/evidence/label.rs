//! What a figure's label says, and what a sentence says: words that carry meaning, numbers, and the small words on which the sense hangs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::lang;
use crate::check::lang::{grammar, stem, without_participle};
use crate::check::number::words::value;
use crate::check::prose::Passage;
use crate::check::words::Lowered as _;
use crate::check::words::tokens;
use crate::locale::Language;
use crate::value::Group;

/// A word of a text.
#[derive(Debug, Clone)]
pub struct Token {
    /// Where it stands in its text.
    pub range: Range<usize>,
    /// In small letters.
    pub lower: String,
    /// Its stem, where it carries meaning by itself.
    pub stem: Option<String>,
    /// The group of a breakdown that it names in its sentence: "kvinnor", "pojkarna".
    pub group: Option<Group>,
}

impl Token {
    fn is_number(&self, language: Language) -> bool {
        self.lower.starts_with(|c: char| c.is_ascii_digit()) || value(&self.lower, language).is_some()
    }
}

/// The words of a text, from `offset` on counted.
pub fn read(text: &str, offset: usize, language: Language) -> Vec<Token> {
    let lists = lang::lists(language);
    let token = |range: Range<usize>| {
        let lower = text[range.clone()].lowered();
        let mut token = Token { range: offset + range.start..offset + range.end, lower, stem: None, group: None };
        let lower = token.lower.as_str();
        if !token.is_number(language) && !lists.stops.has(lower) && !lists.percent_words.has(lower) {
            token.stem = Some(stem(lower, language));
        }
        token
    };
    tokens(text).into_iter().map(token).collect()
}

/// Words on which the sense of others hangs.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marks {
    /// Something is not.
    pub denied: bool,
    /// "ska", "kan", "would".
    pub modals: BTreeSet<&'static str>,
    /// "över", "under", "minst".
    pub directions: BTreeSet<&'static str>,
}

impl Marks {
    pub fn read<'t>(tokens: impl Iterator<Item = &'t Token>, language: Language) -> Self {
        let lists = lang::lists(language);
        let mut out = Self::default();
        for token in tokens {
            let known = |list: &[&'static str]| list.iter().find(|word| **word == token.lower).copied();
            out.denied |= known(&lists.negations).is_some();
            let same = |word| lists.shall.first().filter(|_| lists.shall.has(word)).copied().unwrap_or(word);
            out.modals.extend(known(&lists.modals).map(same));
            out.directions.extend(known(&lists.directions));
        }
        out
    }
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Its words that carry meaning, and their stems.
    pub words: Vec<(String, String)>,
    pub stems: BTreeSet<String>,
    /// The stems of what is counted: the words before one that joins more to it ("ärenden | med plan").
    pub head: BTreeSet<String>,
    /// Its numbers as they are written.
    pub numbers: BTreeSet<String>,
    /// Its small words.
    pub small: BTreeSet<String>,
    pub marks: Marks,
}

impl Label {
    pub fn new(text: &str, language: Language) -> Self {
        let lists = lang::lists(language);
        let tokens = read(text, 0, language);
        let words: Vec<(String, String)> =
            tokens.iter().filter_map(|token| Some((token.lower.clone(), token.stem.clone()?))).collect();
        let joins = |token: &&Token| token.stem.is_some() || !lists.stops.has(&token.lower);
        let opens = tokens.iter().skip_while(|token| token.stem.is_none());
        let head = opens.take_while(joins).filter_map(|token| token.stem.clone()).collect();
        let numbers =
            tokens.iter().filter(|token| token.is_number(language)).map(|token| token.lower.clone()).collect();
        let stems = words.iter().map(|(_, stem)| stem.clone()).collect();
        let small = tokens.iter().filter(|token| token.stem.is_none()).map(|token| token.lower.clone()).collect();
        Self { words, stems, head, numbers, small, marks: Marks::read(tokens.iter(), language) }
    }

    /// With the words of the column that is meant.
    pub fn with(mut self, other: &Label) -> Self {
        self.words.extend(other.words.iter().cloned());
        self.stems.extend(other.stems.iter().cloned());
        self.head.extend(other.head.iter().cloned());
        self.numbers.extend(other.numbers.iter().cloned());
        self.small.extend(other.small.iter().cloned());
        self.marks.denied |= other.marks.denied;
        self.marks.modals.extend(&other.marks.modals);
        self.marks.directions.extend(&other.marks.directions);
        self
    }

    /// The words and numbers of the label that a sentence lacks.
    pub fn lacking<'l>(&'l self, said: &'l Said) -> Option<&'l str> {
        let words = self.words.iter().find(|(word, stem)| !said.has(word, stem)).map(|(word, _)| word.as_str());
        words.or_else(|| self.numbers.iter().find(|number| !said.numbers.contains(*number)).map(String::as_str))
    }
}

/// A sentence.
#[derive(Debug)]
pub struct Said {
    pub range: Range<usize>,
    pub tokens: Vec<Token>,
    /// The stems of its words, each with the places of its tokens.
    pub stems: BTreeMap<String, Vec<usize>>,
    pub numbers: BTreeSet<String>,
    /// The only group of a breakdown that it speaks of.
    pub group: Option<Group>,
    language: Language,
}

impl Said {
    pub fn new(passage: &Passage, range: Range<usize>) -> Self {
        let mut tokens = read(passage.slice(range.clone()), range.start, passage.language);
        for named in passage.tokens_in(&range).iter().filter(|token| token.group.is_some()) {
            let from = tokens.partition_point(|token| token.range.end <= named.range.start);
            let within = tokens[from..].iter_mut().take_while(|token| token.range.start < named.range.end);
            within.for_each(|token| token.group = named.group);
        }
        let mut stems: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, token) in tokens.iter().enumerate() {
            if let Some(stem) = &token.stem {
                stems.entry(stem.clone()).or_default().push(at);
                // "genomförts" is found by "genomförda".
                let root = without_participle(stem);
                if root != stem {
                    stems.entry(root.to_owned()).or_default().push(at);
                }
            }
        }
        let numbers = tokens.iter().filter(|token| token.is_number(passage.language));
        let numbers = numbers.map(|token| token.lower.clone()).collect();
        let mut groups: Vec<Group> = tokens.iter().filter_map(|token| token.group).collect();
        groups.dedup();
        let group = if let [one] = groups.as_slice() { Some(*one) } else { None };
        Self { range, stems, numbers, tokens, group, language: passage.language }
    }

    /// Whether a word of a label stands in the sentence, in that form or another of the same sense.
    pub fn has(&self, word: &str, stem: &str) -> bool {
        let places = [stem, without_participle(stem)].into_iter().filter_map(|stem| self.stems.get(stem)).flatten();
        places
            .filter_map(|at| self.tokens.get(*at))
            .any(|token| grammar(self.language).is_same_word(word, &token.lower))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_told_from_another_time() {
        let sv = |one, two| grammar(Language::Swedish).is_same_word(one, two);
        for (one, two) in [
            ("ärenden", "ärendena"),
            ("ärende", "ärendet"),
            ("granskade", "granskades"),
            ("granskade", "granskats"),
            ("genomförda", "genomfördes"),
            ("genomförda", "genomförts"),
            ("skola", "skolor"),
            ("plan", "planer"),
            ("klagomål", "klagomålen"),
            ("beslut", "besluten"),
        ] {
            assert!(sv(one, two) && sv(two, one), "{one} {two}");
        }
        for (one, two) in [
            ("granskade", "granskas"),
            ("genomförda", "genomförs"),
            ("genomfört", "genomförs"),
            ("plan", "planerade"),
            ("planer", "planeras"),
        ] {
            assert!(!sv(one, two) && !sv(two, one), "{one} {two}");
        }
        let en = |one, two| grammar(Language::English).is_same_word(one, two);
        assert!(
            en("home", "homes")
                && en("inspected", "inspected")
                && !en("inspected", "inspect")
                && !en("inspected", "inspecting")
        );
    }

    #[test]
    fn a_label_has_a_head() {
        let head = |text: &str, language| Label::new(text, language).head.into_iter().collect::<Vec<_>>();
        assert_eq!(head("ärenden med plan", Language::Swedish), [stem("ärenden", Language::Swedish)]);
        assert_eq!(head("granskade ärenden", Language::Swedish).len(), 2);
        assert_eq!(head("cases reviewed in May", Language::English).len(), 2);
    }
}
