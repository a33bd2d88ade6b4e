//! How paragraphs and runs of words look, beside what their styles say.

use crate::office::Markup;

/// A box around paragraphs: its ground, and the line at its left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub fill: String,
    pub line: String,
}

/// The list that a paragraph begins an item of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The list's number among those of the file.
    pub list: usize,
    pub level: usize,
}

/// How far an item's words stand from its mark, in twentieths of a point.
pub const STEP: usize = 397;

/// The look of a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// Id of its style; none is that of running text.
    pub name: &'static str,
    pub item: Option<Item>,
    pub frame: Option<Frame>,
    /// From the left, in twentieths of a point.
    pub indent: usize,
    /// How far lines after the first stand in, and where a tab of the first leads, in twentieths of a point.
    pub hanging: usize,
    /// `start`, `center` or `end`, as columns of tables say it.
    pub align: Option<String>,
    /// It stays on a page with what follows.
    pub keep: bool,
    /// It begins a page.
    pub new_page: bool,
}

impl Style {
    pub fn named(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// In the order that the format asks for.
    pub fn write(&self, xml: &mut Markup) {
        if *self == Self::default() {
            return;
        }
        xml.open("w:pPr", &[]);
        if !self.name.is_empty() {
            xml.empty("w:pStyle", &[("w:val", self.name)]);
        }
        if self.keep {
            xml.empty("w:keepNext", &[]);
        }
        if self.new_page {
            xml.empty("w:pageBreakBefore", &[]);
        }
        if let Some(item) = self.item {
            xml.open("w:numPr", &[]);
            xml.empty("w:ilvl", &[("w:val", item.level.min(8).to_string().as_str())]);
            xml.empty("w:numId", &[("w:val", item.list.to_string().as_str())]).close();
        }
        if let Some(frame) = &self.frame {
            xml.open("w:pBdr", &[]);
            xml.empty(
                "w:left",
                &[("w:val", "single"), ("w:sz", "20"), ("w:space", "9"), ("w:color", frame.line.as_str())],
            );
            xml.close();
            xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", frame.fill.as_str())]);
        }
        let hanging = if self.item.is_some() { STEP } else { self.hanging };
        if self.indent + hanging > 0 {
            let (left, hanging) = ((self.indent + hanging).to_string(), hanging.to_string());
            xml.empty("w:ind", &[("w:left", left.as_str()), ("w:hanging", hanging.as_str())]);
        }
        match self.align.as_deref() {
            Some("end") => xml.empty("w:jc", &[("w:val", "right")]),
            Some("center") => xml.empty("w:jc", &[("w:val", "center")]),
            _ => xml,
        };
        xml.close();
    }
}

/// The look of a run of words.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Id of its style; none is that of the paragraph.
    pub style: &'static str,
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub underline: bool,
    pub raised: bool,
    /// In half points, where it is another than that of the style.
    pub size: Option<u32>,
    /// Where it is another than the document's: `en`.
    pub language: Option<String>,
    /// It repeats words that stand elsewhere: no links, notes or addresses.
    pub bare: bool,
}

impl Look {
    pub fn styled(style: &'static str) -> Self {
        Self { style, ..Self::default() }
    }

    pub fn bold() -> Self {
        Self { bold: true, ..Self::default() }
    }

    /// In the order that the format asks for.
    pub fn write(&self, xml: &mut Markup) {
        let marks = [(self.bold, "w:b"), (self.italic, "w:i"), (self.strike, "w:strike")];
        let is_plain = self.style.is_empty() && !marks.iter().any(|(is_set, _)| *is_set);
        if is_plain && !self.underline && !self.raised && self.language.is_none() && self.size.is_none() {
            return;
        }
        xml.open("w:rPr", &[]);
        if !self.style.is_empty() {
            xml.empty("w:rStyle", &[("w:val", self.style)]);
        }
        for (_, name) in marks.into_iter().filter(|(is_set, _)| *is_set) {
            xml.empty(name, &[]);
        }
        if let Some(size) = self.size {
            let size = size.to_string();
            xml.empty("w:sz", &[("w:val", size.as_str())]).empty("w:szCs", &[("w:val", size.as_str())]);
        }
        if self.underline {
            xml.empty("w:u", &[("w:val", "single")]);
        }
        if self.raised {
            xml.empty("w:vertAlign", &[("w:val", "superscript")]);
        }
        if let Some(language) = &self.language {
            xml.empty("w:lang", &[("w:val", language)]);
        }
        xml.close();
    }
}
