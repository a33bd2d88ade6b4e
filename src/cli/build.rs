//! `belagg build` and `belagg check`.

use std::collections::BTreeMap;

use crate::conformance;
use crate::diagnostic::{Diagnostic, Failure, Said, Severity, Sink, say};
use crate::load::{self, Derived};
use crate::pipeline::{Prepared, Publication, Workshop};
use crate::publish::{self, restore, stage};
use crate::session::{Document, Session};
use crate::source::SourceMap;
use crate::system::{Answers, Stopwatch, System};
use crate::value::PartialDate;
use crate::versions::ledger::{self, Ledger};

use super::output::Output;
use super::{CONTENT, FAILURE, OUTPUT, SUCCESS, lists, opened, parallel, policy, rows};

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

/// Builds or checks the named reports, or all. Nothing is written unless every one of them is free of errors.
pub fn run(session: &Session<'_>, names: &[String], task: Task, out: &Output) -> u8 {
    run_for(session, names, task, None, out)
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

/// As [`run`]; what is built goes `elsewhere`, where that is given.
pub fn run_for(
    session: &Session<'_>,
    names: &[String],
    task: Task,
    elsewhere: Option<&dyn Elsewhere>,
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
    let asks = elsewhere.is_some();
    let mut done: Vec<Made> = parallel::map(&documents, |document| {
        let made = make_document(session, document, task, asks);
        session.evict(parallel::threads());
        progress.step(match write {
            true => say!("building {reports}", reports = document.id),
            false => say!("checking {reports}", reports = document.id),
        });
        made.kept(task)
    })
    .into_iter()
    .zip(&names)
    .map(|(made, name)| made.unwrap_or_else(|failure| Made::failed(name, &failure)))
    .collect();
    drop(progress);
    let failed = done.iter().any(|made| made.failed);

    let of_rows = done.iter_mut().zip(&documents).filter(|(_, document)| document.of.is_none());
    let of_rows = of_rows.filter_map(|(made, document)| {
        let home = load::home(system, session.library(), &document.id)?;
        Some(rows::OfRow { folder: home.folder, row: home.row?.id.span, sink: &mut made.prepared.sink })
    });
    rows::tell_once(of_rows.collect());
    let (clashes, asked) = publish::names::check(system, session.library(), &names);
    let (of_all, settings) = of_workspace(session, &done, all_asked && !write);
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
        let made = Done { shop, documents: &documents, made: &done, told: all, errors, failed, stopwatch };
        return elsewhere.conclude(made, out);
    }
    let ledgers = ledgers(system, &documents);
    if errors && ledgers.iter().all(|ledger| ledger.entries.is_empty()) && !stage::interrupted(system) {
        out.diagnostics(&all);
        out.line(say!("nothing was written"));
        return if failed { FAILURE } else { CONTENT };
    }
    let mut written = Sink::default();
    let none = SourceMap::default();
    // What is published stands whatever the working copies are.
    let Some(restored) = self::write(shop, &ledgers, (!errors).then_some(&done), out, &mut written) else {
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
    let built = done.iter().filter(|made| !made.failed).count();
    out.line(say!(
        "output/index.html lists all reports; {count} built in {seconds}",
        count = reports(built),
        seconds = stopwatch.seconds()
    ));
    if failed { FAILURE } else { SUCCESS }
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

/// Restores what is missing of published versions, and puts what was made into its place; whether anything was restored. None where another process
/// writes, or what a killed one began cannot be ended.
fn write(
    shop: Workshop<'_>,
    ledgers: &[Ledger],
    made: Option<&Vec<Made>>,
    out: &Output,
    written: &mut Sink,
) -> Option<bool> {
    let system = shop.system;
    let _lock = lists::begun(system, "build", written)?;
    let mut restored = false;
    for ledger in ledgers {
        restored |= restore(shop, ledger, out, written);
    }
    for made in made.into_iter().flatten() {
        put(system, made, out, written);
    }
    // With a faulty belagg.yaml the lists would lack what it says.
    let sound = !load::load_workspace(system, shop.library).2.has_errors();
    lists::write(shop, made.is_some() || restored && sound, out, written);
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
pub fn restore(shop: Workshop<'_>, ledger: &Ledger, out: &Output, written: &mut Sink) -> bool {
    let id = ledger.newest().map(|entry| entry.head.report.clone()).unwrap_or_default();
    match restore::restore(shop.system, shop.library, ledger) {
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

/// Puts what was rendered into its place, or says why what is there stays.
pub fn put(system: &dyn System, made: &Made, out: &Output, written: &mut Sink) {
    made.told.iter().for_each(|line| out.line(line));
    let Some(publication) = &made.publication else { return };
    // Another process may have published it while this one rendered.
    if system.exists(&ledger::path(&publication.report, &publication.version)) {
        out.line(say!("{folder}: was published meanwhile, stays as it is", folder = publication.folder()));
        return;
    }
    if let Some(problem) = publish::occupied(system, publication) {
        written.push(problem);
        return;
    }
    match publish::commit(system, publication) {
        Ok(()) => out.line(described(publication)),
        Err(failure) => written.push(lists::cannot_write(&publication.id, &failure.path, &failure.error)),
    }
}

/// What a run made of one report.
pub struct Made {
    prepared: Prepared,
    publication: Option<Publication>,
    /// What is said of a version that stays.
    told: Vec<Said>,
    /// The program itself failed.
    pub failed: bool,
    /// What was asked of the files for it; looked at where it goes into a part.
    pub answers: Answers,
    /// Made from a report.
    is_part: bool,
    /// What it has of the numbers that the policy of belagg.yaml names; none where it could not be looked at.
    named: Option<BTreeMap<String, PartialDate>>,
}

impl Made {
    fn new(prepared: Prepared, publication: Option<Publication>, told: Vec<Said>) -> Self {
        let named = prepared.ready.as_ref().map(policy::found);
        Self { prepared, publication, told, failed: false, answers: Answers::default(), is_part: false, named }
    }

    /// What the rest of the run does not ask for is let go, so that many documents need little more memory than one.
    fn kept(mut self, task: Task) -> Self {
        if !matches!(task, Task::Check { conformance: true, .. }) {
            self.prepared.ready = None;
        }
        if matches!(task, Task::Check { conformance: false, .. }) {
            self.publication = None;
        }
        self
    }

    /// A report that the program failed in.
    fn failed(name: &str, failure: &Failure) -> Self {
        let mut sink = Sink::default();
        sink.push(failure.diagnostic(name));
        let (ready, ledger, sources) = Default::default();
        let prepared = Prepared { id: name.to_owned(), ready, ledger, sources, sink };
        Self { failed: true, ..Self::new(prepared, None, Vec::new()) }
    }
}

/// One document and, where it is not published yet and free of errors, its files.
fn make_document(session: &Session<'_>, document: &Derived, task: Task, asks: bool) -> Made {
    let (mut found, answers) =
        if asks { session.look_for_part(document) } else { (session.look(document), Answers::default()) };
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
    Made { is_part: document.of.is_some(), answers, ..Made::new(prepared, publication, told) }
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

pub fn reports(count: usize) -> Said {
    Said::one_or_more(count, say!("1 report"), say!("{count} reports", count))
}

#[cfg(test)]
mod tests {
    use super::super::output::{Color, Format};
    use super::*;
    use crate::diagnostic::Tongue;
    use crate::system::{Bytes, Counting, MemorySystem, ReadError, pass_on};

    /// A program that fails over one file.
    struct Trap(MemorySystem);

    impl System for Trap {
        pass_on! { self => self.0; list_all, write, rename, remove, exists }

        fn read(&self, path: &str) -> Result<Bytes, ReadError> {
            assert!(path != "content/b/kapitel.md", "a trap");
            self.0.read(path)
        }
    }

    fn workspace(last: &str) -> Trap {
        let report = "kind: article\ntitle: T\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: published\n\
                      imprint: {publisher: Exempelstad, contact: Kansliet, author: Kansliet}\nchapters: [kapitel.md]\n";
        let mut files = Vec::new();
        for (name, text) in [("a", "Text."), ("b", "Text."), ("c", last)] {
            files.push((format!("content/{name}/report.yaml"), report.to_owned()));
            files.push((format!("content/{name}/kapitel.md"), format!("# Rubrik\n\n{text}\n")));
        }
        Trap(MemorySystem::new(files))
    }

    #[test]
    fn a_build_reads_each_file_once() {
        let report = |rest: &str| {
            format!(
                "kind: inspection-report\ntitle: T\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: draft\n\
                 imprint: {{reference: X, publisher: Y, contact: Z}}\nchapters: [text.md]\n{rest}\n"
            )
        };
        let findings = "datasets: {rows: {file: data/rows.csv, id: Nr, columns: {decision: Beslut}}}\n\
                        figures: {cases: {label: granskade ärenden, count: {rows: rows}}}\n\
                        assessments: {norr: {development: [Mer tid.]}}\n";
        let files = [
            ("belagg.yaml", "publisher: {name: Exempelstad}\n".to_owned()),
            ("templates/locales/sv.json", "{\"total\": \"Summa\"}".to_owned()),
            ("content/first/report.yaml", report("units: {norr: Norr}\nextracts: units\ncompanions: [third]")),
            ("content/first/findings/all.yaml", findings.to_owned()),
            ("content/first/data/rows.csv", "Nr;Beslut\n1;ja\n2;nej\n".to_owned()),
            (
                "content/first/text.md",
                "# Resultat\n\nVi läste {{ cases }} ärenden.\n\n{{ development norr }}\n".to_owned(),
            ),
            ("content/second/report.yaml", report("reports: {first: '1.0'}")),
            ("content/second/text.md", "# Resultat\n\nDå var det {{ first:cases }} ärenden.\n".to_owned()),
            ("content/third/report.yaml", report("companions: [first]").replace("inspection-report", "easy-read")),
            ("content/third/text.md", "# Resultat\n\nText.\n".to_owned()),
        ];
        let disk = Counting::new(MemorySystem::new(files));
        let out = Output::new(Format::Human, Color::Never, Tongue::English);
        let session = Session::open(&disk);
        // One after the other first: two reports that are made at once may both begin to read a file.
        for report in ["first", "second", "third", "first-norr"] {
            drop(session.diagnostics(report));
        }
        assert_eq!(run(&session, &[], Task::Write, &out), SUCCESS);
        assert!(disk.exists("output/first-norr/1.0/index.html") && disk.reads("content/first/data/rows.csv") == 1);
        // What lies in output/ another process may have written: it is looked at when the list is made, and before it is written over.
        let again: Vec<String> = disk.read_again().into_iter().filter(|path| !path.starts_with("output/")).collect();
        assert!(again.is_empty(), "{again:?}");
    }

    #[test]
    fn the_program_failing_in_one_report_leaves_the_others_to_be_finished() {
        let out = Output::new(Format::Human, Color::Never, Tongue::English);
        let good = workspace("Text.");
        assert_eq!(run(&Session::open(&good), &[], Task::Write, &out), FAILURE);
        assert!(good.exists("output/a/1.0/index.html") && good.exists("output/c/1.0/index.html"));
        assert!(!good.exists("output/b"));
        assert!(good.exists("output/index.html"));
        assert_eq!(run(&Session::open(&good), &["a".to_owned()], Task::Write, &out), SUCCESS);
        // An error of an author's keeps all from being written, as ever.
        let faulty = workspace("{{ nothing }}");
        assert_eq!(run(&Session::open(&faulty), &[], Task::Write, &out), FAILURE);
        assert!(!faulty.exists("output/a"));
    }
}
