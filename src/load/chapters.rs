//! The Markdown files of a report.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::Chapter;
use crate::limits;
use crate::markdown;
use crate::model::Report;
use crate::source::{Span, Text};

use super::Loader;

impl Loader<'_> {
    /// The chapters of the files that a report names, in their order.
    pub(super) fn chapters(&mut self, folder: &str, report: &Report) -> Vec<Chapter> {
        let mut seen: Vec<&Text> = Vec::new();
        let mut out = Vec::new();
        let mut all = 0;
        for chapter in &report.chapters {
            if let Some(first) = seen.iter().find(|known| known.value == chapter.value) {
                self.sink.push(
                    Diagnostic::error(
                        Code::ID_DUPLICATE,
                        say!("the chapter `{chapter}` is named twice", chapter = chapter.value),
                    )
                    .label(chapter.span, say!("again here"))
                    .also(first.span, say!("first here")),
                );
                continue;
            }
            seen.push(chapter);
            let Some(source) = self.text(&format!("{folder}/{}", chapter.value), Some(chapter.span)) else { continue };
            let text = self.sources.get(source).text.clone();
            if text.trim().is_empty() {
                self.sink.push(empty_file(Span::new(source, 0, 0)));
                continue;
            }
            all += text.len();
            if text.len() > limits::CHAPTER || all > limits::CHAPTERS {
                self.sink.push(chapter_too_long(&text, chapter.span));
                continue;
            }
            out.extend(markdown::parse_chapters(source, &text, &mut self.sink));
        }
        out
    }
}

fn chapter_too_long(text: &str, named_at: Span) -> Diagnostic {
    let message = if text.len() > limits::CHAPTER {
        say!(
            "the chapter has {megabytes} MB; at most {most} are read",
            megabytes = text.len() >> 20,
            most = limits::CHAPTER >> 20
        )
    } else {
        say!("with this chapter the report has more than {most} MB of text", most = limits::CHAPTERS >> 20)
    };
    Diagnostic::error(Code::FILE_TOO_LARGE, message)
        .at(named_at)
        .help(say!("a megabyte is about 250 pages: divide the text into several chapters, or into several reports"))
}

fn empty_file(span: Span) -> Diagnostic {
    Diagnostic::error(Code::FILE_EMPTY, say!("the file is empty"))
        .at(span)
        .help(say!("write its content, or take it out of `chapters`"))
}
