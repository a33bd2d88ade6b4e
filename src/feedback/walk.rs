//! From the XML of a part to paragraphs, places of comments and marks of changes.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::returned::{Anchor, Home, Kind, Mark, Object, PARAGRAPH_END, Passage, Piece, Point};
use crate::office::{attribute, child};
use crate::render::word::PREFIX;

/// Reads parts one after the other.
#[derive(Default)]
pub struct Walk {
    pub passages: Vec<Passage>,
    pub anchors: BTreeMap<String, Anchor>,
    pub marks: Vec<Mark>,
    /// Bookmarks that stand before the next paragraph.
    bookmarks: Vec<String>,
    /// Rows that were met.
    rows: usize,
}

/// One part, while it is read.
pub struct Reading<'w> {
    walk: &'w mut Walk,
    home: Home,
    row: Option<usize>,
    /// A tracked change has ended the last paragraph: the next one is the same passage.
    goes_on: Option<usize>,
    inserted: Option<usize>,
    deleted: Option<usize>,
    /// For each field that is open, whether its instruction is being read, which is no text; and how many of them are.
    fields: Vec<bool>,
    instructions: usize,
    /// Elements that were taken for marks.
    seen: BTreeSet<usize>,
    paragraphs: Vec<(usize, usize)>,
    /// Rows of tables: their numbers, and the passages that begin in them.
    rows: BTreeMap<usize, (usize, usize)>,
    looks: BTreeMap<usize, (usize, std::ops::Range<usize>)>,
}

impl Walk {
    /// Reads what stands in an element: the text, a note, a comment, the head of pages. Every mark of a change in it is found, also where nothing is known of it.
    pub fn read(&mut self, parent: Node, home: Home) {
        let mut reading = Reading {
            walk: self,
            home,
            row: None,
            goes_on: None,
            inserted: None,
            deleted: None,
            fields: Vec::new(),
            instructions: 0,
            seen: BTreeSet::new(),
            paragraphs: Vec::new(),
            rows: BTreeMap::new(),
            looks: BTreeMap::new(),
        };
        reading.blocks(parent);
        reading.rest(parent);
    }

    fn last(&self) -> usize {
        self.passages.len().saturating_sub(1)
    }

    fn anchor(&mut self, node: Node) -> &mut Anchor {
        self.anchors.entry(attribute(node, "id").unwrap_or_default().to_owned()).or_default()
    }
}

