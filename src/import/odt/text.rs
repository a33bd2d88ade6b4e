//! The running text of a paragraph.

use roxmltree::Node;

use crate::office::{Fault, attribute, child};

use super::super::inlines::{Look, Piece, joined};
use super::super::manuscript::Inline;
use super::super::remark::Remark;
use super::Reader;

/// The text of a paragraph, and the frames that are anchored in it.
#[derive(Default)]
pub struct Text<'a, 'i> {
    pub pieces: Vec<Piece>,
    pub frames: Vec<Node<'a, 'i>>,
}

impl<'a, 'i: 'a> Reader {
    pub fn runs(&mut self, parent: Node<'a, 'i>, look: Look, out: &mut Text<'a, 'i>) -> Result<(), Fault> {
        for node in parent.children() {
            let push = |out: &mut Text, inline: Inline| out.pieces.push(Piece { look, inline });
            if let Some(text) = node.text().filter(|_| node.is_text()) {
                push(out, Inline::Text(collapsed(text)));
                continue;
            }
            match node.tag_name().name() {
                "span" => {
                    let (_, own) = self.styles.get(attribute(node, "style-name"));
                    self.runs(node, look.with(own), out)?;
                }
                "s" => push(out, Inline::Text(" ".repeat(super::count(node, "c")))),
                "tab" => push(out, Inline::Text("\t".to_owned())),
                "line-break" => push(out, Inline::LineBreak),
                "a" => {
                    let mut inner = Text::default();
                    self.runs(node, look, &mut inner)?;
                    out.frames.append(&mut inner.frames);
                    let content = joined(inner.pieces);
                    let address = attribute(node, "href").unwrap_or_default();
                    push(
                        out,
                        match address.strip_prefix('#') {
                            Some(anchor) => Inline::Reference {
                                anchor: anchor.split('|').next().unwrap_or(anchor).to_owned(),
                                content,
                            },
                            None => Inline::Link { address: address.to_owned(), content },
                        },
                    );
                }
                "bookmark" | "bookmark-start" | "reference-mark" | "reference-mark-start" => {
                    push(out, Inline::Anchor(attribute(node, "name").unwrap_or_default().to_owned()));
                }
                "sequence" => {
                    push(out, Inline::Anchor(attribute(node, "ref-name").unwrap_or_default().to_owned()));
                    self.runs(node, look, out)?;
                }
                "bookmark-ref" | "reference-ref" | "sequence-ref" | "note-ref" => {
                    let mut inner = Text::default();
                    self.runs(node, look, &mut inner)?;
                    let anchor = attribute(node, "ref-name").unwrap_or_default().to_owned();
                    push(out, Inline::Reference { anchor, content: joined(inner.pieces) });
                }
                "note" => {
                    let name = format!("{}", self.notes.len() + 1);
                    self.notes.insert(name.clone(), Vec::new());
                    let blocks = child(node, "note-body").map(|body| self.gathered(body)).transpose()?;
                    self.notes.insert(name.clone(), blocks.unwrap_or_default());
                    push(out, Inline::Note(name));
                }
                "annotation" => {
                    let words: Vec<&str> =
                        node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
                    push(out, Inline::Remark(Remark::comment(&words.join(" "))));
                }
                "frame" | "custom-shape" | "g" => out.frames.push(node),
                "annotation-end" | "soft-page-break" | "page-number" | "page-count" | "change" | "change-start"
                | "change-end" => {}
                _ => self.runs(node, look, out)?,
            }
        }
        Ok(())
    }
}

/// Blanks and ends of lines in a row are one blank.
fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c != '\u{ad}') {
        match matches!(c, ' ' | '\n' | '\r' | '\t') {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}
