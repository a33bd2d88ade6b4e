//! Which group of a breakdown words name.

use super::lang::{Tags, pack};
use super::tokens::Token;
use crate::locale::Language;
use crate::model::Breakdowns;
use crate::value::Group;

/// The groups of a workspace, to be found in the words of a text.
pub struct Groups<'a> {
    breakdowns: &'a Breakdowns,
}

impl<'a> Groups<'a> {
    pub fn new(breakdowns: &'a Breakdowns) -> Self {
        Self { breakdowns }
    }

    /// Says of each token which group it names.
    pub fn mark(&self, tokens: &mut [Token]) {
        for token in tokens {
            token.group = self.named_by(token.tags);
        }
    }

    /// The group that a single word in small letters names.
    pub fn of_word(&self, word: &str, language: Language) -> Option<Group> {
        self.named_by(pack(language).tags(word))
    }

    /// The group that the language has such words for.
    fn named_by(&self, tags: Tags) -> Option<Group> {
        self.breakdowns.group(tags.known_group()?.id())
    }
}
