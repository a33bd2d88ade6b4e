//! What authors write and what becomes of it. [`show`] prints blocks and inlines in a short form of their own.

mod blocks;
mod faults;
mod inlines;
mod properties;

use super::*;
use crate::document::{Binding, Directive};
use crate::source::{SourceMap, Span};

/// A chapter, its diagnostics and its source.
struct Parsed {
    chapter: Chapter,
    sink: Sink,
    map: SourceMap,
}

fn parse_whole(text: &str) -> Parsed {
    let mut map = SourceMap::default();
    let id = map.add("chapter.md", text);
    let mut sink = Sink::default();
    let chapter = parse_chapters(id, text, &mut sink).remove(0);
    Parsed { chapter, sink, map }
}

/// Parses the text of a chapter behind a heading, which is left out of the result.
fn parse_body(text: &str) -> Parsed {
    let mut parsed = parse_whole(&format!("# H\n\n{text}"));
    parsed.chapter.blocks.remove(0);
    parsed
}

impl Parsed {
    fn shown(&self) -> String {
        show(&self.chapter.blocks)
    }

    /// Code and covered text of each diagnostic, in order.
    fn faults(&self) -> Vec<(&'static str, &str)> {
        let at = |d: &&Diagnostic| d.primary.as_ref().map_or("", |label| self.map.text(label.span));
        self.sink.sorted(&SourceMap::default()).iter().map(|d| (d.code.0, at(d))).collect()
    }

    fn messages(&self) -> String {
        let all = self.sink.sorted(&SourceMap::default());
        all.iter()
            .map(|d| {
                format!(
                    "{}: {} ({})",
                    d.code,
                    d.message.english(),
                    d.help.iter().map(crate::diagnostic::Said::english).collect::<Vec<_>>().join("; ")
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// The blocks of a text that has no faults.
fn good(text: &str) -> String {
    let parsed = parse_body(text);
    assert!(parsed.sink.is_empty(), "{text}\n{}", parsed.messages());
    parsed.shown()
}

/// The faults of a text.
fn faults(text: &str) -> Vec<(String, String)> {
    let parsed = parse_body(text);
    let owned = |(code, at): (&'static str, &str)| (code.to_owned(), at.to_owned());
    parsed.faults().into_iter().map(owned).collect()
}

#[track_caller]
fn has_faults(text: &str, expected: &[(Code, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(code, at)| (code.0.to_owned(), (*at).to_owned())).collect();
    assert_eq!(faults(text), expected, "{text}\n{}", parse_body(text).messages());
}

fn show(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(h) => {
            let id = h.id.as_ref().map(|id| format!("#{}", id.value)).unwrap_or_default();
            let classes: String = h.classes.iter().map(|class| format!(".{}", class.value)).collect();
            format!("h{}{id}{classes}({})", h.level, line(&h.content))
        }
        Block::Paragraph { content, .. } => format!("p({})", line(content)),
        Block::List { ordered, items, .. } => {
            let items: Vec<_> = items.iter().map(|item| format!("li({})", show(item))).collect();
            match ordered {
                Some(start) => format!("ol{start}({})", items.join(" ")),
                None => format!("ul({})", items.join(" ")),
            }
        }
        Block::Quote { blocks, attribution, .. } => match attribution {
            Some(by) => format!("quote({} by {})", show(blocks), line(by)),
            None => format!("quote({})", show(blocks)),
        },
        Block::Callout { kind, title, folded, blocks, .. } => {
            let title = title.as_ref().map(|title| format!("{}:", line(title))).unwrap_or_default();
            format!("{kind:?}{}({}{})", if *folded { "-" } else { "" }, title, show(blocks))
        }
        Block::Definitions { items, .. } => {
            let item = |d: &crate::document::Definition| {
                let texts: Vec<_> = d.descriptions.iter().map(|blocks| show(blocks)).collect();
                format!("{}: {}", line(&d.term), texts.join(" / "))
            };
            format!("dl({})", items.iter().map(item).collect::<Vec<_>>().join("; "))
        }
        Block::Table(table) => {
            let row = |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| line(cell)).collect::<Vec<_>>().join("|");
            let rows: Vec<_> = std::iter::once(&table.head).chain(&table.rows).map(row).collect();
            format!("table({})", rows.join(" / "))
        }
        Block::Directive(Directive { name, argument, .. }) => {
            let argument = argument.as_ref().map(|argument| format!(" {}", argument.value)).unwrap_or_default();
            format!("!{}{argument}", name.value)
        }
        Block::Image(image) => {
            let caption = image.caption.as_ref().map(|caption| format!(", {}", line(caption))).unwrap_or_default();
            format!("img({}, {}{caption})", image.path.value, image.alt)
        }
        Block::Code { text, language, .. } => format!("code[{}]({text:?})", language.as_deref().unwrap_or("")),
        Block::Rule { .. } => "hr".to_owned(),
        Block::Data(_) => "data".to_owned(),
    }
}

fn line(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text, _) => text.clone(),
        Inline::Emphasis(content) => format!("em<{}>", line(content)),
        Inline::Strong(content) => format!("b<{}>", line(content)),
        Inline::Strikethrough(content) => format!("s<{}>", line(content)),
        Inline::Code(text) => format!("code<{text}>"),
        Inline::Link { href, content, .. } => format!("a<{}>[{}]", line(content), href.value),
        Inline::Reference { target, content, .. } => format!("ref<{}>[{}]", line(content), target.value),
        Inline::Citation { items, .. } => {
            let item = |item: &crate::document::CitationItem| match &item.locator {
                Some(locator) => format!("{}, {locator}", item.key.value),
                None => item.key.value.clone(),
            };
            format!("cite<{}>", items.iter().map(item).collect::<Vec<_>>().join("; "))
        }
        Inline::NoteReference { label, .. } => format!("note<{label}>"),
        Inline::Binding(binding) => format!("fig<{}>", figure(binding)),
        Inline::Language { language, content } => format!("{}<{}>", language.value, line(content)),
        Inline::LineBreak => "<br>".to_owned(),
    }
}

fn figure(binding: &Binding) -> String {
    let word = |word: &Spanned<String>| word.value.clone();
    let filter = |words: &Vec<Spanned<String>>| words.iter().map(word).collect::<Vec<_>>().join(" ");
    let parts: Vec<_> = std::iter::once(binding.path.value.clone()).chain(binding.filters.iter().map(filter)).collect();
    parts.join(" | ")
}

/// Parses a text of a data file that stands verbatim between `before` and a line end.
fn parse_text(before: &str, value: &str, marks: &[&str]) -> (Vec<Inline>, Sink, SourceMap) {
    let mut map = SourceMap::default();
    let id = map.add("data.yaml", format!("{before}{value}\n"));
    let span = Span::new(id, before.len(), before.len() + value.len());
    let text = Text { value: value.to_owned(), span, verbatim: true, literal: false, original: None };
    let marks: Vec<String> = marks.iter().map(|&mark| mark.to_owned()).collect();
    let mut sink = Sink::default();
    let inlines = parse_inline(&text, &marks, &mut sink);
    (inlines, sink, map)
}
