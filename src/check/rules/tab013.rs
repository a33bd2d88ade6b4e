//! TAB013: a table or chart that the text never mentions.
//!
//! ## What it does
//! Finds tables and charts that are printed and to which no reference leads (`[](#table-…)`, `[](#chart-…)`). A chart of a table that stands in the text is
//! mentioned where the table is, and the other way round.
//!
//! ## Why is this bad
//! Readers do not know why the table is there and what they are to see in it; those who listen to the page meet it without warning.
//!
//! ## Example
//! ```md
//! Fördelningen framgår av [](#table-refusals).
//!
//! {{ table refusals }}
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::super::Context;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("TAB013"),
    title: "A table or chart that the text never mentions",
    severity: Severity::Warning,
    source: include_str!("tab013.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let references: BTreeSet<&str> = context.prose.references.iter().map(String::as_str).collect();
    let mentioned = |chart: bool, id: &str| {
        let address = format!("{}-{id}", if chart { "chart" } else { "table" });
        references.contains(address.as_str())
    };
    let charts: BTreeMap<&str, &str> =
        context.project.charts.iter().map(|chart| (chart.id.value.as_str(), chart.table.value.as_str())).collect();
    // Tables of which a printed chart is mentioned.
    let drawn = context.prose.placed.iter().filter(|placed| placed.chart && mentioned(true, &placed.id));
    let drawn: BTreeSet<&str> = drawn.filter_map(|placed| charts.get(placed.id.as_str()).copied()).collect();
    for placed in &context.prose.placed {
        let twin = if placed.chart {
            charts.get(placed.id.as_str()).is_some_and(|table| mentioned(false, table))
        } else {
            drawn.contains(placed.id.as_str())
        };
        if !mentioned(placed.chart, &placed.id) && !twin {
            let kind = if placed.chart { "chart" } else { "table" };
            let span = crate::source::Span { end: placed.span.end.min(placed.span.start + 80), ..placed.span };
            let message = if placed.chart {
                say!("the chart `{placed}` is printed and never mentioned", placed = placed.id)
            } else {
                say!("the table `{placed}` is printed and never mentioned", placed = placed.id)
            };
            out.push(RULE.at(span, message).help(say!(
                "write [](#{kind}-{placed}) in the text that it belongs to",
                kind,
                placed = placed.id
            )));
        }
    }
}
