//! The letters of a CSV file, or of a drawing: UTF-8, or what older programs write. Letters that came out wrong on the way are refused, since no reader could mend them.

use std::ops::Range;

use encoding_rs::{Encoding as Letters, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the letters of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// Windows-1252, of which Latin-1 is a part.
    Latin1,
    Utf16,
}

/// Why a file's letters cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Undecoded {
    /// The text as far as it can be shown.
    pub text: String,
    /// What in it cannot be read.
    pub at: Range<usize>,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Not what the author says, or neither UTF-8 nor anything else for sure.
    Unknown,
    /// Letters of another encoding were taken for these: "MalmÃ¶".
    Garbled,
}

/// The text of a file, and what it was read as where that is not UTF-8 and nobody said so.
pub fn decode(bytes: &[u8], declared: Option<Encoding>) -> Result<(String, Option<&'static str>), Undecoded> {
    let (text, guessed) = match (marked(bytes), declared) {
        (Some(text), _) => (text.to_owned_text()?, None),
        (None, Some(Encoding::Utf8)) => (utf8(bytes)?, None),
        (None, Some(Encoding::Latin1)) => (latin1(bytes)?, None),
        (None, Some(Encoding::Utf16)) => (utf16(bytes, UTF_16LE)?, None),
        (None, None) => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(_) if is_certainly_latin1(bytes) => (latin1(bytes)?, Some("Windows-1252 (Latin-1)")),
            Err(_) => (utf8(bytes)?, None),
        },
    };
    match garbled(&text) {
        Some(at) => Err(Undecoded { text, at, why: Why::Garbled }),
        None => Ok((text, guessed)),
    }
}

/// The text of a file that begins with a mark of UTF-16, or whose letters have this name on the web; none where it has other letters.
pub fn named(bytes: &[u8], name: &[u8]) -> Option<String> {
    let marked =
        [(b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)].into_iter().find(|(mark, _)| bytes.starts_with(*mark));
    let letters = match marked {
        Some((_, letters)) => letters,
        None => Letters::for_label(name).filter(|letters| letters.is_ascii_compatible())?,
    };
    let (text, _, broken) = letters.decode(bytes);
    (!broken).then(|| text.into_owned())
}

/// Bytes that a mark at the beginning says how to read, the mark taken away.
enum Marked<'a> {
    Utf8(&'a [u8]),
    Utf16(&'a [u8], &'static Letters),
}

impl Marked<'_> {
    fn to_owned_text(&self) -> Result<String, Undecoded> {
        match self {
            Self::Utf8(bytes) => utf8(bytes),
            Self::Utf16(bytes, order) => utf16(bytes, order),
        }
    }
}

/// A mark, or the noughts that every other byte of UTF-16 is in texts of Latin letters.
fn marked(bytes: &[u8]) -> Option<Marked<'_>> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Some(Marked::Utf8(rest));
    }
    for (mark, order) in [(b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return Some(Marked::Utf16(rest, order));
        }
    }
    let noughts = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, most) = (noughts(0), noughts(1), bytes.len() / 4);
    match (first, second) {
        (0, second) if second > most => Some(Marked::Utf16(bytes, UTF_16LE)),
        (first, 0) if first > most => Some(Marked::Utf16(bytes, UTF_16BE)),
        _ => None,
    }
}

/// A text in UTF-8; a byte order mark is no text.
pub fn utf8(bytes: &[u8]) -> Result<String, Undecoded> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let at = error.valid_up_to();
        let text = String::from_utf8_lossy(bytes).into_owned();
        Undecoded { text, at: at..at + '\u{fffd}'.len_utf8(), why: Why::Unknown }
    })
}

fn utf16(bytes: &[u8], order: &'static Letters) -> Result<String, Undecoded> {
    whole(order.decode_without_bom_handling(bytes).0.into_owned(), '\u{fffd}')
}

/// Windows-1252 leaves five bytes free, which become control characters: no text has them.
fn latin1(bytes: &[u8]) -> Result<String, Undecoded> {
    let text = WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    match text.char_indices().find(|(_, c)| ('\u{80}'..='\u{9f}').contains(c)) {
        Some((at, c)) => Err(Undecoded { at: at..at + c.len_utf8(), text, why: Why::Unknown }),
        None => Ok(text),
    }
}

fn whole(text: String, lost: char) -> Result<String, Undecoded> {
    match text.find(lost) {
        Some(at) => Err(Undecoded { at: at..at + lost.len_utf8(), text, why: Why::Unknown }),
        None => Ok(text),
    }
}

/// Letters that Nordic and West European texts have, and signs that stand beside them, in Windows-1252. What old programs of DOS and of the Mac write for
/// å, ä and ö are other bytes, so that a text whose letters are all among these, and one of them inside a word, is no other's.
const LETTERS: &[u8] = b"\xe5\xe4\xf6\xc5\xc4\xd6\xe6\xf8\xc6\xd8\xe9\xc9\xe8\xfc\xdc\xe1\xed\xf3\xe0";
const SIGNS: &[u8] =
    b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa3\xa7\xab\xb0\xb1\xb2\xb3\xb4\xb5\xb7\xbb\xbc\xbd\xbe\xad";

fn is_certainly_latin1(bytes: &[u8]) -> bool {
    let high = || bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0x80);
    let beside_letter = |at: usize| {
        let near = [at.checked_sub(1).and_then(|at| bytes.get(at)), bytes.get(at + 1)];
        near.into_iter().flatten().any(u8::is_ascii_alphabetic)
    };
    let known = high().all(|(_, byte)| LETTERS.contains(byte) || SIGNS.contains(byte));
    let nordic = |byte: &u8| b"\xe5\xe4\xf6\xc5\xc4\xd6\xe6\xf8\xc6\xd8".contains(byte);
    known && !bytes.contains(&0) && high().any(|(at, byte)| nordic(byte) && beside_letter(at))
}

