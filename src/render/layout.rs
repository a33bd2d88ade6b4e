//! What a document looks like before it is set: how long its words and cells are, and what follows from that. It is counted
//! here, once for both outputs, so that no template needs a regular expression or goes through a table twice.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::document::resolved::visit::{Line, Visit, walk_block, walk_inline, walk_inlines};
use crate::document::resolved::{Block, Chapter, Inline, ResolvedDocument, Table, plain_text};

/// How many characters of a title a running head has room for.
const RUNNING_HEAD: usize = 78;

/// Chapters that are shorter, in bytes of text on average, run on instead of beginning a page each.
const SHORT_CHAPTER: usize = 2600;

/// Letters in a row that make a word longer than a line of a heading.
const LONG_WORD: usize = 30;

/// What templates must know of the whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentLayout {
    /// The title for the running head: cut between two words where it would not keep to a line.
    pub running_title: String,
    /// The chapters are short: they follow each other on a page.
    pub runs_on: bool,
    /// Characters of the longest word of the title.
    pub longest_word: usize,
}

/// What templates must know of a table; widths are in characters.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TableLayout {
    /// What each column asks for: whole numbers, whole words of headers, and texts up to a readable measure. Tables of a
    /// report with the same headers have the widths of the widest of them.
    pub widths: Vec<f64>,
    /// What each column cannot do without: its longest word.
    pub least: Vec<f64>,
    /// There is text to read beside the first column.
    pub wordy: bool,
    /// A header cell has a note.
    pub noted: bool,
}

/// The layout of the whole document.
pub fn document(document: &ResolvedDocument) -> DocumentLayout {
    let mark = document.status.notice_label().and_then(|key| document.labels.get(key));
    // A mark stands behind " · ".
    let room = RUNNING_HEAD.saturating_sub(mark.map_or(0, |mark| characters(mark) + 3));
    let mut letters = Letters(0);
    document.chapters.iter().for_each(|chapter| letters.blocks(&chapter.blocks));
    DocumentLayout {
        running_title: cut(&document.title_text, room),
        runs_on: !document.chapters.is_empty() && letters.0 < SHORT_CHAPTER * document.chapters.len(),
        longest_word: longest_word(&document.title_text),
    }
}

/// The text itself, or as many of its words as there is room for before " …".
fn cut(text: &str, room: usize) -> String {
    if characters(text) <= room {
        return text.to_owned();
    }
    let mut kept = 0;
    let mut length = 0;
    for word in text.split(' ') {
        length += characters(word) + usize::from(kept > 0);
        if kept > 0 && length + 2 > room {
            break;
        }
        kept += word.len() + usize::from(kept > 0);
    }
    let kept = text.get(..kept).unwrap_or(text);
    format!("{} …", kept.trim_end_matches([',', '.', ':', ';', '–', '-']))
}

/// Characters as readers count them.
pub fn characters(text: &str) -> usize {
    if text.is_ascii() && !text.contains("\r\n") { text.len() } else { text.graphemes(true).count() }
}

/// The words of a heading that are longer than a line of it may be.
pub fn long_words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.len() >= LONG_WORD && word.chars().count() >= LONG_WORD)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Characters of the longest word; words end at spaces and hyphens.
pub fn longest_word(text: &str) -> usize {
    text.split(|c: char| c.is_whitespace() || c == '-').map(characters).max().unwrap_or_default()
}

/// The anchor of each mark of a table's notes, where the mark stands first.
pub fn marks(table: &Table) -> BTreeMap<&str, &str> {
    struct Marks<'a>(BTreeMap<&'a str, &'a str>);
    impl<'a> Visit<'a> for Marks<'a> {
        fn inline(&mut self, inline: &'a Inline) {
            if let Inline::Mark { mark, anchor } = inline {
                self.0.entry(mark).or_insert(anchor);
            }
            walk_inline(self, inline);
        }
    }
    let mut marks = Marks(BTreeMap::new());
    marks.table(table);
    marks.0
}

