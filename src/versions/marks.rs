//! [r] beside every value that differs from the last published version, where it stands: in sentences, tables and downloads.

use std::collections::BTreeSet;

use crate::compare::{Difference, State, normal};
use crate::document::export::DataTable;
use crate::document::resolved::visit::{
    Line, VisitMut, walk_block_mut, walk_body_mut, walk_inline_mut, walk_table_mut,
};
use crate::document::resolved::{Block, Inline, Table, TableNote};
use crate::resolve::Resolution;

use super::changes::ANCHOR;

/// The mark itself, as official statistics has it.
pub const MARK: &str = "[r]";

/// A document and its downloads with the marks. `legend` says what the mark means.
#[must_use]
pub fn marked(mut resolution: Resolution, old: &State, difference: &Difference, legend: &str) -> Resolution {
    let mut marker = Marker {
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
    walk_body_mut(&mut marker, &mut resolution.document);
    resolution.data.iter_mut().for_each(|table| marker.download(table));
    resolution
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

    /// `own` is false for the table of a chart, where the mark stands on the line as a link.
    fn cells(&mut self, table: &mut Table, own: bool) {
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
                let link = Inline::reference(ANCHOR, vec![Inline::text(MARK)]);
                cell.content.extend([Inline::text("\u{a0}"), link]);
            }
        }
        if marked {
            table.legend.push(TableNote { mark: MARK.to_owned(), content: vec![Inline::text(self.legend)] });
        }
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
}

impl VisitMut for Marker<'_> {
    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Chart(chart) => {
                self.cells(&mut chart.table, false);
                chart.note.iter_mut().for_each(|note| self.inlines(note));
            }
            _ => walk_block_mut(self, block),
        }
    }

    fn table(&mut self, table: &mut Table) {
        self.cells(table, true);
        walk_table_mut(self, table);
    }

    fn line(&mut self, words: &mut Vec<Inline>, line: Line) {
        match line {
            Line::Text | Line::Attribution | Line::Note | Line::Source | Line::Endnote => self.inlines(words),
            // Headings stand in the table of contents as well, and captions in lists of links; cells have been marked.
            Line::Heading
            | Line::Title
            | Line::Term
            | Line::Caption
            | Line::Credit
            | Line::Header
            | Line::Cell
            | Line::Reference => {}
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let mut out = Vec::with_capacity(inlines.len());
        for mut inline in inlines.drain(..) {
            let marked = match &mut inline {
                Inline::Figure { id, written, text, .. } => self.differs(id, written, text),
                // A link holds no other link.
                Inline::Link { .. } | Inline::Reference { .. } => false,
                _ => {
                    walk_inline_mut(self, &mut inline);
                    false
                }
            };
            out.push(inline);
            if marked {
                out.push(Inline::Mark { mark: MARK.to_owned(), anchor: ANCHOR.to_owned() });
            }
        }
        *inlines = out;
    }
}
