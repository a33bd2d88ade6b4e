//! What is done with an input, whoever made it: each target takes bytes, puts them into a small workspace in memory and takes it through
//! the program. Called by `benches/mutate` (stable Rust, inputs made from seeds) and by the targets in `fuzz/` (cargo-fuzz).
//!
//! The first byte of an input says whose place it takes (a file of one of the starters of `belagg new`, in both languages); the rest stands there.
//! A fault is a panic: of the program itself, or of what is asserted here of its answers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::through::through;
use super::workspaces::WORKSPACES;
use super::{books, ledgers};

/// One kind of input.
pub struct Target {
    pub name: &'static str,
    /// Takes an input through the program.
    pub run: fn(&[u8]),
    /// Good inputs to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

pub const TARGETS: &[Target] = &[
    Target { name: "yaml", run: |input| file("yaml", input), seeds: || places_as_seeds("yaml") },
    Target { name: "markdown", run: |input| file("markdown", input), seeds: || places_as_seeds("markdown") },
    Target { name: "csv", run: |input| file("csv", input), seeds: || places_as_seeds("csv") },
    Target { name: "spreadsheets", run: books::run, seeds: books::seeds },
    Target { name: "bindings", run: bindings, seeds: binding_seeds },
    Target { name: "charts", run: |input| file("charts", input), seeds: || places_as_seeds("charts") },
    Target { name: "sources", run: |input| file("sources", input), seeds: || places_as_seeds("sources") },
    Target { name: "pictures", run: |input| file("pictures", input), seeds: || places_as_seeds("pictures") },
    Target { name: "records", run: ledgers::records, seeds: ledgers::record_seeds },
    Target { name: "packs", run: ledgers::packs, seeds: ledgers::pack_seeds },
];

/// The files of one kind, by workspace and path.
fn places(kind: &str) -> Vec<(usize, String)> {
    let of_kind = |path: &str| match kind {
        "markdown" => path.ends_with(".md"),
        "csv" => path.ends_with(".csv"),
        "charts" => path.starts_with("charts/"),
        "sources" => path.ends_with("/sources.yaml"),
        "pictures" => [".svg", ".png", ".jpg"].iter().any(|ending| path.ends_with(ending)),
        _ => path.ends_with(".yaml") && !path.starts_with("charts/") && !path.ends_with("/sources.yaml"),
    };
    let mut out = Vec::new();
    for (at, workspace) in WORKSPACES.iter().enumerate() {
        out.extend(workspace.files.keys().filter(|path| of_kind(path)).map(|path| (at, path.clone())));
    }
    out
}

/// Places of all kinds, made once.
static PLACES: LazyLock<BTreeMap<&'static str, Vec<(usize, String)>>> = LazyLock::new(|| {
    ["yaml", "markdown", "csv", "charts", "sources", "pictures"].into_iter().map(|kind| (kind, places(kind))).collect()
});

fn places_as_seeds(kind: &str) -> Vec<Vec<u8>> {
    let all = PLACES.get(kind).map(Vec::as_slice).unwrap_or_default();
    let seed = |(at, (workspace, path)): (usize, &(usize, String))| {
        let mut out = vec![u8::try_from(at).unwrap_or(0)];
        out.extend(&WORKSPACES[*workspace].files[path]);
        out
    };
    all.iter().enumerate().map(seed).collect()
}

/// An input in the place of a file of its kind.
fn file(kind: &str, input: &[u8]) {
    let Some((place, content)) = input.split_first() else { return };
    let places = &PLACES[kind];
    let (at, path) = &places[usize::from(*place) % places.len()];
    let workspace = &WORKSPACES[*at];
    let mut files = workspace.files.clone();
    files.insert(path.clone(), content.to_vec());
    through(files, &workspace.id, input);
}

/// Bindings, a line each: in a sentence, in a label and in a heading of a small report.
fn bindings(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let workspace = books::workspace();
    let mut files = workspace.files;
    let mut chapter = String::from("# Text {#text}\n\n");
    for line in text.lines() {
        chapter.push_str(&format!("Det var {line} ärenden. **{line}**, [{line}](#text) och {line}.\n\n{line}\n\n"));
    }
    let first = text.lines().next().unwrap_or_default();
    let quoted = serde_json::Value::String(first.to_owned()).to_string();
    files.insert("content/a/text.md".into(), chapter.into_bytes());
    let more = format!("figures:\n  made: {{label: {quoted}, count: 3, base: cases}}\n");
    files.insert("content/a/findings/more.yaml".into(), more.into_bytes());
    through(files, &workspace.id, input);
}

fn binding_seeds() -> Vec<Vec<u8>> {
    let figures = [
        "cases",
        "granted",
        "mean",
        "cross.ja",
        "made",
        "typed",
        "typed.norr",
        "date",
        "text",
        "share",
        "change",
        "top",
    ];
    let filters = [
        "",
        "percent",
        "percent 1",
        "share",
        "share words",
        "full",
        "full 1",
        "words",
        "words en",
        "words ett",
        "number",
        "total",
        "women",
        "men",
        "women | percent",
        "men | full",
        "by sex",
        "base",
        "label",
        "name",
        "absolute",
        "column women",
        "column men | percent",
        "capital",
        "words | capital",
        "absolute | percent",
    ];
    let mut out = Vec::new();
    for figure in figures {
        for filter in filters {
            let bar = if filter.is_empty() { "" } else { " | " };
            out.push(format!("{{{{ {figure}{bar}{filter} }}}}").into_bytes());
        }
    }
    let blocks = [
        "table typed",
        "table cross",
        "chart typed",
        "strengths norr",
        "definitions",
        "terms",
        "references",
        "process p",
        "downloads",
    ];
    out.extend(blocks.iter().map(|name| format!("{{{{ {name} }}}}").into_bytes()));
    out.extend(
        ["[](#table-typed)", "[@a, s. 12]", "[^1]", "\\{{ cases }}", "[x](lang:en)"]
            .map(|text| text.as_bytes().to_vec()),
    );
    out
}
