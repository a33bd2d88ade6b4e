//! The account of changes: a chapter that the program writes from the ledger, and the reasons that its author must give.

mod values;

use crate::compare::state::FileKind;
use crate::compare::{Difference, LabelOf, Piece, SectionChange, State, TextChange, What, redline};
use crate::document::anchor;
use crate::document::resolved::{Block, Change, Chapter, ContentsEntry, Inline, ResolvedDocument, plain_text};
use crate::locale::Locale;
use crate::model::Part;
use crate::value::Exact;

/// Address of the chapter.
pub const ANCHOR: &str = anchor::CHANGES;

/// A version, or whatever a reader knows it by, and what it says.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    pub version: &'a str,
    pub state: &'a State,
}

/// What the chapter is written from.
pub struct Account<'a> {
    /// The version before this one, where there is one.
    pub old: Option<Said<'a>>,
    pub new: Said<'a>,
    pub difference: &'a Difference,
    pub locale: &'a Locale,
}

impl<'a> Account<'a> {
    /// What both versions say.
    pub fn states(&self) -> impl Iterator<Item = &'a State> + use<'a> {
        self.old.into_iter().chain([self.new]).map(|said| said.state)
    }
}

/// The account as blocks that stand by themselves, for a page that has no sections to lead to.
#[must_use]
pub fn blocks(account: &Account<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if account.difference.is_empty() {
        return blocks;
    }
    let writer = Writer { account, linked: false };
    writer.add_difference(&mut blocks);
    blocks
}

/// The document with the chapter; as it is where there is nothing to account for.
#[must_use]
pub fn with_chapter(document: ResolvedDocument, account: &Account<'_>) -> ResolvedDocument {
    let reasons = &document.changes;
    if reasons.is_empty() && account.difference.is_empty() {
        return document;
    }
    let writer = Writer { account, linked: true };
    let title = account.locale.fill("changes", &[("version", &document.version)]);
    let mut blocks = vec![heading(1, ANCHOR, &title)];
    if let Some(old) = account.old {
        let words = account.locale.fill("changes_intro", &[("old", old.version), ("version", &document.version)]);
        blocks.push(paragraph(words));
    }
    if !reasons.is_empty() {
        blocks.push(heading(2, &anchor::changes("reasons"), account.locale.label("changes_reasons")));
        blocks.push(stated(reasons, account.locale));
    }
    if account.old.is_some() {
        writer.add_difference(&mut blocks);
    }
    with(document, blocks)
}

/// A part of a report with what concerns it in the account: in an extract the stated changes that name what it prints, under one heading; in a decision
/// page, which has one page, nothing. The account itself stands in the report.
#[must_use]
pub fn with_part_chapter(document: ResolvedDocument, part: &Part, state: &State, locale: &Locale) -> ResolvedDocument {
    let printed = |id: &str| {
        let table = |id: &str| state.tables.get(id).is_some_and(|table| !table.used.is_empty());
        let figure = state.figures.get(id).is_some_and(|figure| !figure.used.is_empty());
        figure || table(id) || id.rsplit_once('.').is_some_and(|(id, _)| table(id))
    };
    let concerns =
        |change: &Change| matches!(part, Part::Unit(_)) && change.concerns.iter().any(|concern| printed(concern));
    let changes: Vec<Change> = document.changes.into_iter().filter(concerns).collect();
    if changes.is_empty() {
        return ResolvedDocument { changes, ..document };
    }
    let title = locale.fill("changes", &[("version", &document.version)]);
    let blocks = vec![heading(1, ANCHOR, &title), stated(&changes, locale)];
    with(ResolvedDocument { changes, ..document }, blocks)
}

/// What the author states, each change with its reason.
fn stated(changes: &[Change], locale: &Locale) -> Block {
    let items = changes.iter().map(|change| {
        let mut words =
            vec![Inline::Strong { content: vec![Inline::text(format!("{}.", change.kind_label))] }, Inline::text(" ")];
        words.extend(change.what.clone());
        let (before, after) = split(locale.label("changes_why"), "{why}");
        words.push(Inline::text(format!(" {before}")));
        words.extend(change.why.clone());
        words.push(Inline::text(after));
        vec![Block::Paragraph { passage: String::new(), content: words }]
    });
    Block::List { ordered: false, start: 1, items: items.collect() }
}

