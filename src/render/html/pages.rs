//! Pages about versions: the lasting address of a report, the list of its versions, what old pages show of later ones, the feed.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Value};

use super::{HtmlTemplates, TemplateProblem, context};
use crate::document::resolved::{Block, Date, Status, Theme};
use crate::render::form;

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

    fn fill(&self, context: &mut Context);
}

impl HtmlTemplates {
    /// A page about versions.
    ///
    /// # Errors
    /// A template that asks for what there is not.
    pub fn about(&self, page: &Page<'_>, about: &impl About) -> Result<String, TemplateProblem> {
        self.render_about(page, about)
    }

    fn render_about<A: About>(&self, page: &Page<'_>, about: &A) -> Result<String, TemplateProblem> {
        let mut context = self.begun(context::shared(page.labels, page.theme, page.site));
        context.insert("language", page.language);
        context.insert("publisher", page.publisher);
        about.fill(&mut context);
        Ok(self.tera.render(A::TEMPLATE, &context)?)
    }
}

impl About for Leads<'_> {
    const TEMPLATE: &'static str = "site/leads.html";

    fn fill(&self, context: &mut Context) {
        context.insert("title", self.title);
        context.insert("newest", self.newest);
        context.insert("words", &serde_json::json!({"leads": self.leads, "read": self.read}));
    }
}

impl About for Versions<'_> {
    const TEMPLATE: &'static str = "site/versions.html";

    fn fill(&self, context: &mut Context) {
        context.insert("heading", &self.heading);
        context.insert("versions", self.versions);
        context.insert("newest", &self.versions.first());
        context.insert("words", &serde_json::json!({"read": self.read}));
        context.insert("languages", &self.languages);
    }
}

impl About for Notice {
    const TEMPLATE: &'static str = "site/notice.html";

    fn fill(&self, context: &mut Context) {
        context.insert("assets", &self.assets);
        context.insert("words", &self.words);
        context.insert("older", &self.older);
        context.insert("links", &self.links);
        context.insert("languages", &self.languages);
    }
}

impl About for Room {
    const TEMPLATE: &'static str = "site/notice.css";

    fn fill(&self, context: &mut Context) {
        context.insert("older", &self.older);
    }
}

impl About for Latest {
    const TEMPLATE: &'static str = "site/latest.html";

    fn fill(&self, context: &mut Context) {
        context.insert("words", &self.words);
        context.insert("link", &self.link);
        context.insert("languages", &self.languages);
    }
}

impl About for Onward<'_> {
    const TEMPLATE: &'static str = "site/onward.html";

    fn fill(&self, context: &mut Context) {
        context.insert("title", self.title);
        context.insert("link", &self.link);
    }
}

impl About for Sections {
    const TEMPLATE: &'static str = "site/sections.html";

    fn fill(&self, context: &mut Context) {
        let sections: Vec<serde_json::Value> =
            self.sections.iter().map(|(words, href)| serde_json::json!({"words": words, "href": href})).collect();
        context.insert("heading", &self.heading);
        context.insert("words", &serde_json::json!({"notice": self.notice}));
        context.insert("sections", &sections);
    }
}

impl About for Difference<'_> {
    const TEMPLATE: &'static str = "site/difference.html";

    fn fill(&self, context: &mut Context) {
        let mut blocks = form::blocks(self.blocks);
        super::prepare::prepare(&mut blocks);
        context.insert("heading", &self.heading);
        context.insert("blocks", &blocks);
        context.insert("words", &serde_json::json!({"nothing": self.nothing}));
        // A style sheet of the program or of the publisher, like the other templates; fonts lie elsewhere.
        context.insert_value("style", Value::safe_string(self.style));
        context.insert_value("own", Value::safe_string(self.own));
    }
}

impl About for Feed {
    const TEMPLATE: &'static str = "site/feed.xml";

    fn fill(&self, context: &mut Context) {
        context.insert("id", &self.id);
        context.insert("about", &self.about);
        context.insert("own", &self.own);
        context.insert("up", &self.up);
        context.insert("updated", &self.updated);
        context.insert("entries", &self.entries);
    }
}
