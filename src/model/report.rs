//! `belagg.yaml` and `report.yaml`.

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::document::resolved::{ChangeKind, Status};
use crate::locale::Language;
use crate::register::register;
use crate::source::{Span, Spanned, Text};
use crate::value::{PartialDate, Rounding};

use super::{Breakdowns, Catalogue, Demand, DocumentKind, Licence, Policy, Terms};

/// What holds for every report of a workspace.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub language: Language,
    pub publisher: Option<Publisher>,
    pub site: Option<Text>,
    /// On what terms others may use what is published.
    pub licence: Option<Licence>,
    /// What the catalogue of data says; there is none without.
    pub catalogue: Option<Catalogue>,
    /// Public keys that signatures are checked with, as minisign writes them.
    pub keys: Vec<Text>,
    pub theme: Theme,
    pub rounding: Rounding,
    pub names: Vec<Text>,
    /// What values are told apart by.
    pub breakdowns: Breakdowns,
    /// Which numbers are too small to be printed.
    pub disclosure: Option<Policy>,
    /// Severities and options of rules.
    pub rules: Vec<RuleSetting>,
}

/// What a workspace or a report sets for one rule of the checks.
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
    /// The folder's name; where that makes several reports, with the name of the row.
    pub id: String,
    /// The folder that it is written in: its name in content/ and charts/.
    pub folder: String,
    /// The row that it is made for, where its folder makes several.
    pub row: Option<Spanned<String>>,
    /// What it says of itself once and uses in many places.
    pub parameters: Vec<Parameter>,
    pub kind: Spanned<DocumentKind>,
    /// What readers call it, where that is not its kind's own word.
    pub kind_label: Option<Text>,
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
    /// Who publishes this report, where it is not the workspace's publisher.
    pub publisher: Option<Publisher>,
    /// On what terms others may use it, where that is not the workspace's licence.
    pub licence: Option<Licence>,
    pub imprint: Imprint,
    pub sign_off: Option<SignOff>,
    /// Reports whose figures this one binds, each in the version that it was written from.
    pub reports: Vec<Reliance>,
    /// What it is a translation of.
    pub translation: Option<TranslationOf>,
    /// An extract is made for each unit.
    pub extracts: bool,
    pub decision_page: Option<DecisionPlace>,
    /// The report of the period before, which this one was made from.
    pub previous: Option<Spanned<String>>,
    /// Reports that this one leads to: an easy-read text, a follow-up.
    pub companions: Vec<Spanned<String>>,
    pub units: Vec<Unit>,
    pub terms: Vec<Term>,
    pub names: Vec<Text>,
    pub citation_style: CitationStyle,
    /// Severities and options of rules, before those of the workspace.
    pub rules: Vec<RuleSetting>,
    pub exceptions: Vec<Exception>,
    /// What tightens the disclosure policy of the workspace.
    pub disclosure: Option<Spanned<Terms>>,
    /// What the report does without though its kind asks for it ([`super::Demand`]), and why.
    pub without: Vec<(Spanned<String>, Text)>,
    /// Words of this report's in the place of the program's own, by their keys.
    pub labels: Vec<(Spanned<String>, Text)>,
    pub chapters: Vec<Text>,
    /// Its title, version or date could not be read, and another stands for it: it is read on, so that what is wrong with its text is told in the same
    /// run, and nothing is made or checked by what stands there.
    pub is_incomplete: bool,
    /// The whole of `report.yaml`.
    pub span: Span,
}

/// A text with a name, used in many places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parameter {
    pub name: Spanned<String>,
    /// What readers are told that it is.
    pub label: String,
    pub value: String,
}

/// A row of a file for which a report is made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportRow {
    /// What the report is called, behind the name of its folder.
    pub id: Spanned<String>,
    /// Its cells, by their headers.
    pub parameters: Vec<Parameter>,
}

impl Report {
    /// What is said of a demand that is not met, as grave as it is in this report; nothing where the report says why it does without.
    #[must_use]
    pub fn without(&self, demand: Demand, mut found: Diagnostic) -> Option<Diagnostic> {
        let name = demand.name();
        if self.without.iter().any(|(without, _)| without.value == name) {
            return None;
        }
        if self.status.is_unfinished() {
            found.severity = Severity::Info;
        }
        Some(
            found.help(say!(
                "a report that does without says why, in report.yaml: `without: {{{name}: the reason}}`",
                name
            )),
        )
    }

