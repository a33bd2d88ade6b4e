//! What lies beside the versions in `output/`: made again from the ledgers and compared, since no record has its hash.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Said, Sink, say};
use crate::load::{self, Library};
use crate::pipeline::Toolbox;
use crate::pipeline::manifest::Manifest;
use crate::source::SourceMap;
use crate::system::{ReadError, System, sha256};

use super::super::ledgers::Ledgers;
use super::super::lists;
use super::{Finding, Verdict};

/// The pages as they must be; an error, in words, where they cannot be made.
#[derive(Debug)]
pub struct Beside(Result<BTreeMap<String, String>, Said>);

impl Beside {
    /// Makes the pages again.
    #[must_use]
    pub fn new(system: &dyn System, library: &Library) -> Self {
        let mut sink = Sink::default();
        let (_, _, faults) = load::load_workspace(system, library);
        if faults.has_errors() {
            return Self(Err(say!("belagg.yaml has errors")));
        }
        let Some(toolbox) = Toolbox::new(system, library, &mut sink).filter(|_| !sink.has_errors()) else {
            return Self(Err(sink
                .sorted(&SourceMap::default())
                .first()
                .map(|first| first.message.clone())
                .unwrap_or_default()));
        };
        let made = lists(system, &toolbox)
            .map_err(|failure| say!("{path}: {error}", path = failure.path, error = failure.error));
        Self(made.map(|lists| lists.hashes()))
    }

    /// Holds one page against what it must be; none where nothing must lie there.
    #[must_use]
    pub fn page(&self, name: &str, path: &str, bytes: &[u8], ledgers: &Ledgers) -> Option<Finding> {
        let must = self.0.as_ref().ok()?.get(path)?;
        if *must != sha256(bytes) {
            return Some(Finding::new(Verdict::Changed, name, OTHER));
        }
        let told = say!("is made from the ledgers as they are");
        Some(ledgers.finding_beside(name, told))
    }

    /// A page in a copy of `output/` or of a folder in it, by its path there; none for what is no such page, or another than it must be.
    #[must_use]
    pub fn copy(&self, name: &str, file: &str, bytes: &[u8], ledgers: &Ledgers) -> Option<Finding> {
        let hash = sha256(bytes);
        let made = self.0.as_ref().ok()?.iter();
        let mut same = made.filter(|(_, made)| **made == hash).map(|(path, _)| path);
        let path = same.find(|path| path.strip_suffix(file).is_some_and(|above| above.ends_with('/')))?;
        self.page(name, path, bytes, ledgers)
    }

    /// Holds the pages beside the versions of one document, or of all and the lists of all, against what they must be.
    #[must_use]
    pub fn findings(&self, system: &dyn System, ledgers: &Ledgers, document: Option<&str>) -> Vec<Finding> {
        let prefix = document.map_or_else(|| "output/".to_owned(), |document| format!("output/{document}/"));
        let made = match &self.0 {
            Ok(made) => made,
            Err(reason) => {
                let told = say!("the pages beside the versions cannot be made again and compared: {reason}", reason);
                return vec![Finding::new(Verdict::Unknown, prefix, told)];
            }
        };
        let mut out = Vec::new();
        let mut right = 0;
        for (path, hash) in made.iter().filter(|(path, _)| path.starts_with(&prefix)) {
            // Where a whole folder is missing, that is told with its versions.
            let folder = path.rsplit_once('/').map_or("output", |(folder, _)| folder);
            match system.read(path) {
                Ok(bytes) if sha256(&bytes) == *hash => right += 1,
                Ok(_) => out.push(Finding::new(Verdict::Changed, path, OTHER)),
                Err(ReadError::Missing) if !system.exists(folder) => {}
                Err(ReadError::Missing) => {
                    out.push(Finding::new(
                        Verdict::Missing,
                        path,
                        say!("lies beside the versions; `belagg build` makes it again"),
                    ));
                }
                Err(_) => out.push(Finding::new(Verdict::Unknown, path, say!("cannot be read"))),
            }
        }
        let documents: BTreeSet<&str> = made
            .keys()
            .filter_map(|path| path.strip_prefix("output/")?.split_once('/'))
            .map(|(name, _)| name)
            .collect();
        if document.is_none() {
            extra(system, "output", made, &mut out);
        }
        let wanted = |name: &str| document.is_none_or(|document| document == name);
        for folder in documents.iter().copied().filter(|name| wanted(name)) {
            extra(system, &format!("output/{folder}"), made, &mut out);
        }
        let below = folders_below(made);
        for folder in below.iter().filter(|folder| folder.starts_with(&prefix)) {
            // Whoever leads to `latest/` must find nothing there that a build did not put there, however deep.
            for file in system.walk(folder).unwrap_or_default() {
                stranger(made, format!("{folder}/{file}"), &mut out);
            }
        }
        for folder in system.list("output").into_iter().filter(|entry| entry.folder && wanted(&entry.name)) {
            let known = documents.contains(folder.name.as_str());
            strangers(system, ledgers, &folder.name, (known, &below), &mut out);
        }
        if right > 0 && out.is_empty() {
            let told =
                say!("{count} files beside the versions are those that are made from the ledgers", count = right);
            out.push(ledgers.finding_beside(&prefix, told));
        }
        out
    }
}

