//! One state of the inputs for a whole run, however often they are read.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Answers, Bytes, Entry, Hash, ReadError, System, pass_on};

/// So many bytes of inputs are kept. Of what comes after them the hash is, and a file that has changed since it was read first is an error.
const MOST_BYTES: usize = 64 << 20;

/// What was asked of a workspace, and what it answered: what was made from the answers holds as long as they do.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    files: BTreeMap<String, Result<Hash, ReadError>>,
    folders: BTreeMap<String, Result<Vec<Entry>, ReadError>>,
    walks: BTreeMap<String, Result<Vec<String>, (String, ReadError)>>,
    there: BTreeMap<String, bool>,
    /// The same was answered in two ways.
    fleeting: bool,
}

impl Seen {
    /// Whether a workspace would answer the same.
    #[must_use]
    pub fn holds(&self, system: &dyn System) -> bool {
        !self.fleeting
            && self.there.iter().all(|(path, there)| system.exists(path) == *there)
            && self.folders.iter().all(|(folder, entries)| system.list_all(folder) == *entries)
            && self.walks.iter().all(|(folder, files)| system.walk(folder) == *files)
            && self.files.iter().all(|(path, hash)| system.read(path).map(|bytes| bytes.hash()) == *hash)
    }

    /// What was asked of the inputs, to be written down.
    #[must_use]
    pub fn answers(&self) -> Answers {
        let mut out = Answers::default();
        let counts = |path: &String| Answers::counts(path);
        let files = self.files.iter().filter(|(path, _)| counts(path));
        files.for_each(|(path, answer)| out.file(path, answer.as_ref()));
        let folders = self.folders.iter().filter(|(path, _)| counts(path));
        folders.for_each(|(path, answer)| out.folder(path, answer.as_deref()));
        let walks = self.walks.iter().filter(|(path, _)| counts(path));
        walks.for_each(|(path, answer)| out.tree(path, answer.as_deref()));
        self.there.iter().filter(|(path, _)| counts(path)).for_each(|(path, there)| out.existence(path, *there));
        out
    }
}

/// A workspace whose inputs are for the whole run what they were when they were read first: the report, its extracts, its decision page and
/// the packed inputs are made of the same bytes, also where an author saves a chapter meanwhile. What the program writes itself (output, ledgers,
/// packages) is read as it is.
pub struct Snapshot<S> {
    inner: S,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    seen: Seen,
    kept: BTreeMap<String, Bytes>,
    size: usize,
}

impl<S: System> Snapshot<S> {
    #[must_use]
    pub fn new(inner: S) -> Self {
        Self { inner, memory: Mutex::default() }
    }

    /// Forgets what was seen: from now on the inputs are what they are then.
    pub fn forget(&mut self) {
        *self.memory.get_mut().unwrap_or_else(PoisonError::into_inner) = Memory::default();
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

    /// What the run itself changes it sees.
    fn touch(&self, path: &str) {
        let touched = |known: &String| known.starts_with(path) || path.starts_with(known.as_str());
        let mut memory = self.memory();
        let Memory { seen, kept, .. } = &mut *memory;
        kept.retain(|known, _| !touched(known));
        seen.files.retain(|known, _| !touched(known));
        seen.folders.retain(|known, _| !touched(known));
        seen.walks.retain(|known, _| !touched(known));
        seen.there.retain(|known, _| !touched(known));
    }
}

/// Whether a path is one that authors write; what lies elsewhere the program writes itself, another process of it perhaps.
fn is_input(path: &str) -> bool {
    let mut names = path.split('/').filter(|name| !name.is_empty() && *name != ".");
    match names.next() {
        Some("output" | "archive") => false,
        // The ledgers, and the list of the newest versions beside the reports.
        Some("content") => {
            let (report, folder) = (names.next(), names.next());
            folder != Some("versions") && !report.is_some_and(|name| name.starts_with("ledger.yaml"))
        }
        _ => true,
    }
}

impl<S: System> System for Snapshot<S> {
    pass_on! { self => self.inner; clear, sync, lock }

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
