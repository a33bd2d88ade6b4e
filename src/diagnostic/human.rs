//! Diagnostics for people: file, line, column, the line itself, what to do.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::visible::{VisibleLines, visible};
use super::{Diagnostic, Label, Message, Said, Severity, Tongue, say};
use crate::source::{SourceId, SourceMap, Span};

/// Renders messages as text, one after the other with an empty line between.
#[must_use]
pub fn human(messages: &[Message<'_>], sources: &SourceMap, colour: bool, tongue: Tongue) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for message in messages {
        out.push_str(&renderer.render(&groups(message, sources, tongue)));
        out.push_str("\n\n");
    }
    out
}

/// "2 errors, 1 warning", or nothing where there is nothing to say.
#[must_use]
pub fn summary(diagnostics: &[&Diagnostic]) -> Option<Said> {
    let counted = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| {
        let count = diagnostics.iter().filter(|found| found.severity == severity).count();
        match (severity, count) {
            (_, 0) => None,
            (Severity::Error, 1) => Some(say!("1 error")),
            (Severity::Error, _) => Some(say!("{count} errors", count)),
            (Severity::Warning, 1) => Some(say!("1 warning")),
            (Severity::Warning, _) => Some(say!("{count} warnings", count)),
            (Severity::Info, 1) => Some(say!("1 remark")),
            (Severity::Info, _) => Some(say!("{count} remarks", count)),
        }
    });
    let parts: Vec<Said> = counted.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| Said::list(parts, ", "))
}

fn groups<'a>(message: &Message<'a>, sources: &'a SourceMap, tongue: Tongue) -> Vec<Group<'a>> {
    let diagnostic = message.found;
    let (level, name) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, say!("error")),
        Severity::Warning => (Level::WARNING, say!("warning")),
        Severity::Info => (Level::INFO, say!("info")),
    };
    let level = level.with_name(name.text_in(tongue));
    let (note, advice) =
        (Level::NOTE.with_name(say!("note").text_in(tongue)), Level::HELP.with_name(say!("help").text_in(tongue)));
    let told = |said: &Said| visible(&said.text_in(tongue)).into_owned();
    let title = level.primary_title(told(&diagnostic.message)).id(diagnostic.code.0);
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
        let of_file = labels.iter().filter(|(label, _)| label.span.source == file).copied().collect();
        for near in near(of_file, sources) {
            group = stretch(&near, sources, group, tongue);
        }
    }
    for further in &message.further {
        let place = further.primary.as_ref().map(|label| sources.position(label.span));
        let place = place.map(|place| format!("{}:{}: ", place.line, place.column)).unwrap_or_default();
        group = group.element(note.clone().message(format!("{place}{}", told(&further.message))));
    }
    if let Some(elsewhere) = &message.elsewhere {
        group = group.element(note.clone().message(told(elsewhere)));
    }
    for help in &message.help {
        group = group.element(advice.clone().message(told(help)));
    }
    vec![group]
}

/// Labels of one file, parted where many lines stand between them: only the lines around a label are looked at, since a file may have as many
/// problems as it has lines.
fn near<'a>(mut labels: Vec<(&'a Label, bool)>, sources: &SourceMap) -> Vec<Vec<(&'a Label, bool)>> {
    let line = |label: &Label| sources.position(label.span).line;
    let (Some(first), Some(last)) =
        (labels.iter().map(|(label, _)| line(label)).min(), labels.iter().map(|(label, _)| line(label)).max())
    else {
        return Vec::new();
    };
    if last - first <= NEAR {
        return vec![labels];
    }
    // The place that the problem is about comes first, whatever comes first in the file.
    labels.sort_by_key(|(label, primary)| (!primary, label.span.start, label.span.end));
    let mut out: Vec<Vec<(&Label, bool)>> = Vec::new();
    for (label, primary) in labels {
        let close =
            |known: &&mut Vec<(&Label, bool)>| known.iter().all(|(other, _)| line(other).abs_diff(line(label)) <= NEAR);
        match out.iter_mut().find(close) {
            Some(known) => known.push((label, primary)),
            None => out.push(vec![(label, primary)]),
        }
    }
    out
}

/// Shows labels that stand near to each other.
fn stretch<'a>(labels: &[(&'a Label, bool)], sources: &'a SourceMap, group: Group<'a>, tongue: Tongue) -> Group<'a> {
    let Some((first, _)) = labels.first() else { return group };
    let source = sources.get(first.span.source);
    let ranges: Vec<Range<usize>> = labels.iter().map(|(label, _)| first_line(&source.text, label)).collect();
    let start = ranges.iter().map(|range| range.start).min().unwrap_or_default();
    let end = ranges.iter().map(|range| range.end).max().unwrap_or_default();
    let path = visible(&source.path);
    if let Some(lines) = lines_around(&source.text, start..end) {
        let line = sources.position(Span::new(first.span.source, lines.start, lines.start)).line;
        return group.element(annotated(labels, &ranges, &source.text, lines, line, tongue).path(path));
    }
    // Of a line that is very long only what stands around each label is shown; its place is told in the whole line all the same.
    let mut group = group;
    for (label, range) in labels.iter().zip(&ranges) {
        let place = sources.position(label.0.span);
        let around = around(&source.text, range);
        let range = range.start..range.end.min(around.end);
        group = group
            .element(Origin::path(path.clone()).line(place.line).char_column(place.column))
            .element(annotated(&[*label], &[range], &source.text, around, place.line, tongue));
    }
    group
}

