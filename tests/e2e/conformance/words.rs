//! Words of both outputs in one form: references to notes as `[5]`, notes themselves left out, spaces alike.

use super::page::{Node, Tag};
use super::pdf::{Child, Element, Link};

/// White space of any length is one space and none at the ends, whether a line may end there or not; hyphens that only a broken line shows
/// are no text.
pub fn folded(text: &str) -> String {
    let text = text.replace('\u{ad}', "");
    text.split([' ', '\u{a0}', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of an element of a PDF.
pub fn pdf_text(element: &Element) -> String {
    pdf_run(&element.children.iter().collect::<Vec<_>>())
}

/// The words of children that follow each other.
pub fn pdf_run(children: &[&Child]) -> String {
    let mut out = String::new();
    for child in children {
        match child {
            Child::Text { text, .. } => out.push_str(text),
            Child::Link(_) => {}
            Child::Element(element) if element.kind == "Note" => {}
            Child::Element(element) if is_note_mark(element) => out.push_str(&format!("[{}]", element.text().trim())),
            Child::Element(element) => out.push_str(&pdf_text(element)),
        }
    }
    out
}

/// A raised link: the mark of a note. The first mark of a note stands in a label, later ones in the text as they are.
fn is_note_mark(element: &Element) -> bool {
    let raised = |link: &Element| {
        let mut found = false;
        link.visit(&mut |inner| found |= inner.attributes.contains_key("BaselineShift"));
        found
    };
    let is_link = |link: &Element| link.kind == "Link" && raised(link);
    match element.kind.as_str() {
        "Link" => raised(element),
        "Span" => {
            let inner: Vec<&Element> = element.elements().collect();
            element.attributes.contains_key("BaselineShift")
                && matches!(inner.as_slice(), [link] if link.kind == "Link")
                && element.children.len() == 1
        }
        "Lbl" => element.elements().any(is_link),
        _ => false,
    }
}

/// All marks of notes in a PDF with their number, where they lead and the page that they stand on.
pub fn note_marks(root: &Element) -> Vec<(u32, &Link, usize)> {
    let mut out = Vec::new();
    collect_marks(root, &mut out);
    out
}

fn collect_marks<'a>(element: &'a Element, out: &mut Vec<(u32, &'a Link, usize)>) {
    for child in element.elements().filter(|child| child.kind != "TOC") {
        if is_note_mark(child) {
            let links = child.links();
            let page = child.pages().first().copied().unwrap_or_default();
            if let (Ok(number), [link]) = (child.text().trim().parse(), links.as_slice()) {
                out.push((number, link, page));
            }
        } else if child.kind == "Note" {
            // Its own mark leads back.
            child.elements().filter(|inner| inner.kind != "Lbl").for_each(|inner| collect_marks(inner, out));
        } else {
            collect_marks(child, out);
        }
    }
}

/// The words of a tag of a page, without what is only there to lead back.
pub fn page_text(tag: &Tag) -> String {
    page_run(&tag.children.iter().collect::<Vec<_>>())
}

pub fn page_run(nodes: &[&Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Tag(tag) if tag.name == "br" => out.push(' '),
            Node::Tag(tag) if tag.get("role") == Some("doc-backlink") || tag.has_class("visually-hidden") => {}
            Node::Tag(tag) if tag.has_class("note-mark") => {
                let mark = page_text(tag);
                // An asterisk is high enough as it is.
                let raised = !mark.starts_with('*');
                out.push_str(&if raised { format!("[{mark}]") } else { mark });
            }
            Node::Tag(tag) => out.push_str(&page_text(tag)),
        }
    }
    out
}
