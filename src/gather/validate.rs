//! What can only be said when everything is read: ids used once, and every id that points to something points to something.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, Thing, say};
use crate::model::Project;
use crate::source::{Span, Spanned};
use crate::system::is_device;

/// Reports duplicate and dangling ids.
pub fn validate(project: &Project, sink: &mut Sink) {
    let findings = &project.findings;
    let rows = findings.tables.iter().flat_map(|table| {
        table.rows.iter().map(move |row| Spanned::new(format!("{}.{}", table.id.value, row.id.value), row.id.span))
    });
    unique(say!("figure"), findings.figures.iter().map(|f| f.id.clone()).chain(rows), sink);
    unique(say!("statement"), findings.statements.iter().map(|s| s.id.clone()), sink);
    unique(say!("definition"), findings.definitions.iter().map(|d| d.id.clone()), sink);
    unique(say!("process"), findings.processes.iter().map(|p| p.id.clone()), sink);
    unique(say!("quality area"), findings.areas.iter().map(|a| a.id.clone()), sink);
    unique(say!("assessment of unit"), findings.assessments.iter().map(|a| a.unit.clone()), sink);

    unique(say!("time line"), findings.timelines.iter().map(|t| t.id.clone()), sink);
    let made = findings.plans.iter().map(|p| p.id.clone()).chain(findings.examples.iter().map(|e| e.id.clone()));
    unique(say!("table"), findings.tables.iter().map(|t| t.id.clone()).chain(made), sink);
    as_files(say!("table"), findings.tables.iter().map(|t| &t.id), sink);
    as_files(say!("chart"), project.charts.iter().map(|chart| &chart.id), sink);
    unique(say!("group of key figures"), findings.key_figures.iter().map(|k| k.id.clone()), sink);
    unique(say!("question"), findings.questions.iter().map(|q| q.id.clone()), sink);
    unique(say!("proposal"), findings.pairs.iter().map(|p| p.id.clone()), sink);
    unique(say!("survey"), findings.surveys.iter().map(|s| s.id.clone()), sink);
    unique(say!("picture"), findings.pictures.iter().map(|p| p.id.clone()), sink);
    unique(say!("download"), findings.downloads.iter().map(|d| d.id.clone()), sink);

    if let (Some(_), None) = (project.report.decision_page, &findings.decision) {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, say!("report.yaml asks for a decision page, and no findings file has one"))
                .at(project.report.kind.span)
                .help(say!("add `decision:` with `proposed` and `findings` to a file in findings/, or take `decision-page` out of report.yaml")),
        );
    }
    let units: Vec<&str> = project.report.units.iter().map(|unit| unit.id.value.as_str()).collect();
    let named =
        findings.assessments.iter().map(|a| &a.unit).chain(findings.statements.iter().filter_map(|s| s.unit.as_ref()));
    for unit in named {
        known(unit, &units, Code::UNIT_UNKNOWN, say!("unit"), say!("units are listed in report.yaml"), sink);
    }
    let areas: Vec<&str> = findings.areas.iter().map(|area| area.id.value.as_str()).collect();
    let assessed = findings.assessments.iter().flat_map(|a| a.strengths.iter().chain(&a.development));
    let placed = findings.examples.iter().flat_map(|examples| &examples.items).map(|example| &example.area);
    for area in assessed.filter_map(|item| item.area.as_ref()).chain(placed) {
        known(
            area,
            &areas,
            Code::AREA_UNKNOWN,
            say!("quality area"),
            say!("quality areas are listed under `quality-areas`"),
            sink,
        );
    }
    let tables: Vec<&str> = findings.tables.iter().map(|table| table.id.value.as_str()).collect();
    for chart in project.charts.iter() {
        known(&chart.table, &tables, Code::TABLE_UNKNOWN, say!("table"), say!("tables are defined in findings/"), sink);
    }
}

fn unique(what: Said, ids: impl Iterator<Item = Spanned<String>>, sink: &mut Sink) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for id in ids {
        if let Some(first) = seen.get(&id.value) {
            sink.push(
                Diagnostic::error(Code::ID_DUPLICATE, say!("the {what} `{id}` is defined twice", what, id = id.value))
                    .label(id.span, say!("again here"))
                    .also(*first, say!("first here"))
                    .help(say!("rename one of them")),
            );
        } else {
            seen.insert(id.value, id.span);
        }
    }
}

/// Tables and charts become files of their names.
fn as_files<'a>(what: Said, ids: impl Iterator<Item = &'a Spanned<String>>, sink: &mut Sink) {
    for id in ids.filter(|id| is_device(&id.value)) {
        let message = say!(
            "the {what} `{id}` would become a file that cannot be on Windows: it is the name of a device",
            what,
            id = id.value
        );
        sink.push(Diagnostic::error(Code::ADDRESS, message).at(id.span).help(say!("give it another id")));
    }
}

fn known(id: &Spanned<String>, all: &[&str], code: Code, what: Said, help: Said, sink: &mut Sink) {
    if !all.contains(&id.value.as_str()) {
        sink.push(
            Diagnostic::error(code, say!("there is no {what} `{id}`", what, id = id.value))
                .at(id.span)
                .lacks(Thing::meant_by(code), &id.value)
                .nearest(&id.value, all.iter().copied())
                .help(help),
        );
    }
}
