//! Files of published versions that a build makes lists of, and which are not what was published: what it makes goes without them, and that is told.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::load;
use crate::pipeline::manifest;
use crate::render::contents;
use crate::system::{System, sha256};
use crate::versions::ledger;

/// What is read of the newest version of each document.
const READ: &[&str] = &[manifest::FILE, contents::FILE, "index.html"];

/// The warnings. What is missing is restored, and what is wrong with a ledger is told with its report.
#[must_use]
pub fn damaged(system: &dyn System) -> Vec<Diagnostic> {
    let ledgers = load::folders(system).into_iter().map(|id| ledger::read(system, &id, &mut Sink::default()));
    let newest = ledgers.filter_map(|ledger| ledger.newest()?.folders());
    let mut out = Vec::new();
    for folder in newest.flatten() {
        let place = folder.place();
        for file in folder.outputs.iter().filter(|file| READ.contains(&file.path.as_str())) {
            let path = format!("{place}/{}", file.path);
            if system.read(&path).is_ok_and(|bytes| sha256(&bytes) != file.sha256) {
                let message =
                    say!("`{path}` is not what was published, so lists, search and latest/ go without it", path);
                out.push(
                    Diagnostic::warning(Code::OUTPUT_DAMAGED, message)
                        .help(say!("move {place} away: the next build restores it", place = place.clone())),
                );
            }
        }
    }
    out
}
