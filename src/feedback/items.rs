//! Comments and changes in the order of the text, each with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::changes::{Change, ChangeKind, changes};
use super::pairing::{Pair, pairs};
use super::proposal::{self, Edit};
use super::returned::{Anchor, Comment, Home, PARAGRAPH_END, Passage, Piece, Point, Returned};
use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::resolved::origin::{Origin, Stretch};
use crate::render::word::Paragraph;
use crate::resolve::Facts;
use crate::source::Span;

/// The report that a file was made from, as it is now.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub paragraphs: &'a [Paragraph],
    pub facts: Facts<'a>,
}

/// All that a file says.
#[derive(Debug, Default)]
pub struct Feedback {
    pub items: Vec<Item>,
    /// Comments, answers among them; and marks of tracked changes.
    pub comments: usize,
    pub marks: usize,
    /// What is odd about the file.
    pub faults: Sink,
}

/// A comment with its answers, or a change.
#[derive(Debug)]
pub struct Item {
    pub place: Option<Place>,
    /// The words that it stands on; of what stands on none, its paragraph.
    pub words: String,
    pub on_paragraph: bool,
    pub what: What,
}

/// Where something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub span: Span,
    /// The last paragraph, where it goes over several.
    pub end: Option<Span>,
    pub how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Here,
    /// In a paragraph that has other words now.
    Reworded,
    /// The words are no author's, or are not there: this is written before them.
    Near,
}

#[derive(Debug)]
pub enum What {
    Comment { said: Answer, resolved: bool, answers: Vec<Answer> },
    Change { change: Box<Change>, proposal: Proposal },
}

/// Who says what, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub author: String,
    pub date: String,
    pub text: String,
    pub resolved: bool,
}

/// What a change would have written.
#[derive(Debug)]
pub enum Proposal {
    /// Into the words of a paragraph of the report; `doubt` says why it is not written.
    Edit {
        edit: Edit,
        paragraph: usize,
        doubt: Option<Said>,
    },
    Left(Said),
}

/// Puts together what a file says; without its report nothing has a place.
pub fn feedback(file: &Returned, known: Option<Known<'_>>) -> Feedback {
    let paragraphs = known.map_or(&[][..], |known| known.paragraphs);
    let pairs = pairs(&file.passages, paragraphs);
    let composing = Composing { file, known, near: near(file, &pairs, known), pairs };
    let mut ordered: Vec<((usize, usize), Item)> = composing.comments();
    let mut all = changes(file);
    all.extend(composing.untracked());
    ordered.extend(all.into_iter().map(|change| (change.order(), composing.change(change))));
    // In the order of the text; what stands nowhere comes last.
    ordered.sort_by_key(|(order, _)| *order);
    let items = ordered.into_iter().map(|(_, item)| item).collect();
    Feedback { items, comments: file.comments.len(), marks: file.marks.len(), faults: faults(file) }
}

struct Composing<'a> {
    file: &'a Returned,
    known: Option<Known<'a>>,
    pairs: Vec<Option<Pair>>,
    /// For each passage the last place before it.
    near: Vec<Option<Span>>,
}

/// Marks of comments that are not there.
fn faults(file: &Returned) -> Sink {
    let known: BTreeSet<&str> = file.comments.iter().map(|comment| comment.id.as_str()).collect();
    let mut sink = Sink::default();
    for id in file.anchors.keys().filter(|id| !known.contains(id.as_str())) {
        sink.push(
            Diagnostic::warning(
                Code::COMMENT_LOST,
                say!("the file marks the place of comment {id}, and does not hold that comment", id),
            )
            .help(say!("the program that saved the file may have lost it: look into the file as it was sent")),
        );
    }
    sink
}

/// The places that passages are near to: the last one before them, or the first of all.
fn near(file: &Returned, pairs: &[Option<Pair>], known: Option<Known<'_>>) -> Vec<Option<Span>> {
    let own = |at: usize| {
        let known = known?;
        let paragraph = known.paragraphs.get(pairs.get(at)?.as_ref()?.paragraph)?;
        span(paragraph, &(0..paragraph.text.len()), known.facts)
    };
    let spans: Vec<Option<Span>> = (0..file.passages.len()).map(own).collect();
    let mut last = spans.iter().flatten().next().copied();
    let latest = |span: Option<Span>| {
        last = span.or(last);
        last
    };
    spans.into_iter().map(latest).collect()
}

