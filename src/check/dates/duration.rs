//! How long something is said to have lasted, and what its period says of that.

use std::ops::Range;

use super::Moment;
use super::period::Period;
use crate::check::hedges::{Hedge, hedge};
use crate::check::lang::{self, Lists};
use crate::check::number::read::tokens;
use crate::check::number::words::value;
use crate::check::number::{Allowed, Unit as NumberUnit};
use crate::check::prose::Passage;
use crate::check::words::{clip, clip_start, holds};

/// So many bytes beside a span of time say what it is of.
const NEAR: usize = 60;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    fn days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Month => 30.44,
            Self::Year => 365.25,
        }
    }
}

/// A span of time in words: "tre år", "sex veckor", "treårig".
#[derive(Debug, Clone, PartialEq)]
pub struct Duration {
    pub range: Range<usize>,
    pub value: f64,
    pub unit: Unit,
    /// An adjective or a part of a compound, which says how long the thing behind it is.
    pub adjective: bool,
    /// By how much a reader lets it be wrong.
    tolerance: f64,
}

/// The spans of time of a passage.
#[must_use]
pub fn durations(passage: &Passage) -> Vec<Duration> {
    let lists = lang::lists(passage.language);
    let lower = passage.lower.as_str();
    let mut out = Vec::new();
    for number in &passage.numbers {
        let plain = number.unit == NumberUnit::None && !number.is_fraction() && !number.bound;
        let counted = matches!(number.allowed, None | Some(Allowed::Structure | Allowed::Label));
        let limit = last_word(&lower[..number.range.start]).is_some_and(|word| lists.no_length.has(word));
        if !plain || !counted || limit {
            continue;
        }
        let rest = &lower[number.range.end..];
        let Some(word) = tokens(clip(rest, NEAR)).into_iter().next() else { continue };
        if !rest[..word.start].trim().is_empty() {
            continue;
        }
        if let Some(unit) = unit(&rest[word.clone()], lists) {
            let range = number.range.start..number.range.end + word.end;
            let hedged = hedge(lower, number.range.start).map(|(hedge, _)| hedge);
            if matches!(hedged, Some(Hedge::AtLeast | Hedge::AtMost)) {
                continue;
            }
            let exact = !matches!(hedged, Some(Hedge::Below | Hedge::Above | Hedge::About | Hedge::MoreThan));
            let step = unit.days() / 10_f64.powi(i32::from(number.decimals));
            let tolerance = match (exact, unit) {
                (true, Unit::Day) => 0.0,
                (true, _) => step / 2.0,
                (false, _) => step.max(unit.days() / 2.0) + step / 2.0,
            };
            out.push(Duration { range, value: number.value.to_f64(), unit, adjective: false, tolerance });
        }
    }
    let words = tokens(lower);
    // "ett år": the article counts it.
    let mut singles = Vec::new();
    for (one, thing) in words.iter().zip(words.iter().skip(1)) {
        let single = lists.one.has(&lower[one.clone()]) && lower[one.end..thing.start].trim().is_empty();
        let next = out.partition_point(|known: &Duration| known.range.end <= one.start);
        let known = out.get(next).is_some_and(|known| known.range.start <= one.start);
        if let Some(unit) = unit(&lower[thing.clone()], lists).filter(|_| single && !known) {
            let tolerance = if unit == Unit::Day { 0.0 } else { unit.days() / 2.0 };
            singles.push(Duration { range: one.start..thing.end, value: 1.0, unit, adjective: false, tolerance });
        }
    }
    out.append(&mut singles);
    for range in words {
        let word = &lower[range.clone()];
        if let Some((count, unit)) = compound(word, passage, lists) {
            let tolerance = if unit == Unit::Day { 0.0 } else { unit.days() / 2.0 };
            out.push(Duration { range, value: f64::from(count), unit, adjective: true, tolerance });
        }
    }
    out.sort_by_key(|duration| duration.range.start);
    out
}

fn unit(word: &str, lists: &Lists) -> Option<Unit> {
    let lists = [
        (&lists.day_units, Unit::Day),
        (&lists.week_units, Unit::Week),
        (&lists.month_units, Unit::Month),
        (&lists.year_units, Unit::Year),
    ];
    lists.into_iter().find(|(list, _)| list.contains(&word)).map(|(_, unit)| unit)
}

/// "treårig", "sexveckors", "three-year".
fn compound(word: &str, passage: &Passage, lists: &Lists) -> Option<(i32, Unit)> {
    // "treårsperioden" is what lasts three years.
    let end = |end: &&str| word.find(*end).map(|at| at + end.len());
    let thing = |at: &usize| lists.long_things.has(&word[*at..]);
    let word = lists.year_ends.iter().filter_map(end).find(thing).map_or(word, |at| &word[..at]);
    let ends = lists.year_ends.iter().map(|end| (*end, Unit::Year));
    let ends = ends.chain(lists.month_ends.iter().map(|end| (*end, Unit::Month)));
    let ends = ends.chain(lists.week_ends.iter().map(|end| (*end, Unit::Week)));
    for (end, unit) in ends {
        let Some(count) = word.strip_suffix(end).filter(|count| !count.is_empty()) else { continue };
        let count = count.trim_end_matches('-');
        let single = lists.one.has(count).then_some(1);
        let count =
            single.or_else(|| count.parse().ok()).or_else(|| i32::try_from(value(count, passage.language)?).ok());
        if let Some(count) = count.filter(|count| (1..=100).contains(count)) {
            return Some((count, unit));
        }
    }
    None
}

