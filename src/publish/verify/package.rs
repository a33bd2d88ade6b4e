//! Packages for the archive: made again from the records and compared, byte for byte. Where no ledger knows the version, the package is held
//! against the records that it has itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Sink;
use crate::source::SourceMap;
use crate::system::{Bytes, sha256};
use crate::versions::ledger::{self, Entry, Ledger, order};
use crate::versions::signature::{key_number, shown};
use crate::versions::trust::{For, Trust};

use super::super::ledgers::Ledgers;
use super::super::{archive, pack};
use super::{Finding, Place, Verdict};

/// What is wrong with a package, in words.
type Wrong = String;

/// Holds a package against the ledger, or against itself.
pub(super) fn verify(ledgers: &Ledgers, name: &str, bytes: &[u8], place: &Place) -> Finding {
    let changed = |told: String| Finding::new(Verdict::Changed, name, told);
    let files = match pack::untar(bytes) {
        Ok(files) => files,
        Err(reason) => return changed(format!("is no package that `belagg export` wrote: {reason}")),
    };
    let own = match Own::read(&files) {
        Ok(own) => own,
        Err(reason) => return changed(format!("is no package that `belagg export` wrote: {reason}")),
    };
    let head = &own.entry().head;
    let title = format!("{} {}", head.report, head.version);
    if let Place::Package(root) = place
        && *root != archive::root(own.entry())
    {
        return changed(format!("is a package of {title}, in the place of another: it is called {}", shown(root)));
    }
    let held = ledgers.find(&head.report, &head.version).map(|(held, _)| held);
    let (entry, records): (&Entry, Vec<Entry>) = match held {
        Some(held) => {
            let (at, _) = ledgers.held[held].at;
            let entry = ledgers.entry(held);
            let all = ledgers.all[at].1.entries.iter();
            (entry, all.filter(|known| order(&known.head.version) <= order(&entry.head.version)).cloned().collect())
        }
        None => (own.entry(), own.records.clone()),
    };
    let finding = match compared(entry, &records, &files, bytes) {
        Err(wrong) => changed(format!("is a package of {title}, and {wrong}")),
        Ok(count) => {
            let told =
                format!("is a package of {title}, published {}: all {count} files are as they were", entry.head.date);
            match held {
                Some(held) => return ledgers.proven(held, Finding::new(Verdict::Unchanged, name, told)),
                None => return alone(ledgers, name, &own, &title),
            }
        }
    };
    match held {
        Some(held) => finding.about(ledgers.entry(held)),
        None => finding,
    }
}

/// The records of a package, the oldest first; the last is its own.
struct Own {
    records: Vec<Entry>,
    /// The folder in it where they lie.
    folder: String,
}

impl Own {
    fn entry(&self) -> &Entry {
        // Made with at least one.
        &self.records[self.records.len() - 1]
    }

    fn read(files: &[(String, Bytes)]) -> Result<Self, Wrong> {
        let roots: BTreeSet<&str> = files.iter().map(|(path, _)| path.split('/').next().unwrap_or(path)).collect();
        let mut roots = roots.into_iter();
        let (Some(root), None) = (roots.next(), roots.next()) else {
            return Err("its files do not lie in one folder".to_owned());
        };
        let (mut records, mut folder) = (Vec::new(), String::new());
        for (path, bytes) in files {
            // <root>/<words>/<version>.yaml: inputs and outputs lie deeper or have other names.
            let parts: Vec<&str> = path.split('/').collect();
            let [_, below, name] = parts.as_slice() else { continue };
            let Some(version) = name.strip_suffix(".yaml") else { continue };
            let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| text.starts_with("# Ledger of published"))
            else {
                continue;
            };
            match Entry::of_text(text.to_owned()).ok() {
                Some(entry) if entry.head.version == version => {
                    folder = (*below).to_owned();
                    records.push(entry);
                }
                Some(entry) => {
                    return Err(format!("{} is the record of version {}", shown(path), shown(&entry.head.version)));
                }
                None => return Err(format!("{} is no record, or was changed after it was written", shown(path))),
            }
        }
        records.sort_by_key(|entry| order(&entry.head.version));
        let Some(last) = records.last() else { return Err("it has no record".to_owned()) };
        if archive::root(last) != root {
            return Err(format!(
                "its folder is called {}, and its newest record is that of {} {}",
                shown(root),
                last.head.report,
                last.head.version
            ));
        }
        if let Some(other) = records.iter().find(|entry| entry.head.report != last.head.report) {
            return Err(format!("it has a record of {}", shown(&other.head.report)));
        }
        Ok(Self { records, folder })
    }
}

