//! `output/index.html`: the list of all reports, from the manifests that lie in `output/`.

use std::collections::BTreeMap;

use crate::diagnostic::Sink;
use crate::document::resolved::{Publisher, Theme};
use crate::load;
use crate::pipeline::{Artifact, Toolbox};
use crate::render::html::{self, IndexInput, Page};
use crate::system::{Bytes, System, sha256};
use crate::versions::ledger::{self, Ledger};

use super::addresses::{self, FeedPlace};
use super::commit::{CommitError, put};
use super::site::entries::Entries;
use super::site::held::Lying;
use super::site::languages::Languages;
use super::site::latest::{self, Copied};
use super::site::search::{self, Said};
use super::site::written;
use super::site::{catalogue, feeds, map};

/// Writes the list and its assets, and for each report the pages beside its versions.
///
/// # Errors
/// What the operating system said, with the path; a template's fault as such an error, since it was checked when it was read.
pub fn write_index(system: &dyn System, toolbox: &Toolbox) -> Result<(), CommitError> {
    let lists = lists(system, toolbox)?;
    for file in &lists.files {
        if system.read(&file.path).is_ok_and(|old| old == file.bytes) {
            continue;
        }
        put(system, &file.path, &file.bytes)?;
    }
    written::copy(system, &lists.copies)?;
    written::settle(system, &lists.paths(), &lists.gone)
}

/// What lies in `output/` beside the versions.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    pub files: Vec<Artifact>,
    pub copies: Vec<Copied>,
    /// Paths at which what lies there stays as it is: it cannot be made now.
    pub kept: Vec<String>,
    /// Files of versions that were never published and whose report is gone, each with its hash.
    pub gone: BTreeMap<String, String>,
}

impl Lists {
    /// Every path with the hash of what must lie there; none where that is not known.
    #[must_use]
    pub fn paths(&self) -> BTreeMap<String, Option<String>> {
        let kept = self.kept.iter().map(|path| (path.clone(), None));
        let made = self.files.iter().map(|file| (file.path.clone(), Some(file.bytes.hash().to_string())));
        let copied = self.copies.iter().map(|copied| (copied.path.clone(), Some(copied.sha256.clone())));
        kept.chain(made).chain(copied).collect()
    }

    /// Every path with its hash, and that of the list of them.
    #[must_use]
    pub fn hashes(&self) -> BTreeMap<String, String> {
        let paths = self.paths();
        let list = written::text(&paths, &BTreeMap::new());
        let known = paths.into_iter().filter_map(|(path, hash)| Some((path, hash?)));
        known.chain([(written::LIST.to_owned(), sha256(list.as_bytes()))]).collect()
    }
}

