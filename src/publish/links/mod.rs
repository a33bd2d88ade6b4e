//! Whether all that leads somewhere in `output/` gets there: from pages, style sheets, feeds, lists of tables and PDFs to files and to places in
//! pages. Nothing is asked of the network: addresses of others are listed, for a program that asks.

mod found;
mod target;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, say};
use crate::load;
use crate::source::{SourceMap, Span};
use crate::system::System;

use found::{Found, Way};
pub use target::Target;

const OUTPUT: &str = "output";

/// What was found in `output/`.
#[derive(Debug, Default)]
pub struct Links {
    pub sink: Sink,
    pub sources: SourceMap,
    /// Files that were read.
    pub files: usize,
    /// Links that lead to a file or a place of `output/`.
    pub inner: usize,
    /// Addresses elsewhere, each once, sorted.
    pub external: BTreeSet<String>,
}

/// Looks at every file of `output/`, or at those of some reports. `site` is the address that `output/` has on the web.
#[must_use]
pub fn links(system: &dyn System, reports: &[String], site: Option<&str>) -> Links {
    let mut links = Links::default();
    let paths = match system.walk(OUTPUT) {
        Ok(paths) => paths,
        Err((path, error)) => {
            links.sink.push(load::cannot_read(&path, &error));
            return links;
        }
    };
    // What a running build puts together is not read: such folders are hidden.
    let files: BTreeSet<String> = paths.into_iter().map(|path| format!("{OUTPUT}/{path}")).collect();
    let wanted = |path: &&String| {
        let report = path.strip_prefix("output/").and_then(|path| path.split('/').next());
        reports.is_empty() || report.is_some_and(|report| reports.iter().any(|id| id == report))
    };
    let mut walk = Walk { system, files: &files, site, places: BTreeMap::new() };
    for path in files.iter().filter(wanted) {
        let Some(way) = Way::of_file(path) else { continue };
        match system.read(path) {
            Ok(bytes) => walk.file(path, way, &bytes, &mut links),
            Err(error) => links.sink.push(load::cannot_read(path, &error)),
        }
    }
    links
}

struct Walk<'a> {
    system: &'a dyn System,
    files: &'a BTreeSet<String>,
    site: Option<&'a str>,
    /// The ids of pages that something led to.
    places: BTreeMap<String, BTreeSet<String>>,
}

impl Walk<'_> {
    fn file(&mut self, path: &str, way: Way, bytes: &[u8], links: &mut Links) {
        links.files += 1;
        let Some((text, found)) = way.found(bytes) else {
            let message = say!("`{path}` cannot be read as the kind of file that its name says", path);
            links.sink.push(Diagnostic::error(Code::OUTPUT_LINK, message));
            return;
        };
        let source = std::cell::OnceCell::new();
        for found in found {
            let Some(problem) = self.problem(path, &found, links) else { continue };
            let Found { place, .. } = found;
            links.sink.push(match &text {
                Some(text) => {
                    let id = *source.get_or_init(|| links.sources.add(path, text.as_str()));
                    problem.at(Span::new(id, place.start, place.end))
                }
                None => problem,
            });
        }
    }

    /// What is wrong with a link; it is counted.
    fn problem(&mut self, path: &str, found: &Found, links: &mut Links) -> Option<Diagnostic> {
        let to = &found.to;
        match Target::read(path, to, self.site) {
            Target::External(address) => {
                links.external.insert(address);
                None
            }
            Target::None => None,
            Target::Outside => {
                let message = say!("{path}: `{to}` leads out of output/", path, to);
                let help = say!("what lies elsewhere is missing where output/ is copied to a website");
                Some(Diagnostic::error(Code::OUTPUT_LINK, message).help(help))
            }
            Target::Inside { path: file, place, folder, served } => {
                links.inner += 1;
                self.inside(path, found, (&file, place.as_deref()), (folder, served))
            }
        }
    }

    fn inside(
        &mut self,
        path: &str,
        found: &Found,
        (file, place): (&str, Option<&str>),
        (folder, served): (bool, bool),
    ) -> Option<Diagnostic> {
        let page = if folder { format!("{file}/index.html") } else { file.to_owned() };
        let page = page.replace("//", "/");
        if !self.files.contains(&page) {
            let is_folder = !folder && self.files.contains(&format!("{file}/index.html"));
            let message = say!("{path}: `{to}` leads to {page}, which is not there", path, page, to = found.to);
            let problem = Diagnostic::error(Code::OUTPUT_LINK, message);
            return Some(if is_folder {
                problem.help(say!("{page} is a folder: write a slash behind it", page))
            } else {
                let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
                let near = self.files.iter().filter(|known| known.rsplit_once('/').is_some_and(|(of, _)| of == folder));
                problem.nearest(&page, near.map(String::as_str))
            });
        }
        if folder && !served {
            let message = say!("{path}: `{to}` leads to a folder", path, to = found.to);
            let help = say!("opened from a disk a folder shows no page: write `index.html` behind it");
            return Some(Diagnostic::new(Severity::Warning, Code::OUTPUT_LINK_FOLDER, message).help(help));
        }
        let place = place.filter(|place| !place.is_empty() && !place.starts_with(":~:"))?;
        let ids = self.ids(&page)?;
        if ids.contains(place) || place == "top" {
            return None;
        }
        let message = say!("{path}: {page} has no place `#{place}`", path, page, place);
        Some(Diagnostic::error(Code::OUTPUT_PLACE, message).nearest(place, ids.iter().map(String::as_str)))
    }

    /// The ids of a page; none for files without such places.
    fn ids(&mut self, page: &str) -> Option<&BTreeSet<String>> {
        if !matches!(page.rsplit_once('.'), Some((_, "html" | "svg"))) {
            return None;
        }
        if !self.places.contains_key(page) {
            let bytes = self.system.read(page).ok()?;
            self.places.insert(page.to_owned(), found::ids(&String::from_utf8_lossy(&bytes)));
        }
        self.places.get(page)
    }
}
