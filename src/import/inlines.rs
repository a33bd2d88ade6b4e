//! Running text from the runs that word processors have: pieces of text, each with its look.

use super::manuscript::Inline;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
}

impl Look {
    /// This look and another over it.
    pub fn with(self, other: Self) -> Self {
        Self {
            strong: self.strong || other.strong,
            emphasis: self.emphasis || other.emphasis,
            struck: self.struck || other.struck,
        }
    }
}

/// A piece of running text with its look.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    pub look: Look,
    pub inline: Inline,
}

/// Pieces in a row as one text: neighbours of the same look are put together, and blanks stand outside of what is emphasised.
pub fn joined(pieces: Vec<Piece>) -> Vec<Inline> {
    nest(&merged(pieces), 0)
}

/// Texts of the same look in a row become one; blanks at the ends of a look belong to no look.
fn merged(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        let Inline::Text(text) = &piece.inline else {
            out.push(piece);
            continue;
        };
        let blank = text.trim().is_empty();
        match out.last_mut() {
            Some(Piece { look, inline: Inline::Text(before) }) if *look == piece.look || blank => before.push_str(text),
            _ => out.push(piece),
        }
    }
    out.into_iter().flat_map(without_outer_blanks).collect()
}

fn without_outer_blanks(piece: Piece) -> Vec<Piece> {
    let Inline::Text(text) = &piece.inline else { return vec![piece] };
    if piece.look == Look::default() {
        return vec![piece];
    }
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len().max(start);
    let part = |look, text: &str| Piece { look, inline: Inline::Text(text.to_owned()) };
    let parts = [
        part(Look::default(), &text[..start]),
        part(piece.look, &text[start..end]),
        part(Look::default(), &text[end..]),
    ];
    parts.into_iter().filter(|part| !matches!(&part.inline, Inline::Text(text) if text.is_empty())).collect()
}

/// Whether a look has a mark, and how text is marked so.
type Mark = (fn(&Look) -> bool, fn(Vec<Inline>) -> Inline);

/// What a look is made of, from the outside to the inside.
const MARKS: [Mark; 3] = [
    (|look| look.struck, Inline::Strikethrough),
    (|look| look.strong, Inline::Strong),
    (|look| look.emphasis, Inline::Emphasis),
];

fn nest(pieces: &[Piece], depth: usize) -> Vec<Inline> {
    let Some((is_marked, mark)) = MARKS.get(depth) else {
        return texts_joined(pieces.iter().map(|piece| piece.inline.clone()));
    };
    let mut out = Vec::new();
    for group in pieces.chunk_by(|a, b| is_marked(&a.look) == is_marked(&b.look)) {
        let inner = nest(group, depth + 1);
        match group.first().is_some_and(|first| is_marked(&first.look)) {
            true => out.push(mark(inner)),
            false => out.extend(inner),
        }
    }
    texts_joined(out.into_iter())
}

fn texts_joined(inlines: impl Iterator<Item = Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// Takes blanks and line breaks off both ends.
pub fn trim(inlines: &mut Vec<Inline>) {
    loop {
        match inlines.first_mut() {
            Some(Inline::LineBreak) => _ = inlines.remove(0),
            Some(Inline::Text(text)) if text.trim_start().is_empty() => _ = inlines.remove(0),
            Some(Inline::Text(text)) => {
                *text = text.trim_start().to_owned();
                break;
            }
            _ => break,
        }
    }
    loop {
        match inlines.last_mut() {
            Some(Inline::LineBreak) => _ = inlines.pop(),
            Some(Inline::Text(text)) if text.trim_end().is_empty() => _ = inlines.pop(),
            Some(Inline::Text(text)) => {
                text.truncate(text.trim_end().len());
                break;
            }
            _ => break,
        }
    }
}

/// Takes so many bytes of words off the beginning.
pub fn drop_words(inlines: &mut Vec<Inline>, mut bytes: usize) {
    fn walk(inlines: &mut [Inline], bytes: &mut usize) {
        for inline in inlines.iter_mut() {
            if *bytes == 0 {
                return;
            }
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Citation { shown: text, .. } => {
                    let cut = (*bytes).min(text.len());
                    *bytes -= cut;
                    text.drain(..cut);
                }
                Inline::LineBreak => *bytes -= 1,
                Inline::Strong(content)
                | Inline::Emphasis(content)
                | Inline::Strikethrough(content)
                | Inline::Link { content, .. }
                | Inline::Reference { content, .. } => walk(content, bytes),
                Inline::Anchor(_) | Inline::Note(_) | Inline::Remark(_) => {}
            }
        }
    }
    walk(inlines, &mut bytes);
    inlines.retain(|inline| match inline {
        Inline::Text(text) => !text.is_empty(),
        Inline::Strong(content) | Inline::Emphasis(content) | Inline::Strikethrough(content) => !content.is_empty(),
        _ => true,
    });
}
