//! The number that a word calls the highest or the lowest, against those that are told beside it: "Högst andel hade Sundby med 64 procent. I Ekvik
//! var andelen 58 procent och i Norrvik 49."

use std::ops::Range;

use super::Wrong;
use super::order::nth;
use super::plain::{levels_in, of_one_kind};
use crate::check::claim::derived::{Amount, Kind, Premise, is_alike};
use crate::check::claim::level::Direction;
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Kind as Sort, Say as _, Token};
use crate::diagnostic::say;

/// So many tokens lie between the word and its number, and so many numbers are told beside it.
const APART: usize = 12;
const BESIDE: usize = 8;
/// What is said of one of these is no level beside another.
const OTHER: &[Tag] = &[
    Tag::Average,
    Tag::Total,
    Tag::Earlier,
    Tag::Than,
    Tag::Target,
    Tag::Wider,
    Tag::Grew,
    Tag::Shrank,
    Tag::Difference,
    Tag::Negation,
    Tag::Since,
    Tag::Of,
    Tag::OfWhich,
    Tag::Rest,
    Tag::Per,
    Tag::Median,
    Tag::Running,
];

pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let firsts = (0..passage.sentences.len()).filter_map(|at| first(passage, at));
    let sentences = 0..passage.sentences.len();
    firsts.chain(sentences.filter_map(|at| followers(passage, at))).collect()
}

/// "Flest hade Malm med 148, följt av Ekhamn (127), Bredsele (121) och Orrsta (112)": each that follows lies further from the first.
fn followers(passage: &Passage, at: usize) -> Option<Wrong> {
    let sentence = passage.sentences.get(at)?;
    let tokens = passage.tokens_in(sentence);
    // "Störst andel har Ekdala med 86 procent. Därefter kommer Fagerlid med 78 …"
    let goes_on = tokens.first()?.tags.any(&[Tag::Followed, Tag::Next, Tag::Afterwards]);
    let told =
        at.checked_sub(1).and_then(|before| passage.sentences.get(before)).filter(|_| goes_on).unwrap_or(sentence);
    let ranked = |token: &&Token| token.has(Tag::Most) != token.has(Tag::Least);
    let rank = passage.tokens_in(told).iter().find(ranked)?;
    let next = |token: &&Token| token.has(Tag::Followed) && token.range.start > rank.range.end;
    let after = if goes_on { tokens.first() } else { tokens.iter().find(next) }?;
    let all = levels_in(passage, sentence);
    let (_, amounts) = of_one_kind(passage, &all)?;
    let behind: Vec<&Amount<'_, '_>> = amounts.iter().filter(|amount| amount.start() > after.range.end).collect();
    let listed =
        behind.len() > 1 && behind.windows(2).all(|two| is_parallel(two[0], two[1]) && two[1].premise.year.is_none());
    let turned = |two: &&[&Amount<'_, '_>]| two[0].towards(two[1]) == Some(past(rank));
    let two = behind.windows(2).find(turned).filter(|_| listed && !tokens.say(&[Tag::Grew, Tag::Shrank, Tag::Than]))?;
    let range = after.range.start..behind.last()?.premise.number.range.end;
    let (first, second) = (number_text(two[0].premise.number), number_text(two[1].premise.number));
    Some((range, say!("{first} and {second} do not stand in that order", first, second)))
}

fn first(passage: &Passage, at: usize) -> Option<Wrong> {
    let sentence = passage.sentences.get(at)?;
    let tokens = passage.tokens_in(sentence);
    let own = levels_in(passage, sentence);
    // "Näst vanligast är långa resvägar med 21 procent": after the first, which the sentence before tells, and before all others.
    let nth_of = |place: &usize| tokens[*place].tags.any(&[Tag::Most, Tag::Least]) && nth(tokens, *place) > 1;
    let second = (0..tokens.len()).any(|place| nth_of(&place));
    let shares = |next: &Range<usize>| {
        let all = levels_in(passage, next);
        let other = |tag: &Tag| OTHER.contains(tag) && !matches!(tag, Tag::Negation | Tag::Of);
        let open = [Tag::More, Tag::Fewer, Tag::Women, Tag::Men, Tag::Now, Tag::Most, Tag::Least];
        let open = Tag::ALL.iter().copied().filter(other).chain(open).collect::<Vec<_>>();
        all.iter().all(|one| one.kind == Kind::Percent && one.year.is_none()) && !passage.tokens_in(next).say(&open)
    };
    let next = passage.sentences.get(at + 1).filter(|next| goes_on(passage, next) || second && shares(next));
    let before = at.checked_sub(1).and_then(|at| passage.sentences.get(at)).filter(|_| second);
    let before = before.map(|before| levels_in(passage, before)).unwrap_or_default();
    let later = next.map(|next| levels_in(passage, next)).unwrap_or_default();
    let all: Vec<Premise<'_>> = before.iter().chain(&own).chain(&later).cloned().collect();
    if !(2..=BESIDE).contains(&all.len()) || tokens.say(&[Tag::Grew, Tag::Shrank, Tag::Than, Tag::Negation]) {
        return None;
    }
    let (_, amounts) = of_one_kind(passage, &all)?;
    let ranks = tokens.iter().enumerate().filter(|(at, token)| is_rank(passage, tokens, *at, token));
    ranks.into_iter().find_map(|(place, word)| {
        let one = amounts.iter().find(|amount| is_of(passage, word, amount))?;
        let others = amounts.iter().filter(|other| other.start() != one.start() && is_parallel(one, other));
        let beyond = |other: &&Amount<'_, '_>| one.towards(other) == Some(past(word));
        let beyond: Vec<&Amount<'_, '_>> = others.filter(beyond).collect();
        let other = beyond.get(nth(tokens, place) - 1).filter(|_| is_plain(one))?;
        let which = if word.has(Tag::Most) { say!("higher") } else { say!("lower") };
        Some((
            word.range.start..one.premise.number.range.end.max(other.premise.number.range.end),
            say!(
                "{other} is {which} than {one}",
                other = number_text(other.premise.number),
                which,
                one = number_text(one.premise.number)
            ),
        ))
    })
}

