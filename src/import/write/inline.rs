//! Running text as Markdown.

use crate::diagnostic::say;
use crate::markdown::leads_out;

use super::super::manuscript::{Inline, is_blank, words};
use super::super::remark::{Remark, beginning};
use super::escape;
use super::plan::{Plan, Target};

/// Markdown that was written, the names of notes that it refers to, and what in it needs a hand.
#[derive(Debug, Default)]
pub struct Markdown {
    pub text: String,
    pub notes: Vec<String>,
    pub remarks: Vec<Remark>,
}

/// Running text as Markdown of one block; a line break ends a line.
pub fn markdown(inlines: &[Inline], plan: &Plan) -> Markdown {
    let mut out = Markdown::default();
    write(inlines, None, plan, &mut out);
    out
}

/// Writes what the sign `end` follows, where one does.
fn write(inlines: &[Inline], end: Option<char>, plan: &Plan, out: &mut Markdown) {
    for (at, inline) in inlines.iter().enumerate() {
        let next = || inlines[at + 1..].iter().find_map(first_sign).or(end);
        match inline {
            Inline::Text(text) => out.text.push_str(&escape::text(text)),
            Inline::Strong(content) | Inline::Emphasis(content) if both(inline).is_some() => {
                marked("***", both(inline).unwrap_or(content), next(), plan, out)
            }
            Inline::Strong(content) => marked("**", content, next(), plan, out),
            Inline::Emphasis(content) => marked("*", content, next(), plan, out),
            // The Markdown of reports has no strokes through words.
            Inline::Strikethrough(content) => {
                write(content, next(), plan, out);
                if !is_blank(content) {
                    let what = say!(
                        "“{words}” is struck out in the document and stands without the stroke",
                        words = beginning(&words(content))
                    );
                    out.remarks.push(Remark::new(what, say!("delete it, or leave it where it is meant to be read")));
                }
            }
            Inline::Code(code) => out.text.push_str(&code_span(code)),
            Inline::Link { address, content } => link(address, content, plan, out),
            Inline::Reference { anchor, content } => reference(anchor, content, plan, out),
            Inline::Anchor(_) => {}
            Inline::Note(name) => {
                out.text.push_str(&format!("[^{name}]"));
                out.notes.push(name.clone());
            }
            Inline::Citation { cited, .. } => out.text.push_str(&super::sources::citation(cited, plan.language)),
            Inline::LineBreak => out.text.push_str("\\\n"),
            Inline::Remark(remark) => out.remarks.push(remark.clone()),
        }
    }
}

/// What is bold and italic at once.
fn both(inline: &Inline) -> Option<&[Inline]> {
    match inline {
        Inline::Strong(content) => match content.as_slice() {
            [Inline::Emphasis(content)] => Some(content),
            _ => None,
        },
        Inline::Emphasis(content) => match content.as_slice() {
            [Inline::Strong(content)] => Some(content),
            _ => None,
        },
        _ => None,
    }
}

fn inner(content: &[Inline], plan: &Plan, out: &mut Markdown) -> String {
    let outer = std::mem::take(&mut out.text);
    write(content, None, plan, out);
    std::mem::replace(&mut out.text, outer)
}

/// Emphasis, where Markdown can have it: what would not be read as such stands plain.
fn marked(mark: &str, content: &[Inline], next: Option<char>, plan: &Plan, out: &mut Markdown) {
    let said = words(content);
    let (first, last) = (said.trim().chars().next(), said.trim().chars().next_back());
    let before = out.text.chars().next_back();
    // What begins a binding, a citation or a note is no sign to the parser of Markdown (`markdown::mask`).
    let is_own = |c: char| "{}[]^@".contains(c);
    let parts = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || (is_punctuation(c) && !is_own(c)));
    let is_word = |c: Option<char>| c.is_some_and(|c| !is_punctuation(c));
    if first.is_none() || !(is_word(first) || parts(before)) || !(is_word(last) || parts(next)) {
        return write(content, next, plan, out);
    }
    let (notes, remarks) = (out.notes.len(), out.remarks.len());
    let text = inner(content, plan, out);
    let core = text.trim();
    // Stars that meet are one run to the parser.
    let inside = [core.chars().next(), core.chars().next_back()].contains(&Some('*'));
    if before == Some('*') || inside {
        out.notes.truncate(notes);
        out.remarks.truncate(remarks);
        return write(content, next, plan, out);
    }
    let start = text.len() - text.trim_start().len();
    out.text.push_str(&text[..start]);
    out.text.push_str(mark);
    out.text.push_str(core);
    out.text.push_str(mark);
    out.text.push_str(&text[start + core.len()..]);
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// The first sign that an inline is written with.
fn first_sign(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        // The mark may be left out; where it is not, it is a sign as well.
        Inline::Strong(content) | Inline::Emphasis(content) | Inline::Strikethrough(content) => {
            content.iter().find_map(first_sign)
        }
        Inline::Code(_) => Some('`'),
        Inline::Link { .. } | Inline::Reference { .. } | Inline::Note(_) | Inline::Citation { .. } => Some('['),
        Inline::LineBreak => Some('\n'),
        Inline::Anchor(_) | Inline::Remark(_) => None,
    }
}

