//! The parts of a file that came back.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::returned::{Comment, Home, Returned};
use super::walk::Walk;
use crate::diagnostic::say;
use crate::office::{Fault, Package, Relation, attribute, children, parse, relations_of};
use crate::render::word::{EXPORTED, REPORT, VERSION};
use crate::system::Bytes;

/// Reads a file.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: Bytes) -> Result<Returned, Fault> {
    let mut package = Package::open(bytes)?;
    let of_package = relations_of(&mut package, "")?;
    let named = of_package.values().find(|relation| relation.is("officeDocument") && package.has(&relation.target));
    let main = named.map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target.clone());
    if !package.has(&main) {
        return Err(Fault::broken(say!("it lacks its part {main}: it is no document of Word", main)));
    }
    let relations = relations_of(&mut package, &main)?;
    let mut out = Returned::default();
    origin(&mut package, &of_package, &relations, &mut out)?;
    let mut walk = Walk::default();
    with(&mut package, &main, |root| children(root, "body").for_each(|body| walk.read(body, Home::Text)))?;
    for (kind, element) in [("footnotes", "footnote"), ("endnotes", "endnote")] {
        for part in parts(&relations, kind) {
            with(&mut package, &part, |root| {
                // Those with a type are the lines between text and notes.
                let is_note = |node: &Node| attribute(*node, "type").is_none_or(|kind| kind == "normal");
                children(root, element).filter(is_note).for_each(|note| walk.read(note, Home::Note));
            })?;
        }
    }
    for part in parts(&relations, "header").chain(parts(&relations, "footer")) {
        with(&mut package, &part, |root| walk.read(root, Home::Repeated))?;
    }
    for part in parts(&relations, "comments") {
        with(&mut package, &part, |root| {
            out.comments.extend(children(root, "comment").map(|node| comment(node, &mut walk)));
        })?;
    }
    let extended =
        parts(&relations, "commentsExtended").next().unwrap_or_else(|| "word/commentsExtended.xml".to_owned());
    with(&mut package, &extended, |root| answers(root, &mut out.comments))?;
    let Walk { passages, anchors, marks, .. } = walk;
    Ok(Returned { passages, anchors, marks, ..out })
}

/// The parts of a kind that a document names.
fn parts<'r>(relations: &'r BTreeMap<String, Relation>, kind: &'r str) -> impl Iterator<Item = String> + 'r {
    relations
        .values()
        .filter(move |relation| relation.is(kind) && !relation.is_external)
        .map(|part| part.target.clone())
}

/// Reads a part, where there is one of this name.
fn with(package: &mut Package, part: &str, read: impl FnOnce(Node)) -> Result<(), Fault> {
    let Some(text) = package.text(part)? else { return Ok(()) };
    read(parse(&text, part)?.root_element());
    Ok(())
}

/// The report and the version that the file was made from, and the words as they were then.
fn origin(
    package: &mut Package,
    of_package: &BTreeMap<String, Relation>,
    relations: &BTreeMap<String, Relation>,
    out: &mut Returned,
) -> Result<(), Fault> {
    for part in parts(relations, "customXml") {
        with(package, &part, |root| {
            if !root.has_tag_name((EXPORTED, "exported")) {
                return;
            }
            out.report = attribute(root, "report").map(str::to_owned);
            out.version = attribute(root, "version").map(str::to_owned);
            for paragraph in children(root, "p") {
                let words = paragraph.text().unwrap_or_default().to_owned();
                out.exported.extend(attribute(paragraph, "id").map(|id| (id.to_owned(), words)));
            }
        })?;
    }
    // Programs that drop the part above keep the properties.
    for part in parts(of_package, "custom-properties") {
        with(package, &part, |root| {
            for property in children(root, "property") {
                let value = property.children().find(Node::is_element).and_then(|value| value.text());
                let place = match attribute(property, "name") {
                    Some(REPORT) => &mut out.report,
                    Some(VERSION) => &mut out.version,
                    _ => continue,
                };
                if place.is_none() {
                    *place = value.map(str::to_owned);
                }
            }
        })?;
    }
    Ok(())
}

fn comment(node: Node, walk: &mut Walk) -> Comment {
    let first = walk.passages.len();
    walk.read(node, Home::Comment);
    let lines = walk.passages.get(first..).unwrap_or_default().iter().map(|passage| passage.all_words());
    let text = lines.collect::<Vec<_>>().join("\n");
    let get = |name| attribute(node, name).unwrap_or_default().to_owned();
    let paragraphs = node.descendants().filter(|part| part.tag_name().name() == "p");
    Comment {
        id: get("id"),
        author: get("author"),
        date: get("date"),
        text: text.replace(super::returned::PARAGRAPH_END, "\n").trim().to_owned(),
        paragraphs: paragraphs.filter_map(|part| attribute(part, "paraId").map(str::to_owned)).collect(),
        parent: None,
        resolved: false,
    }
}

/// Which comments answer others, and which are resolved.
fn answers(root: Node, comments: &mut [Comment]) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, comment) in comments.iter().enumerate() {
        for name in &comment.paragraphs {
            places.entry(name.clone()).or_insert(at);
        }
    }
    for told in children(root, "commentEx") {
        let Some(at) = attribute(told, "paraId").and_then(|name| places.get(name).copied()) else { continue };
        let parent = attribute(told, "paraIdParent").and_then(|name| places.get(name).copied());
        comments[at].parent = parent.filter(|parent| *parent != at);
        comments[at].resolved = attribute(told, "done").is_some_and(|done| matches!(done, "1" | "true" | "on"));
    }
    // All of a thread stand under the first of it; who answer each other in a circle stand by themselves.
    let threads: Vec<Option<usize>> = (0..comments.len()).map(|at| thread(comments, at)).collect();
    comments.iter_mut().zip(threads).for_each(|(comment, thread)| comment.parent = thread);
}

/// Answers that stand on each other are followed so far.
const MOST_STEPS: usize = 100;

/// The first comment of the thread that one is in; none where it is the first.
fn thread(comments: &[Comment], at: usize) -> Option<usize> {
    let mut above = comments[at].parent?;
    for _ in 0..MOST_STEPS {
        match comments[above].parent {
            Some(next) => above = next,
            None => return (above != at).then_some(above),
        }
    }
    None
}
