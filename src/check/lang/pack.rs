//! The tagged words of one language, to be looked up by themselves, by what they begin or end with, and as phrases.

use std::collections::BTreeMap;

use super::{Tag, Tags, parts, read};

/// A phrase without its first word.
type Phrase = (Vec<&'static str>, Tags);

/// The words of one language.
#[derive(Debug, Default)]
pub struct Pack {
    words: BTreeMap<&'static str, Tags>,
    /// By their first two bytes.
    beginnings: Alike,
    /// By their last two bytes.
    endings: Alike,
    /// By their first word, the longest first.
    phrases: BTreeMap<&'static str, Vec<Phrase>>,
}

impl Pack {
    pub(super) fn read(text: &'static str) -> Self {
        let mut pack = Self::default();
        for (name, words) in read(text) {
            let Some(tag) = Tag::ALL.iter().find(|tag| tag.name() == name) else { continue };
            for word in words {
                let mut parts = parts(word).into_iter();
                let Some(first) = parts.next() else { continue };
                let rest: Vec<&str> = parts.collect();
                if let Some(end) = word.strip_prefix('*') {
                    add(&mut pack.endings, last_two(end), end, *tag);
                } else if let Some(start) = word.strip_suffix('*') {
                    add(&mut pack.beginnings, first_two(start), start, *tag);
                } else if rest.is_empty() {
                    pack.words.entry(first).or_default().add(*tag);
                } else {
                    let phrases = pack.phrases.entry(first).or_default();
                    match phrases.iter_mut().find(|(known, _)| *known == rest) {
                        Some((_, tags)) => tags.add(*tag),
                        None => {
                            let mut tags = Tags::default();
                            tags.add(*tag);
                            phrases.push((rest, tags));
                        }
                    }
                }
            }
        }
        for phrases in pack.phrases.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        pack
    }

    /// The tags of a word in small letters.
    #[must_use]
    pub fn tags(&self, word: &str) -> Tags {
        let mut out = self.words.get(word).copied().unwrap_or_default();
        let begins = first_two(word).and_then(|two| self.beginnings.get(&two)).into_iter().flatten();
        begins.filter(|(start, _)| word.starts_with(start)).for_each(|(_, tags)| out.join(*tags));
        let ends = last_two(word).and_then(|two| self.endings.get(&two)).into_iter().flatten();
        ends.filter(|(end, _)| word.ends_with(end)).for_each(|(_, tags)| out.join(*tags));
        out
    }

    /// The longest phrase that begins with the first of some words and signs: how many of them it takes, and its tags.
    #[must_use]
    pub fn phrase<'a>(&self, first: &str, mut next: impl FnMut(usize) -> Option<&'a str>) -> Option<(usize, Tags)> {
        let phrases = self.phrases.get(first)?;
        phrases
            .iter()
            .find(|(words, _)| words.iter().enumerate().all(|(at, word)| next(at) == Some(*word)))
            .map(|(words, tags)| (words.len() + 1, *tags))
    }
}

/// Beginnings or endings that have two bytes in common.
type Alike = BTreeMap<[u8; 2], Vec<(&'static str, Tags)>>;

fn add(all: &mut Alike, two: Option<[u8; 2]>, part: &'static str, tag: Tag) {
    let Some(two) = two else { return };
    let alike = all.entry(two).or_default();
    match alike.iter_mut().find(|(known, _)| *known == part) {
        Some((_, tags)) => tags.add(tag),
        None => {
            let mut tags = Tags::default();
            tags.add(tag);
            alike.push((part, tags));
        }
    }
}

fn first_two(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().first_chunk().copied()
}

fn last_two(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().last_chunk().copied()
}
