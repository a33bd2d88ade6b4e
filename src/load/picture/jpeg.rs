//! JPEG: its segments, without decoding anything.

use super::{Facts, Refusal, sized, too_large};
use crate::diagnostic::Code;
use crate::limits;

pub fn check(bytes: &[u8]) -> Result<Facts, Refusal> {
    let cut = || Refusal::damaged("is a JPEG that is cut off");
    let mut at = 2;
    let mut frame: Option<(u32, u32, u8)> = None;
    let mut scans = 0;
    let mut coded = 0;
    loop {
        // Between segments any number of filling bytes may stand.
        let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte != 0xff)) else {
            return Err(cut());
        };
        if found == 0 {
            return Err(Refusal::damaged("is a JPEG whose parts cannot be told apart"));
        }
        let marker = bytes[at + found];
        at += found + 1;
        match marker {
            0xd9 => break,
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let len = bytes.get(at..at + 2).map(|two| usize::from(u16::from_be_bytes([two[0], two[1]]))).ok_or_else(cut)?;
        let data = bytes.get(at + 2..at + len.max(2)).ok_or_else(cut)?;
        at += len.max(2);
        match marker {
            0xc0..=0xc2 => frame = Some(start_of_frame(data)?),
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err(Refusal::new(
                    Code::FILE_TYPE,
                    "is a JPEG of a kind that hardly any program reads (lossless, hierarchical or arithmetic)",
                    "save it anew as an ordinary JPEG, or as PNG",
                ));
            }
            0xda => {
                scans += 1;
                let len = entropy_coded(&bytes[at..]);
                coded += len as u64;
                at += len;
            }
            _ => {}
        }
    }
    let Some((width, height, components)) = frame.filter(|_| scans > 0) else {
        return Err(Refusal::damaged("is a JPEG that holds no picture"));
    };
    if !matches!(components, 1 | 3) {
        return Err(Refusal::new(
            Code::PICTURE_COLOURS,
            "has colours for printing presses (CMYK), which neither the page nor the PDF can show rightly",
            "save it anew with RGB colours (in Photoshop Image > Mode > RGB Color)",
        ));
    }
    let facts = sized("jpg", (width, height), u64::from(components))?;
    let pixels = u64::from(width) * u64::from(height);
    // No square of eight by eight pixels is written in less than a bit.
    if coded * 8 < pixels / 64 {
        return Err(Refusal::damaged("is a JPEG that is cut off: its pixels are not all there"));
    }
    let scanned = pixels * scans as u64;
    if scans > limits::JPEG_SCANS || (scans > 1 && scanned > limits::JPEG_SCANNED_PIXELS) {
        let mut refusal = too_large(format!("is a progressive JPEG of {scans} passes over its pixels"));
        refusal.help = "save it anew as an ordinary JPEG (“baseline”)";
        return Err(refusal);
    }
    Ok(facts)
}

fn start_of_frame(data: &[u8]) -> Result<(u32, u32, u8), Refusal> {
    let Some(head) = data.first_chunk::<6>() else {
        return Err(Refusal::damaged("is a JPEG without a header that can be read"));
    };
    if head[0] != 8 {
        return Err(Refusal::new(
            Code::FILE_TYPE,
            format!("is a JPEG of {} bits a colour; 8 can be used", head[0]),
            "save it anew as an ordinary JPEG, or as PNG",
        ));
    }
    let number = |high: u8, low: u8| u32::from(u16::from_be_bytes([high, low]));
    Ok((number(head[3], head[4]), number(head[1], head[2]), head[5]))
}

/// Length of the pixels of one scan: up to the next marker that is neither a stuffed byte nor a restart.
fn entropy_coded(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == 0xff) {
        at += found;
        match bytes.get(at + 1) {
            Some(0x00 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}
