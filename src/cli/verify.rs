//! `belagg verify`: is this what was published?

use std::path::Path;

use serde_json::json;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::publish::ledger::{self, Entry, Folder};
use crate::publish::verify::{self, Finding, Ledgers, Verdict};
use crate::source::SourceMap;
use crate::system::{self, OsSystem, System};

use super::output::{Format, Output};
use super::{CONTENT, SUCCESS, USAGE};

/// Verifies files and folders, or every published version of the workspace. With `rebuild` each version is built again as well.
pub fn run(system: &OsSystem, paths: &[std::path::PathBuf], rebuild: bool, out: &Output) -> u8 {
    let mut sink = Sink::default();
    let ledgers = Ledgers::read(system, &mut sink);
    let mut findings = Vec::new();
    let mut unread = false;
    if paths.is_empty() {
        for (ledger, entry) in ledgers.entries() {
            let Some(folders) = entry.folders() else {
                let told = "its record cannot be read";
                findings.push(Finding::new(
                    Verdict::Unknown,
                    ledger::path(&entry.head.report, &entry.head.version),
                    told,
                ));
                continue;
            };
            for folder in &folders {
                let place = folder.place();
                if system.exists(&place) {
                    let files = system::files_named(&system.root().join(&place)).unwrap_or_default();
                    let found = ledgers.version(&place, entry, folder, &files);
                    findings.extend(signed(&ledgers, (entry, folder), &files, &place, &mut sink, found));
                } else {
                    let told = "was published and is not there; `belagg build` restores it from its packed inputs";
                    findings.push(Finding::new(Verdict::Missing, place, told));
                }
            }
            findings.extend(ledgers.pack(system, entry));
            if rebuild {
                findings.push(verify::rebuild(system, ledger, entry));
            }
        }
        findings.extend(ledgers.strangers(system));
        if findings.is_empty() && !sink.has_errors() {
            out.line("nothing is published here: the ledgers are empty");
            return SUCCESS;
        }
    }
    for path in paths {
        match one(&ledgers, path, &mut sink) {
            Ok(found) => findings.extend(found),
            Err(error) => {
                unread = true;
                out.fault(&format!("{} cannot be read: {error}", path.display()));
            }
        }
    }
    if rebuild && !paths.is_empty() {
        // The versions that the files are said to be.
        for (ledger, entry) in ledgers.entries() {
            let own = Some((entry.head.report.clone(), entry.head.version.clone()));
            if findings.iter().any(|finding| finding.of == own) {
                findings.push(verify::rebuild(system, ledger, entry));
            }
        }
    }
    let good = findings.iter().all(|finding| finding.verdict == Verdict::Unchanged)
        && !sink.has_errors()
        && !ledgers.workspace.0.has_errors();
    if out.format() == Format::Json {
        let list: Vec<serde_json::Value> = findings
            .iter()
            .map(|finding| json!({"verdict": finding.verdict.words(), "path": finding.path, "told": finding.told}))
            .chain(
                (sink.sorted().into_iter())
                    .chain(ledgers.workspace.0.sorted())
                    .map(|problem| json!({"verdict": "ledger", "path": null, "told": problem.message})),
            )
            .collect();
        out.data(&format!("{:#}", serde_json::Value::Array(list)));
    } else {
        for finding in &findings {
            out.line(&format!("{}: {}: {}", finding.verdict.words(), finding.path, finding.told));
        }
        let (workspace, sources) = &ledgers.workspace;
        out.diagnostics(&[(workspace, sources), (&sink, &SourceMap::default())]);
    }
    match (unread, good) {
        (true, _) => USAGE,
        (false, true) => SUCCESS,
        (false, false) => CONTENT,
    }
}

/// A file, or a folder with one version or several in it.
fn one(ledgers: &Ledgers, path: &Path, sink: &mut Sink) -> std::io::Result<Vec<Finding>> {
    let name = path.display().to_string();
    let files = match (system::read_named(path), system::files_named(path)) {
        (Ok(bytes), _) => return Ok(vec![ledgers.file(&name, &bytes)]),
        (Err(_), Ok(files)) => files,
        (Err(error), Err(_)) => return Err(error),
    };
    let mut folders: Vec<&str> = files
        .iter()
        .filter_map(|(file, _)| file.strip_suffix("manifest.json").map(|folder| folder.trim_end_matches('/')))
        .collect();
    if folders.is_empty() {
        folders.push("");
    }
    let mut out = Vec::new();
    for folder in folders {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let own: Vec<(String, Vec<u8>)> = files
            .iter()
            .filter_map(|(file, bytes)| Some((file.strip_prefix(&prefix)?.to_owned(), bytes.clone())))
            .collect();
        let place = format!("{}/{folder}", name.trim_end_matches('/'));
        let place = place.trim_end_matches('/');
        let found = ledgers.folder(place, &own);
        let of = ledgers.entries().find_map(|(_, entry)| {
            let named = found.iter().find_map(|finding| finding.of.as_ref())?;
            let folder = entry.folders()?.into_iter().next()?;
            (named.0 == entry.head.report && named.1 == entry.head.version).then_some((entry, folder))
        });
        match of {
            Some((entry, folder)) => out.extend(signed(ledgers, (entry, &folder), &own, place, sink, found)),
            None => out.extend(found),
        }
    }
    Ok(out)
}

/// Adds what the signature says to what was found.
fn signed(
    ledgers: &Ledgers,
    (entry, folder): (&Entry, &Folder),
    files: &[(String, Vec<u8>)],
    place: &str,
    sink: &mut Sink,
    mut found: Vec<Finding>,
) -> Vec<Finding> {
    let Some((_, manifest)) = files.iter().find(|(path, _)| path == "manifest.json") else { return found };
    // Parts are signed with their report: its record holds their hashes.
    let own = serde_json::from_slice::<serde_json::Value>(manifest).ok();
    let is_report = own.is_none_or(|own| own["report"]["id"].as_str() == Some(entry.head.report.as_str()));
    if !is_report || folder.report != entry.head.report {
        return found;
    }
    match ledgers.signature(entry, manifest) {
        Ok(None) => {}
        Ok(Some(told)) => {
            if let Some(first) = found.iter_mut().find(|finding| finding.verdict == Verdict::Unchanged) {
                first.told.push_str(&format!("; {told}"));
            }
        }
        Err(reason) => sink.push(Diagnostic::error(Code::SIGNATURE_WRONG, format!("{place}: {reason}"))),
    }
    found
}
