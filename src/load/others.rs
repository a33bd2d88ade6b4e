//! Reports that a report builds on: loaded with it, so that it can bind their figures.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::model::{Beside, Project, Report};
use crate::source::SourceMap;
use crate::system::Snapshot;

use super::Loader;
use super::library::Other;

/// So deep may reports build on each other.
const MOST_DEEP: usize = 64;

/// A report that others build on and that has errors, which are told with each of them.
pub(super) struct Faulty {
    project: Option<Arc<Project>>,
    sources: SourceMap,
    errors: Sink,
}

impl Loader<'_> {
    /// Loads what `reports` names. Warnings of theirs are told when they are built themselves; errors are told here as well.
    pub(super) fn others(&mut self, report: &Report, open: &mut Vec<String>) -> Vec<Arc<Project>> {
        if report.reports.is_empty() {
            return Vec::new();
        }
        let mut own = std::mem::take(&mut self.inputs);
        let mut paths: BTreeSet<String> = own.iter().map(|(path, _)| path.clone()).collect();
        open.push(report.id.clone());
        let mut out = Vec::new();
        for reliance in &report.reports {
            if open.contains(&reliance.id.value) {
                self.sink.push(
                    Diagnostic::error(
                        Code::FIGURE_CYCLE,
                        format!("`{}` builds on this report itself", reliance.id.value),
                    )
                    .at(reliance.id.span)
                    .help("take one of the two `reports` away: figures can go one way only"),
                );
                continue;
            }
            if open.len() >= MOST_DEEP {
                self.sink.push(
                    Diagnostic::error(
                        Code::FIGURE_CYCLE,
                        format!("reports build on each other more than {MOST_DEEP} deep"),
                    )
                    .at(reliance.id.span)
                    .help("name the report that the figures come from, instead of one that has them from another"),
                );
                continue;
            }
            let (other, errors) = self.other(&reliance.id.value, open);
            if other.is_none() || errors.has_errors() {
                self.sink.push(
                    Diagnostic::error(
                        Code::FILE_MISSING,
                        format!("the report `{}` cannot be built on", reliance.id.value),
                    )
                    .at(reliance.id.span)
                    .help("see what is wrong with it, or correct its name"),
                );
            }
            self.sink.extend(errors);
            let Some(other) = other else { continue };
            if other.report.version.value != reliance.version.value {
                self.sink.push(
                    Diagnostic::error(
                        Code::REPORT_VERSION,
                        format!("`{}` is in version {} now", reliance.id.value, other.report.version.value),
                    )
                    .label(reliance.version.span, "this report was written from another")
                    .also(other.report.version.span, "the version")
                    .help("read what has changed, and then name the new version"),
                );
            }
            for (path, bytes) in other.inputs.iter() {
                if paths.insert(path.clone()) {
                    own.push((path.clone(), bytes.clone()));
                }
            }
            out.push(other);
        }
        open.pop();
        self.inputs = own;
        out
    }

    /// A report that another builds on, and its errors; loaded once. What it is made from is asked for all the same, so that what is made from it
    /// in turn is known to be.
    fn other(&mut self, id: &str, open: &mut Vec<String>) -> (Option<Arc<Project>>, Sink) {
        let fits = |other: &Arc<Other>| open.len() + other.deep < MOST_DEEP && other.seen.holds(self.system);
        if let Some(other) = self.library.reports.find(&id.to_owned(), fits) {
            self.deep = self.deep.max(other.deep + 1);
            self.sources.extend(&other.sources);
            return (Some(Arc::clone(&other.project)), Sink::default());
        }
        if let Some(faulty) = self.faulty.get(id) {
            self.sources.extend(&faulty.sources);
            return (faulty.project.clone(), faulty.errors.clone());
        }
        let recorded = Snapshot::new(self.system);
        let mut loader = Loader { faulty: std::mem::take(&mut self.faulty), ..Loader::new(&recorded, self.library) };
        let project = loader.project(id, open).map(Arc::new);
        let Loader { sources, sink, faulty, deep, .. } = loader;
        self.faulty = faulty;
        self.deep = self.deep.max(deep + 1);
        self.sources.extend(&sources);
        let mut errors = Sink::default();
        let all = sink.iter().filter(|found| found.severity == Severity::Error);
        all.for_each(|found| errors.push(found.clone()));
        match &project {
            Some(project) if !errors.has_errors() => {
                let other = Other { project: Arc::clone(project), sources, seen: recorded.seen(), deep };
                self.library.reports.put(id.to_owned(), Arc::new(other));
            }
            _ => {
                let faulty = Faulty { project: project.clone(), sources, errors: errors.clone() };
                self.faulty.insert(id.to_owned(), faulty);
            }
        }
        (project, errors)
    }

    /// The findings of the companions that a report names and does not build on. What is wrong with them is told when they are built
    /// themselves, and since nothing of them is printed they are no inputs.
    pub(super) fn beside(&mut self, report: &Report) -> Vec<Beside> {
        let outer = (std::mem::take(&mut self.sink), std::mem::take(&mut self.inputs));
        let mut out = Vec::new();
        for name in &report.companions {
            let folder = format!("content/{}", name.value);
            let known = report.reports.iter().any(|reliance| reliance.id.value == name.value);
            if known || name.value == report.id || !self.system.exists(&format!("{folder}/report.yaml")) {
                continue;
            }
            let workspace = self.workspace();
            let Some(companion) = self.report(&folder, &name.value, &workspace) else { continue };
            let findings = self.findings(&folder);
            let others = self.others(&companion, &mut vec![report.id.clone()]);
            out.push(Beside { report: companion, findings, others });
        }
        (self.sink, self.inputs) = outer;
        out
    }
}
