//! Both outputs as lines of one form, so that they can be held against each other: what each block is, and its words.
//!
//! `heading 2: 1.1 Syfte`, `quote > text: …`, `item 1. > text: …`, `caption: …`, `row: a | b`, `picture: alternative text`.

use super::grid::Grid;
use super::page::{Node, Tag};
use super::pdf::{Child, Element};
use super::words::{folded, page_run, page_text, pdf_run, pdf_text};

/// Everything of the PDF behind its table of contents.
pub fn of_pdf(root: &Element) -> Vec<String> {
    let mut out = Lines::default();
    let document = root.elements().next().expect("a document");
    let children: Vec<&Child> = document.children.iter().collect();
    let is_contents = |child: &&Child| matches!(child, Child::Element(element) if element.kind == "TOC");
    let start = children.iter().rposition(is_contents).map_or(0, |at| at + 1);
    out.pdf(&children[start..], "");
    out.0
}

/// Everything of the page's chapters, and who signs it.
pub fn of_page(root: &Tag) -> Vec<String> {
    let mut out = Lines::default();
    let is_part = |tag: &Tag| tag.name == "section" && tag.has_class("chapter") || tag.has_class("sign-off");
    for chapter in root.all(is_part) {
        out.page(&chapter.children.iter().collect::<Vec<_>>(), "");
    }
    out.0
}

/// The notes of the PDF in their order.
pub fn notes_of_pdf(root: &Element) -> Vec<String> {
    let note = |note: &&Element| {
        let number = note.elements().find(|inner| inner.kind == "Lbl").map(|label| label.text()).unwrap_or_default();
        let rest: Vec<&Child> = note
            .children
            .iter()
            .filter(|child| !matches!(child, Child::Element(inner) if inner.kind == "Lbl"))
            .collect();
        format!("note {}: {}", number.trim(), folded(&pdf_run(&rest)))
    };
    root.all("Note").iter().map(note).collect()
}

/// The notes of the page in their order.
pub fn notes_of_page(root: &Tag) -> Vec<String> {
    let notes = root.first(|tag| tag.get("role") == Some("doc-endnotes"));
    let items = notes.into_iter().flat_map(|notes| notes.named("li"));
    items.zip(1..).map(|(note, number)| format!("note {number}: {}", folded(&page_text(note)))).collect()
}

