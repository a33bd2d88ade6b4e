//! `belagg merge`: the parts that machines have built become the output that one build would have made.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Said, Severity, Sink, say};
use crate::load;
use crate::pipeline::Artifact;
use crate::publish::partition::{FILE, FOLDER, Folder, Given, check};
use crate::publish::{self, CommitError};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{OsSystem, Stopwatch, System};
use crate::versions::ledger::Ledger;

use super::output::Output;
use super::{CONTENT, OUTPUT, SUCCESS, build, deps, opened, partition};

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
    let given: Vec<Given> = named.iter().map(|folder| Given { name: told(folder), folder: open(folder) }).collect();
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
    let _lock = match build::begun(files, "merge", &mut written) {
        Some(lock) => lock,
        None => {
            out.diagnostics(&[(&written, &none)]);
            return OUTPUT;
        }
    };
    let published = published(&ledgers);
    for (given, record) in given.iter().zip(&records) {
        let Some(part) = given.folder.as_deref() else { continue };
        for folder in &record.folders {
            if let Err(failure) = put(files, part, folder, &published) {
                written.push(build::cannot_write(&folder.document, &failure.path, &failure.error));
            }
        }
    }
    for ledger in &ledgers {
        build::restore(shop, ledger, out, &mut written);
    }
    build::lists(shop, out, &mut written);
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
    folders.map(|entry| deps::in_workspace(workspace.root(), &format!("{FOLDER}/{}", entry.name))).collect()
}

/// How a folder is called.
fn told(folder: &Path) -> String {
    let name = folder.to_string_lossy();
    name.trim_end_matches(['/', '\\']).trim_end_matches(&format!("/{FILE}")).to_owned()
}

fn open(folder: &Path) -> Option<Box<dyn System>> {
    // Whoever names the file in it means the part.
    let folder = if folder.ends_with(FILE) { folder.parent()? } else { folder };
    Some(Box::new(OsSystem::new(folder).ok()?))
}

/// The documents' versions that are published.
fn published(ledgers: &[Ledger]) -> BTreeSet<(&str, &str)> {
    let entries = ledgers.iter().flat_map(|ledger| &ledger.entries);
    entries.flat_map(|entry| entry.documents().map(|document| (document, entry.head.version.as_str()))).collect()
}

/// Puts a version from a part into its place. Of what is published only what is missing is put there.
fn put(
    files: &dyn System,
    part: &dyn System,
    folder: &Folder,
    published: &BTreeSet<(&str, &str)>,
) -> Result<(), CommitError> {
    let place = folder.place();
    let mut artifacts = Vec::new();
    for file in &folder.files {
        let path = format!("{place}/{}", file.path);
        let bytes = part.read(&path).map_err(|error| CommitError { path, error: error.into() })?;
        artifacts.push(Artifact { path: file.path.clone(), bytes });
    }
    let (document, version) = (folder.document.as_str(), folder.version.as_str());
    if files.exists(&place) && published.contains(&(document, version)) {
        let missing = artifacts.iter().map(|file| (format!("{place}/{}", file.path), &file.bytes));
        let mut missing = missing.filter(|(path, _)| !files.exists(path));
        return missing.try_for_each(|(path, bytes)| publish::put(files, &path, bytes));
    }
    publish::place(files, document, version, &artifacts)
}
