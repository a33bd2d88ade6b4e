//! A report from what was written in a word processor.
//!
//! Readers (`docx`, …) give a [`Manuscript`]; `structure` tells what its paragraphs are for; `write` makes the files of a report of it, and lists what
//! needs a hand.

mod docx;
mod flow;
mod inlines;
mod language;
mod lists;
mod manuscript;
mod markdown;
mod odt;
mod raised;
mod remark;
mod source;
mod structure;
mod words;
mod write;

use crate::office::Fault;
use crate::system::Bytes;

pub use manuscript::Manuscript;
pub use write::{Wanted, escape, told, written};

/// What a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Docx,
    Odt,
    Markdown,
}

impl Format {
    /// By the end of a file's name.
    pub fn by_file_name(name: &str) -> Option<Self> {
        match name.to_lowercase().rsplit_once('.')?.1 {
            "docx" | "docm" | "dotx" => Some(Self::Docx),
            "odt" | "ott" => Some(Self::Odt),
            "md" | "markdown" => Some(Self::Markdown),
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
        Format::Odt => odt::read(bytes)?,
        Format::Markdown => markdown::read(&bytes)?,
    };
    Ok(structure::understood(manuscript))
}

/// Names that programs write where nobody gave one.
fn is_nobody(name: &str) -> bool {
    const NOBODY: &[&str] =
        &["python-docx", "un-named", "unknown", "author", "user", "word document", "microsoft office user"];
    NOBODY.contains(&name.to_lowercase().as_str())
}
