//! What a build wrote beside the versions: the next one removes of it what it does not write itself, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::pipeline::manifest;
use crate::publish::commit::{CommitError, put};
use crate::system::{Bytes, Stamp, System, stays_inside};

use super::latest::Copied;

/// The list, in the form of `sha256sum`: a hash, two blanks and a path. Its name begins with a full stop, so that it is no page.
pub const LIST: &str = "output/.site";

/// Puts a copy into its place, and gives its stamp; none where its original is not what was published, so that it stays what it is.
///
/// # Errors
/// What the operating system said, with the path.
pub fn copy(system: &dyn System, copied: &Copied) -> Result<Option<Stamp>, CommitError> {
    let before = system.sight(&copied.path).stamp();
    let Ok(bytes) = system.read(&copied.from) else { return Ok(None) };
    if bytes.hash().to_string() != copied.sha256 {
        return Ok(None);
    }
    put_where_other(system, &copied.path, &bytes, before)
}

/// Puts a file into its place where another lies there, and gives its stamp. `before` is one that was taken before.
///
/// # Errors
/// What the operating system said, with the path.
pub fn put_where_other(
    system: &dyn System,
    path: &str,
    bytes: &Bytes,
    before: Option<Stamp>,
) -> Result<Option<Stamp>, CommitError> {
    if system.read(path).is_ok_and(|old| old == *bytes) {
        return Ok(before);
    }
    put(system, path, bytes)?;
    Ok(system.sight(path).stamp())
}

/// Removes what the build before wrote and this one does not, and what is `gone`, where it still is what was written; then writes the list of this
/// one. `now` is every path with its hash; none where what lies there is to stay as it is.
///
/// # Errors
/// What the operating system said, with the path.
pub fn settle(
    system: &dyn System,
    now: &BTreeMap<String, Option<String>>,
    gone: &BTreeMap<String, String>,
) -> Result<(), CommitError> {
    let before = read(system);
    let beside = before.iter().filter(|(path, _)| !now.contains_key(*path) && is_beside(system, path));
    let mut folders = BTreeSet::new();
    for (path, hash) in beside.chain(gone.iter().filter(|(path, _)| is_plain(path))) {
        if !system.read(path).is_ok_and(|bytes| bytes.hash().to_string() == *hash) {
            continue;
        }
        system.remove(path).map_err(|error| CommitError { path: path.clone(), error })?;
        folders.extend(path.rsplit_once('/').map(|(folder, _)| folder.to_owned()));
    }
    // The innermost first: a folder that is empty now takes those above it along.
    while let Some(folder) = folders.pop_last() {
        let empty =
            system.list_all(&folder).is_ok_and(|held| held.is_empty()) && system.list_hidden(&folder).is_empty();
        if folder == "output" || !empty {
            continue;
        }
        system.remove(&folder).map_err(|error| CommitError { path: folder.clone(), error })?;
        folders.extend(folder.rsplit_once('/').map(|(above, _)| above.to_owned()));
    }
    let text = text(now, &before);
    if system.read(LIST).is_ok_and(|old| *old == *text.as_bytes()) {
        return Ok(());
    }
    put(system, LIST, text.as_bytes())
}

/// The list of what is written `now`; `before` tells of what stays as it is.
#[must_use]
pub fn text(now: &BTreeMap<String, Option<String>>, before: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    for (path, hash) in now {
        if let Some(hash) = hash.as_ref().or_else(|| before.get(path)) {
            let _ = writeln!(text, "{hash}  {path}");
        }
    }
    text
}

/// Whether a build wrote what lies at a path, by the list of the one before.
#[must_use]
pub fn is_written(system: &dyn System, path: &str) -> bool {
    let known = read(system).remove(path);
    known.is_some_and(|hash| system.read(path).is_ok_and(|bytes| bytes.hash().to_string() == hash))
}

/// The list of the build before: every path with its hash.
fn read(system: &dyn System) -> BTreeMap<String, String> {
    let bytes = system.read(LIST).ok();
    let text = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
        .collect()
}

