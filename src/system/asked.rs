//! What was asked of a workspace, in a form that outlives the run: whether another run, here or elsewhere, would be answered the same, and what is watched
//! by programs that decide what is built again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Hash, ReadError, Seen, Stamp, System, stays_inside};

/// The newest versions of all reports, which each publication writes.
const PUBLISHED: &str = "content/ledger.yaml";

/// Questions with their answers. Of what may be long, as a folder's names, there is the hash.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Files that were read, with their hashes.
    pub files: BTreeMap<String, String>,
    /// What is no file that can be read, and why.
    refused: BTreeMap<String, String>,
    /// What was looked for and is not there.
    absent: BTreeSet<String>,
    /// What was looked for and is there, whatever it holds.
    there: BTreeSet<String>,
    /// Names that were looked for in the lists of their folders, with whether they are folders.
    listed: BTreeMap<String, Option<bool>>,
    /// Folders whose names were read.
    folders: BTreeMap<String, String>,
    /// Folders whose names were read with those of all folders below them.
    trees: BTreeMap<String, String>,
    /// Words, with the records of published versions in which they stand.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    records: BTreeMap<String, Vec<String>>,
    /// The stamps that files had before they were read.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    stamps: BTreeMap<String, Stamp>,
    #[serde(skip)]
    fleeting: bool,
}

impl Asked {
    /// What was asked. `system` is what it was asked of, and has the stamps from before files were read.
    #[must_use]
    pub fn new(seen: &Seen, system: &dyn System) -> Self {
        let mut out = Self { fleeting: seen.fleeting, records: seen.records.clone(), ..Self::default() };
        for (path, answer) in &seen.files {
            match answer {
                Ok(hash) => {
                    out.files.insert(path.clone(), hash.to_string());
                    out.stamps.extend(system.stamp(path).map(|stamp| (path.clone(), stamp)));
                }
                Err(ReadError::Missing) => _ = out.absent.insert(path.clone()),
                Err(error) => _ = out.refused.insert(path.clone(), error.to_string()),
            }
        }
        for (path, there) in &seen.there {
            let known = if *there { &mut out.there } else { &mut out.absent };
            known.insert(path.clone());
        }
        let listed = seen.listed.iter();
        out.listed = listed.map(|(path, entry)| (path.clone(), entry.as_ref().map(|entry| entry.folder))).collect();
        out.folders = seen.folders.iter().map(|(folder, names)| (folder.clone(), digest(names))).collect();
        out.trees = seen.walks.iter().map(|(folder, files)| (folder.clone(), digest(files))).collect();
        out
    }

