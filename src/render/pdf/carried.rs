//! What a finished PDF says of itself: its title and the files that it carries.

use lopdf::{Dictionary, Document, Object};

/// What was read from a PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    pub title: String,
    /// Report and version, as the program that made it says.
    pub of: Option<(String, String)>,
    /// Attached files by their names.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Reads a PDF; none where it is none, or is damaged.
#[must_use]
pub fn carried(bytes: &[u8]) -> Option<Carried> {
    let document = Document::load_mem(bytes).ok()?;
    let info = document.trailer.get(b"Info").ok().and_then(|info| dictionary(&document, info));
    let title = info.and_then(|info| text(info.get(b"Title").ok()?)).unwrap_or_default();
    let creator = info.and_then(|info| text(info.get(b"Creator").ok()?)).unwrap_or_default();
    let of = creator.split_once(", ").and_then(|(_, named)| named.split_once('/'));
    let of = of.map(|(report, version)| (report.to_owned(), version.to_owned()));
    let mut files = Vec::new();
    let catalog = document.catalog().ok()?;
    // Files that belong to the document as a whole (PDF/A-3 asks for the list).
    let listed = catalog.get(b"AF").ok().and_then(|list| resolved(&document, list).as_array().ok().cloned());
    for file in listed.unwrap_or_default() {
        files.extend(dictionary(&document, &file).and_then(|file| attached(&document, file)));
    }
    Some(Carried { title, of, files })
}

fn attached(document: &Document, file: &Dictionary) -> Option<(String, Vec<u8>)> {
    let name = text(file.get(b"UF").or_else(|_| file.get(b"F")).ok()?)?;
    let embedded = dictionary(document, file.get(b"EF").ok()?)?;
    let stream = resolved(document, embedded.get(b"F").ok()?).as_stream().ok()?;
    // A stream without filter is its content.
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    Some((name, bytes))
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    resolved(document, object).as_dict().ok()
}

/// A text string: UTF-16 with a mark at its beginning, or bytes.
fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    if let Some(units) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units: Vec<u16> = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        return Some(String::from_utf16_lossy(&units));
    }
    Some(String::from_utf8_lossy(bytes).into_owned())
}
