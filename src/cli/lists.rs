//! What every command does that writes into `output/`: before it writes, and when it has.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::pipeline::Workshop;
use crate::publish::{self, stage};
use crate::system::{Linked, System};

use super::output::Output;

/// Sees to it that nobody else writes until what this gives is dropped, and ends what a killed process began. None where that cannot be.
pub fn begun(system: &dyn System, command: &str, written: &mut Sink) -> Option<Box<dyn Send>> {
    let locked = system.lock(stage::LOCK).map_err(|error| cannot_write(command, stage::LOCK, &error));
    let lock = locked.map_err(|problem| written.push(problem)).ok()?;
    match stage::recover(system) {
        Ok(left) => left.iter().for_each(|left| written.push(cannot_remove(left))),
        Err(failure) => {
            written.push(cannot_write(command, &failure.path, &failure.error));
            return None;
        }
    }
    Some(lock)
}

/// What is to become of the lists beside the versions.
pub enum Beside {
    /// Nothing of what they are made of has changed.
    Untouched,
    /// They cannot be made now.
    Unsound,
    /// They are written, by what the build before has left.
    Written(Box<publish::Kept>),
}

/// Writes what is made of all that lies in `output/`, and tells what it lacks.
pub fn write(shop: Workshop<'_>, beside: Beside, out: &Output, written: &mut Sink) {
    let system = shop.system;
    let damaged = match beside {
        Beside::Untouched => Vec::new(),
        Beside::Unsound => publish::damaged(system),
        Beside::Written(kept) => publish::write_index(system, shop.toolbox, *kept).unwrap_or_else(|failure| {
            written.push(cannot_write("output", &failure.path, &failure.error));
            publish::damaged(system)
        }),
    };
    damaged.into_iter().for_each(|problem| written.push(problem));
    if shop.toolbox.workspace.catalogue.is_some() && !system.exists("output/catalogue.rdf") {
        out.line(say!(
            "output/catalogue.rdf is not made: no published report of the publisher in belagg.yaml has data"
        ));
    }
}

/// What tells of something that a run before has left, or this one, and that is in nobody's way.
pub fn cannot_remove(publish::CommitError { path, error }: &publish::CommitError) -> Diagnostic {
    Diagnostic::warning(
        Code::OUTPUT_WRITE,
        say!("{path} is left of a run before and cannot be removed: {error}", path, error),
    )
    .help(say!("remove it yourself; in it lies a folder or a file that may not be changed"))
}

pub fn cannot_write(id: &str, path: &str, error: &std::io::Error) -> Diagnostic {
    if let Some(Linked(link)) = Linked::in_error(error) {
        let message =
            say!("{id}: {path} is reached by the link {link}, and nothing is written through one", id, path, link);
        return Diagnostic::error(Code::OUTPUT_WRITE, message)
            .help(say!("remove the link: the next build puts its own folders there"));
    }
    Diagnostic::error(Code::OUTPUT_WRITE, say!("{id}: {path} cannot be written: {error}", id, path, error))
        .help(say!("check free space and permissions; what was published before is as it was"))
}
