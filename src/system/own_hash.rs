//! The program that is at work, as a file.

use std::io;
use std::path::PathBuf;

use super::sha256;

/// The hash of the program's own file: another build of it is another program, whatever its version says.
///
/// # Errors
/// What the operating system said.
pub fn own_hash() -> io::Result<String> {
    // On Linux this leads to the file that runs also where another was put in its place.
    let linux = PathBuf::from("/proc/self/exe");
    let place = if cfg!(target_os = "linux") { linux } else { std::env::current_exe()? };
    std::fs::read(place).map(|bytes| sha256(&bytes))
}
