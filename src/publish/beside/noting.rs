//! A workspace that notes what was looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::system::{Bytes, Entry, ReadError, Stamp, System, pass_on};

/// Notes files that were read and folders that were listed, with their stamps; whoever asks whether something is there depends on the folder that it
/// would lie in.
pub struct Noting<'a> {
    inner: &'a dyn System,
    /// Stamps from before anything was read.
    looked: Mutex<BTreeMap<String, Option<Stamp>>>,
    /// Folders in output/.
    folders: Mutex<BTreeSet<String>>,
}

impl<'a> Noting<'a> {
    #[must_use]
    pub fn new(inner: &'a dyn System) -> Self {
        Self { inner, looked: Mutex::default(), folders: Mutex::default() }
    }

    /// Notes a path.
    pub fn note(&self, path: &str) {
        // What lies in these is compared by names: every build puts files there.
        if matches!(path, "" | "content" | "output" | ".built") {
            return;
        }
        let looked = || self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if !looked().contains_key(path) {
            // Who looks at the disk keeps no other waiting; the first to have looked counts.
            let stamp = self.inner.sight(path).stamp();
            looked().entry(path.to_owned()).or_insert(stamp);
        }
    }

    /// What was looked at. Folders in output/ are as the build leaves them: it puts files there, and nobody else may meanwhile.
    pub(super) fn looked(&self) -> BTreeMap<String, Option<Stamp>> {
        let looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = looked.clone();
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        out.extend(folders.iter().map(|path| (path.clone(), self.inner.sight(path).stamp())));
        out
    }

    /// Notes what the build itself writes: it is as the build leaves it.
    pub fn note_written(&self, path: &str) {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }

    fn note_folder(&self, path: &str) {
        if path.starts_with("output/") {
            self.note_written(path);
        } else {
            self.note(path);
        }
    }
}

impl System for Noting<'_> {
    pass_on! { self => self.inner; sight, write, replace, clear, write_durably, sync, lock, try_lock, rename, remove }

    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        self.note(path);
        self.inner.read(path)
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        self.note_folder(folder);
        self.inner.list_all(folder)
    }

    fn list_hidden(&self, folder: &str) -> Vec<Entry> {
        self.note_folder(folder);
        self.inner.list_hidden(folder)
    }

    fn exists(&self, path: &str) -> bool {
        self.note_folder(path.rsplit_once('/').map_or("", |(folder, _)| folder));
        self.inner.exists(path)
    }
}
