//! `belagg check --fix`: mends what is certain, shown as a difference first.

use similar::TextDiff;

use crate::check::fix::{Mended, mend};
use crate::diagnostic::Sink;
use crate::publish;
use crate::source::SourceMap;
use crate::system::System;

use super::output::Output;
use super::{FAILURE, OUTPUT, SUCCESS, opened, parallel};

/// Shows what would change, asks on a terminal, and writes when that is confirmed or `yes` was given.
pub fn run(system: &dyn System, names: &[String], yes: bool, out: &Output) -> u8 {
    let (names, toolbox) = match opened(system, names, out) {
        Ok(found) => found,
        Err(code) => return code,
    };
    let mut mended: Vec<Mended> = Vec::new();
    let found = parallel::map(&names, |name| {
        let audited = publish::audit(system, &toolbox, name);
        mend(audited.sink.sorted(), &audited.sources)
    });
    let mut failed = Sink::default();
    for (found, name) in found.iter().zip(&names) {
        if let Err(failure) = found {
            failed.push(super::failure(name, failure));
        }
    }
    let done = if failed.has_errors() { FAILURE } else { SUCCESS };
    if done == FAILURE {
        out.diagnostics(&[(&failed, &SourceMap::default())]);
    }
    for file in found.into_iter().filter_map(Result::ok).flatten() {
        // A file of the workspace itself is read with every report.
        if !mended.iter().any(|known| known.path == file.path) {
            mended.push(file);
        }
    }
    if mended.is_empty() {
        out.line("nothing to mend with certainty");
        return done;
    }
    for file in &mended {
        let difference = TextDiff::from_lines(&file.before, &file.after);
        out.line(difference.unified_diff().context_radius(1).header(&file.path, &file.path).to_string().trim_end());
    }
    let places: usize = mended.iter().map(|file| file.count).sum();
    let what = format!(
        "{places} {} in {} {}",
        if places == 1 { "place" } else { "places" },
        mended.len(),
        if mended.len() == 1 { "file" } else { "files" }
    );
    if !yes && !out.confirm(&format!("mend {what}?")) {
        out.line(&format!("{what} can be mended; nothing was written (`--fix --yes` writes it)"));
        return done;
    }
    for file in &mended {
        if let Err(error) = system.write(&file.path, file.after.as_bytes()) {
            out.fault(&format!("{} cannot be written: {error}", file.path));
            return OUTPUT;
        }
    }
    out.line(&format!("{what} mended; `belagg check` shows what is left"));
    done
}
