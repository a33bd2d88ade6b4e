//! The world that Typst sees: the template, the document, its charts and its assets. Nothing else can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value as Json;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};

use super::corrections::{Corrections, items};
use super::proof::Sheet;
use super::{OWN, PdfInput, PdfProblem, impossible_date, main_file};
use crate::document::resolved::ContentsEntry;
use crate::render::form;

/// Typst's own definitions; `A11yExtras` brings header cells of rows (`pdf.header-cell`).
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

pub(super) struct ReportWorld<'a> {
    input: &'a PdfInput<'a>,
    main: FileId,
    today: Datetime,
    sources: BTreeMap<String, Source>,
    files: BTreeMap<String, Bytes>,
    /// Words that are never divided.
    names: BTreeSet<&'a str>,
    /// What the files of the chapters are made of.
    chapters: Vec<Json>,
    corrections: Corrections,
}

impl<'a> ReportWorld<'a> {
    /// Makes the virtual files, with chapters that are corrected so. Fails when a name of the template is no path, or the date not in the calendar.
    pub(super) fn new(input: &'a PdfInput<'a>, corrections: Corrections) -> Result<Self, Vec<PdfProblem>> {
        let document = input.document;
        let date = &document.date;
        let today = Datetime::from_ymd(date.year, date.month, date.day).ok_or_else(|| vec![impossible_date(date)])?;
        let mut files: BTreeMap<String, Bytes> =
            input.assets.iter().map(|(name, bytes)| (name.clone(), Bytes::new(bytes.clone()))).collect();
        let charts = document.charts().into_iter();
        files.extend(charts.map(|chart| (chart.path.clone(), Bytes::from_string(chart.svg.clone()))));
        files.insert("attachments.json".into(), encoded(input.attachments)?);
        for attachment in input.attachments {
            files.insert(attachment.path.clone(), Bytes::new(attachment.bytes.clone()));
        }
        let sources = input
            .template
            .iter()
            .map(|(name, text)| Ok((name.clone(), Source::new(file_id(name)?, text.clone()))))
            .collect::<Result<_, PdfProblem>>()
            .map_err(|problem| vec![problem])?;
        let main = file_id(&main_file(&document.template)).map_err(|problem| vec![problem])?;
        let names = document.names.iter().flat_map(|name| name.split_whitespace()).collect();
        let mut json = form::document(document);
        let chapters: Vec<Json> = items(&mut json["chapters"]).map(Json::take).collect();
        // Each chapter is a file of its own, so that Typst sets anew those alone that are corrected.
        json["chapters"] = (0..chapters.len()).map(chapter_file).collect();
        files.insert("document.json".into(), encoded(&json)?);
        let mut world = Self { input, main, today, sources, files, names, chapters, corrections };
        for number in 0..world.chapters.len() {
            world.set_chapter(number)?;
        }
        Ok(world)
    }

    /// Has the chapters set with the corrections that pages ask for. Whether there are any that they have not.
    pub(super) fn correct(&mut self, sheets: &[Sheet]) -> Result<bool, Vec<PdfProblem>> {
        let next = self.corrections.after(self.input.document, sheets);
        let last = std::mem::replace(&mut self.corrections, next);
        for number in 0..self.chapters.len() {
            if self.corrections.change(&last, &self.chapters[number]) {
                self.set_chapter(number)?;
            }
        }
        Ok(self.corrections != last)
    }

    /// What the table of contents has.
    pub(super) fn contents(&self) -> &[ContentsEntry] {
        &self.input.document.contents
    }

    /// What its chapters are set with.
    pub(super) fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    fn set_chapter(&mut self, number: usize) -> Result<(), Vec<PdfProblem>> {
        let chapter = &mut self.chapters[number];
        self.corrections.apply(chapter, &self.names);
        self.files.insert(chapter_file(number), encoded(chapter)?);
        Ok(())
    }
}

impl ReportWorld<'_> {
    /// What the workspace replaces of the template.
    pub(super) fn own(&self) -> Option<&str> {
        self.sources.get(OWN).map(Source::text)
    }
}

/// Where a template reads a chapter.
fn chapter_file(number: usize) -> String {
    format!("chapters/{}.json", number + 1)
}

/// What a template reads as JSON.
fn encoded(value: &(impl Serialize + ?Sized)) -> Result<Bytes, Vec<PdfProblem>> {
    serde_json::to_vec(value).map(Bytes::new).map_err(|error| vec![PdfProblem::new(format!("JSON: {error}"))])
}

fn file_id(name: &str) -> Result<FileId, PdfProblem> {
    let path = VirtualPath::new(name).map_err(|error| PdfProblem::new(format!("{name}: {error}")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// Name of a file of the report; none for one of a package.
fn name(id: FileId) -> FileResult<&'static str> {
    let path = id.get();
    match path.root() {
        VirtualRoot::Project => Ok(path.vpath().get_without_slash()),
        VirtualRoot::Package(_) => Err(FileError::Other(Some("packages cannot be used in a template".into()))),
    }
}

impl World for ReportWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.input.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let name = name(id)?;
        self.sources.get(name).cloned().ok_or_else(|| FileError::NotFound(name.into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = name(id)?;
        match (self.files.get(name), self.sources.get(name)) {
            (Some(bytes), _) => Ok(bytes.clone()),
            (None, Some(source)) => Ok(Bytes::from_string(source.clone())),
            (None, None) => Err(FileError::NotFound(name.into())),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.input.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.today)
    }
}
