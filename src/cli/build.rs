//! `belagg build` and `belagg check`.

mod made;

use std::collections::{BTreeMap, BTreeSet};

use crate::conformance;
use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::kept::{Cache, Kept, Left};
use crate::load::{self, Derived, Each};
use crate::pipeline::{Prepared, Workshop};
use crate::publish::{self, Aside, restore, stage};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{Asked, Stamp, Stopwatch, System};
use crate::versions::heads;
use crate::versions::ledger::{self, Ledger};

use super::lists::{self, Beside};
use super::output::Output;
use super::{CONTENT, FAILURE, OUTPUT, SUCCESS, opened, parallel, policy, rows};

use made::make_document;
pub use made::{Made, put};

/// What is done with reports that are free of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    Write,
    Check {
        /// Tell what was looked at.
        conformance: bool,
        /// Show remarks too, and every paragraph.
        all: bool,
    },
}

/// How a build goes by what earlier ones have left.
#[derive(Default)]
pub struct Keeping {
    /// Everything is made, also what has not changed.
    pub anew: bool,
    pub cache: Option<Cache>,
}

/// So many documents that are left as they are get a line each.
const MOST_LEFT_TOLD: usize = 10;

/// Builds or checks the named reports, or all. Nothing is written unless every one of them is free of errors.
pub fn run(session: &Session<'_>, names: &[String], task: Task, out: &Output) -> u8 {
    run_for(session, names, task, (Keeping::default(), None), out)
}

/// Builds as [`run`] does, by what earlier builds have left.
pub fn run_keeping(session: &Session<'_>, names: &[String], keeping: Keeping, out: &Output) -> u8 {
    run_for(session, names, Task::Write, (keeping, None), out)
}

