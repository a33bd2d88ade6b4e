//! Which paragraph of the older state a paragraph of the newer one was.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::align::stretches;
use super::state::{Paragraph, Section};
use super::words::{normal, words};

/// Paragraphs that are at least so alike, in thousandths, are one that was reworded.
const ALIKE: usize = 500;
/// So many pairs are all compared. Where there are more, each paragraph is compared with those that share its rarest words and those that stand
/// where it would be expected.
const ALL: usize = 40_000;
/// A word that stands in more paragraphs tells nothing of one.
const COMMON: usize = 64;
/// Paragraphs with shared words, and on each side of the expected place, that are looked at.
const SHARING: usize = 32;
const BESIDE: usize = 8;

/// A paragraph and where it stands.
#[derive(Clone, Copy)]
pub struct Placed<'a> {
    pub paragraph: &'a Paragraph,
    pub section: &'a Section,
    /// Position of the section in its own state.
    pub section_at: usize,
}

/// The paragraphs of sections in their order.
pub fn placed(sections: &[Section]) -> Vec<Placed<'_>> {
    let mut out = Vec::new();
    for (section_at, section) in sections.iter().enumerate() {
        out.extend(section.paragraphs.iter().map(|paragraph| Placed { paragraph, section, section_at }));
    }
    out
}

/// For each newer paragraph the older one that it was: the same words in the same section, the same words anywhere, and then the
/// most alike of what is left, first in the same section. `matched` has the older section of each newer one.
pub fn partners(before: &[Placed<'_>], after: &[Placed<'_>], matched: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = vec![None; after.len()];
    let mut free: BTreeSet<usize> = (0..before.len()).collect();
    same_words(before, after, matched, &mut out, &mut free);
    let open = out.iter().filter(|partner| partner.is_none()).count();
    if open > 0 && !free.is_empty() {
        let mut likeness = Likeness::new(before, after, &free, open);
        for same_section in [true, false] {
            likeness.pair(before, after, same_section.then_some(matched), &mut out, &mut free);
        }
    }
    out
}

