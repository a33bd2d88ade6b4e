//! Which program this is: what another one made is not taken for what this one makes.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};

use super::{Stamp, System};

/// The program that runs.
#[derive(Debug, Clone)]
pub struct Program {
    /// Of its own file.
    pub hash: String,
    /// What is to stand at the place where the hash is kept; none where it stands there.
    pub note: Option<String>,
}

/// Which program runs; none where its file cannot be read. Reading all of it takes longer than starting it, so the hash is kept in a file of the
/// workspace beside the file's stamp.
#[must_use]
pub fn program(system: &dyn System, kept: &str) -> Option<Program> {
    static HASH: OnceLock<Option<String>> = OnceLock::new();
    let place = place()?;
    let stamp = || serde_json::to_string(&Stamp::from_metadata(&place.metadata().ok()?)?.settled()?).ok();
    let before = stamp();
    let known = system.read(kept).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    if let Some((hash, known)) = known.as_deref().and_then(|text| text.trim_end().split_once(' '))
        && hash.len() == 64
        && Some(known) == before.as_deref()
    {
        return Some(Program { hash: hash.to_owned(), note: None });
    }
    let hash = HASH.get_or_init(|| hash(&place)).clone()?;
    let note = before.filter(|before| stamp().as_ref() == Some(before)).map(|before| format!("{hash} {before}\n"));
    Some(Program { hash, note })
}

/// On Linux the name of the file that runs leads to that file also when another was put in its place.
fn place() -> Option<PathBuf> {
    if cfg!(target_os = "linux") { Some("/proc/self/exe".into()) } else { std::env::current_exe().ok() }
}

fn hash(place: &Path) -> Option<String> {
    let mut file = File::open(place).ok()?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece).ok()? {
            0 => break,
            read => hasher.update(piece.get(..read)?),
        }
    }
    Some(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
