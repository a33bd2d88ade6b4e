//! Pages about versions: the lasting address of a report, the list of its versions, what old pages show of later ones, the feed.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Value};

use super::{HtmlTemplates, TemplateProblem, context};
use crate::document::resolved::{Block, Date, Status, Theme};
use crate::render::form;
use crate::system::Hash;

/// What every page about versions begins with.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    pub language: &'a str,
    pub labels: &'a BTreeMap<String, String>,
    pub theme: &'a Theme,
    pub publisher: &'a str,
    pub site: Option<&'a str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Link {
    pub href: String,
    pub words: String,
}

/// The way to the same document in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InLanguage {
    pub language: String,
    pub href: String,
    /// In that language: "In English".
    pub words: String,
}

/// A published version in the list.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    pub version: String,
    pub date: Date,
    pub status: Status,
    /// Relative to the list: `1.0/index.html`.
    pub path: String,
    /// On the website, where it is known.
    pub address: Option<String>,
    pub withdrawn: Option<String>,
    pub first: bool,
    pub changes: Vec<VersionChange>,
    /// "Så skiljer sig version 1.1 från version 1.0"
    pub changed: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct VersionChange {
    /// "Rättelse"
    pub kind: String,
    pub what: String,
    pub why: String,
}

/// `output/<report>/index.html`.
#[derive(Debug, Clone)]
pub struct Leads<'a> {
    pub title: &'a str,
    pub newest: &'a Version,
    /// "Den senaste publicerade versionen är 1.1."
    pub leads: String,
    pub read: String,
}

/// `output/<report>/versions.html`.
#[derive(Debug, Clone)]
pub struct Versions<'a> {
    pub heading: String,
    /// The newest first.
    pub versions: &'a [Version],
    pub read: String,
    pub languages: Vec<InLanguage>,
}

/// `output/<report>/<version>.notice.html`.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The assets of the version that shows it, relative to it.
    pub assets: String,
    pub words: String,
    /// It speaks of a later version.
    pub older: bool,
    pub links: Vec<Link>,
    pub languages: Vec<InLanguage>,
}

/// `output/<report>/<version>.notice.css`: whether the page gives the notice room, which the newest one does not need.
#[derive(Debug, Clone)]
pub struct Room {
    pub older: bool,
}

/// What `output/<document>/latest/index.html` says before the page of the newest version.
#[derive(Debug, Clone)]
pub struct Latest {
    pub words: String,
    /// To the version itself.
    pub link: Link,
    pub languages: Vec<InLanguage>,
}

/// A page that leads on at once: `output/<document>/versions/index.html`.
#[derive(Debug, Clone)]
pub struct Onward<'a> {
    pub title: &'a str,
    pub link: Link,
}

/// `output/<report>/<version>.html`: each section of a version with the same in the newest.
#[derive(Debug, Clone)]
pub struct Sections {
    pub heading: String,
    pub notice: String,
    /// Words, and the address where there is one.
    pub sections: Vec<(String, Option<String>)>,
}

/// What `belagg diff --html` prints.
#[derive(Debug, Clone)]
pub struct Difference<'a> {
    pub heading: String,
    pub blocks: &'a [Block],
    pub nothing: String,
    /// The style sheet, and the workspace's own after it, which stand in the page.
    pub style: &'a str,
    pub own: &'a str,
}

/// `output/feed.xml`, and `output/feeds/<kind>.xml`.
#[derive(Debug, Clone)]
pub struct Feed {
    pub id: String,
    /// The kind of document that it tells of, where it is not all.
    pub about: Option<String>,
    /// Its own address, and what stands before that of the list of reports: relative to the website, or to the feed where that is not known.
    pub own: String,
    pub up: String,
    pub updated: String,
    pub entries: Vec<FeedEntry>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FeedEntry {
    pub id: String,
    pub title: String,
    pub language: String,
    pub status: Status,
    /// RFC 3339.
    pub updated: String,
    pub href: String,
    pub summary: String,
}

/// One kind of page: its template and the names it may use.
pub trait About {
    const TEMPLATE: &'static str;

    fn fill(&self, names: &mut Names<'_>);
}

/// The names of a template with their values, as they are handed to it or only hashed.
pub struct Names<'p> {
    pub(super) labels: &'p BTreeMap<String, String>,
    pub(super) language: &'p str,
    held: Held,
}

enum Held {
    Context(Context),
    Hashed(Vec<u8>),
}

impl Names<'_> {
    pub(super) fn insert(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) {
        match &mut self.held {
            Held::Context(context) => context.insert(name, value),
            Held::Hashed(text) => {
                text.extend_from_slice(name.as_bytes());
                // Plain data of strings and numbers always serialises.
                let _ = serde_json::to_writer(&mut *text, value);
            }
        }
    }

