//! The text of a report as a reader meets it: whole sentences, with the place where each stretch of them was written.
//!
//! A passage is what stands in one block: a paragraph, a list item, a heading, a table cell, a caption. Its text holds the words that
//! bindings and references print, so that rules see `{{ a | share }} (41 procent)` as "16 av 40 (41 procent)"; its pieces say which
//! bytes came from where.

pub mod align;
pub mod build;
mod sentence;

use std::ops::Range;

pub use build::build;

use super::groups::Groups;
use super::lang::{self, Tag};
use super::number::{self, Allowed, Number};
use super::tokens::{self, Token, tokens};
use super::words::Lowered as _;
use crate::locale::Language;
use crate::source::{SourceId, Span};

/// All passages of a report in reading order, and what stands between them.
#[derive(Debug, Default)]
pub struct Prose {
    pub passages: Vec<Passage>,
    pub links: Vec<Link>,
    pub tables: Vec<TypedTable>,
    /// Addresses of tables, charts and headings that references lead to.
    pub references: Vec<String>,
    /// Tables and charts in reading order: the kind, the id, and where it is printed.
    pub placed: Vec<Placed>,
}

/// A table or chart made from data, where the text prints it.
#[derive(Debug)]
pub struct Placed {
    pub chart: bool,
    pub id: String,
    pub span: Span,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Paragraph,
    Item,
    Heading,
    /// Someone's words: a block quotation or a statement that is quoted.
    Quote,
    Attribution,
    /// What someone said, retold.
    Statement,
    Assessment,
    Process,
    Term,
    Description,
    /// A cell of a table typed in Markdown: table, row (0 is the header) and column.
    Cell(usize, usize, usize),
    /// A text in a table that the program puts together: a reason, what was done, an example.
    TableText,
    /// A label of a table made from data: its numbers are names of categories.
    Label,
    Caption,
    /// A note under a table or chart, or its source.
    TableNote,
    Source,
    /// A note of the text.
    Note,
    /// Title, subtitle and description in `report.yaml`.
    Front,
}

/// The part of the report that a passage stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Front,
    Summary,
    Body,
    References,
}

#[derive(Debug)]
pub struct Passage {
    /// Position of the chapter.
    pub chapter: usize,
    pub role: Role,
    pub place: Place,
    pub language: Language,
    pub text: String,
    /// The text in small letters, byte for byte in the same places.
    pub lower: String,
    pub pieces: Vec<Piece>,
    pub sentences: Vec<Range<usize>>,
    /// Positions of citations in the text.
    pub citations: Vec<usize>,
    pub numbers: Vec<Number>,
    pub tokens: Vec<Token>,
    /// How many items the list has that directly follows.
    pub announces: Option<usize>,
}

/// A stretch of a passage's text and where it was written.
#[derive(Debug)]
pub struct Piece {
    pub range: Range<usize>,
    pub span: Span,
    pub kind: Kind,
    /// For typed text whose bytes are not those of the source one by one: the position in the file of each byte.
    map: Option<Vec<u32>>,
}

/// Whose words a piece holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Typed,
    /// Typed in quotation by a mark-up that keeps it from being prose: code, an address.
    Code,
    /// Typed in another language than the report's.
    Foreign,
    /// The title of a work, in italics within a sentence.
    Title,
    /// Printed by a binding of the figure with this id.
    Figure(String),
    /// Printed by a reference: "tabell 5".
    Reference,
}

/// A link or reference as it is written.
#[derive(Debug)]
pub struct Link {
    pub href: String,
    /// Within the report.
    pub internal: bool,
    pub text: String,
    pub place: Place,
    pub span: Span,
}

/// A table typed in Markdown: the positions of its cells among the passages, the header first.
#[derive(Debug)]
pub struct TypedTable {
    pub rows: Vec<Vec<Option<usize>>>,
}

impl Prose {
    /// For each passage whether the next that is no quotation says who spoke.
    #[must_use]
    pub fn attributed(&self) -> Vec<bool> {
        let mut out = vec![false; self.passages.len()];
        let mut spoken = false;
        for (at, passage) in self.passages.iter().enumerate().rev() {
            out[at] = spoken;
            if passage.place != Place::Quote {
                spoken = passage.place == Place::Attribution;
            }
        }
        out
    }
}

