//! Records of the binary workbook: a number, a length, bytes; and texts, which may go on in the records behind.

/// A record; what goes on in further records is a piece more each.
pub struct Record<'a> {
    pub id: u16,
    pub pieces: Vec<&'a [u8]>,
}

const CONTINUE: u16 = 0x3c;

impl<'a> Record<'a> {
    pub fn bytes(&self) -> Bytes<'a> {
        Bytes(self.pieces.first().copied().unwrap_or_default())
    }
}

/// The records from a place in the stream on.
pub struct Records<'a>(pub &'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (id, first) = self.piece()?;
        let mut pieces = vec![first];
        while self.0.get(..2) == Some(&CONTINUE.to_le_bytes()[..]) {
            pieces.push(self.piece()?.1);
        }
        Some(Record { id, pieces })
    }
}

impl<'a> Records<'a> {
    fn piece(&mut self) -> Option<(u16, &'a [u8])> {
        let mut head = Bytes(self.0);
        let (id, length) = (head.u16()?, usize::from(head.u16()?));
        let (piece, rest) = head.0.split_at_checked(length)?;
        self.0 = rest;
        Some((id, piece))
    }
}

/// Bytes that are read from the front; nothing is read past the end.
#[derive(Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*bytes)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.take().map(|[byte]: [u8; 1]| byte)
    }

    pub fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub fn f64(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }

    pub fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    /// A number in four bytes: whole or not, and a hundred times as much or not.
    pub fn rk(&mut self) -> Option<f64> {
        let written = self.u32()?;
        let value = match written & 2 {
            0 => f64::from_bits(u64::from(written & !3) << 32),
            _ => f64::from(written.cast_signed() >> 2),
        };
        Some(if written & 1 == 0 { value } else { value / 100.0 })
    }
}

/// Texts that lie behind each other in the pieces of a record.
pub struct Texts<'a> {
    piece: Bytes<'a>,
    rest: std::vec::IntoIter<&'a [u8]>,
}

/// Bits that stand before the letters of a text.
const WIDE: u8 = 1;
const WITH_SOUNDS: u8 = 4;
const WITH_RUNS: u8 = 8;

impl<'a> Texts<'a> {
    /// The texts from `skip` bytes on.
    pub fn new(record: Record<'a>, skip: usize) -> Option<Self> {
        let mut rest = record.pieces.into_iter();
        let mut piece = Bytes(rest.next()?);
        piece.skip(skip)?;
        Some(Self { piece, rest })
    }

    /// The next text, its length written in two bytes.
    pub fn next(&mut self) -> Option<String> {
        let length = usize::from(self.field::<2>().map(u16::from_le_bytes)?);
        self.letters(length)
    }

    /// The next text, its length written in one byte.
    pub fn next_short(&mut self) -> Option<String> {
        let [length] = self.field::<1>()?;
        self.letters(usize::from(length))
    }

    fn letters(&mut self, length: usize) -> Option<String> {
        let [mut kind] = self.field::<1>()?;
        let runs = if kind & WITH_RUNS == 0 { 0 } else { usize::from(self.field::<2>().map(u16::from_le_bytes)?) };
        let sounds = if kind & WITH_SOUNDS == 0 { 0 } else { self.field::<4>().map(u32::from_le_bytes)? as usize };
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            if self.piece.0.is_empty() {
                // A text that goes on says anew how wide its letters are.
                self.piece = Bytes(self.rest.next()?);
                kind = self.piece.u8()?;
            }
            units.push(if kind & WIDE == 0 { u16::from(self.piece.u8()?) } else { self.piece.u16()? });
        }
        self.pass(runs.checked_mul(4)?.checked_add(sounds)?)?;
        Some(String::from_utf16_lossy(&units))
    }

    fn field<const N: usize>(&mut self) -> Option<[u8; N]> {
        if self.piece.0.is_empty() {
            self.piece = Bytes(self.rest.next()?);
        }
        self.piece.take()
    }

    fn pass(&mut self, mut count: usize) -> Option<()> {
        while count > self.piece.0.len() {
            count -= self.piece.0.len();
            self.piece = Bytes(self.rest.next()?);
        }
        self.piece.skip(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_four_bytes() {
        let rk = |written: u32| Bytes(&written.to_le_bytes()).rk();
        assert_eq!(rk((12 << 2) | 2), Some(12.0));
        assert_eq!(rk((1234 << 2) | 3), Some(12.34));
        assert_eq!(rk((-5_i32).cast_unsigned() << 2 | 2), Some(-5.0));
        assert_eq!(rk((0.5_f64.to_bits() >> 32) as u32), Some(0.5));
        assert_eq!(Bytes(&[1, 2]).rk(), None);
    }

    #[test]
    fn texts_go_on_in_the_next_record_in_other_letters() {
        let first = [&[0; 8][..], &[2, 0, 0, b'a', b'b'], &[4, 0, 0, b'M', b'a']].concat();
        let second = [&[1, b'l', 0, 0x6d, 0x01][..], &[1, 0, WITH_RUNS, 1, 0, b'x', 9, 9]].concat();
        let third = [9, 9, 1, 0, 0, b'y'];
        let record = Record { id: 0xfc, pieces: vec![&first, &second, &third] };
        let mut texts = Texts::new(record, 8).unwrap();
        let all: Vec<String> = std::iter::from_fn(|| texts.next()).collect();
        assert_eq!(all, ["ab", "Malŭ", "x", "y"]);
    }

    #[test]
    fn what_breaks_off_ends() {
        assert_eq!(Records(&[1, 0, 4, 0, 1]).count(), 0);
        let record = Record { id: 0xfc, pieces: vec![&[0xff, 0xff, 0, b'a']] };
        assert_eq!(Texts::new(record, 0).and_then(|mut texts| texts.next()), None);
    }
}
