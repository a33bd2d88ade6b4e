use proptest::prelude::*;

use super::*;
use crate::document::{Definition, Image};

/// Every span of a document and its diagnostics.
#[derive(Default)]
struct Spans(Vec<Span>);

impl Spans {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(heading) => {
                    self.0.push(heading.span);
                    self.0.extend(heading.id.iter().chain(&heading.classes).map(|value| value.span));
                    self.inlines(&heading.content);
                }
                Block::Paragraph { content, span } => {
                    self.0.push(*span);
                    self.inlines(content);
                }
                Block::List { items, span, .. } => {
                    self.0.push(*span);
                    items.iter().for_each(|item| self.blocks(item));
                }
                Block::Quote { blocks, attribution, span } => {
                    self.0.push(*span);
                    self.blocks(blocks);
                    self.inlines(attribution.as_deref().unwrap_or_default());
                }
                Block::Callout { blocks, span, .. } => {
                    self.0.push(*span);
                    self.blocks(blocks);
                }
                Block::Definitions { items, span } => {
                    self.0.push(*span);
                    for Definition { term, descriptions } in items {
                        self.inlines(term);
                        descriptions.iter().for_each(|blocks| self.blocks(blocks));
                    }
                }
                Block::Table(table) => {
                    self.0.push(table.span);
                    table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| self.inlines(cell));
                }
                Block::Directive(directive) => {
                    self.0.extend([directive.span, directive.name.span]);
                    self.0.extend(directive.argument.iter().map(|argument| argument.span));
                }
                Block::Image(Image { path, caption, span, .. }) => {
                    self.0.extend([*span, path.span]);
                    self.inlines(caption.as_deref().unwrap_or_default());
                }
                Block::Code { span, .. } | Block::Rule { span } => self.0.push(*span),
                Block::Data(_) => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(_, span) | Inline::NoteReference { span, .. } => self.0.push(*span),
                Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strikethrough(content) => {
                    self.inlines(content);
                }
                Inline::Code(_) | Inline::LineBreak => {}
                Inline::Link { href: value, content, span } | Inline::Reference { target: value, content, span } => {
                    self.0.extend([*span, value.span]);
                    self.inlines(content);
                }
                Inline::Citation { items, span } => {
                    self.0.push(*span);
                    self.0.extend(items.iter().map(|item| item.key.span));
                }
                Inline::Binding(binding) => {
                    self.0.extend([binding.span, binding.path.span]);
                    self.0.extend(binding.filters.iter().flatten().map(|word| word.span));
                }
                Inline::Language { language, content } => {
                    self.0.push(language.span);
                    self.inlines(content);
                }
            }
        }
    }

    fn sink(&mut self, sink: &Sink) {
        for diagnostic in sink.sorted(&SourceMap::default()) {
            self.0.extend(diagnostic.primary.iter().chain(&diagnostic.secondary).map(|label| label.span));
        }
    }

    fn lie_in(&self, text: &str) {
        for span in &self.0 {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
        }
    }
}

fn check(text: &str) {
    let parsed = parse_whole(text);
    let mut spans = Spans::default();
    spans.blocks(&parsed.chapter.blocks);
    for note in parsed.chapter.notes.iter() {
        spans.0.push(note.span);
        spans.blocks(&note.blocks);
    }
    spans.sink(&parsed.sink);
    spans.lie_in(text);

    let before = "å: ";
    let (inlines, sink, _) = parse_text(before, text, &["*"]);
    let mut spans = Spans::default();
    spans.inlines(&inlines);
    spans.sink(&sink);
    spans.lie_in(&format!("{before}{text}\n"));
    assert!(slug(&plain(&inlines)).bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
}

const SAMPLE: &str = "# Möten {#moten .unnumbered}\r\n\r\nAv **{{ a_b | women | percent 1 }}** har *några* [se](#x) \\{{ kvar[^1].\n\
    \n> [!NOTE]\n> Text.\n\n> Citat.\n> — Chef\n\n- [ ] a\n- {{ table x }}\n\n  1. [@a, s. 1; @b]\n\n| A | B |\n|---|:-:|\n| {{ x | y }} | å \\| \
    |\n\n![Alt](b.png \"En {{ c }}\")\n\nTerm\n: text <br> <!-- x --> `{{ y }}`\n\n```x\ny\n```\n\n[^1]: Not [x][y] <https://a.se>\\\n    b\n";

/// Pieces that mean something to the parser, and some that do not.
const PIECES: &[&str] = &[
    "{{",
    "}}",
    " | ",
    "\\",
    "[",
    "]",
    "](",
    ")",
    "[^",
    "[@",
    "]:",
    "*",
    "**",
    "_",
    "`",
    "```",
    "\n",
    "\n\n",
    "\r\n",
    "> ",
    "- ",
    "1. ",
    "# ",
    "|",
    "|---|",
    ": ",
    "—",
    "– ",
    "å",
    "ö",
    "<b>",
    "<!--",
    "-->",
    "![",
    "#x",
    "lang:en",
    "https://a.se",
    "\"",
    "&amp;",
    "\u{0}",
    "\u{1}",
    "\u{15}",
    "\u{feff}",
    " ",
    "    ",
    "a",
    "table",
    ";",
    ",",
    "{#",
    "}",
    "---",
    "\u{a0}",
    "🙂",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![5 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_markup(pieces in prop::collection::vec(piece(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn mutated_markdown(edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..6, piece()), 1..8)) {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        for (at, removed, piece) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + removed).min(text.len());
            text.splice(at..end, piece.chars());
        }
        check(&text.into_iter().collect::<String>());
    }

    #[test]
    fn plain_words_come_through(words in prop::collection::vec("[a-zåäö]{1,8}", 1..12)) {
        let text = words.join(" ");
        let shown = format!("p({text})");
        prop_assert_eq!(good(&text), shown);
    }
}
