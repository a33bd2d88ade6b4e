//! Files of published versions that a build makes lists of, and which are not what was published: what it makes goes without them, and that is told.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::load;
use crate::pipeline::manifest;
use crate::render::contents;
use crate::system::System;
use crate::versions::ledger::{self, Folder};

/// What is read of the newest version of each document.
const READ: &[&str] = &[manifest::FILE, contents::FILE, "index.html"];

/// The warnings. What is missing is restored, and what is wrong with a ledger is told with its report.
#[must_use]
pub fn damaged(system: &dyn System) -> Vec<Diagnostic> {
    let ledgers = load::folders(system).into_iter().map(|id| ledger::read(system, &id, &mut Sink::default()));
    let newest = ledgers.filter_map(|ledger| ledger.newest()?.folders());
    newest.flatten().flat_map(|folder| damaged_in(system, &folder, |_| false)).collect()
}

/// The warnings about one folder; files that are known to be as they were need not be looked at.
pub(super) fn damaged_in(system: &dyn System, folder: &Folder, is_known: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let place = folder.place();
    for file in folder.outputs.iter().filter(|file| READ.contains(&file.path.as_str())) {
        let path = format!("{place}/{}", file.path);
        if !is_known(&path) && system.read(&path).is_ok_and(|bytes| bytes.hash().to_string() != file.sha256) {
            let message = say!("`{path}` is not what was published, so lists, search and latest/ go without it", path);
            out.push(
                Diagnostic::warning(Code::OUTPUT_DAMAGED, message)
                    .help(say!("move {place} away: the next build restores it", place = place.clone())),
            );
        }
    }
    out
}