/// The document with one chapter more and its headings.
fn with(document: ResolvedDocument, blocks: Vec<Block>) -> ResolvedDocument {
    let ResolvedDocument { mut contents, mut chapters, .. } = document;
    contents.extend(blocks.iter().filter_map(|block| match block {
        Block::Heading { level, number, anchor, content, .. } if *level <= 2 => Some(ContentsEntry {
            level: *level,
            number: number.clone(),
            title: content.clone(),
            anchor: anchor.clone(),
        }),
        _ => None,
    }));
    chapters.push(Chapter { anchor: ANCHOR.to_owned(), role: "changes".to_owned(), blocks });
    ResolvedDocument { contents, chapters, ..document }
}

fn split<'t>(text: &'t str, at: &str) -> (&'t str, &'t str) {
    text.split_once(at).unwrap_or((text, ""))
}

fn heading(level: u8, anchor: &str, words: &str) -> Block {
    Block::Heading {
        level,
        number: None,
        anchor: anchor.to_owned(),
        content: vec![Inline::text(words)],
        text: words.to_owned(),
    }
}

fn paragraph(words: impl Into<String>) -> Block {
    Block::Paragraph { passage: String::new(), content: vec![Inline::text(words)] }
}

struct Writer<'a> {
    account: &'a Account<'a>,
    /// Whether sections are links.
    linked: bool,
}

