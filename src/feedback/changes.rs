//! From marks to changes as a person made them: what was struck and written in its place is one, and so is a row with all its words. Every mark is in one of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::returned::{Kind, Mark, Object, PARAGRAPH_END, Passage, Returned};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    pub author: String,
    pub date: String,
    pub passage: usize,
    /// The bytes of the passage's first words that it replaces; none for what changes no words.
    pub range: Option<Range<usize>>,
    /// Words that went, came, or look otherwise.
    pub old: String,
    pub new: String,
    /// A note, a picture and the like came or went with it.
    pub object: Option<Object>,
    /// How many marks of the file it is.
    pub marks: usize,
    /// What both ends of a move have.
    pub name: Option<String>,
    /// Where it stands among the pieces of its passage.
    piece: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// Words came, went or were replaced.
    Words,
    /// Words that are others now without a mark of it; its range is of the words of the report.
    Untracked,
    /// Written by one and struck again: nothing of it is left.
    Undone,
    MovedFrom,
    MovedTo,
    /// One that changes no words, or a whole row or cell.
    Mark(Kind),
}

/// The changes of a file, in the order of the text.
pub fn changes(file: &Returned) -> Vec<Change> {
    let mut gathering = Gathering { file, taken: BTreeSet::new(), of_rows: BTreeSet::new(), out: Vec::new() };
    gathering.rows();
    for (at, passage) in file.passages.iter().enumerate() {
        gathering.words(at, passage);
        gathering.looks(at, passage);
    }
    gathering.moves();
    gathering.rest();
    gathering.out.sort_by_key(|change| (change.passage, change.piece));
    gathering.out
}

struct Gathering<'f> {
    file: &'f Returned,
    /// Marks that a change has.
    taken: BTreeSet<usize>,
    /// Those that were told with their row.
    of_rows: BTreeSet<usize>,
    out: Vec<Change>,
}

/// What a piece says of tracked words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    In(usize),
    Out(usize),
    Both(usize, usize),
}

