//! One state of the inputs for a whole run, however often they are read.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::mentions::{self, Mentions};
use super::{Bytes, Entry, Hash, ReadError, Stamp, System, pass_on};

/// So many bytes of inputs are kept. Of what comes after them the hash is, and a file that has changed since it was read first is an error.
const MOST_BYTES: usize = 64 << 20;

/// What was asked of a workspace, and what it answered: what was made from the answers holds as long as they do.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub(super) files: BTreeMap<String, Result<Hash, ReadError>>,
    pub(super) folders: BTreeMap<String, Result<Vec<Entry>, ReadError>>,
    /// Of folders of which single names were asked for.
    pub(super) listed: BTreeMap<String, Option<Entry>>,
    pub(super) walks: BTreeMap<String, Result<Vec<String>, (String, ReadError)>>,
    pub(super) there: BTreeMap<String, bool>,
    /// By words that stand in records.
    pub(super) records: BTreeMap<String, Vec<String>>,
    /// The same was answered in two ways.
    pub(super) fleeting: bool,
}

impl Seen {
    /// Whether a workspace would answer the same.
    #[must_use]
    pub fn holds(&self, system: &dyn System) -> bool {
        !self.fleeting
            && self.there.iter().all(|(path, there)| system.exists(path) == *there)
            && self.listed.iter().all(|(path, entry)| system.listed(path) == *entry)
            && self.folders.iter().all(|(folder, entries)| system.list_all(folder) == *entries)
            && self.records.iter().all(|(words, records)| system.records_with(words) == *records)
            && self.walks.iter().all(|(folder, files)| system.walk(folder) == *files)
            && self.files.iter().all(|(path, hash)| system.read(path).map(|bytes| bytes.hash()) == *hash)
    }
}

/// A workspace whose inputs are for the whole run what they were when they were read first: the report, its extracts, its decision page and
/// the packed inputs are made of the same bytes, also where an author saves a chapter meanwhile. What the program writes itself (output, ledgers,
/// packages) is read as it is.
pub struct Snapshot<S> {
    inner: S,
    memory: Mutex<Memory>,
    /// A folder of which single names are asked for is listed once, and all ledgers are read once.
    lists: bool,
    mentions: Mutex<Option<Arc<Mentions>>>,
}

#[derive(Default)]
struct Memory {
    seen: Seen,
    kept: BTreeMap<String, Bytes>,
    size: usize,
    /// From before each file was read.
    stamps: BTreeMap<String, Option<Stamp>>,
}

impl<S: System> Snapshot<S> {
    #[must_use]
    pub fn new(inner: S) -> Self {
        Self { inner, memory: Mutex::default(), lists: true, mentions: Mutex::default() }
    }

    /// One around a computation, which is asked for what that has seen.
    #[must_use]
    pub fn recording(inner: S) -> Self {
        Self { lists: false, ..Self::new(inner) }
    }

    /// The workspace as it is now.
    #[must_use]
    pub fn inner(&self) -> &S {
        &self.inner
    }

    /// Forgets what was seen: from now on the inputs are what they are then.
    pub fn forget(&mut self) {
        *self.memory.get_mut().unwrap_or_else(PoisonError::into_inner) = Memory::default();
        *self.mentions.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What was asked until now.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.memory().seen.clone()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes an answer about what the program may write itself: it is asked anew each time.
    fn note<A: Clone + PartialEq>(&self, answers: impl Fn(&mut Seen) -> &mut BTreeMap<String, A>, path: &str, now: A) {
        let mut memory = self.memory();
        let seen = &mut memory.seen;
        let first = answers(seen).entry(path.to_owned()).or_insert_with(|| now.clone()).clone();
        seen.fleeting |= first != now;
    }

    /// An entry of a folder that was listed once.
    fn looked_up(&self, path: &str) -> Option<Entry> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let look = |memory: &Memory| {
            let entries = memory.seen.folders.get(folder)?.as_ref().ok()?;
            Some(
                entries
                    .binary_search_by(|entry| entry.name.as_str().cmp(name))
                    .ok()
                    .and_then(|at| entries.get(at).cloned()),
            )
        };
        let known = look(&self.memory());
        known.or_else(|| {
            drop(self.list_all(folder));
            look(&self.memory())
        })?
    }

    /// The records with some words, all of which are read once.
    fn known_records(&self, words: &str) -> Vec<String> {
        let mut known = self.mentions.lock().unwrap_or_else(PoisonError::into_inner);
        let mentions = Arc::clone(known.get_or_insert_with(|| Arc::new(Mentions::new(&self.inner))));
        drop(known);
        mentions.with(words).unwrap_or_else(|| mentions::read_all(&self.inner, words))
    }