impl Composing<'_> {
    /// Threads of comments, each where it begins.
    fn comments(&self) -> Vec<((usize, usize), Item)> {
        let mut answers: BTreeMap<usize, Vec<Answer>> = BTreeMap::new();
        for comment in &self.file.comments {
            if let Some(parent) = comment.parent {
                answers.entry(parent).or_default().push(answer(comment));
            }
        }
        let own = self.file.comments.iter().enumerate().filter(|(_, comment)| comment.parent.is_none());
        own.map(|(at, comment)| {
            let anchor = self.file.anchors.get(&comment.id).copied().unwrap_or_default();
            let (order, place, words, on_paragraph) = self.anchored(anchor);
            let answers = answers.remove(&at).unwrap_or_default();
            let what = What::Comment { said: answer(comment), resolved: comment.resolved, answers };
            (order, Item { place, words, on_paragraph, what })
        })
        .collect()
    }

    /// Where a comment stands, and on what.
    fn anchored(&self, Anchor { start, end, reference }: Anchor) -> ((usize, usize), Option<Place>, String, bool) {
        let passages = &self.file.passages;
        let inside = |point: &Point| point.passage < passages.len();
        let Some(from) = start.or(reference).or(end).filter(inside) else {
            return ((usize::MAX, 0), None, String::new(), false);
        };
        let to = end.or(start.and(reference)).filter(inside).filter(|to| *to >= from).unwrap_or(from);
        let mut words: Vec<String> = Vec::new();
        let mut last = from;
        for (passage, at) in passages[from.passage..=to.passage].iter().zip(from.passage..) {
            let begin = if at == from.passage { from.piece } else { 0 };
            let stop = if at == to.passage { to.piece } else { passage.pieces.len() };
            let text = plain(&passage.words(begin, stop.max(begin)));
            if !text.is_empty() {
                words.push(text);
                last = Point { passage: at, piece: stop };
            }
        }
        let on_paragraph = words.is_empty();
        let told = if on_paragraph { plain(&passages[from.passage].all_words()) } else { words.join(" ¶ ") };
        let stop =
            if last.passage == from.passage { last.piece.max(from.piece) } else { passages[from.passage].pieces.len() };
        let range = passages[from.passage].before(from.piece)..passages[from.passage].before(stop);
        let mut place = self.place(from.passage, Some(&range));
        if let Some(place) = place.as_mut().filter(|_| last.passage > from.passage) {
            place.end = self.place(last.passage, None).map(|place| place.span).filter(|end| *end != place.span);
        }
        ((from.passage, from.piece), place, told, on_paragraph)
    }

    fn change(&self, mut change: Change) -> Item {
        let passage = self.file.passages.get(change.passage);
        let original = passage.map(Passage::original).unwrap_or_default();
        let range = change.range.clone().filter(|_| change.kind != ChangeKind::Untracked);
        let place = self.place(change.passage, range.as_ref());
        let proposal = self.proposal(&change, &original).unwrap_or_else(Proposal::Left);
        let words = match &range {
            Some(range) => around(&original, range),
            None => plain(&original),
        };
        (change.old, change.new) = (shown(&change.old), shown(&change.new));
        Item { place, words, on_paragraph: true, what: What::Change { change: Box::new(change), proposal } }
    }

    fn proposal(&self, change: &Change, original: &str) -> Result<Proposal, Said> {
        let known = self.known.ok_or_else(Said::default)?;
        let home = self.file.passages.get(change.passage).map(|passage| passage.home);
        match home {
            Some(Home::Comment) => return Err(say!("it stands in the words of a comment")),
            Some(Home::Repeated) => {
                return Err(say!("the program writes these words itself: they stand in no file of the report"));
            }
            _ => {}
        }
        let pair = self.pairs.get(change.passage).copied().flatten();
        let pair = pair.ok_or_else(|| say!("the paragraph is not in the report as it is now"))?;
        let paragraph = known.paragraphs.get(pair.paragraph).ok_or_else(Said::default)?;
        if !pair.same && change.kind == ChangeKind::Words {
            return Err(say!(
                "the paragraph has other words in the report now: write the change by hand where it still fits"
            ));
        }
        let edit = proposal::edit(change, original, paragraph, known.facts)?;
        Ok(Proposal::Edit { edit, paragraph: pair.paragraph, doubt: None })
    }

    /// The place of some words of a passage, or of all.
    fn place(&self, at: usize, range: Option<&Range<usize>>) -> Option<Place> {
        let known = self.known?;
        if self.file.passages.get(at).is_none_or(|passage| passage.home == Home::Comment) {
            return None;
        }
        let near = || self.near.get(at).copied().flatten().map(|span| Place { span, end: None, how: How::Near });
        let Some(pair) = self.pairs.get(at).copied().flatten() else { return near() };
        let paragraph = known.paragraphs.get(pair.paragraph)?;
        let whole = 0..paragraph.text.len();
        let range = range.filter(|_| pair.same).unwrap_or(&whole);
        let how = if pair.same { How::Here } else { How::Reworded };
        span(paragraph, range, known.facts).map(|span| Place { span, end: None, how }).or_else(near)
    }

    /// Words that are others in the file than in the report, with no mark of it: somebody has switched tracking off.
    fn untracked(&self) -> Vec<Change> {
        let exported: BTreeSet<String> = self.file.exported.values().map(|words| alike::reading(words)).collect();
        if exported.is_empty() {
            return Vec::new();
        }
        let mut out = Vec::new();
        for (at, passage) in self.file.passages.iter().enumerate() {
            let original = passage.original();
            let reading = alike::reading(&original);
            let is_own = matches!(passage.home, Home::Text | Home::Note) && passage.pieces.iter().all(Piece::is_kept);
            if !is_own || reading.is_empty() || exported.contains(&reading) {
                continue;
            }
            let pair = self.pairs.get(at).copied().flatten();
            let before = pair.and_then(|pair| self.known?.paragraphs.get(pair.paragraph));
            // What the report itself has changed since is no change of the file.
            match before.filter(|before| exported.contains(&alike::reading(&before.text))) {
                Some(before) => out.push(Change::untracked(at, &before.text, &original)),
                None if pair.is_none() => out.push(Change::untracked(at, "", &original)),
                None => {}
            }
        }
        out
    }
}

