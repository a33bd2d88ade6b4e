//! What a tracked change would have written in which file, or why that is left to the author. A number that is bound to data is never written over.

use std::ops::Range;

use super::changes::{Change, ChangeKind};
use super::returned::{Kind, PARAGRAPH_END};
use crate::alike;
use crate::check::align;
use crate::diagnostic::{Fix, Said, say};
use crate::document::resolved::origin::{Origin, Stretch};
use crate::import::escape;
use crate::render::word::{Belonging, Paragraph};
use crate::resolve::Facts;
use crate::source::Span;

/// Words of a paragraph and what takes their place, in the paragraph and in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub fix: Fix,
    /// The bytes of the paragraph's words.
    pub range: Range<usize>,
    /// The words in their place; a sign for the end of a paragraph parts them.
    pub words: String,
}

/// What would be written for a change.
///
/// # Errors
/// Why nothing is, in words for the author.
pub fn edit(change: &Change, original: &str, paragraph: &Paragraph, facts: Facts<'_>) -> Result<Edit, Said> {
    match &change.kind {
        ChangeKind::Words | ChangeKind::Untracked => {}
        ChangeKind::Undone => return Err(Said::default()),
        ChangeKind::MovedFrom | ChangeKind::MovedTo => {
            return Err(say!(
                "move the words by hand: what is written between them, as bindings and notes, then comes along"
            ));
        }
        ChangeKind::Mark(kind) => return Err(by_hand(kind, paragraph, facts)),
    }
    if change.object.is_some() {
        return Err(say!("a note or a picture came or went with these words: write it by hand"));
    }
    if paragraph.belonging == Belonging::Account {
        return Err(say!(
            "the program writes the account of changes: its reasons stand under `changes` in report.yaml"
        ));
    }
    let range = change.range.clone().ok_or_else(unclear)?;
    let range = match change.kind {
        ChangeKind::Untracked => range,
        _ => carried(original, &paragraph.text, range).ok_or_else(unclear)?,
    };
    if change.old.contains(PARAGRAPH_END)
        && change.old.trim_end_matches(PARAGRAPH_END).len() < paragraph.text.trim().len()
    {
        return Err(say!("two paragraphs would become one: join them by hand"));
    }
    let place = match range.is_empty() {
        true => insertion(range.start, paragraph, facts)?,
        false => replaced(&range, paragraph, facts)?,
    };
    let source = facts.sources.get(place.source);
    let is_markdown = source.path.ends_with(".md");
    if change.new.contains(PARAGRAPH_END) && !(is_markdown && is_plain_line(&source.text, place.start as usize)) {
        return Err(say!(
            "a new paragraph would begin within a heading, a list, a table or a text of YAML: write it by hand"
        ));
    }
    let mut written = written(&change.new);
    if source.text.contains("\r\n") {
        written = written.replace('\n', "\r\n");
    }
    let words = paragraph.text.get(range.clone()).ok_or_else(unclear)?;
    let whole = change.new.is_empty() && words.trim() == paragraph.text.trim();
    let span = match (written.is_empty(), whole && is_markdown) {
        (true, true) => whole_lines(&source.text, place),
        (true, false) => with_blank(&source.text, place),
        _ => place,
    };
    Ok(Edit { fix: Fix { span, replacement: written }, range, words: change.new.clone() })
}

/// What is done by hand, and where.
fn by_hand(kind: &Kind, paragraph: &Paragraph, facts: Facts<'_>) -> Said {
    match kind {
        Kind::Look => say!(
            "how words look comes from the templates; what is stressed is written as *words*, or **words** in bold"
        ),
        Kind::ParagraphLook | Kind::TableLook | Kind::SectionLook | Kind::Numbering => {
            say!("how paragraphs, tables and pages look comes from the templates")
        }
        Kind::RowInserted | Kind::RowDeleted | Kind::CellInserted | Kind::CellDeleted | Kind::CellsMerged => {
            match table(paragraph) {
                Some(span) => {
                    say!("the rows come from the data of the table: mend them in {place}", place = place(facts, span))
                }
                None => say!("mend the rows of the table by hand"),
            }
        }
        _ => say!("nothing is proposed for a change of this kind: make it by hand"),
    }
}

fn unclear() -> Said {
    say!("the words stand otherwise in the file than they are printed: change them by hand")
}

fn table(paragraph: &Paragraph) -> Option<Span> {
    match &paragraph.belonging {
        Belonging::Nothing | Belonging::Account => None,
        Belonging::Table(span) | Belonging::Cell { table: span, .. } => *span,
    }
}

/// `content/a/text.md:3`
pub fn place(facts: Facts<'_>, span: Span) -> String {
    format!("{}:{}", facts.sources.get(span.source).path, facts.sources.position(span).line)
}

