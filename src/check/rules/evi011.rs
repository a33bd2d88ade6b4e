//! EVI011: a change that its two numbers do not give.
//!
//! ## What it does
//! Computes the change wherever the number before, the number after and the change belong together: "från 40 till 55, en
//! ökning med 15 procent", "fell by 25 percent, from 60 to 45", "£37m (2019: £43m), a reduction of 24%", "4,188 complaints, a 12% increase on the 4,125". The change
//! may be in percent, in percentage points, a number, or a fraction ("med en fjärdedel", within two percentage points). One of the two numbers may stand in the
//! sentence before ("Det är en minskning med 41 procent från 2022 års siffra om 420."), or follow from the change ("en ökning med 682 (7,3 procent)").
//! Differences between groups, what a target or a budget was missed by, and what is left of a stock ("tillkom 140 och avslutades 150, så att 75 återstod") are counted in the same way.
//!
//! The difference of two percentages is counted in percentage points: "från 40 till 45 procent, en ökning med 5 procent" says another thing than it means, and
//! is told so. An increase from 60 to 45 is a decrease.
//!
//! "Fördubblades", "halved" and their kin are let pass within 7.5 percent of the factor ("från 20 till 41"); "nästan fördubblades" up to a fifth short of it, "mer än
//! fördubblades" beyond it only.
//!
//! Rounding is respected: percentages, amounts of money and numbers with decimals or "miljoner" may each be off by half their last digit. Hedged
//! changes ("drygt 30 procent") are held to the bounds of EVI006. Changes a year, on average, of one group or against a target are left alone.
//!
//! ## Why is this bad
//! Readers check growth in their heads, and an article about the report quotes it.
//!
//! ## Example
//! ```md
//! Antalet ansökningar ökade från 40 till 55, en ökning med 15 procent.
//! ```
//! From 40 to 55 is 38 percent. Let the program count: `change: [before, after]` makes a figure of the difference.

use super::super::Context;
use super::super::claim;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity};

pub const RULE: Rule = Rule {
    code: Code("EVI011"),
    title: "A change that its two numbers do not give",
    severity: Severity::Error,
    source: include_str!("evi011.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for fault in claim::change::faults(context) {
        fault.report(&RULE, context, out);
    }
    context.derived(&RULE).for_each(|fault| fault.report(&RULE, context, out));
}
