//! Periods between two dates.

use std::ops::Range;

use super::Moment;
use crate::check::lang::{self, Lists};
use crate::check::prose::Passage;
use crate::check::words::tokens;
use crate::check::words::{clip, clip_start, holds};

/// So many bytes beside a period say what it is.
const NEAR: usize = 200;

/// What lies between two dates of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// From the word that opens it to its end.
    pub range: Range<usize>,
    /// The first date, whose year is that of the second where only that one has one.
    pub first: Moment,
    pub last: Moment,
    /// Whether each end has a year of its own.
    pub dated: bool,
    /// "från slutet av mars": an end is no exact one.
    pub rough: bool,
    /// "mellan": what happened there may have been shorter.
    pub within: bool,
    /// Both dates are told by verbs: "inleddes i … och avslutades i …".
    pub told: bool,
}

/// The periods of a passage in their order.
#[must_use]
pub fn periods(passage: &Passage, moments: &[Moment]) -> Vec<Period> {
    let lists = lang::lists(passage.language);
    moments.windows(2).filter_map(|pair| between(passage, lists, &pair[0], &pair[1])).collect()
}

fn between(passage: &Passage, lists: &Lists, first: &Moment, last: &Moment) -> Option<Period> {
    let lower = passage.lower.as_str();
    let gap = lower.get(first.range.end..last.range.start)?;
    let near = gap.len() <= 80;
    let words: Vec<&str> = tokens(gap).into_iter().map(|range| &gap[range]).collect();
    let edge = |word: &str| lists.edges.has(word);
    let article = |word: &str| lists.articles.has(word);
    let rest: Vec<&str> = words.iter().copied().filter(|word| !edge(word) && !article(word)).collect();
    let opening = opening(lower, first.range.start, lists);
    let rough = opening.rough || words.iter().any(|word| edge(word));
    let phrase = rest.join(" ");
    let dash = rest.is_empty() && matches!(gap.trim(), "–" | "-" | "—");
    let up_to = lists.until.has(&phrase);
    let both = opening.within && lists.and.has(&phrase);
    let spoken = !gap.contains(['.', ';', '(', ')']);
    let told = || near && tells(lower, lists, first, last, gap);
    if !near || !(dash || spoken && (up_to || both) || told()) {
        return None;
    }
    let joined = dash || spoken && (up_to || both);
    let (mut first, mut last) = (first.clone(), last.clone());
    let behind = clip(lower.get(last.range.end..).unwrap_or(""), NEAR).trim_start();
    if last.year.is_none() && lists.same_year.iter().any(|words| behind.starts_with(words)) {
        last.year = first.year;
    }
    let dated = first.year.is_some() && last.year.is_some();
    if first.year.is_none() && first.month.is_some() {
        let earlier = (first.month, first.day) <= (last.month, last.day);
        first.year = last.year.map(|year| if earlier { year } else { year - 1 });
    }
    let start = if joined { opening.start } else { first.range.start };
    Some(Period { range: start..last.range.end, first, last, dated, rough, within: opening.within, told: !joined })
}

struct Opening {
    start: usize,
    within: bool,
    rough: bool,
}

/// The words that open a period: "från", "mellan början av".
fn opening(lower: &str, at: usize, lists: &Lists) -> Opening {
    let from = at - clip_start(&lower[..at], 60).len();
    let mut out = Opening { start: at, within: false, rough: false };
    for range in tokens(&lower[from..at]).into_iter().rev().take(6) {
        let range = from + range.start..from + range.end;
        let word = &lower[range.clone()];
        if lower[range.end..at].contains(['.', ';', ',', '(']) {
            break;
        }
        let small = lists.articles.has(word) || lists.weekdays.iter().any(|day| word.starts_with(day) && day.len() > 5);
        if lists.edges.has(word) {
            out.rough = true;
        } else if lists.between.has(word) || lists.from.has(word) {
            out.within = lists.between.has(word);
            out.start = range.start;
            break;
        } else if !small {
            break;
        }
    }
    out
}

/// Whether verbs tell that one and the same thing began at the first date and ended at the last.
fn tells(lower: &str, lists: &Lists, first: &Moment, last: &Moment, gap: &str) -> bool {
    let start = first.range.start - clip_start(&lower[..first.range.start], 60).len();
    let before = &lower[start..first.range.start];
    let before = before.rsplit(['.', ';', ',']).next().unwrap_or(before);
    let began = tokens(before).into_iter().rev().take(4).any(|range| lists.begins.has(&before[range]));
    let words: Vec<&str> = tokens(gap).into_iter().map(|range| &gap[range]).collect();
    let ended = words.iter().position(|word| lists.ends.has(word));
    // Another subject may have ended: only small words stand between.
    let same = |word: &&str| lists.stops.has(word) || lists.edges.has(word);
    let small = |at: usize| words[..at].iter().all(&same) && words[at + 1..].iter().all(&same);
    let precise = first.month.is_some() && last.month.is_some();
    began && precise && ended.is_some_and(small)
}

impl Period {
    /// Whether its end lies before its beginning, as far as both are told.
    #[must_use]
    pub fn is_reversed(&self, passage: &Passage) -> bool {
        let lists = lang::lists(passage.language);
        let sentence = passage.sentence(self.range.start);
        let before = passage.lower.get(sentence.start..self.range.start).unwrap_or("");
        let after = passage.lower.get(self.range.end..sentence.end.max(self.range.end)).unwrap_or("");
        let moved = |text: &str| holds(text, &lists.moved);
        if moved(clip_start(before, NEAR)) || moved(clip(after, NEAR)) {
            return false;
        }
        let (first, last) = (&self.first, &self.last);
        if first.month.is_none() || last.month.is_none() {
            return false;
        }
        let key = |moment: &Moment| (moment.month, moment.day.filter(|_| first.day.is_some() && last.day.is_some()));
        let later = key(first) > key(last);
        // "den 18–14 mars": one month for both.
        let shared = first.month == last.month && first.range.end <= last.range.start && {
            let own = passage.lower.get(first.range.clone()).unwrap_or("");
            !own.contains(char::is_alphabetic)
        };
        if shared || !self.dated && last.year.is_none() && self.in_one_year(passage, lists) {
            return later;
        }
        self.dated && (first.year, key(first)) > (last.year, key(last))
    }

    /// "mellan oktober och mars under 2023": both ends lie within one year.
    fn in_one_year(&self, passage: &Passage, lists: &Lists) -> bool {
        let rest = clip(passage.lower.get(self.range.end..).unwrap_or(""), NEAR);
        let words: Vec<&str> = tokens(rest).into_iter().take(3).map(|range| &rest[range]).collect();
        let year = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        words.first().is_some_and(|word| lists.during.has(word))
            && words.iter().skip(1).any(year)
            && rest.trim_start().starts_with(words[0])
    }
}
