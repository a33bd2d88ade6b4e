//! What is kept between builds, so that what has not changed is not made again.
//!
//! Of each document there is a [`Record`](record::Record) in `.built/documents/`: which program made it, what was asked of the workspace to make it with every
//! answer, what was said, and what was written. Where the same program would be answered the same, it would say and write the same: so it is left where it
//! lies. Nothing is derived from names or times of files beyond that; what a record cannot prove is made anew.

mod cache;
mod record;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::check::RULES;
use crate::diagnostic::{Code, Diagnostic, Said, Sink};
use crate::load::Derived;

use crate::pipeline::Artifact;
use crate::publish::Files;
use crate::source::SourceMap;
use crate::system::{Asked, PROGRAM, Program, Stamp, System, begin_own, program};

pub use cache::Cache;
use record::{Outputs, Record};

/// Where all of it lies: not in `output/`, which is copied to websites, since a record has the hashes of data that may be hidden.
#[cfg(test)]
pub const FOLDER: &str = ".built";
const RECORDS: &str = ".built/documents";

/// What one run goes by and what it leaves for the next.
pub struct Kept {
    /// None where nothing can be proved of what another run made.
    maker: Option<Maker>,
    /// What is left of the run before is not looked at.
    anew: bool,
    cache: Option<Cache>,
    /// The records that lie there.
    lying: BTreeMap<String, Option<Stamp>>,
    /// Records to be written when all outputs are.
    new: Mutex<BTreeMap<String, Vec<u8>>>,
}

/// Who makes documents: the same of them makes the same.
#[derive(Debug, Clone)]
pub struct Maker {
    program: Program,
    /// Templates, fonts and words: a hash of what was asked for them and answered.
    tools: String,
}

/// A document that need not be made.
#[derive(Debug)]
pub struct Left {
    /// What was said of it.
    pub sink: Sink,
    pub sources: SourceMap,
    pub lines: Vec<Said>,
    /// Where it lies; none for a published version, whose place the ledger knows.
    pub folder: Option<String>,
    /// Its files, where they do not lie there yet.
    pub files: Option<Vec<Artifact>>,
    record: Record,
    of_cache: bool,
}

/// What was made of a document.
pub struct Made<'a> {
    pub document: &'a Derived,
    pub asked: &'a Asked,
    pub sink: &'a Sink,
    pub sources: &'a SourceMap,
    pub lines: &'a [Said],
    /// Where its files lie; none where it stays as it is published.
    pub outputs: Option<(String, &'a Files)>,
}

impl Kept {
    /// What the run before has left. `tools` is what was asked for templates, fonts and words; with `anew` all is made, and kept for the next run.
    #[must_use]
    pub fn open(system: &dyn System, tools: &Asked, anew: bool, cache: Option<Cache>) -> Self {
        let maker = || {
            // What was answered in two ways proves nothing.
            let tools = tools.is_lasting().then(|| tools.digest())?;
            Some(Maker { program: program(system)?, tools })
        };
        let lying = system.contents(RECORDS).unwrap_or_default();
        Self { maker: maker(), anew, cache, lying, new: Mutex::default() }
    }

    /// A document that would be made the same again, and lies where it was put or in the cache.
    #[must_use]
    pub fn left(&self, system: &dyn System, document: &Derived) -> Option<Left> {
        let maker = self.maker.as_ref().filter(|_| !self.anew)?;
        self.lying(maker, system, document).or_else(|| {
            let found = self.cache.as_ref()?.find(maker, document, system)?;
            let files = found.record.outputs.is_some().then_some(found.files);
            Some(Left { of_cache: true, ..Left::new(found.record, files, system)? })
        })
    }

    fn lying(&self, maker: &Maker, system: &dyn System, document: &Derived) -> Option<Left> {
        let name = name(&document.id);
        let written = *self.lying.get(&name)?;
        let mut record = Record::read(&system.read(&format!("{RECORDS}/{name}")).ok()?)?;
        let mut renewed = false;
        let holds = record.is_of(maker, document) && record.asked.holds(system, &mut renewed);
        if !holds || !record.outputs.as_mut().is_none_or(|outputs| outputs.lie(system, written, &mut renewed)) {
            return None;
        }
        if renewed {
            self.note(&name, &record);
        }
        Left::new(record, None, system)
    }

