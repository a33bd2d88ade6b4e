//! What each block becomes.

use super::look::{Frame, Item, Look, STEP, Style};
use super::words::Words;
use super::writer::Writer;
use crate::document::resolved::{
    AssessmentItem, BibliographyItem, Block, Definition, Download, Inline, KeyFigure, Pair, ProcessStep, Question,
    TimelineEntry,
};

/// Where blocks stand: in the text itself, or in a list, a quotation, a box.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// Style of paragraphs; none is that of running text.
    pub style: &'static str,
    pub frame: Option<Frame>,
    /// From the left, in twentieths of a point.
    pub indent: usize,
    /// How many lists they stand in.
    pub depth: usize,
}

impl Room {
    pub fn style(&self, name: &'static str) -> Style {
        let name = if name.is_empty() { self.style } else { name };
        Style { name, frame: self.frame.clone(), indent: self.indent, ..Style::default() }
    }

    fn boxed(&self, frame: Frame) -> Self {
        Self { frame: Some(frame), indent: self.indent + 240, ..self.clone() }
    }
}

/// How the items of a list are marked.
#[derive(Clone, Copy)]
pub enum Marks {
    Bullets,
    /// From this number.
    Numbers(u64),
    Letters,
}

/// Lists that all share: those after them are numbered, each by itself.
pub const BULLETS: usize = 1;
pub const LETTERS: usize = 2;

