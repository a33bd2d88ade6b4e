//! The resolved document: what both templates print. Every number is formatted, every table, chart, note and reference
//! is numbered, every anchor is set. It is serialised as it stands for the templates; [`SCHEMA`] counts its versions.

mod about;
mod inline;
pub mod origin;
pub mod passages;
mod plain;
mod table;
pub mod visit;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::register::register;

pub use about::{About, Basis, Licence, Logo, Named, Publisher, Translation};
pub use inline::Inline;
pub use plain::plain_text;
pub use table::{Cell, Chart, Column, DataFiles, HeadCell, Panels, Row, Table, TableNote};

/// Version of the serialised form, for designers' own templates. A field renamed or removed raises it.
pub const SCHEMA: u32 = 1;

#[derive(Debug, Clone, Serialize)]
pub struct ResolvedDocument {
    pub schema: u32,
    /// Folder name of the report: `sysselsattning-2021`.
    pub id: String,
    /// `inspection-report`
    pub kind: String,
    /// The kind's name for readers: "Granskningsrapport".
    pub kind_label: String,
    /// Name of its pair of templates: `report`, `brief`, `letter`.
    pub template: String,
    /// BCP 47 primary tag: `sv`, `en`.
    pub language: String,
    /// Region for the PDF's language tag: `SE`, `GB`.
    pub region: String,
    pub title: Vec<Inline>,
    /// The title without markup, for metadata and running headers.
    pub title_text: String,
    pub subtitle: Option<Vec<Inline>>,
    pub series: Option<String>,
    pub description: String,
    /// The author's own description, of which the other is made.
    #[serde(skip)]
    pub described: Option<Vec<Inline>>,
    pub keywords: Vec<String>,
    /// Names and abbreviations, which are not divided at a line's end.
    #[serde(skip)]
    pub names: Vec<String>,
    pub version: String,
    pub status: Status,
    pub date: Date,
    pub publisher: Publisher,
    /// On what terms others may use it, where that is said by a name that programs know.
    pub licence: Option<Licence>,
    /// The reference number of its imprint.
    pub reference: Option<String>,
    /// First and last day of what is reported on, as precise as the author gave them.
    pub period: Option<(String, String)>,
    /// The same report in other languages.
    pub translations: Vec<Translation>,
    /// Imprint rows in order: reference number, date of publication, publisher, contact, version …
    pub imprint: Vec<ImprintRow>,
    /// A sentence that must stand on the first page, when the content is invented.
    pub notice: Option<Vec<Inline>>,
    /// Why the report is withdrawn, where it is.
    pub withdrawn: Option<Vec<Inline>>,
    /// Address of what the page shows of later versions, relative to it: `../1.0.notice.html`; none for a report without versions.
    pub later: Option<String>,
    /// What the author says that this version changes.
    pub changes: Vec<Change>,
    /// The PDF carries the data and the manifest.
    pub attach_data: bool,
    /// Place, date and function at the end of a letter.
    pub sign_off: Option<SignOff>,
    pub theme: Theme,
    /// The templates' own words in the document's language: `contents`, `note`, `back_to_text`, `page_of` …
    pub labels: std::collections::BTreeMap<String, String>,
    pub contents: Vec<ContentsEntry>,
    pub chapters: Vec<Chapter>,
    /// Notes in the order of their numbers; `notes[n - 1]` is note n.
    pub notes: Vec<Note>,
    /// How the bound figures came about, sorted by their labels.
    pub evidence: Vec<Evidence>,
    pub table_count: usize,
    pub chart_count: usize,
    #[serde(skip)]
    pub about: About,
}

impl ResolvedDocument {
    /// The charts, wherever they stand.
    #[must_use]
    pub fn charts(&self) -> Vec<&Chart> {
        let mut out = Vec::new();
        for chapter in &self.chapters {
            visit::walk_blocks(&chapter.blocks, |block| {
                if let Block::Chart(chart) = block {
                    out.push(&**chart);
                }
            });
        }
        out
    }
}