/// Where what is built goes in the place of `output/`.
pub trait Elsewhere {
    /// The documents that are built, where these are asked for.
    fn documents(&self, session: &Session<'_>, names: &[String]) -> Vec<Derived>;

    /// Writes what was made and says so; the exit code.
    fn conclude(&self, done: Done<'_>, out: &Output) -> u8;
}

/// What a run has made.
pub struct Done<'a> {
    pub shop: Workshop<'a>,
    /// What was asked for templates, fonts and words.
    pub tools: Asked,
    /// Those that were `made`, in the same order.
    pub documents: &'a [Derived],
    pub made: &'a [Made],
    pub told: Vec<(&'a Sink, &'a SourceMap)>,
    /// Authors' errors, for which nothing is written.
    pub errors: bool,
    /// The program failed in one of them.
    pub failed: bool,
    pub stopwatch: Stopwatch,
}

/// As [`run`]; what is built goes by `keeping`, and `elsewhere` where that is given.
pub fn run_for(
    session: &Session<'_>,
    names: &[String],
    task: Task,
    (keeping, elsewhere): (Keeping, Option<&dyn Elsewhere>),
    out: &Output,
) -> u8 {
    let system = session.files();
    let write = task == Task::Write;
    let stopwatch = Stopwatch::start();
    let documents = match elsewhere {
        Some(elsewhere) => elsewhere.documents(session, names),
        None => load::with_derived(system, session.library(), names, |_| true),
    };
    let all_asked = names.is_empty();
    let names: Vec<String> = documents.iter().map(|document| document.id.clone()).collect();
    let shop = match opened(session, &names, out) {
        Ok((_, shop)) => shop,
        Err(code) => return code,
    };
    let asked_for = reports(names.len());
    let progress = out.progress(match write {
        true => say!("building {reports}", reports = asked_for),
        false => say!("checking {reports}", reports = asked_for),
    });
    let kept = (write && elsewhere.is_none())
        .then(|| Kept::open(system, &session.asked_for_tools(), keeping.anew, keeping.cache));
    // What is built elsewhere leaves the workspace as it is.
    let aside = (write && elsewhere.is_none()).then(|| Aside::open(system)).flatten();
    let mut done: Vec<Made> = parallel::map_longest_first(
        &documents,
        |document| weight(system, document),
        |document| {
            if let Some(left) = kept.as_ref().and_then(|kept| kept.left(system, document)) {
                return Made::left(document, left).laid(aside.as_ref());
            }
            let made = make_document(session, document, task);
            session.evict(parallel::threads());
            progress.step(match write {
                true => say!("building {reports}", reports = document.id),
                false => say!("checking {reports}", reports = document.id),
            });
            made.kept(task).laid(aside.as_ref())
        },
    )
    .into_iter()
    .zip(&names)
    .map(|(made, name)| made.unwrap_or_else(|failure| Made::failed(name, &failure)))
    .collect();
    drop(progress);
    let failed = done.iter().any(|made| made.failed);

    rows::tell_once(of_rows(session, &documents, &mut done));
    let (clashes, asked) = publish::names::check(system, session.library(), &names);
    let (mut of_all, settings) = of_workspace(session, &done, all_asked && !write);
    if all_asked {
        tell_gone(system, &done, &mut of_all);
    }
    let conformance =
        if matches!(task, Task::Check { conformance: true, .. }) { examined(&mut done, out) } else { Vec::new() };
    let all = done.iter().map(|made| (&made.prepared.sink, &made.prepared.sources));
    let all: Vec<(&Sink, &SourceMap)> = [(&of_all, &settings), (&clashes, &asked)].into_iter().chain(all).collect();
    // What the program itself fails in keeps no other report from being written.
    let errors = of_all.has_errors()
        || clashes.has_errors()
        || done.iter().any(|made| !made.failed && made.prepared.sink.has_errors());
    if let Task::Check { all: everything, .. } = task {
        out.checked(&all, everything);
        done.iter().flat_map(|made| &made.told).for_each(|line| out.line(line));
        if errors {
            return CONTENT;
        }
        conformance.iter().for_each(|line| out.plain(line));
        if failed {
            return FAILURE;
        }
        out.line(say!(
            "{count} checked: no errors ({seconds})",
            count = reports(names.len()),
            seconds = stopwatch.seconds()
        ));
        return SUCCESS;
    }
    if let Some(elsewhere) = elsewhere {
        let tools = session.asked_for_tools();
        let made = Done { shop, tools, documents: &documents, made: &done, told: all, errors, failed, stopwatch };
        return elsewhere.conclude(made, out);
    }
    let lists = match keeping.anew {
        true => publish::Kept::anew(system, shop.toolbox),
        false => publish::Kept::read(system, shop.toolbox),
    };
    let untouched = !errors && lists.is_untouched(system);
    // Nothing is missing then that a ledger could give back.
    let ledgers = if untouched { Vec::new() } else { ledgers(system, &documents) };
    if errors && ledgers.iter().all(|ledger| ledger.entries.is_empty()) && !stage::interrupted(system) {
        out.diagnostics(&all);
        out.line(say!("nothing was written"));
        return if failed { FAILURE } else { CONTENT };
    }
    let mut written = Sink::default();
    let none = SourceMap::default();
    // What is published stands whatever the working copies are.
    let kept = kept.filter(|_| !errors);
    let made = (!errors).then(|| documents.iter().zip(&done).collect());
    let again = |document: &Derived| make_document(session, document, task).laid(None);
    let before = Before { documents: kept, disk: session.disk(), again: &again, lists, untouched };
    let Some(restored) = self::write(shop, &ledgers, made, before, out, &mut written) else {
        out.diagnostics(&[(&written, &none)]);
        return OUTPUT;
    };
    let all: Vec<(&Sink, &SourceMap)> = all.into_iter().chain([(&written, &none)]).collect();
    out.diagnostics(&all);
    if errors {
        out.line(if restored { say!("nothing else was written") } else { say!("nothing was written") });
        return if failed { FAILURE } else { CONTENT };
    }
    if written.count(Severity::Error) > 0 {
        return OUTPUT;
    }
    let left: Vec<&Left> =
        done.iter().filter(|made| made.files.is_none()).filter_map(|made| made.left.as_ref()).collect();
    let built = done.iter().filter(|made| !made.failed).count() - left.len();
    for folder in left.iter().filter_map(|left| left.folder.as_ref()).filter(|_| left.len() <= MOST_LEFT_TOLD) {
        out.line(say!("{folder}: unchanged", folder));
    }
    let (count, seconds) = (reports(built), stopwatch.seconds());
    out.line(match left.len() {
        0 => say!("output/index.html lists all reports; {count} built in {seconds}", count, seconds),
        unchanged => say!(
            "output/index.html lists all reports; {count} built, {unchanged} unchanged in {seconds}",
            count,
            unchanged,
            seconds
        ),
    });
    if failed { FAILURE } else { SUCCESS }
}

/// What was found in reports that are made for rows, with the files that these stand in: what is told again of a report may speak of none.
fn of_rows<'a>(session: &Session<'_>, documents: &[Derived], done: &'a mut [Made]) -> Vec<rows::OfRow<'a>> {
    let (system, library) = (session.files(), session.library());
    let mut files: BTreeMap<String, Option<Each>> = BTreeMap::new();
    let reports = done.iter_mut().zip(documents).filter(|(_, document)| document.of.is_none());
    let of_row = |(made, document): (&'a mut Made, &Derived)| {
        let home = load::home(system, library, &document.id)?;
        let row = home.row?.id.span;
        let Prepared { sink, sources, .. } = &mut made.prepared;
        if !sink.is_empty() {
            let each = files.entry(home.folder.clone()).or_insert_with(|| load::each(system, library, &home.folder));
            each.iter().for_each(|each| sources.extend(&each.sources));
        }
        Some(rows::OfRow { folder: home.folder, row, sink })
    };
    reports.filter_map(of_row).collect()
}

/// How much of a document its author wrote, by its files' sizes: what takes longest is begun first. Reports of one folder weigh the same.
fn weight(system: &dyn System, document: &Derived) -> u64 {
    let folder = document.of.as_ref().map_or(&document.id, |(whole, _)| whole);
    let files = system.list(&format!("content/{folder}")).into_iter().filter(|entry| !entry.folder);
    let sizes = files.filter_map(|file| system.sight(&format!("content/{folder}/{}", file.name)).stamp());
    sizes.map(Stamp::size).sum()
}

/// What is wrong with belagg.yaml and no report has told: where all are published as they are, none is loaded. With `everything` looked at, also what
/// it names that no report has.
fn of_workspace(session: &Session<'_>, done: &[Made], everything: bool) -> (Sink, SourceMap) {
    let (workspace, sources, mut sink) = load::load_workspace(session.files(), session.library());
    let is_told =
        |problem: &Diagnostic| done.iter().any(|made| made.prepared.sink.iter().any(|known| known == problem));
    sink.weigh(|problem| (!is_told(problem)).then_some(problem.severity));
    let reports = done.iter().filter(|made| !made.is_part);
    if let Some(policy) = workspace.disclosure.as_ref().filter(|_| everything)
        && reports.clone().all(|made| made.named.is_some())
    {
        policy::tell(policy, reports.filter_map(|made| made.named.as_ref()), &mut sink);
    }
    (sink, sources)
}

/// Tells of reports that were published and are gone from the workspace: nothing else would say that their pages stay without what leads to them.
fn tell_gone(system: &dyn System, done: &[Made], told: &mut Sink) {
    // What is wrong with the list of what was published is told where it is gone by.
    let Ok(Some(heads)) = heads::read(system) else { return };
    let known: BTreeSet<&str> = done.iter().map(|made| made.report.as_str()).collect();
    for newest in heads.beyond(&known) {
        let folder = ledger::folder(&newest.report);
        told.push(
            Diagnostic::warning(Code::HEAD_DIFFERS, newest.without_report()).help(say!(
                "take `{folder}` back from version control, with the report: its versions stay in output/, and no list leads to them",
                folder
            )),
        );
    }
}

/// What the build before has left.
struct Before<'a> {
    /// None where what is made now proves nothing to the next build.
    documents: Option<Kept>,
    /// The workspace as it is now.
    disk: &'a dyn System,
    /// Makes a document that was left, where another process has built meanwhile.
    again: &'a dyn Fn(&Derived) -> Made,
    /// What lies beside the versions.
    lists: publish::Kept,
    /// Nothing has changed of what that is made of.
    untouched: bool,
}

