//! Files held against the ledger: are they what was published, were they changed afterwards, or does the ledger not know them?

use crate::diagnostic::Sink;
use crate::load;
use crate::render::pdf;
use crate::source::SourceMap;
use crate::system::System;

use super::claim::{self, Claim};
use super::ledger::{self, Entry, Folder, Ledger};
use super::manifest::{FILE, FileEntry, Manifest};
use super::record;
use super::{restore, sha256, signature};

/// What holds of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Unchanged,
    /// It is not there.
    Missing,
    /// It was changed after publication.
    Changed,
    /// Built again it has other bytes. That says nothing of what was published.
    Differs,
    /// The ledger does not know it.
    Unknown,
}

impl Verdict {
    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Missing => "missing",
            Self::Changed => "changed after publication",
            Self::Differs => "other bytes",
            Self::Unknown => "unknown",
        }
    }
}

/// What was found of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    pub path: String,
    pub told: String,
    /// Report and version that it is of, where that is known.
    pub of: Option<(String, String)>,
}

impl Finding {
    pub fn new(verdict: Verdict, path: impl Into<String>, told: impl Into<String>) -> Self {
        Self { verdict, path: path.into(), told: told.into(), of: None }
    }

    fn of(self, entry: &Entry) -> Self {
        Self { of: Some((entry.head.report.clone(), entry.head.version.clone())), ..self }
    }
}

/// All ledgers of a workspace.
#[derive(Debug)]
pub struct Ledgers {
    all: Vec<(String, Ledger)>,
    /// The public keys of the workspace.
    keys: Vec<String>,
    /// belagg.yaml, with what is wrong with it.
    pub workspace: (Sink, SourceMap),
}

impl Ledgers {
    /// Reads them; what is wrong with their chains goes to the sink.
    pub fn read(system: &dyn System, sink: &mut Sink) -> Self {
        let (workspace, sources, problems) = load::load_workspace(system);
        let mut all = Vec::new();
        for id in load::report_ids(system) {
            // Each with a sink of its own: a fault in one does not keep the chain of another from being checked.
            let mut own = Sink::default();
            let ledger = ledger::read(system, &id, &mut own);
            sink.extend(own);
            all.push((id, ledger));
        }
        let keys = workspace.keys.into_iter().map(|key| key.value).collect();
        Self { all, keys, workspace: (problems, sources) }
    }

    /// Every published version.
    pub fn entries(&self) -> impl Iterator<Item = (&Ledger, &Entry)> {
        self.all.iter().flat_map(|(_, ledger)| ledger.entries.iter().map(move |entry| (ledger, entry)))
    }

    /// The version that a document, a report or a part of one, belongs to.
    fn find(&self, document: &str, version: &str) -> Option<&Entry> {
        self.entries()
            .map(|(_, entry)| entry)
            .find(|entry| entry.head.version == version && entry.documents().any(|known| known == document))
    }

    /// Folders of `output/` that say they are published and that no ledger knows.
    #[must_use]
    pub fn strangers(&self, system: &dyn System) -> Vec<Finding> {
        let mut out = Vec::new();
        for document in system.list("output").into_iter().filter(|entry| entry.folder) {
            for version in system.list(&format!("output/{}", document.name)).into_iter().filter(|entry| entry.folder) {
                let place = format!("output/{}/{}", document.name, version.name);
                let published = Manifest::read(system, &place).is_some_and(|manifest| manifest.report.published);
                if published && self.find(&document.name, &version.name).is_none() {
                    let told = "says that it is published, and the ledger does not have it; take the record back from version control";
                    out.push(Finding::new(Verdict::Unknown, place, told));
                }
            }
        }
        out
    }

