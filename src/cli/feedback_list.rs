//! The list of comments and changes, for people and for machines.

use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, Tongue, say};
use crate::feedback::{Answer, Change, ChangeKind, Feedback, How, Item, Kind, Object, Place, Proposal, Returned, What};
use crate::source::{SourceMap, Span};

use super::output::Output;

/// Prints the list and what it adds up to.
pub fn print(heard: &Feedback, sources: &SourceMap, out: &Output) {
    for (at, item) in heard.items.iter().enumerate() {
        if at > 0 {
            out.plain("");
        }
        out.line(say!("{number}. {place}", number = at + 1, place = place(item.place.as_ref(), sources)));
        match &item.what {
            What::Comment { said, resolved, answers } => comment(item, said, *resolved, answers, out),
            What::Change { change, proposal } => {
                out.plain(indented(out, headline(change, item)));
                proposed(proposal, sources, out);
            }
        }
    }
    if !heard.items.is_empty() {
        out.plain("");
    }
    out.line(summary(heard));
}

fn indented(out: &Output, said: Said) -> String {
    format!("   {}", out.text(said))
}

fn comment(item: &Item, said: &Answer, resolved: bool, answers: &[Answer], out: &Output) {
    let by = by(said);
    let words = brief(&item.words);
    let head = match (resolved, item.words.is_empty(), item.on_paragraph) {
        (false, true, _) => say!("Comment by {by}", by),
        (true, true, _) => say!("Resolved comment by {by}", by),
        (false, _, true) => say!("Comment by {by}, at the paragraph “{words}”", by, words),
        (true, _, true) => say!("Resolved comment by {by}, at the paragraph “{words}”", by, words),
        (false, ..) => say!("Comment by {by}, on “{words}”", by, words),
        (true, ..) => say!("Resolved comment by {by}, on “{words}”", by, words),
    };
    out.plain(indented(out, head));
    text(&said.text, out);
    for answer in answers {
        out.plain(indented(out, say!("Answer by {by}", by = self::by(answer))));
        text(&answer.text, out);
    }
}

fn text(text: &str, out: &Output) {
    if text.is_empty() {
        out.plain(format!("     {}", out.text(say!("(without words)"))));
    }
    text.lines().for_each(|line| out.plain(format!("     {line}")));
}

/// "Anna Ek, 2026-11-20 14:03"
fn by(Answer { author, date, .. }: &Answer) -> Said {
    who(author, date)
}

fn who(author: &str, date: &str) -> Said {
    let author = if author.trim().is_empty() { say!("somebody without a name") } else { Said::verbatim(author) };
    match minute(date) {
        date if date.is_empty() => say!("{author}", author),
        date => say!("{author}, {date}", author, date),
    }
}

/// A time of the file as far as it is told to people; what is none stands as it is.
fn minute(date: &str) -> String {
    let is_time = date.len() >= 16
        && date
            .bytes()
            .take(16)
            .zip("0000-00-00T00:00".bytes())
            .all(|(a, b)| if b == b'0' { a.is_ascii_digit() } else { a == b });
    if is_time { date[..16].replace('T', " ") } else { date.to_owned() }
}

fn place(place: Option<&Place>, sources: &SourceMap) -> Said {
    let Some(Place { span, end, how }) = place else { return say!("not found in the report") };
    let told = address(*span, sources);
    let told = match end {
        Some(end) => say!("{place} to {end}", place = told, end = address(*end, sources)),
        None => Said::verbatim(told),
    };
    match how {
        How::Here => told,
        How::Reworded => say!("{place}, which has other words now", place = told),
        How::Near => say!("near {place}", place = told),
    }
}

fn address(span: Span, sources: &SourceMap) -> String {
    let place = sources.position(span);
    format!("{}:{}:{}", sources.get(span.source).path, place.line, place.column)
}

/// So many characters of a text are shown at most, and so many of its end.
const MOST: usize = 160;
const END: usize = 40;

fn brief(words: &str) -> String {
    let count = words.chars().count();
    if count <= MOST {
        return words.to_owned();
    }
    let start: String = words.chars().take(MOST - END).collect();
    let end: String = words.chars().skip(count - END).collect();
    format!("{} … {}", start.trim_end(), end.trim_start())
}

fn headline(change: &Change, item: &Item) -> Said {
    let by = who(&change.author, &change.date);
    let what = done(change);
    let in_words = item.on_paragraph && !item.words.is_empty() && !matches!(change.kind, ChangeKind::Mark(_));
    let words = brief(&item.words);
    match (change.kind == ChangeKind::Untracked, in_words) {
        (true, _) => say!("Changed without tracking: {what}", what),
        (false, true) => say!("Change by {by}: {what}, in “{words}”", by, what, words),
        (false, false) => say!("Change by {by}: {what}", by, what),
    }
}

