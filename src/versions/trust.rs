//! What proves the ledgers of a workspace as a whole: who signed which version, with a key that counts, and whether the newest versions are
//! those that were published last. docs/threats.md tells what this stops and what it cannot.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Said, say};

use super::heads::{self, Heads};
use super::ledger::{Entry, Ledger, folder};
use super::record;
use super::signature::{Signer, key_number};

/// A version by its report and number.
type Version = (String, String);

/// The ledgers of a workspace, and what of them can be told.
#[derive(Debug, Default)]
pub struct Trust {
    /// The keys that belagg.yaml names, or whoever verifies.
    anchors: Vec<String>,
    /// Which key a version was signed with; none where it was not, an error where the signature is wrong.
    signers: BTreeMap<Version, Result<Option<String>, Said>>,
    /// For each report with a signed version, all keys that count for it.
    accepted: BTreeMap<String, BTreeSet<String>>,
    /// Reports that something is wrong with.
    faulty: BTreeSet<String>,
    pub problems: Vec<Diagnostic>,
    /// What cannot be told, in words.
    pub notes: Vec<Said>,
}

/// What is done with the ledgers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    Verifying,
    /// The list of newest versions will be written again: where it is missing or not signed yet, that is told elsewhere.
    Publishing,
}

impl Trust {
    /// Checks everything that the ledgers themselves tell. `faulty` are the reports whose chains are broken, which was told.
    #[must_use]
    pub fn new(
        ledgers: &[(String, Ledger)],
        heads: &Result<Option<Heads>, Box<Diagnostic>>,
        anchors: &[String],
        faulty: BTreeSet<String>,
        purpose: For,
    ) -> Self {
        let mut out = Self { anchors: anchors.to_vec(), faulty, ..Self::default() };
        out.signatures(ledgers);
        for (report, ledger) in ledgers {
            out.chain(report, ledger);
            out.internal(report, ledger);
        }
        match heads {
            Ok(heads) => out.heads(ledgers, heads.as_ref(), purpose),
            Err(problem) => {
                out.problems.push((**problem).clone());
                out.faulty.extend(ledgers.iter().map(|(report, _)| report.clone()));
            }
        }
        out
    }

