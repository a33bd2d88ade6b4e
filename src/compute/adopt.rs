//! Figures and tables of other reports, known by the report's name: `din-ratt-2016:response`.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::locale::{Language, Locale};
use crate::model::Project;
use crate::shelf::Shelf;

use super::findings::extend;
use super::mask::Mask;
use super::origin::{How, TableOrigin};
use super::statistics::{Computed, Statistics};

/// What was computed of reports that others build on, with the words of one workspace: by their names and the language of who asks, as long as they
/// are the same.
pub type Adopted = Shelf<(String, Language), (Arc<Project>, Arc<Statistics>)>;

/// Says of a report and its true numbers which of them are not shown; none where all are.
pub type Protect<'a> = &'a dyn Fn(&Project, &Statistics) -> Option<Mask>;

/// What was computed of a report.
#[derive(Debug, Clone, Default)]
pub struct Computation {
    /// What every output is made of.
    pub shown: Statistics,
    /// The numbers as they are, where some of them are not shown.
    pub truth: Option<Statistics>,
}

/// Computes all figures and tables of a report and of those that it builds on, and shows them all; faults of the latter are theirs to tell.
pub fn compute_all(project: &Project, locale: &Locale, known: &Adopted, sink: &mut Sink) -> Statistics {
    compute_shown(project, locale, (known, &|_, _| None), sink).shown
}

/// As [`compute_all`], without what is not to be shown of the report and of those that it builds on.
pub fn compute_shown(
    project: &Project,
    locale: &Locale,
    (shelf, protect): (&Adopted, Protect<'_>),
    sink: &mut Sink,
) -> Computation {
    let (others, breakdowns) = (&project.others, &project.workspace.breakdowns);
    let mut known = Statistics::default();
    let direct: BTreeSet<&str> = others.iter().map(|other| other.report.id.as_str()).collect();
    for other in others {
        let report = &other.report.id;
        let key = (report.clone(), locale.language());
        let theirs = match shelf.find(&key, |(of, _)| Arc::ptr_eq(of, other)) {
            Some((_, theirs)) => theirs,
            None => {
                let made = compute_shown(other, locale, (shelf, protect), &mut Sink::default());
                let made = Arc::new(made.shown);
                shelf.put(key, (Arc::clone(other), Arc::clone(&made)));
                made
            }
        };
        let name = |id: &str| qualified(id, report, &direct);
        let figures = theirs.figures.iter();
        known.figures.extend(figures.map(|(id, figure)| (name(id), adopted(figure.clone(), &name))));
        known.tables.extend(theirs.tables.iter().map(|(id, table)| {
            let mut table = table.clone();
            table.base = table.base.as_deref().map(&name);
            if let TableOrigin::Counted(crossed) = &mut table.origin {
                crossed.dataset = name(&crossed.dataset);
            }
            (name(id), table)
        }));
    }
    let compute =
        |known, mask: &Mask, sink: &mut Sink| extend(known, &project.findings, mask, breakdowns, locale, sink);
    if project.policy.is_none() {
        return Computation { shown: compute(known, &Mask::default(), sink), truth: None };
    }
    let rounding = locale.rounding();
    let truth = compute(known.clone(), &Mask::default().rounding(rounding), sink);
    match protect(project, &truth) {
        None => Computation { shown: truth, truth: None },
        // What is wrong has been told.
        Some(mask) => {
            let mask = mask.rounding(rounding);
            let mut shown = compute(known, &mask, &mut Sink::default());
            shown.hidden = mask.into_hidden();
            Computation { shown, truth: Some(truth) }
        }
    }
}

/// What an id of a report is called in one that builds on it. What that report has from others has a colon in front where they are not
/// named here as well: no author can write that, and a figure that is reached by many ways has one name.
fn qualified(id: &str, report: &str, direct: &BTreeSet<&str>) -> String {
    let bare = id.trim_start_matches(':');
    match bare.split_once(':') {
        None => format!("{report}:{bare}"),
        Some((other, _)) if direct.contains(other) => bare.to_owned(),
        Some(_) => format!(":{bare}"),
    }
}

/// The figure with the name of its report before every id.
fn adopted(figure: Computed, name: &impl Fn(&str) -> String) -> Computed {
    let all = |ids: Vec<String>| ids.iter().map(|id| name(id)).collect();
    let how = match figure.how {
        How::Given | How::Tally | How::ByGroup | How::Published | How::Gathered => figure.how,
        How::Sum(ids) => How::Sum(all(ids)),
        How::Difference(ids) => How::Difference(all(ids)),
        How::Average(ids) => How::Average(all(ids)),
        How::Share { part, whole } => How::Share { part: name(&part), whole: name(&whole) },
        How::Ratio(first, second, per) => How::Ratio(name(&first), name(&second), per),
        How::Index { then, now } => How::Index { then: name(&then), now: name(&now) },
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
