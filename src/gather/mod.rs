//! What a report has from other reports: those that it builds on, each loaded and gathered once, and the tables that are composed out of them.

mod annual_report;
mod follow_up;
#[cfg(test)]
mod tests;
mod translation;
mod validate;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, say};
use crate::load::{self, Library, Loaded};
use crate::locale::Locale;
use crate::model::{Project, Reliance, Report};
use crate::shelf::Shelf;
use crate::source::SourceMap;
use crate::system::{Seen, Snapshot, System};

pub use annual_report::{NO_AREA, area_of};

/// So deep may reports build on each other.
const MOST_DEEP: usize = 64;

/// Reports without errors, gathered with the words of one workspace: by their names, as long as every file that they were made from says the same.
pub type Reports = Shelf<String, Arc<Known>>;

/// A report with what it has from others.
#[derive(Debug)]
pub struct Known {
    /// None where the report is too faulty to be loaded.
    project: Option<Arc<Project>>,
    sources: SourceMap,
    sink: Sink,
    /// What was asked of the workspace to make it.
    seen: Seen,
    /// So many reports deep it builds on others.
    deep: usize,
}

/// Loads a report, or what is made from one, with all that it has from others.
#[must_use]
pub fn gather(system: &dyn System, library: &Library, (locales, reports): (&[Locale], &Reports), id: &str) -> Loaded {
    let made = load::origin(system, library, id);
    let whole = made.as_ref().map_or(id, |(whole, _)| whole);
    let (open, faulty) = Default::default();
    let mut gatherer = Gatherer { library, locales, reports, open, faulty };
    let known = gatherer.report(system, whole);
    let mut sources = known.sources.clone();
    let project = known.project.as_ref().map(|project| {
        let beside = Arc::new(gatherer.beside(system, &project.report, &mut sources));
        let previous = gatherer.previous(system, &project.report, &mut sources);
        let project = Project { beside, previous, ..Project::clone(project) };
        match made {
            Some((_, part)) => load::part_of(project, part),
            None => project,
        }
    });
    Loaded { project, sources, sink: known.sink.clone() }
}

struct Gatherer<'a> {
    library: &'a Library,
    locales: &'a [Locale],
    reports: &'a Reports,
    /// Those that are being gathered because of each other.
    open: Vec<String>,
    /// Reports with errors, which are told with each that builds on them: each is loaded once.
    faulty: BTreeMap<String, Arc<Known>>,
}

