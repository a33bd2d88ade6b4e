//! The ledger of a report: `content/<report>/versions/`, one record a published version, each naming the one before it.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::load::{self, Library};
use crate::system::{System, sha256};

use super::internal_record::{self, InternalRecord};
use super::record::{self, Body, Head, Link, PartHead};
use super::sealed::FormError;
use super::signature::shown;
use super::{FileEntry, Tool};

/// Numbers of a version, to tell which comes first: 1.9 before 1.10.
#[must_use]
pub fn order(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// The number after a version's: 1.0 → 1.1, 2 → 3.
#[must_use]
pub fn next_number(version: &str) -> String {
    let mut parts = order(version);
    if let Some(last) = parts.last_mut() {
        *last += 1;
    }
    parts.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

/// A record of the ledger; what the version said is read when it is asked for.
#[derive(Debug, Clone)]
pub struct Entry {
    pub head: Head,
    /// Hash of the whole file, as the next record names it.
    pub sha256: String,
    /// What the record says of a part of the report, where this is an entry of that part.
    pub part: Option<PartHead>,
    /// What it was made of, where the record itself may not tell it and the internal one is here.
    pub internal: Option<InternalRecord>,
    text: String,
}

impl Entry {
    /// What the version was made of and says; none where the record is damaged in spite of its seal.
    #[must_use]
    pub fn body(&self) -> Option<Body> {
        record::read_body(&self.text).ok()
    }

    /// Reads a record that lies elsewhere than in a ledger: in a package for the archive.
    ///
    /// # Errors
    /// See [`FormError`].
    pub fn of_text(text: String) -> Result<Self, FormError> {
        let head = record::read_head(&text)?;
        Ok(Self { head, sha256: sha256(text.as_bytes()), part: None, internal: None, text })
    }

    /// Whether the record keeps silent about what holds the data of the version, because a disclosure policy stood.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.head.pack.is_none()
    }

    /// The packed inputs, by their path in the ledger's folder; none where only what is public is here.
    #[must_use]
    pub fn pack(&self) -> Option<&FileEntry> {
        self.head.pack.as_ref().or_else(|| self.internal.as_ref().map(|internal| &internal.stated.pack))
    }

    /// The templates and words that it was made with, by their path in the ledger's folder: versions that have the same share them. A pack of an earlier
    /// program holds them itself.
    #[must_use]
    pub fn shared(&self) -> Option<String> {
        Self::shared_by(&self.head.tool, self.is_protected())
    }

    /// What templates and words are packed as; those of a protected report lie with all else that it was made of.
    #[must_use]
    pub fn shared_by(tool: &Tool, protected: bool) -> Option<String> {
        let hash = tool.templates.get(..32).filter(|_| tool.templates.len() == 64)?;
        let plain = hash.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase());
        let inside = if protected { format!("{}/", internal_record::FOLDER) } else { String::new() };
        plain.then(|| format!("{inside}{SHARED}{hash}.tar.gz"))
    }

    /// All files that the version was made of; none where only what is public is here, or the record is damaged.
    #[must_use]
    pub fn inputs(&self) -> Option<Vec<FileEntry>> {
        match &self.internal {
            Some(internal) => Some(internal.stated.inputs.clone()),
            None if self.is_protected() => None,
            None => self.body().map(|body| body.inputs),
        }
    }

    /// Gives it its internal record.
    ///
    /// # Errors
    /// That it is the internal record of something else, in words.
    pub fn with_internal(mut self, internal: InternalRecord) -> Result<Self, Said> {
        let stated = &internal.stated;
        let own = self.is_protected()
            && stated.report == self.head.report
            && stated.version == self.head.version
            && stated.record == self.sha256;
        if !own {
            return Err(say!(
                "it is the internal record of {report} {version}, and of another record than the one here",
                report = shown(&stated.report),
                version = shown(&stated.version)
            ));
        }
        self.internal = Some(internal);
        Ok(self)
    }

    /// The record as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every folder that the version consists of: the report's own, and that of each part that was published with it.
    #[must_use]
    pub fn folders(&self) -> Option<Vec<Folder>> {
        let head = &self.head;
        let own = Folder {
            report: head.report.clone(),
            version: head.version.clone(),
            outputs: self.body()?.outputs,
            signature: head.signature.clone(),
        };
        let parts = head.parts.iter().map(|part| Folder {
            report: part.report.clone(),
            version: head.version.clone(),
            outputs: part.outputs.clone(),
            signature: None,
        });
        Some(std::iter::once(own).chain(parts).collect())
    }

    /// Names of the documents that the version consists of, the report first.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.head.report.as_str()).chain(self.head.parts.iter().map(|part| part.report.as_str()))
    }
}

/// A published folder of `output/`.
#[derive(Debug, Clone)]
pub struct Folder {
    pub report: String,
    pub version: String,
    pub outputs: Vec<FileEntry>,
    pub signature: Option<String>,
}

impl Folder {
    /// Its place in the workspace.
    #[must_use]
    pub fn place(&self) -> String {
        format!("output/{}/{}", self.report, self.version)
    }
}

