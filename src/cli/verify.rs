//! `belagg verify`: is this what was published?

use std::path::Path;

use serde_json::json;

use crate::diagnostic::{Code, Diagnostic, Sink};
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
    if paths.is_empty() {
        for (ledger, entry) in ledgers.entries() {
            let head = &entry.head;
            let place = format!("output/{}/{}", head.report, head.version);
            if system.exists(&place) {
                let files = system::files_named(&system.root().join(&place)).unwrap_or_default();
                findings.extend(signed(&ledgers, &files, &place, &mut sink, ledgers.version(&place, entry, &files)));
            } else {
                let told = "was published and is not there; `belagg build` restores it from its packed inputs";
                findings.push(Finding { verdict: Verdict::Missing, path: place, told: told.to_owned() });
            }
            if rebuild {
                findings.push(verify::rebuild(system, ledger, entry));
            }
        }
        if findings.is_empty() && !sink.has_errors() {
            out.line("nothing is published here: the ledgers are empty");
            return SUCCESS;
        }
    }
    for path in paths {
        match one(&ledgers, path, &mut sink) {
            Ok(found) => findings.extend(found),
            Err(error) => {
                out.fault(&format!("{} cannot be read: {error}", path.display()));
                return USAGE;
            }
        }
    }
    if rebuild && !paths.is_empty() {
        // The versions that the files are said to be.
        for (ledger, entry) in ledgers.entries() {
            let named = format!("{} {}", entry.head.report, entry.head.version);
            if findings.iter().any(|finding| finding.told.contains(&named)) {
                findings.push(verify::rebuild(system, ledger, entry));
            }
        }
    }
    let good = findings.iter().all(|finding| finding.verdict == Verdict::Unchanged) && !sink.has_errors();
    if out.format() == Format::Json {
        let list: Vec<serde_json::Value> = findings
            .iter()
            .map(|finding| json!({"verdict": finding.verdict.words(), "path": finding.path, "told": finding.told}))
            .chain(
                sink.sorted()
                    .into_iter()
                    .map(|problem| json!({"verdict": "ledger", "path": null, "told": problem.message})),
            )
            .collect();
        out.data(&format!("{:#}", serde_json::Value::Array(list)));
    } else {
        for finding in &findings {
            out.line(&format!("{}: {}: {}", finding.verdict.words(), finding.path, finding.told));
        }
        out.diagnostics(&[(&sink, &SourceMap::default())]);
    }
    if good { SUCCESS } else { CONTENT }
}

/// A file, or a folder with one version or several in it.
fn one(ledgers: &Ledgers, path: &Path, sink: &mut Sink) -> std::io::Result<Vec<Finding>> {
    let name = path.display().to_string();
    let files = match (system::read_named(path), system::files_named(path)) {
        (Ok(bytes), _) => return Ok(ledgers.file(&name, &bytes)),
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
        out.extend(signed(ledgers, &own, place, sink, found));
    }
    Ok(out)
}

/// Adds what the signature says to what was found.
fn signed(
    ledgers: &Ledgers,
    files: &[(String, Vec<u8>)],
    place: &str,
    sink: &mut Sink,
    mut found: Vec<Finding>,
) -> Vec<Finding> {
    let Some((_, manifest)) = files.iter().find(|(path, _)| path == "manifest.json") else { return found };
    let named: Option<serde_json::Value> = serde_json::from_slice(manifest).ok();
    let text =
        |key: &str| named.as_ref().and_then(|named| named["report"][key].as_str()).unwrap_or_default().to_owned();
    let entry =
        ledgers.entries().find(|(_, entry)| entry.head.report == text("id") && entry.head.version == text("version"));
    let Some((_, entry)) = entry else { return found };
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
