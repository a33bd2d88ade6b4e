//! Pages and style sheets as text with marks in it: read piece by piece, so that what is not changed stays as it was to the byte.
//!
//! Made for what the program writes itself and what a workspace's own templates make of it. It is no browser: a page is a run of tags and
//! texts, never a tree, so nothing in it can be nested too deep, and nothing is repaired.

mod percent;
mod style;

use std::borrow::Cow;
use std::ops::Range;

pub use percent::{decoded, encoded, encoded_path};
pub use style::{Rule, addresses, rules, selectors};

/// Attributes that hold an address, whatever the element.
pub const ADDRESSES: &[&str] = &["href", "src", "data", "poster", "xlink:href", "cite"];

/// Attributes that hold the ids of places in the same page.
pub const IDS: &[&str] =
    &["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "headers", "for", "list"];

/// A piece of a page. All pieces together are the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    Tag(Tag<'a>),
    /// Text, comments, declarations, what stands in `script` and `style`.
    Text(&'a str),
}

/// `<name …>` or `</name>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    pub name: &'a str,
    pub closes: bool,
    /// `<path/>`
    pub is_empty: bool,
    pub attributes: Vec<Attribute<'a>>,
    /// Its bytes in the page.
    pub place: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'a> {
    pub name: &'a str,
    /// As it is written, without quotation marks; none for `open`, `download` and the like.
    pub written: Option<&'a str>,
    /// The bytes of the value in the page, those of the name where it has none.
    pub place: Range<usize>,
}

impl Attribute<'_> {
    /// What it says, once entities are letters.
    #[must_use]
    pub fn value(&self) -> Cow<'_, str> {
        unescaped(self.written.unwrap_or_default())
    }
}

impl Tag<'_> {
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'_>> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }

    /// What an attribute says; none where there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Cow<'_, str>> {
        self.attribute(name).map(Attribute::value)
    }

    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether it has a word among its classes.
    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        self.value("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|word| word == class))
    }

    /// An element of HTML that has no end.
    #[must_use]
    pub fn is_void(&self) -> bool {
        const VOID: &[&str] =
            &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
        self.is_empty || VOID.iter().any(|name| self.is(name))
    }
}

/// The pieces of a page or of an XML file, in their order.
pub fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, at: 0, raw: None }
}

#[derive(Debug)]
pub struct Pieces<'a> {
    text: &'a str,
    at: usize,
    /// The element whose content is text whatever it looks like.
    raw: Option<&'a str>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        if let Some(name) = self.raw.take() {
            let end = closing(rest, name);
            if end > 0 {
                return Some(self.take_text(end));
            }
        }
        if !rest.starts_with('<') {
            return Some(self.take_text(rest.find('<').unwrap_or(rest.len())));
        }
        for (begins, ends) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")] {
            if let Some(inner) = rest.strip_prefix(begins) {
                let end = inner.find(ends).map_or(rest.len(), |at| begins.len() + at + ends.len());
                return Some(self.take_text(end));
            }
        }
        let Some(tag) = tag(self.text, self.at) else {
            // A sign that begins no tag is text up to the next one.
            let next = rest.get(1..).and_then(|after| after.find('<')).map_or(rest.len(), |at| at + 1);
            return Some(self.take_text(next));
        };
        self.at = tag.place.end;
        let raw = ["script", "style", "title", "textarea"].iter().any(|name| tag.is(name));
        self.raw = (raw && !tag.closes && !tag.is_empty).then_some(tag.name);
        Some(Piece::Tag(tag))
    }
}

impl<'a> Pieces<'a> {
    fn take_text(&mut self, length: usize) -> Piece<'a> {
        let start = self.at;
        self.at += length;
        Piece::Text(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Where the next piece begins.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }
}

/// Where `</name` stands, whatever its letter case; the end where it does not.
fn closing(text: &str, name: &str) -> usize {
    let ends = |at: &usize| {
        let after = text.get(at + 2..at + 2 + name.len());
        after.is_some_and(|after| after.eq_ignore_ascii_case(name))
    };
    text.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(text.len())
}

