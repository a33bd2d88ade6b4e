//! What can be written at a place: ids, filters and blocks in braces, sources, targets of links, keys and words of YAML.

use lsp_types::{CompletionItem, CompletionItemKind};

use super::Server;
use super::names::{Kind, Name, names};
use crate::diagnostic::Tongue;
use crate::document::{BlockName, FilterName};
use crate::load::AuthoredFile;
use crate::session::Document;

impl Server {
    pub(super) fn complete(&mut self, path: &str, text: &str, at: usize) -> Vec<CompletionItem> {
        let document = self.document(path);
        let known = document.as_deref().and_then(|document| document.prepared.ready.as_ref());
        let known = known.map(|ready| names(&ready.project)).unwrap_or_default();
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        let inside = |open: &str, close: &str| {
            let begins = line.rfind(open)? + open.len();
            (!line[begins..].contains(close)).then(|| &line[begins..])
        };
        if let Some(inner) = inside("{{", "}}") {
            return binding(inner, &known, document.as_deref());
        }
        if inside("[@", "]").is_some() {
            return known.iter().filter(|name| name.kind == Kind::Source).map(item).collect();
        }
        if inside("](#", ")").is_some() {
            let target = |name: &Name| {
                let prefix = name.kind.target()?;
                Some(CompletionItem { label: format!("{prefix}{}", name.id), ..item(name) })
            };
            return known.iter().filter_map(target).collect();
        }
        match AuthoredFile::at(path) {
            Some(file) => yaml(file, &text[..at], &known),
            None => Vec::new(),
        }
    }
}

/// The program's own words, in the language of the run; what authors wrote stays as it is.
pub(super) fn in_tongue(mut all: Vec<CompletionItem>, tongue: Tongue) -> Vec<CompletionItem> {
    let own = [
        CompletionItemKind::PROPERTY,
        CompletionItemKind::ENUM_MEMBER,
        CompletionItemKind::FUNCTION,
        CompletionItemKind::KEYWORD,
    ];
    for item in all.iter_mut().filter(|item| item.kind.is_some_and(|kind| own.contains(&kind))) {
        if let Some(words) = item.detail.as_deref().and_then(|detail| tongue.words(detail)) {
            item.detail = Some(words.to_owned());
        }
    }
    all
}

fn item(name: &Name) -> CompletionItem {
    let kind = if name.kind == Kind::Figure { CompletionItemKind::VALUE } else { CompletionItemKind::REFERENCE };
    let detail = if name.label.is_empty() { name.kind.called().to_owned() } else { name.label.clone() };
    CompletionItem { label: name.id.clone(), kind: Some(kind), detail: Some(detail), ..CompletionItem::default() }
}

fn word(label: &str, detail: &str, kind: CompletionItemKind) -> CompletionItem {
    let detail = (!detail.is_empty()).then(|| detail.to_owned());
    CompletionItem { label: label.to_owned(), kind: Some(kind), detail, ..CompletionItem::default() }
}

/// Within braces: a figure or block, then filters.
fn binding(inner: &str, known: &[Name], document: Option<&Document>) -> Vec<CompletionItem> {
    if inner.contains('|') {
        let filters = FilterName::WORDS.iter();
        return filters.map(|(name, filter)| word(name, filter.prints(), CompletionItemKind::FUNCTION)).collect();
    }
    let first = inner.split_whitespace().next().unwrap_or_default();
    if let Some(block) = BlockName::find(first).filter(|_| inner.trim_start().len() > first.len()) {
        let kind = match block {
            BlockName::Table => Some(Kind::Table),
            BlockName::Chart => Some(Kind::Chart),
            BlockName::Question => Some(Kind::Question),
            _ => None,
        };
        return known.iter().filter(|name| kind == Some(name.kind)).map(item).collect();
    }
    let mut out: Vec<CompletionItem> = Vec::new();
    if let Some(ready) = document.and_then(|document| document.prepared.ready.as_ref()) {
        for (id, figure) in &ready.statistics.figures {
            out.push(word(id, &crate::markdown::plain_words(&figure.label), CompletionItemKind::VALUE));
        }
    }
    let blocks = BlockName::WORDS.iter();
    out.extend(blocks.map(|(name, block)| word(name, block.prints(), CompletionItemKind::KEYWORD)));
    out
}