#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, prefix: &str, kind: &str, text: &str) {
        let text = folded(text);
        if !text.is_empty() {
            self.0.push(format!("{prefix}{kind}: {text}"));
        }
    }

    fn table(&mut self, grid: &Grid, prefix: &str) {
        self.add(prefix, "caption", &grid.caption);
        for row in &grid.rows {
            let cells: Vec<String> = row
                .iter()
                .map(|cell| if cell.header { format!("*{}*", cell.text) } else { cell.text.clone() })
                .collect();
            self.add(prefix, "row", &cells.join(" | "));
        }
    }

    fn pdf(&mut self, children: &[&Child], prefix: &str) {
        let mut run: Vec<&Child> = Vec::new();
        for child in children {
            match child {
                Child::Element(element) if !is_inline(element) => {
                    self.add(prefix, "text", &pdf_run(&run));
                    run.clear();
                    self.pdf_block(element, prefix);
                }
                _ => run.push(child),
            }
        }
        self.add(prefix, "text", &pdf_run(&run));
    }

    fn pdf_block(&mut self, element: &Element, prefix: &str) {
        let children: Vec<&Child> = element.children.iter().collect();
        match element.kind.as_str() {
            "TOC" => {}
            kind if kind.len() == 2 && kind.starts_with('H') => {
                self.add(prefix, &format!("heading {}", &kind[1..]), &pdf_text(element));
            }
            "BlockQuote" => self.pdf(&children, &format!("{prefix}quote > ")),
            "Caption" => self.add(prefix, "caption", &pdf_text(element)),
            "Figure" => self.add(prefix, "picture", element.alt.as_deref().unwrap_or_default()),
            "Code" => {
                let lines: Vec<String> = element.elements().map(pdf_text).collect();
                self.add(prefix, "code", &lines.join("\n"));
            }
            "Table" => self.table(&Grid::of_pdf(element), prefix),
            "L" => {
                let terms = element.attribute("ListNumbering") == Some("None");
                let ordered = element.attribute("ListNumbering") == Some("Decimal");
                let mut within = prefix.to_owned();
                for item in element.elements() {
                    // A list within an item stands behind the item, as the standard has it.
                    if item.kind == "L" {
                        self.pdf_block(item, &within);
                        continue;
                    }
                    let label = item.elements().find(|part| part.kind == "Lbl").map(pdf_text).unwrap_or_default();
                    let body: Vec<&Child> =
                        item.elements().filter(|part| part.kind == "LBody").flat_map(|body| &body.children).collect();
                    if terms {
                        self.add(prefix, "term", &label);
                        self.pdf(&body, &format!("{prefix}description > "));
                    } else {
                        let mark = if ordered { label.trim().to_owned() } else { "•".to_owned() };
                        within = format!("{prefix}item {mark} > ");
                        self.pdf(&body, &within);
                    }
                }
            }
            _ => self.pdf(&children, prefix),
        }
    }

    fn page(&mut self, nodes: &[&Node], prefix: &str) {
        let mut run: Vec<&Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Tag(tag) if BLOCKS.contains(&tag.name.as_str()) => {
                    self.add(prefix, "text", &page_run(&run));
                    run.clear();
                    self.page_block(tag, prefix);
                }
                _ => run.push(node),
            }
        }
        self.add(prefix, "text", &page_run(&run));
    }

    fn page_block(&mut self, tag: &Tag, prefix: &str) {
        let children: Vec<&Node> = tag.children.iter().collect();
        match tag.name.as_str() {
            name if name.len() == 2 && name.starts_with('h') && name != "hr" => {
                let level: usize = name[1..].parse().expect("a level");
                self.add(prefix, &format!("heading {}", level - 1), &page_text(tag));
            }
            "blockquote" => self.page(&children, &format!("{prefix}quote > ")),
            "figure" if tag.has_class("picture") => {
                // Shown below the picture, told before it in the PDF.
                let (captions, rest): (Vec<&Node>, Vec<&Node>) =
                    tag.children.iter().partition(|node| matches!(node, Node::Tag(tag) if tag.name == "figcaption"));
                self.page(&captions, prefix);
                self.page(&rest, prefix);
            }
            "p" if tag.has_class("scroll-hint") => {}
            "figcaption" => self.add(prefix, "caption", &page_text(tag)),
            "img" => self.add(prefix, "picture", tag.get("alt").unwrap_or_default()),
            "svg" => {
                let part = |name: &str| tag.tags().find(|part| part.name == name).map(Tag::text).unwrap_or_default();
                self.add(prefix, "picture", &[part("title"), part("desc")].map(|words| sentence(&words)).join(" "));
            }
            "pre" => self.add(prefix, "code", &tag.text()),
            "table" => self.table(&Grid::of_page(tag), prefix),
            "ul" if tag.has_class("legend") => {
                tag.tags().for_each(|item| self.page(&item.children.iter().collect::<Vec<_>>(), prefix));
            }
            // Only the page has them: see the list in parity.rs.
            "ul" if tag.has_class("downloads") => {}
            "details" if !tag.has_class("callout") => {}
            "summary" => self.add(prefix, "text", &page_text(tag)),
            "ul" | "ol" => {
                let start: usize = tag.get("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                for (number, item) in (start..).zip(tag.tags()) {
                    let mark = match (tag.name.as_str(), tag.get("type")) {
                        ("ol", Some("a")) => format!("{})", char::from(b'`' + u8::try_from(number).expect("a letter"))),
                        ("ol", _) => format!("{number}."),
                        _ => "•".to_owned(),
                    };
                    self.page(&item.children.iter().collect::<Vec<_>>(), &format!("{prefix}item {mark} > "));
                }
            }
            "dl" => {
                for part in tag.tags() {
                    if part.name == "dt" {
                        self.add(prefix, "term", &page_text(part));
                    } else {
                        self.page(&part.children.iter().collect::<Vec<_>>(), &format!("{prefix}description > "));
                    }
                }
            }
            _ => self.page(&children, prefix),
        }
    }
}

const BLOCKS: [&str; 25] = [
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "figure",
    "figcaption",
    "blockquote",
    "footer",
    "div",
    "section",
    "pre",
    "hr",
    "details",
    "summary",
    "img",
    "svg",
    "h1",
    "nav",
    "header",
];

/// Words with a mark at their end, as the PDF prints them one after the other.
fn sentence(words: &str) -> String {
    if words.is_empty() || words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}

fn is_inline(element: &Element) -> bool {
    let block = element.attribute("Placement") == Some("Block");
    matches!(element.kind.as_str(), "Span" | "Link" | "Lbl" | "Note" | "Reference" | "Quote")
        || (element.kind == "Code" && !block)
}

/// The first place where two lists of lines part, with a few lines before and after on each side; none where they agree.
pub fn difference(pdf: &[String], page: &[String]) -> Option<String> {
    let at = (0..pdf.len().max(page.len())).find(|at| pdf.get(*at) != page.get(*at))?;
    let around = |lines: &[String]| {
        let from = at.saturating_sub(2);
        let some: Vec<String> = (from..(at + 4).min(lines.len()))
            .map(|line| format!("{} {}", if line == at { ">" } else { " " }, lines[line]))
            .collect();
        some.join("\n")
    };
    Some(format!(
        "line {}\nPDF ({} lines):\n{}\npage ({} lines):\n{}",
        at + 1,
        pdf.len(),
        around(pdf),
        page.len(),
        around(page)
    ))
}
