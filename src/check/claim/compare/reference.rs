//! A number against what was told before as its measure: "Länets genomsnitt är 6,1. I Torsby är siffran 5,2, vilket är lägre än genomsnittet."

use std::ops::Range;

use super::{Wrong, opposite};
use crate::check::claim::derived::is_alike;
use crate::check::claim::level::{Direction, levels, like};
use crate::check::lang::Tag;
use crate::check::number::Number;
use crate::check::pattern::{Found, Patterns};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Token, class};

/// "högre än i riket", "below the borough average"
static BEYOND: Patterns = Patterns::new(&[
    concat!(than!("noun{0,1}"), " noun{1,2}"),
    "dir=<hedge-more|hedge-less|hedge-above|hedge-below> noun{1,2}",
]);

/// So many sentences before the comparison may tell what is compared with.
const BEFORE: usize = 2;
/// What a standard is called: only then "över" and "under" compare.
const STANDARDS: &[Tag] = &[Tag::Average, Tag::Wider, Tag::Target, Tag::Limit, Tag::Usual];
/// Words of a comparison with something else.
const OTHER: &[Tag] = &[Tag::Earlier, Tag::Time, Tag::Planned];

/// What the sentences of a passage say against the measures before them.
pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let found = passage.sentences.iter().enumerate().flat_map(|(at, sentence)| {
        let all = BEYOND.iter().flat_map(|pattern| pattern.find(passage, sentence));
        all.filter_map(move |found| judge(passage, at, sentence, &found))
    });
    found.collect()
}

fn judge(passage: &Passage, at: usize, sentence: &Range<usize>, found: &Found<'_>) -> Option<Wrong> {
    let said = Direction::stated(found)?;
    let dir = found.named("dir")?;
    let word = found.tokens.get(dir.start)?;
    let behind = found.tokens.get(dir.end..)?;
    let named = &behind
        [..behind.iter().position(|token| token.stem().is_none() || token.has(Tag::Joint)).unwrap_or(behind.len())];
    let ends = behind.get(named.len()).is_none_or(|token| token.number().is_none());
    let standard = word.tags.any(&[Tag::More, Tag::Fewer, Tag::MoreThan, Tag::FewerThan, Tag::Better, Tag::Worse])
        || named.iter().take(3).any(|token| token.tags.any(STANDARDS));
    if !ends || !standard || named.iter().take(3).any(|token| token.tags.any(OTHER)) {
        return None;
    }
    let own = alone(passage, sentence, word.range.start)?;
    let tokens = passage.tokens_in(sentence);
    let before = &tokens[..tokens.partition_point(|token| token.range.start < word.range.start)];
    let again = content(named).all(|word| before.iter().any(|token| names(word, token)));
    if again || before.iter().any(|token| token.has(Tag::Negation)) {
        return None;
    }
    let from = at.saturating_sub(BEFORE);
    let mut measures = passage.sentences.get(from..at)?.iter().filter_map(|range| {
        let said = passage.tokens_in(range).iter().any(|token| is_named(token, named));
        let mut all = like(passage, range, own).filter(|number| number.allowed.is_none() && !is_scale(passage, number));
        let measure = all.next().filter(|_| all.next().is_none() && said)?;
        Some(measure)
    });
    let measure = measures.next().filter(|_| measures.next().is_none())?;
    let (value, aim) = levels(passage, own, measure)?;
    let goes = aim.towards(value).filter(|goes| *goes != said)?;
    Some((own.range.start..named.last()?.range.end, opposite(own, goes, measure)))
}

/// The one amount of a sentence, where it stands before a byte.
fn alone<'p>(passage: &'p Passage, sentence: &Range<usize>, byte: usize) -> Option<&'p Number> {
    let amounts = passage.numbers_in(sentence).filter_map(|at| passage.numbers.get(at)).filter(|number| {
        number.allowed.is_none()
            && !is_scale(passage, number)
            && !matches!(class(number, &passage.text), Class::Year | Class::Name | Class::Fraction)
    });
    let amounts: Vec<&Number> = amounts.collect();
    let last = amounts.iter().rfind(|number| number.range.end <= byte)?;
    let same = amounts.iter().filter(|number| number.unit == last.unit).count();
    (same == 1).then_some(*last)
}

/// "6,1 anmälningar per 1 000 invånare"
fn is_scale(passage: &Passage, number: &Number) -> bool {
    let before = passage.tokens_in(&(passage.sentence(number.range.start).start..number.range.start));
    before.last().is_some_and(|token| token.has(Tag::Per))
}

/// Words that name nothing.
const SMALL: &[Tag] = &[Tag::Within, Tag::Determiner, Tag::Of, Tag::Is, Tag::Than, Tag::This, Tag::Equals];

/// The words that name what is compared with.
fn content(named: &[Token]) -> impl Iterator<Item = &Token> {
    named.iter().filter(|word| !word.tags.any(SMALL)).take(3)
}

/// Whether a word names what is compared with.
fn is_named(token: &Token, named: &[Token]) -> bool {
    content(named).any(|word| names(word, token))
}

/// Whether a word names what another does: by its root, or as an average does.
fn names(word: &Token, token: &Token) -> bool {
    let both = |tag: Tag| word.has(tag) && token.has(tag);
    // "ska bygga 400 bostäder. … färdigställdes 370, vilket är över målet"
    let aimed = word.has(Tag::Target) && token.tags.any(&[Tag::Planned, Tag::Required]);
    aimed || both(Tag::Average) || both(Tag::Wider) || (is_alike(word, token) && !token.tags.any(SMALL))
}
