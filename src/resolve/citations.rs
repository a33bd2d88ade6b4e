//! Citations and the bibliography: Hayagriva formats each source once; notes, sentences and the list of references print the same words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{FontStyle, FontWeight, IndependentStyle, Locale as CslLocale, LocaleCode, Style};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem as Cited, CitationRequest, Elem, ElemChild, ElemChildren,
    Formatting,
};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::resolved::{BibliographyItem, Inline};
use crate::document::{CitationItem, anchor};
use crate::locale::Locale;
use crate::model::Project;

use super::Detail;
use super::inline::opening;

/// The style of citations; unpacked when the first report of a run that has sources asks for it.
static STYLE: LazyLock<Option<IndependentStyle>> =
    LazyLock::new(|| match ArchivedStyle::AmericanPsychologicalAssociation.get() {
        Style::Independent(style) => Some(style),
        Style::Dependent(_) => None,
    });

/// The words of citations in the languages that a report may be in, and in American English, which the others fall back on.
/// Hayagriva's archive can be unpacked only with all its 63 languages, which took 40 ms of every build.
static WORDS: LazyLock<Vec<CslLocale>> = LazyLock::new(|| {
    let files = [
        include_str!("csl/sv-SE.json"),
        include_str!("csl/en-GB.json"),
        include_str!("csl/en-US.json"),
        include_str!("csl/nb-NO.json"),
    ];
    files.into_iter().filter_map(|file| serde_json::from_str(file).ok()).collect()
});

/// One source as it is printed.
struct Formatted {
    key: String,
    /// As in the list of references.
    full: Vec<Inline>,
    /// "Socialstyrelsen, 2019a"
    short: String,
}

/// All sources of a report and what has been cited so far.
pub struct Citations<'a> {
    project: &'a Project,
    /// In the order of the list of references.
    sources: Vec<Formatted>,
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
            Detail::Full => format_all(project, locale),
            Detail::Words => project.sources.iter().map(named).collect(),
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
                Diagnostic::error(Code::SOURCE_UNKNOWN, format!("there is no source `{}`", item.key.value))
                    .at(item.key.span)
                    .nearest(&item.key.value, self.sources.iter().map(|source| source.key.as_str()));
            sink.push(if diagnostic.help.is_empty() {
                diagnostic.help("sources stand in the report's sources.yaml")
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
                    Diagnostic::warning(Code::SOURCE_UNUSED, format!("the source `{}` is never cited", key.value))
                        .at(key.span)
                        .help(format!("cite it with [@{}], or delete it", key.value)),
                );
            }
        }
    }
}

fn format_all(project: &Project, locale: &Locale) -> Vec<Formatted> {
    if project.sources.is_empty() {
        return Vec::new();
    }
    let (Some(style), files) = (&*STYLE, &*WORDS) else { return Vec::new() };
    let code = LocaleCode(locale.language().with_region());
    let render = |entries: &[&hayagriva::Entry]| {
        let mut driver = BibliographyDriver::new();
        for entry in entries {
            let items = vec![Cited::with_entry(*entry)];
            driver.citation(CitationRequest::new(items, style, Some(code.clone()), files, None));
        }
        driver.finish(BibliographyRequest { style, locale: Some(code.clone()), locale_files: files })
    };
    let mut entries: Vec<&hayagriva::Entry> = project.sources.iter().collect();
    // Letters behind years (2019a, 2019b) follow the order of citing; citing in the order of the list makes both agree. Where there are none,
    // the second time would say what the first has said.
    let words = |citation: &ElemChildren| crate::document::resolved::plain_text(&inlines(citation));
    let first = render(&entries);
    let lettered = first.citations.iter().any(|citation| has_lettered_year(&words(&citation.citation)));
    let rendered = if lettered {
        let list: Vec<&str> =
            first.bibliography.iter().flat_map(|list| &list.items).map(|item| item.key.as_str()).collect();
        entries.sort_by_key(|entry| list.iter().position(|key| *key == entry.key()));
        render(&entries)
    } else {
        first
    };
    let shorts: BTreeMap<&str, String> = entries
        .iter()
        .zip(&rendered.citations)
        .map(|(entry, citation)| {
            let text = words(&citation.citation);
            (entry.key(), text.trim_start_matches('(').trim_end_matches(')').to_owned())
        })
        .collect();
    let items = rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default();
    items
        .into_iter()
        .map(|item| Formatted {
            full: one_mark(inlines(&item.content)),
            short: shorts.get(item.key.as_str()).cloned().unwrap_or_else(|| item.key.clone()),
            key: item.key,
        })
        .collect()
}

