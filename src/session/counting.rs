//! For tests: files in memory that count how often each is read.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::system::{Bytes, MemorySystem, ReadError, System, pass_on};

#[derive(Default)]
pub struct Counting {
    pub inner: MemorySystem,
    reads: Mutex<BTreeMap<String, usize>>,
}

impl Counting {
    pub fn new(inner: MemorySystem) -> Self {
        Self { inner, ..Self::default() }
    }

    /// How often a file was read.
    pub fn reads(&self, path: &str) -> usize {
        self.reads.lock().unwrap().get(path).copied().unwrap_or(0)
    }

    /// What was read more than once.
    pub fn read_again(&self) -> Vec<String> {
        let reads = self.reads.lock().unwrap();
        reads.iter().filter(|(_, times)| **times > 1).map(|(path, _)| path.clone()).collect()
    }
}

impl System for Counting {
    pass_on! { self => self.inner; list_all, write, rename, remove, exists }

    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        *self.reads.lock().unwrap().entry(path.to_owned()).or_default() += 1;
        self.inner.read(path)
    }
}
