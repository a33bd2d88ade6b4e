//! Everything that a report prints of its author's words, as units of text: what stands together, where it was written, and what stands near it.
//! Blocks are matched one by one, so that a new one is read or does not compile; what words an inline has, it says itself.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::check::lists;
use crate::document::annotation::{Extent, Quantity};
use crate::document::resolved::origin::Origin;
use crate::document::resolved::visit::walk_inlines;
use crate::document::resolved::{Block, Chart, Image, Inline, ResolvedDocument, Row, Table, plain_text};
use crate::load::{drawn_text, text_of};
use crate::markdown::plain_words;
use crate::model::{Counts, Project};
use crate::source::{Span, Text};

/// How the names of files end whose sentences are read.
const TEXTS: [&str; 2] = [".txt", ".md"];

/// A text that is read for itself.
#[derive(Debug, Default)]
pub struct Unit {
    pub text: String,
    pieces: Vec<(Range<usize>, Span)>,
    /// Where bindings print: these numbers are decided on themselves.
    pub bound: Vec<Range<usize>>,
    /// What tells of what it speaks where it does not say it itself, the nearest first.
    pub near: Vec<String>,
    /// The table whose rows it speaks of, whichever it is.
    pub of_any_row: Option<String>,
}

impl Unit {
    /// Where a range of it was written, as exactly as can be told.
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let overlaps = |(piece, _): &&(Range<usize>, Span)| piece.start < range.end && range.start < piece.end;
        let (piece, span) = self.pieces.iter().find(overlaps).or(self.pieces.first())?;
        let exact = (span.end - span.start) as usize == piece.len();
        let within = exact && piece.start <= range.start && range.end <= piece.end;
        Some(if within { span.slice(range.start - piece.start, range.end - piece.start) } else { *span })
    }

    fn push(&mut self, words: &str, span: Option<Span>) {
        if words.is_empty() {
            return;
        }
        let from = self.text.len();
        self.text.push_str(words);
        let last = self.pieces.last().map(|(_, span)| *span);
        self.pieces.extend(span.or(last).map(|span| (from..self.text.len(), span)));
    }
}

/// All units in reading order.
pub fn units(project: &Project, document: &ResolvedDocument) -> Vec<Unit> {
    let mut reader = Reader::new(project);
    let front = [Some(&document.title), document.subtitle.as_ref(), document.described.as_ref()];
    for words in front.into_iter().chain([document.notice.as_ref(), document.withdrawn.as_ref()]).flatten() {
        reader.line(words, &[]);
    }
    for change in &document.changes {
        reader.line(&change.what, &[]);
        reader.line(&change.why, &[plain_text(&change.what)]);
    }
    for row in &document.imprint {
        reader.line(&row.value, std::slice::from_ref(&row.label));
    }
    if let Some(sign_off) = &document.sign_off {
        reader.line(&sign_off.by, &[]);
    }
    for chapter in &document.chapters {
        reader.headings.clear();
        reader.before = None;
        reader.blocks(&chapter.blocks);
    }
    for note in &document.notes {
        let beside: Vec<String> = reader.noted.get(&note.number).cloned().into_iter().collect();
        reader.before = None;
        reader.line(&note.content, &beside);
    }
    reader.files();
    reader.out
}

struct Reader<'a> {
    project: &'a Project,
    out: Vec<Unit>,
    headings: Vec<(u8, String)>,
    /// What the blocks within belong to: a title, who speaks, what a list is of.
    around: Vec<String>,
    /// The text before, in the same section.
    before: Option<String>,
    /// The text that each note belongs to.
    noted: BTreeMap<u32, String>,
}

impl<'a> Reader<'a> {
    fn new(project: &'a Project) -> Self {
        let (out, headings, around, before, noted) = Default::default();
        Self { project, out, headings, around, before, noted }
    }

