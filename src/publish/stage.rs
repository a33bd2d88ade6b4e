//! The steps that write a version: everything beside its place first, then the record, then the list of newest versions, then the output.
//!
//! The record is the deed: a process that is killed before leaves the old state; one that is killed after leaves a version whose output
//! lies ready, and [`recover`], which every build and publication begins with, puts it in its place.

use rayon::prelude::*;

use crate::system::{Entry as Listed, System, sha256};
use crate::versions::heads;
use crate::versions::internal_record::FOLDER;
use crate::versions::ledger::{folder, path};

use super::commit::{CommitError, NEW, OLD};
use super::release::Release;
use super::restore;

/// The lock that every process takes before it writes to `output/` or to a ledger.
pub const LOCK: &str = "output/.lock";
/// Where output lies until it is moved into its place: `<report>/<version>/<document>/…`.
const STAGED: &str = "output/.publishing";
/// Where a preview lies while a published version takes its place.
const ASIDE: &str = "output/.replaced";
/// The list of newest versions, until the record is in its place that it names.
const HEADS: &str = "ledger.yaml";

/// Writes a version. On an error either nothing has changed, or the version is in the ledger and its output follows with the next build.
///
/// # Errors
/// What the operating system said, with the path.
pub fn commit(system: &dyn System, release: &Release) -> Result<(), CommitError> {
    let (id, version) = (release.id(), release.version());
    let (ledger, staged) = (format!("{}/.publishing", folder(id)), format!("{STAGED}/{id}/{version}"));
    let result = stage(system, release, &ledger, &staged);
    let Err(failure) = result else {
        return settle(system, id, version);
    };
    // Best effort: the error that is reported is the first one, and the next run clears up as well.
    if !system.exists(&path(id, version)) {
        let _ = system.remove(&ledger);
        let _ = system.remove(STAGED);
    }
    Err(failure)
}

/// Everything up to the record's move into its place, which is the deed.
fn stage(system: &dyn System, release: &Release, ledger: &str, staged: &str) -> Result<(), CommitError> {
    let (id, version) = (release.id(), release.version());
    let write =
        |path: String, bytes: &[u8]| system.write_durably(&path, bytes).map_err(|error| CommitError { path, error });
    let rename = |from: String, to: String| system.rename(&from, &to).map_err(|error| CommitError { path: to, error });
    let sync = |folder: String| system.sync(&folder).map_err(|error| CommitError { path: folder, error });
    for publication in &release.publications {
        for artifact in &publication.artifacts {
            write(format!("{staged}/{}/{}", publication.id, artifact.path), &artifact.bytes)?;
        }
        sync(format!("{staged}/{}", publication.id))?;
    }
    // What stays inside lies in a folder of its own.
    let inside = release.internal.as_ref().map(|_| format!("/{FOLDER}")).unwrap_or_default();
    if let Some(internal) = &release.internal {
        write(format!("{ledger}{inside}/{version}.yaml"), internal.as_bytes())?;
        sync(format!("{ledger}{inside}"))?;
        rename(format!("{ledger}{inside}/{version}.yaml"), format!("{}{inside}/{version}.yaml", folder(id)))?;
    }
    // Of other versions it is there already, and stays as it is.
    let (shared, templates) = &release.shared;
    let lying = restore::unpacked(system, &format!("{}/{shared}", folder(id)));
    let is_shared = lying.is_ok_and(|files| restore::is_shared_as(shared, &files));
    if !is_shared {
        write(format!("{ledger}/{shared}"), templates)?;
        sync(ledger.to_owned())?;
        rename(format!("{ledger}/{shared}"), format!("{}/{shared}", folder(id)))?;
    }
    write(format!("{ledger}/{version}.tar.gz"), &release.pack)?;
    write(format!("{ledger}/{HEADS}"), release.heads.as_bytes())?;
    write(format!("{ledger}/{version}.yaml"), release.record.as_bytes())?;
    sync(ledger.to_owned())?;
    rename(format!("{ledger}/{version}.tar.gz"), format!("{}{inside}/{version}.tar.gz", folder(id)))?;
    sync(format!("{}{inside}", folder(id)))?;
    sync(folder(id))?;
    rename(format!("{ledger}/{version}.yaml"), path(id, version))?;
    sync(folder(id))
}

/// Moves the list of newest versions into its place, if the record that it names for this report is in its own.
fn list(system: &dyn System, id: &str) -> Result<(), CommitError> {
    let staged = format!("{}/.publishing/{HEADS}", folder(id));
    let Ok(Some(heads)) = heads::read_at(system, &staged) else { return Ok(()) };
    let named = heads.newest(id).is_some_and(|newest| {
        system.read(&path(id, &newest.version)).is_ok_and(|bytes| sha256(&bytes) == newest.sha256)
    });
    if !named {
        return Ok(());
    }
    let at = |error| CommitError { path: heads::PATH.to_owned(), error };
    system.rename(&staged, heads::PATH).map_err(at)?;
    system.sync("content").map_err(at)
}

