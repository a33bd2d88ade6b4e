//! Publishing a version: what must hold, and the record that is made of it.

use crate::compare::{Difference, SectionChange};
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::anchor;
use crate::document::resolved::{self, ChangeKind, ResolvedDocument, Status, plain_text};
use crate::limits::{UNPACKED, mebibytes};
use crate::model::{Reliance, Report};
use crate::pipeline::manifest::FILE;
use crate::pipeline::{Artifact, Publication, Ready, Rendered, Toolbox};
use crate::system::{Bytes, System, sha256};
use crate::versions::heads::{self, Newest};
use crate::versions::ledger::{self, Entry, Ledger, next_number, order};
use crate::versions::record::{self, Body, Change, Decision, Head, Heading, Link, PartHead, SCHEMA};
use crate::versions::signature::{self, Signer};
use crate::versions::state::alone;
use crate::versions::{FileEntry, internal_record};

use super::pack;

/// A version, ready to be written.
#[derive(Debug)]
pub struct Release {
    /// The report, then what is made from it.
    pub publications: Vec<Publication>,
    pub record: String,
    pub pack: Bytes,
    /// The templates and words that it was made with, packed once for all versions that have the same, under their name.
    pub shared: (String, Bytes),
    /// The internal record, where the record may not tell what the version was made of.
    pub internal: Option<String>,
    /// The text of the list of newest versions.
    pub heads: String,
    id: String,
    version: String,
}

