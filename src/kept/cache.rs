//! A folder in which documents are kept for other copies of a workspace: another machine, a run of CI, the same one after `output/` was removed.
//!
//! `v1/blobs/<hash>` are files by their content, `v1/made/<key>/<what was asked>` the records of documents by who made them. Everything is written beside
//! its place and then moved there, so that any number of processes may read and write, on a network's disk too, without waiting for each other. A file
//! whose hash is not its name counts for nothing. What the whole proves, and what it cannot: docs/threats.md.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::{Code, Diagnostic, say};
use crate::load::Derived;
use crate::pipeline::Artifact;
use crate::system::{Bytes, OsSystem, Stamp, System, sha256};

use super::Maker;
use super::record::{Record, origin_of};

const BLOBS: &str = "v1/blobs";
const MADE: &str = "v1/made";
const ALL: &str = "v1";
/// Where files are written until they are moved.
const NEW: &str = "v1/new";

/// So many states of one document are tried, the newest first.
const MOST_STATES: usize = 16;

/// What was written within an hour before the newest file may belong to a run that is still at work.
const AT_WORK: i64 = 3_600_000_000_000;

/// A cache, as one run uses it.
pub struct Cache {
    store: Box<dyn System>,
    /// What the user calls it.
    name: String,
    /// So many bytes are kept at most.
    most: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    problems: Vec<Diagnostic>,
    /// Something was written.
    wrote: bool,
    /// Nothing can be written.
    closed: bool,
}

/// A document as the cache has it.
pub struct Found {
    pub record: Record,
    pub files: Vec<Artifact>,
}

impl Cache {
    /// Opens a folder, which is made where it is not there.
    ///
    /// # Errors
    /// What the operating system said.
    pub fn open(folder: &Path, most: u64) -> std::io::Result<Self> {
        Ok(Self::on(Box::new(OsSystem::create(folder)?), folder.display().to_string(), most))
    }

    fn on(store: Box<dyn System>, name: String, most: u64) -> Self {
        Self { store, name, most, state: Mutex::default() }
    }

    /// A document in the state of the workspace, with all its files.
    pub fn find(&self, maker: &Maker, document: &Derived, system: &dyn System) -> Option<Found> {
        let place = place(maker, document);
        let mut states: Vec<(String, Option<Stamp>)> = self.store.contents(&place).ok()?.into_iter().collect();
        states.sort_by_key(|(_, stamp)| std::cmp::Reverse(stamp.map(Stamp::modified)));
        states
            .into_iter()
            .take(MOST_STATES)
            .find_map(|(name, _)| self.state_of(&format!("{place}/{name}"), (maker, document), system))
    }

    fn state_of(&self, path: &str, (maker, document): (&Maker, &Derived), system: &dyn System) -> Option<Found> {
        let bytes = self.store.read(path).ok()?;
        let record = Record::read(&bytes).filter(|record| record.is_of(maker, document) && record.is_plain());
        let Some(mut record) = record else {
            self.damaged(path);
            return None;
        };
        if !record.asked.holds(system, &mut false) {
            return None;
        }
        let mut files = Vec::new();
        for (path, hash) in record.outputs.iter().flat_map(|outputs| outputs.hashes()) {
            let bytes = self.blob(hash)?;
            files.push(Artifact { path: path.to_owned(), bytes });
        }
        // It was used: others are taken out before it.
        self.put(path, &bytes);
        Some(Found { record, files })
    }

    /// A file by its hash. One that was taken out because there was no room is no fault.
    fn blob(&self, hash: &str) -> Option<Bytes> {
        let path = format!("{BLOBS}/{}", spread(hash));
        let bytes = self.store.read(&path).ok()?;
        if bytes.hash().to_string() == hash {
            return Some(bytes);
        }
        self.damaged(&path);
        None
    }

