//! Files held against the ledger: are they what was published, were they changed afterwards, or does the ledger not know them?

use crate::diagnostic::Sink;
use crate::load;
use crate::render::pdf;
use crate::system::System;

use super::ledger::{self, Entry, Ledger};
use super::manifest::{FILE, Manifest};
use super::{restore, sha256, signature};

/// What holds of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Unchanged,
    /// It is not there.
    Missing,
    /// It was changed after publication.
    Changed,
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
}

impl Finding {
    fn new(verdict: Verdict, path: impl Into<String>, told: impl Into<String>) -> Self {
        Self { verdict, path: path.into(), told: told.into() }
    }
}

/// All ledgers of a workspace.
#[derive(Debug)]
pub struct Ledgers {
    all: Vec<(String, Ledger)>,
    /// The public key of the workspace.
    key: Option<String>,
}

impl Ledgers {
    /// Reads them; what is wrong with their chains goes to the sink.
    pub fn read(system: &dyn System, sink: &mut Sink) -> Self {
        let (workspace, ..) = load::load_workspace(system);
        let mut all = Vec::new();
        for id in load::report_ids(system) {
            // Each with a sink of its own: a fault in one does not keep the chain of another from being checked.
            let mut own = Sink::default();
            let ledger = ledger::read(system, &id, &mut own);
            sink.extend(own);
            all.push((id, ledger));
        }
        Self { all, key: workspace.key.map(|key| key.value) }
    }

    /// Every published version.
    pub fn entries(&self) -> impl Iterator<Item = (&Ledger, &Entry)> {
        self.all.iter().flat_map(|(_, ledger)| ledger.entries.iter().map(move |entry| (ledger, entry)))
    }

    fn find(&self, report: &str, version: &str) -> Option<&Entry> {
        self.all.iter().find(|(id, _)| id == report).and_then(|(_, ledger)| ledger.find(version))
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
        match self.find(&named.report.id, &named.report.version) {
            Some(entry) => self.version(name, entry, files),
            None => vec![Finding::new(
                Verdict::Unknown,
                name,
                format!("the ledger has no version {} of {}", named.report.version, named.report.id),
            )],
        }
    }

    /// Holds files against a version that they are said to be.
    #[must_use]
    pub fn version(&self, name: &str, entry: &Entry, files: &[(String, Vec<u8>)]) -> Vec<Finding> {
        let head = &entry.head;
        let Some(body) = entry.body() else {
            return vec![Finding::new(Verdict::Unknown, name, "its record cannot be read")];
        };
        let mut out = Vec::new();
        for known in &body.outputs {
            match files.iter().find(|(path, _)| *path == known.path) {
                None => out.push(Finding::new(
                    Verdict::Missing,
                    format!("{name}/{}", known.path),
                    "was published and is not there",
                )),
                Some((path, bytes)) if sha256(bytes) != known.sha256 => {
                    let told = format!("is not the file of {} {}", head.report, head.version);
                    out.push(Finding::new(Verdict::Changed, format!("{name}/{path}"), told));
                }
                Some(_) => {}
            }
        }
        for (path, bytes) in files {
            let signed =
                path == signature::FILE && head.signature.as_deref().map(str::as_bytes) == Some(bytes.as_slice());
            if !signed && !body.outputs.iter().any(|known| known.path == *path) {
                let told = format!("was not published with {} {}", head.report, head.version);
                out.push(Finding::new(Verdict::Unknown, format!("{name}/{path}"), told));
            }
        }
        if out.is_empty() {
            let count = body.outputs.len();
            let told =
                format!("all {count} files are those of {} {}, published {}", head.report, head.version, head.date);
            out.push(Finding::new(Verdict::Unchanged, name, told));
        }
        out
    }

    /// Holds one file, wherever it lies, against all ledgers.
    #[must_use]
    pub fn file(&self, name: &str, bytes: &[u8]) -> Vec<Finding> {
        let hash = sha256(bytes);
        let mut known = Vec::new();
        for (_, entry) in self.entries() {
            let head = &entry.head;
            let outputs = entry.body().map(|body| body.outputs).unwrap_or_default();
            known.extend(outputs.into_iter().filter(|file| file.sha256 == hash).map(|file| (head, file)));
        }
        if let Some((head, file)) = known.first() {
            let told = format!("is {} of {} {}, published {}", file.path, head.report, head.version, head.date);
            let mut out = vec![Finding::new(Verdict::Unchanged, name, told)];
            out.extend(carried(name, bytes));
            return out;
        }
        let mut out = Vec::new();
        match self.claims(name, bytes) {
            Some((report, version)) => match self.find(&report, &version) {
                Some(entry) => out.push(Finding::new(
                    Verdict::Changed,
                    name,
                    format!(
                        "says that it is {report} {version}, published {}, and is not what was published",
                        entry.head.date
                    ),
                )),
                None => out.push(Finding::new(
                    Verdict::Unknown,
                    name,
                    format!("says that it is {report} {version}, which the ledger does not have"),
                )),
            },
            None => out.push(Finding::new(Verdict::Unknown, name, "no published version has this file")),
        }
        out.extend(carried(name, bytes));
        out
    }

