//! Markdown to the blocks and inlines of the document, with spans.
//!
//! CommonMark with tables, notes, definition lists, heading attributes and callouts is read by pulldown-cmark; what the
//! format adds (bindings, blocks from data, citations) is hidden from it ([`mask`]), found again in the text it gives
//! ([`run`]) and put together with the rest on an explicit stack ([`build`]). What CommonMark would silently take for text or
//! drop (undefined notes and references, surplus cells, HTML) is reported.

mod address;
mod binding;
mod build;
mod callout;
mod chance;
mod citation;
mod context;
mod found;
mod frame;
mod heading;
mod html;
mod link;
mod mask;
mod quote;
mod run;
mod slug;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, LinkType, Options, Parser};

use build::Builder;
use context::{Context, Place};
pub use link::leads_out;
use mask::Masked;
pub use slug::{plain, slug, words};

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::{Block, Chapter, Inline, NoteDefinition};
use crate::limits;
use crate::source::{SourceId, Span, Spanned, Text};

/// Put before a paragraph's text so that `#`, `- ` or `1.` at its beginning is no block. A punctuation mark, because emphasis
/// may begin behind one.
const GUARD: &str = ",";

/// Parses a file of chapters: each begins with a level 1 heading, the first may have none. Blocks keep the order of the file; notes are gathered from
/// wherever they are defined.
///
/// Problems go to `sink`; the chapters then hold as much as could be understood.
pub fn parse_chapters(source: SourceId, text: &str, sink: &mut Sink) -> Vec<Chapter> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - body.len();
    report_runs(source, text, sink);
    let masked = mask::chapter(body);
    let mut context = Context::new(Place::File { source, skipped }, &masked, sink);
    let (blocks, notes) = parse(&masked.text, &mut context);
    heading::check_order(&blocks, context.span(0..0), &mut context);
    let references = std::mem::take(&mut context.notes);
    check_notes(&notes, &references, sink);
    let notes = Arc::new(notes);
    let mut chapters = vec![Chapter { blocks: Vec::new(), notes: Arc::clone(&notes) }];
    for block in blocks {
        match chapters.last_mut() {
            Some(chapter)
                if chapter.blocks.is_empty() || !matches!(&block, Block::Heading(heading) if heading.level == 1) =>
            {
                chapter.blocks.push(block);
            }
            _ => chapters.push(Chapter { blocks: vec![block], notes: Arc::clone(&notes) }),
        }
    }
    chapters
}

/// Reports every stretch of a chapter in which no line can be broken and that no PDF can hold, markup counted.
fn report_runs(source: SourceId, text: &str, sink: &mut Sink) {
    let mut from = 0;
    while let Some(run) = limits::long_run(&text[from..]) {
        sink.push(Diagnostic::unbroken(Span::new(source, from + run.start, from + run.end)));
        from += run.end;
    }
}

/// Parses a text from a findings file: inlines only, in one paragraph. `note_marks` are the marks that `[^*]` may refer to. The text of
/// a cell is not parsed.
pub fn parse_inline(text: &Text, note_marks: &[String], sink: &mut Sink) -> Vec<Inline> {
    if text.literal {
        return literal(text);
    }
    let (inlines, references) = inlines(text, &mask_paragraph(text), sink);
    for reference in references.iter().filter(|reference| !note_marks.contains(&reference.value)) {
        report_unknown_note(
            reference,
            note_marks.iter().map(String::as_str),
            say!("no such mark is explained here"),
            sink,
        );
    }
    inlines
}

/// The words of a text from a findings file without markup, for what goes by them; its faults are told where it is printed.
#[must_use]
pub fn plain_words(text: &Text) -> String {
    plain(&parse_inline(text, &[], &mut Sink::default()))
}

/// A text as it stands; its lines stay lines.
fn literal(text: &Text) -> Vec<Inline> {
    let mut out = Vec::new();
    for line in text.value.lines() {
        if !out.is_empty() {
            out.push(Inline::LineBreak);
        }
        out.push(Inline::Text(line.to_owned(), text.span));
    }
    out
}

