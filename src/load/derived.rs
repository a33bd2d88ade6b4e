//! Documents that are made from a report by one line of its `report.yaml`: an extract for each unit, a decision page.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{DecisionPlace, Part, Project, Related, Report, Role};
use crate::source::{SourceMap, Span};
use crate::system::System;

use super::each::{Home, home, homes, made_by, makers, report_ids};
use super::{Library, Loader};

/// A document by its name, and the part of a report that it is, where it is made from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    pub id: String,
    pub of: Option<(String, Part)>,
}

/// The named reports, or all, each followed by what is made from it, so far as it is wanted.
#[must_use]
pub fn with_derived(
    system: &dyn System,
    library: &Library,
    names: &[String],
    wanted: fn(&Part) -> bool,
) -> Vec<Derived> {
    let names = if names.is_empty() { report_ids(system, library) } else { names.to_vec() };
    let mut out = Vec::new();
    for name in names {
        let made = derived(system, library, &name, wanted);
        // Of a name that no folder has it is looked whether a report has such a part.
        let of = if made.is_empty() { origin(system, library, &name) } else { None };
        out.push(Derived { id: name, of });
        out.extend(made);
    }
    out.dedup();
    out
}

/// What a report asks for besides itself.
pub fn parts(report: &Report) -> Vec<Part> {
    let units = report.units.iter().filter(|_| report.extracts);
    let units = units.map(|unit| Part::Unit(unit.id.value.clone()));
    units.chain(report.decision_page.filter(|place| *place == DecisionPlace::Beside).map(|_| Part::Decision)).collect()
}

/// `exempelstad-2025-norra`, `exempelstad-2025-decision`
#[must_use]
pub fn derived_id(report: &str, part: &Part) -> String {
    match part {
        Part::Unit(unit) => format!("{report}-{}", crate::markdown::slug(unit)),
        Part::Decision => format!("{report}-decision"),
    }
}

/// What is made from a report, as it stands in the workspace, so far as it is wanted.
#[must_use]
pub fn derived(system: &dyn System, library: &Library, report: &str, wanted: fn(&Part) -> bool) -> Vec<Derived> {
    let made = headers(system, library, report).map(|report| parts(&report)).unwrap_or_default();
    let made = made.into_iter().filter(wanted);
    made.map(|part| Derived { id: derived_id(report, &part), of: Some((report.to_owned(), part)) }).collect()
}

/// A report, or what is made from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub id: String,
    /// The report itself, or the one that it is made from.
    pub report: String,
    pub part: Option<Part>,
    /// Where it is asked for; none where that cannot be told.
    pub span: Option<Span>,
}

/// Every document of a workspace, and the files that ask for them. What is wrong with those is told when the reports are loaded.
#[must_use]
pub fn documents(system: &dyn System, library: &Library) -> (Vec<Document>, SourceMap) {
    let mut loader = Loader::new(system, library);
    let workspace = loader.workspace();
    let mut out = Vec::new();
    for home in homes(system, library) {
        let (id, span) = (home.id(), home.row.as_ref().map(|row| row.id.span));
        out.push(Document { id: id.clone(), report: id.clone(), part: None, span });
        if !is_written(system, &home) {
            continue;
        }
        if home.row.is_some() {
            loader.rows(&home.folder);
        }
        let Some(report) = loader.report(&home, &workspace).filter(|report| !report.is_incomplete) else { continue };
        for part in parts(&report) {
            let unit = report.units.iter().find(|unit| matches!(&part, Part::Unit(id) if *id == unit.id.value));
            let span = Some(unit.map_or(report.kind.span, |unit| unit.id.span));
            out.push(Document { id: derived_id(&id, &part), report: id.clone(), part: Some(part), span });
        }
    }
    (out, loader.sources)
}

/// The version that a report is in, by its `report.yaml`.
#[must_use]
pub fn version(system: &dyn System, library: &Library, report: &str) -> Option<String> {
    headers(system, library, report).map(|report| report.version.value)
}