/// The published versions of a report, the oldest first.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub entries: Vec<Entry>,
}

impl Ledger {
    #[must_use]
    pub fn find(&self, version: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.head.version == version)
    }

    #[must_use]
    pub fn newest(&self) -> Option<&Entry> {
        self.entries.last()
    }

    /// The documents that any version has besides the report, each once.
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        let mut all: Vec<String> =
            self.entries.iter().flat_map(|entry| &entry.head.parts).map(|part| part.report.clone()).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The versions of a part, for what is told of them: the records themselves are the report's, and what they say of its content is left out.
    #[must_use]
    pub fn of_part(&self, id: &str) -> Self {
        let entries = self.entries.iter().filter_map(|entry| {
            let part = entry.head.parts.iter().find(|part| part.report == id)?;
            let head = Head {
                report: part.report.clone(),
                kind: part.kind.clone(),
                title: part.title.clone(),
                changes: part.changes.clone(),
                sections: part.sections.clone(),
                signature: None,
                keys: Vec::new(),
                parts: Vec::new(),
                ..entry.head.clone()
            };
            Some(Entry {
                head,
                sha256: entry.sha256.clone(),
                part: Some(part.clone()),
                internal: None,
                text: String::new(),
            })
        });
        Self { entries: entries.collect() }
    }

    /// The newest version before this one.
    #[must_use]
    pub fn before(&self, version: &str) -> Option<&Entry> {
        self.earlier(version).next_back()
    }

    /// All versions before this one, the oldest first.
    pub fn earlier(&self, version: &str) -> impl DoubleEndedIterator<Item = &Entry> {
        let wanted = order(version);
        self.entries.iter().filter(move |entry| order(&entry.head.version) < wanted)
    }
}

/// How the names of packed templates begin, which versions share.
pub const SHARED: &str = "templates-";

/// Folder of a report's ledger.
#[must_use]
pub fn folder(report: &str) -> String {
    format!("content/{report}/versions")
}

/// Path of a version's record.
#[must_use]
pub fn path(report: &str, version: &str) -> String {
    format!("{}/{version}.yaml", folder(report))
}

/// Reads the versions of a report, or of what is made from one, for which the report's records stand.
pub fn of_report(system: &dyn System, library: &Library, id: &str, sink: &mut Sink) -> Ledger {
    match load::origin(system, library, id) {
        Some((report, _)) => read(system, &report, sink).of_part(id),
        None => read(system, id, sink),
    }
}

/// Reads the ledger of a report; what is wrong with the chain goes to the sink as errors.
pub fn read(system: &dyn System, report: &str, sink: &mut Sink) -> Ledger {
    let folder = folder(report);
    let mut entries: Vec<Entry> = Vec::new();
    let listed = match system.list_all(&folder) {
        Ok(listed) => listed,
        Err(error) => {
            sink.push(
                Diagnostic::error(
                    Code::LEDGER_BROKEN,
                    say!("the ledger `{folder}` cannot be read: {error}", folder, error),
                )
                .help(say!("give yourself the right to read the folder; until then nothing of this report is written")),
            );
            return Ledger::default();
        }
    };
    for name in listed.iter().filter(|entry| !entry.folder).map(|entry| entry.name.as_str()) {
        let Some(version) = name.strip_suffix(".yaml") else { continue };
        let path = format!("{folder}/{name}");
        match one(system, &path) {
            Ok(entry) if entry.head.version == version && entry.head.report == report => entries.push(entry),
            Ok(entry) => sink.push(broken(say!(
                "`{path}` is the record of {report} {version}, and does not belong here",
                path,
                report = entry.head.report,
                version = entry.head.version
            ))),
            Err(FormError::Edited) => {
                let problem = broken(say!(
                    "`{path}` was changed after it was written: its last line is not the hash of the lines above",
                    path
                ));
                // Version control on Windows may have put other ends on its lines, which is no forgery.
                let other_ends = system.read(&path).is_ok_and(|bytes| bytes.windows(2).any(|pair| pair == b"\r\n"));
                sink.push(if other_ends {
                    problem.help(
                        say!("its lines end as on Windows (CRLF): put the line `content/*/versions/** -text` into .gitattributes and check \
                         the folder out again"),
                    )
                } else {
                    problem
                });
            }
            Err(FormError::Foreign(reason)) => {
                sink.push(broken(say!("`{path}` is no record that this program wrote: {reason}", path, reason)));
            }
            Err(FormError::Form(reason)) => sink.push(broken(say!("`{path}` cannot be read: {reason}", path, reason))),
        }
    }
    entries.sort_by_key(|entry| order(&entry.head.version));
    if !sink.has_errors() {
        check_links(&folder, &entries, Beginning::First, sink);
        check_packs(&folder, &entries, &listed, sink);
        if listed.iter().any(|entry| entry.folder && entry.name == internal_record::FOLDER) {
            entries = with_internal(system, &folder, entries, sink);
            let inside = format!("{folder}/{}", internal_record::FOLDER);
            check_packs(&inside, &entries, &system.list(&inside), sink);
        }
    }
    Ledger { entries }
}

