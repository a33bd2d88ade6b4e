//! What is concluded of the numbers of the sentence before: "Halten överskrider därmed gränsen på 200", "Neither estate exceeded 2%", "Samtliga klarade
//! alltså kravet".

use std::ops::Range;

use super::plain::{levels_in, of_one_kind};
use super::{Wrong, opposite};
use crate::check::claim::derived::{Kind, Premise, is_alike, premises_in};
use crate::check::claim::level::Direction;
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::Form;
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind as Sort, Say as _, Token, class};
use crate::diagnostic::say;
use crate::value::Exact;

/// So many tokens lie between the word and what is compared with.
const APART: usize = 9;
/// So many numbers are compared at a glance.
const SEVERAL: usize = 4;
/// So many words of the sentence before are taken up by what is concluded of it.
const AGAIN: usize = 2;
const STANDARDS: &[Tag] = &[Tag::Target, Tag::Limit, Tag::Average, Tag::Wider, Tag::Usual];
const OTHER: &[Tag] =
    &[Tag::Earlier, Tag::Planned, Tag::Required, Tag::Except, Tag::Until, Tag::Grew, Tag::Shrank, Tag::HowMuch];

pub fn wrongs(passage: &Passage) -> Vec<Wrong> {
    let pairs = passage.sentences.windows(2);
    pairs
        .filter_map(|two| {
            let behind = || beyond(passage, &two[1], &two[0], true);
            let of_all = || {
                unanimous(passage, &two[0], &two[1])
                    .or_else(|| not_all(passage, &two[0], &two[1]))
                    .or_else(|| denied(passage, &two[0], &two[1]))
                    .or_else(|| reached(passage, &two[0], &two[1]))
                    .or_else(|| majority(passage, &two[0], &two[1]))
            };
            beyond(passage, &two[0], &two[1], false).or_else(behind).or_else(of_all)
        })
        .collect()
}

/// A limit that the numbers before are said to pass or keep.
fn beyond(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>, first: bool) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let own = premises_in(passage, sentence, &[]);
    // "None of the 83 applications was kept waiting beyond the limit of 60 days": the first says of how many.
    let aim = match own.as_slice() {
        [aim] => aim,
        [whole, aim] if whole.words.lead.len() < 4 && whole.kind == Kind::Plain => aim,
        _ => return None,
    };
    let place = tokens.iter().position(|token| token.range.start >= aim.number.range.start)?;
    let (at, said) = (0..place).rev().take(APART + 1).find_map(|at| Some((at, goes(&tokens[at..place])?)))?;
    // "Budgeten underskreds med 70 tkr" says by how much.
    if at + 2 == place && tokens[at + 1].has(Tag::By) {
        return None;
    }
    let each = tokens[..at].say(&[Tag::EachGroup, Tag::All, Tag::Nobody]);
    let concluded = tokens.iter().any(Token::concludes);
    let denied = tokens[..at].say(&[Tag::Negation, Tag::Nobody]);
    // What is said of each before its numbers is held to the least and the most of them.
    let extremes = passage.tokens_in(told).say(&[Tag::Most, Tag::Least]);
    if !(each || concluded) || (first && !(each && extremes)) || tokens[..at].say(OTHER) {
        return None;
    }
    let before = levels_in(passage, told);
    let all: Vec<Premise<'_>> = before.iter().chain([aim]).cloned().collect();
    let (kind, amounts) = of_one_kind(passage, &all)?;
    let (aim, numbers) = amounts.split_last()?;
    let compared = |token: &Token| token.has(Tag::Compared) && !token.has(Tag::From);
    let told = passage.tokens_in(told);
    let dated = told.say(&[Tag::Earlier]) || kind == Kind::Plain && told.say(&[Tag::Of]) || told.iter().any(compared);
    if dated || !(1..=SEVERAL).contains(&numbers.len()) || (numbers.len() > 1 && !each) {
        return None;
    }
    let up = (said == Direction::Up) != denied;
    let fails = if up { Direction::Down } else { Direction::Up };
    let one = numbers.iter().find(|amount| aim.towards(amount) == Some(fails))?;
    let range = tokens[at].range.start..aim.premise.number.range.end;
    Some((range, opposite(one.premise.number, fails, aim.premise.number)))
}

/// Which way the first of some words says that it goes past what stands behind them.
pub fn goes(words: &[Token]) -> Option<Direction> {
    let (word, rest) = words.split_first()?;
    let standard = rest.say(STANDARDS);
    let up = [Tag::HedgeMore, Tag::HedgeAbove, Tag::MoreThan];
    let down = [Tag::HedgeLess, Tag::HedgeBelow, Tag::FewerThan];
    match () {
        () if word.has(Tag::Exceeded) => Some(Direction::Up),
        () if word.has(Tag::Undershot) => Some(Direction::Down),
        () if standard && word.tags.any(&up) => Some(Direction::Up),
        () if standard && word.tags.any(&down) && !word.has(Tag::Negation) => Some(Direction::Down),
        () => None,
    }
}

