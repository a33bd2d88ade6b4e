//! The words around a number.

use crate::check::lang::{HEDGES, Tag};
use crate::check::number::Number;
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind as Sort, Say as _, Token, class};

/// So many words on either side of a number are looked at for cues.
const WORDS: usize = 10;

/// The words around a number, up to the signs and numbers that stand nearest.
#[derive(Debug, Clone, Copy)]
pub struct Words<'p> {
    /// The sign that the words before it follow, "(" or ",", where there is one.
    pub opener: Option<char>,
    pub lead: &'p [Token],
    pub tail: &'p [Token],
}

impl<'p> Words<'p> {
    pub fn around(passage: &'p Passage, number: &Number) -> Self {
        let tokens = passage.tokens_in(&passage.sentence(number.range.start));
        let at = tokens.partition_point(|token| token.range.start < number.range.start);
        let ends = |token: &Token| match token.kind {
            Sort::Word(_) => false,
            Sort::Sign(sign) => !matches!(sign, '”' | '"' | '»'),
            Sort::Number(at) => passage
                .numbers
                .get(at)
                .is_none_or(|number| !matches!(class(number, &passage.text), Class::Year | Class::Name)),
        };
        let before = &tokens[..at.min(tokens.len())];
        let start = before.iter().rposition(ends).map_or(0, |found| found + 1);
        let opener = start.checked_sub(1).and_then(|at| match before.get(at)?.kind {
            Sort::Sign(sign) => Some(sign),
            _ => None,
        });
        // Words for a share are several tokens.
        let after = tokens.partition_point(|token| token.range.start < number.range.end);
        let behind = tokens.get(after..).unwrap_or_default();
        let end = behind.iter().position(ends).unwrap_or(behind.len());
        Self { opener, lead: &before[start.max(before.len().saturating_sub(WORDS))..], tail: &behind[..end.min(WORDS)] }
    }

    /// The nearest word before the number that says what it is to the sentence: no hedge, no article.
    #[must_use]
    pub fn last(&self) -> Option<&'p Token> {
        self.lead.iter().rev().find(|token| !token.tags.any(HEDGES) && !token.tags.any(&[Tag::Determiner, Tag::One]))
    }

    /// Whether words say that what follows is a conclusion.
    #[must_use]
    pub fn concludes(&self) -> bool {
        // "en majoritet är således nöjd"
        let behind = self.tail.iter().take(4).any(|token| token.has(Tag::Equals) && !token.has(Tag::Joint));
        self.before(&[Tag::Equals]) || behind
    }

    #[must_use]
    pub fn before(&self, tags: &[Tag]) -> bool {
        self.lead.say(tags)
    }

    /// Whether a word of the number's own clause has a tag.
    #[must_use]
    pub fn has(&self, tags: &[Tag]) -> bool {
        self.clause().any(|token| token.tags.any(tags))
    }

    /// The words of the number's own clause: behind it up to what joins the next, and before it from what joins it to the last.
    pub fn clause(&self) -> impl Iterator<Item = &'p Token> {
        let joint = |token: &Token| token.has(Tag::Joint) && !token.has(Tag::Equals);
        let start = self.lead.iter().rposition(joint).map_or(0, |at| at + 1);
        let end = self.tail.iter().position(joint).unwrap_or(self.tail.len());
        self.tail[..end].iter().chain(self.lead[start..].iter().rev())
    }

    /// "10 percent a year", "40 om året"
    #[must_use]
    pub fn is_each_time(&self) -> bool {
        self.tail.windows(2).take(3).any(|two| two[0].has(Tag::Each) && two[1].has(Tag::Time))
    }

    /// Whether one of the first words behind the number has a tag.
    #[must_use]
    pub fn behind(&self, tags: &[Tag], words: usize) -> bool {
        self.tail.iter().take(words).any(|token| token.tags.any(tags))
    }
}

/// Words that lead to a number and say nothing of what is counted.
pub const SMALL: &[Tag] =
    &[Tag::Equals, Tag::This, Tag::Is, Tag::Determiner, Tag::One, Tag::Relative, Tag::By, Tag::Each];

/// Whether a word says no more than that a number says another again.
#[must_use]
pub fn is_filler(token: &Token) -> bool {
    token.tags.any(SMALL) || token.tags.any(&[Tag::Share, Tag::ResponseRate, Tag::Of])
}

/// Whether two words have a root in common.
#[must_use]
pub fn is_alike(one: &Token, other: &Token) -> bool {
    let (Some(one), Some(other)) = (one.stem(), other.stem()) else { return false };
    let letters = one.chars().count();
    let root: String = one.chars().take(letters.saturating_sub(3).max(4)).collect();
    letters > 2 && other.contains(&root)
}
