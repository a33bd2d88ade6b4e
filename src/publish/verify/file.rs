//! Single files held against the ledger, wherever they lie.

use crate::diagnostic::{Said, say};
use crate::pipeline::manifest::FILE;
use crate::render::pdf;
use crate::system::sha256;
use crate::versions::FileEntry;
use crate::versions::signature::{self, shown};

use super::super::claim::{self, Claim};
use super::super::ledgers::{Known, Ledgers, What};
use super::{Finding, Place, Verdict, package};

/// What is said of data that is that of the ledger.
const PUBLISHED: Said = say!("as it was published");

impl Ledgers {
    /// Holds one file against all ledgers, and against what must lie at its place.
    pub fn file(&self, name: &str, bytes: &[u8], place: &Place) -> Finding {
        if *place == Place::Heads {
            return self.list(name);
        }
        if claim::is_package(bytes) {
            return package::verify(self, name, bytes, place);
        }
        if let Some(finding) = self.shared_file(name, bytes, place) {
            return finding;
        }
        let must = self.must(place);
        let Some((held, known)) = self.known(bytes, place) else {
            let finding = self.unknown(name, bytes);
            return match must {
                // Whatever it says of itself: it is not what was published there.
                Some((held, what)) if finding.verdict == Verdict::Unknown => {
                    let told =
                        say!("is not {what}, which was published at this place; {told}", what, told = finding.told);
                    Finding::new(Verdict::Changed, name, told).about(self.entry(held))
                }
                _ => finding,
            };
        };
        let described = self.described(held, known);
        if let Some((expected, what)) = must
            && !self.lies_at(known, place)
        {
            let told = say!("is {described}, in the place of {what}", described, what);
            return Finding::new(Verdict::Changed, name, told).about(self.entry(expected));
        }
        let entry = self.entry(held);
        let data = match known.what {
            What::File(folder, Some(_)) => carried(bytes, &self.held[held].folders[folder].outputs, PUBLISHED),
            _ => None,
        };
        let data = data.map(|told| say!("; {told}", told)).unwrap_or_default();
        let newest = self.all[self.held[held].at.0].1.newest().map(|newest| newest.head.version.as_str());
        let later = newest.filter(|newest| *newest != entry.head.version);
        let later = later.map(|newest| say!("; the newest version is {newest}", newest)).unwrap_or_default();
        let told =
            say!("is {described}, published {date}{data}{later}", described, data, later, date = entry.head.date);
        self.proven(held, Finding::new(Verdict::Unchanged, name, told))
    }

    /// The published file with these bytes: the one of this place, else one of a report itself, else the newest.
    pub(super) fn known(&self, bytes: &[u8], place: &Place) -> Option<(usize, Known)> {
        let all = self.of_hash(&sha256(bytes))?;
        let rank = |known: &&Known| {
            let part = !matches!(known.what, What::File(0, _) | What::Record | What::Internal | What::Pack);
            (!self.lies_at(**known, place), part, std::cmp::Reverse(known.held))
        };
        all.iter().min_by_key(rank).map(|known| (known.held, *known))
    }

    /// Whether a known file is the one of a place; of any, where the place asks for none.
    fn lies_at(&self, known: Known, place: &Place) -> bool {
        let head = &self.entry(known.held).head;
        match (place, known.what) {
            (Place::Record(report, version), What::Record)
            | (Place::Internal(report, version), What::Internal)
            | (Place::Pack(report, version), What::Pack) => head.report == *report && head.version == *version,
            (Place::Output(document, version, path), What::File(folder, file)) => {
                let folder = &self.held[known.held].folders[folder];
                let name = file.map_or(signature::FILE, |file| folder.outputs[file].path.as_str());
                folder.report == *document && folder.version == *version && name == path
            }
            _ => false,
        }
    }

