//! Which group of a breakdown words name: those that every language has words for by the lists, others by the labels that are declared.

use std::ops::Range;

use super::lang::{Tags, pack, stem};
use super::tokens::Token;
use super::words::{Lowered as _, is_word};
use crate::locale::Language;
use crate::model::Breakdowns;
use crate::value::Group;

/// The groups of a workspace, to be found in the words of a text.
pub struct Groups<'a> {
    breakdowns: &'a Breakdowns,
    language: Language,
    /// Single words by their stems: "barn".
    words: Vec<(String, Group)>,
    /// Other labels in small letters, with either dash: "18–64 år".
    phrases: Vec<(String, Group)>,
}

impl<'a> Groups<'a> {
    pub fn new(breakdowns: &'a Breakdowns, language: Language) -> Self {
        let mut out = Self { breakdowns, language, words: Vec::new(), phrases: Vec::new() };
        for (group, label) in
            breakdowns.labels().filter_map(|(group, label)| Some((group, label.in_language(language)?)))
        {
            let lower = label.lowered();
            if lower.chars().all(char::is_alphabetic) {
                out.words.push((stem(&lower, language), group));
            } else {
                out.phrases.push((lower.replace('–', "-"), group));
                out.phrases.push((lower, group));
            }
        }
        out
    }

    /// Where a text in small letters says the label of a group that is more than one word.
    pub fn phrases(&self, lower: &str) -> Vec<(Range<usize>, Group)> {
        let found = self.phrases.iter().flat_map(|(phrase, group)| {
            let places = lower.match_indices(phrase.as_str()).map(|(at, _)| at..at + phrase.len());
            places.filter(|range| stands_alone(lower, range)).map(|range| (range, *group))
        });
        found.collect()
    }

    /// Says of each token which group it names, where the labels in `phrases` stand in the text.
    pub fn mark(&self, tokens: &mut [Token], phrases: &[(Range<usize>, Group)]) {
        for token in tokens {
            let within =
                |(range, _): &&(Range<usize>, Group)| range.start < token.range.end && token.range.start < range.end;
            let phrase = phrases.iter().find(within).map(|(_, group)| *group);
            token.group = phrase.or_else(|| self.named_by(token.tags)).or_else(|| self.with_stem(token.stem()?));
        }
    }

    /// The group that a single word in small letters names.
    pub fn of_word(&self, word: &str) -> Option<Group> {
        self.named_by(pack(self.language).tags(word)).or_else(|| self.with_stem(&stem(word, self.language)))
    }

    /// The group that the language has such words for.
    fn named_by(&self, tags: Tags) -> Option<Group> {
        self.breakdowns.group(tags.known_group()?.id())
    }

    fn with_stem(&self, stem: &str) -> Option<Group> {
        self.words.iter().find(|(known, _)| known == stem).map(|(_, group)| *group)
    }
}

/// Whether no letter, digit or dash continues a stretch of a text: "0–17" is none of "10–17" and "0–17,5".
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let goes_on = |c: char| is_word(c) || matches!(c, '-' | '–');
    let (before, mut after) = (text[..range.start].chars().next_back(), text[range.end..].chars());
    let decimals = |c: char, next: Option<char>| matches!(c, ',' | '.') && next.is_some_and(|c| c.is_ascii_digit());
    let follows = after.next().is_some_and(|c| goes_on(c) || decimals(c, after.next()));
    !before.is_some_and(goes_on) && !follows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_found_where_it_stands_alone() {
        let alone = |text: &str| text.find("0–17").is_some_and(|at| stands_alone(text, &(at..at + "0–17".len())));
        assert!(["0–17", "i åldern 0–17.", "(0–17)", "0–17, 18–64"].iter().all(|text| alone(text)));
        assert!(["10–17", "0–170", "0–17,5", "5-0–17"].iter().all(|text| !alone(text)));
    }
}
