//! From a project to a document: which parts a kind of document has, and what each directive in the text becomes.
//!
//! A kind is one file here ([`Kind`]), a pair of templates and an example.

mod annual_report;
mod article;
mod charts;
mod decision;
mod directives;
mod easy_read;
mod extract;
mod final_project;
mod follow_up;
mod inspection;
mod parts;
mod press_release;
mod reply;
mod survey_report;
mod surveys;
mod tables;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Chapter;
use crate::locale::{Language, Locale};
use crate::markdown::parse_inline;
use crate::model::{DecisionPlace, GatheredTable, Project};
use crate::source::Text;

/// What makes a kind of document.
#[derive(Debug)]
pub struct Kind {
    /// The name in `report.yaml`.
    pub name: &'static str,
    /// Key of the name for readers in the locale files.
    pub label: &'static str,
    /// Name of its pair of templates: `templates/pdf/<template>.typ` and `templates/html/<template>.html`.
    pub template: &'static str,
    /// Keys that its imprint must have.
    pub imprint: &'static [&'static str],
    /// Chapters and sections have numbers.
    pub numbered: bool,
    /// How many pages its PDF may have.
    pub pages: Option<usize>,
    pub findings: Findings,
    /// Reports what else it must have, in its findings or in its chapters as assembled.
    pub check: fn(&Project, &[Chapter], &mut Sink),
    /// Makes its chapters from the findings and the report that it is a part of, where they are not written.
    pub chapters: Option<MakeChapters>,
    pub starter: Starter,
}

/// Whose findings a kind tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Findings {
    /// Its own: two of them count two things, even in the same words.
    Investigates,
    /// What another report has found and done since.
    FollowsUp,
    /// Those of other reports; it counts nothing itself.
    Retells,
}

/// Makes the chapters of a document that is made from another.
pub type MakeChapters = fn(&Project, &Statistics, &Locale, &mut Sink) -> Vec<Chapter>;

/// Files of a new report, for `belagg new`: path in the workspace (with `{id}`) and content.
#[derive(Debug)]
pub struct Starter {
    pub swedish: &'static [(&'static str, &'static str)],
    pub english: &'static [(&'static str, &'static str)],
}

impl Starter {
    #[must_use]
    pub fn files(&self, language: Language) -> &'static [(&'static str, &'static str)] {
        match language {
            Language::Swedish => self.swedish,
            Language::English => self.english,
        }
    }
}

/// Every kind of document.
pub const KINDS: &[&Kind] = &[
    &inspection::KIND,
    &final_project::KIND,
    &survey_report::KIND,
    &press_release::KIND,
    &reply::KIND,
    &article::KIND,
    &follow_up::KIND,
    &annual_report::KIND,
    &easy_read::KIND,
    &extract::KIND,
    &decision::KIND,
];

/// The kind with this name in `report.yaml`.
#[must_use]
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// The parts of a document in their order, every directive replaced by what it stands for.
#[derive(Debug, Clone)]
pub struct Document {
    pub kind: &'static Kind,
    pub chapters: Vec<Chapter>,
    /// The chapters of the report that this document is a part of: what it refers to may stand there.
    pub whole: Arc<Vec<Chapter>>,
}

