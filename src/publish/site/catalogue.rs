//! `output/catalogue.rdf`: the data of all published reports for data portals, by DCAT-AP-SE 3.
//!
//! A dataset is what one report gives of numbers: its tables differ from each other, so they are neither forms of the same data nor a series, and
//! a dataset for each would bury a portal. Its distributions are the forms in which all of it can be had: the workbooks as files, and the
//! single files of all tables by the page where they lie.

use std::collections::BTreeMap;

use crate::document::address;
use crate::document::resolved::Status;
use crate::hypertext::{encoded, encoded_path};
use crate::locale::{Language, Locale};
use crate::model::{Catalogue, Licence};
use crate::pipeline::manifest::ReportEntry;
use crate::pipeline::{Artifact, Toolbox};
use crate::render::csvw;
use crate::render::workbook::{Format, Workbook};
use crate::value::PartialDate;
use crate::versions::FileEntry;
use crate::versions::ledger::Ledger;

use super::held::Held;
use super::rdf::{Object, Resource, document};

/// Portals take the text of a catalogue over: Sweden asks that it is free for all.
const FREE: &str = "http://creativecommons.org/publicdomain/zero/1.0/";
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types";

/// The catalogue; none where the workspace declares none, where its addresses are not known, or where there is no data.
pub fn catalogue(toolbox: &Toolbox, locale: &Locale, held: &[Held], ledgers: &[(String, Ledger)]) -> Option<Artifact> {
    let workspace = &toolbox.workspace;
    let declared = workspace.catalogue.as_ref()?;
    let publisher = workspace.publisher.as_ref()?;
    let site = address::base(toolbox.site()?);
    let words = Words { toolbox, locale, site, publisher: &publisher.name.value };
    let published = held.iter().filter(|held| held.published);
    let ledgers: BTreeMap<&str, &Ledger> = ledgers.iter().map(|(id, ledger)| (id.as_str(), ledger)).collect();
    let of = |held: &Held| ledgers.get(held.id.as_str()).copied();
    let mut datasets: Vec<Dataset> = published.filter_map(|held| words.dataset(held, of(held)?)).collect();
    datasets.sort_by(|a, b| a.iri.cmp(&b.iri));
    let (first, last) =
        (datasets.iter().map(|set| &set.issued).min()?, datasets.iter().map(|set| &set.modified).max()?);

    let mut resources = vec![words.catalogue(declared, &datasets, first, last)];
    let mut agent = Resource::new(words.at("catalogue.rdf#publisher"), "foaf:Agent")
        .with("foaf:name", words.say(&publisher.name.value))
        .with("dcterms:type", iri(format!("http://purl.org/adms/publishertype/{}", declared.publisher_type.adms())));
    if let Some(url) = publisher.url.as_ref().filter(|url| url.value.to_ascii_lowercase().starts_with("http")) {
        agent = agent.with("foaf:homepage", iri(&url.value));
    }
    resources.push(agent);
    resources.push(
        Resource::new(words.at("catalogue.rdf#contact"), "vcard:Organization")
            .with("vcard:fn", Object::Plain(publisher.unit.as_ref().unwrap_or(&publisher.name).value.clone()))
            .with("vcard:hasEmail", iri(format!("mailto:{}", declared.contact.value))),
    );
    for dataset in datasets {
        resources.push(dataset.resource(&words, declared));
        resources.extend(dataset.distributions);
    }
    Some(Artifact { path: "output/catalogue.rdf".to_owned(), bytes: document(&resources).into() })
}

/// What the whole catalogue goes by.
struct Words<'a> {
    toolbox: &'a Toolbox,
    locale: &'a Locale,
    site: String,
    publisher: &'a str,
}

/// What one report gives of numbers.
struct Dataset<'a> {
    iri: String,
    language: Language,
    report: &'a ReportEntry,
    /// Captions of its tables and charts.
    tables: Vec<&'a str>,
    page: String,
    issued: String,
    modified: String,
    distributions: Vec<Resource>,
    /// Addresses of these.
    named: Vec<String>,
}