impl Passage {
    /// Finds the sentences, numbers and tokens of the text. `units` are names of inspected units.
    fn read(&mut self, units: &[&str], groups: &Groups<'_>) {
        self.lower = self.text.lowered();
        self.sentences = sentence::sentences(&self.text, self.language);
        // Numbers in code, addresses, references, titles and other languages are none of the prose.
        let mut numbers = number::scan(&self.text, self.language);
        let foreign = |kind: &Kind| matches!(kind, Kind::Code | Kind::Reference | Kind::Foreign | Kind::Title);
        numbers.retain(|number| !self.any(&number.range, foreign));
        for number in &mut numbers {
            number.bound = self.any(&number.range, |kind| matches!(kind, Kind::Figure(_)));
        }
        let classes = number::classify(&self.text, &numbers, self.language, units);
        for (number, class) in numbers.iter_mut().zip(classes) {
            number.allowed = class;
        }
        // "18–64" in "12 i åldern 18–64" counts nothing.
        let phrases = groups.phrases(&self.lower);
        for number in numbers.iter_mut().filter(|number| number.allowed.is_none()) {
            let within =
                phrases.iter().any(|(range, _)| range.start <= number.range.start && number.range.end <= range.end);
            number.allowed = within.then_some(Allowed::Name);
        }
        self.tokens = tokens(&self.lower, &numbers, self.language);
        groups.mark(&mut self.tokens, &phrases);
        self.numbers = numbers;
    }

    /// A passage of the body's first chapter, before its words are read.
    fn empty(language: Language, place: Place) -> Self {
        Self {
            chapter: 0,
            role: Role::Body,
            place,
            language,
            text: String::new(),
            lower: String::new(),
            pieces: Vec::new(),
            sentences: Vec::new(),
            citations: Vec::new(),
            numbers: Vec::new(),
            tokens: Vec::new(),
            announces: None,
        }
    }

    /// A text for itself, without places.
    #[must_use]
    pub fn alone(text: &str, language: Language, groups: &Groups<'_>) -> Self {
        let mut passage = Self::empty(language, Place::Paragraph);
        text.clone_into(&mut passage.text);
        passage.read(&[], groups);
        passage
    }

    /// A passage of the body that somebody typed.
    #[cfg(test)]
    #[must_use]
    pub fn of_text(text: &str, language: Language) -> Self {
        Self::alone(text, language, &Groups::new(&crate::model::Breakdowns::default(), language))
    }

    /// Whether its numbers are statements of the report.
    #[must_use]
    pub fn is_audited(&self) -> bool {
        self.role != Role::References && !matches!(self.place, Place::Label | Place::Source | Place::Attribution)
    }