/// A stretch of a file's text with what is said of places in it.
fn annotated<'a>(
    labels: &[(&'a Label, bool)],
    ranges: &[Range<usize>],
    text: &'a str,
    stretch: Range<usize>,
    line: usize,
    tongue: Tongue,
) -> Snippet<'a, Annotation<'a>> {
    let start = stretch.start;
    let lines = VisibleLines::new(&text[stretch]);
    let annotations: Vec<Annotation<'a>> = labels
        .iter()
        .zip(ranges)
        .map(|((label, primary), range)| {
            let kind = if *primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(lines.range(range.start - start..range.end - start));
            if label.text.is_empty() {
                annotation
            } else {
                annotation.label(visible(&label.text.text_in(tongue)).into_owned())
            }
        })
        .collect();
    Snippet::source(lines.text).line_start(line).annotations(annotations)
}

/// So many lines apart labels are shown together.
const NEAR: usize = 100;
/// Bytes of lines that are shown whole; the terminal's width is seen to elsewhere.
const LONG: usize = 4_000;
/// Bytes before and behind a label in a line that is longer.
const AROUND: usize = 200;

/// The lines that a range stands on, with one before and one behind; none where they are longer than is shown. No farther than that is looked
/// for their ends: a line may have as many problems as it has letters.
fn lines_around(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let line = |at: usize| {
        let from = at.saturating_sub(LONG);
        let end = text.as_bytes().get(from..at)?.iter().rposition(|byte| *byte == b'\n');
        end.map(|end| from + end + 1).or_else(|| (from == 0).then_some(0))
    };
    let next = |at: usize| {
        let to = at.saturating_add(LONG).min(text.len());
        let end = text.as_bytes().get(at..to)?.iter().position(|byte| *byte == b'\n');
        end.map(|end| at + end + 1).or_else(|| (to == text.len()).then_some(to))
    };
    let start = line(range.start)?;
    let start = if start > 0 { line(start - 1)? } else { 0 };
    let end = next(next(range.end)?)?;
    (end - start <= LONG).then_some(start..end)
}

/// The line of a place; of one that is very long what stands around the place.
pub(super) fn line_of<'a>(label: &Label, sources: &'a SourceMap) -> &'a str {
    let line = sources.line(label.span);
    if line.len() <= LONG {
        return line;
    }
    let text = &sources.get(label.span.source).text;
    &text[around(text, &first_line(text, label))]
}

/// What stands around a range, on its line.
fn around(text: &str, range: &Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(range.start.saturating_sub(AROUND));
    let start = text[start..range.start].rfind('\n').map_or(start, |end| start + end + 1);
    let end = floor((range.end.min(range.start + AROUND) + AROUND).min(text.len()));
    let end = text[range.start..end].find('\n').map_or(end, |at| range.start + at);
    start..end
}

/// The label's bytes, kept inside the text, on character boundaries and on one line, so that a long block shows its first line only.
fn first_line(text: &str, label: &Label) -> Range<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Digest};

    fn shown(text: &str, at: Range<usize>, also: Option<Range<usize>>) -> String {
        let mut sources = SourceMap::default();
        let id = sources.add("a.md", text);
        let span = |range: Range<usize>| Span::new(id, range.start, range.end);
        let mut problem = Diagnostic::error(Code::FILE_EMPTY, say!("wrong")).label(span(at), say!("here"));
        if let Some(also) = also {
            problem = problem.also(span(also), say!("and here"));
        }
        human(&Digest::new(&[], true).messages(&[&problem], &sources), &sources, false, Tongue::English)
    }

    #[test]
    fn a_place_in_a_very_long_line_is_told_and_only_what_stands_around_it_shown() {
        let text = format!("# a\n\n{}DÄR{}\n", "å ".repeat(30_000), "ö ".repeat(30_000));
        let at = text.find("DÄR").unwrap();
        let told = shown(&text, at..at + 4, None);
        assert!(told.contains("a.md:3:60001") && told.contains("DÄR") && told.contains("here"), "{told}");
        assert!(told.len() < 2_000, "{}", told.len());
    }

    #[test]
    fn places_far_from_each_other_are_both_shown() {
        let text = (0..5_000).map(|line| format!("key{line}: 1\n")).collect::<String>();
        let (first, last) = (text.find("key7:").unwrap(), text.find("key4990:").unwrap());
        let told = shown(&text, last..last + 7, Some(first..first + 4));
        assert!(told.contains("a.md:4991:1") && told.contains("key4990") && told.contains("key7"), "{told}");
        assert!(told.find("key4990").unwrap() < told.find("key7:").unwrap(), "{told}");
    }

    #[test]
    fn ends_of_files_can_be_pointed_at() {
        for text in ["", "a", "a\n", "a\r\n", "a\n\n", "\n"] {
            let told = shown(text, text.len()..text.len(), None);
            assert!(told.contains("a.md"), "{text:?}: {told}");
        }
    }
}
