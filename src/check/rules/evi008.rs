//! EVI008: the summary and the chapters do not agree.
//!
//! ## What it does
//! Holds the numbers of the chapter marked `{.summary}` against the other chapters: a typed number with the words of a figure's label that is none of
//! its values, and a sentence that stands in another chapter in the same words with another number
//! or with another hedge ("knappt hälften", "drygt hälften").
//!
//! ## Why is this bad
//! Most readers read the summary only, and journalists quote it. A number there that the report does not carry is the one that is remembered.
//!
//! ## Example
//! ```md
//! # Sammanfattning {.summary}
//! Den genomsnittliga handläggningstiden var 52 dagar.
//! # Resultat
//! Den genomsnittliga handläggningstiden var 47 dagar.
//! ```
//! Bind both to the same figure.

use std::collections::BTreeSet;

use super::super::prose::Role;
use super::super::rule::Rule;
use super::super::{Context, claim, evidence};
use crate::diagnostic::{Code, Diagnostic, Severity};

pub const RULE: Rule = Rule {
    code: Code("EVI008"),
    title: "The summary and the chapters do not agree",
    severity: Severity::Error,
    source: include_str!("evi008.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for found in evidence::labelled(context) {
        let passage = &context.prose.passages[found.passage];
        if passage.role == Role::Summary {
            seen.insert((found.passage, found.number));
            out.push(found.diagnostic(&RULE, context));
        }
    }
    for fault in claim::summary::faults(context) {
        let passage = &context.prose.passages[fault.passage];
        let number = passage.numbers.iter().position(|number| number.range == fault.range);
        if !number.is_some_and(|number| seen.contains(&(fault.passage, number))) {
            fault.report(&RULE, context, out);
        }
    }
    for found in context.mistaken().iter().filter(|found| !found.bound) {
        if context.prose.passages[found.fault.passage].role == Role::Summary {
            found.fault.report(&RULE, context, out);
        }
    }
    for fault in claim::lead::summary(context) {
        fault.report(&RULE, context, out);
    }
}