impl Words<'_> {
    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    /// The words of a report's language, or of the workspace's where those cannot be used.
    fn locale_of(&self, language: Language) -> &Locale {
        self.toolbox.locale(language).unwrap_or(self.locale)
    }

    fn say(&self, words: &str) -> Object {
        Object::Words(words.to_owned(), self.locale.language().tag().to_owned())
    }

    fn catalogue(&self, declared: &Catalogue, datasets: &[Dataset<'_>], first: &str, last: &str) -> Resource {
        let own = |given: &Option<crate::source::Text>, key: &str| match given {
            Some(text) => self.say(&text.value),
            None => self.say(&self.locale.fill(key, &[("publisher", self.publisher)])),
        };
        Resource::new(self.at("catalogue.rdf#catalogue"), "dcat:Catalog")
            .with("dcterms:title", own(&declared.title, "catalogue_title"))
            .with("dcterms:description", own(&declared.description, "catalogue_description"))
            .with("dcterms:publisher", iri(self.at("catalogue.rdf#publisher")))
            .with("dcterms:license", iri(FREE))
            .with("dcterms:language", language(self.locale.language()))
            .with("dcterms:issued", date(first))
            .with("dcterms:modified", date(last))
            .with("foaf:homepage", iri(self.at("")))
            .with("dcat:themeTaxonomy", iri(format!("{AUTHORITY}/data-theme")))
            .with_all("dcterms:spatial", declared.places.iter().map(|place| iri(&place.value)))
            .with_all("dcat:dataset", datasets.iter().map(|dataset| iri(&dataset.iri)))
    }

    /// The data of a report's newest version. What another than the workspace's publisher publishes belongs into a catalogue of its own.
    fn dataset<'a>(&self, held: &'a Held, ledger: &Ledger) -> Option<Dataset<'a>> {
        let head = &ledger.newest().filter(|newest| newest.head.status != Status::Withdrawn)?.head;
        if head.publisher != *self.publisher || head.version != held.version {
            return None;
        }
        let id = &held.id;
        let about = held.manifest.report.about.as_ref();
        let licence = about.and_then(|about| about.licence.as_deref()).and_then(Licence::find);
        let iri = self.at(&format!("{}/#data", encoded(id)));
        let page = self.at(&address::folder(id, &head.version));
        let language = Language::find(&head.language)?;
        let forms = forms(&held.outputs, &page);
        if forms.is_empty() {
            return None;
        }
        let words = self.locale_of(language);
        let named = |form: &DataForm| self.at(&format!("{}/#data-{}", encoded(id), form.extension));
        let distributions = forms.iter().map(|form| {
            let key = if form.file.is_some() { "distribution_file" } else { "distribution_page" };
            let say = |text: &str| Object::Words(text.to_owned(), language.tag().to_owned());
            let mut out = Resource::new(named(form), "dcat:Distribution")
                .with("dcterms:title", say(&form.extension.to_uppercase()))
                .with("dcterms:description", say(words.label(key)))
                .with("dcat:accessURL", self::iri(&form.address));
            if let Some(file) = form.file {
                out = out
                    .with("dcat:downloadURL", self::iri(&form.address))
                    .with("dcat:byteSize", Object::Typed(file.bytes.to_string(), "nonNegativeInteger"));
            }
            // Sweden reads the media type as a text, the EU as an address.
            out.with("dcterms:format", Object::Plain(form.mime.to_owned()))
                .with("dcat:mediaType", self::iri(format!("{MEDIA_TYPES}/{}", form.mime)))
                .with_all("dcterms:license", licence.map(|licence| self::iri(known(licence))))
                .with("dcterms:language", self::language(language))
                .with("dcterms:issued", date(&head.date))
                .with("dcatap:availability", self::iri(format!("{AUTHORITY}/planned-availability/STABLE")))
        });
        Some(Dataset {
            distributions: distributions.collect(),
            named: forms.iter().map(named).collect(),
            iri,
            language,
            tables: captions(held),
            page,
            issued: ledger.entries.first()?.head.date.clone(),
            modified: head.date.clone(),
            report: &held.manifest.report,
        })
    }
}

