//! An element whose end has not come yet.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, LinkType};

use super::heading::Attributes;
use super::run::Run;
use super::table::Table;
use crate::document::{Block, Definition, Image, Inline};

pub struct Frame {
    pub kind: Kind,
    pub range: Range<usize>,
    pub blocks: Vec<Block>,
    pub inlines: Vec<Inline>,
    /// Text that has not been read into inlines yet.
    pub run: Run,
    /// Images of a paragraph.
    pub images: Vec<Image>,
    /// In a paragraph, the inline that its last line begins with, if that is a dash; in a quotation, the same of its last
    /// paragraph.
    pub dash: Option<usize>,
    /// In the first paragraph of a quotation that begins with `[!`, how many inlines its first line has; in a quotation, the same of that paragraph.
    pub title: Option<usize>,
}

impl Frame {
    pub fn new(kind: Kind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            blocks: Vec::new(),
            inlines: Vec::new(),
            run: Run::default(),
            images: Vec::new(),
            dash: None,
            title: None,
        }
    }
}

pub enum Kind {
    Root,
    /// `implicit` for the text of a tight list item, which the parser gives without a paragraph.
    Paragraph {
        implicit: bool,
    },
    Heading(u8, Attributes),
    Quote(Option<BlockQuoteKind>),
    List {
        ordered: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Item,
    Note(String),
    Definitions(Vec<Definition>),
    Term,
    Description,
    Table(Table),
    Row {
        head: bool,
        cells: Vec<Vec<Inline>>,
    },
    Cell,
    Code {
        language: Option<String>,
        text: String,
    },
    Html,
    Emphasis,
    Strong,
    Strikethrough,
    Link(LinkType, String),
    Image {
        path: String,
        title: String,
    },
}

impl Kind {
    /// Elements that stand in running text.
    pub fn is_inline(&self) -> bool {
        matches!(self, Self::Emphasis | Self::Strong | Self::Strikethrough | Self::Link(..) | Self::Image { .. })
    }

    /// Elements that running text stands in.
    pub fn holds_inlines(&self) -> bool {
        self.is_inline() || matches!(self, Self::Paragraph { .. } | Self::Heading(..) | Self::Term | Self::Cell)
    }

    /// Elements that count as a level of nesting.
    pub fn is_nesting(&self) -> bool {
        self.is_inline() || matches!(self, Self::Quote(_) | Self::Item | Self::Note(_) | Self::Description)
    }
}