    /// Holds the files of a version's folder against the ledger.
    #[must_use]
    pub fn folder(&self, name: &str, files: &[(String, Vec<u8>)]) -> Vec<Finding> {
        let manifest = files.iter().find(|(path, _)| path == FILE);
        let named: Option<Manifest> = manifest.and_then(|(_, bytes)| serde_json::from_slice(bytes).ok());
        let Some(named) = named else {
            return vec![Finding::new(
                Verdict::Unknown,
                name,
                "no manifest.json that can be read says which version this is",
            )];
        };
        let (id, version) = (&named.report.id, &named.report.version);
        let Some(entry) = self.find(id, version) else {
            let told = format!("the ledger has no version {version} of {id}");
            return vec![Finding::new(Verdict::Unknown, name, told)];
        };
        match entry.folders().unwrap_or_default().iter().find(|folder| folder.report == *id) {
            Some(folder) => self.version(name, entry, folder, files),
            None => vec![Finding::new(Verdict::Unknown, name, "its record cannot be read").of(entry)],
        }
    }

    /// Holds files against a folder that they are said to be.
    #[must_use]
    pub fn version(&self, name: &str, entry: &Entry, folder: &Folder, files: &[(String, Vec<u8>)]) -> Vec<Finding> {
        let title = format!("{} {}", folder.report, folder.version);
        let mut out = Vec::new();
        for known in &folder.outputs {
            match files.iter().find(|(path, _)| *path == known.path) {
                None => out.push(Finding::new(
                    Verdict::Missing,
                    format!("{name}/{}", known.path),
                    "was published and is not there",
                )),
                Some((path, bytes)) if sha256(bytes) != known.sha256 => {
                    let told = format!("is not the file of {title}");
                    out.push(Finding::new(Verdict::Changed, format!("{name}/{path}"), told));
                }
                Some(_) => {}
            }
        }
        for (path, bytes) in files {
            let signed =
                path == signature::FILE && folder.signature.as_deref().map(str::as_bytes) == Some(bytes.as_slice());
            if !signed && !folder.outputs.iter().any(|known| known.path == *path) {
                let told = format!("was not published with {title}");
                out.push(Finding::new(Verdict::Unknown, format!("{name}/{path}"), told));
            }
        }
        if out.is_empty() {
            let count = folder.outputs.len();
            let told = format!("all {count} files are those of {title}, published {}", entry.head.date);
            out.push(Finding::new(Verdict::Unchanged, name, told));
        }
        out.into_iter().map(|finding| finding.of(entry)).collect()
    }

    /// Holds the packed inputs of a version against its record; none where they are as they were.
    #[must_use]
    pub fn pack(&self, system: &dyn System, entry: &Entry) -> Option<Finding> {
        let head = &entry.head;
        let path = format!("{}/{}", ledger::folder(&head.report), head.pack.path);
        let finding = match system.read(&path) {
            Ok(bytes) if sha256(&bytes) == head.pack.sha256 => return None,
            Ok(_) => {
                let told = format!("are not the packed inputs of {} {}", head.report, head.version);
                Finding::new(Verdict::Changed, path, told)
            }
            Err(_) => {
                let told = format!("the packed inputs of {} {} are not there", head.report, head.version);
                Finding::new(Verdict::Missing, path, told)
            }
        };
        Some(finding.of(entry))
    }

