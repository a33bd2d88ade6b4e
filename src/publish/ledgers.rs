//! All ledgers of a workspace, with what can be told of them together: the chain, the signatures and the list of newest versions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::load::{self, Library};
use crate::source::SourceMap;
use crate::system::{System, sha256};
use crate::versions::ledger::{self, Entry, Folder, Ledger};
use crate::versions::trust::{For, Trust};
use crate::versions::{FormError, heads, record};

/// A published version, as it is held against.
#[derive(Debug)]
pub(super) struct Held {
    /// Of which ledger, and which of its entries.
    pub(super) at: (usize, usize),
    /// The report's folder, then those of its parts.
    pub(super) folders: Vec<Folder>,
}

/// What a hash is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) held: usize,
    pub(super) what: What,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Record,
    /// The internal record.
    Internal,
    Pack,
    /// Which folder, and which of its files; none is the signature.
    File(usize, Option<usize>),
}

const NO_KEYS: Said = say!("belagg.yaml has errors, so nothing tells which key must have signed it");

/// All ledgers of a workspace.
#[derive(Debug)]
pub struct Ledgers {
    pub(super) all: Vec<(String, Ledger)>,
    pub(super) held: Vec<Held>,
    /// What every hash is of; only who has files from elsewhere asks.
    index: OnceLock<BTreeMap<String, Vec<Known>>>,
    /// Which versions each document has, by their places in `held` and in its folders.
    places: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
    pub(super) trust: Trust,
    /// The keys that count, of belagg.yaml or of whoever verifies.
    pub(super) keys: Vec<String>,
    /// Without a belagg.yaml that can be read nobody knows whether it names a key.
    pub(super) keys_unknown: bool,
    /// What the list of newest versions names.
    pub(super) listed: BTreeSet<String>,
    /// belagg.yaml, with what is wrong with it.
    pub workspace: (Sink, SourceMap),
}

impl Ledgers {
    /// Reads them; what is wrong with them goes to the sink. `keys` count in the place of those in belagg.yaml, if there are any.
    pub fn read(system: &dyn System, library: &Library, keys: &[String], sink: &mut Sink) -> Self {
        let (workspace, sources, problems) = load::load_workspace(system, library);
        let (mut all, mut faulty) = (Vec::new(), BTreeSet::new());
        for id in load::folders(system) {
            // Each with a sink of its own: a fault in one does not keep the chain of another from being checked.
            let mut own = Sink::default();
            let ledger = ledger::read(system, &id, &mut own);
            if own.has_errors() {
                faulty.insert(id.clone());
            }
            sink.extend(own);
            all.push((id, ledger));
        }
        let keys: Vec<String> =
            if keys.is_empty() { workspace.keys.into_iter().map(|key| key.value).collect() } else { keys.to_vec() };
        let mut held = Vec::new();
        for (ledger, (id, versions)) in all.iter().enumerate() {
            for (at, entry) in versions.entries.iter().enumerate() {
                match entry.folders() {
                    Some(folders) => held.push(Held { at: (ledger, at), folders }),
                    None => {
                        faulty.insert(id.clone());
                        sink.push(unreadable(entry));
                    }
                }
            }
        }
        let heads = heads::read(system);
        let trust = Trust::new(&all, &heads, &keys, faulty, For::Verifying);
        trust.problems.iter().for_each(|problem| sink.push(problem.clone()));
        let listed = heads.ok().flatten().map(|heads| heads.reports.into_iter().map(|newest| newest.report).collect());
        let mut out = Self {
            all,
            held,
            index: OnceLock::new(),
            places: BTreeMap::new(),
            trust,
            keys_unknown: problems.has_errors() && keys.is_empty(),
            keys,
            listed: listed.unwrap_or_default(),
            workspace: (problems, sources),
        };
        out.places = out.places();
        out
    }

    /// What a hash is of.
    pub(super) fn of_hash(&self, hash: &str) -> Option<&Vec<Known>> {
        self.index.get_or_init(|| self.indexed()).get(hash)
    }

