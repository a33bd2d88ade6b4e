//! Folders that make several reports: one for each row of a file.

mod rows;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::ReportRow;
use crate::source::{SourceId, SourceMap, Text};
use crate::system::{Hash, System};

use super::data_files::ReportFiles;
use super::form::{Form as _, Path};
use super::grid::{self, Place};
use super::sheet::Format;
use super::yaml::{self, Node, Value};
use super::{Library, Loader, folders};

/// The key of report.yaml.
const KEY: &str = "for-each";

/// Where a report is written: its folder and, where that makes several, the row that it is made for.
#[derive(Debug, Clone)]
pub struct Home {
    pub folder: String,
    pub row: Option<ReportRow>,
}

impl Home {
    /// The report's id.
    #[must_use]
    pub fn id(&self) -> String {
        match &self.row {
            Some(row) => format!("{}-{}", self.folder, row.id.value),
            None => self.folder.clone(),
        }
    }
}

/// The reports that a folder makes, and what is wrong with the file that names them.
#[derive(Debug)]
pub struct Each {
    pub rows: Vec<ReportRow>,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// Ids of all reports of a workspace, those that one folder makes in the order of its rows. A folder whose rows are faulty stands for them.
#[must_use]
pub fn report_ids(system: &dyn System, library: &Library) -> Vec<String> {
    homes(system, library).iter().map(Home::id).collect()
}

/// Where the reports of a workspace are written, in the order of [`report_ids`].
pub fn homes(system: &dyn System, library: &Library) -> Vec<Home> {
    let all = folders(system);
    let each = all.iter().map(|folder| each(system, library, folder).filter(|each| !each.sink.has_errors()));
    let each: Vec<Option<Each>> = each.collect();
    let made: BTreeSet<String> =
        all.iter().zip(&each).flat_map(|(folder, each)| each.iter().flat_map(move |each| each.ids(folder))).collect();
    let mut out = Vec::new();
    for (folder, each) in all.into_iter().zip(each) {
        match each {
            Some(each) => {
                out.extend(each.rows.into_iter().map(|row| Home { folder: folder.clone(), row: Some(row) }));
            }
            // What is published of a report that another folder makes.
            None if made.contains(&folder) && !system.exists(&format!("content/{folder}/report.yaml")) => {}
            None => out.push(Home { folder, row: None }),
        }
    }
    out
}

/// Ids of the reports that a folder makes, where it makes one for each row of a file; the folder's own where the rows are faulty.
#[must_use]
pub fn made_by(system: &dyn System, library: &Library, folder: &str) -> Option<Vec<String>> {
    let each = each(system, library, folder)?;
    if each.sink.has_errors() {
        return Some(vec![folder.to_owned()]);
    }
    Some(each.ids(folder).collect())
}

impl Each {
    fn ids(&self, folder: &str) -> impl Iterator<Item = String> {
        self.rows.iter().map(move |row| format!("{folder}-{}", row.id.value))
    }
}

/// Where a report is written, by its id; none where there is no such report. Only names are asked for that could be its folder's, so that it has nothing to
/// do with other reports.
#[must_use]
pub fn home(system: &dyn System, library: &Library, id: &str) -> Option<Home> {
    // The name alone, as it is written: a path to the folder is none, and a disk may take capitals for small letters.
    let is_folder = is_folder(system, id);
    let own = || Home { folder: id.to_owned(), row: None };
    if is_folder && system.exists(&format!("content/{id}/report.yaml")) {
        return Some(own());
    }
    let made = makers(system, id).into_iter().filter_map(|folder| {
        let name = id.strip_prefix(folder)?.strip_prefix('-')?;
        // Of a thousand rows one is copied.
        let rows = system
            .exists(&format!("content/{folder}/report.yaml"))
            .then(|| Loader::new(system, library).rows_read(folder))??;
        let row = rows.0.iter().find(|row| row.id.value == name)?.clone();
        Some(Home { folder: folder.to_owned(), row: Some(row) })
    });
    made.last().or_else(|| is_folder.then(own))
}

fn is_folder(system: &dyn System, name: &str) -> bool {
    !name.is_empty()
        && !name.contains('/')
        && system.listed(&format!("content/{name}")).is_some_and(|entry| entry.folder)
}

/// The folders that may make a report or a part of one: those with whose names and a hyphen its id begins, sorted.
pub fn makers<'i>(system: &dyn System, id: &'i str) -> Vec<&'i str> {
    let before = id.match_indices('-').filter_map(|(at, _)| id.get(..at));
    before.filter(|name| is_folder(system, name)).collect()
}

