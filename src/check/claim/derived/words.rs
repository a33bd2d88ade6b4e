//! The words around a number.

use crate::check::lang::{HEDGES, Tag};
use crate::check::number::{Form, Number};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind as Sort, Say as _, Token, class};

/// So many words on either side of a number are looked at for cues.
const WORDS: usize = 10;
/// So many words before a sign lead to what stands behind it, and so many open a sentence.
const INTRO: usize = 3;
const OPENING: usize = 6;

/// The words around a number, up to the signs and numbers that stand nearest.
#[derive(Debug, Clone, Copy)]
pub struct Words<'p> {
    /// The sign that the words before it follow, "(" or ",", where there is one.
    pub opener: Option<char>,
    pub lead: &'p [Token],
    pub tail: &'p [Token],
    /// The words before that sign: "the rest, £4.5m".
    pub intro: &'p [Token],
    /// The words that begin the sentence, up to a comma that nothing but the number's own words follows: "Over the full year, 410".
    pub opening: &'p [Token],
    /// What follows a bracket that stands behind the number: "120 (10%) more than".
    pub beyond: &'p [Token],
}

impl<'p> Words<'p> {
    pub fn around(passage: &'p Passage, number: &Number) -> Self {
        let tokens = passage.tokens_in(&passage.sentence(number.range.start));
        let at = tokens.partition_point(|token| token.range.start < number.range.start);
        let ends = |token: &Token| match token.kind {
            Sort::Word(_) => false,
            Sort::Sign(sign) => !matches!(sign, '”' | '"' | '»'),
            Sort::Number(at) => passage.numbers.get(at).is_none_or(|number| {
                !matches!(class(number, &passage.text), Class::Year | Class::Name) && !takes_up(tokens, number)
            }),
        };
        let before = &tokens[..at.min(tokens.len())];
        // "avvikelsen är −0,8": the sign is the number's.
        let minus = before.last().is_some_and(|token| matches!(token.kind, Sort::Sign('\u{2212}' | '-')));
        let before = &before[..before.len() - usize::from(minus)];
        let start = opening(before, &ends);
        let sign = start.checked_sub(1);
        let opener = sign.and_then(|at| match before.get(at)?.kind {
            Sort::Sign(sign) => Some(sign),
            _ => None,
        });
        let intro = sign.and_then(|at| before.get(..at)).unwrap_or_default();
        let led = intro.iter().rposition(ends).map_or(0, |at| at + 1).max(intro.len().saturating_sub(INTRO));
        let opening =
            if opener == Some(',') && intro.len() <= OPENING && !intro.iter().any(ends) { intro } else { &[] };
        // Words for a share are several tokens.
        let after = tokens.partition_point(|token| token.range.start < number.range.end);
        let behind = tokens.get(after..).unwrap_or_default();
        let end = behind.iter().position(ends).unwrap_or(behind.len());
        let lead = &before[start.max(before.len().saturating_sub(WORDS))..];
        Self {
            opener,
            lead,
            tail: &behind[..end.min(WORDS)],
            intro: &intro[led..],
            opening,
            beyond: beyond(&behind[end..], &ends),
        }
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
        let joins = |token: &&Token| !token.has(Tag::Joint) || token.has(Tag::Equals);
        let behind = self.tail.iter().take(6).take_while(joins).any(Token::concludes);
        self.before(&[Tag::Equals]) || behind
    }

    #[must_use]
    pub fn before(&self, tags: &[Tag]) -> bool {
        self.lead.say(tags) || self.opening.say(tags)
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

/// "Tillsammans har de tre skolorna 550 elever": so few, determined, were named before.
fn takes_up(tokens: &[Token], number: &Number) -> bool {
    let at = tokens.partition_point(|token| token.range.start < number.range.start);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    number.form == Form::Words
        && number.value <= 12_i64.into()
        && before.is_some_and(|token| token.has(Tag::Determiner))
}

/// Where the words begin that lead to what follows some tokens. A bracket without numbers parts nothing: "soliditeten (eget kapital genom tillgångar) var".
fn opening(before: &[Token], ends: &impl Fn(&Token) -> bool) -> usize {
    let mut start = before.len();
    while let Some(at) = start.checked_sub(1) {
        if !ends(&before[at]) {
            start = at;
            continue;
        }
        let aside = before[..at].iter().rev().take(WORDS).position(ends);
        match aside.map(|words| at - 1 - words) {
            Some(open) if is_sign(&before[at], ')') && is_sign(&before[open], '(') => start = open,
            _ => break,
        }
    }
    start
}

/// The words behind a short bracket.
fn beyond<'p>(behind: &'p [Token], ends: &impl Fn(&Token) -> bool) -> &'p [Token] {
    let close = behind.iter().take(WORDS).position(|token| is_sign(token, ')'));
    let Some(close) = close.filter(|_| behind.first().is_some_and(|first| is_sign(first, '('))) else { return &[] };
    let rest = &behind[close + 1..];
    &rest[..rest.iter().position(ends).unwrap_or(rest.len()).min(WORDS)]
}

fn is_sign(token: &Token, sign: char) -> bool {
    token.kind == Sort::Sign(sign)
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
