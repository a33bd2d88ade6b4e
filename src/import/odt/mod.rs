//! Documents of LibreOffice and others that write OpenDocument (.odt).

mod body;
mod styles;
mod text;

use std::collections::BTreeMap;

use crate::diagnostic::say;
use crate::office::{Fault, Package, attribute, child, children, parse};
use crate::system::Bytes;
use crate::value::PartialDate;

use super::language;
use super::manuscript::{Block, Facts, Manuscript};
use super::remark::Remark;
use styles::Styles;

/// What is known of the document while it is read.
struct Reader {
    package: Package,
    styles: Styles,
    notes: BTreeMap<String, Vec<Block>>,
    pictures: BTreeMap<String, Vec<u8>>,
    /// The last number of each list's level.
    numbers: BTreeMap<(String, usize), u64>,
}

/// Reads a document.
pub fn read(bytes: Bytes) -> Result<Manuscript, Fault> {
    const CONTENT: &str = "content.xml";
    let mut package = Package::open(bytes)?;
    let text = package
        .text(CONTENT)?
        .ok_or_else(|| Fault::broken(say!("it lacks its part content.xml: it is no OpenDocument")))?;
    let tree = parse(&text, CONTENT)?;
    let mut styles = Styles::default();
    if let Some(own) = package.text("styles.xml")? {
        styles.add(parse(&own, "styles.xml")?.root_element());
    }
    styles.add(tree.root_element());
    let mut out = Manuscript { facts: facts(&mut package)?, ..Manuscript::default() };
    let body = child(tree.root_element(), "body").and_then(|body| child(body, "text"));
    let body = body.ok_or_else(|| Fault::broken(say!("it is no document of text")))?;
    if let Some(changes) = child(body, "tracked-changes") {
        let count = |kind: &str| changes.descendants().filter(|node| node.tag_name().name() == kind).count();
        let (inserted, deleted) = (count("insertion"), count("deletion"));
        if inserted + deleted > 0 {
            out.remarks.push(Remark::changes(inserted, deleted));
        }
    }
    let mut reader =
        Reader { package, styles, notes: BTreeMap::new(), pictures: BTreeMap::new(), numbers: BTreeMap::new() };
    out.blocks = reader.gathered(body)?;
    out.facts.language = out.facts.language.or_else(|| language::tagged(reader.styles.language.as_deref()?));
    (out.notes, out.pictures) = (reader.notes, reader.pictures);
    Ok(out)
}

fn facts(package: &mut Package) -> Result<Facts, Fault> {
    let Some(text) = package.text("meta.xml")? else { return Ok(Facts::default()) };
    let tree = parse(&text, "meta.xml")?;
    let Some(meta) = child(tree.root_element(), "meta") else { return Ok(Facts::default()) };
    let of = |name: &str| {
        child(meta, name).and_then(|node| node.text()).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    Ok(Facts {
        title: of("title"),
        author: of("initial-creator").or_else(|| of("creator")).filter(|name| !super::is_nobody(name)),
        description: of("description"),
        keywords: children(meta, "keyword").filter_map(|node| node.text()).map(str::to_owned).collect(),
        date: of("date").or_else(|| of("creation-date")).and_then(|text| PartialDate::parse(text.get(..10)?)),
        language: of("language").and_then(|tag| language::tagged(&tag)),
        ..Facts::default()
    })
}

/// How many times something is repeated or covers, at most a hundred.
fn count(node: roxmltree::Node, name: &str) -> usize {
    attribute(node, name).and_then(|count| count.parse().ok()).unwrap_or(1).clamp(1, 100)
}
