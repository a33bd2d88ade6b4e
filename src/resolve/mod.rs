//! The assembled document becomes the resolved one: everything is numbered, formatted and linked here, once, for both outputs.

mod annotated;
mod binding;
mod chart;
mod chosen;
mod citations;
mod compared;
pub mod evidence;
mod filter;
mod front;
mod hidden;
mod inline;
mod left_out;
mod measured;
mod panels;
mod parts;
mod phrase;
mod protection;
mod refused;
mod table;
mod targets;
mod withheld;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assemble::Document;
use crate::chart::Style;
use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::DataBlock;
use crate::document::export::DataTable;
use crate::document::resolved::visit::{VisitMut, walk_block_mut, walk_inline_mut};
use crate::document::resolved::{self, Inline, ResolvedDocument};
use crate::document::{Block, CalloutKind, Chapter, NoteDefinition, anchor, data};
use crate::locale::Locale;
use crate::model::Project;
use crate::source::{SourceMap, Span, Text};

pub use front::date;
use targets::Targets;

/// A report with its figures, and what it takes to tell of them: what every stage after the figures goes by.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub project: &'a Project,
    pub statistics: &'a Statistics,
    pub locale: &'a Locale,
    pub sources: &'a SourceMap,
}

/// What resolving gives.
#[derive(Debug)]
pub struct Resolution {
    pub document: ResolvedDocument,
    /// The data of each table and chart, for download, in the order of the document.
    pub data: Vec<DataTable>,
    /// Ids of the tables that are printed.
    pub tables: BTreeSet<String>,
    /// Ids of the figures that the text binds.
    pub figures: BTreeSet<String>,
    /// What the text binds of them.
    pub bound: BTreeSet<Quantity>,
    /// Where the text binds what is hidden.
    pub withheld: Vec<Withheld>,
}

/// A binding that prints nothing, since the policy hides its number or one that it is made of.
#[derive(Debug, Clone)]
pub struct Withheld {
    pub span: Span,
    /// The number that is hidden.
    pub hidden: Quantity,
    /// The figure that is bound.
    pub bound: String,
}

/// How much of a document is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    Full,
    /// The words that the checks read: citations are not formatted, charts not drawn, and downloads and the account of evidence not made.
    Words,
}

/// Resolves a document, as far as is asked for; every fault goes to the sink.
pub fn resolve(detail: Detail, facts: Facts<'_>, document: &Document, sink: &mut Sink) -> Resolution {
    let Facts { project, locale, .. } = facts;
    let targets = targets::collect(&document.chapters, document.kind.numbered(), sink);
    let whole = targets::collect(&document.whole, true, &mut Sink::default());
    let cited = citations::Citations::new(project, locale, detail);
    let mut resolver = Resolver {
        detail,
        project,
        locale,
        facts,
        targets,
        whole,
        citations: cited,
        notes: Vec::new(),
        note_numbers: BTreeMap::new(),
        scope: Scope::default(),
        style: Style {
            accent: project.workspace.theme.accent.clone(),
            font_family: project.workspace.theme.heading_font.value.clone(),
        },
        data: Vec::new(),
        tables: BTreeSet::new(),
        figures: BTreeSet::new(),
        bound: BTreeSet::new(),
        withheld: Vec::new(),
        left_out: left_out::LeftOut::default(),
        nesting: binding::Nesting::default(),
        cells: 0,
        chapters: &document.chapters,
        sink,
    };
    let front = resolver.front(document);
    let chapters: Vec<resolved::Chapter> =
        document.chapters.iter().enumerate().map(|(at, chapter)| resolver.chapter(at, chapter)).collect();
    resolver.finish(front, chapters)
}

struct Resolver<'a> {
    detail: Detail,
    project: &'a Project,
    locale: &'a Locale,
    facts: Facts<'a>,
    targets: Targets,
    /// Those of the report that this document is a part of.
    whole: Targets,
    citations: citations::Citations<'a>,
    notes: Vec<resolved::Note>,
    /// Number of each note of each chapter, once it has one.
    note_numbers: BTreeMap<Span, u32>,
    scope: Scope<'a>,
    style: Style,
    data: Vec<DataTable>,
    tables: BTreeSet<String>,
    figures: BTreeSet<String>,
    bound: BTreeSet<Quantity>,
    withheld: Vec<Withheld>,
    left_out: left_out::LeftOut,
    nesting: binding::Nesting,
    /// Cells of the tables that were printed.
    cells: usize,
    /// Those of the document.
    chapters: &'a [Chapter],
    sink: &'a mut Sink,
}

