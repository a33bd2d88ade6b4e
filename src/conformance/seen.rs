//! Everything of a document that the rules ask for, gathered in one walk.

use std::collections::BTreeSet;

use crate::document::resolved::visit::{Visit, walk_block, walk_body, walk_inline, walk_table};
use crate::document::resolved::{Block, Chart, Image, Inline, ResolvedDocument, Table, plain_text};

/// What stands in a document, in its order.
#[derive(Debug, Default)]
pub struct Seen<'a> {
    /// Level and words.
    pub headings: Vec<(u8, &'a str)>,
    pub tables: Vec<&'a Table>,
    pub charts: Vec<&'a Chart>,
    pub images: Vec<&'a Image>,
    /// Tags of parts in another language.
    pub languages: Vec<&'a str>,
    /// Places that can be linked to.
    pub anchors: BTreeSet<String>,
    /// Links within the document: address and words.
    pub references: Vec<(String, String)>,
    /// Links out of it.
    pub addresses: Vec<(String, String)>,
    /// Marks of tables' notes, each with the address that it leads to.
    marks: Vec<(&'a str, &'a str)>,
}

impl<'a> Seen<'a> {
    pub fn new(document: &'a ResolvedDocument) -> Self {
        let mut seen = Self::default();
        let front = [Some(&document.title), document.subtitle.as_ref(), document.notice.as_ref()];
        front.into_iter().flatten().for_each(|line| seen.inlines(line));
        document.imprint.iter().for_each(|row| seen.inlines(&row.value));
        seen.anchors.extend(document.notes.iter().map(|note| note.anchor.clone()));
        walk_body(&mut seen, document);
        seen
    }
}

impl<'a> Visit<'a> for Seen<'a> {
    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading { level, anchor, text, .. } => {
                self.headings.push((*level, text));
                self.anchors.insert(anchor.clone());
            }
            Block::Table(table) => self.tables.push(table),
            Block::Chart(chart) => {
                self.charts.push(chart);
                self.anchors.insert(chart.anchor.clone());
            }
            Block::Image(image) => self.images.push(image),
            Block::Bibliography { items } => self.anchors.extend(items.iter().map(|item| item.anchor.clone())),
            Block::Question(question) => {
                self.anchors.insert(question.anchor.clone());
                self.anchors.extend(question.parts.iter().map(|part| part.anchor.clone()));
            }
            _ => {}
        }
        walk_block(self, block);
    }

    fn table(&mut self, table: &'a Table) {
        self.anchors.insert(table.anchor.clone());
        let before = self.marks.len();
        walk_table(self, table);
        // A note of a table stands where its mark leads.
        let own = self.marks.iter().skip(before).filter(|(mark, _)| table.notes.iter().any(|note| note.mark == *mark));
        self.anchors.extend(own.map(|(_, anchor)| (*anchor).to_owned()));
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Link { href, content, .. } => self.addresses.push((href.clone(), plain_text(content))),
            Inline::Reference { anchor, content, .. } => self.references.push((anchor.clone(), plain_text(content))),
            Inline::Note { number, anchor, reference, .. } => {
                self.anchors.insert(reference.clone());
                self.references.push((anchor.clone(), number.to_string()));
            }
            Inline::Mark { mark, anchor } => {
                self.marks.push((mark, anchor));
                self.references.push((anchor.clone(), mark.clone()));
            }
            Inline::Language { language, .. } => self.languages.push(language),
            Inline::Anchor { anchor, .. } => {
                self.anchors.insert(anchor.clone());
            }
            _ => {}
        }
        walk_inline(self, inline);
    }
}
