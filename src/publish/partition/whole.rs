//! Whether parts make a whole: every document once, of one split, by this program and of the inputs that are here.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::load::{self, Derived, Library};
use crate::system::System;

use super::record::{Program, Record, Unread};
use super::split::{FILE, FOLDER, Partition, number};

/// So many names are told in one message.
const TOLD: usize = 3;

/// A folder that is said to be a part, as it was named; none where there is no such folder.
pub struct Given {
    pub name: String,
    pub folder: Option<Box<dyn System>>,
}

/// What is known of a part that is to be put together with others.
struct Part<'a> {
    given: &'a Given,
    record: Option<Record>,
}

impl Part<'_> {
    fn partition(&self) -> Option<Partition> {
        match &self.record {
            Some(record) => record.partition,
            None => Partition::named(&self.given.name),
        }
    }

    /// How it is built again.
    fn again(&self) -> Said {
        let folder = &self.given.name;
        if let Some(partition) = self.partition() {
            return again(partition, Some(folder));
        }
        match self.record.as_ref().map(|record| &record.documents) {
            // What is made from a report is built with it.
            Some(documents) if !documents.is_empty() && documents.len() <= TOLD => {
                let reports = documents.join(" ");
                say!("build it again: `belagg build {reports} --out {folder}`", reports, folder)
            }
            _ => say!("run the build again that writes it, or leave it out"),
        }
    }
}

fn again(partition: Partition, folder: Option<&str>) -> Said {
    match folder.filter(|folder| folder.trim_end_matches('/') != partition.folder()) {
        Some(folder) => {
            say!("build it again: `belagg build --partition {partition} --out {folder}`", partition, folder)
        }
        None => say!("build it again: `belagg build --partition {partition}`", partition),
    }
}

/// The records of the given parts, in their order, and all that keeps them from making the whole of a workspace's documents.
#[must_use]
pub fn check(
    files: &dyn System,
    library: &Library,
    documents: &[Derived],
    program: &Program,
    given: &[Given],
) -> (Vec<Record>, Sink) {
    let mut sink = Sink::default();
    let mut tell = |code: Code, message: Said, help: Said| sink.push(Diagnostic::error(code, message).help(help));
    let parts: Vec<Part<'_>> = given.iter().map(|given| read(given, &mut tell)).collect();
    for part in &parts {
        looked_at(part, files, program, &mut tell);
    }
    split(&parts, &mut tell);
    let holders = holders(&parts, &mut tell);
    let wanted: Vec<&Derived> = documents.iter().filter(|document| !holders.contains(document.id.as_str())).collect();
    lacking(&parts, (files, library), &wanted, &mut tell);
    let known: BTreeSet<&str> = documents.iter().map(|document| document.id.as_str()).collect();
    for part in &parts {
        let all = part.record.iter().flat_map(|record| &record.documents).map(String::as_str);
        let strange: Vec<&str> = all.filter(|id| !known.contains(id)).collect();
        if !strange.is_empty() {
            let message = say!(
                "{part} has {documents}, and no report here makes that",
                part = part.given.name,
                documents = named(&strange)
            );
            tell(Code::PART_STALE, message, part.again());
        }
    }
    (parts.into_iter().filter_map(|part| part.record).collect(), sink)
}

