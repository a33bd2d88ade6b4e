//! Pictures before anything unpacks them: their headers say how large they are, and whether they are whole.
//!
//! What is refused here would otherwise take the machine's memory, end in an error of Typst that names no file, or bring code of others
//! into the published folder.

mod css;
mod foreign;
mod jpeg;
mod plain;
mod png;
mod svg;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::diagnostic::{Code, Said, say};
use crate::limits;

pub use plain::{drawn_text, plain};

/// What the header of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// `png`, `jpg` or `svg`: what the file is, whatever its name says.
    pub extension: &'static str,
    /// In pixels; none for drawings.
    pub size: Option<(u32, u32)>,
    /// What it takes in memory when it is unpacked and set, in bytes.
    pub memory: u64,
}

/// Why a picture is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    /// Goes on after the name of the file: "is cut off".
    pub message: Said,
    pub help: Box<Said>,
    /// Where in an SVG.
    pub place: Option<Range<usize>>,
}

impl Refusal {
    fn new(code: Code, message: impl Into<Said>, help: Said) -> Self {
        Self { code, message: message.into(), help: Box::new(help), place: None }
    }

    fn damaged(what: impl Into<Said>) -> Self {
        Self::new(
            Code::PICTURE_DAMAGED,
            what,
            say!("open it in a picture program and save it anew; if it came by mail or download, fetch it again"),
        )
    }

    fn at(mut self, place: Range<usize>) -> Self {
        self.place = Some(place);
        self
    }
}

/// Looks at a picture.
///
/// # Errors
/// The first thing that keeps it from being used.
pub fn check(bytes: &[u8]) -> Result<Facts, Refusal> {
    if bytes.len() > limits::PICTURE_FILE {
        return Err(too_large(say!(
            "is a file of {megabytes} MB; pictures have at most {most}",
            megabytes = bytes.len() >> 20,
            most = limits::PICTURE_FILE >> 20
        )));
    }
    match kind(bytes) {
        Some("png") => png::check(bytes),
        Some("jpg") => jpeg::check(bytes),
        Some(_) => svg::check(bytes),
        None => Err(foreign::refusal(bytes)),
    }
}

fn too_large(message: Said) -> Refusal {
    Refusal::new(
        Code::PICTURE_TOO_LARGE,
        message,
        say!("make it smaller in a picture program: 2,000 pixels across a page print sharply"),
    )
}

/// Holds the size of a picture of pixels against the limits; `memory` is bytes a pixel.
fn sized(extension: &'static str, (width, height): (u32, u32), memory: u64) -> Result<Facts, Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::damaged(say!("says that it is {width} × {height} pixels large", width, height)));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > limits::PICTURE_SIDE || pixels > limits::PICTURE_PIXELS {
        return Err(too_large(say!(
            "has {width} × {height} pixels; at most {million} million are accepted, and {side} along a side",
            width,
            height,
            million = limits::PICTURE_PIXELS / 1_000_000,
            side = limits::PICTURE_SIDE
        )));
    }
    let memory = pixels * memory;
    if memory > limits::PICTURE_MEMORY {
        return Err(too_large(say!(
            "has {width} × {height} pixels and takes {megabytes} MB unpacked; at most {most} are accepted",
            width,
            height,
            megabytes = memory >> 20,
            most = limits::PICTURE_MEMORY >> 20
        )));
    }
    Ok(Facts { extension, size: Some((width, height)), memory })
}

/// What the file's first bytes call for.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("png");
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Some("jpg");
    }
    // A drawing may begin with a mark, blanks and remarks of any length. That it is one is seen when it is read.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = text.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let text = &text[first..];
    let named = text.windows(4).any(|four| four == b"<svg") || text.windows(5).any(|five| five == b":svg ");
    (text.starts_with(b"<") && named).then_some("svg")
}
