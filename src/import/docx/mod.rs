//! Documents of Word (.docx), by whatever program they were written.

mod body;
mod charts;
mod citations;
mod fields;
mod numbering;
mod properties;
mod runs;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Said, say};
use crate::office::{self, Fault, Package, Relation, attribute, child, children, parse, relations_of};
use crate::system::Bytes;

use super::language;
use super::lists::{Flow, gathered};
use super::manuscript::{Block, Manuscript};
use super::remark::Remark;
use super::source::Sources;
use fields::Field;
use numbering::Numbering;
use styles::Styles;

/// What is known of the document while one of its parts is read.
struct Reader {
    package: Package,
    styles: Styles,
    numbering: Numbering,
    /// Those of the part that is read.
    relations: BTreeMap<String, Relation>,
    comments: BTreeMap<String, String>,
    pictures: BTreeMap<String, Vec<u8>>,
    /// Bookmarks that stand before the next paragraph.
    bookmarks: Vec<String>,
    /// Fields that are open: some reach over paragraphs.
    fields: Vec<OpenField>,
    /// Sources that are kept beside the text; those that are cited.
    kept: Sources,
    cited: Sources,
    /// Whether the list of what is cited began in the paragraph that is read.
    references: bool,
    found: Found,
}

/// A field of which the beginning was met.
#[derive(Default)]
struct OpenField {
    instruction: String,
    /// Known once the instruction ends.
    field: Option<Field>,
    /// Where its text begins among the pieces of its paragraph.
    from: Option<usize>,
}

/// What was met on the way and is told once, as a number.
#[derive(Default)]
struct Found {
    inserted: usize,
    deleted: usize,
    hidden: usize,
    page_numbers: usize,
    /// Citations whose sources are not in the document, or in no form that is read.
    uncited: usize,
    raised: BTreeSet<String>,
}

/// Reads a document.
pub fn read(bytes: Bytes) -> Result<Manuscript, Fault> {
    let mut package = Package::open(bytes)?;
    let main = relations_of(&mut package, "")?
        .into_values()
        .find(|relation| relation.is("officeDocument") && package.has(&relation.target))
        .map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
    let text = package
        .text(&main)?
        .ok_or_else(|| Fault::broken(say!("it lacks its part {main}: it is no document of Word", main)))?;
    let tree = parse(&text, &main)?;
    let relations = relations_of(&mut package, &main)?;
    let part =
        |kind: &str| relations.values().find(|relation| relation.is(kind)).map(|relation| relation.target.clone());
    let styles = match part("styles") {
        Some(part) => tree_of(&mut package, &part, Styles::read)?,
        None => None,
    };
    let numbering = match part("numbering") {
        Some(part) => tree_of(&mut package, &part, Numbering::read)?,
        None => None,
    };
    let comments = match part("comments") {
        Some(part) => tree_of(&mut package, &part, comments)?,
        None => None,
    };
    let beside = relations.values().filter(|relation| relation.is("customXml")).map(|relation| relation.target.clone());
    let mut kept = Sources::default();
    citations::kept(&mut package, &beside.collect::<Vec<_>>(), &mut kept)?;
    let notes = [("footnotes", "footnote"), ("endnotes", "endnote")].map(|(kind, element)| (part(kind), element));
    let mut reader = Reader {
        styles: styles.unwrap_or_default(),
        numbering: numbering.unwrap_or_default(),
        comments: comments.unwrap_or_default(),
        relations,
        pictures: BTreeMap::new(),
        bookmarks: Vec::new(),
        fields: Vec::new(),
        kept,
        cited: Sources::default(),
        references: false,
        found: Found::default(),
        package,
    };
    let mut out = Manuscript { facts: properties::facts(&mut reader.package)?, ..Manuscript::default() };
    let body = child(tree.root_element(), "body").ok_or_else(|| Fault::broken(say!("it has no text")))?;
    out.blocks = reader.gathered(body)?;
    for (part, element) in notes {
        let Some(part) = part else { continue };
        reader.notes(&part, element, &mut out)?;
    }
    out.facts.language = out.facts.language.or_else(|| language::tagged(reader.styles.language.as_deref()?));
    out.sources = std::mem::take(&mut reader.cited);
    out.pictures = std::mem::take(&mut reader.pictures);
    out.remarks.extend(reader.found.remarks());
    Ok(out)
}

