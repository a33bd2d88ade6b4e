//! Headings: found where a document has them by their looks alone, put in order, and freed of typed numbers.

use std::collections::BTreeMap;

use super::super::inlines::{drop_words, trim};
use super::super::manuscript::{Block, Inline, List, Manuscript, Role, words as text};
use super::super::remark::{Remark, beginning};
use super::super::words;
use super::captions::unmarked;
use crate::diagnostic::say;

/// Words of a line that can be a heading, at most.
const WORDS: usize = 14;

/// Makes headings of lines in bold letters, where the document has no others; and takes its own list of contents out.
pub fn find(manuscript: &mut Manuscript) {
    let has_headings = manuscript.blocks.iter().any(|block| matches!(block, Block::Heading { .. }));
    let mut found = 0;
    let blocks = std::mem::take(&mut manuscript.blocks).into_iter().flat_map(split_item);
    let mut blocks: Vec<Block> = blocks
        .map(|block| match block {
            Block::Paragraph { role: Role::Body, content } if !has_headings && is_bold_line(&content) => {
                found += 1;
                let content = unmarked(content);
                Block::Heading { level: typed_number(&text(&content)).map_or(1, |(depth, _)| depth.min(6)), content }
            }
            Block::Heading { level, content } => Block::Heading { level, content: unmarked(content) },
            block => block,
        })
        .collect();
    without_contents(&mut blocks);
    manuscript.blocks = blocks;
    if found > 0 {
        manuscript.remarks.push(Remark::new(
            say!(
                "the document has no styles of headings: {count} lines in bold letters were taken for headings",
                count = found
            ),
            say!("read them, and give each its level: # for a chapter, ## for a section in it"),
        ));
    }
}

/// An item that is a heading with a number before it is no list.
fn split_item(block: Block) -> Vec<Block> {
    let is_heading = |item: &Vec<Block>| matches!(item.as_slice(), [Block::Heading { .. }]);
    match block {
        Block::List(List { items, .. }) if items.iter().all(is_heading) => items.into_iter().flatten().collect(),
        block => vec![block],
    }
}

fn is_bold_line(content: &[Inline]) -> bool {
    let words = text(content);
    let bold = content.iter().all(|inline| match inline {
        Inline::Strong(_) | Inline::Anchor(_) | Inline::Remark(_) => true,
        Inline::Text(text) => text.trim().is_empty(),
        _ => false,
    });
    let count = words.split_whitespace().count();
    bold && (1..=WORDS).contains(&count)
        && !words.trim_end().ends_with(['.', ':', ',', ';'])
        && words::caption(&words).is_none()
}

/// Takes out a heading "Innehåll" and the lines with page numbers below it: the program makes its own.
fn without_contents(blocks: &mut Vec<Block>) {
    let is_contents = |block: &Block| match block {
        Block::Heading { content, .. } | Block::Paragraph { content, .. } => words::is_contents(&text(content)),
        _ => false,
    };
    let Some(at) = blocks.iter().position(is_contents) else { return };
    let is_entry = |block: &Block| match block {
        Block::Paragraph { content, .. } => {
            let words = text(content);
            let (dots, tab) = (words.contains("...") || words.contains("…"), words.contains('\t'));
            words.trim().is_empty() || (dots || tab) && words.trim_end().ends_with(|c: char| c.is_ascii_digit())
        }
        _ => false,
    };
    let entries = blocks[at + 1..].iter().take_while(|block| is_entry(block)).count();
    let ends = blocks.get(at + 1 + entries).is_none_or(|next| matches!(next, Block::Heading { .. }));
    if ends || entries > 0 {
        blocks.drain(at..=at + entries);
    }
}

/// Leaves no level out, and takes typed numbers away: the program numbers chapters and sections itself.
pub fn order(manuscript: &mut Manuscript) {
    let mut before = 0;
    let mut out = Vec::new();
    for block in std::mem::take(&mut manuscript.blocks) {
        match block {
            Block::Heading { level, content } => {
                let fits = level.min(before + 1);
                if fits < level && before > 0 {
                    let what = say!(
                        "the heading “{heading}” was of level {level} below one of level {before}",
                        level,
                        before,
                        heading = beginning(&text(&content))
                    );
                    out.push(Block::Heading { level: fits, content });
                    out.push(Block::Remark(Remark::new(
                        what,
                        say!("it is one level below now; see that this is right"),
                    )));
                } else {
                    out.push(Block::Heading { level: fits, content });
                }
                before = fits;
            }
            block => out.push(block),
        }
    }
    manuscript.blocks = out;
    if has_typed_numbers(&manuscript.blocks) {
        for block in &mut manuscript.blocks {
            if let Block::Heading { content, .. } = block
                && let Some((_, length)) = typed_number(&text(content))
            {
                drop_words(content, length);
                trim(content);
            }
        }
    }
}

/// "2.1 Metod": how many numbers, and the length of all that stands before the words.
fn typed_number(text: &str) -> Option<(u8, usize)> {
    let number = text.split([' ', '\t', '\u{a0}']).next()?;
    let parts: Vec<&str> = number.trim_end_matches(['.', ')']).split('.').collect();
    let plain =
        parts.iter().all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    let rest = text[number.len()..].trim_start();
    (plain && !rest.is_empty()).then(|| (u8::try_from(parts.len()).unwrap_or(6), text.len() - rest.len()))
}

/// Whether the numbers before headings count them: most that have one have the next of their level.
fn has_typed_numbers(blocks: &[Block]) -> bool {
    let (mut numbered, mut right) = (0, 0);
    let mut last: BTreeMap<u8, u64> = BTreeMap::new();
    for block in blocks {
        let Block::Heading { content, .. } = block else { continue };
        let words = text(content);
        let Some((depth, length)) = typed_number(&words) else { continue };
        let own =
            words[..length].trim().trim_end_matches(['.', ')']).rsplit('.').next().and_then(|own| own.parse().ok());
        let Some(own): Option<u64> = own else { continue };
        numbered += 1;
        right += usize::from(own == last.get(&depth).map_or(1, |last| last + 1));
        last.insert(depth, own);
        last.retain(|other, _| *other <= depth);
    }
    numbered > 1 && right * 3 >= numbered * 2
}
