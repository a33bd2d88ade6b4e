//! How long something is said to have lasted: spans of time in words.

use std::ops::Range;

use crate::check::hedges::{Hedge, hedge};
use crate::check::lang::{self, Lists};
use crate::check::lang::{Tag, pack};
use crate::check::number::words::{leading, value};
use crate::check::number::{Allowed, Unit as NumberUnit};
use crate::check::prose::Passage;
use crate::check::tokens::Token;
use crate::check::words::clip_start;
use crate::check::words::tokens;
use crate::locale::Language;

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
    #[must_use]
    pub fn days(self) -> f64 {
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
    /// "75-årsjubileum"
    pub anniversary: bool,
    /// By how much a reader lets it be wrong.
    pub tolerance: f64,
}

impl Duration {
    fn exact(range: Range<usize>, value: f64, unit: Unit) -> Self {
        let tolerance = if unit == Unit::Day { 0.0 } else { unit.days() / 2.0 };
        Self { range, value, unit, adjective: false, anniversary: false, tolerance }
    }
}

/// The spans of time of a passage.
#[must_use]
pub fn durations(passage: &Passage) -> Vec<Duration> {
    let lists = lang::lists(passage.language);
    let pairs = passage.tokens.windows(3).filter_map(|three| counted(passage, three, lists));
    let words = tokens(&passage.lower).into_iter().filter_map(|range| within_word(passage, range, lists));
    let mut out: Vec<Duration> = pairs.chain(words).collect();
    out.sort_by_key(|duration| duration.range.start);
    out
}

/// "sex veckor", "ett år": of three words the last two, since the first may make them a limit.
fn counted(passage: &Passage, three: &[Token], lists: &Lists) -> Option<Duration> {
    let [before, count, thing] = three else { return None };
    let lower = passage.lower.as_str();
    let word = lower.get(thing.range.clone())?.split(' ').next()?;
    let range = count.range.start..thing.range.start + word.len();
    let unit = unit(word, lists)?;
    let no_length = lists.no_length.contains(&lower.get(before.range.clone())?) && !before.has(Tag::Inside);
    if no_length || !lower.get(count.range.end..thing.range.start)?.trim().is_empty() {
        return None;
    }
    // "ett år": the article counts it.
    let Some(number) = count.number().and_then(|at| passage.numbers.get(at)) else {
        return count.has(Tag::One).then(|| Duration::exact(range, 1.0, unit));
    };
    let plain = number.unit == NumberUnit::None && !number.is_fraction() && !number.bound;
    let next = passage.tokens.get(passage.tokens.partition_point(|token| token.range.end <= thing.range.end));
    let aged = next.is_some_and(|next| next.has(Tag::Old));
    // "inom tre månader" may be a law's limit, "those 12 years" an age.
    let limit = before.has(Tag::Inside) && number.allowed == Some(Allowed::Statute);
    let taken_up = (before.has(Tag::Pointing) || aged) && number.allowed == Some(Allowed::Age);
    let allowed = limit || taken_up || matches!(number.allowed, None | Some(Allowed::Structure | Allowed::Label));
    let hedged = hedge(passage, number.range.start).map(|(hedge, _)| hedge);
    if !plain || !allowed || matches!(hedged, Some(Hedge::AtLeast | Hedge::AtMost)) {
        return None;
    }
    let step = unit.days() / 10_f64.powi(i32::from(number.decimals));
    let tolerance = match (hedged, unit) {
        (Some(Hedge::Below | Hedge::Above | Hedge::About | Hedge::MoreThan), _) => {
            step.max(unit.days() / 2.0) + step / 2.0
        }
        (_, Unit::Day) => 0.0,
        _ => step / 2.0,
    };
    Some(Duration { tolerance, ..Duration::exact(range, number.value.to_f64(), unit) })
}

/// "treårig", "75-årsjubileum", and "anniversary" with the ordinal before it.
fn within_word(passage: &Passage, range: Range<usize>, lists: &Lists) -> Option<Duration> {
    let word = passage.lower.get(range.clone())?;
    if pack(passage.language).tags(word).has(Tag::Anniversary) {
        let before = clip_start(&passage.lower[..range.start], NEAR);
        let (start, count) = match compound_count(word, passage.language) {
            Some(count) => (range.start, count),
            None => {
                let own = tokens(before).pop()?;
                (range.start - before.len() + own.start, compound_count(&before[own], passage.language)?)
            }
        };
        let exact = Duration::exact(start..range.end, f64::from(count), Unit::Year);
        return Some(Duration { adjective: true, anniversary: true, tolerance: Unit::Year.days(), ..exact });
    }
    let (count, unit) = compound(word, passage, lists)?;
    Some(Duration { adjective: true, ..Duration::exact(range, f64::from(count), unit) })
}

/// The number that a word begins with: "75-årsjubileum", "75th".
fn compound_count(word: &str, language: Language) -> Option<i32> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let spelled = || i32::try_from(leading(word, language)?).ok();
    word[..digits].parse().ok().or_else(spelled).filter(|count| (5..=1000).contains(count))
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
