//! Hayagriva's words for each source, in the list and in the text.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use hayagriva::citationberg::{FontStyle, FontWeight, IndependentStyle, LocaleCode};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Elem, ElemChild, ElemChildren, Entry,
    Formatting, Library, standalone_citation,
};

use super::entry;
use super::style::{STYLES, WORDS};
use crate::document::resolved::{Inline, plain_text};
use crate::locale::{Language, Locale};
use crate::model::Project;

/// One source as it is printed.
pub struct Formatted {
    pub key: String,
    /// As in the list of references.
    pub full: Vec<Inline>,
    /// "Socialstyrelsen, 2019a"
    pub short: String,
}

/// Sources that were formatted, with what decides how.
struct Known {
    sources: Arc<Library>,
    language: Language,
    formatted: Arc<Vec<Formatted>>,
}

/// The last ones. A report that is written is made again with each change, and what is made from a report has its sources: formatting them takes
/// longer than all else of resolving together, and they are seldom others.
static KNOWN: Mutex<VecDeque<Known>> = Mutex::new(VecDeque::new());

const MOST_KNOWN: usize = 8;

/// The sources in the order of the list of references.
pub fn formatted(project: &Project, locale: &Locale) -> Arc<Vec<Formatted>> {
    let (sources, language) = (&project.sources, locale.language());
    let is_same = |known: &Known| {
        known.language == language && (Arc::ptr_eq(&known.sources, sources) || known.sources == *sources)
    };
    let lock = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().iter().find(|known| is_same(known)) {
        return Arc::clone(&known.formatted);
    }
    let formatted = Arc::new(format(project, locale));
    let mut known = lock();
    known.truncate(MOST_KNOWN - 1);
    known.push_front(Known { sources: Arc::clone(sources), language, formatted: Arc::clone(&formatted) });
    formatted
}

fn format(project: &Project, locale: &Locale) -> Vec<Formatted> {
    if project.sources.is_empty() {
        return Vec::new();
    }
    let Some(styles) = &*STYLES else { return Vec::new() };
    let code = LocaleCode(locale.language().with_region());
    let (short, named) = (Writer { style: &styles.short, code: &code }, Writer { style: &styles.named, code: &code });
    let entries: Vec<Entry> = project.sources.iter().map(entry::as_cited).collect();
    let mut list = short.list(&entries.iter().collect::<Vec<_>>());

    // Letters behind years (2019a, 2019b) follow the list, and Hayagriva tells no more than three sets of likes apart at a time: each goes by itself.
    let by_key: BTreeMap<&str, &Entry> = entries.iter().map(|entry| (entry.key(), entry)).collect();
    let mut alike: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in list.iter().filter_map(|source| by_key.get(source.key.as_str())) {
        alike.entry(words(&standalone_citation(short.citation(entry)))).or_default().push(entry);
    }
    let told = alike.into_values().filter(|set| set.len() > 1).flat_map(|set| {
        let same_authors = set.windows(2).all(|pair| pair[0].authors() == pair[1].authors());
        if same_authors { &short } else { &named }.list(&set)
    });
    let mut told: BTreeMap<String, Formatted> = told.map(|source| (source.key.clone(), source)).collect();
    for source in &mut list {
        if let Some(told) = told.remove(&source.key) {
            *source = told;
        }
    }
    list
}

/// Writes sources in a style and a language.
struct Writer<'a> {
    style: &'a IndependentStyle,
    code: &'a LocaleCode,
}

impl Writer<'_> {
    fn citation<'e>(&'e self, entry: &'e Entry) -> CitationRequest<'e, Entry> {
        let item = CitationItem::with_entry(entry);
        CitationRequest::new(vec![item], self.style, Some(self.code.clone()), &WORDS, None)
    }

    /// The sources in the order of the list.
    fn list(&self, entries: &[&Entry]) -> Vec<Formatted> {
        let mut driver = BibliographyDriver::new();
        entries.iter().for_each(|entry| driver.citation(self.citation(entry)));
        let list = BibliographyRequest { style: self.style, locale: Some(self.code.clone()), locale_files: &WORDS };
        let rendered = driver.finish(list);
        let cited = entries.iter().zip(&rendered.citations);
        let mut shorts: BTreeMap<&str, String> =
            cited.map(|(entry, found)| (entry.key(), words(&found.citation))).collect();
        let items = rendered.bibliography.map(|bibliography| bibliography.items).unwrap_or_default();
        let formatted = items.into_iter().map(|item| Formatted {
            full: one_mark(inlines(&item.content)),
            short: shorts.remove(item.key.as_str()).unwrap_or_else(|| item.key.clone()),
            key: item.key,
        });
        formatted.collect()
    }
}

/// The words of a citation without the parentheses around them.
fn words(citation: &ElemChildren) -> String {
    let text = plain_text(&inlines(citation));
    text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).map_or(text.clone(), str::to_owned)
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
    let plain = Inline::text(text.replace(entry::HYPHEN, "-"));
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
        let ends = plain_text(&content[at - 1..at]).ends_with(['?', '!']);
        if let Inline::Text { text, .. } = &mut content[at]
            && ends
            && text.starts_with('.')
        {
            text.remove(0);
        }
    }
    content
}