/// Assembles a report; every fault goes to the sink. None where the kind is not known. `whole` are the chapters of the report that the document is
/// a part of, where they are made already ([`whole`]).
pub fn assemble(
    project: &Project,
    statistics: &Statistics,
    whole: Option<Arc<Vec<Chapter>>>,
    locale: &Locale,
    sink: &mut Sink,
) -> Option<Document> {
    let found = &project.report.kind;
    // What is made from a report is not written by hand.
    let kind = kind(&found.value).filter(|kind| kind.chapters.is_none() || project.part.is_some());
    let Some(kind) = kind else {
        let names: Vec<&str> = KINDS.iter().filter(|kind| kind.chapters.is_none()).map(|kind| kind.name).collect();
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, format!("there is no kind of report `{}`", found.value))
                .at(found.span)
                .nearest(&found.value, names.iter().copied())
                .help(format!("kinds: {}", names.join(", ")))
                .help("extracts and decision pages are made from a report: `extracts: units`, `decision-page: beside`"),
        );
        return None;
    };
    let mut demands = Sink::default();
    check_imprint(kind, project, &mut demands);
    let written = match kind.chapters {
        Some(make) => make(project, statistics, locale, sink),
        // A decision page in front of the report is its first chapter.
        None if project.report.decision_page == Some(DecisionPlace::Front) => {
            decision::chapter(project, locale, 2, sink).into_iter().chain(project.chapters.iter().cloned()).collect()
        }
        None => project.chapters.to_vec(),
    };
    let mut expander = directives::Expander::new(project, statistics, locale, sink);
    let chapters: Vec<Chapter> = written.iter().map(|chapter| expander.chapter(chapter)).collect();
    // What is made from a report prints a part of it.
    if kind.chapters.is_none() {
        expander.finish();
    }
    (kind.check)(project, &chapters, &mut demands);
    // What is still being written may lack what it will have one day.
    sink.extend(if project.report.status.is_unfinished() { demands.as_warnings() } else { demands });
    let whole = match project.part {
        Some(_) => whole.unwrap_or_else(|| self::whole(project, statistics, locale)),
        None => Arc::default(),
    };
    Some(Document { kind, chapters, whole })
}

/// The chapters of the whole report, for what its numbers are; their faults are told there.
#[must_use]
pub fn whole(project: &Project, statistics: &Statistics, locale: &Locale) -> Arc<Vec<Chapter>> {
    let mut sink = Sink::default();
    let mut expander = directives::Expander::new(project, statistics, locale, &mut sink);
    Arc::new(project.chapters.iter().map(|chapter| expander.chapter(chapter)).collect())
}

/// Reports keys of the imprint that the kind must have.
fn check_imprint(kind: &Kind, project: &Project, sink: &mut Sink) {
    let imprint = &project.report.imprint;
    for key in kind.imprint.iter().filter(|key| !imprint.has(key)) {
        let article = if kind.name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, format!("the imprint lacks `{key}`"))
                .at(imprint.span)
                .help(format!("{article} {} states it: add `{key}: …` under `imprint`", kind.name.replace('-', " "))),
        );
    }
}

/// Reports tables of which neither the table, a chart nor a row is used anywhere in the text. `figures` are the ids of all figures that
/// the text binds.
pub fn check_unused(
    project: &Project,
    statistics: &Statistics,
    placed: &BTreeSet<String>,
    figures: &BTreeSet<String>,
    sink: &mut Sink,
) {
    let charted: BTreeSet<&str> = project.charts.iter().map(|chart| chart.table.value.as_str()).collect();
    let derived = project
        .findings
        .figures
        .iter()
        .flat_map(|figure| figure.given.figures().into_iter().chain(figure.given.table()));
    // What is bound or derived from, and each name before a full stop of it: `visits.norr` is a row of `visits`.
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for id in figures.iter().map(String::as_str).chain(derived) {
        used.extend(std::iter::once(id).chain(id.match_indices('.').map(|(at, _)| &id[..at])));
    }
    // What is counted from the findings of other reports stands ready for those who want it; a trend is wanted, where there is one.
    let ready = |table: &crate::model::Table| match table.gathered {
        Some(GatheredTable::Findings | GatheredTable::Measures | GatheredTable::NotCompared) => true,
        Some(_) => !statistics.tables.contains_key(&table.id.value),
        None => false,
    };
    for table in project.findings.tables.iter().filter(|table| !ready(table)) {
        let id = table.id.value.as_str();
        if !placed.contains(id) && !charted.contains(id) && !used.contains(id) {
            sink.push(directives::unused("table", &table.id));
        }
    }
}

/// Inline Markdown of a text from a data file.
fn inline(text: &Text, sink: &mut Sink) -> Vec<crate::document::Inline> {
    parse_inline(text, &[], sink)
}
