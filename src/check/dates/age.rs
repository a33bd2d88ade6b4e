//! Ages against years of birth.

use std::ops::Range;

use super::Moment;
use crate::check::lang;
use crate::check::number::{Allowed, Unit};
use crate::check::prose::Passage;
use crate::check::words::tokens;
use crate::check::words::{clip, clip_start};

/// So many bytes around a year of birth speak of the same person.
const NEAR: usize = 200;

/// An age that a year of birth contradicts.
#[derive(Debug, PartialEq, Eq)]
pub struct Misfit {
    pub range: Range<usize>,
    pub age: Range<usize>,
    /// How old who was born then is in the year that the sentence speaks of.
    pub turned: i32,
}

/// The ages of a passage that cannot be: "född 2006 … var 11 år när han flyttades 2020".
#[must_use]
pub fn misfits(passage: &Passage, moments: &[Moment]) -> Vec<Misfit> {
    let lists = lang::lists(passage.language);
    let lower = passage.lower.as_str();
    let mut out = Vec::new();
    for birth in moments.iter().filter(|moment| moment.year.is_some()) {
        // What is far off in a sentence without end is another's.
        let sentence = passage.sentence(birth.range.start);
        let before = clip_start(lower.get(sentence.start..birth.range.start).unwrap_or(""), NEAR);
        let after = clip(lower.get(birth.range.end..sentence.end.max(birth.range.end)).unwrap_or(""), NEAR);
        let sentence = birth.range.start - before.len()..birth.range.end + after.len();
        let words: Vec<&str> = tokens(before).into_iter().rev().take(3).map(|range| &before[range]).collect();
        let small = |word: &&str| lists.stops.has(word) || lists.articles.has(word);
        let at = words.iter().position(|word| lists.born.has(word));
        if !at.is_some_and(|at| words[..at].iter().all(small)) {
            continue;
        }
        let within = |range: &Range<usize>| sentence.start <= range.start && range.end <= sentence.end;
        let from = moments.partition_point(|moment| moment.range.start < sentence.start);
        let others: Vec<&Moment> = moments[from..]
            .iter()
            .take_while(|moment| moment.range.start < sentence.end)
            .filter(|moment| moment.year.is_some() && *moment != birth && within(&moment.range))
            .collect();
        let ages: Vec<(Range<usize>, i32)> = passage.numbers[passage.numbers_in(&sentence)]
            .iter()
            .filter(|number| number.unit == Unit::None && !number.bound)
            .filter(|number| matches!(number.allowed, None | Some(Allowed::Age)))
            .filter_map(|number| {
                let rest = &lower[number.range.end..];
                let next = tokens(clip(rest, 30)).into_iter().next().map(|range| &rest[range]);
                let years = next.is_some_and(|word| lists.year_units.has(word));
                let behind = before_word(lower, number.range.start).is_some_and(|word| lists.aged.has(word));
                let turned = next.is_some_and(|word| lists.when.has(word));
                let age = i32::try_from(number.count().filter(|age| (0..=110).contains(age))?).ok()?;
                (years || behind || turned).then(|| (number.range.clone(), age))
            })
            .collect();
        let ([event], [(range, age)]) = (&others[..], &ages[..]) else { continue };
        let (Some(born), Some(then)) = (birth.year, event.year) else { continue };
        let turned = then - born;
        if turned >= 0 && *age != turned && *age != turned - 1 {
            let start = birth.range.start.min(range.start).min(event.range.start);
            let end = birth.range.end.max(range.end).max(event.range.end);
            out.push(Misfit { range: start..end, age: range.clone(), turned });
        }
    }
    out
}

fn before_word(lower: &str, at: usize) -> Option<&str> {
    lower[..at].split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty())
}
