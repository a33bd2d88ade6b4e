//! The files that authors write, for those who want to know what may stand in them.

use super::chart::Chart;
use super::findings::FindingsFile;
use super::form::{self, Choice, Form, Ids, Kind, Named};
use super::report::{ReportFile, WorkspaceFile};
use super::{Library, load, report_ids, translation};
use crate::model::Findings;
use crate::system::System;

/// A kind of file.
#[derive(Debug)]
pub struct AuthoredFile {
    pub name: &'static str,
    /// Where such files lie.
    pub path: &'static str,
    pub(super) kind: Kind,
}

/// Every kind of file whose keys are the program's own; sources.yaml has Hayagriva's.
pub const AUTHORED_FILES: [AuthoredFile; 4] = [
    AuthoredFile { name: "workspace", path: "belagg.yaml", kind: WorkspaceFile::KIND },
    AuthoredFile { name: "report", path: "content/<report>/report.yaml", kind: ReportFile::KIND },
    AuthoredFile { name: "findings", path: "content/<report>/findings/*.yaml", kind: FindingsFile::KIND },
    AuthoredFile { name: "chart", path: "charts/<report>/*.yaml", kind: Chart::KIND },
];

impl AuthoredFile {
    /// The kind of file that lies at a path of the workspace.
    #[must_use]
    pub fn at(path: &str) -> Option<&'static Self> {
        let parts: Vec<&str> = path.split('/').collect();
        let name = match parts.as_slice() {
            ["belagg.yaml"] => "workspace",
            ["content", _, "report.yaml"] => "report",
            ["content", _, "findings", .., file] if file.ends_with(".yaml") => "findings",
            ["charts", _, file] if file.ends_with(".yaml") => "chart",
            _ => return None,
        };
        AUTHORED_FILES.iter().find(|file| file.name == name)
    }

    /// The keys that may stand where these keys lead; an item of a list is the step `-`.
    #[must_use]
    pub fn keys_within(&self, steps: &[&str]) -> Vec<Choice> {
        form::within(&self.kind, steps).into_iter().flat_map(form::keys).collect()
    }

    /// The words that may stand behind the last of these keys.
    #[must_use]
    pub fn words_within(&self, steps: &[&str]) -> Vec<Choice> {
        form::within(&self.kind, steps).into_iter().flat_map(form::words).collect()
    }

    /// Its schema.
    #[must_use]
    pub fn schema(&'static self) -> FileSchema {
        FileSchema { name: self.name.to_owned(), file: self, of_words: false }
    }

    /// The schema of a translation's file of this kind; none of the workspace's, which has no translation.
    #[must_use]
    pub fn schema_of_words(&'static self) -> Option<FileSchema> {
        let of_report = self.path.contains("<report>");
        of_report.then(|| FileSchema { name: format!("translation-{}", self.name), file: self, of_words: true })
    }
}

/// What may stand in a file, for editors.
#[derive(Debug)]
pub struct FileSchema {
    pub name: String,
    pub file: &'static AuthoredFile,
    /// It is that of a translation.
    of_words: bool,
}

impl FileSchema {
    /// All that there are, those of translations last.
    #[must_use]
    pub fn every_kind() -> Vec<Self> {
        let own = AUTHORED_FILES.iter().map(AuthoredFile::schema);
        own.chain(AUTHORED_FILES.iter().filter_map(AuthoredFile::schema_of_words)).collect()
    }

    /// As JSON, with the ids that there are.
    #[must_use]
    pub fn text(&self, ids: &Ids) -> String {
        let AuthoredFile { path, kind, name } = self.file;
        let own = if *name == "report" { translation::OWN } else { &[] };
        let schema = match kind {
            Kind::Mapping(mapping) if self.of_words => form::schema_of_words(path, mapping, own, ids),
            kind => form::schema(path, kind, ids),
        };
        format!("{schema:#}\n")
    }
}

/// The ids that the reports of a workspace define now, as far as they can be read.
#[must_use]
pub fn ids(system: &dyn System, library: &Library) -> Ids {
    let mut out = Ids::new();
    for project in report_ids(system, library).iter().filter_map(|id| load(system, library, id).project) {
        let Findings { figures, tables, datasets, .. } = &*project.findings;
        let mut add = |thing, id: &str| out.entry(thing).or_default().insert(id.to_owned());
        figures.iter().for_each(|figure| _ = add(Named::Figure, &figure.id.value));
        datasets.iter().for_each(|dataset| _ = add(Named::Dataset, &dataset.id.value));
        project.report.units.iter().for_each(|unit| _ = add(Named::Unit, &unit.id.value));
        for table in tables {
            add(Named::Table, &table.id.value);
            // Each of its rows is a figure.
            table.rows.iter().for_each(|row| _ = add(Named::Figure, &format!("{}.{}", table.id.value, row.id.value)));
        }
    }
    out
}

/// The keys of all files as Markdown: the end of docs/format.md.
#[must_use]
pub fn keys() -> String {
    let mut out = "\
<!-- From here on printed from what the program reads by: belagg schema --keys -->

## All keys

What each key holds, as the program reads it. `belagg schema` gives the same to an editor. Where one mapping stands inside another, the keys that lead to it stand above
its table; ids and words of your own between them are left out.
"
    .to_owned();
    for file in &AUTHORED_FILES {
        out.push_str(&format!("\n### Keys of {}\n{}", file.path, form::reference(&file.kind)));
    }
    out
}