impl Reading<'_> {
    /// Where the next words will stand.
    fn here(&self) -> Point {
        match self.goes_on {
            Some(passage) => Point { passage, piece: self.pieces(passage) },
            None => Point { passage: self.walk.passages.len(), piece: 0 },
        }
    }

    /// Where the last words ended.
    fn behind(&self) -> Point {
        let passage = self.walk.last();
        Point { passage, piece: self.pieces(passage) }
    }

    fn pieces(&self, passage: usize) -> usize {
        self.walk.passages.get(passage).map_or(0, |passage| passage.pieces.len())
    }

    fn mark(&mut self, node: Node, kind: Kind) -> usize {
        self.seen.insert(number(node));
        let get = |name| attribute(node, name).unwrap_or_default().to_owned();
        let (passage, row) = (self.walk.last(), self.row);
        let name = attribute(node, "name").map(str::to_owned);
        self.walk.marks.push(Mark { kind, author: get("author"), date: get("date"), passage, row, name });
        self.walk.marks.len() - 1
    }

    /// What a change is around is read as changed.
    fn changed<'a, 'i>(&mut self, node: Node<'a, 'i>, read: impl FnOnce(&mut Self, Node<'a, 'i>)) {
        let (outer_inserted, outer_deleted) = (self.inserted, self.deleted);
        match direction(node) {
            Some(kind @ (Kind::Inserted | Kind::MovedTo)) => self.inserted = Some(self.mark(node, kind)),
            Some(kind) => self.deleted = Some(self.mark(node, kind)),
            None => {}
        }
        read(self, node);
        (self.inserted, self.deleted) = (outer_inserted, outer_deleted);
    }

    fn blocks(&mut self, parent: Node) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                "ins" | "del" | "moveTo" | "moveFrom" => self.changed(node, Self::blocks),
                "sdt" if is_contents(node) => {
                    let outer = std::mem::replace(&mut self.home, Home::Repeated);
                    self.blocks(node);
                    self.home = outer;
                }
                "bookmarkStart" => self.walk.bookmarks.extend(exported(node)),
                "commentRangeStart" => {
                    let here = self.here();
                    self.walk.anchor(node).start.get_or_insert(here);
                }
                "commentRangeEnd" => {
                    let behind = self.behind();
                    self.walk.anchor(node).end = Some(behind);
                }
                "AlternateContent" => chosen(node).into_iter().for_each(|chosen| self.blocks(chosen)),
                "pPr" | "sectPr" | "sdtPr" => {}
                // What is unknown may hold paragraphs.
                _ => self.blocks(node),
            }
        }
    }

    /// Blocks of their own: what was before does not go on in them.
    fn apart(&mut self, node: Node) {
        let outer = self.goes_on.take();
        self.blocks(node);
        self.goes_on = outer;
    }

    fn table(&mut self, node: Node) {
        for row in node.children().filter(Node::is_element) {
            match row.tag_name().name() {
                "tr" => {
                    let count = self.walk.rows;
                    self.walk.rows += 1;
                    self.rows.insert(number(row), (count, self.walk.passages.len()));
                    let outer = self.row.replace(count);
                    self.apart_in_cells(row);
                    self.row = outer;
                }
                "ins" | "del" | "moveTo" | "moveFrom" => self.changed(row, Self::table),
                "tblPr" | "tblGrid" | "sdtPr" => {}
                "sdt" | "sdtContent" | "customXml" => self.table(row),
                _ => self.apart(row),
            }
        }
    }

    fn apart_in_cells(&mut self, row: Node) {
        for cell in row.children().filter(Node::is_element) {
            match cell.tag_name().name() {
                "tc" => self.apart(cell),
                "trPr" | "tblPrEx" | "sdtPr" => {}
                "sdt" | "sdtContent" | "customXml" => self.apart_in_cells(cell),
                "ins" | "del" | "moveTo" | "moveFrom" => self.changed(cell, Self::apart_in_cells),
                "commentRangeStart" => {
                    let here = self.here();
                    self.walk.anchor(cell).start.get_or_insert(here);
                }
                "commentRangeEnd" => {
                    let behind = self.behind();
                    self.walk.anchor(cell).end = Some(behind);
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node) {
        let passage = self.goes_on.take().unwrap_or_else(|| {
            let home = if self.home == Home::Text && is_of_contents(node) { Home::Repeated } else { self.home };
            self.walk.passages.push(Passage::new(home, self.row));
            self.walk.last()
        });
        self.paragraphs.push((number(node), passage));
        let bookmarks = std::mem::take(&mut self.walk.bookmarks);
        self.passage(passage).ids.extend(bookmarks);
        let mut drawn = Vec::new();
        self.inlines(node, passage, &mut drawn);
        let properties = child(node, "pPr").and_then(|properties| child(properties, "rPr"));
        let mut end = Piece { text: PARAGRAPH_END.to_owned(), ..self.piece() };
        for mark in properties.into_iter().flat_map(|properties| properties.children()).filter(Node::is_element) {
            match direction(mark) {
                Some(kind @ (Kind::Inserted | Kind::MovedTo)) => end.inserted = Some(self.mark(mark, kind)),
                Some(kind) => end.deleted = Some(self.mark(mark, kind)),
                None => {}
            }
        }
        if !end.is_kept() {
            if end.inserted.is_some() {
                self.goes_on = Some(passage);
            }
            self.passage(passage).pieces.push(end);
        }
        for text in drawn {
            self.apart(text);
        }
    }

    fn passage(&mut self, at: usize) -> &mut Passage {
        let (home, row) = (self.home, self.row);
        while self.walk.passages.len() <= at {
            self.walk.passages.push(Passage::new(home, row));
        }
        &mut self.walk.passages[at]
    }

    /// A piece without words, in the state of what is being read.
    fn piece(&self) -> Piece {
        Piece { inserted: self.inserted, deleted: self.deleted, ..Piece::default() }
    }

    fn inlines<'a, 'i: 'a>(&mut self, parent: Node<'a, 'i>, passage: usize, drawn: &mut Vec<Node<'a, 'i>>) {
        for node in parent.children().filter(Node::is_element) {
            let here = Point { passage, piece: self.pieces(passage) };
            match node.tag_name().name() {
                "r" => {
                    self.run(node, passage, drawn);
                    self.looks.insert(number(node), (passage, here.piece..self.pieces(passage)));
                }
                "ins" | "del" | "moveTo" | "moveFrom" => {
                    let from = self.pieces(passage);
                    self.changed(node, |reading, node| {
                        reading.inlines(node, passage, drawn);
                        // A change around nothing is one all the same.
                        if reading.pieces(passage) == from {
                            let empty = reading.piece();
                            reading.passage(passage).pieces.push(empty);
                        }
                    });
                }
                "bookmarkStart" => {
                    let ids = exported(node);
                    self.passage(passage).ids.extend(ids);
                }
                "commentRangeStart" => {
                    self.walk.anchor(node).start.get_or_insert(here);
                }
                "commentRangeEnd" => self.walk.anchor(node).end = Some(here),
                "AlternateContent" => {
                    chosen(node).into_iter().for_each(|chosen| self.inlines(chosen, passage, drawn));
                }
                "pPr" | "sdtPr" | "rPr" | "ctrlPr" | "fPr" | "sdtEndPr" => {}
                // Links, controls, simple fields, equations, and what nobody knows yet.
                _ => self.inlines(node, passage, drawn),
            }
        }
    }

    fn run<'a, 'i: 'a>(&mut self, run: Node<'a, 'i>, passage: usize, drawn: &mut Vec<Node<'a, 'i>>) {
        for node in run.children().filter(Node::is_element) {
            let name = node.tag_name().name();
            match name {
                "fldChar" => self.field(attribute(node, "fldCharType").unwrap_or_default()),
                "commentReference" => {
                    let here = Point { passage, piece: self.pieces(passage) };
                    self.walk.anchor(node).reference.get_or_insert(here);
                }
                "rPr" | "instrText" | "delInstrText" => {}
                _ if self.instructions > 0 => {}
                "t" | "delText" => self.text(node.text().unwrap_or_default(), passage),
                "tab" | "ptab" => self.text("\t", passage),
                "br" if attribute(node, "type").is_none_or(|kind| kind == "textWrapping") => self.text("\n", passage),
                "cr" => self.text("\n", passage),
                "noBreakHyphen" => self.text("\u{2011}", passage),
                "footnoteReference" | "endnoteReference" => self.object(Object::Note, passage),
                "drawing" | "pict" | "object" => {
                    self.object(Object::Picture, passage);
                    boxes(node, drawn);
                }
                "AlternateContent" => {
                    chosen(node).into_iter().for_each(|chosen| self.run(chosen, passage, drawn));
                }
                "br"
                | "softHyphen"
                | "annotationRef"
                | "footnoteRef"
                | "endnoteRef"
                | "separator"
                | "continuationSeparator"
                | "lastRenderedPageBreak"
                | "sym" => {}
                _ => self.run(node, passage, drawn),
            }
        }
    }

    /// The sign of a field: its instruction, its words, its end.
    fn field(&mut self, sign: &str) {
        let read = match sign {
            "begin" => {
                self.fields.push(true);
                self.instructions += 1;
                return;
            }
            "separate" => self.fields.last_mut().map(std::mem::take),
            "end" => self.fields.pop(),
            _ => None,
        };
        self.instructions -= usize::from(read == Some(true)).min(self.instructions);
    }

    fn text(&mut self, text: &str, passage: usize) {
        let piece = Piece { text: text.to_owned(), ..self.piece() };
        self.passage(passage).pieces.push(piece);
    }

    fn object(&mut self, object: Object, passage: usize) {
        let piece = Piece { object: Some(object), ..self.piece() };
        self.passage(passage).pieces.push(piece);
    }

    /// Every element that names an author is the mark of a change, known or not: those that the walk has not met are found here.
    fn rest(&mut self, parent: Node) {
        for node in parent.descendants().filter(|node| is_mark(*node)) {
            if self.seen.contains(&number(node)) || is_passed_over(node) {
                continue;
            }
            let row = node.ancestors().find_map(|above| self.rows.get(&number(above)).copied());
            let passage = self.passage_of(node, row.map(|(_, first)| first));
            let run = node.ancestors().find_map(|above| self.looks.get(&number(above)).cloned());
            let kind = kind(node);
            let mark = self.mark(node, kind.clone());
            if let Some(known) = self.walk.marks.get_mut(mark) {
                known.passage = passage;
                known.row = row.map(|(count, _)| count);
            }
            if let (Kind::Look, Some((passage, pieces))) = (&kind, run) {
                let pieces = self.walk.passages.get_mut(passage).and_then(|passage| passage.pieces.get_mut(pieces));
                pieces.into_iter().flatten().for_each(|piece| piece.looks.push(mark));
            }
        }
    }

    /// The passage that a mark belongs to: its paragraph's, its row's first, or the last one before it.
    fn passage_of(&self, node: Node, first_of_row: Option<usize>) -> usize {
        let in_paragraph = node.ancestors().any(|above| above.tag_name().name() == "p");
        if let Some(first) = first_of_row.filter(|_| !in_paragraph) {
            return first.min(self.walk.last());
        }
        let at = self.paragraphs.partition_point(|(paragraph, _)| *paragraph <= number(node));
        let before = at.checked_sub(1).and_then(|at| self.paragraphs.get(at));
        before.or(self.paragraphs.first()).map_or(self.walk.last(), |(_, passage)| *passage)
    }
}

