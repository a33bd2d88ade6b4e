//! The only place that touches files: a trait, the disk behind it ([`OsSystem`]) and a twin in memory for tests ([`MemorySystem`]); and what lies
//! over them: texts that take the place of files ([`Overlay`]), and one state of the inputs however often they are read ([`Snapshot`]).
//!
//! Paths are relative to the workspace, with forward slashes. Nothing outside the workspace is read, listed or written, neither by `..` nor
//! by a symbolic link, and nothing is opened that is no plain file: a named pipe would wait for ever, a device never end.

#![expect(clippy::disallowed_methods, reason = "file access of the whole program lives here")]

mod asked;
mod bytes;
mod disk;
mod embedded;
mod linked;
mod listing;
mod memory;
mod mentions;
mod named;
mod overlay;
mod pass_on;
mod program;
mod remembered;
mod replace;
mod sealed;
mod sight;
mod snapshot;
mod stamp;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::ops::Deref;
use std::path::{Component, Path};

use serde::Serialize;

pub use asked::Asked;
pub use bytes::{Bytes, Hash, sha256};
pub use disk::OsSystem;
pub use embedded::embedded;
pub use linked::Linked;
pub use listing::{Kind, kind_named, listed_named, place_in, read_plain};
pub use memory::MemorySystem;
pub use named::{read_named, remove_named, write_secret};
pub use overlay::Overlay;
pub use pass_on::pass_on;
pub use program::{PROGRAM, Program, begin_own, own_hash, program};
pub use remembered::Remembered;
pub use sealed::{sealed, unsealed};
pub use sight::Sight;
pub use snapshot::{Seen, Snapshot};
pub use stamp::Stamp;

/// Whether a file's name is that of a device on Windows, whatever stands behind a full stop: a file of this name cannot be unpacked there.
#[must_use]
pub fn is_device(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    match stem.trim_end_matches(|c: char| c.is_ascii_digit()) {
        device @ ("con" | "prn" | "aux" | "nul") => device == stem,
        "com" | "lpt" => stem.len() == 4,
        _ => false,
    }
}

/// Whether a name that somebody else wrote is that of a file or folder of the program's own, on any machine: one that leads nowhere else and is not hidden.
#[must_use]
pub fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']) && !is_device(name)
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum ReadError {
    Missing,
    /// The path, or the target of a link on it, lies outside the workspace.
    Outside,
    /// What is there is no file, or no folder: a few words say what.
    Kind(&'static str),
    /// What the operating system said.
    Other(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("it is not there"),
            Self::Outside => f.write_str("it lies outside the workspace, or is a link that leads out of it"),
            Self::Kind(what) => write!(f, "it is {what}"),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<ReadError> for io::Error {
    fn from(error: ReadError) -> Self {
        let kind = match error {
            ReadError::Missing => io::ErrorKind::NotFound,
            ReadError::Outside => io::ErrorKind::PermissionDenied,
            ReadError::Kind(_) => io::ErrorKind::InvalidInput,
            ReadError::Other(_) => io::ErrorKind::Other,
        };
        Self::new(kind, error.to_string())
    }
}

/// Access to the files of one workspace.
pub trait System: Send + Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// See [`ReadError`].
    fn read(&self, path: &str) -> Result<Bytes, ReadError>;

    /// Names of the files and folders directly in a folder, sorted; hidden ones left out. Empty where there is no such folder, or none that
    /// can be read.
    fn list(&self, folder: &str) -> Vec<Entry> {
        self.list_all(folder).unwrap_or_default()
    }

    /// As [`System::list`], for a folder whose content counts: one that is there and cannot be read is no empty one.
    ///
    /// # Errors
    /// See [`ReadError`]; never [`ReadError::Missing`].
    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError>;

    /// Names in a folder that begin with a full stop, sorted: what the program leaves there while it works.
    fn list_hidden(&self, _folder: &str) -> Vec<Entry> {
        Vec::new()
    }

    /// What the folder of a path lists under its name, to the letter: a disk may take capitals for small letters. Whoever asks for one name depends on no
    /// other name of the folder.
    fn listed(&self, path: &str) -> Option<Entry> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.list(folder).into_iter().find(|entry| entry.name == name)
    }

    /// What tells, without reading it, whether a file is still what it was; none where that cannot be told, as of a file that was changed a moment ago.
    fn stamp(&self, _path: &str) -> Option<Stamp> {
        None
    }

    /// The records of published versions (`content/<report>/versions/<version>.yaml`) in which some words stand, sorted. Whoever asks depends on no other
    /// record.
    fn records_with(&self, words: &str) -> Vec<String> {
        // A trait's own method cannot hand itself on as a `dyn System`.
        mentions::read_all(&self, words)
    }

    /// Every file below a folder, hidden ones too, by its path in it, each with its stamp where it has one.
    ///
    /// # Errors
    /// See [`ReadError`]; also where something else than files and folders lies there.
    fn contents(&self, folder: &str) -> Result<BTreeMap<String, Option<Stamp>>, ReadError> {
        let mut out = BTreeMap::new();
        let mut open = vec![String::new()];
        while let Some(below) = open.pop() {
            let place = format!("{folder}/{below}");
            let place = place.trim_end_matches('/');
            for entry in self.list_all(place)?.into_iter().chain(self.list_hidden(place)) {
                let name = format!("{below}{}", entry.name);
                if entry.folder {
                    open.push(format!("{name}/"));
                } else {
                    out.insert(name, None);
                }
            }
        }
        Ok(out)
    }

    /// What lies at a path, as far as can be told without reading it: a file or a folder. Of a link it cannot be told.
    fn sight(&self, _path: &str) -> Sight {
        Sight::Unknown
    }

    /// Every file below a folder, by its path in it, sorted; hidden ones left out.
    ///
    /// # Errors
    /// The path of the folder that cannot be read, and why; also one that links lead to twice, which might have no end.
    fn walk(&self, folder: &str) -> Result<Vec<String>, (String, ReadError)> {
        let mut out = Vec::new();
        let mut open = vec![String::new()];
        while let Some(below) = open.pop() {
            let place = format!("{folder}/{below}");
            let place = place.trim_end_matches('/');
            for entry in self.list_all(place).map_err(|error| (place.to_owned(), error))? {
                let name = format!("{below}{}", entry.name);
                if entry.folder { open.push(format!("{name}/")) } else { out.push(name) }
            }
        }
        out.sort();
        Ok(out)
    }

    /// Writes a file and the folders above it.
    ///
    /// # Errors
    /// What the operating system said.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;

    /// Puts other bytes into a file that an author wrote, which must be there: it is as it was or as it shall be, whatever fails. A link to it
    /// stays one, and its permissions stay.
    ///
    /// # Errors
    /// What the operating system said; also where the file is read-only, no ordinary file or outside the workspace.
    fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)
    }

    /// Removes from a folder what processes left there that ended while they replaced a file; what living ones write stays.
    fn clear(&self, _folder: &str) {}

    /// Writes a file so that it is on the disk when this returns.
    ///
    /// # Errors
    /// What the operating system said.
    fn write_durably(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)
    }

    /// Makes sure that names which were moved or written in a folder are on the disk.
    ///
    /// # Errors
    /// What the operating system said.
    fn sync(&self, _folder: &str) -> io::Result<()> {
        Ok(())
    }

    /// Waits until no other process holds this lock. It is given back when the value is dropped or the process ends, however it ends.
    ///
    /// # Errors
    /// What the operating system said.
    fn lock(&self, _path: &str) -> io::Result<Box<dyn Send>> {
        Ok(Box::new(()))
    }

    /// As [`System::lock`], without waiting: none where another process holds it.
    ///
    /// # Errors
    /// What the operating system said; also where the file system has no locks.
    fn try_lock(&self, _path: &str) -> io::Result<Option<Box<dyn Send>>> {
        Ok(Some(Box::new(())))
    }

    /// Moves a file over another, or a folder to a place that is free.
    ///
    /// # Errors
    /// What the operating system said.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a folder with all it holds, or a file; nothing there is no error. A link is removed, not what it leads to.
    ///
    /// # Errors
    /// What the operating system said.
    fn remove(&self, path: &str) -> io::Result<()>;

    /// Whether a file or folder is there, or a link, wherever it leads: reading tells what is wrong with it.
    fn exists(&self, path: &str) -> bool;
}

