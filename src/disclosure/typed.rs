//! Numbers that are typed in a text although they are hidden in the tables: the checks say which number of the findings each of them is.

use crate::check::{Audit, Evidence};
use crate::compute::mask::Quantity;
use crate::compute::statistics::{Computed, Statistics};
use crate::diagnostic::{Code, Diagnostic, Severity, Sink, say};
use crate::model::Project;
use crate::source::Span;
use crate::value::{Blank, Value};

use super::quantities::Printed;

/// Tells of each typed number that the report hides elsewhere, but for places that were told of. Where it is not certain which number is meant, and in a draft, it is a warning.
pub fn tell_typed(
    project: &Project,
    (shown, truth, printed): (&Statistics, &Statistics, &Printed),
    audit: &Audit,
    (told, counted_otherwise): (&[Span], &dyn Fn() -> Vec<Span>),
    sink: &mut Sink,
) {
    let mut others = None;
    for entry in &audit.entries {
        let Evidence::Matching(found) = &entry.evidence else { continue };
        let filters = found.binding.trim_matches(['{', '}', ' ']).split('|').skip(1).map(str::trim);
        let filters: Vec<&str> = filters.collect();
        let value = |of: &Statistics| of.figures.get(&found.figure).and_then(|figure| bound(project, figure, &filters));
        let (Some(Value::Blank(Blank::Suppressed)), Some(true_value)) = (value(shown), value(truth)) else { continue };
        let is_one_of = |spans: &[Span]| {
            spans.iter().any(|span| {
                span.source == entry.span.source && span.start < entry.span.end && entry.span.start < span.end
            })
        };
        if is_one_of(told) || true_value == Value::Blank(Blank::Suppressed) {
            continue;
        }
        // That a number is also one which nobody sees is chance as likely as not.
        if found.doubt.is_some() && !is_printed(printed, &found.figure) {
            continue;
        }
        // Nor is what the words say to be something else.
        if found.doubt.is_some() && is_one_of(others.get_or_insert_with(counted_otherwise)) {
            continue;
        }
        let severity = if found.doubt.is_some() { Severity::Warning } else { project.report.status.severity() };
        let part = filters.first().map(|filter| filter.strip_prefix("column ").unwrap_or(filter).trim());
        let name = std::iter::once(found.figure.as_str()).chain(part).collect::<Vec<_>>().join(".");
        sink.push(
            Diagnostic::new(
                severity,
                Code::DISCLOSURE_TYPED,
                say!("{number} is `{name}`, which the report hides", number = entry.text, name),
            )
            .at(entry.span)
            .help(say!(
                "write the sentence without the number; `belagg disclose {report}` tells why it is hidden",
                report = project.report.id
            )),
        );
    }
}

/// Whether a figure, or the row of a table, is printed in any of its groups.
fn is_printed(printed: &Printed, figure: &str) -> bool {
    let row_of = |table: &str| figure.strip_prefix(table).and_then(|rest| rest.strip_prefix('.'));
    let in_table = |table: &String| row_of(table).is_some();
    let is_bound = |name: &Quantity| match name {
        Quantity::Figure { id, .. } => id == figure,
        Quantity::Cell { table, row, .. } => row_of(table) == Some(row.as_str()),
    };
    printed.tables.iter().any(in_table) || printed.bound.iter().any(is_bound)
}

/// What a binding with these filters prints of a figure.
fn bound(project: &Project, figure: &Computed, filters: &[&str]) -> Option<Value> {
    let breakdowns = &project.workspace.breakdowns;
    let mut of = None;
    for filter in filters {
        if let Some(column) = filter.strip_prefix("column ") {
            return figure.columns.iter().find(|(id, _)| id == column.trim()).map(|(_, value)| value.clone());
        }
        of = figure.parts.keys().copied().find(|group| breakdowns.id(*group) == *filter).or(of);
    }
    figure.value(of).cloned()
}
