//! `belagg.yaml` and `report.yaml`.

use serde::{Deserialize, Serialize};

use crate::compute::exact::Rounding;
use crate::diagnostic::Severity;
use crate::document::resolved::Status;
use crate::locale::{Language, PartialDate};
use crate::source::{Span, Spanned, Text};

/// What holds for every report of a workspace.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub language: Language,
    pub publisher: Option<Publisher>,
    pub site: Option<Text>,
    /// Public key that manifests are checked with, as minisign writes it.
    pub key: Option<Text>,
    pub theme: Theme,
    pub rounding: Rounding,
    pub names: Vec<Text>,
    /// Severities and options of rules.
    pub rules: Vec<RuleSetting>,
}

/// What a workspace sets for one rule of the checks.
#[derive(Debug, Clone)]
pub struct RuleSetting {
    pub code: Spanned<String>,
    pub level: Option<Level>,
    pub options: Vec<(Spanned<String>, i64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Off,
    On(Severity),
}

/// A finding that a report lets pass: of which rule, in which words, and why.
#[derive(Debug, Clone)]
pub struct Exception {
    pub rule: Spanned<String>,
    pub text: Text,
    pub reason: Text,
}

#[derive(Debug, Clone)]
pub struct Publisher {
    pub name: Text,
    pub unit: Option<Text>,
    pub url: Option<Text>,
    pub logo: Option<LogoFile>,
}

#[derive(Debug, Clone)]
pub struct LogoFile {
    /// Path in the workspace.
    pub file: Text,
    pub alt: Text,
}

/// Looks that a publisher sets without touching a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// `#rrggbb`
    pub accent: String,
    pub text_font: Spanned<String>,
    pub heading_font: Spanned<String>,
}

#[derive(Debug, Clone)]
pub struct Report {
    /// The folder's name.
    pub id: String,
    pub kind: Spanned<String>,
    pub title: Text,
    pub subtitle: Option<Text>,
    pub series: Option<Text>,
    pub description: Option<Text>,
    pub keywords: Vec<Text>,
    pub language: Language,
    pub version: Spanned<String>,
    pub date: Spanned<PartialDate>,
    pub status: Status,
    /// Who decided on this version, and when.
    pub decision: Option<Decision>,
    /// What this version changes in the one before it.
    pub changes: Vec<Change>,
    /// Why the report is withdrawn.
    pub withdrawn: Option<Text>,
    /// The PDF carries the data and the manifest (PDF/A-3a).
    pub attach_data: bool,
    /// Sentence for the first page of invented content.
    pub invented: Option<Text>,
    pub imprint: Imprint,
    pub units: Vec<Unit>,
    pub terms: Vec<Term>,
    pub names: Vec<Text>,
    pub citation_style: CitationStyle,
    pub exceptions: Vec<Exception>,
    pub chapters: Vec<Text>,
    /// The whole of `report.yaml`.
    pub span: Span,
}

/// Who decided on a version: a function, never a person's name.
#[derive(Debug, Clone)]
pub struct Decision {
    pub by: Text,
    pub meeting: Option<Text>,
    pub reference: Option<Text>,
    /// The report's own date where none is given.
    pub date: Option<Spanned<PartialDate>>,
}

/// One change that a version makes, as its author states it.
#[derive(Debug, Clone)]
pub struct Change {
    pub kind: Spanned<ChangeKind>,
    pub what: Text,
    pub why: Text,
    /// Ids of the figures and tables that it changes; what is computed from them is meant too.
    pub concerns: Vec<Text>,
}

/// An error mended, or better or later data: never both in one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    Correction,
    Revision,
}

/// What every publication must say of itself.
#[derive(Debug, Clone)]
pub struct Imprint {
    pub reference: Option<Text>,
    pub publisher: Option<Text>,
    pub contact: Option<Text>,
    pub recipients: Vec<Text>,
    pub span: Span,
}

/// A unit that was inspected: a district, a school, a ward.
#[derive(Debug, Clone)]
pub struct Unit {
    pub id: Spanned<String>,
    pub name: Text,
    pub full: Option<Text>,
}

/// An abbreviation and what it stands for.
#[derive(Debug, Clone)]
pub struct Term {
    pub name: Spanned<String>,
    pub text: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitationStyle {
    /// Each citation is a note.
    Notes,
    /// (Fricker 2007, s. 12)
    AuthorYear,
}