/// Moves the output of a version that is in the ledger into its place.
fn settle(system: &dyn System, id: &str, version: &str) -> Result<(), CommitError> {
    let staged = format!("{STAGED}/{id}/{version}");
    let at = |path: &str| {
        let path = path.to_owned();
        move |error| CommitError { path, error }
    };
    list(system, id)?;
    let ledger = format!("{}/.publishing", folder(id));
    system.remove(&ledger).map_err(at(&ledger))?;
    for document in system.list(&staged).into_iter().map(|entry| entry.name) {
        let (made, place) = (format!("{staged}/{document}"), format!("output/{document}/{version}"));
        if system.exists(&place) {
            system.remove(ASIDE).map_err(at(ASIDE))?;
            system.rename(&place, &format!("{ASIDE}/{version}")).map_err(at(&place))?;
        }
        system.rename(&made, &place).map_err(at(&place))?;
        system.sync(&format!("output/{document}")).map_err(at(&place))?;
    }
    system.remove(ASIDE).map_err(at(ASIDE))?;
    system.remove(STAGED).map_err(at(STAGED))
}

/// Whether a process that was killed, or whose disk failed, has left something in `output/` that waits to be ended or cleared away. Other hidden
/// files, the list of what a build wrote among them, are nobody's remnants.
#[must_use]
pub fn interrupted(system: &dyn System) -> bool {
    system.list_hidden("output").iter().any(|entry| {
        let path = format!("output/{}", entry.name);
        [STAGED, ASIDE].contains(&path.as_str())
            || of_process(&entry.name).is_some_and(|what| what.starts_with(NEW) || what.starts_with(OLD))
    })
}

/// What a name says before the number of the process that gave it.
fn of_process(name: &str) -> Option<&str> {
    name.rsplit_once('-').filter(|(_, process)| is_number(process)).map(|(what, _)| what)
}

/// Puts back what a killed process had moved aside and put nothing in the place of, and names what else it left: only what bears the marks of a
/// process at work, never a file that somebody else may have put there.
fn left_behind(system: &dyn System) -> Vec<String> {
    let mut out = Vec::new();
    for Listed { name, .. } in system.list_hidden("output") {
        let path = format!("output/{name}");
        let Some(what) = of_process(&name) else { continue };
        if what.starts_with(NEW) {
            out.push(path);
        } else if let Some((id, version)) = what.strip_prefix(OLD).and_then(|what| what.rsplit_once('-')) {
            let place = format!("output/{id}/{version}");
            // Where it cannot be moved back it stays where it is.
            if system.exists(&place) {
                out.push(path);
            } else {
                let _ = system.rename(&path, &place);
            }
        }
    }
    let mut made = |folder: &str, is_ours: &dyn Fn(&str) -> bool| {
        let files = system.list(folder).into_iter().filter(|entry| !entry.folder && is_ours(&entry.name));
        out.extend(files.map(|entry| format!("{folder}/{}", entry.name)));
    };
    let beside = |name: &str| name.rsplit_once(".new-").is_some_and(|(_, process)| is_number(process));
    made("content", &|name| name.starts_with("ledger.yaml.new-") && beside(name));
    made("archive", &|name| name.ends_with(".tar.new"));
    for Listed { name, .. } in system.list_hidden("archive") {
        if name.starts_with(NEW) && of_process(&name).is_some() {
            out.push(format!("archive/{name}"));
        }
    }
    out
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Ends what a killed process began: a version whose record is in the ledger gets its output, any other leaves no trace. Call it with
/// the [`LOCK`] held. Gives what of it cannot be removed and is in nobody's way.
///
/// # Errors
/// What the operating system said, with the path.
pub fn recover(system: &dyn System) -> Result<Vec<CommitError>, CommitError> {
    for report in system.list(STAGED) {
        for version in system.list(&format!("{STAGED}/{}", report.name)) {
            if system.exists(&path(&report.name, &version.name)) {
                settle(system, &report.name, &version.name)?;
            }
        }
    }
    let reports: Vec<_> = system.list("content").into_iter().filter(|entry| entry.folder).collect();
    reports.par_iter().for_each(|report| {
        // `check --fix` replaces files of authors.
        let own = format!("content/{}", report.name);
        let below = system.list(&own).into_iter().filter(|entry| entry.folder);
        let below = below.map(|entry| format!("{own}/{}", entry.name)).chain([format!("charts/{}", report.name)]);
        below.for_each(|folder| system.clear(&folder));
        system.clear(&own);
    });
    for report in reports {
        let ledger = format!("{}/.publishing", folder(&report.name));
        if system.exists(&ledger) {
            list(system, &report.name)?;
            system.remove(&ledger).map_err(|error| CommitError { path: ledger, error })?;
        }
    }
    let removed = |path: String| system.remove(&path).err().map(|error| CommitError { path, error });
    let left = left_behind(system).into_iter().filter_map(removed).collect();
    for left in [STAGED, ASIDE] {
        system.remove(left).map_err(|error| CommitError { path: left.to_owned(), error })?;
    }
    Ok(left)
}
