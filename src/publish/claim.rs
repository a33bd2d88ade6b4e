//! Which version a file says that it is, read from the file itself: by its content, never by its name.

use crate::pipeline::manifest::{FILE, Manifest};
use crate::render::pdf;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// "the record of", or nothing.
    pub what: String,
    pub report: String,
    pub version: String,
}

/// The report and version that a file says it is, if it says what can be one: anyone can write anything there, also what would read as a
/// verdict. `titled` are the versions that a PDF without more is told by.
#[must_use]
pub fn find(bytes: &[u8], titled: &[Claim]) -> Option<Claim> {
    read(bytes, titled).filter(|claim| {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        (1..=100).contains(&claim.report.chars().count())
            && claim.report.chars().all(plain)
            && (1..=14).contains(&claim.version.len())
            && claim.version.chars().all(digits)
    })
}

fn read(bytes: &[u8], titled: &[Claim]) -> Option<Claim> {
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

/// Whether a file is a package: a tar archive says so at this place.
#[must_use]
pub fn is_package(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
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
