//! A copy for the archive: one package with all that a version is, was made of and is recorded as. The same version gives the same bytes,
//! so that a package is verified by making it again.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::locale::{Language, Locale};
use crate::pipeline::Artifact;
use crate::system::{Bytes, System, sha256};
use crate::value::{PartialDate, Rounding};
use crate::versions::ledger::{Entry, Folder, Ledger, order, path};
use crate::versions::{FileEntry, internal_record, signature};

use super::{pack, restore};

/// Who a package is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever may see all that the version was made of.
    Internal,
    /// Everybody: what was published, and the records that keep silent about what was not.
    Public,
}

/// What a package that everybody may have is called beside the other.
const PUBLIC: &str = "-public";

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Within the package.
    pub path: String,
    pub sha256: String,
    /// What it holds, where that follows from the records; the others lie in `output/` or are packed.
    pub bytes: Option<Bytes>,
}

/// The words of a version, as they were packed with it.
#[must_use]
pub fn words(language: &str, packed: impl Fn(&str) -> Option<Bytes>) -> Option<Locale> {
    let language = Language::find(language)?;
    let json = packed(&language.labels_path())?;
    Locale::new(language, Rounding::HalfAwayFromZero, std::str::from_utf8(&json).ok()?).ok()
}

/// The name of the folder that a package consists of.
#[must_use]
pub fn root(entry: &Entry, copy: Audience) -> String {
    let ending = if copy == Audience::Public { PUBLIC } else { "" };
    format!("{}-{}{ending}", entry.head.report, entry.head.version)
}

/// The records of a package: of those up to its version, all, or in a public one as many as may be public in a row.
#[must_use]
pub fn records(copy: Audience, mut all: Vec<Entry>) -> Vec<Entry> {
    if copy == Audience::Public {
        let silent = all.iter().rposition(|entry| !entry.is_protected()).map_or(0, |at| at + 1);
        all.drain(..silent);
    }
    all
}

/// What of the inputs of a version is in its package; none where nothing here tells.
#[must_use]
pub fn sources(entry: &Entry, copy: Audience) -> Option<Vec<FileEntry>> {
    match copy {
        Audience::Internal => entry.inputs(),
        Audience::Public => entry.body().map(|body| body.inputs),
    }
}

/// Every file of the package of a version, in order; `records` are those that belong into it. None where its record cannot be read, or
/// nothing here tells what the version was made of.
#[must_use]
pub fn members(entry: &Entry, records: &[Entry], locale: &Locale, copy: Audience) -> Option<Vec<Member>> {
    let head = &entry.head;
    let root = root(entry, copy);
    let place = |key: &str| format!("{root}/{}", locale.label(key));
    // Parts lie in folders of their own beside the files of the report.
    let below = |document: &str| match document == head.report {
        true => place("archive_published"),
        false => format!("{}/{document}", place("archive_published")),
    };
    let named = |folder: &str, known: &FileEntry| Member {
        path: format!("{folder}/{}", known.path),
        sha256: known.sha256.clone(),
        bytes: None,
    };
    let given = |path: String, bytes: Bytes| Member { path, sha256: sha256(&bytes), bytes: Some(bytes) };
    let mut out = Vec::new();
    for folder in entry.folders()? {
        out.extend(folder.outputs.iter().map(|known| named(&below(&folder.report), known)));
    }
    if let Some(signed) = &head.signature {
        out.push(given(format!("{}/{}", place("archive_published"), signature::FILE), signed.as_str().into()));
    }
    out.extend(sources(entry, copy)?.iter().map(|known| named(&place("archive_sources"), known)));
    for record in records {
        let version = &record.head.version;
        out.push(given(format!("{}/{version}.yaml", place("archive_ledger")), record.text().into()));
        if let (Audience::Internal, Some(internal)) = (copy, &record.internal) {
            let path = format!("{}/{}", place("archive_ledger"), internal_record::name(version));
            out.push(given(path, internal.text().into()));
        }
    }
    let date = PartialDate::parse(&head.date).map_or_else(|| head.date.clone(), |date| locale.date(&date));
    let tool = format!("Belägg {}", head.tool.version);
    let values = [
        ("title", head.title.as_str()),
        ("version", &head.version),
        ("date", &date),
        ("publisher", &head.publisher),
        ("tool", &tool),
    ];
    let readme =
        locale.fill(if copy == Audience::Public { "archive_readme_public" } else { "archive_readme" }, &values);
    let warning = (copy == Audience::Internal && entry.is_protected()).then(|| locale.label("archive_internal"));
    out.push(given(format!("{root}/README.txt"), format!("{readme}{}", warning.unwrap_or_default()).into()));
    out.sort_by(|a, b| a.path.cmp(&b.path));
    let sum = |member: &Member| {
        format!("{}  {}\n", member.sha256, member.path.strip_prefix(&format!("{root}/")).unwrap_or(&member.path))
    };
    let sums: String = out.iter().map(sum).collect();
    out.push(given(place("archive_checksums"), sums.into()));
    Some(out)
}

