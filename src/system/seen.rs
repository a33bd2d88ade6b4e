//! What was asked of a workspace to make a value: as long as the answers are the same, so is the value.

use std::collections::BTreeMap;

use super::{Entry, Hash, ReadError, Snapshot, System};

/// What was asked of a workspace, and what it answered: what was made from the answers holds as long as they do.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub(super) files: BTreeMap<String, Result<Hash, ReadError>>,
    pub(super) folders: BTreeMap<String, Result<Vec<Entry>, ReadError>>,
    pub(super) walks: BTreeMap<String, Result<Vec<String>, (String, ReadError)>>,
    pub(super) there: BTreeMap<String, bool>,
    /// The same was answered in two ways.
    pub(super) fleeting: bool,
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
}

/// A value with what was asked to make it.
#[derive(Debug)]
pub struct Remembered<T> {
    pub value: T,
    seen: Seen,
}

impl<T> Remembered<T> {
    /// Makes a value from a workspace.
    pub fn make(system: &dyn System, make: impl FnOnce(&dyn System) -> T) -> Self {
        let asked = Snapshot::new(system);
        let value = make(&asked);
        Self { value, seen: asked.seen() }
    }

    /// Whether the workspace would still give the same.
    #[must_use]
    pub fn holds(&self, system: &dyn System) -> bool {
        self.seen.holds(system)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MemorySystem, Overlay};
    use super::*;

    #[test]
    fn what_was_made_from_answers_holds_while_they_do() {
        let mut files = Overlay::new(MemorySystem::new([("content/a/x.md", "x"), ("templates/a/b", "")]));
        let run = Snapshot::new(&files);
        assert!(run.read("content/a/x.md").is_ok() && run.read("content/a/y.md").is_err() && !run.exists("charts/a"));
        assert_eq!((run.list("content/a").len(), run.walk("templates").unwrap().len()), (1, 1));
        let seen = run.seen();
        assert!(seen.holds(&files));
        for path in ["content/a/x.md", "content/a/y.md", "content/a/z.md", "charts/a/c.yaml", "templates/new"] {
            files.lay(path, "other").unwrap();
            assert!(!seen.holds(&files), "{path}");
            files.lay("content/b/x.md", "nobody asked for it").unwrap();
            assert!(files.lift(path) && seen.holds(&files));
        }
        let run = Snapshot::new(&files);
        assert!(!run.exists("output/a") && run.read("content/a/versions/1.0.yaml").is_err());
        let seen = run.seen();
        assert!(seen.holds(&files));
        files.inner_mut().write("content/a/versions/1.0.yaml", b"published meanwhile").unwrap();
        assert!(!seen.holds(&files));
    }
}
