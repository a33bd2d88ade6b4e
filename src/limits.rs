//! How much the program unpacks, in one place: what files of others can make it ask of the machine.
//!
//! A packed file says how large it is unpacked, and may lie: so every part is read through [`Capped`], which counts for itself and stops.

use std::io::{self, Read};

/// Most bytes that all parts of one packed file (spreadsheet, pack, package) may have together when they are unpacked.
pub const UNPACKED: u64 = 256 << 20;
/// Most parts of one packed file.
pub const PARTS: usize = 10_000;
/// Most bytes of one tag or one run of text in XML: more than the longest cell that a spreadsheet program keeps (32,767 characters,
/// each written as a character reference).
pub const XML_EVENT: u64 = 1 << 20;
/// Deepest nesting of XML.
pub const XML_DEPTH: usize = 256;
/// Most cells with content of one sheet, and most shared texts of one workbook.
pub const CELLS: usize = 3_000_000;
/// Most bytes of the shared texts of one workbook, and of the texts of one sheet.
pub const CELL_TEXT: usize = 128 << 20;
/// The last row that spreadsheet programs have.
pub const SHEET_ROWS: u32 = 1_048_576;
/// The last column in which a table may have cells; spreadsheet programs have 16,384.
pub const SHEET_COLUMNS: u32 = 4_096;

/// A reader that refuses to give more than so many bytes.
#[derive(Debug)]
pub struct Capped<'a, R> {
    inner: R,
    left: &'a mut u64,
}

impl<'a, R: Read> Capped<'a, R> {
    /// `left` is what may still be read; several readers can share it, one after the other.
    pub fn new(inner: R, left: &'a mut u64) -> Self {
        Self { inner, left }
    }
}

impl<R: Read> Read for Capped<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => {
                *self.left = left;
                Ok(read)
            }
            None => Err(too_large()),
        }
    }
}

/// Everything a reader gives, unless it is more than `most` bytes.
///
/// # Errors
/// What reading said; see [`is_too_large`].
pub fn read_all(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut left = most;
    let mut bytes = Vec::new();
    Capped::new(reader, &mut left).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What a reader says that has given all it may.
#[must_use]
pub fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than the program unpacks")
}

/// Whether reading was stopped by a limit of this module.
#[must_use]
pub fn is_too_large(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}

/// A number of bytes for people.
#[must_use]
pub fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_beyond_the_limit() {
        assert_eq!(read_all(&b"abc"[..], 3).unwrap(), b"abc");
        assert!(is_too_large(&read_all(&b"abcd"[..], 3).unwrap_err()));
        assert!(is_too_large(&read_all(io::repeat(b'x'), 1 << 20).unwrap_err()), "an endless reader ends");
    }

    #[test]
    fn readers_share_what_is_left() {
        let mut left = 5;
        let mut read = |bytes: &[u8]| Capped::new(bytes, &mut left).read_to_end(&mut Vec::new());
        assert_eq!(read(b"abc").unwrap(), 3);
        assert_eq!(read(b"ab").unwrap(), 2);
        assert!(is_too_large(&read(b"a").unwrap_err()));
    }
}
