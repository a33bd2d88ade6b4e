//! What a report prints, character by character: fonts that are missing, and characters that no font has.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::resolved::visit::{Line, Visit, walk_block, walk_body, walk_table};
use crate::document::resolved::{Block, Inline, ResolvedDocument, Table, plain_text};
use crate::load::drawn_text;
use crate::model::Project;
use crate::render::pdf::{self, Fonts};
use crate::source::SourceMap;

use super::lengths;

/// Reports fonts of the theme that are not at hand.
pub fn check_fonts(project: &Project, fonts: &Fonts, sink: &mut Sink) {
    let families = fonts.families();
    for font in [&project.workspace.theme.text_font, &project.workspace.theme.heading_font] {
        if !families.iter().any(|family| family.eq_ignore_ascii_case(&font.value)) {
            sink.push(
                Diagnostic::error(Code::FONT_UNKNOWN, say!("there is no font `{font}`", font = font.value))
                    .at(font.span)
                    .nearest(&font.value, families.iter().copied())
                    .help(say!(
                        "fonts at hand: {families}; put others into templates/fonts as .ttf or .otf",
                        families = families.join(", ")
                    )),
            );
        }
    }
}

/// Reports characters that no font has, each with the words around it, before Typst would print an empty box.
pub fn check_glyphs(text: &str, fonts: &Fonts, sources: &SourceMap, sink: &mut Sink) {
    for missing in fonts.missing_glyphs(text) {
        let at = text.find(missing).unwrap_or(0);
        let before: String = text[..at].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = text[at..].chars().skip(1).take(24).collect();
        let context = format!("{before}{missing}{after}").replace('\n', " ");
        let diagnostic = Diagnostic::error(
            Code::GLYPH_MISSING,
            say!(
                "no font has the character `{missing}` (U+{code})",
                missing,
                code = format!("{:04X}", u32::from(missing))
            ),
        )
        .help(say!("it stands in: … {context} …", context = context.trim()))
        .help(say!("replace it, or put a font that has it into templates/fonts"));
        let sign = missing.encode_utf8(&mut [0; 4]).to_owned();
        sink.push(match lengths::place(sources, &sign) {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        });
    }
}

/// Reports characters in drawings that no font has.
pub fn check_drawings(project: &Project, fonts: &Fonts, sink: &mut Sink) {
    for (path, file) in project.images.iter().filter(|(_, file)| file.output.ends_with(".svg")) {
        for missing in fonts.missing_glyphs(&drawn_text(&file.bytes)) {
            let code = format!("U+{:04X}", u32::from(missing));
            sink.push(
                Diagnostic::error(
                    Code::GLYPH_MISSING,
                    say!("`{path}` holds the character `{missing}` ({code}), which no font has", path, missing, code),
                )
                .at(file.span)
                .help(say!("replace it in the drawing, turn its text into paths, or put a font that has it into templates/fonts")),
            );
        }
    }
}

/// All words that an author has written, or has put in the place of the program's own, and a report prints, line by line.
#[must_use]
pub fn printed_text(document: &ResolvedDocument) -> String {
    let mut text = Lines(format!("{}\n", document.title_text));
    let optional = |words: &Option<Vec<Inline>>| plain_text(words.as_deref().unwrap_or_default());
    text.push(&optional(&document.subtitle));
    let publisher = &document.publisher;
    let names = [Some(&publisher.name), publisher.unit.as_ref(), document.series.as_ref()];
    names.into_iter().flatten().for_each(|name| text.push(name));
    text.push(&optional(&document.notice));
    text.push(&optional(&document.withdrawn));
    for row in &document.imprint {
        text.push(&row.label);
        text.push(&plain_text(&row.value));
    }
    text.push(&document.kind_label);
    let state = document.labels.iter().filter(|(name, _)| name.starts_with("status_")).map(|(_, words)| words);
    pdf::LABELS.iter().filter_map(|name| document.labels.get(*name)).chain(state).for_each(|words| text.push(words));
    if let Some(sign_off) = &document.sign_off {
        text.push(&sign_off.place);
        text.push(&plain_text(&sign_off.by));
    }
    walk_body(&mut text, document);
    text.0
}

struct Lines(String);

impl Lines {
    fn push(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }
}

/// The words in a picture that the program has drawn.
fn drawn_words(svg: &str) -> impl Iterator<Item = &str> {
    let inside = svg.split("<text").skip(1).filter_map(|rest| rest.split_once("</text>")).map(|(inside, _)| inside);
    inside.flat_map(|inside| inside.split('>').skip(1)).filter_map(|piece| piece.split('<').next())
}

impl<'a> Visit<'a> for Lines {
    fn block(&mut self, block: &'a Block) {
        // What is printed and is no line of an author's.
        match block {
            Block::Code { text: words, .. } | Block::Callout { title: words, own_title: None, .. } => self.push(words),
            Block::Assessment { title, items, .. } => {
                self.push(title);
                items.iter().filter_map(|item| item.area.as_ref()).for_each(|area| self.push(area));
            }
            Block::Timeline { entries, .. } => entries.iter().for_each(|entry| self.push(&entry.date)),
            Block::Question(question) => self.push(&question.label),
            Block::Downloads { items } => items.iter().for_each(|item| self.push(&item.words)),
            Block::Chart(chart) => drawn_words(&chart.svg).for_each(|words| self.push(words)),
            Block::Heading { .. }
            | Block::Paragraph { .. }
            | Block::List { .. }
            | Block::Quote { .. }
            | Block::Callout { .. }
            | Block::Beside { .. }
            | Block::Definitions { .. }
            | Block::Table(_)
            | Block::Image(_)
            | Block::Statement { .. }
            | Block::Process { .. }
            | Block::Bibliography { .. }
            | Block::KeyFigures { .. }
            | Block::Pairs { .. }
            | Block::Rule => {}
        }
        walk_block(self, block);
    }

    fn table(&mut self, table: &'a Table) {
        table.notes.iter().chain(&table.legend).for_each(|note| self.push(&note.mark));
        walk_table(self, table);
    }

    fn line(&mut self, words: &'a [Inline], _: Line) {
        self.push(&plain_text(words));
    }
}
