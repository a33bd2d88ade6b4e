//! The parts around the text: what the file is, its styles, lists, settings, heads and feet.

use super::look::{Look, STEP};
use super::relations::Relations;
use super::words::Words;
use super::{NAMESPACES, Paragraph, WIDTH, colour};
use crate::document::resolved::ResolvedDocument;
use crate::office::{Markup, PackedPart};

/// The part's name with its kind, for the list of contents.
const KINDS: &[(&str, &str)] = &[
    ("/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    ("/word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"),
    ("/word/numbering.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"),
    ("/word/settings.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"),
    ("/word/footnotes.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"),
    ("/word/header1.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"),
    ("/word/footer1.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"),
    ("/customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
    ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
];

pub fn content_types() -> PackedPart {
    let mut xml = Markup::part();
    xml.open("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
    let defaults = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("jpg", "image/jpeg"),
        ("jpeg", "image/jpeg"),
    ];
    for (extension, kind) in defaults {
        xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
    }
    for (name, kind) in KINDS {
        xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
    }
    PackedPart::new("[Content_Types].xml", xml.finish())
}

/// What the file as a whole names.
pub fn root_relations() -> PackedPart {
    let mut relations = Relations::default();
    relations.part("officeDocument", "word/document.xml");
    relations.part(
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    );
    relations.part("extended-properties", "docProps/app.xml");
    relations.part("custom-properties", "docProps/custom.xml");
    PackedPart::new("_rels/.rels", relations.xml())
}

pub fn styles(document: &ResolvedDocument) -> PackedPart {
    let text = include_str!("styles.xml")
        .replace("{accent}", &colour(&document.theme.accent))
        .replace("{language}", &language(document))
        .replace("{width}", &WIDTH.to_string());
    PackedPart::new("word/styles.xml", text)
}

/// The language as Word names it: `sv-SE`.
fn language(document: &ResolvedDocument) -> String {
    format!("{}-{}", document.language, document.region)
}

/// Bullets, letters, and a list for each that is numbered, with its first number.
pub fn numbering(lists: &[u64]) -> PackedPart {
    let mut xml = Markup::part();
    xml.open("w:numbering", NAMESPACES);
    for (kind, format) in [("1", "bullet"), ("2", "lowerLetter"), ("3", "decimal")] {
        xml.open("w:abstractNum", &[("w:abstractNumId", kind)]);
        xml.empty("w:multiLevelType", &[("w:val", "hybridMultilevel")]);
        for level in 0..9_usize {
            let text = if format == "bullet" {
                ["•", "–"].get(level % 2).copied().unwrap_or_default().to_owned()
            } else {
                format!("%{}.", level + 1)
            };
            let (left, hanging) = (((level + 1) * STEP).to_string(), STEP.to_string());
            xml.open("w:lvl", &[("w:ilvl", level.to_string().as_str())]).empty("w:start", &[("w:val", "1")]);
            xml.empty("w:numFmt", &[("w:val", format)]).empty("w:lvlText", &[("w:val", text.as_str())]);
            xml.empty("w:lvlJc", &[("w:val", "left")]).open("w:pPr", &[]);
            xml.empty("w:ind", &[("w:left", left.as_str()), ("w:hanging", hanging.as_str())]).close().close();
        }
        xml.close();
    }
    let shared = [("1", None), ("2", None)].map(|(kind, first)| (kind, first));
    let numbered = lists.iter().map(|first| ("3", Some(first.to_string())));
    for (at, (kind, first)) in shared.into_iter().chain(numbered).enumerate() {
        xml.open("w:num", &[("w:numId", &(at + 1).to_string())]).empty("w:abstractNumId", &[("w:val", kind)]);
        for level in (0..9).filter(|_| first.is_some()) {
            xml.open("w:lvlOverride", &[("w:ilvl", level.to_string().as_str())]);
            xml.empty("w:startOverride", &[("w:val", first.as_deref().unwrap_or("1"))]).close();
        }
        xml.close();
    }
    PackedPart::new("word/numbering.xml", xml.finish())
}

/// Changes are tracked from the first one on: who gets the file to comment on need not think of it.
pub fn settings(document: &ResolvedDocument) -> PackedPart {
    let mut xml = Markup::part();
    xml.open("w:settings", NAMESPACES).empty("w:trackRevisions", &[]);
    xml.empty("w:defaultTabStop", &[("w:val", "709")]).empty("w:autoHyphenation", &[("w:val", "0")]);
    xml.empty("w:characterSpacingControl", &[("w:val", "doNotCompress")]).open("w:footnotePr", &[]);
    xml.empty("w:footnote", &[("w:id", "-1")]).empty("w:footnote", &[("w:id", "0")]).close().open("w:compat", &[]);
    let mode =
        [("w:name", "compatibilityMode"), ("w:uri", "http://schemas.microsoft.com/office/word"), ("w:val", "15")];
    xml.empty("w:compatSetting", &mode).close();
    xml.empty("w:themeFontLang", &[("w:val", language(document).as_str())]);
    PackedPart::new("word/settings.xml", xml.finish())
}

/// The title at the head of each page but the first, and the page's number at its foot.
pub fn head_and_foot(document: &ResolvedDocument, running: &str) -> [PackedPart; 2] {
    let line = |root: &'static str, style: &str, write: &dyn Fn(&mut Words)| {
        let mut words = Words::default();
        write(&mut words);
        let mut xml = Markup::part();
        xml.open(root, NAMESPACES).open("w:p", &[]).open("w:pPr", &[]).empty("w:pStyle", &[("w:val", style)]).close();
        xml.put(words.xml);
        xml.finish()
    };
    let plain = Look::default();
    let head = line("w:hdr", "Header", &|words| words.own(running, &plain));
    let page_of = document.labels.get("page_of").map_or("{page}", String::as_str);
    let foot = line("w:ftr", "Footer", &|words| {
        let mut rest = page_of;
        while let Some((before, field)) = rest.split_once('{') {
            let (name, after) = field.split_once('}').unwrap_or((field, ""));
            words.own(before, &plain);
            words.field_begin(if name == "page" { " PAGE " } else { " NUMPAGES " });
            words.own("1", &plain);
            words.field_end();
            rest = after;
        }
        words.own(rest, &plain);
    });
    [PackedPart::new("word/header1.xml", head), PackedPart::new("word/footer1.xml", foot)]
}

/// Title, language, publisher and date. The date is that of the report: the same report is the same file.
pub fn properties(document: &ResolvedDocument) -> [PackedPart; 3] {
    let mut core = Markup::part();
    core.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let date = format!("{:04}-{:02}-{:02}T00:00:00Z", document.date.year, document.date.month, document.date.day);
    core.element("dc:title", &[], &document.title_text).element("dc:creator", &[], &document.publisher.name);
    core.element("dc:description", &[], &document.description);
    core.element("dc:language", &[], &language(document));
    core.element("cp:keywords", &[], &document.keywords.join(", "));
    core.element("cp:version", &[], &document.version);
    for name in ["dcterms:created", "dcterms:modified"] {
        core.element(name, &[("xsi:type", "dcterms:W3CDTF")], &date);
    }
    let mut app = Markup::part();
    app.open("Properties", &[("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")]);
    app.element("Application", &[], concat!("Belägg ", env!("CARGO_PKG_VERSION")));
    app.element("Company", &[], &document.publisher.name);
    let mut custom = Markup::part();
    custom.open(
        "Properties",
        &[
            ("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"),
            ("xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"),
        ],
    );
    for (at, (name, value)) in [(REPORT, &document.id), (VERSION, &document.version)].into_iter().enumerate() {
        let number = (at + 2).to_string();
        let attributes =
            [("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"), ("pid", number.as_str()), ("name", name)];
        custom.open("property", &attributes).element("vt:lpwstr", &[], value).close();
    }
    [
        PackedPart::new("docProps/core.xml", core.finish()),
        PackedPart::new("docProps/app.xml", app.finish()),
        PackedPart::new("docProps/custom.xml", custom.finish()),
    ]
}

/// The properties that say which report a file was made from.
pub const REPORT: &str = "Belagg report";
pub const VERSION: &str = "Belagg version";

/// The words of each paragraph as they were written, so that what came back can be held against them when the report has gone on.
pub fn exported(document: &ResolvedDocument, paragraphs: &[Paragraph]) -> [PackedPart; 3] {
    let mut item = Markup::part();
    item.open(
        "exported",
        &[("xmlns", EXPORTED), ("report", document.id.as_str()), ("version", document.version.as_str())],
    );
    for paragraph in paragraphs {
        item.element("p", &[("id", paragraph.id.as_str())], &paragraph.text);
    }
    let mut properties = Markup::part();
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
    properties
        .open("ds:datastoreItem", &[("ds:itemID", "{0B1A66E7-0D0C-4D0A-9C0E-6C616767E401}"), ("xmlns:ds", namespace)]);
    properties.open("ds:schemaRefs", &[]).empty("ds:schemaRef", &[("ds:uri", EXPORTED)]);
    let mut relations = Relations::default();
    relations.part("customXmlProps", "itemProps1.xml");
    [
        PackedPart::new("customXml/item1.xml", item.finish()),
        PackedPart::new("customXml/itemProps1.xml", properties.finish()),
        PackedPart::new("customXml/_rels/item1.xml.rels", relations.xml()),
    ]
}

/// The namespace of what was exported.
pub const EXPORTED: &str = "urn:belagg:exported";