/// The report that a document is made from, and which part of it, where there is no folder of its own.
#[must_use]
pub fn origin(system: &dyn System, library: &Library, id: &str) -> Option<(String, Part)> {
    if home(system, library, id).is_some_and(|home| is_written(system, &home)) {
        return None;
    }
    let begins = |report: &String| id.starts_with(&format!("{report}-"));
    let made = |folder: &str| made_by(system, library, folder).unwrap_or_else(|| vec![folder.to_owned()]);
    makers(system, id).into_iter().flat_map(made).filter(begins).find_map(|report| {
        let made = parts(&headers(system, library, &report)?);
        made.into_iter().find(|part| derived_id(&report, part) == id).map(|part| (report, part))
    })
}

/// The report that a report is built beside wherever it is built: a translation beside its original, what retells the findings of another beside that
/// one, any other by itself. Nothing but what these write of themselves decides it.
#[must_use]
pub fn owner(system: &dyn System, library: &Library, id: &str) -> String {
    let mut known = vec![id.to_owned()];
    while let Some(report) = known.last().and_then(|last| headers(system, library, last)) {
        let retold = report.reports.first().filter(|_| report.kind.value.role() == Role::Retells);
        let next = report.translation.as_ref().map(|translation| &translation.original).or(retold);
        let Some(next) = next.map(|next| next.id.value.clone()).filter(|next| !known.contains(next)) else { break };
        known.push(next);
    }
    known.pop().unwrap_or_default()
}

/// What stands in `report.yaml`; its faults are told when the report itself is built.
fn headers(system: &dyn System, library: &Library, id: &str) -> Option<Report> {
    let home = home(system, library, id).filter(|home| is_written(system, home))?;
    let mut loader = Loader::new(system, library);
    let workspace = loader.workspace();
    loader.report(&home, &workspace).filter(|report| !report.is_incomplete)
}

/// Whether there is a report.yaml, and not only what was published once.
fn is_written(system: &dyn System, home: &Home) -> bool {
    system.exists(&format!("content/{}/report.yaml", home.folder))
}

/// Whether a report of this name is written.
#[must_use]
pub fn is_report(system: &dyn System, library: &Library, id: &str) -> bool {
    home(system, library, id).is_some_and(|home| is_written(system, &home))
}

/// The part of a report as a document of its own.
#[must_use]
pub fn part_of(project: Project, part: Part) -> Project {
    let Project { mut report, .. } = project;
    let whole = related(&report);
    report.id = derived_id(&whole.id, &part);
    report.kind.value = part.kind();
    Project { report, part: Some(part), whole: Some(whole), companions: Vec::new(), ..project }
}

fn related(report: &Report) -> Related {
    Related {
        id: report.id.clone(),
        version: report.version.value.clone(),
        kind: report.kind.value,
        language: report.language,
        title: report.with_parameters(&report.title),
    }
}

impl Loader<'_> {
    /// What stands beside a report: what is made from it, and the companions that it names.
    pub(super) fn companions(&mut self, report: &Report) -> Vec<Related> {
        let mut out: Vec<Related> = parts(report)
            .into_iter()
            .map(|part| {
                let unit = |id: &str| report.units.iter().find(|unit| unit.id.value == *id).map(|unit| &unit.name);
                let title = match &part {
                    Part::Unit(id) => unit(id).unwrap_or(&report.title),
                    Part::Decision => &report.title,
                };
                let version = report.version.value.clone();
                let (kind, language) = (part.kind(), report.language);
                Related { id: derived_id(&report.id, &part), version, kind, language, title: title.clone() }
            })
            .collect();
        for name in &report.companions {
            match headers(self.system, self.library, &name.value) {
                Some(companion) => {
                    // Its title and version stand in the imprint: it is an input, and is packed with the others.
                    let path = format!("content/{}/report.yaml", companion.folder);
                    if let Ok(bytes) = self.system.read(&path) {
                        self.inputs.push((path, bytes));
                    }
                    out.push(related(&companion));
                }
                None => self.sink.push(
                    Diagnostic::error(Code::FILE_MISSING, say!("there is no report `{name}`", name = name.value))
                        .at(name.span)
                        .nearest(&name.value, report_ids(self.system, self.library).iter().map(String::as_str)),
                ),
            }
        }
        out
    }
}
