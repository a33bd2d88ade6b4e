//! `belagg build --partition` and `belagg build --out`: some of the reports, into a folder of their own, for `belagg merge`.

use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::load::{self, Derived};
use crate::publish;
use crate::publish::partition::{DEPENDENCIES, FILE, Partition, Program, Record};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{Bytes, Entry, OsSystem, ReadError, System, own_hash, pass_on, place_in};

use super::build::{self, Done, Elsewhere};
use super::output::Output;
use super::rules::{in_workspace, rules};
use super::{CONTENT, FAILURE, OUTPUT, SUCCESS};

/// What keeps a part out of version control.
const IGNORED: (&str, &str) = (".gitignore", "*\n");
/// Folders of the workspace that hold something else.
const OTHERS: &[&str] = &["content", "charts", "templates", "output", "archive"];
/// Nobody else writes a part while it is written.
const LOCK: &str = ".lock";

/// A part that is to be built.
pub struct Part<'a> {
    /// Which of how many; none where reports are named.
    pub partition: Option<Partition>,
    /// The folder as it is called, and what lies there.
    pub name: String,
    pub place: &'a dyn System,
    /// The workspace as it is called.
    pub workspace: &'a Path,
}

/// Where a part goes: the folder that is named, as a shell means it, or its own in the workspace.
pub fn folder(workspace: &Path, named: Option<&Path>, partition: Option<Partition>) -> PathBuf {
    match (named, partition) {
        (Some(named), _) => named.to_path_buf(),
        (None, Some(partition)) => in_workspace(workspace, &partition.folder()),
        (None, None) => workspace.to_path_buf(),
    }
}

/// The folder of the workspace that another lies in and that holds something else than what the program puts there.
pub fn holds_other(workspace: &Path, folder: &Path) -> Option<&'static str> {
    let inside = place_in(workspace, folder)?;
    OTHERS.iter().copied().find(|other| inside.split('/').next() == Some(other))
}

/// This program; none where its file cannot be read, which is told.
pub fn own_program(out: &Output) -> Option<Program> {
    let hash = own_hash().map_err(|error| out.fault(say!("the program cannot read its own file: {error}", error)));
    Some(Program { version: env!("CARGO_PKG_VERSION").to_owned(), sha256: hash.ok()? })
}

/// Builds the named reports, or those of one of several parts, into a folder.
pub fn run(
    session: &Session<'_>,
    workspace: &Path,
    folder: &Path,
    (names, partition): (&[String], Option<Partition>),
    out: &Output,
) -> u8 {
    let name = folder.to_string_lossy().into_owned();
    if let Some(above) = holds_other(workspace, folder) {
        out.fault(say!("{name} lies in {above}/ and is no folder of a part", name, above));
        return OUTPUT;
    }
    match OsSystem::create(folder) {
        Ok(place) => {
            let part = Part { partition, name, place: &place, workspace };
            build::run_for(session, names, build::Task::Write, (build::Keeping::default(), Some(&part)), out)
        }
        Err(error) => {
            out.fault(say!("the folder {name} cannot be made: {error}", name, error));
            OUTPUT
        }
    }
}

impl Elsewhere for Part<'_> {
    /// Of the named reports, or of those that fall to it.
    fn documents(&self, session: &Session<'_>, names: &[String]) -> Vec<Derived> {
        let (files, library) = (session.files(), session.library());
        let all = |_: &crate::model::Part| true;
        let Some(partition) = self.partition else { return load::with_derived(files, library, names, all) };
        let own = session.reports().into_iter().filter(|id| partition.has(&load::owner(files, library, id)));
        let own: Vec<String> = own.collect();
        if own.is_empty() { Vec::new() } else { load::with_derived(files, library, &own, all) }
    }

    fn conclude(&self, done: Done<'_>, out: &Output) -> u8 {
        let mut written = Sink::default();
        let Some(program) = own_program(out) else { return OUTPUT };
        let whole = !done.errors && self.write(&done, program, out, &mut written);
        let none = SourceMap::default();
        let all: Vec<(&Sink, &SourceMap)> = done.told.iter().copied().chain([(&written, &none)]).collect();
        out.diagnostics(&all);
        if done.errors {
            out.line(say!("nothing was written"));
        } else if whole {
            let built = done.made.iter().filter(|made| !made.failed).count();
            out.line(self.described(build::reports(built), done.stopwatch.seconds()));
        }
        match (done.failed, done.errors, whole) {
            (true, ..) => FAILURE,
            (_, true, _) => CONTENT,
            (.., true) => SUCCESS,
            _ => OUTPUT,
        }
    }
}

