//! `output/search.html` and `output/search/`: a search over everything that is published, without a server.
//!
//! Everything that needs a language is done here: words are stemmed and compounds are taken apart when the index is made. What is asked is
//! looked up among the words as they stand in the texts, so the page's script (`templates/html/search.js`) knows no language.

mod index;
mod list;
mod shards;
mod words;

use crate::document::address;
use crate::locale::Locale;
use crate::pipeline::manifest::ReportEntry;
use crate::publish::commit::CommitError;
use crate::render::contents::Contents;
use crate::render::html::{Page, Search, SearchTitles, SearchWords};

use crate::publish::beside::Press;

use index::Source;

/// A document with what it says; of one from before that was kept its title is found.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub report: &'a ReportEntry,
    pub contents: Option<&'a Contents>,
}

/// The page, the index, and the pages of words and headings for whoever searches without scripts.
///
/// # Errors
/// A template's fault.
pub fn files(said: &[Said], press: &mut Press<'_>, page: &Page<'_>, locale: &Locale) -> Result<(), CommitError> {
    // What is made from a report repeats it: what both say is found in the report.
    let mut said = said.to_vec();
    said.sort_by_key(|said| (said.contents.is_some_and(|contents| contents.report.owner.is_some()), &said.report.id));
    let sources: Vec<Source> = said.iter().map(|said| source(*said)).collect();
    let sources = sources.as_slice();
    let index = index::Index::new(sources);
    for file in shards::shards(sources, &index) {
        press.bytes(file.path, file.bytes);
    }
    let letters = list::letters(sources, &index, locale);
    let (words, titles) = (locale.label("search_words"), locale.label("search_headings"));
    let mut add = |path: &str, about: &SearchWords| press.page(format!("output/{path}"), page, about);
    add("search/words.html", &SearchWords { heading: words, letters: &letters, here: None })?;
    for here in &letters {
        let heading = format!("{words}: {}", here.letter);
        add(&here.path, &SearchWords { heading: &heading, letters: &letters, here: Some(here) })?;
    }
    let titles = SearchTitles { heading: titles, reports: &list::headings(sources) };
    press.page("output/search/headings.html".to_owned(), page, &titles)?;
    press.page("output/search.html".to_owned(), page, &Search)
}

fn source(Said { report, contents }: Said<'_>) -> Source<'_> {
    let year = report.date.get(..4).unwrap_or_default();
    Source {
        title: &report.title,
        description: &report.description,
        language: &report.language,
        about: format!("{}, {year}", report.kind_label),
        // Names of folders, as they are: a manifest may say what it likes.
        path: address::folder(&report.id, &report.version) + "index.html",
        contents,
    }
}