    /// Whether the records of documents that are left are those that were read: another run may have built the same since.
    #[must_use]
    pub fn is_alone(&self, system: &dyn System) -> bool {
        system.contents(RECORDS).unwrap_or_default() == self.lying
    }

    /// Notes what was made, when its files lie in their place.
    pub fn keep(&self, system: &dyn System, made: &Made<'_>) {
        let Some(maker) = self.maker.as_ref().filter(|_| made.asked.is_lasting()) else { return };
        let outputs = match &made.outputs {
            Some((folder, files)) => match Outputs::new(system, folder, files) {
                Some(outputs) => Some(outputs),
                None => return,
            },
            None => None,
        };
        let Some(record) = Record::new(maker, made, outputs, system, &rules()) else { return };
        self.note(&name(&made.document.id), &record);
        if let Some(cache) = &self.cache {
            let files =
                made.outputs.as_ref().map_or(Some(Cow::default()), |(folder, files)| files.read(system, folder));
            // Where somebody has changed them meanwhile they are not what was made.
            files.into_iter().for_each(|files| cache.keep(maker, made.document, &record, &files));
        }
    }

    /// Notes what was taken from the cache, when its `files` lie in their place.
    pub fn keep_left(&self, system: &dyn System, id: &str, left: &Left, files: Option<&Files>) {
        let mut record = left.record.clone();
        if let (Some(folder), Some(files)) = (&left.folder, files) {
            let Some(outputs) = Outputs::new(system, folder, files) else { return };
            record.outputs = Some(outputs);
        }
        self.note(&name(id), &record);
    }

    fn note(&self, name: &str, record: &Record) {
        if let Some(bytes) = record.bytes() {
            self.new.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), bytes);
        }
    }

    /// Writes the records, after all outputs: what is changed after them is younger than they are. Those of documents that are gone go. Gives what is wrong
    /// with the cache.
    ///
    /// Where the workspace cannot be written to, as one that many share, the next build makes all again, and there is nothing to mend.
    pub fn write(self, system: &dyn System) -> Vec<Diagnostic> {
        let problems = self.cache.map(Cache::end).unwrap_or_default();
        let Some(maker) = self.maker else { return problems };
        let write = |path: &str, bytes: &[u8]| system.write(path, bytes).is_ok();
        let note = maker.program.note;
        if begin_own(system).is_err() || !note.is_none_or(|note| write(PROGRAM, note.as_bytes())) {
            return problems;
        }
        let new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (name, bytes) in &new {
            // One of which only a part is written counts for nothing.
            if !write(&format!("{RECORDS}/{name}"), bytes) {
                return problems;
            }
        }
        for name in self.lying.keys().filter(|name| !new.contains_key(*name)) {
            if name.strip_suffix(ENDING).is_some_and(|id| !system.exists(&format!("output/{id}"))) {
                let _ = system.remove(&format!("{RECORDS}/{name}"));
            }
        }
        problems
    }
}

impl Left {
    fn new(record: Record, files: Option<Vec<Artifact>>, system: &dyn System) -> Option<Self> {
        let (sink, lines, sources) = record.retold(system, &rules())?;
        let folder = record.outputs.as_ref().map(|outputs| outputs.folder.clone());
        Some(Self { sink, sources, lines, folder, files, record, of_cache: false })
    }

    /// Whether what it was made of is still what it was.
    #[must_use]
    pub fn holds(&self, disk: &dyn System) -> bool {
        self.record.asked.clone().holds(disk, &mut false)
    }

    /// Whether the workspace's own records lack it.
    #[must_use]
    pub fn is_of_cache(&self) -> bool {
        self.of_cache
    }
}

const ENDING: &str = ".json";

fn name(id: &str) -> String {
    format!("{id}{ENDING}")
}

fn rules() -> Vec<Code> {
    RULES.iter().map(|rule| rule.code).collect()
}
