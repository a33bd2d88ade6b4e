//! The inputs of a version in one file (tar, gzip), so that it can be built again. The same inputs give the same bytes.

use std::collections::BTreeSet;
use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::diagnostic::{Said, say};
use crate::limits::{UNPACKED, mebibytes};
use crate::system::Bytes;
use crate::versions::signature::shown;

/// What a file in an archive takes besides its content.
const HEADER: u64 = 512;

/// Files by their paths as a tar archive: sorted, without owners and times.
#[must_use]
pub fn tar(files: &[(String, Bytes)]) -> Vec<u8> {
    let mut sorted: Vec<&(String, Bytes)> = files.iter().collect();
    sorted.sort_by(|a, b| (&a.0, &a.1[..]).cmp(&(&b.0, &b.1[..])));
    sorted.dedup_by(|a, b| a.0 == b.0);
    let mut builder = tar::Builder::new(Vec::new());
    builder.mode(tar::HeaderMode::Deterministic);
    for (path, bytes) in sorted {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        // Writing to memory does not fail; a path that is too long for the header gets one of its own.
        let _ = builder.append_data(&mut header, path, &bytes[..]);
    }
    builder.into_inner().unwrap_or_default()
}

/// Whether files are more than [`unpack`] reads again.
#[must_use]
pub fn is_too_large(files: &[(String, Bytes)]) -> bool {
    // A long path takes a header and a block of its own.
    let taken = |(path, bytes): &(String, Bytes)| (bytes.len() + path.len()).next_multiple_of(512) as u64 + 3 * HEADER;
    files.iter().map(taken).sum::<u64>() > UNPACKED
}

/// Packs files.
#[must_use]
pub fn pack(files: &[(String, Bytes)]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = encoder.write_all(&tar(files));
    encoder.finish().unwrap_or_default()
}

/// Unpacks what [`pack`] made.
///
/// # Errors
/// A file that is damaged, unpacks to more than [`UNPACKED`], or holds what [`pack`] would not have put there.
pub fn unpack(bytes: &[u8]) -> Result<Vec<(String, Bytes)>, Said> {
    // One byte more, so that what is too large is told from what is damaged.
    read(GzDecoder::new(bytes).take(UNPACKED + 1), UNPACKED)
}

/// Unpacks what [`tar`] made.
///
/// # Errors
/// A file that is damaged, or holds what [`tar`] would not have put there.
pub fn untar(bytes: &[u8]) -> Result<Vec<(String, Bytes)>, Said> {
    read(bytes, bytes.len() as u64)
}

/// Reads plain files and nothing else. Members that say more of themselves (sparse ones, links, other headers) could mean other files to
/// other programs, or unpack to more than there is.
fn read(source: impl io::Read, most: u64) -> Result<Vec<(String, Bytes)>, Said> {
    let damaged = |error: io::Error| say!("it is damaged: {error}", error);
    let mut archive = tar::Archive::new(source);
    let mut out: Vec<(String, Bytes)> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut long: Option<Vec<u8>> = None;
    let mut left = most;
    for entry in archive.entries().map_err(damaged)?.raw(true) {
        let mut entry = entry.map_err(damaged)?;
        // Not what a sparse file says that it unpacks to.
        let size = entry.header().entry_size().map_err(damaged)?;
        let name = entry.header().path_bytes().into_owned();
        let kind = entry.header().entry_type();
        // With its header, so that a great many empty files are too much as well.
        let taken = size.saturating_add(HEADER);
        if taken > left {
            return Err(match most == UNPACKED {
                true => say!("it unpacks to more than {most}, which no report needs", most = mebibytes(UNPACKED)),
                false => say!("it is damaged: a file in it is said to be larger than what is there"),
            });
        }
        left -= taken;
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(damaged)?;
        if content.len() as u64 != size {
            return Err(say!("it is damaged: it ends within a file"));
        }
        if kind == tar::EntryType::GNULongName && long.is_none() {
            // The name of the next member, with a nought at its end.
            long = Some(content.strip_suffix(b"\0").unwrap_or(&content).to_vec());
            continue;
        }
        let name = long.take().unwrap_or(name);
        let told = shown(&String::from_utf8_lossy(&name));
        if kind != tar::EntryType::Regular {
            return Err(say!("{told} in it is {what}, and only plain files belong there", told, what = kind_of(kind)));
        }
        let Some(path) = String::from_utf8(name).ok().filter(|path| is_plain(path)) else {
            return Err(say!("{told} in it is no path that belongs there", told));
        };
        if !seen.insert(path.clone()) {
            return Err(say!("{told} is in it twice", told));
        }
        out.push((path, content.into()));
    }
    if long.is_some() {
        return Err(say!("it is damaged: it ends with a name without a file"));
    }
    Ok(out)
}

