//! Tables of the findings as blocks.

use std::collections::BTreeSet;

use crate::compute::statistics::Statistics;
use crate::compute::table::{ComputedColumn, ComputedRow, Heading};
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::Inline;
use crate::document::data::{self, Label};
use crate::document::visit::walk_inlines;
use crate::markdown::parse_inline;
use crate::model;
use crate::source::Text;
use crate::value::Value;

/// A table with its texts parsed and its totals computed.
pub fn data_table(table: &model::Table, statistics: &Statistics, sink: &mut Sink) -> Option<data::Table> {
    let computed = statistics.tables.get(&table.id.value)?;
    // Those that are not printed stand behind the others.
    let printed: Vec<ComputedColumn> = computed.columns.iter().filter(|column| column.printed).cloned().collect();
    let rows = computed
        .rows
        .iter()
        .map(|row| ComputedRow { values: row.values.iter().take(printed.len()).cloned().collect(), ..row.clone() });
    let body = table_of(table, &printed, &rows.collect::<Vec<_>>(), sink);
    let mut text = |text: &Text| parse_inline(text, &marks(table), sink);
    let made = data::Table {
        caption: text(&table.caption),
        note: table.note.as_ref().map(&mut text),
        source: table.source.as_ref().map(&mut text),
        ..body
    };
    check_marks(table, &made, sink);
    Some(made)
}

/// Columns and rows of a table with the notes that they may refer to, and without what stands above and below it.
pub fn table_of(
    table: &model::Table,
    columns: &[ComputedColumn],
    rows: &[ComputedRow],
    sink: &mut Sink,
) -> data::Table {
    let marks = marks(table);
    let mut text = |text: &Text| parse_inline(text, &marks, sink);
    data::Table {
        id: table.id.value.clone(),
        caption: Vec::new(),
        stub: text(&table.stub),
        columns: columns
            .iter()
            .map(|column| data::Column {
                id: column.id.clone(),
                label: label(&column.label, &mut text),
                group: column.group.as_ref().map(&mut text),
                kind: column.kind.clone(),
                of: column.of,
                total: column.total,
            })
            .collect(),
        rows: rows
            .iter()
            .map(|row| data::Row {
                id: row.id.clone(),
                label: label(&row.label, &mut text),
                values: row.values.clone(),
                total: row.total,
            })
            .collect(),
        notes: table.notes.iter().map(|(mark, note)| (mark.value.clone(), text(note))).collect(),
        note: None,
        source: None,
        span: table.id.span,
    }
}

fn marks(table: &model::Table) -> Vec<String> {
    table.notes.iter().map(|(mark, _)| mark.value.clone()).collect()
}

fn label(heading: &Heading, text: &mut impl FnMut(&Text) -> Vec<Inline>) -> Label {
    match heading {
        Heading::Given(given) => Label::Own(text(given)),
        Heading::Group(group) => Label::Group(*group),
        Heading::Total => Label::Total,
        Heading::Count => Label::Count,
        Heading::Missing => Label::Missing,
        Heading::Word(key) => Label::Word(key),
        Heading::Rank => Label::Rank,
        Heading::Change => Label::Change,
    }
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
                    say!("no cell of the table refers to the note `{mark}`", mark = mark.value),
                )
                .at(mark.span)
                .help(say!("write [^{mark}] where the note belongs, or delete it", mark = mark.value)),
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