/// Packs a published version.
///
/// # Errors
/// Files that are not those of the ledger and cannot be built again, or inputs that are missing or damaged.
pub fn archive(
    system: &dyn System,
    ledger: &Ledger,
    entry: &Entry,
    copy: Audience,
) -> Result<Artifact, Box<Diagnostic>> {
    let head = &entry.head;
    let (id, version) = (&head.report, &head.version);
    let failed = |message: Said| {
        Box::new(
            Diagnostic::error(Code::RESTORED_DIFFERENT, message)
                .help(say!("`belagg verify` tells which file; take it back from where it is kept")),
        )
    };
    let unreadable = || failed(say!("the record of {id} {version} cannot be read", id, version));
    let inputs = restore::packed(system, entry).map_err(failed)?;
    let packed = |path: &str| inputs.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.clone());
    let locale = words(&head.language, packed).ok_or_else(|| {
        failed(say!("there are no words in {language} among the packed inputs", language = head.language))
    })?;
    let records: Vec<Entry> =
        ledger.entries.iter().filter(|known| order(&known.head.version) <= order(version)).cloned().collect();
    let records = self::records(copy, records);
    for known in &records {
        let bytes = system.read(&path(id, &known.head.version)).unwrap_or_default();
        if sha256(&bytes) != known.sha256 {
            return Err(failed(say!(
                "the record of version {version} was changed while it was read",
                version = known.head.version
            )));
        }
    }
    let members = members(entry, &records, &locale, copy).ok_or_else(unreadable)?;
    let folders = entry.folders().ok_or_else(unreadable)?;
    let published = published(system, ledger, entry, &folders)?;
    let known: BTreeMap<String, &Bytes> =
        published.iter().chain(&inputs).map(|(_, bytes)| (sha256(bytes), bytes)).collect();
    let mut files = Vec::new();
    for member in members {
        let bytes =
            member.bytes.or_else(|| known.get(&member.sha256).map(|bytes| (*bytes).clone())).ok_or_else(|| {
                failed(say!(
                    "{path} of {id} {version} is not what its record names, and cannot be had",
                    id,
                    version,
                    path = member.path
                ))
            })?;
        files.push((member.path, bytes));
    }
    Ok(Artifact { path: format!("archive/{}.tar", root(entry, copy)), bytes: pack::tar(&files).into() })
}

/// The files of a version by their paths in its folders: those that lie in `output/`, or built again where they are not what was published.
fn published(
    system: &dyn System,
    ledger: &Ledger,
    entry: &Entry,
    folders: &[Folder],
) -> Result<Vec<(String, Bytes)>, Box<Diagnostic>> {
    let whole = |folder: &Folder| -> Option<Vec<(String, Bytes)>> {
        let found = folder.outputs.iter().map(|known| {
            let bytes = system.read(&format!("{}/{}", folder.place(), known.path)).ok()?;
            (sha256(&bytes) == known.sha256).then(|| (known.path.clone(), bytes))
        });
        found.collect()
    };
    if let Some(found) = folders.iter().map(whole).collect::<Option<Vec<_>>>() {
        return Ok(found.into_iter().flatten().collect());
    }
    // What lies there is not what was published: the bytes are built again, or there is no copy.
    let rebuilt = restore::rebuild(system, ledger, entry)?;
    if !rebuilt.different.is_empty() {
        let places: Vec<String> = folders.iter().filter(|f| whole(f).is_none()).map(Folder::place).collect();
        return Err(Box::new(
            Diagnostic::error(
                Code::RESTORED_DIFFERENT,
                say!(
                    "{places} is not what was published, and cannot be built again to the byte ({different})",
                    places = places.join(", "),
                    different = rebuilt.different.join(", ")
                ),
            )
            .help(say!("`belagg verify` tells which file; take it back from where it is kept")),
        ));
    }
    let made = rebuilt.publications.into_iter().flat_map(|made| made.artifacts);
    Ok(made.map(|artifact| (artifact.path, artifact.bytes)).collect())
}
