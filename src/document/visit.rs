//! The walk over a document as an author wrote it. Which blocks and inlines hold others is told here and nowhere else; the twin for resolved
//! documents is [`super::resolved::visit`].

use super::{Block, Definition, Inline};

/// Reading and changing go the same way, which stands here once for both.
macro_rules! walk {
    ($walk_blocks:ident, $within:ident, $content:ident, $($change:ident)?) => {
        /// Calls `act` on every block, those within others included, in the order of the document.
        pub fn $walk_blocks(blocks: & $($change)? [Block], act: &mut dyn FnMut(& $($change)? Block)) {
            for block in blocks {
                act(block);
                for blocks in $within(block) {
                    $walk_blocks(blocks, act);
                }
            }
        }

        /// The blocks that a block is made of.
        fn $within(block: & $($change)? Block) -> Vec<& $($change)? Vec<Block>> {
            match block {
                Block::List { items, .. } => Vec::from_iter(items),
                Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => vec![blocks],
                Block::Definitions { items, .. } => {
                    items.into_iter().flat_map(|Definition { descriptions, .. }| descriptions).collect()
                }
                Block::Heading(_)
                | Block::Paragraph { .. }
                | Block::Table(_)
                | Block::Directive(_)
                | Block::Image(_)
                | Block::Code { .. }
                | Block::Rule { .. }
                | Block::Data(_) => Vec::new(),
            }
        }

        /// The inlines that an inline is made of.
        pub fn $content(inline: & $($change)? Inline) -> Option<& $($change)? Vec<Inline>> {
            match inline {
                Inline::Emphasis(content)
                | Inline::Strong(content)
                | Inline::Strikethrough(content)
                | Inline::Link { content, .. }
                | Inline::Reference { content, .. }
                | Inline::Language { content, .. } => Some(content),
                Inline::Text(..)
                | Inline::Code(_)
                | Inline::Citation { .. }
                | Inline::NoteReference { .. }
                | Inline::Binding(_)
                | Inline::LineBreak => None,
            }
        }
    };
}

walk!(walk_blocks, within, content,);
walk!(walk_blocks_mut, within_mut, content_mut, mut);

/// The blocks with what `act` gives in the place of each for which it gives something.
pub fn replaced(blocks: Vec<Block>, act: &mut dyn FnMut(&Block) -> Option<Vec<Block>>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        match act(&block) {
            Some(made) => out.extend(made),
            None => {
                for blocks in within_mut(&mut block) {
                    *blocks = replaced(std::mem::take(blocks), act);
                }
                out.push(block);
            }
        }
    }
    out
}

/// Calls `act` on every inline, those within others included.
pub fn walk_inlines(inlines: &[Inline], act: &mut dyn FnMut(&Inline)) {
    for inline in inlines {
        act(inline);
        if let Some(content) = content(inline) {
            walk_inlines(content, act);
        }
    }
}

impl Inline {
    /// The words of an inline itself, without those of the inlines that it is made of.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text, _) | Self::Code(text) => text,
            Self::LineBreak => " ",
            // What these print is not known yet.
            Self::Citation { .. } | Self::NoteReference { .. } | Self::Binding(_) => "",
            Self::Emphasis(_)
            | Self::Strong(_)
            | Self::Strikethrough(_)
            | Self::Link { .. }
            | Self::Reference { .. }
            | Self::Language { .. } => "",
        }
    }
}
