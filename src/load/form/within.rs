//! What may stand at a place in a file, by the keys that lead there.

use super::Kind;

/// A key or a value that may be written, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub name: &'static str,
    pub help: &'static str,
}

/// The kinds of value that may stand behind some keys; an item of a list is the step `-`.
pub fn within<'k>(kind: &'k Kind, steps: &[&str]) -> Vec<&'k Kind> {
    let mut kinds = vec![kind];
    for step in steps {
        kinds = kinds.into_iter().flat_map(|kind| behind(kind, step)).collect();
    }
    kinds
}

fn behind<'k>(kind: &'k Kind, step: &str) -> Vec<&'k Kind> {
    match kind {
        Kind::Mapping(mapping) => mapping.key(step).map(|key| &key.kind).or(mapping.rest).into_iter().collect(),
        Kind::ById(of) | Kind::ByName(of) => vec![*of],
        Kind::List { of, .. } if step == "-" => vec![*of],
        Kind::OneOf(kinds) => kinds.iter().flat_map(|kind| behind(kind, step)).collect(),
        _ => Vec::new(),
    }
}

/// The keys that a mapping of such a kind may have.
pub fn keys(kind: &Kind) -> Vec<Choice> {
    match kind {
        Kind::Mapping(mapping) => {
            let known = mapping.keys.iter().filter(|key| !matches!(key.kind, Kind::Refused));
            known.map(|key| Choice { name: key.name, help: key.help.trim() }).collect()
        }
        Kind::OneOf(kinds) => kinds.iter().flat_map(keys).collect(),
        Kind::List { of, .. } => keys(of),
        _ => Vec::new(),
    }
}

/// The words that a value of such a kind may be.
pub fn words(kind: &Kind) -> Vec<Choice> {
    let all = |words: &[&'static str]| words.iter().map(|name| Choice { name, help: "" }).collect();
    match kind {
        Kind::Choice(words) => all(words),
        Kind::Flag => all(&["true", "false"]),
        Kind::OneOf(kinds) => kinds.iter().flat_map(words).collect(),
        Kind::List { of, .. } => words(of),
        _ => Vec::new(),
    }
}
