//! What the templates get: the resolved document as data, and what only a page needs.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use tera::{Context, Value};

use super::assets::FIRST_FACES;
use super::{PageInput, PdfFile, WorkbookFile};
use super::{head, linked};
use crate::document::address;
use crate::document::resolved::Theme;
use crate::locale::{Language, size};
use crate::render::citation::{bibtex_file, ris_file};
use crate::render::form;

const GENERATOR: &str = concat!("Belägg ", env!("CARGO_PKG_VERSION"));

/// The names that `report.html` may use, beside those that begin every template's context ([`shared`]).
pub(super) fn page(input: &PageInput) -> Context {
    let document = input.document;
    let mut data = form::document(document);
    super::prepare::prepare(&mut data);
    let mut context = shared(&document.labels, &document.theme, input.site);
    let canonical = input.site.map(|site| address::base(site) + input.path);
    context.insert("document", &data);
    let leading = document.chapters.iter().take_while(|chapter| chapter.role == "summary").count();
    context.insert("leading", &leading);
    context.insert("has_charts", &!document.charts().is_empty());
    context.insert("pdf", &input.pdf.as_ref().map(|file| pdf(file, &document.labels, &document.language)));
    let workbooks = input.workbooks.iter().map(|file| workbook(file, &document.labels, &document.language));
    context.insert("workbooks", &workbooks.collect::<Vec<_>>());
    let citation = input.citation.map(|citation| {
        json!({
            "text": citation.text,
            "bibtex": citation.bibtex.trim_end(),
            "ris": citation.ris.replace('\r', "").trim_end(),
            "bibtex_path": bibtex_file(&document.id),
            "ris_path": ris_file(&document.id),
        })
    });
    context.insert("citation", &citation);
    let json_ld = linked::json_ld(input, canonical.as_deref());
    context.insert("json_ld_hash", &BASE64.encode(Sha256::digest(json_ld.as_bytes())));
    context.insert_value("json_ld", Value::safe_string(&json_ld));
    context.insert("head", &head::head(input, canonical.as_deref()));
    context.insert("canonical", &canonical);
    context
}

/// `labels`, `theme`, `faces`, `site` and `generator`.
pub(super) fn shared(labels: &BTreeMap<String, String>, theme: &Theme, base: Option<&str>) -> Context {
    let mut context = Context::new();
    context.insert("labels", labels);
    context.insert(
        "theme",
        &json!({
            "accent": colour(&theme.accent),
            "accent_dark": colour(&theme.accent_dark),
            "text_font": font(&theme.text_font),
            "heading_font": font(&theme.heading_font),
        }),
    );
    // Faces that the theme has others in the place of are not asked for.
    let used = |family: &str| [&theme.text_font, &theme.heading_font].into_iter().any(|own| own == family);
    let faces = FIRST_FACES.iter().filter(|(family, _)| used(family)).map(|(_, file)| *file);
    context.insert("faces", &faces.collect::<Vec<_>>());
    context.insert("site", &base.map(address::base));
    context.insert("generator", GENERATOR);
    context
}

/// A colour as `#rrggbb`; anything else stays out of the style sheet.
fn colour(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('#')?;
    (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(text)
}

/// A font family's name, which stands between quotes in the style sheet.
fn font(name: &str) -> Option<&str> {
    let plain = |c: char| c.is_alphanumeric() || c == ' ' || c == '-';
    (!name.is_empty() && name.chars().all(plain)).then_some(name)
}

/// Path of the PDF and the words of the link to it: "Ladda ned som PDF (32 sidor, 1,2 MB)".
pub(super) fn pdf(file: &PdfFile, labels: &BTreeMap<String, String>, language: &str) -> Json {
    let key = if file.pages == 1 { "download_pdf_one" } else { "download_pdf" };
    let words = sized(key, file.bytes, labels, language).replace("{pages}", &file.pages.to_string());
    json!({"path": file.path, "pages": file.pages, "bytes": file.bytes, "words": words})
}

/// Path of a workbook and the words of the link to it: "Alla tabeller som Excel (XLSX, 24 kB)".
fn workbook(file: &WorkbookFile, labels: &BTreeMap<String, String>, language: &str) -> Json {
    let words = sized(file.format.label(), file.bytes, labels, language);
    json!({"path": file.path, "mime": file.format.mime(), "bytes": file.bytes, "words": words})
}

/// A label with the size of a file in it.
fn sized(key: &str, bytes: u64, labels: &BTreeMap<String, String>, language: &str) -> String {
    let label = |key: &str| labels.get(key).map(String::as_str).unwrap_or_default();
    let (unit, value) = size(bytes, Language::find(language).unwrap_or_default());
    label(key).replace("{size}", &label(unit).replace("{value}", &value).replace(' ', "\u{a0}"))
}

#[cfg(test)]
mod tests {
    use super::{colour, font};

    #[test]
    fn only_colours_and_names_reach_the_style_sheet() {
        assert_eq!(colour("#1d5b79"), Some("#1d5b79"));
        assert_eq!(colour("#1d5b7"), None);
        assert_eq!(colour("red}</style>"), None);
        assert_eq!(font("Source Serif 4"), Some("Source Serif 4"));
        assert_eq!(font("x\"; } body { display: none"), None);
    }
}
