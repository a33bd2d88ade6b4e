//! `belagg check --fix`: mends what is certain, shown as a difference first.

use std::io;

use similar::TextDiff;

use crate::check::fix::{Mended, mend};
use crate::check::{RULES, Scope};
use crate::diagnostic::{Diagnostic, Said, Severity, Sink, say, visible};
use crate::load;
use crate::pipeline::{self, Audited, Workshop, prints_the_same};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::System;

use super::output::Output;
use super::{CONTENT, FAILURE, OUTPUT, SUCCESS, opened, parallel};

/// Shows what would change and what is left, asks on a terminal, and writes when that is confirmed or `yes` was given.
pub fn run(session: &Session<'_>, disk: &dyn System, names: &[String], yes: bool, out: &Output) -> u8 {
    let (names, shop) = match opened(session, names, out) {
        Ok(found) => found,
        Err(code) => return code,
    };
    let mut mended: Vec<Mended> = Vec::new();
    let mut left: Vec<Said> = Vec::new();
    let mut faulty: Vec<(Sink, SourceMap)> = Vec::new();
    let mut code = SUCCESS;
    for (name, looked) in names.iter().zip(parallel::map(&names, |name| look(shop, name))) {
        let (files, own, faults) = looked.unwrap_or_else(|failure| {
            code = FAILURE;
            let mut sink = Sink::default();
            sink.push(failure.diagnostic(name));
            (Vec::new(), Vec::new(), Some((sink, SourceMap::default())))
        });
        for file in files {
            // A file of the workspace itself is read with every report.
            if !mended.iter().any(|known| known.path == file.path) {
                mended.push(file);
            }
        }
        left.extend(own);
        faulty.extend(faults);
    }
    left.sort();
    left.dedup();
    tell(&left, MOST, out);
    if !faulty.is_empty() {
        code = code.max(CONTENT);
        out.diagnostics(&faulty.iter().map(|(sink, sources)| (sink, sources)).collect::<Vec<_>>());
    }
    if mended.is_empty() {
        out.line(say!("nothing to mend with certainty"));
        return code;
    }
    show(&mended, out);
    let what = counted(&mended);
    if !yes && !out.confirm(say!("mend {what}?", what)) {
        out.line(say!("{what} can be mended; nothing was written (`--fix --yes` writes it)", what));
        return code;
    }
    let mut written: Vec<&Mended> = Vec::new();
    let mut failed = false;
    for file in &mended {
        match write(disk, file) {
            Ok(()) => written.push(file),
            Err(error) => {
                out.fault(say!("{file} cannot be mended and is as it was: {error}", error, file = file.path));
                failed = true;
            }
        }
    }
    if !written.is_empty() {
        let files: Vec<Mended> = written.into_iter().cloned().collect();
        out.line(say!("{counted} mended; `belagg check` shows what is left", counted = counted(&files)));
    }
    if failed { OUTPUT } else { code }
}

/// What can be mended in the files of a report and what is left, with the reasons; and what keeps it from being read in full.
fn look(shop: Workshop<'_>, name: &str) -> (Vec<Mended>, Vec<Said>, Option<(Sink, SourceMap)>) {
    let audited = pipeline::audit(shop, name, Scope::All);
    // What the rules say is mended or left; what keeps the report from being read is told as it is by every command.
    let is_fault =
        |found: &&Diagnostic| found.severity == Severity::Error && !RULES.iter().any(|rule| rule.code == found.code);
    let mut faults = Sink::default();
    audited.sink.iter().filter(is_fault).for_each(|found| faults.push(found.clone()));
    let mut left = unmended(&audited);
    let mut mended = mend(audited.sink.sorted(&audited.sources), &audited.sources);
    if !mended.is_empty() && load::home(shop.system, shop.library, name).is_some_and(|home| home.row.is_some()) {
        for file in &mended {
            left.push(say!(
                "{path}: what is certain for one row need not be for the others, so it is left",
                path = file.path
            ));
        }
        mended.clear();
    }
    if !mended.is_empty() && !prints_the_same(shop, name, &audited, &mended) {
        for file in &mended {
            left.push(say!("{path}: mended, the report would print other words than now", path = file.path));
        }
        mended.clear();
    }
    (mended, left, faults.has_errors().then_some((faults, audited.sources)))
}

/// What a rule would mend and leaves to the author, with the reason.
fn unmended(audited: &Audited) -> Vec<Said> {
    let found = audited.sink.sorted(&audited.sources).into_iter().filter(|found| found.fix.is_none());
    found
        .filter_map(|found| Some((found, found.left.as_ref()?, found.primary.as_ref()?)))
        .map(|(found, reason, label)| {
            let place = audited.sources.position(label.span);
            let path = &audited.sources.get(label.span.source).path;
            say!(
                "{path}:{line}:{column}: {message}; {reason}",
                path,
                line = place.line,
                column = place.column,
                message = found.message,
                reason
            )
        })
        .collect()
}

/// Shows files before and after as a difference.
pub(super) fn show(files: &[Mended], out: &Output) {
    for file in files {
        let difference = TextDiff::from_lines(&file.before, &file.after);
        let path = visible(&file.path);
        let shown = difference.unified_diff().context_radius(1).header(&path, &path).to_string();
        // Lines end as on Windows in some files.
        shown.trim_end().split('\n').for_each(|line| out.plain(line.strip_suffix('\r').unwrap_or(line)));
    }
}

/// So many of the places that are left are listed; the rest is counted.
const MOST: usize = 40;

pub(super) fn tell(left: &[Said], most: usize, out: &Output) {
    if left.is_empty() {
        return;
    }
    out.line(say!("left to you:"));
    left.iter().take(most).for_each(|line| out.plain(format!("  {}", out.text(line))));
    if let Some(more) = left.len().checked_sub(most).filter(|more| *more > 0) {
        out.line(say!("  … and {more} more, which `belagg audit --pending` lists", more));
    }
}

fn counted(files: &[Mended]) -> Said {
    let places: usize = files.iter().map(|file| file.count).sum();
    match (places, files.len()) {
        (1, _) => say!("1 place in 1 file"),
        (_, 1) => say!("{places} places in 1 file", places),
        (_, files) => say!("{places} places in {files} files", places, files),
    }
}

/// Writes one file, unless somebody has saved it since it was read, or made it.
pub(super) fn write(system: &dyn System, file: &Mended) -> io::Result<()> {
    if file.before.is_empty() {
        if system.exists(&file.path) {
            return Err(io::Error::other("it was made in the meantime; run it again"));
        }
        return system.write(&file.path, file.after.as_bytes());
    }
    let now = system.read(&file.path).map_err(|error| io::Error::other(error.to_string()))?;
    let mark = "\u{feff}".as_bytes();
    // A byte order mark is no text, and stays.
    let (lead, own) = now.strip_prefix(mark).map_or((&[][..], &now[..]), |own| (mark, own));
    if own != file.before.as_bytes() {
        return Err(io::Error::other("it was saved in the meantime; run it again"));
    }
    system.replace(&file.path, &[lead, file.after.as_bytes()].concat())
}