impl Writer<'_> {
    pub fn blocks(&mut self, blocks: &[Block], room: &Room) {
        for block in blocks {
            self.block(block, room);
        }
    }

    fn block(&mut self, block: &Block, room: &Room) {
        match block {
            Block::Heading { level, number, anchor, content, .. } => {
                self.heading(*level, number.as_deref(), anchor, content, room);
            }
            Block::Paragraph { content, .. } => self.line(content, &room.style("")),
            Block::List { ordered, start, items } => {
                let marks = if *ordered { Marks::Numbers(*start) } else { Marks::Bullets };
                self.list(marks, items, room, |writer, blocks, style, room| writer.item(blocks, style, room));
            }
            Block::Quote { blocks, attribution } => {
                self.blocks(blocks, &Room { style: "Quote", ..room.clone() });
                attribution.iter().for_each(|words| self.attribution(words, room));
            }
            Block::Statement { quoted, content, attribution, .. } => {
                self.line(content, &room.style(if *quoted { "Quote" } else { "Statement" }));
                self.attribution(attribution, room);
            }
            Block::Callout { kind, title, own_title, blocks, .. } => {
                let room = room.boxed(self.frame(kind == "problem"));
                match own_title {
                    Some(words) => self.line(words, &room.style("BoxTitle")),
                    None => self.own_line(title, &room.style("BoxTitle")),
                }
                self.blocks(blocks, &room);
            }
            Block::Beside { blocks } => self.blocks(blocks, room),
            Block::Definitions { items } => {
                for Definition { term, descriptions, .. } in items {
                    let style = Style { keep: true, ..room.style("") };
                    self.paragraph(&style, |writer, out| writer.inlines(term, &Look::bold(), out));
                    let inner = Room { indent: room.indent + STEP, ..room.clone() };
                    descriptions.iter().for_each(|blocks| self.blocks(blocks, &inner));
                }
            }
            Block::Table(table) => self.table(table, room),
            Block::Chart(chart) => self.chart(chart, room),
            Block::Image(image) => self.image(image, room),
            Block::Assessment { kind, title, items, .. } => {
                let room = room.boxed(self.frame(kind != "strengths"));
                self.own_line(title, &room.style("BoxTitle"));
                self.list(Marks::Bullets, items, &room, |writer, AssessmentItem { content, area, .. }, style, _| {
                    writer.paragraph(style, |writer, out| {
                        area.iter().for_each(|area| out.own(&format!("{area}. "), &Look::bold()));
                        writer.inlines(content, &Look::default(), out);
                    });
                });
            }
            Block::Process { title, steps } => {
                title.iter().for_each(|words| self.line(words, &room.style("BoxTitle")));
                self.list(Marks::Numbers(1), steps, room, |writer, ProcessStep { title, text, .. }, style, _| {
                    writer.paragraph(style, |writer, out| writer.titled(title, text.as_deref(), out));
                });
            }
            Block::Timeline { title, entries } => {
                title.iter().for_each(|words| self.line(words, &room.style("BoxTitle")));
                let room = room.boxed(Frame { fill: "FFFFFF".into(), ..self.frame(false) });
                for TimelineEntry { date, title, text, .. } in entries {
                    self.paragraph(&room.style(""), |writer, out| {
                        out.own(date, &Look::styled("Label"));
                        out.line_break();
                        writer.titled(title, text.as_deref(), out);
                    });
                }
            }
            Block::KeyFigures { items } => {
                let room = room.boxed(self.frame(false));
                for KeyFigure { value, label, .. } in items {
                    self.paragraph(&room.style("KeyFigure"), |writer, out| {
                        writer.inlines(value, &Look::styled("KeyValue"), out);
                        out.line_break();
                        writer.inlines(label, &Look::default(), out);
                    });
                }
            }
            Block::Pairs { items } => {
                for Pair { problem, proposal, .. } in items {
                    for (words, key, warm) in [(problem, "problem", true), (proposal, "proposal", false)] {
                        let room = room.boxed(self.frame(warm));
                        self.own_line(self.label(key), &room.style("BoxTitle"));
                        self.line(words, &room.style(""));
                    }
                }
            }
            Block::Question(question) => self.question(question, room),
            Block::Bibliography { items } => {
                for BibliographyItem { anchor, content, .. } in items {
                    self.paragraph(&room.style("Bibliography"), |writer, out| {
                        writer.marked(anchor, out, |writer, out| writer.inlines(content, &Look::default(), out));
                    });
                }
            }
            Block::Downloads { items } => {
                self.list(Marks::Bullets, items, room, |writer, Download { title, words, .. }, style, _| {
                    writer.paragraph(style, |writer, out| {
                        writer.inlines(title, &Look::default(), out);
                        out.own(&format!(" ({words})"), &Look::default());
                    });
                });
            }
            Block::Code { text, .. } => self.paragraph(&room.style("Code"), |_, out| {
                for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
                    if at > 0 {
                        out.line_break();
                    }
                    out.own(line, &Look::default());
                }
            }),
            Block::Rule => self.rule(room),
        }
    }

    /// A paragraph of words that stand in the document.
    pub fn line(&mut self, words: &[Inline], style: &Style) {
        self.paragraph(style, |writer, out| writer.inlines(words, &Look::default(), out));
    }

    /// A paragraph of the program's own words.
    pub fn own_line(&mut self, words: &str, style: &Style) {
        self.paragraph(style, |_, out| out.own(words, &Look::default()));
    }

    /// The number stands in the words, as it is printed; Word's own count would be another as soon as somebody moves a heading.
    fn heading(&mut self, level: u8, number: Option<&str>, anchor: &str, content: &[Inline], room: &Room) {
        let style = match level {
            1 => "Heading1",
            2 => "Heading2",
            3 => "Heading3",
            4 => "Heading4",
            5 => "Heading5",
            _ => "Heading6",
        };
        let new_page = std::mem::take(&mut self.new_page);
        self.paragraph(&Style { new_page, ..room.style(style) }, |writer, out| {
            writer.marked(anchor, out, |writer, out| {
                number.iter().for_each(|number| out.own(&format!("{number}\u{2002}"), &Look::default()));
                writer.inlines(content, &Look::default(), out);
            });
        });
    }

    fn attribution(&mut self, words: &[Inline], room: &Room) {
        self.paragraph(&room.style("Attribution"), |writer, out| {
            out.own("— ", &Look::default());
            writer.inlines(words, &Look::default(), out);
        });
    }

    /// A few words over others.
    fn titled(&mut self, title: &[Inline], text: Option<&[Inline]>, out: &mut Words) {
        let Some(text) = text else { return self.inlines(title, &Look::default(), out) };
        self.inlines(title, &Look::bold(), out);
        out.line_break();
        self.inlines(text, &Look::default(), out);
    }

    fn question(&mut self, Question { anchor, label, content, parts }: &Question, room: &Room) {
        let room = room.boxed(self.frame(false));
        self.paragraph(&Style { keep: true, ..room.style("") }, |writer, out| {
            writer.marked(anchor, out, |writer, out| {
                out.own(&format!("{label}."), &Look::styled("Label"));
                out.own(" ", &Look::default());
                writer.inlines(content, &Look::default(), out);
            });
        });
        self.list(Marks::Letters, parts, &room, |writer, part, style, _| {
            writer.paragraph(style, |writer, out| {
                writer.marked(&part.anchor, out, |writer, out| writer.inlines(&part.content, &Look::default(), out));
            });
        });
    }

    /// The items of a list, each written by `write` with the style of its first paragraph and the room of those after it.
    fn list<T>(&mut self, marks: Marks, items: &[T], room: &Room, write: impl Fn(&mut Self, &T, &Style, &Room)) {
        let list = match marks {
            Marks::Bullets => BULLETS,
            Marks::Letters => LETTERS,
            Marks::Numbers(first) => {
                self.lists.push(first);
                LETTERS + self.lists.len()
            }
        };
        let item = Item { list, level: room.depth };
        let name = if room.style.is_empty() { "ListParagraph" } else { room.style };
        let style = Style { item: Some(item), ..room.style(name) };
        let inner = Room { indent: room.indent + STEP, depth: room.depth + 1, ..room.clone() };
        items.iter().for_each(|item| write(self, item, &style, &inner));
    }

    /// The first paragraph stands beside the mark.
    fn item(&mut self, blocks: &[Block], style: &Style, room: &Room) {
        match blocks.split_first() {
            Some((Block::Paragraph { content, .. }, rest)) => {
                self.line(content, style);
                self.blocks(rest, room);
            }
            _ => self.blocks(blocks, room),
        }
    }

    /// A box in the report's colour, or in a warm one, which what is to be mended has.
    fn frame(&self, warm: bool) -> Frame {
        if warm {
            return Frame { fill: "F6F3EC".into(), line: "8A6D2F".into() };
        }
        Frame { fill: super::tint(&self.document.theme.accent), line: super::colour(&self.document.theme.accent) }
    }

    fn rule(&mut self, room: &Room) {
        self.story.xml.open("w:p", &[]).open("w:pPr", &[]).open("w:pBdr", &[]);
        let line = super::colour(&self.document.theme.accent);
        self.story
            .xml
            .empty("w:bottom", &[("w:val", "single"), ("w:sz", "4"), ("w:space", "1"), ("w:color", line.as_str())]);
        self.story.xml.close();
        let (left, right) = (room.indent.to_string(), (super::WIDTH * 3 / 4).to_string());
        self.story.xml.empty("w:ind", &[("w:left", left.as_str()), ("w:right", right.as_str())]).close().close();
    }
}
