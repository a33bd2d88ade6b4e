//! What the typesetter would refuse without a place: texts that are too long for a PDF once their bindings are filled in, and characters
//! that no PDF may hold. Nearly all of it is told when files are read; this finds what only comes about when texts are put together.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::resolved::visit::{Visit, walk_block, walk_body, walk_inline};
use crate::document::resolved::{Block, Inline, ResolvedDocument};
use crate::limits;
use crate::model::Project;
use crate::source::{SourceMap, Span};

/// Messages of one kind that are told one by one.
const MOST: usize = 20;

/// Reports what cannot be set; `text` is all that is printed.
pub fn check(project: &Project, document: &ResolvedDocument, text: &str, sources: &SourceMap, sink: &mut Sink) {
    characters(text, sources, sink);
    // What was told where it is written is not told again.
    if sink.has(Code::TEXT_TOO_LONG) {
        return;
    }
    runs(text, sources, sink);
    let mut kept = Kept { sources, sink };
    let report = &project.report;
    kept.check(say!("the title"), &document.title_text, Some(report.title.span));
    let described = report.description.as_ref().map(|text| text.span);
    kept.check(say!("the description"), &document.description, described);
    kept.check(say!("the publisher's name"), &document.publisher.name, None);
    walk_body(&mut kept, document);
}

/// The first place in the sources that reads so.
#[must_use]
pub fn place(sources: &SourceMap, words: &str) -> Option<Span> {
    if words.trim().is_empty() {
        return None;
    }
    sources.iter().find_map(|source| {
        let at = source.text.find(words)?;
        Some(Span::new(source.id, at, at + words.len()))
    })
}

fn at(diagnostic: Diagnostic, place: Option<Span>) -> Diagnostic {
    match place {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}

fn start(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(at, _)| &text[..at])
}

fn runs(text: &str, sources: &SourceMap, sink: &mut Sink) {
    let mut from = 0;
    for _ in 0..MOST {
        let Some(run) = limits::long_run(&text[from..]) else { return };
        let words = &text[from + run.start..from + run.end];
        from += run.end;
        let message =
            say!("more than {most} characters are printed in which no line can be broken", most = limits::RUN);
        let diagnostic = Diagnostic::error(Code::TEXT_TOO_LONG, message)
            .help(say!("they begin “{start}”: part them by blanks", start = start(words, 60)));
        sink.push(at(diagnostic, place(sources, start(words, 200)).or_else(|| place(sources, start(words, 20)))));
    }
}

/// Characters that PDF/A and PDF/UA forbid: marks of byte order, what is no character, and those that mean something in one font only.
fn forbidden(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0xfeff | 0xfdd0..=0xfdef | 0xe000..=0xf8ff | 0xf_0000..) || code & 0xfffe == 0xfffe
}

fn characters(text: &str, sources: &SourceMap, sink: &mut Sink) {
    let mut found: Vec<char> = text.chars().filter(|c| forbidden(*c)).collect();
    found.sort_unstable();
    found.dedup();
    for c in found.into_iter().take(MOST) {
        let code = u32::from(c);
        let message =
            say!("the character U+{code} cannot stand in a PDF that is archived", code = format!("{code:04X}"));
        let diagnostic = Diagnostic::error(Code::VALUE_INVALID, message).help(say!(
            "delete it: it often comes along when text is copied from a PDF, or is a picture of one font only"
        ));
        sink.push(at(diagnostic, place(sources, c.encode_utf8(&mut [0; 4]))));
    }
}

/// Texts that a PDF keeps beside its pages.
struct Kept<'a> {
    sources: &'a SourceMap,
    sink: &'a mut Sink,
}

impl Kept<'_> {
    fn check(&mut self, what: Said, text: &str, span: Option<Span>) {
        if text.len() <= limits::PDF_STRING || text.encode_utf16().count() <= limits::PDF_STRING {
            return;
        }
        let most = limits::PDF_STRING;
        let diagnostic = Diagnostic::error(
            Code::TEXT_TOO_LONG,
            say!("{what} has more than {most} characters, which a PDF cannot keep beside its pages", what, most),
        )
        .help(say!("it begins “{start}”: shorten it", start = start(text, 60)));
        let found =
            span.or_else(|| place(self.sources, start(text, 60))).or_else(|| place(self.sources, start(text, 20)));
        self.sink.push(at(diagnostic, found));
    }
}

impl<'a> Visit<'a> for Kept<'_> {
    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading { text, .. } => self.check(say!("a heading"), text, None),
            Block::Image(image) => self.check(say!("an alternative text"), &image.alt, None),
            Block::Chart(chart) => {
                let words = format!("{} {}", chart.alt, chart.description);
                self.check(say!("the text alternative of the chart `{id}`", id = chart.id), &words, None);
            }
            _ => {}
        }
        walk_block(self, block);
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let Inline::Link { href, .. } = inline {
            self.check(say!("the target of a link"), href, None);
        }
        walk_inline(self, inline);
    }
}
