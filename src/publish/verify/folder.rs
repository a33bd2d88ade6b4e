//! Folders held against the ledger: every file that must be there, and no other.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::pipeline::manifest::{FILE, Manifest};
use crate::system::{self, Kind, System, sha256};
use crate::versions::signature::{self, shown};

use super::super::ledgers::{Ledgers, What};
use super::{Beside, Finding, Place, VERIFIED_FILE, VERIFIED_FILES, Verdict};

/// What a build leaves for the next one, in a copy of `output/`.
const LEFT: &str = ".built/";

/// What is found of a page beside the versions, of which the name as typed, the path below the folder and the bytes are given; none where it is no such page.
pub type Copied<'a> = dyn Fn(&str, &str, &[u8]) -> Option<Finding> + 'a;

impl Ledgers {
    /// Everything that is published in a workspace, and what lies beside it.
    pub fn whole(&self, system: &dyn System, root: &Path, beside: &Beside) -> Vec<Finding> {
        let mut out: Vec<Finding> =
            (0..self.held.len()).flat_map(|held| self.held_version(system, root, held)).collect();
        out.extend(beside.findings(system, self, None));
        out
    }

    /// A report by its name, with all that is published with it; or one part of a report.
    pub fn named(&self, system: &dyn System, root: &Path, name: &str, beside: &Beside) -> Vec<Finding> {
        let own: Vec<usize> = (0..self.held.len()).filter(|held| self.entry(*held).head.report == name).collect();
        if own.is_empty() {
            return self.document(system, root, name, beside);
        }
        let mut documents: Vec<&str> = own.iter().flat_map(|held| self.entry(*held).documents()).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut out: Vec<Finding> = own.iter().flat_map(|held| self.held_version(system, root, *held)).collect();
        out.extend(documents.iter().flat_map(|document| beside.findings(system, self, Some(document))));
        out
    }

    /// One version with its parts and packed inputs.
    fn held_version(&self, system: &dyn System, root: &Path, held: usize) -> Vec<Finding> {
        let folders = 0..self.held[held].folders.len();
        let mut out: Vec<Finding> = folders.flat_map(|folder| self.placed(root, held, folder)).collect();
        out.extend(self.pack(system, held));
        out.extend(self.shared(system, held));
        out
    }

    /// The folder of a document in `output/`: every version that must be there, and what lies beside them.
    pub fn document(&self, system: &dyn System, root: &Path, document: &str, beside: &Beside) -> Vec<Finding> {
        let mut out = Vec::new();
        for held in 0..self.held.len() {
            if let Some(folder) = self.held[held].folders.iter().position(|folder| folder.report == document) {
                out.extend(self.placed(root, held, folder));
            }
        }
        out.extend(beside.findings(system, self, Some(document)));
        out
    }

    /// A published folder at its own place.
    fn placed(&self, root: &Path, held: usize, folder: usize) -> Vec<Finding> {
        let place = self.held[held].folders[folder].place();
        self.version(&place, &root.join(&place), (held, folder))
    }

    /// A folder that the user names, at any place; `copied` knows the pages beside the versions, in a copy of `output/`.
    ///
    /// # Errors
    /// What the operating system said.
    pub fn folder(&self, name: &str, path: &Path, place: &Place, copied: &Copied<'_>) -> std::io::Result<Vec<Finding>> {
        if let Place::Version(document, version) = place
            && let Some(found) = self.find(document, version)
        {
            return Ok(self.version(name, path, found));
        }
        let mut listed = system::listed_named(path, VERIFIED_FILES)?;
        // What a build leaves for the next one is published nowhere, and nothing here goes by it.
        listed.retain(|(file, _)| !file.starts_with(LEFT));
        let mut folders: Vec<&str> = listed
            .iter()
            .filter_map(|(file, _)| file.strip_suffix(FILE).filter(|folder| folder.is_empty() || folder.ends_with('/')))
            .collect();
        // A manifest within the folder of a version is a file of that version.
        let all = folders.clone();
        folders.retain(|folder| !all.iter().any(|above| above != folder && folder.starts_with(above)));
        let mut out = Vec::new();
        for folder in &folders {
            let below = format!("{}/{folder}", name.trim_end_matches('/'));
            let own = path.join(folder.trim_end_matches('/'));
            out.extend(self.findings_below(below.trim_end_matches('/'), &own));
        }
        for (file, kind) in listed.iter().filter(|(file, _)| !folders.iter().any(|folder| file.starts_with(folder))) {
            let name = format!("{}/{file}", name.trim_end_matches('/'));
            out.push(match (kind, system::read_plain(&path.join(file), VERIFIED_FILE)) {
                (Kind::File, Ok(bytes)) => {
                    copied(&name, file, &bytes).unwrap_or_else(|| self.file(&name, &bytes, &Place::Elsewhere))
                }
                (Kind::File, Err(error)) => {
                    Finding::new(Verdict::Unknown, name, say!("cannot be read: {error}", error))
                }
                _ => Finding::new(Verdict::Unknown, name, say!("is a link, or no file")),
            });
        }
        Ok(out)
    }

