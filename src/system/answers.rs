//! What was asked of a workspace, as it can be written down and held against another one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Entry, ReadError, System, sha256, stays_inside};

/// The newest versions of all reports, which each publication writes.
const PUBLISHED: &str = "content/ledger.yaml";

/// Questions that were put to a workspace, each with its answer as a hash. What lies in `output/` and what is packed for the archive is left out, and
/// so is the list of folders in `content/`: which reports there are is told by the list of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Files that were read, with their hashes.
    pub files: BTreeMap<String, String>,
    /// What was looked for and is not there.
    pub absent: BTreeSet<String>,
    /// What was looked for and is there, whatever it holds.
    pub there: BTreeSet<String>,
    /// Folders whose names were read.
    pub folders: BTreeMap<String, String>,
    /// Folders whose names were read with those of all folders below them.
    pub trees: BTreeMap<String, String>,
    /// What is there and could not be read, and why.
    pub refused: BTreeMap<String, String>,
    /// Words, with the records of published versions in which they stand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub records: BTreeMap<String, Vec<String>>,
}

impl Answers {
    /// Whether a question about this path is one about inputs.
    #[must_use]
    pub fn counts(path: &str) -> bool {
        let plain = path.trim_matches('/');
        let first = plain.split('/').next().unwrap_or_default();
        !matches!(first, "output" | "archive") && plain != "content"
    }

    /// Puts down that a file was read.
    pub fn file<H: ToString>(&mut self, path: &str, answer: Result<H, &ReadError>) {
        match answer {
            Ok(hash) => {
                self.files.insert(path.to_owned(), hash.to_string());
            }
            Err(ReadError::Missing) => {
                self.absent.insert(path.to_owned());
            }
            Err(error) => {
                self.refused.insert(path.to_owned(), error.to_string());
            }
        }
    }

    /// Puts down that it was looked whether something is there.
    pub fn existence(&mut self, path: &str, there: bool) {
        let known = if there { &mut self.there } else { &mut self.absent };
        known.insert(path.to_owned());
    }

    /// Puts down that a folder was listed.
    pub fn folder(&mut self, path: &str, answer: Result<&[Entry], &ReadError>) {
        match answer {
            Ok(entries) => {
                self.folders.insert(path.to_owned(), of_entries(entries));
            }
            Err(error) => {
                self.refused.insert(path.to_owned(), error.to_string());
            }
        }
    }

    /// Puts down that all below a folder was listed.
    pub fn tree(&mut self, path: &str, answer: Result<&[String], &(String, ReadError)>) {
        match answer {
            Ok(files) => {
                self.trees.insert(path.to_owned(), of_names(files));
            }
            Err((at, error)) => {
                self.refused.insert(at.clone(), error.to_string());
            }
        }
    }

    /// Takes up what was asked besides.
    pub fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.absent.extend(other.absent);
        self.there.extend(other.there);
        self.folders.extend(other.folders);
        self.trees.extend(other.trees);
        self.refused.extend(other.refused);
        self.records.extend(other.records);
    }

    /// The paths about which a workspace answers otherwise, sorted.
    #[must_use]
    pub fn changed(&self, system: &dyn System) -> Vec<String> {
        let hash = |path: &str| system.read(path).map(|bytes| bytes.hash().to_string());
        let files = self.files.iter().filter(|(path, known)| hash(path).as_ref() != Ok(*known)).map(|(path, _)| path);
        let absent = self.absent.iter().filter(|path| system.exists(path));
        let there = self.there.iter().filter(|path| !system.exists(path));
        let listed = |folder: &str| system.list_all(folder).ok().map(|entries| of_entries(&entries));
        let folders = self.folders.iter().filter(|(path, known)| listed(path).as_ref() != Some(*known));
        let walked = |folder: &str| system.walk(folder).ok().map(|files| of_names(&files));
        let trees = self.trees.iter().filter(|(path, known)| walked(path).as_ref() != Some(*known));
        // What could not be read then and can be now is another input.
        let refused = self.refused.keys().filter(|path| hash(path).is_ok());
        let named = folders.chain(trees).map(|(path, _)| path);
        let records = self.records.iter().map(|(words, known)| (known, system.records_with(words)));
        let records = records.filter(|(known, now)| *known != now);
        let mentioned: Vec<String> = records
            .flat_map(|(known, now)| {
                known
                    .iter()
                    .filter(|path| !now.contains(path))
                    .chain(now.iter().filter(|path| !known.contains(path)))
                    .cloned()
                    .collect::<Vec<_>>()
            })
            .collect();
        let mut out: Vec<String> =
            files.chain(absent).chain(there).chain(named).chain(refused).chain(&mentioned).cloned().collect();
        out.sort();
        out.dedup();
        out
    }

    /// The files and folders whose change can change what was made: each file, and each folder in which something new would count. What is missing
    /// counts by the folder that it would lie in, so far as that is there and not the workspace itself.
    #[must_use]
    pub fn watched(&self, system: &dyn System) -> Vec<String> {
        let plain = |path: &String| path.trim_end_matches('/').to_owned();
        let is_there = |path: &String| stays_inside(path) && system.exists(path);
        let near = |path: &String| {
            let mut above = path.trim_end_matches('/');
            // Whether something is published for the first time the list of all that is tells.
            if above.starts_with("content/") && above.ends_with("/versions") {
                return system.exists(PUBLISHED).then(|| PUBLISHED.to_owned());
            }
            while let Some((folder, _)) = above.rsplit_once('/') {
                if system.exists(folder) {
                    return Self::counts(folder).then(|| folder.to_owned());
                }
                above = folder;
            }
            None
        };
        let listed = self.folders.keys().chain(self.trees.keys());
        // A folder that is not there was asked for its names as well.
        let (there, missing): (Vec<&String>, Vec<&String>) = listed.partition(|path| is_there(path));
        let below = self.trees.keys().flat_map(|tree| folders_below(system, tree));
        let mut out: Vec<String> = self.files.keys().chain(there).map(plain).collect();
        out.extend(self.absent.iter().chain(missing).filter_map(near));
        out.extend(below);
        // A record that is new may have the words as well; each publication writes the list of all that is.
        if !self.records.is_empty() && system.exists(PUBLISHED) {
            out.push(PUBLISHED.to_owned());
        }
        out.extend(self.records.values().flatten().cloned());
        out.sort();
        out.dedup();
        out
    }
}

