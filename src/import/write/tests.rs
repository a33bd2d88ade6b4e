//! What is written is read back as the same words.

use proptest::prelude::*;

use super::super::inlines::{Look, Piece, joined, trim};
use super::super::manuscript::{Block, Inline, Manuscript, words};
use super::{Wanted, written};
use crate::diagnostic::{Severity, Sink, Tongue};
use crate::document;
use crate::markdown::{parse_chapters, plain};
use crate::model::DocumentKind;
use crate::source::SourceId;

fn piece() -> impl Strategy<Value = Piece> {
    let look = (any::<bool>(), any::<bool>(), any::<bool>());
    ("[ab å*_`\\[\\]{}<>&#~|\\\\!+.)1\":@^=-]{1,6}", look).prop_map(|(text, (strong, emphasis, struck))| Piece {
        look: Look { strong, emphasis, struck },
        inline: Inline::Text(text),
    })
}

/// The words of a text, blanks evened out.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_back(blocks: &[document::Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            document::Block::Paragraph { content, .. } => out.push(even(&plain(content))),
            document::Block::List { items, .. } => items.iter().for_each(|item| read_back(item, out)),
            document::Block::Quote { blocks, .. } => read_back(blocks, out),
            _ => {}
        }
    }
}

/// Each word with whether it is bold and whether it is italic.
fn looks(inlines: &[document::Inline], strong: bool, emphasis: bool, out: &mut Vec<(String, bool, bool)>) {
    for inline in inlines {
        match inline {
            document::Inline::Strong(content) => looks(content, true, emphasis, out),
            document::Inline::Emphasis(content) => looks(content, strong, true, out),
            document::Inline::Text(text, _) => {
                out.extend(text.split_whitespace().map(|word| (word.to_owned(), strong, emphasis)));
            }
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn words_keep_bold_and_italic_and_both(words in prop::collection::vec(("[abå]{1,4}", any::<bool>(), any::<bool>()), 1..8)) {
        let pieces = words.iter().map(|(text, strong, emphasis)| Piece {
            look: Look { strong: *strong, emphasis: *emphasis, struck: false },
            inline: Inline::Text(format!("{text} ")),
        });
        let mut content = joined(pieces.collect());
        trim(&mut content);
        let heading = Block::Heading { level: 1, content: vec![Inline::Text("Kapitel".to_owned())] };
        let manuscript = Manuscript { blocks: vec![heading, Block::body(content)], ..Manuscript::default() };
        let wanted = Wanted { id: "a".to_owned(), kind: DocumentKind::Report, language: None, tongue: Tongue::English };
        let imported = written(&manuscript, &wanted);
        let (_, bytes) = imported.files.iter().find(|(path, _)| path.ends_with("kapitel.md")).expect("the chapter");
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let chapter = parse_chapters(SourceId::default(), text, &mut Sink::default()).remove(0);
        let mut found = Vec::new();
        for block in &chapter.blocks {
            if let document::Block::Paragraph { content, .. } = block {
                looks(content, false, false, &mut found);
            }
        }
        prop_assert_eq!(&found, &words, "{}", text);
    }

    #[test]
    fn a_text_is_read_back_as_it_was(paragraphs in prop::collection::vec(prop::collection::vec(piece(), 1..6), 1..4)) {
        let mut expected = Vec::new();
        let heading = Block::Heading { level: 1, content: vec![Inline::Text("Kapitel".to_owned())] };
        let mut blocks = vec![heading];
        for pieces in paragraphs {
            let mut content = joined(pieces);
            trim(&mut content);
            let text = even(&words(&content));
            if !text.is_empty() {
                expected.push(text);
                blocks.push(Block::body(content));
            }
        }
        let manuscript = Manuscript { blocks, ..Manuscript::default() };
        let wanted = Wanted { id: "a".to_owned(), kind: DocumentKind::Report, language: None, tongue: Tongue::English };
        let imported = written(&manuscript, &wanted);
        let (_, bytes) = imported.files.iter().find(|(path, _)| path.ends_with("kapitel.md")).expect("the chapter");
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let mut sink = Sink::default();
        let chapter = parse_chapters(SourceId::default(), text, &mut sink).remove(0);
        let mut found = Vec::new();
        read_back(&chapter.blocks, &mut found);
        prop_assert_eq!(&found, &expected, "{}", text);
        prop_assert_eq!(sink.count(Severity::Error), 0, "{}", text);
    }
}