register! {
    /// How far a version has come.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    Status {
        /// As it is written in `report.yaml`.
        name,
        /// Key of its words in the locale files.
        label: &'static str,
    }
    Draft = "draft", "status_draft";
    InReview = "in-review", "status_in_review";
    Published = "published", "status_published";
    Corrected = "corrected", "status_corrected";
    Revised = "revised", "status_revised";
    Withdrawn = "withdrawn", "status_withdrawn";
}

impl Status {
    /// Still being written: what a careful reader would object to stops no build yet.
    #[must_use]
    pub fn is_unfinished(self) -> bool {
        self == Self::Draft
    }

    /// How grave it is that a text tells more than it may.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.is_unfinished() { Severity::Warning } else { Severity::Error }
    }

    /// Key of its words, where a reader must be told.
    #[must_use]
    pub fn notice_label(self) -> Option<&'static str> {
        (self != Self::Published).then_some(self.label())
    }

    /// Not decided on yet: both outputs and their metadata say so.
    #[must_use]
    pub fn is_draft(self) -> bool {
        matches!(self, Self::Draft | Self::InReview)
    }
}

register! {
    /// An error mended, or better or later data: never both in one change.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    ChangeKind {
        /// As it is written in `report.yaml`.
        name,
        /// Key of its word in the locale files.
        label: &'static str,
    }
    Correction = "correction", "change_correction";
    Revision = "revision", "change_revision";
}

/// A change as its author states it.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    pub kind: ChangeKind,
    /// "Rättelse"
    pub kind_label: String,
    pub what: Vec<Inline>,
    pub why: Vec<Inline>,
    /// Ids of what it changes, as the author names them.
    #[serde(skip)]
    pub concerns: Vec<String>,
}

/// A date as precise as the author gave it.
#[derive(Debug, Clone, Serialize)]
pub struct Date {
    /// `2021-06-15` or `2021-06`.
    pub iso: String,
    /// "15 juni 2021" or "juni 2021".
    pub long: String,
    pub year: i32,
    /// 1 where the author gave none; the PDF's metadata needs a whole date.
    pub month: u8,
    pub day: u8,
}

