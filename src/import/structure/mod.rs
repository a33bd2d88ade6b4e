//! What a document means: which paragraphs are its title, its headings, captions of what stands beside them. The same for all readers.

mod captions;
mod front;
mod headings;

use super::language;
use super::manuscript::{Block, Manuscript, words};

/// The manuscript with what its paragraphs are for.
pub fn understood(mut manuscript: Manuscript) -> Manuscript {
    // What a program writes as its language is that of its makers: the words tell more.
    manuscript.facts.language = language::detected(&text(&manuscript.blocks)).or(manuscript.facts.language);
    manuscript.blocks = captions::attached(std::mem::take(&mut manuscript.blocks));
    headings::find(&mut manuscript);
    front::read(&mut manuscript);
    headings::order(&mut manuscript);
    manuscript
}

/// The words of paragraphs and headings.
fn text(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        if let Block::Paragraph { content, .. } | Block::Heading { content, .. } = block {
            out.push_str(&words(content));
            out.push('\n');
        }
    }
    out
}
