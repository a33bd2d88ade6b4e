//! What became a list by chance, or no list though it looks like one: a year, a speech dash or a bullet at the beginning of a line.

use std::ops::Range;

use super::context::Context;
use super::plain;
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::document::Block;

const DASHES: [char; 2] = ['–', '—'];
const BULLETS: [char; 5] = ['•', '·', '▪', '◦', '\u{f0b7}'];

/// "2019. It was the year …" at the beginning of a line is a list to Markdown.
pub fn report_year(start: u64, at: usize, context: &mut Context) {
    if (1000..10_000).contains(&start) {
        let message = say!("the line begins a list, because `{start}` with a point stands first in it", start);
        let diagnostic = Diagnostic::new(Severity::Warning, Code::LIST_BY_CHANCE, message)
            .help(say!("write `{start}\\.` if the sentence ends there, or begin the line with another word", start));
        context.report(diagnostic, at..at + start.to_string().len() + 1);
    }
}

/// A list by hyphens that reads as what somebody said.
pub fn report_replies(items: &[Vec<Block>], range: Range<usize>, context: &mut Context) {
    if !context.masked(range.clone()).starts_with('-') {
        return;
    }
    let sentences: Option<Vec<char>> = items.iter().map(|blocks| end_of_sentence(blocks)).collect();
    let message = match sentences.as_deref() {
        Some([_]) => say!("a line that begins with a hyphen is a list, here of one item"),
        // Items of a list are of one kind; in a dialogue questions are answered.
        Some(ends) if ends.contains(&'?') && ends.iter().any(|end| *end != '?') => {
            say!("lines that begin with hyphens are a list, and these read as a dialogue")
        }
        _ => return,
    };
    let diagnostic = Diagnostic::new(Severity::Info, Code::LIST_BY_CHANCE, message)
        .help(say!("if it is what somebody said, begin it with `–` and put an empty line before each reply"));
    context.report(diagnostic, range.start..range.start + 1);
}

/// The sign that a sentence ends with which is all of an item.
fn end_of_sentence(blocks: &[Block]) -> Option<char> {
    let [Block::Paragraph { content, .. }] = blocks else { return None };
    let text = plain(content);
    let last = text.trim_end_matches(['”', '"', '’', ')', ' ']).chars().next_back()?;
    matches!(last, '.' | '?' | '!' | '…').then_some(last)
}

/// Lines with dashes or bullets before them that are set as one paragraph.
pub fn report_joined(range: Range<usize>, context: &mut Context) {
    let source = context.masked(range.clone());
    let begins = |line: &str, signs: &[char]| {
        line.trim_start().strip_prefix(signs).is_some_and(|rest| rest.starts_with([' ', '\t', '\u{a0}']))
    };
    let replies = begins(source, &DASHES);
    let mut at = range.start;
    let mut before = "";
    for line in source.split_inclusive('\n') {
        let broken = before.is_empty() || before.trim_end_matches(['\r', '\n']).ends_with(['\\', ' ']);
        let (dash, bullet) = (replies && begins(line, &DASHES), begins(line, &BULLETS));
        if !broken && (dash || bullet) {
            let start = at + line.len() - line.trim_start().len();
            let sign = line.trim_start().chars().next().unwrap_or('–');
            let message =
                say!("the line goes on in the paragraph above it: `{sign}` begins neither a list nor a line", sign);
            let help = say!("begin items of a list with `- `");
            let diagnostic = Diagnostic::new(Severity::Warning, Code::LIST_BY_CHANCE, message).help(help);
            let diagnostic = if dash {
                diagnostic.help(say!("put an empty line before each reply of a dialogue"))
            } else {
                diagnostic
            };
            context.report(diagnostic, start..start + sign.len_utf8());
            return;
        }
        at += line.len();
        before = line;
    }
}