fn same_words(
    before: &[Placed<'_>],
    after: &[Placed<'_>],
    matched: &[Option<usize>],
    out: &mut [Option<usize>],
    free: &mut BTreeSet<usize>,
) {
    // Places of each text, by section and over all; taken off the front.
    let mut places: BTreeMap<(String, Option<usize>), std::collections::VecDeque<usize>> = BTreeMap::new();
    for (position, place) in before.iter().enumerate() {
        let text = normal(&place.paragraph.text);
        places.entry((text.clone(), Some(place.section_at))).or_default().push_back(position);
        places.entry((text, None)).or_default().push_back(position);
    }
    let texts: Vec<String> = after.iter().map(|place| normal(&place.paragraph.text)).collect();
    for same_section in [true, false] {
        for (at, place) in after.iter().enumerate() {
            let section = matched[place.section_at];
            if out[at].is_some() || (same_section && section.is_none()) {
                continue;
            }
            let key = (texts[at].clone(), section.filter(|_| same_section));
            let Some(known) = places.get_mut(&key) else { continue };
            while let Some(position) = known.pop_front() {
                if free.remove(&position) {
                    out[at] = Some(position);
                    break;
                }
            }
        }
    }
}

/// The words of paragraphs, as numbers.
struct Likeness {
    before: Vec<Vec<u32>>,
    after: Vec<Vec<u32>>,
    /// The words of each in the order of their numbers.
    before_sorted: Vec<Vec<u32>>,
    after_sorted: Vec<Vec<u32>>,
    /// The older paragraphs that have a word; none where all pairs are compared.
    having: Option<BTreeMap<u32, Vec<usize>>>,
}

impl Likeness {
    fn new(before: &[Placed<'_>], after: &[Placed<'_>], free: &BTreeSet<usize>, open: usize) -> Self {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut read = |all: &[Placed<'_>]| -> Vec<Vec<u32>> {
            let number = |word: String| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(word).or_insert(next)
            };
            let mut number = number;
            all.iter().map(|place| words(&place.paragraph.text).into_iter().map(&mut number).collect()).collect()
        };
        let (before, after) = (read(before), read(after));
        let sorted = |all: &[Vec<u32>]| -> Vec<Vec<u32>> {
            let sort = |words: &Vec<u32>| {
                let mut words = words.clone();
                words.sort_unstable();
                words
            };
            all.iter().map(sort).collect()
        };
        let (before_sorted, after_sorted) = (sorted(&before), sorted(&after));
        let having = (open.saturating_mul(free.len()) > ALL).then(|| {
            let mut having: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
            for position in free {
                let mut distinct = before_sorted[*position].clone();
                distinct.dedup();
                distinct.into_iter().for_each(|word| having.entry(word).or_default().push(*position));
            }
            having
        });
        Self { before, after, before_sorted, after_sorted, having }
    }

    /// Pairs what is most alike; with `matched` within the same section alone.
    fn pair(
        &mut self,
        before: &[Placed<'_>],
        after: &[Placed<'_>],
        matched: Option<&[Option<usize>]>,
        out: &mut [Option<usize>],
        free: &mut BTreeSet<usize>,
    ) {
        // Paragraphs stand section by section.
        let first = |section: usize| before.partition_point(|place| place.section_at < section);
        let mut expected = 0;
        for (at, place) in after.iter().enumerate() {
            if let Some(partner) = out[at] {
                expected = partner + 1;
                continue;
            }
            let range = match matched.map(|matched| matched[place.section_at]) {
                None => 0..before.len(),
                Some(None) => continue,
                Some(Some(section)) => first(section)..first(section + 1),
            };
            let mut best: Option<(usize, usize)> = None;
            for position in self.candidates(at, expected, &range, free) {
                let least = best.map_or(ALIKE, |(alike, _)| alike + 1);
                if let Some(alike) = self.at_least(position, at, least) {
                    best = Some((alike, position));
                }
            }
            if let Some((_, position)) = best {
                out[at] = Some(position);
                free.remove(&position);
                expected = position + 1;
            }
        }
    }

    /// The older paragraphs that one may have been, in their order.
    fn candidates(&self, at: usize, expected: usize, range: &Range<usize>, free: &BTreeSet<usize>) -> Vec<usize> {
        let Some(having) = &self.having else { return free.range(range.clone()).copied().collect() };
        let mut words = self.after_sorted[at].clone();
        words.dedup();
        let places = |word: &u32| having.get(word).map(Vec::as_slice).unwrap_or_default();
        words.retain(|word| (1..=COMMON).contains(&places(word).len()));
        words.sort_by_key(|word| (places(word).len(), *word));
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for word in words {
            for position in places(&word).iter().filter(|position| range.contains(position) && free.contains(position))
            {
                *shared.entry(*position).or_default() += 1;
            }
            if shared.len() >= SHARING * 4 {
                break;
            }
        }
        let mut found: Vec<(usize, usize)> = shared.into_iter().collect();
        found.sort_by_key(|(position, shared)| (usize::MAX - shared, *position));
        found.truncate(SHARING);
        let mut out: Vec<usize> = found.into_iter().map(|(position, _)| position).collect();
        let expected = expected.clamp(range.start, range.end);
        out.extend(free.range(expected..range.end).take(BESIDE));
        out.extend(free.range(range.start..expected).rev().take(BESIDE));
        out.sort_unstable();
        out.dedup();
        out
    }

    /// How alike two paragraphs are, in thousandths (words that stayed among all), where it is so much at least.
    fn at_least(&self, before: usize, after: usize, least: usize) -> Option<usize> {
        let all = self.before[before].len() + self.after[after].len();
        if all == 0 {
            return Some(1000).filter(|alike| *alike >= least);
        }
        // Words in another order have not all stayed, but no more than these can have.
        let most = 2000 * shared(&self.before_sorted[before], &self.after_sorted[after]) / all;
        if most < least {
            return None;
        }
        let stretches = stretches(&self.before[before], &self.after[after]);
        let same: usize = stretches.iter().filter(|stretch| stretch.same).map(|stretch| stretch.old.len()).sum();
        Some(2000 * same / all).filter(|alike| *alike >= least)
    }
}

/// How many words two sorted lists have in common.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        count += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}
