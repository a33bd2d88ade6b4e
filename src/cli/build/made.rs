//! One document of a run: what was made of it, or that it was left, and how it gets into its place.

use std::collections::BTreeMap;

use crate::diagnostic::{Failure, Said, Sink, say};
use crate::kept::{self, Kept, Left};
use crate::load::Derived;
use crate::pipeline::{Prepared, Publication};
use crate::publish::{self, Aside, Files};
use crate::session::{Document, Session};
use crate::system::{Asked, System};
use crate::value::PartialDate;
use crate::versions::ledger::{self, Ledger};

use super::super::output::Output;
use super::super::{lists, policy};
use super::Task;

/// What a run made of one report.
pub struct Made {
    pub(super) prepared: Prepared,
    pub(super) publication: Option<Publication>,
    /// What is to be put into its place: the files of the publication, or those that a cache has.
    pub(super) files: Option<Files>,
    /// What is said of a version that stays.
    pub(super) told: Vec<Said>,
    /// All that was found in it, before what reports of one folder have in common is told once: this alone can be told again with others.
    said: Option<Sink>,
    /// The program itself failed.
    pub failed: bool,
    /// Made from a report.
    pub(super) is_part: bool,
    /// What it has of the numbers that the policy of belagg.yaml names; none where it could not be looked at.
    pub(super) named: Option<BTreeMap<String, PartialDate>>,
    /// What was asked to make it; none where it was not made.
    pub asked: Option<Asked>,
    /// What an earlier build has left of it.
    pub(super) left: Option<Left>,
    /// The report whose ledger it belongs to.
    pub(super) report: String,
}

impl Made {
    fn new(prepared: Prepared, publication: Option<Publication>, told: Vec<Said>) -> Self {
        let named = prepared.ready.as_ref().map(policy::found);
        let report = prepared.id.clone();
        Self {
            prepared,
            publication,
            files: None,
            said: None,
            told,
            named,
            report,
            failed: false,
            is_part: false,
            asked: None,
            left: None,
        }
    }

    /// A document that is as an earlier build has made it.
    pub(super) fn left(document: &Derived, mut left: Left) -> Self {
        let (sink, sources) = (std::mem::take(&mut left.sink), std::mem::take(&mut left.sources));
        let lines = std::mem::take(&mut left.lines);
        let prepared = Prepared { id: document.id.clone(), ready: None, ledger: Ledger::default(), sources, sink };
        let report = document.of.as_ref().map_or(&document.id, |(whole, _)| whole).clone();
        Self { left: Some(left), report, is_part: document.of.is_some(), ..Self::new(prepared, None, lines) }
    }

    /// Whether what it was made of is still what it was.
    pub(super) fn holds(&self, disk: &dyn System) -> bool {
        let asked = || self.asked.clone().is_none_or(|mut asked| asked.holds(disk, &mut false));
        self.left.as_ref().map_or_else(asked, |left| left.holds(disk))
    }

    /// Notes for the next build what was made.
    pub(super) fn keep(&self, kept: &Kept, system: &dyn System, document: &Derived) {
        let Prepared { sink, sources, .. } = &self.prepared;
        let sink = self.said.as_ref().unwrap_or(sink);
        if let Some(left) = self.left.as_ref().filter(|left| left.is_of_cache()) {
            kept.keep_left(system, &document.id, left, self.files.as_ref());
        } else if let Some(asked) = self.asked.as_ref().filter(|_| !self.failed) {
            let outputs = self.publication.as_ref().map(Publication::folder).zip(self.files.as_ref());
            kept.keep(system, &kept::Made { document, asked, sink, sources, lines: &self.told, outputs });
        }
    }

    /// Lays the files aside until all documents are made, where there is a place for that.
    pub(super) fn laid(mut self, aside: Option<&Aside<'_>>) -> Self {
        let of_cache = self.left.as_mut().and_then(|left| Some((left.folder.clone()?, left.files.take()?)));
        let made = self.publication.as_mut().map(|made| (made.folder(), std::mem::take(&mut made.artifacts)));
        self.files = of_cache.or(made).map(|(folder, files)| match aside {
            Some(aside) => aside.put(&folder, files),
            None => Files::Held(files),
        });
        self
    }

