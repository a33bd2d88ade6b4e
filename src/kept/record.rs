//! What is known of one document that was made: everything that reached it, and everything that came of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Said, Sink, Written};
use crate::load::Derived;
use crate::model::Part;
use crate::publish::Files;
use crate::source::{SourceId, SourceMap};
use crate::system::{Asked, Stamp, System, is_plain_name, sealed, unsealed};

use super::{Made, Maker};

/// The form of records; one of another is none.
const FORM: u32 = 1;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    form: u32,
    program: String,
    tools: String,
    document: String,
    /// What it is made from, where it is a part of a report.
    of: Option<String>,
    pub asked: Asked,
    told: Written,
    /// The files that are spoken of, in their order.
    files: Vec<Spoken>,
    /// None for a published version, which stays as it is.
    pub outputs: Option<Outputs>,
}

/// A file that is spoken of, with what it is known by; its text where that is not the one that lies there, as letters of an older kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Spoken(String, SourceId, #[serde(default, skip_serializing_if = "Option::is_none")] Option<String>);

/// The files of a version that was built.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outputs {
    pub folder: String,
    files: BTreeMap<String, Output>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Output(String, #[serde(default, skip_serializing_if = "Option::is_none")] Option<Stamp>);

impl Record {
    /// None where not all that was said could be told again.
    pub fn new(
        maker: &Maker,
        made: &Made<'_>,
        outputs: Option<Outputs>,
        system: &dyn System,
        rules: &[Code],
    ) -> Option<Self> {
        let told = Written::new(made.sink, made.lines, rules)?;
        let spoken: Vec<_> = told.places().map(|span| span.source).collect();
        let files = made.sources.iter().filter(|source| spoken.contains(&source.id));
        let files = files.map(|source| {
            let lies = text(system, &source.path).is_some_and(|text| *text == *source.text);
            Spoken(source.path.clone(), source.id, (!lies).then(|| source.text.to_string()))
        });
        Some(Self {
            form: FORM,
            program: maker.program.hash.clone(),
            tools: maker.tools.clone(),
            document: made.document.id.clone(),
            of: origin_of(made.document),
            asked: made.asked.clone(),
            files: files.collect(),
            told,
            outputs,
        })
    }

    /// The same as it is kept for others.
    pub fn without_stamps(&self) -> Self {
        let outputs = self.outputs.as_ref().map(|outputs| Outputs {
            folder: outputs.folder.clone(),
            files: outputs.files.iter().map(|(path, file)| (path.clone(), Output(file.0.clone(), None))).collect(),
        });
        Self { asked: self.asked.clone().without_stamps(), outputs, ..self.clone() }
    }

    /// Whether all that it names lies in the folder of a version of its own: somebody else may have written it.
    pub fn is_plain(&self) -> bool {
        self.outputs.as_ref().is_none_or(|outputs| {
            let version = outputs
                .folder
                .strip_prefix("output/")
                .and_then(|rest| rest.strip_prefix(&self.document)?.strip_prefix('/'));
            version.is_some_and(is_plain_name) && outputs.files.keys().all(|path| path.split('/').all(is_plain_name))
        })
    }

    /// Whether it is of this document, made by this program with these templates, fonts and words.
    pub fn is_of(&self, maker: &Maker, document: &Derived) -> bool {
        self.form == FORM
            && self.program == maker.program.hash
            && self.tools == maker.tools
            && self.document == document.id
            && self.of == origin_of(document)
    }

    /// What was said, with the files that it speaks of; none where those are others.
    pub fn retold(&self, system: &dyn System, rules: &[Code]) -> Option<(Sink, Vec<Said>, SourceMap)> {
        let mut sources = SourceMap::default();
        for Spoken(path, id, own) in &self.files {
            let text = own.clone().or_else(|| text(system, path))?;
            if sources.add(path.clone(), text) != *id {
                return None;
            }
        }
        let (sink, lines) = self.told.read(rules)?;
        Some((sink, lines, sources))
    }

    /// The record of a file; none where a byte of it is another.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_str(unsealed(bytes)?).ok()
    }

    /// The file: a hash, and on the lines after it what that is the hash of.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        Some(sealed(&(serde_json::to_string(self).ok()? + "\n")))
    }
}

/// What a document is made from, in a line.
pub fn origin_of(document: &Derived) -> Option<String> {
    let (report, part) = document.of.as_ref()?;
    Some(match part {
        Part::Unit(unit) => format!("{report}: unit {unit}"),
        Part::Decision => format!("{report}: decision"),
    })
}

/// The text of a file as most are read.
fn text(system: &dyn System, path: &str) -> Option<String> {
    let bytes = system.read(path).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

impl Outputs {
    /// Of files that lie in their place; none where that cannot be looked at.
    pub fn new(system: &dyn System, folder: &str, files: &Files) -> Option<Self> {
        let lying = system.contents(folder).ok()?;
        let files = files.hashes().into_iter().map(|(path, hash)| {
            let stamp = lying.get(path).copied().flatten();
            (path.to_owned(), Output(hash.to_string(), stamp))
        });
        let files: BTreeMap<String, Output> = files.collect();
        (files.len() == lying.len()).then(|| Self { folder: folder.to_owned(), files })
    }

    /// Its files with their hashes.
    pub fn hashes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file.0.as_str()))
    }

    /// Whether these files lie there and no others. One whose stamp is not that of when it was written, or not from before the record was (`written`), is
    /// read; where that is done, `renewed` becomes true.
    pub fn lie(&mut self, system: &dyn System, written: Option<Stamp>, renewed: &mut bool) -> bool {
        let Ok(lying) = system.contents(&self.folder) else { return false };
        let Self { folder, files } = self;
        lying.len() == files.len()
            && files.iter_mut().all(|(path, Output(hash, stamp))| {
                let Some(now) = lying.get(path) else { return false };
                if let (Some(known), Some(now), Some(written)) = (*stamp, *now, written)
                    && known == now
                    && now.is_before(written)
                {
                    return true;
                }
                let same =
                    system.read(&format!("{folder}/{path}")).is_ok_and(|bytes| bytes.hash().to_string() == *hash);
                *renewed |= same && now.is_some();
                *stamp = *now;
                same
            })
    }
}
