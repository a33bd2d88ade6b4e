//! Texts that take the place of files, as they stand in an editor before they are saved.

use std::collections::BTreeMap;

use super::{Bytes, Entry, ReadError, Stamp, System, pass_on, stays_inside};

/// A workspace in which some files hold other bytes, or are there at all, without being written. Where a text lies it is read and listed; what is
/// written, moved and removed is what lies below it.
pub struct Overlay<S> {
    inner: S,
    texts: BTreeMap<String, Bytes>,
}

impl<S: System> Overlay<S> {
    #[must_use]
    pub fn new(inner: S) -> Self {
        Self { inner, texts: BTreeMap::new() }
    }

    /// Lays a text over the place of a file.
    ///
    /// # Errors
    /// A path that leads out of the workspace.
    pub fn lay(&mut self, path: &str, bytes: impl Into<Bytes>) -> Result<(), ReadError> {
        let path = plain(path).ok_or(ReadError::Outside)?;
        self.texts.insert(path, bytes.into());
        Ok(())
    }

    /// Takes a text away again; whether there was one.
    pub fn lift(&mut self, path: &str) -> bool {
        plain(path).is_some_and(|path| self.texts.remove(&path).is_some())
    }

    /// What lies below the texts.
    #[must_use]
    pub fn inner(&self) -> &S {
        &self.inner
    }

    /// The same, to be changed.
    pub fn inner_mut(&mut self) -> &mut S {
        &mut self.inner
    }

    fn text(&self, path: &str) -> Option<&Bytes> {
        // Most runs lay nothing over anything.
        if self.texts.is_empty() { None } else { self.texts.get(&plain(path)?) }
    }

    /// What the texts add to a folder: their own names, or those of the folders on the way to them.
    fn names(&self, folder: &str) -> Vec<Entry> {
        if self.texts.is_empty() {
            return Vec::new();
        }
        let Some(folder) = plain(folder) else { return Vec::new() };
        let below = |path: &'_ String| -> Option<Entry> {
            let rest = if folder.is_empty() { path } else { path.strip_prefix(&folder)?.strip_prefix('/')? };
            Some(match rest.split_once('/') {
                Some((name, _)) => Entry { name: name.to_owned(), folder: true },
                None => Entry { name: rest.to_owned(), folder: false },
            })
        };
        self.texts.keys().filter_map(below).collect()
    }
}

/// The one way to write a path: without `.`, `..` and doubled slashes. None for one that leads out of the workspace.
fn plain(path: &str) -> Option<String> {
    if !stays_inside(path) {
        return None;
    }
    let mut names = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

fn is_hidden(entry: &Entry) -> bool {
    entry.name.starts_with('.')
}

fn merged(mut all: Vec<Entry>, more: impl Iterator<Item = Entry>) -> Vec<Entry> {
    all.extend(more);
    all.sort();
    all.dedup();
    all
}

impl<S: System> System for Overlay<S> {
    pass_on! { self => self.inner; contents, sight, write, replace, clear, write_durably, sync, lock, try_lock, rename, remove }

    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        self.text(path).map_or_else(|| self.inner.read(path), |text| Ok(text.clone()))
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let own = self.names(folder).into_iter().filter(|entry| !is_hidden(entry));
        Ok(merged(self.inner.list_all(folder)?, own))
    }

    fn listed(&self, path: &str) -> Option<Entry> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let own = self.names(folder).into_iter().find(|entry| entry.name == name && !is_hidden(entry));
        own.or_else(|| self.inner.listed(path))
    }

    fn records_with(&self, words: &str) -> Vec<String> {
        if self.texts.is_empty() { self.inner.records_with(words) } else { super::mentions::read_all(self, words) }
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        if self.text(path).is_some() { None } else { self.inner.stamp(path) }
    }

    fn list_hidden(&self, folder: &str) -> Vec<Entry> {
        merged(self.inner.list_hidden(folder), self.names(folder).into_iter().filter(is_hidden))
    }

    fn walk(&self, folder: &str) -> Result<Vec<String>, (String, ReadError)> {
        let mut all = self.inner.walk(folder)?;
        let below = plain(folder).map(|folder| format!("{folder}/")).unwrap_or_default();
        let own = self.texts.keys().filter_map(|path| path.strip_prefix(&below));
        all.extend(own.filter(|path| !path.split('/').any(|name| name.starts_with('.'))).map(str::to_owned));
        all.sort();
        all.dedup();
        Ok(all)
    }

    fn exists(&self, path: &str) -> bool {
        self.text(path).is_some() || !self.names(path).is_empty() || self.inner.exists(path)
    }
}

#[cfg(test)]
mod tests {
    use super::super::MemorySystem;
    use super::*;

    fn names(system: &impl System, folder: &str) -> Vec<String> {
        system.list(folder).into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn a_text_is_seen_in_the_place_of_a_file_until_it_is_taken_away() {
        let mut files = Overlay::new(MemorySystem::new([("content/a/x.md", "disk"), ("content/a/y.md", "y")]));
        files.lay("content/a/x.md", "editor").unwrap();
        assert_eq!(files.read("content/a/x.md").unwrap(), b"editor");
        assert_eq!(files.read("content/a/./x.md").unwrap(), b"editor", "the same file by another way to write it");
        assert_eq!(files.read("content/a/y.md").unwrap(), b"y");
        assert_eq!(names(&files, "content/a"), ["x.md", "y.md"], "named once");
        files.write("content/a/x.md", b"saved").unwrap();
        assert_eq!(files.read("content/a/x.md").unwrap(), b"editor", "what is open stays what is seen");
        assert!(files.lift("content/a/x.md") && !files.lift("content/a/x.md"));
        assert_eq!(files.read("content/a/x.md").unwrap(), b"saved");
    }

    #[test]
    fn a_text_where_no_file_is_yet_is_listed_with_its_folders() {
        let mut files = Overlay::new(MemorySystem::new([("content/a/x.md", "x")]));
        files.lay("content/b/findings/new.yaml", "figures: {}").unwrap();
        files.lay("content/b/.hidden", "").unwrap();
        assert_eq!(names(&files, "content"), ["a", "b"]);
        assert!(files.exists("content/b") && files.exists("content/b/findings/new.yaml"));
        assert_eq!(names(&files, "content/b"), ["findings"]);
        assert_eq!(files.list_hidden("content/b").len(), 1);
        assert_eq!(files.walk("content").unwrap(), ["a/x.md", "b/findings/new.yaml"]);
        files.lift("content/b/findings/new.yaml");
        files.lift("content/b/.hidden");
        assert!(!files.exists("content/b") && names(&files, "content") == ["a"]);
        assert_eq!(files.read("content/b/findings/new.yaml"), Err(ReadError::Missing));
    }

    #[test]
    fn nothing_is_laid_outside_the_workspace() {
        let mut files = Overlay::new(MemorySystem::default());
        for path in ["../a", "/a", "a/../../b", "c:a"] {
            assert_eq!(files.lay(path, "x"), Err(ReadError::Outside), "{path}");
            assert!(files.read(path).is_err());
        }
    }
}
