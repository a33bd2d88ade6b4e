//! `belagg audit --propose`: figures for the numbers that nothing stands behind, shown as a difference first.

use crate::check::fix::{Mended, mend};
use crate::check::{Proposals, Scope};
use crate::diagnostic::{Said, Severity, Sink, say};
use crate::load;
use crate::pipeline::{self, Workshop, prints_the_same};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::System;

use super::fix::{show, tell, write};
use super::output::Output;
use super::{CONTENT, OUTPUT, SUCCESS, opened, sound_workshop};

/// What is written for one report, all of it or nothing.
struct Proposed {
    figures: usize,
    files: Vec<Mended>,
}

/// Shows what would be written and what is left, asks on a terminal, and writes when that is confirmed or `yes` was given.
pub fn run(session: &Session<'_>, disk: &dyn System, names: &[String], yes: bool, out: &Output) -> u8 {
    if let Err(code) = sound_workshop(session, out) {
        return code;
    }
    let (names, shop) = match opened(session, names, out) {
        Ok(found) => found,
        Err(code) => return code,
    };
    let mut all: Vec<Proposed> = Vec::new();
    let mut left: Vec<Said> = Vec::new();
    let mut faulty: Vec<(Sink, SourceMap)> = Vec::new();
    for name in &names {
        if load::home(shop.system, shop.library, name).is_some_and(|home| home.row.is_some()) {
            left.push(say!("{name}: it is made for a row, and its text for others too: nothing is proposed", name));
            continue;
        }
        let pipeline::Proposed { proposals, sources, sink } = pipeline::propose(shop, name);
        let Some(proposals) = proposals.filter(|_| sink.count(Severity::Error) == 0) else {
            faulty.push((sink, sources));
            continue;
        };
        left.extend(proposals.left.iter().map(|left| {
            let place = format!("{}:{}:{}", left.path, left.position.line, left.position.column);
            say!("{place}: `{text}` gets no figure: {reason}", place, text = left.text, reason = left.reason)
        }));
        if proposals.figures.is_empty() {
            continue;
        }
        let files = files(shop, name, &proposals, &sources);
        if prints_the_same(shop, name, &pipeline::audit(shop, name, Scope::Evidence), &files) {
            all.push(Proposed { figures: proposals.figures.len(), files });
        } else {
            left.push(say!("{name}: with what is proposed the report would print other words than now", name));
        }
    }
    tell(&left, usize::MAX, out);
    let mut code = SUCCESS;
    if !faulty.is_empty() {
        code = CONTENT;
        out.diagnostics(&faulty.iter().map(|(sink, sources)| (sink, sources)).collect::<Vec<_>>());
    }
    if all.is_empty() {
        out.line(say!("no figure to propose"));
        return code;
    }
    all.iter().for_each(|proposed| show(&proposed.files, out));
    let figures: usize = all.iter().map(|proposed| proposed.figures).sum();
    let what = format!("{figures} {}", if figures == 1 { "figure" } else { "figures" });
    if !yes && !out.confirm(say!("write {what}?", what)) {
        out.line(say!("{what} proposed; nothing was written (`--propose --yes` writes it)", what));
        return code;
    }
    for proposed in &all {
        if let Err((path, error)) = write_all(disk, &proposed.files) {
            out.fault(say!(
                "{path} cannot be written, and every file of the report is as it was: {error}",
                path,
                error
            ));
            code = OUTPUT;
            continue;
        }
        let path = proposed.files.first().map_or("", |file| file.path.as_str());
        let figures = proposed.figures;
        out.line(say!(
            "{path}: {figures} figures written and bound; read each label and add its source",
            path,
            figures
        ));
    }
    code
}

/// The file of findings, under a name that is free, and the chapters with their bindings.
fn files(shop: Workshop<'_>, name: &str, proposals: &Proposals, sources: &SourceMap) -> Vec<Mended> {
    let path = |number: usize| match number {
        1 => format!("content/{name}/findings/proposed.yaml"),
        _ => format!("content/{name}/findings/proposed-{number}.yaml"),
    };
    let free = (1..).map(path).find(|path| !shop.system.exists(path)).unwrap_or_default();
    let findings =
        Mended { path: free, before: String::new(), after: proposals.yaml(), count: proposals.figures.len() };
    std::iter::once(findings).chain(mend(&proposals.edits(), sources)).collect()
}

/// Writes all files, or puts back those that were written.
fn write_all<'f>(disk: &dyn System, files: &'f [Mended]) -> Result<(), (&'f str, std::io::Error)> {
    for (at, file) in files.iter().enumerate() {
        if let Err(error) = write(disk, file) {
            for written in files[..at].iter().rev() {
                let back = Mended { before: written.after.clone(), after: written.before.clone(), ..written.clone() };
                // What cannot be put back was saved by somebody else meanwhile, and is theirs.
                let _ = if back.after.is_empty() { disk.remove(&back.path) } else { write(disk, &back) };
            }
            return Err((&file.path, error));
        }
    }
    Ok(())
}