/// What a change around words, or beside the end of a paragraph, does.
fn direction(node: Node) -> Option<Kind> {
    Some(match node.tag_name().name() {
        "ins" => Kind::Inserted,
        "del" => Kind::Deleted,
        "moveTo" => Kind::MovedTo,
        "moveFrom" => Kind::MovedFrom,
        _ => return None,
    })
}

fn is_mark(node: Node) -> bool {
    node.is_element() && node.tag_name().name() != "comment" && attribute(node, "author").is_some()
}

/// What programs read that do not know the other choice.
fn is_passed_over(node: Node) -> bool {
    node.ancestors().any(|above| {
        above.tag_name().name() == "Fallback"
            && above.parent().is_some_and(|parent| chosen(parent).is_some_and(|chosen| chosen.id() != above.id()))
    })
}

fn kind(node: Node) -> Kind {
    let name = node.tag_name().name();
    let parent = node.parent().map_or("", |parent| parent.tag_name().name());
    match (name, parent) {
        ("ins" | "moveTo", "trPr") => Kind::RowInserted,
        ("del" | "moveFrom", "trPr") => Kind::RowDeleted,
        ("ins" | "numberingChange", _) if parent == "numPr" || name == "numberingChange" => Kind::Numbering,
        ("rPrChange", _) if node.ancestors().any(|above| above.tag_name().name() == "pPr") => Kind::ParagraphLook,
        ("rPrChange", _) => Kind::Look,
        ("pPrChange", _) => Kind::ParagraphLook,
        ("sectPrChange", _) => Kind::SectionLook,
        ("tblPrChange" | "tblGridChange" | "tblPrExChange" | "trPrChange" | "tcPrChange", _) => Kind::TableLook,
        ("cellIns", _) => Kind::CellInserted,
        ("cellDel", _) => Kind::CellDeleted,
        ("cellMerge", _) => Kind::CellsMerged,
        ("moveFromRangeStart", _) => Kind::RangeFrom,
        ("moveToRangeStart", _) => Kind::RangeTo,
        _ => direction(node).unwrap_or_else(|| Kind::Other(name.to_owned())),
    }
}

