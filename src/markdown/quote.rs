//! Block quotes: who said it, and callouts.

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Block, CalloutKind, Inline};

const DASHES: [char; 2] = ['—', '–'];

/// Whether a line of a quotation begins with a dash; `rest` is the source from the line before its markers on.
pub fn begins_with_dash(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t', '\r', '\n', '>', '*', '_']).starts_with(DASHES)
}

/// Makes a quotation. `dash` is the place in the last paragraph where a line begins with a dash.
pub fn quote(mut blocks: Vec<Block>, dash: Option<usize>, range: Range<usize>, context: &mut Context) -> Block {
    let attribution =
        dash.filter(|_| !is_dialogue(context.masked(range.clone()))).and_then(|at| attribution(&mut blocks, at));
    report_failed_callout(&blocks, context);
    Block::Quote { blocks, attribution, span: context.block_span(range) }
}

pub fn callout(kind: BlockQuoteKind, blocks: Vec<Block>, range: Range<usize>, context: &mut Context) -> Block {
    let kind = match kind {
        BlockQuoteKind::Note => CalloutKind::Note,
        BlockQuoteKind::Tip => CalloutKind::Tip,
        BlockQuoteKind::Important => CalloutKind::Important,
        BlockQuoteKind::Warning => CalloutKind::Warning,
        BlockQuoteKind::Caution => CalloutKind::Caution,
    };
    if blocks.is_empty() {
        context.report(Diagnostic::error(Code::EMPTY_TEXT, "a callout has no text"), range.clone());
    }
    Block::Callout { kind, blocks, span: context.block_span(range) }
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

/// Reports `[!WORD]` that is no callout: an unknown word, or text on the same line.
fn report_failed_callout(blocks: &[Block], context: &mut Context) {
    let Some(Block::Paragraph { content, .. }) = blocks.first() else { return };
    let Some(Inline::Text(text, span)) = content.first() else { return };
    let Some((word, _)) = text.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else { return };
    let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    let diagnostic = match known.contains(&word.to_ascii_uppercase().as_str()) {
        true => Diagnostic::error(Code::VALUE_INVALID, format!("text stands behind `[!{word}]`"))
            .help(format!("leave `> [!{word}]` alone on its line; the text begins on the next")),
        false => Diagnostic::error(Code::VALUE_INVALID, format!("`[!{word}]` is not a callout"))
            .help(format!("callouts are {}", known.join(", ")))
            .nearest(word, known),
    };
    context.sink.push(diagnostic.at(*span));
}