    /// Whether every version must be signed.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        !self.anchors.is_empty() || !self.accepted.is_empty()
    }

    /// Whether all that can be told of a report's ledger is as it should be.
    #[must_use]
    pub fn is_sound(&self, report: &str) -> bool {
        !self.faulty.contains(report)
    }

    /// Who signed a version, in words that say no more than can be known. Only for reports that are sound.
    #[must_use]
    pub fn who_signed(&self, entry: &Entry) -> Said {
        let head = &entry.head;
        match self.signers.get(&(head.report.clone(), head.version.clone())) {
            Some(Ok(Some(key))) if self.anchors.is_empty() => {
                say!("signed; belagg.yaml has no `key` that tells whose the key {id} is", id = key_number(key))
            }
            Some(Ok(Some(_))) => say!("the signature is right"),
            Some(Ok(None)) if !self.anchors.is_empty() => {
                say!("published without a signature, and covered by a later one that is right")
            }
            _ if self.is_bound() => say!("published without a signature"),
            _ => say!("nobody has signed it"),
        }
    }

    /// The key that a version was rightly signed with.
    #[must_use]
    pub fn signer(&self, entry: &Entry) -> Option<&str> {
        let found = self.signers.get(&(entry.head.report.clone(), entry.head.version.clone()))?;
        found.as_ref().ok()?.as_deref()
    }

    /// Who signed the list of newest versions, which is sound.
    #[must_use]
    pub fn list_told(&self) -> Said {
        match (self.is_bound(), self.anchors.is_empty()) {
            (false, _) => say!("nobody has signed it"),
            (true, false) => say!("the signature is right"),
            (true, true) => {
                say!("signed with a key that the ledgers name; belagg.yaml has no `key` that tells whose it is")
            }
        }
    }

    /// Finds the key of every signature, and the keys that count for each report.
    fn signatures(&mut self, ledgers: &[(String, Ledger)]) {
        let entries = || ledgers.iter().flat_map(|(_, ledger)| &ledger.entries);
        let mut known: BTreeSet<String> = self.anchors.iter().cloned().collect();
        known.extend(entries().flat_map(|entry| entry.head.keys.iter().cloned()));
        let known: Vec<String> = known.into_iter().collect();
        for entry in entries() {
            let signer = record::signed_by(entry.text(), &entry.head, &known);
            self.signers.insert((entry.head.report.clone(), entry.head.version.clone()), signer);
        }
        // A version that was rightly signed makes the keys count that it names, in every report: keys are the workspace's.
        let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for entry in entries() {
            if let Some(Ok(Some(signer))) = self.signers.get(&(entry.head.report.clone(), entry.head.version.clone())) {
                named.entry(signer).or_default().extend(entry.head.keys.iter().map(String::as_str));
            }
        }
        for (report, ledger) in ledgers {
            let Some(first) = ledger.entries.iter().find(|entry| entry.head.signature.is_some()) else { continue };
            let mut keys: BTreeSet<String> = first.head.keys.iter().cloned().collect();
            let mut open: Vec<String> = keys.iter().cloned().collect();
            while let Some(key) = open.pop() {
                for more in named.get(key.as_str()).into_iter().flatten() {
                    if keys.insert((*more).to_owned()) {
                        open.push((*more).to_owned());
                    }
                }
            }
            self.accepted.insert(report.clone(), keys);
        }
    }

    /// Checks the signatures of one report.
    fn chain(&mut self, report: &str, ledger: &Ledger) {
        let Some(accepted) = self.accepted.get(report) else { return };
        for entry in &ledger.entries {
            let version = &entry.head.version;
            let wrong = match self.signers.get(&(report.to_owned(), version.clone())) {
                Some(Ok(Some(key))) if accepted.contains(key) => continue,
                // That one is missing after a signed version is told with the chain.
                Some(Ok(None)) | None => continue,
                Some(Ok(Some(key))) => say!(
                    "it was made with another key (id {id}), which no signed version before it names",
                    id = key_number(key)
                ),
                Some(Err(reason)) => {
                    say!("{reason}; the record was changed after it was signed, or signed by somebody else", reason)
                }
            };
            self.faulty.insert(report.to_owned());
            self.problems.push(
                Diagnostic::error(
                    Code::SIGNATURE_WRONG,
                    say!("the signature of {report} {version} is wrong: {wrong}", report, version, wrong),
                )
                .help(say!("take `{folder}` back from version control or from the archive", folder = folder(report))),
            );
        }
    }

    /// Checks that internal records are signed as the records are that they belong to, and tells which are not here.
    fn internal(&mut self, report: &str, ledger: &Ledger) {
        for entry in ledger.entries.iter().filter(|entry| entry.is_protected()) {
            let version = &entry.head.version;
            let Some(internal) = &entry.internal else {
                self.notes.push(say!(
                    "the internal record of {report} {version} is not here: what it was made of, and whether it can be built again, was not checked",
                    report,
                    version
                ));
                continue;
            };
            let Some(Ok(Some(key))) = self.signers.get(&(report.to_owned(), version.clone())) else { continue };
            if let Err(reason) = internal.signed_by(std::slice::from_ref(key)) {
                let code = if internal.is_signed() { Code::SIGNATURE_WRONG } else { Code::SIGNATURE_MISSING };
                self.faulty.insert(report.to_owned());
                self.problems.push(
                    Diagnostic::error(
                        code,
                        say!(
                            "the internal record of {report} {version} is not signed as its record is: {reason}",
                            report,
                            version,
                            reason
                        ),
                    )
                    .help(say!(
                        "take `{folder}` back from version control or from the archive",
                        folder = folder(report)
                    )),
                );
            }
        }
    }

    /// Holds the list of newest versions against the ledgers.
    fn heads(&mut self, ledgers: &[(String, Ledger)], heads: Option<&Heads>, purpose: For) {
        let published = ledgers.iter().any(|(_, ledger)| !ledger.entries.is_empty());
        let Some(heads) = heads else {
            if published && self.is_bound() && purpose == For::Verifying {
                self.whole(
                    ledgers,
                    Diagnostic::error(
                        Code::HEAD_DIFFERS,
                        say!("`{path}` is missing: nothing tells which versions are the newest", path = heads::PATH),
                    )
                    .help(say!("take it back from version control; `belagg publish <report> --sign FILE` of any published report makes it anew")),
                );
            } else if published {
                self.notes.push(say!("there is no `{path}`: whether newer versions were taken away cannot be told (the next `belagg publish` writes it)", path = heads::PATH));
            }
            return;
        };
        let unsigned = self.is_bound() && !heads.is_signed();
        // A key that has come into belagg.yaml since counts from the next publication on.
        if unsigned && !(purpose == For::Publishing && self.accepted.is_empty()) {
            self.whole(
                ledgers,
                Diagnostic::error(
                    Code::SIGNATURE_MISSING,
                    say!("`{path}` is not signed, and here every version must be", path = heads::PATH),
                )
                .help(say!("take it back from version control. Where the key is new: `belagg publish <report> --sign FILE` of any published report signs it")),
            );
        } else if heads.is_signed()
            && let Err(reason) = self.signer_of(heads)
        {
            self.whole(
                ledgers,
                Diagnostic::error(
                    Code::SIGNATURE_WRONG,
                    say!("the signature of `{path}` is wrong: {reason}", reason, path = heads::PATH),
                )
                .help(say!("take it back from version control, together with the ledgers")),
            );
        }
        let faulty = self.faulty.clone();
        for (report, ledger) in ledgers.iter().filter(|(report, _)| !faulty.contains(report)) {
            let wrong = match (ledger.newest(), heads.newest(report)) {
                (None, None) => continue,
                (Some(entry), Some(newest))
                    if entry.sha256 == newest.sha256 && entry.head.version == newest.version =>
                {
                    continue;
                }
                (Some(entry), Some(newest)) if entry.head.version == newest.version => say!(
                    "the record of {report} {version} is not the one that `{path}` names: it was put in its place later",
                    report,
                    version = newest.version,
                    path = heads::PATH
                ),
                (Some(entry), Some(newest)) if ledger.find(&newest.version).is_none() => say!(
                    "version {version} of {report} was published, and its record is not there: the newest here is {newest}",
                    report,
                    version = newest.version,
                    newest = entry.head.version
                ),
                (Some(entry), Some(newest)) => say!(
                    "{report} {version} is in its ledger, and `{path}` does not know it: the newest there is {newest}",
                    report,
                    version = entry.head.version,
                    path = heads::PATH,
                    newest = newest.version
                ),
                (Some(entry), None) => say!(
                    "{report} {version} is in its ledger, and `{path}` does not know the report",
                    report,
                    version = entry.head.version,
                    path = heads::PATH
                ),
                (None, Some(newest)) => {
                    say!(
                        "version {version} of {report} was published, and the whole ledger is not there",
                        report,
                        version = newest.version
                    )
                }
            };
            self.differs(report, wrong);
        }
        let known: BTreeSet<&str> = ledgers.iter().map(|(report, _)| report.as_str()).collect();
        for newest in heads.beyond(&known) {
            self.differs(&newest.report, newest.without_report());
        }
    }

    fn differs(&mut self, report: &str, message: Said) {
        self.faulty.insert(report.to_owned());
        self.problems.push(
            Diagnostic::error(Code::HEAD_DIFFERS, message)
                .help(say!("take `{folder}` and `{path}` back from version control, together; where publishing was broken off, `belagg build` ends it", folder = folder(report), path = heads::PATH)),
        );
    }

    /// A problem that leaves no report proven.
    fn whole(&mut self, ledgers: &[(String, Ledger)], problem: Diagnostic) {
        self.problems.push(problem);
        self.faulty.extend(ledgers.iter().map(|(report, _)| report.clone()));
    }

    /// Whether the list was signed with a key that counts.
    fn signer_of(&self, heads: &Heads) -> Result<(), Said> {
        let mut keys: Vec<String> = self.anchors.clone();
        if keys.is_empty() {
            keys = self.accepted.values().flatten().cloned().collect();
        }
        self.counts(&heads.signed_by(&keys)?)
    }

    /// Whether a key may sign for all reports here.
    fn counts(&self, key: &str) -> Result<(), Said> {
        let id = key_number(key);
        if !self.anchors.is_empty() && !self.anchors.iter().any(|known| known == key) {
            return Err(say!("the key is another (id {id}) than belagg.yaml names", id));
        }
        match self.accepted.iter().find(|(_, keys)| !keys.contains(key)) {
            None => Ok(()),
            Some((report, keys)) => {
                let known: Vec<String> = keys.iter().map(|key| key_number(key)).collect();
                Err(say!(
                    "the key is another (id {id}) than the signed versions of {report} name ({known})",
                    id,
                    report,
                    known = known.join(", ")
                ))
            }
        }
    }

    /// Whether a version may be published with this key, or without one; gives the keys that its record names.
    ///
    /// # Errors
    /// Why it may not.
    pub fn may_publish(&self, signer: Option<&Signer>) -> Result<Vec<String>, Box<Diagnostic>> {
        let Some(signer) = signer else {
            if !self.is_bound() {
                return Ok(Vec::new());
            }
            let why = match (self.anchors.is_empty(), self.accepted.keys().next()) {
                (true, Some(report)) => say!("{report} has signed versions", report),
                _ => say!("belagg.yaml names a `key`"),
            };
            return Err(Box::new(
                Diagnostic::error(Code::SIGNATURE_MISSING, say!("the version must be signed: {why}", why))
                    .help(say!("publish with `--sign FILE`, the secret key that belongs to the public one")),
            ));
        };
        let key = signer.public();
        self.counts(&key).map_err(|reason| {
            Box::new(
                Diagnostic::error(Code::SIGNATURE_WRONG, say!("the version cannot be signed with this key: {reason}", reason))
                    .help(say!("sign with the key that counts. To go over to a new one: name both in belagg.yaml, `key: [RW… the old, RW… the new]`, and publish a version signed with the old")),
            )
        })?;
        let mut keys: BTreeSet<String> = self.anchors.iter().cloned().collect();
        if keys.is_empty() {
            keys = self.accepted.values().flatten().cloned().collect();
        }
        keys.insert(key);
        Ok(keys.into_iter().collect())
    }
}
