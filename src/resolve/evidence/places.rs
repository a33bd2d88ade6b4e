//! Where bound figures stand on the page: each place gets an address, and the figure a link to what is said of it.

use std::collections::BTreeMap;

use crate::document::resolved::{Block, Chart, Inline, ResolvedDocument, Table};

/// Gives every printed figure its address; returns the addresses of each figure in the order of the document. Figures within links
/// and in the title cannot be links themselves and are passed over.
pub fn number(document: &mut ResolvedDocument) -> BTreeMap<String, Vec<String>> {
    let mut walk = Walk::default();
    for row in &mut document.imprint {
        walk.inlines(&mut row.value);
    }
    walk.optional(&mut document.notice);
    for chapter in &mut document.chapters {
        walk.blocks(&mut chapter.blocks);
    }
    for note in &mut document.notes {
        walk.inlines(&mut note.content);
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: BTreeMap<String, Vec<String>>,
    count: usize,
}

impl Walk {
    fn inlines(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Figure { id, entry, place, .. } => {
                    self.count += 1;
                    let anchor = crate::document::anchor::bound(self.count);
                    *entry = Some(crate::document::anchor::made(id));
                    *place = Some(anchor.clone());
                    self.found.entry(id.clone()).or_default().push(anchor);
                }
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Strikethrough { content }
                | Inline::Inserted { content }
                | Inline::Deleted { content }
                | Inline::Language { content, .. }
                | Inline::Anchor { content, .. } => self.inlines(content),
                Inline::Text { .. }
                | Inline::Code { .. }
                | Inline::Link { .. }
                | Inline::Reference { .. }
                | Inline::Note { .. }
                | Inline::Mark { .. }
                | Inline::LineBreak => {}
            }
        }
    }

    fn optional(&mut self, inlines: &mut Option<Vec<Inline>>) {
        self.inlines(inlines.as_deref_mut().unwrap_or_default());
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading { content, .. } | Block::Paragraph { content } => self.inlines(content),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                Block::Quote { blocks, attribution } => {
                    self.blocks(blocks);
                    self.optional(attribution);
                }
                Block::Callout { blocks, .. } => self.blocks(blocks),
                Block::Definitions { items } => {
                    for item in items {
                        self.inlines(&mut item.term);
                        item.descriptions.iter_mut().for_each(|text| self.blocks(text));
                    }
                }
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => self.chart(chart),
                Block::Image(image) => {
                    self.optional(&mut image.caption);
                    self.optional(&mut image.credit);
                }
                Block::Assessment { items, .. } => items.iter_mut().for_each(|item| self.inlines(&mut item.content)),
                Block::Statement { content, attribution, .. } => {
                    self.inlines(content);
                    self.inlines(attribution);
                }
                Block::Process { title, steps } => {
                    self.optional(title);
                    for step in steps {
                        self.inlines(&mut step.title);
                        self.optional(&mut step.text);
                    }
                }
                Block::Bibliography { items } => items.iter_mut().for_each(|item| self.inlines(&mut item.content)),
                Block::Timeline { title, entries } => {
                    self.optional(title);
                    for entry in entries {
                        self.inlines(&mut entry.title);
                        self.optional(&mut entry.text);
                    }
                }
                Block::KeyFigures { items } => {
                    for item in items {
                        self.inlines(&mut item.value);
                        self.inlines(&mut item.label);
                    }
                }
                Block::Pairs { items } => {
                    for item in items {
                        self.inlines(&mut item.problem);
                        self.inlines(&mut item.proposal);
                    }
                }
                Block::Question(question) => {
                    self.inlines(&mut question.content);
                    question.parts.iter_mut().for_each(|part| self.inlines(&mut part.content));
                }
                Block::Downloads { items } => items.iter_mut().for_each(|item| self.inlines(&mut item.title)),
                Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    fn table(&mut self, table: &mut Table) {
        self.optional(&mut table.caption);
        table.head.iter_mut().flatten().for_each(|cell| self.inlines(&mut cell.content));
        table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| self.inlines(&mut cell.content));
        table.notes.iter_mut().for_each(|note| self.inlines(&mut note.content));
        self.optional(&mut table.note);
        self.optional(&mut table.source);
    }

    fn chart(&mut self, chart: &mut Chart) {
        self.inlines(&mut chart.caption);
        self.table(&mut chart.table);
        self.optional(&mut chart.note);
        self.optional(&mut chart.source);
    }
}