/// Whoever holds a workspace, by a reference or as its owner, has access to its files.
impl<T: Deref<Target: System> + Send + Sync> System for T {
    pass_on! { self => (**self); read, list_all, list_hidden, listed, records_with, stamp, sight, contents, walk, write, replace, clear, write_durably, sync, lock, try_lock, rename, remove, exists }
}

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Entry {
    pub name: String,
    pub folder: bool,
}

/// Whether a path stays below the folder that it is relative to.
pub fn stays_inside(path: &str) -> bool {
    let mut depth = 0_i32;
    for component in Path::new(path).components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir => depth -= 1,
            Component::RootDir | Component::Prefix(_) => return false,
        }
        if depth < 0 {
            return false;
        }
    }
    // A backslash or a drive letter means the same elsewhere: the workspace must read alike on every machine.
    !path.contains('\\') && !path.contains(':')
}

/// Whether the environment wants colour: no by `NO_COLOR` (<https://no-color.org>), else yes by `CLICOLOR_FORCE`, neither of them empty, or on a
/// `terminal`. Nothing else of what the program does depends on the environment.
#[must_use]
pub fn wants_colour(terminal: bool) -> bool {
    let given = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !given("NO_COLOR") && (terminal || given("CLICOLOR_FORCE"))
}

/// The console that the program speaks to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Console {
    pub is_terminal: bool,
    /// How it says that it writes letters, where that is not UTF-8; Windows has the letters themselves.
    pub encoding: Option<String>,
}

impl Console {
    /// As the environment has it: `LC_ALL` counts before `LC_CTYPE`, and that before `LANG`.
    #[must_use]
    pub fn here() -> Self {
        use std::io::IsTerminal as _;
        let given = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let named = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(given);
        let named = named.filter(|_| cfg!(unix)).unwrap_or_else(|| "C.UTF-8".to_owned());
        let plain = named.to_lowercase().replace('-', "");
        Self { is_terminal: std::io::stdout().is_terminal(), encoding: (!plain.contains("utf8")).then_some(named) }
    }
}

/// How long something took: the only clock.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    #[must_use]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// "0.42 s"
    #[must_use]
    pub fn seconds(self) -> String {
        format!("{:.2} s", self.0.elapsed().as_secs_f64())
    }
}

#[cfg(test)]
mod tests;
