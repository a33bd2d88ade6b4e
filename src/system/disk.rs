//! Files on disk below a root.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{File, FileType, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Bytes, Entry, ReadError, Sight, Stamp, System, linked, stays_inside};
use crate::alike;

/// No input and no output of a report is anywhere near this size: what is larger was put there by mistake, and would fill the memory.
const MOST_BYTES: u64 = 256 << 20;

/// Files on disk below a root.
#[derive(Debug, Clone)]
pub struct OsSystem {
    root: PathBuf,
    /// The root with links resolved, to hold real paths against.
    real_root: PathBuf,
    /// Folders that are no links, where that is asked once.
    plain: Option<Arc<Mutex<BTreeSet<OsString>>>>,
}

fn known(plain: &Mutex<BTreeSet<OsString>>) -> MutexGuard<'_, BTreeSet<OsString>> {
    plain.lock().unwrap_or_else(PoisonError::into_inner)
}

impl OsSystem {
    /// # Errors
    /// When the folder does not exist.
    pub fn new(root: &Path) -> io::Result<Self> {
        Ok(Self { root: root.to_path_buf(), real_root: root.canonicalize()?, plain: None })
    }

    /// A folder that is made where it is not there.
    ///
    /// # Errors
    /// What the operating system said.
    pub fn create(root: &Path) -> io::Result<Self> {
        if root.is_file() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is a file"));
        }
        std::fs::create_dir_all(root)?;
        Self::new(root)
    }

    /// For a run that ends soon: a folder that was seen to be no link is not looked at again for each path that leads through it.
    #[must_use]
    pub fn for_one_run(self) -> Self {
        Self { plain: Some(Arc::default()), ..self }
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The root with links resolved, from the root of the disk on.
    #[must_use]
    pub fn real_root(&self) -> &Path {
        &self.real_root
    }

    /// The real place of a path: as much of it as is there, links resolved, must lie in the workspace.
    fn real(&self, path: &str) -> Result<PathBuf, ReadError> {
        if !stays_inside(path) {
            return Err(ReadError::Outside);
        }
        match self.without_links(path) {
            Some(real) => Ok(real),
            None => self.real_of(&self.root.join(path)),
        }
    }

    /// The place of a path that has no links in it, as most have none: looking at each of its names takes a fraction of resolving them all from the root of
    /// the disk on. Below a name that is not there is nothing to look at; one with other letters than ASCII's may be there in another way of writing them.
    fn without_links(&self, path: &str) -> Option<PathBuf> {
        let mut place = self.real_root.clone();
        let mut is_there = true;
        let mut parts = Path::new(path).components().peekable();
        while let Some(part) = parts.next() {
            let name = match part {
                std::path::Component::Normal(name) => name,
                std::path::Component::CurDir => continue,
                _ => return None,
            };
            place.push(name);
            let is_last = parts.peek().is_none();
            if !is_there || !is_last && self.is_known(&place) {
                continue;
            }
            match place.symlink_metadata() {
                Ok(found) if found.is_symlink() => return None,
                Ok(found) if found.is_dir() => self.know(&place),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_ascii() => is_there = false,
                Err(_) => return None,
            }
        }
        Some(place)
    }

    fn is_known(&self, folder: &Path) -> bool {
        self.plain.as_ref().is_some_and(|plain| known(plain).contains(folder.as_os_str()))
    }

    fn know(&self, folder: &Path) {
        if let Some(plain) = &self.plain {
            known(plain).insert(folder.as_os_str().to_owned());
        }
    }

    fn real_of(&self, full: &Path) -> Result<PathBuf, ReadError> {
        let mut there = full;
        loop {
            match there.canonicalize() {
                Ok(real) if !real.starts_with(&self.real_root) => return Err(ReadError::Outside),
                Ok(real) => {
                    let rest = full.strip_prefix(there).map_err(|_| ReadError::Outside)?;
                    if let Some(twin) = composed_twin(&real, rest) {
                        return self.real_of(&twin);
                    }
                    // What is not there yet holds no links; `..` in it would lead who knows where.
                    let plain = rest.components().all(|part| !matches!(part, std::path::Component::ParentDir));
                    // Joining nothing would put a slash behind a file.
                    return if rest.as_os_str().is_empty() {
                        Ok(real)
                    } else if plain {
                        Ok(real.join(rest))
                    } else {
                        Err(ReadError::Outside)
                    };
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    match there.symlink_metadata() {
                        Ok(found) if found.is_symlink() => return Err(ReadError::Kind("a link that leads nowhere")),
                        // Another process has made it since.
                        Ok(_) => {}
                        Err(_) => there = there.parent().ok_or(ReadError::Missing)?,
                    }
                }
                Err(error) => return Err(read_error(error)),
            }
        }
    }

    /// As [`Self::real`], for what is written: where the program has a folder to itself no link is followed.
    fn real_of_own(&self, path: &str) -> io::Result<PathBuf> {
        if let Some(real) = self.without_links(path).filter(|_| stays_inside(path)) {
            return Ok(real);
        }
        let is_link = |place: &str| self.root.join(place).symlink_metadata().is_ok_and(|found| found.is_symlink());
        match linked::on_own_way(path, is_link) {
            Some(link) => Err(io::Error::other(link)),
            None => Ok(self.real(path)?),
        }
    }

    /// As [`Self::real`], but a link at the end of the path stands for itself.
    fn entry(&self, path: &str) -> Result<PathBuf, ReadError> {
        let (folder, name) = named(path)?;
        Ok(self.real(folder)?.join(name))
    }

    /// As [`Self::entry`], for what is written.
    fn own_entry(&self, path: &str) -> io::Result<PathBuf> {
        let (folder, name) = named(path)?;
        Ok(self.real_of_own(folder)?.join(name))
    }

    /// Where a file may be written; the folders above it are made.
    fn target(&self, path: &str) -> io::Result<PathBuf> {
        let full = self.real_of_own(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => io::Error::from(io::ErrorKind::NotADirectory),
            _ => error,
        })?;
        match full.metadata() {
            Ok(found) if !found.is_file() => return Err(ReadError::Kind(kind(found.file_type())).into()),
            _ => {}
        }
        if let Some(parent) = full.parent() {
            std::fs::create_dir_all(parent)?;
        }
        Ok(full)
    }

    fn names(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let real = self.real(folder)?;
        let entries = match std::fs::read_dir(&real) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => match real.metadata() {
                Ok(found) if !found.is_dir() => return Err(ReadError::Kind("no folder")),
                _ => return Err(read_error(error)),
            },
        };
        let mut out = Vec::new();
        for entry in entries {
            let entry = entry.map_err(read_error)?;
            let name = entry.file_name().into_string().map_err(|name| {
                ReadError::Other(format!("the name of `{}` in it is not UTF-8: rename it", name.to_string_lossy()))
            })?;
            // The list says it itself; only where a link leads needs another look.
            let folder = match entry.file_type() {
                Ok(kind) if !kind.is_symlink() => kind.is_dir(),
                _ => entry.path().is_dir(),
            };
            out.push(Entry { name, folder });
        }
        out.sort();
        Ok(out)
    }
}

