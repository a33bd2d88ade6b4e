//! A report from what was written in a word processor.
//!
//! Readers (`docx`, …) give a [`Manuscript`]; `structure` tells what its paragraphs are for; `write` makes the files of a report of it, and lists what
//! needs a hand.

mod docx;
mod inlines;
mod language;
mod lists;
mod manuscript;
mod raised;
mod remark;
mod structure;
mod words;
mod write;

use crate::office::Fault;
use crate::system::Bytes;

pub use manuscript::Manuscript;
pub use write::{Wanted, told, written};

/// What a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Docx,
}

impl Format {
    /// By the end of a file's name.
    pub fn by_file_name(name: &str) -> Option<Self> {
        match name.to_lowercase().rsplit_once('.')?.1 {
            "docx" | "docm" | "dotx" => Some(Self::Docx),
            _ => None,
        }
    }
}

/// Reads a document, and tells what its paragraphs are for.
///
/// # Errors
/// Why it cannot be read.
pub fn read(format: Format, bytes: Bytes) -> Result<Manuscript, Fault> {
    let manuscript = match format {
        Format::Docx => docx::read(bytes)?,
    };
    Ok(structure::understood(manuscript))
}