impl Ledgers {
    /// What is said of what is made from the ledgers and agrees with them.
    fn finding_beside(&self, name: &str, told: Said) -> Finding {
        match self.doubt_of_all() {
            None => Finding::new(Verdict::Unchanged, name, Said::list([told, self.trust.list_told()], "; ")),
            Some(doubt) => Finding::new(Verdict::Unproven, name, say!("{told}; but {doubt}", told, doubt)),
        }
    }
}

const OTHER: Said = say!(
    "is not what is made from the ledgers, belagg.yaml and the templates as they are; `belagg build` makes it again"
);

/// Folders in the folders of documents that hold what a build puts there: `output/<document>/latest`.
fn folders_below(made: &BTreeMap<String, String>) -> BTreeSet<&str> {
    let folders = made.keys().filter_map(|path| {
        let (at, _) = path.match_indices('/').nth(2)?;
        path.get(..at)
    });
    folders.collect()
}

/// Files that no build puts there.
fn extra(system: &dyn System, folder: &str, made: &BTreeMap<String, String>, out: &mut Vec<Finding>) {
    for file in system.list(folder).into_iter().filter(|entry| !entry.folder) {
        stranger(made, format!("{folder}/{}", file.name), out);
    }
}

/// Tells of a file where no build puts it there.
fn stranger(made: &BTreeMap<String, String>, path: String, out: &mut Vec<Finding>) {
    if !made.contains_key(&path) {
        out.push(Finding::new(Verdict::Unknown, path, say!("lies beside the versions, and no build puts it there")));
    }
}

/// Versions that say they are published and that no ledger knows, and what says nothing that can be read.
fn strangers(
    system: &dyn System,
    ledgers: &Ledgers,
    document: &str,
    (known, own): (bool, &BTreeSet<&str>),
    out: &mut Vec<Finding>,
) {
    for version in system.list(&format!("output/{document}")).into_iter().filter(|entry| entry.folder) {
        if ledgers.find(document, &version.name).is_some() {
            continue;
        }
        let place = format!("output/{document}/{}", version.name);
        if own.contains(place.as_str()) {
            continue;
        }
        match Manifest::read(system, &place) {
            Some(manifest) if manifest.report.published => {
                let told = say!(
                    "says that it is published, and the ledger does not have it; take the record back from version control"
                );
                out.push(Finding::new(Verdict::Unknown, place, told));
            }
            // A preview of what is not published yet.
            Some(manifest) if manifest.report.id == document && manifest.report.version == version.name => {}
            _ if known || ledgers.has_report(document) => {
                out.push(Finding::new(
                    Verdict::Unknown,
                    place,
                    say!("is no published version, and no build put it there"),
                ));
            }
            _ => {}
        }
    }
}