/// Where the value of a cell is written, or else its table.
pub fn defined(paragraph: &Paragraph, facts: Facts<'_>) -> Option<Span> {
    let Belonging::Cell { key: [table_id, row, column], .. } = &paragraph.belonging else { return table(paragraph) };
    let (findings, local) = facts.project.findings_of(table_id);
    let typed = findings.tables.iter().find(|known| known.id.value == local).and_then(|known| {
        let at = known.columns.iter().position(|known| known.id.value == *column)?;
        let row = known.rows.iter().find(|known| known.id.value == *row)?;
        Some(row.cells.get(at).filter(|_| row.sheet.is_none()).map_or(row.span, |cell| cell.span))
    });
    typed.or_else(|| table(paragraph))
}

/// The bytes of a text that those of another with the same reading are.
fn carried(from: &str, to: &str, range: Range<usize>) -> Option<Range<usize>> {
    if from == to {
        return Some(range);
    }
    let (own, other) = (signs(from), signs(to));
    let same = own.len() == other.len() && own.iter().zip(&other).all(|(a, b)| a.0 == b.0);
    let at = |byte: usize| {
        let sign = own.partition_point(|(_, place)| *place < byte);
        other.get(sign).map_or(to.trim_end().len(), |(_, place)| *place)
    };
    let start = at(range.start);
    // Blanks that are one to a reader belong to what is in front of them.
    let end = if range.is_empty() { start } else { at(range.end) };
    same.then_some(start..end.max(start))
}

/// The signs of a text that a reader sees, and where they stand; blanks in a row are one.
fn signs(text: &str) -> Vec<(char, usize)> {
    let mut out: Vec<(char, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let c = if c.is_whitespace() { ' ' } else { c };
        let c = if c == '\u{2011}' { '-' } else { c };
        let repeated = c == ' ' && out.last().is_none_or(|(last, _)| *last == ' ');
        if !repeated && (c == ' ' || !alike::reads_as_nothing(c.encode_utf8(&mut [0; 4]))) {
            out.push((c, at));
        }
    }
    if out.last().is_some_and(|(last, _)| *last == ' ') {
        out.pop();
    }
    out
}

/// Where each byte of a stretch is written, and its end.
fn written_at(stretch: &Stretch, text: &str, facts: Facts<'_>) -> Option<(Span, Vec<usize>)> {
    let Origin::Typed(span) = stretch.origin else { return None };
    let words = text.get(stretch.range.clone())?;
    let raw = facts.sources.text(span);
    let start = span.start as usize;
    if raw == words {
        return Some((span, (start..=start + words.len()).collect()));
    }
    // Between quotation marks of YAML.
    if raw.len() == words.len() + 2 && raw.get(1..raw.len() - 1) == Some(words) {
        return Some((span, (start + 1..=start + 1 + words.len()).collect()));
    }
    let map = align(words, raw, 0)?;
    Some((span, map.into_iter().map(|at| start + at as usize).collect()))
}

/// The place in a file of some words of a paragraph.
fn replaced(range: &Range<usize>, paragraph: &Paragraph, facts: Facts<'_>) -> Result<Span, Said> {
    let overlaps = |stretch: &&Stretch| stretch.range.start < range.end && range.start < stretch.range.end;
    let stretches: Vec<&Stretch> = paragraph.stretches.iter().filter(overlaps).collect();
    for stretch in &stretches {
        if let Origin::Bound { figure, .. } = &stretch.origin {
            let alone = range.start >= stretch.range.start && range.end <= stretch.range.end;
            return Err(bound(figure, printed(paragraph, stretch), alone, facts));
        }
        if stretch.origin == Origin::Cited {
            return Err(say!(
                "a source is cited in these words: mend the citation by hand, or the source in sources.yaml"
            ));
        }
    }
    let mut at = range.start;
    for stretch in &stretches {
        if paragraph.text.get(at..stretch.range.start).is_some_and(|between| !between.trim().is_empty()) {
            return Err(own_words(paragraph, facts));
        }
        at = stretch.range.end;
    }
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
        return Err(own_words(paragraph, facts));
    };
    if paragraph.text.get(at..range.end).is_some_and(|rest| !rest.trim().is_empty()) {
        return Err(own_words(paragraph, facts));
    }
    let (from, start) = written_at(first, &paragraph.text, facts).ok_or_else(unclear)?;
    let (to, end) = written_at(last, &paragraph.text, facts).ok_or_else(unclear)?;
    let start = start.get(range.start.saturating_sub(first.range.start)).copied().ok_or_else(unclear)?;
    let end = end.get(range.end.min(last.range.end) - last.range.start).copied().ok_or_else(unclear)?;
    if from.source != to.source || end < start {
        return Err(unclear());
    }
    Ok(Span::new(from.source, start, end))
}

