//! `output/index.html`: the list of all reports, from the manifests that lie in `output/`.

use crate::diagnostic::Sink;
use crate::document::resolved::{Publisher, Theme};
use crate::load;
use crate::locale::Locale;
use crate::pipeline::manifest::{FILE, Manifest};
use crate::pipeline::{Artifact, Toolbox};
use crate::render::html::{IndexEntry, IndexInput, Page, PdfFile};
use crate::resolve::date;
use crate::system::System;
use crate::value::PartialDate;
use crate::versions::ledger::{self, Ledger, order};

use super::addresses::{self, FeedPlace};
use super::commit::{CommitError, put};
use super::site::{catalogue, feeds, map};

/// Writes the list and its assets, and for each report the pages beside its versions.
///
/// # Errors
/// What the operating system said, with the path; a template's fault as such an error, since it was checked when it was read.
pub fn write_index(system: &dyn System, toolbox: &Toolbox) -> Result<(), CommitError> {
    for file in lists(system, toolbox)? {
        if system.read(&file.path).is_ok_and(|old| old == file.bytes) {
            continue;
        }
        put(system, &file.path, &file.bytes)?;
    }
    Ok(())
}

/// The list, its assets and the pages beside the versions, as they must be by the ledgers and the manifests that lie in `output/`.
///
/// # Errors
/// A template's fault.
pub fn lists(system: &dyn System, toolbox: &Toolbox) -> Result<Vec<Artifact>, CommitError> {
    let workspace = &toolbox.workspace;
    let Some(locale) = toolbox.locale(workspace.language) else { return Ok(Vec::new()) };
    // A ledger with faults was reported with its report; what can be read of it leads on.
    let reports: Vec<(String, Ledger)> = load::folders(system)
        .into_iter()
        .map(|id| (id.clone(), ledger::read(system, &id, &mut Sink::default())))
        .collect();
    // What is published with a report has pages of its own beside its versions; the feed tells of the report alone.
    let parts = reports.iter().flat_map(|(_, ledger)| ledger.parts().into_iter().map(|id| (ledger.of_part(&id), id)));
    let ledgers: Vec<(String, Ledger)> =
        reports.iter().cloned().chain(parts.map(|(ledger, id)| (id, ledger))).collect();
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
    for (at, (id, ledger)) in ledgers.iter().enumerate() {
        let part = at >= reports.len();
        let pages = addresses::pages(system, toolbox, &theme, id, part, ledger);
        files.extend(pages.map_err(faulty(&format!("output/{id}")))?);
    }
    let page = Page {
        language: locale.language().tag(),
        labels: locale.labels(),
        theme: &theme,
        publisher: &publisher.name,
        site: toolbox.site(),
    };
    let place = FeedPlace { path: "feed.xml", up: "", about: None };
    let feed = addresses::feed(toolbox, &page, &reports, place).map_err(faulty("output/feed.xml"))?;
    let kinds = feeds::kinds(toolbox, &page, locale, &reports).map_err(faulty("output/feeds"))?;
    let input = IndexInput {
        language: locale.language().tag(),
        labels: locale.labels(),
        publisher: &publisher,
        theme: &theme,
        site: toolbox.site(),
        reports: entries(system, locale, &ledgers),
        feed: feed.is_some(),
        feeds: kinds.iter().map(|kind| (kind.path.clone(), kind.label.clone())).collect(),
    };
    let index = toolbox.html.index(&input).map_err(faulty("output/index.html"))?;
    files.extend(feed);
    files.extend(kinds.into_iter().map(|kind| kind.file));
    files.extend(map::files(toolbox.site().map(|site| site.trim_end_matches('/')), &ledgers));
    files.extend(catalogue::catalogue(system, toolbox, locale, &reports));
    files.push(Artifact { path: "output/index.html".to_owned(), bytes: index.into() });
    Ok(files)
}

/// What the list says of each report: its newest published version, and later ones that are not published yet.
fn entries(system: &dyn System, locale: &Locale, ledgers: &[(String, Ledger)]) -> Vec<IndexEntry> {
    let mut out = Vec::new();
    for report in system.list("output").into_iter().filter(|entry| entry.folder) {
        let ledger = ledgers.iter().find(|(id, _)| *id == report.name).map(|(_, ledger)| ledger);
        let newest = ledger.and_then(Ledger::newest).map(|entry| entry.head.version.as_str());
        let folder = report.name;
        for (version, manifest) in manifests(system, &folder, newest) {
            let report = manifest.report;
            if report.id != folder || report.version != version {
                continue;
            }
            let Some(day) = PartialDate::parse(&report.date) else { continue };
            out.push(IndexEntry {
                date: date(&day, locale),
                // Names of folders, as they are: a manifest may say what it likes.
                path: format!("{}/{}/", addresses::encoded(&folder), addresses::encoded(&version)),
                versions: newest.map(|_| format!("{}/versions.html", addresses::encoded(&folder))),
                pdf: Some(PdfFile { path: report.pdf, pages: report.pages, bytes: report.pdf_bytes }),
                title: report.title,
                subtitle: report.subtitle,
                kind_label: report.kind_label,
                description: report.description,
                language: report.language,
                version: report.version,
                status: report.status,
            });
        }
    }
    out
}

/// Manifests of a report's versions in `output/`; of the published ones that of the newest alone.
fn manifests(system: &dyn System, id: &str, newest: Option<&str>) -> Vec<(String, Manifest)> {
    let folder = format!("output/{id}");
    let versions = system.list(&folder).into_iter().filter(|entry| entry.folder);
    versions
        .filter(|version| newest.is_none_or(|newest| order(&version.name) >= order(newest)))
        .filter_map(|version| {
            let bytes = system.read(&format!("{folder}/{}/{FILE}", version.name)).ok()?;
            Some((version.name, serde_json::from_slice(&bytes).ok()?))
        })
        .collect()
}