/// Code between more backticks than it holds in a row.
fn code_span(code: &str) -> String {
    let code = code.replace(['\n', '\r'], " ");
    let most = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(most + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{code}{pad}{ticks}")
}

fn link(address: &str, content: &[Inline], plan: &Plan, out: &mut Markdown) {
    let address = address.trim();
    if !leads_out(address) {
        write(content, None, plan, out);
        if !is_blank(content) {
            let what = say!(
                "the link of “{words}” leads to {address}, which readers cannot open",
                address,
                words = beginning(&words(content))
            );
            out.remarks.push(Remark::new(what, say!("write an address of the web, or leave it without a link")));
        }
        return;
    }
    bracketed(content, &address.replace(' ', "%20").replace('(', "%28").replace(')', "%29"), plan, out);
}

/// `[content](target)`; blanks at the ends stand outside.
fn bracketed(content: &[Inline], target: &str, plan: &Plan, out: &mut Markdown) {
    let text = inner(content, plan, out);
    let core = text.trim();
    if core.is_empty() {
        out.text.push_str(&text);
        return;
    }
    let start = text.len() - text.trim_start().len();
    out.text.push_str(&format!("{}[{core}]({target}){}", &text[..start], &text[start + core.len()..]));
}

/// Words before a number that name what it is the number of.
const SECTIONS: &[&str] = &["avsnitt", "kapitel", "section", "chapter", "kapittel", "avsnittet"];

fn reference(anchor: &str, content: &[Inline], plan: &Plan, out: &mut Markdown) {
    let shown = words(content);
    let shown = shown.trim();
    match plan.target(anchor) {
        Some(Target::Table(id)) => numbered(&format!("table-{id}"), content, shown, plan, out),
        Some(Target::Chart(id)) => numbered(&format!("chart-{id}"), content, shown, plan, out),
        Some(Target::Heading(id)) if is_number(shown) => {
            // "avsnitt 2.1": the program writes the word and the number.
            let before = out.text.trim_end_matches([' ', '\u{a0}']);
            let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            if SECTIONS.contains(&word) {
                out.text.truncate(before.len() - word.len());
            }
            out.text.push_str(&format!("[](#{id})"));
        }
        Some(Target::Heading(id)) => bracketed(content, &format!("#{id}"), plan, out),
        None => {
            write(content, None, plan, out);
            if !shown.is_empty() {
                let what =
                    say!("the reference “{words}” leads to a place that has no address", words = beginning(shown));
                out.remarks.push(Remark::new(what, say!("lead it to a heading, table or chart: [](#id)")));
            }
        }
    }
}

/// A reference to what the program numbers: without words of its own where they are no more than its name and number.
fn numbered(id: &str, content: &[Inline], shown: &str, plan: &Plan, out: &mut Markdown) {
    let plain = super::super::words::caption(shown).is_some_and(|(.., rest)| rest.is_empty());
    let begins = out.text.trim_end().is_empty() || out.text.trim_end().ends_with(['.', '?', '!', ':']);
    if plain && !(begins && shown.starts_with(char::is_uppercase)) {
        out.text.push_str(&format!("[](#{id})"));
    } else {
        bracketed(content, &format!("#{id}"), plan, out);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}