/// The rows that a folder makes reports for; none where it makes one report.
pub fn each(system: &dyn System, library: &Library, folder: &str) -> Option<Each> {
    let mut loader = Loader::new(system, library);
    if !system.exists(&format!("content/{folder}/report.yaml")) {
        return None;
    }
    let rows = loader.rows(folder)?;
    Some(Each { rows: rows.0.clone(), sources: loader.sources, sink: rows.1.clone() })
}

impl Loader<'_> {
    /// The rows that a folder makes reports for, with what is wrong with them; none where it makes one report.
    pub(super) fn rows(&mut self, folder: &str) -> Option<Arc<(Vec<ReportRow>, Sink)>> {
        let (key, named) = self.file_of_rows(folder)?;
        self.rows_of(folder, key, named)
    }

    /// As [`Loader::rows`], for who does not show where they stand: what was read of the file before need not be read.
    fn rows_read(&mut self, folder: &str) -> Option<Arc<(Vec<ReportRow>, Sink)>> {
        let (key, named) = self.file_of_rows(folder)?;
        self.library.rows.find(&key, |_| true).or_else(|| self.rows_of(folder, key, named))
    }

    /// The file that a folder makes reports of, and what its rows are kept by.
    fn file_of_rows(&mut self, folder: &str) -> Option<((SourceId, Option<Hash>), Text)> {
        let source = self.text(&format!("content/{folder}/report.yaml"), None)?;
        let text = self.sources.get(source).text.clone();
        let named = self.library.each.get_or_make(source, || named(source, &text))?;
        let bytes = self.system.read(&format!("content/{folder}/{}", named.value)).map(|bytes| bytes.hash()).ok();
        Some(((source, bytes), named))
    }

    fn rows_of(
        &mut self,
        folder: &str,
        key: (SourceId, Option<Hash>),
        named: Text,
    ) -> Option<Arc<(Vec<ReportRow>, Sink)>> {
        let folder = format!("content/{folder}");
        let is_csv = Format::by_file_name(&named.value).is_none();
        let place = Place { is_csv, ..Place::csv(named) };
        let mut sink = Sink::default();
        let mut files = ReportFiles { loader: self, folder: &folder };
        let Some(opened) = grid::open(&place, &mut files, &mut sink) else {
            return Some(Arc::new((Vec::new(), sink)));
        };
        Some(self.library.rows.get_or_make(key, || {
            let rows = opened.grid(&place, &mut sink).map(|grid| rows::of_grid(grid, &place.file, &mut sink));
            Arc::new((rows.unwrap_or_default(), sink))
        }))
    }

    /// A folder whose name no report has, since it makes several, or since what made it is gone: what is to be told of it.
    pub(super) fn tell_of_no_report(&mut self, id: &str) -> bool {
        if let Some(each) = each(self.system, self.library, id) {
            self.sources.extend(&each.sources);
            let found = each.sink.has_errors();
            self.sink.extend(each.sink);
            if !found {
                let example = each.rows.first().map_or_else(String::new, |row| format!(": `{id}-{}`", row.id.value));
                let message = say!("`{id}` makes a report for each row of a file, and is none itself", id);
                self.sink.push(
                    Diagnostic::error(Code::FILE_MISSING, message).help(say!("name one of them{example}", example)),
                );
            }
            return true;
        }
        let is_made = home(self.system, self.library, id).is_some_and(|home| home.row.is_some());
        let written = self.system.exists(&format!("content/{id}/report.yaml"));
        if is_made || written || !self.system.exists(&format!("content/{id}/versions")) {
            return false;
        }
        let maker = makers(self.system, id).into_iter();
        let maker = maker.filter_map(|folder| Some((each(self.system, self.library, folder)?, folder))).last();
        let Some((each, folder)) = maker else { return false };
        self.sources.extend(&each.sources);
        let named = id.strip_prefix(&format!("{folder}-")).unwrap_or(id);
        let message = say!("`{id}` is published, and content/{folder} has no row that makes it any more", id, folder);
        let found = Diagnostic::warning(Code::ROW_GONE, message)
            .nearest(named, each.rows.iter().map(|row| row.id.value.as_str()));
        let found = match each.rows.first() {
            Some(row) => found.at(row.id.span),
            None => found,
        };
        self.sink.push(found.help(say!("what is published stays as it is; where the row was renamed, give it `{named}` in a column `id` again, and to withdraw the \
             report bring the row back and publish it with `status: withdrawn`", named)));
        true
    }
}

/// The file whose rows make reports, as a report.yaml names it.
fn named(source: SourceId, text: &str) -> Option<Text> {
    // Most files need not be read twice.
    if !text.contains(KEY) {
        return None;
    }
    let Some(Node { value: Value::Map(entries), .. }) = yaml::parse(source, text, &mut Sink::default()) else {
        return None;
    };
    let (_, node) = entries.iter().find(|(key, _)| key.value == KEY)?;
    Path::read(node, &Said::verbatim(KEY), &mut Sink::default())
}