/// Holds every member against what it must be, and the whole against the package made again; gives how many there are.
fn compared(entry: &Entry, records: &[Entry], files: &[(String, Bytes)], bytes: &[u8]) -> Result<usize, Wrong> {
    let inputs = entry.body().map(|body| body.inputs).unwrap_or_default();
    let by_hash: BTreeMap<String, &Bytes> = files.iter().map(|(_, bytes)| (sha256(bytes), bytes)).collect();
    let packed = |path: &str| {
        let known = inputs.iter().find(|file| file.path == path)?;
        by_hash.get(&known.sha256).map(|bytes| (*bytes).clone())
    };
    let locale = archive::words(&entry.head.language, packed)
        .ok_or("lacks the words (templates/locales) that the version was made with")?;
    let members = archive::members(entry, records, &locale).ok_or("its record cannot be read")?;
    let mut wrong = Vec::new();
    let by_path: BTreeMap<&str, &Bytes> = files.iter().map(|(path, bytes)| (path.as_str(), bytes)).collect();
    for member in &members {
        match by_path.get(member.path.as_str()) {
            None => wrong.push(format!("{} is missing", shown(&member.path))),
            Some(bytes) if sha256(bytes) != member.sha256 => wrong.push(format!("{} was changed", shown(&member.path))),
            Some(_) => {}
        }
    }
    let known: BTreeSet<&str> = members.iter().map(|member| member.path.as_str()).collect();
    let added = files.iter().filter(|(path, _)| !known.contains(path.as_str()));
    wrong.extend(added.map(|(path, _)| format!("{} was not in it", shown(path))));
    if !wrong.is_empty() {
        let more = wrong.len().saturating_sub(5);
        wrong.truncate(5);
        if more > 0 {
            wrong.push(format!("and {more} more"));
        }
        return Err(wrong.join("; "));
    }
    if pack::tar(files) != bytes {
        return Err(
            "is not written as `belagg export` writes it: its files are, but not what stands between them".to_owned()
        );
    }
    Ok(members.len())
}

/// A package that agrees with itself, of a version that no ledger here knows.
fn alone(ledgers: &Ledgers, name: &str, own: &Own, title: &str) -> Finding {
    let head = &own.entry().head;
    let mut sink = Sink::default();
    ledger::check_links(&own.folder, &own.records, &mut sink);
    let all = vec![(head.report.clone(), Ledger { entries: own.records.clone() })];
    // The list of newest versions is no part of a package.
    let trust = Trust::new(&all, &Ok(None), &ledgers.keys, BTreeSet::new(), For::Publishing);
    let wrong = sink.sorted(&SourceMap::default()).first().map(|first| first.message.english());
    if let Some(wrong) = wrong.or_else(|| trust.problems.first().map(|first| first.message.english())) {
        return Finding::new(Verdict::Changed, name, format!("is a package of {title}, and {wrong}"));
    }
    let whole = format!("is a package of {title}, {}: every file is the one that its own records name", head.date);
    if ledgers.has_report(&head.report) {
        // Right as it may be in itself: one of the two is not what was published.
        let told = format!("{whole}; but the ledger here does not have {title}");
        return Finding::new(Verdict::Unproven, name, told);
    }
    let missing = format!("no ledger here knows {}", head.report);
    match (trust.signer(own.entry()), ledgers.keys.is_empty()) {
        (Some(key), false) if ledgers.keys.iter().any(|known| known == key) => {
            Finding::new(Verdict::Unchanged, name, format!("{whole}; {missing}; the signature is right"))
        }
        (Some(key), _) => {
            let told =
                format!("{whole}; {missing}; signed with a key (id {}) that nothing here names", key_number(key));
            Finding::new(Verdict::Whole, name, told)
        }
        (None, _) => {
            let told = format!("{whole}; {missing}, and nobody has signed it: whether it was published cannot be told");
            Finding::new(Verdict::Whole, name, told)
        }
    }
}
