//! `belagg merge`: the parts that machines have built become the output that one build would have made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Said, Severity, Sink, say};
use crate::load::{self, Derived};
use crate::pipeline::Artifact;
use crate::publish::partition::{FILE, FOLDER, Folder, Given, check};
use crate::publish::{self, CommitError, Files};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{OsSystem, Stopwatch, System};
use crate::versions::ledger::{Entry, Ledger};
use crate::versions::{FileEntry, signature};

use super::output::Output;
use super::rules::in_workspace;
use super::{CONTENT, OUTPUT, SUCCESS, build, lists, opened, partition};

/// Puts parts together: those that are named, or all that lie in `parts/` of the workspace.
pub fn run(session: &Session<'_>, workspace: &OsSystem, named: &[PathBuf], out: &Output) -> u8 {
    let stopwatch = Stopwatch::start();
    let (names, shop) = match opened(session, &[], out) {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let Some(program) = partition::own_program(out) else { return OUTPUT };
    let (files, library) = (session.files(), session.library());
    let named = if named.is_empty() { lying(workspace) } else { named.to_vec() };
    let given: Vec<Given> = named.iter().map(|folder| Given { name: name(folder), folder: open(folder) }).collect();
    let documents = load::with_derived(files, library, &names, |_| true);
    let progress = out.progress(say!("putting together {parts}", parts = parts(given.len())));
    let (records, found) = check(files, library, &documents, &program, &given);
    // Each part has told of its own reports; what concerns all of them only shows here.
    let every: Vec<String> = documents.iter().map(|document| document.id.clone()).collect();
    let (clashes, asked) = publish::names::check(files, library, &every);
    let (_, settings, faults) = load::load_workspace(files, library);
    let none = SourceMap::default();
    let mut all: Vec<(&Sink, &SourceMap)> = vec![(&faults, &settings), (&clashes, &asked), (&found, &none)];
    if all.iter().any(|(sink, _)| sink.has_errors()) {
        drop(progress);
        out.diagnostics(&all);
        out.line(say!("nothing was written"));
        return CONTENT;
    }
    let mut written = Sink::default();
    let ledgers = build::ledgers(files, &documents);
    let Some(_lock) = lists::begun(files, "merge", &mut written) else {
        out.diagnostics(&[(&written, &none)]);
        return OUTPUT;
    };
    let published = published(&ledgers);
    let reports: BTreeMap<&str, &str> = documents.iter().map(of_report).collect();
    for (given, record) in given.iter().zip(&records) {
        let Some(part) = given.folder.as_deref() else { continue };
        for folder in &record.folders {
            let entry = published.get(&(folder.document.as_str(), folder.version.as_str()));
            let report = reports.get(folder.document.as_str());
            let result = match (entry, report) {
                (Some(entry), _) => put_published(files, part, folder, entry),
                (None, Some(report)) => put(files, part, folder, report, &mut written),
                (None, None) => Ok(()),
            };
            if let Err(failure) = result {
                written.push(lists::cannot_write(&folder.document, &failure.path, &failure.error));
            }
        }
    }
    for ledger in &ledgers {
        build::restore(shop, ledger, &publish::Kept::nothing(), out, &mut written);
    }
    lists::write(shop, lists::Beside::Written(Box::new(publish::Kept::nothing())), out, &mut written);
    drop(progress);
    all.push((&written, &none));
    out.diagnostics(&all);
    if written.count(Severity::Error) > 0 {
        return OUTPUT;
    }
    out.line(say!(
        "output/index.html lists all reports; {reports} of {parts} put together in {seconds}",
        parts = parts(given.len()),
        reports = build::reports(documents.len()),
        seconds = stopwatch.seconds()
    ));
    SUCCESS
}

fn parts(count: usize) -> Said {
    Said::one_or_more(count, say!("1 part"), say!("{count} parts", count))
}

/// The parts in `parts/` of a workspace, as a shell that stands here calls them.
fn lying(workspace: &OsSystem) -> Vec<PathBuf> {
    let folders = workspace.list(FOLDER).into_iter().filter(|entry| entry.folder);
    folders.map(|entry| in_workspace(workspace.root(), &format!("{FOLDER}/{}", entry.name))).collect()
}

/// How a folder is called.
fn name(folder: &Path) -> String {
    let name = folder.to_string_lossy();
    name.trim_end_matches(['/', '\\']).trim_end_matches(&format!("/{FILE}")).to_owned()
}

fn open(folder: &Path) -> Option<Box<dyn System>> {
    // Whoever names the file in it means the part.
    let folder = if folder.ends_with(FILE) { folder.parent()? } else { folder };
    Some(Box::new(OsSystem::new(folder).ok()?))
}

/// The versions of documents that are published.
fn published(ledgers: &[Ledger]) -> BTreeMap<(&str, &str), &Entry> {
    let entries = ledgers.iter().flat_map(|ledger| &ledger.entries);
    entries
        .flat_map(|entry| entry.documents().map(move |document| ((document, entry.head.version.as_str()), entry)))
        .collect()
}

/// A document and the report that it is, or is made from.
fn of_report(document: &Derived) -> (&str, &str) {
    (&document.id, document.of.as_ref().map_or(&document.id, |(report, _)| report))
}

/// Puts of a published version what is missing there, if all of it is what was published; otherwise it is built again from its packed inputs.
fn put_published(files: &dyn System, part: &dyn System, folder: &Folder, entry: &Entry) -> Result<(), CommitError> {
    let recorded = entry.folders().unwrap_or_default();
    let recorded = recorded.iter().find(|recorded| recorded.report == folder.document);
    let is_recorded = |file: &FileEntry| {
        file.path == signature::FILE
            || recorded.is_some_and(|recorded| recorded.outputs.iter().any(|known| known == file))
    };
    if !folder.files.iter().all(is_recorded) {
        return Ok(());
    }
    let place = folder.place();
    let artifacts = artifacts(part, folder)?;
    if !files.exists(&place) {
        return publish::commit(files, (&folder.document, &folder.version), &Files::Held(artifacts)).map(drop);
    }
    let missing = artifacts.iter().map(|file| (format!("{place}/{}", file.path), &file.bytes));
    let mut missing = missing.filter(|(path, _)| !files.exists(path));
    missing.try_for_each(|(path, bytes)| publish::put(files, &path, bytes))
}

/// Puts a version that is not published into its place.
fn put(
    files: &dyn System,
    part: &dyn System,
    folder: &Folder,
    report: &str,
    written: &mut Sink,
) -> Result<(), CommitError> {
    if let Some(problem) = publish::occupied_at(files, &folder.place(), report, &folder.version) {
        written.push(problem);
        return Ok(());
    }
    publish::commit(files, (&folder.document, &folder.version), &Files::Held(artifacts(part, folder)?)).map(drop)
}

fn artifacts(part: &dyn System, folder: &Folder) -> Result<Vec<Artifact>, CommitError> {
    let read = |file: &FileEntry| {
        let path = format!("{}/{}", folder.place(), file.path);
        let bytes = part.read(&path).map_err(|error| CommitError { path, error: error.into() })?;
        Ok(Artifact { path: file.path.clone(), bytes })
    };
    folder.files.iter().map(read).collect()
}