impl Writer<'_> {
    fn label(&self, key: &str) -> String {
        self.account.locale.label(key).to_owned()
    }

    fn old(&self) -> &str {
        self.account.old.map(|old| old.version).unwrap_or_default()
    }

    fn add_difference(&self, blocks: &mut Vec<Block>) {
        self.values(blocks);
        self.labels(blocks);
        self.files(blocks);
        self.sections(blocks);
        self.words(blocks);
    }

    fn list(&self, name: &str, key: &str, items: Vec<Vec<Inline>>, blocks: &mut Vec<Block>) {
        if !items.is_empty() {
            blocks.push(heading(2, &anchor::changes(name), &self.label(key)));
            let items =
                items.into_iter().map(|content| vec![Block::Paragraph { passage: String::new(), content }]).collect();
            blocks.push(Block::List { ordered: false, start: 1, items });
        }
    }

    /// What figures, rows and columns are called, each as a redline.
    fn labels(&self, blocks: &mut Vec<Block>) {
        let items = self.account.difference.labels.iter().map(|change| {
            let key = match change.of {
                LabelOf::Figure => "changes_label_figure",
                LabelOf::Row => "changes_label_row",
                LabelOf::Column => "changes_label_column",
                LabelOf::Stub => "changes_label_stub",
                LabelOf::RowOrder => "changes_row_order",
                LabelOf::ColumnOrder => "changes_column_order",
            };
            let name = self.account.locale.quoted(&change.caption);
            let mut words = vec![Inline::text(self.account.locale.fill(key, &[("table", &name)])), Inline::text(" ")];
            words.extend(pieces(&redline(&change.old, &change.new)));
            words
        });
        self.list("labels", "changes_labels", items.collect(), blocks);
    }

    /// Pictures, charts and files for download.
    fn files(&self, blocks: &mut Vec<Block>) {
        let items = self.account.difference.files.iter().map(|change| {
            let key = match (change.kind, &change.old, &change.new) {
                (_, None, _) => "changes_added",
                (_, _, None) => "changes_removed",
                (FileKind::Picture, ..) => "changes_picture",
                (FileKind::Chart, ..) => "changes_chart",
                (FileKind::Download, ..) => "changes_download",
            };
            let title = if change.title.is_empty() { &change.name } else { &change.title };
            vec![Inline::text(self.account.locale.fill(key, &[("title", title)]))]
        });
        self.list("files", "changes_files", items.collect(), blocks);
    }

    /// Sections as links, "1.2 Journaler, 3 Analys".
    fn places(&self, ids: &[String]) -> Vec<Inline> {
        if ids.is_empty() {
            return vec![Inline::text(self.label("changes_nowhere"))];
        }
        let mut out = Vec::new();
        for id in ids {
            if !out.is_empty() {
                out.push(Inline::text(", "));
            }
            out.push(self.place(id));
        }
        out
    }

    fn link(&self, id: &str, content: Vec<Inline>) -> Inline {
        if self.linked { Inline::reference(id, content) } else { Inline::text(plain_text(&content)) }
    }

    fn place(&self, id: &str) -> Inline {
        if let Some(section) =
            self.account.new.state.sections.iter().find(|section| section.id == id && id != anchor::NOTES)
        {
            return self.link(id, vec![Inline::text(section.name())]);
        }
        let old = self.account.old.and_then(|old| old.state.sections.iter().find(|section| section.id == id));
        Inline::text(old.map_or_else(|| self.label("notes"), super::super::compare::state::Section::name))
    }

    fn sections(&self, blocks: &mut Vec<Block>) {
        let difference = self.account.difference;
        let locale = self.account.locale;
        let mut items: Vec<Vec<Inline>> = Vec::new();
        for change in &difference.sections {
            let (key, id, values) = match change {
                SectionChange::Added { id, title } => ("changes_added", Some(id), vec![("title", title)]),
                SectionChange::Removed { title, .. } => ("changes_removed", None, vec![("title", title)]),
                SectionChange::Moved { id, title } => ("changes_moved", Some(id), vec![("title", title)]),
                SectionChange::Renamed { id, old, new } => {
                    ("changes_renamed", Some(id), vec![("old", old), ("new", new)])
                }
            };
            let values: Vec<(&str, &str)> = values.into_iter().map(|(name, value)| (name, value.as_str())).collect();
            let words = Inline::text(locale.fill(key, &values));
            items.push(vec![match id {
                Some(id) => self.link(id, vec![words]),
                None => words,
            }]);
        }
        let moved = difference.paragraphs.iter().filter(|change| change.what == What::Moved).count();
        if items.is_empty() && moved == 0 {
            return;
        }
        blocks.push(heading(2, &anchor::changes("sections"), &self.label("changes_sections")));
        if !items.is_empty() {
            let items =
                items.into_iter().map(|content| vec![Block::Paragraph { passage: String::new(), content }]).collect();
            blocks.push(Block::List { ordered: false, start: 1, items });
        }
        if moved > 0 {
            let count = locale.number(&Exact::from(i64::try_from(moved).unwrap_or(i64::MAX)), 0);
            blocks.push(paragraph(locale.fill("changes_paragraph_moved", &[("count", &count)])));
            let items = difference.paragraphs.iter().filter_map(|change| {
                let from = change.from.as_ref()?;
                let text: String = change.pieces.iter().map(Piece::text).collect();
                let words = locale
                    .fill("changes_paragraph_from", &[("from", from), ("text", &locale.quoted(&beginning(&text)))]);
                Some(vec![paragraph(words)])
            });
            let items: Vec<Vec<Block>> = items.collect();
            if !items.is_empty() {
                blocks.push(Block::List { ordered: false, start: 1, items });
            }
        }
    }

    fn words(&self, blocks: &mut Vec<Block>) {
        let difference = self.account.difference;
        let front = difference.front.iter();
        let changes: Vec<&TextChange> =
            front.chain(&difference.paragraphs).filter(|change| change.what != What::Moved).collect();
        if changes.is_empty() {
            return;
        }
        blocks.push(heading(2, &anchor::changes("words"), &self.label("changes_words")));
        blocks.push(paragraph(self.label("changes_words_intro")));
        let mut last = None;
        for (at, change) in changes.into_iter().enumerate() {
            if last != Some(&change.section) {
                let front = change.section.is_empty();
                let place =
                    if front { self.label("changes_front") } else { plain_text(&[self.place(&change.section)]) };
                blocks.push(heading(3, &anchor::changes(&format!("words-{}", at + 1)), &place));
                last = Some(&change.section);
            }
            blocks.push(Block::Paragraph { passage: String::new(), content: pieces(&change.pieces) });
        }
    }
}

/// The first words of a paragraph, enough to know it by.
fn beginning(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(12).collect();
    let more = if text.split_whitespace().count() > words.len() { " …" } else { "" };
    format!("{}{more}", words.join(" "))
}

/// A redline: what went stands in brackets, so that the line can be read and heard without seeing how it is struck through.
fn pieces(pieces: &[Piece]) -> Vec<Inline> {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Same(text) => Inline::text(text.clone()),
            Piece::Inserted(text) => Inline::Inserted { content: vec![Inline::text(text.clone())] },
            Piece::Deleted(text) => {
                let words = text.trim_end();
                let blank = text.get(words.len()..).unwrap_or_default();
                Inline::Deleted { content: vec![Inline::text(format!("[{words}]{blank}"))] }
            }
        })
        .collect()
}
