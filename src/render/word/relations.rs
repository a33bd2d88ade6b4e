//! What a part of the file names in others, and addresses outside.

use crate::office::Markup;

/// Kinds of relations begin so.
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// The relations of one part, by number.
#[derive(Debug, Default)]
pub struct Relations(Vec<Relation>);

#[derive(Debug, PartialEq, Eq)]
struct Relation {
    kind: String,
    target: String,
    external: bool,
}

impl Relations {
    /// The id of another part of the file; `kind` is short for those of office documents.
    pub fn part(&mut self, kind: &str, target: &str) -> String {
        let kind = if kind.contains("://") { kind.to_owned() } else { format!("{KINDS}{kind}") };
        self.id(Relation { kind, target: target.to_owned(), external: false })
    }

    /// The id of an address outside.
    pub fn link(&mut self, address: &str) -> String {
        self.id(Relation { kind: format!("{KINDS}hyperlink"), target: address.to_owned(), external: true })
    }

    fn id(&mut self, relation: Relation) -> String {
        let at = self.0.iter().position(|known| *known == relation).unwrap_or_else(|| {
            self.0.push(relation);
            self.0.len() - 1
        });
        format!("rId{}", at + 1)
    }

    pub fn xml(&self) -> String {
        let mut xml = Markup::part();
        xml.open("Relationships", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")]);
        for (at, relation) in self.0.iter().enumerate() {
            let id = format!("rId{}", at + 1);
            let mut attributes =
                vec![("Id", id.as_str()), ("Type", relation.kind.as_str()), ("Target", relation.target.as_str())];
            attributes.extend(relation.external.then_some(("TargetMode", "External")));
            xml.empty("Relationship", &attributes);
        }
        xml.finish()
    }
}
