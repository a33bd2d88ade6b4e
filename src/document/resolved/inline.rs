//! Running text of the resolved document.

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Inline {
    Text {
        text: String,
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
    },
    /// A link within the document: "tabell 5".
    Reference {
        anchor: String,
        content: Vec<Inline>,
    },
    /// The mark of note `number`; `first` where the note is printed for this reference.
    Note {
        number: u32,
        anchor: String,
        reference: String,
        first: bool,
    },
    /// A bound number, as it is printed.
    Figure {
        id: String,
        /// The binding as it was written: `sip.any | percent`.
        #[serde(skip)]
        written: String,
        text: String,
        /// Address of the entry that says how it came about; none where it stands in a link, the title or metadata.
        entry: Option<String>,
        /// Address of this place, for the way back.
        place: Option<String>,
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
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// The words of an inline itself, without those that it is made of.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text { text } | Self::Code { text } | Self::Figure { text, .. } => text,
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