    /// Holds one file, wherever it lies, against all ledgers.
    #[must_use]
    pub fn file(&self, name: &str, bytes: &[u8]) -> Finding {
        let hash = sha256(bytes);
        for (_, entry) in self.entries() {
            let head = &entry.head;
            let is = |told: String| Finding::new(Verdict::Unchanged, name, told).of(entry);
            if entry.sha256 == hash {
                return is(format!("is the record of {} {}, published {}", head.report, head.version, head.date));
            }
            if head.pack.sha256 == hash {
                return is(format!(
                    "is the packed inputs of {} {}, published {}",
                    head.report, head.version, head.date
                ));
            }
            for folder in entry.folders().unwrap_or_default() {
                if let Some(file) = folder.outputs.iter().find(|file| file.sha256 == hash) {
                    let data =
                        carried(bytes, &folder.outputs, PUBLISHED).map(|told| format!("; {told}")).unwrap_or_default();
                    return is(format!(
                        "is {} of {} {}, published {}{data}",
                        file.path, folder.report, folder.version, head.date
                    ));
                }
            }
        }
        let Some(claim) = claim::of(bytes, &self.titles()) else {
            return Finding::new(Verdict::Unknown, name, "no published version has this file");
        };
        let Claim { what, report, version } = claim;
        let Some(entry) = self.find(&report, &version) else {
            // Where no ledger knows it, its own manifest is all there is to hold its data against.
            let own = claim::manifest_of(bytes).map(|manifest| manifest.outputs).unwrap_or_default();
            let data =
                carried(bytes, &own, "as its own manifest has it").map(|told| format!("; {told}")).unwrap_or_default();
            let told = format!("says that it is {what} {report} {version}, which the ledger does not have{data}");
            return Finding::new(Verdict::Unknown, name, told.replace("  ", " "));
        };
        let folders = entry.folders().unwrap_or_default();
        if let Some(files) = claim::package(bytes) {
            return package(name, entry, &folders, &files);
        }
        let outputs = folders.into_iter().find(|folder| folder.report == report).map(|folder| folder.outputs);
        let data =
            carried(bytes, &outputs.unwrap_or_default(), PUBLISHED).map(|told| format!("; {told}")).unwrap_or_default();
        let told = format!(
            "says that it is {what} {report} {version}, published {}, and is not what was published{data}",
            entry.head.date
        );
        Finding::new(Verdict::Changed, name, told.replace("  ", " ")).of(entry)
    }

    /// Titles of the versions, for a PDF that says no more of itself.
    fn titles(&self) -> Vec<Claim> {
        let claim = |entry: &Entry| Claim {
            what: entry.head.title.clone(),
            report: entry.head.report.clone(),
            version: entry.head.version.clone(),
        };
        self.entries().map(|(_, entry)| claim(entry)).collect()
    }

    /// Checks the signature of a version. None where it is not signed and there is no key that says it should be.
    ///
    /// # Errors
    /// Why the signature is wrong, in words.
    pub fn signature(&self, entry: &Entry, manifest: &[u8]) -> Result<Option<String>, String> {
        let head = &entry.head;
        let Some(signed) = &head.signature else {
            return Ok((!self.keys.is_empty()).then(|| "not signed".to_owned()));
        };
        if self.keys.is_empty() {
            return Ok(Some("signed; belagg.yaml has no `key` to check the signature with".to_owned()));
        }
        let wrong = |reason: String| format!("the signature of {} {} is wrong: {reason}", head.report, head.version);
        signature::check_any(manifest, signed, &self.keys).map_err(wrong)?;
        let comment = signature::signed_comment(signed).unwrap_or_default();
        if !comment.contains(signature::RECORD) {
            return Ok(Some("the signature is right; it is of manifest.json alone, not of the record".to_owned()));
        }
        let body = entry.body().ok_or_else(|| wrong("the record cannot be read".to_owned()))?;
        let unsigned = record::Head { signature: None, ..head.clone() };
        let hash = sha256(record::write(&unsigned, &body).as_bytes());
        if comment == signature::comment(&head.report, &head.version, &hash) {
            Ok(Some("the signature is right".to_owned()))
        } else {
            Err(wrong("the record was changed after it was signed".to_owned()))
        }
    }
}

/// What is said of data that is that of the ledger.
const PUBLISHED: &str = "as it was published";