fn answer(comment: &Comment) -> Answer {
    let Comment { author, date, text, resolved, .. } = comment.clone();
    Answer { author, date, text, resolved }
}

/// Where some words of a paragraph are written: the first that an author wrote among them, or before them; or what they are made of.
fn span(paragraph: &Paragraph, range: &Range<usize>, facts: Facts<'_>) -> Option<Span> {
    let written = |stretch: &&Stretch| stretch.origin != Origin::Cited;
    let all = || paragraph.stretches.iter().filter(written);
    let stretch = all().find(|stretch| stretch.range.end > range.start).or_else(|| all().next_back());
    let Some(Stretch { range: own, origin: Origin::Typed(span) | Origin::Bound { span, .. } }) = stretch else {
        return proposal::defined(paragraph, facts);
    };
    let from = range.start.saturating_sub(own.start).min(own.len());
    // Typed byte for byte, the place is known as exactly.
    let exact = (span.end - span.start) as usize == own.len();
    Some(if exact { span.slice(from, own.len()) } else { *span })
}

fn plain(words: &str) -> String {
    words.replace(PARAGRAPH_END, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as they are shown, with a sign for each end of a paragraph.
fn shown(words: &str) -> String {
    words.replace(PARAGRAPH_END, "¶").replace('\n', "↵").replace('\t', " ")
}

/// So many characters on each side tell where words stand.
const AROUND: usize = 40;

/// A few words on both sides of a stretch of a text.
fn around(text: &str, range: &Range<usize>) -> String {
    let (Some(before), Some(within), Some(after)) =
        (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
    else {
        return plain(text);
    };
    let (lead, tail) = (before.chars().count() > AROUND, after.chars().count() > AROUND);
    let before: String = before.chars().skip(before.chars().count().saturating_sub(AROUND)).collect();
    let after: String = after.chars().take(AROUND).collect();
    let (lead, tail) = (if lead { "…" } else { "" }, if tail { "…" } else { "" });
    format!("{lead}{}{tail}", plain(&format!("{before}{within}{after}")))
}
