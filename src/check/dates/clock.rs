//! How many minutes or hours lie between two hours of the clock, and what spans of hours and minutes make together or leave of each other.

use std::ops::Range;

use super::misfit::Misfit;
use crate::check::hedges::hedge;
use crate::check::hours::{HOUR, Span, spans};
use crate::check::lang::Tag;
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Say as _, Token};

const DAY: i32 = 24 * HOUR;
/// So many words before a span of time say that it lies between the hours before it.
const LEAD: usize = 3;
/// So many words before or behind it say that it is a sum or a difference.
const NEAR: usize = 5;
/// So many spans make a sum at most.
const PARTS: usize = 5;

/// The spans that no two hours before them, and no other spans, give: "klockan 13.15 … 14.05, alltså efter 70 minuter", "1 hour 20 minutes … 55
/// minutes, a reduction of 35 minutes".
#[must_use]
pub fn misfits(passage: &Passage) -> Vec<Misfit> {
    let all = spans(passage);
    (0..all.len()).filter_map(|at| misfit(passage, &all, at)).collect()
}

fn misfit(passage: &Passage, all: &[Span], at: usize) -> Option<Misfit> {
    let span = &all[at];
    let place = passage.sentences.partition_point(|known| known.end <= span.range.start);
    let sentence = passage.sentences.get(place)?;
    let told = place.checked_sub(1).and_then(|before| passage.sentences.get(before));
    let lead = passage.tokens_in(&(sentence.start..span.range.start));
    let rest = passage.tokens_in(&(span.range.end..sentence.end.max(span.range.end)));
    let fits = |minutes: i32| (minutes - span.minutes).abs() <= if span.mixed { 1 } else { span.unit / 2 };
    let own: Vec<&Span> = all[..at].iter().filter(|other| other.range.start >= sentence.start).collect();
    let wrong = |start: usize, minutes: i32| {
        let length = f64::from(minutes) / f64::from(span.unit);
        let times = span.mixed.then(|| format!("{}:{:02}", minutes / HOUR, minutes % HOUR));
        Misfit {
            range: start..span.range.end,
            stated: span.range.clone(),
            least: length,
            most: length,
            times,
            clock: true,
        }
    };
    let before = hours(passage, &(sentence.start..span.range.start));
    let earlier = || told.map(|told| hours(passage, told)).unwrap_or_default();
    let alone = own.is_empty() && rest.iter().all(|token| token.number().is_none());
    let same = !before.is_empty() || lead.say(&[Tag::This, Tag::Lasts]);
    let concluded = alone && same && lead.iter().any(Token::concludes) && hedge(passage, span.range.start).is_none();
    let hours = if before.is_empty() && concluded { earlier() } else { before };
    if let [.., (from, one), (_, two)] = hours.as_slice() {
        let given =
            hours.iter().enumerate().any(|(at, one)| hours[at + 1..].iter().any(|two| fits(apart(one.1, two.1))));
        // "med 20 minuters paus"
        let last = hours.last().map_or(0, |(last, _)| last.end);
        let other = passage.tokens_in(&(last..span.range.start.max(last))).iter().any(|token| token.number().is_some());
        let said = (concluded || leads(lead, rest)) && !other;
        return (said && !given).then(|| wrong(from.start, apart(*one, *two)));
    }
    let mut parts = own;
    if parts.is_empty() {
        parts = all[..at].iter().filter(|other| told.is_some_and(|told| told.contains(&other.range.start))).collect();
    }
    let minutes: Vec<i32> = parts.iter().map(|part| part.minutes).collect();
    let units = parts.iter().any(|part| part.mixed || part.unit != span.unit) || span.mixed;
    let near = |tags: &[Tag]| {
        let before = lead.iter().rev().take(NEAR).take_while(|token| token.number().is_none());
        before.chain(rest.iter().take(1)).any(|token| token.tags.any(tags))
    };
    let summed = near(&[Tag::Total]);
    let differ = near(&[Tag::Grew, Tag::Shrank, Tag::Difference, Tag::Saves, Tag::More, Tag::Fewer])
        && !lead.last().is_some_and(|last| last.tags.any(&[Tag::From, Tag::To, Tag::Than, Tag::Compared]));
    let from = told.map_or(sentence.start, |told| told.start);
    let told = passage.tokens_in(&(from..sentence.end));
    let scaled =
        told.say(&[Tag::Per, Tag::Day, Tag::Target, Tag::Inside, Tag::OfWhich]) || summed && told.say(&[Tag::Average]);
    if !units || scaled || !(2..=PARTS).contains(&minutes.len()) || !(summed || differ) {
        return None;
    }
    let sums = (1..1_usize << minutes.len())
        .map(|some| minutes.iter().enumerate().filter(|(at, _)| some & (1 << at) != 0).map(|(_, part)| *part).sum());
    let pairs = minutes.iter().flat_map(|one| minutes.iter().map(move |two| (one - two).abs()));
    let made = match (summed, minutes.as_slice()) {
        (true, _) => minutes.iter().sum(),
        (false, [one, two]) => (one - two).abs(),
        _ => return None,
    };
    let given = if summed { sums.into_iter().any(fits) } else { pairs.into_iter().any(fits) };
    (!given).then(|| wrong(parts.first().map_or(span.range.start, |part| part.range.start), made))
}

/// Whether words say that a span lies between the hours before it.
fn leads(lead: &[Token], rest: &[Token]) -> bool {
    let mut words = lead.iter().rev().take(LEAD);
    let equals = words.clone().any(|token| token.has(Tag::Equals));
    // "efter 15 minuter i enskilt samråd" is no conclusion.
    let comma = |token: &Token| token.kind == Kind::Sign(',');
    let after = words.any(|token| token.has(Tag::After)) && words.next().is_some_and(comma);
    let ends = rest.first().is_none_or(|token| matches!(token.kind, Kind::Sign(_)));
    equals || rest.first().is_some_and(|token| token.has(Tag::Later)) || after && ends
}

/// From one hour to the next time that it is another.
fn apart(one: i32, two: i32) -> i32 {
    (two - one).rem_euclid(DAY)
}

/// The hours of the clock of a range, where one is told to be one: "klockan 13.15", "09:20".
fn hours(passage: &Passage, range: &Range<usize>) -> Vec<(Range<usize>, i32)> {
    let text = passage.lower.get(range.clone()).unwrap_or("");
    let told = passage.tokens_in(range).say(&[Tag::Clock]);
    let hour = |(at, mark): (usize, &str)| {
        let digits = |c: &char| c.is_ascii_digit();
        let before = text[..at].chars().rev().take_while(digits).count();
        let behind = text[at + mark.len()..].chars().take_while(digits).count();
        let place = at - before..at + mark.len() + behind;
        let (hour, minute): (i32, i32) =
            (text[place.start..at].parse().ok()?, text[at + mark.len()..place.end].parse().ok()?);
        // "larmades 21.40": with four digits it is no number with decimals where such ones are written with a comma.
        let clear = told || mark == ":" || before == 2 && passage.language.decimal() == ',';
        let is = behind == 2 && hour < 24 && minute < 60 && clear;
        is.then(|| (range.start + place.start..range.start + place.end, hour * HOUR + minute))
    };
    text.match_indices(['.', ':']).filter_map(hour).collect()
}
