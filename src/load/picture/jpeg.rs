//! JPEG: its segments, without decoding anything.

use super::{Facts, Refusal, sized, too_large};
use crate::diagnostic::{Code, say};
use crate::limits;

pub fn check(bytes: &[u8]) -> Result<Facts, Refusal> {
    let cut = || Refusal::damaged(say!("is a JPEG that is cut off"));
    let mut at = 2;
    let mut frame: Option<(u32, u32, u8)> = None;
    let mut turned = false;
    let mut scans = 0;
    let mut coded = 0;
    loop {
        // Between segments any number of filling bytes may stand.
        let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte != 0xff)) else {
            return Err(cut());
        };
        if found == 0 {
            return Err(Refusal::damaged(say!("is a JPEG whose parts cannot be told apart")));
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
                    say!("is a JPEG of a kind that hardly any program reads (lossless, hierarchical or arithmetic)"),
                    say!("save it anew as an ordinary JPEG, or as PNG"),
                ));
            }
            // A camera says here how it was held; the page and the PDF turn the picture so.
            0xe1 => {
                turned |= data.strip_prefix(b"Exif\0\0").and_then(orientation).is_some_and(|how| (5..=8).contains(&how))
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
        return Err(Refusal::damaged(say!("is a JPEG that holds no picture")));
    };
    if !matches!(components, 1 | 3) {
        return Err(Refusal::new(
            Code::PICTURE_COLOURS,
            say!("has colours for printing presses (CMYK), which neither the page nor the PDF can show rightly"),
            say!("save it anew with RGB colours (in Photoshop Image > Mode > RGB Color)"),
        ));
    }
    let (across, down) = if turned { (height, width) } else { (width, height) };
    let facts = sized("jpg", (across, down), u64::from(components))?;
    let pixels = u64::from(width) * u64::from(height);
    // No square of eight by eight pixels is written in less than a bit.
    if coded * 8 < pixels / 64 {
        return Err(Refusal::damaged(say!("is a JPEG that is cut off: its pixels are not all there")));
    }
    let scanned = pixels * scans as u64;
    if scans > limits::JPEG_SCANS || (scans > 1 && scanned > limits::JPEG_SCANNED_PIXELS) {
        let mut refusal = too_large(say!("is a progressive JPEG of {scans} passes over its pixels", scans));
        refusal.help = Box::new(say!("save it anew as an ordinary JPEG (“baseline”)"));
        return Err(refusal);
    }
    Ok(facts)
}

/// How a picture is to be turned, as Exif has it: 1 for not at all, 5 to 8 by a quarter.
fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two = tiff.get(at..)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(*two) } else { u16::from_be_bytes(*two) })
    };
    let first = tiff.get(4..)?.first_chunk::<4>()?;
    let first = if little { u32::from_le_bytes(*first) } else { u32::from_be_bytes(*first) };
    let first = usize::try_from(first).ok()?;
    let entries = (0..usize::from(short(first)?)).map(|entry| first.saturating_add(2 + 12 * entry));
    let mut orientations = entries.filter(|at| short(*at) == Some(0x0112));
    short(orientations.next()?.saturating_add(8))
}

fn start_of_frame(data: &[u8]) -> Result<(u32, u32, u8), Refusal> {
    let Some(head) = data.first_chunk::<6>() else {
        return Err(Refusal::damaged(say!("is a JPEG without a header that can be read")));
    };
    if head[0] != 8 {
        return Err(Refusal::new(
            Code::FILE_TYPE,
            say!("is a JPEG of {what} bits a colour; 8 can be used", what = head[0]),
            say!("save it anew as an ordinary JPEG, or as PNG"),
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
