//! EVI002: a typed number that a figure carries.
//!
//! ## What it does
//! Finds typed numbers that are the value, the base or the percentage of a figure whose label's words stand in the same sentence, and says
//! what to write instead. `--fix` writes it where the binding prints exactly what was typed and no other figure fits as well.
//!
//! ## Why is this bad
//! The number is right today. A bound one stays right, and its reader can follow it to the data.
//!
//! ## Example
//! ```md
//! Rapporten bygger på 40 granskade ärenden.
//! ```
//! Write:
//! ```md
//! Rapporten bygger på {{ cases }} granskade ärenden.
//! ```

use super::super::Context;
use super::super::evidence::{Evidence, is_audited};
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity};

pub const RULE: Rule = Rule {
    code: Code("EVI002"),
    title: "A typed number that a figure carries",
    severity: Severity::Warning,
    source: include_str!("evi002.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, passage) in context.passages().filter(|(_, passage)| is_audited(passage)) {
        for (number, evidence) in passage.numbers.iter().zip(context.evidence(at)) {
            let Evidence::Matching(found) = evidence else { continue };
            let span = passage.span(number.range.clone());
            let text = passage.slice(number.range.clone());
            let message = format!("`{text}` is typed, and the figure `{}` carries it", found.figure);
            let mut diagnostic = RULE.at(span, message).help(format!("write {}", found.binding));
            // A text in a data file may be quoted or folded: there the place is not exact enough to write to.
            let exact = context.sources.text(span) == text;
            if found.certain && exact && passage.is_typed(&number.range) {
                diagnostic = diagnostic.fix(span, found.binding.clone());
            }
            out.push(diagnostic);
        }
    }
}
