//! A copy for the archive: one package with all that a version is, was made of and is recorded as. The same version gives the same bytes.

use crate::diagnostic::{Code, Diagnostic};
use crate::locale::{Language, PartialDate};
use crate::system::System;

use super::ledger::{Entry, Folder, Ledger, order, path};
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
    let unreadable = || failed(format!("the record of {id} {version} cannot be read"));
    let language = Language::parse(&head.language).unwrap_or_default();
    let locale = toolbox.locale(language).ok_or_else(|| failed(format!("there are no words in {}", head.language)))?;
    let root = format!("{id}-{version}");
    let place = |key: &str| format!("{root}/{}", locale.label(key));
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();

    // Parts lie in folders of their own beside the files of the report.
    let below = |document: &str| match document == id {
        true => place("archive_published"),
        false => format!("{}/{document}", place("archive_published")),
    };
    let whole = |folder: &Folder| -> Option<Vec<(String, Vec<u8>)>> {
        let found = folder.outputs.iter().map(|known| {
            let bytes = system.read(&format!("{}/{}", folder.place(), known.path)).ok()?;
            (sha256(&bytes) == known.sha256).then(|| (format!("{}/{}", below(&folder.report), known.path), bytes))
        });
        found.collect()
    };
    let folders = entry.folders().ok_or_else(unreadable)?;
    match folders.iter().map(whole).collect::<Option<Vec<_>>>() {
        Some(found) => files.extend(found.into_iter().flatten()),
        None => {
            // What lies there is not what was published: the bytes are built again, or there is no copy.
            let rebuilt = restore::rebuild(system, ledger, entry)?;
            if !rebuilt.different.is_empty() {
                let places: Vec<String> = folders.iter().filter(|f| whole(f).is_none()).map(Folder::place).collect();
                return Err(failed(format!(
                    "{} is not what was published, and cannot be built again to the byte ({})",
                    places.join(", "),
                    rebuilt.different.join(", ")
                )));
            }
            for made in rebuilt.publications {
                let artifacts = made.artifacts.into_iter().filter(|artifact| artifact.path != signature::FILE);
                let root = below(&made.id);
                files.extend(artifacts.map(|artifact| (format!("{root}/{}", artifact.path), artifact.bytes)));
            }
        }
    }
    if let Some(signed) = &head.signature {
        files.push((format!("{}/{}", place("archive_published"), signature::FILE), signed.clone().into_bytes()));
    }

    let inputs = restore::packed(system, head).map_err(failed)?;
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
