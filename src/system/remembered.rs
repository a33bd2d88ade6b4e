//! A value that was made from a workspace: as long as what was asked is answered the same, so is the value.

use super::{Seen, Snapshot, System};

/// A value with what was asked to make it.
#[derive(Debug)]
pub struct Remembered<T> {
    pub value: T,
    seen: Seen,
}

impl<T> Remembered<T> {
    /// Makes a value from a workspace.
    pub fn make(system: &dyn System, make: impl FnOnce(&dyn System) -> T) -> Self {
        let asked = Snapshot::recording(system);
        let value = make(&asked);
        Self { value, seen: asked.seen() }
    }

    /// What was asked.
    #[must_use]
    pub fn seen(&self) -> &Seen {
        &self.seen
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
