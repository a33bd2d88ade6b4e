//! What a document is written with: paragraphs one after the other, each with the address by which it is found again.

use std::collections::BTreeMap;

use super::look::Style;
use super::relations::Relations;
use super::words::Words;
use super::{Belonging, Paragraph, PictureFiles};
use crate::alike;
use crate::document::resolved::ResolvedDocument;
use crate::office::{Markup, PackedPart};
use crate::system::Hash;

/// One flow of paragraphs, each a part of the file with links of its own: the text, or the notes below it.
pub struct Story {
    pub xml: Markup,
    pub relations: Relations,
}

impl Story {
    pub fn new(xml: Markup) -> Self {
        Self { xml, relations: Relations::default() }
    }
}

/// Writes a document. What each block becomes stands in `blocks`, `tables` and `pictures`, what each inline becomes in `inlines`.
pub struct Writer<'a> {
    pub document: &'a ResolvedDocument,
    pub pictures: &'a PictureFiles<'a>,
    /// Where paragraphs go; the other one waits.
    pub story: Story,
    pub notes: Story,
    /// Every paragraph with words, in the order of writing; those of notes by themselves.
    pub paragraphs: Vec<Paragraph>,
    pub noted_paragraphs: Vec<Paragraph>,
    /// The next heading begins a page.
    pub new_page: bool,
    /// Pictures, by the names of their files.
    pub media: Vec<PackedPart>,
    /// The number that each list begins with; none for bullets and letters, which share one.
    pub lists: Vec<u64>,
    /// How many notes were written.
    pub noted: u32,
    /// What Word counts to tell bookmarks, fields with a lock and pictures apart.
    count: u32,
    /// What is being written is a part of this.
    pub belonging: Belonging,
    /// How often each address was given.
    given: BTreeMap<String, u32>,
}

impl<'a> Writer<'a> {
    pub fn new(document: &'a ResolvedDocument, pictures: &'a PictureFiles<'a>, story: Story, notes: Story) -> Self {
        Self {
            document,
            pictures,
            story,
            notes,
            paragraphs: Vec::new(),
            noted_paragraphs: Vec::new(),
            new_page: false,
            media: Vec::new(),
            lists: Vec::new(),
            noted: 0,
            count: 0,
            belonging: Belonging::Nothing,
            given: BTreeMap::new(),
        }
    }

    /// One of the program's own words in the document's language; empty where there is none.
    pub fn label(&self, key: &str) -> &'a str {
        self.document.labels.get(key).map_or("", String::as_str)
    }

    /// Writes below the pages what `write` writes, and goes on with the text.
    pub fn below_the_page(&mut self, write: impl FnOnce(&mut Self)) {
        let swap = |writer: &mut Self| {
            std::mem::swap(&mut writer.story, &mut writer.notes);
            std::mem::swap(&mut writer.paragraphs, &mut writer.noted_paragraphs);
        };
        swap(self);
        write(self);
        swap(self);
    }

    /// A number that nothing else in the file has.
    pub fn next_number(&mut self) -> String {
        self.count += 1;
        self.count.to_string()
    }

    /// A paragraph of the words that `write` writes. It is marked with its address.
    pub fn paragraph(&mut self, style: &Style, write: impl FnOnce(&mut Self, &mut Words)) {
        let mut words = Words::default();
        write(self, &mut words);
        let mut xml = Markup::default();
        xml.open("w:p", &[]);
        style.write(&mut xml);
        let id = self.address(&words.text);
        if let Some(id) = &id {
            let (number, name) = (self.next_number(), format!("{PREFIX}{id}"));
            xml.empty("w:bookmarkStart", &[("w:id", number.as_str()), ("w:name", name.as_str())]);
            xml.put(words.xml).empty("w:bookmarkEnd", &[("w:id", number.as_str())]);
        } else {
            xml.put(words.xml);
        }
        xml.close();
        self.story.xml.put(xml);
        if let Some(id) = id {
            self.paragraphs.push(Paragraph {
                id,
                text: words.text,
                stretches: words.stretches,
                belonging: self.belonging.clone(),
            });
        }
    }

    /// The address of a paragraph with these words: made of them, so that it is the same in every file that has them. None where nothing is said.
    fn address(&mut self, text: &str) -> Option<String> {
        let reading = alike::reading(text);
        if reading.is_empty() {
            return None;
        }
        let words = format!("{:016x}", Hash::digest(reading.as_bytes()).short());
        let given = self.given.entry(words.clone()).or_default();
        *given += 1;
        Some(if *given == 1 { words } else { format!("{words}_{given}") })
    }
}

/// How the names of the bookmarks begin that mark paragraphs. Word does not list a name that begins with a low line.
pub const PREFIX: &str = "_Belagg_";
