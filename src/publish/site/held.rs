//! The documents that lie in `output/`, each with its newest version.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::prelude::*;

use crate::pipeline::manifest::{FILE, Manifest, ReportEntry};
use crate::publish::commit::CommitError;
use crate::render::contents::{self, Contents};
use crate::system::{Entry as Listed, System};
use crate::versions::FileEntry;
use crate::versions::ledger::{Entry, Folder, Ledger, order};

/// The newest published version of a document; where none is published, the newest that lies there.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: String,
    pub version: String,
    pub manifest: Manifest,
    pub published: bool,
    /// What its folder must hold: by the ledger where it is published, else by its manifest.
    pub outputs: Vec<FileEntry>,
    /// What it says; none of versions from before that was kept.
    pub contents: Option<Contents>,
    /// The other versions that lie there and are not published: all where none is, else the later ones.
    pub others: Vec<Shown>,
}

/// What a list says of a version in the making.
pub type Shown = ReportEntry;

/// All that lies in `output/`, read once.
#[derive(Debug, Clone, Default)]
pub struct Lying {
    /// In the order of their names.
    pub held: Vec<Held>,
    /// Of each document the versions that no ledger knows.
    unpublished: BTreeMap<String, Vec<String>>,
    /// Files of versions that were never published and whose report is gone from `content/`, each with its hash.
    pub gone: BTreeMap<String, String>,
    /// Of each published document what the folder of its newest version must hold.
    pub newest: BTreeMap<String, Folder>,
    /// The folders of all published versions, each with whether it holds a signature.
    pub folders: Vec<(String, bool)>,
}

impl Held {
    fn new(system: &dyn System, id: &str, lies: Lies, published: bool, outputs: Vec<FileEntry>) -> Self {
        let Lies { version, manifest, .. } = lies;
        // What is no longer what was published is not told on.
        let known = outputs.iter().find(|file| file.path == contents::FILE);
        let bytes = known.and_then(|known| {
            let bytes = system.read(&format!("output/{id}/{version}/{}", contents::FILE)).ok()?;
            (bytes.hash().to_string() == known.sha256).then_some(bytes)
        });
        let contents = bytes.and_then(|bytes| Contents::read(&bytes));
        Self { id: id.to_owned(), version, manifest, published, outputs, contents, others: Vec::new() }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("output/{}/{}", self.id, self.version)
    }
}

impl Lying {
    /// `reports` are the reports of the workspace with their ledgers; what is published with a report is found in its own.
    ///
    /// # Errors
    /// A folder that cannot be listed, and why.
    pub fn new(system: &dyn System, reports: &[(String, Ledger)]) -> Result<Self, CommitError> {
        let mut published: BTreeMap<&str, &Entry> = BTreeMap::new();
        let mut versions: BTreeSet<(&str, &str)> = BTreeSet::new();
        let mut folders = Vec::new();
        for (_, ledger) in reports {
            for entry in ledger.entries.iter().rev() {
                for document in entry.documents() {
                    let signed = entry.head.signature.is_some() && document == entry.head.report;
                    folders.push((format!("output/{document}/{}", entry.head.version), signed));
                    published.entry(document).or_insert(entry);
                    versions.insert((document, &entry.head.version));
                }
            }
        }
        let mut out = Self { folders, ..Self::default() };
        for (_, ledger) in reports {
            let folders = ledger.newest().and_then(Entry::folders).into_iter().flatten();
            out.newest.extend(folders.map(|folder| (folder.report.clone(), folder)));
        }
        let known: BTreeSet<&str> = reports.iter().map(|(id, _)| id.as_str()).collect();
        // Where documents are many, reading what they say is most of what their lists cost.
        let one = |id: String| {
            let newest = published.get(id.as_str()).copied();
            // Of what is published the newest version is enough, and what no ledger knows.
            let is_told = |version: &str| {
                newest.is_some_and(|newest| newest.head.version == version) || !versions.contains(&(&id, version))
            };
            let lying = lying(system, &id, is_told)?;
            let unpublished = lying.iter().filter(|lies| !versions.contains(&(&id, &lies.version)));
            let unpublished: Vec<String> = unpublished.map(|lies| lies.version.clone()).collect();
            let own: Vec<Lies> = lying.into_iter().filter(|lies| lies.is_named_so(&id)).collect();
            let (held, gone) = match newest {
                Some(newest) => (published_one(system, &id, newest, own, &out.newest), Vec::new()),
                None if own.iter().any(|lies| lies.belongs_to(system, &known)) => {
                    (unpublished_one(system, &id, own), Vec::new())
                }
                None => (None, own.into_iter().flat_map(|lies| lies.files(&id)).collect()),
            };
            Ok((id, unpublished, held, gone))
        };
        let folders: Vec<_> = listed(system, "output".to_owned())?.into_iter().filter(|entry| entry.folder).collect();
        let lying: Vec<Result<_, CommitError>> = folders.into_par_iter().map(|folder| one(folder.name)).collect();
        for document in lying {
            let (id, unpublished, held, gone) = document?;
            out.unpublished.insert(id, unpublished);
            out.held.extend(held);
            out.gone.extend(gone);
        }
        Ok(out)
    }