    /// Keeps a document with its files.
    pub fn keep(&self, maker: &Maker, document: &Derived, record: &Record, files: &[Artifact]) {
        for file in files {
            let path = format!("{BLOBS}/{}", spread(&file.bytes.hash().to_string()));
            // Where something was damaged, more may be.
            let is_sound = self.state().problems.is_empty();
            let holds = || self.store.read(&path).is_ok_and(|bytes| bytes.hash() == file.bytes.hash());
            let lies = if is_sound { self.store.exists(&path) } else { holds() };
            if !lies {
                self.put(&path, &file.bytes);
            }
        }
        let record = record.without_stamps();
        if let Some(bytes) = record.bytes() {
            self.put(&format!("{}/{}", place(maker, document), record.asked.digest()), &bytes);
        }
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        if self.state().closed {
            return;
        }
        let mut chance = [0; 12];
        if getrandom::fill(&mut chance).is_err() {
            return;
        }
        // Whoever else writes, here or elsewhere, has another name.
        let new = format!("{NEW}/{}", sha256(&chance));
        let done = self.store.write(&new, bytes).and_then(|()| self.store.rename(&new, path));
        let mut state = self.state();
        match done {
            Ok(()) => state.wrote = true,
            Err(error) => {
                // A cache that can only be read is one to read.
                let _ = self.store.remove(&new);
                state.closed = true;
                let message = say!("nothing is kept in the cache {name}: {error}", name = self.name, error);
                state.problems.push(Diagnostic::warning(Code::CACHE_CLOSED, message).help(say!(
                    "what lies there is used all the same; give yourself the right to write there, or make room, where it shall grow"
                )));
            }
        }
    }

    fn damaged(&self, path: &str) {
        // What made it anew puts it there again.
        let _ = self.store.remove(path);
        let message =
            say!("`{path}` in the cache {name} is not what was kept there, and was made again", path, name = self.name);
        self.state().problems.push(
            Diagnostic::warning(Code::CACHE_DAMAGED, message)
                .help(say!("where it happens again, look at the disk; somebody may also have put files there")),
        );
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends a run: takes out what was used least lately where there is too much, and gives what was wrong.
    pub fn end(self) -> Vec<Diagnostic> {
        if self.state().wrote {
            self.prune();
        }
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).problems
    }

    fn prune(&self) {
        let Ok(all) = self.store.contents(ALL) else { return };
        let size = |stamp: Option<Stamp>| stamp.map_or(0, Stamp::size);
        let total: u64 = all.values().map(|stamp| size(*stamp)).sum();
        if total <= self.most {
            return;
        }
        // Room for what comes next, so that not every run does this.
        let wanted = self.most / 5 * 4;
        let newest = all.values().flatten().map(|stamp| stamp.modified()).max().unwrap_or_default();
        let is_at_work =
            |stamp: Option<Stamp>| stamp.is_none_or(|stamp| stamp.modified() > newest.saturating_sub(AT_WORK));
        let mut entries: Vec<(&String, Option<Stamp>)> =
            all.iter().filter(|(path, _)| path.starts_with("made/")).map(|(path, stamp)| (path, *stamp)).collect();
        entries.sort_by_key(|(_, stamp)| std::cmp::Reverse(stamp.map(Stamp::modified)));
        let (mut kept, mut used): (BTreeSet<String>, u64) = Default::default();
        let mut is_full = false;
        for (path, stamp) in entries {
            let path = format!("{ALL}/{path}");
            let record = self.store.read(&path).ok().and_then(|bytes| Record::read(&bytes));
            let own: BTreeMap<String, u64> = (record.iter().filter_map(|record| record.outputs.as_ref()))
                .flat_map(|outputs| outputs.hashes())
                .map(|(_, hash)| format!("blobs/{}", spread(hash)))
                .filter(|blob| !kept.contains(blob))
                .map(|blob| (blob.clone(), size(all.get(&blob).copied().flatten())))
                .collect();
            let more = size(stamp) + own.values().sum::<u64>();
            is_full |= used + more > wanted;
            if is_full {
                let _ = self.store.remove(&path);
            } else {
                used += more;
                kept.extend(own.into_keys());
            }
        }
        for (path, stamp) in all.iter().filter(|(path, _)| !path.starts_with("made/")) {
            if !kept.contains(path) && !is_at_work(*stamp) {
                let _ = self.store.remove(&format!("{ALL}/{path}"));
            }
        }
    }
}