/// What a duration says of a period and what the period is.
#[derive(Debug, PartialEq)]
pub struct Misfit {
    pub range: Range<usize>,
    pub stated: Range<usize>,
    /// How long the period is, in the unit of what was said: at least and at most.
    pub least: f64,
    pub most: f64,
}

/// The durations of a passage that their periods contradict.
#[must_use]
pub fn misfits(passage: &Passage, moments: &[Moment], periods: &[Period]) -> Vec<Misfit> {
    let lists = lang::lists(passage.language);
    let mut out = Vec::new();
    if moments.len() < 2 {
        return out;
    }
    for duration in durations(passage) {
        let sentence = passage.sentence(duration.range.start);
        if is_average(&passage.lower, &sentence, &duration.range, lists) {
            continue;
        }
        if let Some(misfit) = later(passage, moments, &duration, lists) {
            out.push(misfit);
            continue;
        }
        let next = periods.partition_point(|period| period.range.end <= duration.range.start);
        let before = next
            .checked_sub(1)
            .and_then(|at| periods.get(at))
            .filter(|period| !period.told || period.range.start >= sentence.start);
        let after = periods.get(next);
        let own = |period: &&Period| {
            period.range.start < sentence.end
                && sentence.start < period.range.end
                && !overlaps(&period.range, &duration.range)
        };
        let near: Vec<&Period> = before.into_iter().chain(after).filter(own).collect();
        // Two periods in a sentence: whose length is meant only the reader knows.
        let [period] = near[..] else { continue };
        let Some((least, most)) = length(&period.first, &period.last, duration.unit, period.rough) else { continue };
        let stated = duration.value * duration.unit.days();
        let over = stated > most + duration.tolerance + 0.01;
        let under = stated < least - duration.tolerance - 0.01;
        let bond = bond(passage, &duration, period, lists);
        if bond == Bond::Same && (over || under) || bond == Bond::Within && over {
            let range = period.range.start.min(duration.range.start)..period.range.end.max(duration.range.end);
            let (least, most) = (least / duration.unit.days(), most / duration.unit.days());
            out.push(Misfit { range, stated: duration.range, least, most });
        }
    }
    out
}

#[derive(Debug, PartialEq, Eq)]
enum Bond {
    /// The duration is the period's.
    Same,
    /// It is, or it is that of something within the period.
    Within,
    None,
}

/// Whether a duration and a period speak of one thing.
fn bond(passage: &Passage, duration: &Duration, period: &Period, lists: &Lists) -> Bond {
    let lower = passage.lower.as_str();
    let first = duration.range.end <= period.range.start;
    let gap = if first {
        &lower[duration.range.end..period.range.start]
    } else {
        &lower[period.range.end..duration.range.start]
    };
    if gap.len() > 90 || gap.contains([';', '.']) || gap.contains(|c: char| c.is_ascii_digit()) {
        return Bond::None;
    }
    let words: Vec<&str> = tokens(gap).into_iter().map(|range| &gap[range]).collect();
    let lasts = words.iter().any(|word| lists.lasts.has(word));
    // "är tre månader, och från juni" begins another statement.
    if words.iter().any(|word| lists.and.has(word)) && !lasts && !duration.adjective {
        return Bond::None;
    }
    let bracket = gap.trim_end().ends_with('(');
    if duration.adjective {
        let direct = words.iter().all(|word| lists.spans.has(word)) && words.len() <= 1 && !gap.contains(',');
        let close = first && (bracket && words.len() <= 2 || lasts && words.len() <= 5 || direct);
        return if close { Bond::Same } else { Bond::None };
    }
    let behind = clip(&lower[duration.range.end..], NEAR);
    let follows = tokens(behind).into_iter().next().map_or("", |range| &behind[range]);
    if lists.after_time.has(follows) {
        return Bond::None;
    }
    let equal = holds(gap, &lists.equals) || words.iter().any(|word| lists.spans.has(word));
    let small = |word: &&str| {
        lists.stops.has(word)
            || lists.spans.has(word)
            || lists.lasts.has(word)
            || lists.equals.iter().any(|phrase| phrase.split(' ').any(|part| part == *word))
            || crate::check::hedges::is_hedge(word)
            || lists.from.has(word)
            || lists.between.has(word)
    };
    if !words.iter().all(small) {
        return Bond::None;
    }
    let comma = gap.contains([',', ':', '–']);
    let opened = lists.from.iter().any(|word| lower[period.range.clone()].starts_with(word));
    let ends = |at: usize| lower[at..].trim_start().starts_with(['.', ')', ',', ';']) || lower[at..].trim().is_empty();
    let contained = first && words.iter().any(|word| lists.spans.has(word) && !lists.equals.has(word));
    if first {
        let close = bracket || comma || opened;
        return match (close, contained) {
            (true, false) => Bond::Same,
            _ => Bond::Within,
        };
    }
    match (equal || bracket && lower[duration.range.end..].starts_with(')'), comma && ends(duration.range.end)) {
        (true, _) => Bond::Same,
        (_, true) => Bond::Within,
        _ => Bond::None,
    }
}