impl<'f> Gathering<'f> {
    fn mark(&self, at: usize) -> Option<&'f Mark> {
        self.file.marks.get(at)
    }

    fn author(&self, at: usize) -> &'f str {
        self.mark(at).map_or("", |mark| &mark.author)
    }

    fn is_move(&self, at: usize) -> bool {
        self.mark(at).is_some_and(|mark| matches!(mark.kind, Kind::MovedFrom | Kind::MovedTo))
    }

    /// A change of some marks; those that another has already count there.
    fn change(&mut self, marks: &[usize], kind: ChangeKind, passage: usize, piece: usize) -> Change {
        let first = marks.first().and_then(|mark| self.mark(*mark));
        let (author, date) = first.map(|mark| (mark.author.clone(), mark.date.clone())).unwrap_or_default();
        let name = first.and_then(|mark| mark.name.clone());
        let marks = marks.iter().filter(|mark| self.taken.insert(**mark)).count();
        let (range, old, new, object) = (None, String::new(), String::new(), None);
        Change { kind, author, date, passage, range, old, new, object, marks, name, piece }
    }

    /// A row that came or went, with what its author did to the words in it.
    fn rows(&mut self) {
        let file = self.file;
        let mut passages: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, passage) in file.passages.iter().enumerate() {
            passages.entry(passage.row.unwrap_or(usize::MAX)).or_default().push(at);
        }
        for (at, mark) in file.marks.iter().enumerate() {
            let came = match mark.kind {
                Kind::RowInserted => true,
                Kind::RowDeleted => false,
                _ => continue,
            };
            let cells = mark.row.and_then(|row| passages.get(&row)).map(Vec::as_slice).unwrap_or_default();
            let cells = || cells.iter().filter_map(|cell| file.passages.get(*cell));
            let row_author = &mark.author;
            let of_words = |mark: &usize| {
                let kinds = if came { [Kind::Inserted, Kind::MovedTo] } else { [Kind::Deleted, Kind::MovedFrom] };
                file.marks.get(*mark).is_some_and(|other| other.author == *row_author && kinds.contains(&other.kind))
            };
            let marks = cells().flat_map(|cell| &cell.pieces).flat_map(|piece| [piece.inserted, piece.deleted]);
            let mut marks: Vec<usize> = marks.flatten().filter(of_words).collect();
            self.of_rows.extend(&marks);
            marks.insert(0, at);
            let words: Vec<String> = cells().map(|cell| one_line(&cell.all_words())).collect();
            let words = words.join(" | ");
            let mut change = self.change(&marks, ChangeKind::Mark(mark.kind.clone()), mark.passage, 0);
            *(if came { &mut change.new } else { &mut change.old }) = words;
            self.out.push(change);
        }
    }

    /// Words that came and went: what stands side by side and is of one author is one change.
    fn words(&mut self, at: usize, passage: &Passage) {
        let ways: Vec<Option<Way>> = passage
            .pieces
            .iter()
            .map(|piece| match (piece.inserted, piece.deleted) {
                (Some(came), Some(went)) => Some(Way::Both(came, went)),
                (Some(came), None) => Some(Way::In(came)),
                (None, Some(went)) => Some(Way::Out(went)),
                (None, None) => None,
            })
            .collect();
        let (mut from, mut offset) = (0, 0);
        while let Some(way) = ways.get(from) {
            let Some(way) = way else {
                offset += passage.pieces[from].original().len();
                from += 1;
                continue;
            };
            let together = |other: &&Option<Way>| other.as_ref().is_some_and(|other| self.are_one(*way, *other));
            let count = ways[from..].iter().take_while(together).count().max(1);
            let pieces = &passage.pieces[from..from + count];
            let length: usize = pieces.iter().map(|piece| piece.original().len()).sum();
            let marks: Vec<usize> = pieces.iter().flat_map(|piece| [piece.inserted, piece.deleted]).flatten().collect();
            // All of it was told with its row.
            if !marks.iter().all(|mark| self.of_rows.contains(mark)) {
                let kind = match way {
                    Way::Both(..) => ChangeKind::Undone,
                    Way::In(mark) if self.is_move(*mark) => ChangeKind::MovedTo,
                    Way::Out(mark) if self.is_move(*mark) => ChangeKind::MovedFrom,
                    _ => ChangeKind::Words,
                };
                let said = |wanted: fn(&Way) -> bool| -> String {
                    let chosen = ways[from..from + count].iter().zip(pieces);
                    chosen
                        .filter(|(way, _)| way.as_ref().is_some_and(wanted))
                        .map(|(_, piece)| piece.text.as_str())
                        .collect()
                };
                let (new, old) = (said(|way| matches!(way, Way::In(_))), said(|way| !matches!(way, Way::In(_))));
                let object = pieces.iter().find_map(|piece| piece.object);
                let mut marks = marks;
                marks.dedup();
                let range = (kind != ChangeKind::Undone).then_some(offset..offset + length);
                let change = self.change(&marks, kind, at, from);
                self.out.push(Change { range, old, new, object, ..change });
            }
            offset += length;
            from += count;
        }
    }

    fn are_one(&self, a: Way, b: Way) -> bool {
        match (a, b) {
            (Way::Both(came, went), Way::Both(other_came, other_went)) => {
                self.author(came) == self.author(other_came) && self.author(went) == self.author(other_went)
            }
            (Way::In(a), Way::In(b)) | (Way::Out(a), Way::Out(b)) => {
                self.author(a) == self.author(b) && self.is_move(a) == self.is_move(b)
            }
            (Way::In(a), Way::Out(b)) | (Way::Out(a), Way::In(b)) => {
                self.author(a) == self.author(b) && !self.is_move(a) && !self.is_move(b)
            }
            _ => false,
        }
    }

    /// Words that look otherwise.
    fn looks(&mut self, at: usize, passage: &Passage) {
        let mut from = 0;
        while let Some(piece) = passage.pieces.get(from) {
            let Some(first) = piece.looks.first() else {
                from += 1;
                continue;
            };
            let author = self.author(*first);
            let same =
                |piece: &&super::returned::Piece| piece.looks.first().is_some_and(|mark| self.author(*mark) == author);
            let count = passage.pieces[from..].iter().take_while(same).count().max(1);
            let mut marks: Vec<usize> =
                passage.pieces[from..from + count].iter().flat_map(|piece| piece.looks.clone()).collect();
            marks.dedup();
            let mut change = self.change(&marks, ChangeKind::Mark(Kind::Look), at, from);
            change.old = passage.words(from, from + count);
            self.out.push(change);
            from += count;
        }
    }

    /// The marks around both ends of a move are of the words between them, and say which ends belong together.
    fn moves(&mut self) {
        let file = self.file;
        for (at, mark) in file.marks.iter().enumerate() {
            let kind = match mark.kind {
                Kind::RangeFrom => ChangeKind::MovedFrom,
                Kind::RangeTo => ChangeKind::MovedTo,
                _ => continue,
            };
            let open =
                |change: &&mut Change| change.kind == kind && change.name.is_none() && change.passage >= mark.passage;
            if let Some(change) = self.out.iter_mut().filter(open).min_by_key(|change| (change.passage, change.piece)) {
                change.name = Some(mark.name.clone().unwrap_or_default());
                change.marks += usize::from(self.taken.insert(at));
            }
        }
    }

    /// Marks that are in no change yet.
    fn rest(&mut self) {
        let file = self.file;
        let mut known: BTreeMap<(usize, Kind, String), usize> = BTreeMap::new();
        for (at, mark) in file.marks.iter().enumerate() {
            if self.taken.contains(&at) {
                continue;
            }
            let key = (mark.passage, mark.kind.clone(), mark.author.clone());
            if let Some(change) = known.get(&key).and_then(|place| self.out.get_mut(*place)) {
                change.marks += usize::from(self.taken.insert(at));
                continue;
            }
            let mut change = self.change(&[at], ChangeKind::Mark(mark.kind.clone()), mark.passage, 0);
            change.old =
                file.passages.get(mark.passage).map(|passage| one_line(&passage.all_words())).unwrap_or_default();
            known.insert(key, self.out.len());
            self.out.push(change);
        }
    }
}