/// The folder of a path, and the name in it.
fn named(path: &str) -> Result<(&str, &str), ReadError> {
    let path = path.trim_end_matches('/');
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if !stays_inside(path) || matches!(name, "" | "." | "..") { Err(ReadError::Outside) } else { Ok((folder, name)) }
}

/// Where the rest of a path leads if its first name is there in other characters: some systems write å as an a with a ring.
fn composed_twin(folder: &Path, rest: &Path) -> Option<PathBuf> {
    let mut names = rest.iter();
    let name = names.next()?.to_str().filter(|name| !name.is_ascii())?;
    let wanted = alike::composed(name);
    let entries = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut twins = entries.filter(|found| alike::composed(found) == wanted);
    let twin = twins.next().filter(|found| found != name)?;
    let mut place = folder.join(twin);
    place.extend(names);
    twins.next().is_none().then_some(place)
}

impl System for OsSystem {
    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        let real = self.real(path)?;
        plain_file(&real)?;
        std::fs::read(real).map(Bytes::from).map_err(read_error)
    }

    fn list_all(&self, folder: &str) -> Result<Vec<Entry>, ReadError> {
        let mut names = match self.names(folder) {
            Err(ReadError::Missing) => Vec::new(),
            other => other?,
        };
        names.retain(|entry| !entry.name.starts_with('.'));
        Ok(names)
    }

    fn list_hidden(&self, folder: &str) -> Vec<Entry> {
        let mut names = self.names(folder).unwrap_or_default();
        names.retain(|entry| entry.name.starts_with('.'));
        names
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let found = self.real(path).ok()?.symlink_metadata().ok()?;
        if found.is_file() { Stamp::from_metadata(&found)?.settled() } else { None }
    }

    fn contents(&self, folder: &str) -> Result<BTreeMap<String, Option<Stamp>>, ReadError> {
        let mut out = BTreeMap::new();
        let mut open = vec![(self.real(folder)?, String::new())];
        while let Some((place, below)) = open.pop() {
            for entry in std::fs::read_dir(&place).map_err(read_error)? {
                let entry = entry.map_err(read_error)?;
                let name = entry.file_name().into_string().map_err(|_| ReadError::Kind("no file of the program's"))?;
                let (name, found) = (format!("{below}{name}"), entry.metadata().map_err(read_error)?);
                if found.is_dir() {
                    open.push((entry.path(), format!("{name}/")));
                } else if found.is_file() {
                    out.insert(name, Stamp::from_metadata(&found));
                } else {
                    return Err(ReadError::Kind(kind(found.file_type())));
                }
            }
        }
        Ok(out)
    }

    fn sight(&self, path: &str) -> Sight {
        // Links on the way are followed and may lead out: a stamp says nothing of what lies there.
        match self.root.join(path).symlink_metadata() {
            // Nor does a link's own stamp of what it leads to.
            Ok(found) if found.is_symlink() => Sight::Unknown,
            Ok(found) => Stamp::from_metadata(&found).map_or(Sight::Unknown, Sight::There),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Sight::Nothing
            }
            Err(_) => Sight::Unknown,
        }
    }

    fn walk(&self, folder: &str) -> Result<Vec<String>, (String, ReadError)> {
        let mut out = Vec::new();
        let mut open = vec![String::new()];
        let mut seen = BTreeSet::new();
        while let Some(below) = open.pop() {
            let place = format!("{folder}/{below}");
            let place = place.trim_end_matches('/');
            let at = |error| (place.to_owned(), error);
            if !seen.insert(self.real(place).map_err(at)?) {
                let reason = "links lead to this folder more than once, so that reading it might never end";
                return Err(at(ReadError::Other(reason.to_owned())));
            }
            for entry in self.list_all(place).map_err(at)? {
                let name = format!("{below}{}", entry.name);
                if entry.folder { open.push(format!("{name}/")) } else { out.push(name) }
            }
        }
        out.sort();
        Ok(out)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        std::fs::write(self.target(path)?, bytes)
    }

    fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        super::replace::replace(&self.real(path)?, bytes)
    }

    fn clear(&self, folder: &str) {
        if let Ok(folder) = self.real(folder) {
            super::replace::clear(&folder);
        }
    }

    fn write_durably(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(self.target(path)?)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn sync(&self, folder: &str) -> io::Result<()> {
        // Only Unix opens a folder like a file; elsewhere the file system sees to it.
        #[cfg(unix)]
        File::open(self.real(folder)?)?.sync_all()?;
        #[cfg(not(unix))]
        let _ = folder;
        Ok(())
    }

    fn lock(&self, path: &str) -> io::Result<Box<dyn Send>> {
        let file = File::options().create(true).truncate(false).write(true).open(self.target(path)?)?;
        match file.lock() {
            Ok(()) => Ok(Box::new(file)),
            // A file system without locks: a single writer is then the user's to see to.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(Box::new(())),
            Err(error) => Err(error),
        }
    }

    fn try_lock(&self, path: &str) -> io::Result<Option<Box<dyn Send>>> {
        let path = self.target(path)?;
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let to = self.own_entry(to)?;
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::rename(self.own_entry(from)?, to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let full = self.own_entry(path)?;
        let result = match full.symlink_metadata() {
            Ok(found) if found.is_dir() => std::fs::remove_dir_all(full),
            Ok(_) => std::fs::remove_file(full),
            Err(error) => Err(error),
        };
        match result {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(()),
            other => other,
        }
    }

    fn exists(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        if path.is_empty() {
            return true;
        }
        self.entry(path).is_ok_and(|full| full.symlink_metadata().is_ok())
    }
}

/// Looks before a file is opened: what is no plain file may wait for ever, and what is too large would be read into memory.
pub(super) fn plain_file(path: &Path) -> Result<(), ReadError> {
    let found = path.metadata().map_err(read_error)?;
    if !found.is_file() {
        return Err(ReadError::Kind(kind(found.file_type())));
    }
    if found.len() > MOST_BYTES {
        let size = found.len() >> 20;
        return Err(ReadError::Other(format!("it has {size} MiB, and a file has at most {}", MOST_BYTES >> 20)));
    }
    Ok(())
}

/// What a thing is that is no plain file.
fn kind(kind: FileType) -> &'static str {
    if kind.is_dir() {
        return "a folder, not a file";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return "a named pipe, not a file";
        }
        if kind.is_socket() {
            return "a socket, not a file";
        }
    }
    "a device, not a file"
}

fn read_error(error: io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Missing,
        _ => ReadError::Other(error.to_string()),
    }
}