/// Whether a letter stands directly behind a year: "2019a".
fn has_lettered_year(text: &str) -> bool {
    let digits = |end: usize| text[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
    text.char_indices().any(|(at, c)| c.is_ascii_lowercase() && digits(at) >= 4)
}

/// Hayagriva's elements as inlines.
fn inlines(children: &ElemChildren) -> Vec<Inline> {
    children.0.iter().flat_map(child).collect()
}

fn child(child: &ElemChild) -> Vec<Inline> {
    match child {
        ElemChild::Text(text) => vec![styled(&text.text, &text.formatting)],
        ElemChild::Elem(Elem { children, .. }) => inlines(children),
        ElemChild::Markup(text) => vec![Inline::text(text.clone())],
        ElemChild::Link { text, url } if url.starts_with("https://") || url.starts_with("http://") => {
            vec![Inline::link(url.clone(), vec![styled(&text.text, &text.formatting)])]
        }
        ElemChild::Link { text, .. } => vec![styled(&text.text, &text.formatting)],
        ElemChild::Transparent { .. } => Vec::new(),
    }
}

fn styled(text: &str, formatting: &Formatting) -> Inline {
    let plain = Inline::text(text);
    if formatting.font_style == FontStyle::Italic {
        Inline::Emphasis { content: vec![plain] }
    } else if formatting.font_weight == FontWeight::Bold {
        Inline::Strong { content: vec![plain] }
    } else {
        plain
    }
}

/// A title's own question mark ends it: no full stop behind it.
fn one_mark(mut content: Vec<Inline>) -> Vec<Inline> {
    for at in 1..content.len() {
        let ends = crate::document::resolved::plain_text(&content[at - 1..at]).ends_with(['?', '!']);
        if let Inline::Text { text, .. } = &mut content[at]
            && ends
            && text.starts_with('.')
        {
            text.remove(0);
        }
    }
    content
}

fn without_full_stop(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text { text, .. }) = content.last_mut() {
        let trimmed = text.trim_end().trim_end_matches('.').len();
        text.truncate(trimmed);
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    /// `BELAGG_WRITE_LOCALES=1 cargo test` writes the files anew after Hayagriva has changed.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "writes files of this folder where it is asked to")]
    fn the_words_of_citations_are_those_of_the_archive() {
        let all = hayagriva::archive::locales();
        let codes = ["sv-SE", "en-GB", "en-US", "nb-NO"];
        let wanted: Vec<&CslLocale> = codes
            .iter()
            .filter_map(|code| all.iter().find(|locale| locale.lang.as_ref().is_some_and(|lang| lang.0 == *code)))
            .collect();
        if std::env::var_os("BELAGG_WRITE_LOCALES").is_some() {
            for (locale, code) in wanted.iter().zip(codes) {
                let path = format!("{}/src/resolve/csl/{code}.json", env!("CARGO_MANIFEST_DIR"));
                std::fs::write(path, serde_json::to_string(locale).unwrap() + "\n").unwrap();
            }
            return;
        }
        assert_eq!(wanted.len(), codes.len());
        assert!(Language::WORDS.iter().all(|(_, language)| codes.contains(&language.with_region().as_str())));
        assert_eq!(WORDS.iter().collect::<Vec<_>>(), wanted);
    }
}
