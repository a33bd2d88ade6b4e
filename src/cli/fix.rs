//! `belagg check --fix`: mends what is certain, shown as a difference first.

use similar::TextDiff;

use crate::check::fix::{Mended, mend};
use crate::diagnostic::visible;
use crate::publish;
use crate::system::System;

use super::output::Output;
use super::{OUTPUT, SUCCESS, opened, parallel};

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
    for file in found.into_iter().flatten() {
        // A file of the workspace itself is read with every report.
        if !mended.iter().any(|known| known.path == file.path) {
            mended.push(file);
        }
    }
    if mended.is_empty() {
        out.line("nothing to mend with certainty");
        return SUCCESS;
    }
    for file in &mended {
        let difference = TextDiff::from_lines(&file.before, &file.after);
        let path = visible(&file.path);
        let shown = difference.unified_diff().context_radius(1).header(&path, &path).to_string();
        // Lines end as on Windows in some files.
        shown.trim_end().split('\n').for_each(|line| out.line(line.strip_suffix('\r').unwrap_or(line)));
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
        return SUCCESS;
    }
    for file in &mended {
        if let Err(error) = system.write(&file.path, file.after.as_bytes()) {
            out.fault(&format!("{} cannot be written: {error}", file.path));
            return OUTPUT;
        }
    }
    out.line(&format!("{what} mended; `belagg check` shows what is left"));
    SUCCESS
}
