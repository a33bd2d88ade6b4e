//! Follow-ups: how far each unit has come with the development areas of the report that is followed up.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::ColumnKind;
use crate::model::{CellValue, Column, Findings, Progress, Project, Row, Table};
use crate::source::{Spanned, Text};
use crate::value::Exact;

/// Id of the table of how far each unit has come.
const STATUS_TABLE: &str = "follow-up-status";

/// Holds a follow-up against the report that it follows, and counts how far each unit has come.
pub fn status_table(findings: &Findings, others: &[Arc<Project>], sink: &mut Sink) -> Option<Table> {
    let follow_up = findings.follow_up.as_ref()?;
    let Some(followed) = others.iter().find(|other| other.report.id == follow_up.of.value) else {
        sink.push(
            Diagnostic::error(
                Code::FOLLOW_UP,
                say!("`{of}` is not among the reports that this one builds on", of = follow_up.of.value),
            )
            .at(follow_up.of.span)
            .nearest(&follow_up.of.value, others.iter().map(|other| other.report.id.as_str()))
            .help(say!("name it in report.yaml, with the version that is followed up: reports: {…: \"1.0\"}")),
        );
        return None;
    };
    let mut rows = Vec::new();
    for assessment in followed.findings.assessments.iter().filter(|assessment| !assessment.development.is_empty()) {
        let unit = &assessment.unit.value;
        let wanted = assessment.development.len();
        let Some(own) = follow_up.units.iter().find(|own| own.unit.value == *unit) else {
            sink.push(
                Diagnostic::error(Code::FOLLOW_UP, say!("the development areas of `{unit}` are not followed up", unit))
                    .at(follow_up.of.span)
                    .also(assessment.unit.span, say!("they stand here")),
            );
            continue;
        };
        if own.given != wanted {
            let are = if own.given == 1 { say!("is") } else { say!("are") };
            sink.push(
                Diagnostic::error(
                    Code::FOLLOW_UP,
                    say!(
                        "`{unit}` has {wanted} development areas, and {given} {are} followed up",
                        unit,
                        wanted,
                        are,
                        given = own.given
                    ),
                )
                .at(own.unit.span)
                .also(assessment.unit.span, say!("they stand here"))
                .help(say!("give one entry for each, in their order")),
            );
            continue;
        }
        // What is wrong with an entry has been told.
        if own.items.len() != wanted {
            continue;
        }
        let name = followed.report.units.iter().find(|known| known.id.value == *unit).map(|known| &known.name);
        let count = |progress: Progress| own.items.iter().filter(|item| item.progress == progress).count();
        let cells = Progress::WORDS.iter().map(|(_, progress)| {
            let number = i64::try_from(count(*progress)).unwrap_or(i64::MAX);
            Spanned::new(CellValue::Number(Exact::from(number)), own.unit.span)
        });
        rows.push(Row {
            id: own.unit.clone(),
            label: name.cloned().unwrap_or_else(|| Text::new(unit.clone(), own.unit.span)),
            cells: cells.collect(),
            behind: Vec::new(),
            typed_total: None,
            sheet: None,
            span: own.unit.span,
        });
    }
    let known: Vec<&str> = followed.findings.assessments.iter().map(|known| known.unit.value.as_str()).collect();
    for own in follow_up.units.iter().filter(|own| !known.contains(&own.unit.value.as_str())) {
        sink.push(
            Diagnostic::error(
                Code::UNIT_UNKNOWN,
                say!("the report has no development areas of `{unit}`", unit = own.unit.value),
            )
            .at(own.unit.span)
            .nearest(&own.unit.value, known.iter().copied()),
        );
    }
    if rows.is_empty() {
        return None;
    }
    let columns = Progress::WORDS.iter().map(|(id, progress)| Column {
        id: Spanned::new((*id).to_owned(), follow_up.span),
        label: None,
        word: Some(progress.label()),
        group: None,
        kind: ColumnKind::Count,
        of: None,
        weight: None,
        behind: None,
    });
    Some(Table {
        id: Spanned::new(STATUS_TABLE.to_owned(), follow_up.of.span),
        caption: follow_up.caption.clone(),
        stub: follow_up.stub.clone(),
        columns: columns.collect(),
        total_column: true,
        total_row: rows.len() > 1,
        base: None,
        counts: None,
        multiple: false,
        derived: Vec::new(),
        show: None,
        order: None,
        rows,
        cross: None,
        ranking: None,
        gathered: None,
        typed_total: None,
        notes: Vec::new(),
        note: None,
        source: follow_up.source.clone(),
        span: follow_up.span,
    })
}
