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
}

/// The words of inlines without markup, notes left out.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    collect_text(inlines, &mut out);
    out
}

fn collect_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } | Inline::Figure { text, .. } => out.push_str(text),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Strikethrough { content }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. }
            | Inline::Anchor { content, .. }
            | Inline::Language { content, .. } => collect_text(content, out),
            Inline::LineBreak => out.push(' '),
            Inline::Note { .. } | Inline::Mark { .. } => {}
        }
    }
}
