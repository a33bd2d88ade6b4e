//! EVI013: an average, a rate or a product that its numbers do not give.
//!
//! ## What it does
//! Holds what is computed in words against the numbers beside it:
//!
//! - an average against the listed numbers, or against the range that is given ("från 32 till 87, i genomsnitt 91"), and the share of all against those of women and men;
//! - so many a unit, a day or per 1 000 inhabitants against the two numbers that make it ("128 ärenden … 16 handläggare, i genomsnitt 8 ärenden per handläggare");
//! - an amount against number and price, so many times a quarter against so many times a year;
//! - "dubbelt så många", "three times as likely" against the two numbers;
//! - a mean that lies outside its scale, more than 100 percent of a group;
//! - "inklusive" against "exklusive dessa", and "tre skäl: dels … dels …" against what follows.
//!
//! An average of groups may lie anywhere between them, since groups have different sizes: it is accused only outside, or where the numbers are announced as all
//! ("de tre nämnderna"). Round numbers and hedges ("cirka 5 200 om dagen") are given their latitude.
//!
//! ## Why is this bad
//! Readers who know the field recompute exactly these.
//!
//! ## Example
//! ```md
//! De 128 ärendena delas av 16 handläggare, i genomsnitt 9 ärenden per handläggare.
//! ```
//! 128 over 16 is 8.

use super::super::rule::Rule;
use super::super::{Context, claim};
use crate::diagnostic::{Code, Diagnostic, Severity};

pub const RULE: Rule = Rule {
    code: Code("EVI013"),
    title: "An average, a rate or a product that its numbers do not give",
    severity: Severity::Error,
    source: include_str!("evi013.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for fault in claim::measure::faults(context) {
        fault.report(&RULE, context, out);
    }
    context.derived(&RULE).for_each(|fault| fault.report(&RULE, context, out));
}
