//! From a project to a document: which parts a kind of document has, and what each directive in the text becomes.
//!
//! What a kind of document demands, or how it is made, is one file here.

mod annual_report;
mod charts;
mod decision;
mod demands;
mod directives;
mod easy_read;
mod extract;
mod final_project;
mod follow_up;
mod histogram;
mod map;
mod parts;
mod press_release;
mod reply;
mod shares;
mod stacked;
mod survey_report;
mod surveys;
mod tables;

use demands::Demands;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compute::statistics::Statistics;
use crate::diagnostic::Sink;
use crate::document::Chapter;
use crate::locale::Locale;
use crate::markdown::parse_inline;
use crate::model::{DecisionPlace, DocumentKind, GatheredTable, Part, Project};
use crate::source::Text;

/// The parts of a document in their order, every directive replaced by what it stands for.
#[derive(Debug, Clone)]
pub struct Document {
    pub kind: DocumentKind,
    pub chapters: Vec<Chapter>,
    /// The chapters of the report that this document is a part of: what it refers to may stand there.
    pub whole: Arc<Vec<Chapter>>,
}

/// Assembles a report; every fault goes to the sink. `whole` are the chapters of the report that the document is a part of, where they are made
/// already ([`whole`]).
pub fn assemble(
    project: &Project,
    statistics: &Statistics,
    whole: Option<Arc<Vec<Chapter>>>,
    locale: &Locale,
    sink: &mut Sink,
) -> Document {
    let kind = project.report.kind.value;
    let decision = |level: u8, sink: &mut Sink| decision::chapter(project, locale, level, sink).into_iter();
    let written: Vec<Chapter> = match &project.part {
        Some(Part::Unit(_)) => extract::chapters(project, statistics, locale, sink),
        Some(Part::Decision) => decision(1, sink).collect(),
        // A decision page in front of the report is its first chapter.
        None if project.report.decision_page == Some(DecisionPlace::Front) => {
            decision(2, sink).chain(project.chapters.iter().cloned()).collect()
        }
        None => project.chapters.to_vec(),
    };
    let mut expander = directives::Expander::new(project, statistics, locale, sink);
    let chapters: Vec<Chapter> = written.iter().map(|chapter| expander.chapter(chapter)).collect();
    // What is made from a report prints a part of it.
    if project.part.is_none() {
        expander.finish();
    }
    check_kind(kind, project, &chapters, sink);
    let whole = match project.part {
        Some(_) => whole.unwrap_or_else(|| self::whole(project, statistics, locale)),
        None => Arc::default(),
    };
    Document { kind, chapters, whole }
}

/// Reports what a kind asks for and the report lacks, and reasons for doing without what it does not lack.
fn check_kind(kind: DocumentKind, project: &Project, chapters: &[Chapter], sink: &mut Sink) {
    let mut demands = Demands::check(kind, project, sink);
    match kind {
        DocumentKind::FinalProjectReport => final_project::check(project, &mut demands),
        DocumentKind::SurveyReport => survey_report::check(project, &mut demands),
        DocumentKind::PressRelease => press_release::check(project, chapters, &mut demands),
        DocumentKind::Reply => reply::check(project, chapters, &mut demands),
        DocumentKind::FollowUp => follow_up::check(project, &mut demands),
        DocumentKind::EasyRead => easy_read::check(project, chapters, &mut demands),
        // That everything stands in an annual report is checked when its directives have been replaced.
        DocumentKind::AnnualReport
        | DocumentKind::Report
        | DocumentKind::Statistics
        | DocumentKind::InspectionReport
        | DocumentKind::Article
        | DocumentKind::DecisionPage
        | DocumentKind::UnitExtract => {}
    }
    if project.part.is_none() {
        demands.superfluous(kind);
    }
}

/// The chapters of the whole report, for what its numbers are; their faults are told there.
#[must_use]
pub fn whole(project: &Project, statistics: &Statistics, locale: &Locale) -> Arc<Vec<Chapter>> {
    let mut sink = Sink::default();
    let mut expander = directives::Expander::new(project, statistics, locale, &mut sink);
    Arc::new(project.chapters.iter().map(|chapter| expander.chapter(chapter)).collect())
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
    // An extract prints every table in which its unit has a row or a column.
    let is_unit = |id: &String| project.report.units.iter().any(|unit| unit.id.value == *id);
    let in_extracts = |table: &crate::model::Table| {
        let lines = statistics.tables.get(&table.id.value).filter(|_| project.report.extracts);
        lines.is_some_and(|table| {
            table.rows.iter().map(|row| &row.id).chain(table.columns.iter().map(|column| &column.id)).any(is_unit)
        })
    };
    for table in project.findings.tables.iter().filter(|table| !ready(table) && !in_extracts(table)) {
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
