//! Packs the parts of a document into one file.

use std::io::{Cursor, Write as _};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A part of a document: its name in the file, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedPart {
    pub name: String,
    pub bytes: Vec<u8>,
    /// It stands as it is, which the first part of an OpenDocument file must; the others are made smaller.
    pub stored: bool,
}

impl PackedPart {
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), stored: false }
    }
}

/// The file that the parts make, in their order. No clock is asked: the same parts are the same bytes.
///
/// # Errors
/// More than a packed file can hold.
pub fn pack(parts: &[PackedPart]) -> ZipResult<Vec<u8>> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        let method = if part.stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        // The first day that the format knows.
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        file.start_file(part.name.as_str(), options.unix_permissions(0o644))?;
        file.write_all(&part.bytes)?;
    }
    Ok(file.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_are_the_same_bytes_and_the_first_can_stand_as_it_is() {
        let kind = PackedPart { stored: true, ..PackedPart::new("mimetype", "application/x-example") };
        let parts = [kind, PackedPart::new("content.xml", "<a/>".repeat(1000))];
        let packed = pack(&parts).unwrap();
        assert_eq!(packed, pack(&parts).unwrap());
        assert!(packed.len() < 1000);
        let stands = packed.windows(21).position(|bytes| bytes == b"application/x-example");
        assert_eq!(stands, Some(38), "behind a head of 30 bytes and its name");
    }
}