/// Where in the document the resolver is.
#[derive(Clone, Default)]
struct Scope<'a> {
    /// The notes of the chapter's file, and the same by their labels.
    file_notes: Option<&'a Arc<Vec<NoteDefinition>>>,
    notes: BTreeMap<&'a str, &'a NoteDefinition>,
    /// Number of the note that is being resolved: citations in it are written out instead of becoming notes.
    note: Option<u32>,
    /// Anchor and marks of the table that is being resolved.
    table: Option<(String, Vec<String>)>,
    /// Within the data of a chart, which the PDF does not print: notes would have numbers without a place.
    without_notes: bool,
    /// Within words that are printed without links, as a title is: what would need a way back cannot stand there.
    bare: bool,
}

impl<'a> Resolver<'a> {
    fn chapter(&mut self, at: usize, chapter: &'a Chapter) -> resolved::Chapter {
        let notes = match self.scope.file_notes {
            Some(same) if Arc::ptr_eq(same, &chapter.notes) => std::mem::take(&mut self.scope.notes),
            // Of two with the same label, which is an error, the first.
            _ => chapter.notes.iter().rev().map(|note| (note.label.as_str(), note)).collect(),
        };
        self.scope = Scope { file_notes: Some(&chapter.notes), notes, ..Scope::default() };
        let mut role = "body";
        if let Some(Block::Heading(heading)) = chapter.blocks.first() {
            for class in &heading.classes {
                match class.value.as_str() {
                    "summary" => role = "summary",
                    "references" => role = "references",
                    _ => {}
                }
            }
        }
        let blocks = self.blocks(&chapter.blocks);
        let anchor = match blocks.first() {
            Some(resolved::Block::Heading { anchor, .. }) => anchor.clone(),
            _ => anchor::chapter(at + 1),
        };
        resolved::Chapter { anchor, role: role.to_owned(), blocks }
    }

    fn blocks(&mut self, blocks: &'a [Block]) -> Vec<resolved::Block> {
        let kind = |block: &Block| match block {
            Block::Callout { kind, .. } => Some(*kind),
            _ => None,
        };
        let is_pair = |one: &Block, other: &Block| {
            kind(one) == Some(CalloutKind::Problem) && kind(other) == Some(CalloutKind::Proposal)
        };
        let groups = blocks.chunk_by(is_pair);
        let mut out = Vec::with_capacity(blocks.len());
        for group in groups {
            let made = group.iter().filter_map(|block| self.block(block));
            if group.len() > 1 {
                out.push(resolved::Block::Beside { blocks: made.collect() })
            } else {
                out.extend(made)
            }
        }
        out
    }

