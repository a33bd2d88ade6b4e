//! What a report prints, character by character: fonts that are missing, and characters that no font has.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::resolved::{Block, Inline, ResolvedDocument, Table, plain_text};
use crate::model::Project;
use crate::render::pdf::Fonts;
use crate::source::SourceMap;

use super::lengths;

/// Reports fonts of the theme that are not at hand.
pub fn check_fonts(project: &Project, fonts: &Fonts, sink: &mut Sink) {
    let families = fonts.families();
    for font in [&project.workspace.theme.text_font, &project.workspace.theme.heading_font] {
        if !families.iter().any(|family| family.eq_ignore_ascii_case(&font.value)) {
            sink.push(
                Diagnostic::error(Code::FONT_UNKNOWN, format!("there is no font `{}`", font.value))
                    .at(font.span)
                    .nearest(&font.value, families.iter().copied())
                    .help(format!(
                        "fonts at hand: {}; put others into templates/fonts as .ttf or .otf",
                        families.join(", ")
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
            format!("no font has the character `{missing}` (U+{:04X})", u32::from(missing)),
        )
        .help(format!("it stands in: … {} …", context.trim()))
        .help("replace it, or put a font that has it into templates/fonts");
        let sign = missing.encode_utf8(&mut [0; 4]).to_owned();
        sink.push(match lengths::place(sources, &sign) {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        });
    }
}

/// All words that an author has written and a report prints, line by line.
#[must_use]
pub fn printed_text(document: &ResolvedDocument) -> String {
    let mut text =
        format!("{}\n{}\n", document.title_text, plain_text(document.subtitle.as_deref().unwrap_or_default()));
    let publisher = &document.publisher;
    let names = [Some(&publisher.name), publisher.unit.as_ref(), document.series.as_ref()];
    names.into_iter().flatten().for_each(|name| collect_line(name, &mut text));
    collect_line(&plain_text(document.notice.as_deref().unwrap_or_default()), &mut text);
    document.imprint.iter().for_each(|row| collect_line(&plain_text(&row.value), &mut text));
    if let Some(sign_off) = &document.sign_off {
        collect_line(&sign_off.place, &mut text);
        collect_line(&plain_text(&sign_off.by), &mut text);
    }
    for chapter in &document.chapters {
        collect(&chapter.blocks, &mut text);
    }
    for note in &document.notes {
        text.push_str(&plain_text(&note.content));
        text.push('\n');
    }
    text
}

fn collect_line(line: &str, out: &mut String) {
    out.push_str(line);
    out.push('\n');
}

fn collect(blocks: &[Block], out: &mut String) {
    fn line(out: &mut String, content: &[Inline]) {
        collect_line(&plain_text(content), out);
    }
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph { content } => line(out, content),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, out)),
            Block::Quote { blocks, attribution } => {
                line(out, attribution.as_deref().unwrap_or_default());
                collect(blocks, out);
            }
            Block::Callout { blocks, .. } => collect(blocks, out),
            Block::Definitions { items } => {
                for item in items {
                    out.push_str(&plain_text(&item.term));
                    item.descriptions.iter().for_each(|text| collect(text, out));
                }
            }
            Block::Table(table) => collect_table(table, out),
            Block::Chart(chart) => {
                line(out, &chart.caption);
                collect_table(&chart.table, out);
            }
            Block::Image(image) => {
                line(out, image.caption.as_deref().unwrap_or_default());
                line(out, image.credit.as_deref().unwrap_or_default());
            }
            Block::Assessment { items, .. } => items.iter().for_each(|item| line(out, &item.content)),
            Block::Statement { content, attribution, .. } => {
                line(out, content);
                line(out, attribution);
            }
            Block::Process { steps, .. } => {
                for step in steps {
                    line(out, &step.title);
                    line(out, step.text.as_deref().unwrap_or_default());
                }
            }
            Block::Bibliography { items } => items.iter().for_each(|item| line(out, &item.content)),
            Block::Code { text } => line(out, &[Inline::text(text.clone())]),
            Block::Rule => {}
            Block::Timeline { title, entries } => {
                line(out, title.as_deref().unwrap_or_default());
                for entry in entries {
                    line(out, &entry.title);
                    line(out, entry.text.as_deref().unwrap_or_default());
                }
            }
            Block::KeyFigures { items } => {
                for item in items {
                    line(out, &item.value);
                    line(out, &item.label);
                }
            }
            Block::Pairs { items } => {
                for item in items {
                    line(out, &item.problem);
                    line(out, &item.proposal);
                }
            }
            Block::Question(question) => {
                line(out, &question.content);
                question.parts.iter().for_each(|part| line(out, &part.content));
            }
            Block::Downloads { items } => items.iter().for_each(|item| line(out, &item.title)),
        }
    }
}

fn collect_table(table: &Table, out: &mut String) {
    let cells = table
        .head
        .iter()
        .flatten()
        .map(|cell| &cell.content)
        .chain(table.rows.iter().flat_map(|row| &row.cells).map(|c| &c.content));
    let notes =
        table.notes.iter().map(|note| &note.content).chain(&table.caption).chain(&table.note).chain(&table.source);
    for content in cells.chain(notes) {
        out.push_str(&plain_text(content));
        out.push('\n');
    }
}
