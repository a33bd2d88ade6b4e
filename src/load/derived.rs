//! Documents that are made from a report by one line of its `report.yaml`: an extract for each unit, a decision page.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Part, Project, Related, Report};
use crate::system::System;

use super::{Loader, report_ids};

/// Kinds of what is made from a report.
pub const EXTRACT: &str = "unit-extract";
pub const DECISION: &str = "decision-page";

/// The named reports, or all, each followed by what is made from it, so far as it is wanted.
#[must_use]
pub fn with_derived(system: &dyn System, names: &[String], wanted: fn(&Part) -> bool) -> Vec<String> {
    let names = if names.is_empty() { report_ids(system) } else { names.to_vec() };
    let mut out = Vec::new();
    for name in names {
        let made = derived_ids(system, &name, wanted);
        out.push(name);
        out.extend(made);
    }
    out.dedup();
    out
}

/// What a report asks for besides itself.
pub fn parts(report: &Report) -> Vec<Part> {
    let units = report.units.iter().filter(|_| report.extracts);
    let units = units.map(|unit| Part::Unit(unit.id.value.clone()));
    units.chain(report.decision_page.filter(|beside| *beside).map(|_| Part::Decision)).collect()
}

/// `exempelstad-2025-norra`, `exempelstad-2025-decision`
pub fn derived_id(report: &str, part: &Part) -> String {
    match part {
        Part::Unit(unit) => format!("{report}-{}", crate::markdown::slug(unit)),
        Part::Decision => format!("{report}-decision"),
    }
}

/// Names of what is made from a report, as it stands in the workspace, so far as it is wanted.
#[must_use]
pub fn derived_ids(system: &dyn System, report: &str, wanted: fn(&Part) -> bool) -> Vec<String> {
    let Some(known) = stated(system, report) else { return Vec::new() };
    known.made.iter().filter(|(_, part)| wanted(part)).map(|(id, _)| id.clone()).collect()
}

/// The version that a report is in, by its `report.yaml`.
#[must_use]
pub fn version(system: &dyn System, report: &str) -> Option<String> {
    stated(system, report).map(|known| known.version.clone())
}

/// The report that a document is made from, and which part of it, where there is no folder of its own.
#[must_use]
pub fn origin(system: &dyn System, id: &str) -> Option<(String, Part)> {
    if system.exists(&format!("content/{id}/report.yaml")) {
        return None;
    }
    report_ids(system).into_iter().filter(|report| id.starts_with(&format!("{report}-"))).find_map(|report| {
        let known = stated(system, &report)?;
        let (_, part) = known.made.get(*known.by_id.get(id)?)?;
        Some((report, part.clone()))
    })
}

/// What a `report.yaml` says of what is made from its report.
struct Stated {
    version: String,
    /// Name and part, in the order of the report.
    made: Vec<(String, Part)>,
    by_id: BTreeMap<String, usize>,
}

/// By name, `belagg.yaml` and `report.yaml`, byte by byte: each of many extracts asks what it is made from, and the answer is the same.
type Known = BTreeMap<(String, Vec<u8>, Vec<u8>), Arc<Stated>>;

static KNOWN: Mutex<Known> = Mutex::new(BTreeMap::new());

/// So many answers are kept.
const MOST_KNOWN: usize = 64;

fn stated(system: &dyn System, report: &str) -> Option<Arc<Stated>> {
    let read = |path: &str| system.read(path).unwrap_or_default();
    let key = (report.to_owned(), read("belagg.yaml"), read(&format!("content/{report}/report.yaml")));
    if let Some(known) = KNOWN.lock().ok().and_then(|known| known.get(&key).cloned()) {
        return Some(known);
    }
    let headers = headers(system, report)?;
    let made: Vec<(String, Part)> = parts(&headers).into_iter().map(|part| (derived_id(report, &part), part)).collect();
    // Of two with the same name, which is an error, the first.
    let by_id = made.iter().enumerate().rev().map(|(at, (id, _))| (id.clone(), at)).collect();
    let stated = Arc::new(Stated { version: headers.version.value, made, by_id });
    if let Ok(mut known) = KNOWN.lock() {
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(key, Arc::clone(&stated));
    }
    Some(stated)
}

/// What stands in `report.yaml`; its faults are told when the report itself is built.
fn headers(system: &dyn System, id: &str) -> Option<Report> {
    let mut loader = Loader::new(system);
    let workspace = loader.workspace();
    if !system.exists(&format!("content/{id}/report.yaml")) {
        return None;
    }
    loader.report(&format!("content/{id}"), id, &workspace)
}

/// The part of a report as a document of its own.
pub fn part_of(project: Project, part: Part) -> Project {
    let Project { mut report, .. } = project;
    let whole = related(&report);
    report.id = derived_id(&whole.id, &part);
    report.kind.value = if matches!(part, Part::Decision) { DECISION } else { EXTRACT }.to_owned();
    Project { report, part: Some(part), whole: Some(whole), companions: Vec::new(), ..project }
}

fn related(report: &Report) -> Related {
    Related {
        id: report.id.clone(),
        version: report.version.value.clone(),
        kind: report.kind.value.clone(),
        title: report.title.clone(),
    }
}

impl Loader<'_> {
    /// What stands beside a report: what is made from it, and the companions that it names.
    pub(super) fn companions(&mut self, report: &Report) -> Vec<Related> {
        let mut out: Vec<Related> = parts(report)
            .into_iter()
            .map(|part| {
                let unit = |id: &str| report.units.iter().find(|unit| unit.id.value == *id).map(|unit| &unit.name);
                let (kind, title) = match &part {
                    Part::Unit(id) => (EXTRACT, unit(id).unwrap_or(&report.title)),
                    Part::Decision => (DECISION, &report.title),
                };
                let version = report.version.value.clone();
                Related { id: derived_id(&report.id, &part), version, kind: kind.to_owned(), title: title.clone() }
            })
            .collect();
        for made in &out {
            if self.system.exists(&format!("content/{}/report.yaml", made.id)) {
                self.sink.push(
                    Diagnostic::error(
                        Code::ID_DUPLICATE,
                        format!("content/{} would be written over by what is made from this report", made.id),
                    )
                    .at(report.kind.span)
                    .help("rename the folder, or the unit"),
                );
            }
        }
        for name in &report.companions {
            match headers(self.system, &name.value) {
                Some(companion) => {
                    // Its title and version stand in the imprint: it is an input, and is packed with the others.
                    let path = format!("content/{}/report.yaml", name.value);
                    if let Ok(bytes) = self.system.read(&path) {
                        self.inputs.push((path, bytes));
                    }
                    out.push(related(&companion));
                }
                None => self.sink.push(
                    Diagnostic::error(Code::FILE_MISSING, format!("there is no report `{}`", name.value))
                        .at(name.span)
                        .nearest(&name.value, report_ids(self.system).iter().map(String::as_str)),
                ),
            }
        }
        out
    }
}
