//! From the assembled document to passages.

use std::collections::BTreeMap;

use super::align::align;
use super::sentence::sentences;
use super::{Kind, Link, Passage, Piece, Place, Placed, Prose, Role, TypedTable};
use crate::check::number;
use crate::check::words::Lowered as _;
use crate::compute::value::Value;
use crate::document::data::{self, DataBlock};
use crate::document::{Block, Chapter, Inline, MarkdownTable};
use crate::locale::Language;
use crate::markdown::parse_inline;
use crate::model::{Project, Report};
use crate::source::{SourceMap, Span, Text};

/// What a binding or reference prints, by its place and by how it is written.
pub type Words = BTreeMap<(Span, String), String>;

/// The passages of a report.
#[must_use]
pub fn build<'a>(project: &'a Project, chapters: &[Chapter], words: &'a Words, sources: &'a SourceMap) -> Prose {
    let report = &project.report;
    let mut builder = Builder {
        out: Prose::default(),
        words,
        sources,
        language: report.language,
        chapter: 0,
        role: Role::Front,
        cursor: None,
        units: report.units.iter().map(|unit| unit.name.value.as_str()).collect(),
        given: project.findings.tables.iter().map(|table| table.id.value.as_str()).collect(),
    };
    builder.front(report);
    for (at, chapter) in chapters.iter().enumerate() {
        builder.chapter = at;
        builder.role = role(chapter);
        builder.blocks(&chapter.blocks, Place::Paragraph);
        for note in &chapter.notes {
            builder.blocks(&note.blocks, Place::Note);
        }
    }
    builder.out
}

fn role(chapter: &Chapter) -> Role {
    match chapter.blocks.first() {
        Some(Block::Heading(heading)) if heading.classes.iter().any(|class| class.value == "summary") => Role::Summary,
        Some(Block::Heading(heading)) if heading.classes.iter().any(|class| class.value == "references") => {
            Role::References
        }
        _ => Role::Body,
    }
}

struct Builder<'a> {
    out: Prose,
    words: &'a Words,
    sources: &'a SourceMap,
    language: Language,
    chapter: usize,
    role: Role,
    /// The span last aligned and how far: inlines of a folded text all have the text's span.
    cursor: Option<(Span, usize)>,
    /// Names of the inspected units.
    units: Vec<&'a str>,
    /// Ids of the tables whose cells are given as data: a number in them is evidence and needs none.
    given: Vec<&'a str>,
}

impl<'a> Builder<'a> {
    fn front(&mut self, report: &Report) {
        let texts = [Some(&report.title), report.subtitle.as_ref(), report.description.as_ref()];
        for text in texts.into_iter().flatten() {
            self.data_text(text, Place::Front);
        }
    }

    /// A text of a data file that the assembly has not parsed; its faults are reported where it is resolved.
    fn data_text(&mut self, text: &Text, place: Place) {
        let inlines = parse_inline(text, &[], &mut crate::diagnostic::Sink::default());
        self.passage(&inlines, place);
    }

