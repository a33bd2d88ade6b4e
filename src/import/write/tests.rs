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

proptest! {
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
