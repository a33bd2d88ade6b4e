//! Markdown as others write it: CommonMark with tables, notes, definitions and a block of metadata.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::say;
use crate::office::Fault;
use crate::value::PartialDate;

use super::language;
use super::manuscript::{Block, Cell, Definition, Facts, Inline, List, Manuscript, Table, words};
use super::remark::Remark;

/// Reads a text.
pub fn read(bytes: &[u8]) -> Result<Manuscript, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::broken(say!("it is not UTF-8")))?;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader { stack: vec![Open::default()], out: Manuscript::default() };
    for event in Parser::new_ext(text.strip_prefix('\u{feff}').unwrap_or(text), options) {
        reader.event(event);
    }
    while reader.stack.len() > 1 {
        reader.stack.pop();
    }
    reader.out.blocks = reader.stack.pop().map(|root| root.blocks).unwrap_or_default();
    Ok(reader.out)
}

/// An element that is open: what was read of it so far.
#[derive(Default)]
struct Open {
    inlines: Vec<Inline>,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
    definitions: Vec<Definition>,
    table: Table,
    row: Vec<Cell>,
    /// Where a link leads, the file of a picture, the name of a note.
    target: String,
    title: String,
    /// The id of a heading.
    id: Option<String>,
    first: Option<u64>,
    is_text: bool,
}

struct Reader {
    stack: Vec<Open>,
    out: Manuscript,
}

impl Reader {
    fn top(&mut self) -> &mut Open {
        if self.stack.is_empty() {
            self.stack.push(Open::default());
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.inline(Inline::Code(code.into_string())),
            Event::FootnoteReference(name) => self.inline(Inline::Note(note_name(&name))),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::LineBreak),
            Event::InlineHtml(html) | Event::Html(html) => {
                let html = html.trim();
                if !html.is_empty() && !html.starts_with("<!--") {
                    self.inline(Inline::Remark(Remark::new(
                        say!("HTML was left out: {html}", html),
                        say!("write it in Markdown, or as one of the blocks that docs/format.md lists"),
                    )));
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.top().inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => self.top().inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    /// Text in a tight item has no paragraph of its own.
    fn close_text(&mut self) {
        let inlines = std::mem::take(&mut self.top().inlines);
        self.paragraph(inlines);
    }

    fn start(&mut self, tag: Tag<'_>) {
        let is_inline =
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. });
        if !is_inline && !self.top().is_text {
            self.close_text();
        }
        let mut open = Open::default();
        match tag {
            Tag::Heading { id, .. } => {
                open.id = id.map(|id| id.into_string());
                open.is_text = true;
            }
            Tag::List(first) => open.first = first,
            Tag::FootnoteDefinition(name) => open.target = name.into_string(),
            Tag::Link { dest_url, .. } => open.target = dest_url.into_string(),
            Tag::Image { dest_url, title, .. } => {
                (open.target, open.title) = (dest_url.into_string(), title.into_string())
            }
            Tag::Paragraph | Tag::DefinitionListTitle | Tag::TableCell | Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                open.is_text = true
            }
            _ => {}
        }
        self.stack.push(open);
    }

    fn end(&mut self, tag: TagEnd) {
        if !self.top().is_text
            && !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        {
            self.close_text();
        }
        let Some(open) = self.stack.pop() else { return };
        match tag {
            TagEnd::Paragraph => self.paragraph(open.inlines),
            TagEnd::Heading(level) => {
                let mut content = open.inlines;
                let id = open.id.unwrap_or_else(|| crate::markdown::slug(&words(&content)));
                content.insert(0, Inline::Anchor(id));
                self.top().blocks.push(Block::Heading { level: level as u8, content });
            }
            TagEnd::BlockQuote(_) => self.top().blocks.push(Block::Quotation(open.blocks)),
            TagEnd::CodeBlock => self.top().blocks.push(Block::Code(words(&open.inlines).trim_end().to_owned())),
            TagEnd::List(_) => self.top().blocks.push(Block::List(List { ordered: open.first, items: open.items })),
            TagEnd::Item => self.top().items.push(open.blocks),
            TagEnd::FootnoteDefinition => _ = self.out.notes.insert(note_name(&open.target), open.blocks),
            TagEnd::DefinitionList => self.top().blocks.push(Block::Definitions(open.definitions)),
            TagEnd::DefinitionListTitle => {
                self.top().definitions.push(Definition { term: open.inlines, description: Vec::new() });
            }
            TagEnd::DefinitionListDefinition => {
                if let Some(definition) = self.top().definitions.last_mut() {
                    definition.description.extend(open.blocks);
                }
            }
            TagEnd::Table => self.top().blocks.push(Block::Table(open.table)),
            TagEnd::TableHead => {
                self.top().table.rows.push(open.row);
                self.top().table.header_rows = 1;
            }
            TagEnd::TableRow => self.top().table.rows.push(open.row),
            TagEnd::TableCell => {
                let blocks = if open.inlines.is_empty() { Vec::new() } else { vec![Block::body(open.inlines)] };
                self.top().row.push(Cell { blocks, columns: 1, continues: false });
            }
            TagEnd::Emphasis => self.inline(Inline::Emphasis(open.inlines)),
            TagEnd::Strong => self.inline(Inline::Strong(open.inlines)),
            TagEnd::Strikethrough => self.inline(Inline::Strikethrough(open.inlines)),
            TagEnd::Link => {
                let content = open.inlines;
                self.inline(match open.target.strip_prefix('#') {
                    Some(anchor) => Inline::Reference { anchor: anchor.to_owned(), content },
                    None => Inline::Link { address: open.target, content },
                });
            }
            TagEnd::Image => self.picture(&open),
            TagEnd::MetadataBlock(_) => self.out.facts = facts(&words(&open.inlines)),
            TagEnd::HtmlBlock | TagEnd::Superscript | TagEnd::Subscript => self.top().inlines.extend(open.inlines),
        }
    }

    /// A paragraph; ": Besök per månad" below a table is pandoc's caption of it.
    fn paragraph(&mut self, mut content: Vec<Inline>) {
        super::inlines::trim(&mut content);
        if content.is_empty() {
            return;
        }
        let text = words(&content);
        let marker = [": ", "Table: ", "Tabell: "].into_iter().find(|marker| text.starts_with(marker));
        if let (Some(marker), Some(Block::Table(table))) = (marker, self.top().blocks.last_mut())
            && table.caption.is_empty()
        {
            super::inlines::drop_words(&mut content, marker.len());
            table.caption = content;
            return;
        }
        self.top().blocks.push(Block::body(content));
    }

    /// Only the place of a picture is known here: its file lies beside the document.
    fn picture(&mut self, open: &Open) {
        let shown = if open.title.is_empty() { words(&open.inlines) } else { open.title.clone() };
        self.inline(Inline::Remark(Remark::picture_outside(&open.target)));
        self.inline(Inline::Text(shown));
    }
}

/// The name of a note without what cannot stand in one.
fn note_name(name: &str) -> String {
    crate::markdown::slug(name)
}

/// The lines `title: …` and the like of a block of metadata.
fn facts(text: &str) -> Facts {
    let values: BTreeMap<&str, &str> = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim(), value.trim().trim_matches(['"', '\''])))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let of = |key: &str| values.get(key).map(|value| (*value).to_owned());
    Facts {
        title: of("title"),
        subtitle: of("subtitle"),
        author: of("author"),
        description: of("description").or_else(|| of("abstract")),
        date: of("date").and_then(|date| PartialDate::parse(&date)),
        language: of("lang").and_then(|tag| language::tagged(&tag)),
        ..Facts::default()
    }
}
