//! A file that came back, as it is read: paragraphs with what was written and struck in them, comments, and marks of changes.

use std::collections::BTreeMap;

/// All that a file says.
#[derive(Debug, Default)]
pub struct Returned {
    /// The report and the version that it was made from, where the file still says so.
    pub report: Option<String>,
    pub version: Option<String>,
    /// The words of each paragraph as they were written, by the names of their bookmarks.
    pub exported: BTreeMap<String, String>,
    pub passages: Vec<Passage>,
    pub comments: Vec<Comment>,
    pub marks: Vec<Mark>,
    /// Where comments stand, by their ids.
    pub anchors: BTreeMap<String, Anchor>,
}

/// The sign between paragraphs that a change has parted or would join.
pub const PARAGRAPH_END: &str = "\u{2029}";

/// A paragraph as it was before changes: what a tracked change has parted is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub home: Home,
    /// Bookmarks of exported paragraphs in it, without their common beginning.
    pub ids: Vec<String>,
    pub pieces: Vec<Piece>,
    /// The row of a table that it stands in, counted over the file.
    pub row: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    Text,
    Note,
    /// A table of contents, or the head or foot of pages: words that are made of others.
    Repeated,
    Comment,
}

/// Words of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Marks by which it came, went, and looks otherwise.
    pub inserted: Option<usize>,
    pub deleted: Option<usize>,
    pub looks: Vec<usize>,
    pub object: Option<Object>,
}

/// What stands in a paragraph and is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    Note,
    Picture,
}

impl Piece {
    pub fn is_kept(&self) -> bool {
        self.inserted.is_none() && self.deleted.is_none()
    }

    /// The words that it had before all changes.
    pub fn original(&self) -> &str {
        if self.inserted.is_some() || self.text == PARAGRAPH_END { "" } else { &self.text }
    }
}

impl Passage {
    pub fn new(home: Home, row: Option<usize>) -> Self {
        Self { home, ids: Vec::new(), pieces: Vec::new(), row }
    }

    /// Its words before all changes.
    pub fn original(&self) -> String {
        self.pieces.iter().map(Piece::original).collect()
    }

    /// How many bytes of these stand before a piece.
    pub fn before(&self, piece: usize) -> usize {
        self.pieces.iter().take(piece).map(|piece| piece.original().len()).sum()
    }

    /// The words between two pieces as they are with all changes; where nothing is left, those that went.
    pub fn words(&self, from: usize, to: usize) -> String {
        let pieces = || self.pieces.iter().take(to).skip(from);
        let now: String = pieces().filter(|piece| piece.deleted.is_none()).map(|piece| piece.text.as_str()).collect();
        if now.trim().is_empty() { pieces().map(|piece| piece.text.as_str()).collect() } else { now }
    }

    pub fn all_words(&self) -> String {
        self.words(0, self.pieces.len())
    }
}

/// A place between pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub passage: usize,
    pub piece: usize,
}

/// Where a comment stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Anchor {
    pub start: Option<Point>,
    pub end: Option<Point>,
    pub reference: Option<Point>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    pub id: String,
    pub author: String,
    pub date: String,
    pub text: String,
    /// Names of its paragraphs, by which what is told of comments elsewhere in the file is found.
    pub paragraphs: Vec<String>,
    /// The comment that it answers.
    pub parent: Option<usize>,
    pub resolved: bool,
}

/// One mark of a tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub kind: Kind,
    pub author: String,
    pub date: String,
    /// The passage that it stands in, or the last one before it.
    pub passage: usize,
    pub row: Option<usize>,
    /// What both ends of a move have.
    pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Inserted,
    Deleted,
    MovedFrom,
    MovedTo,
    RangeFrom,
    RangeTo,
    Look,
    ParagraphLook,
    TableLook,
    SectionLook,
    Numbering,
    RowInserted,
    RowDeleted,
    CellInserted,
    CellDeleted,
    CellsMerged,
    /// A change that this program does not know, by the name of its element.
    Other(String),
}