fn kind_of(kind: tar::EntryType) -> Said {
    match kind {
        tar::EntryType::Symlink | tar::EntryType::Link => say!("a link"),
        tar::EntryType::Directory => say!("a folder"),
        tar::EntryType::GNUSparse => say!("a sparse file"),
        tar::EntryType::XHeader | tar::EntryType::XGlobalHeader | tar::EntryType::GNULongLink => {
            say!("a further header")
        }
        _ => say!("no file"),
    }
}

/// A path below the folder that it is unpacked in, which means the same everywhere.
fn is_plain(path: &str) -> bool {
    let parts = || path.split('/');
    !path.contains(['\\', ':'])
        && !path.contains(char::is_control)
        && parts().all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_and_packs_the_same() {
        let long = format!("content/{}/å ä ö.md", "x".repeat(220));
        let files = vec![
            ("b.txt".to_owned(), b"two".into()),
            (long.clone(), vec![0; 5000].into()),
            ("a".into(), Bytes::default()),
        ];
        let packed = pack(&files);
        let mut reversed = files.clone();
        reversed.reverse();
        assert_eq!(packed, pack(&reversed));
        let back = unpack(&packed).unwrap();
        let names: Vec<&str> = back.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "b.txt", long.as_str()]);
        assert_eq!(back[2].1.len(), 5000);
        assert!(unpack(&packed[..packed.len() / 2]).is_err());
        assert!(unpack(b"not packed").is_err());
        assert!(!is_too_large(&files) && is_too_large(&[("a".to_owned(), vec![0; UNPACKED as usize].into())]));
    }

    /// A tar file with one member of this kind, name and content.
    fn one(kind: tar::EntryType, name: &[u8], size: u64, content: &[u8]) -> Vec<u8> {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.set_entry_type(kind);
        header.set_size(size);
        header.set_mode(0o644);
        header.set_cksum();
        let mut out = header.as_bytes().to_vec();
        out.extend(content);
        out.resize(out.len().next_multiple_of(512) + 1024, 0);
        out
    }

    #[test]
    fn only_plain_files_are_unpacked() {
        use tar::EntryType as Kind;
        assert_eq!(untar(&one(Kind::Regular, b"a", 1, b"x")).unwrap(), [("a".to_owned(), b"x".into())]);
        for (kind, name, size, content, word) in [
            (Kind::Symlink, &b"a"[..], 0, &b""[..], "a link"),
            (Kind::Link, b"a", 0, b"", "a link"),
            (Kind::Directory, b"a/", 0, b"", "a folder"),
            (Kind::Fifo, b"a", 0, b"", "no file"),
            (Kind::GNUSparse, b"a", 1, b"x", "a sparse file"),
            (Kind::XHeader, b"a", 11, b"11 size=9\n\n", "a further header"),
            (Kind::Regular, b"../a", 1, b"x", "no path"),
            (Kind::Regular, b"/a", 1, b"x", "no path"),
            (Kind::Regular, b"a/../../b", 1, b"x", "no path"),
            (Kind::Regular, b"c:a", 1, b"x", "no path"),
            (Kind::Regular, b"a\nb", 1, b"x", "no path"),
            (Kind::Regular, b"a", 1 << 33, b"x", "larger than what is there"),
        ] {
            let found = untar(&one(kind, name, size, content)).unwrap_err().english();
            assert!(found.contains(word), "{word}: {found}");
        }
        let twice = [&one(Kind::Regular, b"a", 1, b"x")[..1024], &one(Kind::Regular, b"a", 1, b"y")].concat();
        assert!(untar(&twice).unwrap_err().english().contains("twice"));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        let header = one(tar::EntryType::Regular, b"a", 4 << 30, b"");
        encoder.write_all(&header[..512]).unwrap();
        let block = vec![0; 1 << 20];
        for _ in 0..300 {
            encoder.write_all(&block).unwrap();
        }
        assert!(unpack(&encoder.finish().unwrap()).unwrap_err().english().contains("unpacks to more than 256 MiB"));
        // Many small files are as large as one.
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        for name in 0..300 {
            let header = one(tar::EntryType::Regular, name.to_string().as_bytes(), 1 << 20, b"");
            encoder.write_all(&header[..512]).unwrap();
            encoder.write_all(&block).unwrap();
        }
        assert!(unpack(&encoder.finish().unwrap()).unwrap_err().english().contains("unpacks to more than 256 MiB"));
    }
}
