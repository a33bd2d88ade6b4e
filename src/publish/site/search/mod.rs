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
use crate::pipeline::{Artifact, Toolbox};
use crate::render::contents::Contents;
use crate::render::html::{Page, Search, SearchTitles, SearchWords, TemplateProblem};

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
pub fn files(
    said: &[Said],
    toolbox: &Toolbox,
    page: &Page<'_>,
    locale: &Locale,
) -> Result<Vec<Artifact>, TemplateProblem> {
    // What is made from a report repeats it: what both say is found in the report.
    let mut said = said.to_vec();
    said.sort_by_key(|said| (said.contents.is_some_and(|contents| contents.report.owner.is_some()), &said.report.id));
    let sources: Vec<Source> = said.iter().map(|said| source(*said)).collect();
    let sources = sources.as_slice();
    let index = index::Index::new(sources);
    let mut out = shards::shards(sources, &index);
    let mut add = |path: &str, text: String| {
        out.push(Artifact { path: format!("output/{path}"), bytes: text.into() });
    };
    let letters = list::letters(sources, &index, locale);
    let (words, titles) = (locale.label("search_words"), locale.label("search_headings"));
    let list = SearchWords { heading: words, letters: &letters, here: None };
    add("search/words.html", toolbox.html.about(page, &list)?);
    for here in &letters {
        let heading = format!("{words}: {}", here.letter);
        let list = SearchWords { heading: &heading, letters: &letters, here: Some(here) };
        add(&here.path, toolbox.html.about(page, &list)?);
    }
    let reports = list::headings(sources);
    add("search/headings.html", toolbox.html.about(page, &SearchTitles { heading: titles, reports: &reports })?);
    add("search.html", toolbox.html.about(page, &Search)?);
    Ok(out)
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
