//! The resolved document as a page, by Tera: the only user of that crate.
//!
//! The templates get the document as data and escape it; nothing an author wrote is ever read as a template. Built-in
//! templates are known as `builtin/…`. A workspace's own file of the same name stands before them, and so does a component
//! that it defines in any file, so that a designer replaces as little as one block (`{% extends "builtin/report.html" %}`)
//! or one component.

mod assets;
mod context;
mod filters;
mod head;
mod linked;
mod pages;
mod prepare;
mod problem;
mod search;
mod site;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tera::{Context, Tera};

pub use assets::{
    FONTS, OWN_STYLE, assets, builtin_templates, fonts_within, is_builtin, is_written, sent, site_assets,
};
pub use pages::{
    About, Difference, Feed, FeedEntry, InLanguage, Latest, Leads, Link, Notice, Onward, Page, Room, Sections, Version,
    VersionChange, Versions, made_of,
};
pub use problem::TemplateProblem;
pub use search::{Search, SearchHeadings, SearchLetter, SearchTitles, SearchWord, SearchWords};
pub use site::{
    Browse, DevelopmentRow, Facet, FacetValue, FigureChart, FigureRow, FigureTable, IndexPart, Listing, Said, Subject,
    SubjectPage,
};

use crate::document::export::DataTable;
use crate::document::resolved::{Date, Publisher, ResolvedDocument, Status, Theme};
use crate::render::citation::Citation;
use crate::render::workbook::Format;

/// Every word of the program's own that the built-in templates ask `labels` for.
pub const LABELS: &[&str] = &[
    "all_reports",
    "back_to_text",
    "back_to_text_n",
    "chart_description",
    "chart_series",
    "chart_values",
    "citation",
    "citation_text",
    "contents",
    "copied",
    "copied_not",
    "copy",
    "copy_link",
    "data_table",
    "development_area",
    "download_bibtex",
    "download_csv",
    "download_json",
    "download_ods",
    "download_pdf",
    "download_pdf_one",
    "download_png",
    "download_ris",
    "download_svg",
    "download_xlsx",
    "draft_notice",
    "evidence",
    "evidence_intro",
    "evidence_table",
    "feed",
    "imprint",
    "imprint_short",
    "links_intro",
    "note",
    "notes",
    "problem",
    "proposal",
    "reports",
    "same_data",
    "scroll_hint",
    "search",
    "search_failed",
    "search_headings",
    "search_hits",
    "search_label",
    "search_more",
    "search_near",
    "search_none",
    "search_one",
    "search_some",
    "search_unknown",
    "search_without",
    "search_words",
    "site_browse",
    "site_developments",
    "site_figures",
    "site_figures_intro",
    "site_filter",
    "site_filter_all",
    "site_filter_count",
    "site_filter_none",
    "site_measure",
    "site_parts",
    "site_report",
    "site_reports_of_year",
    "site_said",
    "site_standing",
    "site_unit",
    "site_ways",
    "size_kilobytes",
    "size_megabytes",
    "skip_to_content",
    "source",
    "status",
    "status_corrected",
    "status_draft",
    "status_in_review",
    "status_published",
    "status_revised",
    "status_withdrawn",
    "table",
    "table_scroll_hint",
    "version",
    "version_all",
    "version_first",
    "versions",
    "withdrawn_notice",
];

/// The PDF that lies beside a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PdfFile {
    /// Relative to the report's folder: `sysselsattning-2021.pdf`.
    pub path: String,
    pub pages: usize,
    pub bytes: u64,
}

/// A workbook that lies beside a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookFile {
    pub format: Format,
    /// Relative to the report's folder.
    pub path: String,
    pub bytes: u64,
}

/// What the page of a report is made of.
#[derive(Debug, Clone)]
pub struct PageInput<'a> {
    pub document: &'a ResolvedDocument,
    pub pdf: Option<PdfFile>,
    pub workbooks: Vec<WorkbookFile>,
    /// How to cite it, which lies beside the page in two forms; none for versions from before that.
    pub citation: Option<&'a Citation>,
    /// The tables with data, which the page's metadata describes; none of a version from before it did.
    pub data: Option<&'a [DataTable]>,
    /// The picture that stands for the report where its page is shared lies beside it.
    pub card: bool,
    /// Base address of the published website, for canonical addresses; none where it is not known.
    pub site: Option<&'a str>,
    /// The report's folder under the output: `sysselsattning-2021/1.0/`.
    pub path: &'a str,
}