/// The id of an exported paragraph, of the bookmark that stands for it.
fn exported(node: Node) -> Option<String> {
    attribute(node, "name").and_then(|name| name.strip_prefix(PREFIX)).map(str::to_owned)
}

fn chosen<'a, 'i: 'a>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    child(node, "Choice").or_else(|| child(node, "Fallback"))
}

/// Text boxes of a drawing, the outermost ones.
fn boxes<'a, 'i: 'a>(node: Node<'a, 'i>, out: &mut Vec<Node<'a, 'i>>) {
    for part in node.children().filter(Node::is_element) {
        match part.tag_name().name() {
            "txbxContent" => out.push(part),
            "AlternateContent" => chosen(part).into_iter().for_each(|chosen| boxes(chosen, out)),
            _ => boxes(part, out),
        }
    }
}

/// A line of the table of contents, where nothing else says that it is one.
fn is_of_contents(paragraph: Node) -> bool {
    let style = child(paragraph, "pPr").and_then(|properties| child(properties, "pStyle"));
    style.and_then(|style| attribute(style, "val")).is_some_and(|style| style.starts_with("TOC"))
}

/// A control that holds a table of contents.
fn is_contents(node: Node) -> bool {
    let gallery = child(node, "sdtPr")
        .and_then(|properties| child(properties, "docPartObj"))
        .and_then(|part| child(part, "docPartGallery"))
        .and_then(|gallery| attribute(gallery, "val"));
    gallery.is_some_and(|gallery| gallery.to_lowercase().contains("table of"))
}

/// Where an element stands among all of its part.
fn number(node: Node) -> usize {
    node.id().get_usize()
}
