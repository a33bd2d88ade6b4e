//! The program that is at work, as a file.

use std::io;

use super::sha256;

/// The hash of the program's own file: another build of it is another program, whatever its version says.
///
/// # Errors
/// What the operating system said.
pub fn program() -> io::Result<String> {
    std::fs::read(std::env::current_exe()?).map(|bytes| sha256(&bytes))
}