    /// What the rest of the run does not ask for is let go, so that many documents need little more memory than one.
    pub(super) fn kept(mut self, task: Task) -> Self {
        self.said = self.asked.is_some().then(|| self.prepared.sink.clone());
        if !matches!(task, Task::Check { conformance: true, .. }) {
            self.prepared.ready = None;
        }
        if matches!(task, Task::Check { conformance: false, .. }) {
            self.publication = None;
        }
        self
    }

    /// A report that the program failed in.
    pub(super) fn failed(name: &str, failure: &Failure) -> Self {
        let mut sink = Sink::default();
        sink.push(failure.diagnostic(name));
        let (ready, ledger, sources) = Default::default();
        let prepared = Prepared { id: name.to_owned(), ready, ledger, sources, sink };
        Self { failed: true, ..Self::new(prepared, None, Vec::new()) }
    }
}

/// One document and, where it is not published yet and free of errors, its files.
pub fn make_document(session: &Session<'_>, document: &Derived, task: Task) -> Made {
    let (mut found, asked) = match task {
        Task::Write => {
            let (found, asked) = session.look_recording(document);
            (found, Some(asked))
        }
        Task::Check { .. } => (session.look(document), None),
    };
    let mut told = Vec::new();
    if task != Task::Write {
        session.complete(&mut found);
    } else if let Some(standing) = &found.standing {
        told.push(say!(
            "output/{id}/{version}: published {date}, stays as it is",
            id = standing.id,
            version = standing.version,
            date = standing.date
        ));
    }
    let mut sink = std::mem::take(&mut found.prepared.sink);
    let hindrances = std::mem::take(&mut found.hindrances);
    // To look at what cannot be published is allowed.
    sink.extend(if task == Task::Write { hindrances.as_warnings() } else { hindrances });
    let renders = task != Task::Write || found.standing.is_none();
    let publication = if renders { session.rendered(&found, &mut sink) } else { None };
    let Document { mut prepared, standing, .. } = found;
    if let Some(standing) = standing.filter(|standing| !standing.files.is_empty() && !sink.has_errors()) {
        told.push(standing.files_told());
    }
    prepared.sink = sink;
    Made { is_part: document.of.is_some(), asked, ..Made::new(prepared, publication, told) }
}

/// Puts what was rendered into its place, or says why what is there stays; whether all of it is as it was made.
pub fn put(system: &dyn System, made: &Made, out: &Output, written: &mut Sink) -> bool {
    made.told.iter().for_each(|line| out.line(line));
    let Some(files) = &made.files else { return true };
    let (report, version, id) = match (&made.publication, &made.left) {
        (Some(made), _) => (&made.report[..], &made.version[..], &made.id[..]),
        (None, Some(Left { folder: Some(folder), .. })) => {
            let version = folder.rsplit_once('/').map_or("", |(_, version)| version);
            (&made.report[..], version, &made.prepared.id[..])
        }
        _ => return true,
    };
    let folder = format!("output/{id}/{version}");
    // Another process may have published it while this one rendered.
    if system.exists(&ledger::path(report, version)) {
        out.line(say!("{folder}: was published meanwhile, stays as it is", folder));
        return false;
    }
    if let Some(problem) = publish::occupied_at(system, &folder, report, version) {
        written.push(problem);
        return false;
    }
    match publish::commit(system, (id, version), files) {
        Ok(left) => left.iter().for_each(|left| written.push(lists::cannot_remove(left))),
        Err(failure) => {
            written.push(lists::cannot_write(id, &failure.path, &failure.error));
            return false;
        }
    }
    out.line(match &made.publication {
        Some(publication) => described(publication),
        None => say!("{folder}: from the cache", folder),
    });
    true
}

fn described(publication: &Publication) -> Said {
    let report = &publication.manifest.report;
    let (pages, tables, charts, notes) = (report.pages, report.tables, report.charts, report.notes);
    say!(
        "{folder}: PDF of {pages} ({size} kB), web page, {tables}, {charts}, {notes}; {bound} percent of its numbers bound",
        folder = publication.folder(),
        pages = Said::one_or_more(pages, say!("1 page"), say!("{pages} pages", pages)),
        size = report.pdf_bytes.div_ceil(1000),
        tables = Said::one_or_more(tables, say!("1 table"), say!("{tables} tables", tables)),
        charts = Said::one_or_more(charts, say!("1 chart"), say!("{charts} charts", charts)),
        notes = Said::one_or_more(notes, say!("1 note"), say!("{notes} notes", notes)),
        bound = publication.numbers.bound_percent,
    )
}
