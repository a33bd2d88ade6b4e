//! XML, piece by piece: no more of it is held than one tag or one run of text.

use std::borrow::Cow;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::say;
use crate::limits;

use super::Fault;

/// Reads a part; ends with an error where the part ends inside an element.
pub struct Xml<R: Read> {
    reader: Reader<BufReader<Metered<R>>>,
    buffer: Vec<u8>,
    depth: usize,
    /// The name of the part, for messages.
    part: String,
}

/// A piece of XML. An empty element is a start and an end.
pub enum Piece {
    Start(Tag),
    End,
    Text(String),
    /// The whole part was read, and all elements are closed.
    Done,
}

/// A start tag.
pub struct Tag(BytesStart<'static>);

const BUFFER: usize = 1 << 16;

impl<R: Read> Xml<R> {
    pub fn new(part: R, name: &str) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(BUFFER, Metered { inner: part, left: 0 }));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0, part: name.to_owned() }
    }

    pub fn next(&mut self) -> Result<Piece, Fault> {
        loop {
            self.buffer.clear();
            self.reader.get_mut().get_mut().left = limits::XML_EVENT;
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(quick_xml::Error::Io(error)) => return Err(Fault::of_reading(&error, &self.part)),
                Err(error) => return Err(broken(&self.part, &error)),
            };
            match event {
                Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding().and_then(Result::ok);
                    if let Some(other) = encoding.filter(|name| !name.eq_ignore_ascii_case("utf-8")) {
                        return Err(Fault::broken(say!(
                            "its part {part} is not UTF-8 but {other}",
                            other,
                            part = self.part
                        )));
                    }
                }
                event => return piece(event, &mut self.depth, &self.part),
            }
        }
    }

    /// Reads on until the element that was begun last is closed.
    pub fn skip(&mut self) -> Result<(), Fault> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// All text of the element that was begun last, the text of other elements in it left out if `skip` says so.
    pub fn text(&mut self, skip: impl Fn(&str) -> bool) -> Result<String, Fault> {
        let outside = self.depth.saturating_sub(1);
        let mut out = String::new();
        loop {
            match self.next()? {
                Piece::Text(text) => out.push_str(&text),
                Piece::Start(tag) if skip(tag.name()) => self.skip()?,
                Piece::Start(_) => {}
                Piece::End if self.depth <= outside => return Ok(out),
                Piece::End => {}
                Piece::Done => return Ok(out),
            }
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }
}

fn piece(event: Event<'_>, depth: &mut usize, part: &str) -> Result<Piece, Fault> {
    match event {
        Event::Start(tag) => {
            *depth += 1;
            if *depth > limits::XML_DEPTH {
                return Err(Fault::broken(say!("its part {part} nests too deeply", part)));
            }
            Ok(Piece::Start(Tag(tag.into_owned())))
        }
        Event::End(_) => {
            *depth = depth.saturating_sub(1);
            Ok(Piece::End)
        }
        Event::Text(text) => Ok(Piece::Text(text.xml10_content().into_owned())),
        Event::CData(text) => Ok(Piece::Text(text.xml10_content().into_owned())),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(c)) => Ok(Piece::Text(c.to_string())),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(&name)
                .map(|text| Piece::Text(text.to_owned()))
                .ok_or_else(|| Fault::broken(say!("its part {part} names an entity `{name}`", part, name = &*name))),
            Err(error) => Err(broken(part, &error)),
        },
        Event::Eof if *depth > 0 => Err(Fault::broken(say!("its part {part} ends in the middle", part))),
        _ => Ok(Piece::Done),
    }
}

fn broken(part: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::broken(say!("its part {part} is no XML that can be read ({error})", part, error))
}

impl Tag {
    /// The name with its prefix.
    pub fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, named as it stands, prefix included.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.find(|key| key == name)
    }

    /// The value of the first attribute whose name has a prefix and this rest.
    pub fn prefixed(&self, name: &str) -> Option<String> {
        self.find(|key| key.split_once(':').is_some_and(|(_, rest)| rest == name))
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.filter_map(Result::ok).find(|attribute| wanted(attribute.key.0))?;
        found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// Whether an attribute says yes.
    pub fn is_set(&self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
    }
}

/// A reader that gives no more than is allowed for one piece of XML.
struct Metered<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(limits::too_large());
        }
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.inner.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}
