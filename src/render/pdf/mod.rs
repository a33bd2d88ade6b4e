//! PDF by Typst as a library: the resolved document, the template's files and the assets go in, bytes come out.
//!
//! Typst sees nothing but virtual files. The template reads the document as `document.json` and
//! `chapters/<n>.json`, charts as `charts/<id>.svg` and
//! images as `assets/…`; no author's text is ever Typst code. One file conforms to PDF/A-2a and PDF/UA-1 at the same time, to
//! PDF/A-3a where it carries files.

mod arranged;
mod carried;
mod corrections;
mod fonts;
mod outlined;
mod pictures;
mod places;
mod presumed;
mod preview;
mod proof;
mod reading;
mod setting;
#[cfg(test)]
mod tests;
mod words;
mod world;

use std::collections::BTreeMap;

pub use carried::{Carried, addresses, carried};
use corrections::Corrections;
pub use fonts::{Fonts, NotAFont};
pub use pictures::picture_fault;
pub use preview::{Preview, SheetSize};
use serde::Serialize;
use typst::WorldExt as _;
use typst::comemo;
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Datetime, Smart};
use typst::syntax::DiagSpan;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::ReportWorld;

use crate::document::resolved::{Date, ResolvedDocument};
use crate::system::{Bytes, embedded};

/// Name of the main file of a pair of templates: `report.typ`.
pub(super) fn main_file(template: &str) -> String {
    format!("{template}.typ")
}

/// The file in which a workspace replaces single blocks of the template.
pub const OWN: &str = "own.typ";

/// Every word of the program's own that the built-in templates print, but for the state of a report (`status_…`).
pub const LABELS: &[&str] = &[
    "contents",
    "data_in_page",
    "data_on_page",
    "draft_notice",
    "imprint",
    "imprint_short",
    "note",
    "page_of",
    "part_of",
    "problem",
    "proposal",
    "source",
    "withdrawn_notice",
];

/// Everything that the PDF is made of.
pub struct PdfInput<'a> {
    pub document: &'a ResolvedDocument,
    /// Typst sources by file name; the main file is that of the document's template.
    pub template: &'a BTreeMap<String, String>,
    /// Files by the path that the document names: `assets/logo.svg`.
    pub assets: &'a BTreeMap<String, Bytes>,
    /// Files that the PDF carries; it is then PDF/A-3a instead of PDF/A-2a.
    pub attachments: &'a [Attachment],
    pub fonts: &'a Fonts,
}

/// A file that a PDF carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// `data/visits.csv`
    pub path: String,
    /// `text/csv`
    pub mime: String,
    /// `data`: what the report shows; `supplement`: what is told of it.
    pub relationship: String,
    pub description: String,
    #[serde(skip)]
    pub bytes: Bytes,
}

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
}

/// What Typst refused or warned of. It points into the template, never into the author's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfProblem {
    pub message: String,
    pub hints: Vec<String>,
    /// File of the template and its line, counted from 1.
    pub place: Option<(String, usize)>,
    /// The line of a workspace's own.typ that led there, where that is another file.
    pub own: Option<usize>,
}

/// The templates that are built into the program, by file name.
#[must_use]
pub fn builtin_template() -> BTreeMap<String, String> {
    embedded!("../../../templates/pdf":
        "base.typ" "blocks.typ" "brief.typ" "columns.typ" "easy-read.typ" "figures.typ" "inlines.typ" "letter.typ" "own.typ"
        "pages.typ" "parts.typ" "report.typ" "setters.typ" "theme.typ"
    )
    .into_iter()
    .map(|(name, text)| (name.into(), text.into()))
    .collect()
}

