//! The packed file that a document or a spreadsheet is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::diagnostic::say;
use crate::limits::{self, Capped};
use crate::system::Bytes;

use super::Fault;
use super::xml::Xml;

/// The parts of a packed file, of which no more is unpacked than [`limits`] allow.
pub struct Package {
    archive: ZipArchive<Cursor<Bytes>>,
    /// By name in small letters with forward slashes, as programs that are not strict find them too.
    places: BTreeMap<String, usize>,
    left: u64,
}

type Unpacked<'a> = Capped<'a, ZipFile<'a, Cursor<Bytes>>>;

/// A part that is being read.
pub type Part<'a> = Xml<Unpacked<'a>>;

impl Package {
    pub fn open(bytes: Bytes) -> Result<Self, Fault> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Fault::broken(say!(
                "it is protected by a password, or of an old format (.doc, .xls) with another name"
            )));
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Fault::broken(say!("it is damaged or not what its name says ({error})", error)))?;
        if archive.len() > limits::PARTS {
            return Err(Fault::large(say!("it has more than {most} parts", most = limits::PARTS)));
        }
        let places = (0..archive.len()).filter_map(|at| Some((key(archive.name_for_index(at)?), at))).collect();
        Ok(Self { archive, places, left: limits::UNPACKED })
    }

    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&key(name))
    }

    /// A part as XML; none where there is none of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, Fault> {
        Ok(self.unpack(name)?.map(|part| Xml::new(part, name)))
    }

    fn unpack(&mut self, name: &str) -> Result<Option<Unpacked<'_>>, Fault> {
        let Some(at) = self.places.get(&key(name)) else { return Ok(None) };
        let file = self.archive.by_index(*at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(reason) if reason.contains("assword") => {
                Fault::broken(say!("it is protected by a password"))
            }
            error => Fault::broken(say!("its part {name} is damaged ({error})", name, error)),
        })?;
        // What is said to be too large is not begun with; what lies about its size is stopped on the way.
        if file.size() > self.left {
            return Err(Fault::of_reading(&limits::too_large(), name));
        }
        Ok(Some(Capped::new(file, &mut self.left)))
    }

    /// The bytes of a part, as of a picture.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(mut part) = self.unpack(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|error| Fault::of_reading(&error, name))?;
        Ok(Some(bytes))
    }

    /// The text of a part that is read as a whole.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = match bytes.as_slice() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => None,
            _ => String::from_utf8(bytes).ok(),
        };
        let text = text.ok_or_else(|| Fault::broken(say!("its part {name} is not UTF-8", name)))?;
        Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }

    /// A part without which the file is not what it says.
    pub fn require(&mut self, name: &str) -> Result<Part<'_>, Fault> {
        self.part(name)?.ok_or_else(|| Fault::broken(say!("it lacks its part {name}", name)))
    }
}

fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}