/// Which way no other number lies from the one that a word ranks first.
fn past(rank: &Token) -> Direction {
    if rank.has(Tag::Most) { Direction::Up } else { Direction::Down }
}

/// "högst 12 procent" is a limit, "most of the 41" a share; the names of what is ranked begin with a capital, or the word begins the sentence.
fn is_rank(passage: &Passage, tokens: &[Token], at: usize, token: &Token) -> bool {
    let counted = tokens
        .get(at + 1)
        .is_some_and(|next| next.number().is_some() || next.tags.any(&[Tag::Of, Tag::Superlative, Tag::One]));
    // "De tre högsta halterna var 19, 21 och 24"
    let several = at.checked_sub(1).is_some_and(|before| tokens[before].number().is_some());
    let often = several || token.has(Tag::MostOf) || passage.slice(token.range.clone()).starts_with(char::is_numeric);
    token.has(Tag::Most) != token.has(Tag::Least) && !counted && !often
}

/// Whether a number is the one that the word is said of: the next behind it, in its clause.
fn is_of(passage: &Passage, word: &Token, amount: &Amount<'_, '_>) -> bool {
    let gap = passage.tokens_in(&(word.range.end..amount.start().max(word.range.end)));
    let cut = |token: &Token| {
        matches!(token.kind, Sort::Sign(';' | '.'))
            || token.tags.any(&[Tag::Most, Tag::Least, Tag::Equals])
            || (token.has(Tag::Joint) && !token.has(Tag::Equals))
    };
    let alone = !gap.iter().any(|token| {
        token.number().is_some_and(|at| {
            passage.numbers[at].allowed.is_none() && passage.numbers[at].form != crate::check::number::Form::Words
        })
    });
    amount.start() >= word.range.end && gap.len() <= APART && alone && !gap.iter().any(cut)
}

/// Whether the number counts nothing of its own: "med 41", "54 procent", "(47)".
fn noun<'p>(amount: &Amount<'_, 'p>) -> Option<&'p Token> {
    let small =
        [Tag::Joint, Tag::Within, Tag::Compared, Tag::Respectively, Tag::Is, Tag::Having, Tag::Followed, Tag::Next];
    amount.premise.words.tail.first().filter(|next| !next.tags.any(&small))
}

fn is_plain(amount: &Amount<'_, '_>) -> bool {
    let words = &amount.premise.words;
    // "anges av 46 procent" tells who say so.
    let by =
        usize::from(amount.premise.kind == Kind::Percent && words.lead.last().is_some_and(|last| last.has(Tag::Of)));
    let near = words.lead.iter().rev().skip(by).take(4).chain(words.tail.iter().take(3));
    !near.into_iter().any(|token| token.tags.any(OTHER) && !token.tags.any(&[Tag::Followed, Tag::Compared]))
}

/// Whether another number is told in the same way: of the same noun, or of none, and of no other year.
fn is_parallel(one: &Amount<'_, '_>, other: &Amount<'_, '_>) -> bool {
    let same = noun(other).is_none_or(|own| noun(one).is_some_and(|noun| is_alike(noun, own)));
    let dated = one.premise.year.zip(other.premise.year).is_some_and(|(one, other)| one != other);
    // "under hösten hade den 52" is of the same, "taket är 4 procent" of none.
    let clause = other.premise.words.opener == Some(';');
    let again =
        clause && other.premise.words.lead.last().is_some_and(|last| last.tags.any(&[Tag::Determiner, Tag::This]));
    let limit = |token: &Token| token.tags.any(&[Tag::Ceiling, Tag::Limit]) && !token.has(Tag::Most);
    same && !dated && !again && !other.premise.words.lead.iter().any(limit) && is_plain(other)
}

/// Whether a sentence goes on with others of what was ranked: "I Ekvik var andelen 58 procent och i Norrvik 49."
fn goes_on(passage: &Passage, sentence: &Range<usize>) -> bool {
    let tokens = passage.tokens_in(sentence);
    let [first, second, ..] = tokens else { return false };
    let name = |token: &Token| passage.text[token.range.start..].starts_with(char::is_uppercase);
    let place = first.has(Tag::Within) && name(second) || first.tags.any(&[Tag::Followed, Tag::Next]);
    let named =
        place || (first.stem().is_some() && (second.tags.any(&[Tag::Having, Tag::Is]) || second.number().is_some()));
    let others = usize::from(first.has(Tag::Rest));
    named && !tokens[others..].say(OTHER) && !tokens.say(&[Tag::Most, Tag::Least, Tag::Now])
}
