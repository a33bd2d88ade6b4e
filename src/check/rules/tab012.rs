//! TAB012: a table without source.
//!
//! ## What it does
//! Finds tables of the data that the text prints and that do not say where their numbers come from. A chart has its table's source.
//!
//! ## Why is this bad
//! A table is copied into other documents by itself. Without its source nobody can find it again or judge it.
//!
//! ## Example
//! ```yaml
//! tables:
//!   refusals: {caption: Avslag per förvaltning, source: "Aktgranskning, våren 2021", …}
//! ```

use super::super::Context;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("TAB012"),
    title: "A table without source",
    severity: Severity::Warning,
    source: include_str!("tab012.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for placed in context.prose.placed.iter().filter(|placed| !placed.chart) {
        let table = context.table(&placed.id);
        if let Some(table) = table.filter(|table| table.source.is_none()) {
            out.push(
                RULE.at(
                    table.id.span,
                    say!("the table `{table}` does not say where its numbers come from", table = table.id.value),
                )
                .help(say!("add `source: …`, for instance the register, the survey or the review and its date")),
            );
        }
    }
}
