//! Files and folders that the user names on the command line to have them verified: they may lie anywhere, and be anything.

use std::io;
use std::path::{Component, Path, PathBuf};

/// What lies at a place that the user names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A link, of which only what it leads to would be read.
    Link,
    /// What has no end or no content: a pipe, a device.
    Other,
}

impl From<std::fs::FileType> for Kind {
    fn from(kind: std::fs::FileType) -> Self {
        match (kind.is_symlink(), kind.is_dir(), kind.is_file()) {
            (true, ..) => Self::Link,
            (_, true, _) => Self::Folder,
            (.., true) => Self::File,
            _ => Self::Other,
        }
    }
}

/// What a path that the user names leads to.
///
/// # Errors
/// What the operating system said.
pub fn kind_named(path: &Path) -> io::Result<Kind> {
    Ok(std::fs::metadata(path)?.file_type().into())
}

/// The bytes of a plain file that the user names, if there are no more than `most`: neither a pipe that never ends nor a file that fills all
/// memory is read.
///
/// # Errors
/// What the operating system said, or that it is no file, or too large.
pub fn read_plain(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    use io::Read as _;
    if kind_named(path)? != Kind::File {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    }
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MiB", most >> 20));
    let file = std::fs::File::open(path)?;
    if file.metadata()?.len() > most {
        return Err(too_large());
    }
    let mut out = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut out)?;
    if out.len() as u64 > most {
        return Err(too_large());
    }
    Ok(out)
}

/// Everything below a folder that the user names but the folders themselves, by its path in it with forward slashes, sorted. Links are not
/// followed.
///
/// # Errors
/// What the operating system said, or that there is more than `most`.
pub fn listed_named(folder: &Path, most: usize) -> io::Result<Vec<(String, Kind)>> {
    let mut out = Vec::new();
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, below)) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            match Kind::from(entry.file_type()?) {
                Kind::Folder => open.push((entry.path(), format!("{name}/"))),
                kind => out.push((name, kind)),
            }
            if out.len() + open.len() > most {
                return Err(io::Error::other(format!("there are more than {most} files in it")));
            }
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(out)
}

/// The path that a named file has in a workspace, links within it not followed; none where it lies elsewhere.
#[must_use]
pub fn place_in(root: &Path, path: &Path) -> Option<String> {
    let plain = |path: &Path| -> Option<PathBuf> {
        let mut out = PathBuf::new();
        for component in std::path::absolute(path).ok()?.components() {
            match component {
                Component::ParentDir => {
                    out.pop();
                }
                Component::CurDir => {}
                other => out.push(other),
            }
        }
        Some(out)
    };
    let (root, path) = (plain(root)?, plain(path)?);
    let below = match path.strip_prefix(&root) {
        Ok(below) => below.to_path_buf(),
        // The same folder by another way to it, such as a link above the workspace.
        Err(_) => {
            let real = root.canonicalize().ok()?;
            let known = path.ancestors().find(|above| above.canonicalize().is_ok_and(|above| above == real))?;
            path.strip_prefix(known).ok()?.to_path_buf()
        }
    };
    let names: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    Some(names?.join("/"))
}
