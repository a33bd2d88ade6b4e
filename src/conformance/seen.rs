//! Everything of a document that the rules ask for, gathered in one walk.

use std::collections::BTreeSet;

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
    pub fn of(document: &'a ResolvedDocument) -> Self {
        let mut seen = Self::default();
        let front = [Some(&document.title), document.subtitle.as_ref(), document.notice.as_ref()];
        front.into_iter().flatten().for_each(|line| seen.inlines(line));
        document.imprint.iter().for_each(|row| seen.inlines(&row.value));
        for chapter in &document.chapters {
            seen.blocks(&chapter.blocks);
        }
        for note in &document.notes {
            seen.anchors.insert(note.anchor.clone());
            seen.inlines(&note.content);
        }
        seen
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, anchor, content, text, .. } => {
                    self.headings.push((*level, text));
                    self.anchors.insert(anchor.clone());
                    self.inlines(content);
                }
                Block::Paragraph { content } => self.inlines(content),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote { blocks, attribution } => {
                    self.blocks(blocks);
                    self.inlines(attribution.as_deref().unwrap_or_default());
                }
                Block::Callout { blocks, .. } => self.blocks(blocks),
                Block::Definitions { items } => {
                    for item in items {
                        self.inlines(&item.term);
                        item.descriptions.iter().for_each(|text| self.blocks(text));
                    }
                }
                Block::Table(table) => {
                    self.tables.push(table);
                    self.table(table);
                }
                Block::Chart(chart) => {
                    self.charts.push(chart);
                    self.anchors.insert(chart.anchor.clone());
                    self.inlines(&chart.caption);
                    self.inlines(chart.note.as_deref().unwrap_or_default());
                    self.inlines(chart.source.as_deref().unwrap_or_default());
                    self.inlines(chart.table_reference.as_slice());
                    self.table(&chart.table);
                }
                Block::Image(image) => {
                    self.images.push(image);
                    self.inlines(image.caption.as_deref().unwrap_or_default());
                    self.inlines(image.credit.as_deref().unwrap_or_default());
                }
                Block::Assessment { items, .. } => items.iter().for_each(|item| self.inlines(&item.content)),
                Block::Statement { content, attribution, .. } => {
                    self.inlines(content);
                    self.inlines(attribution);
                }
                Block::Process { title, steps } => {
                    self.inlines(title.as_deref().unwrap_or_default());
                    for step in steps {
                        self.inlines(&step.title);
                        self.inlines(step.text.as_deref().unwrap_or_default());
                    }
                }
                Block::Bibliography { items } => {
                    for item in items {
                        self.anchors.insert(item.anchor.clone());
                        self.inlines(&item.content);
                    }
                }
                Block::Timeline { title, entries } => {
                    self.inlines(title.as_deref().unwrap_or_default());
                    for entry in entries {
                        self.inlines(&entry.title);
                        self.inlines(entry.text.as_deref().unwrap_or_default());
                    }
                }
                Block::KeyFigures { items } => {
                    for item in items {
                        self.inlines(&item.value);
                        self.inlines(&item.label);
                    }
                }
                Block::Pairs { items } => {
                    for item in items {
                        self.inlines(&item.problem);
                        self.inlines(&item.proposal);
                    }
                }
                Block::Question(question) => {
                    self.anchors.insert(question.anchor.clone());
                    self.inlines(&question.content);
                    for part in &question.parts {
                        self.anchors.insert(part.anchor.clone());
                        self.inlines(&part.content);
                    }
                }
                Block::Downloads { items } => items.iter().for_each(|item| self.inlines(&item.title)),
                Block::Code { .. } | Block::Rule => {}
            }
        }
    }

    fn table(&mut self, table: &'a Table) {
        self.anchors.insert(table.anchor.clone());
        let before = self.marks.len();
        self.inlines(table.caption.as_deref().unwrap_or_default());
        table.head.iter().flatten().for_each(|cell| self.inlines(&cell.content));
        table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.inlines(&cell.content));
        table.notes.iter().for_each(|note| self.inlines(&note.content));
        // A note of a table stands where its mark leads.
        let own = self.marks.iter().skip(before).filter(|(mark, _)| table.notes.iter().any(|note| note.mark == *mark));
        self.anchors.extend(own.map(|(_, anchor)| (*anchor).to_owned()));
        self.inlines(table.note.as_deref().unwrap_or_default());
        self.inlines(table.source.as_deref().unwrap_or_default());
    }

    fn inlines(&mut self, inlines: &'a [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { .. } | Inline::Code { .. } | Inline::Figure { .. } | Inline::LineBreak => {}
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Strikethrough { content }
                | Inline::Inserted { content }
                | Inline::Deleted { content } => {
                    self.inlines(content);
                }
                Inline::Link { href, content } => {
                    self.addresses.push((href.clone(), plain_text(content)));
                    self.inlines(content);
                }
                Inline::Reference { anchor, content } => {
                    self.references.push((anchor.clone(), plain_text(content)));
                    self.inlines(content);
                }
                Inline::Note { number, anchor, reference, .. } => {
                    self.anchors.insert(reference.clone());
                    self.references.push((anchor.clone(), number.to_string()));
                }
                Inline::Mark { mark, anchor } => {
                    self.marks.push((mark, anchor));
                    self.references.push((anchor.clone(), mark.clone()));
                }
                Inline::Language { language, content } => {
                    self.languages.push(language);
                    self.inlines(content);
                }
                Inline::Anchor { anchor, content } => {
                    self.anchors.insert(anchor.clone());
                    self.inlines(content);
                }
            }
        }
    }
}
