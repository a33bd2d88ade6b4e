//! Publishing a version: what must hold, the record that is written, and the steps that end in either the old state or the new.
//!
//! The record is the deed: everything else is written beside its place first, then the record is moved in, then the output. A process
//! that is killed before leaves the old state; one that is killed after leaves a version whose output lies ready, and
//! [`recover`], which every build and publication begins with, puts it in its place.

use crate::compare::{Difference, SectionChange};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::resolved::{Status, plain_text};
use crate::model::{ChangeKind, Report};
use crate::system::System;

use super::commit::CommitError;
use super::ledger::{Ledger, folder, next_number, order, path};
use super::manifest::{FILE, FileEntry};
use super::record::{self, Body, Change, Decision, Head, Heading, Link, SCHEMA};
use super::signature::{self, Signer};
use super::{Artifact, Publication, Ready, Toolbox, pack};

/// The lock that every process takes before it writes to `output/` or to a ledger.
pub const LOCK: &str = "output/.lock";
/// Where output lies until it is moved into its place.
const STAGED: &str = "output/.publishing";
/// Where a preview lies while a published version takes its place.
const ASIDE: &str = "output/.replaced";

/// A version, ready to be written.
#[derive(Debug)]
pub struct Release {
    pub publication: Publication,
    record: String,
    pack: Vec<u8>,
}

/// Reports what keeps a report from being published as it is.
pub fn check(report: &Report, ledger: &Ledger, sink: &mut Sink) {
    let version = &report.version;
    let span = version.span;
    let mut not = |message: String, help: &str| {
        sink.push(Diagnostic::error(Code::NOT_PUBLISHABLE, message).at(span).help(help));
    };
    if report.status.is_draft() {
        not(
            "a draft cannot be published".to_owned(),
            "when it is decided on, set `status: published` (a first version), `corrected`, `revised` or `withdrawn`",
        );
        return;
    }
    let Some(newest) = ledger.newest() else {
        if matches!(report.status, Status::Corrected | Status::Revised) {
            not(
                "the first version of a report in the ledger is `published`: there is none that it corrects or revises"
                    .to_owned(),
                "set `status: published`",
            );
        }
        return;
    };
    let last = &newest.head;
    let next = next_number(&last.version);
    if order(&version.value) <= order(&last.version) {
        not(
            format!("version {} does not come after {}, which is published", version.value, last.version),
            &format!("set `version: \"{next}\"`"),
        );
    }
    if report.date.value.iso().as_str() < last.date.get(..report.date.value.iso().len()).unwrap_or(&last.date) {
        not(
            format!(
                "version {} is dated {}, before version {} ({})",
                version.value,
                report.date.value.iso(),
                last.version,
                last.date
            ),
            "set the date of this version: the program asks no clock",
        );
    }
    let has = |kind: ChangeKind| report.changes.iter().any(|change| change.kind.value == kind);
    if report.changes.is_empty() {
        not(
            format!("version {} does not say what it changes in version {}", version.value, last.version),
            "state it in report.yaml: changes: [{type: correction, what: …, why: …, concerns: [<id>]}]",
        );
    }
    match report.status {
        Status::Corrected if !has(ChangeKind::Correction) => {
            not(
                "the status is `corrected`, but no change is a correction".to_owned(),
                "add it, or set `status: revised`",
            );
        }
        Status::Revised if has(ChangeKind::Correction) => {
            not(
                "an error was corrected, but the status is `revised`".to_owned(),
                "set `status: corrected`: a correction weighs more",
            );
        }
        Status::Published => {
            let status = if has(ChangeKind::Correction) { "corrected" } else { "revised" };
            not(
                format!("`published` is the status of a first version; this one changes version {}", last.version),
                &format!("set `status: {status}`"),
            );
        }
        _ => {}
    }
}