/// The list, its assets and the pages beside the versions, as they must be by the ledgers and the manifests that lie in `output/`.
///
/// # Errors
/// A template's fault.
pub fn lists(system: &dyn System, toolbox: &Toolbox) -> Result<Lists, CommitError> {
    let workspace = &toolbox.workspace;
    let Some(locale) = toolbox.locale(workspace.language) else { return Ok(Lists::default()) };
    // A ledger with faults was reported with its report; what can be read of it leads on.
    let reports: Vec<(String, Ledger)> = load::folders(system)
        .into_iter()
        .map(|id| (id.clone(), ledger::read(system, &id, &mut Sink::default())))
        .collect();
    let lying = Lying::new(system, &reports);
    // What is published with a report has pages of its own beside its versions; the feed tells of the report alone.
    let parts = reports.iter().flat_map(|(_, ledger)| ledger.parts().into_iter().map(|id| (ledger.of_part(&id), id)));
    let parts: Vec<(String, Ledger)> = parts.map(|(ledger, id)| (id, ledger)).collect();
    let Lying { held, gone, .. } = &lying;
    let theme = Theme {
        accent_dark: crate::colour::on_dark(&workspace.theme.accent),
        accent: workspace.theme.accent.clone(),
        text_font: workspace.theme.text_font.value.clone(),
        heading_font: workspace.theme.heading_font.value.clone(),
    };
    let publisher = Publisher {
        name: workspace.publisher.as_ref().map(|publisher| publisher.name.value.clone()).unwrap_or_default(),
        unit: workspace.publisher.as_ref().and_then(|publisher| publisher.unit.as_ref()).map(|unit| unit.value.clone()),
        url: workspace.publisher.as_ref().and_then(|publisher| publisher.url.as_ref()).map(|url| url.value.clone()),
        logo: None,
    };
    let faulty = |path: &str| {
        let path = path.to_owned();
        move |problem| CommitError { path, error: std::io::Error::other(problem) }
    };
    let mut files: Vec<Artifact> = toolbox
        .assets
        .iter()
        .map(|(name, bytes)| Artifact { path: format!("output/assets/{name}"), bytes: bytes.clone() })
        .collect();
    for (folder, name, bytes) in html::site_assets() {
        let own = system.read(&format!("templates/html/{name}")).ok();
        let own = own.filter(|own| !html::is_builtin((name, bytes), own));
        let bytes = own.unwrap_or_else(|| Bytes::from(&*html::sent(name, bytes)));
        files.push(Artifact { path: format!("output/{folder}/{name}"), bytes });
    }
    let languages = Languages::new(held);
    let ledgers = reports.iter().map(|report| (false, report)).chain(parts.iter().map(|part| (true, part)));
    for (part, (id, ledger)) in ledgers {
        let ways = languages.ways(id, latest::FOLDER);
        let pages = addresses::pages(toolbox, &theme, (id, part), ledger, lying.unpublished(id), &ways);
        files.extend(pages.map_err(faulty(&format!("output/{id}")))?);
    }
    let (mut copies, mut kept) = (Vec::new(), Vec::new());
    for document in held {
        copies.extend(latest::copies(document));
        let pages = latest::pages(system, toolbox, &theme, document, &languages);
        files.extend(pages.map_err(faulty(&format!("output/{}/latest", document.id)))?);
        kept.push(latest::page_path(document));
    }
    let page = Page {
        language: locale.language().tag(),
        labels: locale.labels(),
        theme: &theme,
        publisher: &publisher.name,
        site: toolbox.site(),
    };
    let place = FeedPlace { path: "feed.xml", up: "", about: None };
    let all = reports.iter().map(|(_, ledger)| ledger);
    let feed = addresses::feed(toolbox, &page, all, place).map_err(faulty("output/feed.xml"))?;
    let kinds = feeds::kinds(toolbox, &page, locale, &reports).map_err(faulty("output/feeds"))?;
    let entries = Entries::new(held, locale);
    let facets = entries.facets(locale);
    files.extend(entries.pages(toolbox, &page, &facets, locale).map_err(faulty("output/kinds"))?);
    let input = IndexInput {
        language: locale.language().tag(),
        labels: locale.labels(),
        publisher: &publisher,
        theme: &theme,
        site: toolbox.site(),
        reports: entries.list(),
        feed: feed.is_some(),
        facets,
        feeds: kinds.iter().map(|kind| (kind.path.clone(), kind.label.clone())).collect(),
    };
    let index = toolbox.html.index(&input).map_err(faulty("output/index.html"))?;
    files.extend(feed);
    files.extend(kinds.into_iter().map(|kind| kind.file));
    files.extend(map::files(toolbox.site(), reports.iter().chain(&parts), &languages));
    // Somebody's own robots.txt says what shall be found.
    if let Ok(lies) = system.read(map::ROBOTS)
        && !written::is_written(system, map::ROBOTS)
    {
        files.retain(|file| file.path != map::ROBOTS || file.bytes == lies);
    }
    files.extend(catalogue::catalogue(toolbox, locale, held, &reports));
    let said: Vec<Said> =
        held.iter().map(|held| Said { report: &held.manifest.report, contents: held.contents.as_ref() }).collect();
    files.extend(search::files(&said, toolbox, &page, locale).map_err(faulty("output/search.html"))?);
    files.push(Artifact { path: "output/index.html".to_owned(), bytes: index.into() });
    Ok(Lists { files, copies, kept, gone: gone.clone() })
}
