//! `belagg export` and `belagg key`.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::load::{self, Library};
use crate::pipeline;
use crate::publish::archive::Audience;
use crate::publish::ledgers::Ledgers;
use crate::publish::{self, stage};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{self, Bytes};
use crate::versions::ledger::{self, Ledger};
use crate::versions::signature;

use super::output::Output;
use super::{CONTENT, OUTPUT, SUCCESS, USAGE, sound_workshop};

/// Writes the report as a Word document to comment on.
pub fn word(session: &Session<'_>, id: &str, to: Option<&str>, out: &Output) -> u8 {
    let document = session.resolved(id);
    let diagnostics = document.diagnostics();
    let ready = document.prepared.ready.as_ref().filter(|_| !diagnostics.sink.has_errors());
    let (Some(ready), Ok(shop)) = (ready, session.workshop()) else {
        out.diagnostics(&[(&diagnostics.sink, &diagnostics.sources)]);
        return CONTENT;
    };
    let file = match pipeline::word(ready, shop.toolbox) {
        Ok(file) => file,
        Err(reason) => {
            out.fault(say!("{id} cannot be written as a Word document: {reason}", id, reason));
            return OUTPUT;
        }
    };
    let resolved = &ready.resolution.document;
    let path = to.map_or_else(|| format!("comments/{id}-{}.docx", resolved.version), str::to_owned);
    // It may have come back with comments in it.
    let is_other = |known: Bytes| known[..] != file[..];
    if session.files().read(&path).is_ok_and(is_other) {
        out.fault(say!("{path} is there already and is another file: what it holds may be somebody's comments", path));
        out.line(say!("`--to FILE` names another file"));
        return USAGE;
    }
    if let Err(error) = session.files().write(&path, &file) {
        out.fault(say!("{path} cannot be written: {error}", path, error));
        return OUTPUT;
    }
    out.line(say!("{path} ({kilobytes} kB)", path, kilobytes = file.len().div_ceil(1000)));
    SUCCESS
}

/// Says that there is no report of this name, and gives the exit code; none where there is one, or once was.
pub fn unknown(session: &Session<'_>, id: &str, ledger: &Ledger, out: &Output) -> Option<u8> {
    let (system, library) = (session.files(), session.library());
    let is_known = !ledger.entries.is_empty() || load::is_report(system, library, id);
    if is_known || load::origin(system, library, id).is_some() || system.exists(&format!("content/{id}")) {
        return None;
    }
    let mut sink = Sink::default();
    sink.push(load::no_such_report(system, library, id));
    out.diagnostics(&[(&sink, &SourceMap::default())]);
    Some(CONTENT)
}

/// Says that a version is not published, and which are.
pub fn no_version(id: &str, version: &str, ledger: &Ledger, out: &Output) -> u8 {
    let known: Vec<&str> = ledger.entries.iter().map(|entry| entry.head.version.as_str()).collect();
    let known = if known.is_empty() { say!("none") } else { Said::verbatim(known.join(", ")) };
    out.fault(say!("there is no published version {version} of {id}; published: {known}", version, id, known));
    USAGE
}

/// Writes the archive copy of a published version, of the newest where none is named.
pub fn archive(session: &Session<'_>, id: &str, version: Option<&str>, copy: Option<Audience>, out: &Output) -> u8 {
    let system = session.files();
    if let Err(code) = sound_workshop(session, out) {
        return code;
    }
    let mut sink = Sink::default();
    let none = SourceMap::default();
    let read = ledger::read(system, id, &mut sink);
    // What is not proven here is not handed on.
    if !sink.has_errors() && !read.entries.is_empty() {
        let mut all = Sink::default();
        if !Ledgers::read(system, &Library::default(), &[], &mut all).is_sound(id) {
            sink = all;
        }
    }
    if sink.has_errors() {
        out.diagnostics(&[(&sink, &none)]);
        return CONTENT;
    }
    if let Some(code) = unknown(session, id, &read, out) {
        return code;
    }
    let found = version.map_or_else(|| read.newest(), |version| read.find(version));
    let Some(entry) = found else {
        return match version {
            Some(version) => no_version(id, version, &read, out),
            None => {
                out.fault(say!(
                    "{id} is not published yet: `belagg publish {id}` makes a version that can be archived",
                    id
                ));
                USAGE
            }
        };
    };
    let version = &entry.head.version;
    let stands = || load::load(system, session.library(), id).project.is_some_and(|project| project.policy.is_some());
    let copy = match (copy, entry.is_protected()) {
        (Some(Audience::Public), false) => {
            out.fault(say!(
                "{id} {version} was published without a disclosure policy: its manifest and its record have hashes of its data, so there is no \
                 package of it for everybody",
                id,
                version
            ));
            return USAGE;
        }
        (Some(copy), _) => copy,
        (None, protected) if protected || stands() => {
            out.fault(say!(
                "a disclosure policy stands for {id}: say whom the package of {version} is for",
                id,
                version
            ));
            if protected {
                out.line(say!(
                    "`--public`: for everybody; what was published and its records, nothing of what it was made of"
                ));
            }
            out.line(say!(
                "`--internal`: for whoever may see all data, hidden numbers too, and can build the version again"
            ));
            return USAGE;
        }
        (None, _) => Audience::Internal,
    };
    let made = match publish::archive::archive(system, &read, entry, copy) {
        Ok(made) => made,
        Err(problem) => {
            sink.push(*problem);
            out.diagnostics(&[(&sink, &none)]);
            return CONTENT;
        }
    };
    let new = format!("archive/.new-package-{}", std::process::id());
    // What a killed run has left is cleared away first; nobody else writes meanwhile.
    let written = system.lock(stage::LOCK).and_then(|lock| {
        stage::recover(system).map_err(|failure| failure.error)?;
        let written = system.write_durably(&new, &made.bytes).and_then(|()| system.rename(&new, &made.path));
        let written = written.and_then(|()| system.sync("archive"));
        drop(lock);
        written
    });
    if let Err(error) = written {
        let _ = system.remove(&new);
        sink.push(Diagnostic::error(
            Code::OUTPUT_WRITE,
            say!("{made} cannot be written: {error}", error, made = made.path),
        ));
        out.diagnostics(&[(&sink, &none)]);
        return OUTPUT;
    }
    out.line(say!(
        "{made} ({kilobytes} kB), SHA-256 {sha256}",
        made = made.path,
        kilobytes = made.bytes.len().div_ceil(1000),
        sha256 = system::sha256(&made.bytes)
    ));
    SUCCESS
}

/// Makes a key pair for signing: the secret key into a new file, the public key onto the terminal.
pub fn key(path: &Path, out: &Output) -> u8 {
    let (secret, public) = match signature::new_pair() {
        Ok(pair) => pair,
        Err(reason) => {
            out.fault(say!("no key could be made: {reason}", reason));
            return OUTPUT;
        }
    };
    if let Err(error) = system::write_secret(path, secret.as_bytes()) {
        out.fault(say!("{path} cannot be written: {error}", error, path = path.display()));
        return OUTPUT;
    }
    out.line(say!(
        "{path} holds the secret key: keep it out of version control, and where only publishers reach it",
        path = path.display()
    ));
    out.line(say!("put the public key into belagg.yaml:"));
    out.line(say!("key: {public}", public));
    if out.failed() {
        // A secret key whose public key nobody has seen is of no use, and stands in the way of the next.
        let removed = if system::remove_named(path).is_ok() { "; the secret key is removed again" } else { "" };
        out.fault(say!("the public key could not be printed{removed}", removed));
        return OUTPUT;
    }
    SUCCESS
}
