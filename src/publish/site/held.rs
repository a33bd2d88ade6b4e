//! The documents that lie in `output/`, each with its newest version.

use crate::pipeline::manifest::{FILE, Manifest};
use crate::system::System;
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
}

impl Held {
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
                return Some(Held { id, version, manifest, published: false, outputs });
            };
            let at = versions.iter().position(|(version, _)| *version == published.head.version)?;
            let (version, manifest) = versions.swap_remove(at);
            let folder = published.folders()?.into_iter().find(|folder| folder.report == id)?;
            Some(Held { id, version, manifest, published: true, outputs: folder.outputs })
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