/// The layout of each table that stands in a chapter itself, by its anchor: those with the same headers are of one width.
pub fn tables(chapters: &[Chapter]) -> BTreeMap<&str, TableLayout> {
    let top = chapters.iter().flat_map(|chapter| &chapter.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(&**table),
        _ => None,
    });
    let mut layouts: Vec<(&Table, TableLayout)> = top.map(|table| (table, self::table(table))).collect();
    let mut families: BTreeMap<(usize, Vec<String>), TableLayout> = BTreeMap::new();
    for (table, layout) in &layouts {
        let wider = families.entry(family(table)).or_default();
        widen(&mut wider.widths, &layout.widths);
        widen(&mut wider.least, &layout.least);
    }
    for (table, layout) in &mut layouts {
        if layout.wordy
            && !table.head.is_empty()
            && let Some(wider) = families.get(&family(table))
        {
            layout.widths.clone_from(&wider.widths);
            layout.least.clone_from(&wider.least);
        }
    }
    layouts.into_iter().map(|(table, layout)| (table.anchor.as_str(), layout)).collect()
}

fn family(table: &Table) -> (usize, Vec<String>) {
    (table.columns.len(), table.head.iter().flatten().map(|cell| plain_text(&cell.content)).collect())
}

fn widen(widths: &mut Vec<f64>, others: &[f64]) {
    widths.resize(others.len().max(widths.len()), 0.0);
    for (width, other) in widths.iter_mut().zip(others) {
        *width = width.max(*other);
    }
}

/// Lengths of the words of one column.
#[derive(Clone, Default)]
struct Lengths {
    head_word: usize,
    cell_word: usize,
    cell: usize,
}

/// The layout of a table by itself.
pub fn table(table: &Table) -> TableLayout {
    let mut lengths = vec![Lengths::default(); table.columns.len()];
    let mut spanning = Vec::new();
    for head in head_cells(table) {
        match lengths.get_mut(head.start) {
            Some(column) if head.span == 1 => column.head_word = column.head_word.max(longest_word(&head.text)),
            _ => spanning.push(head),
        }
    }
    for row in &table.rows {
        for (cell, column) in row.cells.iter().zip(&mut lengths) {
            let text = plain_text(&cell.content);
            column.cell = column.cell.max(characters(&text));
            column.cell_word = column.cell_word.max(longest_word(&text));
        }
    }
    let mut layout = TableLayout {
        wordy: table.columns.iter().skip(1).any(|column| column.align == "start"),
        noted: table.head.iter().flatten().any(|cell| has_note(&cell.content)),
        ..TableLayout::default()
    };
    for (column, found) in table.columns.iter().zip(&lengths) {
        let number = column.align == "end";
        let gap = if column.starts_group { 5 } else { 3 };
        // A number is a word, whatever spaces it holds.
        let part = if number { found.cell } else { found.cell_word };
        layout.least.push(wide(3.max(found.head_word.min(18)).max(part.min(20)) + gap));
        let most = if number { 20 } else { 36 };
        let asked = 4.max(found.head_word.min(22)).max(found.cell.min(most)).max(found.cell_word.min(24));
        layout.widths.push(wide(asked + gap));
    }
    // A header over several columns widens them until it fits.
    for head in spanning {
        let Some(columns) = layout.widths.get_mut(head.start..).filter(|_| head.span > 1) else { continue };
        let columns = columns.iter_mut().take(head.span);
        let (asked, columns) = (wide(characters(&head.text).min(30) + 3), columns.collect::<Vec<_>>());
        let missing = asked - columns.iter().map(|width| **width).sum::<f64>();
        if missing > 0.0 {
            columns.into_iter().for_each(|width| *width += missing / wide(head.span));
        }
    }
    layout
}

/// Widths are far below what a float counts exactly.
fn wide(characters: usize) -> f64 {
    u32::try_from(characters).map_or(f64::from(u32::MAX), f64::from)
}

/// A header cell with its place: the first column and the number of columns.
struct HeadPlace {
    start: usize,
    span: usize,
    text: String,
}

