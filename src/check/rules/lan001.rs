//! LAN001: typography.
//!
//! ## What it does
//! Finds in Swedish and Norwegian: a percent sign without no-break space before it, straight or English quotation marks, a point as decimal mark; in all languages: a hyphen for the dash in ranges
//! and between words, three dots for an ellipsis. `--fix` mends what is certain.
//!
//! ## Why is this bad
//! A line breaks between a number and its sign; a hyphen in a range reads as a minus; and readers take carelessness in small things for carelessness in large.
//!
//! ## Example
//! ```md
//! Andelen var 26% bland barn i åldern 7-18 år.
//! ```
//! Write:
//! ```md
//! Andelen var 26 procent bland barn i åldern 7–18 år.
//! ```

use super::super::Context;
use super::super::prose::{Place, Role};
use super::super::rule::Rule;
use super::super::typography;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("LAN001"),
    title: "Typography",
    severity: Severity::Info,
    source: include_str!("lan001.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, passage) in context.passages() {
        if passage.role == Role::References || matches!(passage.place, Place::Label) {
            continue;
        }
        for fault in typography::faults(&passage.text, &passage.numbers, passage.language) {
            if !passage.is_typed(&fault.range) {
                continue;
            }
            let span = passage.span(fault.range.clone());
            let text = passage.slice(fault.range.clone());
            let mut diagnostic = RULE
                .at(span, say!("`{text}`: {what}", text, what = fault.what))
                .help(say!("write `{right}`", right = fault.right));
            if fault.certain && context.sources.text(span) == text {
                diagnostic = diagnostic.fix(span, fault.right.clone());
            }
            out.push(diagnostic);
        }
    }
}
