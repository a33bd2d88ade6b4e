//! EVI016: a date that cannot be.
//!
//! ## What it does
//! Finds days that no month has ("31 juni", "30 February"), weekdays that do not belong to their date ("Monday 14 November 2023" was a Tuesday), periods that end
//! before they begin ("inleddes i maj 2022 och avslutades i februari 2022", "mellan oktober och mars under 2023") and years over two calendar years that do not
//! follow each other ("läsåret 2021/23").
//!
//! A weekday beside a date without a year is held against the year of its sentence and those beside it. Dates that were moved ("flyttades från den 18 till den 14
//! mars") are left alone.
//!
//! ## Why is this bad
//! One of the two is wrong, and a reader who wants to be there, or to find the minutes, must guess which.
//!
//! ## Example
//! ```md
//! Besöket gjordes måndagen den 14 november 2023.
//! ```
//! The day was a Tuesday.

use super::super::Context;
use super::super::dates::period::periods;
use super::super::dates::{Moment, school};
use super::super::lang;
use super::super::prose::{Passage, Place};
use super::super::rule::Rule;
use super::super::words::clip_start;
use crate::diagnostic::{Code, Diagnostic, Said, Severity, say};
use crate::locale::Language;

pub const RULE: Rule = Rule {
    code: Code("EVI016"),
    title: "A date that cannot be",
    severity: Severity::Error,
    source: include_str!("evi016.rs"),
    options: &[],
    check,
};

/// So many bytes and so many dates beside a date say of which year it is.
const NEAR: usize = 200;
const BESIDE: usize = 8;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Quote) {
            continue;
        }
        let moments = context.moments(at);
        for moment in moments.iter().filter(|moment| passage.is_typed(&moment.range)) {
            let (range, text) = (moment.range.clone(), passage.slice(moment.range.clone()));
            if !moment.exists() {
                let message = say!("`{text}`: there is no such day", text);
                out.push(RULE.at(passage.span(range), message).help(say!("correct the day or the month")));
            } else if let Some(days) = wrong_weekday(passage, moment, moments) {
                let message = say!("`{text}`: {days}", text, days);
                out.push(RULE.at(passage.span(range), message).help(say!("correct the weekday or the date")));
            }
        }
        for period in periods(passage, moments) {
            if passage.is_typed(&period.range) && period.is_reversed(passage) {
                let text = passage.slice(period.range.clone());
                let message = say!("`{text}` ends before it begins", text);
                out.push(RULE.at(passage.span(period.range), message).help(say!("correct one of the two dates")));
            }
        }
        for range in school::broken(passage) {
            if passage.is_typed(&range) {
                let message =
                    say!("`{words}` are no two years that follow each other", words = passage.slice(range.clone()));
                out.push(RULE.at(passage.span(range), message).help(say!("correct one of the two years")));
            }
        }
    }
}

/// What day of the week a date was, where the text says another.
fn wrong_weekday(passage: &Passage, moment: &Moment, moments: &[Moment]) -> Option<Said> {
    let said = moment.weekday?;
    // As the message says it.
    let name = |day: u8| {
        let word = lang::lists(Language::English).weekdays.get(usize::from(day).checked_sub(1)?)?;
        Some(format!("{}{}", word.get(..1)?.to_uppercase(), word.get(1..)?))
    };
    if let Some(year) = moment.year {
        let day = moment.weekday_in(year).filter(|day| *day != said)?;
        return Some(say!("the day was a {day}, no {said}", day = name(day)?, said = name(said)?));
    }
    // The year that the sentence names near by, and no other: the day may lie beside it.
    let sentence = passage.sentence(moment.range.start);
    let near = |other: &&Moment| {
        sentence.contains(&other.range.start) && other.range.start.abs_diff(moment.range.start) <= NEAR
    };
    let at = moments.partition_point(|other| other.range.start < moment.range.start);
    let beside = &moments[at.saturating_sub(BESIDE)..(at + BESIDE).min(moments.len())];
    let named: Vec<&Moment> = beside.iter().filter(near).filter(|other| other.year.is_some()).collect();
    let year = named.first().and_then(|first| first.year)?;
    if named.iter().any(|other| other.year != Some(year)) {
        return None;
    }
    // "under 2023" says that it lies in that year.
    let during = &lang::lists(passage.language).during;
    let within = named.iter().filter(|other| other.month.is_none()).any(|other| {
        let before = clip_start(passage.lower.get(sentence.start..other.range.start).unwrap_or(""), NEAR);
        before.split_whitespace().next_back().is_some_and(|word| during.contains(&word))
    });
    let around = i32::from(!within);
    let possible = (year - around..=year + around).any(|year| moment.weekday_in(year).is_none_or(|day| day == said));
    let day = moment.weekday_in(year)?;
    (!possible)
        .then(|| Some(say!("in {year} the day was a {day}, no {said}", year, day = name(day)?, said = name(said)?)))?
}