impl Release {
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// Reports that the original of a translation is not published in the version that was translated: whoever goes to the other language would find nothing.
pub fn check_original(system: &dyn System, report: &Report, sink: &mut Sink) {
    let Some(Reliance { id, version }) = report.translation.as_ref().map(|of| &of.original) else { return };
    let ledger = ledger::read(system, &id.value, &mut Sink::default());
    if ledger.find(&version.value).is_none() {
        let (report, number) = (&id.value, &version.value);
        let message = say!("`{report}` {number}, which this is a translation of, is not published", report, number);
        let help = say!("publish the original first: `belagg publish {report}`", report);
        sink.push(Diagnostic::error(Code::NOT_PUBLISHABLE, message).at(version.span).help(help));
    }
}

/// Reports what keeps a report from being published as it is.
pub fn check(report: &Report, ledger: &Ledger, sink: &mut Sink) {
    let version = &report.version;
    let span = version.span;
    let mut not = |message: Said, help: Said| {
        sink.push(Diagnostic::error(Code::NOT_PUBLISHABLE, message).at(span).help(help));
    };
    if report.status.is_draft() {
        not(
            say!("a draft cannot be published"),
            say!(
                "when it is decided on, set `status: published` (a first version), `corrected`, `revised` or `withdrawn`"
            ),
        );
        return;
    }
    let Some(newest) = ledger.newest() else {
        if matches!(report.status, Status::Corrected | Status::Revised) {
            not(
                say!(
                    "the first version of a report in the ledger is `published`: there is none that it corrects or revises"
                ),
                say!("set `status: published`"),
            );
        }
        return;
    };
    let last = &newest.head;
    let next = next_number(&last.version);
    // 1.0 and 1.0.0 are one number.
    let bare = |version: &str| {
        let mut numbers = order(version);
        while numbers.last() == Some(&0) {
            numbers.pop();
        }
        numbers
    };
    if bare(&version.value) <= bare(&last.version) {
        not(
            say!(
                "version {version} does not come after {last}, which is published",
                version = version.value,
                last = last.version
            ),
            say!("set `version: \"{next}\"`", next),
        );
    }
    if report.date.value.iso().as_str() < last.date.get(..report.date.value.iso().len()).unwrap_or(&last.date) {
        not(
            say!(
                "version {version} is dated {date}, before version {last} ({last_date})",
                version = version.value,
                date = report.date.value.iso(),
                last = last.version,
                last_date = last.date
            ),
            say!("set the date of this version: the program asks no clock"),
        );
    }
    let has = |kind: ChangeKind| report.changes.iter().any(|change| change.kind.value == kind);
    if report.changes.is_empty() {
        // The status that fits follows from the changes: what is said of it here is the same as when they are stated.
        let help = match report.status {
            Status::Corrected => {
                say!("state it in report.yaml: changes: [{type: correction, what: …, why: …, concerns: [<id>]}]")
            }
            Status::Revised => {
                say!("state it in report.yaml: changes: [{type: revision, what: …, why: …, concerns: [<id>]}]")
            }
            Status::Withdrawn => {
                say!(
                    "state it in report.yaml: changes: [{type: correction, what: …, why: …, concerns: [<id>]}], or `type: revision`"
                )
            }
            _ => {
                say!(
                    "where an error was mended set `status: corrected` and state `changes: [{type: correction, what: …, why: …, concerns: [<id>]}]`; \
                 for better or later data `status: revised` and `type: revision`"
                )
            }
        };
        not(
            say!(
                "version {version} does not say what it changes in version {last}",
                version = version.value,
                last = last.version
            ),
            help,
        );
    }
    match report.status {
        Status::Corrected if !has(ChangeKind::Correction) => {
            not(
                say!("the status is `corrected`, but no change is a correction"),
                say!("add it, or set `status: revised`"),
            );
        }
        Status::Revised if has(ChangeKind::Correction) => {
            not(
                say!("an error was corrected, but the status is `revised`"),
                say!("set `status: corrected`: a correction weighs more"),
            );
        }
        Status::Published if !report.changes.is_empty() => {
            let status = if has(ChangeKind::Correction) { "corrected" } else { "revised" };
            not(
                say!(
                    "`published` is the status of a first version; this one changes version {version}",
                    version = last.version
                ),
                say!("set `status: {status}`", status),
            );
        }
        _ => {}
    }
}

/// The differences in a line, the first few by name.
pub(super) fn summary(difference: &Difference) -> Said {
    let arrow = |old: &Option<String>, new: &Option<String>| {
        let value = |value: &Option<String>, none: Said| value.as_ref().map_or(none, Said::verbatim);
        say!("{old} → {new}", old = value(old, say!("new")), new = value(new, say!("gone")))
    };
    let figures = difference.figures.iter().map(|c| say!("`{id}` {change}", id = c.id, change = arrow(&c.old, &c.new)));
    let cells = difference.cells.iter().map(|c| {
        say!(
            "table `{id}` ({row}, {column}) {change}",
            id = c.table,
            row = c.row_label,
            column = c.column_label,
            change = arrow(&c.old, &c.new)
        )
    });
    let sections = difference.sections.iter().map(|change| match change {
        SectionChange::Added { title, .. } => say!("section added: {title}", title),
        SectionChange::Removed { title, .. } => say!("section removed: {title}", title),
        SectionChange::Moved { title, .. } => say!("section moved: {title}", title),
        SectionChange::Renamed { old, new, .. } => say!("heading {old} → {new}", old, new),
    });
    let front = difference.front.iter().map(|change| say!("{section} reworded", section = change.section_name));
    let words = difference.paragraphs.iter().map(|change| say!("text in {section}", section = change.section_name));
    let labels = difference.labels.iter().map(crate::compare::LabelChange::description);
    let files = difference.files.iter().map(crate::compare::FileChange::description);
    let all = figures.chain(cells).chain(labels).chain(files).chain(sections).chain(front).chain(words);
    let mut all: Vec<Said> = all.collect();
    all.dedup();
    let more = all.len().saturating_sub(4);
    all.truncate(4);
    if more > 0 {
        all.push(say!("and {more} more", more));
    }
    Said::list(all, "; ")
}

/// How a version is signed.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// None where it is not.
    pub signer: Option<&'a Signer>,
    /// The public keys that later versions may be signed with.
    pub keys: &'a [String],
    /// The newest versions of the other reports.
    pub newest: &'a [Newest],
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
    parts: Vec<Rendered>,
    signing: &Signing<'_>,
) -> Result<Release, Said> {
    let version = publication.version.clone();
    let files: Vec<(String, Bytes)> = ready.project.inputs.iter().chain(&toolbox.inputs).cloned().collect();
    if pack::is_too_large(&files) {
        return Err(say!(
            "its inputs are larger than {most}: what is packed must be unpacked again",
            most = mebibytes(UNPACKED)
        ));
    }
    let own = ready.project.inputs.iter().filter(|(path, _)| !toolbox.inputs.iter().any(|(known, _)| known == path));
    let pack: Bytes = pack::pack(&own.cloned().collect::<Vec<_>>()).into();
    let (mut head, body) = record_of(ready, toolbox, ledger.newest(), &publication, &parts);
    head.pack = (!ready.project.is_protected()).then(|| FileEntry::new(&format!("{version}.tar.gz"), &pack));
    let manifest = publication.artifacts.iter().find(|artifact| artifact.path == FILE);
    if let (Some(signer), Some(manifest)) = (signing.signer, manifest) {
        let signed = signer.sign(&manifest.bytes, &signature::comment(&publication.id, &version, "manifest"))?;
        publication.artifacts.push(Artifact { path: signature::FILE.to_owned(), bytes: signed.clone().into() });
        head.signature = Some(signed);
        head.keys = signing.keys.to_vec();
    }
    let record = record::write(&head, &body, signing.signer)?;
    let id = publication.id.clone();
    let internal = match &head.pack {
        Some(_) => None,
        None => {
            let packed = FileEntry::new(&internal_record::pack_name(&version), &pack);
            let before = ledger.entries.iter().rev().find_map(|entry| entry.internal.as_ref());
            let inputs = ready.inputs(toolbox);
            Some(internal_record::write((&id, &version), &record, before, packed, inputs, signing.signer)?)
        }
    };
    let newest = Newest { report: id.clone(), version: version.clone(), sha256: sha256(record.as_bytes()) };
    let heads = heads::write(heads::with(signing.newest, newest), signing.signer)?;
    let publications = std::iter::once(publication).chain(parts.into_iter().map(|part| part.publication)).collect();
    let shared = Entry::shared_by(&head.tool, head.pack.is_none()).unwrap_or_default();
    let shared = (shared, pack::pack(&toolbox.inputs).into());
    Ok(Release { publications, record, pack, shared, internal, heads, id, version })
}

