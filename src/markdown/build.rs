//! From the parser's events to blocks: a stack of open elements instead of recursion, so that no depth of nesting can
//! overflow anything. What lies deeper than [`MAX_DEPTH`] is reported once and left out.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::context::Context;
use super::frame::{Frame, Kind};
use super::heading::{self, Attributes};
use super::mask::unmask;
use super::run::Run;
use super::table::{self, Table};
use super::{address, binding, callout, chance, html, link, quote};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::{Block, Definition, Inline, NoteDefinition};
use crate::source::Spanned;

/// How deep lists, quotations and inline elements may stand in each other.
pub const MAX_DEPTH: usize = 12;

pub struct Builder<'c, 'a> {
    context: &'c mut Context<'a>,
    stack: Vec<Frame>,
    notes: Vec<NoteDefinition>,
    /// Number of open elements that are left out because they lie too deep.
    skipped: usize,
    too_deep_reported: bool,
}

impl<'c, 'a> Builder<'c, 'a> {
    pub fn new(context: &'c mut Context<'a>) -> Self {
        let stack = vec![Frame::new(Kind::Root, 0..0)];
        Self { context, stack, notes: Vec::new(), skipped: 0, too_deep_reported: false }
    }

    pub fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => self.code(&code, range),
            Event::InlineHtml(_) => html::inline(range, self.context),
            Event::SoftBreak => self.line_end(false, range),
            Event::HardBreak => self.line_end(true, range),
            Event::FootnoteReference(label) => {
                let (label, span) = (unmask(&label), self.context.span(range.clone()));
                self.context.notes.push(Spanned::new(label.clone(), span));
                self.inline(Inline::NoteReference { label, span }, range);
            }
            Event::Rule => {
                self.close_implicit();
                let span = self.context.block_span(range);
                self.block(Block::Rule { span });
            }
            // A block of HTML is read from its range; the rest are extensions that are not switched on.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    /// Closes what is open and gives the blocks and the notes.
    pub fn finish(mut self) -> (Vec<Block>, Vec<NoteDefinition>) {
        while self.stack.len() > 1 {
            self.end();
        }
        (self.stack.pop().map(|frame| frame.blocks).unwrap_or_default(), self.notes)
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph { implicit: false },
            Tag::Heading { level, id, classes, .. } => {
                let attributes = Attributes {
                    id: id.map(CowStr::into_string),
                    classes: classes.into_iter().map(CowStr::into_string).collect(),
                };
                Kind::Heading(level as u8, attributes)
            }
            Tag::BlockQuote(kind) => Kind::Quote(kind),
            Tag::CodeBlock(kind) => Kind::Code {
                language: match kind {
                    CodeBlockKind::Fenced(info) => unmask(&info).split_whitespace().next().map(str::to_owned),
                    CodeBlockKind::Indented => None,
                },
                text: String::new(),
            },
            Tag::HtmlBlock => Kind::Html,
            Tag::List(ordered) => {
                if let Some(start) = ordered {
                    chance::report_year(start, range.start, self.context);
                }
                Kind::List { ordered, items: Vec::new() }
            }
            Tag::Item => Kind::Item,
            Tag::FootnoteDefinition(label) => Kind::Note(unmask(&label)),
            Tag::DefinitionList => Kind::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Description,
            Tag::Table(alignments) => Kind::Table(Table::new(&alignments)),
            Tag::TableHead => Kind::Row { head: true, cells: Vec::new() },
            Tag::TableRow => Kind::Row { head: false, cells: Vec::new() },
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            Tag::Link { link_type, dest_url, .. } => Kind::Link(link_type, dest_url.into_string()),
            Tag::Image { dest_url, title, .. } => {
                Kind::Image { path: dest_url.into_string(), title: title.into_string() }
            }
            // Extensions that are not switched on: their text goes on as a paragraph's.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Kind::Paragraph { implicit: false },
        };
        if kind.is_nesting() && self.stack.iter().filter(|frame| frame.kind.is_nesting()).count() >= MAX_DEPTH {
            self.skipped = 1;
            self.report_too_deep(range);
            return;
        }
        if kind.is_inline() {
            self.open_paragraph(range.clone());
            self.flush();
        } else {
            self.close_implicit();
        }
        self.stack.push(Frame::new(kind, range));
    }

    fn report_too_deep(&mut self, range: Range<usize>) {
        if !self.too_deep_reported {
            self.too_deep_reported = true;
            let message = say!("text is nested more than {most} levels deep", most = MAX_DEPTH);
            let line = self.context.masked(range.clone()).lines().next().unwrap_or("").len();
            let diagnostic =
                Diagnostic::error(Code::TOO_DEEP, message).help(say!("flatten the lists, quotations or emphasis"));
            self.context.report(diagnostic, range.start..range.start + line);
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(Frame { kind: Kind::Code { text: code, .. }, .. }) = self.stack.last_mut() {
            code.push_str(&unmask(text));
            return;
        }
        self.open_paragraph(range.clone());
        // The sign that keeps a paragraph from being read as another block is not the author's.
        let (text, range) = match text.strip_prefix(super::GUARD) {
            Some(rest) if self.context.is_paragraph() && range.start == 0 => (rest, super::GUARD.len()..range.end),
            _ => (text, range),
        };
        self.run(|run| run.push(text, range));
    }

    fn code(&mut self, code: &str, range: Range<usize>) {
        let code = unmask(code);
        let in_table = self.stack.iter().any(|frame| matches!(frame.kind, Kind::Cell));
        let code = if in_table { code.replace("\\|", "|") } else { code };
        self.inline(Inline::Code(code), range);
    }

    fn line_end(&mut self, hard: bool, range: Range<usize>) {
        let in_quote = self.stack.iter().rev().nth(1).is_some_and(|frame| matches!(frame.kind, Kind::Quote(_)));
        if self.ends_title() {
            self.flush();
            if let Some(frame) = self.stack.last_mut() {
                frame.title = Some(frame.inlines.len());
            }
            return;
        }
        let dash = in_quote && quote::begins_with_dash(self.context.after(range.end));
        if hard {
            self.inline(Inline::LineBreak, range);
        } else {
            self.run(|run| run.push(" ", range));
        }
        if dash {
            self.flush();
        }
        if let Some(frame @ Frame { kind: Kind::Paragraph { .. }, .. }) = self.stack.last_mut() {
            frame.dash = dash.then_some(frame.inlines.len());
        }
    }

    /// Whether a line that ends is the first of a quotation and may be the title of a callout.
    fn ends_title(&self) -> bool {
        let [.., quote, paragraph] = self.stack.as_slice() else { return false };
        let first = matches!(quote.kind, Kind::Quote(None)) && quote.blocks.is_empty() && paragraph.title.is_none();
        first && self.context.after(paragraph.range.start).starts_with("[!")
    }

    fn inline(&mut self, inline: Inline, range: Range<usize>) {
        self.open_paragraph(range);
        self.flush();
        if let Some(frame) = self.stack.last_mut() {
            frame.inlines.push(inline);
        }
    }

    fn block(&mut self, block: Block) {
        if let Some(frame) = self.stack.last_mut() {
            frame.blocks.push(block);
            frame.dash = None;
        }
    }

    fn run(&mut self, push: impl FnOnce(&mut Run)) {
        if let Some(frame) = self.stack.last_mut() {
            push(&mut frame.run);
        }
    }

    /// Text in a tight list item has no paragraph of its own: this makes one.
    fn open_paragraph(&mut self, range: Range<usize>) {
        match self.stack.last_mut() {
            Some(frame) if !frame.kind.holds_inlines() => {
                self.stack.push(Frame::new(Kind::Paragraph { implicit: true }, range));
            }
            Some(frame) => frame.range.end = frame.range.end.max(range.end),
            None => {}
        }
    }

    fn close_implicit(&mut self) {
        if matches!(self.stack.last(), Some(Frame { kind: Kind::Paragraph { implicit: true }, .. })) {
            self.close();
        }
    }

    /// Reads the text gathered so far into inlines.
    fn flush(&mut self) {
        let Some(frame) = self.stack.last_mut() else { return };
        let run = std::mem::take(&mut frame.run);
        let inlines = self.read(&run);
        if let Some(frame) = self.stack.last_mut() {
            frame.inlines.extend(inlines);
        }
    }

    /// The inlines of a text; an address is a link, where it stands in none.
    fn read(&mut self, run: &Run) -> Vec<Inline> {
        let inlines = run.inlines(self.context);
        let is_label = |frame: &Frame| matches!(frame.kind, Kind::Link(..) | Kind::Image { .. } | Kind::Heading(..));
        if self.stack.iter().any(is_label) { inlines } else { address::linked(inlines) }
    }

    fn end(&mut self) {
        self.close_implicit();
        self.close();
    }

    fn close(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        if !matches!(self.stack.last(), Some(Frame { kind: Kind::Paragraph { .. }, .. })) {
            self.flush();
        }
        let Some(frame) = self.stack.pop() else { return };
        let range = frame.range.clone();
        let span = self.context.block_span(range.clone());
        match frame.kind {
            Kind::Root => {}
            Kind::Paragraph { .. } => self.close_paragraph(frame),
            Kind::Heading(level, attributes) => {
                let mut content = frame.inlines;
                quote::trim_end(&mut content);
                if self.stack.len() > 1 {
                    let message = say!("a heading stands in a list, a quotation or a note");
                    let diagnostic = Diagnostic::error(Code::HEADING_ORDER, message)
                        .help(say!("headings stand outside; within, write the words in `**bold**`"));
                    self.context.report(diagnostic, range.clone());
                }
                let heading = heading::heading(level, attributes, content, range, self.context);
                self.block(Block::Heading(heading));
            }
            Kind::Quote(None) => {
                let quote = match frame.title {
                    Some(title) => callout::titled(frame.blocks, title, range, self.context),
                    None => quote::quote(frame.blocks, frame.dash, range, self.context),
                };
                self.block(quote);
            }
            Kind::Quote(Some(kind)) => {
                let callout = callout::plain(kind, frame.blocks, range, self.context);
                self.block(callout);
            }
            Kind::List { ordered, items } => {
                if ordered.is_none() {
                    chance::report_replies(&items, range, self.context);
                }
                self.block(Block::List { ordered, items, span });
            }
            Kind::Item => {
                if let Some(Frame { kind: Kind::List { items, .. }, .. }) = self.stack.last_mut() {
                    items.push(frame.blocks);
                }
            }
            Kind::Note(label) => {
                if frame.blocks.is_empty() {
                    let message = say!("the note `[^{label}]` has no text", label);
                    self.context.report(Diagnostic::error(Code::EMPTY_TEXT, message), range.clone());
                }
                let line = self.context.masked(range.clone()).split_inclusive(':').next().unwrap_or("").len();
                let span = self.context.block_span(range.start..range.start + line.saturating_sub(1));
                self.notes.push(NoteDefinition { label, blocks: frame.blocks, span });
            }
            Kind::Definitions(items) => self.block(Block::Definitions { items, span }),
            Kind::Term => {
                if let Some(Frame { kind: Kind::Definitions(items), .. }) = self.stack.last_mut() {
                    items.push(Definition { term: frame.inlines, descriptions: Vec::new() });
                }
            }
            Kind::Description => {
                if let Some(Frame { kind: Kind::Definitions(items), .. }) = self.stack.last_mut()
                    && let Some(item) = items.last_mut()
                {
                    item.descriptions.push(frame.blocks);
                }
            }
            Kind::Table(table) => {
                let table = table.finish(range, self.context);
                self.block(Block::Table(table));
            }
            Kind::Row { head, cells } => {
                if let Some(Frame { kind: Kind::Table(table), .. }) = self.stack.last_mut() {
                    if head { table.head(cells, range, self.context) } else { table.row(cells, range, self.context) }
                }
            }
            Kind::Cell => {
                if let Some(Frame { kind: Kind::Row { cells, .. }, .. }) = self.stack.last_mut() {
                    cells.push(frame.inlines);
                }
            }
            Kind::Code { language, text } => self.block(Block::Code { text, language, span }),
            Kind::Html => html::block(range, self.context),
            Kind::Emphasis => self.inline(Inline::Emphasis(frame.inlines), range),
            Kind::Strong => self.inline(Inline::Strong(frame.inlines), range),
            Kind::Strikethrough => self.inline(Inline::Strikethrough(frame.inlines), range),
            Kind::Link(link_type, target) => {
                for inline in link::link(link_type, &target, frame.inlines, range.clone(), self.context) {
                    self.inline(inline, range.clone());
                }
            }
            Kind::Image { path, title } => self.close_image(&path, &title, &frame.inlines, range),
        }
    }

    /// An image waits in its paragraph until it is known whether it is alone there.
    fn close_image(&mut self, path: &str, title: &str, content: &[Inline], range: Range<usize>) {
        let alone = matches!(self.stack.last(), Some(Frame { kind: Kind::Paragraph { .. }, .. }));
        if !alone || self.context.is_paragraph() {
            report_image_in_text(self.context.span(range), self.context);
            return;
        }
        let image = link::image(path, title, content, range, self.context);
        if let Some(frame) = self.stack.last_mut() {
            frame.images.push(image);
        }
    }

    fn close_paragraph(&mut self, frame: Frame) {
        let range = frame.range.clone();
        if frame.inlines.is_empty()
            && frame.images.is_empty()
            && !self.context.is_paragraph()
            && let Some(inner) = frame.run.sole_binding()
            && let Some(directive) = binding::directive(&frame.run, inner, self.context)
        {
            return self.block(Block::Directive(directive));
        }
        let mut content = frame.inlines;
        content.extend(self.read(&frame.run));
        quote::trim_end(&mut content);
        let one_line = self.context.after(range.start).starts_with("[!").then_some(content.len());
        let title = frame.title.or(one_line);
        if !frame.images.is_empty() && link::is_blank(&content) {
            for image in frame.images {
                self.block(Block::Image(image));
            }
            return;
        }
        for image in &frame.images {
            report_image_in_text(image.span, self.context);
        }
        if content.is_empty() {
            return;
        }
        if !self.context.is_paragraph() {
            table::report_failed(range.clone(), self.context);
            if !self.stack.iter().any(|frame| matches!(frame.kind, Kind::Quote(_))) {
                chance::report_joined(range.clone(), self.context);
            }
        }
        // A paragraph that begins with a dash is an attribution as a whole, over however many lines.
        let begins = quote::begins_with_dash(self.context.after(range.start)).then_some(0);
        self.block(Block::Paragraph { content, span: self.context.block_span(range) });
        if let Some(parent) = self.stack.last_mut() {
            parent.dash = frame.dash.or(begins);
            if parent.blocks.len() == 1 {
                parent.title = title;
            }
        }
    }
}

fn report_image_in_text(span: crate::source::Span, context: &mut Context) {
    let diagnostic = Diagnostic::error(Code::VALUE_INVALID, say!("an image stands within text"))
        .at(span)
        .help(say!("put it alone in a paragraph of a chapter, with empty lines around it"));
    context.sink.push(diagnostic);
}
