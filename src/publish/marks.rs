//! [r] beside every value that differs from the last published version, where it stands: in sentences, tables and downloads.

use std::collections::BTreeSet;

use crate::compare::{Difference, State, normal};
use crate::document::export::DataTable;
use crate::document::resolved::{Block, Inline, ResolvedDocument, Table, TableNote};

use super::changes::ANCHOR;

/// The mark itself, as official statistics has it.
pub const MARK: &str = "[r]";

/// Puts the marks into a document and its downloads. `legend` says what the mark means.
pub fn mark(
    document: &mut ResolvedDocument,
    data: &mut [DataTable],
    (old, difference): (&State, &Difference),
    legend: &str,
) {
    let marker = Marker {
        old,
        figures: difference.figures.iter().filter(|change| change.old.is_some()).map(|c| c.id.as_str()).collect(),
        cells: difference
            .cells
            .iter()
            .filter(|change| change.old.is_some())
            .map(|change| [change.table.as_str(), change.row.as_str(), change.column.as_str()])
            .collect(),
        legend,
    };
    for chapter in &mut document.chapters {
        marker.blocks(&mut chapter.blocks);
    }
    for note in &mut document.notes {
        marker.inlines(&mut note.content);
    }
    for table in data {
        marker.download(table);
    }
}

struct Marker<'a> {
    old: &'a State,
    figures: BTreeSet<&'a str>,
    cells: BTreeSet<[&'a str; 3]>,
    legend: &'a str,
}

impl Marker<'_> {
    /// Whether a binding prints something else than it did; where it was not written so before, whether its figure differs.
    fn differs(&self, id: &str, written: &str, text: &str) -> bool {
        match self.old.bindings.get(written) {
            Some(before) => normal(before) != normal(text),
            None => {
                let row = id.rsplit_once('.');
                self.figures.contains(id)
                    || row.is_some_and(|(table, row)| self.cells.iter().any(|cell| cell[0] == table && cell[1] == row))
            }
        }
    }

    fn inlines(&self, inlines: &mut Vec<Inline>) {
        let mut out = Vec::with_capacity(inlines.len());
        for mut inline in inlines.drain(..) {
            let mut marked = false;
            match &mut inline {
                Inline::Figure { id, written, text, .. } => marked = self.differs(id, written, text),
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Strikethrough { content }
                | Inline::Anchor { content, .. }
                | Inline::Language { content, .. } => self.inlines(content),
                _ => {}
            }
            out.push(inline);
            if marked {
                out.push(Inline::Mark { mark: MARK.to_owned(), anchor: ANCHOR.to_owned() });
            }
        }
        *inlines = out;
    }

    fn optional(&self, inlines: &mut Option<Vec<Inline>>) {
        if let Some(inlines) = inlines {
            self.inlines(inlines);
        }
    }

    /// `own` is false for the table of a chart, whose marks would get addresses of their own on the page.
    fn table(&self, table: &mut Table, own: bool) {
        let mut marked = false;
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let Some([table, row, column]) = &cell.key else { continue };
            if !self.cells.contains(&[table.as_str(), row.as_str(), column.as_str()]) {
                continue;
            }
            marked = true;
            if own {
                cell.content.push(Inline::Mark { mark: MARK.to_owned(), anchor: ANCHOR.to_owned() });
            } else {
                let link = Inline::Reference { anchor: ANCHOR.to_owned(), content: vec![Inline::text(MARK)] };
                cell.content.extend([Inline::text("\u{a0}"), link]);
            }
        }
        if marked {
            table.legend.push(TableNote { mark: MARK.to_owned(), content: vec![Inline::text(self.legend)] });
        }
        for note in &mut table.notes {
            self.inlines(&mut note.content);
        }
        self.optional(&mut table.note);
        self.optional(&mut table.source);
    }

    fn download(&self, table: &mut DataTable) {
        let id = table.id.clone();
        let marked: Vec<String> = table
            .rows
            .iter()
            .flat_map(|row| table.columns.iter().map(move |column| (row, column)))
            .filter(|(row, column)| self.cells.contains(&[id.as_str(), row.id.as_str(), column.id.as_str()]))
            .map(|(row, column)| format!("{}, {}", row.label, column.label))
            .collect();
        if !marked.is_empty() {
            table.notes.push(format!("{MARK} {}: {}", self.legend, marked.join("; ")));
        }
    }

    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph { content } => self.inlines(content),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                Block::Quote { blocks, attribution } => {
                    self.blocks(blocks);
                    self.optional(attribution);
                }
                Block::Callout { blocks, .. } => self.blocks(blocks),
                Block::Definitions { items } => {
                    for item in items {
                        item.descriptions.iter_mut().for_each(|text| self.blocks(text));
                    }
                }
                Block::Table(table) => self.table(table, true),
                Block::Chart(chart) => {
                    self.table(&mut chart.table, false);
                    self.optional(&mut chart.note);
                }
                Block::Assessment { items, .. } => items.iter_mut().for_each(|item| self.inlines(&mut item.content)),
                Block::Statement { content, .. } => self.inlines(content),
                Block::Process { steps, .. } => steps.iter_mut().for_each(|step| self.optional(&mut step.text)),
                Block::Timeline { entries, .. } => {
                    entries.iter_mut().for_each(|entry| self.optional(&mut entry.text));
                }
                Block::KeyFigures { items } => items.iter_mut().for_each(|item| self.inlines(&mut item.value)),
                Block::Pairs { items } => {
                    for pair in items {
                        self.inlines(&mut pair.problem);
                        self.inlines(&mut pair.proposal);
                    }
                }
                Block::Question(question) => {
                    self.inlines(&mut question.content);
                    question.parts.iter_mut().for_each(|part| self.inlines(&mut part.content));
                }
                // Headings stand in the table of contents as well, and captions in lists of links.
                Block::Heading { .. }
                | Block::Image(_)
                | Block::Bibliography { .. }
                | Block::Code { .. }
                | Block::Downloads { .. }
                | Block::Rule => {}
            }
        }
    }
}
