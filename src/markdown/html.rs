//! HTML in Markdown: refused with what to write instead. Comments are an author's remarks and are left out.

use std::ops::Range;

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic, Said, say};

/// Deals with a block that the parser takes for HTML.
pub fn block(range: Range<usize>, context: &mut Context) {
    let mut rest = context.masked(range.clone()).trim();
    while let Some(after) = rest.strip_prefix("<!--") {
        let Some((_, after)) = after.split_once("-->") else {
            let diagnostic = Diagnostic::error(Code::RAW_HTML, say!("a comment is not closed"))
                .help(say!("close it with `-->`; all that follows would be left out"));
            context.report(diagnostic, range.start..range.start + first_line(context.masked(range)));
            return;
        };
        rest = after.trim();
    }
    if rest.is_empty() {
        return;
    }
    let offset = context.masked(range.clone()).trim_end().len() - rest.len();
    let start = range.start + offset;
    let here = start..start + first_line(rest);
    match element(rest) {
        Some(_) => report(here, context),
        None => {
            let diagnostic =
                Diagnostic::error(Code::RAW_HTML, say!("text stands on the line of a comment and would be lost"))
                    .help(say!("begin it on a line of its own, with an empty line between"));
            context.report(diagnostic, here);
        }
    }
}

/// Deals with an HTML tag or comment in running text.
pub fn inline(range: Range<usize>, context: &mut Context) {
    let text = context.masked(range.clone());
    if !text.starts_with("<!--") {
        report(range, context);
    }
}

fn report(range: Range<usize>, context: &mut Context) {
    let written = context.original(range.clone());
    let name = element(&written).unwrap_or_default();
    let known = context.html_reported.contains(&name);
    if known && written.starts_with("</") {
        return;
    }
    if !known {
        context.html_reported.push(name.clone());
    }
    let shown = if name.is_empty() { "HTML".to_owned() } else { format!("HTML (`<{name}>`)") };
    let diagnostic = Diagnostic::error(Code::RAW_HTML, say!("{shown} stands in the text", shown))
        .help(instead(&name))
        .help(say!("to print the sign itself, write `\\<`"));
    context.report(diagnostic, range);
}

/// Length of the first line.
fn first_line(text: &str) -> usize {
    text.lines().next().unwrap_or("").trim_end().len()
}

/// The element's name, in small letters; empty for what has none (`<!DOCTYPE`, `<?`).
fn element(text: &str) -> Option<String> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    Some(inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase())
}

fn instead(name: &str) -> Said {
    match name {
        "br" => say!("for a line break end the line with a backslash"),
        "b" | "strong" => say!("for strong text write `**text**`"),
        "i" | "em" | "cite" => say!("for emphasis write `*text*`"),
        "a" => say!("for a link write `[text](https://…)`; an address in the report is a heading's `{#id}`"),
        "img" | "picture" | "figure" | "figcaption" | "svg" => {
            say!("for an image write `![Alternative text](picture.png \"Caption\")` alone in a paragraph")
        }
        "table" | "thead" | "tbody" | "tr" | "td" | "th" | "caption" => {
            say!("write a table in findings/ and print it with `{{ table id }}`, or write a Markdown table with `|`")
        }
        "ul" | "ol" | "li" => say!("for a list begin each line with `- ` or `1. `"),
        "dl" | "dt" | "dd" => say!("for definitions write the term on a line and `: description` on the next"),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => say!("for a heading begin the line with `#`, one for each level"),
        "blockquote" | "q" => say!("for a quotation begin each line with `> `"),
        "hr" => say!("for a rule write `---` between empty lines"),
        "p" | "div" | "section" | "span" | "font" | "center" => {
            say!("leave an empty line between paragraphs; looks are the template's, not the text's")
        }
        "code" | "pre" | "kbd" | "samp" => say!("for code write it between backticks"),
        "sup" => say!("for a note write `[^label]`; for a raised digit type it: ² ³"),
        "sub" => say!("type the lowered digit: ₂ ₃"),
        _ => say!("write it in Markdown, or as one of the blocks that docs/format.md lists"),
    }
}