/// What somebody did: "“finns” replaced by “saknas”".
fn done(change: &Change) -> Said {
    let (old, new) = (brief(&change.old), brief(&change.new));
    match &change.kind {
        ChangeKind::MovedFrom => say!("“{old}” moved away from here", old),
        ChangeKind::MovedTo => say!("“{new}” moved here", new),
        ChangeKind::Undone => say!("“{old}” written and struck again", old),
        ChangeKind::Mark(kind) => mark(kind, if old.is_empty() { new } else { old }),
        ChangeKind::Words | ChangeKind::Untracked => match (change.object, old.is_empty(), new.is_empty()) {
            (Some(Object::Note), true, true) => say!("a note"),
            (Some(Object::Picture), true, true) => say!("a picture"),
            (_, true, true) => say!("a change without words"),
            (_, true, false) if new == "¶" => say!("a new paragraph begun"),
            (_, false, true) if old == "¶" => say!("joined with the next paragraph"),
            (_, true, false) => say!("“{new}” written", new),
            (_, false, true) => say!("“{old}” struck", old),
            _ => say!("“{old}” replaced by “{new}”", old, new),
        },
    }
}

fn mark(kind: &Kind, words: String) -> Said {
    match kind {
        Kind::Look => say!("the look of “{words}”", words),
        Kind::ParagraphLook => say!("the look of the paragraph “{words}”", words),
        Kind::TableLook => say!("the look of a table, at “{words}”", words),
        Kind::SectionLook => say!("the look of the pages"),
        Kind::Numbering => say!("the numbering of “{words}”", words),
        Kind::RowInserted => say!("a row of a table added: “{words}”", words),
        Kind::RowDeleted => say!("a row of a table struck: “{words}”", words),
        Kind::CellInserted => say!("a cell of a table added, at “{words}”", words),
        Kind::CellDeleted => say!("a cell of a table struck, at “{words}”", words),
        Kind::CellsMerged => say!("cells of a table merged, at “{words}”", words),
        Kind::Inserted | Kind::MovedTo | Kind::RangeTo => say!("something added, at “{words}”", words),
        Kind::Deleted | Kind::MovedFrom | Kind::RangeFrom => say!("something struck, at “{words}”", words),
        Kind::Other(name) => say!("a change of the kind `{name}`, at “{words}”", name, words),
    }
}

/// The lines of the file before and after, or why there are none.
fn proposed(proposal: &Proposal, sources: &SourceMap, out: &Output) {
    match proposal {
        Proposal::Left(reason) if reason.is_empty() => {}
        Proposal::Left(reason) => out.plain(indented(out, say!("By hand: {reason}", reason))),
        Proposal::Edit { edit, doubt, .. } => {
            let (before, after) = lines(edit.fix.span, &edit.fix.replacement, sources);
            before.iter().for_each(|line| out.plain(format!("   - {line}")));
            after.iter().for_each(|line| out.plain(format!("   + {line}")));
            if let Some(doubt) = doubt {
                out.plain(indented(out, say!("Not certain: {doubt}", doubt)));
            }
        }
    }
}

/// Whole lines of a file, and what they would be.
fn lines(span: Span, replacement: &str, sources: &SourceMap) -> (Vec<String>, Vec<String>) {
    let text = &sources.get(span.source).text;
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return (Vec::new(), Vec::new()) };
    let lead = before.rsplit('\n').next().unwrap_or_default();
    let rest = if text.get(start..end).is_some_and(|old| old.ends_with('\n')) {
        ""
    } else {
        after.split('\n').next().unwrap_or_default()
    };
    let old = format!("{lead}{}{rest}", text.get(start..end).unwrap_or_default());
    let new = format!("{lead}{replacement}{rest}");
    let split = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    (split(&old), split(&new))
}

/// "60 comments and 24 changes; 20 changes can be written as shown, 4 are left to you"
fn summary(heard: &Feedback) -> Said {
    let changes = heard.items.iter().filter(|item| matches!(item.what, What::Change { .. })).count();
    let comments = heard.comments;
    let unplaced = heard.items.iter().filter(|item| item.place.is_none()).count();
    let told = match (comments, changes) {
        (0, 0) => say!("no comments and no changes"),
        _ => {
            say!("{comments} and {changes}", comments = counted_comments(comments), changes = counted_changes(changes))
        }
    };
    match unplaced {
        0 => told,
        _ => say!("{told}; {unplaced} without a place in the report", told, unplaced),
    }
}

