//! What is done with an input, whoever made it: each target takes bytes, puts them into a small workspace in memory and takes it through
//! the program. Called by `benches/mutate` (stable Rust, inputs made from seeds) and by the targets in `fuzz/` (cargo-fuzz).
//!
//! The first byte of an input says whose place it takes (a file of one of the starters of `belagg new`, in both languages); the rest stands there.
//! A fault is a panic: of the program itself, or of what is asserted here of its answers.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};

use belagg::diagnostic::{Sink, github, human, json, sarif};
use belagg::internal::html::{HtmlTemplates, PageInput};
use belagg::internal::{
    KINDS, Language, Library, Prepared, State, Toolbox, Workshop, compare, data, mend, prepare, render_files,
};
use belagg::source::{SourceMap, Span};
use belagg::{MemorySystem, System};

use super::books;
use super::ledgers;

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

pub type Files = BTreeMap<String, Vec<u8>>;

/// A workspace, and the report in it that is looked at.
pub struct Workspace {
    pub id: String,
    pub files: Files,
}

/// The starters of all kinds in both languages, and what they lack.
pub static WORKSPACES: LazyLock<Vec<Workspace>> = LazyLock::new(|| {
    let mut out = Vec::new();
    for kind in KINDS {
        for (_, language) in Language::WORDS {
            let id = "a".to_owned();
            let starter = kind.starter.files(*language).iter();
            let files: Files = starter
                .map(|(path, content)| (path.replace("{id}", &id), content.replace("{id}", &id).into_bytes()))
                .collect();
            if !files.is_empty() {
                out.push(Workspace { id, files });
            }
        }
    }
    out.push(books::workspace());
    out
});

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

/// What all workspaces share: none of them has templates of its own.
pub static TOOLBOX: LazyLock<Toolbox> = LazyLock::new(|| {
    Toolbox::new(&MemorySystem::default(), &mut Sink::default()).expect("the built-in templates are sound")
});

/// A report of a workspace that nothing was read of before.
fn prepared(system: &dyn System, id: &str) -> Prepared {
    prepare(Workshop { system, library: &Library::default(), toolbox: &TOOLBOX }, id)
}

static PAGES: LazyLock<HtmlTemplates> =
    LazyLock::new(|| HtmlTemplates::new(&BTreeMap::new()).expect("the built-in templates are sound"));
/// What the unchanged workspaces say, to compare with, by the first file of the workspace.
static STATES: Mutex<BTreeMap<String, State>> = Mutex::new(BTreeMap::new());

/// One input in so many, chosen by its bytes, so that it is the same in every run.
pub fn one_in(share: u32, input: &[u8]) -> bool {
    let hash = input.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (hash >> 7) % share == 0
}

/// What is wrong with the workspaces as they are: where inputs begin with faults, nothing behind those is reached.
pub fn unsound() -> Vec<String> {
    let faults = |workspace: &Workspace| {
        let prepared = prepared(&MemorySystem::new(workspace.files.clone()), &workspace.id);
        let said = human(&prepared.sink.sorted(&prepared.sources), &prepared.sources, false);
        prepared.sink.has_errors().then_some(said)
    };
    WORKSPACES.iter().filter_map(faults).collect()
}

/// Takes a workspace through loading, computing, assembling, resolving and the checks; what passes without error also through the data files
/// and the comparison, a part of that through the page, and a few through Typst.
pub fn through(files: Files, id: &str, input: &[u8]) {
    let system = MemorySystem::new(files);
    seen(&system, id, input);
}

/// As [`through`], of a workspace that is there.
pub fn seen(system: &dyn System, id: &str, input: &[u8]) -> Prepared {
    let prepared = prepared(system, id);
    told(&prepared.sink, &prepared.sources);
    let mends = mend(prepared.sink.sorted(&prepared.sources), &prepared.sources);
    assert!(mends.iter().all(|file| file.after != file.before), "a mend that mends nothing");
    let Some(ready) = prepared.ready.as_ref().filter(|_| !prepared.sink.has_errors()) else { return prepared };
    for table in &ready.resolution.data {
        black_box(data::csv(table));
        black_box(data::json(table));
    }
    let key = format!("{id} {}", ready.project.report.kind.value);
    let mut states = STATES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let old = states.entry(key).or_insert_with(|| ready.state.clone());
    black_box(compare(old, &ready.state));
    assert!(compare(&ready.state, &ready.state).is_empty(), "a state differs from itself");
    drop(states);
    if one_in(8, input) {
        let page = PageInput { document: &ready.resolution.document, pdf: None, site: None, path: "a/1.0/" };
        if let Err(problem) = PAGES.page(&page) {
            panic!("the page of a report without errors cannot be made: {problem}");
        }
    }
    // What a picture holds, only Typst looks at.
    if one_in(if ready.project.images.is_empty() { 512 } else { 32 }, input) {
        let mut sink = Sink::default();
        let made = render_files(ready, &TOOLBOX, &mut sink);
        told(&sink, &prepared.sources);
        let said = human(&sink.sorted(&prepared.sources), &prepared.sources, false);
        assert!(made.is_some() || !said.contains("templates/"), "a report without errors cannot be set: {said}");
    }
    PASSED.fetch_add(1, Ordering::Relaxed);
    prepared
}

static PASSED: AtomicU64 = AtomicU64::new(0);

/// How many inputs were without an error of the content: they went the whole way.
pub fn passed() -> u64 {
    PASSED.load(Ordering::Relaxed)
}

/// Prints every problem in every form, and holds their places against the files.
pub fn told(sink: &Sink, sources: &SourceMap) {
    let all = sink.sorted(sources);
    let fits = |span: Span| sources.get(span.source).text.get(span.start as usize..span.end as usize).is_some();
    for problem in &all {
        let places = problem.primary.iter().chain(&problem.secondary).map(|label| label.span);
        for place in places.chain(problem.fix.as_ref().map(|fix| fix.span)) {
            assert!(fits(place), "{:?} has a place that is none: {}", problem.code, problem.message);
        }
    }
    black_box(human(&all, sources, false));
    black_box(json(&all, sources));
    black_box(github(&all, sources));
    black_box(sarif(&[(all, sources)], &[]));
}