/// What is made of a part, where there is one of this name.
fn tree_of<T>(package: &mut Package, part: &str, make: impl FnOnce(roxmltree::Node) -> T) -> Result<Option<T>, Fault> {
    let Some(text) = package.text(part)? else { return Ok(None) };
    Ok(Some(make(office::parse(&text, part)?.root_element())))
}

/// Comments by their ids: who wrote them, and the words.
fn comments(root: roxmltree::Node) -> BTreeMap<String, String> {
    let comment = |node: roxmltree::Node| {
        let text: Vec<&str> =
            node.descendants().filter(|node| node.has_tag_name((W, "t"))).filter_map(|node| node.text()).collect();
        let author = attribute(node, "author").unwrap_or_default();
        Some((attribute(node, "id")?.to_owned(), format!("{author}: {}", text.concat())))
    };
    children(root, "comment").filter_map(comment).collect()
}

/// What a note is called: footnotes by their numbers, endnotes with a letter before.
fn note_name(element: &str, id: &str) -> String {
    if element == "endnote" { format!("e{id}") } else { id.to_owned() }
}

/// The names of WordprocessingML.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

impl Reader {
    fn gathered(&mut self, parent: roxmltree::Node) -> Result<Vec<Block>, Fault> {
        let mut flow: Vec<Flow> = Vec::new();
        self.blocks(parent, &mut flow)?;
        Ok(gathered(flow))
    }

    /// Reads the notes of a part; those that are lines between notes and text have a type.
    fn notes(&mut self, part: &str, element: &'static str, out: &mut Manuscript) -> Result<(), Fault> {
        let Some(text) = self.package.text(part)? else { return Ok(()) };
        let tree = parse(&text, part)?;
        self.relations = relations_of(&mut self.package, part)?;
        for note in children(tree.root_element(), element) {
            let is_line = attribute(note, "type").is_some_and(|kind| kind != "normal");
            let Some(id) = attribute(note, "id").filter(|_| !is_line) else { continue };
            self.fields.clear();
            let blocks = self.gathered(note)?;
            out.notes.insert(note_name(element, id), blocks);
        }
        Ok(())
    }
}

impl Found {
    fn remarks(self) -> Vec<Remark> {
        let mut out = Vec::new();
        if self.inserted + self.deleted > 0 {
            out.push(Remark::changes(self.inserted, self.deleted));
        }
        let mut tell = |count: usize, what: Said, help| {
            if count > 0 {
                out.push(Remark::new(what, help));
            }
        };
        tell(
            self.hidden,
            say!("{count} stretches of hidden text were left out", count = self.hidden),
            say!("show them in the document if they belong to the report"),
        );
        tell(
            self.page_numbers,
            say!("{count} references name a page, and pages of the report are others", count = self.page_numbers),
            say!("write the reference to a heading, table or chart instead: [](#id)"),
        );
        tell(
            self.uncited,
            say!(
                "{count} citations stand as text: the document does not hold their sources in a form that is read",
                count = self.uncited
            ),
            say!("put the sources into sources.yaml, and write [@key] in the place of the words"),
        );
        let raised: Vec<String> = self.raised.into_iter().map(|text| format!("“{text}”")).collect();
        tell(
            raised.len(),
            say!("raised or lowered letters stand on the line now: {letters}", letters = raised.join(", ")),
            say!("type signs such as ² ³ ₂ where they are meant, or reword"),
        );
        out
    }
}
