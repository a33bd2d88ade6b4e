//! One state of the inputs for a whole run, however often they are read.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::{Entry, ReadError, System};

/// So many bytes of inputs are kept. Of what comes after them the hash is, and a file that has changed since it was read first is an error.
const MOST_BYTES: usize = 64 << 20;

/// A workspace whose inputs are for the whole run what they were when they were read first: the report, its extracts, its decision page and
/// the packed inputs are made of the same bytes, also where an author saves a chapter meanwhile. What the program writes itself (output, ledgers,
/// packages) is read as it is.
pub struct Snapshot<'a> {
    inner: &'a dyn System,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    files: BTreeMap<String, Result<Kept, ReadError>>,
    folders: BTreeMap<String, Result<Vec<Entry>, ReadError>>,
    there: BTreeMap<String, bool>,
    bytes: usize,
}

enum Kept {
    Bytes(Vec<u8>),
    Hash([u8; 32]),
}

impl<'a> Snapshot<'a> {
    #[must_use]
    pub fn new(inner: &'a dyn System) -> Self {
        Self { inner, seen: Mutex::default() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget(&self, path: &str) {
        let touched = |known: &String| known.starts_with(path) || path.starts_with(known.as_str());
        let mut seen = self.seen();
        seen.files.retain(|known, _| !touched(known));
        seen.folders.retain(|known, _| !touched(known));
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

impl System for Snapshot<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if !is_input(path) {
            return self.inner.read(path);
        }
        let known = |seen: &Seen| match seen.files.get(path)? {
            Ok(Kept::Bytes(bytes)) => Some(Ok(bytes.clone())),
            Err(error) => Some(Err(error.clone())),
            Ok(Kept::Hash(_)) => None,
        };
        if let Some(known) = known(&self.seen()) {
            return known;
        }
        // Others may read meanwhile: what was put down first counts for all.
        let now = self.inner.read(path);
        let mut seen = self.seen();
        if let Some(known) = known(&seen) {
            return known;
        }
        match (seen.files.get(path), now) {
            (Some(Ok(Kept::Hash(hash))), Ok(bytes)) if <[u8; 32]>::from(Sha256::digest(&bytes)) == *hash => Ok(bytes),
            (Some(_), _) => {
                Err(ReadError::Other("it was changed while the program was at work; run the command again".to_owned()))
            }
            (None, Ok(bytes)) => {
                let kept = if seen.bytes + bytes.len() <= MOST_BYTES {
                    seen.bytes += bytes.len();
                    Kept::Bytes(bytes.clone())
                } else {
                    Kept::Hash(Sha256::digest(&bytes).into())
                };
                seen.files.insert(path.to_owned(), Ok(kept));
                Ok(bytes)
            }
            (None, Err(error)) => {
                seen.files.insert(path.to_owned(), Err(error.clone()));
                Err(error)
            }
        }
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        if !is_input(folder) {
            return self.inner.list_all(folder);
        }
        if let Some(known) = self.seen().folders.get(folder) {
            return known.clone();
        }
        let now = self.inner.list_all(folder);
        self.seen().folders.entry(folder.to_owned()).or_insert(now).clone()
    }

    fn list_hidden(&self, folder: &str) -> Vec<Entry> {
        self.inner.list_hidden(folder)
    }

    fn walk(&self, folder: &str) -> Result<Vec<String>, (String, ReadError)> {
        self.inner.walk(folder)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.forget(path);
        self.inner.write(path, bytes)
    }

    fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.forget(path);
        self.inner.replace(path, bytes)
    }

    fn write_durably(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.forget(path);
        self.inner.write_durably(path, bytes)
    }

    fn sync(&self, folder: &str) -> io::Result<()> {
        self.inner.sync(folder)
    }

    fn lock(&self, path: &str) -> io::Result<Box<dyn Send>> {
        self.inner.lock(path)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.forget(from);
        self.forget(to);
        self.inner.rename(from, to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.forget(path);
        self.inner.remove(path)
    }

    fn exists(&self, path: &str) -> bool {
        if !is_input(path) {
            return self.inner.exists(path);
        }
        if let Some(known) = self.seen().there.get(path) {
            return *known;
        }
        let now = self.inner.exists(path);
        *self.seen().there.entry(path.to_owned()).or_insert(now)
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
        assert_eq!(run.seen().bytes, 1);
        disk.write("content/a/large", b"changed").unwrap();
        assert!(matches!(run.read("content/a/large"), Err(ReadError::Other(_))));
    }
}