    fn block(&mut self, block: &'a Block) -> Option<resolved::Block> {
        Some(match block {
            Block::Heading(heading) => {
                let content = self.inlines(&heading.content);
                let numbered = self.targets.next_heading();
                let text = resolved::plain_text(&content);
                if text.trim().is_empty() {
                    self.sink
                        .push(Diagnostic::error(Code::EMPTY_TEXT, say!("the heading has no words")).at(heading.span));
                }
                resolved::Block::Heading {
                    level: heading.level,
                    number: numbered.number,
                    anchor: numbered.anchor,
                    content,
                    text,
                }
            }
            Block::Paragraph { content, .. } => {
                resolved::Block::Paragraph { passage: String::new(), content: self.inlines(content) }
            }
            Block::List { ordered, items, .. } => resolved::Block::List {
                ordered: ordered.is_some(),
                start: ordered.unwrap_or(1),
                items: items.iter().map(|item| self.blocks(item)).collect(),
            },
            Block::Quote { blocks, attribution, .. } => resolved::Block::Quote {
                blocks: self.blocks(blocks),
                attribution: attribution.as_ref().map(|words| self.inlines(words)),
            },
            Block::Callout { kind, title, folded, blocks, .. } => {
                let (kind, label) = callout(*kind);
                let own_title = title.as_ref().map(|title| self.inlines(title));
                let title = own_title.as_deref().map(resolved::plain_text);
                resolved::Block::Callout {
                    passage: String::new(),
                    kind: kind.to_owned(),
                    title: title.unwrap_or_else(|| self.locale.label(label).to_owned()),
                    own_title,
                    folded: *folded,
                    blocks: self.blocks(blocks),
                }
            }
            Block::Definitions { items, .. } => resolved::Block::Definitions {
                items: items
                    .iter()
                    .map(|item| resolved::Definition {
                        passage: String::new(),
                        term: self.inlines(&item.term),
                        descriptions: item.descriptions.iter().map(|text| self.blocks(text)).collect(),
                    })
                    .collect(),
            },
            Block::Table(table) => resolved::Block::Table(Box::new(self.markdown_table(table))),
            Block::Image(image) => resolved::Block::Image(self.image(image)?),
            Block::Code { text, .. } => resolved::Block::Code { passage: String::new(), text: text.clone() },
            Block::Rule { .. } => resolved::Block::Rule,
            Block::Data(data) => self.data_block(data)?,
            // The assembly replaces every directive or reports it.
            Block::Directive(_) => return None,
        })
    }

    fn data_block(&mut self, block: &'a DataBlock) -> Option<resolved::Block> {
        Some(match block {
            DataBlock::Table(table) => resolved::Block::Table(Box::new(self.data_table(table))),
            DataBlock::Chart(chart) => resolved::Block::Chart(Box::new(self.chart(chart)?)),
            DataBlock::Assessment(assessment) => self.assessment(assessment),
            DataBlock::Statement(statement) => {
                let content = self.inlines(&statement.content);
                let mut attribution = self.inlines(&statement.by);
                if let Some(date) = &statement.date {
                    attribution.push(resolved::Inline::text(format!(", {}", self.locale.date(date))));
                }
                resolved::Block::Statement { passage: String::new(), quoted: statement.quoted, content, attribution }
            }
            DataBlock::Process(process) => resolved::Block::Process {
                title: process.title.as_ref().map(|title| self.inlines(title)),
                steps: process
                    .steps
                    .iter()
                    .map(|(title, text)| resolved::ProcessStep {
                        passage: String::new(),
                        title: self.inlines(title),
                        text: text.as_ref().map(|text| self.inlines(text)),
                    })
                    .collect(),
            },
            DataBlock::Definitions(items) => resolved::Block::Definitions {
                items: items
                    .iter()
                    .map(|item| resolved::Definition {
                        passage: String::new(),
                        term: self.inlines(&item.term),
                        descriptions: vec![vec![resolved::Block::Paragraph {
                            passage: String::new(),
                            content: self.inlines(&item.text),
                        }]],
                    })
                    .collect(),
            },
            // Filled in at the end, when it is known what is cited where.
            DataBlock::Bibliography => resolved::Block::Bibliography { items: Vec::new() },
            DataBlock::Protection => self.protection()?,
            DataBlock::Timeline(timeline) => self.timeline(timeline),
            DataBlock::KeyFigures(items) => self.key_figures(items),
            DataBlock::Pairs(items) => self.pairs(items),
            DataBlock::Question(question) => self.question(question),
            DataBlock::Picture(picture) => resolved::Block::Image(self.picture(picture)?),
            DataBlock::Downloads(items) => self.downloads(items),
        })
    }

    fn assessment(&mut self, assessment: &'a data::Assessment) -> resolved::Block {
        let unit = self.bare(|resolver| resolved::plain_text(&resolver.inlines(&assessment.unit)));
        let (kind, label) =
            if assessment.development { ("development", "development_of") } else { ("strengths", "strengths_of") };
        resolved::Block::Assessment {
            kind: kind.to_owned(),
            unit: assessment.unit_id.clone(),
            title: self.locale.fill(label, &[("unit", &unit)]),
            items: assessment
                .items
                .iter()
                .map(|item| resolved::AssessmentItem {
                    passage: String::new(),
                    area_id: item.area_id.clone(),
                    content: self.inlines(&item.content),
                    area: item
                        .area
                        .as_ref()
                        .map(|area| self.bare(|resolver| resolved::plain_text(&resolver.inlines(area)))),
                })
                .collect(),
        }
    }