fn one_line(words: &str) -> String {
    words.replace(PARAGRAPH_END, " ").trim().to_owned()
}

impl Change {
    /// Where it stands among others.
    pub fn order(&self) -> (usize, usize) {
        (self.passage, self.piece)
    }
}

impl Change {
    /// Words that were changed without a mark: what both texts begin and end with has stayed.
    pub fn untracked(passage: usize, before: &str, now: &str) -> Self {
        let is_inner = |c: char| c.is_alphanumeric();
        let shared = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> Vec<char> {
            a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
        };
        let mut start = shared(&mut before.chars(), &mut now.chars());
        // Words stay whole.
        while start.last().is_some_and(|c| is_inner(*c)) {
            start.pop();
        }
        let from: usize = start.iter().map(|c| c.len_utf8()).sum();
        let mut end = shared(&mut before[from..].chars().rev(), &mut now[from..].chars().rev());
        while end.last().is_some_and(|c| is_inner(*c)) {
            end.pop();
        }
        let to: usize = end.iter().map(|c| c.len_utf8()).sum();
        let range = from..before.len() - to;
        Self {
            kind: ChangeKind::Untracked,
            author: String::new(),
            date: String::new(),
            passage,
            old: before[range.clone()].to_owned(),
            new: now[from..now.len() - to].to_owned(),
            range: Some(range),
            object: None,
            marks: 0,
            name: None,
            piece: 0,
        }
    }
}
