//! The account of changes: a chapter that the program writes from the ledger, and the reasons that its author must give.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{CellChange, Difference, Piece, SectionChange, State, TextChange, What};
use crate::compute::exact::Exact;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::document::resolved::{
    Block, Cell, Chapter, Column, ContentsEntry, HeadCell, Inline, ResolvedDocument, Row, Table, plain_text,
};
use crate::locale::Locale;
use crate::model::Project;

/// Address of the chapter.
pub const ANCHOR: &str = "version-changes";

/// What the chapter is written from.
pub struct Account<'a> {
    /// The version before this one, where there is one.
    pub old: Option<(&'a str, &'a State)>,
    pub new: &'a State,
    pub difference: &'a Difference,
    pub locale: &'a Locale,
}

/// The account as blocks that stand by themselves, for a page that has no sections to lead to.
#[must_use]
pub fn blocks(version: &str, account: &Account<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if account.difference.is_empty() {
        return blocks;
    }
    let writer = Writer { account, version: version.to_owned(), linked: false };
    writer.values(&mut blocks);
    writer.sections(&mut blocks);
    writer.words(&mut blocks);
    blocks
}

/// Adds the chapter to a document; nothing where there is nothing to account for.
pub fn add_chapter(document: &mut ResolvedDocument, account: &Account<'_>) {
    let reasons = &document.changes;
    if reasons.is_empty() && account.difference.is_empty() {
        return;
    }
    let writer = Writer { account, version: document.version.clone(), linked: true };
    let title = account.locale.fill("changes", &[("version", &document.version)]);
    let mut blocks = vec![heading(1, ANCHOR, &title)];
    if let Some((old, _)) = account.old {
        let words = account.locale.fill("changes_intro", &[("old", old), ("version", &document.version)]);
        blocks.push(paragraph(words));
    }
    if !reasons.is_empty() {
        blocks.push(heading(2, &format!("{ANCHOR}-reasons"), account.locale.label("changes_reasons")));
        let items = reasons.iter().map(|change| {
            let mut words = vec![
                Inline::Strong { content: vec![Inline::text(format!("{}.", change.kind_label))] },
                Inline::text(" "),
            ];
            words.extend(change.what.clone());
            let (before, after) = split(account.locale.label("changes_why"), "{why}");
            words.push(Inline::text(format!(" {before}")));
            words.extend(change.why.clone());
            words.push(Inline::text(after));
            vec![Block::Paragraph { content: words }]
        });
        blocks.push(Block::List { ordered: false, start: 1, items: items.collect() });
    }
    if account.old.is_some() {
        writer.values(&mut blocks);
        writer.sections(&mut blocks);
        writer.words(&mut blocks);
    }
    let entries = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, number, anchor, content, .. } if *level <= 2 => Some(ContentsEntry {
            level: *level,
            number: number.clone(),
            title: content.clone(),
            anchor: anchor.clone(),
        }),
        _ => None,
    });
    document.contents.extend(entries);
    document.chapters.push(Chapter { anchor: ANCHOR.to_owned(), role: "changes".to_owned(), blocks });
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
    Block::Paragraph { content: vec![Inline::text(words)] }
}

struct Writer<'a> {
    account: &'a Account<'a>,
    version: String,
    /// Whether sections are links.
    linked: bool,
}

