//! `output/search.html`, and in `output/search/` the pages of words and headings.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::pages::{About, Link, Names};

/// The page that searches.
#[derive(Debug, Clone, Copy)]
pub struct Search;

/// `search/words.html`: the letters, and on the page of a letter its words.
#[derive(Debug, Clone, Copy)]
pub struct SearchWords<'a> {
    pub heading: &'a str,
    pub letters: &'a [SearchLetter],
    pub here: Option<&'a SearchLetter>,
}

/// `search/headings.html`.
#[derive(Debug, Clone, Copy)]
pub struct SearchTitles<'a> {
    pub heading: &'a str,
    pub reports: &'a [SearchHeadings],
}

/// Words that begin alike.
#[derive(Debug, Clone)]
pub struct SearchLetter {
    pub letter: String,
    /// Its page, relative to `output/`.
    pub path: String,
    pub words: Vec<SearchWord>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SearchWord {
    pub word: String,
    pub language: String,
    pub links: Vec<Link>,
}

/// A document with its chapters.
#[derive(Debug, Clone, Serialize)]
pub struct SearchHeadings {
    pub title: String,
    /// "Granskningsrapport, 2021"
    pub about: String,
    pub language: String,
    pub path: String,
    pub links: Vec<Link>,
}

impl About for Search {
    const TEMPLATE: &'static str = "site/search.html";

    fn fill(&self, _: &mut Names<'_>) {}
}

impl About for SearchWords<'_> {
    const TEMPLATE: &'static str = "site/search-words.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("heading", self.heading);
        let letters = self.letters.iter().map(|letter| {
            let here = self.here.is_some_and(|here| here.path == letter.path);
            json!({"letter": letter.letter, "path": letter.path, "here": here})
        });
        names.insert("letters", &letters.collect::<Vec<Json>>());
        names.insert("here", &self.here.map(|here| &here.letter));
        names.insert("words", &self.here.map(|here| &here.words));
    }
}

impl About for SearchTitles<'_> {
    const TEMPLATE: &'static str = "site/search-headings.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("heading", self.heading);
        names.insert("reports", &self.reports);
    }
}
