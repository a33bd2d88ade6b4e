//! What a finished PDF says of itself: its title and the files that it carries.

use std::collections::BTreeSet;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, LoadOptions, Object};

use crate::limits::{PDF_ATTACHED, PDF_FILE, PDF_OBJECTS, PDF_STREAM, PDF_STREAMS};

/// What was read from a PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    pub title: String,
    /// Report and version, as the program that made it says.
    pub of: Option<(String, String)>,
    /// Attached files by their names.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Reads a PDF; none where it is none, is damaged, or unpacks to more than this program puts into one.
#[must_use]
pub fn carried(bytes: &[u8]) -> Option<Carried> {
    let document = opened(bytes)?;
    let info = document.trailer.get(b"Info").ok().and_then(|info| dictionary(&document, info));
    let title = info.and_then(|info| text(info.get(b"Title").ok()?)).unwrap_or_default();
    let creator = info.and_then(|info| text(info.get(b"Creator").ok()?)).unwrap_or_default();
    let of = creator.split_once(", ").and_then(|(_, named)| named.split_once('/'));
    let of = of.map(|(report, version)| (report.to_owned(), version.to_owned()));
    let mut files = Vec::new();
    let catalog = document.catalog().ok()?;
    // Files that belong to the document as a whole (PDF/A-3 asks for the list).
    let listed = catalog.get(b"AF").ok().and_then(|list| resolved(&document, list).as_array().ok().cloned());
    let mut left = PDF_ATTACHED;
    for file in listed.unwrap_or_default() {
        // What is said of its data is said of all of it or of nothing.
        let (name, content) = attached(&document, dictionary(&document, &file)?, left)?;
        left = left.checked_sub(content.len() + EACH)?;
        files.push((name, content));
    }
    Some(Carried { title, of, files })
}

/// The addresses that a PDF leads to, each once, sorted; none where it cannot be read.
#[must_use]
pub fn addresses(bytes: &[u8]) -> Option<BTreeSet<String>> {
    let document = opened(bytes)?;
    let mut out = BTreeSet::new();
    for object in document.objects.values() {
        let Object::Dictionary(link) = object else { continue };
        let action = link.get(b"A").ok().and_then(|action| dictionary(&document, action));
        for dictionary in [Some(link), action].into_iter().flatten() {
            if let Ok(Object::String(address, _)) = dictionary.get(b"URI") {
                out.insert(String::from_utf8_lossy(address).into_owned());
            }
        }
    }
    Some(out)
}

fn opened(bytes: &[u8]) -> Option<Document> {
    if bytes.len() > PDF_FILE || !is_modest(bytes) {
        return None;
    }
    // Tables and packed objects are unpacked while it is read.
    let options = LoadOptions { max_decompressed_size: Some(PDF_STREAM), ..LoadOptions::default() };
    Document::load_mem_with_options(bytes, options).ok()
}

/// What each attached file counts besides its content, so that a great many empty ones are too much as well.
const EACH: usize = 16 << 10;

/// Whether all that is packed in a PDF, wherever it stands, unpacks to no more than any of ours: looked at before anything is kept.
fn is_modest(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"stream";
    // Packed objects take many times their size when they are read.
    let (mut left, mut objects) = (PDF_STREAMS, PDF_OBJECTS);
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(MARK.len()).position(|part| part == MARK)) {
        let start = at + found + MARK.len();
        let before = bytes.get((at + found).saturating_sub(4096)..at + found).unwrap_or_default();
        let named = before.windows(3).rposition(|part| part == b"obj").and_then(|at| before.get(at..));
        let has = |words: &[u8]| named.is_none_or(|named| named.windows(words.len()).any(|part| part == words));
        // With a number sign a name can be written in other ways.
        let is_objects = has(b"ObjStm") || has(b"#");
        at = start;
        let rest = bytes.get(start..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        // Other ways to pack are not ours, and do not unpack to so much more.
        if rest.first().is_none_or(|first| first & 0x0f != 8) {
            continue;
        }
        let mut buffer = [0; 1 << 15];
        let mut decoder = ZlibDecoder::new(rest);
        while let Ok(count @ 1..) = decoder.read(&mut buffer) {
            let kind = if is_objects { &mut objects } else { &mut left };
            let Some(less) = kind.checked_sub(count) else { return false };
            *kind = less;
        }
    }
    true
}

fn attached(document: &Document, file: &Dictionary, most: usize) -> Option<(String, Vec<u8>)> {
    let name = text(file.get(b"UF").or_else(|_| file.get(b"F")).ok()?)?;
    let embedded = dictionary(document, file.get(b"EF").ok()?)?;
    let stream = resolved(document, embedded.get(b"F").ok()?).as_stream().ok()?;
    // A stream without filter is its content.
    if !stream.is_compressed() {
        return (stream.content.len() <= most).then(|| (name, stream.content.clone()));
    }
    Some((name, stream.decompressed_content_with_limit(most).ok()?))
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use lopdf::{Stream, dictionary};

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// A PDF that carries one file, packed as these filters say.
    fn pdf(content: Vec<u8>, filters: &[&str]) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let filters: Vec<Object> = filters.iter().map(|name| Object::Name(name.as_bytes().to_vec())).collect();
        let stream = document.add_object(Stream::new(dictionary! { "Filter" => filters }, content));
        let embedded = dictionary! { "F" => stream };
        let file = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("data/a.csv"), "EF" => embedded };
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "AF" => vec![Object::Dictionary(file)] });
        document.trailer.set("Root", catalog);
        let mut out = Vec::new();
        document.save_to(&mut out).unwrap();
        out
    }

    #[test]
    fn a_file_is_read_and_a_bomb_is_not() {
        let read = carried(&pdf(packed(b"a;b"), &["FlateDecode"])).unwrap();
        assert_eq!(read.files, [("data/a.csv".to_owned(), b"a;b".to_vec())]);
        let big = packed(&vec![0; 200 << 20]);
        assert!(carried(&pdf(big.clone(), &["FlateDecode"])).is_none(), "it unpacks to 200 MB");
        assert!(carried(&pdf(packed(&big), &["FlateDecode", "FlateDecode"])).is_none());
        let many: Vec<u8> = (0..60).flat_map(|_| pdf(packed(&vec![0; 4 << 20]), &["FlateDecode"])).collect();
        assert!(carried(&many).is_none());
        // Objects without end, in a stream that calls itself so or hides it.
        for name in ["/ObjStm", "/Obj#53tm"] {
            let objects = packed("1 ".repeat(5 << 20).as_bytes());
            let head = format!("1 0 obj\n<< /Type {name} >>\nstream\n");
            let one = [head.as_bytes(), &objects, b"\nendstream\nendobj\n"].concat();
            assert!(is_modest(&one) && !is_modest(&one.repeat(2)), "{name}");
        }
        assert!(carried(b"%PDF-1.7 no more").is_none());
    }
}
