//! The report in the words of schema.org, for search engines and whoever reads pages by program.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{PageInput, PdfFile};
use crate::document::address;
use crate::document::export::DataTable;
use crate::document::resolved::visit::walk_blocks;
use crate::document::resolved::{Block, DataFiles, ResolvedDocument};

/// The text of the page's data block, safe to stand in a `script` element.
pub(super) fn json_ld(input: &PageInput, canonical: Option<&str>) -> String {
    let mut report = report(input.document, canonical, input.pdf.as_ref());
    // A version from before its data was described stays what it was.
    if let Some(tables) = input.data {
        Described { input, base: canonical.unwrap_or_default() }.add(&mut report, tables);
    }
    drop_nulls(&mut report);
    // An HTML parser looks for `</script`, and JSON of old has two characters more than JavaScript that end a line.
    report.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn report(document: &ResolvedDocument, canonical: Option<&str>, pdf: Option<&PdfFile>) -> Json {
    let publisher = json!({
        "@type": "Organization",
        "name": document.publisher.name,
        "url": document.publisher.url,
    });
    json!({
        "@context": "https://schema.org",
        "@type": "Report",
        "name": document.title_text,
        "description": document.description,
        "inLanguage": document.language,
        // A draft is not published; nulls are left out.
        "datePublished": (!document.status.is_draft()).then_some(&document.date.iso),
        "version": document.version,
        "creativeWorkStatus": document.status,
        "keywords": document.keywords,
        "genre": document.kind_label,
        "isPartOf": document.series.as_ref().map(|name| json!({"@type": "CreativeWorkSeries", "name": name})),
        "publisher": publisher,
        "url": canonical,
        "encoding": pdf.map(|file| json!({
            "@type": "MediaObject",
            "encodingFormat": "application/pdf",
            "contentUrl": format!("{}{}", canonical.unwrap_or_default(), file.path),
            "contentSize": file.bytes.to_string(),
        })),
    })
}

/// Where the publisher is told, for whatever else names it.
const PUBLISHER: &str = "#Publisher";

/// What is said of a version whose data is described.
struct Described<'a> {
    input: &'a PageInput<'a>,
    /// What stands before addresses of the version's files: nothing where the website is not known, since they are relative then.
    base: &'a str,
}