/// The place in a file of what is written between two words of a paragraph: behind the words in front of it, or before those that follow.
fn insertion(at: usize, paragraph: &Paragraph, facts: Facts<'_>) -> Result<Span, Said> {
    for stretch in &paragraph.stretches {
        if let Origin::Bound { figure, .. } = &stretch.origin
            && stretch.range.start < at
            && at < stretch.range.end
        {
            return Err(bound(figure, printed(paragraph, stretch), true, facts));
        }
    }
    let typed = |stretch: &&Stretch| matches!(stretch.origin, Origin::Typed(_));
    let touching = |stretch: &&Stretch| stretch.range.start <= at && at <= stretch.range.end;
    let behind = paragraph.stretches.iter().filter(typed).filter(touching).find(|stretch| stretch.range.start < at);
    let found = behind.or_else(|| paragraph.stretches.iter().filter(typed).find(touching));
    let Some(stretch) = found else {
        let is_bound = |stretch: &&Stretch| touching(stretch) && matches!(stretch.origin, Origin::Bound { .. });
        return Err(match paragraph.stretches.iter().find(is_bound).map(|stretch| &stretch.origin) {
            Some(Origin::Bound { span, .. }) => {
                say!("the words stand beside a binding: write them in {place}", place = place(facts, *span))
            }
            _ => own_words(paragraph, facts),
        });
    };
    let (span, map) = written_at(stretch, &paragraph.text, facts).ok_or_else(unclear)?;
    let place = map.get(at - stretch.range.start).copied().ok_or_else(unclear)?;
    Ok(Span::new(span.source, place, place))
}

/// Why a bound number stays: `alone` where nothing but the number would be changed.
fn bound(figure: &str, number: &str, alone: bool, facts: Facts<'_>) -> Said {
    let span = facts.statistics.figures.get(figure).map(|found| facts.span(found));
    match (span.map(|span| place(facts, span)), alone) {
        (Some(place), true) => say!("the number is bound to the figure `{figure}`: mend it in {place}", figure, place),
        (None, true) => say!("the number is bound to the figure `{figure}`: mend that", figure),
        (Some(place), false) => say!(
            "“{number}” in these words is bound to the figure `{figure}` ({place}): reword the sentence around its binding by hand",
            number,
            figure,
            place
        ),
        (None, false) => say!(
            "“{number}” in these words is bound to the figure `{figure}`: reword the sentence around its binding by hand",
            number,
            figure
        ),
    }
}

fn printed<'p>(paragraph: &'p Paragraph, stretch: &Stretch) -> &'p str {
    paragraph.text.get(stretch.range.clone()).unwrap_or_default()
}

fn own_words(paragraph: &Paragraph, facts: Facts<'_>) -> Said {
    match defined(paragraph, facts) {
        Some(span) => {
            say!("the value comes from the data of the table: mend it in {place}", place = place(facts, span))
        }
        None => say!("the program writes these words itself: they stand in no file of the report"),
    }
}

/// Words as Markdown that means nothing but them.
fn written(words: &str) -> String {
    let paragraphs = words.split(PARAGRAPH_END).enumerate().map(|(at, words)| {
        let lines: Vec<String> = words.split('\n').map(escape::text).collect();
        let text = lines.join("\\\n");
        if at == 0 { text } else { escape::line(&text) }
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// Whether the line of a place begins a paragraph of running text.
fn is_plain_line(text: &str, at: usize) -> bool {
    let line = text.get(..at).map_or("", |before| before.rsplit('\n').next().unwrap_or_default());
    let line = if line.is_empty() { text.get(at..).unwrap_or_default() } else { line };
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = digits > 0 && line[digits..].starts_with(['.', ')']);
    !is_numbered && !line.starts_with(['#', '>', '-', '+', '*', '|', ':', ' ', '\t', '['])
}

/// Words that go, with one of the blanks that would meet.
fn with_blank(text: &str, span: Span) -> Span {
    let (before, after) = (text.get(..span.start as usize), text.get(span.end as usize..));
    let meet = before.is_some_and(|before| before.ends_with(' ')) && after.is_some_and(|after| after.starts_with(' '));
    if meet { Span { end: span.end + 1, ..span } } else { span }
}

/// Words that are all of a paragraph, with the sign of a list before them and the end of their line.
fn whole_lines(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return span };
    let lead = before.rsplit('\n').next().unwrap_or_default();
    let sign = lead.trim().trim_end_matches(['.', ')']);
    let is_item = matches!(sign, "-" | "*" | "+") || sign.bytes().all(|byte| byte.is_ascii_digit());
    let rest = after.split('\n').next().unwrap_or_default();
    if !is_item || !rest.trim().is_empty() {
        return span;
    }
    Span::new(span.source, start - lead.len(), (end + rest.len() + 1).min(text.len()))
}
