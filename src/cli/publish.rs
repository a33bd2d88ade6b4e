//! `belagg publish`: a report becomes a version that lasts.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::load;
use crate::publish::signature::Signer;
use crate::publish::{self, Purpose, Toolbox, ledger, release};
use crate::source::SourceMap;
use crate::system::{self, Stopwatch, System};

use super::output::Output;
use super::{CONTENT, OUTPUT, SUCCESS, USAGE};

/// Publishes a report as the version that its report.yaml names.
pub fn run(system: &dyn System, id: &str, key: Option<&Path>, out: &Output) -> u8 {
    let stopwatch = Stopwatch::start();
    if !load::report_ids(system).iter().any(|known| known == id) {
        out.fault(&format!("there is no report `{id}`: reports here are {}", load::report_ids(system).join(", ")));
        return USAGE;
    }
    let signer = match key.map(signer).transpose() {
        Ok(signer) => signer,
        Err(reason) => {
            out.fault(&reason);
            return USAGE;
        }
    };
    let progress = out.progress(&format!("publishing {id}"));
    let failed = |path: &str, error: &dyn std::fmt::Display| {
        let mut sink = Sink::default();
        sink.push(
            Diagnostic::error(Code::OUTPUT_WRITE, format!("{id}: {path} cannot be written: {error}"))
                .help("check free space and permissions; what was published before is as it was"),
        );
        sink
    };
    let none = SourceMap::default();
    // From here on no other process writes to the ledger or to output/.
    let lock = match system.lock(release::LOCK) {
        Ok(lock) => lock,
        Err(error) => {
            drop(progress);
            out.diagnostics(&[(&failed(release::LOCK, &error), &none)]);
            return OUTPUT;
        }
    };
    if let Err(failure) = release::recover(system) {
        drop(progress);
        out.diagnostics(&[(&failed(&failure.path, &failure.error), &none)]);
        return OUTPUT;
    }
    let mut common = Sink::default();
    let Some(toolbox) = Toolbox::new(system, &mut common).filter(|_| !common.has_errors()) else {
        drop(progress);
        out.diagnostics(&[(&common, &none)]);
        return CONTENT;
    };
    let mut sink = Sink::default();
    let read = ledger::read(system, id, &mut sink);
    let mut prepared = publish::prepare_after(system, &toolbox, id, (read, sink), Purpose::Publish);
    let mut sink = std::mem::take(&mut prepared.sink);
    let mut publication = None;
    if let Some(ready) = &prepared.ready {
        let report = &ready.project.report;
        match ready.against(&prepared.ledger) {
            // A damaged ledger proves nothing.
            Some(difference) if difference.is_empty() && !sink.has_errors() => {
                drop(progress);
                out.line(&format!(
                    "{id} {} is published already, and says what is here; nothing was written",
                    report.version.value
                ));
                return SUCCESS;
            }
            Some(difference) if difference.is_empty() => {}
            Some(difference) => sink.push(release::published_differs(report, &difference)),
            None => release::check(report, &prepared.ledger, &mut sink),
        }
        if !sink.has_errors() {
            publication = publish::render(ready, &toolbox, &mut sink);
        }
    }
    let (Some(ready), Some(publication)) = (&prepared.ready, publication.filter(|_| !sink.has_errors())) else {
        drop(progress);
        out.diagnostics(&[(&sink, &prepared.sources)]);
        out.line("nothing was published");
        return CONTENT;
    };
    let version = publication.version.clone();
    let made = match release::release(ready, &toolbox, &prepared.ledger, publication, signer.as_ref()) {
        Ok(made) => made,
        Err(reason) => {
            drop(progress);
            out.fault(&format!("the manifest cannot be signed: {reason}"));
            return USAGE;
        }
    };
    let written = release::commit(system, &made).and_then(|()| publish::write_index(system, &toolbox));
    drop(progress);
    drop(lock);
    if let Err(failure) = written {
        let mut problem = failed(&failure.path, &failure.error);
        if system.exists(&ledger::path(id, &version)) {
            problem = Sink::default();
            problem.push(
                Diagnostic::error(
                    Code::OUTPUT_WRITE,
                    format!(
                        "{id} {version} is published and in the ledger, but {} cannot be written: {}",
                        failure.path, failure.error
                    ),
                )
                .help("check free space and permissions, and run `belagg build`: it puts the output in its place"),
            );
        }
        out.diagnostics(&[(&sink, &prepared.sources), (&problem, &none)]);
        return OUTPUT;
    }
    out.diagnostics(&[(&sink, &prepared.sources)]);
    let signed = if signer.is_some() { ", signed" } else { "" };
    out.line(&format!("{id} {version} is published{signed} ({})", stopwatch.seconds()));
    out.line(&format!("  output/{id}/{version}/ lasts: no build writes there again"));
    out.line(&format!("  {} and its packed inputs belong in version control", ledger::path(id, &version)));
    SUCCESS
}

fn signer(path: &Path) -> Result<Signer, String> {
    let named = path.display();
    let bytes = system::read_named(path).map_err(|error| format!("the key {named} cannot be read: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{named} is no secret key of minisign"))?;
    Signer::read(&text).map_err(|reason| format!("the key {named} cannot be used: {reason}"))
}
