//! What stands before the chapters: title, imprint, contents.

use super::blocks::Room;
use super::look::{Look, Style};
use super::words::{Words, bookmark};
use super::writer::Writer;
use crate::document::resolved::{ContentsEntry, Inline, SignOff};
use crate::office::Markup;

/// Where the values of the imprint begin, in twentieths of a point.
const VALUES: usize = 2600;

impl Writer<'_> {
    pub fn front(&mut self) {
        let document = self.document;
        let room = Room::default();
        match &document.publisher.logo {
            Some(logo) => self.placed(&logo.path, &logo.alt, Some((240, 60)), &room),
            None => self.front_line(&document.publisher.name, &Look::bold()),
        }
        let unit = document.publisher.unit.as_deref();
        let lines = [unit, document.series.as_deref()];
        lines.into_iter().flatten().for_each(|line| self.front_line(line, &Look::default()));
        self.repeatable(&document.title, "Title");
        document.subtitle.iter().for_each(|words| self.repeatable(words, "Subtitle"));
        self.front_line(&format!("{} · {}", document.kind_label, document.date.long), &Look::bold());
        if let Some(mark) = document.status.notice_label().map(|key| self.label(key)) {
            self.front_line(mark, &Look::styled("Label"));
            if document.status.is_draft() {
                self.front_line(&self.label("draft_notice").replace("{status}", mark), &Look::default());
            }
        }
        if let Some(words) = &document.withdrawn {
            self.front_line(self.label("withdrawn_notice"), &Look::bold());
            self.repeatable(words, "Front");
        }
        document.notice.iter().for_each(|words| self.repeatable(words, "Front"));
        self.imprint();
        if document.template == "report" && !document.contents.is_empty() {
            self.contents(&document.contents);
        }
    }

    /// Place, date and function at the end of a letter.
    pub fn sign_off(&mut self, SignOff { place, by }: &SignOff) {
        self.own_line(place, &Style { keep: true, ..Style::default() });
        self.paragraph(&Style::default(), |writer, out| writer.inlines(by, &Look::bold(), out));
    }

    fn front_line(&mut self, words: &str, look: &Look) {
        self.paragraph(&Style::named("Front"), |_, out| out.own(words, look));
    }

    /// Words that hold no links where they stand here.
    fn repeatable(&mut self, words: &[Inline], style: &'static str) {
        self.paragraph(&Style::named(style), |writer, out| {
            writer.inlines(words, &Look { bare: true, ..Look::default() }, out);
        });
    }

    fn imprint(&mut self) {
        let document = self.document;
        self.own_line(self.label("imprint"), &Style::named("BoxTitle"));
        for row in &document.imprint {
            let style = Style { hanging: VALUES, ..Style::named("Front") };
            self.paragraph(&style, |writer, out| {
                out.own(&row.label, &Look::bold());
                out.tab();
                writer.inlines(&row.value, &Look::default(), out);
            });
        }
    }

    /// A table of contents that Word can make anew. Page numbers are Word's to tell: here stand the entries, which lead to their headings.
    fn contents(&mut self, entries: &[ContentsEntry]) {
        let mut xml = Markup::default();
        xml.open("w:sdt", &[]).open("w:sdtPr", &[]).open("w:docPartObj", &[]);
        xml.empty("w:docPartGallery", &[("w:val", "Table of Contents")]).empty("w:docPartUnique", &[]).close().close();
        xml.open("w:sdtContent", &[]).open("w:p", &[]);
        Style { new_page: true, ..Style::named("TOCHeading") }.write(&mut xml);
        let mut words = Words::default();
        words.own(self.label("contents"), &Look::default());
        xml.put(words.xml).close();
        for (at, entry) in entries.iter().enumerate() {
            let mut words = Words::default();
            if at == 0 {
                words.field_begin(" TOC \\o \"1-2\" \\h \\z \\u ");
            }
            words.xml.open("w:hyperlink", &[("w:anchor", &bookmark(&entry.anchor)), ("w:history", "1")]);
            entry.number.iter().for_each(|number| words.own(&format!("{number}\u{2002}"), &Look::default()));
            self.inlines(&entry.title, &Look { bare: true, ..Look::default() }, &mut words);
            words.xml.close();
            if at + 1 == entries.len() {
                words.field_end();
            }
            xml.open("w:p", &[]);
            Style::named(if entry.level == 1 { "TOC1" } else { "TOC2" }).write(&mut xml);
            xml.put(words.xml).close();
        }
        xml.close().close();
        self.story.xml.put(xml);
    }
}
