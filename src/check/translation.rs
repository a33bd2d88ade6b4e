//! A translation's chapters beside those of its original: what still stands there word for word, and what only one of the two shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::visit::{walk_blocks, walk_inlines};
use crate::document::{Block, Chapter, Heading, Inline};
use crate::load::has_words;
use crate::model::{Project, by_file};
use crate::source::{SourceMap, Span};

/// The chapters of one file, and those that they stand for.
pub struct Pair<'a> {
    pub own: &'a [Chapter],
    pub original: &'a [Chapter],
}

/// The files of a translation, each with that of the original in its place; none of another report.
pub fn pairs(project: &Project) -> Vec<Pair<'_>> {
    let Some(original) = &project.original else { return Vec::new() };
    let own = by_file(&project.chapters).into_iter();
    own.zip(by_file(&original.chapters))
        .map(|(own, theirs)| Pair { own: &project.chapters[own], original: &original.chapters[theirs] })
        .collect()
}

/// The texts of chapters that stand in the original word for word.
pub fn untranslated(project: &Project, sources: &SourceMap) -> Vec<Span> {
    let Some(original) = &project.original else { return Vec::new() };
    let known: BTreeSet<&str> = texts(&original.chapters).into_iter().map(|span| sources.text(span).trim()).collect();
    let names: Vec<&str> = project.report.names.iter().map(|name| name.value.as_str()).collect();
    let mut found = texts(&project.chapters);
    found.retain(|span| {
        let text = sources.text(*span).trim();
        known.contains(text) && has_words(&prose(text)) && !names.contains(&prose(text).trim())
    });
    found
}

/// The headings, paragraphs, tables and pictures that are written.
fn texts(chapters: &[Chapter]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut act = |block: &Block| match block {
        Block::Heading(_) | Block::Paragraph { .. } | Block::Table(_) | Block::Image(_) => out.extend(block.span()),
        _ => {}
    };
    for chapter in chapters {
        walk_blocks(&chapter.blocks, &mut act);
        chapter.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut act));
    }
    // Notes of a file are shared by its chapters.
    out.sort();
    out.dedup();
    out
}

/// A text without what is no prose of it: addresses, ids behind headings, citations.
fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', ']']) {
        let (before, from) = rest.split_at(at);
        out.push_str(&before.replace(['#', '[', '*'], ""));
        let (opens, end) = match from {
            _ if from.starts_with("{{") => ("{{", "}}"),
            _ if from.starts_with("{#") || from.starts_with("{.") => ("{", "}"),
            _ if from.starts_with("](") => ("](", ")"),
            _ => (&from[..1], ""),
        };
        let inside = &from[opens.len()..];
        rest = inside.find(end).map_or("", |at| &inside[at + end.len()..]);
    }
    out.push_str(&rest.replace(['#', '[', '*'], ""));
    out
}

/// Something that a chapter shows besides words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// A block made from data, as it is written: `chart prices`.
    Block(String),
    /// A bound figure.
    Figure(String),
    Picture(String),
    /// So many boxes, typed tables, notes.
    Box(usize),
    Table(usize),
    Note(usize),
}

/// What the chapters of one file show, each with the first place where it stands.
pub fn shown(chapters: &[Chapter]) -> BTreeMap<Shown, Span> {
    let mut out: BTreeMap<Shown, Span> = BTreeMap::new();
    let mut all: Vec<(Shown, Span)> = Vec::new();
    let (mut boxes, mut tables, mut notes) = (0, 0, 0);
    for chapter in chapters {
        walk_blocks(&chapter.blocks, &mut |block| {
            match block {
                Block::Directive(directive) => {
                    let argument = directive.argument.as_ref().map(|argument| format!(" {}", argument.value));
                    let words = format!("{}{}", directive.name.value, argument.unwrap_or_default());
                    all.push((Shown::Block(words), directive.span));
                }
                Block::Image(image) => {
                    let name = image.path.value.rsplit('/').next().unwrap_or_default().to_owned();
                    all.push((Shown::Picture(name), image.span));
                }
                Block::Callout { span, .. } => {
                    boxes += 1;
                    all.push((Shown::Box(boxes), *span));
                }
                Block::Table(table) => {
                    tables += 1;
                    all.push((Shown::Table(tables), table.span));
                }
                _ => {}
            }
            for content in inlines(block) {
                walk_inlines(content, &mut |inline| match inline {
                    Inline::Binding(binding) => all.push((Shown::Figure(binding.path.value.clone()), binding.span)),
                    Inline::NoteReference { span, .. } => {
                        notes += 1;
                        all.push((Shown::Note(notes), *span));
                    }
                    _ => {}
                });
            }
        });
    }
    for (shown, span) in all {
        out.entry(shown).or_insert(span);
    }
    out
}

/// The running text of a block itself.
fn inlines(block: &Block) -> Vec<&Vec<Inline>> {
    match block {
        Block::Heading(Heading { content, .. }) | Block::Paragraph { content, .. } => vec![content],
        Block::Quote { attribution, .. } => attribution.iter().collect(),
        Block::Callout { title, .. } => title.iter().collect(),
        Block::Definitions { items, .. } => items.iter().map(|item| &item.term).collect(),
        Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).collect(),
        Block::Image(image) => image.caption.iter().collect(),
        Block::List { .. } | Block::Directive(_) | Block::Code { .. } | Block::Rule { .. } | Block::Data(_) => {
            Vec::new()
        }
    }
}

/// The headings of the chapters of a file.
pub fn headings(chapters: &[Chapter]) -> Vec<&Heading> {
    let mut out = Vec::new();
    for chapter in chapters {
        collect(&chapter.blocks, &mut out);
    }
    out
}

fn collect<'a>(blocks: &'a [Block], out: &mut Vec<&'a Heading>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => out.push(heading),
            Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => collect(blocks, out),
            Block::List { items, .. } => items.iter().for_each(|blocks| collect(blocks, out)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn what_is_no_prose_is_left_out() {
        assert_eq!(prose("## Varsel {#varsel .unnumbered}").trim(), "Varsel");
        assert_eq!(prose("{{ a | full }} [](#chart-a).").trim(), ".");
        assert_eq!(prose("Se [sidan](https://example.org) {{ n }}").trim(), "Se sidan");
    }
}