    /// A text of this report where it is named and not printed, as in other reports: with its parameters.
    #[must_use]
    pub fn with_parameters(&self, text: &Text) -> Text {
        if !text.value.contains("{{") {
            return text.clone();
        }
        let words = self.parameters.iter().fold(text.value.clone(), |words, Parameter { name, value, .. }| {
            let id = format!("{}{}", Parameter::PREFIX, name.value);
            words.replace(&format!("{{{{ {id} }}}}"), value).replace(&format!("{{{{{id}}}}}"), value)
        });
        if words == text.value { text.clone() } else { Text::of_cell(words, text.span) }
    }
}

impl Parameter {
    /// What stands before its name where it is used.
    pub const PREFIX: &'static str = "param.";

    /// What is told of one that there is not, among those that are known.
    pub fn unknown<'a>(name: &Spanned<String>, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        let known: Vec<&str> = known.into_iter().collect();
        let name = Spanned::new(name.value.strip_prefix(Self::PREFIX).unwrap_or(&name.value).to_owned(), name.span);
        let found =
            Diagnostic::error(Code::PARAMETER, say!("there is no parameter `{name}`", name = name.value)).at(name.span);
        let help = match known.is_empty() {
            true => say!(
                "give it in report.yaml: `parameters: {{{name}: …}}`, or with a column of a `for-each` file",
                name = name.value
            ),
            false => say!("known here: {known}", known = known.join(", ")),
        };
        found.help(help).nearest(&name.value, known)
    }
}

/// Where the page for the committee stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum DecisionPlace {
    /// As the first chapter of the report.
    Front,
    /// As a publication of its own.
    Beside,
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
    /// The rows whose reports it is a change of; all where it names none.
    pub rows: Vec<Spanned<String>>,
}

/// What every publication must say of itself.
#[derive(Debug, Clone)]
pub struct Imprint {
    /// What is given, in the order of [`ImprintKey`].
    pub given: Vec<(ImprintKey, Text)>,
    /// First and last day of what is reported on.
    pub period: Option<(Spanned<PartialDate>, Spanned<PartialDate>)>,
    pub recipients: Vec<Text>,
    /// Rows that no key is for: what each is called, and what it says.
    pub rows: Vec<(Spanned<String>, Text)>,
    pub span: Span,
}

impl Imprint {
    /// One that says nothing; what it lacks is told at `span`.
    #[must_use]
    pub fn empty(span: Span) -> Self {
        Self { given: Vec::new(), period: None, recipients: Vec::new(), rows: Vec::new(), span }
    }

    #[must_use]
    pub fn get(&self, key: ImprintKey) -> Option<&Text> {
        self.given.iter().find(|(known, _)| *known == key).map(|(_, text)| text)
    }

    /// Whether the key with this name is given.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        match name {
            "period" => self.period.is_some(),
            "recipients" => !self.recipients.is_empty(),
            name => self.given.iter().any(|(key, _)| key.name() == name),
        }
    }
}

register! {
    /// One line of the imprint, in the order in which they are printed.
    ImprintKey {
        /// The key in `report.yaml`.
        name,
        /// Key of its words in the locale files.
        label: &'static str,
    }
    Reference = "reference", "reference_number";
    Subject = "subject", "subject";
    CommissionedBy = "commissioned-by", "commissioned_by";
    Author = "author", "author";
    From = "from", "from";
    To = "to", "to";
    Publisher = "publisher", "publisher";
    Contact = "contact", "contact";
    Place = "place", "place";
    Licence = "licence", "licence";
}

/// Another report of the workspace that this one builds on.
#[derive(Debug, Clone)]
pub struct Reliance {
    pub id: Spanned<String>,
    pub version: Spanned<String>,
}

/// What `report.yaml` says of a report that is a translation.
#[derive(Debug, Clone)]
pub struct TranslationOf {
    /// The original, in the version that it was translated from.
    pub original: Reliance,
    /// Words that stand in files of data, and what is printed for each.
    pub words: Vec<(Spanned<String>, Text)>,
}

/// Who stands behind a letter, at its end: a function, never a private person.
#[derive(Debug, Clone)]
pub struct SignOff {
    pub place: Text,
    pub by: Text,
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
