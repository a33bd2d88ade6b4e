//! Citations as Word, Zotero and Mendeley write them into a document, and the sources that they carry.

use base64::Engine as _;
use roxmltree::Node;
use serde_json::Value;

use crate::office::{Fault, Package, child, children, parse};

use super::super::source::{Source, Sources};

/// A source that a field cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What the document calls the source.
    pub name: String,
    /// What the field itself says of it.
    pub source: Option<Source>,
    pub pages: Option<String>,
}

/// The words of `CITATION And21 \p 12 \m Ber20`, the name of the field left out.
pub fn of_word<'w>(words: impl Iterator<Item = &'w str>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    let mut words = words;
    let mut is_name = true;
    while let Some(word) = words.next() {
        match word {
            "\\m" => is_name = true,
            "\\p" => {
                let pages = words.next().map(str::to_owned);
                if let Some(last) = out.last_mut() {
                    last.pages = pages;
                }
            }
            "\\l" | "\\f" | "\\s" | "\\v" => _ = words.next(),
            switch if switch.starts_with('\\') => {}
            name if is_name => {
                out.push(Mention { name: name.to_owned(), source: None, pages: None });
                is_name = false;
            }
            _ => {}
        }
    }
    out
}

/// What `ADDIN ZOTERO_ITEM CSL_CITATION {…}` and its like cite; none where it cannot be read.
pub fn of_csl(json: &str) -> Option<Vec<Mention>> {
    let value: Value = serde_json::from_str(json).ok()?;
    let items = value.get("citationItems")?.as_array()?;
    let mention = |item: &Value| {
        let data = item.get("itemData").or_else(|| item.get("item"))?;
        let uri = item.get("uris").or_else(|| item.get("uri")).and_then(|uris| uris.get(0)).and_then(Value::as_str);
        let name = uri.map(str::to_owned).or_else(|| text_of(item.get("id")?)).or_else(|| text_of(data.get("id")?))?;
        let label = item.get("label").and_then(Value::as_str).unwrap_or("page");
        let pages = item.get("locator").and_then(text_of).filter(|_| label == "page");
        Some(Mention { name, source: Some(csl(data)?), pages })
    };
    let out: Vec<Mention> = items.iter().filter_map(mention).collect();
    (out.len() == items.len() && !out.is_empty()).then_some(out)
}

/// What a content control of Mendeley cites: its tag is JSON in Base64.
pub fn of_mendeley(tag: &str) -> Option<Vec<Mention>> {
    let packed = tag.strip_prefix("MENDELEY_CITATION_v3_")?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(packed).ok()?;
    of_csl(std::str::from_utf8(&bytes).ok()?)
}

fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn csl(data: &Value) -> Option<Source> {
    let text = |name: &str| data.get(name).and_then(text_of);
    let container = text("container-title");
    let named = data.get("type").and_then(Value::as_str).unwrap_or_default();
    let (kind, within) = match named {
        "article-journal" | "article-magazine" => ("article", Some("periodical")),
        "article-newspaper" => ("article", Some("newspaper")),
        "paper-conference" => ("article", Some("proceedings")),
        "chapter" | "entry-encyclopedia" | "entry-dictionary" | "entry" => ("chapter", Some("anthology")),
        "book" => ("book", None),
        "report" => ("report", None),
        "thesis" => ("thesis", None),
        "webpage" | "post" | "post-weblog" => ("web", Some("web")),
        "legislation" | "bill" | "regulation" => ("legislation", None),
        "legal_case" => ("case", None),
        "motion_picture" | "broadcast" => ("video", None),
        "patent" => ("patent", None),
        "article" => ("article", None),
        _ => ("misc", None),
    };
    Some(Source {
        kind,
        title: text("title").or_else(|| container.clone())?,
        authors: names(data.get("author")),
        editors: names(data.get("editor")),
        date: data.get("issued").and_then(date),
        publisher: text("publisher"),
        location: text("publisher-place"),
        edition: text("edition"),
        volume: text("volume"),
        issue: text("issue"),
        pages: text("page"),
        url: text("URL"),
        visited: data.get("accessed").and_then(date),
        doi: text("DOI"),
        number: text("number"),
        parent: within.zip(container),
    })
}

fn names(list: Option<&Value>) -> Vec<String> {
    let one = |name: &Value| {
        let text = |key: &str| name.get(key).and_then(text_of);
        text("literal").or_else(|| {
            let family = text("family")?;
            let particle = text("non-dropping-particle").map(|particle| format!("{particle} ")).unwrap_or_default();
            Some(match text("given") {
                Some(given) => format!("{particle}{family}, {given}"),
                None => format!("{particle}{family}"),
            })
        })
    };
    list.and_then(Value::as_array).map(|list| list.iter().filter_map(one).collect()).unwrap_or_default()
}

fn date(value: &Value) -> Option<String> {
    if let Some(parts) = value.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array) {
        let parts: Vec<u32> = parts.iter().filter_map(|part| text_of(part)?.parse().ok()).collect();
        return written_date(&parts);
    }
    let raw = value.get("raw").or_else(|| value.get("literal")).and_then(text_of)?;
    let parts: Vec<u32> = raw.split(['-', '/']).map_while(|part| part.trim().parse().ok()).collect();
    written_date(&parts)
}

/// Year, month and day as far as they make a date.
fn written_date(parts: &[u32]) -> Option<String> {
    let (year, rest) = parts.split_first()?;
    if !(1000..=9999).contains(year) {
        return None;
    }
    let mut out = year.to_string();
    for (part, most) in rest.iter().zip([12, 31]) {
        if !(1..=most).contains(part) {
            break;
        }
        out.push_str(&format!("-{part:02}"));
    }
    Some(out)
}

