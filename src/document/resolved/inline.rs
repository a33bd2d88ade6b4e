//! Running text of the resolved document.

use serde::Serialize;

use super::origin::Stretch;
use crate::source::Span;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Inline {
    Text {
        text: String,
        /// Where it was written; what no stretch covers are words of the program's own.
        #[serde(skip)]
        origin: Vec<Stretch>,
    },
    Emphasis {
        content: Vec<Inline>,
    },
    Strong {
        content: Vec<Inline>,
    },
    Strikethrough {
        content: Vec<Inline>,
    },
    /// Words that a version has and the one before it had not.
    Inserted {
        content: Vec<Inline>,
    },
    /// Words that the version before had.
    Deleted {
        content: Vec<Inline>,
    },
    Code {
        text: String,
    },
    /// A link out of the document.
    Link {
        href: String,
        content: Vec<Inline>,
        /// Where an author wrote it.
        #[serde(skip)]
        origin: Option<Span>,
    },
    /// A link within the document: "tabell 5".
    Reference {
        anchor: String,
        content: Vec<Inline>,
        /// Where an author wrote it.
        #[serde(skip)]
        origin: Option<Span>,
    },
    /// The mark of note `number`; `first` where the note is printed for this reference.
    Note {
        number: u32,
        anchor: String,
        reference: String,
        first: bool,
        /// The note names a source; otherwise an author wrote it.
        #[serde(skip)]
        cited: bool,
    },
    /// A bound number, as it is printed.
    Figure {
        id: String,
        /// The binding as it was written: `sip.any | percent`.
        #[serde(skip)]
        written: String,
        /// A filter of the binding goes by the figure's base too.
        #[serde(skip)]
        by_base: bool,
        /// Id of the figure that it is compared with.
        #[serde(skip)]
        compared: Option<String>,
        text: String,
        /// Address of the entry that says how it came about; none where it stands in a link, the title or metadata.
        entry: Option<String>,
        /// Address of this place, for the way back.
        place: Option<String>,
        /// Where the binding stands.
        #[serde(skip)]
        origin: Option<Span>,
    },
    Language {
        language: String,
        content: Vec<Inline>,
    },
    /// Mark of a table's note: `*`.
    Mark {
        mark: String,
        anchor: String,
    },
    /// Place that a bibliography entry can link back to.
    Anchor {
        anchor: String,
        content: Vec<Inline>,
    },
    LineBreak,
}

impl Inline {
    /// Words of the program's own.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), origin: Vec::new() }
    }

    /// A link that the program makes.
    pub fn link(href: impl Into<String>, content: Vec<Inline>) -> Self {
        Self::Link { href: href.into(), content, origin: None }
    }

    /// A reference that the program makes.
    pub fn reference(anchor: impl Into<String>, content: Vec<Inline>) -> Self {
        Self::Reference { anchor: anchor.into(), content, origin: None }
    }

    /// The words of an inline itself, without those that it is made of.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text { text, .. } | Self::Code { text } | Self::Figure { text, .. } => text,
            Self::LineBreak => " ",
            // A mark is no word.
            Self::Note { .. } | Self::Mark { .. } => "",
            Self::Emphasis { .. }
            | Self::Strong { .. }
            | Self::Strikethrough { .. }
            | Self::Inserted { .. }
            | Self::Deleted { .. }
            | Self::Link { .. }
            | Self::Reference { .. }
            | Self::Language { .. }
            | Self::Anchor { .. } => "",
        }
    }
}
