//! EVI014: words beside a bound figure that name another.
//!
//! ## What it does
//! Reads what stands beside a binding (women or men, a year, planned or done, average or median, with or without, and the other words of labels) and
//! objects where it fits another figure of the findings and not the one that is bound.
//!
//! ## Why is this bad
//! A bound number is proved, and a reader takes the sentence for proved: with the wrong words around it, it is a proved falsehood.
//!
//! ## Example
//! ```md
//! I kursen deltog {{ deltagare | men }} kvinnor.
//! ```
//! ```md
//! I kursen deltog {{ deltagare | women }} kvinnor.
//! ```

use super::super::Context;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity};

pub const RULE: Rule = Rule {
    code: Code("EVI014"),
    title: "Words beside a bound figure that name another",
    severity: Severity::Error,
    source: include_str!("evi014.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for found in context.mistaken().iter().filter(|found| found.bound) {
        found.fault.report(&RULE, context, out);
    }
}
