//! What the head of a report's page tells programs: Dublin Core, what citation managers read, and what is shown where the page is shared.

use serde_json::{Value as Json, json};

use super::PageInput;
use crate::document::address;
use crate::document::resolved::ResolvedDocument;
use crate::render::card;

/// The elements of the head: `names` and `properties` as pairs, and `links` to the same report in other languages. None of a version from
/// before its data was described.
pub(super) fn head(input: &PageInput, canonical: Option<&str>) -> Option<Json> {
    input.data?;
    let document = input.document;
    let pairs = |pairs: Vec<(&str, String)>| -> Json {
        pairs.into_iter().map(|(name, content)| json!({"name": name, "content": content})).collect()
    };
    let links: Json = input
        .document
        .translations
        .iter()
        .filter_map(|other| Some(json!({"language": other.language, "href": address::base(input.site?) + &other.path})))
        .collect();
    let alone = links.as_array().is_none_or(Vec::is_empty);
    Some(json!({
        "names": pairs(names(document, canonical).into_iter().chain(original(input, canonical)).collect()),
        "properties": pairs(properties(input, canonical)),
        // A page is told among its translations, or search engines pass over them.
        "self": canonical.filter(|_| !alone).map(|href| json!({"language": document.language, "href": href})),
        "links": links,
    }))
}

/// What it is a translation of: by its address where the website is known, else by its title.
fn original(input: &PageInput, canonical: Option<&str>) -> Option<(&'static str, String)> {
    let original = input.document.translations.iter().find(|other| other.original)?;
    let address = input.site.filter(|_| canonical.is_some()).map(|site| address::base(site) + &original.path);
    Some(("dcterms.isVersionOf", address.unwrap_or_else(|| original.title.clone())))
}

fn names(document: &ResolvedDocument, canonical: Option<&str>) -> Vec<(&'static str, String)> {
    let publisher = &document.publisher;
    let mut out = vec![("dcterms.title", document.title_text.clone())];
    out.push(("dcterms.creator", publisher.unit.as_ref().unwrap_or(&publisher.name).clone()));
    out.push(("dcterms.publisher", publisher.name.clone()));
    // What is not decided on is dated, not issued.
    out.push((if document.status.is_draft() { "dcterms.date" } else { "dcterms.issued" }, document.date.iso.clone()));
    out.push(("dcterms.language", document.language.clone()));
    out.push(("dcterms.type", document.kind_label.clone()));
    out.extend(document.licence.as_ref().map(|licence| ("dcterms.license", licence.url.clone())));
    out.extend(document.series.as_ref().map(|series| ("dcterms.isPartOf", series.clone())));
    out.extend(document.period.as_ref().map(|(from, to)| ("dcterms.temporal", format!("start={from}; end={to}"))));
    out.extend(document.reference.as_ref().map(|reference| ("dcterms.identifier", reference.clone())));
    out.extend(canonical.map(|address| ("dcterms.identifier", address.to_owned())));
    out.push(("citation_author", publisher.unit.as_ref().unwrap_or(&publisher.name).clone()));
    out.extend(document.reference.as_ref().map(|number| ("citation_technical_report_number", number.clone())));
    out.retain(|(_, content)| !content.is_empty());
    out
}

/// The picture that is shown where the page is shared: its address must be whole.
fn properties(input: &PageInput, canonical: Option<&str>) -> Vec<(&'static str, String)> {
    let Some(canonical) = canonical.filter(|_| input.card) else { return Vec::new() };
    vec![
        ("og:image", format!("{canonical}{}", card::FILE)),
        ("og:image:type", "image/png".to_owned()),
        ("og:image:width", card::WIDTH.to_string()),
        ("og:image:height", card::HEIGHT.to_string()),
        ("og:image:alt", card::alternative(input.document)),
    ]
}
