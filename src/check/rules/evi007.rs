//! EVI007: the same thing with another number.
//!
//! ## What it does
//! Finds a typed number that stands with the words of a figure's label and is none of the figure's values, or a share whose base is another than the
//! figure's. A sentence that speaks of another year, of one unit, of a target or of one sex is left alone: there another number is right.
//!
//! A number is also held against the cell of a table, made from data or typed, whose row and column its sentence names ("I Söder finns 12 skolor" where the row Söder has 9),
//! and a heading or the first sentence of a section against what the text below says in the same words. "2,2 miljoner kronor" is 2 190 tkr: what rounding or a hedge
//! allows is let pass, and so are sums, differences and shares of the row or column.
//!
//! ## Why is this bad
//! Two numbers for one thing: the reader cannot tell which to believe, and the writer has usually forgotten one place when the data changed.
//!
//! ## Example
//! ```md
//! Att bara 17 ärenden med aktuell SIP hittades pekar på brister.
//! ```
//! The figure "ärenden med aktuell SIP" is 16. Bind it:
//! ```md
//! Att bara {{ sip.current }} ärenden med aktuell SIP hittades pekar på brister.
//! ```

use super::super::prose::Role;
use super::super::rule::Rule;
use super::super::{Context, claim, evidence};
use crate::diagnostic::{Code, Diagnostic, Severity};

pub const RULE: Rule = Rule {
    code: Code("EVI007"),
    title: "The same thing with another number",
    severity: Severity::Warning,
    source: include_str!("evi007.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for found in evidence::labelled(context) {
        let passage = &context.prose.passages[found.passage];
        // The summary is held against the chapters by EVI008.
        if passage.role != Role::Summary {
            out.push(found.diagnostic(&RULE, context));
        }
    }
    for found in context.mistaken().iter().filter(|found| !found.bound) {
        if context.prose.passages[found.fault.passage].role != Role::Summary {
            found.fault.report(&RULE, context, out);
        }
    }
    for fault in evidence::sexes::faults(context) {
        fault.report(&RULE, context, out);
    }
    for fault in claim::lead::sections(context).into_iter().chain(claim::summary::leads(context)) {
        fault.report(&RULE, context, out);
    }
    for fault in claim::group::taken_up(context) {
        fault.report(&RULE, context, out);
    }
}
