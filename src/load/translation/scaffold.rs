//! The files of a translation that is to be written: every text of the original as a remark, and below it the key that waits for its words.

use crate::diagnostic::Sink;
use crate::locale::Language;
use crate::model::{Lacking, TranslationOf};
use crate::source::Spanned;
use crate::system::System;

use super::super::chart::Chart;
use super::super::findings::FindingsFile;
use super::super::form::{Form as _, Kind};
use super::super::parameters::{alternatives, meant};
use super::super::report::ReportFile;
use super::super::yaml::{self, Node, Value};
use super::super::{Library, Loader, home, is_yaml, load};
use super::lay::is_word;
use super::{OWN, Reliance, translated};

/// The files of a new translation of a report, with their paths; none where the original cannot be read.
#[must_use]
pub fn scaffold(
    system: &dyn System,
    library: &Library,
    (original, id): (&str, &str),
    language: Language,
) -> Option<Vec<(String, String)>> {
    let home = home(system, library, original)?;
    let loaded = load(system, library, original);
    let mut project = loaded.project.filter(|project| !project.report.is_incomplete)?;
    let report = &project.report;
    let (folder, version, date) = (&home.folder, report.version.clone(), report.date.value.iso());
    let chapters: Vec<String> = report.chapters.iter().map(|chapter| chapter.value.clone()).collect();
    let keywords: Vec<&str> = report.keywords.iter().map(|word| word.value.as_str()).collect();
    let keywords = keywords.join(", ");
    let terms: Vec<String> = report
        .terms
        .iter()
        .map(|term| format!("  # {}\n  {}:\n", one_line(&term.text.value), key(&term.name.value)))
        .collect();

    let mut loader = Loader::new(system, library);
    let mut out = Vec::new();
    let mut head = format!(
        "# Behind each key stands what the line above it says, in the language of this report. All else comes from content/{folder}.\n\
         translation-of: {{{original}: \"{}\"}}\nlanguage: {}\nversion: \"1.0\"\ndate: {date}\nstatus: draft\n",
        version.value,
        language.tag()
    );
    let root = loader.parsed(&format!("content/{folder}/report.yaml"))?;
    if let Value::Map(entries) = &root.value {
        let shared: Vec<(Spanned<String>, Node)> =
            entries.iter().filter(|(key, _)| !OWN.contains(&key.value.as_str())).cloned().collect();
        head.push_str(&keys(&shared, &ReportFile::KIND, 0));
    }
    if !keywords.is_empty() {
        head.push_str(&format!("# {keywords}\nkeywords: []\n"));
    }
    if !terms.is_empty() {
        head.push_str(&format!("# Abbreviations may be others than the original's.\nterms:\n{}", terms.concat()));
    }
    let words = of_data(&mut project);
    if !words.is_empty() {
        head.push_str("# Words of files of data; names that stay as they are belong to `names`.\nwords:\n");
        words.iter().for_each(|word| head.push_str(&format!("  {}:\n", key(word))));
    }
    let named: Vec<String> = chapters.iter().map(|chapter| format!("  - {}\n", key(chapter))).collect();
    head.push_str(&format!("chapters:\n{}", named.concat()));
    out.push((format!("content/{id}/report.yaml"), head));
    for (place, own, kind) in [
        (format!("content/{folder}/findings"), format!("content/{id}/findings"), FindingsFile::KIND),
        (format!("charts/{folder}"), format!("charts/{id}"), Chart::KIND),
    ] {
        for entry in system.list(&place).into_iter().filter(|entry| is_yaml(&entry.name)) {
            let root = loader.parsed(&format!("{place}/{}", entry.name))?;
            let text = lines(&root, &kind, 0).unwrap_or_default();
            if !text.is_empty() {
                out.push((format!("{own}/{}", entry.name), text));
            }
        }
    }
    for chapter in chapters {
        let bytes = system.read(&format!("content/{folder}/{chapter}")).ok()?;
        out.push((format!("content/{id}/{chapter}"), String::from_utf8_lossy(&bytes).into_owned()));
    }
    Some(out)
}

/// The words of files of data, each once.
fn of_data(project: &mut crate::model::Project) -> Vec<String> {
    let original =
        Reliance { id: Spanned::new(String::new(), project.report.span), version: project.report.version.clone() };
    project.report.translation = Some(TranslationOf { original, words: Vec::new() });
    let (findings, charts) =
        (std::sync::Arc::make_mut(&mut project.findings), std::sync::Arc::make_mut(&mut project.charts));
    let names = &project.workspace.names;
    let lacking = translated(&mut project.report, names, findings, charts, &mut Sink::default());
    let mut out: Vec<String> = Vec::new();
    for Lacking { words, .. } in lacking {
        if !out.contains(&words) {
            out.push(words);
        }
    }
    out
}

impl Loader<'_> {
    fn parsed(&mut self, path: &str) -> Option<Node> {
        let source = self.text(path, None)?;
        let text = std::sync::Arc::clone(&self.sources.get(source).text);
        yaml::parse(source, &text, &mut Sink::default())
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A key as YAML has it.
fn key(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' ');
    let words = name.starts_with(char::is_alphabetic) && !name.ends_with(' ') && name.chars().all(plain);
    if words && !["null", "true", "false"].contains(&name) {
        name.to_owned()
    } else {
        serde_json::Value::from(name).to_string()
    }
}

