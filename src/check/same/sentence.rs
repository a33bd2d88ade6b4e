//! A sentence, read once for all its numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::content::{Word, content};
use crate::check::lang;
use crate::check::number::Number;
use crate::check::prose::Passage;
use crate::check::words::{Lowered as _, holds};
use crate::value::Exact;

/// The sentences of a passage, one after the other.
pub struct Sentences<'p> {
    pub passage: &'p Passage,
    last: Option<Sentence<'p>>,
}

impl<'p> Sentences<'p> {
    pub fn new(passage: &'p Passage) -> Self {
        Self { passage, last: None }
    }

    /// The sentence that holds a byte.
    pub fn sentence_at(&mut self, at: usize) -> &Sentence<'p> {
        let range = self.passage.sentence(at);
        match self.last.take() {
            Some(known) if known.range == range => self.last.insert(known),
            _ => self.last.insert(Sentence::new(self.passage, range)),
        }
    }
}

/// What is asked of a sentence for each number.
pub struct Sentence<'p> {
    pub passage: &'p Passage,
    pub range: Range<usize>,
    pub words: Vec<Word>,
    /// The stems of the words, in their order.
    pub stems: Vec<String>,
    /// Where each stem stands first among them.
    first: BTreeMap<String, usize>,
    /// Numbers by value.
    values: BTreeMap<Exact, Vec<usize>>,
    /// It speaks of another time, of a target, or of a year.
    of_other_time: bool,
    /// Stems of each word that names a sex, or one unit: what is no part of a label narrows what is counted.
    narrowing: BTreeSet<Vec<String>>,
}

impl<'p> Sentence<'p> {
    fn new(passage: &'p Passage, range: Range<usize>) -> Self {
        let lists = lang::lists(passage.language);
        let (text, lower) = (passage.slice(range.clone()), passage.lower.get(range.clone()).unwrap_or(""));
        let words = content(text, passage.language);
        let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
        let mut first = BTreeMap::new();
        for (at, stem) in stems.iter().enumerate() {
            first.entry(stem.clone()).or_insert(at);
        }
        let mut values: BTreeMap<Exact, Vec<usize>> = BTreeMap::new();
        let mut year = false;
        for at in passage.numbers_in(&range) {
            let number = &passage.numbers[at];
            values.entry(number.value).or_default().push(at);
            year |= number.allowed.is_some() && number.count().is_some_and(|n| (1900..2100).contains(&n));
        }
        let stems_of = |word: &str| content(word, passage.language).into_iter().map(|word| word.stem).collect();
        let mut narrowing: BTreeSet<Vec<String>> = BTreeSet::new();
        for word in lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            let women = lists.women.has(word);
            if women || matches!(word, "män" | "männen" | "pojkar" | "men" | "boys") {
                narrowing.insert(stems_of(word));
            }
        }
        // "I Farsta", "at Northfield"
        let mut previous = text.split_whitespace().next().unwrap_or("").lowered();
        for word in text.split_whitespace().skip(1) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let lower = bare.lowered();
            let place = lists.places.has(&previous);
            if place && bare.starts_with(char::is_uppercase) && !lists.months.has(&lower) {
                narrowing.insert(stems_of(bare));
            }
            previous = lower;
        }
        let of_other_time = year || holds(lower, &lists.target) || holds(lower, &lists.earlier);
        Self { passage, range, words, stems, first, values, of_other_time, narrowing }
    }

    /// Where a word stands in the passage.
    pub fn place(&self, word: &Word) -> Range<usize> {
        self.range.start + word.range.start..self.range.start + word.range.end
    }

    /// How many words begin before a place of the passage.
    pub fn words_before(&self, at: usize) -> usize {
        self.words.partition_point(|word| self.range.start + word.range.start < at)
    }

    /// Whether no other number stands in a range.
    pub fn unbroken(&self, range: Range<usize>, own: &Number) -> bool {
        let numbers = &self.passage.numbers;
        let from = numbers.partition_point(|number| number.range.end <= range.start);
        let mut inside = numbers[from..].iter().take_while(|number| number.range.start < range.end);
        inside.all(|number| number.range == own.range)
    }

    /// Whether another number than that at `place` states a value, in the same unit.
    pub fn states(&self, value: Exact, place: usize) -> bool {
        let unit = self.passage.numbers[place].unit;
        let all = self.values.get(&value).into_iter().flatten();
        all.copied().any(|other| other != place && self.passage.numbers[other].unit == unit)
    }

    /// Another year, one unit, one sex, a target: another number is right there.
    pub fn qualified(&self, number: &Number, stems: &[String]) -> bool {
        let named = |words: &Vec<String>| words.iter().any(|stem| stems.contains(stem));
        if self.of_other_time || !self.narrowing.iter().all(named) {
            return true;
        }
        // "varav 3 ärenden med …", "av dem"
        let before = self.passage.lower.get(self.range.start..number.range.start).unwrap_or("").trim_end();
        before.ends_with("varav") || before.ends_with("of which") || before.ends_with("ytterligare")
    }

    /// "Av akter utan samtycke var sex ofullständiga": the label is the whole that the number is a part of.
    pub fn is_part(&self, number: &Number, stems: &[String]) -> bool {
        let of = &lang::lists(self.passage.language).of;
        let after = self.passage.lower.get(number.range.end..self.range.end).unwrap_or("");
        // "Five of the homes visited": a part of what the label counts.
        if after.split_whitespace().next().is_some_and(|word| of.contains(&word)) {
            return true;
        }
        let before = self.words_before(number.range.start);
        let places: Option<Vec<usize>> =
            stems.iter().map(|stem| self.first.get(stem).copied().filter(|at| *at < before)).collect();
        let Some(first) = places.and_then(|places| places.into_iter().min()) else { return false };
        let opening = self.passage.lower.get(self.range.start..self.place(&self.words[first]).start).unwrap_or("");
        opening.split_whitespace().rev().take(2).any(|word| of.contains(&word))
    }
}
