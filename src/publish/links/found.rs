//! The links of a file, by the kind of the file.

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::Value as Json;

use crate::hypertext::{ADDRESSES, Attribute, IDS, Piece, Tag, addresses, pieces, unescaped};
use crate::render::pdf;

/// One link as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub to: String,
    /// Its bytes in the text of the file.
    pub place: Range<usize>,
}

/// How the links of a file are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Page,
    Xml,
    Sheet,
    Pdf,
    /// JSON that describes files by their addresses: CSV on the web.
    Described,
}

/// The text of a file, where it has one, and its links.
type Read = (Option<String>, Vec<Found>);

impl Way {
    /// None for files that lead nowhere.
    pub fn of_file(path: &str) -> Option<Self> {
        Some(match path.rsplit_once('.')?.1 {
            "html" => Self::Page,
            "xml" | "svg" | "rdf" => Self::Xml,
            "css" => Self::Sheet,
            "pdf" => Self::Pdf,
            "json" if path.ends_with("-metadata.json") => Self::Described,
            _ => return None,
        })
    }

    /// None where the bytes are no such file.
    pub fn found(self, bytes: &[u8]) -> Option<Read> {
        if self == Self::Pdf {
            let found = |to| Found { to, place: 0..0 };
            return Some((None, pdf::addresses(bytes)?.into_iter().map(found).collect()));
        }
        let text = std::str::from_utf8(bytes).ok()?.to_owned();
        let found = match self {
            Self::Page | Self::Xml => marked(&text),
            Self::Sheet => sheet(&text, 0),
            Self::Described | Self::Pdf => described(&text)?,
        };
        Some((Some(text), found))
    }
}

/// Attributes that hold declarations, or a part of a drawing by its address.
const DRAWN: &[&str] =
    &["style", "fill", "stroke", "clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end"];

/// Properties of a catalogue of data whose values are pages and files; the others name things.
const DOCUMENTS: &[&str] = &["dcat:accessURL", "dcat:downloadURL", "dcat:landingPage", "foaf:homepage"];

/// Names of `meta` whose content is an address.
const META: &[&str] = &["citation_pdf_url", "og:url", "og:image", "twitter:image"];

fn marked(text: &str) -> Vec<Found> {
    let mut out = Vec::new();
    let mut all = pieces(text);
    let mut within = "";
    loop {
        let start = all.at();
        match all.next() {
            None => return out,
            Some(Piece::Tag(tag)) => {
                within = if tag.closes { "" } else { tag.name };
                tag_links(&tag, &mut out);
            }
            Some(Piece::Text(words)) if within == "style" => out.extend(sheet(words, start)),
            // The list of a website's pages, for search engines.
            Some(Piece::Text(words)) if within == "loc" || within == "image:loc" => {
                let place = start..start + words.len();
                out.push(Found { to: unescaped(words.trim()).into_owned(), place });
            }
            Some(Piece::Text(_)) => {}
        }
    }
}

fn tag_links(tag: &Tag<'_>, out: &mut Vec<Found>) {
    let at = |attribute: &Attribute<'_>| attribute.place.clone();
    for attribute in tag.attributes.iter().filter(|attribute| attribute.written.is_some()) {
        let name = attribute.name.to_ascii_lowercase();
        let value = attribute.value();
        // `<link rel="schema.DCTERMS" href="…">` names what words mean; nobody follows it.
        let names_a_scheme = tag.is("link") && tag.value("rel").is_some_and(|rel| rel.starts_with("schema."));
        let is_document = name == "rdf:resource" && DOCUMENTS.contains(&tag.name);
        if ADDRESSES.contains(&name.as_str()) && !names_a_scheme || is_document {
            out.push(Found { to: value.into_owned(), place: at(attribute) });
        } else if name == "srcset" {
            let each = value.split(',').filter_map(|one| one.split_ascii_whitespace().next());
            out.extend(each.map(|to| Found { to: to.to_owned(), place: at(attribute) }));
        } else if IDS.contains(&name.as_str()) {
            let each = value.split_ascii_whitespace();
            out.extend(each.map(|id| Found { to: format!("#{id}"), place: at(attribute) }));
        } else if DRAWN.contains(&name.as_str()) {
            let each = addresses(&value).into_iter();
            out.extend(each.map(|(_, to)| Found { to: to.to_owned(), place: at(attribute) }));
        }
    }
    if let Some(content) = tag.attribute("content").filter(|_| tag.is("meta")) {
        let value = content.value();
        let named = tag.value("name").or_else(|| tag.value("property")).unwrap_or_default();
        let leads = tag.value("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh"));
        let to = match value.split_once("url=") {
            Some((_, to)) if leads => Some(to),
            _ => META.contains(&&*named).then_some(&*value),
        };
        out.extend(to.map(|to| Found { to: to.trim().to_owned(), place: at(content) }));
    }
}

