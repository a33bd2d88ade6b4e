//! Paragraphs by what their styles are for, as blocks.

use super::lists::Flow;
use super::manuscript::{Block, Definition, Inline, Role, lines};
use super::words::Style;

/// A block of a paragraph by what its style is for.
pub fn roled(meaning: Option<Style>, content: Vec<Inline>) -> Block {
    let with = |role| move |content| Block::Paragraph { role, content };
    match meaning {
        Some(Style::Heading(level)) => Block::Heading { level, content },
        Some(Style::Title) => with(Role::Title)(content),
        Some(Style::Subtitle) => with(Role::Subtitle)(content),
        Some(Style::Author) => with(Role::Author)(content),
        Some(Style::Date) => with(Role::Date)(content),
        Some(Style::Caption) => with(Role::Caption)(content),
        Some(Style::Quotation) => Block::Quotation(vec![Block::body(content)]),
        Some(Style::Term) => Block::Definitions(vec![Definition { term: content, description: Vec::new() }]),
        Some(Style::Description) => {
            Block::Definitions(vec![Definition { term: Vec::new(), description: vec![Block::body(content)] }])
        }
        Some(Style::Code) => Block::Code(lines(&content)),
        Some(Style::Contents) | None => Block::body(content),
    }
}

/// Adds a block; paragraphs of one quotation, one code or one list of definitions become one block.
pub fn push(block: Block, out: &mut Vec<Flow>) {
    match (out.last_mut(), block) {
        (Some(Flow::Block(Block::Quotation(before))), Block::Quotation(more)) => before.extend(more),
        (Some(Flow::Block(Block::Code(before))), Block::Code(more)) => {
            before.push('\n');
            before.push_str(&more);
        }
        (Some(Flow::Block(Block::Definitions(before))), Block::Definitions(more)) => {
            for definition in more {
                match before.last_mut().filter(|_| definition.term.is_empty()) {
                    Some(last) => last.description.extend(definition.description),
                    None => before.push(definition),
                }
            }
        }
        (_, block) => out.push(Flow::Block(block)),
    }
}
