//! REF019: what still names the period of the report before.
//!
//! ## What it does
//! In a report with `previous: report-2026-03` in report.yaml (`belagg new --from` writes it), finds the lines that stand in that report word for
//! word and name its period: "mars 2026", "i mars", `2026-03`, the report's own name; for a quarter "första kvartalet 2026", for a year "2026".
//! The period is told from the name of that report's folder, otherwise from `period` in its imprint. Chapters, findings, charts and
//! report.yaml are read; files of data and comments are not. A line that was changed is not reported, whatever it names.
//!
//! The date of publication is reported too where it is that of the report before.
//!
//! ## Why is this bad
//! A report that is made from the one before says "mars" in April, in the one sentence, caption or path that nobody thought of.
//!
//! ## Example
//! ```md
//! I mars 2026 gjordes {{ visits }} besök.
//! ```
//! Name the new period. Where the old one is meant, say so in the sentence, or except the line with a reason. Months that a text takes from
//! `parameters` in report.yaml are changed in one place: `I {{ param.month }} gjordes {{ visits }} besök.`

use super::super::Context;
use super::super::leftover::{Leftover, leftovers};
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("REF019"),
    title: "What still names the period of the report before",
    severity: Severity::Warning,
    source: include_str!("ref019.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let report = &context.project.report;
    let Some(named) = report.previous.as_ref().filter(|_| context.project.part.is_none()) else { return };
    let Some(previous) = &context.project.previous else {
        let message = say!("there is no report `{named}` to hold this one against", named = named.value);
        out.push(RULE.at(named.span, message).help(say!("correct its name, or take `previous` out")));
        return;
    };
    for Leftover { span, words, there } in leftovers(context, previous) {
        let message = say!("`{words}` is what `{named}` says, word for word", words, named = named.value);
        let help = say!("write what holds for this report; where the old period is meant, say so in the sentence");
        out.push(RULE.at(span, message).also(there, say!("there")).help(help));
    }
    if report.date.value == previous.report.date.value {
        let message = say!("the date is that of `{named}`", named = named.value);
        let help = say!("write when this report is published");
        out.push(RULE.at(report.date.span, message).also(previous.report.date.span, say!("there")).help(help));
    }
}
