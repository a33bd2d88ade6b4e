//! How many minutes or hours lie between two hours of the clock.

use std::ops::Range;

use super::misfit::Misfit;
use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Say as _, Token};

const HOUR: i32 = 60;
const DAY: i32 = 24 * HOUR;
/// So many words before a span of time say that it lies between the hours before it.
const LEAD: usize = 3;

/// The spans of a passage that no two hours before them in their sentence give: "klockan 13.15 … 14.05, alltså efter 70 minuter".
#[must_use]
pub fn misfits(passage: &Passage) -> Vec<Misfit> {
    passage.tokens.windows(2).filter_map(|pair| misfit(passage, &pair[0], &pair[1])).collect()
}

fn misfit(passage: &Passage, count: &Token, thing: &Token) -> Option<Misfit> {
    let unit = if thing.has(Tag::Minute) { 1 } else { HOUR };
    let number = passage
        .numbers
        .get(count.number()?)
        .filter(|number| thing.tags.any(&[Tag::Minute, Tag::Hour]) && !number.bound)?;
    let sentence = passage.sentence(count.range.start);
    let rest = passage.tokens_in(&(thing.range.end..sentence.end.max(thing.range.end)));
    let whole = i32::try_from(number.count()?).ok()?.checked_mul(unit)?;
    let further = further(passage, rest);
    let stated = whole + further.unwrap_or(0);
    let slack = if further.is_some() { 1 } else { unit / 2 };
    let lead = passage.tokens_in(&(sentence.start..count.range.start));
    let next = rest.first();
    let mut words = lead.iter().rev().take(LEAD);
    let equals = words.clone().any(|token| token.has(Tag::Equals));
    // "efter 15 minuter i enskilt samråd" is no conclusion.
    let comma = |token: &Token| token.kind == Kind::Sign(',');
    let after = words.any(|token| token.has(Tag::After)) && words.next().is_some_and(comma);
    let ends = next.is_none_or(|token| matches!(token.kind, Kind::Sign(_)));
    let later = next.is_some_and(|token| token.has(Tag::Later));
    if !(equals || later || after && ends) {
        return None;
    }
    let hours = hours(passage, &(sentence.start..count.range.start));
    let [.., (from, one), (_, two)] = hours.as_slice() else { return None };
    let fits = |minutes: i32| (minutes - stated).abs() <= slack;
    let given = hours.iter().enumerate().any(|(at, one)| hours[at + 1..].iter().any(|two| fits(apart(one.1, two.1))));
    let length = f64::from(apart(*one, *two)) / f64::from(unit);
    (!given).then_some(Misfit {
        range: from.start..thing.range.end,
        stated: count.range.start..thing.range.end,
        least: length,
        most: length,
    })
}

/// The minutes behind the hours: "två timmar och en kvart", "2 hours and 40 minutes".
fn further(passage: &Passage, rest: &[Token]) -> Option<i32> {
    let [and, count, thing, ..] = rest else { return None };
    let unit = if thing.has(Tag::QuarterHour) { 15 } else { 1 };
    let number = count.number().and_then(|at| passage.numbers.get(at)?.count());
    let count = number.or(count.has(Tag::One).then_some(1)).and_then(|count| i32::try_from(count).ok())?;
    (and.has(Tag::Joint) && thing.tags.any(&[Tag::QuarterHour, Tag::Minute])).then(|| count * unit)
}

/// From one hour to the next time that it is another.
fn apart(one: i32, two: i32) -> i32 {
    (two - one).rem_euclid(DAY)
}

/// The hours of the clock of a range, where one is told to be one: "klockan 13.15", "09:20".
fn hours(passage: &Passage, range: &Range<usize>) -> Vec<(Range<usize>, i32)> {
    let text = passage.lower.get(range.clone()).unwrap_or("");
    let told = passage.tokens_in(range).say(&[Tag::Clock]);
    let marks: &[char] = if told { &['.', ':'] } else { &[':'] };
    let hour = |(at, mark): (usize, &str)| {
        let digits = |c: &char| c.is_ascii_digit();
        let before = text[..at].chars().rev().take_while(digits).count();
        let behind = text[at + mark.len()..].chars().take_while(digits).count();
        let place = at - before..at + mark.len() + behind;
        let (hour, minute): (i32, i32) =
            (text[place.start..at].parse().ok()?, text[at + mark.len()..place.end].parse().ok()?);
        let is = behind == 2 && hour < 24 && minute < 60;
        is.then(|| (range.start + place.start..range.start + place.end, hour * HOUR + minute))
    };
    text.match_indices(marks).filter_map(hour).collect()
}
