//! Inputs from seeds: what is written wrong, twice, too long, too deep or in letters that few think of. The same number gives the same input.

/// Numbers without a pattern (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(kind: &str, seed: u64, number: u64) -> Self {
        let name = kind
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        let mut out =
            Self(name ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number.wrapping_mul(0xd1b5_4a32_d192_ed03));
        out.next();
        out
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below another.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n.max(1) as u64)).unwrap_or(0)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Pieces of a dictionary in the form of libFuzzer: a line each, in quotation marks, with `\\xAB`.
fn pieces(text: &str) -> Vec<Vec<u8>> {
    let quoted = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(unescaped).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, more)) = rest.split_first() {
        (out, rest) = match (byte, more) {
            (b'\\', [b'x', high, low, more @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
                out.push(digit(high) * 16 + digit(low));
                (out, more)
            }
            (b'\\', [sign, more @ ..]) => {
                out.push(*sign);
                (out, more)
            }
            _ => {
                out.push(*byte);
                (out, more)
            }
        };
    }
    out
}

/// What inputs of a kind are changed with.
pub struct Dictionary {
    /// Signs that programs stumble over.
    signs: Vec<Vec<u8>>,
    /// Numbers at which something ends.
    numbers: Vec<Vec<u8>>,
    /// What means something in the kind of file.
    words: Vec<Vec<u8>>,
}

impl Dictionary {
    pub fn of(kind: &str) -> Self {
        let words = match kind {
            "markdown" | "bindings" => include_str!("../../fuzz/dictionaries/markdown.dict"),
            "yaml" | "sources" | "charts" | "records" => include_str!("../../fuzz/dictionaries/yaml.dict"),
            "csv" => include_str!("../../fuzz/dictionaries/csv.dict"),
            "spreadsheets" => include_str!("../../fuzz/dictionaries/spreadsheets.dict"),
            "pictures" => include_str!("../../fuzz/dictionaries/pictures.dict"),
            _ => include_str!("../../fuzz/dictionaries/packs.dict"),
        };
        Self {
            signs: pieces(include_str!("../../fuzz/dictionaries/signs.dict")),
            numbers: pieces(include_str!("../../fuzz/dictionaries/numbers.dict")),
            words: pieces(words),
        }
    }
}

/// An input of a kind: one of the seeds, changed in one to eight places. The first byte, which says where it belongs, mostly stays.
pub fn input(kind: &str, seeds: &[Vec<u8>], dictionary: &Dictionary, random: &mut Random) -> Vec<u8> {
    let mut out: Vec<u8> = random.of(seeds).clone();
    let places = 1 + random.below(3) * random.below(4);
    for _ in 0..places {
        change(&mut out, kind, seeds, dictionary, random);
    }
    // What grows without end is measured by scripts/growth.
    out.truncate(200_000);
    if kind == "packs" {
        check_sums(&mut out, random);
    }
    out
}

fn change(out: &mut Vec<u8>, kind: &str, seeds: &[Vec<u8>], dictionary: &Dictionary, random: &mut Random) {
    let first = usize::from(!out.is_empty() && kind != "bindings" && random.below(50) != 0);
    let from = (first + random.below(out.len() + 1 - first)).min(out.len());
    let few = |random: &mut Random| {
        let most = [3, 16, 200][random.below(3)];
        1 + random.below(most)
    };
    let to = (from + few(random)).min(out.len());
    match random.below(18) {
        0 => {
            if let Some(byte) = out.get_mut(from) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            if let Some(byte) = out.get_mut(from) {
                *byte = u8::try_from(random.below(256)).unwrap_or(0);
            }
        }
        2 => drop(out.drain(from..to)),
        3 => {
            let again = out[from..to].to_vec();
            insert(out, to, &again);
        }
        4 | 5 => insert(out, from, one(&dictionary.signs, random)),
        6..=8 => insert(out, from, one(&dictionary.words, random)),
        9 => replace_number(out, from, one(&dictionary.numbers, random)),
        10 => insert(out, from, one(&dictionary.numbers, random)),
        11 => {
            // The end of another input of the kind.
            let other: &Vec<u8> = random.of(seeds);
            let at = random.below(other.len());
            out.truncate(from);
            out.extend(&other[at..]);
        }
        12 => {
            let other: &Vec<u8> = random.of(seeds);
            let start = random.below(other.len());
            let end = (start + few(random)).min(other.len());
            insert(out, from, &other[start..end]);
        }
        13 => lines(out, random),
        14 => {
            // Deep or long, by one sign or by what stands here.
            let piece =
                if random.below(2) == 0 { one(&dictionary.words, random).to_vec() } else { out[from..to].to_vec() };
            let times: usize = *random.of(&[2, 12, 13, 63, 65, 130, 1000]);
            insert(out, from, &piece.repeat(times.min(20_000 / piece.len().max(1))));
        }
        15 => out.truncate(from),
        16 => {
            let ends =
                String::from_utf8_lossy(out).replace('\n', ["\r\n", "\r", "\n\n", "\u{2028}", " "][random.below(5)]);
            *out = ends.into_bytes();
        }
        _ => {
            let whole = String::from_utf8_lossy(&out[from..to]).into_owned();
            let other = if random.below(2) == 0 { whole.to_uppercase() } else { whole.to_lowercase() };
            out.splice(from..to, other.into_bytes());
        }
    }
}

fn one<'a>(pieces: &'a [Vec<u8>], random: &mut Random) -> &'a [u8] {
    random.of::<Vec<u8>>(pieces)
}

fn insert(out: &mut Vec<u8>, at: usize, piece: &[u8]) {
    out.splice(at..at, piece.iter().copied());
}

/// Puts a number in the place of the next one.
fn replace_number(out: &mut Vec<u8>, from: usize, number: &[u8]) {
    let digit = |byte: &u8| byte.is_ascii_digit();
    let Some(start) = out[from..].iter().position(digit).map(|at| from + at) else { return };
    let end = out[start..].iter().position(|byte| !digit(byte)).map_or(out.len(), |at| start + at);
    out.splice(start..end, number.iter().copied());
}

/// Doubles, deletes, swaps or indents a line.
fn lines(out: &mut Vec<u8>, random: &mut Random) {
    let mut all: Vec<Vec<u8>> = out.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if all.is_empty() {
        return;
    }
    let (at, other) = (random.below(all.len()), random.below(all.len()));
    match random.below(5) {
        0 => all.insert(other, all[at].clone()),
        1 => drop(all.remove(at)),
        2 => all.swap(at, other),
        3 => all[at].splice(0..0, b"  ".iter().copied()).for_each(drop),
        _ => {
            let start = at.min(other);
            let moved: Vec<Vec<u8>> = all.drain(start..(start + 3).min(all.len())).collect();
            let place = random.below(all.len() + 1);
            all.splice(place..place, moved);
        }
    }
    *out = all.concat();
}

/// Makes the check sums of the headers of an archive right again, mostly: otherwise nothing behind them is read.
fn check_sums(out: &mut [u8], random: &mut Random) {
    if random.below(4) == 0 {
        return;
    }
    let Some((how, archive)) = out.split_first_mut() else { return };
    if *how % 2 == 0 {
        return;
    }
    let mut at = 0;
    while let Some(header) = archive.get_mut(at..at + 512) {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{:06o}\0 ", sum & 0o777_777).as_bytes());
        let size = std::str::from_utf8(&header[124..135])
            .ok()
            .and_then(|text| usize::from_str_radix(text, 8).ok())
            .unwrap_or(0);
        at += 512 + size.min(1 << 20).div_ceil(512) * 512;
    }
}
