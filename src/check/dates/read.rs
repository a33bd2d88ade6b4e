//! Finds the dates of a passage.

use std::ops::Range;

use super::{Moment, Style};
use crate::check::lang::{self, Lists, grammar};
use crate::check::number::Allowed;
use crate::check::prose::Passage;
use crate::check::words::tokens;

/// The dates of a passage in their order.
#[must_use]
pub fn moments(passage: &Passage) -> Vec<Moment> {
    if passage.numbers.is_empty() && !passage.lower.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let words = tokens(&passage.lower);
    let reader = Reader { passage, words, lists: lang::lists(passage.language) };
    let mut out: Vec<Moment> = Vec::new();
    for at in 0..reader.words.len() {
        for moment in reader.at(at) {
            let free = out.last().is_none_or(|last| last.range.end <= moment.range.start);
            if free && !passage.any(&moment.range, |kind| matches!(kind, super::super::prose::Kind::Code)) {
                out.push(moment);
            }
        }
    }
    out
}

struct Reader<'a> {
    passage: &'a Passage,
    words: Vec<Range<usize>>,
    lists: &'static Lists,
}

/// A day of the month: its place, and the word that it is or is a part of.
struct Day {
    range: Range<usize>,
    word: usize,
    value: u8,
}

impl Reader<'_> {
    fn at(&self, at: usize) -> Vec<Moment> {
        let word = self.word(at);
        if let Some(month) = self.month(at) {
            return self.named(at, month);
        }
        if let Some(moment) = self.iso(at, word) {
            return vec![moment];
        }
        if let Some(moment) = self.slashes(at) {
            return vec![moment];
        }
        self.year(at).map(|year| self.moment(self.words[at].clone(), None, None, Some(year))).into_iter().collect()
    }

    /// A month with the days before or behind it and its year.
    fn named(&self, at: usize, month: u8) -> Vec<Moment> {
        let own = self.words[at].clone();
        let mut days = self.days_before(at);
        let mut end = own.end;
        let mut next = at + 1;
        if days.is_empty()
            && let Some(day) = self.day_behind(at)
        {
            end = day.range.end;
            next += 1;
            days.push(Day { range: own.start..end, word: at, ..day });
        }
        let year = self.year(next).filter(|_| matches!(self.between(next - 1, next).trim(), "" | ","));
        if let Some(word) = self.words.get(next).filter(|_| year.is_some()) {
            end = word.end;
        }
        if days.is_empty() {
            let full = self.lists.months.get(usize::from(month) - 1) == Some(&self.word(at));
            // "May we", "en resa till Mars": without a day or a year a month is one only where time is told.
            let told =
                !grammar(self.passage.language).has_capital_months() || at > 0 && self.tells_time(self.word(at - 1));
            let known = year.is_some() || full && told;
            return if known { vec![self.moment(own.start..end, None, Some(month), year)] } else { Vec::new() };
        }
        let last = days.len() - 1;
        let firsts: Vec<Option<u8>> = self.weekdays(&days);
        let place = |(at, day): (usize, &Day)| {
            let range = day.range.start..if at == last { end } else { day.range.end };
            Moment { weekday: firsts[at], ..self.moment(range, Some(day.value), Some(month), year) }
        };
        let mut out: Vec<Moment> = days.iter().enumerate().map(place).collect();
        if let Some(moment) = out.last_mut()
            && moment.weekday.is_none()
        {
            moment.weekday = self.weekday_behind(moment.range.end);
        }
        out
    }

    fn moment(&self, range: Range<usize>, day: Option<u8>, month: Option<u8>, year: Option<i32>) -> Moment {
        Moment { range, weekday: None, year, month, day, style: Style::Words }
    }

    /// The days that stand before a month: one, or those of a list or range, "3–5 oktober", "den 4 och den 25 november".
    fn days_before(&self, month: usize) -> Vec<Day> {
        let mut out: Vec<Day> = Vec::new();
        let mut at = month;
        while let Some(before) = at.checked_sub(1) {
            let word = self.word(before);
            let gap = self.between(before, at);
            let small = self.lists.articles.has(word)
                || self.is_ordinal_ending(before)
                || self.weekday(before).is_some() && !out.is_empty()
                || (out.is_empty() && self.lists.of.has(word))
                || (!out.is_empty() && self.lists.joins.has(word));
            // "14. mars": the sign that makes a day ordinal may stand alone behind it.
            let gap = self.lists.ordinal_endings.iter().find_map(|end| gap.strip_prefix(end)).unwrap_or(gap);
            let near = if out.is_empty() {
                gap.trim().is_empty()
            } else {
                matches!(gap.trim(), "" | "–" | "-" | "," | ":") && gap != ","
            };
            if !near || month - before > 8 {
                break;
            }
            if let Some(days) = self.days_in(before) {
                out.splice(0..0, days);
            } else if !small {
                break;
            }
            at = before;
        }
        // What nothing joins to the day of the month is no day: "av de 14 elever som 3 mars".
        let joined = |one: &Day, two: &Day| {
            one.word == two.word
                || (one.word + 1..two.word).any(|at| self.lists.joins.has(self.word(at)))
                || matches!(self.passage.lower[one.range.end..two.range.start].trim(), "–" | "-" | ",")
        };
        let mut from = out.len().saturating_sub(1);
        while from > 0 && joined(&out[from - 1], &out[from]) {
            from -= 1;
        }
        out.split_off(from.min(out.len()))
    }

    /// "14", "14th", "3-5": days that a word is.
    fn days_in(&self, at: usize) -> Option<Vec<Day>> {
        let range = self.words.get(at)?;
        let word = &self.passage.lower[range.clone()];
        let mut out = Vec::new();
        let mut start = range.start;
        for part in word.split('-') {
            let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let ending = &part[digits..];
            let ordinal = self.lists.ordinal_endings.has(ending);
            if !(1..=2).contains(&digits) || !(ending.is_empty() || ordinal) {
                return None;
            }
            out.push(Day { range: start..start + part.len(), word: at, value: part[..digits].parse().ok()? });
            start += part.len() + 1;
        }
        // "den 32 maj": more days than any month has are days only where the article says so.
        let article = at > 0 && self.lists.articles.has(self.word(at - 1));
        let before = self.passage.lower[..range.start].chars().next_back();
        let part = matches!(before, Some('/' | '.' | ',' | ':' | '-' | '§'));
        (!part && out.iter().all(|day| day.value > 0 && (day.value <= 31 || article))).then_some(out)
    }

    /// "November 14", where nothing is counted.
    fn day_behind(&self, month: usize) -> Option<Day> {
        if !grammar(self.passage.language).has_days_behind_months() || !self.between(month, month + 1).trim().is_empty()
        {
            return None;
        }
        // "in May 31 files were opened": no day is in its month.
        if month > 0 && self.lists.during.has(self.word(month - 1)) {
            return None;
        }
        let day = self.days_in(month + 1)?.pop()?;
        self.is_date(day.range.start).then_some(day)
    }

    /// The weekdays that stand before some days, each with its own; a single one belongs to the day that it stands before.
    fn weekdays(&self, days: &[Day]) -> Vec<Option<u8>> {
        let mut out: Vec<Option<u8>> = days.iter().map(|day| self.weekday_before(day.word)).collect();
        // "tisdag–torsdag den 15–17 maj"
        if let [first, .., last] = &mut out[..]
            && last.is_none()
            && let Some(own) = *first
        {
            let at = self.weekday_word(days[0].word);
            let earlier = at.and_then(|at| at.checked_sub(1)).filter(|before| {
                matches!(self.between(*before, before + 1).trim(), "–" | "-") && self.weekday(*before).is_some()
            });
            let joined = at.filter(|at| *at >= 2).filter(|at| self.lists.joins.has(self.word(at - 1)));
            let before = earlier.or(joined.map(|at| at - 2)).and_then(|at| self.weekday(at));
            if before.is_some() {
                *last = Some(own);
                *first = before;
            }
        }
        out
    }

    fn weekday_before(&self, at: usize) -> Option<u8> {
        self.weekday_word(at).and_then(|at| self.weekday(at))
    }

    /// The word directly before a date that can be a weekday.
    fn weekday_word(&self, at: usize) -> Option<usize> {
        let mut before = at.checked_sub(1)?;
        if self.lists.articles.has(self.word(before)) {
            before = before.checked_sub(1)?;
        }
        let gap = self.passage.lower[self.words[before].end..self.words[at].start].trim();
        (gap.len() <= 4 && !gap.contains(['.', ';', '(', ')'])).then_some(before)
    }

    /// "(tisdag)", ", en tisdag" behind a date.
    fn weekday_behind(&self, end: usize) -> Option<u8> {
        let next = self.words.partition_point(|word| word.start < end);
        let mark = self.passage.lower[end..self.words.get(next)?.start].trim();
        let article = self.lists.one.has(self.word(next));
        let at = if article { next + 1 } else { next };
        let weekday = self.weekday(at)?;
        let closed = self.passage.lower[self.words[at].end..].starts_with(')');
        (mark == "," && article || mark == "(" && closed).then_some(weekday)
    }

    fn weekday(&self, at: usize) -> Option<u8> {
        let word = self.word(at);
        let named = |word: &str| position(&self.lists.weekdays, 7, word);
        let mut bare = self.lists.weekday_endings.iter().filter_map(|end| word.strip_suffix(end));
        named(word).or_else(|| bare.find_map(named))
    }

    fn month(&self, at: usize) -> Option<u8> {
        let range = self.words.get(at)?;
        let month = position(&self.lists.months, 12, self.word(at))?;
        let capital = self.passage.text[range.clone()].starts_with(char::is_uppercase);
        (!grammar(self.passage.language).has_capital_months() || capital).then_some(month)
    }

    /// "2023-11-14"
    fn iso(&self, at: usize, word: &str) -> Option<Moment> {
        let parts: Vec<&str> = word.split('-').collect();
        let [year, month, day] = parts[..] else { return None };
        let plain = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i32>().ok())?
        };
        let (year, month, day) = (plain(year, 4)?, plain(month, 2)?, plain(day, 2)?);
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        let reference = self.lists.references.iter().any(|word| before.ends_with(word));
        if reference || !(1800..2100).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let range = self.words[at].clone();
        let weekday = self.weekday_before(at).or_else(|| self.weekday_behind(range.end));
        Some(Moment { weekday, style: Style::Iso, ..self.moment(range, Some(day), Some(month), Some(year)) })
    }

    /// "den 31/11 2021": a day before its month, where an article or a weekday says that it is one.
    fn slashes(&self, at: usize) -> Option<Moment> {
        let told = at > 0 && (self.lists.articles.has(self.word(at - 1)) || self.weekday(at - 1).is_some());
        if grammar(self.passage.language).has_days_behind_months() || !told || self.between(at, at + 1) != "/" {
            return None;
        }
        let (day, month) = (self.word(at).parse::<u8>().ok()?, self.word(at + 1).parse::<u8>().ok()?);
        if !(1..=31).contains(&day) || !(1..=12).contains(&month) || self.between(at + 1, at + 2).starts_with('/') {
            return None;
        }
        let year = self.year(at + 2).filter(|_| self.between(at + 1, at + 2).trim().is_empty());
        let end = if year.is_some() { at + 2 } else { at + 1 };
        let range = self.words[at].start..self.words[end].end;
        let weekday = self.weekday_before(at);
        Some(Moment { weekday, style: Style::Slashes, ..self.moment(range, Some(day), Some(month), year) })
    }

    /// A year that a word is.
    fn year(&self, at: usize) -> Option<i32> {
        let range = self.words.get(at)?;
        let year: i32 = Some(self.word(at)).filter(|word| word.len() == 4)?.parse().ok()?;
        let text = &self.passage.lower;
        let part = text[..range.start].ends_with(['/', ':', '.']) || text[range.end..].starts_with(['/', ':', '-']);
        ((1800..2100).contains(&year) && self.is_date(range.start) && !part).then_some(year)
    }

    /// Whether the number that begins at a place is known for a part of a date.
    fn is_date(&self, start: usize) -> bool {
        let numbers = &self.passage.numbers;
        let at = numbers.binary_search_by_key(&start, |number| number.range.start);
        at.is_ok_and(|at| numbers[at].allowed == Some(Allowed::Date))
    }

    fn is_ordinal_ending(&self, at: usize) -> bool {
        at > 0 && self.lists.ordinal_endings.has(&format!("{}{}", self.between(at - 1, at), self.word(at)))
    }

    fn tells_time(&self, word: &str) -> bool {
        let lists = self.lists;
        [&lists.joins, &lists.from, &lists.between, &lists.edges, &lists.during].iter().any(|list| list.contains(&word))
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |range| &self.passage.lower[range.clone()])
    }

    /// What stands between two words.
    fn between(&self, one: usize, two: usize) -> &str {
        match (self.words.get(one), self.words.get(two)) {
            (Some(one), Some(two)) => &self.passage.lower[one.end..two.start],
            _ => "",
        }
    }
}

/// The position (from 1) of a word in a list whose first `count` are written out, and what follows them abbreviates these.
fn position(list: &[&str], count: usize, word: &str) -> Option<u8> {
    if !list.contains(&word) {
        return None;
    }
    let at = list.iter().take(count).position(|full| full.starts_with(word))?;
    u8::try_from(at + 1).ok()
}
