//! Tables of the findings as blocks.

use std::collections::BTreeSet;

use crate::compute::statistics::Statistics;
use crate::compute::table::Heading;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Inline;
use crate::document::data::{self, Label};
use crate::document::visit::walk_inlines;
use crate::markdown::parse_inline;
use crate::model;
use crate::value::Value;

/// A table with its texts parsed and its totals computed.
pub fn data_table(table: &model::Table, statistics: &Statistics, sink: &mut Sink) -> Option<data::Table> {
    let computed = statistics.tables.get(&table.id.value)?;
    let marks: Vec<String> = table.notes.iter().map(|(mark, _)| mark.value.clone()).collect();
    let mut text = |text: &crate::source::Text| parse_inline(text, &marks, sink);
    let mut label = |heading: &Heading| match heading {
        Heading::Given(given) => Label::Own(text(given)),
        Heading::Women => Label::Women,
        Heading::Men => Label::Men,
        Heading::Total => Label::Total,
        Heading::Count => Label::Count,
        Heading::Missing => Label::Missing,
        Heading::Word(key) => Label::Word(key),
        Heading::Rank => Label::Rank,
        Heading::Change => Label::Change,
    };
    let columns: Vec<data::Column> = computed
        .columns
        .iter()
        .map(|column| data::Column {
            id: column.id.clone(),
            label: label(&column.label),
            group: column.group.as_ref().map(|group| match label(&Heading::Given(group.clone())) {
                Label::Own(content) => content,
                _ => Vec::new(),
            }),
            kind: column.kind.clone(),
            sex: column.sex,
            total: column.total,
        })
        .collect();
    let rows: Vec<data::Row> = computed
        .rows
        .iter()
        .map(|row| data::Row {
            id: row.id.clone(),
            label: label(&row.label),
            values: row.values.clone(),
            total: row.total,
        })
        .collect();
    let made = data::Table {
        id: table.id.value.clone(),
        caption: text(&table.caption),
        stub: text(&table.stub),
        columns,
        rows,
        notes: table.notes.iter().map(|(mark, note)| (mark.value.clone(), text(note))).collect(),
        note: table.note.as_ref().map(&mut text),
        source: table.source.as_ref().map(&mut text),
        span: table.id.span,
    };
    check_marks(table, &made, sink);
    Some(made)
}

/// Every note mark is referred to.
fn check_marks(table: &model::Table, made: &data::Table, sink: &mut Sink) {
    let mut used = BTreeSet::new();
    let labels = made.columns.iter().map(|c| &c.label).chain(made.rows.iter().map(|r| &r.label));
    for label in labels {
        if let Label::Own(content) = label {
            collect_marks(content, &mut used);
        }
    }
    made.columns
        .iter()
        .filter_map(|c| c.group.as_ref())
        .chain([&made.caption, &made.stub])
        .for_each(|c| collect_marks(c, &mut used));
    for value in made.rows.iter().flat_map(|row| &row.values) {
        if let Value::Text(text) = value
            && !text.literal
        {
            for (mark, _) in &table.notes {
                if text.value.contains(&format!("[^{}]", mark.value)) {
                    used.insert(mark.value.clone());
                }
            }
        }
    }
    for (mark, _) in &table.notes {
        if !used.contains(&mark.value) {
            sink.push(
                Diagnostic::error(
                    Code::TABLE_NOTE,
                    format!("no cell of the table refers to the note `{}`", mark.value),
                )
                .at(mark.span)
                .help(format!("write [^{}] where the note belongs, or delete it", mark.value)),
            );
        }
    }
}

/// Adds the labels of all notes that inlines refer to.
pub fn collect_marks(inlines: &[Inline], out: &mut BTreeSet<String>) {
    walk_inlines(inlines, &mut |inline| {
        if let Inline::NoteReference { label, .. } = inline {
            out.insert(label.clone());
        }
    });
}