fn sheet(text: &str, start: usize) -> Vec<Found> {
    let found = addresses(text).into_iter();
    let found = found.map(|(at, to)| Found { to: to.to_owned(), place: start + at..start + at + to.len() });
    found.collect()
}

/// The files that a description of tables names under `url`.
fn described(text: &str) -> Option<Vec<Found>> {
    fn walk<'a>(value: &'a Json, out: &mut Vec<&'a str>) {
        match value {
            Json::Array(all) => all.iter().for_each(|value| walk(value, out)),
            Json::Object(map) => {
                for (key, value) in map {
                    match (key.as_str(), value) {
                        ("url", Json::String(to)) => out.push(to),
                        _ => walk(value, out),
                    }
                }
            }
            _ => {}
        }
    }
    let value: Json = serde_json::from_str(text).ok()?;
    let mut to = Vec::new();
    walk(&value, &mut to);
    let found = to.into_iter().map(|to| {
        let at = text.find(&format!("\"{to}\"")).map_or(0, |at| at + 1);
        Found { to: to.to_owned(), place: at..at + to.len() }
    });
    Some(found.collect())
}

/// The ids of a page, and the names that old pages have for them.
pub fn ids(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for piece in pieces(text) {
        let Piece::Tag(tag) = piece else { continue };
        out.extend(tag.value("id").map(std::borrow::Cow::into_owned));
        out.extend(tag.value("name").filter(|_| tag.is("a")).map(std::borrow::Cow::into_owned));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Way, ids};

    fn found(way: Way, text: &str) -> Vec<String> {
        let (read, found) = way.found(text.as_bytes()).unwrap();
        let read = read.unwrap();
        for one in &found {
            let words = &read[one.place.clone()];
            assert!(one.to.starts_with('#') || words.contains(one.to.as_str()), "{one:?} stands at {words:?}");
        }
        found.into_iter().map(|one| one.to).collect()
    }

    #[test]
    fn every_kind_of_link_of_a_page_is_found() {
        let page = "<meta http-equiv=\"refresh\" content=\"0; url=1.0/index.html\"><meta name=\"citation_pdf_url\" content=\"https://a.se/b.pdf\">\
                    <meta name=\"description\" content=\"url(c)\"><style>@font-face { src: url(\"d.woff2\") }</style><script src=\"e.js\"></script>\
                    <object data=\"../1.0.notice.html\"></object><img src=\"f.png\" srcset=\"g.png 2x, h.png 3x\"><td headers=\"i j\">\
                    <!-- <a href=\"k\"> --><p style=\"background: url(l)\" aria-labelledby=\"m\"><svg><use xlink:href=\"#n\"/><rect fill=\"url(#o)\"/></svg>";
        assert_eq!(
            found(Way::Page, page),
            [
                "1.0/index.html",
                "https://a.se/b.pdf",
                "d.woff2",
                "e.js",
                "../1.0.notice.html",
                "f.png",
                "g.png",
                "h.png",
                "#i",
                "#j",
                "l",
                "#m",
                "#n",
                "#o"
            ]
        );
    }

    #[test]
    fn feeds_site_maps_and_descriptions_are_read() {
        assert_eq!(found(Way::Xml, "<feed><link href=\"a.html\"/><id>b</id></feed>"), ["a.html"]);
        assert_eq!(found(Way::Xml, "<urlset><url><loc>https://a.se/</loc></url></urlset>"), ["https://a.se/"]);
        assert_eq!(Way::of_file("output/catalogue.rdf"), Some(Way::Xml));
        let catalogue = "<dcat:Dataset rdf:about=\"https://a.se/b/#data\"><dcat:landingPage rdf:resource=\"https://a.se/b/\"/>\
                         <dcat:theme rdf:resource=\"http://c.eu/SOCI\"/></dcat:Dataset>";
        assert_eq!(found(Way::Xml, catalogue), ["https://a.se/b/"]);
        assert_eq!(found(Way::Described, "{\"tables\": [{\"url\": \"t.csv\", \"x\": 1}]}"), ["t.csv"]);
        assert!(Way::Described.found(b"{").is_none());
    }

    #[test]
    fn ids_are_those_of_elements() {
        assert_eq!(ids("<p id=a>id=\"b\"<a name='c'></a>").into_iter().collect::<Vec<_>>(), ["a", "c"]);
    }
}
