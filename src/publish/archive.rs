//! A copy for the archive: one package with all that a version is, was made of and is recorded as. The same version gives the same bytes.

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::{Language, PartialDate};
use crate::system::System;

use super::ledger::{Entry, Ledger, folder, order, path};
use super::{Artifact, Toolbox, pack, restore, sha256, signature};

/// Packs a published version.
///
/// # Errors
/// Files that are not those of the ledger and cannot be built again, or inputs that are missing or damaged.
pub fn archive(
    system: &dyn System,
    toolbox: &Toolbox,
    ledger: &Ledger,
    entry: &Entry,
) -> Result<Artifact, Box<Diagnostic>> {
    let head = &entry.head;
    let (id, version) = (&head.report, &head.version);
    let failed = |message: String| {
        Box::new(
            Diagnostic::error(Code::RESTORED_DIFFERENT, message)
                .help("`belagg verify` tells which file; take it back from where it is kept"),
        )
    };
    let body = entry.body().ok_or_else(|| failed(format!("the record of {id} {version} cannot be read")))?;
    let language = Language::parse(&head.language).unwrap_or_default();
    let locale = toolbox.locale(language).ok_or_else(|| failed(format!("there are no words in {}", head.language)))?;
    let root = format!("{id}-{version}");
    let place = |key: &str| format!("{root}/{}", locale.label(key));
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();

    let mut published = Vec::new();
    for known in &body.outputs {
        let bytes = system.read(&format!("output/{id}/{version}/{}", known.path)).unwrap_or_default();
        if sha256(&bytes) == known.sha256 {
            published.push((known.path.clone(), bytes));
        }
    }
    if published.len() != body.outputs.len() {
        // What lies there is not what was published: the bytes are built again, or there is no copy.
        let rebuilt = restore::rebuild(system, ledger, entry)?;
        if !rebuilt.different.is_empty() {
            return Err(failed(format!(
                "output/{id}/{version} is not what was published, and cannot be built again to the byte ({})",
                rebuilt.different.join(", ")
            )));
        }
        published = rebuilt.publication.artifacts.into_iter().map(|artifact| (artifact.path, artifact.bytes)).collect();
        published.retain(|(path, _)| path != signature::FILE);
    }
    files.extend(published.into_iter().map(|(path, bytes)| (format!("{}/{path}", place("archive_published")), bytes)));
    if let Some(signed) = &head.signature {
        files.push((format!("{}/{}", place("archive_published"), signature::FILE), signed.clone().into_bytes()));
    }

    let packed = format!("{}/{}", folder(id), head.pack.path);
    let bytes = system.read(&packed).unwrap_or_default();
    if sha256(&bytes) != head.pack.sha256 {
        return Err(failed(format!("`{packed}` is missing or is not what was packed")));
    }
    let inputs = pack::unpack(&bytes).map_err(|error| failed(format!("`{packed}` cannot be unpacked: {error}")))?;
    files.extend(inputs.into_iter().map(|(path, bytes)| (format!("{}/{path}", place("archive_sources")), bytes)));

    for known in ledger.entries.iter().filter(|known| order(&known.head.version) <= order(version)) {
        let bytes = system.read(&path(id, &known.head.version)).unwrap_or_default();
        if sha256(&bytes) != known.sha256 {
            return Err(failed(format!("the record of version {} was changed while it was read", known.head.version)));
        }
        files.push((format!("{}/{}.yaml", place("archive_ledger"), known.head.version), bytes));
    }

    let date = PartialDate::parse(&head.date).map_or_else(|| head.date.clone(), |date| locale.date(&date));
    let tool = format!("Belägg {}", head.tool.version);
    let readme = locale.fill(
        "archive_readme",
        &[
            ("title", &head.title),
            ("version", version),
            ("date", &date),
            ("publisher", &head.publisher),
            ("tool", &tool),
        ],
    );
    files.push((format!("{root}/README.txt"), readme.into_bytes()));
    files.sort();
    let sums: String = files
        .iter()
        .map(|(path, bytes)| format!("{}  {}\n", sha256(bytes), path.strip_prefix(&format!("{root}/")).unwrap_or(path)))
        .collect();
    files.push((place("archive_checksums"), sums.into_bytes()));
    Ok(Artifact { path: format!("archive/{root}.tar"), bytes: pack::tar(&files) })
}
