//! LAN002: words that go stale.
//!
//! ## What it does
//! Finds words whose meaning depends on the day of writing: "i dag", "i våras", "nyligen", "förra året", "just nu", "this spring", "recently", "currently". Quotations are left alone:
//! they are dated by their context.
//!
//! ## Why is this bad
//! A report is read for years. "I våras" is then no date.
//!
//! ## Example
//! ```md
//! Rutinen infördes i våras.
//! ```
//! Write:
//! ```md
//! Rutinen infördes våren 2021.
//! ```

use super::super::Context;
use super::super::lang::{self, Lists};
use super::super::prose::{Place, Role};
use super::super::rule::Rule;
use super::super::words::find_phrase;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("LAN002"),
    title: "Words that go stale",
    severity: Severity::Info,
    source: include_str!("lan002.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, passage) in context.passages() {
        if matches!(passage.place, Place::Quote | Place::Label | Place::Source) || passage.role == Role::References {
            continue;
        }
        let lower = passage.lower.as_str();
        let lists = lang::lists(passage.language);
        for phrase in lists.stale.iter() {
            let (mut from, mut counted, mut marks) = (0, 0, 0);
            while let Some(at) = find_phrase(lower, phrase, from) {
                from = at + phrase.len();
                marks += lower[counted..at].matches(['”', '"', '“']).count();
                counted = at;
                let quoted = marks % 2 == 1;
                if quoted || dated(&lower[..at], &lower[from..], lists) || !passage.is_typed(&(at..from)) {
                    continue;
                }
                let text = passage.slice(at..from);
                out.push(
                    RULE.at(passage.span(at..from), say!("`{text}` means something else in a year", text))
                        .help(say!("give the date: \"våren 2021\", \"in March 2021\"")),
                );
            }
        }
    }
}

/// "their last year of school", "i dag (mars 2021)", "the most recent"
fn dated(before: &str, after: &str, lists: &Lists) -> bool {
    let previous = before.split_whitespace().next_back().unwrap_or("");
    let next = after.split_whitespace().next().unwrap_or("");
    let year =
        next.trim_matches(|c: char| !c.is_alphanumeric()).parse::<u32>().is_ok_and(|n| (1900..2100).contains(&n));
    year || lists.not_stale_behind.has(previous) || lists.not_stale_before.has(next)
}