/// "93, 91, 88 and 95 per cent … The target of at least 90 per cent was thereby reached in all four."
fn reached(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let mut own = levels_in(passage, sentence);
    own.retain(|premise| premise.number.form != Form::Words);
    let ([aim], before) = (own.as_slice(), levels_in(passage, told)) else { return None };
    let said = aim.words.has(&[Tag::Target, Tag::Limit, Tag::Required]) && tokens.say(&[Tag::Reached]);
    let all = tokens.say(&[Tag::All, Tag::Total, Tag::EachGroup]) && tokens.iter().any(Token::concludes);
    let open = [Tag::Negation, Tag::Nobody, Tag::Except, Tag::Planned, Tag::HedgeAtMost, Tag::Ceiling, Tag::HedgeBelow];
    let all_told: Vec<Premise<'_>> = before.iter().chain([aim]).cloned().collect();
    let (_, amounts) = of_one_kind(passage, &all_told)?;
    let (aim, numbers) = amounts.split_last()?;
    let one = numbers.iter().find(|amount| aim.towards(amount) == Some(Direction::Down))?;
    let range = tokens.first()?.range.start..sentence.end;
    (said && all && !tokens.say(&open) && numbers.len() > 1)
        .then(|| (range, opposite(one.premise.number, Direction::Down, aim.premise.number)))
}

/// "fem män och fyra kvinnor. Kvinnorna var alltså i majoritet."
fn majority(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let said = tokens.iter().find(|token| token.tags.any(&[Tag::Majority, Tag::Minority]))?;
    let sexes = [Tag::Women, Tag::Men];
    let mut named = sexes.into_iter().filter(|sex| tokens.say(&[*sex]));
    let (sex, None) = (named.next()?, named.next()) else { return None };
    let before = premises_in(passage, told, &[]);
    let of = |sex: Tag| {
        let mut own = before.iter().filter(|premise| premise.words.behind(&[sex], 2));
        own.next().filter(|_| own.next().is_none())
    };
    let (one, other) = (of(sex)?, of(if sex == Tag::Women { Tag::Men } else { Tag::Women })?);
    let fits = if said.has(Tag::Minority) {
        one.number.value < other.number.value
    } else {
        one.number.value > other.number.value
    };
    let open = tokens.say(&[Tag::Negation, Tag::Of]) || !tokens.iter().any(Token::concludes);
    let goes = if one.number.value < other.number.value { Direction::Down } else { Direction::Up };
    let counted = one.kind == other.kind && one.number.value != other.number.value;
    (counted && !fits && !open && passage.numbers_in(sentence).is_empty())
        .then(|| (said.range.clone(), opposite(one.number, goes, other.number)))
}

/// "Av kommunens 17 badplatser hade 15 tjänligt vatten. Samtliga badplatser klarade alltså kravet på tjänligt vatten."
fn unanimous(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(sentence);
    let who =
        tokens.iter().take(3).find(|token| token.tags.any(&[Tag::All, Tag::Nobody]) && !token.has(Tag::AllBut))?;
    let concluded = tokens.iter().any(Token::concludes);
    let open = [Tag::Rest, Tag::Except, Tag::Planned, Tag::Earlier, Tag::Lacks];
    let denied = !who.has(Tag::Nobody) && tokens.say(&[Tag::Negation]);
    if !concluded || denied || tokens.say(&open) || !passage.numbers_in(sentence).is_empty() {
        return None;
    }
    let before = levels_in(passage, told);
    let (kind, amounts) = of_one_kind(passage, &before)?;
    let [whole, part, ..] = amounts.as_slice() else { return None };
    let divided = whole.premise.words.before(&[Tag::Of]) && kind == Kind::Plain && part.value < whole.value;
    let lacking = passage.tokens_in(told).say(&[Tag::Negation, Tag::Lacks]);
    (divided && !lacking && part.value > 0_i64.into() && is_same_matter(tokens, passage.tokens_in(told))).then(|| {
        (
            who.range.start..sentence.end,
            say!(
                "{first} of {second} were told before: the words say the opposite",
                first = number_text(part.premise.number),
                second = number_text(whole.premise.number)
            ),
        )
    })
}

