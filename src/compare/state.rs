//! What a version says, without its look: every figure and cell with a stable key, every paragraph with its section.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::system::Hash;
use crate::value::Exact;

/// The content of one version. It is kept in the ledger, so a field renamed or removed raises the record's schema.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Figures by id.
    pub figures: BTreeMap<String, Figure>,
    /// Tables by id.
    pub tables: BTreeMap<String, Table>,
    /// What each binding prints, by how it is written: `sip.any | percent`.
    pub bindings: BTreeMap<String, String>,
    /// Title, subtitle and imprint.
    pub front: Vec<Paragraph>,
    /// In the order of the report.
    pub sections: Vec<Section>,
    /// Pictures, charts and files for download; none in records that were written before they were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<File>>,
    /// It holds what was printed and nothing behind it, because a disclosure policy stood.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
}

impl State {
    /// Hash of all words in their order, apart from typography.
    #[must_use]
    pub fn words_hash(&self) -> String {
        let sections = self.sections.iter().flat_map(|section| {
            std::iter::once(&section.title).chain(section.paragraphs.iter().map(|paragraph| &paragraph.text))
        });
        let all = self.front.iter().map(|paragraph| &paragraph.text).chain(sections).chain(self.bindings.values());
        let lines: Vec<String> = all.map(|text| super::normal(text)).collect();
        Hash::digest(lines.join("\n").as_bytes()).to_string()
    }
}

/// Numbers that an extract or a decision page printed and its report did not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alone {
    /// Its folder in `output/`.
    pub report: String,
    /// What each binding prints, by how it is written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bindings: BTreeMap<String, String>,
    /// What each cell prints, by table, row and column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tables: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>,
}

/// What a report shows or gives besides its words and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub kind: FileKind,
    /// Its name in the output; of a chart its id.
    pub name: String,
    /// Caption, title or alternative text, by which readers know it.
    pub title: String,
    /// Hash of its bytes; of a chart, of how it is drawn: its numbers are kept with its table.
    pub sha256: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    Picture,
    Chart,
    Download,
}

/// A number or text as it is printed, and the number itself where the words alone do not tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Amount {
    Plain(String),
    Full { printed: String, number: String },
}

impl Amount {
    /// A printed value with its number; the number is kept apart only where it differs from what is printed.
    #[must_use]
    pub fn new(printed: String, number: Option<Exact>) -> Self {
        match number.map(|number| number.to_string()) {
            Some(number) if number != printed => Self::Full { printed, number },
            _ => Self::Plain(printed),
        }
    }

    /// A number of which nothing is known but how it is printed.
    #[must_use]
    pub fn as_printed(printed: String) -> Self {
        // Blanks group the digits of a number in some languages; what full stops and commas mean differs from one to the other.
        let digits: String = printed.chars().filter(|c| !matches!(c, '\u{a0}' | '\u{202f}')).collect();
        let grouped = digits.len() < printed.len() && digits.chars().all(|c| c.is_ascii_digit());
        if grouped { Self::Full { printed, number: digits } } else { Self::Plain(printed) }
    }

    #[must_use]
    pub fn printed(&self) -> &str {
        match self {
            Self::Plain(printed) | Self::Full { printed, .. } => printed,
        }
    }

    #[must_use]
    pub fn number(&self) -> Option<Exact> {
        let text = match self {
            Self::Plain(text) => text,
            Self::Full { number, .. } => number,
        };
        Exact::parse(text).map(|(value, _)| value)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub label: String,
    /// "25 (16 kvinnor och 9 män)"
    pub value: Amount,
    /// By the ids of groups.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<String, Amount>,
    /// Decimals that a difference is told with.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub decimals: u8,
    /// Ids of the figures, tables and datasets that it was made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Ids of the sections that print it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub caption: String,
    /// Header of the first column; none in records that were written before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stub: Option<String>,
    pub columns: Vec<Heading>,
    pub rows: Vec<Row>,
    /// Decimals of each column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decimals: Vec<u8>,
    /// Ids of the datasets that it was counted from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Ids of the sections that print it, a chart of it or one of its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    pub id: String,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub id: String,
    pub label: String,
    /// One a column.
    pub cells: Vec<Amount>,
    /// Figures of other reports that its cells are, each of the column with its report's id; none in records that were written before they were kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
}

/// A heading and what follows it up to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its address on the page.
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    pub title: String,
    pub paragraphs: Vec<Paragraph>,
}

impl Section {
    /// "4.2 Journaler"
    #[must_use]
    pub fn name(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.title),
            None => self.title.clone(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Made of the words, so that a paragraph keeps its id where it is moved.
    pub id: String,
    pub text: String,
}
