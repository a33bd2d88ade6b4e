//! Files in memory.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use super::{Bytes, Entry, ReadError, System, stays_inside};

/// Files in memory, for versions that are built again and for tests.
#[derive(Debug, Default)]
pub struct MemorySystem {
    files: Mutex<BTreeMap<String, Bytes>>,
}

impl MemorySystem {
    pub fn new<P: Into<String>, B: Into<Bytes>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Self { files: Mutex::new(files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect()) }
    }

    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, Bytes>) -> T) -> T {
        act(&mut self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn names(&self, folder: &str) -> Vec<Entry> {
        // A disk takes a slash at the end for nothing.
        let folder = folder.trim_end_matches('/');
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.with(|files| {
            let mut out: Vec<Entry> = files
                .keys()
                .filter_map(|path| path.strip_prefix(&prefix))
                .map(|rest| match rest.split_once('/') {
                    Some((name, _)) => Entry { name: name.to_owned(), folder: true },
                    None => Entry { name: rest.to_owned(), folder: false },
                })
                .collect();
            out.sort();
            out.dedup();
            out
        })
    }
}

fn below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

impl System for MemorySystem {
    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        if !stays_inside(path) {
            return Err(ReadError::Outside);
        }
        self.with(|files| files.get(path).cloned().ok_or(ReadError::Missing))
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        if !stays_inside(folder) {
            return Err(ReadError::Outside);
        }
        let mut names = self.names(folder);
        names.retain(|entry| !entry.name.starts_with('.'));
        Ok(names)
    }

    fn list_hidden(&self, folder: &str) -> Vec<Entry> {
        let mut names = self.names(folder);
        names.retain(|entry| entry.name.starts_with('.'));
        names
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if !stays_inside(path) {
            return Err(ReadError::Outside.into());
        }
        self.with(|files| files.insert(path.to_owned(), bytes.into()));
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        if !stays_inside(from) || !stays_inside(to) {
            return Err(ReadError::Outside.into());
        }
        self.with(|files| {
            let moved: Vec<String> = files.keys().filter(|path| *path == from || below(path, from)).cloned().collect();
            if moved.is_empty() {
                return Err(io::Error::from(io::ErrorKind::NotFound));
            }
            for path in moved {
                if let Some(bytes) = files.remove(&path) {
                    files.insert(format!("{to}{}", &path[from.len()..]), bytes);
                }
            }
            Ok(())
        })
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        if !stays_inside(path) || path.is_empty() {
            return Err(ReadError::Outside.into());
        }
        self.with(|files| files.retain(|file, _| file != path && !below(file, path)));
        Ok(())
    }

    fn exists(&self, path: &str) -> bool {
        self.with(|files| files.keys().any(|file| file == path || below(file, path)))
    }
}
