//! Texts as they were read. The same ones are asked what they say before the choice, what they say of it, and what they say beside it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::check::{Groups, Passage, stem, word_places};
use crate::locale::Language;

/// A text with its words as stems.
#[derive(Debug)]
pub struct Read {
    pub passage: Passage,
    words: Vec<(Range<usize>, String)>,
}

impl Read {
    pub fn new(text: &str, language: Language, groups: &Groups<'_>) -> Self {
        let passage = Passage::alone(text, language, groups);
        let lower = &passage.lower;
        let stems = word_places(lower).into_iter().map(|place| (place.clone(), stem(&lower[place], language)));
        Self { words: stems.collect(), passage }
    }

    /// The words of a range, each with its stem.
    pub fn words_in(&self, range: &Range<usize>) -> &[(Range<usize>, String)] {
        let from = self.words.partition_point(|(place, _)| place.start < range.start);
        let to = self.words.partition_point(|(place, _)| place.end <= range.end);
        self.words.get(from..to).unwrap_or_default()
    }
}

/// Texts of a report, of its companions and of what is made from them, in one workspace: its groups are the same.
#[derive(Debug, Default)]
pub struct Texts(Mutex<BTreeMap<Language, BTreeMap<String, Arc<Read>>>>);

impl Texts {
    pub fn read(&self, text: &str, language: Language, groups: &Groups<'_>) -> Arc<Read> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(language).or_default();
        if let Some(read) = known.get(text) {
            return Arc::clone(read);
        }
        let read = Arc::new(Read::new(text, language, groups));
        known.insert(text.to_owned(), Arc::clone(&read));
        read
    }
}
