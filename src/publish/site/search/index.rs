//! What is found where: passages, and for each stem those that have it, with whole numbers for how much they are about it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::render::contents::{Contents, Kind};

use super::words::{Vocabulary, Word, words};

/// A stem that more passages have is found in those that are most about it.
const POSTINGS: usize = 1_500;
/// So many of one that every fourth has: it tells little, and the page does not count it beside others.
const COMMON: usize = 400;

/// A document whose words are found.
pub(super) struct Source<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub language: &'a str,
    /// "Granskningsrapport, 2021"
    pub about: String,
    /// Relative to `output/`: `sip-2021/1.0/index.html`.
    pub path: String,
    /// None of versions from before that was kept: of these the title is found.
    pub contents: Option<&'a Contents>,
}

pub(super) struct Passage<'a> {
    /// Place of its document.
    pub source: usize,
    /// Address on the page; empty for the page itself.
    pub id: &'a str,
    /// The heading that it stands under.
    pub section: &'a str,
    pub text: Cow<'a, str>,
    boost: u64,
}

#[derive(Default)]
pub(super) struct Term {
    /// Folded words with this stem.
    pub forms: BTreeSet<String>,
    /// Passages that have it, all counted.
    pub frequency: usize,
    /// Passages and weights, in the order of the passages.
    pub postings: Vec<(usize, u64)>,
}

#[derive(Default)]
pub(super) struct Index<'a> {
    pub passages: Vec<Passage<'a>>,
    pub terms: BTreeMap<String, Term>,
}

/// The words of all passages by their numbers, and what they are by language.
struct Read<'a> {
    /// Of each passage.
    numbers: Vec<Vec<usize>>,
    known: BTreeMap<&'a str, Vec<Word>>,
}

impl<'a> Read<'a> {
    fn new(sources: &[Source<'a>], passages: &[Passage<'a>]) -> Self {
        let mut vocabularies: BTreeMap<&str, Vocabulary> = BTreeMap::new();
        let numbers = passages.iter().map(|passage| {
            let language = language(sources, passage);
            let vocabulary = vocabularies.entry(language).or_default();
            words(&passage.text).iter().map(|word| vocabulary.add(language, word)).collect()
        });
        let numbers = numbers.collect();
        let known = vocabularies.into_iter().map(|(language, vocabulary)| (language, vocabulary.finish(language)));
        Self { numbers, known: known.collect() }
    }
}

fn language<'a>(sources: &[Source<'a>], passage: &Passage) -> &'a str {
    sources.get(passage.source).map_or("", |source| source.language)
}

impl<'a> Index<'a> {
    pub(super) fn new(sources: &[Source<'a>]) -> Self {
        let passages = passages(sources);
        let read = Read::new(sources, &passages);
        let mut stems = Stems::default();
        // What each word counts for, as places among the terms: its stem, then its parts.
        let counted: BTreeMap<&str, Vec<Vec<usize>>> = read
            .known
            .iter()
            .map(|(language, known)| (*language, known.iter().map(|word| stems.places(word)).collect()))
            .collect();
        let mut terms: Vec<Term> = stems.names.iter().map(|_| Term::default()).collect();
        for (language, known) in &read.known {
            let places = counted.get(language).into_iter().flatten();
            for (word, places) in known.iter().zip(places) {
                if let Some(term) = places.first().and_then(|at| terms.get_mut(*at)) {
                    term.forms.insert(word.form.clone());
                }
            }
        }
        for (at, (passage, numbers)) in passages.iter().zip(&read.numbers).enumerate() {
            let Some(places) = counted.get(language(sources, passage)) else { continue };
            let mut here: BTreeMap<usize, u64> = BTreeMap::new();
            for of_word in numbers.iter().filter_map(|number| places.get(*number)) {
                for (nth, term) in of_word.iter().enumerate() {
                    *here.entry(*term).or_default() += if nth == 0 { WHOLE } else { PART };
                }
            }
            for (term, times) in here {
                if let Some(term) = terms.get_mut(term) {
                    term.postings.push((at, times));
                }
            }
        }
        let all: usize = read.numbers.iter().map(Vec::len).sum();
        let average = (all / passages.len().max(1)).max(1) as u64;
        for term in &mut terms {
            term.frequency = term.postings.len();
            let rare = rarity(passages.len() as u64, term.frequency as u64);
            for (at, times) in &mut term.postings {
                let length = read.numbers.get(*at).map_or(average, |words| words.len() as u64);
                let boost = passages.get(*at).map_or(4, |passage| passage.boost);
                *times = weight(rare, *times, length, average, boost);
            }
            let most = if term.frequency * 4 > passages.len() { COMMON } else { POSTINGS };
            if term.postings.len() > most {
                term.postings.sort_by_key(|(at, weight)| (std::cmp::Reverse(*weight), *at));
                term.postings.truncate(most);
                term.postings.sort_unstable();
            }
        }
        let mut terms: BTreeMap<String, Term> = stems
            .names
            .into_iter()
            .map(|(name, at)| (name, terms.get_mut(at).map(std::mem::take).unwrap_or_default()))
            .collect();
        // A part that no text has as a word of its own is found by its stem.
        for (stem, term) in terms.iter_mut().filter(|(_, term)| term.forms.is_empty()) {
            term.forms.insert(stem.clone());
        }
        Self { passages, terms }
    }
}

/// Stems by their places among the terms.
#[derive(Default)]
struct Stems {
    names: BTreeMap<String, usize>,
}

impl Stems {
    fn place(&mut self, stem: &str) -> usize {
        if let Some(at) = self.names.get(stem) {
            return *at;
        }
        self.names.insert(stem.to_owned(), self.names.len());
        self.names.len() - 1
    }