    /// Where a range of the text was written.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let Some(first) = self.piece(range.start) else { return self.whole() };
        let start = first.position(range.start);
        let Some(last) = range.end.checked_sub(1).filter(|end| *end >= range.start).and_then(|at| self.piece(at))
        else {
            return start;
        };
        if last.span.source != first.span.source {
            return start;
        }
        let end = last.position_end(range.end);
        Span { source: start.source, start: start.start, end: end.max(start.end) }
    }

    /// Where the passage begins and ends.
    #[must_use]
    pub fn whole(&self) -> Span {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(first), Some(last)) if first.span.source == last.span.source => first.span.to(last.span),
            (Some(first), _) => first.span,
            _ => Span::new(SourceId::default(), 0, 0),
        }
    }

    /// The piece that holds a byte of the text.
    #[must_use]
    pub fn piece(&self, at: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.range.end <= at);
        self.pieces.get(next).or(self.pieces.last())
    }

    /// Whether a range overlaps with a piece that `test` holds for.
    #[must_use]
    pub fn any(&self, range: &Range<usize>, test: impl Fn(&Kind) -> bool) -> bool {
        let from = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        self.pieces[from..].iter().take_while(|piece| piece.range.start < range.end).any(|piece| test(&piece.kind))
    }

    /// Whether every byte of a range was typed by the author in the report's language.
    #[must_use]
    pub fn is_typed(&self, range: &Range<usize>) -> bool {
        !self.any(range, |kind| *kind != Kind::Typed)
    }

    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// The number that says how many items the following list has: "fem områden:", "the three steps below:".
    #[must_use]
    pub fn announced(&self) -> Option<(usize, usize)> {
        let items = self.announces?;
        let text = self.lower.trim_end().strip_suffix(':')?;
        let (at, number) = self.numbers.iter().enumerate().next_back()?;
        let noun = text.get(number.range.end..)?;
        let before = text.get(..number.range.start)?.split_whitespace().next_back().unwrap_or("");
        let whole = lang::lists(self.language).before_wholes.has(before);
        let one_phrase = (1..=4).contains(&noun.split_whitespace().count()) && !noun.contains([',', '.', '(', ';']);
        let count = number.count().is_some_and(|count| (2..=20).contains(&count));
        (count && one_phrase && !whole && !number.bound).then_some((at, items))
    }

    /// The sentence that holds a byte.
    #[must_use]
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let next = self.sentences.partition_point(|range| range.end <= at);
        self.sentences.get(next).or(self.sentences.last()).cloned().unwrap_or(0..self.text.len())
    }

    /// The stretch around a range within its sentence, up to a sign or a word that joins statements.
    #[must_use]
    pub fn clause(&self, range: &Range<usize>) -> Range<usize> {
        let sentence = self.sentence(range.start);
        let tokens = self.tokens_in(&sentence);
        let parts = |kind: &tokens::Kind| matches!(kind, tokens::Kind::Sign(',' | ';' | ':' | '(' | ')' | '–'));
        let ends = |at: &usize| parts(&tokens[*at].kind) || tokens[*at].has(Tag::Joint);
        let own = tokens.partition_point(|token| token.range.end <= range.start);
        let own = if own < tokens.len() { own } else { 0 };
        let from = (0..own).rev().find(ends).map_or(sentence.start, |at| tokens[at].range.end);
        let to = (own + 1..tokens.len()).find(ends).map_or(sentence.end, |at| tokens[at].range.start);
        from..to.max(from)
    }

    /// The token that holds a byte of the text.
    #[must_use]
    pub fn token(&self, at: usize) -> Option<&Token> {
        let next = self.tokens.partition_point(|token| token.range.end <= at);
        self.tokens.get(next).filter(|token| token.range.start <= at)
    }

    /// The tokens that stand within a range of the text.
    #[must_use]
    pub fn tokens_in(&self, range: &Range<usize>) -> &[Token] {
        let from = self.tokens.partition_point(|token| token.range.start < range.start);
        let to = self.tokens.partition_point(|token| token.range.end <= range.end);
        &self.tokens[from..to.max(from)]
    }

    /// The positions of the numbers that stand within a range of the text.
    #[must_use]
    pub fn numbers_in(&self, range: &Range<usize>) -> Range<usize> {
        let from = self.numbers.partition_point(|number| number.range.start < range.start);
        let to = self.numbers.partition_point(|number| number.range.end <= range.end);
        from..to.max(from)
    }
}

impl Piece {
    /// The span of one byte of the piece's text, to the end of the piece.
    fn position(&self, at: usize) -> Span {
        let offset = at.saturating_sub(self.range.start);
        match (&self.kind, &self.map) {
            (Kind::Figure(_) | Kind::Reference | Kind::Code, _) => self.span,
            (_, Some(map)) => match map.get(offset) {
                Some(start) => Span { start: *start, end: *start, ..self.span },
                None => self.span,
            },
            (_, None) => {
                let start = self.span.slice(offset, offset);
                Span { start: start.start.min(self.span.end), end: start.start.min(self.span.end), ..self.span }
            }
        }
    }

    fn position_end(&self, end: usize) -> u32 {
        let offset = end.saturating_sub(self.range.start);
        match (&self.kind, &self.map) {
            (Kind::Figure(_) | Kind::Reference | Kind::Code, _) => self.span.end,
            (_, Some(map)) => map.get(offset).copied().unwrap_or(self.span.end),
            (_, None) => self.span.slice(offset, offset).start.min(self.span.end),
        }
    }
}
