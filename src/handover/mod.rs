//! What a web editor is handed of a report: its page as a fragment for another page, its files under names that tell what they are, and what must be
//! filled in where it is published. Made from the bytes of a version, be it published or only rendered, and from the document that they print.

mod fragment;
mod names;
mod sheet;
mod words;

use std::collections::BTreeMap;

use crate::document::resolved::{Chart, ResolvedDocument};
use crate::hypertext::escaped;
use crate::pipeline::Artifact;
use crate::pipeline::manifest::Manifest;
use crate::render::word::PictureFiles;
use crate::system::Bytes;

use names::Names;
use words::Words;

/// A version of a report.
#[derive(Debug)]
pub struct Version<'a> {
    pub document: &'a ResolvedDocument,
    pub manifest: &'a Manifest,
    /// Its files by their paths in its folder.
    pub files: &'a BTreeMap<String, Bytes>,
}

/// How it is handed over.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The level of the first headings of the fragment.
    pub heading: u8,
    /// The fragment has the title, at that level.
    pub title: bool,
    /// The address under which the files will lie; without it they lie beside the page.
    pub base: Option<&'a str>,
    /// The address of the website that has the reports.
    pub site: Option<&'a str>,
}

/// Whoever reads it keeps what he has filled in.
pub const FILLED_IN: &str = "accessibility.html";

const PAGE: &str = "index.html";

/// The files of a version for a web editor, sorted by path. `fonts` are the letters that a style sheet brings along. None where its page is missing.
#[must_use]
pub fn web(version: &Version<'_>, fonts: &str, pictures: &PictureFiles<'_>, wish: Wish<'_>) -> Option<Vec<Artifact>> {
    let Version { document, files, manifest } = version;
    let page = String::from_utf8_lossy(files.get(PAGE)?);
    let names = Names::new(version, &page);
    let address = |to: &str| address(to, &names, manifest, wish);
    let asked = fragment::Wish {
        id: &document.id,
        language: &document.language,
        heading: wish.heading,
        title: wish.title,
        address: &address,
    };
    let made = fragment::fragment(&page, &asked);
    let text = |path: &str| files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let mut sheets = vec![text("assets/style.css").unwrap_or_default(), fonts.to_owned()];
    sheets.extend(made.styles);
    sheets.extend(text("assets/own.css"));
    let style = sheet::scoped(&sheets, &fragment::id_prefix(&document.id), &made.rules);

    let mut out: Vec<Artifact> = names
        .iter()
        .filter_map(|(from, to)| Some(Artifact { path: to.to_owned(), bytes: files.get(from)?.clone() }))
        .collect();
    let mut add = |path: &str, bytes: Bytes| out.push(Artifact { path: path.to_owned(), bytes });
    let words = Words::new(document);
    let chart: Option<&Chart> = document.charts().first().copied();
    let mut picture = None;
    if let Some(chart) = chart {
        let svg = format!("{}.svg", names.own());
        add(&svg, chart.svg.as_str().into());
        picture = Some(svg);
        if let Some(png) = pictures.drawn(&chart.svg) {
            let png_name = format!("{}.png", names.own());
            add(&png_name, png.into());
            picture = Some(png_name);
        }
    }
    add("preview.html", preview(document, &made.html, wish).into());
    add("fragment.html", made.html.into());
    add("fragment.css", style.into());
    add("description.txt", words.description(chart).into());
    add(FILLED_IN, words.statement(manifest).into());
    out.sort_by(|a, b| a.path.cmp(&b.path));
    let paths: Vec<&str> = out.iter().map(|file| file.path.as_str()).collect();
    let readme = words.readme(&names, &paths, picture.as_deref(), wish);
    out.push(Artifact { path: "README.txt".to_owned(), bytes: readme.into() });
    out.sort_by(|a, b| a.path.cmp(&b.path));
    Some(out)
}

/// Where a link of the page leads from the fragment: to a file that goes along, to somebody else's page, or to the version on the website of reports.
fn address(to: &str, names: &Names, manifest: &Manifest, wish: Wish<'_>) -> Option<String> {
    let (path, place) = to.split_once('#').map_or((to, String::new()), |(path, place)| (path, format!("#{place}")));
    if let Some(name) = names.find(path) {
        let base = wish.base.map(|base| format!("{}/", base.trim_end_matches('/'))).unwrap_or_default();
        return Some(format!("{base}{name}{place}"));
    }
    if to.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/')) {
        return Some(to.to_owned());
    }
    let site = wish.site?.trim_end_matches('/');
    let mut parts = vec![manifest.report.id.as_str(), manifest.report.version.as_str()];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(format!("{site}/{}{place}", parts.join("/")))
}

/// A page with nothing but the fragment, to look at.
fn preview(document: &ResolvedDocument, fragment: &str, wish: Wish<'_>) -> String {
    let title = escaped(&document.title_text);
    let heading = if wish.title { String::new() } else { format!("<h1>{title}</h1>\n") };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"fragment.css\">\n</head>\n<body>\n<main>\n\
         {heading}{fragment}</main>\n</body>\n</html>\n",
        escaped(&document.language)
    )
}
