//! `[@key, locator; @key]`.

use std::ops::Range;

use super::context::Context;
use super::mask::unmask;
use super::run::Run;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::{CitationItem, Inline};
use crate::source::Spanned;

/// Reads what stands between the brackets at `range`. `None` where it was reported.
pub fn citation(run: &Run, range: Range<usize>, context: &mut Context) -> Option<Inline> {
    let whole = run.source(range.start - 1..range.end + 1);
    let mut items = Vec::new();
    let mut start = range.start;
    for part in run.slice(range.clone()).split(';') {
        let Some(item) = item(run, start, part, context) else {
            let message = say!("`{text}` is not a citation", text = unmask(part.trim()));
            let help = say!("write `[@key]`, `[@key, s. 12]` or `[@one; @two, kap. 3]`; each source begins with @");
            context.report(Diagnostic::error(Code::SOURCE_UNKNOWN, message).help(help), whole);
            return None;
        };
        items.push(item);
        start += part.len() + 1;
    }
    Some(Inline::Citation { items, span: context.span(whole) })
}

fn item(run: &Run, start: usize, part: &str, context: &Context) -> Option<CitationItem> {
    let blanks = part.len() - part.trim_start().len();
    let (key, locator) = match part.split_once(',') {
        Some((key, locator)) => (key.trim(), unmask(locator.trim())),
        None => (part.trim(), String::new()),
    };
    let name = unmask(key.strip_prefix('@')?);
    let known = |c: char| c.is_alphanumeric() || "-_.:/+".contains(c);
    if name.is_empty() || !name.chars().all(known) {
        return None;
    }
    let at = start + blanks + 1;
    let span = context.span(run.source(at..at + name.len()));
    Some(CitationItem { key: Spanned::new(name, span), locator: (!locator.is_empty()).then_some(locator) })
}

/// Reports `[@` at `start` that nothing closes.
pub fn report_unclosed(run: &Run, start: usize, context: &mut Context) {
    let diagnostic = Diagnostic::error(Code::SOURCE_UNKNOWN, say!("a citation is not closed"))
        .help(say!("close it with `]` in the same paragraph; bindings, code and brackets cannot stand in it"))
        .help(say!("to print the bracket as it is, write `\\[@`"));
    context.report(diagnostic, run.source(start..start + 2));
}