/// The lines of a value whose words are to be written, moved in so far; none where it has no words.
fn lines(node: &Node, kind: &Kind, indent: usize) -> Option<String> {
    let text = match &node.value {
        Value::Map(entries) => keys(entries, kind, indent),
        Value::List(items) => {
            let of = alternatives(kind).into_iter().find_map(|kind| match kind {
                Kind::List { of, .. } => Some(*of),
                _ => None,
            })?;
            self::items(items, of, indent)
        }
        Value::Null | Value::Scalar { .. } => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

fn keys(entries: &[(Spanned<String>, Node)], kind: &Kind, indent: usize) -> String {
    let mapping = meant(kind, entries);
    let of_any = alternatives(kind).into_iter().find_map(|kind| match kind {
        Kind::ById(of) | Kind::ByName(of) => Some(*of),
        _ => None,
    });
    let blank = " ".repeat(indent);
    let mut out = String::new();
    for (name, node) in entries {
        let declared = mapping.and_then(|mapping| mapping.key(&name.value).map(|key| &key.kind).or(mapping.rest));
        let Some(kind) = declared.or(of_any) else { continue };
        if let (Value::Scalar { text, .. }, true) = (&node.value, is_word(kind, node)) {
            out.push_str(&format!("{blank}# {}\n{blank}{}:\n", one_line(text), key(&name.value)));
        } else if let Some(below) = lines(node, kind, indent + 2) {
            out.push_str(&format!("{blank}{}:\n{below}", key(&name.value)));
        }
    }
    out
}

fn items(items: &[Node], kind: &Kind, indent: usize) -> String {
    let blank = " ".repeat(indent);
    let id = |node: &Node| match &node.value {
        Value::Map(entries) => match &entries.iter().find(|(key, _)| key.value == "id")?.1.value {
            Value::Scalar { text, .. } => Some(text.clone()),
            _ => None,
        },
        _ => None,
    };
    let all_named = items.iter().all(|item| id(item).is_some());
    let has_words = |item: &Node| is_word(kind, item) || lines(item, kind, 0).is_some();
    let Some(last) = items.iter().rposition(has_words) else { return String::new() };
    let mut out = String::new();
    for item in &items[..=last] {
        let (below, id) = (lines(item, kind, indent + 2), id(item));
        match (&item.value, below, id) {
            (Value::Scalar { text, .. }, ..) if is_word(kind, item) => {
                out.push_str(&format!("{blank}# {}\n{blank}-\n", one_line(text)));
            }
            (_, Some(below), Some(id)) => out.push_str(&format!("{blank}- id: {}\n{below}", key(&id))),
            (_, Some(below), None) => out.push_str(&format!("{blank}-\n{below}")),
            (_, None, Some(_)) if all_named => {}
            // In its place stands nothing to be said.
            (_, None, Some(id)) => out.push_str(&format!("{blank}- id: {}\n", key(&id))),
            (_, None, None) => out.push_str(&format!("{blank}-\n")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn every_text_has_a_key_that_waits() {
        let text = "tables:\n  a:\n    caption: Besök\n    columns: [women, {id: all, label: Alla}, {id: y, label: '2024'}]\n    rows: [{label: Norr, all: 1}, {label: '7', all: 2}]\n\
                    assessments:\n  norr: {strengths: [Bra, {text: Gott, area: a}]}\n";
        let (mut sources, mut sink) = (SourceMap::default(), Sink::default());
        let read = |sources: &mut SourceMap, text: &str, sink: &mut Sink| {
            yaml::parse(sources.add("a.yaml", text), text, sink).unwrap()
        };
        let root = read(&mut sources, text, &mut sink);
        let made = lines(&root, &FindingsFile::KIND, 0).unwrap();
        assert_eq!(
            made,
            "tables:\n  a:\n    # Besök\n    caption:\n    columns:\n      -\n      - id: all\n        # Alla\n        label:\n    rows:\n      -\n        # Norr\n        label:\n\
             assessments:\n  norr:\n    strengths:\n      # Bra\n      -\n      -\n        # Gott\n        text:\n"
        );
        // Laid over the original it changes nothing, and all waits.
        let (over, mut found) = (read(&mut sources, &made, &mut sink), crate::model::Laid::default());
        let laid = super::super::laid(&root, Some(&over), &FindingsFile::KIND, &mut found, &mut sink);
        assert!(sink.is_empty(), "{:?}", sink.iter().map(|told| told.message.english()).collect::<Vec<_>>());
        assert_eq!(laid.to_json(), root.to_json());
        let waiting: Vec<&str> = found.lacking.iter().map(|lacking| lacking.words.as_str()).collect();
        assert_eq!(waiting, ["Besök", "Alla", "Norr", "Bra", "Gott"]);
    }

    #[test]
    fn keys_are_quoted_where_yaml_would_read_another_thing() {
        for (name, written) in
            [("Vård och omsorg", "Vård och omsorg"), ("2024", "\"2024\""), ("true", "\"true\""), ("a: b", "\"a: b\"")]
        {
            assert_eq!(key(name), written);
        }
    }
}
