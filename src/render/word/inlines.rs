//! What each inline becomes.

use super::look::{Look, Style};
use super::words::{Words, bookmark};
use super::writer::Writer;
use crate::document::resolved::Inline;
use crate::document::resolved::origin::{Origin, Stretch};

impl Writer<'_> {
    pub fn inlines(&mut self, inlines: &[Inline], look: &Look, out: &mut Words) {
        for inline in inlines {
            self.inline(inline, look, out);
        }
    }

    fn inline(&mut self, inline: &Inline, look: &Look, out: &mut Words) {
        match inline {
            Inline::Text { text, origin } => out.written(text, origin, look),
            Inline::Code { text } => out.own(text, &Look { style: "CodeText", ..look.clone() }),
            Inline::LineBreak => out.line_break(),
            Inline::Emphasis { content } => self.inlines(content, &Look { italic: true, ..look.clone() }, out),
            Inline::Strong { content } => self.inlines(content, &Look { bold: true, ..look.clone() }, out),
            Inline::Strikethrough { content } | Inline::Deleted { content } => {
                self.inlines(content, &Look { strike: true, ..look.clone() }, out);
            }
            Inline::Inserted { content } => self.inlines(content, &Look { underline: true, ..look.clone() }, out),
            Inline::Language { language, content } => {
                self.inlines(content, &Look { language: Some(language.clone()), ..look.clone() }, out);
            }
            Inline::Link { href, content, .. } if !look.bare && leads_out(href) => {
                let id = self.story.relations.link(href);
                out.xml.open("w:hyperlink", &[("r:id", id.as_str()), ("w:history", "1")]);
                self.inlines(content, &Look { style: "Hyperlink", ..look.clone() }, out);
                out.xml.close();
            }
            Inline::Reference { anchor, content, .. } if !look.bare => {
                out.xml.open("w:hyperlink", &[("w:anchor", bookmark(anchor).as_str()), ("w:history", "1")]);
                self.inlines(content, look, out);
                out.xml.close();
            }
            Inline::Anchor { anchor, content } if !look.bare => {
                self.marked(anchor, out, |writer, out| writer.inlines(content, look, out));
            }
            Inline::Link { content, .. } | Inline::Reference { content, .. } | Inline::Anchor { content, .. } => {
                self.inlines(content, look, out);
            }
            Inline::Figure { id, written, text, origin, .. } => {
                let origin = origin.map(|span| Origin::Bound { figure: id.clone(), span });
                let stretches = origin.map_or_else(Vec::new, |origin| Stretch::whole(text, origin));
                self.locked(id, written, out, |out| out.written(text, &stretches, look));
            }
            Inline::Note { number, anchor, first, .. } if !look.bare => self.note(*number, anchor, *first, out),
            Inline::Note { .. } => {}
            Inline::Mark { mark, .. } => out.own(mark, &Look { raised: !mark.starts_with('*'), ..look.clone() }),
        }
    }

    /// A bound number: Word shows it and lets nobody change it; it may go with the sentence that it stands in.
    pub fn locked(&mut self, figure: &str, binding: &str, out: &mut Words, write: impl FnOnce(&mut Words)) {
        let number = self.next_number();
        out.xml.open("w:sdt", &[]).open("w:sdtPr", &[]);
        out.xml.empty("w:alias", &[("w:val", name_of_control(figure))]);
        if !binding.is_empty() {
            out.xml.empty("w:tag", &[("w:val", name_of_control(binding))]);
        }
        out.xml.empty("w:id", &[("w:val", number.as_str())]).empty("w:lock", &[("w:val", "contentLocked")]).close();
        out.xml.open("w:sdtContent", &[]);
        write(out);
        out.xml.close().close();
    }

    /// A place that links lead to.
    pub fn marked(&mut self, anchor: &str, out: &mut Words, write: impl FnOnce(&mut Self, &mut Words)) {
        let number = self.next_number();
        out.xml.empty("w:bookmarkStart", &[("w:id", number.as_str()), ("w:name", bookmark(anchor).as_str())]);
        write(self, out);
        out.xml.empty("w:bookmarkEnd", &[("w:id", number.as_str())]);
    }

    /// The mark of a note, which stands below the page of its first mark.
    fn note(&mut self, number: u32, anchor: &str, first: bool, out: &mut Words) {
        let raised = Look::styled("FootnoteReference");
        if !first {
            let code = format!(" NOTEREF {} \\h ", bookmark(anchor));
            out.xml.open("w:fldSimple", &[("w:instr", code.as_str())]);
            out.own(&number.to_string(), &raised);
            out.xml.close();
            return;
        }
        self.noted += 1;
        let id = self.noted.to_string();
        self.marked(anchor, out, |_, out| {
            out.xml.open("w:r", &[]);
            raised.write(&mut out.xml);
            out.xml.empty("w:footnoteReference", &[("w:id", id.as_str())]).close();
        });
        let document = self.document;
        let Some(note) = document.notes.iter().find(|note| note.number == number) else { return };
        self.below_the_page(|writer| {
            writer.story.xml.open("w:footnote", &[("w:id", id.as_str())]);
            writer.paragraph(&Style::named("FootnoteText"), |writer, out| {
                out.xml.open("w:r", &[]);
                raised.write(&mut out.xml);
                out.xml.empty("w:footnoteRef", &[]).close();
                out.own(" ", &Look::default());
                writer.inlines(&note.content, &Look::default(), out);
            });
            writer.story.xml.close();
        });
    }
}

/// Addresses that can be followed from a file that was taken along.
fn leads_out(href: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme))
}

/// As much of a name as the format allows.
fn name_of_control(name: &str) -> &str {
    name.char_indices().nth(64).map_or(name, |(end, _)| &name[..end])
}
