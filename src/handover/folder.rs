//! The folder that is handed over. What an earlier export wrote there is written over, or taken away where it is not written any more; what
//! somebody has changed or put there stays.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;

use crate::pipeline::Artifact;
use crate::system::{ReadError, System, sha256, stays_inside};

/// The list of what was written, in the form of `sha256sum`. Its name begins with a full stop, so that nobody takes it for a file of the report.
const LIST: &str = ".export";

/// Paths in the folder, each with a hash.
type Listed = BTreeSet<(String, String)>;

/// Writes files into a folder; gives the paths of those that were not written, since what lies there is somebody's.
///
/// # Errors
/// What the operating system said, with the path.
pub fn write(system: &dyn System, folder: &str, files: &[Artifact]) -> Result<Vec<String>, (String, io::Error)> {
    let list = format!("{folder}/{LIST}");
    let before = read(system, &list);
    let now: Listed = files.iter().map(|file| (file.path.clone(), sha256(&file.bytes))).collect();
    let put = |path: &str, bytes: &[u8]| system.write(path, bytes).map_err(|error| (path.to_owned(), error));
    // A run that is broken off leaves files of both: neither are somebody's to the next one.
    put(&list, text(before.union(&now)).as_bytes())?;
    let mut kept = Vec::new();
    for file in files {
        let path = format!("{folder}/{}", file.path);
        match system.read(&path) {
            Ok(bytes) if bytes == file.bytes => continue,
            Ok(bytes) if !before.contains(&(file.path.clone(), sha256(&bytes))) => {
                kept.push(path);
                continue;
            }
            Ok(_) | Err(ReadError::Missing) => {}
            Err(error) => return Err((path, io::Error::other(error.to_string()))),
        }
        put(&path, &file.bytes)?;
    }
    let stays = |path: &str| files.iter().any(|file| file.path == path);
    for (path, hash) in before.iter().filter(|(path, _)| !stays(path) && stays_inside(path)) {
        let path = format!("{folder}/{path}");
        if system.read(&path).is_ok_and(|bytes| sha256(&bytes) == *hash) {
            system.remove(&path).map_err(|error| (path.clone(), error))?;
            remove_empty(system, folder, &path)?;
        }
    }
    put(&list, text(now.iter()).as_bytes())?;
    Ok(kept)
}

/// Removes the folders that a removed file was the last in, up to `folder`.
fn remove_empty(system: &dyn System, folder: &str, removed: &str) -> Result<(), (String, io::Error)> {
    let mut at = removed;
    while let Some((above, _)) = at.rsplit_once('/').filter(|(above, _)| *above != folder) {
        if !system.list(above).is_empty() || !system.list_hidden(above).is_empty() {
            break;
        }
        system.remove(above).map_err(|error| (above.to_owned(), error))?;
        at = above;
    }
    Ok(())
}

fn read(system: &dyn System, list: &str) -> Listed {
    let bytes = system.read(list).ok();
    let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines.map(|(hash, path)| (path.to_owned(), hash.to_owned())).collect()
}

fn text<'a>(listed: impl Iterator<Item = &'a (String, String)>) -> String {
    let mut out = String::new();
    for (path, hash) in listed {
        let _ = writeln!(out, "{hash}  {path}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::MemorySystem;

    fn made(files: &[(&str, &str)]) -> Vec<Artifact> {
        files.iter().map(|(path, text)| Artifact { path: (*path).to_owned(), bytes: (*text).into() }).collect()
    }

    fn held(system: &MemorySystem, path: &str) -> Option<String> {
        let bytes = system.read(&format!("web/a/{path}")).ok()?;
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[test]
    fn what_an_export_wrote_goes_and_what_somebody_changed_stays() {
        let system = MemorySystem::new([("web/a/notes.txt", "somebody's"), ("web/a/README.txt", "somebody's too")]);
        let first = made(&[
            ("README.txt", "1"),
            ("old.pdf", "1"),
            ("data/a.csv", "1"),
            ("data/b.csv", "1"),
            ("draft.html", "1"),
            ("page.html", "1"),
        ]);
        assert_eq!(write(&system, "web/a", &first).unwrap(), ["web/a/README.txt"]);
        system.write("web/a/data/b.csv", b"edited").unwrap();
        system.write("web/a/draft.html", b"filled in").unwrap();
        let second = made(&[("README.txt", "2"), ("new.pdf", "2"), ("draft.html", "2"), ("page.html", "2")]);
        assert_eq!(write(&system, "web/a", &second).unwrap(), ["web/a/README.txt", "web/a/draft.html"]);
        for (path, expected) in [
            ("notes.txt", Some("somebody's")),
            ("README.txt", Some("somebody's too")),
            ("old.pdf", None),
            ("new.pdf", Some("2")),
            ("data/a.csv", None),
            ("data/b.csv", Some("edited")),
            ("draft.html", Some("filled in")),
            ("page.html", Some("2")),
        ] {
            assert_eq!(held(&system, path).as_deref(), expected, "{path}");
        }
        // The last file of a folder takes it along.
        system.remove("web/a/data/b.csv").unwrap();
        write(&system, "web/a", &made(&[("data/c/d.csv", "3")])).unwrap();
        write(&system, "web/a", &[]).unwrap();
        assert!(!system.exists("web/a/data") && system.exists("web/a/notes.txt"));
    }

    #[test]
    fn a_list_that_somebody_wrote_takes_nothing_from_elsewhere() {
        let outside = format!("{}  ../b.txt\n", sha256(b"x"));
        let system = MemorySystem::new([("web/a/.export", outside.as_str()), ("web/b.txt", "x")]);
        write(&system, "web/a", &[]).unwrap();
        assert!(system.exists("web/b.txt"));
    }
}