    /// The report and version that a file says it is.
    fn claims(&self, name: &str, bytes: &[u8]) -> Option<(String, String)> {
        if let Some(read) = pdf::carried(bytes) {
            if let Some(manifest) = own_manifest(&read) {
                return Some((manifest.report.id, manifest.report.version));
            }
            // Without a manifest the title and the name tell the report; the newest version with that title is meant.
            let stem = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".pdf");
            let titled = self.entries().filter(|(_, entry)| {
                let title = &entry.head.title;
                !title.is_empty()
                    && (read.title == *title
                        || read.title.ends_with(&format!(": {title}"))
                        || entry.head.report == stem)
            });
            let (_, found) = titled.last()?;
            return Some((found.head.report.clone(), found.head.version.clone()));
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let (_, after) = text.split_once("<meta name=\"belagg-version\" content=\"")?;
        let (named, _) = after.split_once('"')?;
        named.split_once('/').map(|(report, version)| (report.to_owned(), version.to_owned()))
    }

    /// Checks the signature of a version's manifest. None where it is not signed or there is no key to check it with: `told` says which.
    ///
    /// # Errors
    /// Why the signature is wrong, in words.
    pub fn signature(&self, entry: &Entry, manifest: &[u8]) -> Result<Option<String>, String> {
        let head = &entry.head;
        match (&head.signature, &self.key) {
            (None, _) => Ok(None),
            (Some(_), None) => Ok(Some("signed; belagg.yaml has no `key` to check the signature with".to_owned())),
            (Some(signature), Some(key)) => signature::check(manifest, signature, key)
                .map(|()| Some("the signature is right".to_owned()))
                .map_err(|reason| format!("the signature of {} {} is wrong: {reason}", head.report, head.version)),
        }
    }
}

fn own_manifest(read: &pdf::Carried) -> Option<Manifest> {
    let (_, bytes) = read.files.iter().find(|(name, _)| name == FILE)?;
    serde_json::from_slice(bytes).ok()
}

/// Holds the data that a PDF carries against the manifest that it carries; nothing for a file that carries none.
fn carried(name: &str, bytes: &[u8]) -> Option<Finding> {
    let read = pdf::carried(bytes)?;
    let manifest = own_manifest(&read)?;
    let data: Vec<&(String, Vec<u8>)> = read.files.iter().filter(|(path, _)| path != FILE).collect();
    let wrong: Vec<&str> = data
        .iter()
        .filter(|(path, bytes)| {
            !manifest.outputs.iter().any(|known| known.path == *path && known.sha256 == sha256(bytes))
        })
        .map(|(path, _)| path.as_str())
        .collect();
    let expected = manifest.outputs.iter().filter(|file| file.path.ends_with(".csv")).count();
    if wrong.is_empty() && data.len() == expected {
        let told = format!(
            "carries its data: {} files, each with the hash that its manifest names ({} {})",
            data.len(),
            manifest.report.id,
            manifest.report.version
        );
        return Some(Finding::new(Verdict::Unchanged, name, told));
    }
    let told = if wrong.is_empty() {
        format!("carries {} of the {expected} data files that its manifest names", data.len())
    } else {
        format!("carries data that is not what its manifest names: {}", wrong.join(", "))
    };
    Some(Finding::new(Verdict::Changed, name, told))
}

/// Builds a version again from its packed inputs and holds every byte against the ledger.
#[must_use]
pub fn rebuild(system: &dyn System, ledger: &Ledger, entry: &Entry) -> Finding {
    let name = format!("{} {}", entry.head.report, entry.head.version);
    match restore::rebuild(system, ledger, entry) {
        Err(problem) => Finding::new(Verdict::Unknown, name, problem.message),
        Ok(rebuilt) if rebuilt.difference.is_empty() => {
            let told = format!("built again from its packed inputs: {}", restore::told(&entry.head, &rebuilt));
            Finding::new(if rebuilt.different.is_empty() { Verdict::Unchanged } else { Verdict::Changed }, name, told)
        }
        Ok(_) => Finding::new(
            Verdict::Changed,
            name,
            "built again from its packed inputs it says something else than the ledger",
        ),
    }
}
