//! EVI010: a figure that another report gives otherwise.
//!
//! ## What it does
//! Compares the figures of this report with those of the reports that it names under `reports` and `companions`, and with the newest
//! published version before this one. The same figure with another value is reported at the figure's line, with both values and where the
//! other stands.
//!
//! Two figures are the same when all of this holds:
//!
//! - They have the same id and labels of which one says no more than the other, or labels with the same words. Other numbers in the labels
//!   ("barn 7–12 år") and other bases make other figures; reports in two languages are compared by id.
//! - They have the same unit. A count with a base is also held against a percentage.
//! - They speak of the same time. A year in the label or id decides; without one the report's `period` does, or the year of its date.
//!   What a follow-up counts anew is another figure than what it follows up, unless its label names the year of that report. A change
//!   "since 2025" is the same only where both labels name the year.
//! - One of the two reports retells (a press release, an easy-read text, an article, a reply) or follows up the other. Two investigations
//!   count two things even in the same words: between them only figures are compared that are taken over `as-published` from the same `source`.
//! - It is not computed from that report's figures.
//!
//! Numbers agree when they are the same as far as the one with fewer decimals tells (62.5 and 63 percent), and a figure that agrees with one of
//! several reports is that one's. Numbers in sentences are not compared: bind the figure.
//!
//! Against the version before, a figure that keeps its id is left to `belagg publish`, which asks for the reason of every changed value.
//! This rule finds the figure that was given another id as well, and that no stated change concerns.
//!
//! ## Why is this bad
//! Press releases and easy-read texts are read by more people than the report. When they say 16 and the report says 17, both are doubted.
//!
//! ## Example
//! ```yaml
//! # press release, with reports: {plans-2024: "1.0"}
//! figures:
//!   plans: {label: ärenden med plan, count: 16}
//! ```
//! Bind the report's own figure instead of typing it again: `{{ plans-2024:plans }}`.

use super::super::Context;
use super::super::elsewhere::{contradictions, renamed};
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("EVI010"),
    title: "A figure that another report gives otherwise",
    severity: Severity::Warning,
    source: include_str!("evi010.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for found in contradictions(context) {
        let (id, other) = (&found.id, &found.other_id);
        let message = say!(
            "the figure `{id}` is {here}, and {there} in the report `{report}`",
            id,
            here = found.here,
            there = found.there,
            report = found.report
        );
        let help = if found.bindable {
            say!(
                "bind that report's figure, {{{{ {other} }}}}, instead of a second one; where it is of another time or of other things, \
                 say so in the label",
                other
            )
        } else {
            say!("correct the wrong one; where the figure is of another time or of other things, say so in its label")
        };
        out.push(RULE.at(found.span, message).also(found.other_span, say!("there")).help(help));
    }
    for found in renamed(context) {
        let message = say!(
            "the figure `{found}` is {here}; in version {version} it was called `{old_id}` and was {there}",
            found = found.id,
            here = found.here,
            version = found.version,
            old_id = found.old_id,
            there = found.there
        );
        let help = say!(
            "keep the id `{old_id}`, and state the change under `changes` in report.yaml; where it is another figure, give it another label",
            old_id = found.old_id
        );
        out.push(RULE.at(found.span, message).help(help));
    }
}
