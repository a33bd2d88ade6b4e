//! Easy-read texts: a companion of another report with short sentences, explained words and larger type.

use crate::diagnostic::{Said, say};
use crate::document::data::DataBlock;
use crate::document::visit::walk_blocks;
use crate::document::{Block, Chapter, Inline};
use crate::markdown::words;
use crate::model::{Demand, Project};
use crate::source::Span;

use super::demands::Demands;

/// Most words that a sentence may have.
const WORDS: usize = 15;
/// Most numbers that a text may have.
const NUMBERS: usize = 8;

/// Sentences are short and figures few.
pub(super) fn check(project: &Project, chapters: &[Chapter], demands: &mut Demands) {
    let mut reader = Reader { demands, numbers: Vec::new() };
    for chapter in chapters {
        walk_blocks(&chapter.blocks, &mut |block| reader.block(block));
    }
    if let Some(span) = reader.numbers.get(NUMBERS) {
        let count = reader.numbers.len();
        reader.demands.unmet(
            Demand::Numbers,
            Demand::Numbers
                .unmet(say!("the text has {count} numbers; an easy-read text has at most {NUMBERS}", count, NUMBERS))
                .at(*span)
                .also(project.report.kind.span, say!("the kind"))
                .help(say!("keep those that matter most, and say the rest in words")),
        );
    }
}

struct Reader<'a, 'p> {
    demands: &'a mut Demands<'p>,
    /// Where numbers are bound.
    numbers: Vec<Span>,
}

impl Reader<'_, '_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { content, span } => self.paragraph(content, *span),
            Block::Heading(heading) => self.paragraph(&heading.content, heading.span),
            Block::Data(data) => {
                if let DataBlock::Definitions(items) = &**data {
                    for item in items {
                        let place = item.text.iter().find_map(|inline| match inline {
                            Inline::Text(_, span) => Some(*span),
                            _ => None,
                        });
                        place.into_iter().for_each(|span| self.paragraph(&item.text, span));
                    }
                }
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, content: &[Inline], span: Span) {
        // A bound figure counts as one word.
        let text = words(content, &mut |binding| {
            self.numbers.push(binding.span);
            "1"
        });
        for sentence in text.split_inclusive(['.', '!', '?', ':']) {
            let words = sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
            if words > WORDS {
                let start: Vec<&str> = sentence.split_whitespace().take(5).collect();
                self.demands.unmet(
                    Demand::Sentences,
                    Demand::Sentences
                        .unmet(say!(
                            "the sentence has {words} words; at most {most} are easy to read",
                            words,
                            most = WORDS
                        ))
                        .label(span, Said::verbatim(format!("{} …", start.join(" "))))
                        .help(say!("make two sentences of it, or leave out what is not needed")),
                );
            }
        }
    }
}
