//! Where links lead, and images.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::context::Context;
use super::mask::{BRACE_OPEN, unmask};
use super::slug::plain;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::{Image, Inline};
use crate::limits;
use crate::source::{Spanned, Text};

/// Makes the inlines of a link. The content stays as it is where the target was reported.
pub fn link(
    link_type: LinkType,
    target: &str,
    content: Vec<Inline>,
    range: Range<usize>,
    context: &mut Context,
) -> Vec<Inline> {
    let span = context.block_span(range.clone());
    let place = context.find(range.clone(), target);
    let address = unmask(target);
    if target.contains(BRACE_OPEN) {
        let message = say!("a binding cannot stand in a link's target");
        context.report(Diagnostic::error(Code::LINK_TARGET, message).help(say!("write the address out")), range);
        return content;
    }
    if let Some(id) = address.strip_prefix('#').filter(|id| !id.is_empty()) {
        let target = context.find(range, id);
        return vec![Inline::Reference { target: Spanned::new(id.to_owned(), target), content, span }];
    }
    if let Some(tag) = address.strip_prefix("lang:") {
        return language(tag, content, range, context);
    }
    let href = match link_type {
        LinkType::Email => format!("mailto:{address}"),
        _ => address.clone(),
    };
    if is_blank(&content) {
        let diagnostic = Diagnostic::error(Code::LINK_EMPTY, say!("a link has no text"))
            .help(say!("say where it leads: `[the agency's report]({href})`", href));
        context.report(diagnostic, range);
    }
    if !leads_out(&href) && is_placeholder(&address) {
        let diagnostic = Diagnostic::error(Code::LINK_PLACEHOLDER, say!("`{address}` is no address yet", address))
            .help(say!("write where the link leads, or take the link away"));
        context.sink.push(diagnostic.at(place));
        return content;
    }
    if !leads_out(&href) {
        let message = match address.as_str() {
            "" => say!("a link has no target"),
            _ => say!("`{address}` is no target of a link", address),
        };
        let help =
            say!("write https://…, http://… or mailto:…, or # and the id of a heading, table or chart of this report");
        context.sink.push(Diagnostic::error(Code::LINK_TARGET, message).at(place).help(help));
        return content;
    }
    context.sink.check_length(say!("the target of a link"), &href, limits::LINK, place);
    vec![Inline::Link { href: Spanned::new(href, place), content, span }]
}

fn language(tag: &str, content: Vec<Inline>, range: Range<usize>, context: &mut Context) -> Vec<Inline> {
    let place = context.find(range.clone(), tag);
    if !matches!(tag.len(), 2 | 3) || !tag.bytes().all(|byte| byte.is_ascii_lowercase()) {
        let diagnostic = Diagnostic::error(Code::LANGUAGE_TAG, say!("`{tag}` is not the tag of a language", tag))
            .at(place)
            .help(say!("write two or three small letters, as in `[text](lang:en)`"));
        context.sink.push(diagnostic);
        return content;
    }
    if is_blank(&content) {
        let message = say!("no text is marked as being in another language");
        context.report(Diagnostic::error(Code::EMPTY_TEXT, message), range);
    }
    vec![Inline::Language { language: Spanned::new(tag.to_owned(), place), content }]
}

/// Whether an address holds the place of one that was to come.
fn is_placeholder(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    let bare = lower.trim_end_matches(['/', '.', ':']);
    matches!(
        bare,
        "#" | "http" | "https" | "mailto" | "todo" | "tbd" | "fixme" | "url" | "link" | "länk" | "adress" | "?" | "-"
    ) || (bare.len() > 1 && bare.bytes().all(|byte| byte == b'x'))
}

/// Whether an address is one of the web or of e-mail.
pub fn leads_out(href: &str) -> bool {
    let Some((scheme, rest)) = href.split_once(':') else { return false };
    let clean = !rest.contains(|c: char| c.is_whitespace() || c.is_control());
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
            clean && host.is_some_and(|host| host.chars().any(char::is_alphanumeric))
        }
        "mailto" => {
            let address = rest.split('?').next().unwrap_or("");
            clean && address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        }
        _ => false,
    }
}

/// Whether nothing would be printed.
pub fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text, _) | Inline::Code(text) => text.trim().is_empty(),
        Inline::Emphasis(content) | Inline::Strong(content) | Inline::Strikethrough(content) => is_blank(content),
        Inline::Link { content, .. } | Inline::Language { content, .. } => is_blank(content),
        Inline::LineBreak => true,
        Inline::Reference { .. } | Inline::Citation { .. } | Inline::NoteReference { .. } | Inline::Binding(_) => false,
    })
}

/// Makes an image of what stands between its brackets, its path and its title.
pub fn image(path: &str, title: &str, content: &[Inline], range: Range<usize>, context: &mut Context) -> Image {
    let alt = plain(content).trim().to_owned();
    let path = Spanned::new(unmask(path), context.find(range.clone(), path));
    if path.value.is_empty() {
        let diagnostic = Diagnostic::error(Code::VALUE_INVALID, say!("an image has no file"));
        context.report(diagnostic.help(say!("write `![Alternative text](picture.png)`")), range.clone());
    }
    if content
        .iter()
        .any(|inline| matches!(inline, Inline::Binding(_) | Inline::Citation { .. } | Inline::NoteReference { .. }))
    {
        let message = say!("an alternative text holds a binding, a citation or a note");
        let help = say!("an alternative text is plain words; put the rest in the caption");
        context.report(Diagnostic::error(Code::VALUE_INVALID, message).help(help), range.clone());
    } else if alt.is_empty() {
        let diagnostic = Diagnostic::error(Code::IMAGE_ALT, say!("an image has no alternative text")).help(say!(
            "say what it shows, for readers who do not see it: `![Map of the districts]({path})`",
            path = path.value
        ));
        context.report(diagnostic, range.clone());
    }
    let span = context.block_span(range.clone());
    context.sink.check_length(say!("an alternative text"), &alt, limits::DESCRIPTION, span);
    Image { path, alt, caption: caption(title, range, context), span }
}

/// A caption is Markdown of its own, inside the quotation marks of the title.
fn caption(title: &str, range: Range<usize>, context: &mut Context) -> Option<Vec<Inline>> {
    let value = unmask(title);
    if value.trim().is_empty() {
        return None;
    }
    let span = context.find(range.clone(), title);
    let verbatim = span != context.span(range) && !value.contains('\n');
    let text = Text { value, span, verbatim, literal: false, original: None };
    let (inlines, notes) = super::inlines(&text, &super::mask_paragraph(&text), context.sink);
    context.notes.extend(notes);
    Some(inlines)
}