/// What the record of a version says, all but its signature and its packed inputs.
#[must_use]
pub fn record_of(
    ready: &Ready,
    toolbox: &Toolbox,
    before: Option<&Entry>,
    publication: &Publication,
    parts: &[Rendered],
) -> (Head, Body) {
    let report = &ready.project.report;
    let document = &ready.resolution.document;
    let words = |text: &crate::source::Text| text.value.clone();
    let head = Head {
        schema: SCHEMA,
        report: publication.id.clone(),
        version: publication.version.clone(),
        previous: before.map(|entry| Link { version: entry.head.version.clone(), sha256: entry.sha256.clone() }),
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
        changes: document.changes.iter().map(stated).collect(),
        tool: toolbox.tool(),
        pack: None,
        signature: None,
        keys: Vec::new(),
        sections: sections(document),
        parts: parts
            .iter()
            .map(|part| {
                let document = &part.ready.resolution.document;
                PartHead {
                    report: part.publication.id.clone(),
                    kind: document.kind.clone(),
                    title: match &document.subtitle {
                        Some(subtitle) => format!("{}: {}", document.title_text, plain_text(subtitle)),
                        None => document.title_text.clone(),
                    },
                    changes: document.changes.iter().map(stated).collect(),
                    sections: sections(document),
                    content: part.ready.state.words_hash(),
                    outputs: outputs(&part.publication),
                }
            })
            .collect(),
    };
    let documents = parts.iter().map(|part| (part.publication.id.as_str(), &part.ready.resolution.document));
    let body = Body {
        inputs: publication.manifest.inputs.clone(),
        outputs: outputs(publication),
        state: (*ready.state).clone(),
        alone: alone(document, &ready.state, documents),
    };
    (head, body)
}

fn stated(change: &resolved::Change) -> Change {
    Change {
        kind: change.kind,
        what: plain_text(&change.what),
        why: plain_text(&change.why),
        concerns: change.concerns.clone(),
    }
}

fn outputs(publication: &Publication) -> Vec<FileEntry> {
    publication.artifacts.iter().map(|artifact| FileEntry::new(&artifact.path, &artifact.bytes)).collect()
}

/// Addresses and headings, without the account of changes: an older version has no such section to lead from or to.
fn sections(document: &ResolvedDocument) -> Vec<Heading> {
    let own = document.contents.iter().filter(|entry| !anchor::is_of_changes(&entry.anchor));
    own.map(|entry| Heading { id: entry.anchor.clone(), title: numbered(entry) }).collect()
}

fn numbered(entry: &crate::document::resolved::ContentsEntry) -> String {
    let title = plain_text(&entry.title);
    entry.number.as_ref().map_or_else(|| title.clone(), |number| format!("{number} {title}"))
}
