//! What a document looks like before it is set: how long its words and cells are, and what follows from that. It is counted
//! here, once for both outputs, so that no template needs a regular expression or goes through a table twice.

mod breaks;
mod tables;

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::document::resolved::visit::{Line, Visit, walk_block, walk_inline};
use crate::document::resolved::{Block, Inline, ResolvedDocument, Table, plain_text};
pub use breaks::pieces;
pub use tables::{TableLayout, table, tables};

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

/// About how much text there is, in bytes.
struct Letters(usize);

impl<'a> Visit<'a> for Letters {
    fn block(&mut self, block: &'a Block) {
        match block {
            // What takes room beside running text is not counted.
            Block::Table(_) | Block::Chart(_) | Block::Image(_) | Block::KeyFigures { .. } | Block::Pairs { .. } => {}
            Block::Code { text, .. } => self.0 += text.len(),
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
    fn long_words_of_a_heading_are_named() {
        let long = "a".repeat(30);
        assert_eq!(long_words(&format!("Om {long}, {long} och {}", "b".repeat(29))), [long.as_str()]);
    }

    #[test]
    fn marks_have_the_anchor_of_their_first_place() {
        let table = fixture::simple_table();
        assert_eq!(marks(&table)["*"], "t1-note-1");
    }
}
