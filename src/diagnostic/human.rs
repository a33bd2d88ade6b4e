//! Diagnostics for people: file, line, column, the line itself, what to do.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::visible::{VisibleLines, visible};
use super::{Diagnostic, Label, Severity};
use crate::source::{SourceId, SourceMap};

/// Renders diagnostics as text, one after the other with an empty line between.
#[must_use]
pub fn human(diagnostics: &[&Diagnostic], sources: &SourceMap, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut shown: BTreeMap<SourceId, VisibleLines<'_>> = BTreeMap::new();
    for diagnostic in diagnostics {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            let text = &sources.get(label.span.source).text;
            shown.entry(label.span.source).or_insert_with(|| VisibleLines::of(text));
        }
        out.push_str(&renderer.render(&groups(diagnostic, sources, &shown)));
        out.push_str("\n\n");
    }
    out
}

/// "2 errors, 1 warning", or nothing where there is nothing to say.
#[must_use]
pub fn summary(diagnostics: &[&Diagnostic]) -> Option<String> {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let parts: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "remark")]
        .into_iter()
        .map(|(severity, word)| (count(severity), word))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}{}", if n == 1 { "" } else { "s" }))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn groups<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a SourceMap,
    shown: &'a BTreeMap<SourceId, VisibleLines<'a>>,
) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.0);
    let labels: Vec<(&Label, bool)> = diagnostic
        .primary
        .iter()
        .map(|label| (label, true))
        .chain(diagnostic.secondary.iter().map(|label| (label, false)))
        .collect();

    let mut group = Group::with_title(title);
    let mut files: Vec<SourceId> = labels.iter().map(|(label, _)| label.span.source).collect();
    files.dedup();
    for file in files {
        let source = sources.get(file);
        let Some(lines) = shown.get(&file) else { continue };
        let mut snippet = Snippet::source(&*lines.text).path(visible(&source.path));
        for (label, primary) in labels.iter().filter(|(label, _)| label.span.source == file) {
            let kind = if *primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let mut annotation = kind.span(lines.range(first_line(&source.text, label)));
            if !label.text.is_empty() {
                annotation = annotation.label(visible(&label.text));
            }
            snippet = snippet.annotation(annotation);
        }
        group = group.element(snippet);
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    vec![group]
}

/// The label's bytes, kept inside the text, on character boundaries and on one line, so that a long block shows its first line only.
fn first_line(text: &str, label: &Label) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(label.span.start as usize);
    let end = floor(label.span.end as usize).max(start);
    let line_end = text[start..end].find('\n').map_or(end, |at| start + at);
    let line_end = if text[start..line_end].ends_with('\r') { line_end - 1 } else { line_end };
    start..line_end
}