    /// What the run itself changes it sees.
    fn touch(&self, path: &str) {
        let mut memory = self.memory();
        let Memory { seen, kept, stamps, .. } = &mut *memory;
        drop_touched(kept, path);
        drop_touched(stamps, path);
        drop_touched(&mut seen.listed, path);
        drop_touched(&mut seen.files, path);
        drop_touched(&mut seen.folders, path);
        drop_touched(&mut seen.walks, path);
        drop_touched(&mut seen.there, path);
        if !path.starts_with("content") {
            return;
        }
        seen.records.clear();
        drop(memory);
        *self.mentions.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Takes out what lies at a path, below it and on the way to it. A run that writes many files must not look at all that it knows for each of them.
fn drop_touched<A>(known: &mut BTreeMap<String, A>, path: &str) {
    for (at, _) in path.char_indices() {
        known.remove(path.get(..at).unwrap_or_default());
    }
    let below = known.range(path.to_owned()..).map(|(path, _)| path).take_while(|known| known.starts_with(path));
    for path in below.cloned().collect::<Vec<_>>() {
        known.remove(&path);
    }
}

/// Whether a path is one that authors write; what lies elsewhere the program writes itself, another process of it perhaps.
fn is_input(path: &str) -> bool {
    let mut names = path.split('/').filter(|name| !name.is_empty() && *name != ".");
    match names.next() {
        Some("output" | "archive" | ".built") => false,
        // The ledgers, and the list of the newest versions beside the reports.
        Some("content") => {
            let (report, folder) = (names.next(), names.next());
            folder != Some("versions") && !report.is_some_and(|name| name.starts_with("ledger.yaml"))
        }
        _ => true,
    }
}

impl<S: System> System for Snapshot<S> {
    pass_on! { self => self.inner; contents, sight, clear, sync, lock, try_lock }

    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        if !is_input(path) {
            let now = self.inner.read(path);
            self.note(|seen| &mut seen.files, path, now.as_ref().map(Bytes::hash).map_err(ReadError::clone));
            return now;
        }
        let known = |memory: &Memory| match memory.seen.files.get(path)? {
            Ok(_) => memory.kept.get(path).cloned().map(Ok),
            Err(error) => Some(Err(error.clone())),
        };
        if let Some(known) = known(&self.memory()) {
            return known;
        }
        // A change after this gives another stamp, so that what is read is never taken for what was there later.
        self.stamp(path);
        // Others may read meanwhile: what was put down first counts for all.
        let now = self.inner.read(path);
        let hash = now.as_ref().map(Bytes::hash).map_err(ReadError::clone);
        let mut memory = self.memory();
        if let Some(known) = known(&memory) {
            return known;
        }
        match memory.seen.files.get(path) {
            Some(first) if *first == hash => {}
            Some(_) => {
                let told = "it was changed while the program was at work; run the command again";
                return Err(ReadError::Other(told.to_owned()));
            }
            None => {
                memory.seen.files.insert(path.to_owned(), hash);
                if let Ok(bytes) = now.as_ref()
                    && memory.size + bytes.len() <= MOST_BYTES
                {
                    memory.size += bytes.len();
                    memory.kept.insert(path.to_owned(), bytes.clone());
                }
            }
        }
        now
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        if !is_input(folder) {
            let now = self.inner.list_all(folder);
            self.note(|seen| &mut seen.folders, folder, now.clone());
            return now;
        }
        if let Some(known) = self.memory().seen.folders.get(folder) {
            return known.clone();
        }
        let now = self.inner.list_all(folder);
        self.memory().seen.folders.entry(folder.to_owned()).or_insert(now).clone()
    }

    fn listed(&self, path: &str) -> Option<Entry> {
        if !is_input(path) {
            let now = self.inner.listed(path);
            self.note(|seen| &mut seen.listed, path, now.clone());
            return now;
        }
        if let Some(known) = self.memory().seen.listed.get(path) {
            return known.clone();
        }
        let now = if self.lists { self.looked_up(path) } else { self.inner.listed(path) };
        self.memory().seen.listed.entry(path.to_owned()).or_insert(now).clone()
    }

    fn records_with(&self, words: &str) -> Vec<String> {
        if let Some(known) = self.memory().seen.records.get(words) {
            return known.clone();
        }
        let now = if self.lists { self.known_records(words) } else { self.inner.records_with(words) };
        self.memory().seen.records.entry(words.to_owned()).or_insert(now).clone()
    }

    /// What the program writes itself has none: it is read.
    fn stamp(&self, path: &str) -> Option<Stamp> {
        if !is_input(path) {
            return None;
        }
        if let Some(known) = self.memory().stamps.get(path) {
            return *known;
        }
        let now = self.inner.stamp(path);
        *self.memory().stamps.entry(path.to_owned()).or_insert(now)
    }

    fn list_hidden(&self, folder: &str) -> Vec<Entry> {
        self.memory().seen.fleeting = true;
        self.inner.list_hidden(folder)
    }

    fn walk(&self, folder: &str) -> Result<Vec<String>, (String, ReadError)> {
        if !is_input(folder) {
            let now = self.inner.walk(folder);
            self.note(|seen| &mut seen.walks, folder, now.clone());
            return now;
        }
        if let Some(known) = self.memory().seen.walks.get(folder) {
            return known.clone();
        }
        let now = self.inner.walk(folder);
        self.memory().seen.walks.entry(folder.to_owned()).or_insert(now).clone()
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.touch(path);
        self.inner.write(path, bytes)
    }

    fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.touch(path);
        self.inner.replace(path, bytes)
    }

