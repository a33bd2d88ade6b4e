//! Writing: everything is written beside its place and then moved there, so that a reader finds the old publication or the new one.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::{Code, Diagnostic, say};
use crate::pipeline::Publication;
use crate::pipeline::manifest::{FILE, Manifest};
use crate::system::{ReadError, System};
use crate::versions::ledger;

use super::aside::{Failed, Files};

/// What went wrong, and with which file.
#[derive(Debug)]
pub struct CommitError {
    pub path: String,
    pub error: io::Error,
}

/// The error of a place that holds a published version which the ledger does not have: its record was lost, and nothing may be put there.
#[must_use]
pub fn occupied(system: &dyn System, publication: &Publication) -> Option<Diagnostic> {
    occupied_at(system, &publication.folder(), &publication.report, &publication.version)
}

/// As [`occupied`], before anything is rendered.
#[must_use]
pub fn occupied_at(system: &dyn System, place: &str, report: &str, version: &str) -> Option<Diagnostic> {
    match system.read(&format!("{place}/{FILE}")) {
        Ok(_) | Err(ReadError::Missing) => {}
        // It may be a published one.
        Err(error) => {
            return Some(Diagnostic::error(
                Code::OUTPUT_PUBLISHED,
                say!(
                    "`{place}/{file}` cannot be read ({error}), so nothing was put in the place of what lies there",
                    place,
                    error,
                    file = FILE
                ),
            ));
        }
    }
    Manifest::read(system, place).filter(|manifest| manifest.report.published)?;
    Some(
        Diagnostic::error(
            Code::OUTPUT_PUBLISHED,
            say!(
                "{place} is a published version, and the ledger does not have it: nothing was put in its place",
                place
            ),
        )
        .help(say!(
            "take its record `{path}` and the packed inputs beside it back from version control or from the archive",
            path = ledger::path(report, version)
        ))
        .help(say!("if it was never published, move the folder away yourself")),
    )
}

/// Puts a file beside the versions in its place: written first where nobody looks, then moved. On an error what was there is there still.
///
/// # Errors
/// What the operating system said, with the path.
pub fn put(system: &dyn System, path: &str, bytes: &[u8]) -> Result<(), CommitError> {
    // Several are written at a time.
    static FILE: AtomicUsize = AtomicUsize::new(0);
    let new = format!("output/{NEW}file-{}-{}", FILE.fetch_add(1, Ordering::Relaxed), std::process::id());
    let done = system.write(&new, bytes).and_then(|()| system.rename(&new, path));
    done.map_err(|error| {
        // Best effort: the next run clears it up as well.
        let _ = system.remove(&new);
        CommitError { path: path.to_owned(), error }
    })
}

/// How names in `output/` begin that a run gives to what it is making, and to what it takes the place of; they end with its number.
pub const NEW: &str = ".new-";
pub const OLD: &str = ".old-";

/// Puts the files of a document and its version in their place. On an error what stood there before stands there still. Gives what cannot be removed of
/// it: the next run tries again.
///
/// # Errors
/// What the operating system said, with the path.
pub fn commit(
    system: &dyn System,
    (id, version): (&str, &str),
    files: &Files,
) -> Result<Option<CommitError>, CommitError> {
    let folder = format!("output/{id}/{version}");
    // Names that begin with a full stop are never published, and each run has its own.
    let run = std::process::id();
    let staging = format!("output/{NEW}{id}-{version}-{run}");
    let aside = format!("output/{OLD}{id}-{version}-{run}");
    let at = |path: &str| {
        let path = path.to_owned();
        move |error| CommitError { path, error }
    };
    system.remove(&staging).map_err(at(&staging))?;
    let result = (|| {
        files.write(system, &staging).map_err(|Failed(path, error)| CommitError { path, error })?;
        if !system.exists(&folder) {
            system.rename(&staging, &folder).map_err(at(&folder))?;
            return Ok(None);
        }
        system.remove(&aside).map_err(at(&aside))?;
        match system.rename(&folder, &aside) {
            // The lower layer of a container's file system cannot be moved: it goes, and what is made takes its place.
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                system.remove(&folder).map_err(at(&folder))?;
            }
            moved => moved.map_err(at(&folder))?,
        }
        system.rename(&staging, &folder).map_err(|error| {
            // Put the old publication back; if that fails too, it lies beside under the name in the message.
            let back = system.rename(&aside, &folder);
            CommitError { path: if back.is_ok() { folder.clone() } else { aside.clone() }, error }
        })?;
        Ok(system.remove(&aside).map_err(at(&aside)).err())
    })();
    if result.is_err() {
        // Best effort: the error that is reported is the first one.
        let _ = system.remove(&staging);
    }
    result
}
