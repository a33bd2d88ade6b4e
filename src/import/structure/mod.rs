//! What a document means: which paragraphs are its title, its headings, captions of what stands beside them. The same for all readers.

mod captions;
mod front;
mod headings;

use super::language;
use super::manuscript::{Block, Inline, Manuscript, words};

/// The manuscript with what its paragraphs are for.
pub fn understood(mut manuscript: Manuscript) -> Manuscript {
    // What a program writes as its language is that of its makers: the words tell more.
    manuscript.facts.language = language::detected(&text(&manuscript.blocks)).or(manuscript.facts.language);
    let decimal = manuscript.facts.language.unwrap_or_default().decimal();
    manuscript.blocks.iter_mut().for_each(|block| with_decimals(block, decimal));
    manuscript.blocks = captions::attached(std::mem::take(&mut manuscript.blocks));
    headings::find(&mut manuscript);
    front::read(&mut manuscript);
    headings::order(&mut manuscript);
    manuscript
}

/// The numbers of a chart are kept with a point before decimals; a table has them as its language writes them.
fn with_decimals(block: &mut Block, decimal: char) {
    let Block::Table(table) = block else { return };
    if table.chart.is_none() {
        return;
    }
    for cell in table.rows.iter_mut().skip(1).flat_map(|row| row.iter_mut().skip(1)) {
        if let [Block::Paragraph { content, .. }] = cell.blocks.as_mut_slice()
            && let [Inline::Text(number)] = content.as_mut_slice()
        {
            *number = number.replace('.', &decimal.to_string());
        }
    }
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