impl Described<'_> {
    fn add(&self, report: &mut Json, tables: &[DataTable]) {
        let document = self.input.document;
        report["@id"] = json!(format!("{}#Report", self.base));
        report["publisher"]["@id"] = json!(self.at(PUBLISHER));
        report["author"] = match &document.publisher.unit {
            Some(unit) => json!({"@type": "Organization", "name": unit, "parentOrganization": self.id(PUBLISHER)}),
            None => self.id(PUBLISHER),
        };
        report["license"] = json!(document.licence.as_ref().map(|licence| &licence.url));
        report["reportNumber"] = json!(document.reference);
        report["temporalCoverage"] = json!(document.period.as_ref().map(|(from, to)| format!("{from}/{to}")));
        report["isBasedOn"] = some(self.based_on());
        report["translationOfWork"] = json!(self.original());
        report["image"] = json!(self.input.card.then(|| self.at(crate::render::card::FILE)));
        report["hasPart"] = some(self.datasets(tables));
        if report["keywords"].as_array().is_some_and(Vec::is_empty) {
            report["keywords"] = Json::Null;
        }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn id(&self, path: &str) -> Json {
        json!({"@id": self.at(path)})
    }

    /// What it is a translation of.
    fn original(&self) -> Option<Json> {
        let original = self.input.document.translations.iter().find(|other| other.original)?;
        let url = self.input.site.map_or_else(|| original.href.clone(), |site| address::base(site) + &original.path);
        Some(json!({"@type": "Report", "name": original.title, "inLanguage": original.language, "url": url}))
    }

    /// The reports that it was written or made from.
    fn based_on(&self) -> Vec<Json> {
        let address = |href: &str| match (self.input.site, href.strip_prefix("../../")) {
            (Some(site), Some(path)) => address::base(site) + path,
            _ => href.to_owned(),
        };
        let bases = self.input.document.about.based_on.iter();
        bases.map(|basis| json!({"@type": "Report", "name": basis.words, "url": address(&basis.href)})).collect()
    }

    fn datasets(&self, tables: &[DataTable]) -> Vec<Json> {
        let document = self.input.document;
        let anchors = anchors(document);
        let mut told = false;
        let mut dataset = |table: &DataTable| {
            let files = DataFiles::new(&table.id);
            let mut distribution =
                vec![self.download("text/csv", &files.csv), self.download("application/json", &files.json)];
            // A workbook holds all tables: it is told once, and named by the others.
            distribution.extend(self.input.workbooks.iter().map(|file| match told {
                true => self.id(&file.path),
                false => {
                    let mut download = self.download(file.format.mime(), &file.path);
                    download["@id"] = json!(self.at(&file.path));
                    download
                }
            }));
            told = true;
            let mut about = vec![format!("{}: {}.", document.title_text, table.label)];
            about.extend(table.origin.clone());
            json!({
                "@type": "Dataset",
                "name": table.title,
                "alternateName": table.label,
                "description": about.join(" "),
                "url": anchors.get(files.csv.as_str()).map(|anchor| self.at(&format!("#{anchor}"))),
                "inLanguage": table.language,
                "license": document.licence.as_ref().map(|licence| &licence.url),
                "creator": self.id(PUBLISHER),
                "isAccessibleForFree": true,
                "temporalCoverage": document.period.as_ref().map(|(from, to)| format!("{from}/{to}")),
                "distribution": distribution,
                "variableMeasured": some(table.columns.iter().map(|column| json!({
                    "@type": "PropertyValue", "name": column.label, "unitText": column.unit,
                })).collect()),
            })
        };
        tables.iter().map(&mut dataset).collect()
    }

    fn download(&self, mime: &str, path: &str) -> Json {
        json!({"@type": "DataDownload", "encodingFormat": mime, "contentUrl": self.at(path)})
    }
}

/// Where each table and chart with data stands, by the path of its CSV.
fn anchors(document: &ResolvedDocument) -> BTreeMap<&str, &str> {
    let mut out = BTreeMap::new();
    for chapter in &document.chapters {
        walk_blocks(&chapter.blocks, |block| match block {
            Block::Table(table) => {
                out.extend(table.data.as_ref().map(|files| (files.csv.as_str(), table.anchor.as_str())))
            }
            Block::Chart(chart) => out.extend([(chart.data.csv.as_str(), chart.anchor.as_str())]),
            _ => {}
        });
    }
    out
}

/// A list; nothing where it is empty.
fn some(list: Vec<Json>) -> Json {
    if list.is_empty() { Json::Null } else { Json::Array(list) }
}

fn drop_nulls(value: &mut Json) {
    match value {
        Json::Object(map) => {
            drop_null_keys(map);
            map.values_mut().for_each(drop_nulls);
        }
        Json::Array(list) => list.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

fn drop_null_keys(map: &mut Map<String, Json>) {
    map.retain(|_, value| !value.is_null());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    #[test]
    fn no_text_ends_the_element_or_a_line_of_it() {
        let mut document = fixture::document();
        document.title_text = "a</script>\u{2028}b\u{2029}".into();
        let input = PageInput {
            document: &document,
            pdf: None,
            workbooks: Vec::new(),
            citation: None,
            data: Some(&[]),
            card: false,
            site: None,
            path: "",
        };
        let text = json_ld(&input, None);
        assert!(!text.contains(['<', '\u{2028}', '\u{2029}']), "{text}");
        let read: Json = serde_json::from_str(&text).unwrap();
        assert_eq!(read["name"], document.title_text.as_str());
        assert_eq!(read["license"], "https://creativecommons.org/licenses/by/4.0/");
        assert_eq!(read["temporalCoverage"], "2020-09/2021-03");
        assert!(read.get("hasPart").is_none() && read.get("image").is_none(), "nothing is said of what is not there");
    }
}