    /// Whether the same was always answered in the same way: else nothing can be proved of what was made.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        !self.fleeting
    }

    /// What was asked of the inputs. What lies in `output/` and is packed for the archive is left out, and so is the list of folders in `content/`: which
    /// reports there are is told by the list of documents.
    #[must_use]
    pub fn of_inputs(mut self) -> Self {
        fn kept<A>(known: &mut BTreeMap<String, A>) {
            known.retain(|path, _| is_input(path));
        }
        kept(&mut self.files);
        kept(&mut self.refused);
        kept(&mut self.listed);
        kept(&mut self.folders);
        kept(&mut self.trees);
        self.absent.retain(|path| is_input(path));
        self.there.retain(|path| is_input(path));
        self.without_stamps()
    }

    /// The same without the stamps, which mean nothing on another disk.
    #[must_use]
    pub fn without_stamps(self) -> Self {
        Self { stamps: BTreeMap::new(), ..self }
    }

    /// Takes up what was asked besides.
    pub fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.refused.extend(other.refused);
        self.absent.extend(other.absent);
        self.there.extend(other.there);
        self.listed.extend(other.listed);
        self.folders.extend(other.folders);
        self.trees.extend(other.trees);
        self.records.extend(other.records);
        self.stamps.extend(other.stamps);
        self.fleeting |= other.fleeting;
    }

    /// Whether a workspace would answer the same. A file that is by its stamp the one that was read is not read again; where another has to be, `renewed`
    /// becomes true and its stamp is the new one.
    #[must_use]
    pub fn holds(&mut self, system: &dyn System, renewed: &mut bool) -> bool {
        if self.others(system).next().is_some() {
            return false;
        }
        self.files.iter().all(|(path, known)| {
            let (now, then) = (system.stamp(path), self.stamps.get(path).copied());
            if then.is_some() && now == then {
                return true;
            }
            let same = is_file(system, path, known);
            *renewed |= same && now.is_some();
            match now {
                Some(now) => _ = self.stamps.insert(path.clone(), now),
                None => _ = self.stamps.remove(path),
            }
            same
        })
    }

    /// The paths about which a workspace answers otherwise, sorted.
    #[must_use]
    pub fn changed(&self, system: &dyn System) -> Vec<String> {
        let files = self.files.iter().filter(|(path, known)| !is_file(system, path, known));
        let mut out: Vec<String> = files.map(|(path, _)| path.clone()).chain(self.others(system)).collect();
        out.sort();
        out.dedup();
        out
    }

    /// As [`Self::changed`], of all but the files that were read; looked at one by one.
    fn others<'a>(&'a self, system: &'a dyn System) -> impl Iterator<Item = String> + 'a {
        let absent = self.absent.iter().filter(|path| system.exists(path));
        let there = self.there.iter().filter(|path| !system.exists(path));
        let is_listed = |path: &str| system.listed(path).map(|entry| entry.folder);
        let listed = self.listed.iter().filter(move |(path, folder)| is_listed(path) != **folder);
        let folders = self.folders.iter().filter(|(path, known)| digest(&system.list_all(path)) != **known);
        let trees = self.trees.iter().filter(|(path, known)| digest(&system.walk(path)) != **known);
        let why = |path: &str| system.read(path).err().map(|error| error.to_string());
        let refused = self.refused.iter().filter(move |(path, known)| why(path).as_ref() != Some(*known));
        let records = self.records.iter().flat_map(|(words, known)| {
            let now = system.records_with(words);
            let come = now.iter().filter(|path| !known.contains(path));
            known.iter().filter(|path| !now.contains(path)).chain(come).cloned().collect::<Vec<_>>()
        });
        let paths = absent.chain(there).chain(listed.map(|(path, _)| path)).chain(folders.map(|(path, _)| path));
        paths.chain(trees.map(|(path, _)| path)).chain(refused.map(|(path, _)| path)).cloned().chain(records)
    }

    /// What was looked for and is not there.
    pub fn absent(&self) -> impl Iterator<Item = &String> {
        let unlisted = self.listed.iter().filter(|(_, folder)| folder.is_none()).map(|(path, _)| path);
        self.absent.iter().chain(unlisted.filter(|path| !self.absent.contains(*path)))
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
                    return is_input(folder).then(|| folder.to_owned());
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
        out.extend(self.absent().chain(missing).filter_map(near));
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

    /// A hash over all questions and answers: equal where the same was asked and answered, wherever and whenever.
    #[must_use]
    pub fn digest(&self) -> String {
        digest(&self.clone().without_stamps())
    }
}

/// Whether a question about this path is one about inputs.
fn is_input(path: &str) -> bool {
    let plain = path.trim_matches('/');
    let first = plain.split('/').next().unwrap_or_default();
    !matches!(first, "output" | "archive") && plain != "content"
}

fn is_file(system: &dyn System, path: &str, known: &str) -> bool {
    system.read(path).is_ok_and(|bytes| bytes.hash().to_string() == known)
}

/// The folders below a folder: something new in one of them is new in the tree.
fn folders_below(system: &dyn System, tree: &str) -> Vec<String> {
    let files = system.walk(tree).unwrap_or_default();
    let folders =
        files.iter().filter_map(|file| Some(format!("{}/{}", tree.trim_end_matches('/'), file.rsplit_once('/')?.0)));
    folders.collect()
}

fn digest(answer: &impl Serialize) -> String {
    // Plain data of texts and numbers always serialises.
    Hash::digest(serde_json::to_string(answer).unwrap_or_default().as_bytes()).to_string()
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

    fn asked(files: &MemorySystem) -> Asked {
        let run = Snapshot::new(files);
        assert!(run.read("content/a/report.yaml").is_ok() && run.read("content/a/sources.yaml").is_err());
        assert!(run.exists("templates/html/report.html") && !run.exists("charts/a"));
        assert_eq!((run.list("content/a/findings").len(), run.walk("templates").unwrap().len()), (1, 1));
        assert_eq!((run.list("content").len(), run.list("content/a/data").len()), (1, 0));
        assert!(run.read("output/a/1.0/index.html").is_ok());
        Asked::new(&run.seen(), &run).of_inputs()
    }

    #[test]
    fn what_was_asked_is_held_against_what_is() {
        let files = workspace();
        let asked = asked(&files);
        assert!(asked.changed(&files).is_empty());
        let read: Asked = serde_json::from_str(&serde_json::to_string(&asked).unwrap()).unwrap();
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
