//! Citations and the bibliography: each source is formatted once; notes, sentences and the list of references print the same words.

mod entry;
mod format;
mod style;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::resolved::{BibliographyItem, Inline};
use crate::document::{CitationItem, anchor};
use crate::locale::Locale;
use crate::model::Project;

use super::Detail;
use super::inline::opening;
use format::Formatted;

/// All sources of a report and what has been cited so far.
pub struct Citations<'a> {
    project: &'a Project,
    /// In the order of the list of references.
    sources: Arc<Vec<Formatted>>,
    /// Number of the note that first cites a source.
    first: BTreeMap<String, u32>,
    /// Addresses of the places that cite a source.
    places: BTreeMap<String, Vec<String>>,
}

impl<'a> Citations<'a> {
    pub fn new(project: &'a Project, locale: &Locale, detail: Detail) -> Self {
        let named = |entry: &hayagriva::Entry| Formatted {
            key: entry.key().to_owned(),
            full: Vec::new(),
            short: entry.key().to_owned(),
        };
        let sources = match detail {
            Detail::Full => format::formatted(project, locale),
            Detail::Words => Arc::new(project.sources.iter().map(named).collect()),
        };
        Self { project, sources, first: BTreeMap::new(), places: BTreeMap::new() }
    }

    fn source(&self, key: &str) -> Option<&Formatted> {
        self.sources.iter().find(|source| source.key == key)
    }

    /// Whether the source is known; otherwise reports it.
    pub fn check(&self, item: &CitationItem, sink: &mut Sink) -> bool {
        let known = self.source(&item.key.value).is_some();
        if !known {
            let diagnostic =
                Diagnostic::error(Code::SOURCE_UNKNOWN, say!("there is no source `{key}`", key = item.key.value))
                    .at(item.key.span)
                    .nearest(&item.key.value, self.sources.iter().map(|source| source.key.as_str()));
            sink.push(if diagnostic.help.is_empty() {
                diagnostic.help(say!("sources stand in the report's sources.yaml"))
            } else {
                diagnostic
            });
        }
        known
    }

    /// The references in words, for note `number`: in full the first time, then short with a link to that note.
    pub fn written_out(&mut self, items: &[&CitationItem], number: u32, place: &str, locale: &Locale) -> Vec<Inline> {
        let mut out = Vec::new();
        for item in items {
            let key = &item.key.value;
            let Some(source) = self.sources.iter().find(|source| source.key == *key) else { continue };
            if !out.is_empty() {
                out.push(Inline::text("; "));
            }
            match self.first.get(key).copied() {
                Some(first) => {
                    let see = locale.fill("see_note", &[("number", &first.to_string())]);
                    out.push(Inline::text(source.short.clone()));
                    if first != number {
                        out.push(Inline::text(", "));
                        out.push(Inline::reference(anchor::note(first), vec![Inline::text(see)]));
                    }
                }
                None => {
                    self.first.insert(key.clone(), number);
                    out.extend(without_full_stop(source.full.clone()));
                }
            }
            if let Some(locator) = &item.locator {
                out.push(Inline::text(format!(", {locator}")));
            }
            let places = self.places.entry(key.clone()).or_default();
            if !places.iter().any(|known| known == place) {
                places.push(place.to_owned());
            }
        }
        out
    }

    /// "(Fricker, 2007, s. 12)", each source a link to the list of references where there is one.
    pub fn author_year(&mut self, items: &[&CitationItem], listed: bool) -> Vec<Inline> {
        let mut out = vec![opening()];
        for (at, item) in items.iter().enumerate() {
            let key = &item.key.value;
            let Some(source) = self.sources.iter().find(|source| source.key == *key) else { continue };
            let places = self.places.entry(key.clone()).or_default();
            let place = anchor::citation(key, places.len() + 1);
            places.push(place.clone());
            if at > 0 {
                out.push(Inline::text("; "));
            }
            let words = Inline::text(source.short.clone());
            out.push(match listed {
                true => {
                    let link = Inline::reference(anchor::source(key), vec![words]);
                    Inline::Anchor { anchor: place, content: vec![link] }
                }
                false => words,
            });
            if let Some(locator) = &item.locator {
                out.push(Inline::text(format!(", {locator}")));
            }
        }
        out.push(Inline::text(")"));
        out
    }

    /// What is cited, in the order of the list of references.
    pub fn bibliography(&self) -> Vec<BibliographyItem> {
        self.sources
            .iter()
            .filter_map(|source| {
                let places = self.places.get(&source.key)?;
                Some(BibliographyItem {
                    anchor: anchor::source(&source.key),
                    content: source.full.clone(),
                    cited_at: places.clone(),
                })
            })
            .collect()
    }

    pub fn report_unused(&self, sink: &mut Sink) {
        for key in self.project.source_places.iter() {
            if !self.places.contains_key(&key.value) && self.source(&key.value).is_some() {
                sink.push(
                    Diagnostic::warning(
                        Code::SOURCE_UNUSED,
                        say!("the source `{key}` is never cited", key = key.value),
                    )
                    .at(key.span)
                    .help(say!("cite it with [@{key}], or delete it", key = key.value)),
                );
            }
        }
    }
}

fn without_full_stop(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text { text, .. }) = content.last_mut() {
        let trimmed = text.trim_end().trim_end_matches('.').len();
        text.truncate(trimmed);
    }
    content
}