/// The error of content that differs from what is published under the same number.
#[must_use]
pub fn published_differs(report: &Report, difference: &Difference) -> Diagnostic {
    let version = &report.version;
    let next = next_number(&version.value);
    Diagnostic::error(
        Code::VERSION_PUBLISHED,
        format!("version {} is published and has other content: {}", version.value, told(difference)),
    )
    .at(version.span)
    .help(format!(
        "give the changed report the next number, `version: \"{next}\"`, and state under `changes` what changed and why"
    ))
    .help(format!("`belagg diff {} {}` shows all that differs", report.id, version.value))
}

/// The differences in a line, the first few by name.
fn told(difference: &Difference) -> String {
    let arrow = |old: &Option<String>, new: &Option<String>| {
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        format!("{} → {}", value(old), value(new))
    };
    let figures = difference.figures.iter().map(|c| format!("`{}` {}", c.id, arrow(&c.old, &c.new)));
    let cells = difference
        .cells
        .iter()
        .map(|c| format!("table `{}` ({}, {}) {}", c.table, c.row_label, c.column_label, arrow(&c.old, &c.new)));
    let sections = difference.sections.iter().map(|change| match change {
        SectionChange::Added { title, .. } => format!("section added: {title}"),
        SectionChange::Removed { title, .. } => format!("section removed: {title}"),
        SectionChange::Moved { title, .. } => format!("section moved: {title}"),
        SectionChange::Renamed { old, new, .. } => format!("heading {old} → {new}"),
    });
    let front = difference.front.iter().map(|change| format!("{} reworded", change.section_name));
    let words = difference.paragraphs.iter().map(|change| format!("text in {}", change.section_name));
    let mut all: Vec<String> = figures.chain(cells).chain(sections).chain(front).chain(words).collect();
    all.dedup();
    let more = all.len().saturating_sub(4);
    all.truncate(4);
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    all.join("; ")
}

/// Makes the record of a rendered version.
///
/// # Errors
/// What signing said.
pub fn release(
    ready: &Ready,
    toolbox: &Toolbox,
    ledger: &Ledger,
    mut publication: Publication,
    signer: Option<&Signer>,
) -> Result<Release, String> {
    let report = &ready.project.report;
    let document = &ready.resolution.document;
    let version = &publication.version;
    let manifest = publication.artifacts.iter().find(|artifact| artifact.path == FILE);
    let signature = match (signer, manifest) {
        (Some(signer), Some(manifest)) => Some(signer.sign(&manifest.bytes, &format!("{} {version}", publication.id))?),
        _ => None,
    };
    let files: Vec<(String, Vec<u8>)> = ready.project.inputs.iter().chain(&toolbox.inputs).cloned().collect();
    let pack = pack::pack(&files);
    let words = |text: &crate::source::Text| text.value.clone();
    let head = Head {
        schema: SCHEMA,
        report: publication.id.clone(),
        version: version.clone(),
        previous: ledger
            .newest()
            .map(|entry| Link { version: entry.head.version.clone(), sha256: entry.sha256.clone() }),
        title: document.title_text.clone(),
        kind: document.kind.clone(),
        language: document.language.clone(),
        publisher: document.publisher.name.clone(),
        date: document.date.iso.clone(),
        status: document.status,
        decision: report.decision.as_ref().map(|decision| Decision {
            by: words(&decision.by),
            meeting: decision.meeting.as_ref().map(words),
            reference: decision.reference.as_ref().map(words),
            date: decision.date.as_ref().map_or_else(|| document.date.iso.clone(), |date| date.value.iso()),
        }),
        withdrawn: document.withdrawn.as_deref().map(plain_text),
        changes: report
            .changes
            .iter()
            .zip(&document.changes)
            .map(|(given, change)| Change {
                kind: given.kind.value,
                what: plain_text(&change.what),
                why: plain_text(&change.why),
                concerns: given.concerns.iter().map(words).collect(),
            })
            .collect(),
        tool: toolbox.tool(),
        pack: FileEntry::of(&format!("{version}.tar.gz"), &pack),
        signature: signature.clone(),
        sections: document
            .contents
            .iter()
            .map(|entry| Heading { id: entry.anchor.clone(), title: numbered(entry) })
            .collect(),
    };
    let outputs = publication.artifacts.iter().map(|artifact| FileEntry::of(&artifact.path, &artifact.bytes));
    let body =
        Body { inputs: publication.manifest.inputs.clone(), outputs: outputs.collect(), state: ready.state.clone() };
    let record = record::write(&head, &body);
    if let Some(signature) = signature {
        publication.artifacts.push(Artifact { path: signature::FILE.to_owned(), bytes: signature.into_bytes() });
    }
    Ok(Release { publication, record, pack })
}

