//! EVI001: a number without evidence.
//!
//! ## What it does
//! Finds numbers in the text, in digits or in words, that no figure of the report carries: neither bound with `{{ … }}` nor the value of a
//! figure whose label's words stand in the sentence. Dates, years, statutes, reference numbers, numbered things ("kapitel 3"), names
//! ("Agenda 2030"), ages that define a group, numbers that announce the text's own parts ("tre frågor") and attributed quotations need
//! no evidence.
//!
//! ## Why is this bad
//! A typed number has nothing behind it. When the data changes it stays as it was, and nobody can tell where it came from.
//!
//! ## Example
//! ```md
//! Trettiotvå personer deltog i utbildningen.
//! ```
//! Define the figure, with its source, and bind it:
//! ```md
//! {{ training.persons | words | capital }} personer deltog i utbildningen.
//! ```
//!
//! ## Options
//! `bound`: how many percent of the numbers that need evidence must be bound; below it the build fails. 0 asks for nothing.

use super::super::Context;
use super::super::evidence::{Evidence, is_audited};
use super::super::rule::{Rule, RuleOption};
use crate::diagnostic::{Code, Diagnostic, Severity};

pub const RULE: Rule = Rule {
    code: Code("EVI001"),
    title: "A number without evidence",
    severity: Severity::Warning,
    source: include_str!("evi001.rs"),
    options: &[RuleOption { name: "bound", default: 0, meaning: "percent of the numbers that must be bound" }],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, passage) in context.passages().filter(|(_, passage)| is_audited(passage)) {
        for (number, evidence) in passage.numbers.iter().zip(context.evidence(at)) {
            if *evidence == Evidence::Missing {
                let text = passage.slice(number.range.clone());
                out.push(
                    RULE.at(passage.span(number.range.clone()), format!("no figure stands behind the number `{text}`"))
                        .help(
                            "define a figure in findings/ and bind it with {{ … }}; a number that needs none is excepted with \
                             <!-- belagg: allow EVI001 the reason --> on the line before, or under `exceptions` in report.yaml",
                        ),
                );
            }
        }
    }
}
