//! What a label names, in words that can be held against those of other labels.

use std::collections::BTreeSet;

use super::groups::Groups;
use super::lang::{Tag, lists, pack, stem};
use super::number::scan;
use super::words::{Lowered as _, tokens};
use crate::compute::table::Heading;
use crate::locale::Language;
use crate::markdown::plain_words;
use crate::model::Breakdowns;
use crate::value::{Exact, Group};

/// Reads labels of a workspace in a language.
pub struct Naming<'a> {
    groups: Groups<'a>,
    breakdowns: &'a Breakdowns,
    language: Language,
}

impl<'a> Naming<'a> {
    #[must_use]
    pub fn new(breakdowns: &'a Breakdowns, language: Language) -> Self {
        Self { groups: Groups::new(breakdowns, language), breakdowns, language }
    }

    /// The stems of the words that tell a number from others, without the small words, those for all and those for numbers and shares. A group of a
    /// breakdown is one word however it is called.
    #[must_use]
    pub fn words(&self, text: &str) -> BTreeSet<String> {
        let lower = text.lowered();
        let (lists, pack) = (lists(self.language), pack(self.language));
        let phrases = self.groups.phrases(&lower);
        let mut out: BTreeSet<String> = phrases.iter().map(|(_, group)| self.group(*group)).collect();
        for range in tokens(&lower) {
            let word = &lower[range.clone()];
            let within = phrases.iter().any(|(phrase, _)| phrase.start < range.end && range.start < phrase.end);
            if within || lists.stops.has(word) || lists.percent_words.has(word) {
                continue;
            }
            let by_id = || self.breakdowns.ids().find(|(_, id)| *id == word).map(|(group, _)| group);
            match self.groups.of_word(word).or_else(by_id) {
                Some(group) => out.insert(self.group(group)),
                None if pack.tags(word).any(&[Tag::Total, Tag::All, Tag::Number, Tag::Share]) => continue,
                None => out.insert(stem(word, self.language)),
            };
        }
        out
    }

    /// The words of a header.
    #[must_use]
    pub fn heading(&self, heading: &Heading) -> BTreeSet<String> {
        match heading {
            Heading::Given(text) => self.words(&plain_words(text)),
            Heading::Group(group) => BTreeSet::from([self.group(*group)]),
            _ => BTreeSet::new(),
        }
    }

    /// The word that stands for a group.
    #[must_use]
    pub fn group(&self, group: Group) -> String {
        format!("#{}", self.breakdowns.id(group))
    }

    /// The whole numbers of a text, in digits or in words, that count something.
    #[must_use]
    pub fn numbers(&self, text: &str) -> Vec<Exact> {
        let found = scan(text, self.language).into_iter().filter(|number| number.count().is_some());
        found.map(|number| number.value).collect()
    }

    /// Whether a label speaks of a share: "Andel kvinnor".
    #[must_use]
    pub fn is_share(&self, text: &str) -> bool {
        let lower = text.lowered();
        let is_share =
            |word: &str| lists(self.language).percent_words.has(word) || pack(self.language).tags(word).has(Tag::Share);
        text.contains('%') || tokens(&lower).into_iter().any(|word| is_share(&lower[word]))
    }

    /// Whether a label speaks of all: "Totalt", "hela länet".
    #[must_use]
    pub fn is_whole(&self, text: &str) -> bool {
        let lower = text.lowered();
        tokens(&lower).into_iter().any(|word| pack(self.language).tags(&lower[word]).any(&[Tag::Total, Tag::All]))
    }
}