/// Where the states of a document lie.
fn place(maker: &Maker, document: &Derived) -> String {
    let of = origin_of(document).unwrap_or_default();
    let key = sha256([&maker.program.hash, &maker.tools, &document.id, &of].map(String::as_str).join("\n").as_bytes());
    format!("{MADE}/{}", spread(&key))
}

/// No folder gets too many names.
fn spread(hash: &str) -> String {
    let (first, rest) = hash.split_at_checked(2).unwrap_or((hash, ""));
    format!("{first}/{rest}")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{maker, record};
    use super::*;
    use crate::system::MemorySystem;

    fn cache(store: &Arc<MemorySystem>) -> Cache {
        Cache::on(Box::new(Arc::clone(store)), "cache".to_owned(), 1 << 20)
    }

    #[test]
    fn what_was_kept_is_found_in_the_same_state_and_in_no_other() {
        let store = Arc::new(MemorySystem::default());
        let workspace = MemorySystem::new([("content/a/text.md", "one")]);
        let (document, record, files) = record(&workspace);
        cache(&store).keep(&maker("p"), &document, &record, &files);
        let found = cache(&store).find(&maker("p"), &document, &workspace).unwrap();
        assert_eq!(found.files, files);
        assert!(cache(&store).find(&maker("q"), &document, &workspace).is_none(), "another program");
        let part = Derived { id: "b".to_owned(), of: None };
        assert!(cache(&store).find(&maker("p"), &part, &workspace).is_none(), "another document");
        workspace.write("content/a/text.md", b"two").unwrap();
        assert!(cache(&store).find(&maker("p"), &document, &workspace).is_none(), "another state");
    }

    #[test]
    fn a_damaged_entry_and_a_damaged_file_are_told_and_go() {
        for folder in [BLOBS, MADE] {
            let store = Arc::new(MemorySystem::default());
            let workspace = MemorySystem::new([("content/a/text.md", "one")]);
            let (document, record, files) = record(&workspace);
            cache(&store).keep(&maker("p"), &document, &record, &files);
            let path = store.walk(folder).unwrap().into_iter().next().map(|path| format!("{folder}/{path}")).unwrap();
            let mut bytes = store.read(&path).unwrap().to_vec();
            bytes[0] ^= 1;
            store.write(&path, &bytes).unwrap();
            let damaged = cache(&store);
            assert!(damaged.find(&maker("p"), &document, &workspace).is_none());
            let told = damaged.end();
            assert!(told.len() == 1 && told[0].code == Code::CACHE_DAMAGED, "{told:?}");
            assert!(!store.exists(&path));
            cache(&store).keep(&maker("p"), &document, &record, &files);
            assert!(cache(&store).find(&maker("p"), &document, &workspace).is_some());
        }
    }

    #[test]
    fn a_record_that_leads_elsewhere_is_none() {
        let store = Arc::new(MemorySystem::default());
        let workspace = MemorySystem::new([("content/a/text.md", "one")]);
        let (document, record, files) = record(&workspace);
        let text = String::from_utf8(record.bytes().unwrap()).unwrap();
        for (from, to) in [
            ("page.html", "../../b/1.0/page.html"),
            ("output/a/1.0", "output/b/1.0"),
            ("output/a/1.0", "content/a"),
            ("page.html", ".hidden"),
        ] {
            let text = text.split_once('\n').unwrap().1.replace(from, to);
            let forged = Record::read(format!("{}\n{text}", sha256(text.as_bytes())).as_bytes()).unwrap();
            cache(&store).keep(&maker("p"), &document, &forged, &files);
            let one = cache(&store);
            assert!(one.find(&maker("p"), &document, &workspace).is_none(), "{to}");
            assert_eq!(one.end().len(), 1, "{to}");
        }
    }
}
