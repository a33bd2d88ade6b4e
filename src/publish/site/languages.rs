//! The same document in several languages: an original and its translations, found by what each says of itself. An original that was published before there was a
//! translation is never written again; what lies beside its versions leads to it.

use std::collections::BTreeMap;

use crate::hypertext::encoded;
use crate::locale::Language;
use crate::render::html::InLanguage;

use super::held::Held;

/// Documents by what they are a translation of, themselves included.
pub struct Languages<'a> {
    groups: BTreeMap<&'a str, Vec<&'a Held>>,
    /// Of each document the name of its group.
    of: BTreeMap<&'a str, &'a str>,
}

impl<'a> Languages<'a> {
    pub fn new(held: &'a [Held]) -> Self {
        let mut groups: BTreeMap<&str, Vec<&Held>> = BTreeMap::new();
        for document in held {
            groups.entry(original(document)).or_default().push(document);
        }
        let of = held.iter().map(|document| (document.id.as_str(), original(document))).collect();
        Self { groups, of }
    }

    /// The others of a document's group; of a published one those that are published.
    pub fn others(&self, id: &str) -> Vec<&'a Held> {
        let Some(group) = self.of.get(id).and_then(|name| self.groups.get(name)) else { return Vec::new() };
        let published = group.iter().any(|held| held.id == id && held.published);
        group.iter().filter(|held| held.id != id && (held.published || !published)).copied().collect()
    }

    /// The ways from a document's folder in `output/` to this folder of the others, in which their newest versions are.
    pub fn ways(&self, id: &str, folder: &str) -> Vec<InLanguage> {
        let way = |held: &Held| {
            let language = &held.manifest.report.language;
            Some(InLanguage {
                language: language.clone(),
                href: format!("../{}/{folder}/index.html", encoded(&held.id)),
                words: Language::find(language)?.itself().to_owned(),
            })
        };
        self.others(id).into_iter().filter_map(way).collect()
    }
}

/// The id of the document that a document is a translation of, or its own.
fn original(held: &Held) -> &str {
    let of = held.contents.as_ref().and_then(|contents| contents.report.translation_of.as_deref());
    of.unwrap_or(&held.id)
}
