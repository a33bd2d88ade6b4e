//! REF012: an empty or placeholder link.
//!
//! ## What it does
//! Finds links whose address holds the place of one that was to come: `#`, `TODO`, `xxx`, `http://`, `https://example`. Addresses of example.com and its kin, which exist
//! for examples, are placeholders as well, unless the report says that it is invented.
//!
//! ## Why is this bad
//! The reader clicks and gets nothing.
//!
//! ## Example
//! ```md
//! Rutinen finns i [kommunens handbok](#).
//! ```
//! Write the address, or take the link away.

use super::super::Context;
use super::super::lang;
use super::super::rule::Rule;
use crate::check::words::Lowered as _;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("REF012"),
    title: "An empty or placeholder link",
    severity: Severity::Error,
    source: include_str!("ref012.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let placeholders = &lang::lists(context.project.report.language).placeholders;
    let invented = context.project.report.invented.is_some();
    // From one publication of the workspace to another: an author cannot write such an address, and the program makes none that is empty.
    let between = |href: &str| href.starts_with("../../");
    for link in context.prose.links.iter().filter(|link| !link.internal && !between(&link.href)) {
        let lower = link.href.lowered();
        let host = lower.split("://").nth(1).unwrap_or("").split(['/', '?', '#', ':']).next().unwrap_or("");
        let bare = host.trim_start_matches("www.");
        let labels: Vec<&str> = bare.split('.').collect();
        // A host of one word is no address on the web; example.com is one for examples.
        let empty = !lower.starts_with("mailto:") && (labels.len() < 2 || labels.iter().any(|label| label.is_empty()));
        let placeholder = labels.len() <= 2 && labels.first().is_some_and(|first| placeholders.has(first)) && !invented;
        if empty || placeholder {
            out.push(
                RULE.at(link.span, say!("`{href}` is no address yet", href = link.href))
                    .help(say!("write where the link leads, or take the link away")),
            );
        }
    }
}
