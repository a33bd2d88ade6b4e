//! What the record of a version may not tell where a disclosure policy stands: hashes and sizes of what holds its data. Who has the hash of a
//! file and knows all of it but a few small numbers tries them out until the hash fits, so these stay in a record of their own, which is
//! kept with the data and is never published. It names the record that it belongs to and not the other way round: the public one is the
//! same whatever the hidden numbers are.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Said, say};
use crate::model::Project;
use crate::system::sha256;

use super::FileEntry;
use super::record::Link;
use super::sealed::{self, FormError};
use super::signature::{self, Signer};

/// The folder beside the records that never leaves the house.
pub const FOLDER: &str = "internal";

const SCHEMA: u32 = 1;
const TITLE: &str = "# Internal record of a published version: what it was made of. Written by `belagg publish`; it is never edited, and never published.\n";

/// What it states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    pub schema: u32,
    pub report: String,
    pub version: String,
    /// Hash of the record of the version.
    pub record: String,
    /// The internal record before this one, where there is one.
    pub previous: Option<Link>,
    /// By its path in the ledger's folder.
    pub pack: FileEntry,
    pub inputs: Vec<FileEntry>,
}

/// An internal record as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternalRecord {
    pub stated: Stated,
    pub sha256: String,
    text: String,
}

impl InternalRecord {
    /// Reads what [`write`] wrote.
    ///
    /// # Errors
    /// See [`FormError`].
    pub fn of_text(text: String) -> Result<Self, FormError> {
        let opened = sealed::open(&text)?;
        let content = opened.content.strip_prefix(TITLE);
        let content = content.ok_or_else(|| FormError::Foreign(say!("it begins in another way")))?;
        let stated: Stated = sealed::read(content)?;
        if stated.schema != SCHEMA {
            return Err(FormError::Form(say!("it is of schema {schema}", schema = stated.schema)));
        }
        Ok(Self { stated, sha256: sha256(text.as_bytes()), text })
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
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
        sealed::signed_by(&self.text, &comment(&self.stated), keys)
    }
}

/// Its path in the ledger's folder.
#[must_use]
pub fn name(version: &str) -> String {
    format!("{FOLDER}/{version}.yaml")
}

/// The path of packed inputs in the ledger's folder, where they stay inside.
#[must_use]
pub fn pack_name(version: &str) -> String {
    format!("{FOLDER}/{version}.tar.gz")
}

/// The text of the internal record of a version.
///
/// # Errors
/// What signing said.
pub fn write(
    (report, version): (&str, &str),
    record: &str,
    previous: Option<&InternalRecord>,
    pack: FileEntry,
    inputs: Vec<FileEntry>,
    signer: Option<&Signer>,
) -> Result<String, Said> {
    let link = |before: &InternalRecord| Link { version: before.stated.version.clone(), sha256: before.sha256.clone() };
    let stated = Stated {
        schema: SCHEMA,
        report: report.to_owned(),
        version: version.to_owned(),
        record: sha256(record.as_bytes()),
        previous: previous.map(link),
        pack,
        inputs,
    };
    let comment = comment(&stated);
    let content = format!("{TITLE}{}", sealed::yaml(&stated));
    sealed::close(&content, signer.map(|signer| (signer, comment.as_str())))
}

fn comment(stated: &Stated) -> String {
    signature::comment(&stated.report, &stated.version, "internal record")
}

/// Whether a file that a version was made of holds none of its data: templates and words.
#[must_use]
pub fn is_without_data(path: &str) -> bool {
    path.starts_with("templates/")
}

/// The inputs of a report that everybody may know the hashes of: all of them, or those without data.
#[must_use]
pub fn public_inputs(project: &Project, mut inputs: Vec<FileEntry>) -> Vec<FileEntry> {
    if project.is_protected() {
        inputs.retain(|file| is_without_data(&file.path));
    }
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written_and_signed_as_a_whole() {
        let (secret, public) = signature::new_pair().unwrap();
        let signer = Signer::read(&secret).unwrap();
        let file = |path: &str| FileEntry { path: path.into(), bytes: 3, sha256: "abc".into() };
        let of = ("liten", "1.1");
        let made = |previous: Option<&InternalRecord>, signer: Option<&Signer>| {
            let inputs = vec![file("content/liten/report.yaml"), file("templates/locales/sv.json")];
            write(of, "the record", previous, file(&pack_name("1.1")), inputs, signer).unwrap()
        };
        let first = InternalRecord::of_text(made(None, None)).unwrap();
        assert_eq!(first.stated.record, sha256(b"the record"));
        assert!(first.signed_by(std::slice::from_ref(&public)).is_err());
        let second = InternalRecord::of_text(made(Some(&first), Some(&signer))).unwrap();
        assert_eq!(second.stated.previous.as_ref().map(|link| &link.sha256), Some(&first.sha256));
        assert_eq!(second.signed_by(std::slice::from_ref(&public)), Ok(public.clone()));
        let (above, _) = second.text().rsplit_once("# sha256").unwrap();
        let forged = sealed::close(&above.replace("\"abc\"", "\"abd\""), None).unwrap();
        assert!(InternalRecord::of_text(forged).unwrap().signed_by(&[public]).is_err());
        for (old, new) in [("schema: 1", "schema: 2"), ("# Internal", "# internal"), ("inputs:", "more: 1\ninputs:")] {
            let (above, _) = first.text().rsplit_once("# sha256").unwrap();
            assert!(
                InternalRecord::of_text(sealed::close(&above.replacen(old, new, 1), None).unwrap()).is_err(),
                "{new}"
            );
        }
        assert!(InternalRecord::of_text(first.text().replace("\"abc\"", "\"abd\"")).is_err());
    }
}
