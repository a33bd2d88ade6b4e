//! Headings: their attributes, and their order in the chapter.

use std::ops::Range;

use super::context::Context;
use super::link::is_blank;
use super::slug::plain;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::{Block, Heading, Inline};
use crate::limits;
use crate::source::{Span, Spanned};

const CLASSES: [&str; 3] = ["unnumbered", "summary", "references"];

/// What stands in the braces behind a heading.
pub struct Attributes {
    pub id: Option<String>,
    pub classes: Vec<String>,
}

/// Makes a heading and checks its attributes.
pub fn heading(
    level: u8,
    attributes: Attributes,
    content: Vec<Inline>,
    range: Range<usize>,
    context: &mut Context,
) -> Heading {
    let span = context.block_span(range.clone());
    let id = attributes.id.map(|id| spanned('#', id, range.clone(), context));
    if let Some(id) = id.as_ref().filter(|id| !is_id(&id.value)) {
        let diagnostic = Diagnostic::error(Code::ID_INVALID, say!("`{id}` cannot be an id", id = id.value))
            .at(id.span)
            .help(say!("ids are small letters a to z, digits, `-`, `_` and `.`, and begin with a letter or digit"));
        context.sink.push(diagnostic);
    }
    let mut classes = Vec::new();
    for class in attributes.classes {
        let class = spanned('.', class, range.clone(), context);
        if !CLASSES.contains(&class.value.as_str()) {
            let diagnostic =
                Diagnostic::error(Code::VALUE_INVALID, say!("`.{class}` is not known here", class = class.value))
                    .at(class.span)
                    .help(say!("a heading can be `.unnumbered`, `.summary` or `.references`"))
                    .nearest(&class.value, CLASSES);
            context.sink.push(diagnostic);
        }
        classes.push(class);
    }
    for other in unread(id.as_ref().map(|id| id.value.as_str()), &content, range.clone(), context) {
        let place = context.find(range.clone(), &other);
        let diagnostic = Diagnostic::error(Code::VALUE_INVALID, say!("`{other}` cannot stand behind a heading", other))
            .at(place)
            .help(say!(
                "in the braces stand an id and classes: `# Heading {#id .unnumbered}`; to print a brace write `\\{`"
            ));
        context.sink.push(diagnostic);
    }
    if let Some(id) = &id {
        context.sink.check_length(say!("an id"), &id.value, limits::ID, id.span);
    }
    context.sink.check_length(say!("a heading"), &plain(&content), limits::HEADING, span);
    if is_blank(&content) {
        context.report(Diagnostic::error(Code::EMPTY_TEXT, say!("a heading has no words")), range);
    }
    Heading { level, id, classes, original: None, content, span }
}

/// What the parser drops without a word: anything in the braces at the end that is no class and not the id.
fn unread(id: Option<&str>, content: &[Inline], range: Range<usize>, context: &Context) -> Vec<String> {
    let line = context.masked(range);
    let braces = line.rfind('{').and_then(|open| line[open..].find('}').map(|length| &line[open..=open + length]));
    let Some(braces) = braces.filter(|braces| !plain(content).contains(*braces)) else { return Vec::new() };
    let words: Vec<&str> = braces.trim_matches(['{', '}']).split_whitespace().collect();
    if words.is_empty() {
        return vec![braces.to_owned()];
    }
    let read = |word: &str| word.starts_with('.') || word.strip_prefix('#').is_some_and(|word| Some(word) == id);
    words.into_iter().filter(|word| !read(word)).map(str::to_owned).collect()
}

fn spanned(sign: char, value: String, range: Range<usize>, context: &Context) -> Spanned<String> {
    let found = context.find(range.clone(), &format!("{sign}{value}"));
    let length = found.end.saturating_sub(found.start) as usize;
    let span = if length == value.len() + 1 { found.slice(1, length) } else { found };
    Spanned::new(value, span)
}

fn is_id(id: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    id.bytes().next().is_some_and(letter) && id.bytes().all(|byte| letter(byte) || b"-_.".contains(&byte))
}

/// Checks that no level is skipped. `start` is the file's first byte.
pub fn check_order(blocks: &[Block], start: Span, context: &mut Context) {
    if blocks.is_empty() {
        context.sink.push(Diagnostic::error(Code::FILE_EMPTY, say!("the chapter is empty")).at(start));
    }
    let mut before: Option<&Heading> = None;
    for block in blocks {
        let Block::Heading(heading) = block else { continue };
        let level = heading.level;
        if let Some(before) = before.filter(|before| level > before.level + 1) {
            let message = say!("a level {level} heading follows one of level {before}", level, before = before.level);
            let diagnostic = Diagnostic::error(Code::HEADING_ORDER, message)
                .at(heading.span)
                .also(before.span, say!("the heading before it"))
                .help(say!("write `{what}`", what = "#".repeat(usize::from(before.level) + 1)));
            context.sink.push(diagnostic);
        }
        before = Some(heading);
    }
}
