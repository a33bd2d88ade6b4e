//! Which paragraph of the report a paragraph of the file is: by its bookmark, else by its words. Not every program keeps bookmarks, and none keeps all.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::returned::{Home, Passage};
use crate::alike;
use crate::compare::words;
use crate::render::word::Paragraph;

/// The paragraph of the report that one of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub paragraph: usize,
    /// It reads as it does in the report; otherwise one of the two was changed since.
    pub same: bool,
}

/// Paragraphs that share so many of a hundred words are one that was reworded.
const ALIKE: usize = 60;

/// So many pairs are compared by their words at most.
const MOST: usize = 4_000_000;

/// For each passage the paragraph that it is; none where nothing in the report is like it.
pub fn pairs(passages: &[Passage], paragraphs: &[Paragraph]) -> Vec<Option<Pair>> {
    let readings: Vec<String> = passages.iter().map(|passage| alike::reading(&passage.original())).collect();
    let mut pairing = Pairing {
        readings: &readings,
        told: paragraphs.iter().map(|paragraph| alike::reading(&paragraph.text)).collect(),
        free: (0..paragraphs.len()).collect(),
        out: vec![None; passages.len()],
    };
    let own = |home| matches!(home, Home::Text | Home::Note);
    let open: Vec<usize> =
        (0..passages.len()).filter(|at| own(passages[*at].home) && !readings[*at].is_empty()).collect();
    pairing.by_bookmarks(passages, paragraphs, &open);
    pairing.by_words(&open);
    pairing.by_likeness(&open);
    // What repeats words of the report elsewhere leads to them, and takes them from nobody.
    let known: BTreeMap<&str, usize> =
        pairing.told.iter().enumerate().rev().map(|(at, words)| (words.as_str(), at)).collect();
    for (at, passage) in passages.iter().enumerate() {
        if passage.home == Home::Repeated && pairing.out[at].is_none() {
            pairing.out[at] =
                known.get(readings[at].as_str()).map(|paragraph| Pair { paragraph: *paragraph, same: true });
        }
    }
    pairing.out
}

struct Pairing<'a> {
    readings: &'a [String],
    /// The words of each paragraph of the report.
    told: Vec<String>,
    free: BTreeSet<usize>,
    out: Vec<Option<Pair>>,
}

impl Pairing<'_> {
    fn pair(&mut self, at: usize, paragraph: usize) {
        let same = self.readings[at] == self.told[paragraph];
        self.free.remove(&paragraph);
        self.out[at] = Some(Pair { paragraph, same });
    }

    fn by_bookmarks(&mut self, passages: &[Passage], paragraphs: &[Paragraph], open: &[usize]) {
        let known: BTreeMap<&str, usize> =
            paragraphs.iter().enumerate().map(|(at, paragraph)| (paragraph.id.as_str(), at)).collect();
        // Bookmarks may have been carried into other paragraphs: those with the same words come first.
        for sure in [true, false] {
            for at in open {
                let mut places = passages[*at].ids.iter().filter_map(|id| known.get(id.as_str()).copied());
                let fits = |place: &usize| {
                    let same = self.readings[*at] == self.told[*place];
                    self.free.contains(place)
                        && (same || !sure && alike(&self.readings[*at], &self.told[*place]) >= ALIKE)
                };
                let found = places.find(fits);
                if let Some(place) = found.filter(|_| self.out[*at].is_none()) {
                    self.pair(*at, place);
                }
            }
        }
    }

    /// The same words, in their order.
    fn by_words(&mut self, open: &[usize]) {
        let mut places: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for place in &self.free {
            places.entry(self.told[*place].clone()).or_default().push_back(*place);
        }
        for at in open.iter().filter(|at| self.out[**at].is_none()).copied().collect::<Vec<_>>() {
            let next = places.get_mut(&self.readings[at]).and_then(VecDeque::pop_front);
            next.into_iter().for_each(|place| self.pair(at, place));
        }
    }

    /// The most alike of what is left.
    fn by_likeness(&mut self, open: &[usize]) {
        let left: Vec<usize> = open.iter().filter(|at| self.out[**at].is_none()).copied().collect();
        let free: Vec<usize> = self.free.iter().copied().collect();
        let counted = |text: &str| {
            let mut all = words(text);
            all.sort_unstable();
            all
        };
        let told: Vec<Vec<String>> = free.iter().map(|place| counted(&self.told[*place])).collect();
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        let mut compared = 0_usize;
        for at in left {
            let own = counted(&self.readings[at]);
            for (place, other) in free.iter().zip(&told) {
                compared += own.len() + other.len();
                if compared > MOST * 8 {
                    break;
                }
                let likeness = share(&own, other);
                if likeness >= ALIKE {
                    found.push((likeness, at, *place));
                }
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (_, at, place) in found {
            if self.out[at].is_none() && self.free.contains(&place) {
                self.pair(at, place);
            }
        }
    }
}

/// How many of a hundred words two texts share.
fn alike(a: &str, b: &str) -> usize {
    let sorted = |text: &str| {
        let mut all = words(text);
        all.sort_unstable();
        all
    };
    share(&sorted(a), &sorted(b))
}

/// The same of words in the order of the alphabet.
fn share(a: &[String], b: &[String]) -> usize {
    let (mut x, mut y, mut shared) = (0, 0, 0_usize);
    while let (Some(one), Some(other)) = (a.get(x), b.get(y)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => x += 1,
            std::cmp::Ordering::Greater => y += 1,
            std::cmp::Ordering::Equal => (x, y, shared) = (x + 1, y + 1, shared + 1),
        }
    }
    (200 * shared).checked_div(a.len() + b.len()).unwrap_or(0)
}