impl Dataset<'_> {
    fn resource(&self, words: &Words<'_>, declared: &Catalogue) -> Resource {
        let tag = self.language.tag();
        let say = |text: String| Object::Words(text, tag.to_owned());
        let description = match self.tables.as_slice() {
            [] => self.report.description.clone(),
            tables => format!("{} {}.", self.report.description, tables.join("; ")),
        };
        let about = self.report.about.as_ref();
        let keywords = about.map(|about| about.keywords.clone()).unwrap_or_default();
        let period = about.and_then(|about| about.period.as_ref()).map(|(from, to)| {
            Object::Thing(
                Resource::unnamed("dcterms:PeriodOfTime")
                    .with("dcat:startDate", date(from))
                    .with("dcat:endDate", date(to)),
            )
        });
        Resource::new(&*self.iri, "dcat:Dataset")
            .with("dcterms:title", say(self.report.title.clone()))
            .with("dcterms:description", say(description))
            .with("dcterms:publisher", iri(words.at("catalogue.rdf#publisher")))
            .with("dcat:contactPoint", iri(words.at("catalogue.rdf#contact")))
            .with("dcterms:identifier", Object::Plain(self.report.id.clone()))
            .with("dcat:version", Object::Plain(self.report.version.clone()))
            .with("dcterms:issued", date(&self.issued))
            .with("dcterms:modified", date(&self.modified))
            .with("dcterms:language", language(self.language))
            .with("dcterms:accessRights", iri(format!("{AUTHORITY}/access-right/PUBLIC")))
            .with("dcat:landingPage", iri(&self.page))
            .with_all("dcat:keyword", keywords.into_iter().map(say))
            .with_all(
                "dcat:theme",
                declared.themes.iter().map(|theme| iri(format!("{AUTHORITY}/data-theme/{}", theme.code()))),
            )
            .with_all("dcterms:spatial", declared.places.iter().map(|place| iri(&place.value)))
            .with_all("dcterms:temporal", period)
            .with_all("dcat:distribution", self.named.iter().map(iri))
    }
}

/// A form in which all data of a report can be had.
struct DataForm<'a> {
    extension: &'static str,
    mime: &'static str,
    /// The one file that holds it all; none where each table has a file, which the page leads to.
    file: Option<&'a FileEntry>,
    address: String,
}

fn forms<'a>(outputs: &'a [FileEntry], page: &str) -> Vec<DataForm<'a>> {
    let mut out = Vec::new();
    for (extension, format) in Format::WORDS {
        let end = format!(".{extension}");
        let books = outputs.iter().filter(|file| Workbook::is_file(&file.path));
        out.extend(books.filter(|file| file.path.ends_with(&end)).map(|file| DataForm {
            extension,
            mime: format.mime(),
            file: Some(file),
            address: located(page, &file.path),
        }));
    }
    for (extension, mime) in [("csv", "text/csv"), ("json", "application/json")] {
        let end = format!(".{extension}");
        let is_one = |path: &str| path.starts_with("data/") && path.ends_with(&end) && !path.ends_with(csvw::ENDING);
        let files: Vec<&FileEntry> = outputs.iter().filter(|file| is_one(&file.path)).collect();
        out.extend(match files.as_slice() {
            [] => None,
            [file] => Some(DataForm { extension, mime, file: Some(file), address: located(page, &file.path) }),
            _ => Some(DataForm { extension, mime, file: None, address: page.to_owned() }),
        });
    }
    out
}

fn located(page: &str, path: &str) -> String {
    format!("{page}{}", encoded_path(path))
}

/// Captions of what can be had as data: tables and charts, as the page has them.
fn captions(held: &Held) -> Vec<&str> {
    let Some(contents) = &held.contents else { return Vec::new() };
    let tables = contents.tables.iter().filter(|table| table.csv.is_some()).map(|table| &table.caption);
    let charts = contents.charts.iter().map(|chart| &chart.caption);
    let mut out = Vec::new();
    for caption in tables.chain(charts).map(|caption| caption.trim_end_matches('.')) {
        if !caption.is_empty() && !out.contains(&caption) {
            out.push(caption);
        }
    }
    out
}

fn iri(address: impl Into<String>) -> Object {
    Object::Iri(address.into())
}

/// A date as precise as it is.
fn date(iso: &str) -> Object {
    Object::Typed(iso.to_owned(), PartialDate::xml_type(iso))
}

fn language(language: Language) -> Object {
    let code = match language {
        Language::Swedish => "SWE",
        Language::English => "ENG",
        Language::Norwegian => "NOB",
    };
    iri(format!("{AUTHORITY}/language/{code}"))
}

/// The address by which portals know a licence: Creative Commons' are compared as they were first written.
fn known(licence: Licence) -> String {
    let url = licence.url();
    match url.strip_prefix("https://creativecommons.org/") {
        Some(rest) => format!("http://creativecommons.org/{rest}"),
        None => url.to_owned(),
    }
}