    fn add(&mut self, mut unit: Unit, beside: &[String]) {
        if unit.text.trim().is_empty() {
            return;
        }
        unit.near = beside.to_vec();
        unit.near.extend(self.around.iter().rev().cloned());
        unit.near.extend(self.before.clone());
        unit.near.extend(self.headings.iter().rev().map(|(_, words)| words.clone()));
        unit.near.retain(|words| !words.trim().is_empty());
        self.before = Some(unit.text.clone());
        self.out.push(unit);
    }

    fn line(&mut self, words: &[Inline], beside: &[String]) {
        self.joined(&[words], beside);
    }

    /// Lines that are read as one.
    fn joined(&mut self, lines: &[&[Inline]], beside: &[String]) {
        let mut unit = Unit::default();
        let mut notes = Vec::new();
        for (at, words) in lines.iter().enumerate() {
            if at > 0 {
                unit.push(" ", None);
            }
            inlines(words, &mut unit, &mut notes);
        }
        self.noted.extend(notes.into_iter().map(|number| (number, unit.text.clone())));
        self.add(unit, beside);
    }

    /// A text that no inlines are made of.
    fn plain(&mut self, words: &str, span: Option<Span>, beside: &[String]) {
        let mut unit = Unit::default();
        unit.push(words, span);
        // It stands beside the text and tells nothing of what follows.
        let before = self.before.clone();
        self.add(unit, beside);
        self.before = before;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    /// Blocks that belong to words.
    fn within(&mut self, words: Option<String>, blocks: &[Block]) {
        let outer = self.before.take();
        let depth = self.around.len();
        self.around.extend(outer.clone());
        self.around.extend(words);
        self.blocks(blocks);
        self.around.truncate(depth);
        self.before = self.before.take().or(outer);
    }

    fn block(&mut self, block: &Block) {
        let optional = |words: &Option<Vec<Inline>>| words.as_deref().map(plain_text);
        match block {
            Block::Heading { level, content, text, .. } => {
                self.headings.retain(|(known, _)| known < level);
                self.before = None;
                self.line(content, &[]);
                self.before = None;
                self.headings.push((*level, text.clone()));
            }
            Block::Paragraph { content, .. } => self.line(content, &[]),
            Block::List { items, .. } => {
                let intro = self.before.clone();
                for blocks in items {
                    self.before.clone_from(&intro);
                    self.within(None, blocks);
                }
            }
            Block::Quote { blocks, attribution } => {
                self.within(optional(attribution), blocks);
                attribution.iter().for_each(|words| self.line(words, &[]));
            }
            Block::Callout { title, own_title, blocks, .. } => {
                own_title.iter().for_each(|words| self.line(words, &[]));
                self.within(Some(title.clone()), blocks);
            }
            Block::Beside { blocks } => self.blocks(blocks),
            Block::Definitions { items } => {
                for item in items {
                    self.line(&item.term, &[]);
                    item.descriptions.iter().for_each(|blocks| self.within(Some(plain_text(&item.term)), blocks));
                }
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Image(image) => self.image(image),
            Block::Assessment { title, items, .. } => {
                items.iter().for_each(|item| self.line(&item.content, std::slice::from_ref(title)));
            }
            Block::Statement { content, attribution, .. } => {
                self.line(content, &[plain_text(attribution)]);
                self.line(attribution, &[]);
            }
            Block::Process { title, steps } => {
                title.iter().for_each(|words| self.line(words, &[]));
                for step in steps {
                    self.line(&step.title, &[]);
                    step.text.iter().for_each(|words| self.line(words, &[plain_text(&step.title)]));
                }
            }
            Block::Timeline { title, entries } => {
                title.iter().for_each(|words| self.line(words, &[]));
                for entry in entries {
                    self.line(&entry.title, &[]);
                    entry.text.iter().for_each(|words| self.line(words, &[plain_text(&entry.title)]));
                }
            }
            Block::KeyFigures { items } => {
                items.iter().for_each(|item| self.joined(&[&item.value, &item.label], &[]));
            }
            Block::Pairs { items } => {
                for pair in items {
                    self.line(&pair.problem, &[]);
                    self.line(&pair.proposal, &[plain_text(&pair.problem)]);
                }
            }
            Block::Question(question) => {
                self.line(&question.content, &[]);
                question.parts.iter().for_each(|part| self.line(&part.content, &[plain_text(&question.content)]));
            }
            Block::Downloads { items } => items.iter().for_each(|item| self.line(&item.title, &[])),
            Block::Code { text, .. } => self.plain(text, None, &[]),
            // Works of others.
            Block::Bibliography { .. } => {}
            Block::Rule => {}
        }
    }

    fn table(&mut self, table: &Table) {
        let caption: Vec<String> = table.caption.as_deref().map(plain_text).into_iter().collect();
        let before = self.before.clone();
        table.caption.iter().for_each(|words| self.line(words, &[]));
        let head: Vec<String> = table.head.last().into_iter().flatten().map(|cell| plain_text(&cell.content)).collect();
        table.head.iter().flatten().for_each(|cell| self.header(&cell.content));
        for Row { cells, .. } in &table.rows {
            let label = cells.first().map(|cell| plain_text(&cell.content)).unwrap_or_default();
            for (at, cell) in cells.iter().enumerate() {
                // Values from data are decided on themselves.
                if at == 0 || cell.header {
                    self.header(&cell.content);
                } else if cell.key.is_none() && !cell.total {
                    self.before = None;
                    let beside = [Some(label.clone()), head.get(at).cloned(), caption.first().cloned()];
                    let beside: Vec<String> = beside.into_iter().flatten().collect();
                    self.cell(&cell.content, &beside);
                }
            }
        }
        self.before = before;
        for note in table.notes.iter().chain(&table.legend) {
            self.line(&note.content, &caption);
        }
        for words in table.note.iter().chain(&table.source) {
            self.line(words, &caption);
        }
    }

    /// Text that is offered for download, by its paragraphs.
    fn files(&mut self) {
        let project = self.project;
        for download in &project.findings.downloads {
            let path = &download.file.value;
            let is_text = TEXTS.iter().any(|end| path.to_lowercase().ends_with(end));
            if !is_text || download.counts.is_some_and(|counts| counts != Counts::Persons) {
                continue;
            }
            let text = project.downloads.get(path).and_then(|file| text_of(&file.bytes)).unwrap_or_default();
            self.headings.clear();
            self.before = None;
            let title = plain_words(&download.title);
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            for words in lines.split(|line| line.is_empty()) {
                let mut unit = Unit::default();
                unit.push(&words.join(" "), Some(download.file.span));
                self.add(unit, std::slice::from_ref(&title));
            }
        }
    }

    /// A typed cell; a number alone has the unit that its header says.
    fn cell(&mut self, words: &[Inline], beside: &[String]) {
        let mut unit = Unit::default();
        inlines(words, &mut unit, &mut Vec::new());
        let is_number = unit.text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}'));
        let says_percent = |words: &String| {
            let lower = words.to_lowercase();
            let lists = lists(self.project.report.language);
            lower.contains('%') || lists.percent_columns.has(&lower)
        };
        let in_percent = beside.get(1).is_some_and(says_percent);
        if is_number && in_percent && !unit.text.trim().is_empty() {
            unit.push(" %", None);
            self.add(unit, beside);
        } else {
            self.line(words, beside);
        }
    }

    /// Words of a header that say more than a name.
    fn header(&mut self, words: &[Inline]) {
        let before = self.before.take();
        if plain_text(words).split_whitespace().count() > 2 {
            self.line(words, &[]);
        }
        self.before = before;
    }

    fn chart(&mut self, chart: &Chart) {
        let mut beside = vec![plain_text(&chart.caption)];
        let table = self.project.findings.tables.iter().find(|table| table.id.value == chart.table_id);
        beside.extend(table.map(|table| plain_words(&table.caption)));
        let spec = self.project.charts.iter().find(|spec| spec.id.value == chart.id);
        self.line(&chart.caption, &[]);
        if let Some(spec) = spec {
            // The program's own description tells nothing that is hidden.
            if let Some(text) = &spec.description {
                self.plain(&chart.description, Some(text.span), &beside);
            }
            for remark in &spec.annotations.remarks {
                let place = [Some(plain_words(&remark.at)), remark.series.as_ref().map(plain_words)];
                let near: Vec<String> = place.into_iter().flatten().chain(beside.clone()).collect();
                self.text(&remark.text, &near);
            }
            for period in &spec.annotations.periods {
                let mut near: Vec<String> = period.extent.ends().map(plain_words).collect();
                near.extend(beside.clone());
                self.text(&period.label, &near);
            }
            for reference in &spec.annotations.references {
                self.text(&reference.label, &beside);
                let value = match &reference.extent {
                    Extent::At(Quantity::Typed { value, .. }) => value.to_i64(),
                    Extent::At(Quantity::Bound(_)) | Extent::Between(..) => None,
                };
                if let Some(value) = value {
                    let mut unit = Unit { of_any_row: Some(chart.table_id.clone()), ..Unit::default() };
                    unit.push(&format!("{}: {value}", plain_words(&reference.label)), Some(reference.label.span));
                    self.add(unit, &beside);
                }
            }
        }
        for words in chart.note.iter().chain(&chart.source) {
            self.line(words, &beside);
        }
        self.table(&chart.table);
    }

    fn text(&mut self, text: &Text, beside: &[String]) {
        self.plain(&plain_words(text), Some(text.span), beside);
    }

    fn image(&mut self, image: &Image) {
        let Image { path, alt, caption, credit, .. } = image;
        let named = caption.as_deref().map(plain_text);
        let file = self.project.images.values().find(|file| file.output == *path);
        let declared = self.project.findings.pictures.iter().find(|picture| plain_words(&picture.alt) == *alt);
        let place = declared.map(|picture| picture.alt.span).or(file.map(|file| file.span));
        caption.iter().for_each(|words| self.line(words, &[]));
        let beside: Vec<String> = named.into_iter().collect();
        self.plain(alt, place, &beside);
        if let Some(file) = file.filter(|file| file.output.ends_with(".svg")) {
            let beside: Vec<String> = beside.iter().cloned().chain([alt.clone()]).collect();
            drawn_text(&file.bytes).lines().for_each(|words| self.plain(words, Some(file.span), &beside));
        }
        credit.iter().for_each(|words| self.line(words, &[]));
    }
}

/// The words of inlines, and the notes that are printed for them.
fn inlines(words: &[Inline], unit: &mut Unit, notes: &mut Vec<u32>) {
    walk_inlines(words, |inline| match inline {
        Inline::Text { text, origin } => {
            let mut from = 0;
            for stretch in origin {
                let span = match &stretch.origin {
                    Origin::Typed(span) | Origin::Bound { span, .. } => Some(*span),
                    Origin::Cited => None,
                };
                // What no stretch covers are words of the program's own.
                unit.push(text.get(from..stretch.range.start).unwrap_or_default(), None);
                let start = unit.text.len();
                unit.push(text.get(stretch.range.clone()).unwrap_or_default(), span);
                if matches!(stretch.origin, Origin::Bound { .. }) {
                    unit.bound.push(start..unit.text.len());
                }
                from = stretch.range.end;
            }
            unit.push(text.get(from..).unwrap_or_default(), None);
        }
        Inline::Figure { text, origin, .. } => {
            let start = unit.text.len();
            unit.push(text, *origin);
            unit.bound.push(start..unit.text.len());
        }
        Inline::Note { number, .. } => notes.push(*number),
        other => unit.push(other.words(), None),
    });
}