impl Gatherer<'_> {
    /// A report by itself. What it is made from is asked for all the same where it is known, so that what is made from it in turn is known to be.
    fn report(&mut self, system: &dyn System, id: &str) -> Arc<Known> {
        let fits = |known: &Arc<Known>| self.open.len() + known.deep < MOST_DEEP && known.seen.holds(system);
        let known = self.reports.find(&id.to_owned(), fits).or_else(|| self.faulty.get(id).cloned());
        known.unwrap_or_else(|| {
            let made = Arc::new(self.gathered(system, id));
            if made.project.is_some() && !made.sink.has_errors() {
                self.reports.put(id.to_owned(), Arc::clone(&made));
            } else {
                self.faulty.insert(id.to_owned(), Arc::clone(&made));
            }
            made
        })
    }

    fn gathered(&mut self, system: &dyn System, id: &str) -> Known {
        let recorded = Snapshot::recording(system);
        let Loaded { project, sources, sink } = load::load(&recorded, self.library, id);
        let mut made = Known { project: None, sources, sink, seen: Seen::default(), deep: 0 };
        if let Some(project) = project {
            self.open.push(id.to_owned());
            let others = self.others(&recorded, &project.report, &mut made);
            let original = self.original(&recorded, &project, &mut made);
            self.open.pop();
            made.project = Some(Arc::new(self.composed(project, (others, original), &mut made.sink)));
        }
        made.seen = recorded.seen();
        made
    }

    /// The reports that `reports` names. Warnings of theirs are told when they are built themselves; errors are told here as well.
    fn others(&mut self, system: &dyn System, report: &Report, made: &mut Known) -> Vec<Arc<Project>> {
        report.reports.iter().filter_map(|reliance| self.other(system, reliance, made)).collect()
    }

    /// A report in the version that this one was written from.
    fn other(&mut self, system: &dyn System, reliance: &Reliance, made: &mut Known) -> Option<Arc<Project>> {
        let id = &reliance.id.value;
        if self.open.contains(id) {
            made.sink.push(
                Diagnostic::error(Code::FIGURE_CYCLE, say!("`{id}` builds on this report itself", id))
                    .at(reliance.id.span)
                    .help(say!("take one of the two `reports` away: figures can go one way only")),
            );
            return None;
        }
        if self.open.len() >= MOST_DEEP {
            made.sink.push(
                Diagnostic::error(
                    Code::FIGURE_CYCLE,
                    say!("reports build on each other more than {most} deep", most = MOST_DEEP),
                )
                .at(reliance.id.span)
                .help(say!("name the report that the figures come from, instead of one that has them from another")),
            );
            return None;
        }
        let other = self.report(system, id);
        made.deep = made.deep.max(other.deep + 1);
        made.sources.extend(&other.sources);
        if other.project.is_none() || other.sink.has_errors() {
            made.sink.push(
                Diagnostic::error(Code::FILE_MISSING, say!("the report `{id}` cannot be built on", id))
                    .at(reliance.id.span)
                    .help(say!("see what is wrong with it, or correct its name")),
            );
        }
        let errors = other.sink.iter().filter(|found| found.severity == Severity::Error);
        errors.for_each(|found| made.sink.push(found.clone()));
        let other = other.project.as_ref()?;
        let version = &other.report.version;
        if version.value != reliance.version.value {
            made.sink.push(
                Diagnostic::error(
                    Code::REPORT_VERSION,
                    say!("`{id}` is in version {version} now", id, version = version.value),
                )
                .label(reliance.version.span, say!("this report was written from another"))
                .also(version.span, say!("the version"))
                .help(say!("read what has changed, and then name the new version")),
            );
        }
        Some(Arc::clone(other))
    }

    /// The report that this one is a translation of.
    fn original(&mut self, system: &dyn System, project: &Project, made: &mut Known) -> Option<Arc<Project>> {
        let of = &project.report.translation.as_ref()?.original;
        let original = self.other(system, of, made)?;
        if original.report.language == project.report.language {
            let message = say!(
                "the translation has the language of its original: {language}",
                language = project.report.language.tag()
            );
            made.sink.push(
                Diagnostic::error(Code::TRANSLATION, message)
                    .at(of.id.span)
                    .help(say!("write which language this report is in: `language: en`")),
            );
        }
        Some(original)
    }

    /// The report with the others, and with what is composed out of them.
    fn composed(
        &self,
        project: Project,
        (others, original): (Vec<Arc<Project>>, Option<Arc<Project>>),
        sink: &mut Sink,
    ) -> Project {
        let Project { report, findings, inputs, .. } = project;
        let mut findings = Arc::unwrap_or_clone(findings);
        let followed = follow_up::status_table(&findings, &others, sink);
        findings.tables.extend(followed);
        let locale = self.locales.iter().find(|locale| locale.language() == report.language);
        if let Some(made) = locale.and_then(|locale| annual_report::composed(&report, &findings, &others, locale, sink))
        {
            findings.tables.extend(made.tables);
            findings.figures.extend(made.figures);
            findings.gathering = Some(made.gathering);
        }
        let mut inputs = Arc::unwrap_or_clone(inputs);
        let mut paths: BTreeSet<String> = inputs.iter().map(|(path, _)| path.clone()).collect();
        let theirs = others.iter().chain(&original).flat_map(|other| other.inputs.iter());
        inputs.extend(theirs.filter(|(path, _)| paths.insert(path.clone())).cloned());
        let (findings, inputs) = (Arc::new(findings), Arc::new(inputs));
        let mut project = Project { report, findings, inputs, others, ..project };
        if let Some(original) = original {
            translation::translated(&mut project, original, sink);
        }
        validate::validate(&project, sink);
        project
    }

    /// The companions that a report names and does not build on. What is wrong with them is told when they are built themselves, and since
    /// nothing of them is printed they are no inputs.
    fn beside(&mut self, system: &dyn System, report: &Report, sources: &mut SourceMap) -> Vec<Arc<Project>> {
        let mut out = Vec::new();
        for companion in report.companions.iter().map(|name| &name.value) {
            let known = report.reports.iter().any(|reliance| reliance.id.value == *companion);
            if known || *companion == report.id || !load::is_report(system, self.library, companion) {
                continue;
            }
            let companion = self.report(system, companion);
            sources.extend(&companion.sources);
            out.extend(companion.project.clone());
        }
        out
    }

    /// The report of the period before; as with companions, its faults are its own.
    fn previous(&mut self, system: &dyn System, report: &Report, sources: &mut SourceMap) -> Option<Arc<Project>> {
        let id = &report.previous.as_ref()?.value;
        if *id == report.id || !load::is_report(system, self.library, id) {
            return None;
        }
        let previous = self.report(system, id);
        sources.extend(&previous.sources);
        previous.project.clone()
    }
}