fn head_cells(table: &Table) -> Vec<HeadPlace> {
    let mut cells = Vec::new();
    let mut busy = vec![0_u32; table.columns.len()];
    for row in &table.head {
        let mut start = 0;
        for cell in row {
            while busy.get(start).is_some_and(|rows| *rows > 0) {
                start += 1;
            }
            let span = usize::try_from(cell.colspan).unwrap_or(usize::MAX);
            busy.iter_mut().skip(start).take(span).for_each(|rows| *rows = cell.rowspan);
            cells.push(HeadPlace { start, span, text: plain_text(&cell.content) });
            start = start.saturating_add(span);
        }
        busy.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
    cells
}

fn has_note(inlines: &[Inline]) -> bool {
    let mut found = false;
    walk_inlines(inlines, |inline| found |= matches!(inline, Inline::Note { .. }));
    found
}

/// About how much text there is, in bytes.
struct Letters(usize);

impl<'a> Visit<'a> for Letters {
    fn block(&mut self, block: &'a Block) {
        match block {
            // What takes room beside running text is not counted.
            Block::Table(_) | Block::Chart(_) | Block::Image(_) | Block::KeyFigures { .. } | Block::Pairs { .. } => {}
            Block::Code { text } => self.0 += text.len(),
            _ => walk_block(self, block),
        }
    }

    fn line(&mut self, words: &'a [Inline], line: Line) {
        self.0 += match line {
            Line::Attribution => 0,
            // It is set larger.
            Line::Heading => 2 * plain_text(words).len(),
            _ => plain_text(words).len(),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    #[test]
    fn a_title_is_cut_between_words() {
        assert_eq!(cut("En kort titel", 78), "En kort titel");
        assert_eq!(cut("Ett, två, tre", 12), "Ett, två …");
        assert_eq!(cut("Granskningsrapporten", 5), "Granskningsrapporten …");
        // Composed of a letter and a mark, a character is still one.
        assert_eq!(cut("a\u{30a}a\u{30a}a\u{30a} b", 5), "a\u{30a}a\u{30a}a\u{30a} b");
    }

    #[test]
    fn words_end_at_spaces_and_hyphens() {
        assert_eq!(longest_word("stads-\u{a0}delen är"), 5);
        assert_eq!(longest_word(""), 0);
        let long = "a".repeat(30);
        assert_eq!(long_words(&format!("Om {long}, {long} och {}", "b".repeat(29))), [long.as_str()]);
    }

    #[test]
    fn columns_are_as_wide_as_their_words_and_a_group_widens_its_columns() {
        let layout = table(&fixture::grouped_table(false));
        // "Traditionell inriktning" (23) needs 26 over two columns of "Kvinnor" (10) and "Män" (7 at least).
        assert_eq!(layout.widths, [11.0, 14.5, 11.5, 12.0, 7.0]);
        assert_eq!(layout.least, [11.0, 10.0, 6.0, 12.0, 6.0]);
        assert!(!layout.wordy && !layout.noted);
    }

    #[test]
    fn tables_with_the_same_headers_are_of_one_width() {
        let mut document = fixture::document();
        let wordy = |anchor: &str, word: &str| {
            let mut table = fixture::simple_table();
            table.anchor = anchor.into();
            table.columns.iter_mut().for_each(|column| column.align = "start".into());
            table.rows[0].cells[1].content = fixture::text(word);
            Block::Table(Box::new(table))
        };
        document.chapters[0].blocks.extend([wordy("a", "kort"), wordy("b", "betydligt längre")]);
        let layouts = tables(&document.chapters);
        assert_eq!(layouts["a"].widths, layouts["b"].widths);
        assert_eq!(layouts["a"].widths[1], 19.0);
        // A table of numbers keeps to its own.
        assert_eq!(layouts["table-diagnoser"], table(&fixture::simple_table()));
    }

    #[test]
    fn marks_have_the_anchor_of_their_first_place() {
        let table = fixture::simple_table();
        assert_eq!(marks(&table)["*"], "t1-note-1");
    }
}
