//! EVI017: a span of time that its dates do not give.
//!
//! ## What it does
//! Holds what a sentence says of how long something lasted against the dates beside it: "från januari 2019 till december 2021, det vill säga i två år", "six weeks, from
//! 14 March to 18 April", "den treåriga satsningen (2018–2019)", "i april 2018 och två år senare, i april 2021", "inom tre månader, senast den 14 augusti", "ten days ahead of the deadline",
//! "bildades 1936 … sitt 75-årsjubileum", "klockan 13.15 … 14.05, alltså efter 70 minuter", "senast den 15 juni … den 22 juni, alltså inom utsatt tid"; and ages against years of birth. Spans of hours and minutes are held against each other ("2 timmar och 50 minuter mot 3 timmar och 35 minuter … sparar
//! därmed 45 minuter"). Where words such as "alltså" or "in those twelve
//! years" take up dates of the sentence before, a span is accused only where no two dates give it.
//!
//! Whether the last day, month or year counts is open: from 2019 to 2021 are two years or three. Half a unit may be rounded, "drygt" and "nearly" let a whole one pass, and what
//! happened within a period may be shorter than it.
//!
//! ## Why is this bad
//! Costs a year, waiting times and limits are judged by it.
//!
//! ## Example
//! ```md
//! Projektet pågick från april 2019 till mars 2022, det vill säga i två år.
//! ```
//! From April 2019 to March 2022 are three years.

use super::super::Context;
use super::super::dates::misfit::misfits;
use super::super::dates::period::periods;
use super::super::dates::{age, clock, due};
use super::super::prose::Place;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("EVI017"),
    title: "A span of time that its dates do not give",
    severity: Severity::Error,
    source: include_str!("evi017.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Quote) {
            continue;
        }
        let moments = context.moments(at);
        let spans = misfits(passage, moments, &periods(passage, moments));
        for found in spans.into_iter().chain(clock::misfits(passage)) {
            if passage.is_typed(&found.range) {
                let text = passage.slice(found.stated);
                let help = if found.clock {
                    say!("correct one of the times")
                } else {
                    say!("correct the dates or the span of time")
                };
                let message = match found.most < 0.0 {
                    _ if found.clock => say!(
                        "`{text}`: the times beside it make {between}",
                        text,
                        between = found.times.unwrap_or_else(|| between(found.least, found.most))
                    ),
                    true => say!("`{text}`: by the dates beside it it came before", text),
                    false => say!(
                        "`{text}`: the dates beside it make {between}",
                        text,
                        between = between(found.least, found.most)
                    ),
                };
                out.push(RULE.at(passage.span(found.range), message).help(help));
            }
        }
        for (range, said) in due::turned(passage, moments) {
            if passage.is_typed(&range) {
                let message = say!("`{text}`: the two days lie the other way round", text = passage.slice(said));
                out.push(RULE.at(passage.span(range), message).help(say!("correct one of the days or the words")));
            }
        }
        for found in due::misfits(passage, moments) {
            if passage.is_typed(&found.range) {
                let text = passage.slice(found.said);
                let came = if found.late { say!("later than it was due") } else { say!("no later than it was due") };
                let message = say!("`{text}`: by the two days it came {came}", text, came);
                out.push(
                    RULE.at(passage.span(found.range), message).help(say!("correct one of the days or the words")),
                );
            }
        }
        for found in age::misfits(passage, moments) {
            if passage.is_typed(&found.range) {
                let text = passage.slice(found.age);
                let message = say!(
                    "`{text}`: who was born that year was {what} or {turned}",
                    text,
                    what = found.turned - 1,
                    turned = found.turned
                );
                out.push(RULE.at(passage.span(found.range), message).help(say!("correct the age or one of the years")));
            }
        }
    }
}

/// "2 to 3", with one decimal where they are no whole numbers.
fn between(least: f64, most: f64) -> String {
    let written = |n: f64| format!("{n:.1}").trim_end_matches(".0").to_owned();
    let (least, most) = (written(least.max(0.0)), written(most));
    if least == most { most } else { format!("{least} to {most}") }
}
