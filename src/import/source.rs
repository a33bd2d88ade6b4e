//! What a document cites, by whatever program keeps its sources.

use std::collections::BTreeMap;

use crate::markdown::slug;

/// A source, as [Hayagriva](https://github.com/typst/hayagriva) calls what it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// One of Hayagriva's types.
    pub kind: &'static str,
    pub title: String,
    /// "Fricker, Miranda", or the name of an office.
    pub authors: Vec<String>,
    pub editors: Vec<String>,
    /// As exact as it is known: 2021, 2021-03, 2021-03-04.
    pub date: Option<String>,
    pub publisher: Option<String>,
    pub location: Option<String>,
    pub edition: Option<String>,
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
    pub url: Option<String>,
    pub visited: Option<String>,
    pub doi: Option<String>,
    /// A number of a series of reports, or of a statute.
    pub number: Option<String>,
    /// What it stands in: its type and title.
    pub parent: Option<(&'static str, String)>,
}

/// A source at a place of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    pub key: String,
    pub pages: Option<String>,
}

/// Sources by their keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sources {
    by_key: BTreeMap<String, Source>,
    /// Keys by what the document itself calls a source.
    known: BTreeMap<String, String>,
}

impl Sources {
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.by_key.iter().map(|(key, source)| (key.as_str(), source))
    }

    pub fn key(&self, name: &str) -> Option<&str> {
        self.known.get(name).map(String::as_str)
    }

    /// Keeps a source under what the document calls it, and gives its key.
    pub fn add(&mut self, name: &str, source: Source) -> String {
        if let Some(key) = self.known.get(name) {
            return key.clone();
        }
        let author =
            source.authors.first().map_or(source.title.as_str(), |author| author.split(',').next().unwrap_or(author));
        let words = slug(author);
        let first: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).take(2).collect();
        let year = source.date.as_deref().and_then(|date| date.get(..4)).unwrap_or("");
        let stem = match first.is_empty() {
            true => format!("source{year}"),
            false => format!("{}{year}", first.join("-")),
        };
        let letters = std::iter::once(String::new()).chain((2..).map(|nth| format!("-{nth}")));
        let key =
            letters.map(|letter| format!("{stem}{letter}")).find(|key| !self.by_key.contains_key(key)).unwrap_or(stem);
        self.by_key.insert(key.clone(), source);
        self.known.insert(name.to_owned(), key.clone());
        key
    }
}
