//! Places as editors name them: addresses of files, lines and columns in code units of UTF-16, counted from nought.

use std::path::{Path, PathBuf};

use lsp_types::{Location, Position, Range, Uri};

use crate::hypertext::{decoded, encoded_path};
use crate::source::{self, LineIndex, SourceMap, Span};

/// The file that an address names.
pub fn file(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    // A host before the path, as in file://localhost/.
    let rest = &rest[rest.find('/')?..];
    let path = String::from_utf8(decoded(rest)).ok()?;
    // file:///C:/folder
    let drive = path.get(1..).filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// The address of a file of the workspace.
pub fn uri(root: &Path, path: &str) -> Option<Uri> {
    let whole = root.join(path);
    let whole = whole.to_str()?.replace('\\', "/");
    let mut out = String::from("file://");
    if !whole.starts_with('/') {
        out.push('/');
    }
    out.push_str(&encoded_path(&whole));
    out.parse().ok()
}

fn position(at: source::Position) -> Position {
    let number = |n: usize| u32::try_from(n.saturating_sub(1)).unwrap_or(u32::MAX);
    Position { line: number(at.line), character: number(at.utf16) }
}

/// Where bytes of a text stand.
pub fn range(text: &str, bytes: std::ops::Range<usize>) -> Range {
    let lines = LineIndex::new(text);
    Range { start: position(lines.position(text, bytes.start)), end: position(lines.position(text, bytes.end)) }
}

/// The byte at a position.
pub fn offset(text: &str, at: Position) -> usize {
    LineIndex::new(text).offset(text, at.line as usize + 1, at.character as usize + 1)
}

/// Where a span stands.
pub fn of_span(span: Span, sources: &SourceMap) -> Range {
    Range { start: position(sources.position(span)), end: position(sources.end(span)) }
}

/// The file and the place of a span.
pub fn location(root: &Path, span: Span, sources: &SourceMap) -> Option<Location> {
    Some(Location { uri: uri(root, &sources.get(span.source).path)?, range: of_span(span, sources) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_there_and_back() {
        let root = Path::new("/tmp/min rapport");
        let uri = uri(root, "content/år/report.yaml").expect("an address");
        assert_eq!(uri.as_str(), "file:///tmp/min%20rapport/content/%C3%A5r/report.yaml");
        assert_eq!(file(&uri).expect("a file"), root.join("content/år/report.yaml"));
    }

    #[test]
    fn columns_are_code_units_of_utf_16() {
        let text = "a\n😀 {{ x }}\n";
        let at = Position { line: 1, character: 6 };
        assert_eq!(&text[offset(text, at)..=offset(text, at)], "x");
        assert_eq!(range(text, offset(text, at)..offset(text, at) + 1).start, at);
    }
}
