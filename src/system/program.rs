//! Which program this is: what another one made is not taken for what this one makes.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use object::Object as _;
use object::read::{File as Linked, ReadCache};
use sha2::{Digest as _, Sha256};

use super::{Stamp, System};

/// Where the hash is kept, in the folder of what one build leaves for the next.
pub const PROGRAM: &str = ".built/program";
/// That folder is of one machine: version control passes it over.
const IGNORE: (&str, &[u8]) = (".built/.gitignore", b"*\n");

/// Begins that folder where it is not there.
///
/// # Errors
/// What the operating system said.
pub fn begin_own(system: &dyn System) -> io::Result<()> {
    if system.exists(IGNORE.0) { Ok(()) } else { system.write(IGNORE.0, IGNORE.1) }
}

/// The program that runs.
#[derive(Debug, Clone)]
pub struct Program {
    /// Of its own file, or what its linker made of what it linked.
    pub hash: String,
    /// What is to stand at the place where the hash is kept; none where it stands there.
    pub note: Option<String>,
}

/// Which program runs; none where its file cannot be read. Reading all of it takes longer than starting it: linkers leave a hash of what they
/// linked in the file, and where there is none, the hash of the file is kept in the workspace beside the file's stamp.
#[must_use]
pub fn program(system: &dyn System) -> Option<Program> {
    static HASH: OnceLock<Option<String>> = OnceLock::new();
    static LINKED: OnceLock<Option<String>> = OnceLock::new();
    let place = place()?;
    if let Some(hash) = LINKED.get_or_init(|| linked(&place)).clone() {
        return Some(Program { hash, note: None });
    }
    by_file(system, &place, || HASH.get_or_init(|| own_hash().ok()).clone())
}

/// The program of a file whose hash is kept in the workspace, as long as the file's stamp is the same.
fn by_file(system: &dyn System, place: &Path, hashed: impl FnOnce() -> Option<String>) -> Option<Program> {
    let stamp = || serde_json::to_string(&Stamp::from_metadata(&place.metadata().ok()?)?.settled()?).ok();
    let before = stamp();
    let known = system.read(PROGRAM).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    if let Some((hash, known)) = known.as_deref().and_then(|text| text.trim_end().split_once(' '))
        && hash.len() == 64
        && Some(known) == before.as_deref()
    {
        return Some(Program { hash: hash.to_owned(), note: None });
    }
    let hash = hashed()?;
    let note = before.filter(|before| stamp().as_ref() == Some(before)).map(|before| format!("{hash} {before}\n"));
    Some(Program { hash, note })
}

/// On Linux the name of the file that runs leads to that file also when another was put in its place.
fn place() -> Option<PathBuf> {
    if cfg!(target_os = "linux") { Some("/proc/self/exe".into()) } else { std::env::current_exe().ok() }
}

/// The build ID of a file in ELF, in hexadecimal digits; none where it has none.
fn linked(place: &Path) -> Option<String> {
    let file = ReadCache::new(File::open(place).ok()?);
    let file = Linked::parse(&file).ok()?;
    // Shorter ones may be something else than a hash.
    file.build_id().ok()?.filter(|id| id.len() >= 16).map(hexadecimal)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of the program's own file: another build of it is another program, whatever its version says.
///
/// # Errors
/// What the operating system said.
pub fn own_hash() -> io::Result<String> {
    let mut file = File::open(place().ok_or(io::ErrorKind::NotFound)?)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            read => hasher.update(piece.get(..read).unwrap_or_default()),
        }
    }
    Ok(hexadecimal(&hasher.finalize()))
}

#[cfg(test)]
mod tests {
    use super::super::MemorySystem;
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_is_known_by_what_its_linker_left_in_it() {
        let id = linked(&place().unwrap()).unwrap();
        assert!(id.len() >= 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
        let found = program(&MemorySystem::default()).unwrap();
        assert_eq!((found.hash, found.note), (id, None));
        assert_eq!(linked(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_without_it_is_known_by_a_hash_that_is_kept() {
        let place = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let (system, hash) = (MemorySystem::default(), "0".repeat(64));
        let first = by_file(&system, &place("Cargo.toml"), || Some(hash.clone())).unwrap();
        assert_eq!(first.hash, hash);
        system.write(PROGRAM, first.note.unwrap().as_bytes()).unwrap();
        let again = by_file(&system, &place("Cargo.toml"), || None).unwrap();
        assert_eq!((again.hash, again.note), (hash, None));
        // Of another file nothing is kept.
        assert!(by_file(&system, &place("core.rs"), || None).is_none());
    }
}