/// The folders below a folder: something new in one of them is new in the tree.
fn folders_below(system: &dyn System, tree: &str) -> Vec<String> {
    let files = system.walk(tree).unwrap_or_default();
    let folders =
        files.iter().filter_map(|file| Some(format!("{}/{}", tree.trim_end_matches('/'), file.rsplit_once('/')?.0)));
    folders.collect()
}

fn of_entries(entries: &[Entry]) -> String {
    let lines: Vec<String> =
        entries.iter().map(|entry| format!("{}{}", entry.name, if entry.folder { "/" } else { "" })).collect();
    of_names(&lines)
}

fn of_names(names: &[String]) -> String {
    sha256(names.join("\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::{MemorySystem, Snapshot};
    use super::*;

    fn workspace() -> MemorySystem {
        MemorySystem::new([
            ("content/a/report.yaml", "a"),
            ("content/a/findings/all.yaml", "b"),
            ("templates/html/report.html", "c"),
            ("output/a/1.0/index.html", "d"),
        ])
    }

    fn asked(files: &MemorySystem) -> Answers {
        let run = Snapshot::new(files);
        assert!(run.read("content/a/report.yaml").is_ok() && run.read("content/a/sources.yaml").is_err());
        assert!(run.exists("templates/html/report.html") && !run.exists("charts/a"));
        assert_eq!((run.list("content/a/findings").len(), run.walk("templates").unwrap().len()), (1, 1));
        assert_eq!((run.list("content").len(), run.list("content/a/data").len()), (1, 0));
        assert!(run.read("output/a/1.0/index.html").is_ok());
        run.seen().answers()
    }

    #[test]
    fn what_was_asked_is_held_against_what_is() {
        let files = workspace();
        let asked = asked(&files);
        assert!(asked.changed(&files).is_empty());
        let read: Answers = serde_json::from_str(&serde_json::to_string(&asked).unwrap()).unwrap();
        assert_eq!(read, asked, "as it is written down");
        for path in ["output/a/1.0/index.html", "content/b/report.yaml", "content/a/text.md"] {
            files.write(path, b"nobody asked for it").unwrap();
            assert!(asked.changed(&files).is_empty(), "{path}");
        }
        for (path, told) in [
            ("content/a/report.yaml", "content/a/report.yaml"),
            ("content/a/sources.yaml", "content/a/sources.yaml"),
            ("content/a/findings/more.yaml", "content/a/findings"),
            ("content/a/data/rows.csv", "content/a/data"),
            ("templates/pdf/theme.typ", "templates"),
            ("charts/a/c.yaml", "charts/a"),
        ] {
            let files = workspace();
            files.write(path, b"other").unwrap();
            assert_eq!(asked.changed(&files), [told], "{path}");
        }
        let files = workspace();
        files.remove("templates/html/report.html").unwrap();
        assert_eq!(asked.changed(&files), ["templates", "templates/html/report.html"]);
    }

    #[test]
    fn what_is_watched_is_each_file_and_each_folder_in_which_something_new_would_count() {
        let files = workspace();
        assert_eq!(
            asked(&files).watched(&files),
            ["content/a", "content/a/findings", "content/a/report.yaml", "templates", "templates/html"]
        );
    }
}
