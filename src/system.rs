//! The only place that touches files: a trait, the real thing and a twin in memory for tests.
//!
//! Paths are relative to the workspace, with forward slashes. Nothing outside the workspace can be read, neither by `..` nor by a
//! symbolic link.

#![expect(clippy::disallowed_methods, reason = "file access of the whole program lives here")]

mod listing;
mod replace;

pub use listing::{Kind, kind_named, listed_named, place_in, read_plain};

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    Missing,
    /// The path, or the target of a link on it, lies outside the workspace.
    Outside,
    /// What the operating system said.
    Other(String),
}

/// Access to the files of one workspace.
pub trait System: Send + Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// See [`ReadError`].
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError>;

    /// Names of the files and folders directly in a folder, sorted; hidden ones left out. Empty where there is no such folder.
    fn list(&self, folder: &str) -> Vec<Entry>;

    /// As [`System::list`], for a folder whose content decides what may be written: one that is there and cannot be read is no empty one.
    ///
    /// # Errors
    /// See [`ReadError`]; never [`ReadError::Missing`].
    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        Ok(self.list(folder))
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

    /// Moves a folder to a place that is free.
    ///
    /// # Errors
    /// What the operating system said.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a folder with all it holds, or a file; nothing there is no error.
    ///
    /// # Errors
    /// What the operating system said.
    fn remove(&self, path: &str) -> io::Result<()>;

    /// Whether a file or folder is there.
    fn exists(&self, path: &str) -> bool;
}

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub name: String,
    pub folder: bool,
}

/// Files on disk below a root.
#[derive(Debug, Clone)]
pub struct OsSystem {
    root: PathBuf,
    /// The root with links resolved, to hold real paths against.
    real_root: PathBuf,
}

impl OsSystem {
    /// # Errors
    /// When the folder does not exist.
    pub fn new(root: &Path) -> io::Result<Self> {
        Ok(Self { root: root.to_path_buf(), real_root: root.canonicalize()? })
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}

/// Whether a path stays below the folder that it is relative to.
fn stays_inside(path: &str) -> bool {
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

impl System for OsSystem {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if !stays_inside(path) {
            return Err(ReadError::Outside);
        }
        let full = self.path(path);
        let real = full.canonicalize().map_err(read_error)?;
        if !real.starts_with(&self.real_root) {
            return Err(ReadError::Outside);
        }
        std::fs::read(real).map_err(read_error)
    }

    fn list(&self, folder: &str) -> Vec<Entry> {
        self.list_all(folder).unwrap_or_default()
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let entries = match std::fs::read_dir(self.path(folder)).map_err(read_error) {
            Ok(entries) => entries,
            Err(ReadError::Missing) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut out = Vec::new();
        for entry in entries {
            let entry = entry.map_err(read_error)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if !name.starts_with('.') {
                out.push(Entry { name, folder: entry.path().is_dir() });
            }
        }
        out.sort();
        Ok(out)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let full = self.path(path);
        if let Some(parent) = full.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(full, bytes)
    }

    fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let real = self.path(path).canonicalize()?;
        if !stays_inside(path) || !real.starts_with(&self.real_root) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it lies outside the workspace"));
        }
        replace::replace(&real, bytes)
    }

    fn write_durably(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        use io::Write as _;
        let full = self.path(path);
        if let Some(parent) = full.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let mut file = std::fs::File::create(full)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn sync(&self, folder: &str) -> io::Result<()> {
        // Only Unix opens a folder like a file; elsewhere the file system sees to it.
        #[cfg(unix)]
        std::fs::File::open(self.path(folder))?.sync_all()?;
        #[cfg(not(unix))]
        let _ = folder;
        Ok(())
    }

    fn lock(&self, path: &str) -> io::Result<Box<dyn Send>> {
        let full = self.path(path);
        if let Some(parent) = full.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let file = std::fs::File::options().create(true).truncate(false).write(true).open(full)?;
        match file.lock() {
            Ok(()) => Ok(Box::new(file)),
            // A file system without locks: a single writer is then the user's to see to.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(Box::new(())),
            Err(error) => Err(error),
        }
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let to = self.path(to);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::rename(self.path(from), to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let full = self.path(path);
        let result = if full.is_dir() { std::fs::remove_dir_all(full) } else { std::fs::remove_file(full) };
        match result {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }
}

fn read_error(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Missing,
        _ => ReadError::Other(error.to_string()),
    }
}

/// Files in memory, for tests and for previews of unsaved text.
#[derive(Debug, Default)]
pub struct MemorySystem {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemorySystem {
    pub fn new<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Self { files: Mutex::new(files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect()) }
    }

    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> T) -> T {
        act(&mut self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

fn below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

impl System for MemorySystem {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if !stays_inside(path) {
            return Err(ReadError::Outside);
        }
        self.with(|files| files.get(path).cloned().ok_or(ReadError::Missing))
    }

    fn list(&self, folder: &str) -> Vec<Entry> {
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

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.with(|files| files.insert(path.to_owned(), bytes.to_vec()));
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
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
        self.with(|files| files.retain(|file, _| file != path && !below(file, path)));
        Ok(())
    }

    fn exists(&self, path: &str) -> bool {
        self.with(|files| files.keys().any(|file| file == path || below(file, path)))
    }
}

/// A file that the user names on the command line, which may lie anywhere: what is to be verified, a key.
///
/// # Errors
/// What the operating system said.
pub fn read_named(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// Writes a secret into a file that the user names on the command line: for the user alone, and never over one that is there.
///
/// # Errors
/// What the operating system said.
pub fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write as _;
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a key is none, and would be in the way of the next.
        let _ = std::fs::remove_file(path);
    }
    written
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
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_workspace_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("workspace");
        std::fs::create_dir_all(root.join("content")).unwrap();
        std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
        std::fs::write(root.join("content/a.txt"), "a").unwrap();
        let system = OsSystem::new(&root).unwrap();
        assert_eq!(system.read("content/a.txt").unwrap(), b"a");
        assert_eq!(system.read("content/../content/a.txt").unwrap(), b"a");
        assert_eq!(system.read("../secret.txt"), Err(ReadError::Outside));
        assert_eq!(system.read("/etc/hostname"), Err(ReadError::Outside));
        assert_eq!(system.read("content/b.txt"), Err(ReadError::Missing));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret.txt"), root.join("link.txt")).unwrap();
            std::os::unix::fs::symlink("loop", root.join("loop")).unwrap();
            assert!(system.list_all("loop").is_err() && system.list("loop").is_empty());
            assert_eq!(system.list_all("not-there"), Ok(Vec::new()));
            assert_eq!(system.read("link.txt"), Err(ReadError::Outside));
        }
    }

    #[test]
    fn the_memory_twin_lists_moves_and_removes_like_a_disk() {
        let system = MemorySystem::new([("a/b.txt", "1"), ("a/c/d.txt", "2"), ("ab.txt", "3")]);
        let names: Vec<String> = system.list("a").into_iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["b.txt", "c"]);
        assert_eq!(system.list("a/"), system.list("a"), "a slash at the end means nothing, as on a disk");
        system.rename("a", "z/y").unwrap();
        assert_eq!(system.read("z/y/c/d.txt").unwrap(), b"2");
        assert!(!system.exists("a"));
        system.remove("z").unwrap();
        assert!(!system.exists("z/y/b.txt") && system.exists("ab.txt"));
    }
}