    fn places(&self) -> BTreeMap<String, BTreeMap<String, (usize, usize)>> {
        let mut out: BTreeMap<String, BTreeMap<String, (usize, usize)>> = BTreeMap::new();
        for (at, held) in self.held.iter().enumerate() {
            for (nth, folder) in held.folders.iter().enumerate() {
                let versions = out.entry(folder.report.clone()).or_default();
                versions.entry(self.entry(at).head.version.clone()).or_insert((at, nth));
            }
        }
        out
    }

    fn indexed(&self) -> BTreeMap<String, Vec<Known>> {
        let mut index: BTreeMap<String, Vec<Known>> = BTreeMap::new();
        for held in 0..self.held.len() {
            let entry = self.entry(held);
            let mut add = |hash: &str, what: What| index.entry(hash.to_owned()).or_default().push(Known { held, what });
            add(&entry.sha256, What::Record);
            if let Some(pack) = entry.pack() {
                add(&pack.sha256, What::Pack);
            }
            if let Some(internal) = &entry.internal {
                add(&internal.sha256, What::Internal);
            }
            for (folder, content) in self.held[held].folders.iter().enumerate() {
                for (file, known) in content.outputs.iter().enumerate() {
                    add(&known.sha256, What::File(folder, Some(file)));
                }
                if let Some(signed) = &content.signature {
                    add(&sha256(signed.as_bytes()), What::File(folder, None));
                }
            }
        }
        index
    }

    pub(super) fn entry(&self, held: usize) -> &Entry {
        let (ledger, entry) = self.held[held].at;
        &self.all[ledger].1.entries[entry]
    }

    /// Every published version.
    pub fn entries(&self) -> impl Iterator<Item = (&Ledger, &Entry)> {
        self.all.iter().flat_map(|(_, ledger)| ledger.entries.iter().map(move |entry| (ledger, entry)))
    }

    /// Whether nothing is published here, as far as anything tells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries().next().is_none() && self.listed.is_empty()
    }

    /// Whether all that can be told of a report's ledger is as it should be.
    #[must_use]
    pub fn is_sound(&self, report: &str) -> bool {
        !self.keys_unknown && self.trust.is_sound(report)
    }

    /// Why what agrees with the ledger of a report is not proven by that; none where it is.
    pub(super) fn doubt(&self, report: &str) -> Option<Said> {
        if !self.trust.is_sound(report) {
            return Some(say!("the ledger is not what was published, as the errors say"));
        }
        self.keys_unknown.then_some(NO_KEYS)
    }

    /// The same of what is made from all ledgers.
    pub(super) fn doubt_of_all(&self) -> Option<Said> {
        let sound = self.trust.problems.is_empty() && self.all.iter().all(|(report, _)| self.trust.is_sound(report));
        if !sound {
            return Some(say!("the ledgers are not what was published, as the errors say"));
        }
        self.keys_unknown.then_some(NO_KEYS)
    }

    /// What cannot be told, in words.
    #[must_use]
    pub fn notes(&self) -> &[Said] {
        &self.trust.notes
    }

    /// Whether a document, a report or a part of one, has a published version.
    #[must_use]
    pub fn has(&self, document: &str) -> bool {
        self.entries().any(|(_, entry)| entry.documents().any(|known| known == document))
    }

    /// Whether there is a report of this name, published or not.
    #[must_use]
    pub fn has_report(&self, report: &str) -> bool {
        let by_name = |known: &(String, Ledger)| known.0.as_str().cmp(report);
        self.all.binary_search_by(by_name).is_ok() || self.listed.contains(report)
    }

    /// The version that a document belongs to, and its folder there.
    pub(super) fn find(&self, document: &str, version: &str) -> Option<(usize, usize)> {
        self.places.get(document)?.get(version).copied()
    }
}

fn unreadable(entry: &Entry) -> Diagnostic {
    let path = ledger::path(&entry.head.report, &entry.head.version);
    let why = match record::read_body(entry.text()) {
        Err(FormError::Foreign(reason) | FormError::Form(reason)) => reason,
        _ => say!("it is damaged"),
    };
    Diagnostic::error(Code::LEDGER_BROKEN, say!("`{path}` is no record that this program wrote: {why}", path, why))
        .help(say!(
            "take the ledger back from version control or from the archive: it is written by `belagg publish` alone"
        ))
}