/// Holds the data that a PDF carries against the files of its version; nothing for a file that carries none.
fn carried(bytes: &[u8], outputs: &[FileEntry], good: &str) -> Option<String> {
    let read = pdf::carried(bytes)?;
    let data: Vec<&(String, Vec<u8>)> = read.files.iter().filter(|(path, _)| path != FILE).collect();
    if read.files.is_empty() {
        return None;
    }
    let known = |path: &str, bytes: &[u8]| outputs.iter().any(|file| file.path == path && file.sha256 == sha256(bytes));
    let wrong: Vec<&str> =
        data.iter().filter(|(path, bytes)| !known(path, bytes)).map(|(path, _)| path.as_str()).collect();
    let expected = outputs.iter().filter(|file| file.path.starts_with("data/") && file.path.ends_with(".csv")).count();
    Some(if !wrong.is_empty() {
        format!("carries data that is not {good}: {}", wrong.join(", "))
    } else if data.len() == expected {
        format!("carries its data: {} files, each {good}", data.len())
    } else {
        format!("carries {} of {expected} data files, each {good}", data.len())
    })
}

/// Holds every file of an archive package against the version that it is of.
fn package(name: &str, entry: &Entry, folders: &[Folder], files: &[(String, Vec<u8>)]) -> Finding {
    let head = &entry.head;
    let inputs = entry.body().map(|body| body.inputs).unwrap_or_default();
    let known: Vec<&FileEntry> = folders.iter().flat_map(|folder| &folder.outputs).chain(&inputs).collect();
    let made_with_it = |path: &str| path.ends_with("README.txt") || path.ends_with(".sha256");
    let record = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).ok()?;
        record::read_head(text).ok().filter(|other| other.report == head.report)
    };
    let good = |path: &str, bytes: &[u8]| {
        let hash = sha256(bytes);
        known.iter().any(|file| file.sha256 == hash && path.ends_with(&file.path))
            || (head.signature.as_deref().map(str::as_bytes) == Some(bytes))
            || hash == entry.sha256
            || record(bytes).is_some_and(|other| other.version != head.version)
            || made_with_it(path)
    };
    let wrong: Vec<&str> =
        files.iter().filter(|(path, bytes)| !good(path, bytes)).map(|(path, _)| path.as_str()).collect();
    let gone: Vec<&str> = known
        .iter()
        .filter(|file| !files.iter().any(|(path, _)| path.ends_with(&file.path)))
        .map(|file| file.path.as_str())
        .collect();
    let title = format!("{} {}", head.report, head.version);
    let finding = if !wrong.is_empty() {
        let told =
            format!("is a package of {title}, and these files in it are not what was published: {}", wrong.join(", "));
        Finding::new(Verdict::Changed, name, told)
    } else if !gone.is_empty() {
        Finding::new(Verdict::Changed, name, format!("is a package of {title}, and lacks {}", gone.join(", ")))
    } else {
        let told =
            format!("is a package of {title}, published {}: all {} files are as they were", head.date, files.len());
        Finding::new(Verdict::Unchanged, name, told)
    };
    finding.of(entry)
}

/// Builds a version again from its packed inputs and holds every byte, and the record itself, against the ledger.
#[must_use]
pub fn rebuild(system: &dyn System, ledger: &Ledger, entry: &Entry) -> Finding {
    let head = &entry.head;
    let name = format!("{} {}", head.report, head.version);
    let finding = match restore::rebuild(system, ledger, entry) {
        Err(problem) => Finding::new(Verdict::Unknown, name, problem.message),
        Ok(rebuilt) if !rebuilt.stated.is_empty() => {
            let told = format!(
                "the record states something else than the packed inputs that it was made from: {}",
                rebuilt.stated.join(", ")
            );
            Finding::new(Verdict::Changed, name, told)
        }
        Ok(rebuilt) if !rebuilt.says_the_same() => {
            let what =
                if rebuilt.parts.is_empty() { String::new() } else { format!(" ({})", rebuilt.parts.join(", ")) };
            let told = format!("built again from its packed inputs it says something else than the ledger{what}");
            Finding::new(Verdict::Changed, name, told)
        }
        Ok(rebuilt) => {
            let told = format!("built again from its packed inputs: {}", restore::told(head, &rebuilt));
            let verdict = if rebuilt.different.is_empty() { Verdict::Unchanged } else { Verdict::Differs };
            Finding::new(verdict, name, told)
        }
    };
    finding.of(entry)
}
