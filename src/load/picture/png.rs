//! PNG: its chunks, without unpacking a pixel into memory.

use std::io::Read as _;

use flate2::bufread::ZlibDecoder;

use super::{Facts, Refusal, sized, too_large};
use crate::diagnostic::{Code, Said, say};
use crate::limits;

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
}

struct Header {
    size: (u32, u32),
    depth: u8,
    colour: u8,
    interlaced: bool,
}

pub fn check(bytes: &[u8]) -> Result<Facts, Refusal> {
    let mut chunks = chunks(bytes)?;
    let header = chunks.first().filter(|chunk| &chunk.kind == b"IHDR").and_then(|chunk| header(chunk.data));
    let Some(header) = header else {
        return Err(Refusal::damaged(say!("is a PNG without a header that can be read")));
    };
    let facts = sized("png", header.size, memory(&header))?;
    extras(&chunks)?;
    if chunks.iter().any(|chunk| &chunk.kind == b"acTL") {
        return Err(Refusal::new(
            Code::FILE_TYPE,
            say!("is an animated PNG: paper cannot show it move"),
            say!("save the one picture of it that is meant as an ordinary PNG"),
        ));
    }
    if let Some(what) = other_colours(&chunks) {
        let help = say!("save it anew with the colours of screens (sRGB)");
        return Err(Refusal::new(Code::PICTURE_COLOURS, what, help));
    }
    if header.colour == 3 && !chunks.iter().any(|chunk| &chunk.kind == b"PLTE" && chunk.data.len() >= 3) {
        return Err(Refusal::damaged(say!("is a PNG without its table of colours")));
    }
    chunks.retain(|chunk| &chunk.kind == b"IDAT");
    let expected = unpacked_len(&header);
    match unpacked(&mut Joined { chunks: &chunks, at: 0, used: 0 }, expected + 1) {
        Some(len) if len < expected => {
            Err(Refusal::damaged(say!("is a PNG that is cut off: its pixels are not all there")))
        }
        None => Err(Refusal::damaged(say!("is a PNG whose pixels cannot be unpacked"))),
        Some(_) => Ok(facts),
    }
}

/// The chunks of a file, their checksums compared. What follows the end of the picture is left out.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Refusal> {
    let mut out = Vec::new();
    let mut rest = bytes.get(8..).unwrap_or_default();
    let cut = || Refusal::damaged(say!("is a PNG that is cut off"));
    loop {
        let (head, after) = rest.split_first_chunk::<8>().ok_or_else(cut)?;
        let len = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let kind = [head[4], head[5], head[6], head[7]];
        let data = after.get(..len).ok_or_else(cut)?;
        let (sum, after) = after[len..].split_first_chunk::<4>().ok_or_else(cut)?;
        let mut crc = flate2::Crc::new();
        crc.update(&kind);
        crc.update(data);
        // Readers pass over faulty chunks of remarks.
        if kind[0].is_ascii_uppercase() && crc.sum() != u32::from_be_bytes(*sum) {
            return Err(Refusal::damaged(say!("is a damaged PNG: a checksum does not fit")));
        }
        if &kind == b"IEND" {
            return Ok(out);
        }
        out.push(Chunk { kind, data });
        rest = after;
    }
}

fn header(data: &[u8]) -> Option<Header> {
    let data: &[u8; 13] = data.first_chunk()?;
    let number = |at: usize| u32::from_be_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]]);
    let (depth, colour) = (data[8], data[9]);
    let known = match colour {
        0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
        3 => matches!(depth, 1 | 2 | 4 | 8),
        2 | 4 | 6 => matches!(depth, 8 | 16),
        _ => false,
    };
    let header = Header { size: (number(0), number(4)), depth, colour, interlaced: data[12] == 1 };
    (known && data[10] == 0 && data[11] == 0 && data[12] <= 1).then_some(header)
}

/// Bytes a pixel while the PDF is set: as decoded, as colours and as transparency.
fn memory(header: &Header) -> u64 {
    let (channels, alpha) = match header.colour {
        0 => (1, 1),
        4 => (2, 1),
        2 => (3, 1),
        _ => (4, 1),
    };
    let decoded = channels * if header.depth == 16 { 2 } else { 1 };
    decoded + channels.min(3) + alpha
}

