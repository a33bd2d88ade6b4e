//! EVI002: a typed number that a figure carries.
//!
//! ## What it does
//! Finds typed numbers that are the value, the base or the percentage of a figure whose label's words stand in the same sentence, and says
//! what to write instead. `--fix` writes it where the binding prints exactly what was typed, the figure's whole label stands in the sentence and nothing
//! else there narrows or denies it (another group, sex, unit, year or place, "ska", "inte", "drygt"), and no other figure's label fits as well; it says what it leaves, and why.
//!
//! A figure that its author gave is preferred to a row of a table, a computed figure or another report's that says the same with the same value.
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
use super::super::evidence::Evidence;
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("EVI002"),
    title: "A typed number that a figure carries",
    severity: Severity::Warning,
    source: include_str!("evi002.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        for (number, evidence) in passage.numbers.iter().zip(context.evidence(at)) {
            let Evidence::Matching(found) = evidence else { continue };
            let span = passage.span(number.range.clone());
            let text = passage.slice(number.range.clone());
            let figure = &found.figure;
            let message = if found.doubt.is_some() {
                say!("`{text}` is typed, and the figure `{figure}` may carry it", text, figure)
            } else {
                say!("`{text}` is typed, and the figure `{figure}` carries it", text, figure)
            };
            let diagnostic = RULE.at(span, message);
            // A text in a data file may be quoted or folded, and a brace means something else there.
            let chapter = context.sources.get(span.source).path.ends_with(".md");
            let exact = chapter && context.sources.text(span) == text && passage.is_typed(&number.range);
            let doubt = found.doubt.clone();
            let doubt = doubt.or((!exact).then(|| say!("it does not stand in a chapter word for word")));
            out.push(match doubt {
                None => {
                    diagnostic.help(say!("write {binding}", binding = found.binding)).fix(span, found.binding.clone())
                }
                Some(doubt) => diagnostic
                    .help(say!("write {binding} if that is what is meant: {doubt}", doubt, binding = found.binding))
                    .left(say!("{binding} if that is meant: {doubt}", doubt, binding = found.binding)),
            });
        }
    }
}
