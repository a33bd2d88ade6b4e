//! From the resolved document to passages.

use super::align::align;
use super::{Kind, Link, Passage, Piece, Place, Placed, Prose, Role, TypedTable};
use crate::check::groups::Groups;
use crate::document::anchor;
use crate::document::resolved::origin::{Origin, Stretch};
use crate::document::resolved::visit::{Line, Visit, walk_block, walk_inline, walk_table};
use crate::document::resolved::{Block, Chapter, Inline, ResolvedDocument, Table, plain_text};
use crate::locale::Language;
use crate::model::Project;
use crate::source::{SourceMap, Span};

/// The passages of a report: what its author wrote, and what bindings and references print in it. The program's own words are none of them.
#[must_use]
pub fn build(project: &Project, document: &ResolvedDocument, sources: &SourceMap) -> Prose {
    let report = &project.report;
    let mut builder = Builder {
        out: Prose::default(),
        sources,
        language: report.language,
        chapter: 0,
        role: Role::Front,
        place: Place::Front,
        cells: Place::Label,
        notes: Vec::new(),
        cursor: None,
        groups: Groups::new(&project.workspace.breakdowns, report.language),
        units: report.units.iter().map(|unit| unit.name.value.as_str()).collect(),
        given: project.findings.tables.iter().map(|table| table.id.value.as_str()).collect(),
    };
    let front = [Some(&document.title), document.subtitle.as_ref(), document.described.as_ref()];
    front.into_iter().flatten().for_each(|words| builder.passage(words, Place::Front));
    builder.place = Place::Paragraph;
    // What the account of changes says of earlier versions is none of this one's text.
    for (at, chapter) in document.chapters.iter().enumerate().filter(|(_, chapter)| chapter.anchor != anchor::CHANGES) {
        builder.chapter = at;
        builder.role = role(chapter);
        builder.blocks(&chapter.blocks);
        for number in std::mem::take(&mut builder.notes) {
            let notes = document.notes.iter().filter(|note| note.number == number);
            notes.for_each(|note| builder.line(&note.content, Line::Endnote));
        }
    }
    builder.out
}

fn role(chapter: &Chapter) -> Role {
    match chapter.role.as_str() {
        "summary" => Role::Summary,
        "references" => Role::References,
        _ => Role::Body,
    }
}

struct Builder<'a> {
    out: Prose,
    sources: &'a SourceMap,
    language: Language,
    chapter: usize,
    role: Role,
    /// What the text of the block is, and what cells of the table are.
    place: Place,
    cells: Place,
    /// Numbers of the notes that the chapter refers to first.
    notes: Vec<u32>,
    /// The span last aligned and how far: inlines of a folded text all have the text's span.
    cursor: Option<(Span, usize)>,
    groups: Groups<'a>,
    /// Names of the inspected units.
    units: Vec<&'a str>,
    /// Ids of the tables whose cells are given as data: a number in them is evidence and needs none.
    given: Vec<&'a str>,
}

