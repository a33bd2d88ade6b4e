//! Other bytes in a file that an author wrote: beside it first, then moved into its place, so that whatever fails leaves the file as it was.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// What is done to the disk, one step each: every one can fail.
trait Disk {
    fn create(&self, path: &Path) -> io::Result<File>;

    /// Gives a new file the owner and permissions of the one it takes the place of.
    fn adopt(&self, file: &File, like: &Metadata) -> io::Result<()>;

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;

    fn sync(&self, file: &File) -> io::Result<()>;

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes sure that the new name is on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

struct Real;

impl Disk for Real {
    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        // Nobody else may read it before it has the permissions of the file whose content it holds.
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    fn adopt(&self, file: &File, like: &Metadata) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let own = file.metadata()?;
            if (own.uid(), own.gid()) != (like.uid(), like.gid()) {
                // Only root may give a file to someone else; to others it stays their own.
                let _ = std::os::unix::fs::fchown(file, Some(like.uid()), Some(like.gid()));
            }
        }
        file.set_permissions(like.permissions())
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Only Unix opens a folder like a file; elsewhere the file system sees to it.
        #[cfg(unix)]
        match File::open(folder)?.sync_all() {
            Err(error) if !matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
                return Err(error);
            }
            _ => {}
        }
        #[cfg(not(unix))]
        let _ = folder;
        Ok(())
    }
}

/// Beginning of the names of files that are on their way.
const NEW: &str = ".belagg-new-";

/// Puts bytes into a file that is there. `target` is the file itself, no link to it.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_on(&Real, target, bytes)
}

fn replace_on(disk: &dyn Disk, target: &Path, bytes: &[u8]) -> io::Result<()> {
    let denied = |what: &str| Err(io::Error::new(io::ErrorKind::PermissionDenied, what.to_owned()));
    let like = std::fs::metadata(target)?;
    let Some(folder) = target.parent().filter(|_| like.is_file()) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no ordinary file"));
    };
    // Moving a file into the place of another asks nothing of that other, so what it says of itself is asked here.
    if like.permissions().readonly() {
        return denied("the file is read-only");
    }
    if cfg!(unix) && std::fs::metadata(folder)?.permissions().readonly() {
        return denied("its folder is read-only");
    }
    clear(folder);
    let new = folder.join(format!("{NEW}{}", std::process::id()));
    let mut file = disk.create(&new)?;
    let written = fill(disk, &mut file, &like, bytes).and_then(|()| disk.rename(&new, target));
    if written.is_err() {
        let _ = std::fs::remove_file(&new);
        return written;
    }
    disk.sync_folder(folder)
        .map_err(|error| io::Error::new(error.kind(), format!("it is written, and the disk may not keep it: {error}")))
}

fn fill(disk: &dyn Disk, file: &mut File, like: &Metadata, bytes: &[u8]) -> io::Result<()> {
    // Held while the process lives, so that the next run knows what a dead one has left.
    let _ = file.try_lock();
    disk.adopt(file, like)?;
    disk.write(file, bytes)?;
    disk.sync(file)
}

/// Removes what runs left that ended before they were done.
pub(super) fn clear(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let left = |path: &PathBuf| {
        let name = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(NEW));
        let file = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
        name && file && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
    };
    for path in entries.flatten().map(|entry| entry.path()).filter(left) {
        let _ = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// A disk that fails at one step.
    struct Failing {
        left: Cell<usize>,
        failed: Cell<&'static str>,
    }

    impl Failing {
        fn at(step: usize) -> Self {
            Self { left: Cell::new(step), failed: Cell::new("") }
        }

        fn allow(&self, step: &'static str) -> io::Result<()> {
            match self.left.get().checked_sub(1) {
                Some(left) => {
                    self.left.set(left);
                    Ok(())
                }
                None => {
                    self.failed.set(step);
                    Err(io::Error::new(io::ErrorKind::StorageFull, "the disk is full"))
                }
            }
        }
    }

    impl Disk for Failing {
        fn create(&self, path: &Path) -> io::Result<File> {
            self.allow("create")?;
            Real.create(path)
        }

        fn adopt(&self, file: &File, like: &Metadata) -> io::Result<()> {
            self.allow("adopt")?;
            Real.adopt(file, like)
        }

        fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
            // Half of it is written: what a full disk does.
            if let Err(error) = self.allow("write") {
                Real.write(file, &bytes[..bytes.len() / 2])?;
                return Err(error);
            }
            Real.write(file, bytes)
        }

        fn sync(&self, file: &File) -> io::Result<()> {
            self.allow("sync")?;
            Real.sync(file)
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.allow("rename")?;
            Real.rename(from, to)
        }

        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            self.allow("sync folder")?;
            Real.sync_folder(folder)
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut out: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        out.sort();
        out
    }

    #[test]
    fn whatever_step_fails_the_file_is_old_or_new_and_nothing_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kapitel.md");
        let mut failed = Vec::new();
        for step in 0..7 {
            std::fs::write(&file, "som det var").unwrap();
            let disk = Failing::at(step);
            let done = replace_on(&disk, &file, b"som det ska vara").is_ok();
            let now = std::fs::read_to_string(&file).unwrap();
            assert_eq!(now, if done || step == 5 { "som det ska vara" } else { "som det var" }, "step {step}");
            assert_eq!(names(folder.path()), ["kapitel.md"], "step {step}");
            if !done {
                failed.push(disk.failed.get());
            }
        }
        assert_eq!(failed, ["create", "adopt", "write", "sync", "rename", "sync folder"]);
    }

    #[test]
    fn what_a_dead_run_left_is_cleared_and_what_a_living_one_writes_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kapitel.md");
        std::fs::write(&file, "1").unwrap();
        std::fs::write(folder.path().join(format!("{NEW}1")), "dead").unwrap();
        let living = Real.create(&folder.path().join(format!("{NEW}2"))).unwrap();
        living.lock().unwrap();
        replace(&file, b"2").unwrap();
        assert_eq!(names(folder.path()), [format!("{NEW}2"), "kapitel.md".to_owned()]);
        assert_eq!(std::fs::read(&file).unwrap(), b"2");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_what_is_read_only_is_left() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kapitel.md");
        std::fs::write(&file, "1").unwrap();
        let mode = |mode: u32| std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&file, mode(0o640)).unwrap();
        replace(&file, b"2").unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        std::fs::set_permissions(&file, mode(0o440)).unwrap();
        assert_eq!(replace(&file, b"3").unwrap_err().to_string(), "the file is read-only");
        std::fs::set_permissions(&file, mode(0o640)).unwrap();
        std::fs::set_permissions(folder.path(), mode(0o550)).unwrap();
        assert_eq!(replace(&file, b"3").unwrap_err().to_string(), "its folder is read-only");
        std::fs::set_permissions(folder.path(), mode(0o750)).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"2");
        assert!(replace(folder.path(), b"3").is_err() && replace(&folder.path().join("none"), b"3").is_err());
    }
}
