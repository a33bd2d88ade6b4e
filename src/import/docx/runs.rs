//! The running text of a paragraph.

use roxmltree::Node;

use crate::diagnostic::say;
use crate::office::{Fault, attribute, child};

use super::super::inlines::{Look, Piece, joined};
use super::super::manuscript::{Inline, words};
use super::super::raised;
use super::super::remark::{Remark, beginning};
use super::super::source::Cited;
use super::citations::{Mention, of_mendeley};
use super::fields::{Field, field};
use super::styles::look;
use super::{OpenField, Reader};

/// The text of a paragraph, and what stands in it and is no text.
#[derive(Default)]
pub struct Text<'a, 'i> {
    pub pieces: Vec<Piece>,
    /// Pictures, drawings and text boxes.
    pub drawn: Vec<Node<'a, 'i>>,
}

impl<'a, 'i: 'a> Reader {
    /// Reads what stands in a paragraph, a hyperlink or whatever else holds runs.
    pub fn runs(&mut self, parent: Node<'a, 'i>, over: Look, out: &mut Text<'a, 'i>) -> Result<(), Fault> {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => self.run(node, over, out),
                "hyperlink" => {
                    let from = out.pieces.len();
                    self.runs(node, over, out)?;
                    let link =
                        attribute(node, "id").and_then(|id| self.relations.get(id)).map(|link| link.target.clone());
                    let anchor = attribute(node, "anchor").filter(|anchor| !anchor.is_empty());
                    match (link, anchor) {
                        (Some(address), _) => wrap(out, from, |content| Inline::Link { address, content }),
                        (None, Some(anchor)) => {
                            let anchor = anchor.to_owned();
                            wrap(out, from, |content| Inline::Reference { anchor, content });
                        }
                        (None, None) => {}
                    }
                }
                "fldSimple" => {
                    let field = field(attribute(node, "instr").unwrap_or_default());
                    let from = out.pieces.len();
                    self.runs(node, over, out)?;
                    self.end_field(field, Some(from), out);
                }
                "bookmarkStart" => {
                    if let Some(name) = attribute(node, "name").filter(|name| *name != "_GoBack") {
                        push(out, Look::default(), Inline::Anchor(name.to_owned()));
                    }
                }
                "ins" | "moveTo" => {
                    self.found.inserted += 1;
                    self.runs(node, over, out)?;
                }
                "del" | "moveFrom" => self.found.deleted += 1,
                "oMath" | "oMathPara" => {
                    let text: String = node
                        .descendants()
                        .filter(|part| part.tag_name().name() == "t")
                        .filter_map(|part| part.text())
                        .collect();
                    let what = say!("an equation stands as plain text: “{words}”", words = beginning(&text));
                    push(out, over, Inline::Text(text));
                    push(
                        out,
                        over,
                        Inline::Remark(Remark::new(
                            what,
                            say!("read it, and write it so that it can be read on one line; or make a picture of it"),
                        )),
                    );
                }
                "sdt" if mendeley(node).is_some() => {
                    let from = out.pieces.len();
                    if let Some(content) = child(node, "sdtContent") {
                        self.runs(content, over, out)?;
                    }
                    self.end_field(Field::Citation(mendeley(node).unwrap_or_default()), Some(from), out);
                }
                "sdt" => {
                    if let Some(content) = child(node, "sdtContent") {
                        self.runs(content, over, out)?;
                    }
                }
                "smartTag" | "customXml" | "bdo" | "dir" => self.runs(node, over, out)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn run(&mut self, node: Node<'a, 'i>, over: Look, out: &mut Text<'a, 'i>) {
        let properties = child(node, "rPr");
        let value = |name: &str| {
            properties.and_then(|properties| child(properties, name)).and_then(|found| attribute(found, "val"))
        };
        let own = self.styles.look(value("rStyle"));
        let over = over.with(own);
        let look = properties.map_or(over, |properties| look(properties, over));
        let is_set = |name: &str| {
            let found = properties.and_then(|properties| child(properties, name));
            found.is_some_and(|found| attribute(found, "val").is_none_or(super::styles::says_yes))
        };
        if is_set("vanish") {
            self.found.hidden += usize::from(node.descendants().any(|part| part.tag_name().name() == "t"));
            return;
        }
        let script = value("vertAlign").filter(|script| *script != "baseline");
        for part in node.children().filter(Node::is_element) {
            self.part(part, look, script, out);
        }
    }

    fn part(&mut self, part: Node<'a, 'i>, look: Look, script: Option<&str>, out: &mut Text<'a, 'i>) {
        let name = part.tag_name().name();
        match name {
            "fldChar" => return self.field_sign(attribute(part, "fldCharType").unwrap_or_default(), out),
            "instrText" => {
                if let Some(open) = self.fields.last_mut().filter(|open| open.field.is_none()) {
                    open.instruction.push_str(part.text().unwrap_or_default());
                }
                return;
            }
            _ => {}
        }
        if self.is_left_out() {
            return;
        }
        let text = |text: &str| Inline::Text(text.to_owned());
        match name {
            "t" => {
                let written = part.text().unwrap_or_default().replace('\u{ad}', "");
                let written = match script {
                    Some(script) => raised::written(&written, script == "superscript").unwrap_or_else(|| {
                        self.found.raised.insert(written.trim().to_owned());
                        written
                    }),
                    None => written,
                };
                push(out, look, Inline::Text(written));
            }
            "tab" | "ptab" => push(out, look, text("\t")),
            "br" if attribute(part, "type").is_none_or(|kind| kind == "textWrapping") => {
                push(out, Look::default(), Inline::LineBreak)
            }
            "cr" => push(out, Look::default(), Inline::LineBreak),
            "noBreakHyphen" => push(out, look, text("\u{2011}")),
            "sym" => {
                let sign = attribute(part, "char").and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(symbol);
                push(out, look, text(sign.unwrap_or("•")));
            }
            "footnoteReference" | "endnoteReference" => {
                let id = attribute(part, "id").unwrap_or_default();
                push(out, Look::default(), Inline::Note(super::note_name(name.trim_end_matches("Reference"), id)));
            }
            "commentReference" => {
                if let Some(comment) = attribute(part, "id").and_then(|id| self.comments.get(id)) {
                    let remark = Remark::comment(comment);
                    push(out, Look::default(), Inline::Remark(remark));
                }
            }
            "drawing" | "pict" | "object" | "AlternateContent" => out.drawn.push(part),
            "ruby" => out.pieces.extend(
                part.descendants()
                    .filter(|part| {
                        part.tag_name().name() == "t"
                            && part.ancestors().any(|above| above.tag_name().name() == "rubyBase")
                    })
                    .filter_map(|part| Some(Piece { look, inline: text(part.text()?) })),
            ),
            _ => {}
        }
    }

    /// Whether what is read now stands in a field that is left out, or in the instruction of one.
    pub fn is_left_out(&self) -> bool {
        self.fields.iter().any(|open| matches!(open.field, None | Some(Field::LeftOut | Field::Bibliography)))
    }

    fn field_sign(&mut self, kind: &str, out: &mut Text<'a, 'i>) {
        match kind {
            "begin" => self.fields.push(OpenField::default()),
            "separate" => {
                if let Some(open) = self.fields.last_mut() {
                    // A list of sources that no citation carries is text.
                    let found = match field(&open.instruction) {
                        Field::Bibliography if self.cited.is_empty() => Field::Text,
                        found => found,
                    };
                    self.references |= found == Field::Bibliography;
                    open.field = Some(found);
                    open.from = Some(out.pieces.len());
                }
            }
            "end" => {
                if let Some(OpenField { field: Some(field), from, .. }) = self.fields.pop() {
                    self.end_field(field, from, out);
                }
            }
            _ => {}
        }
    }

    fn end_field(&mut self, field: Field, from: Option<usize>, out: &mut Text<'a, 'i>) {
        let from = from.filter(|from| *from <= out.pieces.len());
        match (field, from) {
            (Field::Reference(anchor), Some(from)) => wrap(out, from, |content| Inline::Reference { anchor, content }),
            (Field::Link(address), Some(from)) => wrap(out, from, |content| Inline::Link { address, content }),
            (Field::Citation(mentions), Some(from)) => self.cite(&mentions, from, out),
            (Field::Unread, _) => self.found.uncited += 1,
            (Field::PageNumber, _) => self.found.page_numbers += 1,
            (Field::LeftOut | Field::Bibliography, Some(from)) => out.pieces.truncate(from),
            _ => {}
        }
    }
}

