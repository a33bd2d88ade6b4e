//! Lists of reports, and pages of what all reports say of one thing.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::context::pdf;
use super::pages::{About, Link, Names};
use super::{IndexEntry, IndexInput, PdfFile};
use crate::document::resolved::{Date, Status};

/// Entries of a list that are told at length, with their picture; those after them are a line each.
const AT_LENGTH: usize = 50;

/// What stands in an entry beside the report itself: an extract, a decision page, an easy-read text.
#[derive(Debug, Clone, Serialize)]
pub struct IndexPart {
    pub title: String,
    pub kind_label: String,
    pub language: String,
    /// Of another version of the report.
    pub version: Option<String>,
    pub status: Status,
    /// The page, relative to `output/`.
    pub path: String,
}

/// One way in which lists can be made shorter.
#[derive(Debug, Clone, Serialize)]
pub struct Facet {
    /// `kind`, `unit`, `area`, `year`.
    pub key: &'static str,
    /// The folder of its pages in `output/`.
    pub folder: &'static str,
    /// "Enhet"
    pub title: String,
    /// "Enheter"
    pub heading: String,
    pub values: Vec<FacetValue>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FacetValue {
    pub value: String,
    pub words: String,
    pub count: usize,
    /// Its page, relative to `output/`.
    pub path: String,
}

/// `output/kinds/index.html` and the like: all values of one way.
#[derive(Debug, Clone, Copy)]
pub struct Browse<'a> {
    pub facet: &'a Facet,
}

/// `output/kinds/<kind>.html`, `output/years/<year>.html`: the reports that have one thing in common.
#[derive(Debug, Clone)]
pub struct Listing<'a> {
    pub heading: String,
    pub reports: Vec<Cow<'a, IndexEntry>>,
}

/// `output/units/<unit>.html`, `output/areas/<area>.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Subject {
    pub heading: String,
    /// The words that lead to all of them: "Enheter"
    pub all: String,
    pub developments: Vec<DevelopmentRow>,
    pub said: Vec<Said>,
    pub figures: Option<FigureTable>,
}

#[derive(Debug, Clone, Serialize)]
pub struct DevelopmentRow {
    pub text: Link,
    /// On the page of an area.
    pub unit: Option<String>,
    pub report: String,
    pub language: String,
    pub year: i32,
    /// How far it has come, where a follow-up tells that.
    pub status: Option<Link>,
    /// What stands there where none does.
    pub unknown: String,
}

/// Where one report speaks of it.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub report: Link,
    pub language: String,
    /// "Granskningsrapport, 2025"
    pub about: String,
    pub places: Vec<Link>,
    /// Further ones, which are unfolded by these words.
    pub more: Vec<Link>,
    pub more_words: String,
}

/// A picture of how figures have changed.
#[derive(Debug, Clone, Serialize)]
pub struct FigureChart {
    pub svg: String,
    /// CSS pixels.
    pub width: u32,
    pub alt: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct FigureTable {
    /// Of measures with a line; none where none has three years.
    pub charts: Vec<FigureChart>,
    pub years: Vec<i32>,
    pub rows: Vec<FigureRow>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FigureRow {
    pub label: String,
    /// One for each year.
    pub values: Vec<Option<Link>>,
}

/// The page of a subject, with the reports that have it.
#[derive(Debug, Clone)]
pub struct SubjectPage<'a> {
    pub subject: Subject,
    pub reports: Vec<&'a IndexEntry>,
}

impl About for Browse<'_> {
    const TEMPLATE: &'static str = "site/browse.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("heading", &self.facet.heading);
        names.insert("values", &self.facet.values);
    }
}

impl About for Listing<'_> {
    const TEMPLATE: &'static str = "site/listing.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("heading", &self.heading);
        let years = years(self.reports.iter().map(Cow::as_ref), names.labels, names.language);
        names.insert("years", &years);
    }
}

impl About for SubjectPage<'_> {
    const TEMPLATE: &'static str = "site/subject.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("heading", &self.subject.heading);
        names.insert("subject", &self.subject);
        let years = years(self.reports.iter().copied(), names.labels, names.language);
        names.insert("years", &years);
    }
}

impl About for IndexInput<'_> {
    const TEMPLATE: &'static str = "index.html";

    fn fill(&self, names: &mut Names<'_>) {
        let years = years(self.reports.iter(), self.labels, self.language);
        names.insert("years", &years);
        names.insert("facets", &self.facets);
        names.insert("root", "");
        names.insert("feed", &self.feed);
        let feeds = self.feeds.iter().map(|(path, label)| json!({"path": path, "label": label}));
        names.insert("feeds", &feeds.collect::<Vec<Json>>());
        names.insert("publisher", self.publisher);
    }
}

/// Reports by years, the newest first.
pub(super) fn years<'a>(
    reports: impl Iterator<Item = &'a IndexEntry>,
    labels: &BTreeMap<String, String>,
    language: &str,
) -> Vec<Json> {
    let mut reports: Vec<&IndexEntry> = reports.collect();
    let day = |date: &Date| (date.year, date.month, date.day);
    reports.sort_by(|a, b| (day(&b.date), &a.title, &a.path).cmp(&(day(&a.date), &b.title, &b.path)));
    let numbered: Vec<(usize, &IndexEntry)> = reports.into_iter().enumerate().collect();
    let groups = numbered.chunk_by(|(_, a), (_, b)| a.date.year == b.date.year);
    groups
        .map(|group| {
            let entries = group.iter().map(|(at, entry)| {
                let pdf = entry.pdf.as_ref().map(|file: &PdfFile| pdf(file, labels, language));
                json!({
                    "title": entry.title,
                    "subtitle": entry.subtitle,
                    "kind_label": entry.kind_label,
                    "description": entry.description,
                    "language": entry.language,
                    "date": entry.date,
                    "version": entry.version,
                    "status": entry.status,
                    "path": entry.path,
                    "versions": entry.versions,
                    "pdf": pdf,
                    "picture": entry.picture,
                    "parts": entry.parts,
                    "units": entry.units.join(" "),
                    "areas": entry.areas.join(" "),
                    "kinds": entry.kinds.join(" "),
                    "at_length": *at < AT_LENGTH,
                })
            });
            let whole = group.first().is_some_and(|(at, _)| *at < AT_LENGTH);
            json!({
                "year": group.first().map(|(_, entry)| entry.date.year),
                "reports": entries.collect::<Vec<_>>(),
                "folded": !whole,
            })
        })
        .collect()
}
