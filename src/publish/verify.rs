//! Files held against the ledger: are they what was published, were they changed afterwards, or does the ledger not know them?
//!
//! A verdict that something is unchanged is given only when all that can be told of its ledger has been checked: the chain, the signatures
//! and the list of newest versions.

mod file;
mod folder;
mod output;
mod package;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::limits::{VERIFIED_FILE, VERIFIED_FILES};
use crate::load;
use crate::source::SourceMap;
use crate::system::{System, sha256};
use crate::versions::ledger::{self, Entry, Folder, Ledger};
use crate::versions::trust::{For, Trust};
use crate::versions::{FormError, heads, record};

use super::restore;

pub use output::Beside;
pub use place::Place;

/// What holds of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Unchanged,
    /// It agrees with all that it holds itself, and nothing here says more.
    Whole,
    /// It is not there.
    Missing,
    /// It was changed after publication.
    Changed,
    /// Built again it has other bytes. That says nothing of what was published.
    Differs,
    /// It is what the ledger says, and the ledger is not what was published.
    Unproven,
    /// The ledger does not know it.
    Unknown,
}

impl Verdict {
    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Whole => "whole in itself",
            Self::Missing => "missing",
            Self::Changed => "changed after publication",
            Self::Differs => "other bytes",
            Self::Unproven => "not proven",
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

/// A published version, as it is held against.
#[derive(Debug)]
struct Held {
    /// Of which ledger, and which of its entries.
    at: (usize, usize),
    /// The report's folder, then those of its parts.
    folders: Vec<Folder>,
}

/// What a hash is of.
#[derive(Debug, Clone, Copy)]
struct Known {
    held: usize,
    what: What,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Record,
    Pack,
    /// Which folder, and which of its files; none is the signature.
    File(usize, Option<usize>),
}

/// All ledgers of a workspace.
#[derive(Debug)]
pub struct Ledgers {
    all: Vec<(String, Ledger)>,
    held: Vec<Held>,
    index: BTreeMap<String, Vec<Known>>,
    trust: Trust,
    /// The keys that count, of belagg.yaml or of whoever verifies.
    keys: Vec<String>,
    /// What the list of newest versions names.
    listed: Vec<String>,
    /// belagg.yaml, with what is wrong with it.
    pub workspace: (Sink, SourceMap),
}

impl Ledgers {
    /// Reads them; what is wrong with them goes to the sink. `keys` count in the place of those in belagg.yaml, if there are any.
    pub fn read(system: &dyn System, keys: &[String], sink: &mut Sink) -> Self {
        let (workspace, sources, problems) = load::load_workspace(system);
        let (mut all, mut faulty) = (Vec::new(), BTreeSet::new());
        for id in load::report_ids(system) {
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
        // Without a belagg.yaml that can be read nobody knows whether it names a key.
        if problems.has_errors() && keys.is_empty() {
            faulty.extend(all.iter().map(|(id, _)| id.clone()));
        }
        let heads = heads::read(system);
        let trust = Trust::new(&all, &heads, &keys, faulty, For::Verifying);
        trust.problems.iter().for_each(|problem| sink.push(problem.clone()));
        let listed = heads.ok().flatten().map(|heads| heads.reports.into_iter().map(|newest| newest.report).collect());
        let mut out = Self {
            all,
            held,
            index: BTreeMap::new(),
            trust,
            keys,
            listed: listed.unwrap_or_default(),
            workspace: (problems, sources),
        };
        out.index();
        out
    }

    /// Remembers what every hash is of.
    fn index(&mut self) {
        let mut index: BTreeMap<String, Vec<Known>> = BTreeMap::new();
        for held in 0..self.held.len() {
            let entry = self.entry(held);
            let mut add = |hash: &str, what: What| index.entry(hash.to_owned()).or_default().push(Known { held, what });
            add(&entry.sha256, What::Record);
            add(&entry.head.pack.sha256, What::Pack);
            for (folder, content) in self.held[held].folders.iter().enumerate() {
                for (file, known) in content.outputs.iter().enumerate() {
                    add(&known.sha256, What::File(folder, Some(file)));
                }
                if let Some(signed) = &content.signature {
                    add(&sha256(signed.as_bytes()), What::File(folder, None));
                }
            }
        }
        self.index = index;
    }

    fn entry(&self, held: usize) -> &Entry {
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
        self.trust.is_sound(report)
    }

    /// What cannot be told, in words.
    #[must_use]
    pub fn notes(&self) -> &[String] {
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
        self.all.iter().any(|(known, _)| known == report) || self.listed.iter().any(|known| known == report)
    }

    /// The version that a document belongs to, and its folder there.
    fn find(&self, document: &str, version: &str) -> Option<(usize, usize)> {
        (0..self.held.len()).filter(|held| self.entry(*held).head.version == version).find_map(|held| {
            let folder = self.held[held].folders.iter().position(|folder| folder.report == document)?;
            Some((held, folder))
        })
    }

    /// Gives what was found the words that only a sound ledger allows.
    fn proven(&self, held: usize, finding: Finding) -> Finding {
        let entry = self.entry(held);
        let mut finding = finding.of(entry);
        if finding.verdict == Verdict::Unchanged {
            if self.trust.is_sound(&entry.head.report) {
                finding.told = format!("{}; {}", finding.told, self.trust.told(entry));
            } else {
                finding.verdict = Verdict::Unproven;
                finding.told = format!("{}; but the ledger is not what was published, as the errors say", finding.told);
            }
        }
        finding
    }

    /// Holds the packed inputs of a version against its record; none where they are as they were.
    fn pack(&self, system: &dyn System, held: usize) -> Option<Finding> {
        let entry = self.entry(held);
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

    /// Builds versions again from their packed inputs and holds every byte, and the record itself, against the ledger; `wanted` says which.
    #[must_use]
    pub fn rebuild(&self, system: &dyn System, wanted: &dyn Fn(&Entry) -> bool) -> Vec<Finding> {
        let all = (0..self.held.len()).filter(|held| wanted(self.entry(*held)));
        all.map(|held| {
            let (ledger, _) = self.held[held].at;
            self.proven(held, rebuild(system, &self.all[ledger].1, self.entry(held)))
        })
        .collect()
    }
}

fn unreadable(entry: &Entry) -> Diagnostic {
    let path = ledger::path(&entry.head.report, &entry.head.version);
    let why = match record::read_body(entry.text()) {
        Err(FormError::Foreign(reason) | FormError::Form(reason)) => reason,
        _ => "it is damaged".to_owned(),
    };
    Diagnostic::error(Code::LEDGER_BROKEN, format!("`{path}` is no record that this program wrote: {why}"))
        .help("take the ledger back from version control or from the archive: it is written by `belagg publish` alone")
}

fn rebuild(system: &dyn System, ledger: &Ledger, entry: &Entry) -> Finding {
    let head = &entry.head;
    let name = format!("{} {}", head.report, head.version);
    match restore::rebuild(system, ledger, entry) {
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
            let told = format!("built again from its packed inputs: {}", restore::in_words(head, &rebuilt));
            let verdict = if rebuilt.different.is_empty() { Verdict::Unchanged } else { Verdict::Differs };
            Finding::new(verdict, name, told)
        }
    }
}