/// Where letters of one encoding were read as another: UTF-8 as Windows-1252 ("MalmÃ¶"), twice over too; DOS letters as Windows ones ("Malm”");
/// and the sign for a letter that was lost.
fn garbled(text: &str) -> Option<Range<usize>> {
    if let Some(at) = text.find('\u{fffd}') {
        return Some(at..at + '\u{fffd}'.len_utf8());
    }
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), 'x')]) {
        match (start, c.is_ascii()) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                if let Some(found) = as_utf8(text, from..at) {
                    return Some(found);
                }
                start = None;
            }
            _ => {}
        }
    }
    dos(text)
}

/// The stretch of letters beyond ASCII that would be UTF-8 if each were the byte that Windows-1252 has for it.
fn as_utf8(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let chars: Vec<(usize, char)> = text.get(range.clone())?.char_indices().collect();
    let byte = |c: char| {
        let mut buffer = [0; 4];
        let (bytes, _, failed) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
        match bytes.as_ref() {
            [byte] if !failed => Some(*byte),
            _ => u8::try_from(u32::from(c)).ok(),
        }
    };
    let bytes: Vec<Option<u8>> = chars.iter().map(|(_, c)| byte(*c)).collect();
    for (at, (offset, _)) in chars.iter().enumerate() {
        let length = match bytes.get(at).copied().flatten() {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            _ => continue,
        };
        let letters: Option<Vec<u8>> = bytes.get(at..at + length).and_then(|bytes| bytes.iter().copied().collect());
        if letters.is_some_and(|letters| std::str::from_utf8(&letters).is_ok()) {
            let end = chars.get(at + length).map_or(range.end, |(offset, _)| range.start + offset);
            return Some(range.start + offset..end);
        }
    }
    None
}

/// å, ä and ö of DOS, read as Windows-1252: a dagger or a quotation mark inside a word.
fn dos(text: &str) -> Option<Range<usize>> {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        if matches!(c, '†' | '„' | '”' | '\u{8f}' | 'Ž' | '™') && before.is_alphabetic() && after.is_lowercase()
        {
            return Some(at..at + c.len_utf8());
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Enhet;Antal\nMalmö;1\nÅre – södra;2\n";

    fn utf16(order: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
        let text = if mark { format!("\u{feff}{TEXT}") } else { TEXT.to_owned() };
        text.encode_utf16().flat_map(order).collect()
    }

    fn windows(text: &str) -> Vec<u8> {
        WINDOWS_1252.encode(text).0.into_owned()
    }

    #[test]
    fn what_is_certain_is_read_and_what_is_not_refused() {
        let read = |bytes: &[u8], declared| decode(bytes, declared).map(|(text, _)| text);
        let same = Ok(TEXT.to_owned());
        assert_eq!(read(TEXT.as_bytes(), None), same);
        assert_eq!(read(format!("\u{feff}{TEXT}").as_bytes(), None), same);
        for declared in [None, Some(Encoding::Utf16)] {
            assert_eq!(read(&utf16(u16::to_le_bytes, true), declared), same);
            assert_eq!(read(&utf16(u16::to_be_bytes, true), declared), same);
            assert_eq!(read(&utf16(u16::to_le_bytes, false), declared), same);
        }
        assert_eq!(read(&windows(TEXT), Some(Encoding::Latin1)), same);
        assert_eq!(decode(&windows(TEXT), None).map(|(_, guessed)| guessed.is_some()), Ok(true));
        let why = |bytes: &[u8], declared| decode(bytes, declared).map_err(|fault| fault.why);
        // å of the Mac, ö of DOS, and a Polish letter: nobody can tell.
        for bytes in [&b"Enhet\nsk\x8cne\n"[..], b"Malm\x94\n", b"\xb3\xf3d\xbc\n", b"\xe5\n", b"a\x00b\xe5\n"] {
            assert_eq!(why(bytes, None), Err(Why::Unknown), "{bytes:?}");
        }
        assert_eq!(why(&windows(TEXT), Some(Encoding::Utf8)), Err(Why::Unknown));
        assert_eq!(why(TEXT.as_bytes(), Some(Encoding::Latin1)), Err(Why::Garbled), "it is UTF-8");
        assert_eq!(why(b"Malm\x94 sk\x86ne\n", Some(Encoding::Latin1)), Err(Why::Garbled), "it is DOS");
    }

    #[test]
    fn letters_that_came_out_wrong_are_found() {
        for text in [
            "MalmÃ¶",
            "GÃ¤vle",
            "Ã…re",
            "Ã„ldre",
            "Ã–rebro",
            "5Â\u{a0}kr",
            "1â€“2",
            "MalmÃƒÂ¶",
            "Malm\u{fffd}",
            "sk†ne",
            "h”gst",
        ] {
            let at = garbled(text).unwrap_or_else(|| panic!("{text}"));
            assert!(text.get(at).is_some_and(|found| !found.is_empty()), "{text}");
        }
        for text in ["Malmö", "ÅÄÖ", "Ã", "São Paulo", "naïve café – ”ja”", "Łódź", "北京", "½ m² à 5 °C", "”Malmö”"]
        {
            assert_eq!(garbled(text), None, "{text}");
        }
    }
}
