//! A report as a Word document to comment on.
//!
//! It is made of the resolved document, as the PDF and the page are: the same words and the same numbers. Each paragraph has an address made of
//! its words, in a bookmark that Word and LibreOffice keep, by which it is found again when the file comes back; bound numbers stand in controls that
//! nobody can write in.

mod blocks;
mod front;
mod inlines;
mod look;
mod parts;
mod pictures;
mod relations;
mod tables;
mod words;
mod writer;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use resvg::usvg;

use super::pdf::Fonts;
use super::{drawing, layout};
use crate::diagnostic::Said;
use crate::document::anchor;
use crate::document::resolved::ResolvedDocument;
use crate::document::resolved::origin::Stretch;
use crate::office::{Markup, PackedPart, pack};
use crate::source::Span;
use crate::system::Bytes;

use blocks::Room;
use writer::{Story, Writer};

pub use parts::{EXPORTED, REPORT, VERSION};
pub use writer::PREFIX;

/// A paragraph as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Made of its words; of those that say the same, all but the first have their number behind it.
    pub id: String,
    /// What a reader sees, marks of notes left out.
    pub text: String,
    /// Where it was written; what no stretch covers are words of the program's own.
    pub stretches: Vec<Stretch>,
    pub belonging: Belonging,
}

/// What a paragraph is a part of that is made from data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Belonging {
    #[default]
    Nothing,
    /// A table, and where it is defined; one that was typed is defined nowhere else.
    Table(Option<Span>),
    /// One of its values, by the ids of table, row and column.
    Cell { table: Option<Span>, key: [String; 3] },
    /// The account of changes, which the program writes.
    Account,
}

/// The report's pictures, and how drawings become pictures.
pub struct PictureFiles<'a> {
    files: &'a BTreeMap<String, Bytes>,
    /// None where no drawing is wanted.
    options: Option<usvg::Options<'static>>,
}

impl<'a> PictureFiles<'a> {
    #[must_use]
    pub fn new(files: &'a BTreeMap<String, Bytes>, fonts: &Fonts) -> Self {
        Self { files, options: Some(drawing::options(fonts)) }
    }
}

/// Room for the text on a page, in twentieths of a point.
const WIDTH: usize = 11_906 - 1_814 - 1_984;

/// What the elements of the format's parts are named by.
const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
];

static NO_FILES: LazyLock<BTreeMap<String, Bytes>> = LazyLock::new(BTreeMap::new);

/// What the paragraphs of a document say, as it is written: those of the text in its order, then those of notes.
pub fn paragraphs(document: &ResolvedDocument) -> Vec<Paragraph> {
    let Writer { mut paragraphs, mut noted_paragraphs, .. } =
        written(document, &PictureFiles { files: &NO_FILES, options: None }).0;
    paragraphs.append(&mut noted_paragraphs);
    paragraphs
}

/// Writes a document.
///
/// # Errors
/// More than a packed file can hold.
pub fn render(document: &ResolvedDocument, pictures: &PictureFiles) -> Result<Vec<u8>, Said> {
    let (writer, running_title) = written(document, pictures);
    let Writer { story, notes, mut paragraphs, mut noted_paragraphs, media, lists, .. } = writer;
    paragraphs.append(&mut noted_paragraphs);
    let mut file = vec![
        parts::content_types(),
        parts::root_relations(),
        PackedPart::new("word/document.xml", story.xml.finish()),
        PackedPart::new("word/_rels/document.xml.rels", story.relations.xml()),
        PackedPart::new("word/footnotes.xml", notes.xml.finish()),
        PackedPart::new("word/_rels/footnotes.xml.rels", notes.relations.xml()),
        parts::styles(document),
        parts::numbering(&lists),
        parts::settings(document),
    ];
    file.extend(parts::head_and_foot(document, &running_title));
    file.extend(parts::properties(document));
    file.extend(parts::exported(document, &paragraphs));
    file.extend(media);
    pack(&file).map_err(Said::quoted)
}

/// The text of a document with its notes, and the title at the head of its pages.
fn written<'a>(document: &'a ResolvedDocument, pictures: &'a PictureFiles<'a>) -> (Writer<'a>, String) {
    let mut text = Markup::part();
    text.open("w:document", NAMESPACES).open("w:body", &[]);
    let mut writer = Writer::new(document, pictures, Story::new(text), Story::new(notes()));
    let shared = [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("footnotes", "footnotes.xml"),
        ("customXml", "../customXml/item1.xml"),
    ];
    for (kind, target) in shared {
        writer.story.relations.part(kind, target);
    }
    writer.front();
    let layout = layout::document(document);
    for (at, chapter) in document.chapters.iter().enumerate() {
        writer.new_page = at == 0 || !layout.runs_on;
        let is_account = chapter.anchor == anchor::CHANGES;
        writer.belonging = if is_account { Belonging::Account } else { Belonging::Nothing };
        writer.blocks(&chapter.blocks, &Room::default());
    }
    writer.belonging = Belonging::Nothing;
    document.sign_off.iter().for_each(|sign_off| writer.sign_off(sign_off));
    section(&mut writer.story);
    (writer, layout.running_title)
}

/// The part with the notes begins with two that the format asks for: the lines between text and notes.
fn notes() -> Markup {
    let mut xml = Markup::part();
    xml.open("w:footnotes", NAMESPACES);
    let lines = [("separator", "-1", "w:separator"), ("continuationSeparator", "0", "w:continuationSeparator")];
    for (kind, id, line) in lines {
        xml.open("w:footnote", &[("w:type", kind), ("w:id", id)]).open("w:p", &[]).open("w:r", &[]);
        xml.empty(line, &[]).close().close().close();
    }
    xml
}

/// Paper, margins, heads and feet.
fn section(story: &mut Story) {
    let (head, foot) = (story.relations.part("header", "header1.xml"), story.relations.part("footer", "footer1.xml"));
    let xml = &mut story.xml;
    xml.open("w:sectPr", &[]);
    xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", head.as_str())]);
    xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", foot.as_str())]);
    xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
    let margins = [("w:top", "1701"), ("w:right", "1984"), ("w:bottom", "1588"), ("w:left", "1814")];
    let rest = [("w:header", "794"), ("w:footer", "737"), ("w:gutter", "0")];
    xml.empty("w:pgMar", &[&margins[..], &rest[..]].concat()).empty("w:titlePg", &[]).close();
}

/// A colour as Word writes it: `1D5B79`.
fn colour(hex: &str) -> String {
    hex.trim_start_matches('#').to_uppercase()
}

/// Seven parts of a colour in a hundred of white.
fn tint(hex: &str) -> String {
    let digits = hex.trim_start_matches('#');
    let part = |at: usize| digits.get(at..at + 2).and_then(|pair| u32::from_str_radix(pair, 16).ok()).unwrap_or(255);
    let mixed = |at: usize| 255 - (255 - part(at)) * 7 / 100;
    format!("{:02X}{:02X}{:02X}", mixed(0), mixed(2), mixed(4))
}