    /// A text in which nothing is escaped.
    fn insert_safe(&mut self, name: &'static str, text: &str) {
        match &mut self.held {
            Held::Context(context) => context.insert_value(name, Value::safe_string(text)),
            Held::Hashed(_) => self.insert(name, text),
        }
    }
}

/// What a page is made of besides templates and words: equal where the page would be the same.
#[must_use]
pub fn made_of<A: About>(page: &Page<'_>, about: &A) -> Hash {
    // The theme is the workspace's.
    let text = format!("{}\n{}\n{}\n", A::TEMPLATE, page.language, page.publisher).into_bytes();
    let mut names = Names { labels: page.labels, language: page.language, held: Held::Hashed(text) };
    names.insert("site", &page.site);
    about.fill(&mut names);
    match names.held {
        Held::Hashed(text) => Hash::digest(&text),
        Held::Context(_) => Hash::digest(&[]),
    }
}

impl HtmlTemplates {
    /// A page about versions.
    ///
    /// # Errors
    /// A template that asks for what there is not.
    pub fn about<A: About>(&self, page: &Page<'_>, about: &A) -> Result<String, TemplateProblem> {
        let mut context = self.begun(context::shared(page.labels, page.theme, page.site));
        context.insert("language", page.language);
        context.insert("publisher", page.publisher);
        let mut names = Names { labels: page.labels, language: page.language, held: Held::Context(context) };
        about.fill(&mut names);
        let Held::Context(context) = names.held else { return Ok(String::new()) };
        Ok(self.tera.render(A::TEMPLATE, &context)?)
    }
}

impl About for Leads<'_> {
    const TEMPLATE: &'static str = "site/leads.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("title", self.title);
        names.insert("newest", self.newest);
        names.insert("words", &serde_json::json!({"leads": self.leads, "read": self.read}));
    }
}

impl About for Versions<'_> {
    const TEMPLATE: &'static str = "site/versions.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("heading", &self.heading);
        names.insert("versions", self.versions);
        names.insert("newest", &self.versions.first());
        names.insert("words", &serde_json::json!({"read": self.read}));
        names.insert("languages", &self.languages);
    }
}

impl About for Notice {
    const TEMPLATE: &'static str = "site/notice.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("assets", &self.assets);
        names.insert("words", &self.words);
        names.insert("older", &self.older);
        names.insert("links", &self.links);
        names.insert("languages", &self.languages);
    }
}

impl About for Room {
    const TEMPLATE: &'static str = "site/notice.css";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("older", &self.older);
    }
}

impl About for Latest {
    const TEMPLATE: &'static str = "site/latest.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("words", &self.words);
        names.insert("link", &self.link);
        names.insert("languages", &self.languages);
    }
}

impl About for Onward<'_> {
    const TEMPLATE: &'static str = "site/onward.html";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("title", self.title);
        names.insert("link", &self.link);
    }
}

impl About for Sections {
    const TEMPLATE: &'static str = "site/sections.html";

    fn fill(&self, names: &mut Names<'_>) {
        let sections: Vec<serde_json::Value> =
            self.sections.iter().map(|(words, href)| serde_json::json!({"words": words, "href": href})).collect();
        names.insert("heading", &self.heading);
        names.insert("words", &serde_json::json!({"notice": self.notice}));
        names.insert("sections", &sections);
    }
}

impl About for Difference<'_> {
    const TEMPLATE: &'static str = "site/difference.html";

    fn fill(&self, names: &mut Names<'_>) {
        let mut blocks = form::blocks(self.blocks);
        super::prepare::prepare(&mut blocks);
        names.insert("heading", &self.heading);
        names.insert("blocks", &blocks);
        names.insert("words", &serde_json::json!({"nothing": self.nothing}));
        // A style sheet of the program or of the publisher, like the other templates; fonts lie elsewhere.
        names.insert_safe("style", self.style);
        names.insert_safe("own", self.own);
    }
}

impl About for Feed {
    const TEMPLATE: &'static str = "site/feed.xml";

    fn fill(&self, names: &mut Names<'_>) {
        names.insert("id", &self.id);
        names.insert("about", &self.about);
        names.insert("own", &self.own);
        names.insert("up", &self.up);
        names.insert("updated", &self.updated);
        names.insert("entries", &self.entries);
    }
}
