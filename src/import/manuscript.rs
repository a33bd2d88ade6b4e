//! A document as a word processor has it: what all readers give, and what the workspace is written from.

use std::collections::BTreeMap;

use crate::locale::Language;
use crate::value::PartialDate;

use super::remark::Remark;
use super::source::{Cited, Sources};

/// A document that was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manuscript {
    pub facts: Facts,
    pub blocks: Vec<Block>,
    /// The text of notes, by the names that [`Inline::Note`] has.
    pub notes: BTreeMap<String, Vec<Block>>,
    /// Pictures by the names of their files.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// What it cites.
    pub sources: Sources,
    /// What needs a hand and stands nowhere in particular.
    pub remarks: Vec<Remark>,
}

/// What the document says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub reference: Option<String>,
    pub description: Option<String>,
    pub keywords: Vec<String>,
    pub date: Option<PartialDate>,
    pub language: Option<Language>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading {
        level: u8,
        content: Vec<Inline>,
    },
    Paragraph {
        role: Role,
        content: Vec<Inline>,
    },
    List(List),
    Quotation(Vec<Block>),
    /// A frame around text: a text box, a table of one cell.
    Frame(Vec<Block>),
    Definitions(Vec<Definition>),
    Table(Table),
    Picture(Picture),
    Code(String),
    /// The list of what is cited, which the program makes anew.
    References,
    /// Something here needs a hand.
    Remark(Remark),
}

/// What a paragraph is for, where the document says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Body,
    Title,
    Subtitle,
    Author,
    Date,
    Caption,
}

#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The first number; none of a list by bullets.
    pub ordered: Option<u64>,
    pub items: Vec<Vec<Block>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    pub term: Vec<Inline>,
    pub description: Vec<Block>,
}

/// A table as it is seen: each row has all its cells, and one that goes on from above is its own text again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub caption: Vec<Inline>,
    pub rows: Vec<Vec<Cell>>,
    /// How many of the rows the document itself calls headers.
    pub header_rows: usize,
    pub source: Vec<Inline>,
    pub note: Vec<Inline>,
    /// Drawn in the document as a chart of this kind.
    pub chart: Option<ChartKind>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub blocks: Vec<Block>,
    /// How many columns it covers.
    pub columns: usize,
    /// Whether it goes on from the cell above.
    pub continues: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    Bar,
    StackedBar,
    PercentBar,
    Line,
    /// One that the program does not draw.
    Other,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Name of its file among the pictures of the document.
    pub file: String,
    pub alt: String,
    pub caption: Vec<Inline>,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Strikethrough(Vec<Inline>),
    Code(String),
    Link {
        address: String,
        content: Vec<Inline>,
    },
    /// Leads to an [`Inline::Anchor`] of this name; the words are those that the document prints.
    Reference {
        anchor: String,
        content: Vec<Inline>,
    },
    /// A place that references lead to.
    Anchor(String),
    Note(String),
    /// Sources that are cited, and the words that the document prints for them.
    Citation {
        cited: Vec<Cited>,
        shown: String,
    },
    LineBreak,
    /// Something here needs a hand.
    Remark(Remark),
}

impl Inline {
    /// What it is made of, if it holds others.
    pub fn content(&self) -> &[Inline] {
        match self {
            Self::Strong(content)
            | Self::Emphasis(content)
            | Self::Strikethrough(content)
            | Self::Link { content, .. }
            | Self::Reference { content, .. } => content,
            Self::Text(_)
            | Self::Code(_)
            | Self::Anchor(_)
            | Self::Note(_)
            | Self::Citation { .. }
            | Self::LineBreak
            | Self::Remark(_) => &[],
        }
    }
}

impl Block {
    /// A paragraph of the running text.
    pub fn body(content: Vec<Inline>) -> Self {
        Self::Paragraph { role: Role::Body, content }
    }
}

/// The words of running text without markup; a line break is a blank.
pub fn words(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Citation { shown: text, .. } => out.push_str(text),
            Inline::LineBreak => out.push(' '),
            other => out.push_str(&words(other.content())),
        }
    }
    out
}

/// The words of running text without markup, line by line.
pub fn lines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for line in inlines.split(|inline| *inline == Inline::LineBreak) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&words(line));
    }
    out
}

/// Whether nothing of it would be read.
pub fn is_blank(inlines: &[Inline]) -> bool {
    words(inlines).trim().is_empty() && !has_note(inlines)
}

fn has_note(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| matches!(inline, Inline::Note(_)) || has_note(inline.content()))
}

/// The anchors in running text.
pub fn anchors(inlines: &[Inline]) -> Vec<&str> {
    let mut out = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Anchor(name) => out.push(name.as_str()),
            other => out.extend(anchors(other.content())),
        }
    }
    out
}
