//! What was asked of a workspace, in a form that outlives the run: whether another run, here or elsewhere, would be answered the same.

use serde::{Deserialize, Serialize};

use super::{Hash, ReadError, Seen, Stamp, System};

/// Questions with their answers. Of what may be long, as a folder's names, there is the hash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    files: Vec<File>,
    folders: Vec<(String, String)>,
    listed: Vec<(String, Option<bool>)>,
    walks: Vec<(String, String)>,
    there: Vec<(String, bool)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    records: Vec<(String, Vec<String>)>,
}

/// A file with the hash of its bytes, or why it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct File(String, String, #[serde(default, skip_serializing_if = "Option::is_none")] Option<Stamp>);

impl Asked {
    /// What was asked; none where the same was answered in two ways. `system` is what it was asked of, and has the stamps from before files were read.
    #[must_use]
    pub fn new(seen: &Seen, system: &dyn System) -> Option<Self> {
        if seen.fleeting {
            return None;
        }
        let file = |(path, hash): (&String, &Result<Hash, ReadError>)| {
            File(path.clone(), content(hash), hash.as_ref().ok().and_then(|_| system.stamp(path)))
        };
        Some(Self {
            files: seen.files.iter().map(file).collect(),
            folders: seen.folders.iter().map(|(folder, names)| (folder.clone(), digest(names))).collect(),
            listed: seen
                .listed
                .iter()
                .map(|(path, entry)| (path.clone(), entry.as_ref().map(|entry| entry.folder)))
                .collect(),
            walks: seen.walks.iter().map(|(folder, files)| (folder.clone(), digest(files))).collect(),
            there: seen.there.iter().map(|(path, there)| (path.clone(), *there)).collect(),
            records: seen.records.iter().map(|(words, records)| (words.clone(), records.clone())).collect(),
        })
    }

    /// Whether a workspace would answer the same. A file that is by its stamp the one that was read is not read again; where another has to be, `renewed`
    /// becomes true and its stamp is the new one.
    #[must_use]
    pub fn holds(&mut self, system: &dyn System, renewed: &mut bool) -> bool {
        let others = self.listed.iter().all(|(path, folder)| system.listed(path).map(|entry| entry.folder) == *folder)
            && self.there.iter().all(|(path, there)| system.exists(path) == *there)
            && self.folders.iter().all(|(folder, names)| digest(&system.list_all(folder)) == *names)
            && self.records.iter().all(|(words, records)| system.records_with(words) == *records)
            && self.walks.iter().all(|(folder, files)| digest(&system.walk(folder)) == *files);
        others
            && self.files.iter_mut().all(|File(path, known, stamp)| {
                let now = system.stamp(path);
                if stamp.is_some() && now == *stamp {
                    return true;
                }
                let same = content(&system.read(path).map(|bytes| bytes.hash())) == *known;
                *renewed |= same && now.is_some();
                *stamp = now;
                same
            })
    }

    /// A hash over all questions and answers: equal where the same was asked and answered, wherever and whenever.
    #[must_use]
    pub fn digest(&self) -> String {
        let files: Vec<(&String, &String)> = self.files.iter().map(|File(path, content, _)| (path, content)).collect();
        digest(&(files, &self.folders, &self.listed, &self.walks, &self.there, &self.records))
    }

    /// The same without the stamps, which mean nothing on another disk.
    #[must_use]
    pub fn without_stamps(&self) -> Self {
        let files = self.files.iter().map(|File(path, content, _)| File(path.clone(), content.clone(), None)).collect();
        Self { files, ..self.clone() }
    }
}

fn content(answer: &Result<Hash, ReadError>) -> String {
    match answer {
        Ok(hash) => hash.to_string(),
        Err(error) => digest(error),
    }
}

fn digest(answer: &impl Serialize) -> String {
    // Plain data of texts and numbers always serialises.
    Hash::digest(serde_json::to_string(answer).unwrap_or_default().as_bytes()).to_string()
}