/// What browsers make other colours of, and the PDF does not.
fn other_colours(chunks: &[Chunk]) -> Option<Said> {
    let data = |kind: &[u8; 4]| chunks.iter().find(|chunk| &chunk.kind == kind).map(|chunk| chunk.data);
    // sRGB itself is 1, 13, 0, 1.
    if data(b"cICP").is_some_and(|data| !matches!(data, [1, 13, ..])) {
        return Some(say!("has the colours of films or of screens with a wide range of light (cICP)"));
    }
    let gamma = u32::from_be_bytes(*data(b"gAMA")?.first_chunk()?);
    let is_named = data(b"sRGB").is_some() || data(b"iCCP").is_some();
    (!is_named && !(40_000..=50_000).contains(&gamma))
        .then_some(say!("says that its colours are to be made lighter or darker (gAMA)"))
}

/// Refuses what unpacks to more than any profile or remark is.
fn extras(chunks: &[Chunk]) -> Result<(), Refusal> {
    let mut left = limits::PICTURE_EXTRAS;
    for chunk in chunks {
        let (what, packed) = match &chunk.kind {
            b"iCCP" => (say!("a colour profile"), after_nul(chunk.data).and_then(|rest| rest.get(1..))),
            b"zTXt" => (say!("remarks"), after_nul(chunk.data).and_then(|rest| rest.get(1..))),
            b"iTXt" => (say!("remarks"), international(chunk.data)),
            _ => continue,
        };
        let unpacked = packed.map_or(0, |packed| {
            let mut packed = packed;
            unpacked(&mut packed, left as u64 + 1).unwrap_or(0)
        });
        left = usize::try_from(unpacked).ok().and_then(|len| left.checked_sub(len)).ok_or_else(|| {
            let most = limits::PICTURE_EXTRAS >> 20;
            let mut refusal = too_large(say!("holds {what} of more than {most} MB unpacked", what, most));
            refusal.help = Box::new(say!("save it anew without colour profile and remarks (metadata)"));
            refusal
        })?;
    }
    Ok(())
}

fn after_nul(data: &[u8]) -> Option<&[u8]> {
    data.iter().position(|byte| *byte == 0).map(|at| &data[at + 1..])
}

/// The packed text of an `iTXt`; none where it is not packed.
fn international(data: &[u8]) -> Option<&[u8]> {
    let rest = after_nul(data)?;
    (rest.first() == Some(&1)).then_some(())?;
    after_nul(after_nul(rest.get(2..)?)?)
}

/// How many bytes packed bytes unpack to, counted up to `most`; none where they cannot be unpacked and nothing came before.
fn unpacked(packed: &mut dyn std::io::BufRead, most: u64) -> Option<u64> {
    let mut stream = ZlibDecoder::new(packed).take(most);
    let mut buffer = vec![0; 64 << 10];
    let mut len = 0;
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Some(len),
            Ok(read) => len += read as u64,
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Some(len),
            Err(_) => return None,
        }
    }
}

/// The packed pixels of several chunks in a row.
struct Joined<'a> {
    chunks: &'a [Chunk<'a>],
    at: usize,
    used: usize,
}

impl std::io::Read for Joined<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let from = std::io::BufRead::fill_buf(self)?;
        let len = from.len().min(out.len());
        out[..len].copy_from_slice(&from[..len]);
        std::io::BufRead::consume(self, len);
        Ok(len)
    }
}

impl std::io::BufRead for Joined<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        while self.chunks.get(self.at).is_some_and(|chunk| self.used >= chunk.data.len()) {
            self.at += 1;
            self.used = 0;
        }
        Ok(self.chunks.get(self.at).map_or(&[], |chunk| &chunk.data[self.used..]))
    }

    fn consume(&mut self, len: usize) {
        self.used += len;
    }
}

/// How many bytes the pixels are when they are unpacked: each line with a byte before it, each pass of an interlaced picture its own lines.
fn unpacked_len(header: &Header) -> u64 {
    let channels = match header.colour {
        0 | 3 => 1,
        4 => 2,
        2 => 3,
        _ => 4,
    };
    let bits = channels * u64::from(header.depth);
    let (width, height) = (u64::from(header.size.0), u64::from(header.size.1));
    let lines = |width: u64, height: u64| if width == 0 { 0 } else { height * (1 + (width * bits).div_ceil(8)) };
    if !header.interlaced {
        return lines(width, height);
    }
    // First column, first line, and the steps between them.
    const PASSES: [(u64, u64, u64, u64); 7] =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
    let count = |all: u64, first: u64, step: u64| all.saturating_sub(first).div_ceil(step);
    PASSES.iter().map(|(x, y, dx, dy)| lines(count(width, *x, *dx), count(height, *y, *dy))).sum()
}
