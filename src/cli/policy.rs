//! What the disclosure policy of belagg.yaml names of numbers: one report or another has each, so it is told of when all were looked at.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::Policy;
use crate::pipeline::Ready;
use crate::source::Spanned;
use crate::value::PartialDate;

/// The names of the workspace's policy that a report has, each with the report's date.
pub fn found(ready: &Ready) -> BTreeMap<String, PartialDate> {
    let project = &ready.project;
    let policy = project.workspace.disclosure.as_ref();
    let named = policy.into_iter().flat_map(names);
    let named = named.filter(|name| ready.statistics.named(&name.value, &project.workspace.breakdowns).is_some());
    named.map(|name| (name.value.clone(), project.report.date.value)).collect()
}

/// Tells of names that no report has, and of decisions that are dated after every report that they are about.
pub fn tell<'a>(
    policy: &Policy,
    reports: impl Iterator<Item = &'a BTreeMap<String, PartialDate>> + Clone,
    sink: &mut Sink,
) {
    for name in names(policy).filter(|name| !reports.clone().any(|known| known.contains_key(&name.value))) {
        sink.push(
            Diagnostic::warning(Code::POLICY_NAME, say!("no report has the number `{name}`", name = name.value))
                .at(name.span)
                .nearest(&name.value, reports.clone().flat_map(|known| known.keys().map(String::as_str)))
                .help(say!(
                    "write a figure, a group of it (plans.women), or table, row and column (visits.norr.men), or take the name away"
                )),
        );
    }
    for exception in &policy.exceptions {
        let mut dates = reports.clone().filter_map(|known| known.get(&exception.cell.value)).peekable();
        if let Some(date) = dates.peek().copied()
            && dates.all(|date| exception.decided.is_later_than(date))
        {
            sink.push(crate::check::decided_later(&exception.cell, exception.decided, *date));
        }
    }
}

fn names(policy: &Policy) -> impl Iterator<Item = &Spanned<String>> {
    let excepted = policy.exceptions.iter().map(|exception| &exception.cell);
    policy.never_hide.iter().chain(&policy.keep_hidden).chain(excepted)
}