/// "Samtliga 18 akter innehöll ett dagboksblad. I 15 av de 18 akterna fanns ett sådant blad."
fn not_all(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Wrong> {
    let tokens = passage.tokens_in(told);
    let who = tokens.first().filter(|token| token.has(Tag::All) && !token.has(Tag::AllBut))?;
    let (all, own) = (levels_in(passage, told), levels_in(passage, sentence));
    let [all] = all.as_slice() else { return None };
    // "Vid fyra av boendena saknades …" names no whole again.
    let (part, whole) = match own.as_slice() {
        [part, whole, ..] => (part, whole),
        [part] if part.words.tail.first().is_some_and(|of| of.has(Tag::Of)) && part.words.tail.say(&[Tag::Lacks]) => {
            (part, all)
        }
        _ => return None,
    };
    let of = whole.number.range == all.number.range
        || whole.words.last().is_some_and(|last| last.has(Tag::Of)) && whole.words.opener.is_none();
    let fewer = all.number.value == whole.number.value && part.number.value < whole.number.value;
    let clause = passage.tokens_in(sentence);
    let end = clause.iter().position(|token| token.kind == Sort::Sign(',')).unwrap_or(clause.len());
    // All have it: that some have it and that some lack it are both false.
    let open = [Tag::Except, Tag::Earlier, Tag::Planned, Tag::Rest, Tag::Responded, Tag::Also];
    let denied = tokens.say(&[Tag::Negation, Tag::Lacks]) || tokens.say(&open) || clause[..end].say(&open);
    (of && fewer && !denied && is_same_matter(&clause[..end], tokens)).then(|| {
        (
            who.range.start..part.number.range.end.max(whole.number.range.end),
            say!(
                "{first} of {second} is not all of them",
                first = number_text(part.number),
                second = number_text(whole.number)
            ),
        )
    })
}

/// "None of the 12 works exceeded its limit. Charges were imposed on the three of the 12 works that exceeded it.": some, where none were told, or
/// not all, where none lacked it.
fn denied(passage: &Passage, told: &Range<usize>, sentence: &Range<usize>) -> Option<Wrong> {
    let (tokens, clause) = (passage.tokens_in(told), passage.tokens_in(sentence));
    let at = tokens.iter().take(3).position(|token| token.has(Tag::Nobody))?;
    let counts = |range: &Range<usize>| {
        let all = premises_in(passage, range, &[]).into_iter();
        all.filter(|premise| premise.kind == Kind::Plain).collect::<Vec<_>>()
    };
    let (all, own) = (counts(told), counts(sentence));
    let ([all], [part, whole]) = (all.as_slice(), own.as_slice()) else { return None };
    let of = |whole: &Premise<'_>| whole.words.lead.say(&[Tag::Of]) && whole.words.opener.is_none();
    let open = [
        Tag::Except,
        Tag::Earlier,
        Tag::Planned,
        Tag::Rest,
        Tag::Responded,
        Tag::Also,
        Tag::Afterwards,
        Tag::Prior,
        Tag::After,
    ];
    let years = |range: &Range<usize>| {
        let numbers = passage.numbers[passage.numbers_in(range)].iter();
        let years = numbers.filter(|number| class(number, &passage.text) == Class::Year);
        years.map(|number| number.value).collect::<Vec<_>>()
    };
    let denies = |tokens: &[Token]| tokens.say(&[Tag::Negation, Tag::Lacks]);
    let (none_lack, some_lack) = (denies(&tokens[at + 1..]), denies(clause));
    let some = part.number.value > Exact::ZERO && none_lack == some_lack;
    let fewer = part.number.value < whole.number.value && none_lack && !some_lack;
    let same = all.number.value == whole.number.value && of(all) && of(whole);
    // What is told of none is told again of some: "close to the limit" is not beyond it.
    let noun = tokens.partition_point(|token| token.range.start < all.number.range.end) + 2;
    let content = |token: &&Token| token.stem().is_some_and(|stem| stem.chars().count() > 4) && !token.has(Tag::Of);
    let predicate = tokens.iter().skip(noun).filter(content);
    let again = |word: &Token| clause.iter().any(|other| is_alike(word, other) || is_alike(other, word));
    let whole_again = predicate.into_iter().all(again);
    let retold =
        alike(clause, tokens) > AGAIN && if none_lack { clause.iter().any(Token::concludes) } else { whole_again };
    let plain = !tokens.say(&open) && !clause.say(&open) && same && retold && years(told) == years(sentence);
    (plain && (some || fewer)).then(|| {
        (
            part.number.range.start..whole.number.range.end,
            say!(
                "{first} of {second} were told before: the words say the opposite",
                first = number_text(part.number),
                second = number_text(whole.number)
            ),
        )
    })
}

/// Whether some words take up those of a sentence.
fn is_same_matter(words: &[Token], told: &[Token]) -> bool {
    alike(words, told) >= AGAIN
}

/// How many words take up those of a sentence.
fn alike(words: &[Token], told: &[Token]) -> usize {
    let long = |token: &&Token| token.stem().is_some_and(|stem| stem.chars().count() > 2) && !token.has(Tag::Of);
    words.iter().filter(long).filter(|word| told.iter().any(|other| is_alike(word, other))).count()
}