fn mask_paragraph(text: &Text) -> Masked {
    let mut masked = mask::paragraph(text.value.trim_start());
    masked.text.insert_str(0, GUARD);
    masked.controls = masked.controls.map(|(first, count)| (first + GUARD.len(), count));
    masked
}

/// The inlines of a text and the notes it refers to.
fn inlines(text: &Text, masked: &Masked, sink: &mut Sink) -> (Vec<Inline>, Vec<Spanned<String>>) {
    let skipped = text.value.len() - text.value.trim_start().len();
    let place = Place::Text { text, skipped, added: GUARD.len() };
    let mut context = Context::new(place, masked, sink);
    let (blocks, _) = parse(&masked.text, &mut context);
    let content = blocks.into_iter().find_map(|block| match block {
        Block::Paragraph { content, .. } => Some(content),
        _ => None,
    });
    (content.unwrap_or_default(), context.notes)
}

fn parse(masked: &str, context: &mut Context) -> (Vec<Block>, Vec<NoteDefinition>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut broken: Vec<Range<usize>> = Vec::new();
    let callback = |link: BrokenLink<'_>| {
        match link.link_type {
            LinkType::Reference => broken.push(link.span),
            // The parser's span leaves out the empty brackets.
            LinkType::Collapsed => broken.push(link.span.start..link.span.end + "[]".len()),
            _ => {}
        }
        None
    };
    let mut builder = Builder::new(context);
    for (event, range) in Parser::new_with_broken_link_callback(masked, options, Some(callback)).into_offset_iter() {
        builder.event(event, range);
    }
    let parsed = builder.finish();
    for range in broken {
        let written = context.original(range.clone());
        // In `[a]\[b]` the parser overlooks the backslash.
        if written.contains("]\\[") {
            continue;
        }
        let diagnostic = Diagnostic::error(Code::REFERENCE_UNKNOWN, say!("`{written}` leads nowhere", written))
            .help(say!("write the target in round brackets: `[text](https://…)`, `[text](#id)`"))
            .help(say!("to print the brackets as they are, write `\\[`"));
        context.report(diagnostic, range);
    }
    parsed
}

fn check_notes(notes: &[NoteDefinition], references: &[Spanned<String>], sink: &mut Sink) {
    let used: BTreeSet<&str> = references.iter().map(|reference| reference.value.as_str()).collect();
    let mut defined: BTreeMap<&str, &NoteDefinition> = BTreeMap::new();
    for note in notes {
        if let Some(first) = defined.get(note.label.as_str()) {
            let message = say!("the note `[^{label}]` is defined twice", label = note.label);
            sink.push(Diagnostic::error(Code::ID_DUPLICATE, message).at(note.span).also(first.span, say!("the first")));
            continue;
        }
        defined.insert(&note.label, note);
        if !used.contains(note.label.as_str()) {
            let message = say!("the note `[^{label}]` is never referred to", label = note.label);
            let help = say!("refer to it with `[^{label}]`, or delete it", label = note.label);
            sink.push(Diagnostic::warning(Code::NOTE_UNUSED, message).at(note.span).help(help));
        }
    }
    for reference in references.iter().filter(|reference| !defined.contains_key(reference.value.as_str())) {
        report_unknown_note(
            reference,
            defined.keys().copied(),
            say!("no line `[^label]: …` in this file defines it"),
            sink,
        );
    }
}

fn report_unknown_note<'a>(
    reference: &Spanned<String>,
    known: impl IntoIterator<Item = &'a str>,
    why: Said,
    sink: &mut Sink,
) {
    let diagnostic = Diagnostic::error(
        Code::NOTE_UNKNOWN,
        say!("the note `[^{reference}]` is not defined", reference = reference.value),
    )
    .label(reference.span, why)
    .nearest(&reference.value, known);
    sink.push(diagnostic);
}
