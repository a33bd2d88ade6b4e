//! EVI012: words of direction, comparison or rank that the numbers contradict.
//!
//! ## What it does
//! Holds the words beside two or more numbers against them: which way a number went ("sjönk från 14 till 17", "down slightly from 59"), that it
//! stood still ("oförändrat", "the same as"), which of two groups has more ("fler kvinnor (38) än män (44)"), which comes first and which next
//! ("flest i Ekvik (41), följt av Sundby (47)"), that one is the lowest or highest of those named, that a series rises or falls, how many times as
//! much one is as another, and that a target was met or a limit kept; in which half of a list a place lies, whether more voted for it than against,
//! how many of the numbers listed lie beyond another ("I tre av de sex brunnarna överskreds 20"), whether a gap between two groups grew, and the
//! interval that a number and its margin make.
//!
//! Numbers that bindings print are held to the words around them as well: the numbers are right, and the words were written for other ones.
//!
//! A bound change is held to its sign ("Minskningen var {{ d | absolute }}"), and a sentence without numbers ("Färre elever får stöd.") to the figures of two
//! years whose label it repeats.
//!
//! "Förbättring", "better" and their like are judged where the measure says which way is better: waiting times, satisfaction. "Unchanged" may
//! hide a change of five percent.
//!
//! ## Why is this bad
//! Readers take the words with them, and not the numbers.
//!
//! ## Example
//! ```md
//! Personalomsättningen sjönk från 14 till 17 procent.
//! ```
//! It rose. Either the word or one of the two numbers is wrong.

use super::super::Context;
use super::super::claim;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity};

pub const RULE: Rule = Rule {
    code: Code("EVI012"),
    title: "Words of direction, comparison or rank that the numbers contradict",
    severity: Severity::Error,
    source: include_str!("evi012.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let faults = claim::compare::faults(context).into_iter().chain(claim::figure::faults(context));
    for fault in faults {
        fault.report(&RULE, context, out);
    }
    context.derived(&RULE).for_each(|fault| fault.report(&RULE, context, out));
}
