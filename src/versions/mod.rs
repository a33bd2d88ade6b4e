//! What is known of published versions: the ledger of their records and who vouches for it, what a version says, and what is told of the changes from one to the
//! next. Data, and nothing that writes.

pub mod changes;
mod drawing;
pub mod heads;
pub mod internal_record;
pub mod ledger;
pub mod marks;
pub mod reasons;
pub mod record;
mod sealed;
pub mod signature;
pub mod state;
pub mod trust;

use serde::{Deserialize, Serialize};

use crate::system::{Bytes, sha256};

pub use sealed::FormError;

/// The program that made the publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    pub name: String,
    pub version: String,
    /// Hash of all templates and words that were used, the workspace's own and the built-in ones.
    #[serde(default)]
    pub templates: String,
}

impl Tool {
    /// The hash of templates and words, by their paths and bytes.
    #[must_use]
    pub fn hash_of(files: &[(String, Bytes)]) -> String {
        let mut lines: Vec<String> = files.iter().map(|(path, bytes)| format!("{} {path}\n", bytes.hash())).collect();
        lines.sort();
        sha256(lines.concat().as_bytes())
    }
}

/// A file of a publication, or one that it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

impl FileEntry {
    /// A file with its size and hash.
    #[must_use]
    pub fn new(path: &str, bytes: &Bytes) -> Self {
        Self { path: path.to_owned(), bytes: bytes.len() as u64, sha256: bytes.hash().to_string() }
    }
}