/// Restores what is missing of published versions, and puts what was made into its place; whether anything was restored. None where another process
/// writes, or what a killed one began cannot be ended.
fn write(
    shop: Workshop<'_>,
    ledgers: &[Ledger],
    made: Option<Vec<(&Derived, &Made)>>,
    Before { documents: kept, disk, again, lists, untouched }: Before<'_>,
    out: &Output,
    written: &mut Sink,
) -> Option<bool> {
    let system = shop.system;
    let _lock = lists::begun(system, "build", written)?;
    let mut restored = false;
    for ledger in ledgers {
        restored |= restore(shop, ledger, &lists, out, written);
    }
    let is_written = made.is_some();
    let (mut is_changed, mut is_older) = (false, false);
    // What another process has built since this one looked is nothing that was left.
    let is_alone = kept.as_ref().is_none_or(|kept| kept.is_alone(system));
    for (document, made) in made.into_iter().flatten() {
        // That build may have read what its author has written since: nothing older takes its place.
        if !is_alone && !made.holds(disk) {
            is_older = true;
            out.line(say!("{id}: changed and built anew meanwhile, stays as it is", id = document.id.as_str()));
            continue;
        }
        let anew = (made.left.is_some() && !is_alone).then(|| again(document));
        let made = anew.as_ref().unwrap_or(made);
        is_changed |= made.files.is_some();
        if put(system, made, out, written)
            && let Some(kept) = &kept
        {
            made.keep(kept, system, document);
        }
    }
    let problems = kept.map(|kept| kept.write(system)).unwrap_or_default();
    problems.into_iter().for_each(|problem| written.push(problem));
    // With a faulty belagg.yaml the lists would lack what it says.
    let sound = !load::load_workspace(system, shop.library).2.has_errors();
    let beside = match is_written || restored && sound {
        _ if (untouched || is_older) && !is_changed => Beside::Untouched,
        true => Beside::Written(Box::new(lists)),
        false => Beside::Unsound,
    };
    lists::write(shop, beside, out, written);
    Some(restored)
}

