//! The newest version of every report with the hash of its record, in one file: the chains of the ledgers tell what came before a version,
//! and this file what their ends are, so that a newest version, or a whole ledger, that is taken away leaves a trace.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::system::{ReadError, System};

use super::ledger::{Entry, Ledger};
use super::sealed::{self, FormError};
use super::signature::Signer;

/// Where it lies in the workspace.
pub const PATH: &str = "content/ledger.yaml";

const SCHEMA: u32 = 1;
const TITLE: &str =
    "# The newest version of every report. Written by `belagg publish` with each version; it is never edited.\n";
/// What is signed beside the text.
const COMMENT: &str = "newest versions";

/// The newest version of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newest {
    pub report: String,
    pub version: String,
    /// Hash of its whole record.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Listed {
    schema: u32,
    reports: Vec<Newest>,
}

/// The file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    pub reports: Vec<Newest>,
    text: String,
}

impl Newest {
    /// What is said of it where the report is not there.
    #[must_use]
    pub fn without_report(&self) -> Said {
        say!(
            "version {version} of {report} was published, and the report is not there",
            version = self.version.as_str(),
            report = self.report.as_str()
        )
    }
}

impl Heads {
    /// What it says of a report.
    #[must_use]
    pub fn newest(&self, report: &str) -> Option<&Newest> {
        // They stand in their order, or the file would have been refused.
        let at = self.reports.binary_search_by(|newest| newest.report.as_str().cmp(report));
        at.ok().and_then(|at| self.reports.get(at))
    }

    /// What it says of reports that are none of these.
    pub fn beyond<'a>(&'a self, known: &'a BTreeSet<&str>) -> impl Iterator<Item = &'a Newest> {
        self.reports.iter().filter(|newest| !known.contains(newest.report.as_str()))
    }

    #[must_use]
    pub fn is_signed(&self) -> bool {
        sealed::is_signed(&self.text)
    }

    /// The one of these keys that it was signed with.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub fn signed_by(&self, keys: &[String]) -> Result<String, Said> {
        sealed::signed_by(&self.text, COMMENT, keys)
    }
}

/// Reads the file; none where there is none.
///
/// # Errors
/// The error of a file that cannot be read, or was edited.
pub fn read(system: &dyn System) -> Result<Option<Heads>, Box<Diagnostic>> {
    read_at(system, PATH)
}

/// As [`read`], where it lies until it is moved into its place.
///
/// # Errors
/// See [`read`].
pub fn read_at(system: &dyn System, path: &str) -> Result<Option<Heads>, Box<Diagnostic>> {
    let wrong = |why: Said| {
        Box::new(
            Diagnostic::error(Code::HEAD_DIFFERS, say!("`{path}` {why}", path, why)).help(
                say!("take it back from version control, together with the ledgers. Where two branches were merged: remove the file, and \
                 `belagg publish <report>` of any published report makes it anew from the ledgers as they are"),
            ),
        )
    };
    let bytes = match system.read(path) {
        Ok(bytes) => bytes,
        Err(ReadError::Missing) => return Ok(None),
        Err(error) => return Err(wrong(say!("cannot be read: {error}", error))),
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| wrong(say!("is not text")))?.to_owned();
    parsed(&text).map(Some).map_err(|error| {
        wrong(match error {
            FormError::Edited => {
                say!("was changed after it was written: its last line is not the hash of the lines above")
            }
            FormError::Foreign(reason) | FormError::Form(reason) => {
                say!("is not what `belagg publish` wrote: {reason}", reason)
            }
        })
    })
}

fn parsed(text: &str) -> Result<Heads, FormError> {
    let opened = sealed::open(text)?;
    let content = opened.content.strip_prefix(TITLE);
    let content = content.ok_or_else(|| FormError::Foreign(say!("it begins in another way")))?;
    let listed: Listed = sealed::read(content)?;
    if listed.schema != SCHEMA {
        return Err(FormError::Form(say!("it is of schema {schema}", schema = listed.schema)));
    }
    if !listed.reports.windows(2).all(|pair| matches!(pair, [a, b] if a.report < b.report)) {
        return Err(FormError::Foreign(say!("its reports are not in their order, or one is named twice")));
    }
    Ok(Heads { reports: listed.reports, text: text.to_owned() })
}

/// The newest versions of ledgers.
#[must_use]
pub fn newest_of(ledgers: &[(String, Ledger)]) -> Vec<Newest> {
    ledgers.iter().filter_map(|(_, ledger)| ledger.newest().map(newest)).collect()
}

fn newest(entry: &Entry) -> Newest {
    Newest { report: entry.head.report.clone(), version: entry.head.version.clone(), sha256: entry.sha256.clone() }
}

/// The list with another newest version of one report.
#[must_use]
pub fn with(reports: &[Newest], newest: Newest) -> Vec<Newest> {
    let others = reports.iter().filter(|known| known.report != newest.report).cloned();
    others.chain([newest.clone()]).collect()
}

/// The text of the file, signed where there is a key.
///
/// # Errors
/// What signing said.
pub fn write(mut reports: Vec<Newest>, signer: Option<&Signer>) -> Result<String, Said> {
    reports.sort_by(|a, b| a.report.cmp(&b.report));
    let content = format!("{TITLE}{}", sealed::yaml(&Listed { schema: SCHEMA, reports }));
    sealed::close(&content, signer.map(|signer| (signer, COMMENT)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::MemorySystem;

    fn reports() -> Vec<Newest> {
        let newest = |report: &str| Newest { report: report.into(), version: "1.0".into(), sha256: "abc".into() };
        vec![newest("liten"), newest("brev")]
    }

    fn found(text: &str) -> Result<Option<Heads>, Box<Diagnostic>> {
        read(&MemorySystem::new([(PATH, text)]))
    }

    #[test]
    fn the_list_is_read_as_it_was_written() {
        let text = write(reports(), None).unwrap();
        let heads = found(&text).unwrap().unwrap();
        assert_eq!(heads.newest("liten").unwrap().version, "1.0");
        assert!(!heads.is_signed() && heads.signed_by(&[]).is_err());
        assert_eq!(read(&MemorySystem::default()), Ok(None));
        assert!(found(&text.replace("1.0", "1.1")).is_err());
        let (above, _) = text.rsplit_once("# sha256").unwrap();
        for (old, new) in [("schema: 1", "schema: 2"), ("\"liten\"", "\"brev\""), ("reports:", "more: 1\nreports:")] {
            let forged = sealed::close(&above.replacen(old, new, 1), None).unwrap();
            assert!(found(&forged).is_err(), "{new}");
        }
    }

    #[test]
    fn its_signature_is_of_all_its_bytes() {
        let (secret, public) = crate::versions::signature::new_pair().unwrap();
        let signer = Signer::read(&secret).unwrap();
        let text = write(reports(), Some(&signer)).unwrap();
        let keys = [public.clone()];
        assert_eq!(found(&text).unwrap().unwrap().signed_by(&keys), Ok(public));
        let (above, _) = text.rsplit_once("# sha256").unwrap();
        let forged = sealed::close(&above.replace("1.0", "1.1"), None).unwrap();
        assert!(found(&forged).unwrap().unwrap().signed_by(&keys).is_err());
    }
}