    /// What must lie at a place, in words, and the version that it is of.
    fn must(&self, place: &Place) -> Option<(usize, Said)> {
        let (report, version, what) = match place {
            Place::Record(report, version) => (report, version, say!("the record")),
            Place::Pack(report, version) => (report, version, say!("the packed inputs")),
            Place::Internal(report, version) => (report, version, say!("the internal record")),
            Place::Output(document, version, path) => (document, version, Said::verbatim(shown(path))),
            _ => return None,
        };
        let (held, _) = self.find(report, version)?;
        Some((held, say!("{what} of {report} {version}", what, report, version)))
    }

    /// "liten.pdf of liten 1.0", "the record of liten 1.0"
    pub(super) fn described(&self, held: usize, known: Known) -> Said {
        let head = &self.entry(held).head;
        match known.what {
            What::Record => say!("the record of {report} {version}", report = head.report, version = head.version),
            What::Internal => {
                say!("the internal record of {report} {version}", report = head.report, version = head.version)
            }
            What::Pack => say!("the packed inputs of {report} {version}", report = head.report, version = head.version),
            What::File(folder, file) => {
                let folder = &self.held[held].folders[folder];
                let path = file.map_or(signature::FILE, |file| folder.outputs[file].path.as_str());
                say!("{path} of {report} {version}", path, report = folder.report, version = folder.version)
            }
        }
    }

    /// A file that was not published: what it says of itself.
    fn unknown(&self, name: &str, bytes: &[u8]) -> Finding {
        let Some(claim) = claim::find(bytes, &self.titles()) else {
            return Finding::new(Verdict::Unknown, name, say!("no published version has this file"));
        };
        let Claim { what, report, version } = claim;
        let what = if what.is_empty() { String::new() } else { format!("{what} ") };
        let Some((held, folder)) = self.find(&report, &version) else {
            // Where no ledger knows it, its own manifest is all there is to hold its data against.
            let own = claim::manifest_of(bytes).map(|manifest| manifest.outputs).unwrap_or_default();
            let data = carried(bytes, &own, say!("as its own manifest has it"))
                .map(|told| say!("; {told}", told))
                .unwrap_or_default();
            let told = say!(
                "says that it is {what}{report} {version}, which the ledger does not have{data}",
                what,
                report,
                version,
                data
            );
            return Finding::new(Verdict::Unknown, name, told);
        };
        let entry = self.entry(held);
        let outputs = &self.held[held].folders[folder].outputs;
        let data = carried(bytes, outputs, PUBLISHED).map(|told| say!("; {told}", told)).unwrap_or_default();
        let told = say!(
            "says that it is {what}{report} {version}, published {date}, and is not what was published{data}",
            what,
            report,
            version,
            data,
            date = entry.head.date
        );
        Finding::new(Verdict::Changed, name, told).about(entry)
    }

    /// Titles of the versions, for a PDF that says no more of itself.
    fn titles(&self) -> Vec<Claim> {
        let claim = |held: usize| {
            let head = &self.entry(held).head;
            Claim { what: head.title.clone(), report: head.report.clone(), version: head.version.clone() }
        };
        (0..self.held.len()).map(claim).collect()
    }
}

/// Holds the data that a PDF carries against the files of its version; nothing for a file that carries none.
fn carried(bytes: &[u8], outputs: &[FileEntry], good: Said) -> Option<Said> {
    let read = pdf::carried(bytes)?;
    let data: Vec<&(String, Vec<u8>)> = read.files.iter().filter(|(path, _)| path != FILE).collect();
    if read.files.is_empty() {
        return None;
    }
    let known = |path: &str, bytes: &[u8]| outputs.iter().any(|file| file.path == path && file.sha256 == sha256(bytes));
    let wrong: Vec<String> =
        data.iter().filter(|(path, bytes)| !known(path, bytes)).take(5).map(|(path, _)| shown(path)).collect();
    let expected = outputs.iter().filter(|file| file.path.starts_with("data/") && file.path.ends_with(".csv")).count();
    Some(if !wrong.is_empty() {
        say!("carries data that is not {good}: {wrong}", good, wrong = wrong.join(", "))
    } else if data.len() == expected {
        say!("carries its data: {count} files, each {good}", good, count = data.len())
    } else {
        say!("carries {count} of {expected} data files, each {good}", expected, good, count = data.len())
    })
}
