//! Follow-ups: what became of each development area that an inspection found, and of its figures.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::data::{self, ColumnKind, DataBlock, Label};
use crate::document::visit::content_mut;
use crate::document::{BlockName, Inline};
use crate::model::{Demand, DocumentKind, Project};
use crate::source::{Spanned, Text};
use crate::value::Value;

use super::demands::Demands;
use super::directives::{Expander, find};
use super::inline;

/// A follow-up says what it follows.
pub(super) fn check(project: &Project, demands: &mut Demands) {
    if project.findings.follow_up.is_none() {
        demands.unmet(
            Demand::FollowUp,
            Demand::FollowUp
                .unmet(say!("the report does not say what it follows up"))
                .at(project.report.kind.span)
                .help(say!("add `follow-up` to a file in findings/, and print it with {{ follow-up <unit> }}")),
        );
    }
}

impl<'a> Expander<'a> {
    /// `{{ follow-up norra }}`: each development area of a unit with its status, what has been done and how that is known.
    pub(super) fn follow_up(&mut self, unit: &Spanned<String>) -> Option<DataBlock> {
        let Some(follow_up) = &self.project.findings.follow_up else {
            // That a report of this kind follows up nothing was reported.
            if self.project.report.kind.value != DocumentKind::FollowUp {
                self.sink.push(
                    Diagnostic::error(
                        Code::BLOCK_UNKNOWN,
                        say!("`follow-up` prints what became of another report's development areas"),
                    )
                    .at(unit.span)
                    .also(self.project.report.kind.span, say!("only a follow-up does that"))
                    .help(say!(
                        "take the block away, or write kind: follow-up and add `follow-up` to a file in findings/"
                    )),
                );
            }
            return None;
        };
        // What it follows and cannot be loaded was reported.
        let followed = self.project.others.iter().find(|other| other.report.id == follow_up.of.value)?;
        let own = find(&follow_up.units, |u| &u.unit, unit, Code::UNIT_UNKNOWN, "follow-up of unit", self.sink)?;
        self.place(BlockName::FollowUp, &own.unit, unit)?;
        let assessment = followed.findings.assessments.iter().find(|known| known.unit.value == own.unit.value)?;
        let name = followed.report.units.iter().find(|known| known.id.value == own.unit.value)?;
        let columns = ["status", "follow_up_done", "follow_up_evidence"].map(|key| data::Column {
            id: key.to_owned(),
            label: Label::Word(key),
            group: None,
            kind: ColumnKind::Text,
            of: None,
            total: false,
        });
        let mut rows = Vec::new();
        for (at, (area, item)) in assessment.development.iter().zip(&own.items).enumerate() {
            let status = Text::new(self.locale.label(item.progress.label()), own.unit.span);
            rows.push(data::Row {
                id: format!("{}-{}", own.unit.value, at + 1),
                label: Label::Own(adopted(inline(&area.text, self.sink), &follow_up.of.value)),
                values: vec![Value::Text(status), Value::Text(item.done.clone()), Value::Text(item.evidence.clone())],
                total: false,
            });
        }
        let caption = self.locale.fill("follow_up_of", &[("unit", &name.name.value)]);
        Some(DataBlock::Table(data::Table {
            id: format!("follow-up-{}", own.unit.value),
            caption: vec![Inline::Text(caption, own.unit.span)],
            stub: self.word("development_area", own.unit.span),
            columns: columns.to_vec(),
            rows,
            notes: Vec::new(),
            note: None,
            source: follow_up.source.as_ref().map(|source| inline(source, self.sink)),
            span: own.unit.span,
        }))
    }
}

/// Text of another report: its figures are known here by that report's name.
pub(super) fn adopted(content: Vec<Inline>, report: &str) -> Vec<Inline> {
    let adopt = |mut inline: Inline| {
        match &mut inline {
            Inline::Binding(binding) => binding.path.value = format!("{report}:{}", binding.path.value),
            // Notes, sources and places of the other report are not here.
            Inline::Reference { content, span, .. } => {
                return Some(Inline::Text(crate::markdown::plain(content), *span));
            }
            Inline::Citation { .. } | Inline::NoteReference { .. } => return None,
            _ => {}
        }
        if let Some(content) = content_mut(&mut inline) {
            *content = adopted(std::mem::take(content), report);
        }
        Some(inline)
    };
    content.into_iter().filter_map(adopt).collect()
}
