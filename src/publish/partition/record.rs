//! `part.json`: which part it is, by which program and of which inputs it was made, and every file of it with its hash.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::system::{Asked, ReadError, System, is_plain_name};
use crate::versions::FileEntry;

use super::split::{FILE, Partition};

/// Version of the record's form.
const SCHEMA: u32 = 1;

/// What a part says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub schema: u32,
    /// Which of how many; none where its reports were named.
    pub partition: Option<Partition>,
    pub program: Program,
    /// Everything that was to be built, reports and what is made from them, in the order of the workspace. What is published and stays as it is has
    /// no folder.
    pub documents: Vec<String>,
    /// The versions that lie in it, sorted.
    pub folders: Vec<Folder>,
    pub inputs: Asked,
}

/// The program by its version and the hash of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub version: String,
    pub sha256: String,
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    pub document: String,
    pub version: String,
    /// Its files by their paths in it.
    pub files: Vec<FileEntry>,
}

impl Folder {
    #[must_use]
    pub fn place(&self) -> String {
        format!("output/{}/{}", self.document, self.version)
    }
}

/// Why there is no record to go by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    Missing,
    Damaged(String),
}

impl Record {
    #[must_use]
    pub fn new(partition: Option<Partition>, program: Program, documents: Vec<String>, inputs: Asked) -> Self {
        Self { schema: SCHEMA, partition, program, documents, folders: Vec::new(), inputs }
    }

    /// The record of a part.
    ///
    /// # Errors
    /// That there is none, or none that can be read.
    pub fn read(part: &dyn System) -> Result<Self, Unread> {
        let bytes = part.read(FILE).map_err(|error| match error {
            ReadError::Missing => Unread::Missing,
            error => Unread::Damaged(error.to_string()),
        })?;
        let record: Self = serde_json::from_slice(&bytes).map_err(|error| Unread::Damaged(error.to_string()))?;
        if record.schema != SCHEMA {
            return Err(Unread::Damaged(format!("schema {}", record.schema)));
        }
        if let Some(partition) = record.partition.filter(|partition| !partition.is_sound()) {
            return Err(Unread::Damaged(format!("{partition}")));
        }
        // Names become paths.
        let is_path = |path: &str| path.split('/').all(is_plain_name);
        let strange = record.folders.iter().find_map(|folder| {
            let own = [&folder.document, &folder.version].into_iter().find(|name| !is_plain_name(name));
            own.or_else(|| folder.files.iter().map(|file| &file.path).find(|path| !is_path(path)))
        });
        match strange {
            Some(path) => Err(Unread::Damaged(format!("`{path}`"))),
            None => Ok(record),
        }
    }

    /// Puts down what lies in a part.
    ///
    /// # Errors
    /// What could not be read, and why.
    pub fn take_in(&mut self, part: &dyn System) -> Result<(), (String, ReadError)> {
        let mut folders: BTreeMap<(String, String), Vec<FileEntry>> = BTreeMap::new();
        for path in part.walk("output")? {
            let mut names = path.splitn(3, '/');
            let (Some(document), Some(version), Some(file)) = (names.next(), names.next(), names.next()) else {
                continue;
            };
            let place = format!("output/{path}");
            let bytes = part.read(&place).map_err(|error| (place, error))?;
            folders.entry((document.to_owned(), version.to_owned())).or_default().push(FileEntry::new(file, &bytes));
        }
        self.folders =
            folders.into_iter().map(|((document, version), files)| Folder { document, version, files }).collect();
        Ok(())
    }

    /// The files of a part that are not what it was made with.
    #[must_use]
    pub fn damaged(&self, part: &dyn System) -> Vec<String> {
        let mut out = Vec::new();
        for folder in &self.folders {
            for file in &folder.files {
                let path = format!("{}/{}", folder.place(), file.path);
                if !part.read(&path).is_ok_and(|bytes| bytes.hash().to_string() == file.sha256) {
                    out.push(path);
                }
            }
        }
        out
    }

    /// The text of the file.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain data of strings and numbers always serialises.
        serde_json::to_string_pretty(self).map(|text| text + "\n").unwrap_or_default()
    }
}
