//! Files that the user names on the command line, which may lie anywhere: what is to be verified, a key.

use std::io;
use std::path::Path;

use super::disk::plain_file;

/// A file that the user names.
///
/// # Errors
/// What the operating system said, or that it is no file.
pub fn read_named(path: &Path) -> io::Result<Vec<u8>> {
    plain_file(path)?;
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

/// Removes a file that was made at the user's word.
///
/// # Errors
/// What the operating system said.
pub fn remove_named(path: &Path) -> io::Result<()> {
    std::fs::remove_file(path)
}

/// Every file below a folder that the user names, by its path in it with forward slashes, sorted. Links to folders are not followed.
///
/// # Errors
/// What the operating system said, with the file that it said it of.
pub fn files_named(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut out = Vec::new();
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, below)) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                let bytes = read_named(&entry.path());
                out.push((
                    name.clone(),
                    bytes.map_err(|error| io::Error::new(error.kind(), format!("{name}: {error}")))?,
                ));
            }
        }
    }
    out.sort();
    Ok(out)
}
