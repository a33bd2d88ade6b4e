//! Captions, sources and remarks that stand beside a table or a picture, brought to it.

use super::super::inlines::{drop_words, trim};
use super::super::manuscript::{Block, Inline, Role, words as text};
use super::super::words::{self, Captioned};

/// The blocks, each caption with what it is the caption of.
pub fn attached(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        match block {
            Block::Paragraph { role, content } if matches!(role, Role::Caption | Role::Body) => {
                let next = rest.peek_mut().filter(|next| is_captioned_by(next, role, &content, Side::Before));
                if let Some(next) = next {
                    caption(next, content);
                } else if let Some(last) =
                    out.last_mut().filter(|last| is_captioned_by(last, role, &content, Side::After))
                {
                    caption(last, content);
                } else if let Some(content) = below(out.last_mut(), content) {
                    out.push(Block::Paragraph { role: Role::Body, content });
                }
            }
            block => out.push(block),
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// Whether a paragraph is the caption of a block that has none yet. One that does not say so itself must name what it is of.
fn is_captioned_by(block: &Block, role: Role, content: &[Inline], side: Side) -> bool {
    let text = text(content);
    let named = words::caption(&text).map(|(captioned, ..)| captioned);
    let says_so = role == Role::Caption;
    match block {
        Block::Table(table) if table.caption.is_empty() => match named {
            Some(Captioned::Table) => true,
            Some(Captioned::Chart | Captioned::Picture) => table.chart.is_some(),
            None => says_so && (side == Side::Before || table.chart.is_some()),
        },
        Block::Picture(picture) if picture.caption.is_empty() => match named {
            Some(Captioned::Chart | Captioned::Picture) => true,
            Some(Captioned::Table) => false,
            None => says_so && side == Side::After,
        },
        _ => false,
    }
}

fn caption(block: &mut Block, mut content: Vec<Inline>) {
    match block {
        // The program numbers tables and charts itself.
        Block::Table(table) => {
            let words = text(&content);
            if let Some((_, _, rest)) = words::caption(&words).filter(|(.., rest)| !rest.is_empty()) {
                drop_words(&mut content, words.len() - rest.len());
            }
            trim(&mut content);
            table.caption = unmarked(content);
        }
        Block::Picture(picture) => picture.caption = unmarked(content),
        _ => {}
    }
}

/// Takes "Källa: …" and "Anm.: …" to the table or picture that they stand below; else gives the paragraph back.
fn below(last: Option<&mut Block>, mut content: Vec<Inline>) -> Option<Vec<Inline>> {
    let words = text(&content);
    match last {
        Some(Block::Table(table)) => {
            let (place, rest) = match (words::source(&words), words::note(&words)) {
                (Some(rest), _) => (&mut table.source, rest),
                (None, Some(rest)) => (&mut table.note, rest),
                (None, None) => return Some(content),
            };
            if !place.is_empty() {
                return Some(content);
            }
            drop_words(&mut content, words.len() - rest.len());
            trim(&mut content);
            *place = unmarked(content);
            None
        }
        _ => Some(content),
    }
}

/// Without what is around all of it: a caption has a look of its own.
pub fn unmarked(mut content: Vec<Inline>) -> Vec<Inline> {
    loop {
        let words = content.iter().filter(|inline| !matches!(inline, Inline::Anchor(_))).count();
        let marked = content.iter().position(|inline| matches!(inline, Inline::Strong(_) | Inline::Emphasis(_)));
        match (words, marked) {
            (1, Some(at)) => {
                let (Inline::Strong(inner) | Inline::Emphasis(inner)) = content.remove(at) else { return content };
                content.splice(at..at, inner);
            }
            _ => return content,
        }
    }
}
