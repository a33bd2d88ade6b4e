//! Figures and tables of other reports, known by the report's name: `din-ratt-2016:response`.

use crate::diagnostic::Sink;
use crate::locale::Locale;
use crate::model::{Beside, Findings, Project};

use super::origin::{How, TableOrigin};
use super::statistics::{Computed, Statistics, extend};

/// Computes all figures and tables of a report and of those that it builds on; faults of the latter are theirs to tell.
pub fn compute_all(project: &Project, locale: &Locale, sink: &mut Sink) -> Statistics {
    compute_with(&project.others, &project.findings, locale, sink)
}

/// The figures of a companion; its faults are its own to tell.
#[must_use]
pub fn compute_beside(beside: &Beside, locale: &Locale) -> Statistics {
    compute_with(&beside.others, &beside.findings, locale, &mut Sink::default())
}

fn compute_with(others: &[Project], findings: &Findings, locale: &Locale, sink: &mut Sink) -> Statistics {
    let mut known = Statistics::default();
    for other in others {
        let name = |id: &str| format!("{}:{id}", other.report.id);
        let theirs = compute_all(other, locale, &mut Sink::default());
        known.figures.extend(theirs.figures.into_iter().map(|(id, figure)| (name(&id), adopted(figure, &name))));
        known.tables.extend(theirs.tables.into_iter().map(|(id, mut table)| {
            table.base = table.base.as_deref().map(&name);
            if let TableOrigin::Counted(crossed) = &mut table.origin {
                crossed.dataset = name(&crossed.dataset);
            }
            (name(&id), table)
        }));
    }
    extend(known, findings, locale, sink)
}

/// The figure with the name of its report before every id.
fn adopted(figure: Computed, name: &impl Fn(&str) -> String) -> Computed {
    let all = |ids: Vec<String>| ids.iter().map(|id| name(id)).collect();
    let how = match figure.how {
        How::Given | How::Tally | How::BySex | How::Published | How::Gathered => figure.how,
        How::Sum(ids) => How::Sum(all(ids)),
        How::Difference(ids) => How::Difference(all(ids)),
        How::Average(ids) => How::Average(all(ids)),
        How::Share { part, whole } => How::Share { part: name(&part), whole: name(&whole) },
        How::Ratio(first, second) => How::Ratio(name(&first), name(&second)),
        How::Change { then, now } => How::Change { then: name(&then), now: name(&now) },
        How::Cell { table, row, column } => How::Cell { table: name(&table), row, column },
        How::Extreme { largest, table, column, rows } => How::Extreme { largest, table: name(&table), column, rows },
        How::Row { table, row } => How::Row { table: name(&table), row },
        How::Rows(mut counted) => {
            counted.dataset = name(&counted.dataset);
            How::Rows(counted)
        }
    };
    Computed { base: figure.base.as_deref().map(name), how, ..figure }
}
