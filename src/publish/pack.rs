//! The inputs of a version in one file (tar, gzip), so that it can be built again. The same inputs give the same bytes.

use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// More than any report: a file that unpacks to more was made to exhaust memory.
const MOST: u64 = 2 << 30;

/// Files by their paths as a tar archive: sorted, without owners and times.
#[must_use]
pub fn tar(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut sorted: Vec<&(String, Vec<u8>)> = files.iter().collect();
    sorted.sort();
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
        let _ = builder.append_data(&mut header, path, bytes.as_slice());
    }
    builder.into_inner().unwrap_or_default()
}

/// Packs files.
#[must_use]
pub fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = encoder.write_all(&tar(files));
    encoder.finish().unwrap_or_default()
}

/// Unpacks what [`pack`] made.
///
/// # Errors
/// A file that is damaged, or unpacks to more than two gigabytes.
pub fn unpack(bytes: &[u8]) -> io::Result<Vec<(String, Vec<u8>)>> {
    read(tar::Archive::new(GzDecoder::new(bytes).take(MOST)))
}

/// Unpacks what [`tar`] made.
///
/// # Errors
/// A file that is damaged.
pub fn untar(bytes: &[u8]) -> io::Result<Vec<(String, Vec<u8>)>> {
    read(tar::Archive::new(bytes))
}

fn read<R: io::Read>(mut archive: tar::Archive<R>) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut out = Vec::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().replace('\\', "/");
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        out.push((path, content));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_and_packs_the_same() {
        let long = format!("content/{}/å ä ö.md", "x".repeat(220));
        let files = vec![("b.txt".to_owned(), b"two".to_vec()), (long.clone(), vec![0; 5000]), ("a".into(), vec![])];
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
    }
}
