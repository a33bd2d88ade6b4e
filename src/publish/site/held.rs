//! The documents that lie in `output/`, each with its newest version.

use crate::pipeline::manifest::{FILE, Manifest, ReportEntry};
use crate::render::contents::{self, Contents};
use crate::system::{System, sha256};
use crate::versions::FileEntry;
use crate::versions::ledger::{Ledger, order};

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
    /// The other versions that lie there and are not published.
    pub others: Vec<Shown>,
}

/// What a list says of a version in the making.
pub type Shown = ReportEntry;

impl Held {
    fn new(
        system: &dyn System,
        id: String,
        version: String,
        manifest: Manifest,
        published: bool,
        outputs: Vec<FileEntry>,
    ) -> Self {
        // What is no longer what was published is not told on.
        let known = outputs.iter().find(|file| file.path == contents::FILE);
        let bytes = known.and_then(|known| {
            let bytes = system.read(&format!("output/{id}/{version}/{}", contents::FILE)).ok()?;
            (sha256(&bytes) == known.sha256).then_some(bytes)
        });
        let contents = bytes.and_then(|bytes| Contents::read(&bytes));
        Self { id, version, manifest, published, outputs, contents, others: Vec::new() }
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("output/{}/{}", self.id, self.version)
    }
}

/// All documents in the order of their names. `ledgers` are those of reports; what is published with a report is found in its own.
#[must_use]
pub fn held(system: &dyn System, ledgers: &[(String, Ledger)]) -> Vec<Held> {
    let newest = |id: &str| {
        let entries = ledgers.iter().flat_map(|(_, ledger)| ledger.entries.iter().rev());
        let mut own = entries.filter(|entry| entry.documents().any(|document| document == id));
        own.next()
    };
    let documents = system.list("output").into_iter().filter(|entry| entry.folder);
    documents
        .filter_map(|entry| {
            let id = entry.name;
            let mut versions = manifests(system, &id);
            let published = newest(&id);
            let Some(published) = published else {
                let (version, manifest) = versions.pop()?;
                let outputs = manifest.outputs.clone();
                let held = Held::new(system, id, version, manifest, false, outputs);
                let others = versions.into_iter().rev().map(|(_, manifest)| manifest.report);
                return Some(Held { others: others.collect(), ..held });
            };
            let at = versions.iter().position(|(version, _)| *version == published.head.version)?;
            let later = versions.split_off(at + 1).into_iter().map(|(_, manifest)| manifest.report);
            let (version, manifest) = versions.pop()?;
            let folder = published.folders()?.into_iter().find(|folder| folder.report == id)?;
            let held = Held::new(system, id, version, manifest, true, folder.outputs);
            Some(Held { others: later.collect(), ..held })
        })
        .collect()
}

/// The versions of a document that lie in `output/` with a manifest of their own, the oldest first.
fn manifests(system: &dyn System, id: &str) -> Vec<(String, Manifest)> {
    let folders = system.list(&format!("output/{id}")).into_iter().filter(|entry| entry.folder);
    let mut out: Vec<(String, Manifest)> = folders
        .filter_map(|folder| {
            let bytes = system.read(&format!("output/{id}/{}/{FILE}", folder.name)).ok()?;
            let manifest: Manifest = serde_json::from_slice(&bytes).ok()?;
            let own = manifest.report.id == id && manifest.report.version == folder.name;
            own.then_some((folder.name, manifest))
        })
        .collect();
    out.sort_by_key(|(version, _)| order(version));
    out
}
