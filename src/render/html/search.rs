//! `output/search.html`.

use serde::Serialize;
use tera::Context;

use super::pages::{About, Link};

/// What the page's script is.
pub const SEARCH_SCRIPT: &[u8] = include_bytes!("../../../templates/html/search.js");

/// Rules that the page has besides those of all pages.
pub const SEARCH_STYLE: &[u8] = include_bytes!("../../../templates/html/search.css");

/// Both, by their names.
pub const SEARCH_ASSETS: [(&str, &[u8]); 2] = [("search.js", SEARCH_SCRIPT), ("search.css", SEARCH_STYLE)];

/// The page with its words and headings.
#[derive(Debug, Clone)]
pub struct Search {
    pub letters: Vec<SearchLetter>,
    pub headings: Vec<SearchHeadings>,
}

/// Words that begin alike.
#[derive(Debug, Clone, Serialize)]
pub struct SearchLetter {
    pub anchor: String,
    pub letter: String,
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

    fn fill(&self, context: &mut Context) {
        context.insert("letters", &self.letters);
        context.insert("headings", &self.headings);
    }
}