    fn blocks(&mut self, blocks: &[Block], place: Place) {
        for (at, block) in blocks.iter().enumerate() {
            self.block(block, place);
            let items = blocks.get(at + 1).and_then(items);
            if let (Block::Paragraph { .. }, Some(items), Some(last)) = (block, items, self.out.passages.last_mut()) {
                last.announces = Some(items);
            }
        }
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading(heading) => self.passage(&heading.content, Place::Heading),
            Block::Paragraph { content, .. } => self.passage(content, place),
            Block::List { items, .. } => {
                let inner = if place == Place::Paragraph { Place::Item } else { place };
                items.iter().for_each(|item| self.blocks(item, inner));
            }
            Block::Quote { blocks, attribution, .. } => {
                self.blocks(blocks, Place::Quote);
                if let Some(words) = attribution {
                    self.passage(words, Place::Attribution);
                }
            }
            Block::Callout { blocks, .. } => self.blocks(blocks, place),
            Block::Definitions { items, .. } => {
                for item in items {
                    self.passage(&item.term, Place::Term);
                    item.descriptions.iter().for_each(|text| self.blocks(text, Place::Description));
                }
            }
            Block::Table(table) => self.table(table),
            Block::Image(image) => {
                if let Some(caption) = &image.caption {
                    self.passage(caption, Place::Caption);
                }
            }
            Block::Data(data) => self.data(data),
            Block::Directive(_) | Block::Code { .. } | Block::Rule { .. } => {}
        }
    }

    fn table(&mut self, table: &MarkdownTable) {
        let number = self.out.tables.len();
        let rows = std::iter::once(&table.head).chain(&table.rows);
        let mut placed = Vec::new();
        for (at, row) in rows.enumerate() {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let next = self.out.passages.len();
                self.passage(cell, Place::Cell(number, at, column));
                (self.out.passages.len() > next).then_some(next)
            });
            placed.push(cells.collect());
        }
        self.out.tables.push(TypedTable { rows: placed });
    }

    fn data(&mut self, block: &DataBlock) {
        match block {
            DataBlock::Table(table) => {
                self.out.placed.push(Placed { chart: false, id: table.id.clone(), span: table.span });
                self.passage(&table.caption, Place::Caption);
                self.passage(&table.stub, Place::Label);
                let columns = table.columns.iter().map(|column| &column.label);
                for label in columns.chain(table.rows.iter().map(|row| &row.label)) {
                    if let data::Label::Own(words) = label {
                        self.passage(words, Place::Label);
                    }
                }
                let place = if self.given.contains(&table.id.as_str()) { Place::Label } else { Place::TableText };
                for value in table.rows.iter().flat_map(|row| &row.values) {
                    if let Value::Text(text) = value {
                        self.data_text(text, place);
                    }
                }
                table.notes.iter().for_each(|(_, note)| self.passage(note, Place::TableNote));
                self.optional(table.note.as_ref(), Place::TableNote);
                self.optional(table.source.as_ref(), Place::Source);
            }
            DataBlock::Chart(chart) => {
                self.out.placed.push(Placed { chart: true, id: chart.id.clone(), span: chart.span });
                self.passage(&chart.caption, Place::Caption);
                self.optional(chart.note.as_ref(), Place::TableNote);
                self.optional(chart.source.as_ref(), Place::Source);
            }
            DataBlock::Assessment(assessment) => {
                assessment.items.iter().for_each(|item| self.passage(&item.content, Place::Assessment));
            }
            DataBlock::Statement(statement) => {
                self.passage(&statement.content, if statement.quoted { Place::Quote } else { Place::Statement });
                self.passage(&statement.by, Place::Attribution);
            }
            DataBlock::Process(process) => {
                self.optional(process.title.as_ref(), Place::Process);
                for (title, text) in &process.steps {
                    self.passage(title, Place::Process);
                    self.optional(text.as_ref(), Place::Process);
                }
            }
            DataBlock::Definitions(items) => {
                for item in items {
                    self.passage(&item.term, Place::Term);
                    self.passage(&item.text, Place::Description);
                }
            }
            DataBlock::Bibliography => {}
            DataBlock::Timeline(timeline) => {
                self.optional(timeline.title.as_ref(), Place::Process);
                for entry in &timeline.entries {
                    self.passage(&entry.title, Place::Process);
                    self.optional(entry.text.as_ref(), Place::Process);
                }
            }
            DataBlock::KeyFigures(items) => {
                for item in items {
                    self.passage(&item.value, Place::Item);
                    self.passage(&item.label, Place::Item);
                }
            }
            DataBlock::Pairs(items) => {
                for item in items {
                    self.passage(&item.problem, Place::Item);
                    self.passage(&item.proposal, Place::Item);
                }
            }
            DataBlock::Question(question) => {
                self.passage(&question.content, Place::Quote);
                question.parts.iter().for_each(|(_, part)| self.passage(part, Place::Quote));
            }
            DataBlock::Picture(picture) => {
                self.optional(picture.caption.as_ref(), Place::Caption);
                self.passage(&picture.credit, Place::Source);
            }
            DataBlock::Downloads(items) => items.iter().for_each(|item| self.passage(&item.title, Place::Item)),
        }
    }

    fn optional(&mut self, inlines: Option<&Vec<Inline>>, place: Place) {
        if let Some(inlines) = inlines {
            self.passage(inlines, place);
        }
    }

    fn passage(&mut self, inlines: &[Inline], place: Place) {
        let mut passage = Passage {
            chapter: self.chapter,
            role: self.role,
            place,
            language: self.language,
            text: String::new(),
            lower: String::new(),
            pieces: Vec::new(),
            sentences: Vec::new(),
            citations: Vec::new(),
            notes: Vec::new(),
            numbers: Vec::new(),
            announces: None,
        };
        self.inlines(inlines, &Kind::Typed, &mut passage);
        if passage.text.trim().is_empty() {
            return;
        }
        passage.lower = passage.text.lowered();
        passage.sentences = sentences(&passage.text);
        // Numbers in code, addresses, references and other languages are none of the prose.
        let mut numbers = number::scan(&passage.text, passage.language);
        let foreign = |kind: &Kind| matches!(kind, Kind::Code | Kind::Reference | Kind::Foreign);
        numbers.retain(|number| !passage.any(&number.range, foreign));
        for number in &mut numbers {
            number.bound = passage.any(&number.range, |kind| matches!(kind, Kind::Figure(_)));
        }
        passage.numbers = numbers;
        let classes = number::classify(&passage.text, &passage.numbers, passage.language, &self.units);
        for (number, class) in passage.numbers.iter_mut().zip(classes) {
            number.allowed = class;
        }
        self.out.passages.push(passage);
    }

    fn inlines(&mut self, inlines: &[Inline], kind: &Kind, out: &mut Passage) {
        for inline in inlines {
            match inline {
                Inline::Text(text, span) => self.typed(text, *span, kind, out),
                Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strikethrough(content) => {
                    self.inlines(content, kind, out);
                }
                Inline::Code(text) => {
                    let span = out.pieces.last().map(|piece| Span { start: piece.span.end, ..piece.span });
                    if let Some(span) = span {
                        self.printed(text, span, Kind::Code, out);
                    }
                }
                Inline::Link { href, content, span } => {
                    let from = out.text.len();
                    // The bare address as the link's text is no prose.
                    let bare = plain(content).trim() == href.value.trim_start_matches("mailto:");
                    self.inlines(content, if bare { &Kind::Code } else { kind }, out);
                    self.link(&href.value, *span, false, out.slice(from..out.text.len()).to_owned());
                }
                Inline::Reference { target, content, span } => {
                    self.out.references.push(target.value.clone());
                    if content.is_empty() {
                        let words = self.words.get(&(*span, format!("#{}", target.value))).cloned().unwrap_or_default();
                        self.printed(&words, *span, Kind::Reference, out);
                    } else {
                        let from = out.text.len();
                        self.inlines(content, kind, out);
                        self.link(&target.value, *span, true, out.slice(from..out.text.len()).to_owned());
                    }
                }
                Inline::Citation { .. } => out.citations.push(out.text.trim_end().len()),
                Inline::NoteReference { label, .. } => out.notes.push((out.text.len(), label.clone())),
                Inline::Binding(binding) => {
                    let words = self.words.get(&(binding.span, binding.written())).cloned().unwrap_or_default();
                    self.printed(&words, binding.span, Kind::Figure(binding.path.value.clone()), out);
                }
                Inline::Language { content, .. } => self.inlines(content, &Kind::Foreign, out),
                Inline::LineBreak => {
                    let span = out.pieces.last().map(|piece| Span { start: piece.span.end, ..piece.span });
                    if let Some(span) = span {
                        self.printed(" ", span, Kind::Code, out);
                    }
                }
            }
        }
    }

    fn link(&mut self, href: &str, span: Span, internal: bool, text: String) {
        self.out.links.push(Link { href: href.to_owned(), internal, text, span });
    }

    fn printed(&mut self, text: &str, span: Span, kind: Kind, out: &mut Passage) {
        let from = out.text.len();
        out.text.push_str(text);
        if !text.is_empty() {
            out.pieces.push(Piece { range: from..out.text.len(), span, kind, map: None });
        }
    }

    fn typed(&mut self, text: &str, span: Span, kind: &Kind, out: &mut Passage) {
        let source = &self.sources.get(span.source).text;
        let written = source.get(span.start as usize..span.end as usize).unwrap_or("");
        let map = if written == text {
            None
        } else {
            let from = match self.cursor {
                Some((last, at)) if last == span => at,
                _ => 0,
            };
            align(text, written, from).or_else(|| align(text, written, 0)).map(|mut map| {
                self.cursor = map.last().map(|end| (span, *end as usize));
                map.iter_mut().for_each(|at| *at += span.start);
                map
            })
        };
        let from = out.text.len();
        out.text.push_str(text);
        if !text.is_empty() {
            out.pieces.push(Piece { range: from..out.text.len(), span, kind: kind.clone(), map });
        }
    }
}

/// How many items a block lists; none for what is no list.
fn items(block: &Block) -> Option<usize> {
    match block {
        Block::List { items, .. } => Some(items.len()),
        Block::Definitions { items, .. } => Some(items.len()),
        Block::Data(data) => match data.as_ref() {
            DataBlock::Process(process) => Some(process.steps.len()),
            DataBlock::Definitions(items) => Some(items.len()),
            DataBlock::Assessment(assessment) => Some(assessment.items.len()),
            _ => None,
        },
        _ => None,
    }
}

fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text, _) | Inline::Code(text) => text.clone(),
            Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strikethrough(content) => plain(content),
            _ => String::new(),
        })
        .collect()
}
