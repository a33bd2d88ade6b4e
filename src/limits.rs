//! What is too large: every limit on what authors give, in one place. docs/format.md lists them.
//!
//! Each lies far above what a report needs and far below what would take the memory or the time of the machine it is built on.

use std::io::{self, Read};
use std::ops::Range;

/// A text file of any kind, in bytes.
pub const TEXT_FILE: usize = 32 << 20;

/// A YAML file, in bytes.
pub const YAML_FILE: usize = 8 << 20;

/// How deep a YAML file nests; and its values and the bytes of its texts, aliases followed.
pub const YAML_DEPTH: usize = 64;
pub const YAML_NODES: usize = 500_000;
pub const YAML_TEXTS: usize = 16 << 20;

/// A chapter, and all chapters of a report, in bytes.
pub const CHAPTER: usize = 2 << 20;
pub const CHAPTERS: usize = 3 << 20;

/// Characters in a row without a blank, and blanks in a row: no line can be broken within. A PDF cannot hold a line of many more.
pub const RUN: usize = 2_000;

/// Characters of a title, a caption, a label or a name.
pub const LABEL: usize = 2_000;

/// Characters of a heading.
pub const HEADING: usize = 1_000;

/// Breakdowns of a workspace, and groups of each.
pub const BREAKDOWNS: usize = 20;
pub const GROUPS: usize = 100;

/// The largest number of persons that a disclosure policy can call too small, and most values that it can ask to be left.
pub const DISCLOSURE: u64 = 1_000;

/// Sets of numbers in the proof of a kept choice, and cases of a dataset that these are made of.
pub const PROOF_WORLDS: usize = 1_000;
pub const PROOF_CASES: usize = 20_000;

/// Characters of an id.
pub const ID: usize = 200;

/// Characters of a link's target.
pub const LINK: usize = 4_000;

/// Characters of an alternative text or a description: what a PDF keeps beside its pages.
pub const DESCRIPTION: usize = 8_000;

/// Keywords of a report.
pub const KEYWORDS: usize = 100;

/// Reports that one folder makes, one for each row of a file.
pub const REPORTS_OF_A_FOLDER: usize = 2_000;

/// Columns of a table.
pub const COLUMNS: usize = 100;

/// Cells of all the tables that a report prints, each row counted as two more: Typst takes some 17 kB for a cell and 29 kB for a row, so this is
/// a gibibyte, or 12,000 rows of three columns on some three hundred pages.
pub const CELLS_PRINTED: usize = 60_000;

/// UTF-16 units of a text that a PDF keeps beside its pages; krilla refuses longer ones without a place.
pub const PDF_STRING: usize = 16_000;

/// A picture's file, in bytes.
pub const PICTURE_FILE: usize = 48 << 20;

/// Pixels of one picture.
pub const PICTURE_PIXELS: u64 = 50_000_000;

/// Pixels along one side of a picture.
pub const PICTURE_SIDE: u32 = 30_000;

/// What one picture may take in memory when it is unpacked, in bytes.
pub const PICTURE_MEMORY: u64 = 320 << 20;

/// What all pictures of a report may take in memory, in bytes.
pub const PICTURES_MEMORY: u64 = 640 << 20;

/// Unpacked colour profiles, texts and the like inside a picture, in bytes.
pub const PICTURE_EXTRAS: usize = 4 << 20;

/// Scans of a progressive JPEG.
pub const JPEG_SCANS: usize = 100;

/// Pixels that a progressive JPEG's scans go over, all together.
pub const JPEG_SCANNED_PIXELS: u64 = 600_000_000;

/// An SVG file, in bytes.
pub const SVG_FILE: usize = 8 << 20;

/// Elements of an SVG, those counted that `use`, patterns, masks and markers repeat.
pub const SVG_ELEMENTS: u64 = 100_000;

/// Attributes of one element of an SVG.
pub const SVG_ATTRIBUTES: usize = 500;

/// Letters of one text of an SVG, and of all its texts, in bytes; and the pieces (`tspan`) of one.
pub const SVG_TEXT: usize = 4_000;
pub const SVG_TEXTS: usize = 60_000;
pub const SVG_TEXT_PIECES: usize = 400;

/// Rules of style in an SVG times its elements.
pub const SVG_STYLED: usize = 50_000_000;

/// How deep elements of an SVG may stand in each other, through references too.
pub const SVG_DEPTH: u32 = 64;

/// Width and height of an SVG in its own units.
pub const SVG_SIDE: f32 = 100_000.0;

/// A map's file, in bytes, and the points along the borders of its regions.
pub const MAP_FILE: usize = 16 << 20;
pub const MAP_POSITIONS: usize = 1_000_000;

