//! The document as an author wrote it (blocks and inlines with spans), and the step to the resolved document that is printed.

pub mod address;
pub mod anchor;
pub mod annotation;
mod block_name;
pub mod data;
pub mod export;
mod filter_name;
pub mod geography;
pub mod resolved;
pub mod visit;

pub use block_name::BlockName;
pub use filter_name::FilterName;

use std::sync::Arc;

use crate::source::{Span, Spanned};

/// One chapter: a Markdown file, or what follows a level 1 heading in one.
#[derive(Debug, Clone, Default)]
pub struct Chapter {
    pub blocks: Vec<Block>,
    /// Notes defined in the file, which several chapters may share.
    pub notes: Arc<Vec<NoteDefinition>>,
}

impl Chapter {
    /// The heading that it begins with.
    #[must_use]
    pub fn heading(&self) -> Option<&Heading> {
        match self.blocks.first() {
            Some(Block::Heading(heading)) if heading.level == 1 => Some(heading),
            _ => None,
        }
    }
}

/// `[^label]: …` in Markdown.
#[derive(Debug, Clone)]
pub struct NoteDefinition {
    pub label: String,
    pub blocks: Vec<Block>,
    pub span: Span,
}

/// A part of a chapter that stands on its own.
#[derive(Debug, Clone)]
pub enum Block {
    Heading(Heading),
    Paragraph {
        content: Vec<Inline>,
        span: Span,
    },
    List {
        ordered: Option<u64>,
        items: Vec<Vec<Block>>,
        span: Span,
    },
    /// Block quote; its last line `— …` is the attribution.
    Quote {
        blocks: Vec<Block>,
        attribution: Option<Vec<Inline>>,
        span: Span,
    },
    Callout {
        kind: CalloutKind,
        /// The author's own, in the place of the kind's.
        title: Option<Vec<Inline>>,
        /// On the page it shows no more than its title until it is opened.
        folded: bool,
        blocks: Vec<Block>,
        span: Span,
    },
    Definitions {
        items: Vec<Definition>,
        span: Span,
    },
    Table(MarkdownTable),
    /// `{{ table diagnoses }}` alone in a paragraph: a block made from data.
    Directive(Directive),
    /// An image alone in a paragraph; the title is its caption.
    Image(Image),
    Code {
        text: String,
        language: Option<String>,
        span: Span,
    },
    Rule {
        span: Span,
    },
    /// What a directive became: made by the assembly.
    Data(Box<data::DataBlock>),
}

impl Block {
    /// Where it was written; what is made from data is written nowhere.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Heading(heading) => Some(heading.span),
            Self::Table(table) => Some(table.span),
            Self::Directive(directive) => Some(directive.span),
            Self::Image(image) => Some(image.span),
            Self::Paragraph { span, .. }
            | Self::List { span, .. }
            | Self::Quote { span, .. }
            | Self::Callout { span, .. }
            | Self::Definitions { span, .. }
            | Self::Code { span, .. }
            | Self::Rule { span } => Some(*span),
            Self::Data(_) => None,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6; a chapter's first heading is 1.
    pub level: u8,
    /// `{#id}`.
    pub id: Option<Spanned<String>>,
    /// `{.unnumbered}` and the like.
    pub classes: Vec<Spanned<String>>,
    /// The words of the heading that it is a translation of: its address is made of them.
    pub original: Option<String>,
    pub content: Vec<Inline>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalloutKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    /// Stands beside the proposal that follows it.
    Problem,
    Proposal,
}

#[derive(Debug, Clone)]
pub struct Definition {
    pub term: Vec<Inline>,
    pub descriptions: Vec<Vec<Block>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Start,
    Center,
    End,
}

/// A table typed in Markdown: text, not data. The first row is its header, the first column its row headers.
#[derive(Debug, Clone)]
pub struct MarkdownTable {
    pub align: Vec<Align>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
    pub span: Span,
}

/// `{{ name argument }}` alone in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// `table`, `chart`, `strengths`, …: checked by the assembly, not by the parser.
    pub name: Spanned<String>,
    pub argument: Option<Spanned<String>>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Image {
    pub path: Spanned<String>,
    /// Alternative text.
    pub alt: String,
    pub caption: Option<Vec<Inline>>,
    pub span: Span,
}

/// A piece of running text.
#[derive(Debug, Clone)]
pub enum Inline {
    Text(String, Span),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Strikethrough(Vec<Inline>),
    Code(String),
    /// `[text](https://…)`, `[text](mailto:…)`.
    Link {
        href: Spanned<String>,
        content: Vec<Inline>,
        span: Span,
    },
    /// `[](#table-diagnoses)` prints the target's label ("tabell 5"); with text, the text.
    Reference {
        target: Spanned<String>,
        content: Vec<Inline>,
        span: Span,
    },
    /// `[@fricker2007, s. 12; @grim2019]`.
    Citation {
        items: Vec<CitationItem>,
        span: Span,
    },
    /// `[^label]`.
    NoteReference {
        label: String,
        span: Span,
    },
    /// `{{ sip.current | percent }}`.
    Binding(Binding),
    /// `[text](lang:en)`: text in another language.
    Language {
        language: Spanned<String>,
        content: Vec<Inline>,
    },
    LineBreak,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationItem {
    pub key: Spanned<String>,
    /// What follows the first comma, as written: `s. 12`.
    pub locator: Option<String>,
}

/// A figure bound into a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// `sip.current`
    pub path: Spanned<String>,
    /// What follows each `|`, split at blanks: `[["women"], ["percent", "1"]]`.
    pub filters: Vec<Vec<Spanned<String>>>,
    pub span: Span,
}

impl Binding {
    /// The binding in one line, blanks evened out: `sip.current | percent 1`.
    #[must_use]
    pub fn written(&self) -> String {
        let mut out = self.path.value.clone();
        for filter in &self.filters {
            out.push_str(" |");
            for word in filter {
                out.push(' ');
                out.push_str(&word.value);
            }
        }
        out
    }
}