fn counted_comments(count: usize) -> Said {
    Said::one_or_more(count, say!("1 comment"), say!("{count} comments", count))
}

pub fn counted_changes(count: usize) -> Said {
    Said::one_or_more(count, say!("1 change"), say!("{count} changes", count))
}

/// Everything as data.
pub fn as_json(file: &Returned, found: Option<&str>, heard: &Feedback, sources: &SourceMap, tongue: Tongue) -> Value {
    let items: Vec<Value> = heard.items.iter().map(|item| item_json(item, sources, tongue)).collect();
    let changes = heard.items.iter().filter(|item| matches!(item.what, What::Change { .. })).count();
    json!({
        "report": found,
        "version": file.version,
        "comments": heard.comments,
        "changes": changes,
        "marks": heard.marks,
        "items": items,
    })
}

fn item_json(item: &Item, sources: &SourceMap, tongue: Tongue) -> Value {
    let mut out = match &item.what {
        What::Comment { said, resolved, answers } => json!({
            "type": "comment", "author": said.author, "date": said.date, "text": said.text, "resolved": resolved,
            "answers": answers.iter().map(|answer| json!({
                "author": answer.author, "date": answer.date, "text": answer.text, "resolved": answer.resolved,
            })).collect::<Vec<_>>(),
        }),
        What::Change { change, proposal } => {
            let (edit, certain, reason) = match proposal {
                Proposal::Edit { edit, doubt, .. } => (Some(edit), doubt.is_none(), doubt.as_ref()),
                Proposal::Left(reason) => (None, false, Some(reason).filter(|reason| !reason.is_empty())),
            };
            let edit = edit.map(|edit| {
                let (before, after) = lines(edit.fix.span, &edit.fix.replacement, sources);
                json!({"file": sources.get(edit.fix.span.source).path, "before": before, "after": after})
            });
            json!({
                "type": "change", "author": change.author, "date": change.date, "old": change.old, "new": change.new,
                "kind": kind(&change.kind), "what": done(change).text_in(tongue), "marks": change.marks, "move": change.name,
                "edit": edit, "certain": certain, "reason": reason.map(|reason| reason.text_in(tongue)),
            })
        }
    };
    out["words"] = item.words.as_str().into();
    out["place"] = item.place.as_ref().map_or(Value::Null, |place| {
        let at = sources.position(place.span);
        json!({
            "file": sources.get(place.span.source).path, "line": at.line, "column": at.column,
            "end_line": place.end.map(|end| sources.position(end).line),
            "is": match place.how { How::Here => "here", How::Reworded => "reworded", How::Near => "near" },
        })
    });
    out
}

const fn kind(kind: &ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Words => "words",
        ChangeKind::Untracked => "untracked",
        ChangeKind::Undone => "undone",
        ChangeKind::MovedFrom => "moved-from",
        ChangeKind::MovedTo => "moved-to",
        ChangeKind::Mark(mark) => match mark {
            Kind::Inserted => "inserted",
            Kind::Deleted => "deleted",
            Kind::MovedFrom | Kind::RangeFrom => "moved-from",
            Kind::MovedTo | Kind::RangeTo => "moved-to",
            Kind::Look => "look",
            Kind::ParagraphLook => "paragraph-look",
            Kind::TableLook => "table-look",
            Kind::SectionLook => "section-look",
            Kind::Numbering => "numbering",
            Kind::RowInserted => "row-inserted",
            Kind::RowDeleted => "row-deleted",
            Kind::CellInserted => "cell-inserted",
            Kind::CellDeleted => "cell-deleted",
            Kind::CellsMerged => "cells-merged",
            Kind::Other(_) => "other",
        },
    }
}

/// Everything as remarks beside the lines of files, for editors and code hosts.
pub fn as_diagnostics(heard: &Feedback) -> Sink {
    let mut sink = Sink::default();
    for (at, item) in heard.items.iter().enumerate() {
        let message = match &item.what {
            What::Comment { said, answers, .. } => {
                let all = std::iter::once(said).chain(answers);
                Said::list(all.map(|said| say!("{by}: {text}", by = by(said), text = said.text)), "\n")
            }
            What::Change { change, .. } => headline(change, item),
        };
        // With its number, so that two who say the same are two.
        let message = say!("{number}. {told}", number = at + 1, told = message);
        let found = Diagnostic::new(Severity::Info, Code::FEEDBACK, message);
        sink.push(match item.place {
            Some(place) => found.at(place.span),
            None => found,
        });
    }
    sink
}
