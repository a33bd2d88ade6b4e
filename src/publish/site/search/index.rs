//! What is found where: passages, and for each stem those that have it, with whole numbers for how much they are about it.

use std::collections::{BTreeMap, BTreeSet};

use crate::render::contents::{Contents, Kind};

use super::words::{Vocabulary, words};

/// A stem that more passages have is found in those that are most about it.
const POSTINGS: usize = 400;
/// Letters of a passage that are kept to be shown.
const SHOWN: usize = 700;

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

pub(super) struct Passage {
    /// Place of its document.
    pub source: usize,
    /// Address on the page; empty for the page itself.
    pub id: String,
    /// The heading that it stands under.
    pub section: String,
    pub text: String,
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
pub(super) struct Index {
    pub passages: Vec<Passage>,
    pub terms: BTreeMap<String, Term>,
}

impl Index {
    pub(super) fn new(sources: &[Source]) -> Self {
        let passages = passages(sources);
        let mut vocabularies: BTreeMap<&str, Vocabulary> = BTreeMap::new();
        for passage in &passages {
            let language = sources.get(passage.source).map_or("", |source| source.language);
            let vocabulary = vocabularies.entry(language).or_default();
            words(&passage.text).for_each(|word| vocabulary.add(language, &word));
        }
        for (language, vocabulary) in &mut vocabularies {
            vocabulary.finish(language);
        }
        let mut counted: BTreeMap<String, Term> = BTreeMap::new();
        let mut lengths = Vec::with_capacity(passages.len());
        for (at, passage) in passages.iter().enumerate() {
            let language = sources.get(passage.source).map_or("", |source| source.language);
            let mut here: BTreeMap<&str, u64> = BTreeMap::new();
            let mut forms: BTreeSet<&str> = BTreeSet::new();
            let mut length: u64 = 0;
            let Some(vocabulary) = vocabularies.get(language) else { continue };
            for word in words(&passage.text) {
                length += 1;
                let Some(known) = vocabulary.word(&word) else { continue };
                let seen = here.entry(known.stem.as_str()).or_default();
                if *seen == 0 || !forms.contains(known.form.as_str()) {
                    counted.entry(known.stem.clone()).or_default().forms.insert(known.form.clone());
                    forms.insert(known.form.as_str());
                }
                *seen += WHOLE;
                for part in &known.parts {
                    *here.entry(part.as_str()).or_default() += PART;
                }
            }
            lengths.push(length);
            for (stem, times) in here {
                counted.entry(stem.to_owned()).or_default().postings.push((at, times));
            }
        }
        let average = (lengths.iter().sum::<u64>() / (lengths.len() as u64).max(1)).max(1);
        for term in counted.values_mut() {
            term.frequency = term.postings.len();
            let rare = rarity(passages.len() as u64, term.frequency as u64);
            for (at, times) in &mut term.postings {
                let length = lengths.get(*at).copied().unwrap_or(average);
                let boost = passages.get(*at).map_or(4, |passage| passage.boost);
                *times = weight(rare, *times, length, average, boost);
            }
            if term.postings.len() > POSTINGS {
                term.postings.sort_by_key(|(at, weight)| (std::cmp::Reverse(*weight), *at));
                term.postings.truncate(POSTINGS);
                term.postings.sort_unstable();
            }
        }
        // A part that no text has as a word of its own is found by its stem.
        for (stem, term) in counted.iter_mut().filter(|(_, term)| term.forms.is_empty()) {
            term.forms.insert(stem.clone());
        }
        Self { passages, terms: counted }
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
fn passages(sources: &[Source]) -> Vec<Passage> {
    let mut out = Vec::new();
    let mut known = BTreeSet::new();
    for (at, source) in sources.iter().enumerate() {
        let mut push = |id: &str, section: &str, text: &str, boost: u64| {
            let is_new = id.is_empty() || text.len() < 60 || known.insert(text.to_owned());
            if is_new && !text.is_empty() {
                let text = shortened(text);
                out.push(Passage { source: at, id: id.to_owned(), section: section.to_owned(), text, boost });
            }
        };
        push("", "", &format!("{}\n{}", source.title, source.description), 10);
        let Some(contents) = source.contents else { continue };
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

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
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