    fn write_durably(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.touch(path);
        self.inner.write_durably(path, bytes)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.touch(from);
        self.touch(to);
        self.inner.rename(from, to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.touch(path);
        self.inner.remove(path)
    }

    fn exists(&self, path: &str) -> bool {
        if !is_input(path) {
            let now = self.inner.exists(path);
            self.note(|seen| &mut seen.there, path, now);
            return now;
        }
        if let Some(known) = self.memory().seen.there.get(path) {
            return *known;
        }
        let now = self.inner.exists(path);
        *self.memory().seen.there.entry(path.to_owned()).or_insert(now)
    }
}

#[cfg(test)]
mod tests {
    use super::super::MemorySystem;
    use super::*;

    #[test]
    fn inputs_stay_what_they_were_when_they_were_read_first() {
        let disk = MemorySystem::new([
            ("content/a/x.md", "old"),
            ("output/a/1.0/x", "old"),
            ("content/a/versions/1.0.yaml", "old"),
        ]);
        let run = Snapshot::new(&disk);
        assert_eq!(run.read("content/a/x.md").unwrap(), b"old");
        assert_eq!(run.read("content/a/y.md"), Err(ReadError::Missing));
        assert_eq!((run.list("content/a").len(), run.exists("content/a/y.md")), (2, false));
        for path in ["content/a/x.md", "content/a/y.md", "output/a/1.0/x", "content/a/versions/1.0.yaml"] {
            disk.write(path, b"new").unwrap();
        }
        assert_eq!(run.read("content/a/x.md").unwrap(), b"old");
        assert_eq!(run.read("content/a/y.md"), Err(ReadError::Missing), "what was not there comes with the next run");
        assert_eq!((run.list("content/a").len(), run.exists("content/a/y.md")), (2, false));
        assert_eq!(run.read("output/a/1.0/x").unwrap(), b"new", "another process may have written it");
        assert_eq!(run.read("content/a/versions/1.0.yaml").unwrap(), b"new");
        run.write("content/a/x.md", b"own").unwrap();
        assert_eq!(run.read("content/a/x.md").unwrap(), b"own", "what the run itself writes it sees");
    }

    #[test]
    fn what_is_too_large_to_be_kept_may_not_change() {
        let large = vec![b'x'; MOST_BYTES + 1];
        let disk = MemorySystem::new([("content/a/large", large), ("content/a/small", b"s".to_vec())]);
        let run = Snapshot::new(&disk);
        assert_eq!(run.read("content/a/large").unwrap().len(), MOST_BYTES + 1);
        assert!(run.read("content/a/large").is_ok() && run.read("content/a/small").is_ok());
        assert_eq!(run.memory().size, 1);
        disk.write("content/a/large", b"changed").unwrap();
        assert!(matches!(run.read("content/a/large"), Err(ReadError::Other(_))));
    }

    #[test]
    fn a_snapshot_that_forgets_sees_the_disk_as_it_is() {
        let disk = MemorySystem::new([("content/a/x.md", "old")]);
        let mut run = Snapshot::new(&disk);
        assert_eq!(run.read("content/a/x.md").unwrap(), b"old");
        disk.write("content/a/x.md", b"new").unwrap();
        assert_eq!(run.read("content/a/x.md").unwrap(), b"old");
        run.forget();
        assert_eq!(run.read("content/a/x.md").unwrap(), b"new");
    }
}
