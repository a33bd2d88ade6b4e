//! Packages for the archive: made again from the records and compared, byte for byte. Where no ledger knows the version, the package is held
//! against the records that it has itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Said, Sink, say};
use crate::source::SourceMap;
use crate::system::{Bytes, sha256};
use crate::versions::internal_record::{self, InternalRecord};
use crate::versions::ledger::{self, Beginning, Entry, Ledger, order};
use crate::versions::signature::{key_number, shown};
use crate::versions::trust::{For, Trust};

use super::super::archive::{self, Audience};
use super::super::ledgers::Ledgers;
use super::super::pack;
use super::{Finding, Place, Verdict};

/// What is wrong with a package, in words.
type Wrong = Said;

/// Holds a package against the ledger, or against itself.
pub(super) fn verify(ledgers: &Ledgers, name: &str, bytes: &[u8], place: &Place) -> Finding {
    let changed = |told: Said| Finding::new(Verdict::Changed, name, told);
    let files = match pack::untar(bytes) {
        Ok(files) => files,
        Err(reason) => return changed(say!("is no package that `belagg export` wrote: {reason}", reason)),
    };
    let own = match Own::read(&files) {
        Ok(own) => own,
        Err(reason) => return changed(say!("is no package that `belagg export` wrote: {reason}", reason)),
    };
    let head = &own.entry().head;
    let title = format!("{} {}", head.report, head.version);
    if let Place::Package(root) = place
        && *root != archive::root(own.entry(), own.copy)
    {
        return changed(say!(
            "is a package of {title}, in the place of another: it is called {name}",
            title,
            name = shown(root)
        ));
    }
    let held = ledgers.find(&head.report, &head.version).map(|(held, _)| held);
    let (entry, records): (&Entry, Vec<Entry>) = match held {
        Some(held) => {
            let (at, _) = ledgers.held[held].at;
            let entry = ledgers.entry(held);
            let all = ledgers.all[at].1.entries.iter();
            let records = all.filter(|known| order(&known.head.version) <= order(&entry.head.version));
            (entry, archive::records(own.copy, records.cloned().collect()))
        }
        None => (own.entry(), own.records.clone()),
    };
    let lacks = |known: &Entry| known.is_protected() && known.internal.is_none();
    if own.copy == Audience::Internal && held.is_some() && records.iter().any(lacks) {
        let told = say!(
            "is an internal package of {title}: what it was made of cannot be held against anything, since the internal record is not here",
            title
        );
        return Finding::new(Verdict::Unproven, name, told).about(entry);
    }
    let finding = match compared(entry, &records, own.copy, &files, bytes) {
        Err(wrong) => changed(say!("is a package of {title}, and {wrong}", title, wrong)),
        Ok(count) => {
            let told = say!(
                "is a package of {title}, published {date}: all {count} files are as they were",
                title,
                count,
                date = entry.head.date
            );
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
    copy: Audience,
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
            return Err(say!("its files do not lie in one folder"));
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
                    return Err(say!(
                        "{path} is the record of version {version}",
                        path = shown(path),
                        version = shown(&entry.head.version)
                    ));
                }
                None => {
                    return Err(say!("{path} is no record, or was changed after it was written", path = shown(path)));
                }
            }
        }
        records.sort_by_key(|entry| order(&entry.head.version));
        let Some(last) = records.last() else { return Err(say!("it has no record")) };
        let copies = [Audience::Internal, Audience::Public].into_iter();
        let Some(copy) = copies
            .filter(|copy| *copy == Audience::Internal || last.is_protected())
            .find(|copy| archive::root(last, *copy) == root)
        else {
            return Err(say!(
                "its folder is called {name}, and its newest record is that of {report} {version}",
                name = shown(root),
                report = last.head.report,
                version = last.head.version
            ));
        };
        if let Some(other) = records.iter().find(|entry| entry.head.report != last.head.report) {
            return Err(say!("it has a record of {report}", report = shown(&other.head.report)));
        }
        let records = records
            .into_iter()
            .map(|entry| {
                let path = format!("{root}/{folder}/{}", internal_record::name(&entry.head.version));
                let Some((_, bytes)) = files.iter().find(|(known, _)| *known == path) else { return Ok(entry) };
                let text = String::from_utf8(bytes.to_vec()).unwrap_or_default();
                let internal = InternalRecord::of_text(text).map_err(|_| {
                    say!("{path} is no internal record, or was changed after it was written", path = shown(&path))
                })?;
                entry.with_internal(internal).map_err(|why| say!("{path}: {why}", why, path = shown(&path)))
            })
            .collect::<Result<_, Wrong>>()?;
        Ok(Self { records, folder, copy })
    }
}