/// Whether a path lies in `output/` and in no version's folder, whatever the list says.
fn is_beside(system: &dyn System, path: &str) -> bool {
    let mut above = path;
    while let Some((folder, _)) = above.rsplit_once('/') {
        if system.exists(&format!("{folder}/{}", manifest::FILE)) {
            return false;
        }
        above = folder;
    }
    is_plain(path)
}

/// Whether a path leads into `output/` without a way out of it.
fn is_plain(path: &str) -> bool {
    path.starts_with("output/")
        && stays_inside(path)
        && !path.split('/').any(|part| part.is_empty() || part.starts_with(".."))
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, LIST, settle};
    use crate::system::{MemorySystem, System, sha256};

    fn list(entries: &[(&str, &[u8])]) -> String {
        entries.iter().map(|(path, bytes)| format!("{}  {path}\n", sha256(bytes))).collect()
    }

    #[test]
    fn what_was_written_and_is_not_any_more_goes_and_nothing_else() {
        let stale: &[(&str, &[u8])] = &[
            ("output/units/norr.html", b"page"),
            ("output/units/edited.html", b"page"),
            ("output/liten/1.0/liten.pdf", b"pdf"),
            ("content/liten/kapitel.md", b"text"),
            ("output/../belagg.yaml", b"x"),
        ];
        let files = [
            ("output/units/norr.html", "page"),
            ("output/units/edited.html", "page, and words of somebody's"),
            ("output/areas/a.html", "page"),
            ("output/liten/1.0/liten.pdf", "pdf"),
            ("output/liten/1.0/manifest.json", "{}"),
            ("output/notes.txt", "somebody's"),
            ("content/liten/kapitel.md", "text"),
            ("belagg.yaml", "x"),
        ];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
        let system = MemorySystem::new(files.chain([(LIST.to_owned(), list(stale))]));
        let now = BTreeMap::from([("output/areas/a.html".to_owned(), Some(sha256(b"page")))]);
        settle(&system, &now, &BTreeMap::new()).expect("memory takes everything");
        assert!(!system.exists("output/units/norr.html"), "written, and not any more");
        for kept in [
            "output/units/edited.html",
            "output/areas/a.html",
            "output/liten/1.0/liten.pdf",
            "output/notes.txt",
            "content/liten/kapitel.md",
            "belagg.yaml",
        ] {
            assert!(system.exists(kept), "{kept}");
        }
        let told = system.read(LIST).expect("the list");
        assert_eq!(std::str::from_utf8(&told).expect("text"), list(&[("output/areas/a.html", b"page")]));
        settle(&system, &BTreeMap::new(), &BTreeMap::new()).expect("memory takes everything");
        assert!(!system.exists("output/areas"), "an empty folder goes along");
    }

    #[test]
    fn what_is_gone_is_removed_as_it_was_written_and_never_outside() {
        let files = [
            ("output/gammal/1.0/index.html", "page"),
            ("output/gammal/1.0/manifest.json", "{}"),
            ("output/gammal/1.0/gammal.pdf", "pdf, edited"),
            ("belagg.yaml", "x"),
        ];
        let system = MemorySystem::new(files);
        let written = [
            ("output/gammal/1.0/index.html", "page"),
            ("output/gammal/1.0/manifest.json", "{}"),
            ("output/gammal/1.0/gammal.pdf", "pdf"),
            ("output/gammal/1.0/../../../belagg.yaml", "x"),
        ];
        let gone = written.map(|(path, text)| (path.to_owned(), sha256(text.as_bytes())));
        settle(&system, &BTreeMap::new(), &BTreeMap::from(gone)).expect("memory takes everything");
        assert!(!system.exists("output/gammal/1.0/index.html") && !system.exists("output/gammal/1.0/manifest.json"));
        assert!(system.exists("output/gammal/1.0/gammal.pdf") && system.exists("belagg.yaml"));
    }

    #[test]
    fn without_a_list_nothing_is_removed() {
        let system = MemorySystem::new([("output/units/norr.html", "page")]);
        settle(&system, &BTreeMap::new(), &BTreeMap::new()).expect("memory takes everything");
        assert!(system.exists("output/units/norr.html"));
    }
}