/// The sources that Word keeps beside the document.
pub fn kept(package: &mut Package, parts: &[String], out: &mut Sources) -> Result<(), Fault> {
    for part in parts {
        let Some(text) = package.text(part)? else { continue };
        // Other things are kept there too, in whatever form their makers chose.
        let Ok(tree) = parse(&text, part) else { continue };
        let root = tree.root_element();
        if root.tag_name().name() != "Sources" {
            continue;
        }
        for node in children(root, "Source") {
            if let Some((tag, source)) = word_source(node) {
                out.add(&tag, source);
            }
        }
    }
    Ok(())
}

fn word_source(node: Node) -> Option<(String, Source)> {
    let text = |name: &str| {
        let text = child(node, name)?.text()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let parent = |kind, names: &[&str]| names.iter().find_map(|name| text(name)).map(|title| (kind, title));
    let (kind, parent) = match text("SourceType").as_deref().unwrap_or_default() {
        "Book" => ("book", None),
        "BookSection" => ("chapter", parent("anthology", &["BookTitle"])),
        "JournalArticle" => ("article", parent("periodical", &["JournalName"])),
        "ArticleInAPeriodical" => ("article", parent("periodical", &["PeriodicalTitle"])),
        "ConferenceProceedings" => ("article", parent("proceedings", &["ConferenceName"])),
        "Report" => ("report", None),
        "InternetSite" | "DocumentFromInternetSite" | "ElectronicSource" => {
            ("web", parent("web", &["InternetSiteTitle"]))
        }
        "Film" => ("video", None),
        "SoundRecording" => ("audio", None),
        "Case" => ("case", None),
        "Patent" => ("patent", None),
        _ => ("misc", None),
    };
    let day = |names: [&str; 3]| {
        let parts: Vec<u32> = names.into_iter().map_while(|name| month(&text(name)?)).collect();
        written_date(&parts)
    };
    let source = Source {
        kind,
        title: text("Title").or_else(|| parent.as_ref().map(|(_, title)| title.clone()))?,
        authors: people(node, &["Author", "Inventor", "Director", "Performer"]),
        editors: people(node, &["Editor"]),
        date: day(["Year", "Month", "Day"]),
        publisher: text("Publisher").or_else(|| text("Institution")).or_else(|| text("Department")),
        location: text("City"),
        edition: text("Edition"),
        volume: text("Volume"),
        issue: text("Issue"),
        pages: text("Pages"),
        url: text("URL"),
        visited: day(["YearAccessed", "MonthAccessed", "DayAccessed"]),
        doi: text("DOI"),
        number: text("StandardNumber"),
        parent,
    };
    Some((text("Tag")?, source))
}

/// A number, or the name of a month.
fn month(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "de"];
    let text = text.to_lowercase();
    text.parse().ok().or_else(|| {
        let found = MONTHS.iter().position(|month| text.starts_with(month))?;
        u32::try_from(found + 1).ok()
    })
}

fn people(node: Node, roles: &[&str]) -> Vec<String> {
    let Some(all) = child(node, "Author") else { return Vec::new() };
    let Some(role) = roles.iter().find_map(|role| child(all, role)) else { return Vec::new() };
    if let Some(office) = child(role, "Corporate").and_then(|node| node.text()) {
        return vec![office.trim().to_owned()];
    }
    let Some(list) = child(role, "NameList") else { return Vec::new() };
    let person = |node: Node| {
        let text = |name: &str| child(node, name)?.text().map(str::trim).filter(|text| !text.is_empty());
        let given: Vec<&str> = [text("First"), text("Middle")].into_iter().flatten().collect();
        Some(match given.is_empty() {
            true => text("Last")?.to_owned(),
            false => format!("{}, {}", text("Last")?, given.join(" ")),
        })
    };
    children(list, "Person").filter_map(person).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_word_names_its_sources_and_pages() {
        let mention = |name: &str, pages: Option<&str>| Mention {
            name: name.to_owned(),
            source: None,
            pages: pages.map(str::to_owned),
        };
        let words = ["And21", "\\p", "12-13", "\\l", "1053", "\\m", "Ber20", "\\n"];
        assert_eq!(of_word(words.into_iter()), [mention("And21", Some("12-13")), mention("Ber20", None)]);
        assert_eq!(of_word(std::iter::empty()), []);
    }

    #[test]
    fn an_item_without_its_data_is_no_citation() {
        assert_eq!(of_csl(r#"{"citationItems": [{"id": 1}]}"#), None);
        assert_eq!(of_csl("{"), None);
        let found = of_csl(
            r#"{"citationItems": [{"id": 7, "locator": "4", "itemData": {"type": "article-journal", "title": "T", "container-title": "P",
            "author": [{"family": "Berg", "given": "Ö"}, {"literal": "SCB"}], "issued": {"date-parts": [["2021", 3]]}}}]}"#,
        );
        let [Mention { name, source: Some(source), pages }] = found.as_deref().expect("a citation") else {
            panic!("one source")
        };
        assert_eq!((name.as_str(), pages.as_deref()), ("7", Some("4")));
        assert_eq!(source.authors, ["Berg, Ö", "SCB"]);
        assert_eq!((source.kind, source.date.as_deref()), ("article", Some("2021-03")));
        assert_eq!(source.parent, Some(("periodical", "P".to_owned())));
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        assert_eq!(written_date(&[2021, 3, 4]).as_deref(), Some("2021-03-04"));
        assert_eq!(written_date(&[2021, 13]).as_deref(), Some("2021"));
        assert_eq!(written_date(&[21]), None);
        assert_eq!((month("maj"), month("October"), month("3"), month("x")), (Some(5), Some(10), Some(3), None));
    }
}
