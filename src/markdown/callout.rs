//! Callouts: `> [!NOTE]`, with a title of its own behind it (`> [!NOTE] Mer information`), folded with a hyphen (`> [!NOTE]- Mer information`).

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::context::Context;
use super::quote::trim_end;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::{Block, CalloutKind, Inline};

/// What stands between `[!` and `]`.
const KINDS: [(&str, CalloutKind); 7] = [
    ("NOTE", CalloutKind::Note),
    ("TIP", CalloutKind::Tip),
    ("IMPORTANT", CalloutKind::Important),
    ("WARNING", CalloutKind::Warning),
    ("CAUTION", CalloutKind::Caution),
    ("PROBLEM", CalloutKind::Problem),
    ("PROPOSAL", CalloutKind::Proposal),
];

/// A callout whose first line the parser knows.
pub fn plain(kind: BlockQuoteKind, blocks: Vec<Block>, range: Range<usize>, context: &mut Context) -> Block {
    let kind = match kind {
        BlockQuoteKind::Note => CalloutKind::Note,
        BlockQuoteKind::Tip => CalloutKind::Tip,
        BlockQuoteKind::Important => CalloutKind::Important,
        BlockQuoteKind::Warning => CalloutKind::Warning,
        BlockQuoteKind::Caution => CalloutKind::Caution,
    };
    callout(kind, Vec::new(), false, blocks, range, context)
}

/// A quotation that begins with `[!`: its first line, of so many inlines, says which callout it is.
pub fn titled(mut blocks: Vec<Block>, line: usize, range: Range<usize>, context: &mut Context) -> Block {
    let mut title = Vec::new();
    if let Some(Block::Paragraph { content, .. }) = blocks.first_mut() {
        let rest = content.split_off(line.min(content.len()));
        title = std::mem::replace(content, rest);
        if content.is_empty() {
            blocks.remove(0);
        }
    }
    match mark(&mut title, context) {
        Some((kind, folded)) => callout(kind, title, folded, blocks, range, context),
        None => {
            let span = context.block_span(range);
            blocks.insert(0, Block::Paragraph { content: title, span });
            Block::Quote { blocks, attribution: None, span }
        }
    }
}

fn callout(
    kind: CalloutKind,
    title: Vec<Inline>,
    folded: bool,
    blocks: Vec<Block>,
    range: Range<usize>,
    context: &mut Context,
) -> Block {
    if blocks.is_empty() {
        let help = match title.is_empty() {
            true => say!("write it on the lines below, each behind `>`"),
            false => {
                say!("what stands behind the brackets is its title; write the text on the lines below, each behind `>`")
            }
        };
        context.report(Diagnostic::error(Code::EMPTY_TEXT, say!("a callout has no text")).help(help), range.clone());
    }
    let title = (!title.is_empty()).then_some(title);
    Block::Callout { kind, title, folded, blocks, span: context.block_span(range) }
}

/// Takes `[!WORD]` and the hyphen behind it off the first line; a word that is no callout is reported.
fn mark(title: &mut Vec<Inline>, context: &mut Context) -> Option<(CalloutKind, bool)> {
    let Some(Inline::Text(text, span)) = title.first_mut() else { return None };
    let (word, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let Some((_, kind)) = KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) else {
        let known = KINDS.map(|(known, _)| known);
        let diagnostic = Diagnostic::error(Code::VALUE_INVALID, say!("`[!{word}]` is not a callout", word))
            .at(*span)
            .help(say!("callouts are {known}", known = known.join(", ")))
            .nearest(word, known);
        context.sink.push(diagnostic);
        return None;
    };
    let folded = rest.starts_with('-');
    let rest = rest.trim_start_matches('-').trim_start();
    if span.end.saturating_sub(span.start) as usize == text.len() {
        *span = span.slice(text.len() - rest.len(), text.len());
    }
    *text = rest.to_owned();
    if text.is_empty() {
        title.remove(0);
    }
    trim_end(title);
    Some((*kind, folded))
}
