//! `belagg build` and `belagg check`.

use crate::conformance;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::load;
use crate::publish::{self, Prepared, Publication, Toolbox, ledger, release, restore};
use crate::source::SourceMap;
use crate::system::{Stopwatch, System};

use super::output::Output;
use super::{CONTENT, OUTPUT, SUCCESS, opened, parallel};

/// What is done with reports that are free of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    Write,
    Check,
    /// Check, and tell what was looked at.
    Conformance,
}

/// Builds or checks the named reports, or all. Nothing is written unless every one of them is free of errors.
pub fn run(system: &dyn System, names: &[String], task: Task, out: &Output) -> u8 {
    let write = task == Task::Write;
    let stopwatch = Stopwatch::start();
    let (names, toolbox) = match opened(system, &load::with_derived(system, names), out) {
        Ok(found) => found,
        Err(code) => return code,
    };
    let verb = if write { "building" } else { "checking" };
    let progress = out.progress(&format!("{verb} {}", count(names.len(), "report")));
    let mut done: Vec<(Prepared, Option<Publication>)> = parallel::map(&names, |name| {
        let made = report(system, &toolbox, name, task);
        progress.step(&format!("{verb} {name}"));
        made
    });
    drop(progress);

    let conformance = if task == Task::Conformance { examined(&mut done) } else { Vec::new() };
    let all: Vec<(&Sink, &SourceMap)> = done.iter().map(|(prepared, _)| (&prepared.sink, &prepared.sources)).collect();
    let errors = all.iter().any(|(sink, _)| sink.has_errors());
    if !write || errors {
        out.diagnostics(&all);
        if errors {
            if write {
                out.line("nothing was written");
            }
            return CONTENT;
        }
        conformance.iter().for_each(|line| out.line(line));
        out.line(&format!("{} checked: no errors ({})", count(names.len(), "report"), stopwatch.seconds()));
        return SUCCESS;
    }
    let mut written = Sink::default();
    // Nobody else writes until this run has written. What a killed process began is ended first.
    let locked = system.lock(release::LOCK).map_err(|error| (release::LOCK.to_owned(), error));
    let lock = locked.and_then(|held| match release::recover(system) {
        Ok(()) => Ok(held),
        Err(failure) => Err((failure.path, failure.error)),
    });
    let lock = match lock {
        Ok(lock) => lock,
        Err((path, error)) => {
            written.push(cannot_write("build", &path, &error));
            out.diagnostics(&[(&written, &SourceMap::default())]);
            return OUTPUT;
        }
    };
    for (prepared, publication) in &done {
        if let Some(publication) = publication {
            // Another process may have published it while this one rendered.
            if system.exists(&ledger::path(&publication.id, &publication.version)) {
                out.line(&format!("{}: was published meanwhile, stays as it is", publication.folder()));
                continue;
            }
            match publish::commit(system, publication) {
                Ok(()) => out.line(&described(publication)),
                Err(failure) => written.push(cannot_write(&prepared.id, &failure.path, &failure.error)),
            }
        }
        match restore::restore(system, &prepared.ledger) {
            Ok(restored) => {
                restored.lines.iter().for_each(|line| out.line(line));
                restored.problems.into_iter().for_each(|problem| written.push(problem));
            }
            Err(failure) => written.push(cannot_write(&prepared.id, &failure.path, &failure.error)),
        }
        if let (None, Some(newest)) = (publication, prepared.ledger.newest()) {
            out.line(&format!(
                "output/{}/{}: published {}, stays as it is",
                prepared.id, newest.head.version, newest.head.date
            ));
        }
    }
    if let Err(failure) = publish::write_index(system, &toolbox) {
        written.push(Diagnostic::error(
            Code::OUTPUT_WRITE,
            format!("{} cannot be written: {}", failure.path, failure.error),
        ));
    }
    drop(lock);
    let none = SourceMap::default();
    let all: Vec<(&Sink, &SourceMap)> = all.into_iter().chain([(&written, &none)]).collect();
    out.diagnostics(&all);
    if written.count(Severity::Error) > 0 {
        return OUTPUT;
    }
    out.line(&format!(
        "output/index.html lists all reports; {} built in {}",
        count(done.len(), "report"),
        stopwatch.seconds()
    ));
    SUCCESS
}

/// One report prepared and, where it is not published yet and free of errors, rendered.
fn report(system: &dyn System, toolbox: &Toolbox, name: &str, task: Task) -> (Prepared, Option<Publication>) {
    if task == Task::Write
        && let Some(published) = publish::unchanged(system, name)
    {
        return (published, None);
    }
    let mut prepared = publish::prepare(system, toolbox, name);
    let mut sink = std::mem::take(&mut prepared.sink);
    let mut publication = None;
    if let Some(ready) = &prepared.ready {
        let standing = ready.against(&prepared.ledger);
        if let Some(difference) = standing.as_ref().filter(|difference| !difference.is_empty()) {
            sink.push(release::published_differs(&ready.project.report, difference));
        }
        // What is published is not rendered anew, unless it is looked at.
        if !sink.has_errors() && (standing.is_none() || task != Task::Write) {
            publication = publish::render(ready, toolbox, &mut sink);
        }
    }
    prepared.sink = sink;
    (prepared, publication)
}

fn cannot_write(id: &str, path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(Code::OUTPUT_WRITE, format!("{id}: {path} cannot be written: {error}"))
        .help("check free space and permissions; what was published before is as it was")
}

/// What was looked at in each report, line by line; faults go to the report's sink.
fn examined(done: &mut [(Prepared, Option<Publication>)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (prepared, publication) in done {
        let (Some(ready), Some(publication)) = (&prepared.ready, publication) else { continue };
        let checks = conformance::examine(&ready.resolution.document, publication);
        let width = checks.iter().map(|check| check.what.len()).max().unwrap_or_default();
        lines.push(format!("{}, version {}", prepared.id, publication.version));
        for check in checks {
            lines.push(format!("  {:width$}  {}", check.what, check.found));
            check.faults.into_iter().for_each(|fault| prepared.sink.push(fault));
        }
    }
    lines.push(conformance::NOT_CHECKED.to_owned());
    lines
}

fn described(publication: &Publication) -> String {
    let report = &publication.manifest.report;
    format!(
        "{}: PDF of {} ({} kB), web page, {}, {}, {}; {} percent of its numbers bound",
        publication.folder(),
        count(report.pages, "page"),
        report.pdf_bytes.div_ceil(1000),
        count(report.tables, "table"),
        count(report.charts, "chart"),
        count(report.notes, "note"),
        publication.manifest.numbers.bound_percent,
    )
}

fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}