    /// The versions of a document that lie there and that no ledger knows.
    pub fn unpublished(&self, id: &str) -> &[String] {
        self.unpublished.get(id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A version's folder with a manifest.
struct Lies {
    version: String,
    manifest: Manifest,
    sha256: String,
}

impl Lies {
    /// Whether it says of itself what its place says.
    fn is_named_so(&self, id: &str) -> bool {
        self.manifest.report.id == id && self.manifest.report.version == self.version
    }

    /// Whether its report is one of the workspace, or says that it is published: its record may come back.
    fn belongs_to(&self, system: &dyn System, reports: &BTreeSet<&str>) -> bool {
        let report = &self.manifest.report;
        // What a folder makes for each row of a file, and each part of a report, has the folder's name before its own.
        let has = |id: &str| {
            let mut folders = id.match_indices('-').filter_map(|(at, _)| id.get(..at));
            reports.contains(id) || folders.any(|folder| reports.contains(folder))
        };
        let part_of = || report.about.as_ref()?.part_of.as_deref();
        let older = || {
            let bytes = system.read(&format!("output/{}/{}/{}", report.id, self.version, contents::FILE)).ok()?;
            Contents::read(&bytes)?.report.owner
        };
        report.published || has(&report.id) || part_of().is_some_and(has) || older().is_some_and(|owner| has(&owner))
    }

    /// Its files with their hashes.
    fn files(self, id: &str) -> impl Iterator<Item = (String, String)> {
        let folder = format!("output/{id}/{}", self.version);
        let own = (format!("{folder}/{FILE}"), self.sha256);
        self.manifest.outputs.into_iter().map(move |file| (format!("{folder}/{}", file.path), file.sha256)).chain([own])
    }
}

fn published_one(
    system: &dyn System,
    id: &str,
    newest: &Entry,
    mut own: Vec<Lies>,
    folders: &BTreeMap<String, Folder>,
) -> Option<Held> {
    let at = own.iter().position(|lies| lies.version == newest.head.version)?;
    let later = own.split_off(at + 1).into_iter().map(|lies| lies.manifest.report);
    let known = folders.get(id).filter(|folder| folder.version == newest.head.version);
    // A part that is not made any more stands in an older record.
    let part = || newest.head.parts.iter().find(|part| part.report == id).map(|part| part.outputs.clone());
    let outputs = known.map(|folder| folder.outputs.clone()).or_else(part)?;
    let held = Held::new(system, id, own.pop()?, true, outputs);
    Some(Held { others: later.collect(), ..held })
}

fn unpublished_one(system: &dyn System, id: &str, mut own: Vec<Lies>) -> Option<Held> {
    let newest = own.pop()?;
    let outputs = newest.manifest.outputs.clone();
    let held = Held::new(system, id, newest, false, outputs);
    Some(Held { others: own.into_iter().rev().map(|lies| lies.manifest.report).collect(), ..held })
}

/// What lies in a folder; none where that is not there.
fn listed(system: &dyn System, path: String) -> Result<Vec<Listed>, CommitError> {
    let unlisted = |error| io::Error::other(format!("its names cannot be read: {error}"));
    system.list_all(&path).map_err(|error| CommitError { path, error: unlisted(error) })
}

/// The versions of a document that lie in `output/` with a manifest, of those that are asked for, the oldest first.
fn lying(system: &dyn System, id: &str, is_told: impl Fn(&str) -> bool) -> Result<Vec<Lies>, CommitError> {
    let folders = listed(system, format!("output/{id}"))?;
    let folders = folders.into_iter().filter(|entry| entry.folder && is_told(&entry.name));
    let mut out: Vec<Lies> = folders
        .filter_map(|folder| {
            let bytes = system.read(&format!("output/{id}/{}/{FILE}", folder.name)).ok()?;
            let manifest = serde_json::from_slice(&bytes).ok()?;
            Some(Lies { version: folder.name, manifest, sha256: bytes.hash().to_string() })
        })
        .collect();
    out.sort_by_key(|lies| order(&lies.version));
    Ok(out)
}