impl<'a> Visit<'a> for Builder<'_> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        for (at, block) in blocks.iter().enumerate() {
            self.block(block);
            let items = blocks.get(at + 1).and_then(items);
            if let (Block::Paragraph { .. }, Some(items), Some(last)) = (block, items, self.out.passages.last_mut()) {
                last.announces = Some(items);
            }
        }
    }

    fn block(&mut self, block: &'a Block) {
        let outer = self.place;
        self.place = match block {
            Block::List { .. } if outer == Place::Paragraph => Place::Item,
            Block::KeyFigures { .. } | Block::Pairs { .. } | Block::Downloads { .. } => Place::Item,
            Block::Quote { .. } | Block::Question(_) | Block::Statement { quoted: true, .. } => Place::Quote,
            Block::Statement { .. } => Place::Statement,
            Block::Definitions { .. } => Place::Description,
            Block::Assessment { .. } => Place::Assessment,
            Block::Process { .. } | Block::Timeline { .. } => Place::Process,
            _ => outer,
        };
        match block {
            // The values of a chart are those of its table.
            Block::Chart(chart) => {
                let span = chart.origin;
                self.out.placed.extend(span.map(|span| Placed { chart: true, id: chart.id.clone(), span }));
                self.line(&chart.caption, Line::Caption);
                chart.note.iter().for_each(|words| self.line(words, Line::Note));
                chart.source.iter().for_each(|words| self.line(words, Line::Source));
            }
            _ => walk_block(self, block),
        }
        self.place = outer;
    }

    fn table(&mut self, table: &'a Table) {
        let Some(id) = table.id() else { return self.typed_table(table) };
        self.out.placed.extend(table.origin.map(|span| Placed { chart: false, id: id.to_owned(), span }));
        self.cells = if self.given.contains(&id) { Place::Label } else { Place::TableText };
        walk_table(self, table);
    }

    fn line(&mut self, words: &'a [Inline], line: Line) {
        let place = match line {
            Line::Text | Line::Title => self.place,
            Line::Heading => Place::Heading,
            Line::Term => Place::Term,
            Line::Attribution => Place::Attribution,
            Line::Caption => Place::Caption,
            Line::Header => Place::Label,
            Line::Cell => self.cells,
            Line::Note => Place::TableNote,
            Line::Credit | Line::Source | Line::Reference => Place::Source,
            Line::Endnote => Place::Note,
        };
        self.passage(words, place);
    }
}

impl Builder<'_> {
    fn typed_table(&mut self, table: &Table) {
        let number = self.out.tables.len();
        let head = table.head.iter().map(|row| row.iter().map(|cell| &cell.content).collect::<Vec<_>>());
        let body = table.rows.iter().map(|row| row.cells.iter().map(|cell| &cell.content).collect());
        let mut placed = Vec::new();
        for (at, row) in head.chain(body).enumerate() {
            let cells = row.into_iter().enumerate().map(|(column, cell)| {
                let next = self.out.passages.len();
                self.passage(cell, Place::Cell(number, at, column));
                (self.out.passages.len() > next).then_some(next)
            });
            placed.push(cells.collect());
        }
        self.out.tables.push(TypedTable { rows: placed });
    }

    fn passage(&mut self, words: &[Inline], place: Place) {
        let passage = Passage { chapter: self.chapter, role: self.role, ..Passage::empty(self.language, place) };
        let mut reader = Reader { builder: self, kind: Kind::Typed, passage };
        reader.inlines(words);
        let mut passage = reader.passage;
        if passage.text.trim().is_empty() {
            return;
        }
        passage.read(&self.units, &self.groups);
        self.out.passages.push(passage);
    }
}

/// Reads the words of one passage.
struct Reader<'b, 'a> {
    builder: &'b mut Builder<'a>,
    /// What typed words are here.
    kind: Kind,
    passage: Passage,
}

impl<'d> Visit<'d> for Reader<'_, '_> {
    fn inline(&mut self, inline: &'d Inline) {
        match inline {
            Inline::Text { text, origin } => origin.iter().for_each(|stretch| self.stretch(text, stretch)),
            Inline::Figure { id, text, origin: Some(span), .. } => self.printed(text, *span, Kind::Figure(id.clone())),
            Inline::Code { text } => self.beside(text),
            Inline::LineBreak => self.beside(" "),
            Inline::Note { cited: true, .. } => self.cited(),
            Inline::Note { number, first: true, .. } => self.builder.notes.push(*number),
            Inline::Language { .. } => self.within(Kind::Foreign, inline),
            Inline::Emphasis { content } if self.is_title(&plain_text(content)) => self.within(Kind::Title, inline),
            Inline::Link { href, content, origin: Some(span) } => {
                // The bare address as the link's text is no prose.
                let bare = plain_text(content).trim() == href.trim_start_matches("mailto:");
                let from = self.passage.text.len();
                self.within(if bare { Kind::Code } else { self.kind.clone() }, inline);
                self.link(href, *span, false, from);
            }
            Inline::Reference { anchor, content, origin: Some(span) } => {
                self.builder.out.references.push(anchor.clone());
                let from = self.passage.text.len();
                walk_inline(self, inline);
                if self.passage.text.len() > from {
                    self.link(anchor, *span, true, from);
                } else {
                    self.printed(&plain_text(content), *span, Kind::Reference);
                }
            }
            _ => walk_inline(self, inline),
        }
    }
}