/// Tells of parts that were not split alike, and of those that are not there.
fn split(parts: &[Part<'_>], tell: &mut impl FnMut(Code, Said, Said)) {
    let Some((first, split)) = parts.iter().find_map(|part| Some((part, part.partition()?))) else { return };
    for (part, other) in parts.iter().filter_map(|part| Some((part, part.partition()?))) {
        if other.of != split.of {
            let (one, two) = (part.given.name.as_str(), first.given.name.as_str());
            let message = say!(
                "{one} is part {other}, and {two} is part {split}: they were not split alike",
                one,
                two,
                other,
                split
            );
            tell(Code::PART_TWICE, message, say!("name only the parts of one split"));
        }
    }
    let known: BTreeSet<u32> = parts.iter().filter_map(Part::partition).map(|known| known.part).collect();
    let lacking = (1..=split.of).filter(|part| !known.contains(part));
    let lacking: Vec<Partition> = lacking.map(|part| Partition { part, of: split.of }).collect();
    if lacking.len() <= TOLD {
        for missing in lacking {
            tell(Code::PART_MISSING, say!("part {missing} is missing", missing), once(missing));
        }
    } else if let Some(first) = lacking.first() {
        let names: Vec<String> = lacking.iter().map(Partition::to_string).collect();
        tell(Code::PART_MISSING, say!("parts {names} are missing", names = named(&names)), once(*first));
    }
}

/// The documents that parts have. Those that two have are told.
fn holders<'a>(parts: &'a [Part<'_>], tell: &mut impl FnMut(Code, Said, Said)) -> BTreeSet<&'a str> {
    let mut holders: BTreeMap<&str, &str> = BTreeMap::new();
    for part in parts {
        let mut twice: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for document in part.record.iter().flat_map(|record| &record.documents) {
            if let Some(other) = holders.insert(document, &part.given.name) {
                twice.entry(other).or_default().push(document);
            }
        }
        for (other, documents) in twice {
            let message = say!(
                "{one} and {other} both have {documents}",
                other,
                one = part.given.name,
                documents = named(&documents)
            );
            tell(Code::PART_TWICE, message, say!("leave one of them out"));
        }
    }
    holders.into_keys().collect()
}

/// Tells of documents that no part has.
fn lacking(
    parts: &[Part<'_>],
    (files, library): (&dyn System, &Library),
    documents: &[&Derived],
    tell: &mut impl FnMut(Code, Said, Said),
) {
    // What a part has that is missing or cannot be read is told with it.
    let unread: Vec<Option<Partition>> =
        parts.iter().filter(|part| part.record.is_none()).map(Part::partition).collect();
    let split = parts.iter().find_map(Part::partition).map(|split| split.of);
    let whole: BTreeSet<u32> =
        parts.iter().filter(|part| part.record.is_some()).filter_map(Part::partition).map(|known| known.part).collect();
    let mut lacking: BTreeMap<Option<Partition>, Vec<(&str, &str)>> = BTreeMap::new();
    for document in documents {
        let report = document.of.as_ref().map_or(&document.id, |(report, _)| report);
        let falls_to = split.map(|of| Partition { part: number(&load::owner(files, library, report), of), of });
        let is_told = falls_to.map_or(!unread.is_empty(), |partition| !whole.contains(&partition.part));
        if !is_told {
            lacking.entry(falls_to).or_default().push((&document.id, report));
        }
    }
    for (falls_to, documents) in lacking {
        let names: Vec<&str> = documents.iter().map(|(id, _)| *id).collect();
        let help = match (falls_to, documents.first()) {
            (Some(partition), _) => again(partition, None),
            (None, Some((_, report))) => {
                say!("build it: `belagg build {report} --out {folder}/{report}`", report, folder = FOLDER)
            }
            (None, None) => continue,
        };
        tell(Code::PART_MISSING, say!("no part has {documents}", documents = named(&names)), help);
    }
}

/// The record of a part, or why it has none.
fn read<'a>(given: &'a Given, tell: &mut impl FnMut(Code, Said, Said)) -> Part<'a> {
    let name = given.name.as_str();
    let mut part = Part { given, record: None };
    let read = given.folder.as_deref().map(Record::read);
    let message = match read {
        Some(Ok(record)) => {
            part.record = Some(record);
            return part;
        }
        None => say!("there is no folder {name}", name),
        Some(Err(Unread::Missing)) => {
            say!("{name} is no whole part: it has no {file}, which a build writes last", name, file = FILE)
        }
        Some(Err(Unread::Damaged(why))) => {
            say!("{name}/{file} cannot be read: {why}", name, why, file = FILE)
        }
    };
    tell(Code::PART_BROKEN, message, part.again());
    part
}

/// Whether a part is what it was made as, by this program, of what is here.
fn looked_at(part: &Part<'_>, files: &dyn System, program: &Program, tell: &mut impl FnMut(Code, Said, Said)) {
    let (Some(record), Some(folder)) = (&part.record, part.given.folder.as_deref()) else { return };
    let name = part.given.name.as_str();
    let damaged = record.damaged(folder);
    if !damaged.is_empty() {
        let message = say!("{name} is damaged: {files}", name, files = named(&damaged));
        tell(Code::PART_BROKEN, message, part.again());
    }
    if record.program != *program {
        let (theirs, own) = (record.program.version.as_str(), program.version.as_str());
        let message = if theirs == own {
            say!("{name} was made by another build of belagg {own}", name, own)
        } else {
            say!("{name} was made by belagg {theirs}, and this is belagg {own}", name, theirs, own)
        };
        tell(Code::PART_STALE, message, say!("build all parts, and put them together, with the same program"));
    }
    let changed = record.inputs.changed(files);
    if !changed.is_empty() {
        let message = say!("{files} changed since {name} was built", name, files = named(&changed));
        tell(Code::PART_STALE, message, part.again());
    }
}

/// How a part is built that is not there.
fn once(partition: Partition) -> Said {
    say!("build it: `belagg build --partition {partition}`", partition)
}

/// "`a`, `b`, `c` and 4 more"
fn named<T: AsRef<str>>(all: &[T]) -> Said {
    let first: Vec<String> = all.iter().take(TOLD).map(|name| format!("`{}`", name.as_ref())).collect();
    let first = first.join(", ");
    match all.len().saturating_sub(TOLD) {
        0 => Said::verbatim(first),
        more => say!("{first} and {more} more", first, more),
    }
}