/// Keys and words of YAML, by the keys that lead to the place.
fn yaml(file: &AuthoredFile, before: &str, known: &[Name]) -> Vec<CompletionItem> {
    let (steps, key) = steps(before);
    let mut lead: Vec<&str> = steps.iter().map(String::as_str).collect();
    let Some(key) = key else {
        let keys = file.keys_within(&lead).into_iter();
        return keys.map(|key| word(key.name, key.help, CompletionItemKind::PROPERTY)).collect();
    };
    lead.push(&key);
    let words = file.words_within(&lead);
    if !words.is_empty() {
        return words
            .into_iter()
            .map(|word| self::word(word.name, word.help, CompletionItemKind::ENUM_MEMBER))
            .collect();
    }
    let wanted = |name: &&Name| match key.as_str() {
        "table" => name.kind == Kind::Table,
        "rows" => name.kind == Kind::Dataset,
        _ => matches!(name.kind, Kind::Figure | Kind::Table | Kind::Dataset),
    };
    known.iter().filter(wanted).map(item).collect()
}

/// The keys that lead to the end of a text, and the one whose value is being written, where it is one.
fn steps(before: &str) -> (Vec<String>, Option<String>) {
    let mut lines: Vec<&str> = before.split('\n').collect();
    let current = lines.pop().unwrap_or_default();
    let mut out: Vec<String> = Vec::new();
    let mut indent = current.len() - current.trim_start().len();
    if current.trim_start().starts_with("- ") {
        out.push("-".to_owned());
    }
    for line in lines.iter().rev().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let own = line.len() - line.trim_start().len();
        let item = line.trim_start().starts_with("- ");
        let inner = own + if item { 2 } else { 0 };
        if item && inner == indent {
            out.push("-".to_owned());
            indent = own;
            continue;
        }
        if own < indent {
            if item {
                out.push(name(line.trim_start().trim_start_matches("- ")));
                out.push("-".to_owned());
            } else {
                out.push(name(line.trim_start()));
            }
            indent = own;
        }
    }
    out.reverse();
    // Braces of the line itself.
    let content = current.trim_start().trim_start_matches("- ");
    let mut open: Vec<String> = Vec::new();
    let mut key: Option<String> = None;
    let mut from = 0;
    for (at, c) in content.char_indices() {
        match c {
            '{' => {
                open.push(key.take().unwrap_or_default());
                from = at + 1;
            }
            '[' => {
                open.push(format!("[{}", key.clone().unwrap_or_default()));
                from = at + 1;
            }
            '}' | ']' => {
                open.pop();
                key = None;
                from = at + 1;
            }
            ',' => {
                if !open.last().is_some_and(|last| last.starts_with('[')) {
                    key = None;
                }
                from = at + 1;
            }
            ':' if content[at + 1..].starts_with(' ') => key = Some(name(&content[from..at])),
            _ => {}
        }
    }
    for step in open {
        match step.strip_prefix('[') {
            Some(_) => {}
            None => out.push(step),
        }
    }
    (out, key)
}

/// A key without its colon and quotation marks.
fn name(line: &str) -> String {
    let end =
        line.find(": ").or_else(|| line.find(":\r")).unwrap_or_else(|| line.trim_end().trim_end_matches(':').len());
    line[..end].trim().trim_matches(['"', '\'', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_to_a_place() {
        for (before, lead, key) in [
            ("ti", "", None),
            ("imprint:\n  con", "imprint", None),
            ("figures:\n  plans: {label: x, ", "figures plans", None),
            ("figures:\n  plans: {label: x, base: ca", "figures plans", Some("base")),
            ("figures:\n  plans:\n    base: ", "figures plans", Some("base")),
            ("tables:\n  t:\n    rows:\n      - label: a\n        wo", "tables t rows -", None),
            ("figures:\n  all: {sum: [a, ", "figures all", Some("sum")),
            ("status: dra", "", Some("status")),
        ] {
            let (steps, found) = steps(before);
            assert_eq!((steps.join(" "), found.as_deref()), (lead.to_owned(), key), "{before}");
        }
    }
}
