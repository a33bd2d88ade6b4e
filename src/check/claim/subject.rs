//! What a sentence is about, by which it is known again in other words and with another number.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::content::content;
use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Say as _, Token, class};

/// So many words of two sentences are the same where they say the same.
const SAME: usize = 3;

/// What a sentence is about.
#[derive(Debug, PartialEq, Eq)]
pub struct Subject {
    pub stems: BTreeSet<String>,
    /// Names, years and the sex that it speaks of.
    pub narrowed: BTreeSet<String>,
    pub denied: bool,
}

impl Subject {
    pub fn new(passage: &Passage, sentence: &Range<usize>) -> Self {
        let words = content(passage.slice(sentence.clone()), passage.language);
        let tokens = passage.tokens_in(sentence);
        let text = |token: &Token| passage.slice(token.range.clone()).to_owned();
        let name = |token: &&Token| {
            token.stem().is_some() && passage.slice(token.range.clone()).starts_with(char::is_uppercase)
        };
        let year = |token: &&Token| {
            token
                .number()
                .and_then(|at| passage.numbers.get(at))
                .is_some_and(|number| class(number, &passage.text) == Class::Year)
        };
        let mut narrowed: BTreeSet<String> =
            tokens.iter().skip(1).filter(|token| name(token) || year(token)).map(text).collect();
        narrowed.extend(
            [Tag::Women, Tag::Men, Tag::Earlier]
                .into_iter()
                .filter(|tag| tokens.say(&[*tag]))
                .map(|tag| tag.name().to_owned()),
        );
        let denied = tokens.say(&[Tag::Negation, Tag::Lacks]);
        Self { stems: words.into_iter().map(|word| word.stem).collect(), narrowed, denied }
    }

    /// Whether two sentences are about the same.
    pub fn is_about(&self, other: &Self) -> bool {
        let common = self.stems.intersection(&other.stems).count();
        let least = self.stems.len().min(other.stems.len());
        // "i grundskolan" and "i gymnasiet": each has its own.
        let one_says_more = common == least;
        common >= SAME && one_says_more && self.denied == other.denied && self.narrowed == other.narrowed
    }
}