    fn image(&mut self, image: &'a crate::document::Image) -> Option<resolved::Image> {
        // A file that is missing or of the wrong kind was reported when it was loaded.
        let file = self.project.images.get(&image.path.value)?;
        Some(resolved::Image {
            passage: String::new(),
            path: file.output.clone(),
            alt: image.alt.clone(),
            caption: image.caption.as_ref().map(|caption| self.inlines(caption)),
            credit: None,
            width: file.size.map(|size| size.0),
            height: file.size.map(|size| size.1),
        })
    }

    /// Makes words that are printed without links.
    fn bare<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.scope.bare, true);
        let out = act(self);
        self.scope.bare = outer;
        out
    }

    /// A text from a data file that was not parsed before.
    fn text(&mut self, text: &Text) -> Vec<resolved::Inline> {
        let marks = self.scope.table.as_ref().map(|(_, marks)| marks.clone()).unwrap_or_default();
        let parsed = crate::markdown::parse_inline(text, &marks, self.sink);
        self.inlines(&parsed)
    }

    fn finish(mut self, front: ResolvedDocument, mut chapters: Vec<resolved::Chapter>) -> Resolution {
        let items = self.citations.bibliography();
        for chapter in &mut chapters {
            Cited(&items).blocks(&mut chapter.blocks);
        }
        // A part of a report cites a part of its sources, and says a part of what is missing.
        if self.project.part.is_none() {
            self.left_out.report(self.sink);
            self.citations.report_unused(self.sink);
        }
        let contents = contents(&chapters);
        let mut document = ResolvedDocument {
            contents,
            chapters,
            notes: std::mem::take(&mut self.notes),
            table_count: self.targets.tables(),
            chart_count: self.targets.charts(),
            ..front
        };
        if self.detail == Detail::Full {
            let references = evidence::number(&mut document);
            document.evidence = self.facts.entries(&references, &self.tables);
        }
        let Self { data, tables, figures, bound, withheld, .. } = self;
        Resolution { document, data, tables, figures, bound, withheld }
    }
}

/// Puts what is cited into the list of references.
struct Cited<'a>(&'a [resolved::BibliographyItem]);

impl VisitMut for Cited<'_> {
    fn block(&mut self, block: &mut resolved::Block) {
        match block {
            resolved::Block::Bibliography { items } => items.extend_from_slice(self.0),
            _ => walk_block_mut(self, block),
        }
    }
}

fn contents(chapters: &[resolved::Chapter]) -> Vec<resolved::ContentsEntry> {
    chapters
        .iter()
        .flat_map(|chapter| &chapter.blocks)
        .filter_map(|block| match block {
            resolved::Block::Heading { level, number, anchor, content, .. } if *level <= 2 => {
                let mut title = content.clone();
                Entry.inlines(&mut title);
                Some(resolved::ContentsEntry { level: *level, number: number.clone(), title, anchor: anchor.clone() })
            }
            _ => None,
        })
        .collect()
}

/// A heading's words for the table of contents: notes and anchors would stand twice.
struct Entry;

impl VisitMut for Entry {
    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        inlines.retain(|inline| !matches!(inline, Inline::Note { .. } | Inline::Mark { .. }));
        for inline in inlines {
            match inline {
                Inline::Anchor { content, .. } | Inline::Link { content, .. } | Inline::Reference { content, .. } => {
                    *inline = Inline::text(resolved::plain_text(content));
                }
                _ => walk_inline_mut(self, inline),
            }
        }
    }
}

fn callout(kind: CalloutKind) -> (&'static str, &'static str) {
    match kind {
        CalloutKind::Note => ("note", "callout_note"),
        CalloutKind::Tip => ("tip", "callout_tip"),
        CalloutKind::Important => ("important", "callout_important"),
        CalloutKind::Warning => ("warning", "callout_warning"),
        CalloutKind::Caution => ("caution", "callout_caution"),
        CalloutKind::Problem => ("problem", "problem"),
        CalloutKind::Proposal => ("proposal", "proposal"),
    }
}