/// Typesets the document, corrects its pages and exports it. The same input gives the same bytes.
///
/// # Errors
/// Everything that Typst refuses, and everything that it warns of: a warning is a fault in the template or in its fonts.
pub fn render(input: &PdfInput<'_>) -> Result<Pdf, Vec<PdfProblem>> {
    let mut world = ReportWorld::new(input, Corrections::default())?;
    let document = reading::in_order(setting::set(&mut world)?);
    let bytes = export(&world, &document, input)?;
    Ok(Pdf { bytes, pages: document.pages().len() })
}

/// Takes out of Typst's caches what no render has used since the last `turns` calls: for whoever owns a run or a session and knows what comes
/// next. Called when a render ends, well or not, with at least as many turns as renders run at a time. What reports have in common (an extract its report's paragraphs, all of them the templates and the fonts' plans) is set once
/// as long as it stays in use, and the caches do not grow with the number of reports.
pub fn evict(turns: usize) {
    comemo::evict(turns);
}

fn export(world: &ReportWorld<'_>, pages: &PagedDocument, input: &PdfInput<'_>) -> Result<Vec<u8>, Vec<PdfProblem>> {
    let document = input.document;
    let archival = if input.attachments.is_empty() { PdfStandard::A_2a } else { PdfStandard::A_3a };
    let standards = PdfStandards::new(&[archival, PdfStandard::Ua_1])
        .map_err(|error| vec![PdfProblem::new(error.message().to_string())])?;
    let midnight = Datetime::from_ymd_hms(document.date.year, document.date.month, document.date.day, 0, 0, 0)
        .ok_or_else(|| vec![impossible_date(&document.date)])?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {}", document.id, document.version)),
        // `belagg verify` reads here which version a file says that it is.
        creator: Smart::Custom(Some(format!(
            "Belägg {}, {}/{}",
            env!("CARGO_PKG_VERSION"),
            document.id,
            document.version
        ))),
        timestamp: Some(Timestamp::new_utc(midnight)),
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(pages, &options).map_err(|errors| problems(world, &errors))
}

impl PdfProblem {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new(), place: None, own: None }
    }
}

fn impossible_date(date: &Date) -> PdfProblem {
    PdfProblem::new(format!("the date {} is not in the calendar", date.iso))
}

fn problems(world: &ReportWorld<'_>, diagnostics: &[SourceDiagnostic]) -> Vec<PdfProblem> {
    diagnostics
        .iter()
        .map(|diagnostic| PdfProblem {
            message: match diagnostic.severity {
                Severity::Error => diagnostic.message.to_string(),
                Severity::Warning => format!("warning: {}", diagnostic.message),
            },
            hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect(),
            place: place(world, diagnostic.span),
            own: led_there(world, diagnostic),
        })
        .collect()
}

/// The line of own.typ by which a fault in another file was reached: that of a call, or of the entry that the message of blocks.typ names.
fn led_there(world: &ReportWorld<'_>, diagnostic: &SourceDiagnostic) -> Option<usize> {
    let entry = || {
        let (name, _) = diagnostic.message.strip_prefix("assertion failed: `")?.split_once("` in own.typ")?;
        let text = world.own()?;
        let is_key = |at: &usize| text[at + name.len()..].trim_start_matches('"').trim_start().starts_with(':');
        let at = text.match_indices(name).map(|(at, _)| at).find(is_key)?;
        Some(text[..at].matches('\n').count() + 1)
    };
    let own = |place: Option<(String, usize)>| place.filter(|(file, _)| file == OWN);
    let here = own(place(world, diagnostic.span)).is_some();
    diagnostic
        .trace
        .iter()
        .filter(|_| !here)
        .find_map(|point| own(place(world, point.span)))
        .map(|(_, line)| line)
        .or_else(entry)
}

fn place(world: &ReportWorld<'_>, span: impl Into<DiagSpan>) -> Option<(String, usize)> {
    let span = span.into();
    let file = span.id()?;
    let start = world.range(span)?.start;
    let line = typst::World::source(world, file).ok()?.lines().byte_to_line(start)?;
    Some((file.get().vpath().get_without_slash().into(), line + 1))
}