/// "i april 2018 … två år senare, i april 2020".
fn later(passage: &Passage, moments: &[Moment], duration: &Duration, lists: &Lists) -> Option<Misfit> {
    let lower = passage.lower.as_str();
    let next = moments.partition_point(|moment| moment.range.end <= duration.range.start);
    let (before, after) = (moments.get(next.checked_sub(1)?)?, moments.get(next)?);
    let gap = lower.get(duration.range.end..after.range.start)?;
    let mut words = tokens(gap).into_iter().map(|range| &gap[range]);
    let direct = words.next().is_some_and(|word| lists.later.has(word))
        && words.all(|word| lists.stops.has(word) || lists.articles.has(word))
        && !gap.contains(['.', ';'])
        && gap.len() <= 30;
    let close = duration.range.start - before.range.end <= 200 && !duration.adjective;
    if !direct || !close || before.precision() != after.precision() || before.year.is_none() {
        return None;
    }
    let (least, most) = distance(before, after)?;
    let stated = duration.value * duration.unit.days();
    let tolerance = duration.tolerance.max(1.0);
    if stated <= most + tolerance && stated >= least - tolerance {
        return None;
    }
    let days = duration.unit.days();
    let range = before.range.start..after.range.end;
    Some(Misfit { range, stated: duration.range.clone(), least: least / days, most: most / days })
}

/// From one date to a like one, in days.
fn distance(first: &Moment, last: &Moment) -> Option<(f64, f64)> {
    let (from, to) = (first.year?, last.year?);
    let months = f64::from((to - from) * 12 + i32::from(last.month.unwrap_or(1)) - i32::from(first.month.unwrap_or(1)));
    if first.month.is_none() {
        let days = f64::from(to - from) * Unit::Year.days();
        return Some((days, days));
    }
    if first.day.is_none() {
        return Some((months * Unit::Month.days(), months * Unit::Month.days()));
    }
    let days = (last.in_year(to)? - first.in_year(from)?) as f64;
    Some((days, days))
}

/// How many days a period may have, as readers count in a unit: whether its last day, month or year counts is open.
fn length(first: &Moment, last: &Moment, unit: Unit, rough: bool) -> Option<(f64, f64)> {
    let days = |moment: &Moment| moment.day.is_some() && moment.month.is_some();
    let (least, most) = if days(first) && days(last) {
        let wraps = first.year.is_none() && (first.month, first.day) > (last.month, last.day);
        let from = first.year.unwrap_or(2023);
        let to = last.year.unwrap_or(2023 + i32::from(wraps));
        let between = (last.in_year(to)? - first.in_year(from)?) as f64;
        (between, between + 1.0)
    } else if first.month.is_some() && last.month.is_some() && first.day.is_none() && last.day.is_none() {
        let years = match (first.year, last.year) {
            (Some(from), Some(to)) => to - from,
            (None, None) => i32::from(first.month > last.month),
            _ => return None,
        };
        let months = f64::from(years * 12 + i32::from(last.month?) - i32::from(first.month?));
        let least = if rough || unit < Unit::Month { months - 1.0 } else { months };
        (least * Unit::Month.days(), (months + 1.0) * Unit::Month.days())
    } else if first.month.is_none() && last.month.is_none() {
        let years = f64::from(last.year? - first.year?);
        let least = if rough || unit < Unit::Year { years - 1.0 } else { years };
        (least * Unit::Year.days(), (years + 1.0) * Unit::Year.days())
    } else {
        return None;
    };
    (most > 0.0 && least >= -31.0).then_some((least, most))
}

/// Whether a span of time is one among many: "i snitt tre veckor", "two days a month".
fn is_average(lower: &str, sentence: &Range<usize>, range: &Range<usize>, lists: &Lists) -> bool {
    let before = clip_start(lower.get(sentence.start..range.start).unwrap_or(""), NEAR);
    let before = before.rsplit([',', '(', ';', ':']).next().unwrap_or(before);
    let after = lower.get(range.end..sentence.end.max(range.end)).unwrap_or("");
    let after = after.split([',', ')', ';', ':']).next().unwrap_or(after);
    // "var" is "every" and "was".
    let averages = lists.averages.iter().filter(|word| !lists.stops.has(word));
    averages.into_iter().any(|word| holds(before, &[word]) || holds(clip(after, 30), &[word]))
}

fn last_word(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty())
}

fn overlaps(one: &Range<usize>, two: &Range<usize>) -> bool {
    one.start < two.end && two.start < one.end
}
