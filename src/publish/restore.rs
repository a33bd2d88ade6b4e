//! Published versions built again from their packed inputs: for those whose output is missing, and to prove that they can be.

use crate::compare::{Difference, compare};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::load;
use crate::system::{MemorySystem, System};

use super::commit::{CommitError, commit};
use super::ledger::{Entry, Ledger, folder};
use super::manifest::{FILE, FileEntry};
use super::record::Body;
use super::{Artifact, Publication, Purpose, Toolbox, pack, prepare_after, render, sha256, signature};

/// A version that was built again.
#[derive(Debug)]
pub struct Rebuilt {
    pub publication: Publication,
    /// Files whose bytes are not those of the ledger; none where all are.
    pub different: Vec<String>,
    /// What it says otherwise than the ledger.
    pub difference: Difference,
    /// The packed templates could not be used by this program: its own were.
    pub own_templates: bool,
}

/// Builds a published version again from the inputs that its ledger holds, and compares it with the record.
///
/// # Errors
/// Inputs that are missing or damaged, or that this program cannot build.
pub fn rebuild(system: &dyn System, ledger: &Ledger, entry: &Entry) -> Result<Rebuilt, Box<Diagnostic>> {
    let head = &entry.head;
    let path = format!("{}/{}", folder(&head.report), head.pack.path);
    let failed = |message: String| {
        Box::new(
            Diagnostic::error(Code::RESTORED_DIFFERENT, message)
                .help("take the files of the version back from the archive or from version control"),
        )
    };
    let bytes = system.read(&path).map_err(|error| {
        let why = load::cannot_read(&path, &error).message;
        failed(format!("{} {} cannot be built again: {why}", head.report, head.version))
    })?;
    if sha256(&bytes) != head.pack.sha256 {
        return Err(failed(format!(
            "`{path}` is not what was packed when {} {} was published",
            head.report, head.version
        )));
    }
    let files = pack::unpack(&bytes).map_err(|error| failed(format!("`{path}` cannot be unpacked: {error}")))?;
    let body =
        entry.body().ok_or_else(|| failed(format!("the record of {} {} cannot be read", head.report, head.version)))?;
    let without =
        || files.iter().filter(|(path, _)| !path.starts_with("templates/") || path.starts_with("templates/fonts/"));
    let own = || files.iter();
    let built = built(ledger, entry, &body, own().cloned()).map(|built| (built, false));
    // Templates of another version of the program may not fit this one.
    let built = built.or_else(|problems| {
        self::built(ledger, entry, &body, without().cloned()).map(|built| (built, true)).map_err(|_| problems)
    });
    let ((publication, difference), own_templates) = built.map_err(|sink| {
        let why = sink.sorted().first().map(|first| first.message.clone()).unwrap_or_default();
        failed(format!(
            "{} {} was made with {} {} and cannot be built again by this program: {why}",
            head.report, head.version, head.tool.name, head.tool.version
        ))
    })?;
    let different = different(&body.outputs, &publication.artifacts);
    Ok(Rebuilt { publication, different, difference, own_templates })
}

fn built(
    ledger: &Ledger,
    entry: &Entry,
    body: &Body,
    files: impl Iterator<Item = (String, Vec<u8>)>,
) -> Result<(Publication, Difference), Sink> {
    let head = &entry.head;
    let memory = MemorySystem::new(files);
    let mut sink = Sink::default();
    let Some(toolbox) = Toolbox::new(&memory, &mut sink) else { return Err(sink) };
    let before = ledger.before(&head.version).cloned();
    let history = Ledger { entries: before.into_iter().collect() };
    let prepared = prepare_after(&memory, &toolbox, &head.report, (history, sink), Purpose::Rebuild);
    // Rules that came after the version do not keep it from being what it was.
    let mut sink = prepared.sink;
    let Some(ready) = prepared.ready else { return Err(sink) };
    let Some(mut publication) = render(&ready, &toolbox, &mut sink) else { return Err(sink) };
    if let Some(signature) = &head.signature {
        publication
            .artifacts
            .push(Artifact { path: signature::FILE.to_owned(), bytes: signature.clone().into_bytes() });
    }
    Ok((publication, compare(&body.state, &ready.state)))
}

/// Names of files that differ from those of the ledger, came or went.
fn different(recorded: &[FileEntry], artifacts: &[Artifact]) -> Vec<String> {
    let mut out: Vec<String> = recorded
        .iter()
        .filter(|file| {
            !artifacts.iter().any(|artifact| artifact.path == file.path && sha256(&artifact.bytes) == file.sha256)
        })
        .map(|file| file.path.clone())
        .collect();
    let new = artifacts
        .iter()
        .filter(|artifact| artifact.path != signature::FILE && !recorded.iter().any(|file| file.path == artifact.path));
    out.extend(new.map(|artifact| artifact.path.clone()));
    out
}

/// What became of the published versions of a report whose output was missing.
#[derive(Debug, Default)]
pub struct Restored {
    /// A line for each, in words.
    pub lines: Vec<String>,
    pub problems: Vec<Diagnostic>,
}

/// Puts back the output of published versions where it is missing. What is there is never touched. Call it with the lock held.
///
/// # Errors
/// What the operating system said when the output was written.
pub fn restore(system: &dyn System, ledger: &Ledger) -> Result<Restored, CommitError> {
    let mut out = Restored::default();
    for entry in &ledger.entries {
        let head = &entry.head;
        let place = format!("output/{}/{}", head.report, head.version);
        if system.exists(&format!("{place}/{FILE}")) || system.exists(&format!("{place}/index.html")) {
            continue;
        }
        match rebuild(system, ledger, entry) {
            Err(problem) => out.problems.push(*problem),
            Ok(rebuilt) if !rebuilt.difference.is_empty() => out.problems.push(
                Diagnostic::error(
                    Code::RESTORED_DIFFERENT,
                    format!(
                        "{place} is missing, and what is built from its inputs says something else than the ledger"
                    ),
                )
                .help(format!("it was made with {} {}", head.tool.name, head.tool.version)),
            ),
            Ok(rebuilt) => {
                commit(system, &rebuilt.publication)?;
                out.lines.push(format!(
                    "{place}: was missing and is restored from its packed inputs; {}",
                    told(head, &rebuilt)
                ));
            }
        }
    }
    Ok(out)
}

/// "the bytes are those of the ledger"
#[must_use]
pub fn told(head: &super::record::Head, rebuilt: &Rebuilt) -> String {
    if rebuilt.different.is_empty() {
        return "the bytes are those of the ledger".to_owned();
    }
    let names = rebuilt.different.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let more = if rebuilt.different.len() > 3 { ", …" } else { "" };
    let tool = &rebuilt.publication.manifest.tool;
    let why = if rebuilt.own_templates {
        "the templates it was published with do not fit this program"
    } else if tool.version != head.tool.version {
        "it was published with another version of the program"
    } else {
        "it was published with another build of the program"
    };
    format!(
        "the content is that of the ledger, figure by figure and word by word, but the bytes of {} of its files are not ({names}{more}): {why}",
        rebuilt.different.len()
    )
}