    fn places(&mut self, word: &Word) -> Vec<usize> {
        std::iter::once(&word.stem).chain(&word.parts).map(|stem| self.place(stem)).collect()
    }
}

/// How often a word stands, in quarters: a part of a compound counts half.
const WHOLE: u64 = 4;
const PART: u64 = 2;

/// Okapi BM25 in whole numbers, so that all machines write the same: k is 1.2 and b 0.75.
fn weight(rare: u64, times: u64, length: u64, average: u64, boost: u64) -> u64 {
    let above = rare * 22 * times * average;
    let below = 10 * times * average + 12 * average + 36 * length;
    (above / below.max(1) * boost / 4 / 32).clamp(1, 999)
}

/// The logarithm of how few of all passages have a word, in parts of 256.
fn rarity(all: u64, with: u64) -> u64 {
    let ratio = ((all + 1) << 16) / with.max(1);
    let whole = u64::from(ratio.max(1).ilog2());
    let mut rest = (ratio << 16) >> whole;
    let mut out = whole.saturating_sub(16) << 8;
    for bit in (0..8).rev() {
        rest = (rest * rest) >> 16;
        if rest >= 2 << 16 {
            rest >>= 1;
            out += 1 << bit;
        }
    }
    out.max(16)
}

/// All passages, documents in their order. What a document repeats of another, word for word, is found there alone.
fn passages<'a>(sources: &[Source<'a>]) -> Vec<Passage<'a>> {
    let mut out = Vec::new();
    let mut known: BTreeSet<&'a str> = BTreeSet::new();
    for (at, source) in sources.iter().enumerate() {
        let whole = Cow::Owned(format!("{}\n{}", source.title, source.description));
        out.push(Passage { source: at, id: "", section: "", text: whole, boost: 10 });
        let Some(contents) = source.contents else { continue };
        let mut push = |id: &'a str, section: &'a str, text: &'a str, boost: u64| {
            if !text.is_empty() && (text.len() < 60 || known.insert(text)) {
                out.push(Passage { source: at, id, section, text: Cow::Borrowed(text), boost });
            }
        };
        let titles: BTreeMap<&str, &str> =
            contents.sections.iter().map(|section| (section.id.as_str(), section.title.as_str())).collect();
        let mut seen = BTreeSet::new();
        for passage in &contents.passages {
            let heading = titles.get(passage.section.as_str()).copied().unwrap_or_default();
            if seen.insert(passage.section.as_str()) && !passage.section.is_empty() {
                push(&passage.section, "", heading, 8);
            }
            let boost = match passage.kind {
                Kind::Table | Kind::Chart => 5,
                Kind::Note => 3,
                _ => 4,
            };
            push(&passage.id, heading, &passage.text, boost);
        }
        // Headings that are followed by others at once.
        for section in contents.sections.iter().filter(|section| !seen.contains(section.id.as_str())) {
            push(&section.id, "", &section.title, 8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more_and_long_passages_less() {
        assert_eq!((rarity(1023, 1), rarity(1023, 4)), (10 << 8, 8 << 8));
        assert!(rarity(1000, 3) > rarity(1000, 4));
        let plain = weight(rarity(1000, 5), 4, 50, 50, 4);
        assert!(weight(rarity(1000, 50), 4, 50, 50, 4) < plain);
        assert!(weight(rarity(1000, 5), 4, 200, 50, 4) < plain);
        assert!(weight(rarity(1000, 5), 2, 50, 50, 4) < plain);
        assert!(weight(rarity(1000, 5), 4, 50, 50, 8) > plain);
    }
}
