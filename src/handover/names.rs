//! Names of files by what is in them, for people who have never seen an id.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::hypertext::{Piece, pieces};
use crate::load::Taken;
use crate::markdown::slug;

use super::Version;

/// How long a name may be, so that it shows whole in a list of files.
const LONGEST: usize = 60;

/// The new names of the files that go along.
#[derive(Debug)]
pub struct Names {
    own: String,
    by_path: BTreeMap<String, String>,
}

impl Names {
    pub fn new(version: &Version<'_>, page: &str) -> Self {
        let Version { document, files, manifest, .. } = version;
        let year = document.date.iso.get(..4).unwrap_or_default();
        let mut own = short(&document.title_text);
        if !own.split('-').any(|part| part == year) {
            own = format!("{own}-{year}");
        }
        let mut taken = Taken::default();
        taken.insert(&own);
        let mut by_path = BTreeMap::new();
        let mut add = |path: &str, name: String| {
            if files.contains_key(path) {
                by_path.insert(path.to_owned(), name);
            }
        };
        add(&manifest.report.pdf, format!("{own}.pdf"));
        for extension in ["xlsx", "ods", "bib", "ris"] {
            add(&format!("{}.{extension}", document.id), format!("{own}.{extension}"));
        }
        let stem = |path: &str| {
            path.rsplit('/')
                .next()
                .and_then(|name| name.rsplit_once('.'))
                .map_or(String::new(), |(stem, _)| stem.to_owned())
        };
        for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("data/") && path.ends_with(".json")) {
            let Some(title) = title_of(bytes) else { continue };
            let stem = stem(path);
            let name = taken.claim(&short(&title));
            add(&format!("data/{stem}.csv"), format!("data/{name}.csv"));
            add(path, format!("data/{name}.json"));
        }
        let mut taken = Taken::default();
        for chart in document.charts() {
            let name = taken.claim(&short(&chart.caption_text));
            add(&chart.path, format!("charts/{name}.svg"));
        }
        // Pictures and files of the author's, as the page leads to them.
        let mut taken = Taken::default();
        for path in linked(page).into_iter().filter(|path| !path.starts_with("assets/") && !path.starts_with("data/")) {
            let Some((_, extension)) = path.rsplit_once('.').filter(|_| files.contains_key(&path)) else { continue };
            if !by_path.contains_key(&path) {
                let name = taken.claim(&short(&stem(&path)));
                by_path.insert(path.clone(), format!("files/{name}.{extension}"));
            }
        }
        Self { own, by_path }
    }

    /// The name of the report's own files, without what tells their kind.
    pub fn own(&self) -> &str {
        &self.own
    }

    pub fn find(&self, path: &str) -> Option<&str> {
        self.by_path.get(path).map(String::as_str)
    }

    /// Paths and new names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_path.iter().map(|(path, name)| (path.as_str(), name.as_str()))
    }
}

/// Words as a name, no longer than is read at a glance.
fn short(words: &str) -> String {
    let name = slug(words);
    if name.len() <= LONGEST {
        return name;
    }
    let cut = name.get(..=LONGEST).and_then(|begin| begin.rfind('-')).filter(|at| *at > 0).unwrap_or(LONGEST);
    name.get(..cut).unwrap_or(&name).to_owned()
}

/// The title that a file of data has in itself.
fn title_of(bytes: &[u8]) -> Option<String> {
    let Json::Object(map) = serde_json::from_slice(bytes).ok()? else { return None };
    // What describes other files is none of data.
    map.get("rows")?;
    Some(map.get("title")?.as_str()?.to_owned())
}

/// The files of its own folder that a page leads to, in its order.
fn linked(page: &str) -> Vec<String> {
    let mut out = Vec::new();
    for piece in pieces(page) {
        let Piece::Tag(tag) = piece else { continue };
        out.extend(["href", "src"].iter().filter_map(|name| Some(tag.value(name)?.into_owned())));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn names_are_short() {
        assert_eq!(
            short("Ledsagarservice och kontaktperson: Åtgärder (2025)"),
            "ledsagarservice-och-kontaktperson-atgarder-2025"
        );
        let long = short("Besluten om ledsagarservice var flest under årets sista kvartal i alla stadsdelar");
        assert_eq!(long, "besluten-om-ledsagarservice-var-flest-under-arets-sista");
        assert_eq!(short(&"a".repeat(90)).len(), 60);
    }
}
