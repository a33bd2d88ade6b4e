//! Files held against the ledger: are they what was published, were they changed afterwards, or does the ledger not know them?
//!
//! A verdict that something is unchanged is given only when all that can be told of its ledger has been checked: the chain, the signatures
//! and the list of newest versions.

mod file;
mod folder;
mod output;
mod package;
mod place;

use crate::diagnostic::{Said, say};
use crate::limits::{VERIFIED_FILE, VERIFIED_FILES};
use crate::register::register;
use crate::system::{System, sha256};
use crate::versions::ledger::{self, Entry, Ledger};

use super::ledgers::Ledgers;
use super::{pack, restore};

pub use output::Beside;
pub use place::Place;

register! {
    /// What holds of a file or folder.
    Verdict {
        words,
    }
    Unchanged = "unchanged";
    /// It agrees with all that it holds itself, and nothing here says more.
    Whole = "whole in itself";
    /// It is not there.
    Missing = "missing";
    /// It was changed after publication.
    Changed = "changed after publication";
    /// Built again it has other bytes. That says nothing of what was published.
    Differs = "other bytes";
    /// It is what the ledger says, and the ledger is not what was published.
    Unproven = "not proven";
    /// The ledger does not know it.
    Unknown = "unknown";
}

/// What was found of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    pub path: String,
    pub told: Said,
    /// Report and version that it is of, where that is known.
    pub of: Option<(String, String)>,
}

impl Finding {
    pub fn new(verdict: Verdict, path: impl Into<String>, told: Said) -> Self {
        Self { verdict, path: path.into(), told, of: None }
    }

    fn about(self, entry: &Entry) -> Self {
        Self { of: Some((entry.head.report.clone(), entry.head.version.clone())), ..self }
    }
}

impl Ledgers {
    /// Gives what was found the words that only a sound ledger allows.
    fn proven(&self, held: usize, finding: Finding) -> Finding {
        let entry = self.entry(held);
        let mut finding = finding.about(entry);
        if finding.verdict == Verdict::Unchanged {
            match self.doubt(&entry.head.report) {
                None => finding.told = Said::list([finding.told, self.trust.who_signed(entry)], "; "),
                Some(doubt) => {
                    finding.verdict = Verdict::Unproven;
                    finding.told = say!("{told}; but {doubt}", told = finding.told, doubt);
                }
            }
        }
        finding
    }

    /// Holds the packed inputs of a version against its record; none where they are as they were, or where nothing here tells what they were.
    fn pack(&self, system: &dyn System, held: usize) -> Option<Finding> {
        let entry = self.entry(held);
        let head = &entry.head;
        let known = entry.pack()?;
        let path = format!("{}/{}", ledger::folder(&head.report), known.path);
        let finding = match system.read(&path) {
            Ok(bytes) if sha256(&bytes) == known.sha256 => return None,
            Ok(_) => {
                let told = say!(
                    "are not the packed inputs of {report} {version}",
                    report = head.report,
                    version = head.version
                );
                Finding::new(Verdict::Changed, path, told)
            }
            Err(_) => {
                let told = say!(
                    "the packed inputs of {report} {version} are not there",
                    report = head.report,
                    version = head.version
                );
                Finding::new(Verdict::Missing, path, told)
            }
        };
        Some(finding.about(entry))
    }

    /// Holds the templates that versions of a report share against their name; nothing where they are as they were, or where no version needs them.
    fn shared(&self, system: &dyn System, held: usize) -> Option<Finding> {
        let entry = self.entry(held);
        let head = &entry.head;
        // Of versions that share them the first tells; where they are missing, each that needs them.
        let (at, nth) = self.held[held].at;
        let before = self.all[at].1.entries.get(..nth).unwrap_or_default();
        let path = format!("{}/{}", ledger::folder(&head.report), entry.shared()?);
        if before.iter().any(|other| other.shared() == entry.shared()) && system.exists(&path) {
            return None;
        }
        let finding = match restore::shared_fault(system, entry)? {
            (path, Some(told)) => Finding::new(Verdict::Changed, path, told),
            (path, None) => {
                let told = say!(
                    "the templates that {report} {version} was published with are not there",
                    report = head.report,
                    version = head.version
                );
                Finding::new(Verdict::Missing, path, told)
            }
        };
        Some(finding.about(entry))
    }

    /// A file with packed templates, by its place in the ledger of a report; none where it is no such file.
    fn shared_file(&self, name: &str, bytes: &[u8], place: &Place) -> Option<Finding> {
        let Place::Pack(report, file) = place else { return None };
        let file = format!("{file}.tar.gz");
        let is_of = |held: &usize| {
            let entry = self.entry(*held);
            entry.head.report == *report
                && entry.shared().is_some_and(|shared| shared.rsplit('/').next() == Some(&file))
        };
        let held = (0..self.held.len()).find(is_of)?;
        let files = pack::unpack(bytes).unwrap_or_default();
        if !restore::is_shared_as(&file, &files) {
            let told = say!("are not the templates that {report} was published with", report);
            return Some(Finding::new(Verdict::Changed, name, told).about(self.entry(held)));
        }
        let told = say!("are the templates that {report} was published with", report);
        Some(self.proven(held, Finding::new(Verdict::Unchanged, name, told)))
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

fn rebuild(system: &dyn System, ledger: &Ledger, entry: &Entry) -> Finding {
    let head = &entry.head;
    let name = format!("{} {}", head.report, head.version);
    match restore::rebuild(system, ledger, entry) {
        Err(problem) => Finding::new(Verdict::Unknown, name, problem.message),
        Ok(rebuilt) if !rebuilt.stated.is_empty() => {
            let told = say!(
                "the record states something else than the packed inputs that it was made from: {stated}",
                stated = Said::list(rebuilt.stated, ", ")
            );
            Finding::new(Verdict::Changed, name, told)
        }
        Ok(rebuilt) if !rebuilt.says_the_same() => {
            let what =
                if rebuilt.parts.is_empty() { String::new() } else { format!(" ({})", rebuilt.parts.join(", ")) };
            let told = say!("built again from its packed inputs it says something else than the ledger{what}", what);
            Finding::new(Verdict::Changed, name, told)
        }
        Ok(rebuilt) => {
            let told = say!("built again from its packed inputs: {told}", told = restore::in_words(head, &rebuilt));
            let verdict = if rebuilt.different.is_empty() { Verdict::Unchanged } else { Verdict::Differs };
            Finding::new(verdict, name, told)
        }
    }
}