/// What the list of reports is made of.
#[derive(Debug, Clone)]
pub struct IndexInput<'a> {
    /// Language of the workspace.
    pub language: &'a str,
    pub labels: &'a BTreeMap<String, String>,
    pub publisher: &'a Publisher,
    pub theme: &'a Theme,
    pub site: Option<&'a str>,
    /// In any order; the page has the newest first.
    pub reports: Vec<IndexEntry>,
    /// There is a feed beside the page.
    pub feed: bool,
    /// In what ways the list can be made shorter.
    pub facets: Vec<Facet>,
    /// Feeds of single kinds: the path of each, and what it is of.
    pub feeds: Vec<(String, String)>,
}

impl<'a> IndexInput<'a> {
    /// What its page begins with.
    #[must_use]
    pub fn page(&self) -> Page<'a> {
        let Self { language, labels, theme, site, publisher, .. } = *self;
        Page { language, labels, theme, site, publisher: &publisher.name }
    }
}

/// One report in the list.
#[derive(Debug, Clone)]
pub struct IndexEntry {
    pub title: String,
    pub subtitle: Option<String>,
    /// "Granskningsrapport"
    pub kind_label: String,
    pub description: String,
    pub language: String,
    pub date: Date,
    pub version: String,
    pub status: Status,
    /// The report's folder, relative to the list: `sysselsattning-2021/1.0/`.
    pub path: String,
    /// The list of its versions, relative to the list of reports; none for a report without published versions.
    pub versions: Option<String>,
    pub pdf: Option<PdfFile>,
    /// That of its main chart, relative to the list.
    pub picture: Option<String>,
    /// What belongs to it and stands in the same entry.
    pub parts: Vec<IndexPart>,
    /// The kinds of itself and its parts, and the pages of its units and quality areas: by these it is found.
    pub kinds: Vec<String>,
    pub units: Vec<String>,
    pub areas: Vec<String>,
}

/// The templates of a workspace, read and checked.
pub struct HtmlTemplates {
    tera: Tera,
    /// The workspace has a style sheet of its own beside the one that all pages have.
    own_style: bool,
    /// It has one in the place of the one that names the fonts.
    own_fonts: bool,
}

impl HtmlTemplates {
    /// The built-in templates with the workspace's own before them. `files` are those of `templates/html` by their path
    /// in it (`report.html`, `components/table.html`); what does not end in `.html` is not a template and is passed over.
    ///
    /// # Errors
    /// The first fault that Tera finds in a template, by file and line.
    pub fn new(files: &BTreeMap<String, String>) -> Result<Self, TemplateProblem> {
        let mut tera = Tera::default();
        filters::register(&mut tera);
        tera.set_fallback_prefixes([BUILTIN])?;
        let builtin = builtin_templates().into_iter().map(|(name, text)| (format!("{BUILTIN}{name}"), text));
        let own = files.iter().filter(|(name, _)| name.ends_with(".html")).map(|(n, t)| (n.clone(), t.clone()));
        tera.add_raw_templates(builtin.chain(own))?;
        let [own_style, own_fonts] = [OWN_STYLE, FONTS].map(|name| files.contains_key(name));
        Ok(Self { tera, own_style, own_fonts })
    }

    /// The page of a report, whole. The same input gives the same bytes.
    ///
    /// # Errors
    /// A template that asks for what the document does not have.
    pub fn page(&self, input: &PageInput) -> Result<String, TemplateProblem> {
        Ok(self.tera.render(&format!("{}.html", input.document.template), &self.begun(context::page(input)))?)
    }

    /// The list of reports, newest year and date first.
    ///
    /// # Errors
    /// As for [`Self::page`].
    pub fn index(&self, input: &IndexInput) -> Result<String, TemplateProblem> {
        self.about(&input.page(), input)
    }

    /// The names of a template, with what the workspace has of its own.
    fn begun(&self, mut names: Context) -> Context {
        names.insert("own_style", &self.own_style);
        if self.own_fonts {
            names.insert("faces", &Vec::<String>::new());
        }
        names
    }
}

/// Where the built-in templates stand among the names of templates.
const BUILTIN: &str = "builtin/";
