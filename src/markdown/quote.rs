//! Block quotes, and who said it.

use std::ops::Range;

use super::context::Context;
use crate::document::{Block, Inline};

const DASHES: [char; 2] = ['—', '–'];

/// Whether a line of a quotation begins with a dash; `rest` is the source from the line before its markers on.
pub fn begins_with_dash(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t', '\r', '\n', '>', '*', '_']).starts_with(DASHES)
}

/// Makes a quotation. `dash` is the place in the last paragraph where a line begins with a dash.
pub fn quote(mut blocks: Vec<Block>, dash: Option<usize>, range: Range<usize>, context: &mut Context) -> Block {
    let attribution =
        dash.filter(|_| !is_dialogue(context.masked(range.clone()))).and_then(|at| attribution(&mut blocks, at));
    Block::Quote { blocks, attribution, span: context.block_span(range) }
}

/// In a dialogue several lines begin with an en dash; the last of them is a reply, not an attribution.
fn is_dialogue(source: &str) -> bool {
    source.lines().filter(|line| line.trim_start_matches([' ', '\t', '>']).starts_with('–')).count() > 1
}

/// Takes the attribution off the last paragraph.
fn attribution(blocks: &mut Vec<Block>, at: usize) -> Option<Vec<Inline>> {
    let alone = blocks.len() == 1;
    let Some(Block::Paragraph { content, .. }) = blocks.last_mut() else { return None };
    if at > content.len() || (alone && at == 0) {
        return None;
    }
    let mut attribution = content.split_off(at);
    if matches!(content.last(), Some(Inline::LineBreak)) {
        content.pop();
    }
    trim_end(content);
    if content.is_empty() {
        blocks.pop();
    }
    strip_dash(&mut attribution);
    Some(attribution)
}

fn strip_dash(inlines: &mut Vec<Inline>) {
    match inlines.first_mut() {
        Some(Inline::Text(text, span)) => {
            let rest = text.trim_start().trim_start_matches(DASHES).trim_start().to_owned();
            if span.end.saturating_sub(span.start) as usize == text.len() {
                *span = span.slice(text.len() - rest.len(), text.len());
            }
            *text = rest;
            if text.is_empty() {
                inlines.remove(0);
            }
        }
        Some(Inline::Emphasis(content) | Inline::Strong(content)) => strip_dash(content),
        _ => {}
    }
}

/// Takes blanks off the end of a paragraph.
pub fn trim_end(inlines: &mut Vec<Inline>) {
    while let Some(Inline::Text(text, span)) = inlines.last_mut() {
        let kept = text.trim_end().len();
        if kept > 0 {
            if span.end.saturating_sub(span.start) as usize == text.len() {
                *span = span.slice(0, kept);
            }
            text.truncate(kept);
            return;
        }
        inlines.pop();
    }
}