    /// A folder as what its manifest says that it is.
    fn findings_below(&self, name: &str, path: &Path) -> Vec<Finding> {
        let manifest = system::read_plain(&path.join(FILE), VERIFIED_FILE).ok();
        let manifest: Option<Manifest> = manifest.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(manifest) = manifest else {
            let told = say!("no manifest.json that can be read says which version this is");
            return vec![Finding::new(Verdict::Unknown, name, told)];
        };
        let (id, version) = (&manifest.report.id, &manifest.report.version);
        // A copy of a whole report keeps the names of its folders.
        let called = path.file_name().and_then(|called| called.to_str()).unwrap_or_default();
        if called != version && self.find(id, called).is_some() {
            let told = say!(
                "holds {version}, and is called as version {called} is",
                called,
                version = shown(&format!("{id} {version}"))
            );
            return vec![Finding::new(Verdict::Changed, name, told)];
        }
        match self.find(id, version) {
            Some(found) => self.version(name, path, found),
            None => {
                let told = say!(
                    "says that it is version {version} of {report}, which the ledger does not have",
                    version = shown(version),
                    report = shown(id)
                );
                vec![Finding::new(Verdict::Unknown, name, told)]
            }
        }
    }

    /// Holds a folder against the one that it must be.
    fn version(&self, name: &str, path: &Path, (held, folder): (usize, usize)) -> Vec<Finding> {
        let entry = self.entry(held);
        let known = &self.held[held].folders[folder];
        let title = format!("{} {}", known.report, known.version);
        let one = |verdict: Verdict, told: Said| vec![Finding::new(verdict, name, told).about(entry)];
        let listed = match system::listed_named(path, VERIFIED_FILES) {
            Ok(listed) => listed,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return one(
                    Verdict::Missing,
                    say!("was published and is not there; `belagg build` restores it from its packed inputs"),
                );
            }
            Err(error) => return one(Verdict::Unknown, say!("cannot be read: {error}", error)),
        };
        // Every file of another version is told as that, not file by file.
        if let Some(said) =
            system::read_plain(&path.join(FILE), VERIFIED_FILE).ok().and_then(|bytes| self.known_manifest(&bytes))
            && said != title
        {
            return one(Verdict::Changed, say!("holds {said}, in the place of {title}", said, title));
        }
        let mut out = Vec::new();
        let mut add = |verdict: Verdict, file: &str, told: Said| {
            out.push(Finding::new(verdict, format!("{name}/{file}"), told).about(entry));
        };
        let signed = known.signature.as_ref().map(|signed| (signature::FILE, sha256(signed.as_bytes())));
        let outputs = known.outputs.iter().map(|file| (file.path.as_str(), file.sha256.clone())).chain(signed);
        let outputs: std::collections::BTreeMap<&str, String> = outputs.collect();
        for (file, hash) in &outputs {
            match listed.binary_search_by(|(listed, _)| listed.as_str().cmp(file)).map(|at| listed[at].1) {
                Err(_) => add(Verdict::Missing, file, say!("was published and is not there")),
                Ok(Kind::File) => match system::read_plain(&path.join(file), VERIFIED_FILE) {
                    Ok(bytes) if sha256(&bytes) == *hash => {}
                    Ok(bytes) => add(Verdict::Changed, file, self.instead(&bytes, &title)),
                    Err(error) => add(Verdict::Changed, file, say!("cannot be read: {error}", error)),
                },
                Ok(_) => {
                    add(Verdict::Changed, file, say!("is a link or no file, in the place of a file of {title}", title))
                }
            }
        }
        for (file, _) in listed.iter().filter(|(file, _)| !outputs.contains_key(file.as_str())) {
            add(Verdict::Unknown, file, say!("was not published with {title}", title));
        }
        if !out.is_empty() {
            return out;
        }
        let count = known.outputs.len();
        let told =
            say!("all {count} files are those of {title}, published {date}", count, title, date = entry.head.date);
        vec![self.proven(held, Finding::new(Verdict::Unchanged, name, told))]
    }

    /// What a file is that lies where one of a version must lie.
    fn instead(&self, bytes: &[u8], title: &str) -> Said {
        match self.known(bytes, &Place::Elsewhere) {
            Some((held, known)) => {
                say!("is {described}, and not the file of {title}", title, described = self.described(held, known))
            }
            None => say!("is not the file of {title}", title),
        }
    }

    /// Report and version of a manifest that was published.
    fn known_manifest(&self, bytes: &[u8]) -> Option<String> {
        let (held, known) = self.known(bytes, &Place::Elsewhere)?;
        let What::File(folder, Some(_)) = known.what else { return None };
        let folder = self.held[held].folders.get(folder)?;
        Some(format!("{} {}", folder.report, folder.version))
    }

    /// The error of a signed manifest that was changed: whoever checks it with minisign finds the same.
    #[must_use]
    pub fn unsigned_manifest(&self, finding: &Finding) -> Option<Diagnostic> {
        let folder = finding.path.strip_suffix(FILE)?.trim_end_matches('/');
        let (report, version) = finding.of.as_ref().filter(|_| finding.verdict == Verdict::Changed)?;
        let (held, _) = self.find(report, version)?;
        self.entry(held).head.signature.as_ref()?;
        let told = say!(
            "{folder}: the signature of {report} {version} is wrong: manifest.json is not what was signed",
            folder,
            report,
            version
        );
        Some(Diagnostic::error(Code::SIGNATURE_WRONG, told))
    }

    /// The list of newest versions.
    #[must_use]
    pub fn list(&self, name: &str) -> Finding {
        let told =
            say!("names the newest versions of {count} reports, as their ledgers have them", count = self.listed.len());
        if self.all.iter().any(|(report, _)| !self.trust.is_sound(report)) || !self.trust.problems.is_empty() {
            return Finding::new(Verdict::Changed, name, say!("does not agree with the ledgers, as the errors say"));
        }
        if let Some(doubt) = self.doubt_of_all() {
            return Finding::new(Verdict::Unproven, name, say!("{told}; but {doubt}", told, doubt));
        }
        Finding::new(Verdict::Unchanged, name, Said::list([told, self.trust.list_told()], "; "))
    }
}