/// The sound ledgers of the named reports; those with faults are told with their reports, and prove nothing.
pub fn ledgers(system: &dyn System, documents: &[Derived]) -> Vec<Ledger> {
    let report =
        |document: &Derived| document.of.as_ref().map_or_else(|| document.id.clone(), |(whole, _)| whole.clone());
    let mut reports: Vec<String> = documents.iter().map(report).collect();
    reports.dedup();
    let own = reports.iter();
    own.filter_map(|name| {
        let mut sink = Sink::default();
        let ledger = ledger::read(system, name, &mut sink);
        (!sink.has_errors()).then_some(ledger)
    })
    .collect()
}

/// Restores what is missing of the versions of a ledger; whether there was anything.
pub fn restore(shop: Workshop<'_>, ledger: &Ledger, kept: &publish::Kept, out: &Output, written: &mut Sink) -> bool {
    let id = ledger.newest().map(|entry| entry.head.report.clone()).unwrap_or_default();
    match restore::restore(shop.system, shop.library, ledger, kept) {
        Ok(restored) => {
            restored.lines.iter().for_each(|line| out.line(line));
            let any = !restored.lines.is_empty();
            restored.problems.into_iter().for_each(|problem| written.push(problem));
            any
        }
        Err(failure) => {
            written.push(lists::cannot_write(&id, &failure.path, &failure.error));
            false
        }
    }
}

/// What was looked at in each report, line by line; faults go to the report's sink.
fn examined(done: &mut [Made], out: &Output) -> Vec<String> {
    let mut lines = Vec::new();
    for Made { prepared, publication, .. } in done {
        let (Some(ready), Some(publication)) = (&prepared.ready, publication) else { continue };
        let checks = conformance::examine(&ready.resolution.document, &publication.manifest);
        let width = checks.iter().map(|check| out.text(&check.what).chars().count()).max().unwrap_or_default();
        lines.push(out.text(say!("{id}, version {version}", id = prepared.id, version = publication.version)));
        for check in checks {
            lines.push(format!("  {:width$}  {}", out.text(&check.what), out.text(&check.found)));
            check.faults.into_iter().for_each(|fault| prepared.sink.push(fault));
        }
    }
    lines.push(out.text(conformance::NOT_CHECKED));
    lines
}

pub fn reports(count: usize) -> Said {
    Said::one_or_more(count, say!("1 report"), say!("{count} reports", count))
}

#[cfg(test)]
mod tests;
