//! References: every type of source in every language and both styles, read from the page.

use std::collections::BTreeSet;

use crate::workspace::Workspace;

const SOURCES: &str = include_str!("../fixtures/references/sources.yaml");

/// What the page prints of all sources: the list of references, and below it the notes or the sentence that cites them.
fn printed(language: &str, style: &str) -> String {
    let workspace = Workspace::small();
    let keys = SOURCES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(':').next());
    let cited: Vec<String> = keys.map(|key| format!("[@{key}]")).collect();
    workspace.file("content/liten/sources.yaml", SOURCES);
    workspace.chapter(format!("# Resultat {{#resultat}}\n\nText {}.\n", cited.join(" ")));
    workspace.file("content/liten/referenser.md", "# Referenser {.references}\n\n{{ references }}\n");
    let report = workspace.read("content/liten/report.yaml").replace("status: published", "status: draft");
    let report = report.replace("[kapitel.md]", "[kapitel.md, referenser.md]");
    workspace.file("content/liten/report.yaml", format!("{report}language: {language}\ncitation-style: {style}\n"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.page("liten");
    let list = between(&page, "<ul class=\"bibliography\">", "</ul>");
    let rest = match style {
        "notes" => between(&page, "doc-endnotes", "</section>").to_owned(),
        _ => between(&page, "<p>Text ", "</p>").replace("), ", ")\n").replace(") (", ")\n("),
    };
    format!("{}\n\n{}", words(list), words(&rest))
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("{start} is missing")) + start.len();
    &text[from..from + text[from..].find(end).unwrap()]
}

/// Text of elements, each line as it is read; emphasis is marked.
fn words(html: &str) -> String {
    let marked = html.replace("<em>", "*").replace("</em>", "*");
    let text: String = marked.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let text = text.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", "\"").replace('\u{a0}', " ");
    let lines = text.lines().map(|line| line.split('↩').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_type_of_source_is_written_as_the_guides_of_the_language_say() {
    for language in ["sv", "nb", "en"] {
        for style in ["notes", "author-year"] {
            insta::assert_snapshot!(format!("references_{language}_{style}"), printed(language, style));
        }
    }
}

/// Words of the program's own that Swedish or Norwegian have in common with English, months among them.
const SHARED: [&str; 10] =
    ["april", "august", "december", "episode", "november", "patent", "september", "version", "video", "vol"];

#[test]
fn no_english_stands_within_references_in_another_language() {
    let english: serde_json::Value = serde_json::from_str(include_str!("../../src/resolve/csl/en-GB.json")).unwrap();
    let mut known = BTreeSet::new();
    texts(&english["terms"], &mut known);
    assert!(["retrieved", "recording", "published", "may", "from"].iter().all(|word| known.contains(*word)));
    for language in ["sv", "nb"] {
        for style in ["notes", "author-year"] {
            let printed = printed(language, style);
            let read = printed.split_whitespace().filter(|word| !word.starts_with("http")).flat_map(parted);
            let found: Vec<String> =
                read.filter(|word| known.contains(word) && !SHARED.contains(&word.as_str())).collect();
            assert!(found.is_empty(), "{language}, {style}: {found:?}");
        }
    }
}

/// Every word of the texts of a locale.
fn texts(value: &serde_json::Value, known: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => known.extend(parted(text)),
        serde_json::Value::Array(items) => items.iter().for_each(|item| texts(item, known)),
        serde_json::Value::Object(map) => {
            map.iter().filter(|(key, _)| *key != "@name" && *key != "@form").for_each(|(_, item)| texts(item, known));
        }
        _ => {}
    }
}

/// Words of three letters or more, in small letters.
fn parted(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2).map(str::to_lowercase)
}
