//! Files of versions that wait for their place: written where nobody looks as soon as they are made, and moved when everything is. So the threads of a
//! build write side by side, and it holds few files in memory, however many reports it makes.

use std::borrow::Cow;
use std::io;
use std::sync::Mutex;

use crate::pipeline::Artifact;
use crate::system::{Hash, System, begin_own};

/// Below it each run has a folder with a number, and beside that the file that it locks while it lives.
const PLACE: &str = ".built/aside";
/// So many builds of one workspace at a time find a folder.
const RUNS: usize = 64;

/// The folder of one run.
pub struct Aside<'a> {
    system: &'a dyn System,
    folder: String,
    /// Until it is given back, no other run takes the folder for what a killed one has left.
    _lock: Mutex<Box<dyn Send>>,
}

/// Files of a document and its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Files {
    Held(Vec<Artifact>),
    Waiting(Waiting),
}

/// Files that lie in a folder of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    folder: String,
    files: Vec<(String, Hash)>,
}

/// A path, and what the operating system said of it.
#[derive(Debug)]
pub(super) struct Failed(pub String, pub io::Error);

impl<'a> Aside<'a> {
    /// A folder that no other run has; what killed ones have left goes. None where nothing can be written or locked: files are held in memory then.
    #[must_use]
    pub fn open(system: &'a dyn System) -> Option<Self> {
        begin_own(system).ok()?;
        let mut own = None;
        for run in 0..RUNS {
            let folder = format!("{PLACE}/{run}");
            let name = format!("{folder}.lock");
            if own.is_some() && !system.exists(&name) {
                break;
            }
            let Some(lock) = system.try_lock(&name).ok()? else { continue };
            system.remove(&folder).ok()?;
            own.get_or_insert(Self { system, folder, _lock: Mutex::new(lock) });
        }
        own
    }

    /// Lays the files of a version aside that is to lie at `place`. Those that cannot be written are held.
    pub fn put(&self, place: &str, files: Vec<Artifact>) -> Files {
        let folder = format!("{}/{place}", self.folder);
        let write = |file: &Artifact| self.system.write(&format!("{folder}/{}", file.path), &file.bytes);
        if files.is_empty() || files.iter().any(|file| write(file).is_err()) {
            let _ = self.system.remove(&folder);
            return Files::Held(files);
        }
        Files::Waiting(Waiting {
            folder,
            files: files.into_iter().map(|file| (file.path, file.bytes.hash())).collect(),
        })
    }
}

impl Drop for Aside<'_> {
    fn drop(&mut self) {
        // Best effort: the next run clears it up as well.
        let _ = self.system.remove(&self.folder);
    }
}

impl Files {
    /// Their paths with their hashes.
    #[must_use]
    pub fn hashes(&self) -> Vec<(&str, Hash)> {
        match self {
            Self::Held(files) => files.iter().map(|file| (file.path.as_str(), file.bytes.hash())).collect(),
            Self::Waiting(waiting) => waiting.files.iter().map(|(path, hash)| (path.as_str(), *hash)).collect(),
        }
    }

    /// The files with what they hold, when they lie in `place`; none where one cannot be read there or is another.
    #[must_use]
    pub fn read(&self, system: &dyn System, place: &str) -> Option<Cow<'_, [Artifact]>> {
        match self {
            Self::Held(files) => Some(Cow::Borrowed(files)),
            Self::Waiting(waiting) => waiting.read(system, place).ok().map(Cow::Owned),
        }
    }

    /// Puts them into a folder that is not there.
    ///
    /// # Errors
    /// What the operating system said, with the path.
    pub(super) fn write(&self, system: &dyn System, folder: &str) -> Result<(), Failed> {
        let files = match self {
            Self::Held(files) => Cow::Borrowed(&files[..]),
            Self::Waiting(waiting) if system.rename(&waiting.folder, folder).is_ok() => return Ok(()),
            // `output/` may lie on another disk.
            Self::Waiting(waiting) => Cow::Owned(waiting.read(system, &waiting.folder)?),
        };
        files.iter().try_for_each(|file| {
            let path = format!("{folder}/{}", file.path);
            system.write(&path, &file.bytes).map_err(|error| Failed(path, error))
        })
    }
}

impl Waiting {
    fn read(&self, system: &dyn System, place: &str) -> Result<Vec<Artifact>, Failed> {
        let read = |(path, hash): &(String, Hash)| {
            let at = format!("{place}/{path}");
            match system.read(&at) {
                Ok(bytes) if bytes.hash() == *hash => Ok(Artifact { path: path.clone(), bytes }),
                Ok(_) => Err(Failed(at, io::ErrorKind::InvalidData.into())),
                Err(error) => Err(Failed(at, error.into())),
            }
        };
        self.files.iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::OsSystem;

    fn files() -> Vec<Artifact> {
        [("index.html", "a"), ("data/a.csv", "b")]
            .map(|(path, text)| Artifact { path: path.into(), bytes: text.into() })
            .into()
    }

    #[test]
    fn files_wait_and_are_moved() {
        let folder = tempfile::tempdir().unwrap();
        let disk = OsSystem::new(folder.path()).unwrap();
        let aside = Aside::open(&disk).unwrap();
        let waiting = aside.put("output/liten/1.0", files());
        assert!(matches!(waiting, Files::Waiting(_)) && waiting.hashes() == Files::Held(files()).hashes());
        assert!(!disk.exists("output"));
        waiting.write(&disk, "output/.new-liten").unwrap();
        assert_eq!(waiting.read(&disk, "output/.new-liten").as_deref(), Some(&files()[..]));
        disk.write("output/.new-liten/index.html", b"another").unwrap();
        assert_eq!(waiting.read(&disk, "output/.new-liten"), None);
        drop(aside);
        assert!(!disk.exists(".built/aside/0"));
    }

    #[test]
    fn each_run_has_its_folder_and_clears_those_of_dead_ones() {
        let folder = tempfile::tempdir().unwrap();
        let disk = OsSystem::new(folder.path()).unwrap();
        let first = Aside::open(&disk).unwrap();
        let second = Aside::open(&disk).unwrap();
        let waiting = (first.put("output/a/1.0", files()), second.put("output/a/1.0", files()));
        assert_ne!(waiting.0, waiting.1);
        // A process that is killed gives back its lock and clears nothing.
        disk.write(".built/aside/2.lock", b"").unwrap();
        disk.write(".built/aside/2/output/b/1.0/index.html", b"half").unwrap();
        let third = Aside::open(&disk).unwrap();
        assert_eq!(third.folder, ".built/aside/2");
        assert!(!disk.exists(".built/aside/2/output"));
        for files in [waiting.0, waiting.1] {
            assert!(
                files.read(&disk, ".built/aside/0/output/a/1.0").is_some()
                    || files.read(&disk, ".built/aside/1/output/a/1.0").is_some()
            );
        }
    }

    #[test]
    fn what_cannot_be_laid_aside_is_held() {
        let folder = tempfile::tempdir().unwrap();
        let disk = OsSystem::new(folder.path()).unwrap();
        let aside = Aside::open(&disk).unwrap();
        disk.write(".built/aside/0/output", b"no folder").unwrap();
        assert_eq!(aside.put("output/a/1.0", files()), Files::Held(files()));
    }
}