/// Holds every member against what it must be, and the whole against the package made again; gives how many there are.
fn compared(
    entry: &Entry,
    records: &[Entry],
    copy: Audience,
    files: &[(String, Bytes)],
    bytes: &[u8],
) -> Result<usize, Wrong> {
    let inputs = archive::sources(entry, copy).ok_or_else(|| say!("lacks the record of what it was made of"))?;
    let by_hash: BTreeMap<String, &Bytes> = files.iter().map(|(_, bytes)| (sha256(bytes), bytes)).collect();
    let packed = |path: &str| {
        let known = inputs.iter().find(|file| file.path == path)?;
        by_hash.get(&known.sha256).map(|bytes| (*bytes).clone())
    };
    let locale = archive::words(&entry.head.language, packed)
        .ok_or_else(|| say!("lacks the words (templates/locales) that the version was made with"))?;
    let members = archive::members(entry, records, &locale, copy).ok_or_else(|| say!("its record cannot be read"))?;
    let mut wrong = Vec::new();
    let by_path: BTreeMap<&str, &Bytes> = files.iter().map(|(path, bytes)| (path.as_str(), bytes)).collect();
    for member in &members {
        match by_path.get(member.path.as_str()) {
            None => wrong.push(say!("{path} is missing", path = shown(&member.path))),
            Some(bytes) if sha256(bytes) != member.sha256 => {
                wrong.push(say!("{path} was changed", path = shown(&member.path)))
            }
            Some(_) => {}
        }
    }
    let known: BTreeSet<&str> = members.iter().map(|member| member.path.as_str()).collect();
    let added = files.iter().filter(|(path, _)| !known.contains(path.as_str()));
    wrong.extend(added.map(|(path, _)| say!("{path} was not in it", path = shown(path))));
    if !wrong.is_empty() {
        let more = wrong.len().saturating_sub(5);
        wrong.truncate(5);
        if more > 0 {
            wrong.push(say!("and {more} more", more));
        }
        return Err(Said::list(wrong, "; "));
    }
    if pack::tar(files) != bytes {
        return Err(say!(
            "is not written as `belagg export` writes it: its files are, but not what stands between them"
        ));
    }
    Ok(members.len())
}

/// A package that agrees with itself, of a version that no ledger here knows.
fn alone(ledgers: &Ledgers, name: &str, own: &Own, title: &str) -> Finding {
    let head = &own.entry().head;
    let mut sink = Sink::default();
    let beginning = if own.copy == Audience::Public { Beginning::Any } else { Beginning::First };
    ledger::check_links(&own.folder, &own.records, beginning, &mut sink);
    let all = vec![(head.report.clone(), Ledger { entries: own.records.clone() })];
    // The list of newest versions is no part of a package.
    let trust = Trust::new(&all, &Ok(None), &ledgers.keys, BTreeSet::new(), For::Publishing);
    let wrong = sink.sorted(&SourceMap::default()).first().map(|first| first.message.clone());
    if let Some(wrong) = wrong.or_else(|| trust.problems.first().map(|first| first.message.clone())) {
        return Finding::new(Verdict::Changed, name, say!("is a package of {title}, and {wrong}", title, wrong));
    }
    let whole = say!(
        "is a package of {title}, {date}: every file is the one that its own records name",
        title,
        date = head.date
    );
    if ledgers.has_report(&head.report) {
        // Right as it may be in itself: one of the two is not what was published.
        let told = say!("{whole}; but the ledger here does not have {title}", whole, title);
        return Finding::new(Verdict::Unproven, name, told);
    }
    let missing = say!("no ledger here knows {report}", report = head.report);
    match (trust.signer(own.entry()), ledgers.keys.is_empty()) {
        (Some(key), false) if ledgers.keys.iter().any(|known| known == key) => {
            Finding::new(Verdict::Unchanged, name, say!("{whole}; {missing}; the signature is right", whole, missing))
        }
        (Some(key), _) => {
            let told = say!(
                "{whole}; {missing}; signed with a key (id {id}) that nothing here names",
                whole,
                missing,
                id = key_number(key)
            );
            Finding::new(Verdict::Whole, name, told)
        }
        (None, _) => {
            let told = say!(
                "{whole}; {missing}, and nobody has signed it: whether it was published cannot be told",
                whole,
                missing
            );
            Finding::new(Verdict::Whole, name, told)
        }
    }
}