fn tag(text: &str, at: usize) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let mut end = at + 1;
    let closes = bytes.get(end) == Some(&b'/');
    end += usize::from(closes);
    if !bytes.get(end)?.is_ascii_alphabetic() {
        return None;
    }
    let name = word(text, &mut end, |byte| !byte.is_ascii_whitespace() && byte != b'/' && byte != b'>');
    let mut attributes = Vec::new();
    let mut is_empty = false;
    loop {
        word(text, &mut end, |byte| byte.is_ascii_whitespace());
        match bytes.get(end) {
            None => return None,
            Some(b'>') => break,
            Some(b'/') => {
                end += 1;
                is_empty = bytes.get(end) == Some(&b'>');
                continue;
            }
            Some(_) => {}
        }
        let start = end;
        // A name may begin with "=", which parts it from its value later on.
        end += usize::from(bytes.get(end) == Some(&b'='));
        word(text, &mut end, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let name = text.get(start..end)?;
        let mut after = end;
        word(text, &mut after, |byte| byte.is_ascii_whitespace());
        if bytes.get(after) != Some(&b'=') {
            attributes.push(Attribute { name, written: None, place: start..end });
            continue;
        }
        after += 1;
        word(text, &mut after, |byte| byte.is_ascii_whitespace());
        let (begins, ends) = match bytes.get(after)? {
            quote @ (b'"' | b'\'') => {
                let length = text.get(after + 1..)?.find(char::from(*quote))?;
                end = after + length + 2;
                (after + 1, after + 1 + length)
            }
            _ => {
                end = after;
                word(text, &mut end, |byte| !byte.is_ascii_whitespace() && byte != b'>');
                (after, end)
            }
        };
        attributes.push(Attribute { name, written: Some(text.get(begins..ends)?), place: begins..ends });
    }
    Some(Tag { name, closes, is_empty, attributes, place: at..end + 1 })
}

/// The run of such bytes from a place on, which moves behind it.
fn word<'a>(text: &'a str, at: &mut usize, fits: impl Fn(u8) -> bool) -> &'a str {
    let start = *at;
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    *at += bytes.iter().take_while(|byte| fits(**byte)).count();
    text.get(start..*at).unwrap_or_default()
}

/// A text in which the entities that templates and XML write are letters again; others stay as they are.
#[must_use]
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').and_then(|(name, rest)| Some((letter(name)?, rest)));
        rest = match entity {
            Some((letter, rest)) => {
                out.push(letter);
                rest
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn letter(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

/// A text as it may stand in an attribute or between tags.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Piece, escaped, pieces, unescaped};

    fn written(text: &str) -> String {
        pieces(text)
            .map(|piece| match piece {
                Piece::Tag(tag) => text.get(tag.place).unwrap_or_default().to_owned(),
                Piece::Text(text) => text.to_owned(),
            })
            .collect()
    }

    fn tags(text: &str) -> Vec<String> {
        let told = |piece| match piece {
            Piece::Tag(tag) => {
                let attributes: Vec<String> = tag
                    .attributes
                    .iter()
                    .map(|one| match one.written {
                        Some(_) => format!(" {}={}", one.name, one.value()),
                        None => format!(" {}", one.name),
                    })
                    .collect();
                Some(format!("{}{}{}", if tag.closes { "/" } else { "" }, tag.name, attributes.concat()))
            }
            Piece::Text(_) => None,
        };
        pieces(text).filter_map(told).collect()
    }

    #[test]
    fn tags_and_attributes_are_read() {
        let page = "<!DOCTYPE html><p class=\"a b\" hidden data-x='1>2' id=c>x &lt; y<br/><a href=\"?a=1&amp;b=2\" download>t</a></p>";
        assert_eq!(tags(page), ["p class=a b hidden data-x=1>2 id=c", "br", "a href=?a=1&b=2 download", "/a", "/p"]);
    }

    #[test]
    fn what_stands_in_scripts_and_styles_is_text() {
        let page = "<script>if (a <b) \"</p>\"</script><style>a > b {}</style><!-- <i> --><title><b></title><i>";
        assert_eq!(tags(page), ["script", "/script", "style", "/style", "title", "/title", "i"]);
    }

    #[test]
    fn a_sign_alone_is_text() {
        assert_eq!(tags("1 < 2 <3 <b> a<"), ["b"]);
        assert_eq!(tags("<a href=\"never closed"), [""; 0]);
    }

    #[test]
    fn entities_come_and_go() {
        assert_eq!(unescaped("a &amp; &#x2F; &#228; &unknown; &"), "a & / ä &unknown; &");
        assert_eq!(unescaped(&escaped("<a \"b\" & c>")), "<a \"b\" & c>");
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_page(text in "[<>/!a-c\"'= &;-]{0,60}") {
            prop_assert_eq!(written(&text), text);
        }

        #[test]
        fn of_any_letters(text in ".{0,80}") {
            prop_assert_eq!(written(&text), text);
        }
    }
}