impl Reader {
    /// Puts a citation in the place of the words that the document prints for it, where all its sources are known.
    fn cite(&mut self, mentions: &[Mention], from: usize, out: &mut Text) {
        let cited: Option<Vec<Cited>> = mentions.iter().map(|mention| self.cited(mention)).collect();
        let Some(cited) = cited.filter(|cited| !cited.is_empty()) else {
            self.found.uncited += 1;
            return;
        };
        let shown: Vec<Inline> = out.pieces.split_off(from).into_iter().map(|piece| piece.inline).collect();
        push(out, Look::default(), Inline::Citation { cited, shown: words(&shown) });
    }

    fn cited(&mut self, mention: &Mention) -> Option<Cited> {
        let kept = || {
            self.kept
                .iter()
                .find(|(key, _)| Some(*key) == self.kept.key(&mention.name))
                .map(|(_, source)| source.clone())
        };
        let source = mention.source.clone().or_else(kept)?;
        let key = self.cited.add(&mention.name, source);
        Some(Cited { key, pages: mention.pages.clone() })
    }
}

/// What a content control of Mendeley cites.
fn mendeley(node: Node) -> Option<Vec<Mention>> {
    of_mendeley(attribute(child(child(node, "sdtPr")?, "tag")?, "val")?)
}

fn push(out: &mut Text, look: Look, inline: Inline) {
    out.pieces.push(Piece { look, inline });
}

/// Puts what was read since `from` into one inline; what holds no words stays as it is.
fn wrap(out: &mut Text, from: usize, make: impl FnOnce(Vec<Inline>) -> Inline) {
    let content = out.pieces.split_off(from);
    if content.iter().all(|piece| matches!(&piece.inline, Inline::Text(text) if text.trim().is_empty())) {
        out.pieces.extend(content);
        return;
    }
    let look = content.first().map(|piece| piece.look).filter(|look| content.iter().all(|piece| piece.look == *look));
    let content = match look {
        Some(_) => content.into_iter().map(|piece| Piece { look: Look::default(), ..piece }).collect(),
        None => content,
    };
    out.pieces.push(Piece { look: look.unwrap_or_default(), inline: make(joined(content)) });
}

/// Signs of the fonts Symbol and Wingdings that stand for themselves.
fn symbol(code: u32) -> Option<&'static str> {
    Some(match code & 0xff {
        0xb7 | 0xa7 | 0x6c | 0x6e => "•",
        0xe0 | 0xae => "→",
        0xfc => "✓",
        0xb3 => "≥",
        0xa3 => "≤",
        0xb1 => "±",
        0xb4 => "×",
        _ => return None,
    })
}
