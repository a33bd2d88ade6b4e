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
