//! What a web editor is handed of a report: its page as a fragment for another page, its files under names that tell what they are, and what must be
//! filled in where it is published. Made from the bytes of a version, be it published or only rendered, and from the document that they print.

mod folder;
mod fragment;
mod names;
mod sheet;
mod words;

use std::collections::BTreeMap;

use crate::document::resolved::{Chart, ResolvedDocument};
use crate::hypertext::{encoded, encoded_path, escaped};
use crate::pipeline::Artifact;
use crate::pipeline::manifest::Manifest;
use crate::publish::links::Target;
use crate::render::word::PictureFiles;
use crate::system::Bytes;

pub use folder::write;
use names::Names;
use words::Words;

/// A version of a report.
#[derive(Debug)]
pub struct Version<'a> {
    pub document: &'a ResolvedDocument,
    pub manifest: &'a Manifest,
    /// Its files by their paths in its folder.
    pub files: &'a BTreeMap<String, Bytes>,
    pub published: bool,
    /// What is said of it where there is a later one.
    pub later: Option<&'a Later>,
}

/// That there is a later version, and where, so far as the website is known.
#[derive(Debug)]
pub struct Later {
    pub words: String,
    /// Address and words.
    pub link: Option<(String, String)>,
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
    /// The folder, where another was asked for than the one of this version.
    pub out: Option<&'a str>,
    /// The address of the website that has the reports.
    pub site: Option<&'a str>,
}

/// The level of the first headings where none is asked for.
pub const HEADING: u8 = 2;

/// The draft that somebody fills in.
const STATEMENT: &str = "accessibility.html";

const PAGE: &str = "index.html";

/// The files of a version for a web editor, sorted by path. `fonts` are the letters that a style sheet brings along. None where its page is missing.
#[must_use]
pub fn web(version: &Version<'_>, fonts: &str, pictures: &PictureFiles<'_>, wish: Wish<'_>) -> Option<Vec<Artifact>> {
    let Version { document, files, manifest, .. } = version;
    let page = String::from_utf8_lossy(files.get(PAGE)?);
    let names = Names::new(version, &page);
    let address = |to: &str| address(to, &names, manifest, wish);
    let asked = fragment::Wish {
        id: &document.id,
        language: &document.language,
        heading: wish.heading,
        title: wish.title,
        address: &address,
        before: &version.later.map(notice).unwrap_or_default(),
    };
    let mut made = fragment::fragment(&page, &asked);
    if version.later.is_some() {
        made.rules.push((format!(".{}{NOTICE}", sheet::PREFIX), NOTICE_STYLE.to_owned()));
    }
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
    add(STATEMENT, words.statement(manifest).into());
    out.sort_by(|a, b| a.path.cmp(&b.path));
    let paths: Vec<&str> = out.iter().map(|file| file.path.as_str()).collect();
    let readme = words.readme(version, &names, &paths, picture.as_deref(), wish);
    out.push(Artifact { path: "README.txt".to_owned(), bytes: readme.into() });
    out.sort_by(|a, b| a.path.cmp(&b.path));
    Some(out)
}

const NOTICE: &str = "newer";
/// As what a page on the website shows of later versions.
const NOTICE_STYLE: &str = "margin:0 0 1.5rem;padding:0.5rem 1rem;border-inline-start:0.25rem solid #8a3b00;background:#fff4e8;font-family:var(--sans)";

/// What stands before all else in the fragment of a version that is not the newest one.
fn notice(later: &Later) -> String {
    let link =
        later.link.as_ref().map(|(href, words)| format!(" <a href=\"{}\">{}</a>", escaped(href), escaped(words)));
    format!(
        "<p class=\"{}{NOTICE}\"><strong>{}</strong>{}</p>\n",
        sheet::PREFIX,
        escaped(&later.words),
        link.unwrap_or_default()
    )
}

/// Where a link of the page leads from the fragment: to a file that goes along, to somebody else's page, or to the version on the website of reports.
fn address(to: &str, names: &Names, manifest: &Manifest, wish: Wish<'_>) -> Option<String> {
    let own = format!("output/{}/{}/", manifest.report.id, manifest.report.version);
    let (path, place, folder) = match Target::read(&format!("{own}{PAGE}"), to, wish.site) {
        Target::External(_) | Target::None => return Some(to.to_owned()),
        Target::Outside => return None,
        Target::Inside { path, place, folder, .. } => (path, place, folder),
    };
    let place = place.map(|place| format!("#{}", encoded(&place))).unwrap_or_default();
    if let Some(name) = path.strip_prefix(&own).and_then(|path| names.find(path)) {
        let base = wish.base.map(|base| format!("{}/", base.trim_end_matches('/'))).unwrap_or_default();
        return Some(format!("{base}{name}{place}"));
    }
    let site = wish.site?.trim_end_matches('/');
    let path = path.strip_prefix("output").unwrap_or(&path);
    Some(format!("{site}{}{}{place}", encoded_path(path), if folder { "/" } else { "" }))
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