impl Writer<'_> {
    fn label(&self, key: &str) -> String {
        self.account.locale.label(key).to_owned()
    }

    fn old(&self) -> &str {
        self.account.old.map(|(version, _)| version).unwrap_or_default()
    }

    fn values(&self, blocks: &mut Vec<Block>) {
        let difference = self.account.difference;
        blocks.push(heading(2, &format!("{ANCHOR}-values"), &self.label("changes_values")));
        if difference.figures.is_empty() && difference.cells.is_empty() {
            blocks.push(paragraph(self.label("changes_no_values")));
            return;
        }
        let versions = [("old", self.old()), ("version", self.version.as_str())];
        if !difference.figures.is_empty() {
            let rows = difference.figures.iter().map(|change| {
                let values =
                    self.three(change.old.as_ref(), change.new.as_ref(), change.difference.as_ref(), change.decimals);
                (change.label.clone(), values, Some(self.places(&change.used)))
            });
            let caption = self.account.locale.fill("changes_values_of", &versions);
            blocks.push(self.table("figures", "changes_value", &caption, rows.collect(), None));
        }
        let mut tables: BTreeMap<&str, Vec<&CellChange>> = BTreeMap::new();
        for change in &difference.cells {
            tables.entry(&change.table).or_default().push(change);
        }
        for (id, changes) in tables {
            let Some(first) = changes.first() else { continue };
            let rows = changes.iter().map(|change| {
                let values =
                    self.three(change.old.as_ref(), change.new.as_ref(), change.difference.as_ref(), change.decimals);
                (format!("{}, {}", change.row_label, change.column_label), values, None)
            });
            let name = format!("”{}”", first.caption);
            let caption = self.account.locale.fill("changes_cells_of", &[("table", &name), versions[0], versions[1]]);
            let mut note = vec![Inline::text(format!("{} ", self.label("changes_used")))];
            note.extend(self.places(&first.used));
            blocks.push(self.table(&format!("cells-{id}"), "changes_cell", &caption, rows.collect(), Some(note)));
        }
    }

    /// Before, after and how much.
    fn three(
        &self,
        old: Option<&String>,
        new: Option<&String>,
        difference: Option<&String>,
        decimals: u8,
    ) -> [String; 3] {
        let number = difference.and_then(|text| Exact::parse(text)).map(|(value, _)| value);
        [
            old.cloned().unwrap_or_else(|| self.label("changes_new_value")),
            new.cloned().unwrap_or_else(|| self.label("changes_gone_value")),
            number.map_or_else(|| "–".to_owned(), |value| self.account.locale.signed(&value, decimals)),
        ]
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
        if self.linked {
            Inline::Reference { anchor: id.to_owned(), content }
        } else {
            Inline::text(plain_text(&content))
        }
    }

    fn place(&self, id: &str) -> Inline {
        if let Some(section) = self.account.new.sections.iter().find(|section| section.id == id && id != "notes") {
            return self.link(id, vec![Inline::text(section.name())]);
        }
        let old = self.account.old.and_then(|(_, state)| state.sections.iter().find(|section| section.id == id));
        Inline::text(old.map_or_else(|| self.label("notes"), super::super::compare::state::Section::name))
    }

    fn table(
        &self,
        name: &str,
        first: &str,
        caption: &str,
        rows: Vec<(String, [String; 3], Option<Vec<Inline>>)>,
        note: Option<Vec<Inline>>,
    ) -> Block {
        let anchor = format!("{ANCHOR}-{name}");
        let with_places = rows.iter().any(|(_, _, places)| places.is_some());
        let before =
            |version: &str| self.account.locale.fill("changes_before", &[("version", version)]).replace(' ', "\u{a0}");
        let mut heads =
            vec![self.label(first), before(self.old()), before(&self.version), self.label("changes_difference")];
        // Cells are numbers; a figure may be a whole phrase, "25 (16 kvinnor och 9 män)", which must be free to break.
        let mut align = vec!["start", "end", "end", "end"];
        if with_places {
            heads.push(self.label("changes_used"));
            align = vec!["start", "start", "start", "end", "start"];
        }
        let head = heads.into_iter().zip(&align).enumerate().map(|(at, (words, align))| HeadCell {
            id: format!("{anchor}-c{at}"),
            content: vec![Inline::text(words)],
            colspan: 1,
            rowspan: 1,
            scope: "col".to_owned(),
            align: (*align).to_owned(),
            headers: Vec::new(),
        });
        let rows = rows.into_iter().enumerate().map(|(row_at, (label, values, places))| {
            let row_id = format!("{anchor}-r{}", row_at + 1);
            let contents = std::iter::once(vec![Inline::text(label)])
                .chain(values.into_iter().map(|value| vec![Inline::text(value)]))
                .chain(places);
            let cells = contents.zip(&align).enumerate().map(|(at, (content, align))| Cell {
                id: (at == 0).then(|| row_id.clone()),
                header: at == 0,
                content,
                align: (*align).to_owned(),
                total: false,
                blank: None,
                headers: std::iter::once(format!("{anchor}-c{at}")).chain((at > 0).then(|| row_id.clone())).collect(),
                key: None,
            });
            Row { total: false, cells: cells.collect() }
        });
        Block::Table(Box::new(Table {
            number: None,
            label: None,
            caption: Some(vec![Inline::text(caption)]),
            caption_text: caption.to_owned(),
            columns: align.iter().map(|align| Column { align: (*align).to_owned(), starts_group: false }).collect(),
            head: vec![head.collect()],
            rows: rows.collect(),
            anchor,
            notes: Vec::new(),
            legend: Vec::new(),
            note,
            source: None,
            evidence: None,
            data: None,
            wide: false,
        }))
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
        blocks.push(heading(2, &format!("{ANCHOR}-sections"), &self.label("changes_sections")));
        if !items.is_empty() {
            let items = items.into_iter().map(|content| vec![Block::Paragraph { content }]).collect();
            blocks.push(Block::List { ordered: false, start: 1, items });
        }
        if moved > 0 {
            let count = locale.number(&Exact::from(i64::try_from(moved).unwrap_or(i64::MAX)), 0);
            blocks.push(paragraph(locale.fill("changes_paragraph_moved", &[("count", &count)])));
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
        blocks.push(heading(2, &format!("{ANCHOR}-words"), &self.label("changes_words")));
        blocks.push(paragraph(self.label("changes_words_intro")));
        let mut last = None;
        for (at, change) in changes.into_iter().enumerate() {
            if last != Some(&change.section) {
                let front = change.section.is_empty();
                let place =
                    if front { self.label("changes_front") } else { plain_text(&[self.place(&change.section)]) };
                blocks.push(heading(3, &format!("{ANCHOR}-words-{}", at + 1), &place));
                last = Some(&change.section);
            }
            blocks.push(Block::Paragraph { content: pieces(&change.pieces) });
        }
    }
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

/// Reports every changed value that no stated change explains, and every change that concerns nothing. A change explains what it
/// names and all that is computed from it.
pub fn check_reasons(project: &Project, account: &Account<'_>, severity: Severity, sink: &mut Sink) {
    let changes = &project.report.changes;
    let known = known_ids(project, account);
    for concern in changes.iter().flat_map(|change| &change.concerns) {
        if !known.contains(concern.value.as_str()) {
            sink.push(
                Diagnostic::error(
                    Code::CHANGE_UNKNOWN,
                    format!("there is no figure, table or dataset `{}`", concern.value),
                )
                .at(concern.span)
                .nearest(&concern.value, known.iter().copied()),
            );
        }
    }
    let explained = explained(project, account);
    let version = account.old.map(|(version, _)| version).unwrap_or_default();
    let say = |message: String, span: Option<crate::source::Span>| {
        let mut diagnostic = Diagnostic::error(Code::CHANGE_UNEXPLAINED, message);
        diagnostic.severity = severity;
        let diagnostic = match span {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        };
        diagnostic.help(
            "state it in report.yaml: changes: [{type: correction, what: …, why: …, concerns: [<id>]}]; what a figure is \
             computed from may be named instead",
        )
    };
    for change in account.difference.figures.iter().filter(|change| !explained.contains(&change.id)) {
        let figure = project.findings.figures.iter().find(|figure| figure.id.value == change.id);
        let told = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
        sink.push(say(
            format!(
                "the figure `{}` was {} in version {version} and is {}, without a stated reason",
                change.id,
                told(&change.old),
                told(&change.new)
            ),
            figure.map(|figure| figure.id.span),
        ));
    }
    let mut tables: BTreeMap<&str, Vec<&CellChange>> = BTreeMap::new();
    for change in account.difference.cells.iter().filter(|change| {
        !explained.contains(&change.table) && !explained.contains(&format!("{}.{}", change.table, change.row))
    }) {
        tables.entry(&change.table).or_default().push(change);
    }
    for (id, cells) in tables {
        let table = project.findings.tables.iter().find(|table| table.id.value == id);
        let told: Vec<String> = cells
            .iter()
            .take(3)
            .map(|cell| {
                let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
                format!("{}, {}: {} → {}", cell.row_label, cell.column_label, value(&cell.old), value(&cell.new))
            })
            .collect();
        let more = if cells.len() > 3 { format!(" and {} more", cells.len() - 3) } else { String::new() };
        sink.push(say(
            format!(
                "the table `{id}` has changed since version {version} ({}{more}), without a stated reason",
                told.join("; ")
            ),
            table.map(|table| table.id.span),
        ));
    }
}

/// Ids of what the stated changes explain: what they name and all that is computed from it.
#[must_use]
pub fn explained(project: &Project, account: &Account<'_>) -> BTreeSet<String> {
    let concerns = project.report.changes.iter().flat_map(|change| &change.concerns);
    closure(concerns.map(|concern| concern.value.clone()).collect(), account)
}

fn known_ids<'a>(project: &'a Project, account: &'a Account<'_>) -> BTreeSet<&'a str> {
    let mut known: BTreeSet<&str> = project.findings.datasets.iter().map(|dataset| dataset.id.value.as_str()).collect();
    for state in account.old.iter().map(|(_, state)| *state).chain([account.new]) {
        known.extend(state.figures.keys().chain(state.tables.keys()).map(String::as_str));
        known.extend(state.figures.values().flat_map(|figure| &figure.from).map(String::as_str));
    }
    known
}

/// What is named, and everything that is computed from it, in either version.
fn closure(mut named: BTreeSet<String>, account: &Account<'_>) -> BTreeSet<String> {
    loop {
        let mut more = BTreeSet::new();
        for state in account.old.iter().map(|(_, state)| *state).chain([account.new]) {
            let figures = state.figures.iter().map(|(id, figure)| (id, &figure.from));
            let tables = state.tables.iter().map(|(id, table)| (id, &table.from));
            for (id, from) in figures.chain(tables) {
                let made_of = |part: &String| {
                    // A row of a table is computed from the table.
                    named.contains(part) || part.rsplit_once('.').is_some_and(|(table, _)| named.contains(table))
                };
                if !named.contains(id) && from.iter().any(made_of) {
                    more.insert(id.clone());
                }
            }
        }
        if more.is_empty() {
            return named;
        }
        named.extend(more);
    }
}
