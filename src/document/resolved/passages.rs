//! Addresses of passages: paragraphs, items, boxes, pictures, typed tables and notes, each made of its section and its words.
//!
//! They stay over versions while the words stay, whatever is put in before, and numbers are none of the words: a bound figure that changes,
//! a mark of revision or a table that has another number leaves the address as it is.

use std::collections::BTreeMap;

use super::visit::{Line, VisitMut, walk_block_mut};
use super::{Block, Inline, ResolvedDocument, Table};
use crate::document::anchor;
use crate::system::sha256;

/// Gives every passage of a finished document its address.
pub fn address(document: &mut ResolvedDocument) {
    let mut addresses = Addresses { section: String::new(), same: BTreeMap::new() };
    for chapter in &mut document.chapters {
        addresses.section.clone_from(&chapter.anchor);
        addresses.blocks(&mut chapter.blocks);
    }
    anchor::NOTES.clone_into(&mut addresses.section);
    for note in &mut document.notes {
        note.passage = addresses.next(&[&note.content]);
    }
}

struct Addresses {
    section: String,
    /// How many passages have the same hash.
    same: BTreeMap<String, u32>,
}

impl Addresses {
    fn next(&mut self, lines: &[&[Inline]]) -> String {
        let mut words = Words::default();
        lines.iter().for_each(|line| words.inlines(line));
        self.of_words(words)
    }

    fn of_words(&mut self, words: Words) -> String {
        let hash = sha256(format!("{}\n{}", self.section, words.0.trim()).as_bytes());
        let hash = hash.get(..8).unwrap_or(&hash).to_owned();
        let nth = self.same.entry(hash.clone()).and_modify(|same| *same += 1).or_insert(1);
        anchor::passage(&hash, *nth)
    }
}

impl VisitMut for Addresses {
    fn block(&mut self, block: &mut Block) {
        match block {
            Block::Heading { anchor, .. } => self.section.clone_from(anchor),
            Block::Paragraph { passage, content } => *passage = self.next(&[content]),
            Block::Statement { passage, content, .. } => *passage = self.next(&[content]),
            Block::Code { passage, text } => {
                let mut words = Words::default();
                words.push(text);
                *passage = self.of_words(words);
            }
            Block::Callout { passage, title, blocks, .. } => {
                let mut words = Words::default();
                words.push(title);
                words.blocks(blocks);
                *passage = self.of_words(words);
            }
            Block::Image(image) => {
                let mut words = Words::default();
                words.push(&image.alt);
                image.caption.iter().for_each(|caption| words.inlines(caption));
                image.passage = self.of_words(words);
            }
            Block::Assessment { items, .. } => {
                items.iter_mut().for_each(|item| item.passage = self.next(&[&item.content]));
            }
            Block::Process { steps, .. } => {
                for step in steps {
                    step.passage = self.next(&[&step.title, step.text.as_deref().unwrap_or_default()]);
                }
            }
            Block::Timeline { entries, .. } => {
                for entry in entries {
                    entry.passage = self.next(&[&entry.title, entry.text.as_deref().unwrap_or_default()]);
                }
            }
            Block::KeyFigures { items } => {
                items.iter_mut().for_each(|item| item.passage = self.next(&[&item.value, &item.label]));
            }
            Block::Pairs { items } => {
                items.iter_mut().for_each(|item| item.passage = self.next(&[&item.problem, &item.proposal]));
            }
            Block::Definitions { items } => {
                items.iter_mut().for_each(|item| item.passage = self.next(&[&item.term]));
            }
            // Its table is folded under it.
            Block::Chart(_) => return,
            _ => {}
        }
        walk_block_mut(self, block);
    }

    fn table(&mut self, table: &mut Table) {
        // One made from data has a lasting address.
        if table.id().is_none() {
            let head = table.head.iter().flatten().map(|cell| &*cell.content);
            let lines: Vec<&[Inline]> = table.caption.as_deref().into_iter().chain(head).collect();
            table.passage = self.next(&lines);
        }
    }

    fn line(&mut self, _: &mut Vec<Inline>, _: Line) {}
}

/// Letters in small, everything else one blank.
#[derive(Default)]
struct Words(String);

impl Words {
    fn push(&mut self, text: &str) {
        for c in text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')) {
            if c.is_alphabetic() {
                self.0.extend(c.to_lowercase());
            } else if !self.0.ends_with(' ') {
                self.0.push(' ');
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Figure { .. } | Inline::Deleted { .. } => self.push(" "),
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Strikethrough { content }
                | Inline::Inserted { content }
                | Inline::Link { content, .. }
                | Inline::Reference { content, .. }
                | Inline::Anchor { content, .. }
                | Inline::Language { content, .. } => self.inlines(content),
                _ => self.push(inline.words()),
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        struct Lines<'w>(&'w mut Words);
        impl<'a> super::visit::Visit<'a> for Lines<'_> {
            fn line(&mut self, words: &'a [Inline], _: Line) {
                self.0.inlines(words);
                self.0.push(" ");
            }
        }
        super::visit::Visit::blocks(&mut Lines(self), blocks);
    }
}