fn numbered(entry: &crate::document::resolved::ContentsEntry) -> String {
    let title = plain_text(&entry.title);
    entry.number.as_ref().map_or_else(|| title.clone(), |number| format!("{number} {title}"))
}

/// Writes a version. On an error either nothing has changed, or the version is in the ledger and its output follows with the next build.
///
/// # Errors
/// What the operating system said, with the path.
pub fn commit(system: &dyn System, release: &Release) -> Result<(), CommitError> {
    let (id, version) = (&release.publication.id, &release.publication.version);
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
    let (id, version) = (&release.publication.id, &release.publication.version);
    let write =
        |path: String, bytes: &[u8]| system.write_durably(&path, bytes).map_err(|error| CommitError { path, error });
    let rename = |from: String, to: String| system.rename(&from, &to).map_err(|error| CommitError { path: to, error });
    let sync = |folder: String| system.sync(&folder).map_err(|error| CommitError { path: folder, error });
    for artifact in &release.publication.artifacts {
        write(format!("{staged}/{}", artifact.path), &artifact.bytes)?;
    }
    write(format!("{ledger}/{version}.tar.gz"), &release.pack)?;
    write(format!("{ledger}/{version}.yaml"), release.record.as_bytes())?;
    sync(staged.to_owned())?;
    sync(ledger.to_owned())?;
    rename(format!("{ledger}/{version}.tar.gz"), format!("{}/{version}.tar.gz", folder(id)))?;
    sync(folder(id))?;
    rename(format!("{ledger}/{version}.yaml"), path(id, version))?;
    sync(folder(id))
}

/// Moves the output of a version that is in the ledger into its place.
fn settle(system: &dyn System, id: &str, version: &str) -> Result<(), CommitError> {
    let (staged, place) = (format!("{STAGED}/{id}/{version}"), format!("output/{id}/{version}"));
    let at = |path: &str| {
        let path = path.to_owned();
        move |error| CommitError { path, error }
    };
    system.remove(&format!("{}/.publishing", folder(id))).map_err(at(&folder(id)))?;
    if system.exists(&staged) {
        if system.exists(&place) {
            system.remove(ASIDE).map_err(at(ASIDE))?;
            system.rename(&place, &format!("{ASIDE}/{version}")).map_err(at(&place))?;
        }
        system.rename(&staged, &place).map_err(at(&place))?;
        system.sync(&format!("output/{id}")).map_err(at(&place))?;
    }
    system.remove(ASIDE).map_err(at(ASIDE))?;
    system.remove(STAGED).map_err(at(STAGED))
}

/// Ends what a killed process began: a version whose record is in the ledger gets its output, any other leaves no trace. Call it with
/// the [`LOCK`] held.
///
/// # Errors
/// What the operating system said, with the path.
pub fn recover(system: &dyn System) -> Result<(), CommitError> {
    for report in system.list(STAGED) {
        for version in system.list(&format!("{STAGED}/{}", report.name)) {
            if system.exists(&path(&report.name, &version.name)) {
                settle(system, &report.name, &version.name)?;
            }
        }
    }
    for report in system.list("content").into_iter().filter(|entry| entry.folder) {
        let ledger = format!("{}/.publishing", folder(&report.name));
        if system.exists(&ledger) {
            system.remove(&ledger).map_err(|error| CommitError { path: ledger, error })?;
        }
    }
    for left in [STAGED, ASIDE] {
        system.remove(left).map_err(|error| CommitError { path: left.to_owned(), error })?;
    }
    Ok(())
}