/// How many times the picture's own area the effects (`filter`) of an SVG may cover, all steps added up.
pub const SVG_FILTER_AREAS: f32 = 40.0;

/// The first stretch of a text in which no line can be broken and that is longer than [`RUN`]: characters without a blank, or blanks.
#[must_use]
pub fn long_run(text: &str) -> Option<Range<usize>> {
    if text.len() <= RUN {
        return None;
    }
    let (mut start, mut count, mut blanks) = (0, 0_usize, false);
    for (at, c) in text.char_indices() {
        let blank = matches!(c, ' ' | '\t');
        let broken = matches!(c, '\n' | '\r') || breaks_anywhere(c);
        if !broken && blank == blanks {
            count += 1;
            continue;
        }
        if count > RUN {
            return Some(start..at);
        }
        (start, count) = if broken { (at + c.len_utf8(), 0) } else { (at, 1) };
        blanks = blank;
    }
    (count > RUN).then_some(start..text.len())
}

/// Scripts that are written without blanks: a line can end behind each sign.
fn breaks_anywhere(c: char) -> bool {
    matches!(u32::from(c), 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0x1f000..=0x1faff | 0x20000..=0x3ffff)
}

// A packed file says how large it is unpacked, and may lie: so every part is read through [`Capped`], which counts for itself and stops.

/// Most bytes that all parts of one packed file (spreadsheet, pack, package) may have together when they are unpacked.
pub const UNPACKED: u64 = 256 << 20;

/// A PDF that is verified, in bytes: what it says of itself is read up to this size. All that is packed in it may unpack to `PDF_STREAMS`,
/// one table or one lot of packed objects to `PDF_STREAM`, and the files that it carries to `PDF_ATTACHED`.
pub const PDF_FILE: usize = 64 << 20;
pub const PDF_STREAMS: usize = 192 << 20;
pub const PDF_STREAM: usize = 4 << 20;
/// Packed objects, all together, in the same way.
pub const PDF_OBJECTS: usize = 16 << 20;
pub const PDF_ATTACHED: usize = 64 << 20;

/// The largest file that is read to be verified, and how many files a folder may hold.
pub const VERIFIED_FILE: u64 = 512 << 20;
pub const VERIFIED_FILES: usize = 200_000;
/// Most parts of one packed file.
pub const PARTS: usize = 10_000;
/// Most bytes of one tag or one run of text in XML: more than the longest cell that a spreadsheet program keeps (32,767 characters,
/// each written as a character reference).
pub const XML_EVENT: u64 = 1 << 20;
/// Deepest nesting of XML.
pub const XML_DEPTH: usize = 256;
/// Most elements, texts and comments of one part of a document.
pub const XML_NODES: u32 = 4_000_000;
/// Most cells with content of one sheet, and most shared texts of one workbook.
pub const CELLS: usize = 3_000_000;
/// Most bytes of the shared texts of one workbook, and of the texts of one sheet.
pub const CELL_TEXT: usize = 128 << 20;
/// The last row that spreadsheet programs have.
pub const SHEET_ROWS: u32 = 1_048_576;
/// The last column that spreadsheet programs have.
pub const SHEET_COLUMNS: u32 = 16_384;

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

    /// Everything a reader gives, unless it is more than `most` bytes.
    fn read_all(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
        let mut left = most;
        let mut bytes = Vec::new();
        Capped::new(reader, &mut left).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    #[test]
    fn runs_are_found_where_no_line_can_be_broken() {
        let long = "a".repeat(RUN + 1);
        assert_eq!(long_run(&"a".repeat(RUN)), None);
        assert_eq!(long_run(&long), Some(0..RUN + 1));
        assert_eq!(long_run(&format!("å {long} b")), Some(3..RUN + 4));
        assert_eq!(long_run(&format!("x{}y", " ".repeat(RUN + 1))), Some(1..RUN + 2));
        for hidden in ["\u{a0}", "\u{200b}", "\u{301}", "\u{2009}", "\u{ad}"] {
            assert!(long_run(&hidden.repeat(RUN + 1)).is_some(), "{hidden:?}");
        }
        assert_eq!(long_run(&"ord ".repeat(RUN)), None);
        assert_eq!(long_run(&"\n".repeat(RUN * 2)), None);
        assert_eq!(long_run(&"\r".repeat(RUN * 2)), None);
        assert_eq!(long_run(&"中".repeat(RUN * 2)), None);
        assert_eq!(long_run(&format!("a\n{long}")), Some(2..RUN + 3));
    }

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