impl Part<'_> {
    /// Writes what was made, and its record last; whether it is whole.
    fn write(&self, done: &Done<'_>, program: Program, out: &Output, written: &mut Sink) -> bool {
        let refused = |path: &str, error: &dyn std::fmt::Display| {
            Diagnostic::error(
                Code::OUTPUT_WRITE,
                say!("{folder}/{path} cannot be written: {error}", path, error, folder = self.name),
            )
        };
        if let Some(strange) = strange(self.place) {
            let message = say!("{folder} holds {strange}, and is no folder of a part", strange, folder = self.name);
            written.push(
                Diagnostic::error(Code::OUTPUT_WRITE, message)
                    .help(say!("name a folder that is empty or not there, or one that a part was built into before")),
            );
            return false;
        }
        // It is given back when this ends, however it ends.
        let _lock = match self.place.lock(LOCK) {
            Ok(lock) => lock,
            Err(error) => {
                written.push(refused(LOCK, &error));
                return false;
            }
        };
        let mut inputs = done.tools.clone();
        let built = done.documents.iter().zip(done.made).filter(|(_, made)| !made.failed);
        let built: Vec<String> = built.map(|(document, _)| document.id.clone()).collect();
        done.made.iter().filter_map(|made| made.asked.clone()).for_each(|asked| inputs.extend(asked));
        let mut record = Record::new(self.partition, program, built, inputs.of_inputs());
        let result: Result<(), Box<Diagnostic>> = (|| {
            // Until the record is there again it is no part.
            for path in [FILE, DEPENDENCIES, "output"] {
                self.place.remove(path).map_err(|error| Box::new(refused(path, &error)))?;
            }
            let (path, text) = IGNORED;
            self.place.write(path, text.as_bytes()).map_err(|error| Box::new(refused(path, &error)))?;
            let parted = Parted { workspace: done.shop.system, part: self.place };
            let shop = done.shop.on(&parted);
            for ledger in build::ledgers(shop.system, done.documents) {
                build::restore(shop, &ledger, &publish::Kept::nothing(), out, written);
            }
            for made in done.made {
                build::put(shop.system, made, out, written);
            }
            record.take_in(self.place).map_err(|(path, error)| Box::new(refused(&path, &error)))?;
            let target = format!("{}/{FILE}", self.name.trim_end_matches('/'));
            // What Make cannot read it does without: the part counts all the same.
            if let Ok(rules) = rules(&[(target, record.inputs.watched(shop.system))], self.workspace) {
                self.place
                    .write(DEPENDENCIES, rules.as_bytes())
                    .map_err(|error| Box::new(refused(DEPENDENCIES, &error)))?;
            }
            Ok(())
        })();
        if let Err(problem) = result {
            written.push(*problem);
        }
        if written.has_errors() {
            return false;
        }
        let new = new_record();
        let sealed = self.place.write_durably(&new, record.to_json().as_bytes());
        match sealed.and_then(|()| self.place.rename(&new, FILE)) {
            Ok(()) => true,
            Err(error) => {
                written.push(refused(FILE, &error));
                false
            }
        }
    }

    /// What is said of a part that is whole.
    fn described(&self, reports: Said, seconds: String) -> Said {
        match self.partition {
            Some(partition) => say!(
                "{folder} is part {partition}; {reports} built in {seconds}; `belagg merge` puts all parts together",
                partition,
                reports,
                seconds,
                folder = self.name
            ),
            None => say!(
                "{folder} is a part; {reports} built in {seconds}; `belagg merge` puts all parts together",
                reports,
                seconds,
                folder = self.name
            ),
        }
    }
}

/// What lies in a folder and is nothing of a part's. An `output/` may be anybody's where no part was begun.
fn strange(place: &dyn System) -> Option<String> {
    let was_begun = [FILE, LOCK].iter().any(|mark| place.exists(mark));
    let is_own = |entry: &Entry| match entry.name.as_str() {
        "output" => was_begun,
        name => [FILE, DEPENDENCIES, LOCK, IGNORED.0, &new_record()].contains(&name),
    };
    place.list("").into_iter().chain(place.list_hidden("")).find(|entry| !is_own(entry)).map(|entry| entry.name)
}

/// Where the record is written before it is moved into its place.
fn new_record() -> String {
    format!(".{FILE}.new")
}

/// A workspace whose output goes into a part. What lies in its own `output/` is seen, so that nothing is restored that is there, and stays.
struct Parted<'a> {
    workspace: &'a dyn System,
    part: &'a dyn System,
}

fn is_output(path: &str) -> bool {
    path.split('/').next() == Some("output")
}

impl Parted<'_> {
    fn own(&self, path: &str) -> io::Result<&dyn System> {
        match is_output(path) {
            true => Ok(self.part),
            false => Err(io::Error::new(io::ErrorKind::PermissionDenied, "a part is written outside of output/")),
        }
    }
}

impl System for Parted<'_> {
    pass_on! { self => self.workspace; list_all, walk }

    fn read(&self, path: &str) -> Result<Bytes, ReadError> {
        match self.part.read(path) {
            Ok(bytes) if is_output(path) => Ok(bytes),
            _ => self.workspace.read(path),
        }
    }

    fn exists(&self, path: &str) -> bool {
        is_output(path) && self.part.exists(path) || self.workspace.exists(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.own(path)?.write(path, bytes)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        // What lies in the workspace's own output/ need not be moved aside.
        if is_output(from) && !self.part.exists(from) {
            return Ok(());
        }
        self.own(to)?.rename(from, to)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        self.own(path)?.remove(path)
    }
}
