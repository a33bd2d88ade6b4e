//! LAN006: dates in two forms.
//!
//! ## What it does
//! Where the running text writes days in more than one form ("14 november 2023", "2023-11-14", "den 14/11"), tells those that are not in the form that most have. Dates in
//! brackets, tables and notes may have a form of their own.
//!
//! ## Why is this bad
//! Readers stop at the second form and wonder whether it says something else.
//!
//! ## Example
//! ```md
//! Besöket gjordes den 14 november 2023 och protokollet är daterat 2023-11-20.
//! ```
//! Write both alike.

use super::super::Context;
use super::super::dates::{Moment, Style};
use super::super::prose::{Passage, Place, Role};
use super::super::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Severity, say};

pub const RULE: Rule = Rule {
    code: Code("LAN006"),
    title: "Dates in two forms",
    severity: Severity::Info,
    source: include_str!("lan006.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut dates: Vec<(&Passage, &Moment)> = Vec::new();
    for (at, passage) in context.passages() {
        let running = matches!(passage.place, Place::Paragraph | Place::Item | Place::Statement);
        if running && passage.role != Role::References {
            let days = context.moments(at).iter().filter(|moment| moment.day.is_some());
            dates.extend(
                days.filter(|moment| !in_brackets(passage, moment) && passage.is_typed(&moment.range))
                    .map(|moment| (passage, moment)),
            );
        }
    }
    let count = |style: Style| dates.iter().filter(|(_, moment)| moment.style == style).count();
    let styles = [Style::Words, Style::Iso, Style::Slashes];
    let Some(most) = styles.into_iter().rev().max_by_key(|style| count(*style)) else { return };
    let Some((passage, example)) = dates.iter().find(|(_, moment)| moment.style == most) else { return };
    let example = passage.slice(example.range.clone());
    for (passage, moment) in dates.iter().filter(|(_, moment)| moment.style != most) {
        let text = passage.slice(moment.range.clone());
        out.push(
            RULE.at(
                passage.span(moment.range.clone()),
                say!("`{text}`: most dates are written as `{example}`", text, example),
            )
            .help(say!("write all dates of the running text in one form")),
        );
    }
}

fn in_brackets(passage: &Passage, moment: &Moment) -> bool {
    let before = passage.slice(0..moment.range.start);
    before.rfind('(').is_some_and(|open| !before[open..].contains(')'))
}
