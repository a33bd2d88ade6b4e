//! The tables of keys at the end of docs/format.md.

use super::{Key, Kind, Mapping, Need};

/// The keys of a file as Markdown: one table for a mapping, and one for each mapping that stands behind its keys.
#[must_use]
pub fn reference(kind: &Kind) -> String {
    let Some(root) = mappings(kind).pop() else { return String::new() };
    let mut out = String::new();
    let mut open = vec![(String::new(), root)];
    while let Some((path, mapping)) = open.pop() {
        if !path.is_empty() {
            out.push_str(&format!("\n{path}\n"));
        }
        out.push_str(&format!("\n{}\n", table(mapping)));
        let below = mapping.keys.iter().flat_map(|key| {
            let path = match path.as_str() {
                "" => format!("`{}`", key.name),
                _ => format!("{path} → `{}`", key.name),
            };
            mappings(&key.kind).into_iter().map(move |mapping| (path.clone(), mapping))
        });
        let below: Vec<_> = below.collect();
        open.extend(below.into_iter().rev());
    }
    out
}

/// The mappings with keys of the program's that stand behind a key.
fn mappings(kind: &Kind) -> Vec<&'static Mapping> {
    match kind {
        Kind::Mapping(mapping) => vec![mapping],
        Kind::List { of, .. } | Kind::ById(of) | Kind::ByName(of) => mappings(of),
        Kind::OneOf(kinds) => {
            let mut out: Vec<&'static Mapping> = kinds.iter().flat_map(mappings).collect();
            out.dedup_by(|a, b| std::ptr::eq(*a, *b));
            out
        }
        _ => Vec::new(),
    }
}

fn table(mapping: &Mapping) -> String {
    let mut out = "| key | holds | | |\n|---|---|---|---|".to_owned();
    for key in mapping.keys.iter().filter(|key| !matches!(key.kind, Kind::Refused)) {
        let line = format!(
            "\n| `{}` | {} | {} | {} |",
            key.name,
            holds(&key.kind),
            need(key),
            key.help.trim().replace('|', "\\|")
        );
        out.push_str(&line);
    }
    if let Some(rest) = mapping.rest {
        out.push_str(&format!("\n| any other | {} | | |", holds(rest)));
    }
    out
}

fn need(key: &Key) -> String {
    let default = (key.default)();
    match key.need {
        Need::Required | Need::Told => "required".to_owned(),
        Need::Optional if default.is_empty() => String::new(),
        Need::Optional => format!("default `{default}`"),
    }
}

/// What stands behind a key, in words.
fn holds(kind: &Kind) -> String {
    match kind {
        Kind::Text(shape) => shape.called.to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Count(u64::MAX) => "whole number".to_owned(),
        Kind::Count(most) => format!("whole number up to {most}"),
        Kind::Date => "date".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Choice(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        Kind::List { of, .. } => format!("list: {}", holds(of)),
        Kind::ById(of) => format!("ids, each: {}", holds(of)),
        Kind::ByName(of) => format!("words, each: {}", holds(of)),
        Kind::Mapping(_) => "mapping".to_owned(),
        Kind::OneOf(kinds) => {
            let mut words: Vec<String> = kinds.iter().map(holds).collect();
            words.dedup();
            words.join(" or ")
        }
        Kind::Refused => String::new(),
    }
}
