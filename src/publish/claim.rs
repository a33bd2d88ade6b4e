//! Which version a file says that it is, read from the file itself: by its content, never by its name.

use crate::render::pdf;

use super::manifest::{FILE, Manifest};
use super::pack;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// "the record of", or nothing.
    pub what: String,
    pub report: String,
    pub version: String,
}

/// The report and version that a file says it is; `titled` are the versions that a PDF without more is told by.
#[must_use]
pub fn of(bytes: &[u8], titled: &[Claim]) -> Option<Claim> {
    let claim = |what: &str, report: &str, version: &str| Claim {
        what: what.to_owned(),
        report: report.to_owned(),
        version: version.to_owned(),
    };
    if bytes.starts_with(b"%PDF") {
        let read = pdf::carried(bytes)?;
        if let Some((report, version)) = &read.of {
            return Some(claim("", report, version));
        }
        if let Some(manifest) = own_manifest(&read) {
            return Some(claim("", &manifest.report.id, &manifest.report.version));
        }
        // A title that several versions bear tells none of them.
        let mut same = titled.iter().filter(|known| !known.what.is_empty() && read.title.ends_with(&known.what));
        return match (same.next(), same.next()) {
            (Some(only), None) => Some(claim("", &only.report, &only.version)),
            _ => None,
        };
    }
    if let Some(files) = package(bytes) {
        let record = files.iter().rev().find_map(|(_, bytes)| record(bytes))?;
        return Some(claim("a package of", &record.0, &record.1));
    }
    if let Some((report, version)) = record(bytes) {
        return Some(claim("the record of", &report, &version));
    }
    if let Ok(manifest) = serde_json::from_slice::<Manifest>(bytes) {
        return Some(claim("the manifest of", &manifest.report.id, &manifest.report.version));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, after) = text.split_once("<meta name=\"belagg-version\" content=\"")?;
    let (named, _) = after.split_once('"')?;
    named.split_once('/').map(|(report, version)| claim("", report, version))
}

/// The manifest that a PDF carries.
#[must_use]
pub fn manifest_of(bytes: &[u8]) -> Option<Manifest> {
    own_manifest(&pdf::carried(bytes)?)
}

fn own_manifest(read: &pdf::Carried) -> Option<Manifest> {
    let (_, bytes) = read.files.iter().find(|(name, _)| name == FILE)?;
    serde_json::from_slice(bytes).ok()
}

/// The files of an archive package, the records in the order of their versions; none where it is none.
#[must_use]
pub fn package(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    // What a tar archive has at this place.
    if bytes.get(257..262) != Some(b"ustar") {
        return None;
    }
    let mut files = pack::untar(bytes).ok()?;
    let order = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.strip_suffix(".yaml").map(super::ledger::order)
    };
    files.sort_by_key(|(path, _)| order(path));
    Some(files)
}

/// Report and version of a record, also of one that was edited.
fn record(bytes: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.starts_with("# Ledger of published versions"))?;
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key))?;
        Some(line.trim().trim_matches('"').to_owned())
    };
    Some((value("report:")?, value("version:")?))
}
