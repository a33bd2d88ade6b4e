//! How wide the columns of a table must be and would like to be, measured with the face that they are set in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{characters, pieces};
use crate::chart::Fonts;
use crate::document::resolved::visit::walk_inlines;
use crate::document::resolved::{Block, Chapter, Inline, Table, plain_text};

// Widths in em.
/// Of any column.
const LEAST: f64 = 1.6;
/// Of the longest word that is not divided.
const WORD: f64 = 9.6;
/// Of the longest number.
const NUMBER: f64 = 11.0;
/// Of a column of text: what is read with ease at the least, what it asks for at the most, and where its cells are long.
const READABLE: f64 = 7.0;
const MEASURE: f64 = 19.5;
const LONG_MEASURE: f64 = 32.0;

/// Of a header that is broken into two lines.
const HEADER: f64 = 7.0;
/// What a column asks for beside its words, so that rows are told apart at ease.
const AIR: f64 = 1.2;

/// Digits that stand below each other are set wider than those that are measured.
const TABULAR: f64 = 1.05;

/// Characters of a cell that is read like a paragraph.
const READ_AT_LENGTH: usize = 220;

/// What templates must know of a table; widths are in em of its type, without the room between columns.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TableLayout {
    /// What each column asks for: whole numbers, whole words of headers, and texts up to a readable measure. Tables of a
    /// report with the same headers have the widths of the widest of them.
    pub widths: Vec<f64>,
    /// What each column cannot do without: its longest word, and of text as much as is read with ease.
    pub least: Vec<f64>,
    /// There is text to read beside the first column.
    pub wordy: bool,
    /// A header cell has a note.
    pub noted: bool,
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

/// The widest words of one column, in em.
#[derive(Clone, Default)]
struct Widths {
    head: f64,
    head_word: f64,
    cell_word: f64,
    cell: f64,
    /// Characters of the longest cell.
    characters: usize,
}

/// The layout of a table by itself.
pub fn table(table: &Table) -> TableLayout {
    let face = Face(Fonts::builtin().ok());
    let mut found = vec![Widths::default(); table.columns.len()];
    let mut spanning = Vec::new();
    for head in head_cells(table) {
        match found.get_mut(head.start) {
            Some(column) if head.span == 1 => {
                column.head = column.head.max(face.width(&head.text, true));
                column.head_word = column.head_word.max(face.widest_word(&head.text, true));
            }
            _ => spanning.push(head),
        }
    }
    for row in &table.rows {
        for (cell, column) in row.cells.iter().zip(&mut found) {
            let text = plain_text(&cell.content);
            let bold = row.total || cell.total;
            column.characters = column.characters.max(characters(&text));
            column.cell = column.cell.max(face.width(&text, bold));
            if cell.align != "end" {
                column.cell_word = column.cell_word.max(face.widest_word(&text, bold));
            }
        }
    }
    let mut layout = TableLayout {
        wordy: table.columns.iter().skip(1).any(|column| column.align == "start"),
        noted: table.head.iter().flatten().any(|cell| has_note(&cell.content)),
        ..TableLayout::default()
    };
    for (column, found) in table.columns.iter().zip(&found) {
        let number = column.align == "end";
        let most = if found.characters > READ_AT_LENGTH { LONG_MEASURE } else { MEASURE };
        // A number is a word, whatever spaces it holds.
        let (part, most) = if number { (found.cell, NUMBER) } else { (found.cell_word, most) };
        let header = (found.head / 2.0).min(HEADER).max(found.head_word);
        let asked = found.cell.min(most).max(header).max(found.cell_word).max(LEAST) + AIR;
        let least = found.head_word.max(part).max(LEAST);
        let read = if number { 0.0 } else { asked.min(READABLE) };
        layout.least.push(rounded(least.max(read)));
        layout.widths.push(rounded(asked));
    }
    // A header over several columns widens them until it fits.
    for head in spanning {
        let Some(columns) = layout.widths.get_mut(head.start..).filter(|_| head.span > 1) else { continue };
        let columns: Vec<&mut f64> = columns.iter_mut().take(head.span).collect();
        let asked = face.width(&head.text, true).min(MEASURE);
        let missing = asked - columns.iter().map(|width| **width).sum::<f64>();
        if missing > 0.0 {
            let share = missing / f64::from(u32::try_from(columns.len()).unwrap_or(1));
            columns.into_iter().for_each(|width| *width = rounded(*width + share));
        }
    }
    layout
}

/// Hundredths of an em are finer than anybody sees.
fn rounded(width: f64) -> f64 {
    (width * 100.0).round() / 100.0
}

/// The face that tables are measured with: the program's own sans, whatever a workspace sets them in.
struct Face(Option<&'static Fonts>);

impl Face {
    fn width(&self, text: &str, bold: bool) -> f64 {
        self.0.map_or(0.0, |fonts| fonts.width(text, TABULAR, bold))
    }

    /// Of what a line cannot be broken in. Words that are longer still are hyphenated.
    fn widest_word(&self, text: &str, bold: bool) -> f64 {
        let parts = pieces(text).unwrap_or_else(|| vec![text]);
        let words = parts.into_iter().flat_map(str::split_whitespace).flat_map(|word| word.split_inclusive('-'));
        words.map(|word| self.width(word, bold)).fold(0.0, f64::max).min(WORD)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    #[test]
    fn columns_are_as_wide_as_their_words_and_a_group_widens_its_columns() {
        let layout = table(&fixture::grouped_table(false));
        let face = Face(Fonts::builtin().ok());
        let width = |text| rounded(face.width(text, true));
        // "Traditionell inriktning" over two columns of "Kvinnor" and "Män".
        let group = layout.widths[1] + layout.widths[2];
        assert!((group - width("Traditionell inriktning")).abs() < 0.05, "{group}");
        assert_eq!(layout.least[1..], [width("Kvinnor"), width("Män"), width("Kvinnor"), width("Män")]);
        assert!(!layout.wordy && !layout.noted);
    }

    #[test]
    fn what_cannot_be_broken_is_the_least_of_a_column() {
        let mut names = fixture::simple_table();
        names.columns.iter_mut().for_each(|column| column.align = "start".into());
        let least = |table: &mut Table, word: &str| {
            table.rows[0].cells.iter_mut().for_each(|cell| cell.align = "start".into());
            table.rows[0].cells[1].content = fixture::text(word);
            self::table(table).least[1]
        };
        let face = Face(Fonts::builtin().ok());
        // A name of a file is broken into its parts, a long word hyphenated.
        assert!(
            least(&mut names, "granskning_av_enheter_slutversion.docx") < face.width("granskning_av_enheter", false)
        );
        assert!((least(&mut names, &"w".repeat(40)) - WORD).abs() < 0.01);
        // A number is never broken, whatever blanks it has.
        let mut numbers = fixture::simple_table();
        numbers.rows[0].cells[1].content = fixture::text("12\u{a0}345\u{a0}678");
        let number = face.width("12\u{a0}345\u{a0}678", false);
        assert!(self::table(&numbers).least[1] + 0.01 >= number);
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
        assert!(layouts["a"].widths[1] > table(&fixture::simple_table()).widths[1]);
        // A table of numbers keeps to its own.
        assert_eq!(layouts["table-diagnoser"], table(&fixture::simple_table()));
    }
}