#[derive(Debug, Clone, Serialize)]
pub struct ImprintRow {
    pub label: String,
    pub value: Vec<Inline>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SignOff {
    /// "Stockholm den 22 mars 2022"
    pub place: String,
    pub by: Vec<Inline>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Theme {
    /// `#rrggbb`
    pub accent: String,
    /// The accent for dark ground, light enough for 4.5:1.
    pub accent_dark: String,
    pub text_font: String,
    pub heading_font: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ContentsEntry {
    /// 1 or 2.
    pub level: u8,
    /// "5.2"; none where the heading has no number.
    pub number: Option<String>,
    pub title: Vec<Inline>,
    pub anchor: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Chapter {
    /// Anchor of the chapter's heading.
    pub anchor: String,
    /// `summary`, `body`, `references`.
    pub role: String,
    /// The first block is the chapter's heading.
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Block {
    Heading {
        level: u8,
        number: Option<String>,
        anchor: String,
        content: Vec<Inline>,
        text: String,
    },
    Paragraph {
        /// Its address, made of its words ([`passages`]); so of all that have one.
        #[serde(skip_serializing_if = "String::is_empty")]
        passage: String,
        content: Vec<Inline>,
    },
    List {
        ordered: bool,
        start: u64,
        items: Vec<Vec<Block>>,
    },
    Quote {
        blocks: Vec<Block>,
        attribution: Option<Vec<Inline>>,
    },
    Callout {
        #[serde(skip_serializing_if = "String::is_empty")]
        passage: String,
        kind: String,
        /// Its title without markup.
        title: String,
        /// The author's own title; none where it is that of the kind.
        own_title: Option<Vec<Inline>>,
        /// Folded on the page until it is opened; open in print.
        folded: bool,
        blocks: Vec<Block>,
    },
    /// A problem and a proposal, side by side where there is room.
    Beside {
        blocks: Vec<Block>,
    },
    Definitions {
        items: Vec<Definition>,
    },
    Table(Box<Table>),
    Chart(Box<Chart>),
    Image(Image),
    /// Strengths or development areas of one unit.
    Assessment {
        kind: String,
        /// Id of the unit.
        #[serde(skip)]
        unit: String,
        title: String,
        items: Vec<AssessmentItem>,
    },
    /// What someone said, retold or quoted, with who said it.
    Statement {
        #[serde(skip_serializing_if = "String::is_empty")]
        passage: String,
        quoted: bool,
        content: Vec<Inline>,
        attribution: Vec<Inline>,
    },
    /// Steps in their order.
    Process {
        title: Option<Vec<Inline>>,
        steps: Vec<ProcessStep>,
    },
    Bibliography {
        items: Vec<BibliographyItem>,
    },
    Code {
        #[serde(skip_serializing_if = "String::is_empty")]
        passage: String,
        text: String,
    },
    Rule,
    /// What happened when, in the order of time.
    Timeline {
        title: Option<Vec<Inline>>,
        entries: Vec<TimelineEntry>,
    },
    /// The few numbers that a reader should take along.
    KeyFigures {
        items: Vec<KeyFigure>,
    },
    /// Problems, each with what is proposed.
    Pairs {
        items: Vec<Pair>,
    },
    Question(Question),
    /// Files for download.
    Downloads {
        items: Vec<Download>,
    },
}

#[derive(Debug, Clone, Serialize)]
pub struct Definition {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    pub term: Vec<Inline>,
    pub descriptions: Vec<Vec<Block>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AssessmentItem {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    pub content: Vec<Inline>,
    /// Name of the quality area, where the author gave one.
    pub area: Option<String>,
    /// Its id.
    #[serde(skip)]
    pub area_id: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ProcessStep {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    pub title: Vec<Inline>,
    pub text: Option<Vec<Inline>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct TimelineEntry {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    /// "17 juni 2022", or two dates with a dash.
    pub date: String,
    /// The first day: `2022-06-17`.
    pub iso: String,
    pub title: Vec<Inline>,
    pub text: Option<Vec<Inline>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct KeyFigure {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    pub value: Vec<Inline>,
    pub label: Vec<Inline>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Pair {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    pub problem: Vec<Inline>,
    pub proposal: Vec<Inline>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// `question-trust`
    pub anchor: String,
    /// "Fråga 2"
    pub label: String,
    pub content: Vec<Inline>,
    pub parts: Vec<QuestionPart>,
}

#[derive(Debug, Clone, Serialize)]
pub struct QuestionPart {
    pub anchor: String,
    /// "a"
    pub letter: String,
    pub content: Vec<Inline>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Download {
    /// `files/skrivelse.pdf`, relative to the report's folder.
    pub path: String,
    pub title: Vec<Inline>,
    /// "PDF, 12 kB"
    pub words: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Image {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    /// `assets/…`, relative to the report's folder; the PDF template reads the same name.
    pub path: String,
    pub alt: String,
    pub caption: Option<Vec<Inline>>,
    /// "Bild: kansliet": who made it.
    pub credit: Option<Vec<Inline>>,
    pub width: Option<u32>,
    pub height: Option<u32>,
}

#[derive(Debug, Clone, Serialize)]
pub struct BibliographyItem {
    /// `Ref-fricker2007`
    pub anchor: String,
    pub content: Vec<Inline>,
    /// Anchors of the places that cite it.
    pub cited_at: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Note {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub passage: String,
    pub number: u32,
    /// `note-5`
    pub anchor: String,
    pub content: Vec<Inline>,
    /// Anchors of the places that refer to it, the first first.
    pub references: Vec<String>,
}

/// How a bound figure came about.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// `Made-sip.any`
    pub anchor: String,
    pub label: String,
    /// "25 (16 kvinnor och 9 män)"
    pub value: String,
    /// `count`, `percent`, or the unit of an amount; none of a text and of a number that is not told.
    #[serde(skip)]
    pub unit: Option<String>,
    /// What it measures, in one line: the same in another report where that measures the same.
    #[serde(skip)]
    pub measure: Option<String>,
    /// The number as it is rounded, with a point; none of what is no number and of one that is not told.
    #[serde(skip)]
    pub number: Option<String>,
    /// In words, with links to the figures and tables that it was made of.
    pub formula: Vec<Inline>,
    /// File and line of the definition, relative to the report's folder.
    pub place: String,
    /// Anchors of the places that bind it.
    pub references: Vec<String>,
}
