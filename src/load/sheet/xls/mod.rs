//! Workbooks as Excel wrote them until 2003 (.xls, BIFF8): one stream of records in a file that is a folder of files.

mod cells;
mod records;

use std::io::{Cursor, Read};
use std::sync::Arc;

use crate::diagnostic::say;
use crate::limits;
use crate::office;
use crate::system::Bytes;

use super::formats::{self, Format};
use super::{Fault, Found, Meter, Wanted, same_name, xlsx};
use records::{Record, Records, Texts};

const BEGIN: u16 = 0x809;
const END: u16 = 0x0a;

/// What the workbook says of all its sheets.
#[derive(Default)]
struct Workbook {
    since_1904: bool,
    sheets: Vec<Tab>,
    texts: Vec<String>,
    fonts: Vec<bool>,
    /// Formats that are written out, by their numbers.
    written: Vec<(u16, String)>,
    /// Number of the font and of the format.
    styles: Vec<(u16, u16)>,
}

/// A sheet, and where its records begin.
struct Tab {
    name: String,
    at: usize,
    hidden: bool,
}

/// How the cells of a style are shown.
#[derive(Clone, Default)]
struct Style {
    format: Format,
    unit: Option<Arc<str>>,
    bold: bool,
}

pub fn read(bytes: Bytes, wanted: Wanted<'_>) -> Result<Found, Fault> {
    // Programs write new workbooks under the old name too.
    if bytes.starts_with(b"PK") {
        return xlsx::read(bytes, wanted);
    }
    let stream = stream(bytes)?;
    let workbook = workbook(&stream)?;
    if wanted.name.is_some() {
        return Ok(Found::NoName(Vec::new()));
    }
    let tab = match wanted.sheet {
        Some(name) => workbook.sheets.iter().find(|tab| same_name(&tab.name, name)),
        None => workbook.sheets.iter().find(|tab| !tab.hidden),
    };
    let Some(tab) = tab else {
        return Ok(Found::NoSheet(workbook.sheets.into_iter().map(|tab| tab.name).collect()));
    };
    let records = Records(stream.get(tab.at..).unwrap_or_default());
    cells::sheet(records, &tab.name, &workbook).map(Found::Sheet)
}

/// The stream of the workbook.
fn stream(bytes: Bytes) -> Result<Vec<u8>, Fault> {
    let no_workbook = || Fault::broken(say!("it is no workbook, or an older one than Excel 97 writes"));
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| no_workbook())?;
    if file.exists("/EncryptedPackage") {
        return Err(Fault::broken(say!("it is protected by a password")));
    }
    let stream = file.open_stream("/Workbook").map_err(|_| no_workbook())?;
    let mut out = Vec::new();
    let read = stream.take(limits::UNPACKED + 1).read_to_end(&mut out);
    read.map_err(|error| office::Fault::of_reading(&error, "Workbook"))?;
    match out.len() as u64 > limits::UNPACKED {
        true => Err(office::Fault::of_reading(&limits::too_large(), "Workbook").into()),
        false => Ok(out),
    }
}

fn workbook(stream: &[u8]) -> Result<Workbook, Fault> {
    let mut out = Workbook::default();
    let mut meter = Meter::default();
    for record in Records(stream) {
        match record.id {
            BEGIN if record.bytes().u16() != Some(0x600) => {
                return Err(Fault::broken(say!("it is an older workbook than Excel 97 writes")));
            }
            0x2f => return Err(Fault::broken(say!("it is protected by a password"))),
            END => return Ok(out),
            id => {
                part(&mut out, id, record, &mut meter)?;
            }
        }
    }
    Err(Fault::broken(say!("it ends in the middle")))
}

/// Keeps what a record says; none where it breaks off, or says nothing that is kept.
fn part(out: &mut Workbook, id: u16, record: Record<'_>, meter: &mut Meter) -> Result<Option<()>, Fault> {
    let mut bytes = record.bytes();
    Ok(match id {
        0x22 => bytes.u16().map(|since| out.since_1904 = since == 1),
        0x31 => bytes.take::<8>().map(|[.., low, high]| out.fonts.push(u16::from_le_bytes([low, high]) >= 600)),
        0x85 => {
            let head = bytes.u32().zip(bytes.take::<2>());
            let name = Texts::new(record, 6).and_then(|mut texts| texts.next_short());
            // Charts and macros have a kind of their own.
            head.zip(name).filter(|((_, [_, kind]), _)| *kind == 0).map(|((at, [hidden, _]), name)| {
                out.sheets.push(Tab { name, at: at as usize, hidden: hidden & 3 != 0 });
            })
        }
        0xe0 => bytes.u16().zip(bytes.u16()).map(|style| out.styles.push(style)),
        0xfc => {
            let Some(mut texts) = Texts::new(record, 8) else { return Ok(None) };
            while let Some(text) = texts.next() {
                let text = super::Content::Text(text);
                meter.add(&text, 1)?;
                if let super::Content::Text(text) = text {
                    out.texts.push(text);
                }
            }
            Some(())
        }
        0x41e => {
            let id = bytes.u16();
            let code = Texts::new(record, 2).and_then(|mut texts| texts.next());
            id.zip(code).map(|format| out.written.push(format))
        }
        _ => None,
    })
}

impl Workbook {
    fn style(&self, at: u16) -> Style {
        let Some((font, format)) = self.styles.get(usize::from(at)).copied() else { return Style::default() };
        // There is no fifth font: numbers above four are one too large.
        let font = usize::from(if font > 4 { font - 1 } else { font });
        let bold = self.fonts.get(font).copied().unwrap_or(false);
        match self.written.iter().find(|(id, _)| *id == format) {
            Some((_, code)) => Style { format: formats::of_code(code), unit: formats::unit(code).map(Arc::from), bold },
            None => {
                let id = u32::from(format);
                Style { format: formats::built_in(id), unit: formats::built_in_unit(id).map(Arc::from), bold }
            }
        }
    }
}