impl Reader<'_, '_> {
    /// What an inline is made of, typed words of it as `kind`.
    fn within(&mut self, kind: Kind, inline: &Inline) {
        let outer = std::mem::replace(&mut self.kind, kind);
        walk_inline(self, inline);
        self.kind = outer;
    }

    /// "boken *Tolv vägar till skolan*": several words with a capital within a sentence, and no sentence that is stressed.
    fn is_title(&self, words: &str) -> bool {
        let before = self.passage.text.trim_end();
        let within =
            !before.is_empty() && (self.passage.place == Place::Note || !before.ends_with(['.', '!', '?', ':']));
        let capital = words.starts_with(char::is_uppercase)
            || words.starts_with(|c: char| c.is_ascii_digit())
                && words.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase));
        within && capital && words.contains(' ') && !words.ends_with('.')
    }

    fn stretch(&mut self, text: &str, stretch: &Stretch) {
        let words = text.get(stretch.range.clone()).unwrap_or_default();
        match &stretch.origin {
            Origin::Typed(span) => self.typed(words, *span),
            Origin::Bound { figure, span } => self.printed(words, *span, Kind::Figure(figure.clone())),
            Origin::Cited => self.cited(),
        }
    }

    fn cited(&mut self) {
        let at = self.passage.text.trim_end().len();
        self.passage.citations.push(at);
    }

    fn link(&mut self, href: &str, span: Span, internal: bool, from: usize) {
        let text = self.passage.slice(from..self.passage.text.len()).to_owned();
        self.builder.out.links.push(Link { href: href.to_owned(), internal, text, place: self.passage.place, span });
    }

    /// Words without a place of their own, which stand where those before them end.
    fn beside(&mut self, text: &str) {
        let span = self.passage.pieces.last().map(|piece| Span { start: piece.span.end, ..piece.span });
        if let Some(span) = span {
            self.printed(text, span, Kind::Code);
        }
    }

    fn printed(&mut self, text: &str, span: Span, kind: Kind) {
        self.piece(text, span, kind, None);
    }

    fn typed(&mut self, text: &str, span: Span) {
        let builder = &mut *self.builder;
        let source = &builder.sources.get(span.source).text;
        let written = source.get(span.start as usize..span.end as usize).unwrap_or("");
        let map = if written == text {
            None
        } else {
            let from = match builder.cursor {
                Some((last, at)) if last == span => at,
                _ => 0,
            };
            align(text, written, from).or_else(|| align(text, written, 0)).map(|mut map| {
                builder.cursor = map.last().map(|end| (span, *end as usize));
                map.iter_mut().for_each(|at| *at += span.start);
                map
            })
        };
        self.piece(text, span, self.kind.clone(), map);
    }

    fn piece(&mut self, text: &str, span: Span, kind: Kind, map: Option<Vec<u32>>) {
        let from = self.passage.text.len();
        self.passage.text.push_str(text);
        if !text.is_empty() {
            self.passage.pieces.push(Piece { range: from..self.passage.text.len(), span, kind, map });
        }
    }
}

/// How many items a block lists; none for what is no list.
fn items(block: &Block) -> Option<usize> {
    match block {
        Block::List { items, .. } => Some(items.len()),
        Block::Definitions { items } => Some(items.len()),
        Block::Process { steps, .. } => Some(steps.len()),
        Block::Assessment { items, .. } => Some(items.len()),
        _ => None,
    }
}