/// The entries with their internal records, where those are here. Whoever has only what is public lacks them all.
fn with_internal(system: &dyn System, folder: &str, entries: Vec<Entry>, sink: &mut Sink) -> Vec<Entry> {
    let mut last: Option<Link> = None;
    let with = |entry: Entry| {
        let path = format!("{folder}/{}", internal_record::name(&entry.head.version));
        if !entry.is_protected() || !system.exists(&path) {
            return entry;
        }
        let read = system.read(&path).map_err(|error| say!("the system says “{error}”", error));
        let text = read.and_then(|bytes| String::from_utf8(bytes.to_vec()).map_err(|_| say!("it is no text")));
        let internal = text.and_then(|text| {
            InternalRecord::of_text(text).map_err(|error| match error {
                FormError::Edited => say!("its last line is not the hash of the lines above"),
                FormError::Foreign(reason) | FormError::Form(reason) => reason,
            })
        });
        let internal = match internal {
            Ok(internal) => internal,
            Err(why) => {
                sink.push(broken(say!(
                    "`{path}` is not what was written when the version was published: {why}",
                    path,
                    why
                )));
                return entry;
            }
        };
        let named = internal.stated.previous.as_ref();
        if let (Some(named), Some(before)) = (named, &last)
            && named.version == before.version
            && named.sha256 != before.sha256
        {
            sink.push(broken(say!(
                "the internal record of version {before} is not the one that `{path}` names: its hash differs",
                path,
                before = before.version
            )));
        }
        last = Some(Link { version: internal.stated.version.clone(), sha256: internal.sha256.clone() });
        match entry.clone().with_internal(internal) {
            Ok(entry) => entry,
            Err(why) => {
                sink.push(broken(say!(
                    "`{path}` is not what was written when the version was published: {why}",
                    path,
                    why
                )));
                entry
            }
        }
    };
    entries.into_iter().map(with).collect()
}

/// Where a chain of records begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// With the first version of the report.
    First,
    /// With any: records that tell more than may be public are left out of public packages.
    Any,
}

fn one(system: &dyn System, path: &str) -> Result<Entry, FormError> {
    let bytes = system.read(path).map_err(|error| FormError::Form(say!("the system says “{error}”", error)))?;
    Entry::of_text(std::str::from_utf8(&bytes).map_err(|_| FormError::Edited)?.to_owned())
}

/// Checks that each record names the one before it, the oldest first, and that none is unsigned after a signed one.
pub fn check_links(folder: &str, entries: &[Entry], beginning: Beginning, sink: &mut Sink) {
    let mut before: Option<&Entry> = None;
    for entry in entries {
        let version = &entry.head.version;
        match (before, &entry.head.previous) {
            (None, None) => {}
            (None, Some(_)) if beginning == Beginning::Any => {}
            (Some(before), Some(link)) if link.version == before.head.version => {
                if link.sha256 != before.sha256 {
                    sink.push(broken(say!("`{folder}/{before}.yaml` is not the record that version {version} was published after: its hash differs", folder, version, before = link.version)));
                }
            }
            (_, Some(link)) => sink.push(broken(say!("the record of version {before} is missing: `{folder}/{before}.yaml`, which version {version} was published after", folder, version, before = link.version))),
            (Some(before), None) => sink.push(broken(say!("version {version} says that it is the first, but {before} comes before it", version, before = before.head.version))),
        }
        if let (Some(before), true) = (before, entry.head.signature.is_none())
            && before.head.signature.is_some()
        {
            sink.push(
                Diagnostic::error(
                    Code::SIGNATURE_MISSING,
                    say!("version {version} is not signed, and version {before} before it is: from the first signed version on every \
                         version is signed", version, before = before.head.version),
                )
                .help(say!("take `{folder}/{version}.yaml` back from version control or from the archive", folder, version)),
            );
        }
        before = Some(entry);
    }
}

fn check_packs(folder: &str, entries: &[Entry], listed: &[crate::system::Entry], sink: &mut Sink) {
    // The newest record is named by no other; its packed inputs tell of it.
    let packed = listed.iter().filter_map(|entry| entry.name.strip_suffix(".tar.gz"));
    for name in packed.filter(|name| !name.starts_with(SHARED)) {
        if !entries.iter().any(|entry| entry.head.version == name) {
            sink.push(
                Diagnostic::warning(
                    Code::LEDGER_BROKEN,
                    say!("`{folder}/{name}.tar.gz` lies there without its record `{name}.yaml`", folder, name),
                )
                .help(say!("if the version was published, take its record from version control; if publishing was broken off, publish it again")),
            );
        }
    }
}

fn broken(message: Said) -> Diagnostic {
    Diagnostic::error(Code::LEDGER_BROKEN, message).help(say!(
        "take the ledger back from version control or from the archive: it is written by `belagg publish` alone"
    ))
}
