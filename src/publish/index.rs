//! `output/index.html`: the list of all reports, from the manifests that lie in `output/`.

use crate::document::resolved::Theme;
use crate::load;
use crate::locale::PartialDate;
use crate::render::html::{IndexEntry, IndexInput, PdfFile};
use crate::resolve::date;
use crate::system::System;

use super::commit::CommitError;
use super::manifest::{FILE, Manifest};
use super::{Artifact, Toolbox};

/// Writes the list and its assets.
///
/// # Errors
/// What the operating system said, with the path; a template's fault as such an error, since it was checked when it was read.
pub fn write_index(system: &dyn System, toolbox: &Toolbox) -> Result<(), CommitError> {
    let (workspace, ..) = load::load_workspace(system);
    let Some(locale) = toolbox.locale(workspace.language) else { return Ok(()) };
    let reports = manifests(system)
        .into_iter()
        .filter_map(|manifest| {
            let report = manifest.report;
            Some(IndexEntry {
                date: date(&PartialDate::parse(&report.date)?, locale),
                path: format!("{}/{}/", report.id, report.version),
                pdf: Some(PdfFile { path: report.pdf, pages: report.pages, bytes: report.pdf_bytes }),
                title: report.title,
                subtitle: report.subtitle,
                kind_label: report.kind_label,
                description: report.description,
                language: report.language,
                version: report.version,
                status: report.status,
            })
        })
        .collect();
    let publisher = crate::document::resolved::Publisher {
        name: workspace.publisher.as_ref().map(|publisher| publisher.name.value.clone()).unwrap_or_default(),
        unit: workspace.publisher.as_ref().and_then(|publisher| publisher.unit.as_ref()).map(|unit| unit.value.clone()),
        url: workspace.publisher.as_ref().and_then(|publisher| publisher.url.as_ref()).map(|url| url.value.clone()),
        logo: None,
    };
    let theme = Theme {
        accent_dark: crate::colour::on_dark(&workspace.theme.accent),
        accent: workspace.theme.accent,
        text_font: workspace.theme.text_font.value,
        heading_font: workspace.theme.heading_font.value,
    };
    let input = IndexInput {
        language: locale.language().tag(),
        labels: locale.labels(),
        publisher: &publisher,
        theme: &theme,
        site: toolbox.site.as_deref(),
        reports,
    };
    let page = toolbox.html.index(&input).map_err(|problem| CommitError {
        path: "output/index.html".to_owned(),
        error: std::io::Error::other(problem),
    })?;
    let mut files: Vec<Artifact> = toolbox
        .assets
        .iter()
        .map(|(name, bytes)| Artifact { path: format!("output/assets/{name}"), bytes: bytes.clone() })
        .collect();
    files.push(Artifact { path: "output/index.html".to_owned(), bytes: page.into_bytes() });
    for file in files {
        if system.read(&file.path).is_ok_and(|old| old == file.bytes) {
            continue;
        }
        let new = format!("{}.new-{}", file.path, std::process::id());
        let failed = |error| CommitError { path: file.path.clone(), error };
        system.write(&new, &file.bytes).map_err(failed)?;
        system.rename(&new, &file.path).map_err(failed)?;
    }
    Ok(())
}

/// Manifests of every version in `output/`, by report and version.
fn manifests(system: &dyn System) -> Vec<Manifest> {
    let mut out = Vec::new();
    for report in system.list("output").into_iter().filter(|entry| entry.folder) {
        let folder = format!("output/{}", report.name);
        for version in system.list(&folder).into_iter().filter(|entry| entry.folder) {
            let path = format!("{folder}/{}/{FILE}", version.name);
            if let Some(manifest) = system.read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
                out.push(manifest);
            }
        }
    }
    out
}
