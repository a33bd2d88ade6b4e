//! The packed files of office programs (.docx, .odt, .xlsx, .ods): their parts, unpacked within limits, and the XML in them.
//!
//! The only user of zip and quick-xml. What the parts mean is told where they are read: `load::sheet` has spreadsheets, `import` documents.

mod markup;
mod pack;
mod package;
mod relations;
mod tree;
mod xml;

use crate::diagnostic::{Said, say};
use crate::limits;

pub use markup::Markup;
pub use pack::{PackedPart, pack};
pub use package::{Package, Part};
pub use relations::{Relation, relations_of};
pub use tree::{attribute, child, children, parse};
pub use xml::{Piece, Tag};

/// Why a file cannot be read, in plain words.
#[derive(Debug)]
pub struct Fault {
    pub message: Said,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Damaged, protected, or no file of its kind.
    Broken,
    /// Above a limit.
    Large,
}

impl Fault {
    pub fn broken(message: impl Into<Said>) -> Self {
        Self { message: message.into(), kind: FaultKind::Broken }
    }

    pub fn large(message: impl Into<Said>) -> Self {
        Self { message: message.into(), kind: FaultKind::Large }
    }

    pub fn of_reading(error: &std::io::Error, part: &str) -> Self {
        if limits::is_too_large(error) {
            return Self::large(say!(
                "its part {part} is larger than the program reads ({whole} unpacked for the whole file, {text} for one text)",
                part,
                whole = limits::mebibytes(limits::UNPACKED),
                text = limits::mebibytes(limits::XML_EVENT),
            ));
        }
        Self::broken(say!("its part {part} is damaged ({error})", part, error))
    }
}
